//! The library's shelves: what the user keeps, in the order in which one looks for it.

use crate::domain::{Mark, Marks};

/// A part of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// To be watched next, in order.
    Queue,
    /// Seen in part.
    Begun,
    /// Starred.
    Starred,
    /// Written about.
    Noted,
    /// Seen to the end.
    Watched,
    /// Opened or played, the last one first.
    History,
    /// A playlist, by its place among them.
    Playlist(usize),
    /// Kept about talks that no source holds any more.
    Lost,
}

impl Shelf {
    /// The shelves that there are. That of lost talks is there only if there are any.
    pub fn all(marks: &Marks) -> Vec<Shelf> {
        let mut all = vec![Shelf::Queue, Shelf::Begun, Shelf::Starred, Shelf::Noted, Shelf::Watched, Shelf::History];
        all.extend((0..marks.playlists.len()).map(Shelf::Playlist));
        all.extend((!marks.lost.is_empty()).then_some(Shelf::Lost));
        all
    }

    /// What it is called.
    pub fn name(self, marks: &Marks) -> &str {
        match self {
            Shelf::Queue => "Queue",
            Shelf::Begun => "Begun",
            Shelf::Starred => "Starred",
            Shelf::Noted => "Notes",
            Shelf::Watched => "Watched",
            Shelf::History => "History",
            Shelf::Playlist(at) => marks.playlists.get(at).map_or("", |playlist| &playlist.name),
            Shelf::Lost => "Not here",
        }
    }

    /// The talks on it, in its order: indices into the catalogue.
    pub fn talks(self, marks: &Marks) -> Vec<usize> {
        match self {
            Shelf::Queue => marks.queue().to_vec(),
            Shelf::Begun => marks.talks(Mark::Begun).collect(),
            Shelf::Starred => marks.talks(Mark::Starred).collect(),
            Shelf::Noted => marks.talks(Mark::Noted).collect(),
            Shelf::Watched => marks.talks(Mark::Watched).collect(),
            Shelf::History => marks.history.iter().map(|visit| visit.talk).collect(),
            Shelf::Playlist(at) => marks.playlists.get(at).map_or_else(Vec::new, |playlist| playlist.talks.clone()),
            Shelf::Lost => Vec::new(),
        }
    }

    /// How much is on it.
    pub fn len(self, marks: &Marks) -> usize {
        match self {
            Shelf::Queue => marks.queue().len(),
            Shelf::Begun => marks.talks(Mark::Begun).count(),
            Shelf::Starred => marks.talks(Mark::Starred).count(),
            Shelf::Noted => marks.talks(Mark::Noted).count(),
            Shelf::Watched => marks.talks(Mark::Watched).count(),
            Shelf::History => marks.history.len(),
            Shelf::Playlist(at) => marks.playlists.get(at).map_or(0, |playlist| playlist.talks.len()),
            Shelf::Lost => marks.lost.len(),
        }
    }

    /// What stands on it, and how it gets there (Markdown).
    pub fn about(self) -> &'static str {
        match self {
            Shelf::Queue => {
                "What you want to watch next, in order. `a` on a talk puts it here or takes it away, `J` and `K` move it, `p` plays \
                 from the first one on, `A` saves the queue as a playlist."
            }
            Shelf::Begun => "What you saw a part of in the player. `p` goes on where you stopped.",
            Shelf::Starred => "What is worth keeping. `s` on a talk stars it, and takes the star away.",
            Shelf::Noted => {
                "What you wrote about. `n` on a talk writes a line, `N` opens your editor; `12:30` in front of a note ties it to that second."
            }
            Shelf::Watched => "What you saw. Nine tenths of a talk in the player are enough; `w` says it by hand.",
            Shelf::History => "What you opened or played, the last one first.",
            Shelf::Playlist(_) => {
                "A playlist of yours. `p` plays it from the first one on, `A` puts its talks into the queue, `x` forgets it."
            }
            Shelf::Lost => {
                "What you keep about talks that none of the sources here holds. It comes back with them: nothing of it is forgotten unless you \
                 say so."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::marks::Playlist;
    use std::sync::Arc;

    #[test]
    fn every_shelf_holds_as_much_as_it_says() {
        let mut marks = Marks::default();
        marks.set(3, Mark::Starred, true);
        marks.set(1, Mark::Starred, true);
        marks.set_queue(vec![9, 4]);
        marks.playlists = Arc::new(vec![Playlist { name: "Winter".into(), talks: vec![5], lost: 0 }]);
        let names: Vec<&str> = Shelf::all(&marks).into_iter().map(|shelf| shelf.name(&marks)).collect();
        assert_eq!(names, ["Queue", "Begun", "Starred", "Notes", "Watched", "History", "Winter"]);
        for shelf in Shelf::all(&marks) {
            assert_eq!(shelf.talks(&marks).len(), shelf.len(&marks), "{shelf:?}");
        }
        assert_eq!((Shelf::Queue.talks(&marks), Shelf::Starred.talks(&marks)), (vec![9, 4], vec![1, 3]));
    }
}
