//! The player, on the screen: keys in, orders out, and what becomes of its news.

use crate::harness::Session;
use cuepoint::app::{Effect, Message};
use cuepoint::domain::{Change, Cue, Mark};
use cuepoint::player::{End, News, Order, Track};

fn cue(text: &str) -> Cue {
    Cue::parse(text).expect("a cue")
}

fn id(session: &Session, talk: usize) -> String {
    session.model.catalogue.talks()[talk].id.clone()
}

fn tell(session: &mut Session, news: News) {
    session.send(Message::Player(news));
}

fn position(session: &mut Session, talk: usize, at: &str, paused: bool) {
    let news =
        News::Position { talk: id(session, talk), at: cue(at), end: session.model.catalogue.talks()[talk].span.end, paused, seen: true };
    tell(session, news);
}

/// The track that was asked for last.
fn track(session: &mut Session) -> Track {
    match session.played().pop() {
        Some(Order::Play(track)) => *track,
        other => panic!("{other:?}"),
    }
}

/// A screen on whose first talk mpv plays.
fn playing(width: u16, height: u16) -> Session {
    let mut session = Session::new(width, height);
    session.press("Enter p");
    let talk = track(&mut session).talk;
    tell(&mut session, News::Started { talk, by: "mpv".into(), follows: true });
    assert_eq!(session.kept().len(), 1);
    session
}

#[test]
fn a_talk_is_played_within_its_bounds_from_where_one_stopped() {
    let mut session = Session::new(120, 36);
    session.press("Enter p");
    let first = track(&mut session);
    assert_eq!(
        (first.address.as_str(), first.start, first.end),
        ("https://www.youtube.com/watch?v=AAAAAAAAAA1", Some(cue("12:30")), Some(cue("41:07")))
    );
    assert_eq!((first.resume, session.status()), (None, "Playing “Rowing at scale” at 12:30 …"));
    session.keep(|marks| marks.set_position(0, Some(cue("20:00")))).press("p");
    assert_eq!((track(&mut session).resume, session.status()), (Some(cue("20:00")), "Playing “Rowing at scale” from 20:00 on …"));
    session.press("P");
    assert_eq!(track(&mut session).resume, None);
    // The first of an evening is played from its row.
    session.press("Esc p");
    assert_eq!(track(&mut session).title, "Rowing at scale");
    session.press("2 G p");
    assert_eq!((session.played(), session.status()), (Vec::new(), "There is no recording to play here"));
}

#[test]
fn the_place_is_shown_and_kept_now_and_then() {
    let mut session = playing(120, 30);
    position(&mut session, 0, "12:31", false);
    position(&mut session, 0, "12:44", false);
    assert_eq!(session.kept(), [], "a few seconds are not worth a write");
    position(&mut session, 0, "20:30", false);
    let talk = id(&session, 0);
    assert_eq!(session.kept(), [Change::Position(talk.clone(), Some(cue("20:30")))]);
    insta::assert_snapshot!("playing_120", session.picture());
    position(&mut session, 0, "20:32", true);
    assert_eq!(session.kept(), [Change::Position(talk.clone(), Some(cue("20:32")))], "a pause may be the end of an evening");
    assert!(session.screen().contains("‖ Rowing at scale  20:32 – 41:07"), "{}", session.screen());
    session.press("Space , . X");
    assert_eq!(session.played(), [Order::TogglePause, Order::SeekBy(-10), Order::SeekBy(10), Order::Stop]);
    session.press("q");
    assert_eq!(session.effects, [Effect::Keep(Change::Position(talk, Some(cue("20:32")))), Effect::Quit]);
    for (width, height, name) in [(80, 24, "playing_80"), (40, 9, "playing_40")] {
        let mut session = playing(width, height);
        position(&mut session, 0, "20:30", false);
        insta::assert_snapshot!(name, session.press("j").picture());
    }
}

#[test]
fn without_a_player_its_keys_say_so() {
    let mut session = Session::new(80, 24);
    session.press("Enter Space");
    assert_eq!((session.played(), session.status()), (Vec::new(), "Nothing is played; p plays a talk"));
    session.press("p");
    let talk = track(&mut session).talk;
    tell(&mut session, News::Failed { talk, why: "mpv is not installed".into() });
    assert_eq!((session.status(), session.model.playing.is_none()), ("mpv is not installed", true));
}

#[test]
fn a_player_that_tells_nothing_is_not_waited_for() {
    let mut session = Session::new(80, 24);
    session.press("Enter p");
    let talk = track(&mut session).talk;
    tell(&mut session, News::Started { talk: talk.clone(), by: "vlc".into(), follows: false });
    assert_eq!((session.kept(), session.model.playing.is_none()), (vec![Change::Visit(talk)], true));
    assert_eq!(session.status(), "Playing “Rowing at scale” in vlc");
}

#[test]
fn at_the_end_the_next_of_the_evening_is_offered() {
    let mut session = playing(120, 36);
    let talk = id(&session, 0);
    tell(&mut session, News::Watched(talk.clone()));
    tell(&mut session, News::Ended { talk: talk.clone(), at: Some(cue("41:07")), seen: true, how: End::Reached });
    assert_eq!(session.kept(), [Change::Seen(talk.clone()), Change::Over(talk)]);
    assert_eq!(session.status(), "“Rowing at scale” is over; > plays “Knots: can we do better?”");
    session.press(">");
    assert_eq!(track(&mut session).title, "Knots: can we do better?");
    let talk = id(&session, 1);
    tell(&mut session, News::Started { talk, by: "mpv".into(), follows: true });
    // While it plays, the next can be gone to as well.
    session.press(">");
    assert_eq!(track(&mut session).title, "東京の港から — lessons from Tokyo bay");
    let talk = id(&session, 2);
    tell(&mut session, News::Ended { talk, at: None, seen: true, how: End::Reached });
    assert_eq!(session.status(), "“東京の港から — lessons from Tokyo bay” is over");
}

#[test]
fn the_queue_goes_on_by_itself() {
    let mut session = Session::new(120, 36);
    session.keep(|marks| marks.set_queue(vec![2, 3, 0])).press("L p");
    let first = track(&mut session);
    assert_eq!(first.talk, id(&session, 2));
    tell(&mut session, News::Ended { talk: first.talk.clone(), at: None, seen: true, how: End::Reached });
    let changes = session.kept();
    assert_eq!(changes, [Change::Over(first.talk)]);
    assert_eq!(track(&mut session).talk, id(&session, 3), "from another recording");
    // A talk that is closed is not followed by another.
    let talk = id(&session, 3);
    tell(&mut session, News::Ended { talk: talk.clone(), at: Some(cue("0:40")), seen: true, how: End::Closed });
    assert_eq!((session.played(), session.kept()), (Vec::new(), vec![Change::Position(talk, Some(cue("0:40")))]));
    assert_eq!(session.status(), "Stopped “Fog signals without a horn” at 0:40: p on it goes on from there");
}

#[test]
fn a_player_that_dies_is_told_and_the_place_is_kept() {
    let mut session = playing(80, 24);
    let talk = id(&session, 0);
    tell(&mut session, News::Ended { talk: talk.clone(), at: Some(cue("13:00")), seen: true, how: End::Died("mpv was killed".into()) });
    assert_eq!(session.status(), "“Rowing at scale” stopped: mpv was killed");
    assert_eq!(session.kept(), [Change::Position(talk, Some(cue("13:00")))]);
}

#[test]
fn news_of_a_talk_that_was_left_do_not_touch_the_next() {
    let mut session = playing(120, 36);
    session.press("j p");
    assert_eq!(track(&mut session).talk, id(&session, 1));
    position(&mut session, 0, "30:00", false);
    let talk = id(&session, 0);
    tell(&mut session, News::Ended { talk: talk.clone(), at: Some(cue("30:00")), seen: true, how: End::Closed });
    assert_eq!(session.kept(), [Change::Position(talk, Some(cue("30:00")))]);
    assert_eq!(session.model.playing.as_ref().map(|playing| playing.track.talk.clone()), Some(id(&session, 1)));
}

#[test]
fn a_note_begins_at_the_second_that_is_played() {
    let mut session = playing(120, 36);
    position(&mut session, 0, "20:30", false);
    session.kept();
    session.press("n Enter");
    assert_eq!((session.kept(), session.status()), (Vec::new(), "Nothing was typed, so nothing was kept"));
    session.press("n \"oars\" Enter");
    let talk = id(&session, 0);
    assert_eq!(session.kept(), [Change::AddNote { talk, at: Some(cue("20:30")), text: "oars".into() }]);
}

#[test]
fn a_second_is_gone_to_in_the_player_that_has_the_talk() {
    let mut session = playing(120, 36);
    let written = jiff::Timestamp::UNIX_EPOCH;
    session.keep(|marks| marks.set_notes(0, vec![cuepoint::domain::Note { id: 1, at: Some(cue("15:00")), text: "so".into(), written }]));
    let second = |target: &cuepoint::app::detail::Target| *target == cuepoint::app::detail::Target::Second(cue("15:00"));
    session.press("d");
    session.model.detail.target = session.model.detail.targets.iter().position(second);
    session.press("Enter");
    assert_eq!((session.played(), session.opened().len()), (vec![Order::SeekTo(cue("15:00"))], 0));
    assert!(session.model.marks.has(0, Mark::Noted));
}

/// A screen with a local recording from 0:40 to 10:00, on whose note at 9:00 the cursor is; one had come to 2:00.
fn on_a_note() -> Session {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.mp4"), "").expect("written");
    let event = "series: Harbour Nights\ndate: 2024-05-01\ntalks:\n- title: Ropes\n  recording: a.mp4\n  start: 40\n  end: 10:00\n";
    std::fs::write(folder.path().join("evening.yml"), event).expect("written");
    let mut session = Session::on(120, 36, &[folder.path().to_str().expect("text")]);
    let written = jiff::Timestamp::UNIX_EPOCH;
    session.keep(|marks| {
        marks.set_position(0, Some(cue("2:00")));
        marks.set_notes(0, vec![cuepoint::domain::Note { id: 1, at: Some(cue("9:00")), text: "so".into(), written }]);
    });
    session.press("Enter d");
    let second = |target: &cuepoint::app::detail::Target| *target == cuepoint::app::detail::Target::Second(cue("9:00"));
    session.model.detail.target = session.model.detail.targets.iter().position(second);
    session
}

#[test]
fn a_place_that_was_jumped_to_is_not_where_one_goes_on() {
    let mut session = on_a_note();
    session.press("Enter");
    assert_eq!(session.status(), "Playing “Ropes” from 9:00 on …");
    let asked = track(&mut session);
    assert_eq!((asked.from, asked.resume, asked.beginning()), (Some(cue("9:00")), Some(cue("2:00")), Some(cue("9:00"))));
    let talk = id(&session, 0);
    tell(&mut session, News::Started { talk: talk.clone(), by: "mpv".into(), follows: true });
    session.kept();
    let at = |at, paused, seen| News::Position { talk: talk.clone(), at: cue(at), end: Some(cue("10:00")), paused, seen };
    tell(&mut session, at("9:01", false, false));
    tell(&mut session, at("9:30", false, false));
    tell(&mut session, at("9:31", true, false));
    assert_eq!(session.kept(), [], "what lies before it would count as seen the next time");
    assert!(session.screen().contains("‖ Ropes"), "{}", session.screen());
    tell(&mut session, News::Ended { talk: talk.clone(), at: Some(cue("9:31")), seen: false, how: End::Closed });
    assert_eq!(
        (session.kept(), session.status()),
        (vec![], "Stopped “Ropes” at 9:31: p on it goes on from 2:00, where you had come before")
    );
    // Back where one had seen all, the place is kept again.
    session.press("Enter");
    tell(&mut session, at("2:10", true, true));
    assert_eq!(session.kept(), [Change::Position(talk.clone(), Some(cue("2:10")))]);
    tell(&mut session, at("9:00", true, false));
    session.press("q");
    assert!(!session.effects.iter().any(|effect| matches!(effect, Effect::Keep(_))), "{:?}", session.effects);
}

#[test]
fn a_playlist_is_played_to_its_end() {
    let mut session = Session::new(120, 36);
    let list = cuepoint::domain::marks::Playlist { name: "Two".into(), talks: vec![0, 2, 3], lost: 0 };
    session.keep(|marks| marks.playlists = vec![list].into()).press("L G p");
    for talk in [0, 2, 3] {
        let played = track(&mut session).talk;
        assert_eq!(played, id(&session, talk));
        tell(&mut session, News::Ended { talk: played, at: None, seen: true, how: End::Reached });
    }
    assert_eq!(session.played(), []);
    // From a row of it on.
    session.press("Enter j p");
    assert_eq!(track(&mut session).talk, id(&session, 2));
    session.press(">");
    assert_eq!(track(&mut session).talk, id(&session, 3));
}
