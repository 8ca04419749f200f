//! Any text is a query or an error within it, what we print of a query reads the same, and any cursor has a context.
#![no_main]

use cuepoint::search::query::{MAX_CHARS, Query, context};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, usize)| {
    let (text, cursor) = input;
    context::context(text, cursor);
    match Query::parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            if printed.chars().count() <= MAX_CHARS {
                assert_eq!(Query::parse(&printed).map(|q| q.to_string()), Ok(printed));
            }
        }
        Err(error) => assert!(text.get(error.range).is_some_and(|wrong| !wrong.is_empty())),
    }
});
