//! media.ccc.de: the JSON of its public API. Its lists of events and of conferences, one conference with its events, and one
//! event are all made of the same objects.

mod event;

use super::loose::{self, Fields, List, Text, has_key};
use super::part::{Dated, Days, Facts, Part};
use super::pyvideo::prose;
use super::{Reading, SourceText, chapters};
use crate::domain::{Place, Problem};
use serde::de::{IgnoredAny, MapAccess};
use std::collections::HashMap;
use std::sync::Arc;

/// More events than the site will have in many years.
const MOST: usize = 1_000_000;

/// A JSON object with keys that no other format has beside each other.
pub fn detect(source: &SourceText) -> bool {
    let text = source.text.as_str();
    let has = |key: &str| has_key(text, key);
    text.trim_start().starts_with('{')
        && ((has("guid") && (has("frontend_link") || has("conference_url"))) || (has("acronym") && has("webgen_location")))
}

/// An event, a conference, or a list of them.
#[derive(Debug, Default)]
struct Object<'a> {
    guid: Text<'a>,
    title: Text<'a>,
    subtitle: Text<'a>,
    slug: Text<'a>,
    link: Text<'a>,
    description: Text<'a>,
    original_language: Text<'a>,
    date: Text<'a>,
    release_date: Text<'a>,
    frontend_link: Text<'a>,
    url: Text<'a>,
    conference_title: Text<'a>,
    conference_url: Text<'a>,
    acronym: Text<'a>,
    persons: List<Text<'a>>,
    tags: List<Text<'a>>,
    recordings: List<Recorded<'a>>,
    events: List<Object<'a>>,
    conferences: List<Object<'a>>,
}

impl<'de> Fields<'de> for Object<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error> {
        let text = match key {
            "guid" => &mut self.guid,
            "title" => &mut self.title,
            "subtitle" => &mut self.subtitle,
            "slug" => &mut self.slug,
            "link" => &mut self.link,
            "description" => &mut self.description,
            "original_language" => &mut self.original_language,
            "date" => &mut self.date,
            "release_date" => &mut self.release_date,
            "frontend_link" => &mut self.frontend_link,
            "url" => &mut self.url,
            "conference_title" => &mut self.conference_title,
            "conference_url" => &mut self.conference_url,
            "acronym" => &mut self.acronym,
            "persons" => return self.persons.read_short(values),
            "tags" => return self.tags.read_short(values),
            "recordings" => return self.recordings.read_short(values),
            "events" => return self.events.read(values, MOST),
            "conferences" => return self.conferences.read(values, MOST),
            _ => return values.next_value::<IgnoredAny>().map(drop),
        };
        *text = values.next_value()?;
        Ok(())
    }
    fn bare(&mut self, _: Text<'de>) {}
}

/// A file of an event.
#[derive(Debug, Default)]
struct Recorded<'a> {
    recording_url: Text<'a>,
    mime_type: Text<'a>,
}

impl<'de> Fields<'de> for Recorded<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error> {
        match key {
            "recording_url" => self.recording_url = values.next_value()?,
            "mime_type" => self.mime_type = values.next_value()?,
            _ => drop(values.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
    fn bare(&mut self, _: Text<'de>) {}
}

impl Object<'_> {
    /// The texts that are most likely to stand in the file as they are, in the order in which they are published.
    fn place(&self, places: &mut Places) -> Place {
        let texts = [&self.guid, &self.title, &self.acronym, &self.slug, &self.url];
        let borrowed = texts.into_iter().find_map(|text| match text {
            Text::Is(std::borrow::Cow::Borrowed(text)) => Some(*text),
            _ => None,
        });
        borrowed.map_or_else(|| places.source.place.clone(), |text| places.of(text))
    }
}

/// Places of parts of a text that come mostly in their order: each is counted from the one before.
struct Places<'a> {
    source: &'a SourceText,
    at: usize,
    line: u32,
}

impl Places<'_> {
    fn of(&mut self, part: &str) -> Place {
        let text = self.source.text.as_bytes();
        let Some(offset) = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize).filter(|offset| *offset <= text.len()) else {
            return self.source.place.clone();
        };
        if offset < self.at {
            (self.at, self.line) = (0, 1);
        }
        let lines = memchr::memchr_iter(b'\n', &text[self.at..offset]).count();
        (self.at, self.line) = (offset, self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)));
        let start = memchr::memrchr(b'\n', &text[..offset]).map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&text[start..offset]).chars().count() + 1;
        self.source.place.at(self.line, u32::try_from(column).unwrap_or(u32::MAX))
    }
}

/// Reads what one answer of the API holds.
pub fn read(source: &SourceText) -> Reading {
    let (top, problem) = loose::read::<Object>(source);
    let mut reader = Reader {
        places: Places { source, at: 0, line: 1 },
        parts: Vec::new(),
        groups: HashMap::new(),
        problems: problem.into_iter().collect(),
    };
    if top.is_event() {
        reader.event(&top, None);
    } else if top.acronym.get().is_some() {
        reader.conference(&top);
    }
    top.conferences.items.iter().filter(|item| item.acronym.get().is_some()).for_each(|conference| reader.conference(conference));
    if !top.is_conference() {
        top.events.items.iter().for_each(|event| reader.event(event, None));
    }
    let parts = reader.parts.into_iter().map(|(mut part, mut talks)| {
        // Events come in any order: the moments at which they began, written alike, bring them into theirs.
        talks.sort_by(|(a, _), (b, _)| a.cmp(b));
        part.talks.extend(talks.into_iter().map(|(_, talk)| talk));
        part
    });
    Reading { parts: parts.collect(), problems: reader.problems, ..Reading::default() }
}

impl Object<'_> {
    fn is_event(&self) -> bool {
        self.guid != Text::Missing
    }

    fn is_conference(&self) -> bool {
        !self.is_event() && self.acronym.get().is_some()
    }
}

struct Reader<'a> {
    places: Places<'a>,
    /// Each with its talks and the moments at which those began.
    parts: Vec<(Part, Vec<(String, Dated)>)>,
    groups: HashMap<Arc<str>, usize>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// The part of a conference, with those of the facts that it does not have yet.
    fn group(&mut self, name: &str, facts: impl FnOnce() -> Facts) -> usize {
        let name = name.trim_end_matches('/');
        if let Some(at) = self.groups.get(name) {
            return *at;
        }
        let name: Arc<str> = name.into();
        self.groups.insert(name.clone(), self.parts.len());
        self.parts.push((Part::new(name, facts(), Vec::new()), Vec::new()));
        self.parts.len() - 1
    }

    fn conference(&mut self, conference: &Object) {
        let place = conference.place(&mut self.places);
        let name = conference.url.get().or(conference.acronym.get()).unwrap_or_default();
        let facts = Facts {
            title: conference.title.owned(),
            days: days(conference.slug.get().unwrap_or_default()),
            url: conference.link.owned(),
            description: conference.description.get().map(prose),
            place: Some(place),
            ..Facts::default()
        };
        self.group(name, || facts);
        for event in &conference.events.items {
            self.event(event, Some(conference));
        }
    }

    fn event(&mut self, event: &Object, conference: Option<&Object>) {
        let place = event.place(&mut self.places);
        let Some(talk) = event::talk(event, &place, &mut self.problems) else { return };
        let of = |text: fn(&Object<'_>) -> Option<String>| conference.and_then(text);
        let title = event.conference_title.owned().or_else(|| of(|conference| conference.title.owned()));
        let url = event.conference_url.owned().or_else(|| of(|conference| conference.url.owned()));
        let name = url.or_else(|| of(|conference| conference.acronym.owned())).or_else(|| title.clone());
        let name = name.unwrap_or_else(|| place.path.to_string());
        let at = self.group(&name, || Facts { title, ..Facts::default() });
        let moment = event.date.get().or(event.release_date.get()).unwrap_or("~").to_owned();
        let talk = Dated { talk: chapters::inside(talk.talk, None, &mut self.problems), ..talk };
        self.parts[at].1.push((moment, talk));
    }
}

/// Congresses and conferences are gatherings. Under the other slugs are evenings as well as single meetings: their days say which.
fn days(slug: &str) -> Option<Days> {
    matches!(slug.split('/').next(), Some("conferences" | "congress")).then_some(Days::One)
}

#[cfg(test)]
mod tests;
