//! The detail pane: lines that were laid out before, from where they are scrolled to.

use super::{Canvas, write};
use crate::app::Pane;
use crate::app::layout::Area;
use crate::app::model::Subject;
use crate::rich;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

pub fn detail(canvas: &Canvas, area: Area, buffer: &mut Buffer) {
    let (model, detail) = (canvas.model, &canvas.model.detail);
    let title = match model.subject() {
        Some(Subject::Event(_)) => "Event",
        Some(Subject::Shelf(_)) => "Shelf",
        Some(Subject::Talk(_)) | None => "Talk",
    };
    let rows = usize::from(area.inner().height);
    let foot = if detail.lines.len() > rows {
        let last = detail.lines.len() - rows;
        format!("{} %", detail.scroll * 100 / last)
    } else {
        String::new()
    };
    let inner = canvas.frame(area, title, &foot, model.focus == Pane::Detail, buffer);
    for (y, line) in (inner.y..inner.y + inner.height).zip(detail.lines.iter().skip(detail.scroll)) {
        let chosen = |span: &rich::Span| model.focus == Pane::Detail && span.target.is_some() && span.target == detail.target;
        let mut x = inner.x + 1;
        for span in &line.spans {
            let over = if chosen(span) { canvas.theme.cursor() } else { Style::new() };
            let piece = rich::Line { spans: vec![span.clone()] };
            let width = u16::try_from(crate::text::width(&span.text)).unwrap_or(u16::MAX);
            write(&canvas.line(&piece, over), x, y, (inner.x + inner.width).saturating_sub(x), buffer);
            x = x.saturating_add(width);
        }
    }
}
