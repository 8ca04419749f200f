//! Any text is an event file or problems, and what we write of one reads without a loss.
#![no_main]

use cuepoint::domain::{Catalogue, Place};
use cuepoint::source::{SourceText, native};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: String| {
    let place = Place::of("x.yml".as_ref());
    let reading = native::read(&SourceText { place: place.clone(), text });
    for draft in &reading.drafts {
        let again = native::read(&SourceText { place: place.clone(), text: native::to_yaml(draft, None) });
        assert_eq!(again.drafts.first().map(|d| d.talks.len()), Some(draft.talks.len()));
    }
    Catalogue::build(reading.drafts);
});
