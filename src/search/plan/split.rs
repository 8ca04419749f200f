//! Words that were typed without the space between them: `justeat`, `servicemesh`, a whole name.

use super::phrase::Phrase;
use crate::search::index::{Index, Places};
use crate::search::typed::Typed;
use std::ops::Range;

/// Letters of a word that is worth taking apart, and of one that no name is as long as.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=40;
/// Parts that a word is taken into, and those of a long one: the longest names of people have so many.
const MOST_PARTS: usize = 4;
const MOST_PARTS_OF_LONG: usize = 6;
/// Letters from which on a word is long.
const LONG: usize = 16;
/// Letters of a last part that is still being typed.
const SHORTEST_BEGINNING: usize = 3;
/// Ways of taking a word apart that are tried.
const MOST: usize = 48;
/// Talks and events that are looked through for one of them: parts as frequent as that say nothing.
const MOST_TALKS: usize = 4000;

/// The ways of taking a word apart into words that are known, those into fewer words first.
pub fn splits(index: &Index, typed: &Typed, places: Places) -> Vec<Phrase> {
    if !LENGTHS.contains(&typed.len()) {
        return Vec::new();
    }
    let mut apart =
        Apart { index, text: &typed.text, words: vec![None; typed.text.len()], hopeless: vec![0; typed.text.len()], found: Vec::new() };
    for parts in 2..=most_parts(typed) {
        apart.take(0, parts, &mut Vec::new());
    }
    let phrases = apart.found.into_iter().map(|parts| Phrase { parts, body_parts: Vec::new(), places, starts: false, ends: false });
    phrases.filter(|phrase| phrase.size(index) <= MOST_TALKS).collect()
}

fn most_parts(typed: &Typed) -> usize {
    if typed.len() < LONG { MOST_PARTS } else { MOST_PARTS_OF_LONG }
}

/// A word that is taken apart.
struct Apart<'a> {
    index: &'a Index,
    text: &'a str,
    /// For each byte the known words that begin there, with their ends, once somebody asked.
    words: Vec<Option<Vec<(usize, u32)>>>,
    /// For each byte, as bits, the numbers of parts into which the rest cannot be taken.
    hopeless: Vec<u8>,
    found: Vec<Vec<Range<u32>>>,
}

impl Apart<'_> {
    /// Takes the rest behind a byte into so many parts; tells whether it can be.
    fn take(&mut self, start: usize, parts: usize, before: &mut Vec<Range<u32>>) -> bool {
        if self.found.len() >= MOST {
            return true;
        }
        if self.hopeless[start] >> parts & 1 == 1 {
            return false;
        }
        let can = if parts == 1 { self.take_last(start, before) } else { self.take_first(start, parts, before) };
        self.hopeless[start] |= u8::from(!can) << parts;
        can
    }

    fn take_last(&mut self, start: usize, before: &[Range<u32>]) -> bool {
        let (vocabulary, rest) = (&self.index.vocabulary, &self.text[start..]);
        let last = vocabulary.number(rest).map(|word| word..word + 1);
        let last = last.or_else(|| (rest.chars().count() >= SHORTEST_BEGINNING).then(|| vocabulary.begun(rest)));
        let last = last.filter(|range| !range.is_empty());
        let can = last.is_some();
        self.found.extend(last.map(|last| before.iter().cloned().chain([last]).collect()));
        can
    }

    fn take_first(&mut self, start: usize, parts: usize, before: &mut Vec<Range<u32>>) -> bool {
        let words = self.words[start].take().unwrap_or_else(|| self.begun_at(start));
        let mut can = false;
        for (end, word) in &words {
            before.push(*word..word + 1);
            can |= self.take(*end, parts - 1, before);
            before.pop();
        }
        self.words[start] = Some(words);
        can
    }

    /// The known words that begin at a byte and leave something behind them. Longer ones are likelier meant.
    fn begun_at(&self, start: usize) -> Vec<(usize, u32)> {
        let ends = self.text[start..].char_indices().rev().map(|(at, _)| start + at).filter(|end| *end > start);
        ends.filter_map(|end| Some((end, self.index.vocabulary.number(&self.text[start..end])?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Catalogue, Event, EventDraft, Place, Talk};
    use proptest::prelude::*;

    fn index(words: &[String]) -> Index {
        let file = || Place::of("x".as_ref());
        let event = Event::new("8", "8", jiff::civil::date(2020, 1, 2), file());
        let talks = vec![Talk::new(words.join(" "), file())];
        let catalogue = Catalogue::build(vec![EventDraft { event, talks }]).0;
        Index::build(&catalogue, catalogue.talks().len())
    }

    /// Every way to cut a text into so many pieces.
    fn cuts(text: &str, pieces: usize) -> Vec<Vec<&str>> {
        if pieces == 1 {
            return vec![vec![text]];
        }
        let first = (1..text.len()).flat_map(|at| {
            let (piece, rest) = text.split_at(at);
            cuts(rest, pieces - 1).into_iter().map(move |cut| [vec![piece], cut].concat())
        });
        first.collect()
    }

    proptest! {
        /// What is found without trying every cut is what trying every cut finds, as far as there is room.
        #[test]
        fn all_ways_are_found(words in proptest::collection::vec("[abc]{1,4}", 1..6), typed in "[abc]{5,8}|[ab]{16}") {
            let (index, typed) = (index(&words), Typed::new(typed));
            let number = |word: &str| index.vocabulary.number(word).map(|word| word..word + 1);
            let last = |word: &str| number(word).or_else(|| Some(index.vocabulary.begun(word)).filter(|range| word.len() >= 3 && !range.is_empty()));
            let known = |cut: &Vec<&str>| -> Option<Vec<Range<u32>>> {
                let (end, first) = cut.split_last()?;
                first.iter().map(|word| number(word)).chain([last(end)]).collect()
            };
            let mut expected: Vec<_> = (2..=most_parts(&typed)).flat_map(|pieces| cuts(&typed.text, pieces)).filter_map(|cut| known(&cut)).collect();
            let mut found: Vec<_> = splits(&index, &typed, Places::ALL).into_iter().map(|phrase| phrase.parts).collect();
            prop_assert!(found.windows(2).all(|pair| pair[0].len() <= pair[1].len()));
            if expected.len() <= MOST {
                let key = |parts: &Vec<Range<u32>>| parts.iter().map(|part| (part.start, part.end)).collect::<Vec<_>>();
                expected.sort_by_key(key);
                found.sort_by_key(key);
                prop_assert_eq!(found, expected);
            } else {
                prop_assert_eq!(found.len(), MOST);
            }
        }

        #[test]
        fn any_word_is_taken_apart_in_little_time(typed in "[abé東]{5,40}") {
            let words: Vec<String> = ["a", "b", "ab", "ba", "é", "bé", "東"].map(str::to_owned).to_vec();
            prop_assert!(splits(&index(&words), &Typed::new(typed), Places::ALL).len() <= MOST);
        }
    }
}
