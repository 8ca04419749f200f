//! Ranking: how well each talk that has every word answers a query, and the order that follows from it.

use super::index::{Place, Stand, Word, is_last, parts, worth};
use super::plan::{Plan, Spelling, Wanted};
use super::query::MAX_TERMS;
use std::thread;

/// Talks below which a second thread costs more than it brings.
const WORTH_A_THREAD: usize = 4_000;

/// Bits below the score proper, for what only decides between talks that are otherwise equal.
const TIES: u32 = 2;

/// Talks that are read again to see whether they are spelled as was typed: reading more would hold up a key.
const SPELLINGS_READ: usize = 500;

/// A talk that was found: its score, with [`TIES`], and its index in the catalogue.
type Hit = (u32, u32);

/// The talks that a plan finds, best first; equal ones in the order of the catalogue.
pub fn ranked(plan: &Plan) -> Vec<usize> {
    if let [clause] = plan.clauses.as_slice()
        && !clause.bound
    {
        return by_one(plan, clause);
    }
    let talks = candidates(plan);
    if plan.clauses.is_empty() {
        return talks.into_iter().filter(|talk| passes(plan, *talk)).map(|talk| talk as usize).collect();
    }
    let cores = thread::available_parallelism().map_or(1, usize::from).min(talks.len() / WORTH_A_THREAD).max(1);
    let shares: Vec<&[u32]> = talks.chunks(talks.len().div_ceil(cores).max(1)).collect();
    let hits: Vec<Vec<Hit>> = match shares.as_slice() {
        [] => Vec::new(),
        [all] => vec![scored(plan, all)],
        shares => thread::scope(|scope| {
            let workers: Vec<_> = shares.iter().map(|share| scope.spawn(|| scored(plan, share))).collect();
            workers.into_iter().map(|worker| worker.join().expect("scoring does not panic")).collect()
        }),
    };
    in_order(plan, hits)
}

/// The talks of the clause that finds the fewest, in the order of the catalogue.
fn candidates(plan: &Plan) -> Vec<u32> {
    let size = u32::try_from(plan.index.len()).unwrap_or(u32::MAX);
    let Some(rarest) = plan.clauses.iter().min_by_key(|clause| plan.size(clause)) else {
        return (0..size).collect();
    };
    let index = plan.index;
    let in_talks = rarest.words.iter().flat_map(|meant| index.in_talks.of(meant.word as usize).iter().copied());
    let events = rarest.words.iter().flat_map(|meant| index.in_events.of(meant.word as usize));
    let in_events = events.flat_map(|event| index.talks_of[*event as usize].clone());
    let found = in_talks.chain(in_events).chain(rarest.aside.talks());
    if plan.size(rarest) < index.len() / 64 {
        let mut talks: Vec<u32> = found.collect();
        talks.sort_unstable();
        talks.dedup();
        return talks;
    }
    // So many are in order sooner than sorted.
    let mut marked = vec![false; index.len()];
    found.for_each(|talk| marked[talk as usize] = true);
    (0..size).filter(|talk| marked[*talk as usize]).collect()
}

/// The talks of a query that looks for one thing anywhere, best first. Nothing stands together, so that what each place of each
/// word is worth is known, and no talk need be read. Such queries find the most: the first letters of every other one.
fn by_one(plan: &Plan, clause: &Wanted) -> Vec<usize> {
    let index = plan.index;
    let mut scores = vec![0u16; index.len()];
    for meant in &clause.words {
        let place = index.in_talks.place_of(meant.word as usize);
        for (talk, worth) in index.in_talks.of(meant.word as usize).iter().zip(&index.worths[place]) {
            let score = &mut scores[*talk as usize];
            *score = (meant.points + u16::from(*worth)).max(*score);
        }
        let points = meant.points + u16::from(worth(Place::Event, usize::MAX, false));
        for event in index.in_events.of(meant.word as usize) {
            let talks = &index.talks_of[*event as usize];
            scores[talks.start as usize..talks.end as usize].iter_mut().for_each(|score| *score = points.max(*score));
        }
    }
    for talk in clause.aside.talks() {
        let score = &mut scores[talk as usize];
        *score = clause.aside.of(talk).max(*score);
    }
    let found = |(talk, score): &(u32, &u16)| **score > 0 && passes(plan, *talk);
    let hits: Vec<Hit> = (0u32..).zip(&scores).filter(found).map(|(talk, score)| (u32::from(*score) << TIES, talk)).collect();
    in_order(plan, vec![hits])
}

fn passes(plan: &Plan, talk: u32) -> bool {
    plan.tests.iter().all(|test| test.passes(plan.catalogue, talk))
}

/// Those talks that have every word, with their scores.
fn scored(plan: &Plan, talks: &[u32]) -> Vec<Hit> {
    let mut hits = Vec::with_capacity(talks.len());
    let (mut event, mut of_event, mut end) = (0, Found::default(), 0);
    for talk in talks {
        if *talk >= end {
            event += plan.index.talks_of[event..].partition_point(|talks| talks.end <= *talk);
            end = plan.index.talks_of[event].end;
            of_event = Found::default();
            of_event.read(plan, plan.index.events.of(event));
        }
        let mut found = of_event.clone();
        found.read(plan, plan.index.talks.of(*talk as usize));
        if let Some(score) = found.score(plan, *talk).filter(|_| passes(plan, *talk)) {
            hits.push((score, *talk));
        }
    }
    hits
}

/// What was found of the clauses in one talk.
#[derive(Clone, Default)]
struct Found {
    /// The best points for each clause.
    best: [u16; MAX_TERMS],
    /// For words that stand together: the best name, company, title and so on.
    together: [u16; Place::IN_ORDER.len()],
    /// The clauses found best in a person's name, as bits.
    named: u32,
    /// The people of the talk.
    people: u32,
}

impl Found {
    fn read(&mut self, plan: &Plan, words: &[Word]) {
        for value in words.chunk_by(|_, next| !next.begins_value()) {
            self.people += u32::from(value[0].place() == Place::Speaker);
            // Almost all values hold no match.
            if value.iter().any(|word| plan.wants(word.number())) {
                self.value(plan, value);
            }
        }
    }

    /// Takes in the words of a value.
    fn value(&mut self, plan: &Plan, words: &[Word]) {
        let (place, count) = (words[0].place(), parts(words));
        let mut value = Value::default();
        let mut before = 0;
        for (at, word) in words.iter().enumerate() {
            if plan.wants(word.number()) {
                let worth = u16::from(worth(place, count, is_last(words, at)));
                for entry in plan.entries(word.number()).filter(|entry| entry.places.has(place)) {
                    let best = &mut self.best[usize::from(entry.clause)];
                    let points = entry.points + worth;
                    if place.is_person() && points >= *best {
                        self.named |= 1 << (entry.clause & 31);
                    }
                    *best = points.max(*best);
                    value.found(entry.clause, if word.stand() == Stand::Initials { 0 } else { before });
                }
            }
            before += usize::from(word.stand() == Stand::Part);
        }
        // Two names of one person are one name.
        let kept_for = if place.is_person() { Place::Speaker } else { place };
        let together = &mut self.together[kept_for as usize];
        *together = value.reward(place).max(*together);
    }

    /// The score, if every clause was found.
    fn score(&self, plan: &Plan, talk: u32) -> Option<u32> {
        let mut score: u32 = self.together.iter().copied().map(u32::from).sum();
        for (clause, best) in plan.clauses.iter().zip(self.best) {
            let best = best.max(clause.aside.of(talk));
            if best == 0 {
                return None;
            }
            score += u32::from(best);
        }
        Some(score << TIES | self.ties(plan))
    }

    /// Who names a person and something else looks for one talk, and sooner for their own than for one that they shared with many.
    /// Who names no more than a person has them all, newest first.
    fn ties(&self, plan: &Plan) -> u32 {
        let others = plan.clauses.len() > self.named.count_ones() as usize;
        if self.named != 0 && others { 4 - self.people.clamp(1, 4) } else { 0 }
    }
}

/// What was found of the clauses in one value: a title, a name.
#[derive(Default)]
struct Value {
    /// The clauses found, as bits.
    clauses: u32,
    /// The words found, as bits, as far as there is room.
    words: u64,
    /// The word found last, the clauses found in it, and those found in the word before it, as bits.
    at: usize,
    here: u32,
    before: u32,
    /// The clauses found right behind the one that was typed before them, as bits.
    in_order: u32,
}

impl Value {
    /// A clause was found in a word; a joined form counts as the first of its parts.
    fn found(&mut self, clause: u8, word: usize) {
        let bit = 1 << (clause & 31);
        if self.at != word {
            self.before = if self.at + 1 == word { self.here } else { 0 };
            self.here = 0;
            self.at = word;
        }
        self.here |= bit;
        if self.before & (bit >> 1) != 0 {
            self.in_order |= bit;
        }
        self.clauses |= bit;
        self.words |= 1u64.checked_shl(u32::try_from(word).unwrap_or(u32::MAX)).unwrap_or(0);
    }

    /// The reward for clauses that stand together.
    fn reward(&self, place: Place) -> u16 {
        let others = self.clauses.count_ones().min(self.words.count_ones()).saturating_sub(1);
        let (each, ordered) = match place {
            Place::Speaker => (150, 20),
            Place::OtherName => (145, 15),
            Place::Company => (100, 20),
            Place::Title => (30, 40),
            Place::Tag | Place::Body => (15, 15),
            // Less than a title adds for one word: an event tells of its talks, and each of them tells more of itself.
            Place::Event => (7, 7),
        };
        u16::try_from(each * others + ordered * self.in_order.count_ones()).unwrap_or(u16::MAX)
    }
}

/// Sorts hits that come in the order of the catalogue, best first.
fn in_order(plan: &Plan, mut hits: Vec<Vec<Hit>>) -> Vec<usize> {
    if !plan.spelling.is_plain() && hits.iter().map(Vec::len).sum::<usize>() <= SPELLINGS_READ {
        hits.iter_mut().flatten().for_each(|(score, talk)| *score = spelled(plan, *score, *talk));
    }
    let highest = hits.iter().filter_map(|hits| hits.iter().map(|hit| hit.0).max()).max().unwrap_or(0) as usize;
    // Scores are small numbers: as many boxes as there are scores, filled in order, need no comparing.
    let mut starts = vec![0usize; highest + 2];
    for hits in &hits {
        for (score, _) in hits {
            starts[highest - *score as usize + 1] += 1;
        }
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut ranked = vec![0; hits.iter().map(Vec::len).sum()];
    for hits in &hits {
        for (score, talk) in hits {
            let next = &mut starts[highest - *score as usize];
            ranked[*next] = *talk as usize;
            *next += 1;
        }
    }
    ranked
}

/// A score, between its proper part and its ties whether the talk is written with the accents that were typed.
fn spelled(plan: &Plan, score: u32, talk: u32) -> u32 {
    let kept = plan.spelling.kept_by(&plan.catalogue.talks()[talk as usize]);
    let ties = score & ((1 << TIES) - 1);
    ((score >> TIES) * (Spelling::MOST + 1) + kept) << TIES | ties
}
