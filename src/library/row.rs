//! Rows of the tables as they are read.

use super::anchor::cue;
use crate::domain::Cue;
use crate::domain::marks::{Mark, Note};
use crate::text;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

/// A marked talk as it is kept, without its notes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Single {
    pub starred: bool,
    pub watched: bool,
    /// Where one stopped, and when that was, in milliseconds.
    pub position: Option<(Cue, i64)>,
}

impl Single {
    /// Reads `starred, watched, position, position_at` from a column on.
    pub fn read(row: &Row, from: usize) -> rusqlite::Result<Single> {
        let number = |column| row.get::<_, Option<i64>>(column);
        let position = number(from + 2)?.and_then(cue).zip(Some(number(from + 3)?.unwrap_or(0)));
        Ok(Single { starred: number(from)?.is_some(), watched: number(from + 1)?.is_some(), position })
    }

    /// What the talk is to the user.
    pub fn marks(self, has_notes: bool, queued: bool) -> Vec<Mark> {
        let is = |mark: &Mark| match mark {
            Mark::Starred => self.starred,
            Mark::Watched => self.watched,
            Mark::Queued => queued,
            Mark::Begun => self.position.is_some(),
            Mark::Noted => has_notes,
        };
        Mark::ALL.into_iter().filter(is).collect()
    }
}

/// The row of the talk that is kept under an id.
pub(super) fn row_of(connection: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    connection.prepare_cached("SELECT key FROM talk WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()
}

/// The rows in the queue, in order.
pub(super) fn queued(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    keys(connection, "SELECT talk FROM queue ORDER BY place", [])
}

/// Numbers of rows.
pub(super) fn keys(connection: &Connection, sql: &str, with: impl rusqlite::Params) -> rusqlite::Result<Vec<i64>> {
    connection.prepare_cached(sql)?.query_map(with, |row| row.get(0))?.collect()
}

/// Reads `id, at, text, written`.
pub(super) fn note(row: &Row) -> rusqlite::Result<Note> {
    let at = row.get::<_, Option<i64>>(1)?.and_then(cue);
    Ok(Note { id: row.get(0)?, at, text: text::clean_block(row.get_ref(2)?.as_str()?).into_owned(), written: time(row.get(3)?) })
}

/// A time as it is kept.
pub(super) fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
