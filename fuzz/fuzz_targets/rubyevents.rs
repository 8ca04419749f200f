//! Any text is a file of an archive or problems, whichever of its files it is taken for.
#![no_main]

use cuepoint::domain::{Catalogue, Place};
use cuepoint::source::{SourceText, part, rubyevents};
use libfuzzer_sys::fuzz_target;

/// What the sorts of files begin with, so that all of them are tried.
const BEGINNINGS: [&str; 6] = [
    "- id: a\n  title: b\n  date: 2020-01-02\n  video_provider: youtube\n  video_id: abcdefghijk\n  ",
    "id: a\ntitle: b\nkind: meetup\ntimezone: c\n",
    "name: a\nkind: b\nfrequency: c\n",
    "name: a\naddress: b\nmaps: c\n",
    "- tiers:\n    - sponsors:\n",
    "- name: a\n  slug: b\n  github: c\n  ",
];

fuzz_target!(|input: (u8, String)| {
    let beginning = BEGINNINGS.get(usize::from(input.0)).copied().unwrap_or_default();
    let source = SourceText { place: Place::of("a/b/videos.yml".as_ref()), text: format!("{beginning}{}", input.1) };
    let length = source.text.len();
    if !rubyevents::detect(&source) {
        return;
    }
    let reading = rubyevents::read(&source);
    let talks: usize = reading.parts.iter().map(|part| part.talks.len()).sum();
    // Aliases may stand for talks, but not for any number of them.
    assert!(talks <= 4 * length + 70_000, "{talks} talks in {length} bytes");
    let (drafts, _) = part::assemble(reading.parts);
    Catalogue::build(drafts);
});
