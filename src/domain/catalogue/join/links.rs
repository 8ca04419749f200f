//! Links: which telling stands for which.

use super::evenings::Evening;
use super::told::Told;
use hashbrown::{DefaultHashBuilder, HashMap};
use std::cmp::Reverse;
use std::collections::HashSet;
use std::hash::BuildHasher;

/// Tellings with one key that are compared with another: more than that say no more.
const COMPARED: usize = 64;

/// The tellings that share a key, in order.
#[derive(Default)]
struct Shelf {
    told: Vec<u32>,
    /// The draft that asks for them now, and how often it has.
    draft: u32,
    asked: usize,
}

impl Shelf {
    /// Those to compare with the next telling of a draft. Of a thousand that are alike, the hundredth has its like near the
    /// hundredth here.
    fn for_next_of(&mut self, draft: u32) -> &[u32] {
        if self.draft != draft {
            (self.draft, self.asked) = (draft, 0);
        }
        self.asked += 1;
        let start = self.asked.saturating_sub(COMPARED / 2).min(self.told.len().saturating_sub(COMPARED));
        &self.told[start..(start + COMPARED).min(self.told.len())]
    }
}

/// For each telling the one that stands for it, if that is another. The likest are joined first, and no two of a draft with one.
pub fn find(told: &[Told], evenings: &[Evening]) -> Vec<Option<u32>> {
    let aside: HashSet<u32> = evenings.iter().map(|evening| evening.row).collect();
    let hasher = DefaultHashBuilder::default();
    let mut shelves: HashMap<u64, Shelf> = HashMap::new();
    let mut into: Vec<Option<u32>> = vec![None; told.len()];
    let mut first = 0;
    for of_draft in told.chunk_by(|a, b| a.row.draft == b.row.draft) {
        let mut pairs: Vec<(Reverse<u8>, u32, u32)> = Vec::new();
        let mut keys: Vec<(u64, u32)> = Vec::new();
        for (mine, this) in (first..).zip(of_draft).filter(|(mine, _)| !aside.contains(mine)) {
            for key in of(this, &hasher) {
                keys.push((key, mine));
                let Some(shelf) = shelves.get_mut(&key) else { continue };
                let like = |theirs: &u32| Some((Reverse(told[*theirs as usize].likeness(this)?), mine, *theirs));
                pairs.extend(shelf.for_next_of(this.row.draft).iter().filter_map(like));
            }
        }
        let again = join(told, pairs, &mut into);
        for (key, mine) in keys.into_iter().filter(|(_, mine)| !again.contains(mine)) {
            shelves.entry(key).or_default().told.push(mine);
        }
        first += u32::try_from(of_draft.len()).expect("rows are numbered by 32 bits");
    }
    into
}

/// Joins the likest; gives those that tell no more than the one they are like, and need not be compared with any later one.
fn join(told: &[Told], mut pairs: Vec<(Reverse<u8>, u32, u32)>, into: &mut [Option<u32>]) -> HashSet<u32> {
    pairs.sort_unstable();
    let (mut taken, mut again) = (HashSet::new(), HashSet::new());
    for (_, mine, theirs) in pairs {
        let stands = into[theirs as usize].unwrap_or(theirs);
        if into[mine as usize].is_none() && taken.insert(stands) {
            into[mine as usize] = Some(stands);
            if told[mine as usize].says_the_same(&told[theirs as usize]) {
                again.insert(mine);
            }
        }
    }
    again
}

/// What two tellings of one talk may have in common: at least one of these, whatever else they differ in.
fn of(told: &Told, hasher: &DefaultHashBuilder) -> Vec<u64> {
    let mut keys = vec![hasher.hash_one((0u8, told.event.date, &told.title))];
    if let Some(recording) = &told.talk.recording {
        keys.push(hasher.hash_one((1u8, recording, &told.title)));
        keys.extend(told.talk.span.start.map(|cue| hasher.hash_one((2u8, recording, cue))));
        keys.extend(told.alone.then(|| hasher.hash_one((3u8, recording, &told.people))));
        keys.extend(told.sole.then(|| hasher.hash_one((4u8, recording))));
    }
    if told.is_shared {
        keys.push(hasher.hash_one((5u8, told.home, &told.talk.id)));
        keys.extend((!told.people.is_empty()).then(|| hasher.hash_one((6u8, told.home, &told.people))));
    }
    keys
}
