//! What is told of a talk, and whether two tellings are of one talk.

use super::Row;
use super::homes::Homes;
use crate::domain::catalogue::People;
use crate::domain::event::{Event, EventDraft};
use crate::domain::link::Recording;
use crate::domain::talk::Talk;
use crate::text;
use hashbrown::HashMap;
use std::collections::HashSet;

/// Seconds by which two people may differ on where a talk of one title begins.
const SLACK: u32 = 90;

/// Letters of a title that another one may go on from.
const LONG_ENOUGH: usize = 10;

/// What a draft tells of a talk, as far as it tells talks apart.
pub struct Told<'a> {
    pub row: Row,
    pub talk: &'a Talk,
    pub event: &'a Event,
    /// The first draft of its event.
    pub home: u32,
    /// Its event is told of by several drafts.
    pub is_shared: bool,
    /// How many talks the draft has.
    pub of: usize,
    /// The title, folded.
    pub title: String,
    /// The speakers' main names, folded.
    pub people: Vec<String>,
    /// It is the only talk of its recording that the draft has.
    pub sole: bool,
    /// It is the only talk of its speaker, and the speaker its only one, in its recording.
    pub alone: bool,
}

impl<'a> Told<'a> {
    /// What is told of some talks, in the order of the rows.
    pub fn all(drafts: &'a [EventDraft], homes: &Homes, people: &People, rows: &[Row]) -> Vec<Told<'a>> {
        let mut all: Vec<Told> = rows.iter().map(|row| Told::new(drafts, homes, people, *row)).collect();
        for of_draft in all.chunk_by_mut(|a, b| a.row.draft == b.row.draft) {
            let only_ones = only_ones(of_draft);
            for (told, (sole, alone)) in of_draft.iter_mut().zip(only_ones) {
                (told.sole, told.alone) = (sole, alone);
            }
        }
        all
    }

    fn new(drafts: &'a [EventDraft], homes: &Homes, people: &People, row: Row) -> Told<'a> {
        let draft = &drafts[row.draft as usize];
        let talk = &draft.talks[row.talk as usize];
        Told {
            row,
            talk,
            event: &draft.event,
            home: homes.of(row.draft),
            is_shared: homes.is_shared(row.draft),
            of: draft.talks.len(),
            title: text::slug(&talk.title),
            people: talk.speakers.iter().map(|speaker| text::slug(people.main_name(&speaker.name))).collect(),
            sole: false,
            alone: false,
        }
    }

    /// How much two tellings agree, if they are of one talk.
    pub fn likeness(&self, other: &Told) -> Option<u8> {
        if !(self.is_same_part(other) || self.is_same_in_event(other)) {
            return None;
        }
        let bit = |agree: bool, worth: u8| if agree { worth } else { 0 };
        let start = self.talk.span.start == other.talk.span.start;
        Some(bit(self.shares_recording(other), 8) + bit(start, 4) + bit(self.title == other.title, 2) + bit(self.people == other.people, 1))
    }

    /// Is all that tells talks apart the same?
    pub fn says_the_same(&self, other: &Told) -> bool {
        let of = |told: &Told| (told.talk.span.start, told.home, told.event.date, told.sole, told.alone);
        of(self) == of(other)
            && self.talk.recording == other.talk.recording
            && (&self.title, &self.people, &self.talk.id) == (&other.title, &other.people, &other.talk.id)
    }

    fn shares_recording(&self, other: &Told) -> bool {
        self.talk.recording.is_some() && self.talk.recording == other.talk.recording
    }

    /// Are they the same part of the same recording?
    fn is_same_part(&self, other: &Told) -> bool {
        if !self.shares_recording(other) {
            return false;
        }
        let titled = self.title == other.title && !self.title.is_empty() && !self.are_strangers(other);
        // A link that was copied and not changed leads to another talk: neither may go for that.
        let unlike = !self.meet(other) && self.shares_no_word(other);
        let (a, b) = (self.talk.span.start, other.talk.span.start);
        if let (Some(a), Some(b)) = (a, b) {
            return (a == b && !unlike) || (titled && a.seconds().abs_diff(b.seconds()) <= SLACK);
        }
        // From here on a cue is not known, which says nothing about where the talk is.
        let both_sole = self.sole && other.sole;
        let same_people = !self.people.is_empty() && self.people == other.people;
        let at_start = [a, b].iter().flatten().all(|cue| cue.seconds() == 0);
        titled
            || (same_people && both_sole)
            || (same_people && self.alone && other.alone && a.is_none() && b.is_none())
            || (both_sole && at_start && !unlike)
    }

    /// Are they the same talk of the same event, wherever it is recorded?
    fn is_same_in_event(&self, other: &Told) -> bool {
        if self.event.date != other.event.date {
            return false;
        }
        let near = self.home == other.home;
        let meet = self.meet(other);
        if self.title == other.title {
            let unnamed = self.people.is_empty() || other.people.is_empty();
            return if near { meet || (unnamed && !self.is_elsewhere(other)) } else { meet && alike(self.event, other.event) };
        }
        let (short, long) = if self.title.len() < other.title.len() { (self, other) } else { (other, self) };
        let goes_on = short.title.len() >= LONG_ENOUGH && contains_words(&long.title, &short.title);
        let same_people = !self.people.is_empty() && self.people == other.people;
        near && (self.talk.id == other.talk.id || (same_people && goes_on && !self.is_elsewhere(other)))
    }

    /// Is it known that they lie in different videos, or at different seconds?
    fn is_elsewhere(&self, other: &Told) -> bool {
        let apart = |a: Option<&Recording>, b: Option<&Recording>| a.is_some() && b.is_some() && a != b;
        let (a, b) = (self.talk.span.start, other.talk.span.start);
        apart(self.talk.recording.as_ref(), other.talk.recording.as_ref()) || (a.is_some() && b.is_some() && a != b)
    }

    /// Are they by different people?
    fn are_strangers(&self, other: &Told) -> bool {
        !self.people.is_empty() && !other.people.is_empty() && !self.meet(other)
    }

    /// Is somebody named in both?
    fn meet(&self, other: &Told) -> bool {
        self.people.iter().any(|name| other.people.contains(name))
    }

    fn shares_no_word(&self, other: &Told) -> bool {
        let words = |title: &str| title.split('-').filter(|word| word.len() > 3).map(str::to_owned).collect::<HashSet<_>>();
        words(&self.title).is_disjoint(&words(&other.title))
    }
}

/// Of the talks of one draft: which are the only ones of their recording, and of their speaker there.
fn only_ones(of_draft: &[Told]) -> Vec<(bool, bool)> {
    let mut in_recording: HashMap<&Recording, usize> = HashMap::new();
    let mut by_person: HashMap<(&Recording, &str), usize> = HashMap::new();
    for told in of_draft {
        let Some(recording) = &told.talk.recording else { continue };
        *in_recording.entry(recording).or_default() += 1;
        for name in &told.people {
            *by_person.entry((recording, name)).or_default() += 1;
        }
    }
    let only = |told: &Told| {
        let Some(recording) = &told.talk.recording else { return (false, false) };
        let alone = matches!(told.people.as_slice(), [name] if by_person.get(&(recording, name.as_str())) == Some(&1));
        (in_recording.get(recording) == Some(&1), alone)
    };
    of_draft.iter().map(only).collect()
}

/// `pycon` in `pycon-us`, but not in `pyconference`.
fn contains_words(long: &str, short: &str) -> bool {
    let ends =
        |at: usize| (at == 0 || long[..at].ends_with('-')) && (at + short.len() == long.len() || long[at + short.len()..].starts_with('-'));
    long.match_indices(short).any(|(at, _)| ends(at))
}

/// May two events of one day be one under different names? `PyCon US 2019` and `PyCon 2019` may; it takes more to be sure.
fn alike(a: &Event, b: &Event) -> bool {
    let words = |text: &str| -> HashSet<String> {
        let slug = text::slug(text);
        slug.split('-').filter(|word| word.contains(char::is_alphabetic)).map(str::to_owned).collect()
    };
    let all = |event: &Event| &words(&event.series) | &words(&event.title);
    let within = |a: &Event, b: &Event| Some(words(&a.series)).is_some_and(|words| !words.is_empty() && words.is_subset(&all(b)));
    within(a, b) || within(b, a)
}
