//! The order that a query asks for instead of the best first.

use super::query::{Sort, SortBy};
use crate::domain::{Catalogue, Talk};
use crate::text::fold_char;
use std::cmp::Ordering;

/// Puts talks in the order that was asked for; equal ones stay as they are in the catalogue, newest first.
pub fn sorted(catalogue: &Catalogue, mut talks: Vec<u32>, sort: Option<Sort>) -> Vec<u32> {
    let Some(Sort { by, reversed }) = sort else { return talks };
    let talk = |number: u32| &catalogue.talks()[number as usize];
    talks.sort_unstable();
    match by {
        // The evenings change places, the talks of an evening do not.
        SortBy::Date if reversed => talks.sort_by_key(|number| catalogue.event_of(talk(*number)).date),
        SortBy::Date => {}
        SortBy::Title => by_text(&mut talks, reversed, |number| &talk(number).title),
        SortBy::Speaker => by_text(&mut talks, reversed, |number| talk(number).speakers.first().map_or("", |s| &s.name)),
        SortBy::Length => {
            let key = |number: &u32| seconds(talk(*number)).map(|seconds| if reversed { seconds } else { u32::MAX - seconds });
            // Those of unknown length are last either way.
            talks.sort_by_key(|number| key(number).map_or((true, 0), |key| (false, key)));
        }
    }
    talks
}

fn seconds(talk: &Talk) -> Option<u32> {
    Some(talk.span.end?.seconds().saturating_sub(talk.span.start?.seconds()))
}

/// By folded letters, texts without any last. The first eight letters decide almost always; folding more is put off.
fn by_text<'a>(talks: &mut [u32], reversed: bool, text: impl Fn(u32) -> &'a str) {
    let mut keyed: Vec<(u64, u32)> = talks.iter().map(|number| (first_letters(text(*number)), *number)).collect();
    keyed.sort_unstable_by(|a, b| {
        let texts = a.0.cmp(&b.0).then_with(|| if a.0 == u64::MAX { Ordering::Equal } else { letters(text(a.1)).cmp(letters(text(b.1))) });
        let missing = (a.0 == u64::MAX).cmp(&(b.0 == u64::MAX));
        missing.then(if reversed { texts.reverse() } else { texts }).then(a.1.cmp(&b.1))
    });
    for (talk, (_, number)) in talks.iter_mut().zip(keyed) {
        *talk = number;
    }
}

/// Letters and digits, folded.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(fold_char).filter(|c| c.is_alphanumeric())
}

/// The first letters as a number that compares like them, as far as there is room.
fn first_letters(text: &str) -> u64 {
    let mut number = 0;
    let mut room = 3;
    for letter in letters(text).take(3) {
        number = number << 21 | u64::from(u32::from(letter));
        room -= 1;
    }
    if room == 3 { u64::MAX } else { number << (21 * room) }
}
