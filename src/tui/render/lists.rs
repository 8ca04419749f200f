//! The lists: only the rows that are seen are built.

use super::{Canvas, fill, lit, write};
use crate::app::detail::sign;
use crate::app::layout::Area;
use crate::app::library::Shelf;
use crate::app::search::Tab;
use crate::app::{Model, Pane, View};
use crate::domain::talk::Part;
use crate::domain::{Event, Mark, Talk};
use crate::markdown;
use crate::rich::{self, Role, cut};
use crate::search::{Place, Reason};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

/// What stands at the left of a row: the bar marks the cursor where colour does not.
const MARK: &str = "▌";

/// What talks are chosen by.
pub fn chooser(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    match canvas.model.view {
        View::Library => shelves(canvas, area, buffer),
        View::Events | View::Talks => events(canvas, area, buffer),
    }
}

fn shelves(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let (model, focused) = (canvas.model, canvas.model.focus == Pane::Events);
    let inner = canvas.frame(area, "Library", "", focused, buffer);
    let shelves = Shelf::all(&model.marks);
    for (line, (i, shelf)) in (0..inner.height).zip(shelves.iter().enumerate().skip(model.shelves.offset)) {
        let row = Row { area: Area { y: inner.y + line, height: 1, ..inner }, cursor: i == model.shelves.cursor, focused };
        let role = if matches!(shelf, Shelf::Lost) { Role::Warning } else { Role::Plain };
        let name = rich::Span::new(shelf.name(&model.marks), role);
        row.draw(canvas, vec![name], vec![rich::Span::new(shelf.len(&model.marks).to_string(), Role::Dim)], buffer);
    }
}

fn events(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let (model, focused) = (canvas.model, canvas.model.focus == Pane::Events);
    let events = model.catalogue.events();
    let inner = canvas.frame(area, "Events", &position(model.events.cursor, events.len()), focused, buffer);
    if events.is_empty() {
        return empty(canvas, inner, buffer);
    }
    let several = events.iter().any(|event| event.series != events[0].series);
    for (line, (i, event)) in (0..inner.height).zip(events.iter().enumerate().skip(model.events.offset)) {
        let row = Row { area: Area { y: inner.y + line, height: 1, ..inner }, cursor: i == model.events.cursor, focused };
        let date = event.date.strftime("%b %Y  ").to_string();
        let mut name = vec![rich::Span::new(date, Role::Dim), rich::Span::new(event_name(event), Role::Plain)];
        // What tells it from others of its series stands first: there may be no room for more.
        if several && !event_name(event).contains(&event.series) {
            name.push(rich::Span::new(format!(" · {}", event.series), Role::Dim));
        }
        row.draw(canvas, name, vec![rich::Span::new(event.talks.len().to_string(), Role::Dim)], buffer);
    }
}

fn event_name(event: &Event) -> String {
    let short = event.short_title();
    if short.is_empty() { event.title.clone() } else { short.to_owned() }
}

pub fn talks(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let (model, focused) = (canvas.model, canvas.model.focus == Pane::Talks);
    let title = match model.shelf() {
        _ if model.search.is_on() => "Found",
        Some(shelf) => shelf.name(&model.marks),
        None => "Talks",
    };
    let inner = canvas.frame(area, title, &position(model.talks.cursor, model.rows.len()), focused, buffer);
    if model.rows.is_empty() {
        return empty(canvas, inner, buffer);
    }
    let rows = canvas.layout.talk_rows;
    let shown = usize::from(inner.height.div_ceil(rows));
    for (line, i) in (0u16..).zip(model.talks.offset..model.rows.len()).take(shown) {
        let Some(talk) = model.catalogue.talks().get(model.rows[i]) else { continue };
        let height = rows.min(inner.height - line * rows);
        let row = Row { area: Area { y: inner.y + line * rows, height, ..inner }, cursor: i == model.talks.cursor, focused };
        talk_row(canvas, &row, (i, model.rows[i], talk), buffer);
    }
}

/// Title and cue, and below them who, from where, and (where talks of many events mix) when.
fn talk_row(canvas: &Canvas, row: &Row, (at, index, talk): (usize, usize, &Talk), buffer: &mut Buffer) {
    let model = canvas.model;
    let cue = talk.span.start.map_or(String::new(), |cue| cue.to_string());
    let title = canvas.matched(Place::Title, &talk.title, if row.cursor { Role::Strong } else { Role::Plain });
    let mixed = model.search.is_on() || model.view != View::Events;
    let date = match (model.shelf(), model.marks.history.get(at)) {
        // There it matters when one saw it.
        (Some(Shelf::History), Some(visit)) => visit.at.strftime("%-d %b %Y").to_string(),
        _ if mixed => model.catalogue.event_of(talk).date.strftime("%b %Y").to_string(),
        _ => String::new(),
    };
    let mut right = signs(model, index, talk, if mixed { "  " } else { "" });
    right.extend(canvas.matched(Place::Event, &date, Role::Dim));
    let by = by_line(canvas, index, talk, room(row.area, right.iter().map(|span| text::width(&span.text)).sum()));
    let mut lines = vec![(title, vec![rich::Span::new(cue.clone(), Role::Accent)]), (by, right)];
    if row.area.height > 2 {
        let room = usize::from(row.area.width).saturating_sub(text::width(&cue) + 4);
        // A third line of title would push out who gave the talk.
        let (first, rest) = rich::first_line(&lines[0].0, room);
        if !rest.is_empty() {
            lines[0].0 = first;
            lines.insert(1, (rest, Vec::new()));
        }
    }
    for (y, (spans, right)) in (row.area.y..row.area.y + row.area.height).zip(lines) {
        Row { area: Area { y, height: 1, ..row.area }, ..*row }.draw(canvas, spans, right, buffer);
    }
}

/// Whether the talk is played, and what it is to the user, in signs, and a gap behind them.
fn signs(model: &Model, index: usize, talk: &Talk, gap: &str) -> Vec<rich::Span> {
    let plays = model.plays(talk).then_some("▶");
    let signs: Vec<&str> = plays.into_iter().chain(Mark::ALL.into_iter().filter(|mark| model.marks.has(index, *mark)).map(sign)).collect();
    let text = if signs.is_empty() { String::new() } else { signs.join(" ") + gap };
    Some(rich::Span::new(text, Role::Accent)).filter(|span| !span.text.is_empty()).into_iter().collect()
}

/// Who gave it and from where; behind them, what else made the search find it, where nothing that is seen did.
fn by_line(canvas: &Canvas, index: usize, talk: &Talk, room: usize) -> Vec<rich::Span> {
    let model = canvas.model;
    let mut spans: Vec<rich::Span> = talk
        .by_line_parts()
        .flat_map(|(part, text)| match part {
            Part::Name => canvas.matched(Place::Speaker, text, Role::Dim),
            Part::Company => canvas.matched(Place::Company, text, Role::Dim),
            Part::Between => vec![rich::Span::new(text, Role::Dim)],
        })
        .collect();
    if model.search.is_on()
        && let Some(reason) = model.search.matcher.reason(&model.catalogue, index)
    {
        give_reason(&mut spans, &reason, room);
    }
    spans
}

/// Says why a talk was found, as far as there is room behind its people. Many names leave half of the row to what says more than the
/// last of them.
fn give_reason(spans: &mut Vec<rich::Span>, reason: &Reason, room: usize) {
    let gap = if spans.is_empty() { "" } else { " · " };
    let width: usize = spans.iter().map(|span| text::width(&span.text)).sum();
    let labels = [(format!("{gap}{}: ", reason.label), SHORTEST_REASON), (gap.to_owned(), SHORTEST_UNLABELLED)];
    for kept in [width, width.min(room - room / 2)] {
        let fits = |(label, least): &&(String, usize)| kept + text::width(label) + least <= room;
        if let Some((label, _)) = labels.iter().find(fits) {
            *spans = cut(std::mem::take(spans), kept);
            spans.push(rich::Span::new(label.clone(), Role::Dim));
            spans.extend(around(reason, room - kept - text::width(label)));
            return;
        }
    }
}

/// Columns without which a reason is left out; without its label it takes more words to be understood.
const SHORTEST_REASON: usize = 10;
const SHORTEST_UNLABELLED: usize = 16;

/// The text of a reason cut to `columns`, so that its match is seen.
fn around(reason: &Reason, columns: usize) -> Vec<rich::Span> {
    let Reason { text, ranges, .. } = reason;
    let first = ranges.first().cloned().unwrap_or(0..0);
    let fits = text.get(..first.end).is_none_or(|begin| text::width(begin) < columns) || text::width(text) <= columns;
    if fits {
        return cut(lit(text, ranges, Role::Dim), columns);
    }
    // From a word that leaves room for the match, and shows a little of what stands before it.
    let context = columns.saturating_sub(text::width(&text[first.clone()]) + 2) / 2;
    let begins = |at: &usize| text::width(&text[*at..first.start]) <= context;
    let words = text[..first.start].match_indices(' ').map(|(at, space)| at + space.len());
    let from = words.filter(|at| *at <= first.start).find(begins).unwrap_or(first.start);
    let moved: Vec<_> = ranges.iter().map(|range| range.start - from..range.end - from).collect();
    let mut spans = vec![rich::Span::new("…", Role::Dim)];
    spans.extend(lit(&text[from..], &moved, Role::Dim));
    cut(spans, columns)
}

/// Columns that a row leaves for what stands before a word of so many columns at its right.
fn room(area: Area, right: usize) -> usize {
    let gap = if right == 0 { 1 } else { right + 2 };
    usize::from(area.width).saturating_sub(1 + gap)
}

/// A row of a list.
#[derive(Clone, Copy)]
struct Row {
    area: Area,
    cursor: bool,
    focused: bool,
}

impl Row {
    /// Draws spans from the left, cut where they meet a word at the right.
    fn draw(&self, canvas: &Canvas, spans: Vec<rich::Span>, right: Vec<rich::Span>, buffer: &mut Buffer) {
        let area = self.area;
        let over = match (self.cursor, self.focused) {
            (true, true) => canvas.theme.cursor(),
            (true, false) => Style::new().add_modifier(Modifier::BOLD),
            (false, _) => Style::new(),
        };
        fill(Area { height: 1, ..area }, if self.cursor && self.focused { over } else { Style::new() }, buffer);
        // A row that is filled needs no other mark.
        if self.cursor && !self.focused {
            let mark = rich::Line::of(MARK, Role::Accent);
            write(&canvas.line(&mark, Style::new()), area.x, area.y, 1, buffer);
        }
        let right_width: usize = right.iter().map(|span| text::width(&span.text)).sum();
        let line = rich::Line { spans: cut(spans, room(area, right_width)) };
        let right_width = u16::try_from(right_width).unwrap_or(0).min(area.width);
        write(&canvas.line(&line, over), area.x + 1, area.y, area.width.saturating_sub(1), buffer);
        let right = rich::Line { spans: right };
        write(&canvas.line(&right, over), area.x + area.width.saturating_sub(right_width + 1), area.y, right_width, buffer);
    }
}

fn position(cursor: usize, len: usize) -> String {
    if len == 0 { String::new() } else { format!("{}/{len}", cursor + 1) }
}

/// Why a list is empty, and what to do.
fn empty(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let model = canvas.model;
    let text = if model.is_empty_yet() {
        "Reading the archive …".to_owned()
    } else if model.search.is_on() {
        return nothing_found(canvas, area, buffer);
    } else if model.catalogue.events().is_empty() {
        let named =
            if model.problems.is_empty() { "Name a folder of event files or posts: cuepoint --source FOLDER" } else { "S says why." };
        format!("No event could be read.\n{named}")
    } else if let Some(shelf) = model.shelf() {
        let nothing = if shelf == Shelf::Lost { "" } else { "Nothing here yet.\n" };
        let mut spans = vec![rich::Span::new(nothing, Role::Dim)];
        // Where there is room for it, the pane beside says the rest.
        if model.is_narrow() || model.focus == Pane::Talks {
            spans.extend(markdown::inline(shelf.about(), 0).0);
        }
        return paragraph(canvas, &spans, area, buffer);
    } else {
        "This event has no talks.".to_owned()
    };
    paragraph(canvas, &[rich::Span::new(text, Role::Dim)], area, buffer);
}

/// What was looked for in vain, and what may have been meant.
fn nothing_found(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let (model, search) = (canvas.model, &canvas.model.search);
    if search.error.is_some() {
        // What was found before is no news beside what is wrong now.
        return;
    }
    let dim = |text: String| rich::Span::new(text, Role::Dim);
    let query = text::truncate(&search.shown, LONGEST_QUERY);
    let mut spans = vec![match search.partial {
        Some(count) => dim(format!("Nothing found for “{query}” in the first {count} talks …\n")),
        None => dim(format!("Nothing found for “{query}”.\n")),
    }];
    match &search.suggestion {
        Some(suggestion) => {
            let suggestion = text::truncate(suggestion, LONGEST_QUERY);
            spans.extend([dim("Did you mean “".to_owned()), rich::Span::new(suggestion, Role::Strong), dim("”?".to_owned())]);
            spans.extend(match (search.typing, model.tab()) {
                (false, _) => vec![rich::Span::new(" /", Role::Accent), dim(" and".to_owned()), rich::Span::new(" Tab", Role::Accent)],
                (true, Some(Tab::Suggestion)) => vec![rich::Span::new(" Tab", Role::Accent)],
                (true, _) => Vec::new(),
            });
            if !search.typing || model.tab() == Some(Tab::Suggestion) {
                spans.push(dim(if search.typing { " takes it." } else { " take it." }.to_owned()));
            }
        }
        None => spans.push(dim("Try fewer words, or only the beginning of a name.".to_owned())),
    }
    paragraph(canvas, &spans, area, buffer);
}

/// Columns of a query that a sentence about it has room for.
const LONGEST_QUERY: usize = 60;

fn paragraph(canvas: &Canvas, spans: &[rich::Span], area: Area, buffer: &mut Buffer) {
    let lines = rich::wrap(spans, usize::from(area.width.saturating_sub(2)), &[], &[]);
    for (y, line) in (area.y..area.y + area.height).zip(&lines) {
        write(&canvas.line(line, Style::new()), area.x + 1, y, area.width.saturating_sub(1), buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(room: usize) -> (String, String) {
        let text = "A knot that nobody can untie is a weld, says the rigger";
        let at = text.find("untie").expect("it is there");
        let reason = Reason { label: "takeaway", text: text.into(), ranges: vec![2..6, at..at + 5] };
        let mut spans = vec![rich::Span::new("Bo Ek", Role::Dim)];
        give_reason(&mut spans, &reason, room);
        let later = Reason { ranges: reason.ranges[1..].to_vec(), ..reason };
        let mut second = vec![rich::Span::new("Bo Ek", Role::Dim)];
        give_reason(&mut second, &later, room);
        for spans in [&spans, &second] {
            let lit: Vec<&str> = spans.iter().filter(|span| span.role == Role::Match).map(|span| span.text.as_str()).collect();
            assert!(spans.len() == 1 || lit.first().is_some_and(|first| ["knot", "untie"].contains(first)), "{room}: {spans:?}");
        }
        (rich::Line { spans }.text(), rich::Line { spans: second }.text())
    }

    #[test]
    fn a_reason_is_cut_around_its_match() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(given(20), pair("Bo Ek", "Bo Ek"));
        assert_eq!(given(30), pair("Bo Ek · takeaway: A knot that…", "Bo Ek · takeaway: …untie is a…"));
        assert_eq!(given(48), pair("Bo Ek · takeaway: A knot that nobody can untie…", "Bo Ek · takeaway: A knot that nobody can untie…"));
        let whole = "Bo Ek · takeaway: A knot that nobody can untie is a weld, says the rigger";
        assert_eq!(given(80), pair(whole, whole));
        assert_eq!(given(25), pair("Bo Ek · A knot that nobo…", "Bo Ek · …can untie is a…"));
    }
}
