//! What chapters become: parts of a talk, or the talks of an evening.

use super::people::{People, Side, Spoken, is_name, without_number};
use super::{Titled, chapters, inner};
use crate::domain::{Cue, Field, Kind, Origin, Problem, Speaker, Talk};
use std::collections::HashSet;

/// A recording of this or more is no lightning talk of its own.
const SESSION_WORDS: &[&str] = &[
    "lightning talks",
    "lightning-talks",
    "lightning rounds",
    "lightning session",
    "meetup",
    "meet-up",
    "livestream",
    "live stream",
    "full stream",
    "full recording",
    "user group",
    "summit",
    "barcamp",
    "ignite",
    "charlas rápidas",
    "charlas rapidas",
    "charlas relámpago",
    "blitzvorträge",
    "kurzvorträge",
    "presentations éclair",
];

/// Seconds of the shortest talk that nobody is named for, at an evening of longer ones.
const SHORTEST_TALK: u32 = 5 * 60;

/// What stands between talks.
const BETWEEN_TALKS: &[&str] = &[
    "intro",
    "introduction",
    "introductions",
    "introduction to the event",
    "welcome",
    "welcoming",
    "opening",
    "start",
    "begin",
    "break",
    "pause",
    "lunch",
    "coffee",
    "q&a",
    "q & a",
    "qa",
    "questions",
    "questions and answers",
    "questions & answers",
    "discussion",
    "closing",
    "close",
    "outro",
    "end",
    "ending",
    "wrap up",
    "wrap-up",
    "wrapup",
    "conclusion",
    "thanks",
    "thank you",
    "goodbye",
    "bye",
    "announcements",
    "announcement",
    "sponsors",
    "sponsor",
    "housekeeping",
    "raffle",
    "prize draw",
    "networking",
    "begrüßung",
    "fragen",
    "questions/réponses",
    "bienvenida",
    "preguntas",
    "technical difficulties",
    "next meetup",
    "call for speakers",
    "countdown",
    "stream starts",
    "meetup start",
];

/// Gives a talk the chapters written into its description, and leaves it one: for archives that tell of a video and nothing else.
/// What a list of chapters lost is told.
pub fn inside(mut talk: Talk, length: Option<Cue>, problems: &mut Vec<Problem>) -> Talk {
    if talk.recording.is_none() || !talk.about().chapters.is_empty() {
        return talk;
    }
    if let Some(found) = talk.about().description.as_deref().and_then(|text| chapters(text, length)) {
        if found.broken.iter().any(|broken| broken.is_doubt()) {
            problems.extend(found.problem(&talk.source));
        }
        talk.about_mut().chapters = inner(&found.chapters);
        talk.provenance.set(Field::Chapters, Origin::Guessed);
    }
    talk
}

/// Gives a talk that has its recording for itself the chapters written into its description, or parts it into the talks that
/// they are. What a list of chapters lost is told.
pub fn split(talk: Talk, length: Option<Cue>, problems: &mut Vec<Problem>) -> Vec<Talk> {
    if talk.recording.is_none() || !talk.about().chapters.is_empty() {
        return vec![talk];
    }
    let Some(found) = talk.about().description.as_deref().and_then(|text| chapters(text, length)) else { return vec![talk] };
    if found.broken.iter().any(|broken| broken.is_doubt()) {
        problems.extend(found.problem(&talk.source));
    }
    let length = length.filter(|length| found.chapters.iter().all(|chapter| chapter.start < *length));
    split_by(talk, &found.chapters, Origin::Guessed, length)
}

/// The same by chapters that are known: stated by a field, or guessed from a text.
pub fn split_by(mut talk: Talk, chapters: &[Titled], origin: Origin, length: Option<Cue>) -> Vec<Talk> {
    if chapters.is_empty() {
        return vec![talk];
    }
    if let Some(talks) = talks(&talk, chapters, length) {
        return talks;
    }
    talk.about_mut().chapters = inner(chapters);
    talk.provenance.set(Field::Chapters, origin);
    vec![talk]
}

fn is_lightning(whole: &Talk) -> bool {
    whole.kind == Kind::LightningTalk || whole.title.to_lowercase().contains("lightning")
}

/// A chapter, read as a talk.
struct Part<'a> {
    chapter: &'a Titled,
    end: Option<Cue>,
    spoken: Option<Spoken>,
    numbered: bool,
}

/// The talks that chapters are, where there is no doubt that they are talks.
fn talks(whole: &Talk, chapters: &[Titled], length: Option<Cue>) -> Option<Vec<Talk>> {
    let people = People { known: whole.speakers.iter().map(|s| s.name.as_str()).filter(|name| is_name(name)).collect() };
    let side = people.side(chapters.iter().map(|chapter| chapter.title.as_str()));
    let ends = chapters.iter().skip(1).map(|next| Some(next.start)).chain([length]);
    let parts = chapters.iter().zip(ends).filter_map(|(chapter, end)| Part::new(chapter, end, &people, side));
    let parts: Vec<Part> = parts.collect();
    let lightning = is_lightning(whole);
    let talks = || parts.iter().filter(|part| part.is_talk(lightning)).map(|part| part.talk(whole)).collect();
    is_session(whole, &parts, &people).then(talks)
}

/// Does a recording hold the talks of several people?
///
/// Its title says so and most chapters name somebody or are numbered talks; or the people it is said to be of are those of its
/// chapters. Songs of a mix are named like talks, and so are the guests of a panel: both stay chapters.
fn is_session(whole: &Talk, parts: &[Part], people: &People) -> bool {
    let title = whole.title.to_lowercase();
    let named: Vec<&Part> = parts.iter().filter(|part| part.spoken.is_some()).collect();
    let numbered = parts.iter().filter(|part| part.numbered).count();
    let speakers = || named.iter().filter_map(|part| part.spoken.as_ref()).flat_map(|spoken| &spoken.speakers);
    let distinct: HashSet<&str> = speakers().map(|speaker| speaker.name.as_str()).collect();
    let by_name = named.iter().filter(|part| part.spoken.as_ref().is_some_and(|spoken| !spoken.speakers.is_empty())).count();
    let several = distinct.len() >= 2 && distinct.len() * 3 >= by_name * 2;
    if ["panel", "interview", "podcast", "roundtable", "round table", "fireside"].iter().any(|word| title.contains(word)) {
        return false;
    }
    if SESSION_WORDS.iter().any(|word| title.contains(word)) {
        return (several && named.len() * 2 >= parts.len()) || (numbered >= 2 && numbered * 2 >= parts.len());
    }
    let known = people.known.iter().filter(|known| distinct.contains(**known)).count();
    several && known >= 3 && known * 2 >= people.known.len() && named.len() == parts.len()
}

impl<'a> Part<'a> {
    /// Nothing, where a chapter stands between talks.
    fn new(chapter: &'a Titled, end: Option<Cue>, people: &People, side: Option<Side>) -> Option<Part<'a>> {
        let spoken = people.spoken(&chapter.title, side);
        let title = spoken.as_ref().map_or(Some(chapter.title.as_str()), |spoken| spoken.title.as_deref());
        if title.is_some_and(|title| is_between(title, spoken.is_some())) || is_between(&chapter.title, spoken.is_some()) {
            return None;
        }
        let numbered = without_number(&chapter.title).len() < chapter.title.trim().len();
        Some(Part { chapter, end: chapter.end.or(end).filter(|end| *end > chapter.start), spoken, numbered })
    }

    /// Nobody is named for many a lightning talk; among longer ones, what is short and nobody's is no talk.
    fn is_talk(&self, lightning: bool) -> bool {
        let long = self.end.is_some_and(|end| end.seconds() - self.chapter.start.seconds() >= SHORTEST_TALK);
        self.spoken.is_some() || self.numbered || lightning || long
    }

    fn talk(&self, whole: &Talk) -> Talk {
        let (speakers, title) = self.spoken.clone().map_or((Vec::new(), None), |spoken| (spoken.speakers, Some(spoken.title)));
        let titled = title.unwrap_or_else(|| Some(without_number(&self.chapter.title).to_owned()));
        let origin = if titled.is_some() { Origin::Guessed } else { Origin::Derived };
        let title = titled.unwrap_or_else(|| crate::source::native::title_from_speakers(&speakers));
        let mut talk = Talk::new(title, whole.source.clone());
        talk.provenance.set(Field::Title, origin);
        if !speakers.is_empty() {
            talk.provenance.set(Field::Speakers, Origin::Guessed);
        }
        if speakers.iter().any(|speaker: &Speaker| speaker.company.is_some()) {
            talk.provenance.set(Field::Company, Origin::Guessed);
        }
        talk.speakers = speakers;
        talk.span.start = Some(self.chapter.start);
        talk.provenance.set(Field::Start, Origin::Guessed);
        talk.span.end = self.end;
        if self.end.is_some() {
            talk.provenance.set(Field::End, Origin::Guessed);
        }
        talk.recording.clone_from(&whole.recording);
        talk.provenance.set(Field::Recording, Origin::Derived);
        talk.language.clone_from(&whole.language);
        talk.status = whole.status;
        talk.kind = if is_lightning(whole) { Kind::LightningTalk } else { Kind::Talk };
        if !whole.about().tags.is_empty() {
            talk.about_mut().tags.clone_from(&whole.about().tags);
        }
        talk
    }
}

/// `Intro`, `Q&A with Ann Lee`, `Welcome to Friday's lightning talks`; not `Introduction to nets`, if somebody gave it.
fn is_between(title: &str, named: bool) -> bool {
    let title = title.trim().trim_end_matches(['!', '.', '?', '…']).to_lowercase();
    let asked = ["q&a", "q & a", "questions and answers", "questions & answers"];
    if BETWEEN_TALKS.contains(&title.as_str()) || asked.iter().any(|q| title.contains(q)) {
        return true;
    }
    let begins = BETWEEN_TALKS.iter().any(|word| title.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    let to = ["introduction to ", "intro to "].iter().any(|to| title.starts_with(to));
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    let within = words.any(|word| ["break", "announcements", "welcome", "raffle", "intro"].contains(&word));
    (begins || within) && !to && !named && title.split_whitespace().count() <= 8
}
