//! The rows above and below the panes: name and views, the search line, what just happened, the keys that work now.

use super::{Canvas, fill, write};
use crate::app::View;
use crate::app::command::{Scope, TABLE};
use crate::app::layout::{VIEWS_COLUMN, view_label};
use crate::app::model::Mood;
use crate::app::search_line::SearchLine;
use crate::rich::{self, Role};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

pub fn header(canvas: &Canvas, buffer: &mut Buffer) {
    let area = canvas.layout.header;
    if area.height == 0 {
        return;
    }
    let name = canvas.theme.role(Role::Heading);
    write(&Line::from(Span::styled(" cuepoint", name)), area.x, area.y, area.width, buffer);
    let mut column = VIEWS_COLUMN;
    for (i, view) in View::ALL.into_iter().enumerate() {
        let label = view_label(i, view);
        let width = u16::try_from(label.len()).unwrap_or(0);
        let shown = view == canvas.model.view && !canvas.model.search.is_on();
        let style = if shown { canvas.theme.role(Role::Heading).add_modifier(Modifier::REVERSED) } else { canvas.theme.role(Role::Dim) };
        write(&Line::from(Span::styled(label, style)), column, area.y, area.width.saturating_sub(column), buffer);
        column += width + 1;
    }
    let counts = counts(canvas);
    let width = u16::try_from(text::width(&counts)).unwrap_or(u16::MAX);
    if column + width + 1 < area.width {
        write(&Line::from(Span::styled(counts, canvas.theme.role(Role::Dim))), area.width - width - 1, area.y, width, buffer);
    }
}

fn counts(canvas: &Canvas) -> String {
    let catalogue = &canvas.model.catalogue;
    if canvas.model.loading {
        return if canvas.model.files_read == 0 {
            "reading …".to_owned()
        } else {
            format!("reading … {} files", canvas.model.files_read)
        };
    }
    let many = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!("{} · {}", many(catalogue.events().len(), "event"), many(catalogue.talks().len(), "talk"))
}

/// The search line; gives the cell of its cursor while it is typed in.
pub fn search(canvas: &Canvas, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = canvas.layout.search;
    if area.height == 0 {
        return None;
    }
    let SearchLine { spans, count, caret, .. } = SearchLine::of(canvas.model, usize::from(area.width));
    let count_width = u16::try_from(text::width(&count)).unwrap_or(0).min(area.width);
    let line = canvas.line(&rich::Line { spans }, Style::new());
    write(&line, area.x, area.y, area.width - count_width, buffer);
    write(&Line::from(Span::styled(count, canvas.theme.role(Role::Dim))), area.x + area.width - count_width, area.y, count_width, buffer);
    let column = u16::try_from(caret).unwrap_or(u16::MAX).min(area.width - 1);
    canvas.model.search.typing.then_some((area.x + column, area.y))
}

pub fn status(canvas: &Canvas, buffer: &mut Buffer) {
    let area = canvas.layout.status;
    let Some((text, mood)) = canvas.model.notice().filter(|_| area.height > 0) else { return };
    let role = match mood {
        Mood::Good => Role::Plain,
        Mood::Doubtful => Role::Warning,
        Mood::Bad => Role::Bad,
    };
    let text = text::truncate(text, usize::from(area.width.saturating_sub(2))).into_owned();
    write(&Line::from(Span::styled(text, canvas.theme.role(role))), area.x + 1, area.y, area.width - 1, buffer);
}

/// The keys that do something now, as many as there is room for. Those that lead on from there are kept to the last.
pub fn footer(canvas: &Canvas, buffer: &mut Buffer) {
    let area = canvas.layout.footer;
    if area.height == 0 {
        return;
    }
    fill(area, Style::new(), buffer);
    let scope = scope(canvas);
    let entries: Vec<(&str, &str)> = TABLE
        .iter()
        .filter(|e| !e.short.is_empty() && e.scopes.contains(&scope) && e.command.applies(canvas.model))
        .map(|e| (e.keys[0], e.command.label(e.short, canvas.model)))
        .collect();
    let vital = |(_, label): &(&str, &str)| matches!(*label, "keys" | "quit" | "search help" | "help" | "complete" | "take suggestion");
    let width = |(key, label): &(&str, &str)| text::width(key) + text::width(label) + 3;
    let mut room = usize::from(area.width).saturating_sub(1 + entries.iter().filter(|e| vital(e)).map(width).sum::<usize>());
    let mut spans = vec![Span::raw(" ")];
    for entry in &entries {
        if !vital(entry) {
            if width(entry) > room {
                continue;
            }
            room -= width(entry);
        }
        spans.push(Span::styled(entry.0, canvas.theme.role(Role::Accent).add_modifier(Modifier::BOLD)));
        spans.push(Span::styled(format!(" {}  ", entry.1), canvas.theme.role(Role::Dim)));
    }
    write(&Line::from(spans), area.x, area.y, area.width, buffer);
}

fn scope(canvas: &Canvas) -> Scope {
    crate::app::scope(canvas.model)
}
