//! The catalogue: every event and talk one can browse, in order, each with a stable id.

use super::event::{Event, EventDraft};
use super::lint::lint;
use super::problem::{Problem, Severity};
use super::provenance::{Field, Origin};
use super::talk::{About, Talk};
use crate::text;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::collections::HashMap;
use std::hash::BuildHasher;

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

/// An event's id is its series and date; a talk's is that and its title. Neither depends on cues, order or file names,
/// so that what a person keeps about a talk survives a correction of those.
fn give_event_id(event: &mut Event) {
    if event.id.is_empty() {
        event.id = format!("{}-{}", text::slug(&event.series), event.date);
    }
}

fn give_talk_ids(draft: &mut EventDraft) {
    for talk in &mut draft.talks {
        if talk.id.is_empty() {
            talk.id = format!("{}-{}", draft.event.id, text::slug(&talk.title));
            talk.id.shrink_to_fit();
        }
    }
}

/// The ids of the talks in a list, without a copy of each.
#[derive(Default)]
struct Ids {
    talks: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl Ids {
    fn contains(&self, talks: &[Talk], id: &str) -> bool {
        self.talks.find(self.hasher.hash_one(id), |talk| talks[*talk].id == id).is_some()
    }

    fn insert_last(&mut self, talks: &[Talk]) {
        let Some(last) = talks.last() else { return };
        let hash = self.hasher.hash_one(last.id.as_str());
        self.talks.insert_unique(hash, talks.len() - 1, |talk| self.hasher.hash_one(talks[*talk].id.as_str()));
    }
}

/// Gives out `id-2`, `id-3` and so on for ids that are taken.
#[derive(Default)]
struct Numbers {
    /// The last number given to an id: counting from 2 for each of a thousand talks of one title would take for ever.
    last: HashMap<String, u32>,
}

impl Numbers {
    /// The next id of that kind that is not taken.
    fn free_id(&mut self, id: &str, taken: impl Fn(&str) -> bool) -> String {
        let last = self.last.entry(id.to_owned()).or_insert(1);
        loop {
            *last += 1;
            let free = format!("{id}-{last}");
            if !taken(&free) {
                return free;
            }
        }
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

/// Takes out of every text what could steer a terminal, and says where that was needed.
fn clean(draft: &mut EventDraft) -> Vec<Problem> {
    let mut problems = Vec::new();
    let event = &mut draft.event;
    let mut dirty = false;
    for line in [&mut event.id, &mut event.series, &mut event.title] {
        dirty |= clean_line(line);
    }
    for line in [&mut event.location, &mut event.venue, &mut event.host, &mut event.url].into_iter().flatten() {
        dirty |= clean_line(line);
    }
    dirty |= event.tags.iter_mut().chain(&mut event.images).fold(false, |d, line| clean_line(line) | d);
    dirty |= event.sponsors.iter_mut().fold(false, |d, link| clean_labelled(link) | d);
    dirty |= event.description.as_mut().is_some_and(clean_block);
    if let Some(next) = &mut event.next {
        dirty |= next.companies.iter_mut().chain(&mut next.rsvp).fold(false, |d, line| clean_line(line) | d);
    }
    if dirty {
        problems.push(hidden(&event.source));
    }
    for talk in &mut draft.talks {
        if clean_talk(talk) {
            problems.push(hidden(&talk.source));
        }
    }
    problems
}

fn hidden(place: &super::problem::Place) -> Problem {
    Problem {
        place: place.clone(),
        severity: Severity::Warning,
        message: "a text holds control characters or text-direction overrides, or is longer than any text should be".to_owned(),
        hint: Some("it is shown without them, and cut; mend it in the file".to_owned()),
    }
}

fn clean_talk(talk: &mut Talk) -> bool {
    let mut dirty = clean_line(&mut talk.title) | clean_line(&mut talk.id);
    for speaker in &mut talk.speakers {
        dirty |= clean_line(&mut speaker.name);
        dirty |= speaker.company.as_mut().is_some_and(clean_line);
    }
    dirty |= talk.language.as_mut().is_some_and(clean_line);
    dirty |= talk.about.as_deref_mut().is_some_and(clean_about);
    // There may be a million of them: no room for what will not come.
    talk.speakers.shrink_to_fit();
    talk.about.take_if(|about| **about == About::default());
    dirty
}

fn clean_about(about: &mut About) -> bool {
    let mut dirty = about.takeaways.iter_mut().chain(&mut about.tags).fold(false, |d, line| clean_line(line) | d);
    dirty |= about.slides.as_mut().is_some_and(clean_line);
    dirty |= about.resources.iter_mut().fold(false, |d, link| clean_labelled(link) | d);
    dirty | about.description.as_mut().is_some_and(clean_block)
}

fn clean_labelled(link: &mut super::event::Labelled) -> bool {
    clean_line(&mut link.label) | link.url.as_mut().is_some_and(clean_line)
}

/// Bytes of a title, a name, a link or a takeaway that are kept: the longest real ones are a tenth of it.
const LONGEST_LINE: usize = 4_000;

/// Bytes of a description that are kept.
const LONGEST_BLOCK: usize = 100_000;

/// Cuts a text that no person wrote for people; whether that was needed.
fn cut(text: &mut String, longest: usize) -> bool {
    if text.len() <= longest {
        return false;
    }
    let end = (0..=longest).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(end);
    text.push('…');
    true
}

/// One line of text; whether anything but white space had to change.
fn clean_line(line: &mut String) -> bool {
    let dirty = cut(line, LONGEST_LINE) | text::has_hidden(line);
    let cleaned = text::clean_line(line);
    if let std::borrow::Cow::Owned(owned) = cleaned {
        *line = owned;
    }
    dirty
}

fn clean_block(block: &mut String) -> bool {
    let dirty = cut(block, LONGEST_BLOCK) | text::has_hidden(block);
    if let std::borrow::Cow::Owned(owned) = text::clean_block(block) {
        *block = owned;
    }
    dirty
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
