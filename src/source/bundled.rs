//! The archive inside the program: every file of `data/`, so that an installed program shows something at once.

use super::report::{Ledger, Report, Taken};
use super::{Counts, Format, Reading, SourceText, native};
use crate::domain::Place;
use std::path::Path;

/// Name and text of each event file, put together when the program is built.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// Reads the archive inside the program.
pub fn read() -> Reading {
    read_counting().0
}

/// The same, and what it gave.
pub fn read_counting() -> (Reading, Counts, Ledger) {
    let (mut reading, mut ledger) = (Reading::default(), Ledger::new(vec![Report::bundled()]));
    for (name, text) in FILES {
        let place = Place::of(Path::new(name));
        let read = native::read(&SourceText { place: place.clone(), text: text.replace("\r\n", "\n") });
        ledger.note(0, &place, Format::named("native").map_or(Taken::Unknown, Taken::As), &read);
        reading.extend(read);
    }
    (reading, Counts::default(), ledger)
}
