//! What happened, and what is to be done about it.

use super::input::Input;
use super::layout::Size;
use crate::archive::State;
use crate::domain::{Catalogue, Change, Marks, Problem};
use crate::open::Target;
use crate::player;
use crate::search::query::QueryError;
use crate::search::{Answer, Completion};
use crate::source::Report;
use std::sync::Arc;

/// Something happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The user did something.
    Input(Input),
    /// The terminal has another size.
    Resized(Size),
    /// So many files of the sources were looked at.
    Progress(usize),
    /// There is something to browse, or something else than before.
    Loaded {
        /// Every event and talk.
        catalogue: Arc<Catalogue>,
        /// What is wrong in the sources.
        problems: Vec<Problem>,
        /// What each of them gave.
        sources: Vec<Report>,
        /// How far that is to be believed.
        state: State,
    },
    /// What was told last is to be believed so far.
    Believed(State),
    /// A search was answered. The same one may be answered again, and better, while the index still grows.
    Found {
        /// The query it answers; another one may have been typed since.
        query: String,
        /// Where in it the caret stood, in bytes; it may have moved since.
        cursor: usize,
        /// What was found, or why the query cannot be read.
        result: Result<Answer, QueryError>,
        /// Ways to go on at the caret, best first.
        completions: Vec<Completion>,
    },
    /// A link was opened.
    Opened {
        /// A sentence about it.
        text: String,
        /// The id of the talk that it opens.
        talk: Option<String>,
    },
    /// A link was not opened, since nothing here does that.
    Unopened {
        /// The link.
        url: String,
        /// What it is.
        what: String,
        /// Why it was not opened.
        why: String,
    },
    /// What is kept about the talks of the catalogue that was told last.
    Marks(Marks),
    /// The player tells something.
    Player(player::News),
    /// The editor was closed.
    Edited {
        /// What was being written.
        draft: Draft,
        /// What stands there now.
        text: String,
    },
    /// Something was done; a sentence about it.
    Done(String),
    /// Something failed; a sentence about it.
    Failed(String),
}

/// A note that is written in the user's editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The id of the talk that it is about.
    pub talk: String,
    /// The title of that.
    pub title: String,
    /// The note's id, if there is one already.
    pub note: Option<i64>,
    /// What it says so far.
    pub text: String,
}

/// Something is to be done outside the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the search engine.
    Search {
        /// What was typed.
        query: String,
        /// Where in it the caret stands, in bytes.
        cursor: usize,
    },
    /// Open a link.
    Open {
        /// Where it leads.
        target: Target,
        /// What it is, to be said when it is open (`Moving to the cloud at 1:36:34`).
        what: String,
        /// The id of the talk that it opens, for the history.
        talk: Option<String>,
    },
    /// Put a text on the clipboard.
    Copy(String),
    /// Change what is kept in the library.
    Keep(Change),
    /// Take the last such change back.
    Undo,
    /// Have the player do something.
    Play(player::Order),
    /// Let the user write in an editor.
    Edit(Draft),
    /// Stop reading the sources.
    StopReading,
    /// Look at the sources again.
    Reread,
    /// Stop until the shell wakes the program.
    Suspend,
    /// Leave.
    Quit,
}
