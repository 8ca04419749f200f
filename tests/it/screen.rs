//! What is drawn: each layout with its colours, and any size with any keys.

use crate::harness::Session;
use cuepoint::app::layout::Layout;
use cuepoint::app::{Input, Key, Message};
use proptest::prelude::*;

#[test]
fn wide() {
    insta::assert_snapshot!(Session::new(120, 30).press("Enter j").picture());
}

#[test]
fn wide_event() {
    insta::assert_snapshot!(Session::new(120, 40).picture());
}

#[test]
fn medium_search() {
    insta::assert_snapshot!(Session::new(80, 24).press("/ \"kno\"").picture());
}

#[test]
fn medium_talks() {
    insta::assert_snapshot!(Session::new(80, 24).press("2 j j").picture());
}

#[test]
fn narrow_detail() {
    insta::assert_snapshot!(Session::new(40, 24).press("Enter j Enter").picture());
}

#[test]
fn small() {
    insta::assert_snapshot!(Session::new(40, 12).picture());
}

#[test]
fn smallest_and_smaller() {
    insta::assert_snapshot!(Session::new(20, 5).press("Enter").picture());
    assert_eq!(Session::new(19, 5).screen().trim_end(), "cuepoint needs 20×5");
}

#[test]
fn help() {
    insta::assert_snapshot!(Session::new(80, 24).press("? \"li\"").picture());
}

#[test]
fn without_colours_nothing_is_coloured_and_the_cursor_is_still_seen() {
    let mut session = Session::new(120, 30);
    let buffer = session.press("Enter j").buffer(false);
    assert!(buffer.content.iter().all(|cell| cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset));
    assert!(buffer.content.iter().any(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED)));
}

#[test]
fn the_footer_names_only_keys_that_do_something() {
    let mut session = Session::new(120, 30);
    let footer = |session: &Session| session.screen().lines().last().unwrap_or_default().to_owned();
    assert_eq!(footer(&session), " Enter talks  / search  d details  y copy  Tab view  ? keys  q quit");
    session.press("Enter");
    assert_eq!(footer(&session), " Enter watch  Esc back  / search  f filter  d details  y copy  Tab view  ? keys  q quit");
    session.press("/");
    assert_eq!(footer(&session), " Enter watch  Esc end search  Tab to the list");
}

proptest! {
    #[test]
    fn panes_lie_within_any_screen(width in 0u16.., height in 0u16.., keys in proptest::sample::select(vec!["", "2", "Enter", "d", "/", "Enter l"])) {
        let mut session = Session::new(100, 30);
        session.press(keys).resize(width, height);
        let layout = Layout::of(&session.model);
        for (pane, area) in &layout.panes {
            prop_assert!(u32::from(area.x) + u32::from(area.width) <= u32::from(width), "{:?} {:?}", pane, area);
            prop_assert!(u32::from(area.y) + u32::from(area.height) <= u32::from(height), "{:?} {:?}", pane, area);
            prop_assert!(layout.panes.len() == 1 || area.width >= 52.min(width / 8));
        }
    }
}

const KEYS: &[&str] = &[
    "j",
    "k",
    "l",
    "h",
    "g",
    "G",
    "Enter",
    "Esc",
    "/",
    "?",
    "Tab",
    "Shift-Tab",
    "1",
    "2",
    "f",
    "y",
    "o",
    "a",
    "é",
    "東",
    "Backspace",
    "Delete",
    "Ctrl-d",
    "Ctrl-u",
    "Ctrl-w",
    "PageUp",
    "PageDown",
    "Home",
    "End",
    "↑",
    "↓",
    "←",
    "→",
    "Space",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_keys_at_any_size(steps in proptest::collection::vec((0usize..40, 0u16..300, 0u16..60), 1..40)) {
        let mut session = Session::new(100, 30);
        for (step, width, height) in steps {
            match KEYS.get(step) {
                Some(key) => session.send(Message::Input(Input::Key(key.parse::<Key>().expect("a key")))),
                None => { session.resize(width, height); }
            }
            let layout = Layout::of(&session.model);
            for (_, area) in &layout.panes {
                prop_assert!(area.x + area.width <= layout.screen.width && area.y + area.height <= layout.screen.height);
            }
            session.buffer(true);
        }
    }
}
