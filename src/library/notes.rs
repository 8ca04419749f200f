//! What the user wrote, talk by talk.

use super::anchor::{Anchor, COLUMNS};
use super::row::note;
use super::{Library, LibraryError};
use crate::domain::Note;
use rusqlite::Connection;

/// A talk that was written about, as it was when it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who gave it, as a by-line.
    pub by: String,
    /// Its event, with the day.
    pub event: String,
    /// A link that opens it.
    pub url: Option<String>,
    /// The notes, what is about the whole of it first, then in the order of the seconds they are about.
    pub notes: Vec<NotedAt>,
}

/// A note, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedAt {
    /// The note.
    pub note: Note,
    /// The link to the second that it is about, if it is about one.
    pub url: Option<String>,
}

impl Library {
    /// Every talk that was written about, oldest first.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn notes(&self) -> Result<Vec<Noted>, LibraryError> {
        Ok(self.reading(noted)?.1)
    }
}

fn noted(connection: &Connection) -> rusqlite::Result<Vec<Noted>> {
    let sql = format!("SELECT {COLUMNS}, key FROM talk WHERE EXISTS (SELECT 1 FROM note WHERE note.talk = key) ORDER BY date, talk.id");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (anchor, key) = (Anchor::read(row)?, row.get::<_, i64>(10)?);
        let mut notes = connection.prepare_cached("SELECT id, at, text, written FROM note WHERE talk = ?1 ORDER BY at, id")?;
        let notes = notes.query_map([key], note)?.map(|note| {
            let note = note?;
            let url = note.at.and_then(|at| anchor.url_at(Some(at)));
            Ok(NotedAt { note, url })
        });
        let notes = notes.collect::<rusqlite::Result<_>>()?;
        let event = anchor.when();
        let Anchor { id, title, by, url, .. } = anchor;
        all.push(Noted { id, title, by, event, url, notes });
    }
    Ok(all)
}
