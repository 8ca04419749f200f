//! Which talk of a catalogue a marked talk is, once its id does not say.

use super::anchor::Anchor;
use crate::domain::{Catalogue, Cue, Recording, Talk};
use crate::text;
use hashbrown::{HashMap, HashSet};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Seconds by which a cue may have been corrected while the talk stays the same.
const SLACK: u32 = 90;

/// Talks of an event, or of a recording at one place, that are looked through one by one.
const MANY: usize = 128;

/// Letters of a title that another one may go on from, or differ from by a slip.
const LONG_ENOUGH: usize = 8;

/// A talk that a marked talk may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Its index in the catalogue.
    pub talk: usize,
    /// How much agrees.
    pub likeness: u8,
    /// So much that it is the same even if the user has marked that talk too.
    pub firm: bool,
}

/// What tells talks apart, folded.
struct Facts {
    title: String,
    people: Vec<String>,
}

/// The talks of a catalogue that some marked talks may be, by what those are known by.
pub(super) struct Finder<'a> {
    catalogue: &'a Catalogue,
    facts: HashMap<usize, Facts>,
    by_recording: HashMap<&'a Recording, Vec<(Option<Cue>, usize)>>,
    by_title: HashMap<(Date, String), Vec<usize>>,
    by_person: HashMap<(Date, String), Vec<usize>>,
    by_series: HashMap<(Date, String), Vec<usize>>,
}

impl<'a> Finder<'a> {
    /// For some marked talks: only what lies in their recordings or was on their days is looked at.
    pub fn new<'b>(catalogue: &'a Catalogue, sought: impl IntoIterator<Item = &'b Anchor>) -> Finder<'a> {
        let (mut days, mut recordings) = (HashSet::new(), HashSet::new());
        for anchor in sought {
            days.extend(anchor.date.parse::<Date>());
            recordings.extend(&anchor.recording);
        }
        let mut finder = Finder {
            catalogue,
            facts: HashMap::new(),
            by_recording: HashMap::new(),
            by_title: HashMap::new(),
            by_person: HashMap::new(),
            by_series: HashMap::new(),
        };
        for event in catalogue.events() {
            let on_day = days.contains(&event.date);
            if on_day {
                finder.by_series.entry((event.date, text::slug(&event.series))).or_default().extend(event.talks.clone());
            }
            for index in event.talks.clone() {
                let talk = &catalogue.talks()[index];
                if on_day || talk.recording.as_ref().is_some_and(|recording| recordings.contains(recording)) {
                    finder.put_in(index, talk, event.date);
                }
            }
        }
        finder.by_recording.values_mut().for_each(|talks| talks.sort_unstable());
        finder
    }

    fn put_in(&mut self, index: usize, talk: &'a Talk, day: Date) {
        let facts =
            Facts { title: text::slug(&talk.title), people: talk.speakers.iter().map(|speaker| text::slug(&speaker.name)).collect() };
        if let Some(recording) = &talk.recording {
            self.by_recording.entry(recording).or_default().push((talk.span.start, index));
        }
        self.by_title.entry((day, facts.title.clone())).or_default().push(index);
        for person in &facts.people {
            self.by_person.entry((day, person.clone())).or_default().push(index);
        }
        self.facts.insert(index, facts);
    }

    /// Every talk that a marked talk may be, the likest first; among talks that are as like, none is it.
    pub fn find(&self, anchor: &Anchor) -> Vec<Found> {
        let sought = Sought::new(anchor);
        let mut found: Vec<Found> = self.near(anchor, &sought).into_iter().filter_map(|talk| self.judge(&sought, talk)).collect();
        found.sort_by(|a, b| (b.likeness, a.talk).cmp(&(a.likeness, b.talk)));
        found
    }

    /// The talks that are worth a closer look.
    fn near(&self, anchor: &Anchor, sought: &Sought) -> BTreeSet<usize> {
        let mut near = BTreeSet::new();
        if let Some(talks) = anchor.recording.as_ref().and_then(|recording| self.by_recording.get(recording)) {
            near.extend(around(talks, anchor.start).iter().map(|(_, talk)| *talk));
        }
        let Some(day) = sought.day else { return near };
        near.extend(self.by_title.get(&(day, sought.title.clone())).into_iter().flatten().take(MANY));
        for person in &sought.people {
            near.extend(self.by_person.get(&(day, person.clone())).into_iter().flatten().take(MANY));
        }
        let evening = self.by_series.get(&(day, sought.series.clone()));
        if let Some(talks) = evening.filter(|talks| talks.len() <= MANY && near.is_empty()) {
            near.extend(talks);
        }
        near
    }

    /// How like a talk is to a marked one, if it may be the same.
    fn judge(&self, sought: &Sought, index: usize) -> Option<Found> {
        let (talk, facts) = (&self.catalogue.talks()[index], self.facts.get(&index)?);
        let event = self.catalogue.event_of(talk);
        let anchor = sought.anchor;
        let both = anchor.recording.as_ref().zip(talk.recording.as_ref());
        let (same_recording, other_recording) = (both.is_some_and(|(a, b)| a == b), both.is_some_and(|(a, b)| a != b));
        let apart = anchor.start.zip(talk.span.start).map(|(a, b)| a.seconds().abs_diff(b.seconds()));
        let same_cue = apart == Some(0);
        let near_cue = apart.is_some_and(|apart| apart <= SLACK);
        let no_cue = anchor.start.is_none() && talk.span.start.is_none();
        let sole = same_recording && self.by_recording.get(talk.recording.as_ref()?).is_some_and(|talks| talks.len() == 1);
        let title = Title::between(&sought.title, &facts.title);
        let meet = facts.people.iter().any(|person| sought.names(person));
        let strangers = !meet && !facts.people.is_empty() && !sought.by.is_empty();
        let same_event =
            sought.day == Some(event.date) && (sought.series == text::slug(&event.series) || sought.event == text::slug(&event.title));
        let by_recording = same_recording
            && ((same_cue && (!strangers || title == Title::Same))
                || (title == Title::Same && !strangers)
                || (title == Title::Alike && !strangers && (meet && near_cue || same_event))
                || (no_cue && sole && !strangers));
        let by_event = same_event && !strangers && (title == Title::Same || (title == Title::Alike && (meet || sought.by.is_empty())));
        if !by_recording && !by_event {
            return None;
        }
        let worth = |agrees: bool, worth: u8| if agrees { worth } else { 0 };
        let place = worth(same_recording, 16) + worth(same_cue, 8) + worth(near_cue && !same_cue, 4) + worth(same_event, 1);
        let named = worth(title == Title::Same, 6) + worth(title == Title::Alike, 2) + worth(meet, 3);
        let same_place = same_recording && (same_cue || no_cue);
        let nowhere_else = !other_recording && apart.is_none_or(|apart| apart <= SLACK);
        let firm = title == Title::Same && !strangers && (same_place || (same_event && meet && nowhere_else));
        Some(Found { talk: index, likeness: place + named, firm })
    }
}

/// The talks of a recording; where they are many, those near a cue.
fn around(talks: &[(Option<Cue>, usize)], start: Option<Cue>) -> &[(Option<Cue>, usize)] {
    if talks.len() <= MANY {
        return talks;
    }
    let Some(start) = start.map(Cue::seconds) else { return &talks[..MANY] };
    let from = talks.partition_point(|(cue, _)| cue.is_none_or(|cue| cue.seconds() + SLACK < start));
    let to = talks.partition_point(|(cue, _)| cue.is_none_or(|cue| cue.seconds() <= start + SLACK));
    &talks[from..to.min(from + MANY)]
}

/// A marked talk, folded.
struct Sought<'a> {
    anchor: &'a Anchor,
    day: Option<Date>,
    title: String,
    series: String,
    event: String,
    /// The line that says who gave it, with `-` on both sides of every word.
    by: String,
    /// The names in it, as far as they can be told apart.
    people: Vec<String>,
}

impl<'a> Sought<'a> {
    fn new(anchor: &'a Anchor) -> Sought<'a> {
        let by = text::slug(&anchor.by);
        // Companies stand in brackets behind people.
        let names = anchor.by.split(", ").map(|name| name.split(" (").next().unwrap_or(name));
        Sought {
            anchor,
            day: anchor.date.parse().ok(),
            title: text::slug(&anchor.title),
            series: text::slug(&anchor.series),
            event: text::slug(&anchor.event),
            by: if by.is_empty() { by } else { format!("-{by}-") },
            people: names.map(text::slug).filter(|name| !name.is_empty()).collect(),
        }
    }

    fn names(&self, person: &str) -> bool {
        !person.is_empty() && self.by.contains(&format!("-{person}-"))
    }
}

/// How two titles stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    Same,
    /// One corrects the other, or goes on from it.
    Alike,
    Other,
}

impl Title {
    fn between(a: &str, b: &str) -> Title {
        if a == b && !a.is_empty() {
            return Title::Same;
        }
        let numbers = |title: &str| -> Vec<String> {
            title.split('-').filter(|word| word.bytes().any(|b| b.is_ascii_digit())).map(str::to_owned).collect()
        };
        // The second part of a talk is like the first in all but that.
        if numbers(a) != numbers(b) {
            return Title::Other;
        }
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        if short.len() >= LONG_ENOUGH && (format!("-{long}-").contains(&format!("-{short}-")) || is_slip(short, long)) {
            return Title::Alike;
        }
        let words = |title: &str| title.split('-').filter(|word| word.chars().count() > 3).map(str::to_owned).collect::<BTreeSet<_>>();
        let (few, many) = (words(short), words(long));
        let shared = few.intersection(&many).count();
        if shared * 2 > few.len().max(many.len()) { Title::Alike } else { Title::Other }
    }
}

fn is_slip(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    text::edits_within(&letters(a), &letters(b), 2).is_some()
}
