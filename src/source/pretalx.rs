//! pretalx: dumps of its API, which hold no recordings, and are refused by name.

use super::{Reading, SourceText};

/// Is this text of this format?
pub fn detect(_source: &SourceText) -> bool {
    false
}

/// Reads one file.
pub fn read(_source: &SourceText) -> Reading {
    Reading::default()
}
