//! Draws a model: one renderer a part of the screen. Nothing here changes anything.

mod bars;
mod detail;
mod guide;
mod help;
mod link_page;
mod lists;
mod sources;

use super::theme::Theme;
use crate::app::layout::{Area, Layout, SMALLEST};
use crate::app::{Model, Pane};
use crate::rich::{self, Role};
use crate::search::Place;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Widget};
use std::ops::Range;

/// Draws a model on a frame.
pub fn draw(frame: &mut Frame, model: &Model, theme: &Theme) {
    let layout = Layout::of(model);
    let canvas = Canvas { model, layout: &layout, theme: *theme };
    let buffer = frame.buffer_mut();
    if layout.too_small {
        let text = format!("cuepoint needs {}×{}", SMALLEST.width, SMALLEST.height);
        write(&Line::from(text), 0, 0, layout.screen.width, buffer);
        return;
    }
    bars::header(&canvas, buffer);
    let cursor = bars::search(&canvas, buffer);
    // Neighbours share a frame: that of the focus is drawn last, and whole.
    let (focused, others): (Vec<_>, Vec<_>) = layout.panes.iter().copied().partition(|(pane, _)| *pane == model.focus);
    for (pane, area) in others.into_iter().chain(focused) {
        match pane {
            Pane::Events => lists::chooser(&canvas, area, buffer),
            Pane::Talks => lists::talks(&canvas, area, buffer),
            Pane::Detail => detail::detail(&canvas, area, buffer),
        }
    }
    let asking = bars::status(&canvas, buffer);
    bars::footer(&canvas, buffer);
    if let Some(page) = &model.sources_page {
        sources::sources(&canvas, page, buffer);
    }
    if let Some(help) = &model.help {
        help::help(&canvas, help, buffer);
    }
    if let Some(guide) = model.guide {
        guide::guide(&canvas, guide, buffer);
    }
    if let Some(page) = model.link_page.as_ref().filter(|_| model.prompt.is_none()) {
        link_page::link_page(&canvas, page, buffer);
    }
    if let Some((column, row)) = asking.or(cursor.filter(|_| !model.is_covered())) {
        frame.set_cursor_position((column, row));
    }
}

/// What every renderer looks at.
struct Canvas<'a> {
    model: &'a Model,
    layout: &'a Layout,
    theme: Theme,
}

impl Canvas<'_> {
    /// A frame with a title at its head and a word at its foot; gives the area inside.
    fn frame(&self, area: Area, title: &str, foot: &str, focused: bool, buffer: &mut Buffer) -> Area {
        let style = self.theme.frame(focused);
        let merge = if focused { MergeStrategy::Replace } else { MergeStrategy::Fuzzy };
        let mut block = Block::bordered().border_type(BorderType::Rounded).border_style(style).merge_borders(merge);
        block = block.title_top(Line::from(Span::styled(format!(" {title} "), style)));
        if !foot.is_empty() {
            block = block.title_bottom(Line::from(Span::styled(format!(" {foot} "), self.theme.role(Role::Dim))).right_aligned());
        }
        block.render(rect(area), buffer);
        area.inner()
    }

    /// One of our lines as the terminal library's. `over` is laid over every span.
    fn line(&self, line: &rich::Line, over: Style) -> Line<'static> {
        let spans = line.spans.iter().map(|span| Span::styled(span.text.clone(), self.theme.role(span.role).patch(over)));
        Line::from(spans.collect::<Vec<_>>())
    }

    /// A text of a talk with what the search matched in it lit.
    fn matched(&self, shown: Place, text: &str, role: Role) -> Vec<rich::Span> {
        let search = &self.model.search;
        let ranges = if search.is_on() { search.matcher.ranges(shown, text) } else { Vec::new() };
        lit(text, &ranges, role)
    }
}

/// A text with some of its bytes lit.
fn lit(text: &str, ranges: &[Range<usize>], role: Role) -> Vec<rich::Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    for range in ranges {
        let (Some(before), Some(inside)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
        spans.push(rich::Span::new(before, role));
        spans.push(rich::Span::new(inside, Role::Match));
        at = range.end;
    }
    spans.push(rich::Span::new(&text[at..], role));
    spans.retain(|span| !span.text.is_empty());
    spans
}

fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

/// Fills a row of cells with a style.
fn fill(area: Area, style: Style, buffer: &mut Buffer) {
    buffer.set_style(rect(area).intersection(*buffer.area()), style);
}

/// Writes a line into the columns from `x` on, at most `width` of them.
fn write(line: &Line, x: u16, y: u16, width: u16, buffer: &mut Buffer) {
    if buffer.area().contains((x, y).into()) {
        buffer.set_line(x, y, line, width);
    }
}
