//! Sources: text in, drafts and problems out. One file for each format; [`files`] alone walks folders and reads.
//!
//! A reader never fails: what can be read becomes drafts, what cannot becomes problems, and neither hides the other.

pub mod bundled;
pub mod files;
pub mod jekyll;
pub mod native;
mod yaml;

pub use files::{Counts, read_paths};

use crate::domain::{EventDraft, Place, Problem};

/// What was found in one or many files.
#[derive(Debug, Default, PartialEq)]
pub struct Reading {
    /// Events with their talks.
    pub drafts: Vec<EventDraft>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Takes over what another reading found.
    pub fn extend(&mut self, other: Reading) {
        self.drafts.extend(other.drafts);
        self.problems.extend(other.problems);
    }
}

/// A file's text, ready for a reader: UTF-8, without byte-order mark, with `\n` at its line ends.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The file.
    pub place: Place,
    /// What stands in it.
    pub text: String,
}

/// A format that archives are published in.
#[derive(Debug)]
pub struct Format {
    /// The name that `--format` of a source takes.
    pub name: &'static str,
    /// One line on what it is.
    pub about: &'static str,
    /// Is this text of this format? Asked of every file, so it must be cheap.
    detect: fn(&SourceText) -> bool,
    /// Reads the text.
    read: fn(&SourceText) -> Reading,
}

/// Every format, the most particular first.
pub const FORMATS: &[Format] = &[
    Format { name: "native", about: "cuepoint's own event files (YAML)", detect: native::detect, read: native::read },
    Format { name: "jekyll", about: "a blog's write-ups of meetups (Markdown posts)", detect: jekyll::detect, read: jekyll::read },
];

impl Format {
    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a text is of, by what is in it.
    fn of(text: &SourceText) -> Option<&'static Format> {
        FORMATS.iter().find(|format| (format.detect)(text))
    }
}
