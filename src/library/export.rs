//! Writing everything that is kept as lines of JSON.

use super::anchor::{Anchor, COLUMNS, cue};
use super::lines::{Line, NoteLine, PlaylistLine, PositionLine, RecordingLine, Second, TalkLine, Time};
use super::{Library, LibraryError};
use crate::domain::Recording;
use rusqlite::{Connection, Row};
use std::io::{self, Write};

/// Why not everything was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The library cannot be read.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// There is no room, or nobody reads.
    #[error("what is kept could not be written")]
    Write(#[source] io::Error),
}

/// Why a line was not written.
enum LineFault {
    Database(rusqlite::Error),
    Write(io::Error),
}

impl From<rusqlite::Error> for LineFault {
    fn from(error: rusqlite::Error) -> LineFault {
        LineFault::Database(error)
    }
}

/// Every talk about which something is kept, by day and id, so that the same always gives the same lines.
const KEPT: &str = "
FROM talk LEFT JOIN (SELECT talk, row_number() OVER (ORDER BY place) AS place FROM queue) AS queued ON queued.talk = talk.key
WHERE starred IS NOT NULL OR watched IS NOT NULL OR position IS NOT NULL OR queued.place IS NOT NULL
  OR EXISTS (SELECT 1 FROM note WHERE note.talk = talk.key)
  OR EXISTS (SELECT 1 FROM visit WHERE visit.talk = talk.key)
  OR EXISTS (SELECT 1 FROM playlist_talk WHERE playlist_talk.talk = talk.key)
ORDER BY talk.date, talk.id";

impl Library {
    /// Writes all that is kept, a line a talk and a line a playlist; how many talks that are.
    ///
    /// # Errors
    /// The library cannot be read, or the lines cannot be written.
    pub fn export(&self, out: &mut impl Write) -> Result<usize, ExportError> {
        let mut fault = None;
        let (_, count) = self.reading(|connection| match lines(connection, out) {
            Ok(count) => Ok(count),
            Err(LineFault::Database(error)) => Err(error),
            Err(LineFault::Write(error)) => {
                fault = Some(error);
                Ok(0)
            }
        })?;
        fault.map_or(Ok(count), |error| Err(ExportError::Write(error)))
    }
}

fn lines(connection: &Connection, out: &mut impl Write) -> Result<usize, LineFault> {
    let mut write = |line: &Line| writeln!(out, "{}", line.to_json()).map_err(LineFault::Write);
    let sql = format!("SELECT {COLUMNS}, talk.key, starred, watched, position, position_at, queued.place {KEPT}");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        write(&Line::Talk(Box::new(talk(connection, row)?)))?;
        count += 1;
    }
    let mut statement = connection.prepare("SELECT id, name FROM playlist ORDER BY name")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        write(&Line::Playlist(playlist(connection, row)?))?;
    }
    Ok(count)
}

fn talk(connection: &Connection, row: &Row) -> rusqlite::Result<TalkLine> {
    let Anchor { id, title, by, series, event, date, recording, start, url } = Anchor::read(row)?;
    let key: i64 = row.get(10)?;
    let moment = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Time));
    let second = |seconds: Option<i64>| seconds.and_then(cue).map(Second);
    let position = second(row.get(13)?).map(|at| Ok::<_, rusqlite::Error>(PositionLine { at, when: moment(14)?.unwrap_or(Time(0)) }));
    let mut notes = connection.prepare_cached("SELECT at, text, written FROM note WHERE talk = ?1 ORDER BY at, written, text")?;
    let notes = notes.query_map([key], |row| Ok(NoteLine { at: second(row.get(0)?), text: row.get(1)?, written: Time(row.get(2)?) }))?;
    let mut visits = connection.prepare_cached("SELECT at FROM visit WHERE talk = ?1 ORDER BY at")?;
    let visits = visits.query_map([key], |row| row.get(0).map(Time))?;
    let day = date.parse().map_err(|_| rusqlite::Error::InvalidColumnType(5, date, rusqlite::types::Type::Text))?;
    Ok(TalkLine {
        kind: "talk".to_owned(),
        id,
        title,
        by,
        series,
        event,
        date: super::lines::Day(day),
        recording: recording.as_ref().map(recording_line),
        start: start.map(Second),
        url,
        starred: moment(11)?,
        watched: moment(12)?,
        position: position.transpose()?,
        queue: row.get(15)?,
        notes: notes.collect::<rusqlite::Result<_>>()?,
        history: visits.collect::<rusqlite::Result<_>>()?,
    })
}

fn recording_line(recording: &Recording) -> RecordingLine {
    RecordingLine { provider: recording.provider().name().to_owned(), id: recording.id().to_owned() }
}

fn playlist(connection: &Connection, row: &Row) -> rusqlite::Result<PlaylistLine> {
    let sql = "SELECT talk.id FROM playlist_talk JOIN talk ON talk.key = playlist_talk.talk WHERE playlist = ?1 ORDER BY place";
    let talks = connection.prepare_cached(sql)?.query_map([row.get::<_, i64>(0)?], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(PlaylistLine { kind: "playlist".to_owned(), name: row.get(1)?, talks })
}
