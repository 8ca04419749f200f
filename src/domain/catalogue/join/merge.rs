//! Merging: the first one's word stands, and what it lacks is taken over, with where that came from.

use crate::domain::about::About;
use crate::domain::cue::Span;
use crate::domain::event::{Event, Labelled};
use crate::domain::link::Recording;
use crate::domain::problem::Place;
use crate::domain::provenance::{Field, Origin};
use crate::domain::talk::{Kind, Speaker, Status, Talk};
use crate::text::slug;

/// The same talk from a second source.
pub fn talk(first: &mut Talk, mut second: Talk) {
    let theirs = second.take_about();
    speakers(first, &second);
    recording(first, &second);
    status(first, &second);
    first.language = first.language.take().or_else(|| second.language.take());
    if first.kind == Kind::Talk {
        first.kind = second.kind;
    }
    about(first, &second, theirs);
}

/// The same event from a second source.
pub fn event(first: &mut Event, second: Event) {
    fn fill<T>(mine: &mut Option<T>, theirs: Option<T>) {
        *mine = mine.take().or(theirs);
    }
    fill(&mut first.location, second.location);
    fill(&mut first.venue, second.venue);
    fill(&mut first.host, second.host);
    fill(&mut first.url, second.url);
    fill(&mut first.recording, second.recording);
    fill(&mut first.description, second.description);
    fill(&mut first.next, second.next);
    for (mine, theirs) in [(&mut first.tags, second.tags), (&mut first.images, second.images)] {
        if mine.is_empty() {
            *mine = theirs;
        }
    }
    if first.sponsors.is_empty() {
        first.sponsors = second.sponsors;
    }
    places(&first.source, &mut first.also, [second.source].into_iter().chain(second.also));
}

/// A whole evening told as one talk, beside the talks of it. What describes it describes the event, if that is `most` of it.
pub fn evening(event: &mut Event, mut evening: Talk, most: bool) {
    let about = evening.take_about();
    if most {
        event.recording = event.recording.take().or(evening.recording);
        event.description = event.description.take().or(about.description);
        if event.tags.is_empty() {
            event.tags = about.tags;
        }
    }
    places(&event.source, &mut event.also, [evening.source].into_iter().chain(about.also));
}

/// Places that are kept of where else something was read: nobody reads more.
const MOST_PLACES: usize = 64;

/// Keeps in mind where else something was read.
fn places(own: &Place, also: &mut Vec<Place>, others: impl IntoIterator<Item = Place>) {
    for place in others {
        if also.len() < MOST_PLACES && place != *own && !also.contains(&place) {
            also.push(place);
        }
    }
}

fn take_origin(first: &mut Talk, second: &Talk, field: Field) {
    if let Some(origin) = second.provenance.get(field) {
        first.provenance.set(field, origin);
    }
}

fn speakers(first: &mut Talk, second: &Talk) {
    let had_company = first.speakers.iter().any(|speaker| speaker.company.is_some());
    if first.speakers.is_empty() {
        first.speakers.clone_from(&second.speakers);
        take_origin(first, second, Field::Speakers);
    } else {
        let is = |a: &Speaker, b: &Speaker| a.name == b.name || slug(&a.name) == slug(&b.name);
        for speaker in first.speakers.iter_mut().filter(|speaker| speaker.company.is_none()) {
            let same = second.speakers.iter().find(|other| is(speaker, other));
            speaker.company = same.and_then(|other| other.company.clone());
        }
        // Only who names everybody and more knows of somebody else, and not another spelling.
        let all_known = first.speakers.iter().all(|speaker| second.speakers.iter().any(|other| is(speaker, other)));
        if all_known && second.provenance.get(Field::Speakers) != Some(Origin::Guessed) {
            let known = first.speakers.len();
            let more = second.speakers.iter().filter(|other| !first.speakers[..known].iter().any(|speaker| is(speaker, other)));
            let more: Vec<Speaker> = more.cloned().collect();
            first.speakers.extend(more);
        }
    }
    if !had_company && first.speakers.iter().any(|speaker| speaker.company.is_some()) {
        take_origin(first, second, Field::Company);
    }
}

/// The recording and the part of it. What is said of a part is said of that recording only.
fn recording(first: &mut Talk, second: &Talk) {
    // A talk without one often has its event's, in which it is not.
    if first.status != Status::Recorded && second.status == Status::Recorded && second.recording.is_some() {
        (first.recording, first.span) = (None, Span::default());
    }
    if first.recording.is_none() && second.recording.is_some() {
        first.recording.clone_from(&second.recording);
        take_origin(first, second, Field::Recording);
        if second.span.start.is_some() {
            first.span = second.span;
            take_origin(first, second, Field::Start);
            take_origin(first, second, Field::End);
        }
    }
    if first.recording != second.recording {
        return;
    }
    if first.span.start.is_none() && second.span.start.is_some_and(|start| first.span.end.is_none_or(|end| start < end)) {
        first.span.start = second.span.start;
        take_origin(first, second, Field::Start);
    }
    if first.span.end.is_none() && second.span.end > first.span.start {
        first.span.end = second.span.end;
        take_origin(first, second, Field::End);
    }
}

/// A recording that one has found is there, whatever the other says; and why there is none is known better than that there
/// may be one.
fn status(first: &mut Talk, second: &Talk) {
    let found = second.status == Status::Recorded && second.recording.is_some();
    let open = first.recording.is_none() && matches!(first.status, Status::Recorded | Status::Scheduled);
    let settled = matches!(second.status, Status::NotRecorded | Status::NotPublished | Status::Cancelled);
    if found || (open && settled) {
        first.status = second.status;
    }
}

fn about(first: &mut Talk, second: &Talk, theirs: About) {
    let mut mine = first.take_about();
    if mine.takeaways.is_empty() && !theirs.takeaways.is_empty() {
        mine.takeaways = theirs.takeaways;
        take_origin(first, second, Field::Takeaways);
    }
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    if length(&theirs.description) > length(&mine.description) {
        mine.description = theirs.description;
    }
    mine.slides = mine.slides.take().or(theirs.slides);
    if mine.chapters.is_empty() && !theirs.chapters.is_empty() && first.recording == second.recording {
        mine.chapters = theirs.chapters;
        take_origin(first, second, Field::Chapters);
    }
    if mine.tags.is_empty() {
        mine.tags = theirs.tags;
    }
    let other = second.recording.as_ref().filter(|other| first.recording.as_ref() != Some(*other) && second.status == Status::Recorded);
    let more = theirs.resources.into_iter().chain(other.map(|other| another(other, second)));
    for link in more {
        if !mine.resources.iter().any(|known| known == &link || (known.url.is_some() && known.url == link.url)) {
            mine.resources.push(link);
        }
    }
    places(&first.source, &mut mine.also, [second.source.clone()].into_iter().chain(theirs.also));
    first.set_about(mine);
}

/// The same talk in another video, which must not be lost.
fn another(recording: &Recording, talk: &Talk) -> Labelled {
    Labelled { label: "Another recording".to_owned(), url: Some(recording.url_at(talk.span.start)) }
}
