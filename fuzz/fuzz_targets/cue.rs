//! Any text is a cue or an error, and a cue is written as it is read.
#![no_main]

use cuepoint::domain::Cue;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(cue) = Cue::parse(text) {
        assert_eq!(Cue::parse(&cue.to_string()), Ok(cue));
    }
});
