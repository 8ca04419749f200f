//! pyvideo: `category.json`, and one JSON file a video.

use super::{Reading, SourceText};

/// Is this text of this format?
pub fn detect(_source: &SourceText) -> bool {
    false
}

/// Reads one file.
pub fn read(_source: &SourceText) -> Reading {
    Reading::default()
}
