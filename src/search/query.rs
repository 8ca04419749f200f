//! Queries: what was typed, read into clauses that a talk must satisfy.
//!
//! A query is a list of clauses that must all hold; a clause is one term or several with `|` between them, one of which
//! must hold; a term may be negated with `!` and bound to a field with `field:`.

pub mod context;
mod dates;
mod fields;
pub mod help;
mod lex;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod values;

pub use context::{Context, context};
pub use fields::{FIELDS, values};
pub use help::HELP;
pub(super) use lex::is_quote;
pub use parse::{MAX_CHARS, MAX_TERMS};

use crate::domain::Mark;
use crate::domain::link::Link;
use crate::domain::talk::Kind;
use jiff::civil::Date;
use std::ops::{Range, RangeInclusive};

/// A query, read. An empty one (no clauses) finds every talk.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// All must hold.
    pub clauses: Vec<Clause>,
    /// The order that was asked for instead of the best first.
    pub sort: Option<Sort>,
}

/// Alternatives, one of which must hold. Never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// The alternatives.
    pub any: Vec<Term>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The talk must not satisfy it.
    pub negated: bool,
    /// What a talk must have.
    pub want: Want,
    /// Where it stands in the query, in bytes.
    pub range: Range<usize>,
}

/// What a talk must have.
#[derive(Debug, Clone, PartialEq)]
pub enum Want {
    /// Words in one of its texts.
    Text(Text),
    /// A day within.
    Date(RangeInclusive<Date>),
    /// A sort of presentation.
    Kind(Kind),
    /// A language, folded: `en` stands for `en-GB` too.
    Language(String),
    /// Something that not every talk has.
    Has(Has),
    /// Something that the talk is to the user.
    Is(Is),
    /// A recording; with a start, the talk that is running at that second comes first.
    Video(Link),
}

/// Words, and how they are to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The only field in which to look.
    pub field: Option<Field>,
    /// As typed, without the signs around it; never without a letter or digit.
    pub text: String,
    /// How.
    pub mode: Mode,
    /// `^`: where a value of a field begins.
    pub starts: bool,
    /// `$`: where a value of a field ends.
    pub ends: bool,
}

/// How words are to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Whole, begun, within a word, misspelled.
    Fuzzy,
    /// `'word`: the letters as they are, in a word or a part of one; no slips forgiven.
    Exact,
    /// `"some words"`: whole words side by side.
    Phrase,
    /// `"some wor`, the closing quote still to come: the last word may be unfinished.
    OpenPhrase,
}

/// A field that a term can be bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The talk's title.
    Title,
    /// A speaker's name.
    Speaker,
    /// A speaker's company.
    Company,
    /// The event's series, title and place.
    Event,
    /// What it is about: tags, title, takeaways.
    Topic,
}

/// Something that not every talk has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Has {
    /// A start in the recording.
    Cue,
    /// Slides.
    Slides,
    /// Takeaways.
    Takeaways,
    /// A recording.
    Recording,
}

/// Something that a talk is to the user, or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Is {
    /// What.
    pub mark: Mark,
    /// `unwatched`: it is not.
    pub not: bool,
}

/// An order of talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// `sort:-…`: the other way round.
    pub reversed: bool,
}

/// What talks are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// Newest first.
    Date,
    /// From A to Z.
    Title,
    /// By the first speaker, from A to Z.
    Speaker,
    /// Longest first; those of unknown length last.
    Length,
}

/// Does a query ask for what the user keeps about talks? One that cannot be read asks for nothing.
pub fn asks_for_marks(query: &str) -> bool {
    let asks = |query: Query| query.clauses.iter().flat_map(|clause| &clause.any).any(|term| matches!(term.want, Want::Is(_)));
    Query::parse(query).is_ok_and(asks)
}

/// Why a query cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The bytes of the query that are wrong.
    pub range: Range<usize>,
    /// What is wrong, and what to write instead.
    pub message: String,
}
