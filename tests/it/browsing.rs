//! What keys and mouse do: a script of keys in, the state and what would be done out.

use crate::harness::Session;
use cuepoint::app::input::Mouse;
use cuepoint::app::{Effect, Input, Message, Pane, View};
use cuepoint::search::query::QueryError;
use cuepoint::search::{Answer, Completion};

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
    let answer = Answer { hits: vec![0, 1, 2], ..Answer::default() };
    session.send(Message::Found { query: "row".into(), cursor: 3, result: Ok(answer), completions: Vec::new() });
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
    assert_eq!((session.model.view, session.model.focus), (View::Library, Pane::Events));
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

fn hits(hits: &[usize]) -> Answer {
    Answer { hits: hits.to_vec(), ..Answer::default() }
}

fn offer(range: std::ops::Range<usize>, text: &str) -> Completion {
    Completion { range, text: text.into(), label: text.into(), count: None }
}

fn unreadable<T>(range: std::ops::Range<usize>) -> Result<T, QueryError> {
    Err(QueryError { range, message: "cannot be read".into() })
}

fn footer(session: &Session) -> String {
    session.screen().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn moving_the_caret_asks_again_and_leaves_the_list_alone() {
    let mut session = Session::searching(120, 12, "e");
    session.found(Ok(hits(&[0, 1, 2, 3, 4])), Vec::new()).press("↓ ↓ ↓");
    let list = session.model.talks;
    session.asked.clear();
    session.press("←");
    assert_eq!(session.asked, [("e".to_owned(), 0)]);
    session.found(Ok(hits(&[0, 1, 2, 3, 4])), Vec::new());
    assert_eq!((session.model.talks, session.model.search.cursor), (list, 0));
    session.press("←");
    assert_eq!(session.asked.len(), 1, "the caret did not move");
}

#[test]
fn what_cannot_be_read_leaves_the_last_result() {
    let mut session = Session::searching(120, 36, "tide");
    session.found(Ok(hits(&[0, 1])), Vec::new()).press("Space \"|\"").found(unreadable(5..6), Vec::new());
    assert_eq!(session.model.rows, [0, 1]);
    let screen = session.screen();
    assert!(screen.contains("/ tide |  ✗ cannot be read") && screen.contains("2 of 5"), "{screen}");
    assert_eq!(footer(&session), " Esc end search  Tab to the list  F1 search help");
    session.press("Enter");
    assert_eq!(session.effects, []);
    assert_eq!(session.model.status.as_ref().map(|status| status.text.as_str()), Some("cannot be read"));
    session.press("Tab y o f d");
    assert_eq!((session.effects.len(), session.model.focus, session.model.search.text.as_str()), (0, Pane::Talks, "tide |"));
    session.press("/ Backspace").found(Ok(hits(&[1])), Vec::new());
    assert!(!session.screen().contains('✗'));
    session.press("Enter");
    assert_eq!(session.opened().len(), 1);
}

#[test]
fn a_command_that_waits_for_what_cannot_be_read_is_dropped() {
    let mut session = Session::searching(120, 36, "a:");
    session.press("Enter");
    session.found(unreadable(0..2), Vec::new()).press("Backspace").found(Ok(hits(&[0])), Vec::new());
    assert_eq!((session.effects.len(), session.model.search.defers()), (0, false));
}

#[test]
fn tab_goes_round_what_is_offered() {
    let mut session = Session::searching(120, 36, "x re y");
    session.press("← ←").found(Ok(hits(&[0])), vec![offer(2..4, "red"), offer(2..4, "reed"), offer(2..4, "reel")]);
    assert!(session.screen().contains("/ x re y  red · reed · reel"), "{}", session.screen());
    assert!(footer(&session).contains("Tab complete"));
    for (keys, text, caret) in [("Tab", "x red y", 5), ("Tab", "x reed y", 6), ("Tab Tab", "x red y", 5), ("Shift-Tab", "x reel y", 6)] {
        session.press(keys);
        assert_eq!((session.model.search.text.as_str(), session.model.search.cursor), (text, caret));
        assert_eq!(session.asked.last(), Some(&(text.to_owned(), caret)));
    }
    session.found(Ok(hits(&[1, 2])), vec![offer(0..1, "z")]).press("Tab");
    assert_eq!(session.model.search.text, "x red y", "answers do not end it");
    assert!(session.screen().contains("red · reed · reel"));
    session.press("\"d\"").found(Ok(hits(&[1])), vec![offer(2..6, "redder")]).press("Tab");
    assert_eq!(session.model.search.text, "x redder y", "typing does");
}

#[test]
fn shift_tab_begins_with_the_last_offer() {
    let mut session = Session::searching(120, 36, "r");
    session.found(Ok(hits(&[0])), vec![offer(0..1, "red"), offer(0..1, "reed")]).press("Shift-Tab");
    assert_eq!(session.model.search.text, "reed");
}

#[test]
fn after_a_single_offer_comes_what_goes_on_behind_it() {
    let mut session = Session::searching(120, 36, "comp");
    session.found(Ok(hits(&[])), vec![offer(0..4, "company:")]).press("Tab Tab");
    assert_eq!(session.model.search.text, "company:", "the second waits for what there is to take");
    session.found(Ok(hits(&[0])), vec![offer(8..8, "\"Tide\" ")]);
    assert_eq!((session.model.search.text.as_str(), session.model.search.typing), ("company:\"Tide\" ", true));
}

#[test]
fn tab_leads_to_the_list_where_nothing_is_offered() {
    let mut session = Session::searching(120, 36, "tide");
    // What would change nothing, or lies outside of the query, is no offer.
    session.found(Ok(hits(&[0, 1])), vec![offer(0..4, "tide"), offer(2..9, "x")]);
    assert!(footer(&session).contains("Tab to the list"));
    session.press("Shift-Tab");
    assert!(session.model.search.typing);
    session.press("Tab");
    assert!(!session.model.search.typing);
}

#[test]
fn who_moves_in_the_list_is_led_there() {
    let mut session = Session::searching(120, 36, "ti");
    session.found(Ok(hits(&[0, 1])), vec![offer(0..2, "tide")]).press("↓");
    assert!(footer(&session).contains("Tab to the list"));
    session.press("←").found(Ok(hits(&[0, 1])), vec![offer(0..2, "tide")]);
    assert!(footer(&session).contains("Tab complete"));
    session.press("↓ Tab");
    assert_eq!((session.model.search.typing, session.model.talks.cursor), (false, 1));
    session.press("/");
    assert_eq!(session.asked.last(), Some(&("ti".to_owned(), 2)), "what can be completed is asked for again");
}

#[test]
fn a_suggestion_is_taken_by_tab() {
    let mut session = Session::searching(120, 36, "knotes");
    let nothing = Ok(Answer { suggestion: Some("knots".into()), ..Answer::default() });
    session.found(nothing, Vec::new());
    assert!(footer(&session).contains("Tab take suggestion"));
    assert!(session.screen().contains("Did you mean “knots”? Tab takes it."), "{}", session.screen());
    session.press("Tab");
    assert_eq!((session.model.search.text.as_str(), session.asked.last()), ("knots", Some(&("knots".to_owned(), 5))));
}

#[test]
fn a_long_query_that_finds_nothing_is_cut() {
    let mut session = Session::searching(120, 36, &"word ".repeat(300));
    assert_eq!(session.model.search.text.len(), 1000);
    session.found(Ok(hits(&[])), Vec::new());
    assert!(session.screen().contains("word…”"), "{}", session.screen());
}

#[test]
fn a_better_answer_keeps_the_talk_under_the_cursor() {
    let mut session = Session::searching(120, 36, "e");
    let partial = Ok(Answer { hits: vec![2, 3], partial: Some(4), ..Answer::default() });
    session.found(partial, Vec::new());
    assert!(session.screen().contains("2 of 4 …"));
    session.found(Ok(hits(&[0, 1, 2, 3])), Vec::new());
    assert_eq!((session.model.talks.cursor, session.model.talks.offset), (2, 0));
    assert!(session.screen().contains("4 of 5") && !session.screen().contains("4 of 5 …"));
    session.press("↓").found(Ok(hits(&[3, 2])), Vec::new());
    assert_eq!(session.model.talks.cursor, 0);
}

#[test]
fn the_way_to_search_is_shown_and_left_as_one_was() {
    for size in [(120, 36), (80, 24), (50, 16), (20, 5)] {
        let mut session = Session::new(size.0, size.1);
        session.press("/ \"tide\" ↓ F1");
        assert!(session.model.guide.is_some());
        session.press("j G \"typed\" PageDown Ctrl-u");
        session.send(Message::Input(Input::Paste("pasted".into())));
        session.press("Esc");
        let search = &session.model.search;
        assert!(session.model.guide.is_none() && search.typing);
        assert_eq!((search.text.as_str(), session.model.talks.cursor), ("tide", 1));
    }
    let mut session = Session::new(80, 24);
    session.press("? \"how\" Space \"search\" Enter");
    assert!(session.screen().contains("How to search"));
    session.press("F1 ? F1");
    assert!(session.model.guide.is_some() && session.model.help.is_none());
    session.mouse(Mouse::WheelDown, 10, 10, 0);
    assert_eq!(session.model.guide.map(|guide| guide.scroll > 0), Some(true));
    session.press("Ctrl-c");
    assert_eq!(session.effects, [Effect::Quit]);
}

#[test]
fn a_search_left_and_opened_again() {
    let mut session = Session::searching(120, 36, "tide");
    session.press("Esc / \"k\"");
    session.send(Message::Found { query: "tide".into(), cursor: 4, result: unreadable(0..4), completions: vec![offer(0..4, "x")] });
    assert_eq!((session.model.rows.len(), session.model.search.error.is_some()), (5, false));
    session.resize(60, 20).found(Ok(hits(&[1])), Vec::new()).resize(120, 36);
    assert_eq!(session.model.rows, [1]);
    session.press("Esc");
    assert_eq!((session.model.focus, session.model.search.is_on()), (Pane::Events, false));
}

#[test]
fn an_answer_for_another_place_of_the_caret_offers_nothing() {
    let mut session = Session::searching(120, 36, "ti");
    session.press("←");
    session.send(Message::Found { query: "ti".into(), cursor: 2, result: Ok(hits(&[0])), completions: vec![offer(0..2, "tide")] });
    assert_eq!((session.model.rows.as_slice(), session.model.search.offers().len()), (&[0][..], 0));
    session.press("Tab");
    assert!(session.model.search.typing && session.model.search.defers());
}
