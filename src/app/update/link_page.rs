//! The page with a link that nothing here opens: it is copied, shown whole, and scrolled where it has no room.

use super::super::command::Command;
use super::super::input::Mouse;
use super::super::link_page::LinkPage;
use super::super::message::Effect;
use super::super::model::Model;

/// Shows a link that was not opened, and copies it.
pub fn open(model: &mut Model, url: String, what: String, why: String) -> Vec<Effect> {
    model.link_page = Some(LinkPage { url: url.clone(), what, why, scroll: 0 });
    vec![Effect::Copy(url)]
}

/// Scrolls the page.
pub fn scroll(model: &mut Model, command: Command) {
    let by = super::rows(command, usize::from(model.layout().link.height));
    if let Some(page) = &mut model.link_page {
        page.scroll = page.scroll.saturating_add_signed(by);
    }
}

/// The wheel scrolls it. A click does nothing: it may be meant for the link, which is the terminal's to open.
pub fn mouse(model: &mut Model, mouse: Mouse) {
    match mouse {
        Mouse::WheelUp => scroll(model, Command::Up),
        Mouse::WheelDown => scroll(model, Command::Down),
        Mouse::Click => {}
    }
}

/// Brings the scroll in line with what there is.
pub fn settle(model: &mut Model) {
    let area = model.layout().link;
    if let Some(page) = &mut model.link_page {
        let lines = page.lines(usize::from(area.width)).len();
        page.scroll = page.scroll.min(lines.saturating_sub(usize::from(area.height)));
    }
}
