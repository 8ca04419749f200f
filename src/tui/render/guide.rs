//! How to search, over everything but the footer.

use super::{Canvas, rect, write};
use crate::app::guide::{Guide, lines};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

pub fn guide(canvas: &Canvas, guide: Guide, buffer: &mut Buffer) {
    let area = canvas.layout.guide;
    Clear.render(rect(area), buffer);
    let lines = lines(usize::from(area.inner().width.saturating_sub(2)));
    let hidden = lines.len().saturating_sub(usize::from(area.inner().height));
    let foot = (guide.scroll * 100).checked_div(hidden).map_or(String::new(), |part| format!("↑ ↓ {part} %"));
    let inner = canvas.frame(area, "How to search", &foot, true, buffer);
    for (y, line) in (inner.y..inner.y + inner.height).zip(lines.iter().skip(guide.scroll)) {
        write(&canvas.line(line, Style::new()), inner.x + 1, y, inner.width.saturating_sub(1), buffer);
    }
}
