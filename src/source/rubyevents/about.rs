//! The small files: what they tell of an event or a series, and of people's names.

use super::entries::entries;
use super::shape::{self, Notes, Shape, Text, owned, said};
use crate::domain::{Alias, Labelled, Problem, language};
use crate::source::part::{Days, Facts};
use crate::source::{Part, Reading, SourceText, folder_of};
use jiff::civil::Date;
use serde::Deserialize;

/// `event.yml`.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Event<'a> {
    title: Option<Text<'a>>,
    start_date: Option<Text<'a>>,
    kind: Option<Text<'a>>,
    status: Option<Text<'a>>,
    location: Option<Text<'a>>,
    venue: Option<Text<'a>>,
    website: Option<Text<'a>>,
    original_website: Option<Text<'a>>,
    description: Option<Text<'a>>,
}

static EVENT: Shape = Shape::Keys(&[
    ("title", Shape::Text),
    ("start_date", Shape::Text),
    ("kind", Shape::Text),
    ("status", Shape::Text),
    ("location", Shape::Text),
    ("venue", Shape::Text),
    ("website", Shape::Text),
    ("original_website", Shape::Text),
    ("description", Shape::Text),
]);

/// `series.yml`.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Series<'a> {
    name: Option<Text<'a>>,
    language: Option<Text<'a>>,
}

static SERIES: Shape = Shape::Keys(&[("name", Shape::Text), ("language", Shape::Text)]);

/// `venue.yml`, of which the name is enough: the town stands in `event.yml`.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Venue<'a> {
    name: Option<Text<'a>>,
}

static VENUE: Shape = Shape::Keys(&[("name", Shape::Text)]);

/// An entry of `sponsors.yml`.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Tiers<'a> {
    tiers: Option<Vec<Option<Tier<'a>>>>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Tier<'a> {
    sponsors: Option<Vec<Option<Sponsor<'a>>>>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Sponsor<'a> {
    name: Option<Text<'a>>,
    website: Option<Text<'a>>,
}

static SPONSOR: Shape = Shape::Keys(&[("name", Shape::Text), ("website", Shape::Text)]);
static TIER: Shape = Shape::Keys(&[("sponsors", Shape::List(&SPONSOR))]);
static TIERS: Shape = Shape::Keys(&[("tiers", Shape::List(&TIER))]);
static LIST_OF_TIERS: Shape = Shape::List(&TIERS);

/// An entry of `speakers.yml`, and each of its other names.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Person<'a> {
    name: Option<Text<'a>>,
    aliases: Option<Vec<Option<Venue<'a>>>>,
}

static PERSON: Shape = Shape::Keys(&[("name", Shape::Text), ("aliases", Shape::List(&VENUE))]);
static PEOPLE: Shape = Shape::List(&PERSON);

/// What the event's own file says of it.
pub fn event(source: &SourceText) -> Reading {
    facts(source, &EVENT, |event: &Event, notes| Facts {
        title: owned(event.title.as_ref()),
        date: date(said(event.start_date.as_ref()), "/start_date", notes),
        days: said(event.kind.as_ref()).map(|kind| if kind == "meetup" { Days::Each } else { Days::One }),
        location: owned(event.location.as_ref()),
        venue: owned(event.venue.as_ref()),
        url: owned(event.website.as_ref()).or_else(|| owned(event.original_website.as_ref())),
        description: owned(event.description.as_ref()),
        cancelled: said(event.status.as_ref()) == Some("cancelled"),
        place: Some(source.place.at(1, 1)),
        ..Facts::default()
    })
}

/// What holds for every event of a series.
pub fn series(source: &SourceText) -> Reading {
    facts(source, &SERIES, |series: &Series, notes| Facts {
        series: owned(series.name.as_ref()),
        language: tongue(said(series.language.as_ref()), "/language", notes),
        ..Facts::default()
    })
}

/// Where it took place.
pub fn venue(source: &SourceText) -> Reading {
    facts(source, &VENUE, |venue: &Venue, _| Facts { venue: owned(venue.name.as_ref()), ..Facts::default() })
}

/// Who paid for it, the most generous first.
pub fn sponsors(source: &SourceText) -> Reading {
    let kept = |sponsor: &Sponsor| Some(Labelled { label: owned(sponsor.name.as_ref())?, url: owned(sponsor.website.as_ref()) });
    let listed = |lists: &Vec<Option<Tiers>>| {
        let tiers = lists.iter().flatten().filter_map(|list| list.tiers.as_ref()).flatten().flatten();
        let sponsors = tiers.filter_map(|tier| tier.sponsors.as_ref()).flatten().flatten();
        sponsors.filter_map(kept).collect()
    };
    facts(source, &LIST_OF_TIERS, |lists: &Vec<Option<Tiers>>, _| Facts { sponsors: listed(lists), ..Facts::default() })
}

/// Reads a file that tells of its folder.
fn facts<'a, T: Deserialize<'a> + Default>(source: &'a SourceText, shape: &Shape, tell: impl FnOnce(&T, &mut Notes) -> Facts) -> Reading {
    let mut notes = Notes::default();
    let told: T = match shape::read(source, shape, &mut notes) {
        Ok(told) => told,
        Err(problem) => return Reading { problems: vec![problem], ..Reading::default() },
    };
    let facts = tell(&told, &mut notes);
    Reading { parts: vec![part(source, facts, Vec::new())], problems: notes.placed(source), ..Reading::default() }
}

/// What a file says of its folder; what it does not, the folder above may.
pub fn part(source: &SourceText, facts: Facts, talks: Vec<crate::source::part::Dated>) -> Part {
    let folder = source.folder();
    let above = folder_of(folder);
    let part = Part::new(folder, facts, talks);
    if above.is_empty() { part } else { part.within(above) }
}

/// Every other name of everybody.
pub fn speakers(source: &SourceText) -> Reading {
    let mut notes = Notes::default();
    let people: Vec<Option<Person>> = match shape::read(source, &PEOPLE, &mut notes) {
        Ok(people) => people,
        Err(problem) => return Reading { problems: vec![problem], ..Reading::default() },
    };
    let lines = entries(&source.text, "aliases");
    let mut aliases = Vec::new();
    for (i, person) in people.iter().enumerate() {
        let Some(person) = person else { continue };
        let Some(name) = said(person.name.as_ref()) else { continue };
        for (j, other) in person.aliases.iter().flatten().enumerate() {
            let Some(other) = other.as_ref().and_then(|other| said(other.name.as_ref())) else { continue };
            let at = lines.get(i).map(|entry| *entry.below.get(j).unwrap_or(&entry.at));
            let place = at.map_or_else(|| source.place.clone(), |(line, column)| source.place.at(line, column));
            aliases.push(Alias { name: name.to_owned(), other: other.to_owned(), source: place });
        }
    }
    Reading { aliases, problems: notes.placed(source), ..Reading::default() }
}

/// A day; what is none is told, and what is still to be written down too.
pub fn date(text: Option<&str>, path: &str, notes: &mut Notes) -> Option<Date> {
    let text = text?;
    // A time may stand behind it.
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let date = day.parse().ok();
    if date.is_none() {
        let message = format!("`{text}` is no date");
        let problem = if text == "TODO" { Problem::warning } else { Problem::error };
        notes.add(path, |at| problem(at, message).hint("write it as 2020-12-02"));
    }
    date
}

/// A language as talks keep it; a word that is none is told.
pub fn tongue(text: Option<&str>, path: &str, notes: &mut Notes) -> Option<String> {
    let text = text?;
    let tag = language::tag(text);
    if tag.is_none() {
        let message = format!("`{text}` is no language that is known");
        notes.add(path, |at| Problem::warning(at, message).hint("write its English name or its code, as en"));
    }
    tag
}
