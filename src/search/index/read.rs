//! Reading a run of events into words, numbered for itself.

use super::build::small;
use super::{Lists, Place, Stand, Word, event_texts};
use crate::domain::talk::Kind;
use crate::domain::{About, Catalogue, Event, Talk};
use crate::search::tokens::{self, Form};
use crate::search::vocabulary::INITIALS;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use std::ops::Range;

/// A run of events, its words numbered for itself.
pub struct Part {
    pub words: Words,
    pub body_words: Words,
    pub first_talk: u32,
    pub first_event: u32,
    pub talks: Lists<Word>,
    pub events: Lists<Word>,
    pub bodies: Lists<u32>,
    pub talks_of: Vec<Range<u32>>,
}

/// Distinct words in the order in which they came.
#[derive(Default)]
pub struct Words {
    letters: String,
    ends: Vec<u32>,
    table: HashTable<Known>,
    hasher: DefaultHashBuilder,
    /// The number of each in the vocabulary, once there is one.
    pub numbers: Vec<u32>,
}

/// A word: its number, and where its letters are, which are compared so often that they must be at hand.
#[derive(Clone, Copy)]
struct Known {
    number: u32,
    start: u32,
    end: u32,
}

impl Words {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A word by its number here.
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        &self.letters[start..self.ends[number] as usize]
    }

    fn number(&mut self, word: &str) -> u32 {
        let Words { letters, ends, table, hasher, .. } = self;
        let get = |known: &Known| &letters[known.start as usize..known.end as usize];
        let hash = hasher.hash_one(word);
        if let Some(known) = table.find(hash, |known| get(known) == word) {
            return known.number;
        }
        let known = Known { number: small(ends.len()), start: small(letters.len()), end: small(letters.len() + word.len()) };
        table.insert_unique(hash, known, |known| hasher.hash_one(get(known)));
        letters.push_str(word);
        ends.push(known.end);
        known.number
    }
}

impl Part {
    /// Reads the events of a range, as far as the first talks go.
    pub fn read(catalogue: &Catalogue, events: Range<usize>, talks: usize) -> Part {
        let first_talk = catalogue.events().get(events.start).map_or(0, |event| event.talks.start);
        let mut reader = Reader::default();
        let mut part = Part {
            words: Words::default(),
            body_words: Words::default(),
            first_talk: small(first_talk),
            first_event: small(events.start),
            talks: Lists::new(),
            events: Lists::new(),
            bodies: Lists::new(),
            talks_of: Vec::with_capacity(events.len()),
        };
        for event in &catalogue.events()[events] {
            reader.event(event, &mut part.words, &mut part.events.all);
            part.events.end();
            part.talks_of.push(small(event.talks.start)..small(event.talks.end.min(talks)));
            for talk in &catalogue.talks()[event.talks.start..event.talks.end.min(talks)] {
                talk.glance(|about| {
                    reader.talk(talk, about, &mut part.words, &mut part.talks.all);
                    reader.body(about, &mut part.body_words, &mut part.bodies.all);
                });
                reader.other_names(catalogue, talk, &mut part.words, &mut part.talks.all);
                part.talks.end();
                part.bodies.end();
            }
        }
        part
    }

    /// Puts the numbers of the vocabulary in the place of its own.
    pub fn renumber(&mut self) {
        let (words, body_words) = (std::mem::take(&mut self.words), std::mem::take(&mut self.body_words));
        for word in self.talks.all.iter_mut().chain(&mut self.events.all) {
            *word = word.renumbered(words.numbers[word.number() as usize]);
        }
        for word in &mut self.bodies.all {
            *word = body_words.numbers[*word as usize];
        }
    }
}

impl<T> Lists<T> {
    /// Ends a list at what is there.
    fn end(&mut self) {
        self.starts.push(small(self.all.len()));
    }
}

/// Marks the single letters of a name that has two longer words beside them.
fn mark_initials(name: &mut [Word], words: &Words) {
    let is_letter = |word: &Word| {
        let mut letters = words.get(word.number()).chars();
        letters.next().is_some_and(|c| !tokens::is_word_by_itself(c)) && letters.next().is_none()
    };
    let (letters, longer): (Vec<usize>, Vec<usize>) =
        (0..name.len()).filter(|at| name[*at].stand() == Stand::Part).partition(|at| is_letter(&name[*at]));
    if longer.len() >= 2 {
        for at in letters {
            name[at] = name[at].as_initial();
        }
    }
}

/// Reads texts into words, with buffers that are used again.
#[derive(Default)]
struct Reader {
    folded: String,
    initials: String,
    /// The last body in which each word stood, counted from 1.
    seen: Vec<u32>,
    bodies: u32,
}

impl Reader {
    fn talk(&mut self, talk: &Talk, about: &About, words: &mut Words, into: &mut Vec<Word>) {
        self.value(&talk.title, Place::Title, words, into);
        for speaker in &talk.speakers {
            self.name(&speaker.name, Place::Speaker, words, into);
        }
        for (i, speaker) in talk.speakers.iter().enumerate() {
            let Some(company) = &speaker.company else { continue };
            if talk.speakers[..i].iter().all(|other| other.company.as_ref() != Some(company)) {
                self.name(company, Place::Company, words, into);
            }
        }
        for tag in &about.tags {
            self.value(tag, Place::Tag, words, into);
        }
        if talk.kind != Kind::Talk {
            self.value(talk.kind.name(), Place::Tag, words, into);
        }
    }

    /// Names of the speakers that are not printed with the talk.
    fn other_names(&mut self, catalogue: &Catalogue, talk: &Talk, words: &mut Words, into: &mut Vec<Word>) {
        for name in talk.speakers.iter().flat_map(|speaker| catalogue.other_names(&speaker.name)) {
            self.name(name, Place::OtherName, words, into);
        }
    }

    fn event(&mut self, event: &Event, words: &mut Words, into: &mut Vec<Word>) {
        for text in event_texts(event) {
            self.value(&text, Place::Event, words, into);
        }
        // One word, so that no month is found by its bare number, but by its beginning (`2020-12`).
        into.push(Word::new(words.number(&event.date.to_string()), Place::Event, Stand::Part, true));
    }

    fn value(&mut self, text: &str, place: Place, words: &mut Words, into: &mut Vec<Word>) {
        tokens::fold_into(text, &mut self.folded);
        let first = into.len();
        tokens::each(&self.folded, |token| {
            let stand = if token.form == Form::Joined { Stand::Joined } else { Stand::Part };
            into.push(Word::new(words.number(&token.text), place, stand, into.len() == first));
        });
    }

    /// A name is also known by the first letters of its words, if it has three to five of them.
    fn name(&mut self, name: &str, place: Place, words: &mut Words, into: &mut Vec<Word>) {
        let first = into.len();
        self.value(name, place, words, into);
        let parts = into[first..].iter().filter(|word| word.stand() == Stand::Part);
        self.initials.clear();
        self.initials.push(INITIALS);
        self.initials.extend(parts.clone().filter_map(|word| words.get(word.number()).chars().next()));
        if (3..=5).contains(&parts.count()) {
            into.push(Word::new(words.number(&self.initials), place, Stand::Initials, false));
        }
        if place.is_person() {
            mark_initials(&mut into[first..], words);
        }
    }

    fn body(&mut self, about: &About, words: &mut Words, into: &mut Vec<u32>) {
        self.bodies += 1;
        let chapters = about.chapters.iter().map(|chapter| &chapter.title);
        for text in about.takeaways.iter().chain(chapters).chain(&about.description) {
            tokens::fold_into(text, &mut self.folded);
            tokens::each(&self.folded, |token| {
                let number = words.number(&token.text);
                if self.seen.len() <= number as usize {
                    self.seen.resize(number as usize + 1, 0);
                }
                let seen = &mut self.seen[number as usize];
                if *seen != self.bodies {
                    *seen = self.bodies;
                    into.push(number);
                }
            });
        }
    }
}
