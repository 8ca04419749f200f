//! A search: what was typed, what was found for it, and what is offered to go on with.

use super::command::Command;
use super::list::List;
use super::model::Pane;
use crate::search::query::QueryError;
use crate::search::{Completion, Matcher};

/// A search, and where it was begun.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Keys go into the text.
    pub typing: bool,
    /// What was typed.
    pub text: String,
    /// The byte of the text at which typing goes on.
    pub cursor: usize,
    /// The query that was answered last, which may be an older one than the text for a moment.
    pub answered: String,
    /// Why that one cannot be read.
    pub error: Option<QueryError>,
    /// The query whose hits are listed: the last one that could be read.
    pub shown: String,
    /// What lights up in them.
    pub matcher: Matcher,
    /// Where there are none: a query that finds something.
    pub suggestion: Option<String>,
    /// How many talks were looked through for them, where the index is still growing.
    pub partial: Option<usize>,
    /// The cursor was moved in the hits, so that it stays with its talk when they change.
    pub moved: bool,
    /// Ways to go on with the query that was answered last.
    pub(super) completions: Vec<Completion>,
    /// Where the caret stood when they were looked for.
    pub(super) completed: Option<usize>,
    /// The completions that Tab goes round.
    pub(super) cycle: Option<Cycle>,
    /// The list was moved in since the last change: it is no longer the words that are being sought.
    pub(super) put_away: bool,
    /// A command that waits for an answer.
    pub(super) deferred: Option<Command>,
    /// Where Esc comes back to.
    pub(super) before: Option<Snapshot>,
}

impl Search {
    /// Are hits shown instead of a view?
    pub fn is_on(&self) -> bool {
        self.typing || !self.text.is_empty()
    }

    /// Was something typed whose answer is not there yet?
    pub fn is_awaited(&self) -> bool {
        self.is_on() && self.text != self.answered
    }

    /// Does a command wait for an answer?
    pub fn defers(&self) -> bool {
        self.deferred.is_some()
    }

    /// What can be put in the place of what is being typed; empty where that is nothing.
    pub fn offers(&self) -> &[Completion] {
        match &self.cycle {
            _ if !self.takes_completions() => &[],
            Some(cycle) => &cycle.offered,
            None => &self.completions,
        }
    }

    /// The one of them that Tab would take, or took last.
    pub fn marked(&self) -> usize {
        self.cycle.as_ref().map_or(0, |cycle| cycle.at)
    }

    /// Is it still unknown what Tab would take?
    pub(super) fn awaits_completions(&self) -> bool {
        self.takes_completions() && self.cycle.is_none() && (self.is_awaited() || self.completed != Some(self.cursor))
    }

    fn takes_completions(&self) -> bool {
        self.typing && !self.put_away && !self.text.trim().is_empty()
    }

    /// The command that waited for what is there by now.
    pub(super) fn take_ready(&mut self) -> Option<Command> {
        let waits = match self.deferred? {
            Command::Complete | Command::CompletePrevious => self.awaits_completions(),
            _ => self.is_awaited(),
        };
        if waits { None } else { self.deferred.take() }
    }
}

/// Completions that are being gone round, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cycle {
    /// What was typed before the first of them was taken.
    pub typed: String,
    /// They, never none.
    pub offered: Vec<Completion>,
    /// The one that stands in the text now.
    pub at: usize,
}

/// What Tab does in the search line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Takes what is offered.
    Complete,
    /// Takes the query that was suggested, since nothing was found.
    Suggestion,
    /// Goes to the list.
    ToList,
}

impl Tab {
    /// The words for the footer.
    pub fn words(self) -> &'static str {
        match self {
            Tab::Complete => "complete",
            Tab::Suggestion => "take suggestion",
            Tab::ToList => "to the list",
        }
    }
}

/// Where one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Snapshot {
    pub focus: Pane,
    pub events: List,
    pub talks: List,
    pub scroll: usize,
}
