//! The catalogue: every event and talk one can browse, in order, each with a stable id.

pub mod clean;
mod cores;
mod ends;
mod ids;
mod join;
mod people;
#[cfg(test)]
mod tests;

use super::alias::Alias;
use super::event::{Event, EventDraft};
use super::lint::lint;
use super::problem::Problem;
use super::talk::Talk;
use clean::clean;
use cores::on_every_core;
use ends::derive_ends;
pub use ids::Ids;
use ids::Numbers;
pub use people::People;

/// Events and talks, read-only, newest first.
///
/// Invariants: ids are unique; `event.talks` are consecutive in `talks` and point back by `talk.event`;
/// no text in it can steer a terminal.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    events: Vec<Event>,
    talks: Vec<Talk>,
    people: People,
}

impl Catalogue {
    /// Builds the catalogue from drafts: cleans texts, joins what came twice, gives ids, sorts, and says what is odd.
    pub fn build(drafts: Vec<EventDraft>) -> (Catalogue, Vec<Problem>) {
        Catalogue::build_with(drafts, Vec::new())
    }

    /// The same, knowing other names of people, as sources state them: who goes by two names is one person. What of it contradicts itself
    /// is told and left out.
    pub fn build_with(mut drafts: Vec<EventDraft>, aliases: Vec<Alias>) -> (Catalogue, Vec<Problem>) {
        let looked_through = |draft: &mut EventDraft| clean(draft).into_iter().chain(lint(draft));
        let found = on_every_core(&mut drafts, |_, drafts| drafts.iter_mut().flat_map(looked_through).collect::<Vec<_>>());
        let mut problems: Vec<Problem> = found.into_iter().flatten().collect();
        let (people, found) = People::of(aliases, &drafts);
        problems.extend(found);
        let (mut joined, found) = join::joined(drafts, &people);
        problems.extend(found);
        joined.sort_by(|a, b| (b.event.date, &a.event.series, &a.event.id).cmp(&(a.event.date, &b.event.series, &b.event.id)));
        let catalogue = Catalogue { people, ..Catalogue::flatten(joined) };
        problems.sort_by(|a, b| (&a.place, a.severity).cmp(&(&b.place, b.severity)));
        (catalogue, problems)
    }

    /// A catalogue that was kept: its events, talks and people as they were; `None` if they do not fit each other.
    pub fn of_kept(events: Vec<Event>, mut talks: Vec<Talk>, people: People) -> Option<Catalogue> {
        let mut next = 0;
        for (number, event) in events.iter().enumerate() {
            let theirs = Some(event.talks.clone()).filter(|range| range.start == next && range.end >= next)?;
            talks.get_mut(theirs)?.iter_mut().for_each(|talk| talk.event = number);
            next = event.talks.end;
        }
        (next == talks.len() && talks.iter().all(Talk::is_harmless)).then_some(Catalogue { events, talks, people })
    }

    /// The people who go by several names.
    pub fn people(&self) -> &People {
        &self.people
    }

    fn flatten(drafts: Vec<EventDraft>) -> Catalogue {
        let talks = drafts.iter().map(|draft| draft.talks.len()).sum();
        let mut catalogue =
            Catalogue { events: Vec::with_capacity(drafts.len()), talks: Vec::with_capacity(talks), people: People::default() };
        let mut taken = Ids::with_capacity(talks);
        let mut numbers = Numbers::default();
        for mut draft in drafts {
            derive_ends(&mut draft.talks);
            let first = catalogue.talks.len();
            for mut talk in draft.talks {
                talk.event = catalogue.events.len();
                if taken.find(&catalogue.talks, &talk.id).is_some() {
                    talk.id = numbers.free_id(&talk.id, |id| taken.find(&catalogue.talks, id).is_some());
                }
                catalogue.talks.push(talk);
                taken.insert(&catalogue.talks, catalogue.talks.len() - 1);
            }
            draft.event.talks = first..catalogue.talks.len();
            catalogue.events.push(draft.event);
        }
        catalogue
    }

    /// Every event, newest first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Every talk, in the order of the events and of each evening.
    pub fn talks(&self) -> &[Talk] {
        &self.talks
    }

    /// The event a talk was given at.
    pub fn event_of(&self, talk: &Talk) -> &Event {
        &self.events[talk.event]
    }

    /// The talks of an event.
    pub fn talks_of(&self, event: &Event) -> &[Talk] {
        &self.talks[event.talks.clone()]
    }

    /// The other names of a speaker who is printed so, the one that the source goes by first.
    pub fn other_names(&self, printed: &str) -> impl Iterator<Item = &str> {
        self.people.other_names(printed)
    }

    /// The name that the source of a speaker's names goes by; for most the one that is printed.
    pub fn main_name<'a>(&'a self, printed: &'a str) -> &'a str {
        self.people.main_name(printed)
    }

    /// The talk with that id.
    pub fn talk(&self, id: &str) -> Option<&Talk> {
        self.talks.get(self.index_of(id)?)
    }

    /// The index of the talk with that id. Who looks for many uses [`Ids`].
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.talks.iter().position(|talk| talk.id == id)
    }

    /// The event with that id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.id == id)
    }
}
