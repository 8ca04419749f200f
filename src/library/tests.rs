//! The library against what it promises, where nothing but the library is needed for it.

mod attaching;
mod changing;
mod keeping;
mod model;
mod opening;

use super::*;
use crate::domain::{Cue, Event, EventDraft, Mark, Place, Provider, Recording, Speaker, Talk};

/// A talk for a catalogue: `title | people | recording | start | end | day`, with what is missing left empty.
fn talk_of(line: &str) -> (String, Talk) {
    let mut fields = line.split('|').map(str::trim);
    let mut next = || fields.next().unwrap_or_default();
    let place = Place::of("x".as_ref());
    let mut talk = Talk::new(next(), place);
    talk.speakers =
        next().split(',').map(str::trim).filter(|name| !name.is_empty()).map(|name| Speaker { name: name.into(), company: None }).collect();
    talk.recording = Some(next()).filter(|id| !id.is_empty()).map(|id| Recording::of(Provider::Vimeo, id).expect("a recording"));
    talk.span.start = Cue::parse(next()).ok();
    talk.span.end = Cue::parse(next()).ok();
    let day = next();
    (if day.is_empty() { "2024-05-01".to_owned() } else { day.to_owned() }, talk)
}

/// A catalogue of such talks, those of a day in one event.
fn catalogue(lines: &[&str]) -> Arc<Catalogue> {
    let mut days = std::collections::BTreeMap::<String, Vec<Talk>>::new();
    for (day, talk) in lines.iter().map(|line| talk_of(line)) {
        days.entry(day).or_default().push(talk);
    }
    let drafts = days.into_iter().map(|(day, talks)| {
        let event = Event::new("Boat Nights", "Boat Nights", day.parse().expect("a day"), Place::of("x".as_ref()));
        EventDraft { event, talks }
    });
    Arc::new(Catalogue::build(drafts.collect()).0)
}

fn three() -> Arc<Catalogue> {
    catalogue(&["Sails | Bo Ek | 1 | 10:00 | 20:00", "Knots | Cy Orr | 1 | 20:00 | 30:00", "Tides | Di Fu | 1 | 30:00 |"])
}

/// A library in a folder of its own, beside a catalogue.
fn library(catalogue: &Arc<Catalogue>) -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().expect("a folder");
    let library = opened(folder.path(), catalogue);
    (folder, library)
}

fn opened(folder: &Path, catalogue: &Arc<Catalogue>) -> Library {
    let mut library = Library::open(folder).expect("a library");
    library.attach(catalogue).expect("attached");
    library
}

fn index(catalogue: &Catalogue, title: &str) -> usize {
    catalogue.talks().iter().position(|talk| talk.title == title).unwrap_or_else(|| panic!("{title}"))
}

fn id(catalogue: &Catalogue, title: &str) -> String {
    catalogue.talks()[index(catalogue, title)].id.clone()
}

fn titles(catalogue: &Catalogue, talks: impl IntoIterator<Item = usize>) -> Vec<&str> {
    talks.into_iter().map(|talk| catalogue.talks()[talk].title.as_str()).collect()
}

fn starred<'a>(catalogue: &'a Catalogue, marks: &Marks) -> Vec<&'a str> {
    titles(catalogue, marks.talks(Mark::Starred))
}

fn cue(seconds: u64) -> Cue {
    Cue::from_seconds(seconds).expect("a cue")
}

/// What an export gives.
fn exported(library: &Library) -> String {
    let mut bytes = Vec::new();
    library.export(&mut bytes).expect("exported");
    String::from_utf8(bytes).expect("text")
}
