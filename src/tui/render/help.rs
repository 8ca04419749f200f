//! The help, over everything else.

use super::{Canvas, fill, rect, write};
use crate::app::help::Help;
use crate::app::layout::Area;
use crate::rich::{self, Role};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

/// Columns that the keys take.
const KEYS: usize = 24;

pub fn help(canvas: &Canvas, help: &Help, buffer: &mut Buffer) {
    let area = canvas.layout.help;
    Clear.render(rect(area), buffer);
    let rows = help.rows();
    let inner = canvas.frame(area, "Keys", &format!("{} commands", rows.len()), true, buffer);
    let prompt = [
        rich::Span::new("/ ", Role::Heading),
        rich::Span::new(help.filter.clone(), Role::Plain),
        rich::Span::new(if help.filter.is_empty() { "type to find, Enter runs, Esc closes" } else { "▏" }, Role::Dim),
    ];
    write(&canvas.line(&rich::Line { spans: prompt.to_vec() }, Style::new()), inner.x + 1, inner.y, inner.width.saturating_sub(1), buffer);
    let first = inner.y + 2;
    for (y, (i, row)) in (first..inner.y + inner.height).zip(rows.iter().enumerate().skip(help.list.offset)) {
        let over = if i == help.list.cursor { canvas.theme.cursor() } else { Style::new() };
        if i == help.list.cursor {
            fill(Area { y, height: 1, ..inner }, over, buffer);
        }
        let keys_width = KEYS.min(usize::from(inner.width) / 2);
        let keys = text::truncate(&row.keys, keys_width).into_owned();
        let pad = " ".repeat(keys_width - text::width(&keys) + 1);
        let line = rich::Line {
            spans: vec![
                rich::Span::new(keys + &pad, Role::Accent),
                rich::Span::new(text::truncate(row.help, usize::from(inner.width).saturating_sub(keys_width + 2)), Role::Plain),
            ],
        };
        write(&canvas.line(&line, over), inner.x + 1, y, inner.width.saturating_sub(1), buffer);
    }
}
