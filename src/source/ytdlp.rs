//! yt-dlp: the info JSON of one video, or the dump of a playlist.

use super::{Reading, SourceText};

/// Is this text of this format?
pub fn detect(_source: &SourceText) -> bool {
    false
}

/// Reads one file.
pub fn read(_source: &SourceText) -> Reading {
    Reading::default()
}
