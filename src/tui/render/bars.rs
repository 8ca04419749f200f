//! The rows above and below the panes: name and views, the search line, what just happened, the keys that work now.

use super::{Canvas, fill, write};
use crate::app::View;
use crate::app::command::{Scope, TABLE};
use crate::app::layout::{VIEWS_COLUMN, view_label};
use crate::app::model::Mood;
use crate::rich::Role;
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
        return "reading …".to_owned();
    }
    let many = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!("{} · {}", many(catalogue.events().len(), "event"), many(catalogue.talks().len(), "talk"))
}

/// The search line; gives the cell of its cursor while it is typed in.
pub fn search(canvas: &Canvas, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let (area, search) = (canvas.layout.search, &canvas.model.search);
    if area.height == 0 {
        return None;
    }
    let count = if search.shown == search.text {
        format!("{} of {} ", canvas.model.rows.len(), canvas.model.catalogue.talks().len())
    } else {
        "… ".to_owned()
    };
    let count_width = u16::try_from(text::width(&count)).unwrap_or(0);
    let room = usize::from(area.width.saturating_sub(count_width + 5));
    // The end of a long query is what is being typed.
    let before = &search.text[..search.cursor];
    let skipped = before.char_indices().map(|(at, _)| at).find(|at| text::width(&before[*at..]) < room.max(1)).unwrap_or(before.len());
    let shown = text::truncate(&search.text[skipped..], room);
    let mut spans = vec![Span::styled(" / ", canvas.theme.role(Role::Heading)), Span::raw(shown.into_owned())];
    if search.text.is_empty() {
        spans.push(Span::styled("speaker, company, title or event", canvas.theme.role(Role::Dim)));
    }
    write(&Line::from(spans), area.x, area.y, area.width.saturating_sub(count_width), buffer);
    write(&Line::from(Span::styled(count, canvas.theme.role(Role::Dim))), area.x + area.width - count_width, area.y, count_width, buffer);
    let column = 3 + u16::try_from(text::width(&before[skipped..])).unwrap_or(0);
    search.typing.then_some((area.x + column.min(area.width - 1), area.y))
}

pub fn status(canvas: &Canvas, buffer: &mut Buffer) {
    let area = canvas.layout.status;
    let Some(status) = canvas.model.status.as_ref().filter(|_| area.height > 0) else { return };
    let style = match status.mood {
        Mood::Good => canvas.theme.role(Role::Plain),
        Mood::Doubtful => canvas.theme.role(Role::Warning),
        Mood::Bad => canvas.theme.bad(),
    };
    let text = text::truncate(&status.text, usize::from(area.width.saturating_sub(2))).into_owned();
    write(&Line::from(Span::styled(text, style)), area.x + 1, area.y, area.width - 1, buffer);
}

/// The keys that do something now, as many as there is room for. Help and quit are kept to the last.
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
    let vital = |(_, label): &(&str, &str)| matches!(*label, "keys" | "quit");
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
