//! media.ccc.de: the JSON of its public API.

use super::{Reading, SourceText};

/// Is this text of this format?
pub fn detect(_source: &SourceText) -> bool {
    false
}

/// Reads one file.
pub fn read(_source: &SourceText) -> Reading {
    Reading::default()
}
