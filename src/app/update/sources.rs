//! The page about sources: its cursor chooses one, the rest scrolls what is told about it.

use super::super::command::Command;
use super::super::input::Mouse;
use super::super::model::Model;
use super::super::sources::SourcesPage;

/// Lines that one turn of the wheel moves by.
const WHEEL: isize = 3;

/// Opens the page, or closes it.
pub fn toggle(model: &mut Model) {
    model.help = None;
    model.guide = None;
    model.sources_page = if model.sources_page.is_some() { None } else { Some(SourcesPage::default()) };
}

/// Rows go from source to source, where there is more than one; pages scroll what is told about it.
pub fn scroll(model: &mut Model, command: Command) {
    let by = super::rows(command, usize::from(model.layout().sources.about.height));
    let sources = model.sources.len();
    let Some(open) = &mut model.sources_page else { return };
    if matches!(command, Command::Down | Command::Up) && sources > 1 {
        open.list.move_by(by, sources);
    } else {
        open.scroll = open.scroll.saturating_add_signed(by);
    }
}

/// A click chooses a source, or closes the page from outside; the wheel moves what it is over.
pub fn mouse(model: &mut Model, mouse: Mouse, column: u16, row: u16) {
    let areas = model.layout().sources;
    let sources = model.sources.len();
    let Some(open) = &mut model.sources_page else { return };
    let by = if mouse == Mouse::WheelUp { -1 } else { 1 };
    match mouse {
        Mouse::Click if !areas.page.contains(column, row) => model.sources_page = None,
        Mouse::Click if areas.list.contains(column, row) => {
            let chosen = open.list.offset + usize::from(row - areas.list.y);
            if chosen < sources {
                open.list.cursor = chosen;
            }
        }
        Mouse::Click => {}
        Mouse::WheelUp | Mouse::WheelDown if areas.list.contains(column, row) => open.list.move_by(by, sources),
        Mouse::WheelUp | Mouse::WheelDown => open.scroll = open.scroll.saturating_add_signed(by * WHEEL),
    }
}

/// Brings cursor and scroll in line with what there is.
pub fn settle(model: &mut Model) {
    let Some(mut open) = model.sources_page.take() else { return };
    let areas = model.layout().sources;
    open.list.settle(model.sources.len(), usize::from(areas.list.height));
    open.show(model, usize::from(areas.about.width.saturating_sub(2)));
    open.scroll = open.scroll.min(open.lines.len().saturating_sub(usize::from(areas.about.height)));
    model.sources_page = Some(open);
}
