//! The catalogue: every event and talk one can browse, in order, each with a stable id.

mod clean;
mod ids;

use super::event::{Event, EventDraft};
use super::lint::lint;
use super::problem::Problem;
use super::provenance::{Field, Origin};
use super::talk::Talk;
use crate::text;
use clean::clean;
use ids::{Ids, Numbers, give_event_id, give_talk_ids};
use std::collections::HashMap;

/// Events and talks, read-only, newest first.
///
/// Invariants: ids are unique; `event.talks` are consecutive in `talks` and point back by `talk.event`;
/// no text in it can steer a terminal.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    events: Vec<Event>,
    talks: Vec<Talk>,
}

impl Catalogue {
    /// Builds the catalogue from drafts: cleans texts, joins what came twice, gives ids, sorts, and says what is odd.
    pub fn build(drafts: Vec<EventDraft>) -> (Catalogue, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut joined: Vec<EventDraft> = Vec::with_capacity(drafts.len());
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut numbers = Numbers::default();
        for mut draft in drafts {
            problems.extend(clean(&mut draft));
            problems.extend(lint(&draft));
            give_event_id(&mut draft.event);
            if let Some(at) = known.get(&draft.event.id).copied() {
                if is_same(&joined[at].event, &draft.event) {
                    give_talk_ids(&mut draft);
                    join(&mut joined[at], draft);
                    continue;
                }
                problems.push(other_event(&joined[at].event, &draft.event));
                draft.event.id = numbers.free_id(&draft.event.id, |id| known.contains_key(id));
            }
            give_talk_ids(&mut draft);
            known.insert(draft.event.id.clone(), joined.len());
            joined.push(draft);
        }
        joined.sort_by(|a, b| (b.event.date, &a.event.series, &a.event.id).cmp(&(a.event.date, &b.event.series, &b.event.id)));
        let catalogue = Catalogue::flatten(joined);
        problems.sort_by(|a, b| (&a.place, a.severity).cmp(&(&b.place, b.severity)));
        (catalogue, problems)
    }

    fn flatten(drafts: Vec<EventDraft>) -> Catalogue {
        let talks = drafts.iter().map(|draft| draft.talks.len()).sum();
        let mut catalogue = Catalogue { events: Vec::with_capacity(drafts.len()), talks: Vec::with_capacity(talks) };
        let mut taken = Ids::default();
        let mut numbers = Numbers::default();
        for mut draft in drafts {
            derive_ends(&mut draft.talks);
            let first = catalogue.talks.len();
            for mut talk in draft.talks {
                talk.event = catalogue.events.len();
                if taken.contains(&catalogue.talks, &talk.id) {
                    talk.id = numbers.free_id(&talk.id, |id| taken.contains(&catalogue.talks, id));
                }
                catalogue.talks.push(talk);
                taken.insert_last(&catalogue.talks);
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

    /// The talk with that id.
    pub fn talk(&self, id: &str) -> Option<&Talk> {
        self.talks.iter().find(|talk| talk.id == id)
    }

    /// The event with that id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.id == id)
    }
}

/// One gathering told twice? A title of its own on either side says that there were two that day.
fn is_same(a: &Event, b: &Event) -> bool {
    let own = |event: &Event| Some(text::fold(event.short_title())).filter(|title| !title.is_empty());
    let agree = match (own(a), own(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    agree && a.series == b.series && a.date == b.date
}

fn other_event(first: &Event, second: &Event) -> Problem {
    let message = format!("another event has the id `{}` already: “{}” in {}", first.id, first.title, first.source);
    Problem::warning(second.source.clone(), message).hint("both are shown; give one of them an `id:` of its own")
}

/// The same event from a second source: the first one's word stands, what it lacks is added.
fn join(first: &mut EventDraft, second: EventDraft) {
    let (a, b) = (&mut first.event, second.event);
    a.location = a.location.take().or(b.location);
    a.venue = a.venue.take().or(b.venue);
    a.host = a.host.take().or(b.host);
    a.url = a.url.take().or(b.url);
    a.recording = a.recording.take().or(b.recording);
    a.description = a.description.take().or(b.description);
    a.next = a.next.take().or(b.next);
    for (mine, theirs) in [(&mut a.tags, b.tags), (&mut a.images, b.images)] {
        if mine.is_empty() {
            *mine = theirs;
        }
    }
    if a.sponsors.is_empty() {
        a.sponsors = b.sponsors;
    }
    for talk in second.talks {
        let same = |t: &Talk| {
            t.id == talk.id
                || (t.recording.is_some() && t.span.start.is_some() && t.recording == talk.recording && t.span.start == talk.span.start)
        };
        if !first.talks.iter().any(same) {
            first.talks.push(talk);
        }
    }
}

/// A talk without an end ends where the next one in the same recording starts.
fn derive_ends(talks: &mut [Talk]) {
    for i in 0..talks.len() {
        let (Some(start), None) = (talks[i].span.start, talks[i].span.end) else {
            continue;
        };
        let next = talks.iter().filter(|t| t.recording == talks[i].recording).filter_map(|t| t.span.start).filter(|s| *s > start).min();
        if next.is_some() {
            talks[i].span.end = next;
            talks[i].provenance.set(Field::End, Origin::Derived);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cue, Link, Place, Speaker};
    use jiff::civil::date;

    fn place() -> Place {
        Place::of("a.yml".as_ref()).at(3, 1)
    }

    fn draft(day: i8, titles: &[(&str, Option<u64>)]) -> EventDraft {
        let mut event = Event::new("Rust Nights", format!("Rust Nights {day}"), date(2024, 5, day), place());
        event.recording = Link::parse("https://youtu.be/AAAAAAAAAAA").ok().map(|l| l.recording);
        let talks = titles
            .iter()
            .map(|(title, start)| {
                let mut talk = Talk::new(*title, place());
                talk.recording.clone_from(&event.recording);
                talk.span.start = start.map(|s| Cue::from_seconds(s).expect("a cue"));
                talk.speakers.push(Speaker { name: "Ann".into(), company: None });
                talk
            })
            .collect();
        EventDraft { event, talks }
    }

    #[test]
    fn newest_first_and_ids_from_series_date_title() {
        let (catalogue, problems) =
            Catalogue::build(vec![draft(1, &[("One", Some(5))]), draft(9, &[("Zwei & mehr", Some(1)), ("Ünder", Some(9))])]);
        assert_eq!(problems, []);
        let ids: Vec<&str> = catalogue.talks().iter().map(|t| t.id.as_str()).collect();
        assert_eq!(ids, ["rust-nights-2024-05-09-zwei-mehr", "rust-nights-2024-05-09-under", "rust-nights-2024-05-01-one"]);
        for event in catalogue.events() {
            for talk in catalogue.talks_of(event) {
                assert_eq!(catalogue.event_of(talk), event);
            }
        }
    }

    #[test]
    fn an_end_is_derived_from_the_next_start_in_the_same_recording() {
        let (catalogue, _) = Catalogue::build(vec![draft(1, &[("One", Some(5)), ("No cue", None), ("Two", Some(50))])]);
        let ends: Vec<_> = catalogue.talks().iter().map(|t| (t.span.end.map(Cue::seconds), t.provenance.get(Field::End))).collect();
        assert_eq!(ends, [(Some(50), Some(Origin::Derived)), (None, None), (None, None)]);
    }

    #[test]
    fn nothing_is_kept_of_what_says_nothing() {
        let mut emptied = draft(1, &[("One", Some(5))]);
        emptied.talks[0].about_mut().tags.clear();
        let (catalogue, _) = Catalogue::build(vec![emptied]);
        assert_eq!(catalogue.talks()[0].about, None);
        assert_eq!(catalogue, Catalogue::build(vec![draft(1, &[("One", Some(5))])]).0);
    }

    #[test]
    fn the_same_title_twice_gives_two_ids() {
        let (catalogue, _) = Catalogue::build(vec![draft(1, &[("Q&A", Some(5)), ("Q&A", Some(50))])]);
        assert_eq!(catalogue.talks()[1].id, "rust-nights-2024-05-01-q-a-2");
    }

    #[test]
    fn the_same_event_from_two_sources_is_joined() {
        let mut second = draft(1, &[("One, corrected", Some(5)), ("New", Some(70))]);
        second.event.tags = vec!["rust".into()];
        second.event.host = Some("Bo".into());
        let (catalogue, _) = Catalogue::build(vec![draft(1, &[("One", Some(5))]), second]);
        assert_eq!(catalogue.events().len(), 1);
        assert_eq!((catalogue.events()[0].host.as_deref(), catalogue.events()[0].tags.len()), (Some("Bo"), 1));
        let titles: Vec<&str> = catalogue.talks().iter().map(|t| t.title.as_str()).collect();
        assert_eq!(titles, ["One", "New"]);
    }

    #[test]
    fn ids_are_unique_even_where_titles_collide_with_them() {
        let (catalogue, _) = Catalogue::build(vec![draft(1, &[("Q&A", None), ("Q&A", None), ("Q&A 2", None)])]);
        let ids: Vec<&str> = catalogue.talks().iter().map(|t| t.id.as_str()).collect();
        assert_eq!(ids, ["rust-nights-2024-05-01-q-a", "rust-nights-2024-05-01-q-a-2", "rust-nights-2024-05-01-q-a-2-2"]);
    }

    #[test]
    fn two_events_of_one_day_are_two_and_told() {
        let mut evening = draft(1, &[("Two", Some(5))]);
        evening.event.title = "Evening".into();
        let mut morning = draft(1, &[("One", Some(5))]);
        morning.event.title = "Morning".into();
        let (catalogue, problems) = Catalogue::build(vec![morning, evening]);
        assert_eq!(catalogue.events().len(), 2);
        assert!(problems.iter().any(|p| p.message.starts_with("another event has the id")), "{problems:?}");
    }

    #[test]
    fn escapes_in_ids_are_made_harmless() {
        let mut evil = draft(1, &[("One", Some(5))]);
        evil.talks[0].id = "t\u{1b}[2J".into();
        let (catalogue, problems) = Catalogue::build(vec![evil]);
        assert_eq!((catalogue.talks()[0].id.as_str(), problems.len()), ("t␛[2J", 1));
    }

    #[test]
    fn escapes_are_made_harmless_and_told() {
        let (catalogue, problems) = Catalogue::build(vec![draft(1, &[("\u{1b}[31mred\u{202e}", Some(5))])]);
        assert_eq!(catalogue.talks()[0].title, "␛[31mred");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, place());
    }

    #[test]
    fn texts_without_end_are_cut_and_told() {
        let title = "東".repeat(9000);
        let (catalogue, problems) = Catalogue::build(vec![draft(1, &[(&title, Some(5))])]);
        assert_eq!(catalogue.talks()[0].title.len(), 3999 + '…'.len_utf8());
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn cues_out_of_order_are_told() {
        let (_, problems) = Catalogue::build(vec![draft(1, &[("One", Some(50)), ("Two", Some(5))])]);
        assert!(problems[0].message.contains("before the one above it at 0:50"), "{problems:?}");
    }
}
