use super::*;
use proptest::prelude::*;

/// A talk from 0:10 to 0:30 of a recording of a minute.
fn track() -> Track {
    let at = |seconds| Cue::from_seconds(seconds).ok();
    Track { talk: "t".into(), address: "/a.mp4".into(), start: at(10), end: at(30), ..Track::default() }
}

/// A session, and a clock.
struct Played {
    session: Session,
    now: Instant,
    news: Vec<News>,
}

impl Played {
    fn new(track: Track) -> Played {
        Played { session: Session::new(track, Some("look around")), now: Instant::now(), news: Vec::new() }
    }

    /// mpv took it, loaded it, and begins to play it there.
    fn begun(track: Track, at: f64) -> Played {
        let mut played = Played::new(track);
        assert_eq!(played.session.accepted(Some(1)), None);
        for told in [Told::Loading(1), Told::Loaded, Told::Length(Some(60.0)), Told::Jumping, Told::At(Some(at)), Told::Playing] {
            played.hear(told);
        }
        played
    }

    fn hear(&mut self, told: Told) -> &mut Played {
        if matches!(told, Told::At(_)) {
            self.session.asks(self.now);
        }
        self.session.hear(told, self.now, &mut self.news);
        self
    }

    /// Plays so many seconds, at a tenth of a second each.
    fn plays(&mut self, seconds: u32) -> &mut Played {
        let from = self.session.at.expect("it is somewhere");
        for step in 1..=seconds * 10 {
            self.now += Duration::from_millis(100);
            self.hear(Told::At(Some(from + f64::from(step) / 10.0)));
        }
        self
    }

    fn jumps(&mut self, to: f64) -> &mut Played {
        self.hear(Told::Jumping).hear(Told::At(Some(to))).hear(Told::Playing)
    }

    fn over(&mut self, why: Over) -> &mut Played {
        self.hear(Told::Over { entry: 1, why })
    }

    /// The news since the last call, positions apart.
    fn told(&mut self) -> Vec<News> {
        let news = std::mem::take(&mut self.news);
        news.into_iter().filter(|news| !matches!(news, News::Position { .. })).collect()
    }

    /// The seconds that were told since the last call.
    fn positions(&mut self) -> Vec<(u32, bool)> {
        let news = std::mem::take(&mut self.news);
        let position = |news| if let News::Position { at, paused, .. } = news { Some((at.seconds(), paused)) } else { None };
        news.into_iter().filter_map(position).collect()
    }
}

fn started() -> News {
    News::Started { talk: "t".into(), by: "mpv".into(), follows: true }
}

fn ended(at: u64, how: End) -> News {
    News::Ended { talk: "t".into(), at: Cue::from_seconds(at).ok(), seen: true, how }
}

fn watched() -> News {
    News::Watched("t".into())
}

#[test]
fn a_talk_is_played_to_its_end() {
    let mut played = Played::begun(track(), 10.0);
    assert_eq!(played.told(), [started()]);
    assert_eq!(played.plays(17).told(), []);
    assert_eq!(played.plays(1).told(), [watched()]);
    assert_eq!(played.plays(2).over(Over::Played).told(), [ended(30, End::Reached)]);
    assert_eq!(played.session.gone(Some("exit status: 2".into())), None, "told once");
}

#[test]
fn seconds_that_were_jumped_over_were_not_seen() {
    let mut played = Played::begun(track(), 10.0);
    played.plays(9).jumps(21.0).plays(8).told();
    assert_eq!(played.jumps(10.0).plays(9).told(), [], "the same twice");
    assert_eq!(played.jumps(19.0).plays(1).told(), [watched()]);
    // What lies outside the talk is nothing of it.
    assert_eq!(Played::begun(track(), 31.0).plays(29).told(), [started()]);
    // A place far on is no playing, even where nothing says that it was jumped to.
    assert_eq!(Played::begun(track(), 10.0).hear(Told::At(Some(29.0))).told(), [started()]);
}

#[test]
fn who_goes_on_has_seen_what_lies_before() {
    let resume = Track { resume: Cue::from_seconds(25).ok(), ..track() };
    let mut played = Played::begun(resume, 25.0);
    assert_eq!(played.plays(2).told(), [started()]);
    assert_eq!(played.plays(1).told(), [watched()]);
    let outside = Track { resume: Cue::from_seconds(40).ok(), ..track() };
    assert_eq!((outside.beginning(), Played::begun(outside, 10.0).plays(17).told()), (track().start, vec![started()]));
}

#[test]
fn what_lies_before_a_jump_was_not_seen() {
    let jump = Track { from: Cue::from_seconds(25).ok(), ..track() };
    let mut played = Played::begun(jump.clone(), 25.0);
    assert_eq!(played.plays(4).told(), [started()]);
    let closed = News::Ended { talk: "t".into(), at: Cue::from_seconds(29).ok(), seen: false, how: End::Closed };
    assert_eq!(played.over(Over::Quit).told(), [closed]);
    // Who stopped at 0:23 has seen what lies before that.
    let stopped = Track { resume: Cue::from_seconds(23).ok(), ..jump };
    assert_eq!(stopped.beginning(), Cue::from_seconds(25).ok());
    assert_eq!(Played::begun(stopped, 25.0).plays(4).told(), [started()], "two seconds are missing, and one at the end");
    let outside = Track { from: Cue::from_seconds(40).ok(), resume: Cue::from_seconds(20).ok(), ..track() };
    assert_eq!(outside.beginning(), Cue::from_seconds(20).ok());
}

#[test]
fn a_place_that_was_jumped_to_is_told_as_such() {
    let seen = |played: &mut Played| match std::mem::take(&mut played.news).pop() {
        Some(News::Position { seen, .. }) => seen,
        other => panic!("{other:?}"),
    };
    let mut played = Played::begun(track(), 10.0);
    assert!(seen(&mut played), "the start");
    assert!(seen(played.plays(3)));
    assert!(seen(played.jumps(15.0)), "two seconds are a tenth of it");
    assert!(!seen(played.jumps(15.2)));
    assert!(!seen(played.plays(3)));
    assert!(seen(played.jumps(13.0)), "back");
    assert!(seen(played.plays(8)), "all was seen now");
    // Two sittings make a whole.
    let mut played = Played::begun(Track { resume: Cue::from_seconds(21).ok(), ..track() }, 21.0);
    assert!(seen(&mut played));
    assert_eq!(played.plays(7).told(), [watched()]);
    // Where nobody knows the end, it is a tenth of what lies before.
    let mut live = Played::new(Track { end: None, ..track() });
    live.session.accepted(Some(1));
    live.hear(Told::Loading(1)).hear(Told::Loaded).hear(Told::At(Some(10.0))).hear(Told::Playing).plays(18);
    assert!(seen(&mut live) && seen(live.jumps(30.0)) && !seen(live.jumps(30.5)));
}

#[test]
fn who_was_stopped_for_a_while_has_seen_what_there_was_time_for() {
    let long = Track { end: Cue::from_seconds(50).ok(), ..track() };
    let stopped = |seconds: u64, speed: f64, then: Told| {
        let mut played = Played::begun(long.clone(), 10.0);
        played.hear(Told::Speed(speed));
        played.plays(5).told();
        played.now += Duration::from_secs(seconds);
        played.hear(then);
        played
    };
    let end = || Told::Over { entry: 1, why: Over::Played };
    assert_eq!(stopped(35, 1.0, end()).told(), [watched(), ended(50, End::Reached)]);
    assert_eq!(stopped(34, 1.0, Told::At(Some(49.0))).told(), [watched()]);
    assert_eq!(stopped(18, 2.0, end()).told(), [watched(), ended(50, End::Reached)]);
    // Nothing was heard between its beginning and its end.
    let mut played = Played::new(long.clone());
    played.session.accepted(Some(1));
    played.hear(Told::Loading(1)).hear(Told::Loaded).hear(Told::Length(Some(60.0))).hear(Told::Jumping);
    played.now += Duration::from_secs(41);
    assert_eq!(played.hear(Told::Playing).hear(end()).told(), [started(), watched(), ended(50, End::Reached)]);
    // There was no time for that.
    assert_eq!(stopped(18, 1.0, Told::At(Some(49.0))).told(), []);
    let reached = News::Ended { talk: "t".into(), at: Cue::from_seconds(50).ok(), seen: false, how: End::Reached };
    assert_eq!(stopped(18, 1.0, end()).told(), [reached]);
    // And a jump is no playing, however long it took.
    let mut jumped = stopped(60, 1.0, Told::Jumping);
    assert_eq!(jumped.hear(Told::At(Some(48.0))).hear(Told::Playing).plays(1).told(), []);
}

#[test]
fn an_answer_that_was_heard_late_is_from_when_it_was_asked_for() {
    let mut played = Played::begun(Track { end: Cue::from_seconds(50).ok(), ..track() }, 10.0);
    played.plays(5).told();
    played.now += Duration::from_millis(100);
    assert!(played.session.asks(played.now));
    // Stopped here, with the answer on its way.
    played.now += Duration::from_secs(33);
    played.session.hear(Told::At(Some(15.1)), played.now, &mut played.news);
    played.now += Duration::from_millis(100);
    assert_eq!(played.hear(Told::At(Some(48.0))).told(), [watched()]);
}

#[test]
fn mpv_is_asked_where_it_is_only_while_it_plays_and_not_flooded() {
    let mut played = Played::new(track());
    let asks = |played: &mut Played, millis| {
        played.now += Duration::from_millis(millis);
        played.session.asks(played.now)
    };
    played.session.accepted(Some(1));
    played.hear(Told::Loading(1)).hear(Told::Loaded);
    assert!(!asks(&mut played, 1000));
    played.hear(Told::Playing);
    assert!(asks(&mut played, 0));
    assert!(!asks(&mut played, 4900), "it has not answered");
    assert!(asks(&mut played, 100));
    played.hear(Told::At(None));
    assert!(!asks(&mut played, 50));
    assert!(asks(&mut played, 50));
    played.hear(Told::Jumping);
    assert!(!asks(&mut played, 6000));
    played.hear(Told::Playing).hear(Told::Loading(2));
    assert!(!asks(&mut played, 6000), "it plays something else");
}

#[test]
fn without_bounds_the_recording_is_the_talk() {
    let mut played = Played::begun(Track { start: None, end: None, ..track() }, 0.0);
    assert_eq!(played.plays(53).told(), [started()]);
    assert_eq!(played.plays(1).told(), [watched()]);
    let mut live = Played::new(Track { end: None, ..track() });
    live.session.accepted(Some(1));
    live.hear(Told::Loading(1)).hear(Told::Loaded).hear(Told::At(Some(10.0))).hear(Told::Playing);
    assert_eq!(live.plays(50).told(), [started()], "nobody knows what nine tenths of it are");
}

#[test]
fn positions_are_told_once_a_second_and_when_something_happens() {
    let mut played = Played::begun(track(), 10.0);
    assert_eq!(played.positions(), [(10, false)]);
    assert_eq!(played.plays(3).positions(), [(11, false), (12, false), (13, false)]);
    assert_eq!(played.hear(Told::Paused(true)).positions(), [(13, true)]);
    assert_eq!(played.jumps(20.0).positions(), [(20, true)]);
    // mpv may tell the place only after the jump; where it was before is no news.
    assert_eq!(played.hear(Told::Jumping).hear(Told::Playing).hear(Told::At(Some(25.0))).positions(), [(25, true)]);
    // At double speed there are two seconds in each.
    played.hear(Told::Paused(false)).positions();
    for step in 1..=20 {
        played.now += Duration::from_millis(100);
        played.hear(Told::At(Some(25.0 + f64::from(step) / 5.0)));
    }
    assert_eq!(played.positions().len(), 2);
}

#[test]
fn one_stays_inside_the_talk() {
    let seconds = |cue: Option<Cue>| cue.map(Cue::seconds);
    let mut played = Played::begun(track(), 12.0);
    assert_eq!(seconds(played.session.seek_by(-60)), Some(10));
    assert_eq!(seconds(played.session.seek_by(-1)), None, "it is on its way there already");
    assert_eq!(seconds(played.session.seek_by(5)), Some(15));
    assert_eq!(seconds(played.session.seek_by(5)), Some(20), "further than where it is on its way to");
    assert_eq!(seconds(played.session.seek_by(i32::MAX)), Some(29));
    assert_eq!(seconds(played.jumps(29.5).session.seek_by(10)), None, "not back");
    assert_eq!(seconds(played.session.seek_to(Cue::from_seconds(50).expect("a cue"))), Some(50));
    assert_eq!(seconds(Played::new(track()).session.seek_by(5)), None, "nothing plays yet");
    assert_eq!(seconds(played.over(Over::Quit).session.seek_by(-5)), None, "nothing plays any more");
}

#[test]
fn why_it_is_over_is_told() {
    let mut played = Played::begun(track(), 10.0);
    assert_eq!(played.plays(5).over(Over::Quit).told(), [started(), ended(15, End::Closed)]);
    assert_eq!(Played::begun(track(), 10.0).over(Over::Stopped).told()[1..], [ended(10, End::Closed)]);
    let broken = End::Died("mpv cannot go on: it does not say why".into());
    assert_eq!(Played::begun(track(), 10.0).over(Over::Error(String::new())).told()[1..], [ended(10, broken)]);
    assert_eq!(Played::begun(track(), 10.0).session.gone(Some("killed".into())), Some(ended(10, End::Died("killed".into()))));
    assert_eq!(Played::begun(track(), 10.0).session.gone(None), Some(ended(10, End::Closed)));
    // The last picture stays, and mpv with it.
    let reached = News::Ended { talk: "t".into(), at: Cue::from_seconds(30).ok(), seen: false, how: End::Reached };
    assert_eq!(Played::begun(track(), 10.0).plays(2).hear(Told::AtEnd(true)).over(Over::Quit).told()[1..], [reached]);
}

#[test]
fn what_was_not_played_failed() {
    let failed = |why: &str| News::Failed { talk: "t".into(), why: why.into() };
    let mut played = Played::new(track());
    played.session.accepted(Some(1));
    played.hear(Told::Loading(1)).over(Over::Error("loading failed".into()));
    assert_eq!(played.told(), [failed("mpv cannot open it: loading failed; look around")]);
    assert_eq!(Played::new(track()).session.gone(Some("exit status: 1".into())), Some(failed("exit status: 1")));
    let never = Played::begun(Track { start: Cue::from_seconds(90).ok(), end: None, ..track() }, 90.0).over(Over::Played).told();
    assert_eq!(never[1..], [failed("the recording is over before the talk begins at 1:30: its cue may be wrong")]);
    assert!(Played::new(track()).session.accepted(None).is_some(), "an mpv that is too old");
}

#[test]
fn what_else_mpv_plays_is_nothing_of_the_talk() {
    let mut played = Played::new(track());
    // The talk before it is still playing.
    played.hear(Told::At(Some(50.0))).hear(Told::Loaded).hear(Told::Playing);
    assert_eq!(played.news, []);
    played.session.accepted(Some(2));
    played.over(Over::Stopped).hear(Told::Loading(2)).hear(Told::Loaded);
    assert_eq!(played.told(), [started()]);
    // One address may lead to another.
    played.hear(Told::Over { entry: 2, why: Over::Led(3) }).hear(Told::Loading(3)).hear(Told::At(Some(10.0))).hear(Told::Playing);
    assert_eq!(played.positions(), [(10, false)]);
    // Somebody dropped a film into the window.
    played.hear(Told::Over { entry: 3, why: Over::Stopped }).hear(Told::Loading(4)).hear(Told::Loaded).plays(9);
    assert_eq!(played.told(), [ended(10, End::Closed)]);
}

#[test]
fn the_length_of_the_same_recording_is_known() {
    let first = Played::begun(track(), 10.0).session;
    let open = Track { end: None, ..track() };
    assert_eq!(Session::new(open.clone(), None).after(&first).end().map(Cue::seconds), Some(60));
    assert_eq!(Session::new(Track { address: "/b.mp4".into(), ..open }, None).after(&first).end(), None);
}

proptest! {
    #[test]
    fn whatever_is_told_ends_once(tolds in proptest::collection::vec((0u8..9, -5.0f64..100.0), 0..60)) {
        let mut played = Played::new(track());
        played.session.accepted(Some(1));
        for (kind, at) in tolds {
            played.now += Duration::from_millis(150);
            played.hear(match kind {
                0 => Told::Loading(1),
                1 => Told::Loaded,
                2 => Told::Playing,
                3 => Told::Jumping,
                4 => Told::Paused(at > 50.0),
                5 => Told::Over { entry: 1, why: if at > 50.0 { Over::Played } else { Over::Error(String::new()) } },
                6 => Told::Length(Some(at)),
                _ => Told::At(Some(at * if at > 99.0 { 1e300 } else { 1.0 })),
            });
        }
        played.news.extend(played.session.gone(None));
        let ends = played.news.iter().filter(|news| matches!(news, News::Ended { .. } | News::Failed { .. })).count();
        prop_assert_eq!(ends, 1);
        prop_assert!(matches!(played.news.last(), Some(News::Ended { .. } | News::Failed { .. })), "{:?}", played.news);
        prop_assert!(played.news.iter().filter(|news| matches!(news, News::Watched(_))).count() <= 1);
    }
}
