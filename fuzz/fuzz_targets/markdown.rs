//! Any Markdown has a layout at any width.
#![no_main]

use cuepoint::markdown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (width, text) = input;
    markdown::render(text, usize::from(width), 0);
    markdown::inline(text, 0);
});
