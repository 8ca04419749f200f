//! Any text is a configuration with problems, each of them in the text; and nothing that is read was not written there.
#![no_main]

use cuepoint::config::parse;
use cuepoint::domain::Place;
use libfuzzer_sys::fuzz_target;
use std::path::Path;

fuzz_target!(|text: String| {
    let parsed = parse(&text, &Place::of("c.toml".as_ref()), Path::new("/etc"), Some(Path::new("/home/kim")));
    let lines = u32::try_from(text.matches('\n').count() + 1).unwrap_or(u32::MAX);
    for problem in &parsed.problems {
        assert!(problem.place.line.is_some_and(|line| (1..=lines).contains(&line)), "{problem}");
    }
    assert!(parsed.config.sources.len() <= text.matches("path").count() + text.matches('\\').count());
    assert!(parsed.config.sources.iter().all(|source| source.path.is_absolute()));
});
