//! `RubyEvents`: a folder a series, a folder in it an event. `series.yml`, `event.yml`, `venue.yml` and `sponsors.yml` tell of
//! them, `videos.yml` holds the talks, `speakers.yml` other names of people.
//!
//! Each file is read typed, and with no place kept. Only where something is wrong, it is read again: values of the wrong shape
//! are told and left out ([`shape`]), and places are looked up.

mod about;
mod detect;
mod entries;
mod media;
mod shape;
mod videos;

use super::{Reading, SourceText};
use detect::Sort;

/// Is this text of this format?
pub fn detect(source: &SourceText) -> bool {
    Sort::of(source).is_some()
}

/// Reads one file.
pub fn read(source: &SourceText) -> Reading {
    match Sort::of(source) {
        Some(Sort::Videos) => videos::read(source),
        Some(Sort::Event) => about::event(source),
        Some(Sort::Series) => about::series(source),
        Some(Sort::Venue) => about::venue(source),
        Some(Sort::Sponsors) => about::sponsors(source),
        Some(Sort::Speakers) => about::speakers(source),
        Some(Sort::Silent) | None => Reading::default(),
    }
}
