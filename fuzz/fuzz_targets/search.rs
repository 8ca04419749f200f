//! Any query has an answer or a reason why not, and lights up whole characters of any text, in order.
#![no_main]

use cuepoint::search::{Engine, Place};
use cuepoint::source;
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Arc::new(source::load(&[]).catalogue)));

fuzz_target!(|input: (&str, &str, usize)| {
    let (query, text, cursor) = input;
    for completion in ENGINE.complete(query, cursor) {
        assert!(query.get(completion.range).is_some());
    }
    let answer = match ENGINE.answer(query) {
        Ok(answer) => answer,
        Err(error) => {
            assert!(query.get(error.range).is_some());
            return;
        }
    };
    if let Some(suggestion) = &answer.suggestion {
        assert!(ENGINE.answer(suggestion).is_ok_and(|other| !other.hits.is_empty()));
    }
    for place in [Place::Title, Place::Speaker, Place::Body] {
        let mut end = 0;
        for range in answer.matcher.ranges(place, text) {
            assert!(range.start >= end && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            end = range.end;
        }
    }
});
