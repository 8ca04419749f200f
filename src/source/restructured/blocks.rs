//! Blocks: headings, lists, literals, directives. Line by line, with a stack of what is open.

mod directive;

use super::inline::{self, Targets};
use super::signs::{
    self, Line, adornment, ends_in_literal, explicit, field, heading, is_grid_border, is_line_block, is_simple_border, marker,
};
use super::table::{self, Table};
use std::ops::Range;

/// What nests deeper is shown at that depth.
const DEEPEST: usize = 8;

/// A text as Markdown.
pub fn write(text: &str) -> String {
    let lines: Vec<Line> = text.lines().map(Line::of).collect();
    let margin = lines.iter().filter(|line| !line.is_blank()).map(|line| line.indent).min().unwrap_or(0);
    let targets = Targets::of(&lines);
    let outermost = Body::new(margin, String::new());
    let mut writer = Writer {
        lines,
        at: 0,
        out: String::with_capacity(text.len() + 64),
        open: vec![outermost],
        first: None,
        levels: Vec::new(),
        targets,
    };
    while writer.at < writer.lines.len() {
        writer.block();
    }
    writer.out.truncate(writer.out.trim_end().len());
    writer.out
}

/// Something whose lines are indented alike: an item, a quotation, a definition.
struct Body {
    /// The columns at which its lines begin in the text.
    indent: usize,
    /// What stands before its lines in Markdown.
    prefix: String,
    /// How many items in a row were numbered by the author's `#.`.
    counted: u32,
}

impl Body {
    fn new(indent: usize, prefix: String) -> Body {
        Body { indent, prefix, counted: 0 }
    }
}

struct Writer<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
    out: String,
    /// What is open, outermost first; never empty.
    open: Vec<Body>,
    /// What stands before the next line instead: the bullet of an item.
    first: Option<String>,
    /// How headings are set off, the highest first.
    levels: Vec<(char, bool)>,
    targets: Targets,
}

impl<'a> Writer<'a> {
    fn line(&self) -> Line<'a> {
        self.lines[self.at]
    }

    fn prefix(&self) -> &str {
        self.open.last().map_or("", |body| &body.prefix)
    }

    /// Writes one block, and moves behind it.
    fn block(&mut self) {
        let line = self.line();
        if line.is_blank() {
            self.at += 1;
            return;
        }
        self.enter(line);
        let outermost = self.open.len() == 1 && self.first.is_none();
        let length = table::length(&self.lines[self.at..]);
        if outermost && let Some(found) = heading(&self.lines, self.at) {
            self.heading((found.mark, found.over));
        } else if length > 0 {
            self.table(length);
        } else if let Some(rest) = explicit(line.text) {
            self.explicit(rest);
        } else if line.text.starts_with("__ ") {
            self.at += 1;
        } else if let Some((mark, length)) = marker(line.text).filter(|_| !is_rule(line.text)) {
            self.item(&mark, length);
        } else if is_line_block(line.text) {
            self.line_block();
        } else if let Some((name, rest)) = field(line.text).filter(|(name, _)| self.is_field(name)) {
            self.field(name, rest);
        } else if is_rule(line.text) {
            self.gap(true);
            self.put("---");
            self.at += 1;
        } else if line.text.starts_with(">>> ") {
            let end = (self.at..self.lines.len()).find(|at| self.lines[*at].is_blank()).unwrap_or(self.lines.len());
            self.code("python", self.at..end);
            self.at = end;
        } else {
            self.paragraph();
        }
    }

    /// Closes what a line is no longer part of, and opens a quotation where it is further in than what is open.
    fn enter(&mut self, line: Line) {
        while self.open.len() > 1 && self.open.last().is_some_and(|body| line.indent < body.indent) {
            self.open.pop();
        }
        let top = self.open.last().map_or(0, |body| body.indent);
        if line.indent > top && self.open.len() < DEEPEST {
            let quoted = self.after_blank() && marker(line.text).is_none() && explicit(line.text).is_none();
            let prefix = self.prefix().to_owned() + if quoted { "> " } else { "" };
            self.open.push(Body::new(line.indent, prefix));
        }
    }

    fn after_blank(&self) -> bool {
        self.at == 0 || self.lines[self.at - 1].is_blank()
    }

    /// A blank line, where there is one in the text or Markdown needs one.
    fn gap(&mut self, needed: bool) {
        if self.first.is_none() && !self.out.is_empty() && (needed || self.after_blank()) && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn put(&mut self, text: &str) {
        match self.first.take() {
            Some(first) => self.out.push_str(&first),
            None => self.out.push_str(self.open.last().map_or("", |body| &body.prefix)),
        }
        self.out.push_str(text);
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn put_all(&mut self, text: &str) {
        text.lines().for_each(|line| self.put(line.trim_start()));
    }

    fn heading(&mut self, style: (char, bool)) {
        let title = self.lines[self.at + usize::from(style.1)].text;
        let level = self.levels.iter().position(|known| *known == style).unwrap_or_else(|| {
            self.levels.push(style);
            self.levels.len() - 1
        });
        self.gap(true);
        if let Some(body) = self.open.last_mut() {
            body.counted = 0;
        }
        let title = inline::write(title, &mut self.targets);
        self.put(&format!("{} {title}", "#".repeat(2 + level.min(2))));
        self.at += if style.1 { 3 } else { 2 };
        self.out.push('\n');
    }

    fn table(&mut self, length: usize) {
        let lines = &self.lines[self.at..self.at + length];
        let table = if is_grid_border(lines[0].text) { Table::grid(lines) } else { Table::simple(lines) };
        match table {
            Some(table) => self.put_table(&table),
            None => self.code("", self.at..self.at + length),
        }
        self.at += length;
    }

    fn put_table(&mut self, table: &Table) {
        self.gap(true);
        for row in table.write(|cell| inline::write(cell, &mut self.targets)) {
            self.put(&row);
        }
        self.out.push('\n');
    }

    fn item(&mut self, mark: &str, length: usize) {
        let line = self.line();
        let mark = &self.number(line.text, mark);
        self.gap(false);
        let first = self.first.take().unwrap_or_else(|| self.prefix().to_owned()) + mark;
        let rest = &line.text[length..];
        if self.open.len() >= DEEPEST || rest.is_empty() {
            self.first = Some(first);
            self.put(rest);
            self.at += 1;
            return;
        }
        let prefix = self.prefix().to_owned() + &" ".repeat(mark.chars().count());
        let indent = line.indent + line.text[..length].chars().count();
        self.begin(first, prefix, Line { indent, text: rest });
    }

    /// The number of an item that its author left to the machine.
    fn number(&mut self, line: &str, mark: &str) -> String {
        let Some(body) = self.open.last_mut() else { return mark.to_owned() };
        if !line.trim_start_matches('(').starts_with('#') {
            body.counted = 0;
            return mark.to_owned();
        }
        body.counted += 1;
        format!("{}. ", body.counted)
    }

    /// Goes on with what stands behind a bullet or a name as the first line of something of its own.
    fn begin(&mut self, first: String, prefix: String, rest: Line<'a>) {
        self.first = Some(first);
        self.open.push(Body::new(rest.indent, prefix));
        self.lines[self.at] = rest;
        if rest.is_blank() {
            self.put("");
            self.at += 1;
        }
    }

    /// `:tada: at last` is a picture of joy, `:Author: Ann` says who.
    fn is_field(&self, name: &str) -> bool {
        let beside = [self.at.checked_sub(1), self.at.checked_add(1)];
        let is_list = beside.into_iter().flatten().any(|at| self.lines.get(at).is_some_and(|line| field(line.text).is_some()));
        name.starts_with(char::is_uppercase) || is_list
    }

    fn field(&mut self, name: &str, rest: &'a str) {
        let line = self.line();
        self.gap(false);
        let first = self.first.take().unwrap_or_else(|| self.prefix().to_owned()) + &format!("- **{name}:** ");
        let next = self.lines.get(self.at + 1).filter(|next| !next.is_blank() && next.indent > line.indent);
        let indent = next.map_or(line.indent + 1, |next| next.indent);
        if self.open.len() >= DEEPEST {
            self.first = Some(first);
            self.put(rest);
            self.at += 1;
            return;
        }
        let prefix = self.prefix().to_owned() + "  ";
        self.begin(first, prefix, Line { indent, text: rest });
    }

    fn line_block(&mut self) {
        self.gap(true);
        let from = self.at;
        while self.at < self.lines.len()
            && (is_line_block(self.line().text) || (!self.line().is_blank() && self.line().indent > self.lines[from].indent))
        {
            self.at += 1;
        }
        let lines: Vec<&str> =
            self.lines[from..self.at].iter().map(|line| line.text.strip_prefix('|').map_or(line.text, str::trim)).collect();
        let breaks: Vec<bool> = (from + 1..=self.at).map(|at| at == self.at || self.lines[at].text.starts_with('|')).collect();
        let text = inline::write(&lines.join("\n"), &mut self.targets);
        let written: Vec<&str> = text.split('\n').collect();
        for (number, line) in written.iter().enumerate() {
            let listed = |line: &str| marker(line).is_some();
            let next = written.get(number + 1).copied().unwrap_or_default();
            let broken = breaks.get(number).copied().unwrap_or(true) && !next.is_empty() && !line.is_empty();
            if let Some((mark, length)) = marker(line) {
                self.put(&format!("{mark}{}", &line[length..]));
            } else {
                self.put(&format!("{line}{}", if broken && !listed(next) { "\\" } else { "" }));
            }
            if listed(line) && !next.is_empty() && !listed(next) {
                self.gap(true);
            }
        }
    }

    /// The lines below, from the next one on, that are further in.
    fn inner(&self, indent: usize) -> Range<usize> {
        let inside = |line: &Line| line.is_blank() || line.indent > indent;
        let end = self.at + 1 + self.lines[self.at + 1..].iter().take_while(|line| inside(line)).count();
        let blank = self.lines[self.at + 1..end].iter().rev().take_while(|line| line.is_blank()).count();
        self.at + 1..end - blank
    }

    fn code(&mut self, language: &str, range: Range<usize>) {
        let lines: Vec<Line> = self.lines[range].to_vec();
        let blank = lines.iter().take_while(|line| line.is_blank()).count();
        let margin = lines.iter().filter(|line| !line.is_blank()).map(|line| line.indent).min().unwrap_or(0);
        if blank == lines.len() {
            return;
        }
        let fence = if lines.iter().any(|line| line.text.contains("```")) { "~~~~" } else { "```" };
        self.gap(true);
        self.put(&format!("{fence}{language}"));
        for line in &lines[blank..] {
            // A line that begins far to the right is drawn, not indented.
            let indent = " ".repeat(line.indent.saturating_sub(margin).min(200));
            self.put(&(indent + line.text));
        }
        self.put(fence);
        self.out.push('\n');
    }

    /// A paragraph, a term with its definition below, or the words before a literal.
    fn paragraph(&mut self) {
        let (from, line) = (self.at, self.line());
        if let Some(body) = self.open.last_mut() {
            body.counted = 0;
        }
        if let Some(term) = self.term() {
            return self.definition(term);
        }
        let outer = self.open.iter().rev().nth(1).map_or(0, |body| body.indent);
        let in_item = self.first.is_some();
        let mut literal = ends_in_literal(&self.lines, self.at);
        self.at += 1;
        while !literal && self.at < self.lines.len() {
            let next = self.line();
            // Authors indent the second line of an item as they like.
            let belongs = next.indent >= line.indent || (in_item && next.indent > outer);
            let begins =
                marker(next.text).is_some_and(|(mark, _)| mark == "- " || next.text.starts_with("1.") || next.text.starts_with("#."));
            if next.is_blank() || !belongs || begins || explicit(next.text).is_some_and(|rest| signs::directive(rest).is_some()) {
                break;
            }
            literal = ends_in_literal(&self.lines, self.at);
            self.at += 1;
        }
        let mut lines: Vec<&str> = self.lines[from..self.at].iter().map(|line| line.text).collect();
        let shown;
        if literal && let Some(last) = lines.pop() {
            let words = last.trim_end_matches(':').trim_end();
            // `code::` shows its colon, a lone `::` nothing.
            shown = if last.ends_with(" ::") || words.is_empty() { words.to_owned() } else { format!("{words}:") };
            lines.extend((!shown.is_empty()).then_some(shown.as_str()));
        }
        let text = inline::write(&lines.join("\n"), &mut self.targets);
        let end = std::mem::replace(&mut self.at, from);
        if !text.is_empty() {
            self.gap(false);
            self.put_all(&text);
        }
        self.at = end;
        if literal {
            self.at = end - 1;
            let inner = self.inner(self.lines[end - 1].indent.min(line.indent));
            self.code("", inner.clone());
            self.at = inner.end.max(end);
        }
    }

    /// A line alone with something further in right below it.
    fn term(&self) -> Option<&'a str> {
        let (line, next) = (self.line(), *self.lines.get(self.at + 1)?);
        let alone = self.first.is_none() && self.after_blank() && !next.is_blank() && next.indent > line.indent;
        (alone && !line.text.ends_with("::") && adornment(next.text).is_none()).then_some(line.text)
    }

    fn definition(&mut self, term: &str) {
        let mut text = inline::write(term, &mut self.targets);
        if !text.contains(['*', '`', '[']) {
            text = format!("**{text}**");
        }
        let next = self.lines.get(self.at + 1).map_or("", |next| next.text);
        let runs_on = marker(next).is_none() && explicit(next).is_none() && !is_line_block(next);
        self.gap(false);
        self.put(&format!("{text}{}", if runs_on { "\\" } else { "" }));
        self.at += 1;
    }
}

/// A line of one mark that stands alone, and no bullet.
fn is_rule(line: &str) -> bool {
    adornment(line).is_some_and(|mark| mark != ':' && mark != '.') && !is_simple_border(line)
}
