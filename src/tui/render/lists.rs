//! The lists: only the rows that are seen are built.

use super::{Canvas, fill, write};
use crate::app::layout::Area;
use crate::app::{Pane, View};
use crate::domain::{Event, Talk};
use crate::rich::{self, Role};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

/// What stands at the left of a row: the bar marks the cursor where colour does not.
const MARK: &str = "▌";

pub fn events(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let (model, focused) = (canvas.model, canvas.model.focus == Pane::Events);
    let events = model.catalogue.events();
    let inner = canvas.frame(area, "Events", &position(model.events.cursor, events.len()), focused, buffer);
    if events.is_empty() {
        return empty(canvas, inner, buffer);
    }
    let several = events.iter().any(|event| event.series != events[0].series);
    for (line, (i, event)) in (0..inner.height).zip(events.iter().enumerate().skip(model.events.offset)) {
        let row = Row { area: Area { y: inner.y + line, height: 1, ..inner }, cursor: i == model.events.cursor, focused };
        let name = if several { format!("{} {}", event.series, event.short_title()) } else { event_name(event) };
        let date = event.date.strftime("%b %Y  ").to_string();
        row.draw(
            canvas,
            vec![rich::Span::new(date, Role::Dim), rich::Span::new(name, Role::Plain)],
            vec![rich::Span::new(event.talks.len().to_string(), Role::Dim)],
            buffer,
        );
    }
}

fn event_name(event: &Event) -> String {
    let short = event.short_title();
    if short.is_empty() { event.title.clone() } else { short.to_owned() }
}

pub fn talks(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let (model, focused) = (canvas.model, canvas.model.focus == Pane::Talks);
    let title = if model.search.is_on() { "Found" } else { "Talks" };
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
        talk_row(canvas, &row, talk, buffer);
    }
}

/// Title and cue, and below them who, from where, and (where talks of many events mix) when.
fn talk_row(canvas: &Canvas, row: &Row, talk: &Talk, buffer: &mut Buffer) {
    let model = canvas.model;
    let cue = talk.span.start.map_or(String::new(), |cue| cue.to_string());
    let title = canvas.matched(&talk.title, if row.cursor { Role::Strong } else { Role::Plain });
    let mixed = model.search.is_on() || model.view == View::Talks;
    let date = if mixed { model.catalogue.event_of(talk).date.strftime("%b %Y").to_string() } else { String::new() };
    let by = canvas.matched(&talk.by_line(), Role::Dim);
    let mut lines = vec![(title, vec![rich::Span::new(cue.clone(), Role::Accent)]), (by, canvas.matched(&date, Role::Dim))];
    if row.area.height > 2 {
        let room = usize::from(row.area.width).saturating_sub(text::width(&cue) + 4);
        let wrapped = rich::wrap(&lines[0].0, room, &[], &[]);
        // A third line of title would push out who gave the talk.
        if let [first, second, rest @ ..] = wrapped.as_slice() {
            let mut second = second.spans.clone();
            second.extend(rest.iter().flat_map(|line| std::iter::once(rich::Span::new(" ", Role::Plain)).chain(line.spans.clone())));
            lines[0].0.clone_from(&first.spans);
            lines.insert(1, (second, Vec::new()));
        }
    }
    for (y, (spans, right)) in (row.area.y..row.area.y + row.area.height).zip(lines) {
        Row { area: Area { y, height: 1, ..row.area }, ..*row }.draw(canvas, spans, right, buffer);
    }
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
        let right_width = u16::try_from(right_width).unwrap_or(0).min(area.width);
        let gap = if right_width == 0 { 1 } else { right_width + 2 };
        let room = usize::from(area.width.saturating_sub(1 + gap));
        let line = rich::Line { spans: cut(spans, room) };
        write(&canvas.line(&line, over), area.x + 1, area.y, area.width.saturating_sub(1), buffer);
        let right = rich::Line { spans: right };
        write(&canvas.line(&right, over), area.x + area.width.saturating_sub(right_width + 1), area.y, right_width, buffer);
    }
}

/// Spans cut to `columns`, with `…` where something is missing.
fn cut(spans: Vec<rich::Span>, columns: usize) -> Vec<rich::Span> {
    let whole: usize = spans.iter().map(|span| text::width(&span.text)).sum();
    if whole <= columns {
        return spans;
    }
    let mut left = columns.saturating_sub(1);
    let mut kept = Vec::new();
    for span in spans {
        let width = text::width(&span.text);
        if width <= left {
            left -= width;
            kept.push(span);
            continue;
        }
        // Two columns more than it has, so that the mark is there even where the span alone would just fit.
        let text = text::truncate(&format!("{}··", span.text), left + 1).into_owned();
        kept.push(rich::Span { text, ..span });
        break;
    }
    kept
}

fn position(cursor: usize, len: usize) -> String {
    if len == 0 { String::new() } else { format!("{}/{len}", cursor + 1) }
}

/// Why a list is empty, and what to do.
fn empty(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let model = canvas.model;
    let text = if model.loading {
        "Reading the archive …".to_owned()
    } else if model.search.is_on() {
        format!("Nothing found for “{}”.\nTry fewer words, or only the beginning of a name.", model.search.text)
    } else if model.catalogue.events().is_empty() {
        "No event could be read.\nName a folder of event files or posts: cuepoint --source FOLDER".to_owned()
    } else {
        "This event has no talks.".to_owned()
    };
    let spans = [rich::Span::new(text, Role::Dim)];
    let lines = rich::wrap(&spans, usize::from(area.width.saturating_sub(2)), &[], &[]);
    for (y, line) in (area.y..area.y + area.height).zip(&lines) {
        write(&canvas.line(line, Style::new()), area.x + 1, y, area.width.saturating_sub(1), buffer);
    }
}
