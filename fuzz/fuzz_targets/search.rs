//! Any query lights up whole characters of any text, in order.
#![no_main]

use cuepoint::search::highlights;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (query, text) = input;
    let mut end = 0;
    for range in highlights(query, text) {
        assert!(range.start >= end && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
        end = range.end;
    }
});
