//! Any text is a schedule or problems.
#![no_main]

use cuepoint::domain::{Catalogue, Place};
use cuepoint::source::{SourceText, schedule};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: String| {
    let place = Place::of("schedule.xml".as_ref());
    // Most inputs should get to events.
    let inside = format!("<schedule><conference><start>2020-12-02</start></conference><day><room><event>{text}</event></room></day></schedule>");
    for text in [text, inside] {
        let source = SourceText { place: place.clone(), text };
        schedule::detect(&source);
        Catalogue::build(schedule::read(&source).drafts);
    }
});
