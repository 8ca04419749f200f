//! The archive inside the program: every file of `data/`, so that an installed program shows something at once.

use super::{Format, SourceFile, SourceText, native};
use crate::domain::Place;
use std::path::Path;

/// Name and text of each event file, put together when the program is built.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// Reads the archive inside the program.
pub fn read() -> Vec<SourceFile> {
    let read = |(name, text): &(&str, &str)| {
        let reading = native::read(&SourceText { place: Place::of(Path::new(name)), text: text.replace("\r\n", "\n") });
        SourceFile { source: 0, path: Path::new(name).into(), format: Format::named("native"), reading }
    };
    FILES.iter().map(read).collect()
}
