//! What is drawn: each layout with its colours, and any size with any keys.

use crate::harness::Session;
use cuepoint::app::layout::Layout;
use cuepoint::app::{Input, Key, Message};
use cuepoint::domain::marks::{Lost, Playlist};
use cuepoint::domain::{Cue, Mark, Note};
use cuepoint::player::{End, News};
use cuepoint::search::query::QueryError;
use cuepoint::search::{Answer, Completion, Engine};
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

/// A completion that takes the place of the whole query.
fn whole(session: &Session, text: &str, label: &str, count: usize) -> Completion {
    Completion { range: 0..session.model.search.text.len(), text: text.into(), label: label.into(), count: Some(count) }
}

#[test]
fn completions_offered() {
    let mut session = Session::searching(80, 24, "re");
    let offers = [("Red Hat", 12), ("Red Sift", 3), ("Redis Labs", 2), ("Reaktor", 2), ("Rewind", 1), ("Relay", 1)];
    let completions = offers.iter().map(|(name, count)| whole(&session, &format!("company:\"{name}\" "), name, *count)).collect();
    session.found(Ok(Answer { hits: vec![0, 1, 2], ..Answer::default() }), completions);
    insta::assert_snapshot!(session.picture());
}

#[test]
fn an_error_in_place() {
    let mut session = Session::searching(80, 24, "rowing yaer:2021");
    let error = QueryError { range: 7..11, message: "no field `yaer`: write `year:`".into() };
    session.found(Err(error), Vec::new());
    insta::assert_snapshot!(session.picture());
}

#[test]
fn an_error_without_room() {
    let mut session = Session::searching(50, 12, "rowing at scale yaer:2021");
    let error = QueryError { range: 16..20, message: "there is no field `yaer`: write `year:`".into() };
    session.found(Err(error), Vec::new());
    insta::assert_snapshot!(session.picture());
}

#[test]
fn did_you_mean() {
    let mut session = Session::searching(80, 24, "knotes");
    session.found(Ok(Answer { suggestion: Some("knots".into()), ..Answer::default() }), Vec::new());
    insta::assert_snapshot!(session.picture());
}

#[test]
fn how_to_search() {
    for (width, height) in [(120, 36), (80, 24), (50, 16)] {
        let mut session = Session::new(width, height);
        insta::assert_snapshot!(format!("how_to_search_{width}"), session.press("/ \"kno\" F1").picture());
    }
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
    assert_eq!(footer(&session), " Enter talks  / search  d details  p play  y copy  Tab view  ? keys  S sources  q quit");
    session.press("Enter");
    assert_eq!(
        footer(&session),
        " Enter watch  Esc back  / search  f filter  d details  p play  s star  w watched  n note  a queue  ? keys  q quit"
    );
    session.press("/");
    assert_eq!(footer(&session), " Enter watch  Esc end search  Tab to the list  F1 search help");
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
    "F1",
    "Tab",
    "S",
    "3",
    "L",
    "s",
    "w",
    "n",
    "N",
    "p",
    ">",
    ",",
    "X",
    "J",
    "K",
    "A",
    "x",
    "u",
    "d",
];

/// Answers of every kind, to what is typed or to something else.
fn any_answer(session: &mut Session, kind: usize, number: usize) {
    let mut query = session.model.search.text.clone();
    let all: Vec<usize> = (0..session.model.catalogue.talks().len()).collect();
    let place = query.char_indices().map(|(at, _)| at).chain([query.len()]).nth(number % 7).unwrap_or(query.len());
    let completion = |text: &str| Completion { range: place..query.len(), text: text.into(), label: text.into(), count: Some(number) };
    let completions = vec![completion("company:"), completion("東京 \"Blue\""), Completion { range: 3..900, ..completion("far") }];
    let matcher = Engine::new(session.model.catalogue.clone()).answer("kno").map(|answer| answer.matcher).unwrap_or_default();
    let answer = |hits: &[usize]| Answer { hits: hits.to_vec(), matcher: matcher.clone(), ..Answer::default() };
    let result = match kind % 5 {
        0 => Ok(answer(&all[number % all.len()..])),
        1 => Ok(Answer { suggestion: Some("knots".into()), ..answer(&[]) }),
        2 => Ok(Answer { partial: Some(number), ..answer(&all) }),
        3 => Err(QueryError { range: place..query.len(), message: "this cannot be read, so write something else".into() }),
        _ => Err(QueryError { range: number..number * 2, message: "no".into() }),
    };
    let cursor = if number.is_multiple_of(3) { session.model.search.cursor } else { number };
    if number.is_multiple_of(4) {
        query.push('x');
    }
    session.send(Message::Found { query, cursor, result, completions });
    if number.is_multiple_of(7) {
        let url = format!("https://talks.example/{}", "x".repeat(number));
        session.send(Message::Unopened { url, what: "東京".into(), why: "no".into() });
    }
}

/// What is kept of any of the talks, and of those that are not there any more.
fn any_marks(session: &mut Session, number: usize) {
    session.keep(|marks| {
        let talk = number % 5;
        marks.set(talk, Mark::Starred, number.is_multiple_of(2));
        marks.set(talk, Mark::Watched, number.is_multiple_of(3));
        marks.set_position(talk, Cue::from_seconds(number as u64 * 60).ok().filter(|_| number.is_multiple_of(4)));
        marks.set_queue((0..number % 6).collect());
        let written = jiff::Timestamp::UNIX_EPOCH;
        let note = Note { id: 1, at: marks.position(talk), text: "東京 *so* `it` is".into(), written };
        marks.set_notes(talk, vec![note; number % 3]);
        marks.playlists = vec![Playlist { name: "東京 evenings".into(), talks: vec![talk, 4], lost: 0 }; number % 3].into();
        let lost = Lost { id: 3, title: "T".into(), by: String::new(), event: "E".into(), url: None, marks: Vec::new(), notes: Vec::new() };
        marks.lost = vec![lost; number % 2].into();
    });
}

/// What a player tells of any of the talks.
fn any_news(session: &mut Session, number: usize) {
    let talk = session.model.catalogue.talks()[number % 5].id.clone();
    let at = Cue::from_seconds(number as u64 * 97).expect("a cue");
    session.send(Message::Player(match number % 7 {
        0 => News::Started { talk, by: "mpv".into(), follows: number.is_multiple_of(2) },
        1 | 2 => News::Position {
            talk,
            at,
            end: Some(at).filter(|_| number.is_multiple_of(3)),
            paused: number.is_multiple_of(5),
            seen: !number.is_multiple_of(7),
        },
        3 => News::Watched(talk),
        4 => News::Ended { talk, at: Some(at), seen: number.is_multiple_of(2), how: End::Reached },
        5 => News::Ended { talk, at: None, seen: false, how: End::Died("it did".into()) },
        _ => News::Failed { talk, why: "no player".into() },
    }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_keys_at_any_size(steps in proptest::collection::vec((0usize..78, 0u16..300, 0u16..60), 1..40)) {
        let mut session = Session::new(100, 30);
        for (step, width, height) in steps {
            match KEYS.get(step) {
                Some(key) => session.send(Message::Input(Input::Key(key.parse::<Key>().expect("a key")))),
                None if step > 70 => any_answer(&mut session, step, usize::from(width)),
                None if step > 66 => any_marks(&mut session, usize::from(width)),
                None if step > 59 => any_news(&mut session, usize::from(width)),
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

/// A link that fills more than one line of a small terminal.
fn unopened(width: u16, height: u16) -> Session {
    let mut session = Session::new(width, height);
    let url = format!("https://talks.example/{}", "longer/".repeat(14));
    session.send(Message::Unopened { url, what: "“Rowing at scale” at 12:30".into(), why: "there is no display here".into() });
    session
}

#[test]
fn link_that_was_not_opened() {
    insta::assert_snapshot!(unopened(60, 16).picture());
}

#[test]
fn nothing_of_a_link_stays_behind_on_the_terminal() {
    for (width, height) in [(60, 16), (20, 5), (140, 40)] {
        let mut session = unopened(width, height);
        let shown = session.buffer(true);
        let closed = session.press("q").buffer(true);
        let written: Vec<(u16, u16)> = shown.diff(&closed).into_iter().map(|(x, y, _)| (x, y)).collect();
        // Cells are not compared by what is seen: a terminal keeps a link with the cell until something is written there.
        let linked = |x: u16, y: u16| {
            let first = &shown[(0, y)];
            let text = first.symbol().strip_prefix("\u{1b}]8;").and_then(|rest| rest.split("\u{1b}\\").nth(1));
            text.is_some_and(|text| usize::from(x) < text.trim_end_matches("\u{1b}]8;;").len())
        };
        let cells: Vec<(u16, u16)> = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).filter(|(x, y)| linked(*x, *y)).collect();
        assert!(cells.len() >= usize::from(width).min(100), "{width}×{height}: {}", cells.len());
        for cell in cells {
            // A wide letter takes the cell behind it along; there is none on this screen.
            assert!(written.contains(&cell), "{width}×{height}: {cell:?} keeps the link");
        }
    }
}

#[test]
fn a_link_is_scrolled_where_it_has_no_room() {
    let mut session = unopened(20, 5);
    let first = session.screen();
    assert!(first.contains("https://talks.exampl"), "{first}");
    let rest: String = (0..30).map(|_| session.press("j").screen()).collect();
    assert!(rest.contains("listened to."), "{rest}");
    assert!(session.press("g g").screen().contains("https://talks.exampl"));
}
