//! The page about sources, over everything but the rows at the top and the bottom.

use super::{Canvas, fill, rect, write};
use crate::app::layout::Area;
use crate::app::sources::{SourcesPage, cut_middle, state};
use crate::archive::State;
use crate::rich::{self, Role, Span};
use crate::source::Report;
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

/// From so many columns on, a row shows the path and every number.
const WIDE: u16 = 96;

/// From so many columns on, a row shows events and talks.
const MEDIUM: u16 = 60;

/// Columns of a state, where other columns stand beside it.
const STATE: usize = 24;

/// Columns of a number.
const NUMBER: usize = 8;

pub fn sources(canvas: &Canvas, page: &SourcesPage, buffer: &mut Buffer) {
    let areas = &canvas.layout.sources;
    Clear.render(rect(areas.page), buffer);
    let below = page.lines.len().saturating_sub(usize::from(areas.about.height));
    let foot = if below == 0 {
        String::new()
    } else {
        format!("{}–{} of {}", page.scroll + 1, page.scroll + usize::from(areas.about.height), page.lines.len())
    };
    canvas.frame(areas.page, "Sources", &foot, true, buffer);
    let columns = Columns::of(areas.list.width, &canvas.model.sources);
    if areas.head.height > 0 {
        let line = rich::Line::of(columns.head(), Role::Dim);
        write(&canvas.line(&line, Style::new()), areas.head.x + 1, areas.head.y, areas.head.width.saturating_sub(1), buffer);
    }
    let rows = canvas.model.sources.iter().enumerate().skip(page.list.offset);
    for (y, (i, report)) in (areas.list.y..areas.list.y + areas.list.height).zip(rows) {
        let over = if i == page.list.cursor { canvas.theme.cursor() } else { Style::new() };
        fill(Area { y, height: 1, ..areas.list }, over, buffer);
        let line = rich::Line { spans: columns.row(report, canvas.model.state == State::Reading) };
        write(&canvas.line(&line, over), areas.list.x + 1, y, areas.list.width.saturating_sub(1), buffer);
    }
    rule(canvas, page, buffer);
    let about = areas.about;
    for (y, line) in (about.y..about.y + about.height).zip(page.lines.iter().skip(page.scroll)) {
        write(&canvas.line(line, Style::new()), about.x + 1, y, about.width.saturating_sub(1), buffer);
    }
}

/// The line between the sources and what is told about one of them, with its name.
fn rule(canvas: &Canvas, page: &SourcesPage, buffer: &mut Buffer) {
    let areas = &canvas.layout.sources;
    let Some(report) = canvas.model.sources.get(page.list.cursor).filter(|_| areas.rule.height > 0) else { return };
    let width = usize::from(areas.rule.width);
    let name = format!(" {} ", text::truncate(&report.name, width.saturating_sub(6)));
    let dashes = "─".repeat(width.saturating_sub(text::width(&name) + 3));
    let style = canvas.theme.frame(true);
    let line = ratatui::text::Line::from(ratatui::text::Span::styled(format!("├─{name}{dashes}┤"), style));
    write(&line, areas.rule.x, areas.rule.y, areas.rule.width, buffer);
}

/// How wide the columns of the sources are; one of no width is left out.
struct Columns {
    name: usize,
    path: usize,
    /// Files, events, talks, and talks with a start.
    numbers: [bool; 4],
    state: usize,
}

impl Columns {
    fn of(width: u16, sources: &[Report]) -> Columns {
        let room = usize::from(width).saturating_sub(2);
        let longest = sources.iter().map(|report| text::width(&report.name)).max().unwrap_or(0).max(4);
        let numbers = if width >= WIDE {
            [true; 4]
        } else if width >= MEDIUM {
            [false, true, true, false]
        } else {
            return Columns { name: room, path: 0, numbers: [false; 4], state: 0 };
        };
        let taken = numbers.iter().filter(|shown| **shown).count() * NUMBER + STATE + 2;
        let left = room.saturating_sub(taken);
        if width < WIDE {
            return Columns { name: left, path: 0, numbers, state: STATE };
        }
        let name = longest.min(left / 2);
        Columns { name, path: left - name - 2, numbers, state: STATE }
    }

    fn head(&self) -> String {
        let mut cells = vec![padded("name", self.name)];
        if self.path > 0 {
            cells.push(format!("  {}", padded("path", self.path)));
        }
        let shown = ["files", "events", "talks", "cues"].into_iter().zip(self.numbers).filter(|(_, shown)| *shown);
        cells.extend(shown.map(|(head, _)| format!("{head:>NUMBER$}")));
        cells.concat() + "  state"
    }

    fn row(&self, report: &Report, loading: bool) -> Vec<Span> {
        let state = state(report, loading);
        if self.state == 0 {
            // The state stands at the right end, whole; the name takes what is left.
            let taken: usize = state.iter().map(|span| text::width(&span.text)).sum();
            let state = rich::cut(state, self.name.saturating_sub(6));
            let name = padded(&report.name, self.name.saturating_sub(taken.min(self.name.saturating_sub(6)) + 1));
            return [vec![Span::new(name + " ", Role::Plain)], state].concat();
        }
        let mut spans = vec![Span::new(padded(&report.name, self.name), Role::Plain)];
        if self.path > 0 {
            let path = cut_middle(&report.shown_path(), self.path);
            spans.push(Span::new(format!("  {}", padded(&path, self.path)), Role::Dim));
        }
        let total = report.total();
        let none = total.files == 0;
        for (number, _) in [total.files, total.events, total.talks, total.cues].into_iter().zip(self.numbers).filter(|(_, shown)| *shown) {
            let number = if none { "–".to_owned() } else { number.to_string() };
            spans.push(Span::new(format!("{number:>NUMBER$}"), Role::Accent));
        }
        spans.push(Span::new("  ", Role::Plain));
        spans.extend(rich::cut(state, self.state));
        spans
    }
}

/// A text cut or filled up to so many columns.
fn padded(text: &str, columns: usize) -> String {
    let cut = text::truncate(text, columns);
    let pad = " ".repeat(columns.saturating_sub(text::width(&cut)));
    format!("{cut}{pad}")
}
