//! Ranking: how well each talk that has every word answers a query, and the order that follows from it.

use super::index::{Place, Stand, Word};
use super::plan::{Plan, weight};
use std::thread;

/// Clauses of a query; the parser lets no more through.
const CLAUSES: usize = 32;
/// Talks below which a second thread costs more than it brings.
const WORTH_A_THREAD: usize = 20_000;

/// A talk that was found: its score and its index in the catalogue.
type Hit = (u32, u32);

/// The talks that a plan finds, best first; equal ones in the order of the catalogue.
pub fn ranked(plan: &Plan) -> Vec<u32> {
    let talks = candidates(plan);
    if plan.clauses.is_empty() {
        return talks.into_iter().filter(|talk| passes(plan, *talk)).collect();
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
    in_order(&hits)
}

/// The talks of the clause that finds the fewest, in the order of the catalogue.
fn candidates(plan: &Plan) -> Vec<u32> {
    let size = u32::try_from(plan.index.len()).unwrap_or(u32::MAX);
    let Some(rarest) = plan.clauses.iter().min_by_key(|clause| plan.size(clause)) else {
        return (0..size).collect();
    };
    let index = plan.index;
    if plan.size(rarest) < index.len() / 64 {
        let in_talks = rarest.words.iter().flat_map(|word| index.in_talks.of(*word as usize).iter().copied());
        let events = rarest.words.iter().flat_map(|word| index.in_events.of(*word as usize));
        let in_events = events.flat_map(|event| index.talks_of[*event as usize].clone());
        let mut talks: Vec<u32> = in_talks.chain(in_events).chain(rarest.aside.talks()).collect();
        talks.sort_unstable();
        talks.dedup();
        return talks;
    }
    let mut marked = vec![false; index.len()];
    for word in &rarest.words {
        for talk in index.in_talks.of(*word as usize) {
            marked[*talk as usize] = true;
        }
        for event in index.in_events.of(*word as usize) {
            let talks = &index.talks_of[*event as usize];
            marked[talks.start as usize..talks.end as usize].fill(true);
        }
    }
    for talk in rarest.aside.talks() {
        marked[talk as usize] = true;
    }
    (0..size).filter(|talk| marked[*talk as usize]).collect()
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
    best: [u8; CLAUSES],
    /// For words that stand together: the best name, company, title and so on.
    together: [u8; 5],
}

impl Found {
    fn read(&mut self, plan: &Plan, words: &[Word]) {
        let mut value = Value::default();
        let mut place = Place::Title;
        for word in words {
            if word.begins_value() {
                self.end(&value, place);
                value = Value::default();
                place = word.place();
            }
            let stand = word.stand();
            value.words += u32::from(stand == Stand::Part);
            for entry in plan.entries(word.number()) {
                if entry.places.has(place) {
                    let best = &mut self.best[usize::from(entry.clause)];
                    *best = (entry.points + weight(place)).max(*best);
                    value.found(entry.clause, stand);
                }
            }
        }
        self.end(&value, place);
    }

    fn end(&mut self, value: &Value, place: Place) {
        if value.clauses != 0 {
            let together = &mut self.together[place as usize];
            *together = value.reward(place).max(*together);
        }
    }

    /// The score, if every clause was found.
    fn score(&self, plan: &Plan, talk: u32) -> Option<u32> {
        let mut score = self.together.iter().copied().map(u32::from).sum();
        for (clause, best) in plan.clauses.iter().zip(self.best) {
            let best = best.max(clause.aside.of(talk));
            if best == 0 {
                return None;
            }
            score += u32::from(best);
        }
        Some(score)
    }
}

/// What was found of the clauses in one value: a title, a name.
#[derive(Default)]
struct Value {
    /// Its words.
    words: u32,
    /// The clauses found, as bits.
    clauses: u32,
    /// The words found, as bits, as far as there is room.
    places: u64,
    /// The clauses found in its last word, as bits, and which word that was.
    last: (u32, u32),
    /// Neighbours found that were typed side by side too.
    in_order: u32,
}

impl Value {
    fn found(&mut self, clause: u8, stand: Stand) {
        // A joined form is where its first part will be; initials are the whole name.
        let at = match stand {
            Stand::Part => self.words - 1,
            Stand::Joined => self.words,
            Stand::Initials => 0,
        };
        let bit = 1 << (clause & 31);
        if self.last.1 + 1 == at && self.last.0 & (bit >> 1) != 0 {
            self.in_order += 1;
        }
        self.last = if self.last.1 == at { (self.last.0 | bit, at) } else { (bit, at) };
        self.clauses |= bit;
        self.places |= 1u64.checked_shl(at).unwrap_or(0);
        if stand == Stand::Initials {
            self.places = u64::MAX >> (64 - self.words.clamp(1, 64));
        }
    }

    /// The reward for what stands together, and for how much of the value it is.
    fn reward(&self, place: Place) -> u8 {
        let found = self.places.count_ones();
        let others = self.clauses.count_ones().min(found).saturating_sub(1);
        let (each, ordered, whole) = match place {
            Place::Speaker => (30, 4, 10),
            Place::Company => (20, 4, 12),
            Place::Title => (6, 8, 16),
            Place::Tag => (3, 3, 2),
            Place::Event | Place::Body => (3, 3, 0),
        };
        let mut reward = each * others + ordered * self.in_order + whole * found.min(self.words) / self.words.max(1);
        // People are looked for by their last name.
        if place == Place::Speaker && self.words > 1 && self.places & 1u64.checked_shl(self.words - 1).unwrap_or(0) != 0 {
            reward += 4;
        }
        u8::try_from(reward).unwrap_or(u8::MAX)
    }
}

/// Sorts hits that come in the order of the catalogue, best first.
fn in_order(hits: &[Vec<Hit>]) -> Vec<u32> {
    let all = || hits.iter().flatten();
    let highest = all().map(|hit| hit.0).max().unwrap_or(0) as usize;
    // Scores are small numbers: as many boxes as there are scores, filled in order, need no comparing.
    let mut starts = vec![0u32; highest + 2];
    for hit in all() {
        starts[highest - hit.0 as usize + 1] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut ranked = vec![0; all().count()];
    for (score, talk) in all() {
        let next = &mut starts[highest - *score as usize];
        ranked[*next as usize] = *talk;
        *next += 1;
    }
    ranked
}
