//! What a user keeps about talks, laid beside the catalogue that they stand in.

use super::cue::Cue;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;

/// Something that a talk is to its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Worth keeping.
    Starred,
    /// Seen, to the end or nearly so.
    Watched,
    /// To be watched next.
    Queued,
    /// Seen in part: it goes on where one stopped.
    Begun,
    /// Written about.
    Noted,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Mark; 5] = [Mark::Starred, Mark::Watched, Mark::Queued, Mark::Begun, Mark::Noted];

    /// The word in queries (`is:starred`) and in files.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Starred => "starred",
            Mark::Watched => "watched",
            Mark::Queued => "queued",
            Mark::Begun => "begun",
            Mark::Noted => "noted",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A thought of the user's about a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its name in the library, which it keeps.
    pub id: i64,
    /// The second of the recording that it is about, where it is about one.
    pub at: Option<Cue>,
    /// Markdown.
    pub text: String,
    /// When it was written, or last changed.
    pub written: Timestamp,
}

/// A talk that was opened or played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Its index in the catalogue.
    pub talk: usize,
    /// When.
    pub at: Timestamp,
}

/// Talks in an order of the user's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playlist {
    /// What it is called; no two are called the same.
    pub name: String,
    /// Indices into the catalogue. A talk that is not there at present is left out.
    pub talks: Vec<usize>,
    /// How many are left out.
    pub lost: usize,
}

/// What is kept about a talk that no source holds any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Its name in the library, which it keeps.
    pub id: i64,
    /// The title it last had.
    pub title: String,
    /// Who gave it, as a by-line.
    pub by: String,
    /// Its event, with the date.
    pub event: String,
    /// A link that opened it, if it had one.
    pub url: Option<String>,
    /// What it was to the user.
    pub marks: Vec<Mark>,
    /// What the user wrote about it.
    pub notes: Vec<Note>,
}

/// Everything that is kept about the talks of one catalogue: talks are named by their indices in it.
///
/// A clone costs little, however much is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// A bit for each mark of each talk; none for talks behind the last one that has any.
    bits: Arc<Vec<u8>>,
    positions: Arc<HashMap<usize, Cue>>,
    notes: Arc<HashMap<usize, Arc<[Note]>>>,
    queue: Arc<Vec<usize>>,
    /// Each talk once, the one that was opened last first.
    pub history: Arc<Vec<Visit>>,
    /// By name.
    pub playlists: Arc<Vec<Playlist>>,
    /// What is kept about talks that the catalogue does not hold.
    pub lost: Arc<Vec<Lost>>,
}

impl Marks {
    /// Is the talk that to its user?
    pub fn has(&self, talk: usize, mark: Mark) -> bool {
        self.bits.get(talk).is_some_and(|bits| bits & mark.bit() != 0)
    }

    /// The talks that are that, in the order of the catalogue.
    pub fn talks(&self, mark: Mark) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().filter(move |(_, bits)| **bits & mark.bit() != 0).map(|(talk, _)| talk)
    }

    /// Says whether a talk is starred or watched.
    pub fn set(&mut self, talk: usize, mark: Mark, is: bool) {
        if is == self.has(talk, mark) {
            return;
        }
        let bits = Arc::make_mut(&mut self.bits);
        if bits.len() <= talk {
            bits.resize(talk + 1, 0);
        }
        bits[talk] ^= mark.bit();
        // So that marks are equal where the same is marked, whatever was before.
        bits.truncate(bits.iter().rposition(|bits| *bits != 0).map_or(0, |last| last + 1));
    }

    /// The second of the recording at which the user stopped; `None` where the talk was not begun.
    pub fn position(&self, talk: usize) -> Option<Cue> {
        self.positions.get(&talk).copied()
    }

    /// Says where the user stopped, which makes a talk [`Mark::Begun`].
    pub fn set_position(&mut self, talk: usize, at: Option<Cue>) {
        let positions = Arc::make_mut(&mut self.positions);
        match at {
            Some(at) => positions.insert(talk, at),
            None => positions.remove(&talk),
        };
        self.set(talk, Mark::Begun, at.is_some());
    }

    /// What the user wrote about a talk, in the order of the seconds it is about, what is about the whole of it first.
    pub fn notes(&self, talk: usize) -> &[Note] {
        self.notes.get(&talk).map_or(&[], |notes| notes)
    }

    /// Says what the user wrote about a talk, which makes it [`Mark::Noted`].
    pub fn set_notes(&mut self, talk: usize, mut notes: Vec<Note>) {
        notes.sort_by_key(|note| (note.at, note.id));
        self.set(talk, Mark::Noted, !notes.is_empty());
        let all = Arc::make_mut(&mut self.notes);
        if notes.is_empty() {
            all.remove(&talk)
        } else {
            all.insert(talk, notes.into())
        };
    }

    /// The same, where talks have other indices; what is kept about those that have none is left out.
    #[must_use]
    pub fn moved(&self, to: impl Fn(usize) -> Option<usize>) -> Marks {
        let all = |talks: &[usize]| talks.iter().filter_map(|talk| to(*talk)).collect::<Vec<_>>();
        let mut moved = Marks { lost: self.lost.clone(), ..Marks::default() };
        for mark in [Mark::Starred, Mark::Watched] {
            self.talks(mark).filter_map(&to).for_each(|talk| moved.set(talk, mark, true));
        }
        for (talk, at) in self.positions.iter().filter_map(|(talk, at)| Some((to(*talk)?, *at))) {
            moved.set_position(talk, Some(at));
        }
        for (talk, notes) in self.notes.iter().filter_map(|(talk, notes)| Some((to(*talk)?, notes))) {
            moved.set_notes(talk, notes.to_vec());
        }
        moved.set_queue(all(&self.queue));
        moved.history = Arc::new(self.history.iter().filter_map(|visit| Some(Visit { talk: to(visit.talk)?, ..*visit })).collect());
        let playlist = |list: &Playlist| {
            let talks = all(&list.talks);
            Playlist { name: list.name.clone(), lost: list.lost + list.talks.len() - talks.len(), talks }
        };
        moved.playlists = Arc::new(self.playlists.iter().map(playlist).collect());
        moved
    }

    /// The talks to be watched next, in order.
    pub fn queue(&self) -> &[usize] {
        &self.queue
    }

    /// Says what is to be watched next, which makes those talks [`Mark::Queued`] and no others.
    pub fn set_queue(&mut self, queue: Vec<usize>) {
        for talk in std::mem::take(&mut self.queue).iter() {
            self.set(*talk, Mark::Queued, false);
        }
        for talk in &queue {
            self.set(*talk, Mark::Queued, true);
        }
        self.queue = Arc::new(queue);
    }
}

/// A change to what is kept. Talks are named by their ids, which outlive a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Star a talk, or take the star away.
    Star(String, bool),
    /// Say that a talk was watched, or that it was not.
    Watch(String, bool),
    /// The player saw a talk watched, by itself: the user has nothing to take back.
    Seen(String),
    /// The player came to the end of a talk, by itself: where one stopped is forgotten, and the talk leaves the queue.
    Over(String),
    /// Say where in the recording one stopped; `None` forgets it.
    Position(String, Option<Cue>),
    /// Write a note.
    AddNote {
        /// The talk.
        talk: String,
        /// The second that it is about.
        at: Option<Cue>,
        /// Markdown.
        text: String,
    },
    /// Say anew what a note says; nothing removes it. Where the note is another one by now, what was said anew becomes a note beside it.
    EditNote {
        /// The note's id.
        note: i64,
        /// The second that it is about now.
        at: Option<Cue>,
        /// What it said when that was begun.
        before: String,
        /// Markdown.
        text: String,
    },
    /// Put a talk at the end of the queue.
    Enqueue(String),
    /// Take a talk out of the queue.
    Dequeue(String),
    /// Move a talk in the queue: below zero towards its beginning.
    Move(String, isize),
    /// Take everything out of the queue.
    ClearQueue,
    /// Save the queue under a name, in the place of what had it.
    SavePlaylist(String),
    /// Put the talks of a playlist at the end of the queue.
    EnqueuePlaylist(String),
    /// Forget a playlist; its talks stay.
    RemovePlaylist(String),
    /// A talk was opened or played, for the history.
    Visit(String),
    /// Forget what is kept about a talk that no source holds any more.
    Forget(i64),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(seconds: u64) -> Cue {
        Cue::from_seconds(seconds).expect("a cue")
    }

    #[test]
    fn a_talk_without_marks_takes_no_room() {
        let mut marks = Marks::default();
        marks.set(4, Mark::Starred, true);
        assert_eq!((marks.has(4, Mark::Starred), marks.has(4, Mark::Watched), marks.has(9_999, Mark::Starred)), (true, false, false));
        assert_eq!(marks.bits.len(), 5);
        marks.set(4, Mark::Starred, false);
        marks.set(9_999, Mark::Starred, false);
        assert_eq!(&marks, &Marks::default());
    }

    #[test]
    fn marks_follow_from_what_is_kept() {
        let mut marks = Marks::default();
        let before = marks.clone();
        marks.set_queue(vec![7, 2]);
        marks.set_queue(vec![2, 5]);
        marks.set_position(3, Some(cue(90)));
        let note = |id, at| Note { id, at, text: "so".into(), written: Timestamp::UNIX_EPOCH };
        marks.set_notes(1, vec![note(1, Some(cue(4))), note(3, None), note(2, None)]);
        assert_eq!(marks.talks(Mark::Queued).collect::<Vec<_>>(), [2, 5]);
        assert_eq!((marks.queue(), marks.position(3), marks.has(3, Mark::Begun)), ([2, 5].as_slice(), Some(cue(90)), true));
        assert_eq!(marks.notes(1).iter().map(|note| note.id).collect::<Vec<_>>(), [2, 3, 1]);
        marks.set_position(3, None);
        marks.set_notes(1, Vec::new());
        assert!(!marks.has(3, Mark::Begun) && !marks.has(1, Mark::Noted));
        assert_eq!(before, Marks::default());
    }

    #[test]
    fn what_is_kept_moves_with_its_talks() {
        let mut marks = Marks::default();
        marks.set(1, Mark::Starred, true);
        marks.set(2, Mark::Watched, true);
        marks.set_position(1, Some(cue(5)));
        marks.set_queue(vec![2, 1, 0]);
        marks.history = Arc::new(vec![Visit { talk: 0, at: Timestamp::UNIX_EPOCH }, Visit { talk: 2, at: Timestamp::UNIX_EPOCH }]);
        marks.playlists = Arc::new(vec![Playlist { name: "All".into(), talks: vec![0, 1, 2], lost: 1 }]);
        let moved = marks.moved(|talk| talk.checked_sub(1));
        assert!(moved.has(0, Mark::Starred) && moved.has(1, Mark::Watched) && !moved.has(1, Mark::Starred));
        assert_eq!((moved.position(0), moved.queue(), moved.history.len()), (Some(cue(5)), [1, 0].as_slice(), 1));
        assert_eq!((moved.playlists[0].talks.as_slice(), moved.playlists[0].lost), ([0, 1].as_slice(), 2));
        assert_eq!(marks.moved(Some), marks);
    }
}
