//! Texts from outside made harmless, once, on their way into the catalogue.

use crate::domain::about::About;
use crate::domain::event::{EventDraft, Labelled};
use crate::domain::problem::{Place, Problem, Severity};
use crate::domain::talk::Talk;
use crate::text;
use std::borrow::Cow;

/// Takes out of every text what could steer a terminal, and says where that was needed.
pub fn clean(draft: &mut EventDraft) -> Vec<Problem> {
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
        // It may have been taken from the event since.
        let of_event = talk.language.as_mut().is_some_and(clean_line);
        if talk.make_harmless() || of_event {
            problems.push(hidden(&talk.source));
        }
    }
    problems
}

/// That it was needed, to be told.
pub fn hidden(place: &Place) -> Problem {
    Problem {
        place: place.clone(),
        severity: Severity::Warning,
        message: "a text holds control characters or text-direction overrides, or is longer than any text should be".to_owned(),
        hint: Some("it is shown without them, and cut; mend it in the file".to_owned()),
    }
}

/// The same for one talk; whether that was needed.
pub fn clean_talk(talk: &mut Talk) -> bool {
    let mut dirty = clean_line(&mut talk.title) | clean_line(&mut talk.id);
    for speaker in &mut talk.speakers {
        dirty |= clean_line(&mut speaker.name);
        dirty |= speaker.company.as_mut().is_some_and(clean_line);
    }
    dirty |= talk.language.as_mut().is_some_and(clean_line);
    let mut about = talk.take_about();
    dirty |= clean_about(&mut about);
    // There may be a million of them: no room for what will not come.
    talk.speakers.shrink_to_fit();
    talk.set_about(about);
    talk.believe_harmless();
    dirty
}

fn clean_about(about: &mut About) -> bool {
    let mut dirty = about.takeaways.iter_mut().chain(&mut about.tags).fold(false, |d, line| clean_line(line) | d);
    dirty |= about.slides.as_mut().is_some_and(clean_line);
    dirty |= about.chapters.iter_mut().fold(false, |d, chapter| clean_line(&mut chapter.title) | d);
    dirty |= about.resources.iter_mut().fold(false, |d, link| clean_labelled(link) | d);
    dirty | about.description.as_mut().is_some_and(clean_block)
}

fn clean_labelled(link: &mut Labelled) -> bool {
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
pub fn clean_line(line: &mut String) -> bool {
    let mut dirty = cut(line, LONGEST_LINE);
    // What needs no cleaning hides nothing.
    if let Cow::Owned(cleaned) = text::clean_line(line) {
        dirty |= text::has_hidden(line);
        *line = cleaned;
    }
    dirty
}

fn clean_block(block: &mut String) -> bool {
    let mut dirty = cut(block, LONGEST_BLOCK);
    if let Cow::Owned(cleaned) = text::clean_block(block) {
        dirty |= text::has_hidden(block);
        *block = cleaned;
    }
    dirty
}
