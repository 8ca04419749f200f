//! Ids: stable names that no two events or talks share.

use crate::domain::event::{Event, EventDraft};
use crate::domain::talk::Talk;
use crate::text;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use std::hash::BuildHasher;

/// An event's id is its series and date; a talk's is that and its title. Neither depends on cues, order or file names,
/// so that what a person keeps about a talk survives a correction of those.
pub fn give_event_id(event: &mut Event) {
    if event.id.is_empty() {
        event.id = format!("{}-{}", text::slug(&event.series), event.date);
    }
}

/// Gives an id to each talk of an event that has its own.
pub fn give_talk_ids(draft: &mut EventDraft) {
    for talk in &mut draft.talks {
        if talk.id.is_empty() {
            talk.id.reserve_exact(draft.event.id.len() + 1 + talk.title.len());
            talk.id.push_str(&draft.event.id);
            talk.id.push('-');
            text::slug_onto(&talk.title, &mut talk.id);
            talk.id.shrink_to_fit();
        }
    }
}

/// The talks of a list by their ids, without a copy of each.
#[derive(Debug, Default)]
pub struct Ids {
    talks: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl Ids {
    /// Those of a list in which no id stands twice.
    pub fn of(talks: &[Talk]) -> Ids {
        let mut ids = Ids::with_capacity(talks.len());
        (0..talks.len()).for_each(|index| ids.insert(talks, index));
        ids
    }

    /// Room for so many, so that none is hashed twice.
    pub fn with_capacity(talks: usize) -> Ids {
        Ids { talks: HashTable::with_capacity(talks), hasher: DefaultHashBuilder::default() }
    }

    /// The index of the talk with that id, among those that were put in.
    pub fn find(&self, talks: &[Talk], id: &str) -> Option<usize> {
        self.talks.find(self.hasher.hash_one(id), |talk| talks[*talk].id == id).copied()
    }

    /// Puts in the talk at an index.
    pub fn insert(&mut self, talks: &[Talk], index: usize) {
        let hash = |talk: &usize| self.hasher.hash_one(talks[*talk].id.as_str());
        self.talks.insert_unique(hash(&index), index, hash);
    }
}

/// Gives out `id-2`, `id-3` and so on for ids that are taken.
#[derive(Default)]
pub struct Numbers {
    /// The last number given to an id: counting from 2 for each of a thousand talks of one title would take for ever.
    last: HashMap<String, u32>,
}

impl Numbers {
    /// The next id of that kind that is not taken.
    pub fn free_id(&mut self, id: &str, taken: impl Fn(&str) -> bool) -> String {
        let last = self.last.entry_ref(id).or_insert(1);
        loop {
            *last += 1;
            let free = format!("{id}-{last}");
            if !taken(&free) {
                return free;
            }
        }
    }
}
