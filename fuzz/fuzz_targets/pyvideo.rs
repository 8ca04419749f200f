//! Any text is what pyvideo and media.ccc.de publish, or problems; a beginning of it too.
#![no_main]

use cuepoint::domain::{Catalogue, Place};
use cuepoint::source::{SourceText, media_ccc, part, pyvideo};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: String| {
    for path in ["a/videos/x.json", "a/category.json"] {
        let source = SourceText { place: Place::of(path.as_ref()), text: text.clone() };
        pyvideo::detect(&source);
        media_ccc::detect(&source);
        for reading in [pyvideo::read(&source), media_ccc::read(&source)] {
            Catalogue::build(part::assemble(reading.parts).0);
        }
    }
});
