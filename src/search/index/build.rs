//! Building the index, on every core: each takes a run of events, numbers its words for itself, and the numbers are then
//! brought together.

use super::{Index, Lists, Place, Stand, Word};
use crate::domain::talk::Kind;
use crate::domain::{Catalogue, Event, Talk};
use crate::search::tokens::{self, Form};
use crate::search::vocabulary::{INITIALS, Vocabulary};
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use std::ops::Range;
use std::thread;

/// Talks below which a second thread costs more than it brings.
const WORTH_A_THREAD: usize = 500;

impl Index {
    /// Indexes the first talks of a catalogue.
    pub fn build(catalogue: &Catalogue, talks: usize) -> Index {
        let runs = runs(catalogue, talks);
        let mut parts: Vec<Part> = thread::scope(|scope| {
            let workers: Vec<_> = runs.into_iter().map(|events| scope.spawn(move || Part::read(catalogue, events, talks))).collect();
            workers.into_iter().map(|worker| worker.join().expect("a reader of words does not panic")).collect()
        });
        let vocabulary = number(&mut parts, |part| &mut part.words);
        let body_vocabulary = number(&mut parts, |part| &mut part.body_words);
        let (words, body_words) = (vocabulary.len(), body_vocabulary.len());
        thread::scope(|scope| {
            for part in &mut parts {
                scope.spawn(|| part.renumber());
            }
        });
        let in_talks = inverted(&parts, words, |part| (&part.talks, part.first_talk), |word: &Word| word.number());
        let in_events = inverted(&parts, words, |part| (&part.events, part.first_event), |word: &Word| word.number());
        let in_bodies = inverted(&parts, body_words, |part| (&part.bodies, part.first_talk), |word: &u32| *word);
        let talks_of = parts.iter().flat_map(|part| part.talks_of.iter().cloned()).collect();
        let (talks, events) = parts.into_iter().map(|part| (part.talks, part.events)).unzip();
        let (talks, events) = (joined(talks), joined(events));
        let worths = worths(&talks, &in_talks);
        Index { vocabulary, body_vocabulary, talks, events, talks_of, in_talks, worths, in_events, in_bodies }
    }
}

/// The events of the first talks, cut into as many runs as there are cores, about as many talks in each.
fn runs(catalogue: &Catalogue, talks: usize) -> Vec<Range<usize>> {
    let events = catalogue.events().partition_point(|event| event.talks.start < talks);
    let cores = thread::available_parallelism().map_or(1, usize::from).min(talks / WORTH_A_THREAD).max(1);
    let mut runs = Vec::new();
    let mut start = 0;
    for core in 1..=cores {
        let end =
            if core == cores { events } else { catalogue.events()[..events].partition_point(|e| e.talks.start < talks * core / cores) };
        runs.push(start..end);
        start = end;
    }
    runs
}

/// A run of events, its words numbered for itself.
struct Part {
    words: Words,
    body_words: Words,
    first_talk: u32,
    first_event: u32,
    talks: Lists<Word>,
    events: Lists<Word>,
    bodies: Lists<u32>,
    talks_of: Vec<Range<u32>>,
}

/// Distinct words in the order in which they came.
#[derive(Default)]
struct Words {
    letters: String,
    ends: Vec<u32>,
    table: HashTable<Known>,
    hasher: DefaultHashBuilder,
    /// The number of each in the vocabulary, once there is one.
    numbers: Vec<u32>,
}

/// A word: its number, and where its letters are, which are compared so often that they must be at hand.
#[derive(Clone, Copy)]
struct Known {
    number: u32,
    start: u32,
    end: u32,
}

impl Words {
    fn get(&self, number: u32) -> &str {
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
    fn read(catalogue: &Catalogue, events: Range<usize>, talks: usize) -> Part {
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
                reader.talk(talk, &mut part.words, &mut part.talks.all);
                part.talks.end();
                reader.body(talk, &mut part.body_words, &mut part.bodies.all);
                part.bodies.end();
            }
        }
        part
    }

    /// Puts the numbers of the vocabulary in the place of its own.
    fn renumber(&mut self) {
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
    fn talk(&mut self, talk: &Talk, words: &mut Words, into: &mut Vec<Word>) {
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
        for tag in &talk.about().tags {
            self.value(tag, Place::Tag, words, into);
        }
        if talk.kind != Kind::Talk {
            self.value(talk.kind.name(), Place::Tag, words, into);
        }
    }

    fn event(&mut self, event: &Event, words: &mut Words, into: &mut Vec<Word>) {
        for text in super::event_texts(event) {
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
    }

    fn body(&mut self, talk: &Talk, words: &mut Words, into: &mut Vec<u32>) {
        self.bodies += 1;
        for text in talk.about().takeaways.iter().chain(&talk.about().description) {
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

/// Numbers some words of all parts in the order of the alphabet.
fn number(parts: &mut [Part], words: impl Fn(&mut Part) -> &mut Words) -> Vocabulary {
    let mut parts: Vec<&mut Words> = parts.iter_mut().map(words).collect();
    let sorted: Vec<Vec<u32>> = thread::scope(|scope| {
        let sort = |words: &Words| {
            let mut order: Vec<u32> = (0..small(words.ends.len())).collect();
            order.sort_unstable_by(|a, b| words.get(*a).cmp(words.get(*b)));
            order
        };
        let workers: Vec<_> = parts.iter().map(|part| scope.spawn(move || sort(part))).collect();
        workers.into_iter().map(|worker| worker.join().expect("sorting does not panic")).collect()
    });
    let mut numbers: Vec<Vec<u32>> = sorted.iter().map(|order| vec![0; order.len()]).collect();
    let mut at = vec![0; parts.len()];
    let mut count = 0;
    let vocabulary = Vocabulary::new(std::iter::from_fn(|| {
        let head = |part: usize| sorted[part].get(at[part]).map(|number| parts[part].get(*number));
        let next = (0..at.len()).filter_map(head).min()?;
        let equal: Vec<usize> = (0..at.len()).filter(|part| head(*part) == Some(next)).collect();
        for part in equal {
            numbers[part][sorted[part][at[part]] as usize] = count;
            at[part] += 1;
        }
        count += 1;
        Some(next)
    }));
    for (part, numbers) in parts.iter_mut().zip(numbers) {
        part.numbers = numbers;
    }
    vocabulary
}

/// For each word the lists in which it stands, in order. Counted by part, then written by ranges of words.
fn inverted<'a, T: Sync + 'a>(
    parts: &'a [Part],
    words: usize,
    lists: impl Fn(&'a Part) -> (&'a Lists<T>, u32) + Sync,
    number: impl Fn(&T) -> u32 + Sync,
) -> Lists<u32> {
    let counts: Vec<Vec<u32>> = thread::scope(|scope| {
        let count = |part: &'a Part| {
            let mut counts = vec![0; words];
            each_once(lists(part), words, &number, |word, _| counts[word] += 1);
            counts
        };
        let workers: Vec<_> = parts.iter().map(|part| scope.spawn(move || count(part))).collect();
        workers.into_iter().map(|worker| worker.join().expect("counting does not panic")).collect()
    });
    let mut starts = Vec::with_capacity(words + 1);
    starts.push(0);
    let mut total = 0;
    for word in 0..words {
        total += counts.iter().map(|counts| counts[word]).sum::<u32>();
        starts.push(total);
    }
    drop(counts);
    let mut all = vec![0; total as usize];
    thread::scope(|scope| {
        let (mut rest, mut first) = (all.as_mut_slice(), 0);
        for share in 1..=small(parts.len()) {
            let wanted = u64::from(total) * u64::from(share) / parts.len() as u64;
            let last =
                if share as usize == parts.len() { words } else { starts.partition_point(|start| u64::from(*start) < wanted).min(words) };
            let last = last.max(first);
            let (mine, others) = std::mem::take(&mut rest).split_at_mut((starts[last] - starts[first]) as usize);
            rest = others;
            let (starts, lists, number, range) = (&starts, &lists, &number, first..last);
            scope.spawn(move || {
                let mut next: Vec<u32> = starts[range.clone()].iter().map(|start| start - starts[range.start]).collect();
                for part in parts {
                    each_once(lists(part), words, number, |word, list| {
                        if range.contains(&word) {
                            let next = &mut next[word - range.start];
                            mine[*next as usize] = list;
                            *next += 1;
                        }
                    });
                }
            });
            first = last;
        }
    });
    Lists { all, starts }
}

/// Every word of every list, once for each list.
fn each_once<T>((lists, first): (&Lists<T>, u32), words: usize, number: impl Fn(&T) -> u32, mut take: impl FnMut(usize, u32)) {
    let mut last = vec![u32::MAX; words];
    for (list, entries) in (first..).zip(lists.iter()) {
        for entry in entries {
            let word = number(entry) as usize;
            if last[word] != list {
                last[word] = list;
                take(word, list);
            }
        }
    }
}

/// What the best place of each word in each talk is worth, beside the lists of talks.
fn worths(talks: &Lists<Word>, in_talks: &Lists<u32>) -> Vec<u8> {
    let mut worths = vec![0; in_talks.all.len()];
    // Talks come in order here as there: where the next talk of each word lies.
    let mut next = in_talks.starts.clone();
    let mut last = vec![u32::MAX; in_talks.starts.len()];
    for (talk, words) in (0..).zip(talks.iter()) {
        for value in words.chunk_by(|_, next| !next.begins_value()) {
            let (place, count) = (value[0].place(), super::parts(value));
            for (i, word) in value.iter().enumerate() {
                let number = word.number() as usize;
                if last[number] != talk {
                    last[number] = talk;
                    next[number] += 1;
                }
                let known = &mut worths[next[number] as usize - 1];
                *known = super::worth(place, count, super::is_last(value, i)).max(*known);
            }
        }
    }
    worths
}

fn joined<T>(parts: Vec<Lists<T>>) -> Lists<T> {
    let mut parts = parts.into_iter();
    let mut joined = parts.next().unwrap_or_else(Lists::new);
    for part in parts {
        let before = small(joined.all.len());
        joined.all.extend(part.all);
        joined.starts.extend(part.starts[1..].iter().map(|start| start + before));
    }
    joined.all.shrink_to_fit();
    joined
}

/// A number as it is kept: four thousand million words are beyond any catalogue.
fn small(number: usize) -> u32 {
    u32::try_from(number).expect("less than four thousand million words")
}
