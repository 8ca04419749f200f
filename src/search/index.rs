//! The index: which talks each word of the vocabulary stands in, and the words of each talk in order.

mod build;
mod read;
mod stored;

use super::vocabulary::Vocabulary;
use crate::domain::Event;
use std::borrow::Cow;
use std::ops::Range;

/// Where in a talk a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The talk's title.
    Title,
    /// A speaker's name.
    Speaker,
    /// A name that a speaker also goes by, and that is not printed with the talk.
    OtherName,
    /// A speaker's company.
    Company,
    /// A tag, or what sort of presentation it is.
    Tag,
    /// The event's series, title, place or date.
    Event,
    /// The takeaways and the description.
    Body,
}

impl Place {
    /// Those whose words are kept in order, by the number that a [`Word`] holds.
    pub const IN_ORDER: [Place; 6] = [Place::Title, Place::Speaker, Place::OtherName, Place::Company, Place::Tag, Place::Event];

    /// Is it the name of a person?
    pub fn is_person(self) -> bool {
        matches!(self, Place::Speaker | Place::OtherName)
    }

    /// Is it the name of a person or a company?
    pub fn is_name(self) -> bool {
        self.is_person() || self == Place::Company
    }
}

/// Some of the places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Places(u8);

impl Places {
    /// Every place.
    pub const ALL: Places = Places(0b111_1111);

    /// Some places.
    pub fn of(places: &[Place]) -> Places {
        Places(places.iter().fold(0, |bits, place| bits | 1 << *place as u8))
    }

    /// Those but people and companies.
    pub fn without_names(self) -> Places {
        Places(self.0 & !Places::of(&[Place::Speaker, Place::OtherName, Place::Company]).0)
    }

    /// Is a place among them?
    pub fn has(self, place: Place) -> bool {
        self.0 & (1 << place as u8) != 0
    }
}

/// How a word stands among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// A word; the next one stands beside it.
    Part,
    /// The form in which the parts behind it were written together.
    Joined,
    /// The first letters of the name.
    Initials,
}

/// A word where it stands: its number in the vocabulary, its place, and whether a value (a name, a title) begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(u32);

impl Word {
    const NUMBER: u32 = (1 << 26) - 1;
    /// Stands where the [`Stand`] does, for a part that [`Word::is_initial`].
    const INITIAL: u32 = 3;

    fn new(number: u32, place: Place, stand: Stand, begins: bool) -> Word {
        assert!(number <= Word::NUMBER, "more than {} distinct words", Word::NUMBER);
        Word(number | (stand as u32) << 26 | (place as u32) << 28 | u32::from(begins) << 31)
    }

    /// Its number in the vocabulary.
    pub fn number(self) -> u32 {
        self.0 & Word::NUMBER
    }

    /// Where it stands.
    pub fn place(self) -> Place {
        Place::IN_ORDER[(self.0 >> 28 & 7) as usize]
    }

    /// How it stands.
    pub fn stand(self) -> Stand {
        match self.0 >> 26 & 3 {
            1 => Stand::Joined,
            2 => Stand::Initials,
            _ => Stand::Part,
        }
    }

    /// Is it but the first letter of a person's other name, such as the `M.` of `Ann M. Lee`?
    pub fn is_initial(self) -> bool {
        self.0 >> 26 & 3 == Word::INITIAL
    }

    fn as_initial(self) -> Word {
        Word(self.0 | Word::INITIAL << 26)
    }

    /// Does a value begin with it?
    pub fn begins_value(self) -> bool {
        self.0 >> 31 == 1
    }

    fn renumbered(self, number: u32) -> Word {
        Word(self.0 & !Word::NUMBER | number)
    }
}

/// Lists of numbers, one behind the other.
#[derive(Debug)]
pub struct Lists<T> {
    all: Vec<T>,
    /// Where each list begins, and the end of the last.
    starts: Vec<u32>,
}

impl<T> Lists<T> {
    /// No list yet.
    fn new() -> Lists<T> {
        Lists { all: Vec::new(), starts: vec![0] }
    }

    /// How many lists there are.
    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Every list, in order.
    fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.len()).map(|number| self.of(number))
    }

    /// The list of a number.
    pub fn of(&self, number: usize) -> &[T] {
        &self.all[self.place_of(number)]
    }

    /// The lists of neighbouring numbers, one behind the other.
    pub fn of_range(&self, numbers: Range<u32>) -> &[T] {
        &self.all[self.starts[numbers.start as usize] as usize..self.starts[numbers.end as usize] as usize]
    }

    /// Where the list of a number lies among all.
    pub fn place_of(&self, number: usize) -> Range<usize> {
        self.starts[number] as usize..self.starts[number + 1] as usize
    }

    /// How long the list of a number is.
    pub fn len_of(&self, number: usize) -> usize {
        self.place_of(number).len()
    }
}

/// An index over the talks of a catalogue, from the first on.
#[derive(Debug)]
pub struct Index {
    /// Every distinct word outside the bodies.
    pub vocabulary: Vocabulary,
    /// Every distinct word of the bodies: many more, and only found as they begin.
    pub body_vocabulary: Vocabulary,
    /// The words of each talk but those of its body, in order.
    pub talks: Lists<Word>,
    /// The words of each event, in order.
    pub events: Lists<Word>,
    /// The talks of each event.
    pub talks_of: Vec<Range<u32>>,
    /// For each word: the talks in which it stands outside the body, in order.
    pub in_talks: Lists<u32>,
    /// Beside each of these: what the best place of the word there adds to what it is worth (see [`worth`]).
    pub worths: Vec<u8>,
    /// For each word: the events in which it stands, in order.
    pub in_events: Lists<u32>,
    /// For each word of the bodies: the talks in whose body it stands, in order.
    pub in_bodies: Lists<u32>,
}

impl Index {
    /// How many talks are indexed.
    pub fn len(&self) -> usize {
        self.talks.len()
    }

    /// How many events are indexed.
    pub fn events(&self) -> usize {
        self.events.len()
    }
}

/// The most that [`worth`] gives.
#[cfg(test)]
pub const MOST_WORTH: u16 = 43;

/// What a place adds to a word found there, and the more the fewer words its value has. The places differ by less than two kinds
/// of match do.
///
/// `words` is how many the value has, `last` whether it is the last of them.
pub fn worth(place: Place, words: usize, last: bool) -> u8 {
    // How much a place counts, and how much more where the word is all there is.
    let (weight, whole) = match place {
        Place::Speaker => (14, 20),
        // Who types a name as it is printed somewhere finds that first.
        Place::OtherName => (10, 20),
        Place::Company => (14, 24),
        Place::Title => (11, 32),
        Place::Tag => (6, 4),
        Place::Event => (3, 0),
        Place::Body => (0, 0),
    };
    // People are looked for by their last name.
    let name = if place.is_person() && last && words > 1 { 8 } else { 0 };
    weight + name + whole / u8::try_from(words.max(1)).unwrap_or(u8::MAX)
}

/// Is a word of a value the last of those that stand side by side?
pub fn is_last(value: &[Word], at: usize) -> bool {
    value[at + 1..].iter().all(|word| word.stand() != Stand::Part)
}

/// How many of some words stand side by side. Initials do not count: with or without one it is the same person.
pub fn parts(words: &[Word]) -> usize {
    words.iter().filter(|word| word.stand() == Stand::Part && !word.is_initial()).count()
}

/// The texts by which an event is found.
pub fn event_texts(event: &Event) -> impl Iterator<Item = Cow<'_, str>> {
    let date = event.date;
    let month = date.strftime("%B %Y").to_string();
    // Most titles begin with the series, and stand for it then.
    let series = Some(event.series.as_str()).filter(|_| event.title_after_series().is_none());
    let texts =
        series.into_iter().chain([event.title.as_str()]).chain(event.location.as_deref()).chain(event.tags.iter().map(String::as_str));
    texts.map(Cow::Borrowed).chain([Cow::Owned(month)])
}
