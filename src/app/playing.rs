//! What is being played, as far as the player tells.

use crate::domain::Cue;
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
    /// The player's name, once it runs.
    pub by: Option<String>,
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
        Playing { track, by: None, follows: false, at: None, end, paused: false, seen_to: None, next, kept: None }
    }

    /// How much of the talk lies behind the second that is played, from 0 to 1, where it is known how long it is.
    pub fn progress(&self) -> Option<f64> {
        let start = self.track.start.map_or(0, Cue::seconds);
        let (at, length) = (self.at?.seconds().saturating_sub(start), self.end?.seconds().saturating_sub(start));
        (length > 0).then(|| f64::from(at.min(length)) / f64::from(length))
    }
}
