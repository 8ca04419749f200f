//! Building the index, on every core: each takes a run of events, numbers its words for itself, and the numbers are then
//! brought together.

use super::read::{Part, Words};
use super::{Index, Lists, Word};
use crate::domain::Catalogue;
use crate::search::vocabulary::Vocabulary;
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

/// Numbers some words of all parts in the order of the alphabet.
fn number(parts: &mut [Part], words: impl Fn(&mut Part) -> &mut Words) -> Vocabulary {
    let mut parts: Vec<&mut Words> = parts.iter_mut().map(words).collect();
    let sorted: Vec<Vec<u32>> = thread::scope(|scope| {
        let sort = |words: &Words| {
            let mut order: Vec<u32> = (0..small(words.len())).collect();
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
pub fn small(number: usize) -> u32 {
    u32::try_from(number).expect("less than four thousand million words")
}
