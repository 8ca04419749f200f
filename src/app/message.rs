//! What happened, and what is to be done about it.

use super::input::Input;
use super::layout::Size;
use crate::domain::{Catalogue, Problem};
use std::sync::Arc;

/// Something happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The user did something.
    Input(Input),
    /// The terminal has another size.
    Resized(Size),
    /// The sources were read.
    Loaded {
        /// Every event and talk.
        catalogue: Arc<Catalogue>,
        /// What is wrong in them.
        problems: Vec<Problem>,
    },
    /// A search was answered.
    Found {
        /// The query it answers; another one may have been typed since.
        query: String,
        /// Indices of talks, best first.
        hits: Vec<usize>,
    },
    /// Something was done; a sentence about it.
    Done(String),
    /// Something failed; a sentence about it.
    Failed(String),
}

/// Something is to be done outside the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the search engine.
    Search(String),
    /// Open a link.
    Open {
        /// The link.
        url: String,
        /// What it is, to be said when it is open (`Moving to the cloud at 1:36:34`).
        what: String,
    },
    /// Put a text on the clipboard.
    Copy(String),
    /// Stop until the shell wakes the program.
    Suspend,
    /// Leave.
    Quit,
}
