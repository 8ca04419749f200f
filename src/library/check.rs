//! Looking through the library.

use super::error::words;
use super::{Library, LibraryError, backup, file, schema};
use crate::text::clean_line;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// What a library holds, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What is wrong, a sentence each; nothing, most often.
    pub faults: Vec<String>,
    /// The version of its tables.
    pub version: i64,
    /// What is counted, with how many there are: talks, stars and so on.
    pub counts: Vec<(&'static str, i64)>,
    /// The names of the backups beside it, newest first.
    pub backups: Vec<String>,
}

/// What is counted, and how.
const COUNTS: [(&str, &str); 8] = [
    ("marked talk", "SELECT count(*) FROM talk"),
    ("star", "SELECT count(starred) FROM talk"),
    ("watched talk", "SELECT count(watched) FROM talk"),
    ("begun talk", "SELECT count(position) FROM talk"),
    ("note", "SELECT count(*) FROM note"),
    ("queued talk", "SELECT count(*) FROM queue"),
    ("playlist", "SELECT count(*) FROM playlist"),
    ("visit", "SELECT count(*) FROM visit"),
];

/// A library as it is found by who looks only.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// What is in it.
    pub checked: Checked,
    /// Why no change would be taken now, if none would.
    pub refuses: Option<LibraryError>,
}

/// Looks through the library in a folder; `None` if there is none. Nothing is made or changed.
///
/// # Errors
/// The library cannot be read, or is none.
pub fn examine(folder: &Path) -> Result<Option<Found>, LibraryError> {
    let Some(connection) = file::look(folder, schema::STEPS)? else { return Ok(None) };
    let path = folder.join(file::NAME);
    let checked = checked(&connection, &path).map_err(|error| LibraryError::of(&error, &path))?;
    if let Some(fault) = checked.faults.first() {
        return Err(LibraryError::damaged(&path, fault.clone()));
    }
    drop(connection);
    let refuses = file::refusal(&path);
    Ok(Some(Found { path, checked, refuses }))
}

impl Library {
    /// Looks at every page and every reference, and counts.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn check(&self) -> Result<Checked, LibraryError> {
        Ok(self.reading(|connection| checked(connection, self.path()))?.1)
    }
}

fn checked(connection: &Connection, path: &Path) -> rusqlite::Result<Checked> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let count = |(name, sql): &(&'static str, &str)| Ok((*name, connection.query_row(sql, [], |row| row.get(0))?));
    let counts = COUNTS.iter().map(count).collect::<rusqlite::Result<_>>()?;
    Ok(Checked { faults: faults(connection)?, version, counts, backups: backup::all(path) })
}

fn faults(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let found = statement.query_map([], |row| row.get::<_, String>(0))?;
    let said = found.map(|fault| fault.unwrap_or_else(|error| words(&error)));
    let mut faults: Vec<String> = said.filter(|fault| fault != "ok").map(|fault| clean_line(&fault).into_owned()).collect();
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let dangling = statement.query_map([], |row| row.get::<_, String>(0))?.count();
    if dangling > 0 {
        faults.push(format!("{dangling} entries are about talks that are not there"));
    }
    Ok(faults)
}
