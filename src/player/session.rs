//! What is known of a talk while mpv plays it: what mpv tells goes in, news come out. Nothing here waits, reads or writes.

mod progress;

use super::seen::Seen;
use super::wire::{Over, Told};
use super::{End, News, Track};
use crate::domain::Cue;
use std::time::{Duration, Instant};

/// Positions are told no faster than this; a little less than a second, so that none of a talk's seconds is left out.
const RATE: Duration = Duration::from_millis(900);

/// A talk that is being played.
#[derive(Debug)]
pub struct Session {
    track: Track,
    /// What helps if the recording cannot be opened.
    hint: Option<&'static str>,
    /// The entry of mpv's playlist that it is.
    entry: Option<i64>,
    /// The entry that mpv is at, which may be another that somebody put before it.
    current: Option<i64>,
    state: State,
    paused: bool,
    length: Option<f64>,
    /// The place in the recording, in seconds.
    at: Option<f64>,
    /// Where it is to go, until it is there.
    aim: Option<f64>,
    /// The millisecond that was heard of last, since it was loaded or last jumped, and when it was asked for.
    since: Option<(u64, Instant)>,
    /// When mpv was asked last where it is, and whether it has not answered yet.
    asked: Option<(Instant, bool)>,
    /// When it was loaded, until it begins to play.
    loaded: Option<Instant>,
    /// How many of the recording's seconds mpv plays in each, and the most since it was last heard where it is.
    speed: f64,
    fastest: f64,
    seen: Seen,
    watched: bool,
    /// The second that was told last, and when.
    told: Option<(u32, Instant)>,
    /// Some of it was played, or somebody went somewhere else in it.
    began: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// mpv was asked for it.
    Asked,
    /// mpv has it.
    Loaded,
    /// It plays, or would if it were not paused.
    Playing,
    /// It is on its way to another place in it.
    Jumping,
    /// Its end was told.
    Over,
}

impl Session {
    /// A talk that mpv was asked for; `hint` is what helps if it cannot be opened.
    pub fn new(track: Track, hint: Option<&'static str>) -> Session {
        let mut seen = Seen::default();
        // Who goes on somewhere has seen what lies before.
        if let Some(resume) = track.resumed() {
            seen.add(millis(track.start)..millis(Some(resume)));
        }
        Session {
            track,
            hint,
            entry: None,
            current: None,
            state: State::Asked,
            paused: false,
            length: None,
            at: None,
            aim: None,
            since: None,
            asked: None,
            loaded: None,
            speed: 1.0,
            fastest: 1.0,
            seen,
            watched: false,
            told: None,
            began: false,
        }
    }

    /// The same, in the place of a talk that was played before: what is known of its recording is known still, and mpv tells only
    /// what changes.
    pub fn after(self, before: &Session) -> Session {
        let length = before.length.filter(|_| before.track.address == self.track.address);
        Session { length, speed: before.speed, fastest: before.speed, ..self }
    }

    /// What is played.
    pub fn track(&self) -> &Track {
        &self.track
    }

    /// Has mpv taken the order to play it?
    pub fn is_accepted(&self) -> bool {
        self.entry.is_some() || self.is_over()
    }

    /// Was its end told?
    pub fn is_over(&self) -> bool {
        self.state == State::Over
    }

    /// mpv took the order; the entry that it became.
    pub fn accepted(&mut self, entry: Option<i64>) -> Option<News> {
        self.entry = entry;
        entry.is_none().then(|| self.failed("this mpv is too old: it takes 0.35 or newer"))
    }

    /// Where one lands who goes so many seconds on or back: inside the talk, and before its end.
    pub fn seek_by(&mut self, seconds: i32) -> Option<Cue> {
        let at = cue(self.aim.or(self.at)?)?.seconds();
        let first = self.track.start.map_or(0, Cue::seconds);
        let last = self.end().map_or(Cue::MAX.seconds(), Cue::seconds).saturating_sub(1).max(first);
        let target = at.saturating_add_signed(seconds).clamp(first, last);
        // Not back where it was to go on, nor on where it was to go back.
        let is_that_way = if seconds < 0 { target < at } else { target > at };
        self.seek_to(Cue::from_seconds(target.into()).ok().filter(|_| is_that_way)?)
    }

    /// The second that one goes to.
    pub fn seek_to(&mut self, to: Cue) -> Option<Cue> {
        if !matches!(self.state, State::Playing | State::Jumping) {
            return None;
        }
        self.aim = Some(f64::from(to.seconds()));
        Some(to)
    }

    /// Takes what mpv tells.
    pub fn hear(&mut self, told: Told, now: Instant, news: &mut Vec<News>) {
        if matches!(told, Told::At(_)) {
            self.asked = self.asked.map(|(asked, _)| (asked, false));
        }
        match told {
            Told::Paused(paused) => {
                self.paused = paused;
                self.tell_position(now, true, news);
            }
            Told::Loading(entry) => self.current = Some(entry),
            Told::Speed(speed) => {
                self.speed = speed;
                self.fastest = self.fastest.max(speed);
            }
            Told::Over { entry, why } if self.entry == Some(entry) => self.over(why, now, news),
            _ if self.current.is_none() || self.current != self.entry || self.is_over() => {}
            Told::Loaded => {
                (self.state, self.loaded) = (State::Loaded, Some(now));
                news.push(News::Started { talk: self.track.talk.clone(), by: "mpv".to_owned(), follows: true });
            }
            Told::Jumping => {
                self.since = None;
                // Where it is loaded, it jumps to its beginning.
                if self.state == State::Playing {
                    (self.state, self.began) = (State::Jumping, true);
                }
            }
            Told::Playing => {
                (self.state, self.aim, self.asked) = (State::Playing, None, None);
                // Where nothing was heard of the place since the jump began, what is known of it is from before.
                match self.since {
                    Some(_) => self.tell_position(now, true, news),
                    None => self.told = None,
                }
                // It begins where it was to, though nobody may hear more of that than its end.
                let begun = self.loaded.take().map(|when| (millis(self.track.beginning()), when));
                self.since = self.since.or(begun);
            }
            Told::At(at) => self.moved(at, now, news),
            Told::Length(length) => {
                let known = self.end();
                self.length = length;
                self.tell_position(now, self.end() != known, news);
            }
            Told::AtEnd(true) => self.over(Over::Played, now, news),
            Told::AtEnd(false) | Told::Over { .. } | Told::Accepted { .. } | Told::Refused { .. } => {}
        }
    }

    /// mpv is gone; `why` says so if it should not be.
    pub fn gone(&mut self, why: Option<String>) -> Option<News> {
        match (self.state, why) {
            (State::Over, _) => None,
            (State::Asked, Some(why)) => Some(self.failed(&why)),
            (_, Some(why)) => Some(self.ended(End::Died(why))),
            (_, None) => Some(self.ended(End::Closed)),
        }
    }

    /// It was not played.
    pub fn failed(&mut self, why: &str) -> News {
        self.state = State::Over;
        News::Failed { talk: self.track.talk.clone(), why: why.to_owned() }
    }

    fn over(&mut self, why: Over, now: Instant, news: &mut Vec<News>) {
        if self.is_over() {
            return;
        }
        if why == Over::Played {
            self.played_to_end(now, news);
        }
        let last = match why {
            Over::Led(entry) => {
                self.entry = Some(entry);
                return;
            }
            Over::Played => match self.track.beginning().filter(|start| !self.began && start.seconds() > 0) {
                // mpv ends so at once where there is nothing.
                Some(start) => self.failed(&format!("the recording is over before the talk begins at {start}: its cue may be wrong")),
                None => self.ended(End::Reached),
            },
            Over::Stopped | Over::Quit => self.ended(End::Closed),
            Over::Error(error) if self.state == State::Asked => {
                let hint = self.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
                self.failed(&format!("mpv cannot open it: {}{hint}", or_unknown(&error)))
            }
            Over::Error(error) => self.ended(End::Died(format!("mpv cannot go on: {}", or_unknown(&error)))),
        };
        news.push(last);
    }

    fn ended(&mut self, how: End) -> News {
        self.state = State::Over;
        News::Ended { talk: self.track.talk.clone(), at: self.at.and_then(cue), seen: self.is_seen_so_far(), how }
    }

    /// Where the talk ends, or else the recording.
    fn end(&self) -> Option<Cue> {
        let length = self.length.and_then(cue);
        match (self.track.end, length) {
            (Some(end), Some(length)) => Some(end.min(length)),
            (end, length) => end.or(length),
        }
    }

    fn moved(&mut self, at: Option<f64>, now: Instant, news: &mut Vec<News>) {
        let Some(at) = at.filter(|at| at.is_finite()) else { return };
        self.at = Some(at);
        let here = as_millis(at);
        if self.state == State::Playing {
            self.played_to(here, now, news);
            self.tell_position(now, false, news);
        }
        // It was there after it was asked, however late that is heard.
        self.since = Some((here, self.asked.map_or(now, |(asked, _)| asked)));
        self.fastest = self.speed;
    }

    /// Tells the position, at most once a second unless something happened.
    fn tell_position(&mut self, now: Instant, at_once: bool, news: &mut Vec<News>) {
        let Some(at) = self.at.and_then(cue).filter(|_| self.state == State::Playing) else { return };
        let is_due = |(second, when): (u32, Instant)| second != at.seconds() && (self.paused || now.duration_since(when) >= RATE);
        if at_once || self.told.is_none_or(is_due) {
            self.told = Some((at.seconds(), now));
            news.push(News::Position {
                talk: self.track.talk.clone(),
                at,
                end: self.end(),
                paused: self.paused,
                seen: self.is_seen_so_far(),
            });
        }
    }
}

fn or_unknown(error: &str) -> &str {
    if error.is_empty() { "it does not say why" } else { error }
}

/// The second that a place lies in; `None` if there is no such cue.
fn cue(seconds: f64) -> Option<Cue> {
    Cue::from_seconds(as_millis(seconds) / 1000).ok()
}

fn as_millis(seconds: f64) -> u64 {
    // mpv may be a hair before the beginning, or before the second that it was sent to.
    Duration::try_from_secs_f64((seconds + 0.0005).max(0.0)).ok().and_then(|time| u64::try_from(time.as_millis()).ok()).unwrap_or_default()
}

fn millis(cue: Option<Cue>) -> u64 {
    cue.map_or(0, |cue| u64::from(cue.seconds()) * 1000)
}

#[cfg(test)]
mod tests;
