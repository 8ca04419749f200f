//! The mouse: a click chooses, a second one right after opens, the wheel moves what it is over.

use super::super::input::Mouse;
use super::super::library::Shelf;
use super::super::list::List;
use super::super::message::Effect;
use super::super::model::{Model, Pane, View};
use super::{activate, follow, link_page, move_by, row_at, show, sources};

/// Two clicks on one cell within this many milliseconds are a double click.
const DOUBLE: u64 = 400;

/// Lines that one turn of the wheel moves the detail pane by.
const WHEEL: isize = 3;

pub fn mouse(model: &mut Model, mouse: Mouse, column: u16, row: u16, at: u64) -> Vec<Effect> {
    let layout = model.layout();
    if model.link_page.is_some() {
        link_page::mouse(model, mouse);
        return Vec::new();
    }
    if model.help.is_some() {
        return match mouse {
            Mouse::Click if !layout.help.contains(column, row) => {
                model.help = None;
                Vec::new()
            }
            Mouse::Click => Vec::new(),
            Mouse::WheelUp | Mouse::WheelDown => wheel(model, Pane::Events, mouse),
        };
    }
    if model.prompt.is_some() {
        return Vec::new();
    }
    if model.guide.is_some() {
        match mouse {
            Mouse::Click if !layout.guide.contains(column, row) => model.guide = None,
            Mouse::Click => {}
            Mouse::WheelUp | Mouse::WheelDown => return wheel(model, Pane::Detail, mouse),
        }
        return Vec::new();
    }
    if model.sources_page.is_some() {
        sources::mouse(model, mouse, column, row);
        return Vec::new();
    }
    if mouse == Mouse::Click && layout.header.contains(column, row) {
        if let Some(view) = view_at(column) {
            show(model, view);
        }
        return Vec::new();
    }
    let Some(pane) = layout.pane_at(column, row) else { return Vec::new() };
    match mouse {
        Mouse::Click => click(model, pane, column, row, at),
        Mouse::WheelUp | Mouse::WheelDown => wheel(model, pane, mouse),
    }
}

fn wheel(model: &mut Model, pane: Pane, mouse: Mouse) -> Vec<Effect> {
    let by = if pane == Pane::Detail { WHEEL } else { 1 };
    move_by(model, pane, if mouse == Mouse::WheelUp { -by } else { by });
    Vec::new()
}

fn click(model: &mut Model, pane: Pane, column: u16, row: u16, at: u64) -> Vec<Effect> {
    let layout = model.layout();
    let Some(area) = layout.pane(pane).map(|area| area.inner()) else { return Vec::new() };
    let double = model.clicked.is_some_and(|(c, r, before)| (c, r) == (column, row) && at.saturating_sub(before) <= DOUBLE);
    model.clicked = if double { None } else { Some((column, row, at)) };
    model.search.typing = false;
    model.focus = pane;
    if !area.contains(column, row) {
        return Vec::new();
    }
    let line = row - area.y;
    match pane {
        Pane::Events => {
            let shelves = model.view == View::Library;
            let len = if shelves { Shelf::all(&model.marks).len() } else { model.catalogue.events().len() };
            let list = if shelves { &mut model.shelves } else { &mut model.events };
            let chosen = row_at(&layout, pane, *list, line);
            if chosen < len && chosen != list.cursor {
                list.cursor = chosen;
                model.talks = List::default();
            }
        }
        Pane::Talks => {
            let chosen = row_at(&layout, pane, model.talks, line);
            if chosen >= model.rows.len() {
                return Vec::new();
            }
            model.talks.cursor = chosen;
            model.search.moved = model.search.is_on();
            model.search.put_away = true;
        }
        Pane::Detail if double => return Vec::new(),
        Pane::Detail => return click_detail(model, usize::from(line), usize::from(column.saturating_sub(area.x + 1))),
    }
    if double { activate(model) } else { Vec::new() }
}

/// A click on a link follows it.
fn click_detail(model: &mut Model, line: usize, column: usize) -> Vec<Effect> {
    let Some(line) = model.detail.lines.get(model.detail.scroll + line) else { return Vec::new() };
    let mut end = 0;
    let hit = line.spans.iter().find(|span| {
        end += crate::text::width(&span.text);
        column < end
    });
    match hit.and_then(|span| span.target) {
        Some(target) => follow(model, target),
        None => Vec::new(),
    }
}

/// The view whose name stands in the header at a column.
pub fn view_at(column: u16) -> Option<View> {
    let mut start = super::super::layout::VIEWS_COLUMN;
    for (i, view) in View::ALL.into_iter().enumerate() {
        let label = super::super::layout::view_label(i, view);
        let end = start + u16::try_from(label.len()).unwrap_or(u16::MAX);
        if (start..end).contains(&column) {
            return Some(view);
        }
        start = end + 1;
    }
    None
}
