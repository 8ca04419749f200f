//! The order that a query asks for instead of the best first.

use super::query::{Sort, SortBy};
use super::tokens::fold_into;
use crate::domain::{Catalogue, Talk};
use std::sync::OnceLock;

/// The talks of a catalogue by title and by speaker: worked out when first asked for, since it takes a while.
#[derive(Debug, Default)]
pub struct Orders {
    title: OnceLock<Vec<u32>>,
    speaker: OnceLock<Vec<u32>>,
}

/// The place of a talk that has no text to be ordered by.
const LAST: u32 = u32::MAX;

impl Orders {
    /// Works out what may be asked for.
    pub fn prepare(&self, catalogue: &Catalogue) {
        self.by(catalogue, SortBy::Title);
        self.by(catalogue, SortBy::Speaker);
    }

    /// Puts talks in the order that was asked for; equal ones stay as they are in the catalogue, newest first.
    pub fn sorted(&self, catalogue: &Catalogue, mut talks: Vec<usize>, sort: Option<Sort>) -> Vec<usize> {
        let Some(Sort { by, reversed }) = sort else { return talks };
        talks.sort_unstable();
        match by {
            // The evenings change places, the talks of an evening do not.
            SortBy::Date if reversed => talks.sort_by_key(|talk| catalogue.event_of(&catalogue.talks()[*talk]).date),
            SortBy::Date => {}
            SortBy::Title | SortBy::Speaker => by_place(&mut talks, reversed, |talk| self.by(catalogue, by)[talk]),
            SortBy::Length => by_place(&mut talks, !reversed, |talk| seconds(&catalogue.talks()[talk]).unwrap_or(LAST)),
        }
        talks
    }

    fn by(&self, catalogue: &Catalogue, by: SortBy) -> &[u32] {
        match by {
            SortBy::Title => self.title.get_or_init(|| places(catalogue, |talk| &talk.title)),
            _ => self.speaker.get_or_init(|| places(catalogue, |talk| talk.speakers.first().map_or("", |s| &s.name))),
        }
    }
}

/// Those without a place come last, either way round.
fn by_place(talks: &mut [usize], reversed: bool, place: impl Fn(usize) -> u32) {
    talks.sort_by_cached_key(|talk| match place(*talk) {
        LAST => LAST,
        place if reversed => LAST - 1 - place,
        place => place,
    });
}

fn seconds(talk: &Talk) -> Option<u32> {
    Some(talk.span.end?.seconds().saturating_sub(talk.span.start?.seconds()))
}

/// The place of each talk in the order of a text of it, by its folded letters and digits; equal texts share one.
fn places<'a>(catalogue: &'a Catalogue, text: impl Fn(&'a Talk) -> &'a str) -> Vec<u32> {
    let mut letters = String::new();
    let mut folded = String::new();
    let mut keys: Vec<(usize, usize)> = Vec::with_capacity(catalogue.talks().len());
    for talk in catalogue.talks() {
        let start = letters.len();
        fold_into(text(talk), &mut folded);
        letters.extend(folded.chars().filter(|c| c.is_alphanumeric()));
        keys.push((start, letters.len()));
    }
    let key = |talk: u32| {
        let (start, end) = keys[talk as usize];
        &letters[start..end]
    };
    let mut order: Vec<u32> = (0..u32::try_from(keys.len()).unwrap_or(LAST)).collect();
    order.sort_unstable_by(|a, b| key(*a).cmp(key(*b)));
    let mut places = vec![LAST; order.len()];
    let mut place = 0;
    for (i, talk) in order.iter().enumerate() {
        place += u32::from(i > 0 && key(order[i - 1]) != key(*talk));
        if !key(*talk).is_empty() {
            places[*talk as usize] = place;
        }
    }
    places
}
