//! Sources: text in, drafts and problems out. One file for each format; [`files`] alone walks folders and reads.
//!
//! A reader never fails: what can be read becomes drafts, what cannot becomes problems, and neither hides the other.

pub mod bundled;
pub mod files;
pub mod jekyll;
pub mod native;
mod yaml;

pub use files::{Counts, read_paths};

use crate::domain::{Catalogue, EventDraft, Place, Problem};
use std::path::PathBuf;

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

/// Everything that some sources hold, ready to be browsed.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Every event and talk.
    pub catalogue: Catalogue,
    /// What is wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// What was looked at.
    pub counts: Counts,
}

/// Reads files and folders; without any, the archive inside the program.
pub fn load(paths: &[PathBuf]) -> Loaded {
    let (reading, counts) = if paths.is_empty() { (bundled::read(), Counts::default()) } else { read_paths(paths) };
    let mut problems = reading.problems;
    let (catalogue, found) = Catalogue::build(reading.drafts);
    problems.extend(found);
    problems.sort_by(|a, b| (&a.place, a.severity).cmp(&(&b.place, b.severity)));
    Loaded { catalogue, problems, counts }
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
struct Format {
    /// Is this text of this format? Asked of every file, so it must be cheap.
    detect: fn(&SourceText) -> bool,
    /// Reads the text.
    read: fn(&SourceText) -> Reading,
}

/// Every format, the most particular first.
const FORMATS: &[Format] = &[Format { detect: native::detect, read: native::read }, Format { detect: jekyll::detect, read: jekyll::read }];

impl Format {
    /// The format that a text is of, by what is in it.
    fn of(text: &SourceText) -> Option<&'static Format> {
        FORMATS.iter().find(|format| (format.detect)(text))
    }
}
