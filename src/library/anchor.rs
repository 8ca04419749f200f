//! What a marked talk is known by.

use crate::domain::{Catalogue, Cue, Event, Provider, Recording, Talk};
use crate::text::clean_line;
use jiff::civil::Date;
use rusqlite::{Connection, Row};

/// What is kept of a talk so that it is found again: what it was when it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub id: String,
    pub title: String,
    /// Who gave it, as one line.
    pub by: String,
    pub series: String,
    /// The event's title.
    pub event: String,
    /// The event's day, as `2026-11-28`.
    pub date: String,
    pub recording: Option<Recording>,
    pub start: Option<Cue>,
    /// A link that opened it.
    pub url: Option<String>,
}

/// The columns of an anchor, in the order in which [`Anchor::read`] wants them first in a row.
pub(super) const COLUMNS: &str = "talk.id, talk.title, talk.by_line, talk.series, talk.event, talk.date, talk.provider, talk.recording, \
                                  talk.start, talk.url";

impl Anchor {
    /// Of a talk as it is in a catalogue.
    pub fn of(catalogue: &Catalogue, talk: &Talk) -> Anchor {
        let event = catalogue.event_of(talk);
        Anchor {
            id: talk.id.clone(),
            title: talk.title.clone(),
            by: talk.by_line(),
            series: event.series.clone(),
            event: event.title.clone(),
            date: event.date.to_string(),
            recording: talk.recording.clone(),
            start: talk.span.start,
            url: talk.url(),
        }
    }

    /// Reads one from a row that begins with its columns.
    pub fn read(row: &Row) -> rusqlite::Result<Anchor> {
        let text = |column: usize| Ok::<_, rusqlite::Error>(clean_line(row.get_ref(column)?.as_str()?).into_owned());
        let provider = row.get_ref(6)?.as_str_or_null()?.and_then(provider_named);
        let recording = row.get_ref(7)?.as_str_or_null()?.map(|id| clean_line(id).into_owned());
        Ok(Anchor {
            id: text(0)?,
            title: text(1)?,
            by: text(2)?,
            series: text(3)?,
            event: text(4)?,
            date: text(5)?,
            recording: provider.zip(recording).and_then(|(provider, id)| Recording::of(provider, &id)),
            start: row.get::<_, Option<i64>>(8)?.and_then(cue),
            url: row.get_ref(9)?.as_str_or_null()?.map(|url| clean_line(url).into_owned()),
        })
    }

    /// Does a row say what a talk of a catalogue is now? Most do, and those are not read any further.
    pub fn is_as_kept(row: &Row, talk: &Talk, event: &Event, scratch: &mut String) -> rusqlite::Result<bool> {
        let text = |column: usize| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str_or_null()?);
        let kept = talk.recording.as_ref().map(|recording| (recording.provider().name(), recording.id()));
        let recording = text(6)?.zip(text(7)?);
        let start = row.get::<_, Option<i64>>(8)?;
        if text(1)? != Some(&talk.title) || text(3)? != Some(&event.series) || text(4)? != Some(&event.title) || recording != kept {
            return Ok(false);
        }
        if start != talk.span.start.map(|cue| i64::from(cue.seconds())) || !is_day(text(5)?, event.date, scratch) {
            return Ok(false);
        }
        scratch.clear();
        scratch.extend(talk.by_line_parts().map(|(_, part)| part));
        Ok(text(2)? == Some(scratch) && text(9)?.is_some() == talk.url().is_some())
    }

    /// `Boat Nights May 2024, 2024-05-01`.
    pub fn when(&self) -> String {
        format!("{}, {}", self.event, self.date)
    }

    /// The link that opens it at a second of its recording, or where it begins.
    pub fn url_at(&self, at: Option<Cue>) -> Option<String> {
        let there = at.and_then(|at| Some(self.recording.as_ref()?.url_at(Some(at))));
        // What was not published has no link, though its recording may be known.
        self.url.as_ref().map(|url| there.unwrap_or_else(|| url.clone()))
    }

    /// Writes it into a new row; the row's number.
    pub fn insert(&self, connection: &Connection) -> rusqlite::Result<i64> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO talk (id, title, by_line, series, event, date, provider, recording, start, url) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, \
             ?8, ?9, ?10)",
        )?;
        insert.insert(self.values())
    }

    /// Writes it over that of a row; a row stays as it is where another one has that id.
    pub fn update(&self, connection: &Connection, key: i64) -> rusqlite::Result<()> {
        let mut update = connection.prepare_cached(
            "UPDATE OR IGNORE talk SET id = ?1, title = ?2, by_line = ?3, series = ?4, event = ?5, date = ?6, provider = ?7, recording = ?8, start = \
             ?9, url = ?10 WHERE key = ?11",
        )?;
        let (id, title, by, series, event, date, provider, recording, start, url) = self.values();
        update.execute(rusqlite::params![id, title, by, series, event, date, provider, recording, start, url, key])?;
        Ok(())
    }

    #[expect(clippy::type_complexity, reason = "the columns of one table")]
    fn values(&self) -> (&str, &str, &str, &str, &str, &str, Option<&str>, Option<&str>, Option<u32>, Option<&str>) {
        let recording = self.recording.as_ref();
        let (provider, id) = (recording.map(|r| r.provider().name()), recording.map(Recording::id));
        let start = self.start.map(Cue::seconds);
        (&self.id, &self.title, &self.by, &self.series, &self.event, &self.date, provider, id, start, self.url.as_deref())
    }
}

fn is_day(text: Option<&str>, date: Date, scratch: &mut String) -> bool {
    use std::fmt::Write;
    scratch.clear();
    write!(scratch, "{date}").is_ok() && text == Some(scratch)
}

/// The provider of that name.
pub(super) fn provider_named(name: &str) -> Option<Provider> {
    Provider::ALL.into_iter().find(|provider| provider.name() == name)
}

/// A second of a recording as it is kept; none, where it cannot be one.
pub(super) fn cue(seconds: i64) -> Option<Cue> {
    Cue::from_seconds(u64::try_from(seconds).ok()?).ok()
}
