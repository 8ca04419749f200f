//! Words that were typed without the space between them: `justeat`, `servicemesh`, a whole name.

use super::phrase::Phrase;
use crate::search::index::{Index, Places};
use crate::search::typed::Typed;

/// Letters of a word that is worth taking apart, and of one that no name is as long as.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=40;
/// Parts that a word is taken into.
const MOST_PARTS: usize = 4;
/// Letters of a last part that is still being typed.
const SHORTEST_BEGINNING: usize = 3;
/// Ways of taking a word apart that are tried.
const MOST: usize = 48;
/// Talks and events that are looked through for one of them: parts as frequent as that say nothing.
const MOST_TALKS: usize = 4000;

/// The ways of taking a word apart into words that are known.
pub fn splits(index: &Index, typed: &Typed, places: Places) -> Vec<Phrase> {
    if !LENGTHS.contains(&typed.len()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    take_apart(index, &typed.text, &mut Vec::new(), &mut found);
    let phrases = found.into_iter().map(|parts| Phrase { parts, body_parts: Vec::new(), places, starts: false, ends: false });
    phrases.filter(|phrase| phrase.size(index) <= MOST_TALKS).collect()
}

fn take_apart(index: &Index, rest: &str, before: &mut Vec<std::ops::Range<u32>>, found: &mut Vec<Vec<std::ops::Range<u32>>>) {
    if found.len() >= MOST {
        return;
    }
    if !before.is_empty() {
        let last = index.vocabulary.number(rest).map(|word| word..word + 1);
        let last = last.or_else(|| (rest.chars().count() >= SHORTEST_BEGINNING).then(|| index.vocabulary.begun(rest)));
        if let Some(last) = last.filter(|range| !range.is_empty()) {
            found.push(before.iter().cloned().chain([last]).collect());
        }
    }
    if before.len() + 1 >= MOST_PARTS {
        return;
    }
    // Longer first parts are likelier words.
    for (at, _) in rest.char_indices().skip(1).collect::<Vec<_>>().into_iter().rev() {
        if let Some(word) = index.vocabulary.number(&rest[..at]) {
            before.push(word..word + 1);
            take_apart(index, &rest[at..], before, found);
            before.pop();
        }
    }
}
