//! The library as lines of JSON, one a marked talk and one a playlist. `assets/library.schema.json` describes them.
//!
//! Keys are added, never renamed or left out when written; when read, all but what names a talk or a playlist may be missing, and what
//! is not known is passed over.

use super::anchor::{Anchor, provider_named};
use super::change::playlist_name;
use super::row::time;
use crate::domain::{Cue, Recording};
use crate::text::{clean_block, clean_line};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// A marked talk.
    Talk(Box<TalkLine>),
    /// A playlist.
    Playlist(PlaylistLine),
}

/// Why a line is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// The character at which that was seen, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}

/// A marked talk with all that is kept about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TalkLine {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) by: String,
    #[serde(default)]
    pub(super) series: String,
    #[serde(default)]
    pub(super) event: String,
    pub(super) date: Day,
    #[serde(default)]
    pub(super) recording: Option<RecordingLine>,
    #[serde(default)]
    pub(super) start: Option<Second>,
    #[serde(default)]
    pub(super) url: Option<String>,
    #[serde(default)]
    pub(super) starred: Option<Time>,
    #[serde(default)]
    pub(super) watched: Option<Time>,
    #[serde(default)]
    pub(super) position: Option<PositionLine>,
    #[serde(default)]
    pub(super) queue: Option<u32>,
    #[serde(default)]
    pub(super) notes: Vec<NoteLine>,
    #[serde(default)]
    pub(super) history: Vec<Time>,
}

/// A playlist, with the ids of its talks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaylistLine {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) talks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct RecordingLine {
    pub provider: String,
    pub id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct PositionLine {
    pub at: Second,
    pub when: Time,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct NoteLine {
    #[serde(default)]
    pub at: Option<Second>,
    pub text: String,
    pub written: Time,
}

/// A second of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Second(pub Cue);

/// A moment, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time(pub i64);

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day(pub Date);

impl Serialize for Second {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(self.0.seconds())
    }
}

impl<'de> Deserialize<'de> for Second {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Second, D::Error> {
        Cue::from_seconds(u64::deserialize(from)?).map(Second).map_err(de::Error::custom)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&time(self.0))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Time, D::Error> {
        let text = String::deserialize(from)?;
        let moment = text.parse::<Timestamp>().map_err(|_| de::Error::custom("not a moment: write it as 2026-11-28T19:30:00Z"))?;
        Ok(Time(moment.as_millisecond()))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Day, D::Error> {
        String::deserialize(from)?.parse().map(Day).map_err(|_| de::Error::custom("not a day: write it as 2026-11-28"))
    }
}

/// What kind of line it is, which is read first.
#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    kind: String,
}

impl Line {
    /// Reads a line, and makes its texts harmless.
    ///
    /// # Errors
    /// It is no JSON, or not a talk or playlist as they are written.
    pub fn parse(text: &str) -> Result<Line, LineError> {
        let told = |error: &serde_json::Error| LineError::of(error, text);
        let wrong = |message: String| LineError { column: 1, message };
        let Kind { kind } = serde_json::from_str(text).map_err(|error| told(&error))?;
        match kind.as_str() {
            "talk" => {
                let mut line: TalkLine = serde_json::from_str(text).map_err(|error| told(&error))?;
                line.clean();
                line.check().map_err(wrong)?;
                Ok(Line::Talk(Box::new(line)))
            }
            "playlist" => {
                let mut line: PlaylistLine = serde_json::from_str(text).map_err(|error| told(&error))?;
                line.name = playlist_name(&line.name).map_err(wrong)?;
                line.talks.iter_mut().for_each(cleaned);
                Ok(Line::Playlist(line))
            }
            other => Err(wrong(format!("the type `{}` is not known: it is `talk` or `playlist`", clean_line(other)))),
        }
    }

    /// The line as it is written.
    #[expect(clippy::missing_panics_doc, reason = "it does not")]
    pub fn to_json(&self) -> String {
        let json = match self {
            Line::Talk(talk) => serde_json::to_string(talk),
            Line::Playlist(playlist) => serde_json::to_string(playlist),
        };
        json.expect("texts, numbers and lists of them are always JSON")
    }
}

impl LineError {
    fn of(error: &serde_json::Error, text: &str) -> LineError {
        // A line break within a value makes a second line; there is none in a line that was read as one.
        let before = error.column().saturating_sub(1).min(text.len());
        let before = text.as_bytes()[..before].iter().filter(|byte| (**byte & 0xc0) != 0x80).count();
        let message = error.to_string();
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        LineError { column: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1), message: clean_line(message).into_owned() }
    }
}

impl TalkLine {
    fn clean(&mut self) {
        [&mut self.id, &mut self.title, &mut self.by, &mut self.series, &mut self.event].into_iter().for_each(cleaned);
        self.url.iter_mut().for_each(cleaned);
        self.recording.iter_mut().for_each(|recording| cleaned(&mut recording.id));
        for note in &mut self.notes {
            note.text = clean_block(&note.text).trim_end().to_owned();
        }
        self.notes.retain(|note| !note.text.trim().is_empty());
        self.notes.dedup();
    }

    fn check(&self) -> Result<(), String> {
        if self.id.is_empty() || self.title.is_empty() {
            return Err("a talk needs an id and a title".to_owned());
        }
        match &self.recording {
            Some(recording) if recording.read().is_none() => {
                Err(format!("no {} recording has the id `{}`", clean_line(&recording.provider), recording.id))
            }
            _ => Ok(()),
        }
    }

    /// What the talk is known by.
    pub(super) fn anchor(&self) -> Anchor {
        Anchor {
            id: self.id.clone(),
            title: self.title.clone(),
            by: self.by.clone(),
            series: self.series.clone(),
            event: self.event.clone(),
            date: self.date.0.to_string(),
            recording: self.recording.as_ref().and_then(RecordingLine::read),
            start: self.start.map(|start| start.0),
            url: self.url.clone(),
        }
    }
}

fn cleaned(text: &mut String) {
    if let std::borrow::Cow::Owned(clean) = clean_line(text) {
        *text = clean;
    }
}

impl RecordingLine {
    fn read(&self) -> Option<Recording> {
        Recording::of(provider_named(&self.provider)?, &self.id).filter(|_| !self.id.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn error(text: &str) -> (u32, String) {
        let error = Line::parse(text).expect_err(text);
        (error.column, error.message)
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        assert_eq!(error("é"), (1, "expected value".to_owned()));
        let (column, message) = error(r#"{"type":"talk","id":"é","title":"T","date":"2024-05-01","start":-4}"#);
        assert!(message.starts_with("invalid value: integer `-4`"), "{message}");
        assert_eq!(column, 66, "where the number ends");
        assert_eq!(error(r#"{"type":"talk","id":"a","title":"T","date":"May"}"#).1, "not a day: write it as 2026-11-28");
        assert_eq!(error(r#"{"type":"song"}"#).1, "the type `song` is not known: it is `talk` or `playlist`");
        assert_eq!(error(r#"{"type":"talk","id":" ","title":"T","date":"2024-05-01"}"#).1, "a talk needs an id and a title");
        assert_eq!(error(r#"{"type":"playlist","name":"\n","talks":[]}"#).1, "A playlist needs a name");
        let (_, message) = error(r#"{"type":"talk","id":"a","title":"T","date":"2024-05-01","recording":{"provider":"youtube","id":"x"}}"#);
        assert_eq!(message, "no youtube recording has the id `x`");
    }

    #[test]
    fn nothing_in_a_line_steers_a_terminal() {
        let text = r#"{"type":"talk","id":"a","title":"\u001b[31mT","date":"2024-05-01","notes":[{"text":"a\u001b\nb","written":"2024-05-01T10:00:00Z"}]}"#;
        let Ok(Line::Talk(line)) = Line::parse(text) else { panic!("a talk") };
        assert_eq!((line.title.as_str(), line.notes[0].text.as_str()), ("␛[31mT", "a␛\nb"));
        let playlist = Line::parse("{\"type\":\"playlist\",\"name\":\"x\",\"talks\":[\"a\u{9b}b\"]}").expect("a playlist");
        assert!(!playlist.to_json().chars().any(char::is_control));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC*") {
            let _ = Line::parse(&text);
        }

        #[test]
        fn what_is_written_is_read_back(id in "[a-z]{1,8}", title in "[^\\pC]{0,9}x", text in "\\PC*", at in 0u64..9_000, written in 0i64..4_000_000_000_000) {
            let note = serde_json::json!({"at": at, "text": text, "written": time(written).to_string()});
            let line = serde_json::json!({"type": "talk", "id": id, "title": title, "date": "2024-05-01", "notes": [note]});
            let read = Line::parse(&line.to_string()).expect("a line");
            prop_assert_eq!(Line::parse(&read.to_json()), Ok(read));
        }
    }
}
