//! Any text is answered as Markdown, in time that does not grow faster than it does.
#![no_main]

use cuepoint::source::restructured::{html_to_markdown, to_markdown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: String| {
    html_to_markdown(&to_markdown(&text));
    // With something that makes reStructuredText of whatever it is.
    let marked = format!("#. x\n\n{text}");
    let written = html_to_markdown(&to_markdown(&marked)).into_owned();
    assert!(written.len() <= 64 + marked.len() * 24, "{} of {}", written.len(), marked.len());
});
