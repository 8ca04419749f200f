//! Any text is a post or problems.
#![no_main]

use cuepoint::domain::{Catalogue, Place};
use cuepoint::source::{SourceText, jekyll};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: String| {
    let place = Place::of("_posts/2020-12-02-x.md".as_ref());
    // Most inputs should get past the front matter.
    let text = format!("---\ntitle: \"Boat Nights December 2020: A, B and C\"\ntags: [Meetup]\n---\n{text}");
    let reading = jekyll::read(&SourceText { place, text });
    Catalogue::build(reading.drafts);
});
