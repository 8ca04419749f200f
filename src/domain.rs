//! The nouns: events, talks, speakers, recordings, cues. Nothing here reads, writes or draws.

pub mod about;
pub mod alias;
pub mod catalogue;
pub mod cue;
pub mod event;
pub mod language;
pub mod link;
pub mod lint;
pub mod marks;
pub mod problem;
pub mod provenance;
pub mod talk;

pub use about::About;
pub use alias::Alias;
pub use catalogue::Catalogue;
pub use cue::{Cue, Span};
pub use event::{Event, EventDraft, Labelled, NextMeetup};
pub use link::{Link, Provider, Recording};
pub use marks::{Change, Mark, Marks, Note};
pub use problem::{Place, Problem, Severity};
pub use provenance::{Field, Origin, Provenance};
pub use talk::{Chapter, Kind, Speaker, Status, Talk};
