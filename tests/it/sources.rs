//! What was read, on the screen and in `check`.

use crate::harness::Session;
use crate::{fixture, run};
use cuepoint::app::input::Mouse;
use cuepoint::app::{Command, Message, command};
use cuepoint::archive::State;
use cuepoint::domain::{Place, Problem};
use cuepoint::source::report::{Kind, Tally, Unknown};
use cuepoint::source::{Report, Source};
use std::fs;

/// Three archives, one of them with much that is wrong, and a mistake in the settings.
fn session(width: u16, height: u16) -> Session {
    let mut session = Session::new(width, height);
    let paths = ["/home/kim/archives/conferences/ruby/data", "/home/kim/meetups/harbour-nights/_posts", "/srv/talks.json"];
    let mut sources: Vec<Report> = paths.iter().map(|path| Report::of(&Source::at(path.as_ref()))).collect();
    sources[0].kinds = vec![
        Kind { format: "rubyevents", files: 1912, refused: 0, events: 1180, talks: 9120, cues: 8001 },
        Kind { format: "native", files: 2, refused: 1, events: 1, talks: 3, cues: 0 },
    ];
    sources[0].unknown = Unknown { files: 114, names: vec![("venue.yml".into(), 112), ("notes.md".into(), 2)] };
    sources[1].kinds = vec![Kind { format: "post", files: 48, refused: 0, events: 48, talks: 132, cues: 130 }];
    sources[2].kinds = vec![Kind { format: "pretalx", files: 1, refused: 1, ..Kind::default() }];
    let videos = Place::of(format!("{}/boat-conf/boat-conf-2023/videos.yml", paths[0]).as_ref());
    let mut problems = vec![
        Problem::warning(Place::of("/home/kim/.config/cuepoint/config.toml".as_ref()).at(3, 1), "unknown setting `muose`")
            .hint("did you mean `mouse`?"),
        Problem::warning(videos.at(4, 3), "unknown key `titel`").hint("did you mean `title`?"),
    ];
    let todo = |line| Problem::error(videos.at(line, 17), "“TODO” is no start").hint("write it as 12:30, or leave it out");
    problems.extend((10..30).map(todo));
    problems.push(Problem::error(Place::of(paths[2].as_ref()), "this is a list of submissions, which is not read"));
    sources[0].problems = Tally { errors: 20, warnings: 1, notes: 0 };
    sources[2].problems = Tally { errors: 1, ..Tally::default() };
    sources.extend(Report::of_settings(&problems[..1]));
    let catalogue = session.model.catalogue.clone();
    session.send(Message::Loaded { catalogue, problems, sources, state: State::Fresh });
    session
}

#[test]
fn the_page() {
    for (width, height) in [(120, 30), (80, 24), (40, 20), (20, 5)] {
        insta::assert_snapshot!(format!("sources_{width}"), session(width, height).press("S").picture());
    }
}

#[test]
fn the_page_without_trouble() {
    insta::assert_snapshot!(Session::on(80, 16, &["tests/fixtures/harbour"]).press("S").picture());
}

#[test]
fn who_asks_for_another_look_is_told_what_came_of_it() {
    let mut session = session(80, 16);
    session.press("r").send(Message::Believed(State::Checking));
    assert_eq!(session.status(), "Looking at the sources again …");
    session.send(Message::Believed(State::Fresh));
    assert_eq!(session.status(), "The sources are as they were");
    session.press("r");
    let (catalogue, problems, sources) = (session.model.catalogue.clone(), session.model.problems.clone(), session.model.sources.clone());
    let loaded = Message::Loaded { catalogue, problems, sources, state: State::Fresh };
    session.send(loaded.clone());
    assert!(session.status().starts_with("Read again: "), "{}", session.status());
    session.press("\u{2191}").send(loaded);
    assert!(!session.status().starts_with("Read again"), "who did not ask is not told: {}", session.status());
}

#[test]
fn while_reading() {
    let mut session = session(80, 16);
    session.model.state = State::Reading;
    session.send(Message::Progress(1234));
    session.press("S");
    let screen = session.screen();
    assert!(screen.contains("reading … 1234 files") && screen.contains("This is being read."), "{screen}");
}

#[test]
fn rows_choose_and_pages_scroll() {
    let mut session = session(80, 24);
    assert!(session.screen().contains("S shows them"), "{}", session.screen());
    session.press("S");
    assert!(session.screen().contains("boat-conf/boat-conf-2023/videos.yml:10:17"), "{}", session.screen());
    session.press("Ctrl-d");
    assert!(!session.screen().contains("rubyevents"), "{}", session.screen());
    session.press("G");
    assert!(session.screen().contains("did you mean `title`?"), "the warning stands behind the errors: {}", session.screen());
    session.press("j j");
    assert!(session.screen().contains("which is not read") && !session.screen().contains("TODO"), "{}", session.screen());
    session.press("j");
    assert!(session.screen().contains("line 3: unknown setting `muose`"), "{}", session.screen());
    session.press("k k k");
    assert!(session.screen().contains("rubyevents"), "another source begins at its top: {}", session.screen());
    session.press("Esc");
    assert!(session.model.sources_page.is_none());
    session.press("S S");
    assert!(session.model.sources_page.is_none());
}

#[test]
fn one_source_scrolls_by_rows() {
    let mut session = Session::on(60, 12, &["tests/fixtures/bad/mixed"]);
    session.press("S j");
    assert_eq!(session.model.sources_page.as_ref().map(|page| page.scroll), Some(1));
    assert!(!session.screen().contains("j next"), "{}", session.screen());
    session.press("g g");
    assert_eq!(session.model.sources_page.as_ref().map(|page| page.scroll), Some(0));
}

#[test]
fn the_mouse_chooses_scrolls_and_closes() {
    let mut session = session(120, 30);
    session.press("S");
    let list = session.model.layout().sources.list;
    session.mouse(Mouse::Click, 5, list.y + 2, 0);
    assert!(session.screen().contains("which is not read"), "{}", session.screen());
    session.mouse(Mouse::WheelUp, 5, list.y, 0).mouse(Mouse::WheelUp, 5, list.y, 0);
    session.mouse(Mouse::WheelDown, 5, 20, 0);
    let page = session.model.sources_page.as_ref().expect("it is open");
    assert_eq!((page.list.cursor, page.scroll), (0, 3));
    session.mouse(Mouse::Click, 5, 0, 0);
    assert!(session.model.sources_page.is_none());
}

#[test]
fn it_is_found_in_the_help() {
    let mut session = session(80, 24);
    session.press("? \"mistake\" Enter");
    assert!(session.model.sources_page.is_some() && session.model.help.is_none());
    assert!(command::TABLE.iter().any(|entry| entry.command == Command::Sources));
}

#[test]
fn without_colours_all_is_told_in_words() {
    let mut session = session(120, 30);
    let buffer = session.press("S").buffer(false);
    assert!(buffer.content.iter().all(|cell| cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset));
    assert!(session.screen().contains("20 errors, 1 warning") && session.screen().contains("error    boat-conf"), "{}", session.screen());
}

#[test]
fn check_counts_what_each_source_gave() {
    let folder = tempfile::tempdir().expect("a folder");
    for fixture in ["tests/fixtures/harbour/2021-02-03.yml", "tests/fixtures/posts/2024-05-01-boat-nights-may-2024.md"] {
        let from = crate::here(fixture);
        fs::copy(&from, folder.path().join(from.file_name().expect("a name"))).expect("copied");
    }
    for i in 0..4 {
        fs::create_dir(folder.path().join(i.to_string())).expect("a folder");
        fs::write(folder.path().join(format!("{i}/venue.yml")), "name: The Pier\n").expect("written");
        let event = format!("series: Boat Nights\ndate: 2023-05-0{}\ntalks:\n- title: Knots\n  start: TODO\n", i + 1);
        fs::write(folder.path().join(format!("{i}/event.yml")), event).expect("written");
    }
    let check = run(&["check", &folder.path().to_string_lossy(), &fixture("posts")]);
    let told: Vec<Vec<&str>> = check.stderr.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(
        told.contains(&vec!["native", "5", "5", "7", "1"]) || told.iter().any(|row| row.starts_with(&["native", "5", "5"])),
        "{told:?}"
    );
    assert_eq!(told.iter().filter(|row| row.starts_with(&["post", "1", "1", "2"])).count(), 2, "one for each source: {told:?}");
    assert!(check.stderr.contains("of no known format      4  venue.yml ×4\n"), "{}", check.stderr);
    assert!(check.stderr.contains("4 × error: `TODO` is no start: "), "{}", check.stderr);
    assert_eq!(check.stdout.matches("`TODO` is no start").count(), 4, "each is told where it stands: {}", check.stdout);
}
