//! Any text is videos or problems, and any description has chapters in order or none.
#![no_main]

use cuepoint::domain::{Catalogue, Cue, Place};
use cuepoint::source::{SourceText, chapters, part, ytdlp};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: String| {
    for length in [None, Cue::from_seconds(3600).ok()] {
        if let Some(found) = chapters::chapters(&text, length) {
            assert!(found.chapters.windows(2).all(|pair| pair[0].start < pair[1].start));
            assert!(found.chapters.len() <= chapters::MOST && found.chapters.iter().all(|chapter| !chapter.title.is_empty()));
        }
    }
    // The same text as a description, so that talks are made of what is found.
    let video = serde_json::json!({"id": "aaaaaaaaaa1", "title": "Lightning talks", "extractor": "youtube", "upload_date": "20200101", "description": &text});
    for text in [text, video.to_string()] {
        let source = SourceText { place: Place::of("x.info.json".as_ref()), text };
        ytdlp::detect(&source);
        let reading = ytdlp::read(&source);
        let (assembled, _) = part::assemble(reading.parts);
        Catalogue::build([reading.drafts, assembled].concat());
    }
});
