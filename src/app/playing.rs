//! What is being played, as far as the player tells, and what could be.

use super::model::{Model, Subject};
use crate::domain::{Cue, Talk};
use crate::player::Track;

/// What follows a talk that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The next one of its evening, if the user wants it.
    Evening,
    /// The next one in the queue, by itself.
    Queue,
    /// Those of a playlist that stand behind it, by their ids, by themselves.
    Playlist(Vec<String>),
}

/// What is being played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playing {
    /// What was asked for.
    pub track: Track,
    /// Does the player tell where it is, and take orders?
    pub follows: bool,
    /// The second of the recording.
    pub at: Option<Cue>,
    /// Where the talk ends, as far as the player knows.
    pub end: Option<Cue>,
    /// Is it paused?
    pub paused: bool,
    /// The same, if the talk was seen up to there.
    pub(super) seen_to: Option<Cue>,
    /// What follows it.
    pub next: Next,
    /// The second that was kept last.
    pub(super) kept: Option<Cue>,
}

impl Playing {
    /// A track that the player was asked for just now.
    pub fn of(track: Track, next: Next) -> Playing {
        let end = track.end;
        Playing { track, follows: false, at: None, end, paused: false, seen_to: None, next, kept: None }
    }

    /// How much of the talk lies behind the second that is played, from 0 to 1, where it is known how long it is.
    pub fn progress(&self) -> Option<f64> {
        let start = self.track.start.map_or(0, Cue::seconds);
        let (at, length) = (self.at?.seconds().saturating_sub(start), self.end?.seconds().saturating_sub(start));
        (length > 0).then(|| f64::from(at.min(length)) / f64::from(length))
    }
}

/// What could be played, and what is.
impl Model {
    /// What `p` would play: the talk under the cursor, or the talks of the shelf under it from the first one on.
    pub fn playable(&self) -> Option<usize> {
        match self.subject()? {
            Subject::Talk(talk) => Some(talk).filter(|talk| self.has_recording(*talk)),
            Subject::Event(event) => self.catalogue.events()[event].talks.clone().find(|talk| self.has_recording(*talk)),
            Subject::Shelf(_) => self.shelf()?.talks(&self.marks).into_iter().find(|talk| self.has_recording(*talk)),
        }
    }

    /// Is there anything of a talk to play?
    pub(super) fn has_recording(&self, talk: usize) -> bool {
        self.catalogue.talks().get(talk).is_some_and(|talk| talk.url().is_some())
    }

    /// Is it what is played?
    pub fn plays(&self, talk: &Talk) -> bool {
        self.playing.as_ref().is_some_and(|playing| playing.track.talk == talk.id)
    }

    /// Is something played by a player that takes orders?
    pub fn steers(&self) -> bool {
        self.playing.as_ref().is_some_and(|playing| playing.follows)
    }

    /// The talk that comes after one: the next in the queue where it stands there, else the next of its evening, else the first in
    /// the queue.
    pub fn after(&self, talk: usize) -> Option<usize> {
        let queue = self.marks.queue();
        let place = queue.iter().position(|queued| *queued == talk);
        let queued = queue.iter().skip(place.map_or(0, |place| place + 1)).copied().find(|talk| self.has_recording(*talk));
        if place.is_some() {
            return queued;
        }
        let event = self.catalogue.talks().get(talk).map(|talk| self.catalogue.event_of(talk))?;
        (talk + 1..event.talks.end).find(|talk| self.has_recording(*talk)).or(queued)
    }
}
