//! The public shape of talks and events in JSON. `assets/talk.schema.json` describes it.
//!
//! Keys are added, never renamed or left out: what is not known is `null`. `marks` alone, which are the user's, are there only where a
//! talk has some. Times are whole seconds, dates ISO 8601.

use crate::domain::{self, Catalogue, Cue, Labelled, Mark, Marks, NextMeetup, Place, Provenance};
use serde::Serialize;
use std::collections::BTreeMap;

/// One talk.
#[derive(Debug, Serialize)]
pub struct Talk<'a> {
    id: &'a str,
    title: &'a str,
    speakers: Vec<Speaker<'a>>,
    companies: Vec<&'a str>,
    event: EventOfTalk<'a>,
    start: Option<u32>,
    end: Option<u32>,
    printed_start: Option<u32>,
    recording: Option<Recording<'a>>,
    url: Option<String>,
    takeaways: &'a [String],
    chapters: Vec<Chapter<'a>>,
    slides: Option<&'a str>,
    tags: &'a [String],
    language: Option<&'a str>,
    kind: &'static str,
    status: &'static str,
    source: Source<'a>,
    also: Vec<Source<'a>>,
    provenance: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<&'static str>,
}

/// A titled cue inside a talk.
#[derive(Debug, Serialize)]
struct Chapter<'a> {
    start: u32,
    title: &'a str,
}

#[derive(Debug, Serialize)]
struct Speaker<'a> {
    name: &'a str,
    company: Option<&'a str>,
    also_known_as: Vec<&'a str>,
}

/// As much of an event as each of its talks repeats.
#[derive(Debug, Serialize)]
struct EventOfTalk<'a> {
    id: &'a str,
    series: &'a str,
    title: &'a str,
    date: String,
    location: Option<&'a str>,
    host: Option<&'a str>,
    recording: Option<String>,
}

#[derive(Debug, Serialize)]
struct Recording<'a> {
    provider: &'static str,
    id: &'a str,
}

#[derive(Debug, Serialize)]
struct Source<'a> {
    path: &'a str,
    line: Option<u32>,
}

impl<'a> Source<'a> {
    fn new(place: &'a Place) -> Source<'a> {
        Source { path: &place.path, line: place.line }
    }
}

impl<'a> Speaker<'a> {
    fn new(catalogue: &'a Catalogue, speaker: &'a domain::Speaker) -> Speaker<'a> {
        let also_known_as = catalogue.other_names(&speaker.name).collect();
        Speaker { name: &speaker.name, company: speaker.company.as_deref(), also_known_as }
    }
}

impl<'a> Talk<'a> {
    /// The shape of a talk of a catalogue, by its index there, and of what is kept about it.
    pub fn new(catalogue: &'a Catalogue, marks: &Marks, index: usize) -> Talk<'a> {
        let talk = &catalogue.talks()[index];
        let about = talk.about();
        Talk {
            id: &talk.id,
            title: &talk.title,
            speakers: talk.speakers.iter().map(|speaker| Speaker::new(catalogue, speaker)).collect(),
            companies: talk.companies(),
            event: EventOfTalk::new(catalogue.event_of(talk)),
            start: talk.span.start.map(Cue::seconds),
            end: talk.span.end.map(Cue::seconds),
            printed_start: about.printed_start.map(Cue::seconds),
            recording: talk.recording.as_ref().map(|r| Recording { provider: r.provider().name(), id: r.id() }),
            url: talk.url(),
            takeaways: &about.takeaways,
            chapters: about.chapters.iter().map(|c| Chapter { start: c.start.seconds(), title: &c.title }).collect(),
            slides: about.slides.as_deref(),
            tags: &about.tags,
            language: talk.language.as_deref(),
            kind: talk.kind.name(),
            status: talk.status.name(),
            source: Source::new(&talk.source),
            also: about.also.iter().map(Source::new).collect(),
            provenance: provenance(talk.provenance),
            marks: Mark::ALL.into_iter().filter(|mark| marks.has(index, *mark)).map(Mark::name).collect(),
        }
    }
}

fn provenance(provenance: Provenance) -> BTreeMap<&'static str, &'static str> {
    provenance.iter().map(|(field, origin)| (field.name(), origin.name())).collect()
}

impl<'a> EventOfTalk<'a> {
    fn new(event: &'a domain::Event) -> EventOfTalk<'a> {
        EventOfTalk {
            id: &event.id,
            series: &event.series,
            title: &event.title,
            date: event.date.to_string(),
            location: event.location.as_deref(),
            host: event.host.as_deref(),
            recording: event.recording.as_ref().map(domain::Recording::url),
        }
    }
}

/// One event with its talks.
#[derive(Debug, Serialize)]
pub struct Event<'a> {
    #[serde(flatten)]
    common: EventOfTalk<'a>,
    venue: Option<&'a str>,
    url: Option<&'a str>,
    sponsors: Vec<Sponsor<'a>>,
    tags: &'a [String],
    next: Option<Next<'a>>,
    source: Source<'a>,
    talks: Vec<Talk<'a>>,
}

#[derive(Debug, Serialize)]
struct Sponsor<'a> {
    name: &'a str,
    url: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Next<'a> {
    date: Option<String>,
    companies: &'a [String],
    rsvp: Option<&'a str>,
}

impl<'a> Event<'a> {
    /// The shape of an event of a catalogue, and of what is kept about its talks.
    pub fn new(catalogue: &'a Catalogue, marks: &Marks, event: &'a domain::Event) -> Event<'a> {
        let sponsor = |s: &'a Labelled| Sponsor { name: &s.label, url: s.url.as_deref() };
        let next = |n: &'a NextMeetup| Next { date: n.date.map(|d| d.to_string()), companies: &n.companies, rsvp: n.rsvp.as_deref() };
        Event {
            common: EventOfTalk::new(event),
            venue: event.venue.as_deref(),
            url: event.url.as_deref(),
            sponsors: event.sponsors.iter().map(sponsor).collect(),
            tags: &event.tags,
            next: event.next.as_ref().map(next),
            source: Source::new(&event.source),
            talks: event.talks.clone().map(|talk| Talk::new(catalogue, marks, talk)).collect(),
        }
    }
}
