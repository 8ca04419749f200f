//! What keys and mouse do: a script of keys in, the state and what would be done out.

use crate::harness::Session;
use cuepoint::app::input::Mouse;
use cuepoint::app::{Effect, Input, Message, Pane, View};

#[test]
fn enter_twice_opens_a_talk_at_its_second() {
    let mut session = Session::new(120, 36);
    session.press("Enter j Enter");
    assert_eq!(session.talk(), "Knots: can we do better?");
    assert_eq!(session.opened(), ["https://www.youtube.com/watch?v=AAAAAAAAAA1&t=2467s"]);
    let told = session.model.status.as_ref().expect("told").text.clone();
    assert_eq!(told, "Opening “Knots: can we do better?” at 41:07 …");
}

#[test]
fn a_narrow_screen_shows_one_pane_at_a_time() {
    let mut session = Session::new(50, 20);
    session.press("Enter j Enter");
    assert_eq!((session.model.focus, session.opened().len()), (Pane::Detail, 0));
    session.press("Enter");
    assert_eq!(session.opened().len(), 1);
    session.press("Esc Esc");
    assert_eq!(session.model.focus, Pane::Events);
    session.press("Enter");
    assert_eq!(session.talk(), "Knots: can we do better?");
}

#[test]
fn a_talk_without_a_cue_opens_at_the_start_and_says_so() {
    let mut session = Session::new(120, 36);
    session.press("j Enter Enter");
    assert_eq!(session.opened(), ["https://vimeo.com/123456789"]);
    assert!(session.model.status.as_ref().is_some_and(|s| s.text.contains("no cue is known")));
}

#[test]
fn a_talk_without_a_recording_says_why() {
    let mut session = Session::new(120, 36);
    session.press("j Enter j Enter o y");
    assert_eq!(session.effects, []);
    assert!(session.screen().contains("The talk was not recorded."));
    assert!(!session.screen().contains("Enter watch"), "the footer promises what cannot be done");
}

#[test]
fn searching_finds_by_speaker_company_title_and_event() {
    for (query, title) in [
        ("wojcik", "Knots: can we do better?"),
        ("\"tide\" \"row\"", "Rowing at scale"),
        ("\"blue\" Space \"works\"", "東京の港から — lessons from Tokyo bay"),
        ("signals", "Fog signals without a horn"),
        ("\"february\" Space \"storm\"", "The talk the storm took"),
    ] {
        let mut session = Session::new(120, 36);
        let keys = if query.contains('"') { format!("/ {}", query.replace("\" \"", "\" Space \"")) } else { format!("/ \"{query}\"") };
        session.press(&keys);
        assert_eq!(session.talk(), title, "{query}");
    }
}

#[test]
fn enter_in_a_search_watches_what_is_found() {
    let mut session = Session::new(120, 36);
    session.press("/ \"knots\" Enter");
    assert_eq!(session.opened(), ["https://www.youtube.com/watch?v=AAAAAAAAAA1&t=2467s"]);
}

#[test]
fn esc_brings_the_old_place_back() {
    let mut session = Session::new(120, 36);
    session.press("j Enter j");
    let place = (session.model.focus, session.model.events, session.model.talks);
    session.press("/ \"rowing\" ↓ Esc");
    assert_eq!((session.model.focus, session.model.events, session.model.talks), place);
    assert_eq!(session.talk(), "The talk the storm took");
    assert!(!session.model.search.is_on());
}

#[test]
fn a_key_waits_for_the_hits_of_what_was_typed_before_it() {
    let mut session = Session::new(120, 36);
    session.hold_answers = true;
    session.press("/ \"wojcik\" Enter");
    assert_eq!(session.opened(), Vec::<&str>::new());
    session.answer();
    assert_eq!(session.opened(), ["https://www.youtube.com/watch?v=AAAAAAAAAA1&t=2467s"]);
}

#[test]
fn esc_brings_the_old_scroll_back() {
    let mut session = Session::new(80, 14);
    session.press("Enter j l j j j");
    let scroll = session.model.detail.scroll;
    session.press("/ \"fog\" Esc");
    assert_eq!((session.model.focus, session.model.detail.scroll, scroll), (Pane::Detail, 3, 3));
}

#[test]
fn the_details_of_an_event_can_be_read() {
    for (width, height) in [(120, 20), (80, 24), (50, 20)] {
        let mut session = Session::new(width, height);
        session.press("d j j Tab");
        assert_eq!(session.model.focus, Pane::Detail);
        assert!(session.screen().contains("╭ Event"), "{}", session.screen());
        assert!(session.model.detail.target.is_some());
        session.press("Esc");
        assert_eq!(session.model.focus, Pane::Events);
    }
}

#[test]
fn the_footer_says_when_esc_ends_the_search() {
    let mut session = Session::new(120, 36);
    session.press("/ \"tide\" Tab l");
    assert!(session.screen().contains("Esc back"));
    session.press("Esc");
    assert!(session.screen().contains("Esc end search"));
}

#[test]
fn the_list_of_a_search_can_be_walked_and_left() {
    let mut session = Session::new(120, 36);
    session.press("/ \"tide\" Tab j");
    assert_eq!((session.model.focus, session.model.search.typing, session.model.talks.cursor), (Pane::Talks, false, 1));
    session.press("l");
    assert_eq!(session.model.focus, Pane::Detail);
    session.press("Esc");
    assert_eq!(session.model.focus, Pane::Talks);
    session.press("Esc");
    assert_eq!((session.model.focus, session.model.search.is_on()), (Pane::Events, false));
}

#[test]
fn a_late_answer_to_an_older_query_is_thrown_away() {
    let mut session = Session::new(120, 36);
    session.press("/ \"rowing\"");
    assert_eq!(session.model.rows.len(), 1);
    session.send(Message::Found { query: "row".into(), hits: vec![0, 1, 2] });
    assert_eq!(session.model.rows.len(), 1);
}

#[test]
fn editing_the_query() {
    let mut session = Session::new(120, 36);
    session.press("/ \"knotsx\" Backspace ← Delete Home \"a\" End \"s\"");
    assert_eq!(session.model.search.text, "aknots");
    session.press("Space \"two\" Ctrl-w");
    assert_eq!(session.model.search.text, "aknots ");
    session.press("Ctrl-u");
    assert_eq!(session.model.search.text, "");
    session.send(Message::Input(Input::Paste("a\nlong\u{1b}[31m paste".into())));
    assert_eq!(session.model.search.text, "a long␛[31m paste");
    session.press("Ctrl-u Backspace");
    assert!(!session.model.search.is_on());
}

#[test]
fn filter_shows_the_others_of_the_company() {
    let mut session = Session::new(120, 36);
    session.press("Enter f");
    assert_eq!((session.model.search.text.as_str(), session.model.rows.len()), ("company:\"Tide\"", 2));
}

#[test]
fn views_and_their_keys() {
    let mut session = Session::new(120, 36);
    session.press("2");
    assert_eq!((session.model.view, session.model.focus, session.model.rows.len()), (View::Talks, Pane::Talks, 5));
    session.press("G");
    assert_eq!(session.talk(), "The talk the storm took");
    session.press("g g");
    assert_eq!(session.talk(), "Rowing at scale");
    session.press("Tab");
    assert_eq!((session.model.view, session.model.focus), (View::Events, Pane::Events));
}

#[test]
fn links_of_the_detail_pane() {
    let mut session = Session::new(120, 36);
    session.press("Enter j l Tab Tab Enter");
    assert_eq!((session.model.search.text.as_str(), session.talk()), ("company:\"Rope & Knot\"", "Knots: can we do better?"));
    session.press("Esc Shift-Tab Enter");
    assert_eq!(session.opened(), ["https://knots.example/manual"]);
}

#[test]
fn copying() {
    let mut session = Session::new(120, 36);
    session.press("Enter y Y");
    let url = "https://www.youtube.com/watch?v=AAAAAAAAAA1&t=750s";
    assert_eq!(session.effects, [Effect::Copy(url.into()), Effect::Copy(format!("[Rowing at scale]({url})"))]);
}

#[test]
fn the_help_finds_and_runs_commands() {
    let mut session = Session::new(120, 36);
    session.press("? \"talks\" Space \"view\" Enter");
    assert_eq!((session.model.view, session.model.help.is_none()), (View::Talks, true));
    session.press("? Esc");
    assert!(session.model.help.is_none());
    session.press("? Ctrl-c");
    assert_eq!(session.effects, [Effect::Quit]);
}

#[test]
fn quitting_and_stopping() {
    let mut session = Session::new(120, 36);
    session.press("Ctrl-z q");
    assert_eq!(session.effects, [Effect::Suspend, Effect::Quit]);
    let mut session = Session::new(120, 36);
    session.press("/ \"q\" Ctrl-c");
    assert_eq!((session.model.search.text.as_str(), &session.effects[..]), ("q", &[Effect::Quit][..]));
}

#[test]
fn the_mouse_chooses_opens_and_scrolls() {
    let mut session = Session::new(120, 36);
    session.mouse(Mouse::Click, 5, 3, 0);
    assert_eq!((session.model.focus, session.model.events.cursor), (Pane::Events, 1));
    session.mouse(Mouse::Click, 5, 2, 1000);
    session.mouse(Mouse::Click, 45, 6, 2000);
    assert_eq!((session.model.focus, session.talk()), (Pane::Talks, "Knots: can we do better?"));
    assert_eq!(session.opened().len(), 0);
    session.mouse(Mouse::Click, 45, 6, 2200);
    assert_eq!(session.opened().len(), 1);
    session.mouse(Mouse::WheelDown, 5, 3, 3000);
    assert_eq!((session.model.focus, session.model.events.cursor), (Pane::Talks, 1));
    session.mouse(Mouse::Click, 23, 0, 4000);
    assert_eq!(session.model.view, View::Talks);
    session.mouse(Mouse::Click, 119, 35, 5000);
}

#[test]
fn a_query_on_the_command_line_is_searched_at_once() {
    let session = Session::with_query(120, 36, "knots");
    assert_eq!(session.talk(), "Knots: can we do better?");
    assert!(session.screen().contains("/ knots"));
}

#[test]
fn nothing_loaded_yet_and_nothing_found() {
    let mut session = Session::new(120, 36);
    session.press("/ \"zzzz\"");
    assert!(session.screen().contains("Nothing found for “zzzz”."));
    let model = cuepoint::app::Model::new(cuepoint::app::layout::Size { width: 80, height: 24 }, "");
    session.model = model;
    assert!(session.screen().contains("reading …"));
    session.press("j k G Enter l h / \"x\" Esc ? Esc o y f 2 1 Tab");
}
