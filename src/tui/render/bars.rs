//! The rows above and below the panes: name and views, the search line, what just happened, the keys that work now.

use super::{Canvas, fill, write};
use crate::app::View;
use crate::app::command::{Scope, TABLE};
use crate::app::layout::{Area, VIEWS_COLUMN, view_label};
use crate::app::model::Mood;
use crate::app::prompt::Prompt;
use crate::app::search_line::{SearchLine, first_shown};
use crate::archive::State;
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
    let many = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    if canvas.model.state == State::Reading {
        let files = canvas.model.files;
        return if files == 0 { "reading …".to_owned() } else { format!("reading … {}", many(files, "file")) };
    }
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

/// What just happened, or the line that asks for words: then it gives the cell of its caret. At the right, what is played.
pub fn status(canvas: &Canvas, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = canvas.layout.status;
    if area.height == 0 {
        return None;
    }
    if let Some(prompt) = &canvas.model.prompt {
        return Some(asking(canvas, prompt, area, buffer));
    }
    let area = if area.height == 1 { playing(canvas, area, buffer) } else { area };
    let (text, mood) = canvas.model.notice()?;
    let role = match mood {
        Mood::Good => Role::Plain,
        Mood::Doubtful => Role::Warning,
        Mood::Bad => Role::Bad,
    };
    let room = usize::from(area.width.saturating_sub(2));
    let rows = usize::from(area.height);
    let mut lines = match rows {
        1 => vec![rich::Line::of(text::truncate(text, room), role)],
        _ => rich::wrap(&[rich::Span::new(text, role)], room, &[], &[]),
    };
    if lines.len() > rows {
        lines.truncate(rows);
        let last = lines[rows - 1].text();
        lines[rows - 1] = rich::Line::of(text::truncate(&format!("{last} …"), room), role);
    }
    for (y, line) in (area.y..).zip(&lines) {
        write(&canvas.line(line, Style::new()), area.x + 1, y, area.width.saturating_sub(1), buffer);
    }
    None
}

/// The line that asks for words, scrolled so that its caret is seen; gives the cell of that.
fn asking(canvas: &Canvas, prompt: &Prompt, area: Area, buffer: &mut Buffer) -> (u16, u16) {
    fill(area, Style::new(), buffer);
    let label = prompt.label();
    let room = usize::from(area.width).saturating_sub(label.len() + 2).max(1);
    let before = &prompt.text[..prompt.caret];
    let from = first_shown(before, room);
    let typed =
        if prompt.text.is_empty() { rich::Span::new(prompt.hint(), Role::Dim) } else { rich::Span::new(&prompt.text[from..], Role::Plain) };
    let spans = rich::cut(vec![rich::Span::new(label, Role::Heading), typed], usize::from(area.width.saturating_sub(1)));
    write(&canvas.line(&rich::Line { spans }, Style::new()), area.x + 1, area.y, area.width - 1, buffer);
    let column = label.len() + 1 + text::width(&before[from..]);
    (area.x + u16::try_from(column).unwrap_or(u16::MAX).min(area.width - 1), area.y)
}

/// Cells of the line that shows how far a talk is.
const PROGRESS: u16 = 16;

/// What is played, at the right of a row; gives what is left of that.
fn playing(canvas: &Canvas, area: Area, buffer: &mut Buffer) -> Area {
    let Some((playing, at)) = canvas.model.playing.as_ref().and_then(|playing| Some((playing, playing.at?))) else { return area };
    let sign = if playing.paused { "‖ " } else { "▶ " };
    let mut spans = vec![rich::Span::new(sign, Role::Accent)];
    let room = usize::from(area.width);
    if room >= 60 {
        spans.push(rich::Span::new(format!("{}  ", text::truncate(&playing.track.title, room / 4)), Role::Plain));
    }
    // The clock of the recording, as in cues, notes and the player itself.
    spans.push(rich::Span::new(at.to_string(), Role::Accent));
    if let Some(end) = playing.end {
        spans.push(rich::Span::new(format!(" – {end}"), Role::Dim));
    }
    if let Some(progress) = playing.progress().filter(|_| room >= 80) {
        let done = (0..PROGRESS).filter(|cell| f64::from(*cell) < progress * f64::from(PROGRESS)).count();
        spans.push(rich::Span::new(format!("  {}", "━".repeat(done)), Role::Accent));
        spans.push(rich::Span::new("─".repeat(usize::from(PROGRESS) - done), Role::Dim));
    }
    let line = rich::Line { spans };
    let width = u16::try_from(text::width(&line.text())).unwrap_or(u16::MAX);
    if width + 4 > area.width {
        return area;
    }
    write(&canvas.line(&line, Style::new()), area.x + area.width - width - 1, area.y, width, buffer);
    Area { width: area.width - width - 2, ..area }
}

/// The keys that do something now, as many as there is room for. Those that lead on from there are kept to the last.
pub fn footer(canvas: &Canvas, buffer: &mut Buffer) {
    let area = canvas.layout.footer;
    if area.height == 0 {
        return;
    }
    fill(area, Style::new(), buffer);
    // Where one row is all there is, it is shared.
    let area = if canvas.layout.status.height == 0 { playing(canvas, area, buffer) } else { area };
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
