//! Homes: the drafts that tell of one event.

use crate::domain::catalogue::ids::{Numbers, give_event_id};
use crate::domain::event::{Event, EventDraft};
use crate::text;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

/// For each draft the first one that tells of the same event.
pub struct Homes {
    /// The first draft of each draft's event: itself, for most.
    pub home: Vec<u32>,
    shared: Vec<bool>,
    /// Events that have the id of an earlier one and are not that: the later, the earlier.
    pub clashes: Vec<(u32, u32)>,
}

/// What is known of the drafts so far.
#[derive(Default)]
struct Known {
    /// Every event by its id.
    ids: HashMap<String, usize>,
    /// The first event that came with an id, or with a series and day.
    first: HashMap<String, usize>,
    /// Others with the same, by their own titles.
    titled: HashMap<(String, String), usize>,
    numbers: Numbers,
}

impl Homes {
    /// Gives each event its id, and finds those that are the same.
    pub fn find(drafts: &mut [EventDraft]) -> Homes {
        let count = u32::try_from(drafts.len()).expect("less than four thousand million drafts");
        let mut homes = Homes { home: (0..count).collect(), shared: vec![false; drafts.len()], clashes: Vec::new() };
        let mut known = Known::default();
        for (at, number) in (0..drafts.len()).zip(0..) {
            let own_id = !drafts[at].event.id.is_empty();
            give_event_id(&mut drafts[at].event);
            // An event with an id of its own is meant to be told apart by it.
            let without_year = (!own_id).then(|| format!("{}-{}", without_year(&drafts[at].event), drafts[at].event.date));
            let keys = [Some(drafts[at].event.id.clone()), without_year.filter(|key| *key != drafts[at].event.id)];
            if let Some(home) = keys.iter().flatten().find_map(|key| known.same(drafts, key, at)) {
                homes.home[at] = homes.home[home];
                homes.shared[home] = true;
                let id = drafts[home].event.id.clone();
                drafts[at].event.id = id;
                continue;
            }
            if let Some(first) = known.ids.get(&drafts[at].event.id).copied() {
                homes.clashes.push((number, homes.home[first]));
                drafts[at].event.id = known.numbers.free_id(&drafts[at].event.id, |id| known.ids.contains_key(id));
            }
            known.ids.insert(drafts[at].event.id.clone(), at);
            for key in keys.into_iter().flatten() {
                match known.first.entry(key) {
                    Entry::Vacant(free) => _ = free.insert(at),
                    Entry::Occupied(first) => _ = known.titled.entry((first.key().clone(), own_title(&drafts[at].event))).or_insert(at),
                }
            }
        }
        homes
    }

    /// The first draft of a draft's event.
    pub fn of(&self, draft: u32) -> u32 {
        self.home[draft as usize]
    }

    /// Do several drafts tell of a draft's event?
    pub fn is_shared(&self, draft: u32) -> bool {
        self.shared[self.of(draft) as usize]
    }

    /// Is there an event that several drafts tell of?
    pub fn any_shared(&self) -> bool {
        self.shared.contains(&true)
    }
}

impl Known {
    /// The earlier draft that tells of the same event, among those with a key.
    fn same(&self, drafts: &[EventDraft], key: &str, at: usize) -> Option<usize> {
        let first = *self.first.get(key)?;
        let (a, b) = (&drafts[first].event, &drafts[at].event);
        let (own, theirs) = (own_title(b), own_title(a));
        // A title of its own on either side says that there were two that day.
        if is_same_day(a, b) && (own.is_empty() || theirs.is_empty() || own == theirs) {
            return Some(first);
        }
        let other = self.titled.get(&(key.to_owned(), own)).copied()?;
        is_same_day(&drafts[other].event, b).then_some(other)
    }
}

fn is_same_day(a: &Event, b: &Event) -> bool {
    a.date == b.date && (a.series == b.series || without_year(a) == without_year(b))
}

/// What the title says beyond the series and the year.
fn own_title(event: &Event) -> String {
    let own = text::fold(event.short_title());
    if own.is_empty() || year_taken_out(&own, event) == without_year(event) { String::new() } else { own }
}

/// `PyCon US 2019` and `PyCon US` are one series in 2019.
fn without_year(event: &Event) -> String {
    year_taken_out(&event.series, event)
}

fn year_taken_out(text: &str, event: &Event) -> String {
    let (slug, year) = (text::slug(text), event.date.year().to_string());
    if !slug.contains(&year) {
        return slug;
    }
    let words: Vec<&str> = slug.split('-').filter(|word| *word != year).collect();
    if words.is_empty() { slug } else { words.join("-") }
}
