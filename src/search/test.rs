//! What a talk must be, apart from its words.

use super::plan::Aside;
use super::query::{Has, Is, Want};
use crate::domain::talk::{Kind, Status};
use crate::domain::{Catalogue, Marks, language};
use jiff::civil::Date;
use std::collections::HashSet;
use std::ops::RangeInclusive;

/// A condition that a talk passes or does not.
#[derive(Debug)]
pub enum Test {
    /// One of some.
    Any(Vec<Test>),
    /// The opposite.
    Not(Box<Test>),
    /// It was found already.
    Found(Aside),
    /// Its day is within.
    Date(RangeInclusive<Date>),
    /// It is of a kind.
    Kind(Kind),
    /// It is held in a language that is written in one of these ways.
    Language(HashSet<String>),
    /// It has something.
    Has(Has),
    /// It is something to the user, or is not.
    Is(Is, Marks),
}

impl Test {
    /// The test for what is wanted; words and recordings are no tests, and passed by none.
    pub fn of(want: &Want, catalogue: &Catalogue, marks: &Marks) -> Test {
        match want {
            Want::Date(days) => Test::Date(days.clone()),
            Want::Kind(kind) => Test::Kind(*kind),
            Want::Language(language) => Test::Language(written(catalogue, language)),
            Want::Has(has) => Test::Has(*has),
            Want::Is(is) => Test::Is(*is, marks.clone()),
            Want::Text(_) | Want::Video(_) => Test::Any(Vec::new()),
        }
    }

    /// The opposite, if it is wanted.
    pub fn negated(self, negated: bool) -> Test {
        if negated { Test::Not(Box::new(self)) } else { self }
    }

    /// Does a talk pass?
    pub fn passes(&self, catalogue: &Catalogue, number: u32) -> bool {
        let talk = &catalogue.talks()[number as usize];
        match self {
            Test::Any(tests) => tests.iter().any(|test| test.passes(catalogue, number)),
            Test::Not(test) => !test.passes(catalogue, number),
            Test::Found(aside) => aside.of(number) > 0,
            Test::Date(days) => days.contains(&catalogue.event_of(talk).date),
            Test::Kind(kind) => talk.kind == *kind,
            Test::Language(wanted) => talk.language.as_deref().is_some_and(|spoken| wanted.contains(spoken)),
            Test::Has(Has::Cue) => talk.span.start.is_some(),
            Test::Has(Has::Slides) => talk.outline().slides,
            Test::Has(Has::Takeaways) => talk.outline().takeaways,
            Test::Is(is, marks) => marks.has(number as usize, is.mark) != is.not,
            Test::Has(Has::Recording) => talk.recording.is_some() && talk.status == Status::Recorded,
        }
    }
}

/// The ways in which a catalogue's talks name a language: a few, while talks may be many.
fn written(catalogue: &Catalogue, wanted: &str) -> HashSet<String> {
    let all: HashSet<&str> = catalogue.talks().iter().filter_map(|talk| talk.language.as_deref()).collect();
    all.into_iter().filter(|spoken| speaks(spoken, wanted)).map(str::to_owned).collect()
}

/// Does a talk's language answer to a wanted one? `en-GB` answers to `en`.
fn speaks(spoken: &str, wanted: &str) -> bool {
    let spoken = language::comparable(spoken);
    spoken == wanted || spoken.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('-'))
}
