//! Adding what lines of JSON say to what is kept.
//!
//! Nothing that is there is lost: a star, a playlist's order, a note stays, and what the lines say more is added. Of two positions the one
//! of the later moment stands. The same lines a second time change nothing.

use super::lines::{Line, PlaylistLine, TalkLine};
use super::part::{Part, Value};
use super::row::{queued, row_of};
use super::{Library, LibraryError, TURN};
use crate::domain::{Place, Problem};
use crate::text::reason;
use rusqlite::Connection;
use std::io::{BufRead, Read};

/// Lines that are written in one piece: other programs get their turn between two of them.
const TOGETHER: usize = 500;

/// Bytes of the longest line that is read.
const LONGEST: u64 = 16 << 20;

/// What an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Talks of which nothing was kept until now.
    pub new: usize,
    /// Talks of which something was, to which something was added.
    pub added_to: usize,
    /// Talks of which all was known.
    pub unchanged: usize,
    /// Playlists that are new, or longer.
    pub playlists: usize,
    /// Lines that could not be taken.
    pub bad: usize,
}

impl Library {
    /// Adds what the lines of a text say. What is wrong in a line is told, and costs that line.
    ///
    /// # Errors
    /// The library cannot be written; what was added until then stays, and the same import goes on from there.
    pub fn import(&mut self, from: impl BufRead, place: &Place, tell: impl FnMut(Problem)) -> Result<Imported, LibraryError> {
        let mut import = Import { from, place, tell, line: 0, imported: Imported::default(), queue: Vec::new(), playlists: Vec::new() };
        loop {
            let talks = import.read_some();
            if talks.is_empty() {
                break;
            }
            let before = import.imported;
            let added = self.adding(|connection| talks.iter().try_for_each(|talk| import.add(connection, talk)));
            added.inspect_err(|_| import.imported = before)?;
            std::thread::sleep(TURN);
        }
        self.adding(|connection| import.finish(connection))?;
        Ok(import.imported)
    }
}

struct Import<'a, From, Tell> {
    from: From,
    place: &'a Place,
    tell: Tell,
    line: u32,
    imported: Imported,
    /// Rows to be queued, with their places.
    queue: Vec<(u32, i64)>,
    /// Playlists, with their lines.
    playlists: Vec<(u32, PlaylistLine)>,
}

/// What came of an attempt to read a line.
enum Next {
    Text(String),
    Bad(u32, String),
    End,
}

impl<From: BufRead, Tell: FnMut(Problem)> Import<'_, From, Tell> {
    /// The next talks; playlists wait until all talks are there.
    fn read_some(&mut self) -> Vec<TalkLine> {
        let mut talks = Vec::new();
        while talks.len() < TOGETHER {
            self.line += 1;
            let text = match self.next_line() {
                Next::Text(text) if text.trim().is_empty() => continue,
                Next::Text(text) => text,
                Next::Bad(column, message) => {
                    self.bad(self.line, column, message);
                    continue;
                }
                Next::End => break,
            };
            match Line::parse(&text) {
                Ok(Line::Talk(talk)) => talks.push(*talk),
                Ok(Line::Playlist(playlist)) => self.playlists.push((self.line, playlist)),
                Err(error) => self.bad(self.line, error.column, error.message),
            }
        }
        talks
    }

    fn next_line(&mut self) -> Next {
        let mut bytes = Vec::new();
        match (&mut self.from).take(LONGEST).read_until(b'\n', &mut bytes) {
            Ok(0) => return Next::End,
            Ok(_) => {}
            Err(error) => {
                self.imported.bad += 1;
                (self.tell)(Problem::error(self.place.clone(), format!("cannot be read any further: {}", reason(&error))));
                return Next::End;
            }
        }
        if bytes.last() != Some(&b'\n') && bytes.len() as u64 == LONGEST {
            return self.pass_over();
        }
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        // A byte-order mark stands before the first line of some editors' files.
        let from = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        match String::from_utf8(bytes.split_off(from)) {
            Ok(text) => Next::Text(text),
            Err(error) => {
                let right = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).chars().count();
                Next::Bad(u32::try_from(right).unwrap_or(u32::MAX).saturating_add(1), "the line is not UTF-8".to_owned())
            }
        }
    }

    /// Passes over the rest of a line that is too long to be one.
    fn pass_over(&mut self) -> Next {
        let mut rest = Vec::new();
        while let Ok(1..) = (&mut self.from).take(LONGEST).read_until(b'\n', &mut rest) {
            if rest.last() == Some(&b'\n') {
                break;
            }
            rest.clear();
        }
        Next::Bad(1, format!("the line is longer than {} MB", LONGEST >> 20))
    }

    fn bad(&mut self, line: u32, column: u32, message: String) {
        self.imported.bad += 1;
        (self.tell)(Problem::error(self.place.at(line, column), message));
    }

    /// Adds a talk.
    fn add(&mut self, connection: &Connection, line: &TalkLine) -> rusqlite::Result<()> {
        let known = row_of(connection, &line.id)?;
        let key = known.map_or_else(|| line.anchor().insert(connection), Ok)?;
        let more = add_single(connection, key, line)? + add_notes(connection, key, line)? + add_visits(connection, key, line)?;
        self.queue.extend(line.queue.map(|place| (place, key)));
        match known {
            None => self.imported.new += 1,
            Some(_) if more > 0 => self.imported.added_to += 1,
            Some(_) => self.imported.unchanged += 1,
        }
        Ok(())
    }

    /// Adds what names several talks, now that all are there.
    fn finish(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.queue.sort_unstable();
        let more: Vec<i64> = self.queue.iter().map(|(_, key)| *key).collect();
        let now = queued(connection)?;
        Part::Queue.write(connection, &Value::Keys(united(now, more)))?;
        for (line, playlist) in std::mem::take(&mut self.playlists) {
            let talks = self.talks_of(connection, line, &playlist)?;
            let part = Part::Playlist(playlist.name);
            let now = part.read(connection)?;
            let after = Value::Keys(match &now {
                Value::Keys(now) => united(now.clone(), talks),
                _ => united(Vec::new(), talks),
            });
            if now != after {
                part.write(connection, &after)?;
                self.imported.playlists += 1;
            }
        }
        Ok(())
    }

    /// The rows of a playlist's talks; what is not there is told.
    fn talks_of(&mut self, connection: &Connection, line: u32, playlist: &PlaylistLine) -> rusqlite::Result<Vec<i64>> {
        let mut rows = Vec::new();
        let mut missing = 0;
        for id in &playlist.talks {
            let key = row_of(connection, id)?;
            missing += usize::from(key.is_none());
            rows.extend(key);
        }
        if missing > 0 {
            let message = format!("{missing} of the talks of the playlist “{}” are not kept here and are left out", playlist.name);
            let hint = "each needs a line of its own, as `cuepoint library export` writes it";
            (self.tell)(Problem::warning(self.place.at(line, 1), message).hint(hint));
        }
        Ok(rows)
    }
}

/// Rows in their order, and behind them those of others that are not among them.
fn united(mut rows: Vec<i64>, more: Vec<i64>) -> Vec<i64> {
    let mut seen: hashbrown::HashSet<i64> = rows.iter().copied().collect();
    rows.extend(more.into_iter().filter(|key| seen.insert(*key)));
    rows
}

/// A star and a watching stay as they are. A position goes before an older one, and before none unless the talk was watched since.
fn add_single(connection: &Connection, key: i64, line: &TalkLine) -> rusqlite::Result<usize> {
    let position = line.position.as_ref().map(|position| (i64::from(position.at.0.seconds()), position.when.0));
    let (at, when) = position.unzip();
    // Both sides are looked at before anything is written.
    let mut update = connection.prepare_cached(
        "UPDATE talk SET position = ?2, position_at = ?3 \
         WHERE key = ?1 AND ?2 IS NOT NULL AND ?3 > coalesce(position_at, watched, -9223372036854775808)",
    )?;
    let moved = update.execute((key, at, when))?;
    let mut changed = moved;
    for (column, time) in [("starred", line.starred), ("watched", line.watched)] {
        let sql = format!("UPDATE talk SET {column} = ?2 WHERE key = ?1 AND {column} IS NULL AND ?2 IS NOT NULL");
        changed += connection.prepare_cached(&sql)?.execute((key, time.map(|time| time.0)))?;
    }
    Ok(changed)
}

fn add_notes(connection: &Connection, key: i64, line: &TalkLine) -> rusqlite::Result<usize> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO note (talk, at, text, written) SELECT ?1, ?2, ?3, ?4 \
         WHERE NOT EXISTS (SELECT 1 FROM note WHERE talk = ?1 AND at IS ?2 AND text = ?3 AND written = ?4)",
    )?;
    let add = |note: &super::lines::NoteLine| insert.execute((key, note.at.map(|at| at.0.seconds()), &note.text, note.written.0));
    line.notes.iter().map(add).sum()
}

fn add_visits(connection: &Connection, key: i64, line: &TalkLine) -> rusqlite::Result<usize> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO visit (talk, at) VALUES (?1, ?2)")?;
    line.history.iter().map(|at| insert.execute((key, at.0))).sum()
}
