//! Lists of times in a text: each at the beginning of its line, at the end of it, or running on in a paragraph.

use super::marks::{self, Mark};
use super::{Broken, MOST};
use crate::domain::Cue;

/// A line with a time.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it begins.
    pub cue: Cue,
    /// Where it ends, where that is said.
    pub until: Option<Cue>,
    /// Its two numbers, where it has no third.
    pub pair: Option<(u32, u32)>,
    /// It is a time of the day.
    pub clock: bool,
    /// What stands beside it.
    pub title: String,
    /// The line that it stands in, counted from 0.
    line: usize,
}

impl Entry {
    fn new(mark: &Mark, title: String, line: usize) -> Entry {
        Entry { cue: mark.cue, until: mark.until, pair: mark.pair, clock: mark.clock, title, line }
    }
}

/// Entries whose cues rise.
#[derive(Debug, Default)]
pub struct List {
    /// The entries.
    pub entries: Vec<Entry>,
    /// What was left out of it.
    pub broken: Vec<Broken>,
}

/// Lines without a time that may stand inside a list.
const LONGEST_GAP: usize = 15;

/// Bytes of a chapter's title that are read.
const LONGEST_TITLE: usize = 300;

/// A text's lines, and the times in those that have some.
struct Lines<'a> {
    all: Vec<&'a str>,
    timed: Vec<(usize, Vec<Mark>)>,
}

/// Every list in a text that may be one of chapters. A list of lines goes before what runs on.
pub fn candidates(text: &str) -> Vec<List> {
    let all: Vec<&str> = text.lines().collect();
    // Targets of reStructuredText (`.. _0:19: https://…`) repeat what stands above.
    let directive = |line: &str| line.trim_start().starts_with(".. ");
    let timed = all.iter().enumerate().filter(|(_, line)| line.contains([':', ';']) && !directive(line));
    let timed = timed.map(|(i, line)| (i, marks::of(line))).filter(|(_, marks)| !marks.is_empty()).collect();
    let lines = Lines { all, timed };
    let mut lists = lines.regular(lines.leading());
    lists.extend(lines.regular(lines.trailing()));
    if lists.is_empty() {
        lists.extend(lines.flowing());
    }
    lists
}

impl Lines<'_> {
    /// Lists that hold most of the times between their first line and their last.
    fn regular(&self, entries: Vec<Entry>) -> Vec<List> {
        let mut lists = runs(entries);
        lists.retain(|list| {
            let (Some(first), Some(last)) = (list.entries.first(), list.entries.last()) else { return false };
            let from = self.timed.partition_point(|(line, _)| *line < first.line);
            let within = self.timed[from..].iter().take_while(|(line, _)| *line <= last.line);
            let times: usize = within.map(|(_, marks)| marks.len()).sum();
            list.entries.len() >= 2 && list.entries.len() * 5 >= times * 3
        });
        lists
    }

    /// `0:00 Title`, with what stands before it being no more than the sign or number of a list.
    fn leading(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let is_lead = |line: &str, mark: &Mark| is_decoration(&line[..mark.start]);
        for (at, (line, marks)) in self.timed.iter().enumerate() {
            let (text, mark) = (self.all[*line], &marks[0]);
            if is_lead(text, mark) {
                let next = self.timed[at + 1..].iter().find(|(line, marks)| is_lead(self.all[*line], &marks[0]));
                // What is read on stops at the next time, and after few lines, so that this stays linear.
                let stop = next.map_or(self.all.len(), |(line, _)| *line).min(line + 5);
                entries.push(Entry::new(mark, self.title(*line, &text[mark.end..], stop), *line));
            }
        }
        entries
    }

    /// `Title 3:45`.
    fn trailing(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (line, marks) in &self.timed {
            let (text, Some(mark)) = (self.all[*line], marks.last()) else { continue };
            let title = trimmed(&text[..mark.start]);
            if !title.is_empty() && !text[mark.end..].contains(char::is_alphanumeric) {
                entries.push(Entry::new(mark, title, *line));
            }
        }
        entries
    }

    /// Times in paragraphs: `0:00 One 2:10 Two`, or `One 0:00 Two 2:10`.
    fn flowing(&self) -> Vec<List> {
        let mut entries = Vec::new();
        let mut at = 0;
        while at < self.timed.len() {
            let (first, mut last) = (self.timed[at].0, self.timed[at].0);
            let mut next = at + 1;
            while next < self.timed.len() && self.all[last + 1..=self.timed[next].0].iter().all(|line| !line.trim().is_empty()) {
                last = self.timed[next].0;
                next += 1;
            }
            let from = self.all[..first].iter().rev().take(3).take_while(|line| !line.trim().is_empty()).count();
            let to = self.all[last + 1..].iter().take(3).take_while(|line| !line.trim().is_empty()).count();
            entries.extend(paragraph(&self.all[first - from..=last + to].join(" "), first));
            at = next;
        }
        let mut lists = runs(entries);
        lists.retain(|list| list.entries.len() >= 3);
        lists
    }

    /// What stands behind a time, with the lines that belong to it.
    fn title(&self, line: usize, behind: &str, stop: usize) -> String {
        let behind = behind.trim_start_matches([')', ']', '_', '*']);
        if behind.trim_start().starts_with('|') {
            return self.cells(line, behind, stop);
        }
        let mut title = behind.to_owned();
        let following = &self.all[line + 1..stop];
        if trimmed(behind).is_empty() {
            // A table that is written as a list: a line for each of its cells.
            let cells = following.iter().take_while(|cell| !cell.trim().is_empty()).take(2).map(|cell| trimmed(cell));
            return cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" - ");
        }
        let indent = |line: &str| line.len() - line.trim_start().len();
        let own = self.all[line];
        let mut above = own;
        // Lines broken at a width go on without an indent, where each entry is a paragraph of its own.
        let alone = line == 0 || self.all[line - 1].trim().is_empty();
        for next in following {
            let broken = alone && above.chars().count() >= 60;
            if next.trim().is_empty() || title.len() > LONGEST_TITLE || !(indent(next) > indent(own) || broken) {
                break;
            }
            title.push(' ');
            title.push_str(next.trim());
            above = next;
        }
        trimmed(&title)
    }

    /// `| Ann Lee | **A talk** |`: the first two cells, each with what stands in the rows below that have no time.
    fn cells(&self, line: usize, behind: &str, stop: usize) -> String {
        let row = |text: &str| text.split('|').skip(1).map(|cell| cell.trim_matches([' ', '+', '\t']).to_owned()).collect::<Vec<_>>();
        let mut cells = row(behind);
        cells.retain(|cell| !cell.is_empty());
        cells.truncate(2);
        for below in &self.all[line + 1..stop] {
            if !below.contains('|') {
                break;
            }
            for (i, (cell, more)) in cells.iter_mut().zip(row(below)).enumerate() {
                let open = i == 0 || (cell.starts_with("**") && !cell.ends_with("**"));
                if open && !more.is_empty() && !more.starts_with("- ") {
                    cell.push(' ');
                    cell.push_str(&more);
                }
            }
        }
        cells.iter().map(|cell| trimmed(cell)).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" - ")
    }
}

/// What stands between the times of a paragraph that begins or ends with one.
fn paragraph(text: &str, line: usize) -> Vec<Entry> {
    let marks = marks::of(text);
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return Vec::new() };
    let leads = is_decoration(&text[..first.start]);
    let trails = !text[last.end..].contains(char::is_alphanumeric);
    let ends = |i: usize| marks.get(i + 1).map_or(text.len(), |next| next.start);
    let begins = |i: usize| if i == 0 { 0 } else { marks[i - 1].end };
    // Prose has times as well, but it neither begins with the first minutes of something nor sets its times off with dashes.
    let early = first.cue.seconds() < 120;
    let set_off = marks.iter().filter(|mark| text[..mark.start].trim_end().ends_with(['-', '–', '—', '('])).count();
    if leads && early {
        return (0..marks.len()).map(|i| Entry::new(&marks[i], trimmed(&text[marks[i].end..ends(i)]), line)).collect();
    }
    if !leads && trails && (first.cue.seconds() == 0 || set_off * 2 >= marks.len()) {
        return (0..marks.len()).map(|i| Entry::new(&marks[i], trimmed(&text[begins(i)..marks[i].start]), line)).collect();
    }
    Vec::new()
}

/// Is this no more than the sign or number of a list, brackets or a picture?
fn is_decoration(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &text[digits..];
    let numbered = (1..=3).contains(&digits) && behind.starts_with(['.', ')', ':', ' ']);
    text.is_empty() || (numbered && !behind.contains(char::is_alphanumeric))
}

/// A title without the signs of a list and of emphasis around it.
pub fn trimmed(text: &str) -> String {
    let text = &text[..text.char_indices().map(|(at, _)| at).find(|at| *at > LONGEST_TITLE * 2).unwrap_or(text.len())];
    let text = columns(text);
    let text = unemphasised(&text);
    let lead = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '–' | '—' | ':' | '|' | '•' | '·' | '.' | ')' | ']' | '>' | '=' | '~' | '→' | '+' | ',' | '▶')
    };
    let tail = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|' | '(' | '[' | '+' | '=' | ',' | '_' | '@');
    let text = text.trim_start_matches(lead).trim_end_matches(tail);
    let unpaired = |open: char, close: char| text.matches(open).count() != text.matches(close).count();
    if unpaired('[', ']') { text.replace(['[', ']'], "") } else { text.to_owned() }
}

/// White space made single; wide gaps part columns.
fn columns(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = 0;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            gap += 1;
            continue;
        }
        out.push_str(match gap {
            0 => "",
            1 | 2 => " ",
            _ => " - ",
        });
        gap = 0;
        out.push(c);
    }
    out
}

/// Without stars that open or close emphasis; those inside words stay.
fn unemphasised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('*') {
        let stars = rest[at..].bytes().take_while(|b| *b == b'*').count();
        out.push_str(&rest[..at]);
        let before = out.chars().next_back().is_some_and(char::is_alphanumeric);
        let after = rest[at + stars..].chars().next().is_some_and(char::is_alphanumeric);
        if before && after {
            out.push_str(&rest[at..at + stars]);
        }
        rest = &rest[at + stars..];
    }
    out.push_str(rest);
    out
}

/// Parts entries into lists whose cues rise. One cue that goes back, between two that do not, is a slip.
fn runs(entries: Vec<Entry>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut list = List::default();
    let mut entries = entries.into_iter().peekable();
    while let Some(entry) = entries.next() {
        let near = |before: &Entry| entry.line - before.line <= LONGEST_GAP;
        match list.entries.last() {
            None => list.entries.push(entry),
            Some(before) if near(before) && entry.cue > before.cue => list.entries.push(entry),
            Some(before) if near(before) && entry.cue == before.cue => list.broken.push(Broken::Close(entry.cue)),
            Some(before) if near(before) && entries.peek().is_some_and(|next| next.cue > before.cue) => {
                list.broken.push(Broken::OutOfOrder(entry.cue));
            }
            // The cue before was the slip: `10:00`, `51:00`, `15:00`, `20:00`.
            Some(before) if near(before) && list.entries.iter().rev().nth(1).is_some_and(|two| two.cue < entry.cue) => {
                list.broken.push(Broken::OutOfOrder(before.cue));
                list.entries.pop();
                list.entries.push(entry);
            }
            Some(_) => lists.push(std::mem::replace(&mut list, List { entries: vec![entry], broken: Vec::new() })),
        }
        if list.entries.len() > MOST {
            list.entries.truncate(MOST);
            lists.push(std::mem::take(&mut list));
            break;
        }
    }
    lists.push(list);
    lists
}
