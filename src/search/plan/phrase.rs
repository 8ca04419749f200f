//! Words side by side in one value of a field.

use super::aside::Aside;
use super::{Plan, places};
use crate::domain::Talk;
use crate::search::index::{Index, Lists, Place, Places, Stand, Word, worth};
use crate::search::query::{Mode, Text};
use crate::search::tokens::{self, Form};
use crate::search::vocabulary::Vocabulary;
use std::ops::Range;

/// Bodies that are read again to see whether the words stand side by side there: reading all would hold up a key.
const BODIES_READ: usize = 2000;

/// What each word more adds.
const SIDE_BY_SIDE: u16 = 50;

/// Words that must stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The vocabulary's words that each may be. Never empty.
    pub parts: Vec<Range<u32>>,
    /// The same for the words of the bodies; empty if they are not looked through.
    pub body_parts: Vec<Range<u32>>,
    /// Where.
    pub places: Places,
    /// A value begins with it.
    pub starts: bool,
    /// A value ends with it.
    pub ends: bool,
}

impl Phrase {
    /// The phrase that a text stands for, if there is a word in it.
    pub fn of(index: &Index, text: &Text) -> Option<Phrase> {
        // `^kub` and a word still being typed go on; `mesh$` and a closed quote do not.
        let open = match text.mode {
            Mode::Phrase => false,
            Mode::OpenPhrase => true,
            Mode::Fuzzy | Mode::Exact => !text.ends,
        };
        Phrase::read(index, text, open)
    }

    /// The same, every word of it whole.
    pub fn whole_words(index: &Index, text: &Text) -> Option<Phrase> {
        Phrase::read(index, text, false)
    }

    fn read(index: &Index, text: &Text, open: bool) -> Option<Phrase> {
        let folded = crate::text::fold(&text.text);
        let tokens: Vec<_> = tokens::of(&folded).into_iter().filter(|token| token.form == Form::Part).collect();
        let of = |vocabulary: &Vocabulary| -> Vec<Range<u32>> {
            let word = |(i, token): (usize, &tokens::Token)| {
                let begun = open && i + 1 == tokens.len();
                if begun { vocabulary.begun(&token.text) } else { vocabulary.number(&token.text).map_or(0..0, |number| number..number + 1) }
            };
            tokens.iter().enumerate().map(word).collect()
        };
        if tokens.is_empty() {
            return None;
        }
        let places = places(text.field);
        let bodies = places.has(Place::Body) && !text.starts && !text.ends;
        let body_parts = if bodies { of(&index.body_vocabulary) } else { Vec::new() };
        Some(Phrase { parts: of(&index.vocabulary), body_parts, places, starts: text.starts, ends: text.ends })
    }

    /// Gives points to the talks in which it stands.
    pub fn find(&self, plan: &Plan, points: u16, aside: &mut Aside) {
        let (index, size) = (plan.index, plan.index.len());
        let points = points + SIDE_BY_SIDE * u16::try_from(self.parts.len() - 1).unwrap_or(9).min(9);
        for talk in once_each(rarest(&self.parts, &index.in_talks)) {
            if let Some(place) = self.stands_in(index.talks.of(talk as usize)) {
                aside.raise(std::iter::once(talk), points + u16::from(worth(place, usize::MAX, false)), size);
            }
        }
        if self.places.has(Place::Event) {
            for event in once_each(rarest(&self.parts, &index.in_events)) {
                if self.stands_in(index.events.of(event as usize)).is_some() {
                    aside.raise(index.talks_of[event as usize].clone(), points + u16::from(worth(Place::Event, usize::MAX, false)), size);
                }
            }
        }
        if !self.body_parts.is_empty() {
            aside.raise(self.bodies(plan).into_iter(), super::points::IN_BODY, size);
        }
    }

    /// How many talks and events are looked through for it.
    pub fn size(&self, index: &Index) -> usize {
        rarest(&self.parts, &index.in_talks).len() + rarest(&self.parts, &index.in_events).len()
    }

    /// The place where it stands in some words.
    fn stands_in(&self, words: &[Word]) -> Option<Place> {
        let first = |(at, word): &(usize, &Word)| self.parts[0].contains(&word.number()) && self.stands_from(words, *at);
        words.iter().enumerate().find(first).map(|(_, word)| word.place())
    }

    /// Does it stand from a word on, whose number is right?
    fn stands_from(&self, words: &[Word], at: usize) -> bool {
        let word = words[at];
        if word.stand() != Stand::Part || !self.places.has(word.place()) || (self.starts && !begins_value(words, at)) {
            return false;
        }
        let mut others = (at + 1..words.len()).filter(|at| words[*at].stand() == Stand::Part);
        for part in &self.parts[1..] {
            let Some(next) = others.next() else { return false };
            if !part.contains(&words[next].number()) || begins_value(words, next) {
                return false;
            }
        }
        !self.ends || others.next().is_none_or(|next| begins_value(words, next))
    }

    /// Talks in whose body it stands.
    fn bodies(&self, plan: &Plan) -> Vec<u32> {
        let lists = &plan.index.in_bodies;
        let mut talks = once_each(rarest(&self.body_parts, lists));
        if let [_] = self.body_parts.as_slice() {
            return talks;
        }
        for part in &self.body_parts {
            if part.len() == 1 {
                let list = lists.of(part.start as usize);
                talks.retain(|talk| list.binary_search(talk).is_ok());
            }
        }
        talks.truncate(BODIES_READ);
        talks.retain(|talk| self.stands_in_body(plan.index, &plan.catalogue.talks()[*talk as usize]));
        talks
    }

    fn stands_in_body(&self, index: &Index, talk: &Talk) -> bool {
        let mut folded = String::new();
        let mut stands_in = |text: &String| {
            tokens::fold_into(text, &mut folded);
            let mut numbers = Vec::new();
            tokens::each(&folded, |token| {
                if token.form == Form::Part {
                    numbers.push(index.body_vocabulary.number(&token.text).unwrap_or(u32::MAX));
                }
            });
            numbers.windows(self.body_parts.len()).any(|window| window.iter().zip(&self.body_parts).all(|(word, part)| part.contains(word)))
        };
        talk.glance(|about| about.takeaways.iter().chain(&about.description).any(&mut stands_in))
    }
}

/// The numbers behind the part that stands in the fewest lists; with a part of several words some may come twice.
fn rarest<'a>(parts: &[Range<u32>], lists: &'a Lists<u32>) -> &'a [u32] {
    parts.iter().map(|part| lists.of_range(part.clone())).min_by_key(|list| list.len()).unwrap_or_default()
}

/// The numbers of some lists one behind the other, each once, in order.
fn once_each(numbers: &[u32]) -> Vec<u32> {
    let ascending = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    let mut numbers = numbers.to_vec();
    if !ascending {
        numbers.sort_unstable();
        numbers.dedup();
    }
    numbers
}

/// Does a value begin with a word? Its joined form may stand before it.
fn begins_value(words: &[Word], at: usize) -> bool {
    words[at].begins_value() || (at > 0 && words[at - 1].stand() == Stand::Joined && words[at - 1].begins_value())
}
