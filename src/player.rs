//! Playing a talk from its first second to its last, in a player of the user's.

use crate::domain::{Chapter, Cue};

/// What is to be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// The id of the talk.
    pub talk: String,
    /// Its title.
    pub title: String,
    /// The recording, without any second in it: a web address, or the path of a file.
    pub address: String,
    /// Where in the recording the talk begins, where that is known.
    pub start: Option<Cue>,
    /// Where it ends.
    pub end: Option<Cue>,
    /// Where one goes on who stopped inside it.
    pub resume: Option<Cue>,
    /// What can be jumped to inside it, in order.
    pub chapters: Vec<Chapter>,
}

/// What a player is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Play this, in the place of what is played.
    Play(Box<Track>),
    /// Pause, or go on.
    TogglePause,
    /// Go to a second of the recording.
    SeekTo(Cue),
    /// Go so many seconds forward, or back below zero, not past the talk's bounds.
    SeekBy(i32),
    /// Stop playing, and close the player.
    Stop,
}

/// What a player tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The player runs and has the talk.
    Started {
        /// The id of the talk.
        talk: String,
        /// The player's name (`mpv`).
        by: String,
        /// Does it tell where it is, and take orders?
        follows: bool,
    },
    /// The player is at a second of the recording; told once a second, and at once where it is paused, goes on or jumps.
    Position {
        /// The id of the talk.
        talk: String,
        /// The second.
        at: Cue,
        /// Where the talk ends, as far as the player knows.
        end: Option<Cue>,
        /// Is it paused?
        paused: bool,
    },
    /// Nine tenths of the talk were seen; told once.
    Watched(String),
    /// Nothing is played any more.
    Ended {
        /// The id of the talk.
        talk: String,
        /// Where it was last.
        at: Option<Cue>,
        /// Why.
        how: End,
    },
    /// The talk was not played, and why.
    Failed {
        /// The id of the talk.
        talk: String,
        /// A sentence.
        why: String,
    },
}

/// Why nothing is played any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The talk is over.
    Reached,
    /// The user closed the player, or had it stopped.
    Closed,
    /// The player ended in a way that it should not, with what is known of it.
    Died(String),
}
