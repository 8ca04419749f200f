//! `videos.yml`: recordings, each a talk or many.

mod talk;
#[cfg(test)]
mod tests;
mod whereabouts;

use super::about::{date, part, tongue};
use super::media::Media;
use super::shape::{self, Notes, Shape, Text, said};
use crate::domain::{Place, Problem, link};
use crate::source::part::{Dated, Evening, Facts};
use crate::source::{Reading, SourceText, chapters};
use jiff::civil::Date;
use serde::Deserialize;
use whereabouts::Whereabouts;

/// A recording or a talk: both are written alike.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Video<'a> {
    pub(super) id: Option<Text<'a>>,
    pub(super) title: Option<Text<'a>>,
    pub(super) raw_title: Option<Text<'a>>,
    pub(super) event_name: Option<Text<'a>>,
    pub(super) date: Option<Text<'a>>,
    pub(super) description: Option<Text<'a>>,
    pub(super) speakers: Option<Vec<Option<Text<'a>>>>,
    pub(super) kind: Option<Text<'a>>,
    pub(super) status: Option<Text<'a>>,
    pub(super) language: Option<Text<'a>>,
    pub(super) track: Option<Text<'a>>,
    pub(super) slides_url: Option<Text<'a>>,
    pub(super) start_cue: Option<Text<'a>>,
    pub(super) end_cue: Option<Text<'a>>,
    #[serde(rename = "video_provider")]
    pub(super) provider: Option<Text<'a>>,
    /// What its provider calls it.
    #[serde(rename = "video_id")]
    pub(super) code: Option<Text<'a>>,
    pub(super) external_player_url: Option<Text<'a>>,
    pub(super) additional_resources: Option<Vec<Option<Resource<'a>>>>,
    pub(super) alternative_recordings: Option<Vec<Option<Alternative<'a>>>>,
    pub(super) talks: Option<Vec<Option<Video<'a>>>>,
}

/// Something to read beside a talk.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Resource<'a> {
    pub(super) name: Option<Text<'a>>,
    pub(super) title: Option<Text<'a>>,
    pub(super) url: Option<Text<'a>>,
}

/// Another recording of the same talk.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Alternative<'a> {
    pub(super) note: Option<Text<'a>>,
    pub(super) title: Option<Text<'a>>,
    #[serde(rename = "video_provider")]
    pub(super) provider: Option<Text<'a>>,
    /// What its provider calls it.
    #[serde(rename = "video_id")]
    pub(super) code: Option<Text<'a>>,
    pub(super) external_url: Option<Text<'a>>,
}

static RESOURCE: Shape = Shape::Keys(&[("name", Shape::Text), ("title", Shape::Text), ("url", Shape::Text)]);
static ALTERNATIVE: Shape = Shape::Keys(&[
    ("note", Shape::Text),
    ("title", Shape::Text),
    ("video_provider", Shape::Text),
    ("video_id", Shape::Text),
    ("external_url", Shape::Text),
]);
static VIDEO: Shape = Shape::Keys(&[
    ("id", Shape::Text),
    ("title", Shape::Text),
    ("raw_title", Shape::Text),
    ("event_name", Shape::Text),
    ("date", Shape::Text),
    ("description", Shape::Text),
    ("speakers", Shape::List(&Shape::Text)),
    ("kind", Shape::Text),
    ("status", Shape::Text),
    ("language", Shape::Text),
    ("track", Shape::Text),
    ("slides_url", Shape::Text),
    ("start_cue", Shape::Text),
    ("end_cue", Shape::Text),
    ("video_provider", Shape::Text),
    ("video_id", Shape::Text),
    ("external_player_url", Shape::Text),
    ("additional_resources", Shape::List(&RESOURCE)),
    ("alternative_recordings", Shape::List(&ALTERNATIVE)),
    ("talks", Shape::List(&VIDEO)),
]);
static VIDEOS: Shape = Shape::List(&VIDEO);

/// Reads every talk of an event or a meetup.
pub fn read(source: &SourceText) -> Reading {
    let mut notes = Notes::default();
    let videos: Vec<Option<Video>> = match shape::read(source, &VIDEOS, &mut notes) {
        Ok(videos) => videos,
        Err(problem) => return Reading { problems: vec![problem], ..Reading::default() },
    };
    let whereabouts = Whereabouts::of(source, &videos);
    let room = ROOM + source.text.len().saturating_mul(4);
    let mut reader = Reader { whereabouts, notes, facts: Facts::default(), talks: Vec::new(), problems: Vec::new(), room };
    for (i, video) in videos.iter().enumerate() {
        if let Some(video) = video {
            reader.video(video, &format!("/{i}"), (i, None), None);
        }
    }
    reader.facts.title = shared_name(&videos);
    if let [Some(only)] = &videos[..]
        && only.holds_talks()
    {
        reader.facts.description = described(only).1.map(str::to_owned);
    }
    let parts = vec![part(source, reader.facts, reader.talks)];
    let problems = [reader.problems, reader.notes.placed(source)].concat();
    Reading { parts, problems, ..Reading::default() }
}

impl Video<'_> {
    /// Is it a recording of several talks, and no talk itself?
    fn holds_talks(&self) -> bool {
        self.talks.iter().flatten().any(Option::is_some)
    }
}

/// The name of the event, if all that is said agrees.
fn shared_name(videos: &[Option<Video>]) -> Option<String> {
    let mut names = videos.iter().flatten().filter_map(|video| said(video.event_name.as_ref()));
    let first = names.next()?;
    names.all(|name| name == first).then(|| first.to_owned())
}

/// The address of a gathering, if its description is nothing else, or else that description.
fn described<'a>(video: &'a Video) -> (Option<&'a str>, Option<&'a str>) {
    let text = said(video.description.as_ref());
    if text.is_some_and(link::is_web_address) { (text, None) } else { (None, text) }
}

/// What a recording says of the talks in it.
struct Parent<'a> {
    media: Media,
    title: Option<&'a str>,
    date: Option<Date>,
    language: Option<String>,
    track: Option<&'a str>,
}

/// Bytes of text that may be kept even of the smallest file.
const ROOM: usize = 1 << 16;

/// What was read so far.
struct Reader {
    whereabouts: Whereabouts,
    notes: Notes,
    facts: Facts,
    talks: Vec<Dated>,
    problems: Vec<Problem>,
    /// Bytes of text that may still be kept. What talks take from their recording is kept once for each of them, which may
    /// not grow without bound.
    room: usize,
}

impl Reader {
    /// Reads a recording with the talks in it, or a talk.
    fn video(&mut self, video: &Video, path: &str, index: (usize, Option<usize>), parent: Option<&Parent>) {
        let place = self.whereabouts.at(path, index);
        let day = date(said(video.date.as_ref()), &format!("{path}/date"), &mut self.notes).or(parent.and_then(|parent| parent.date));
        if !video.holds_talks() {
            // A recording says it once for all talks in it.
            let own = if parent.is_some() { None } else { said(video.event_name.as_ref()) };
            let gathering = own.and_then(|name| self.keep(name));
            if let Some(talk) = self.talk(video, path, place.clone(), parent) {
                let alone = parent.is_none_or(|parent| talk.recording != parent.media.recording);
                let talks = if alone { chapters::split(talk, None, &mut self.problems) } else { vec![talk] };
                if let (Some(date), None, true) = (day, parent, talks.len() > 1) {
                    self.evening(video, date, place);
                }
                self.talks.extend(talks.into_iter().map(|talk| Dated { date: day, gathering: gathering.clone(), talk }));
            }
            return;
        }
        let above = parent.map(|parent| &parent.media);
        let inside = Parent {
            media: Media::of(video, path, above, &mut self.notes),
            title: parent.and_then(|parent| parent.title).or(said(video.title.as_ref())),
            date: day,
            language: tongue(said(video.language.as_ref()), &format!("{path}/language"), &mut self.notes),
            track: said(video.track.as_ref()),
        };
        if let (Some(date), None) = (day, parent) {
            self.evening(video, date, place);
        }
        for (j, talk) in video.talks.iter().flatten().enumerate() {
            if let Some(talk) = talk {
                self.video(talk, &format!("{path}/talks/{j}"), (index.0, index.1.or(Some(j))), Some(&inside));
            }
        }
    }

    fn evening(&mut self, video: &Video, date: Date, place: Place) {
        let (url, description) = described(video);
        let url = url.map(str::to_owned);
        let description = description.and_then(|text| self.keep(text));
        let title = said(video.title.as_ref()).or(said(video.event_name.as_ref())).and_then(|title| self.keep(title));
        self.facts.evenings.push(Evening { date, title, url, description, place });
    }

    /// A text to be kept, as long as the file can hold it.
    fn keep(&mut self, text: &str) -> Option<String> {
        self.spend(text.len()).then(|| text.to_owned())
    }

    /// Is there room for that many bytes of text more?
    fn spend(&mut self, bytes: usize) -> bool {
        if let Some(room) = self.room.checked_sub(bytes) {
            self.room = room;
            return true;
        }
        if self.room > 0 {
            self.room = 0;
            let message = "texts of it repeat without end; from here on texts are left out";
            self.notes.add("", |at| Problem::error(at, message).hint("shorten what recordings say of all their talks"));
        }
        false
    }
}
