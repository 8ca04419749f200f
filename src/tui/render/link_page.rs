//! A link that nothing here opens, over everything but the rows at the top and the bottom.

use super::{Canvas, rect, write};
use crate::app::layout::Area;
use crate::app::link_page::LinkPage;
use crate::open::hyperlink;
use crate::text;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use std::num::NonZeroU16;

/// What stands in a cell that a link before it covers. It is never written, and is no text that any other page has there: so
/// the cell is written anew when the page goes, and the terminal forgets the link.
const COVERED: &str = "\0";

pub fn link_page(canvas: &Canvas, page: &LinkPage, buffer: &mut Buffer) {
    let area = canvas.layout.link;
    // Neither above nor below the lines of the link, nor beside them, may anything stand that is selected with it.
    let around = Area { y: area.y.saturating_sub(1), height: area.height + 2, ..area };
    Clear.render(rect(around).intersection(*buffer.area()), buffer);
    rule(canvas, " Link ", around.y, buffer);
    rule(canvas, "", around.y + around.height - 1, buffer);
    let width = usize::from(area.width);
    let link = page.link_lines(width);
    for (y, (i, line)) in (area.y..area.y + area.height).zip(page.lines(width).iter().enumerate().skip(page.scroll)) {
        write(&canvas.line(line, Style::new()), area.x, y, area.width, buffer);
        if i < link {
            lead(Area { y, height: 1, ..area }, &line.text(), &page.url, buffer);
        }
    }
}

fn rule(canvas: &Canvas, title: &str, y: u16, buffer: &mut Buffer) {
    let width = canvas.layout.link.width;
    let dashes = usize::from(width).saturating_sub(text::width(title) + 2);
    let line = Line::from(Span::styled(format!("──{title}{}", "─".repeat(dashes)), canvas.theme.frame(true)));
    write(&line, canvas.layout.link.x, y, width, buffer);
}

/// Makes a text that was written into a row lead to an address. All of it is written as one cell, with what tells the terminal
/// where it leads, since the buffer knows of no links.
fn lead(area: Area, shown: &str, url: &str, buffer: &mut Buffer) {
    let width = u16::try_from(text::width(shown)).unwrap_or(u16::MAX).min(area.width);
    let (Some(start), Some(forced)) = (hyperlink::start(url), NonZeroU16::new(width)) else { return };
    for x in area.x + 1..area.x + width {
        buffer[(x, area.y)].set_symbol(COVERED);
    }
    let cell = &mut buffer[(area.x, area.y)];
    cell.set_symbol(&format!("{start}{shown}{}", hyperlink::END)).set_diff_option(CellDiffOption::ForcedWidth(forced));
}
