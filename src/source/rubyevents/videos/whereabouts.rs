//! Where talks stand in their file.

use super::Video;
use crate::domain::Place;
use crate::source::SourceText;
use crate::source::rubyevents::entries::{Entry, entries};
use crate::source::yaml::Places;

/// The places of all talks: by their lines, or where those do not tell, from a second look at the text.
pub enum Whereabouts {
    /// As many entries as the parser found.
    Lines(Place, Vec<Entry>),
    /// The list is written in another way.
    Parsed(Places),
}

impl Whereabouts {
    /// Looks for every talk.
    pub fn of(source: &SourceText, videos: &[Option<Video>]) -> Whereabouts {
        let entries = entries(&source.text, "talks");
        let below = |video: &Option<Video>| video.as_ref().and_then(|video| video.talks.as_ref()).map_or(0, Vec::len);
        let agree = entries.len() == videos.len() && entries.iter().zip(videos).all(|(entry, video)| entry.below.len() == below(video));
        if agree { Whereabouts::Lines(source.place.clone(), entries) } else { Whereabouts::Parsed(Places::of(&source.text, &source.place)) }
    }

    /// The place of a recording, or of a talk in it; of deeper ones, of the talk that they are in.
    pub fn at(&self, path: &str, (recording, talk): (usize, Option<usize>)) -> Place {
        match self {
            Whereabouts::Parsed(places) => places.at(path),
            Whereabouts::Lines(file, entries) => {
                let entry = entries.get(recording);
                let at = entry.and_then(|entry| talk.map_or(Some(&entry.at), |talk| entry.below.get(talk)));
                at.map_or_else(|| file.clone(), |(line, column)| file.at(*line, *column))
            }
        }
    }
}
