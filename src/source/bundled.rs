//! The archive inside the program: every file of `data/`, so that an installed program shows something at once.

use super::{Format, Reading, SourceFile, SourceText, native};
use crate::domain::Place;
use std::path::Path;

/// Name and text of each event file, put together when the program is built.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// Reads the archive inside the program.
pub fn read() -> SourceFile {
    let mut reading = Reading::default();
    for (name, text) in FILES {
        reading.extend(native::read(&SourceText { place: Place::of(Path::new(name)), text: text.replace("\r\n", "\n") }));
    }
    SourceFile { source: 0, path: "data".into(), format: Format::named("native"), reading }
}
