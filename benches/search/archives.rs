//! Real talks to measure with: the bundled archive, and `RubyEvents` and pyvideo where `CUEPOINT_CORPORA` names a folder
//! that holds them.

use cuepoint::domain::EventDraft;
use cuepoint::source::{self, Source, bundled};
use std::path::PathBuf;

/// Every event of the bundled archive and of those in `CUEPOINT_CORPORA`.
pub fn load() -> Vec<EventDraft> {
    let mut drafts: Vec<EventDraft> = bundled::read().into_iter().flat_map(|file| file.reading.drafts).collect();
    let Some(corpora) = std::env::var_os("CUEPOINT_CORPORA").map(PathBuf::from) else {
        println!("CUEPOINT_CORPORA is not set: RubyEvents and pyvideo are left out, all words come from the bundled archive.\n");
        return drafts;
    };
    let sources = ["rubyevents", "pyvideo"].map(|name| Source::at(&corpora.join(name)));
    let (files, problems) = source::read(&sources);
    let (read, _) = source::drafts(&sources, files, problems);
    println!("{} events of RubyEvents and pyvideo in CUEPOINT_CORPORA\n", read.len());
    drafts.extend(read);
    drafts
}
