//! What a change changes: the parts of the library that are read before and after it, so that it can be taken back.

use super::row::{keys, queued};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, Row};

/// Something that is kept and changes as a whole.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// When the talk of a row was starred.
    Star(i64),
    /// When it was watched.
    Watch(i64),
    /// Where one stopped in it.
    Position(i64),
    /// A note.
    Note(i64),
    /// The queue.
    Queue,
    /// The playlist of that name.
    Playlist(String),
    /// All that is kept about a talk, but for queue and playlists.
    Talk(i64),
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Its row is gone.
    Gone,
    /// A time in milliseconds, where there is one.
    Time(Option<i64>),
    /// A second, and when one stopped there.
    Position(Option<(i64, i64)>),
    /// What a note is.
    Note(Note),
    /// Rows in order.
    Keys(Vec<i64>),
    /// All cells of a talk's row, of its notes and of its visits.
    Talk([Vec<Vec<Cell>>; 3]),
}

impl Value {
    /// The rows, of what is rows in order.
    pub fn keys(&self) -> Option<&[i64]> {
        if let Value::Keys(keys) = self { Some(keys) } else { None }
    }

    /// Leaves rows out of it.
    pub fn without(&mut self, left: impl Fn(&i64) -> bool) {
        if let Value::Keys(keys) = self {
            keys.retain(|key| !left(key));
        }
    }
}

/// A note as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    pub talk: i64,
    pub at: Option<i64>,
    pub text: String,
    pub written: i64,
}

/// A part that was changed.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    pub part: Part,
    pub before: Value,
    pub after: Value,
}

/// Makes a part what is said; what that changed, if anything.
pub(super) fn set(connection: &Connection, part: Part, after: Value) -> rusqlite::Result<Option<Changed>> {
    let before = part.read(connection)?;
    if before == after {
        return Ok(None);
    }
    part.write(connection, &after)?;
    Ok(Some(Changed { part, before, after }))
}

/// The tables that tell of one talk, each with the column of its number.
const TABLES: [(&str, &str); 3] = [("talk", "key"), ("note", "talk"), ("visit", "talk")];

impl Part {
    /// What it is now.
    pub fn read(&self, connection: &Connection) -> rusqlite::Result<Value> {
        let one = |sql: &str, key: &i64, read: fn(&Row) -> rusqlite::Result<Value>| {
            connection.prepare_cached(sql)?.query_row([key], read).optional().map(|value| value.unwrap_or(Value::Gone))
        };
        let time: fn(&Row) -> rusqlite::Result<Value> = |row| Ok(Value::Time(row.get(0)?));
        match self {
            Part::Star(key) => one("SELECT starred FROM talk WHERE key = ?1", key, time),
            Part::Watch(key) => one("SELECT watched FROM talk WHERE key = ?1", key, time),
            Part::Position(key) => one("SELECT position, position_at FROM talk WHERE key = ?1", key, |row| {
                Ok(Value::Position(row.get::<_, Option<i64>>(0)?.zip(Some(row.get::<_, Option<i64>>(1)?.unwrap_or(0)))))
            }),
            Part::Note(id) => one("SELECT talk, at, text, written FROM note WHERE id = ?1", id, |row| {
                Ok(Value::Note(Note { talk: row.get(0)?, at: row.get(1)?, text: row.get(2)?, written: row.get(3)? }))
            }),
            Part::Queue => Ok(Value::Keys(queued(connection)?)),
            Part::Playlist(name) => playlist(connection, name),
            Part::Talk(key) => talk(connection, *key),
        }
    }

    /// Makes it what it is to be.
    pub fn write(&self, connection: &Connection, value: &Value) -> rusqlite::Result<()> {
        let run = |sql: &str, with: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(with).map(drop);
        match (self, value) {
            (Part::Star(key), Value::Time(time)) => run("UPDATE talk SET starred = ?2 WHERE key = ?1", &[key, time]),
            (Part::Watch(key), Value::Time(time)) => run("UPDATE talk SET watched = ?2 WHERE key = ?1", &[key, time]),
            (Part::Position(key), Value::Position(position)) => {
                let (at, when) = position.unzip();
                run("UPDATE talk SET position = ?2, position_at = ?3 WHERE key = ?1", &[key, &at, &when])
            }
            (Part::Note(id), Value::Note(note)) => run(
                "INSERT INTO note (id, talk, at, text, written) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (id) DO UPDATE SET talk = ?2, at = ?3, text = ?4, written = ?5",
                &[id, &note.talk, &note.at, &note.text, &note.written],
            ),
            (Part::Note(id), _) => run("DELETE FROM note WHERE id = ?1", &[id]),
            (Part::Queue, Value::Keys(keys)) => write_queue(connection, keys),
            (Part::Playlist(name), Value::Keys(keys)) => write_playlist(connection, name, keys),
            (Part::Playlist(name), _) => run("DELETE FROM playlist WHERE name = ?1", &[name]),
            (Part::Talk(_), Value::Talk(tables)) => write_talk(connection, tables),
            (Part::Talk(key), _) => run("DELETE FROM talk WHERE key = ?1", &[key]),
            // What is gone is not brought back through one of its columns.
            (Part::Star(_) | Part::Watch(_) | Part::Position(_) | Part::Queue, _) => Ok(()),
        }
    }

    /// The row of the talk that it is about, if it is about one and stays with it.
    pub fn talk(&self, value: &Value) -> Option<i64> {
        match (self, value) {
            (Part::Star(key) | Part::Watch(key) | Part::Position(key) | Part::Talk(key), _) => Some(*key),
            (Part::Note(_), Value::Note(note)) => Some(note.talk),
            _ => None,
        }
    }
}

fn playlist(connection: &Connection, name: &str) -> rusqlite::Result<Value> {
    let id: Option<i64> =
        connection.prepare_cached("SELECT id FROM playlist WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?;
    let Some(id) = id else { return Ok(Value::Gone) };
    Ok(Value::Keys(keys(connection, "SELECT talk FROM playlist_talk WHERE playlist = ?1 ORDER BY place", [id])?))
}

/// Writes the queue from the first place on that is another one: most often that is the last.
fn write_queue(connection: &Connection, keys: &[i64]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("SELECT place, talk FROM queue ORDER BY place")?;
    let now: Vec<(i64, i64)> = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let same = now.iter().zip(keys).take_while(|((_, a), b)| a == *b).count();
    let last = same.checked_sub(1).map_or(0, |last| now[last].0);
    connection.prepare_cached("DELETE FROM queue WHERE place > ?1")?.execute([last])?;
    let mut insert = connection.prepare_cached("INSERT INTO queue (place, talk) VALUES (?1, ?2)")?;
    keys[same..].iter().zip(last + 1..).try_for_each(|(key, place)| insert.execute((place, key)).map(drop))
}

fn write_playlist(connection: &Connection, name: &str, keys: &[i64]) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT INTO playlist (name) VALUES (?1) ON CONFLICT DO NOTHING")?.execute([name])?;
    let id: i64 = connection.prepare_cached("SELECT id FROM playlist WHERE name = ?1")?.query_row([name], |row| row.get(0))?;
    connection.prepare_cached("DELETE FROM playlist_talk WHERE playlist = ?1")?.execute([id])?;
    let mut insert = connection.prepare_cached("INSERT INTO playlist_talk (playlist, place, talk) VALUES (?1, ?2, ?3)")?;
    keys.iter().zip(1_i64..).try_for_each(|(key, place)| insert.execute((id, place, key)).map(drop))
}

fn talk(connection: &Connection, key: i64) -> rusqlite::Result<Value> {
    let mut tables = [Vec::new(), Vec::new(), Vec::new()];
    for ((table, column), rows) in TABLES.iter().zip(&mut tables) {
        let mut statement = connection.prepare_cached(&format!("SELECT * FROM {table} WHERE {column} = ?1"))?;
        let cells = statement.column_count();
        *rows = statement.query_map([key], |row| (0..cells).map(|cell| row.get(cell)).collect())?.collect::<rusqlite::Result<_>>()?;
    }
    Ok(if tables[0].is_empty() { Value::Gone } else { Value::Talk(tables) })
}

fn write_talk(connection: &Connection, tables: &[Vec<Vec<Cell>>; 3]) -> rusqlite::Result<()> {
    for ((table, _), rows) in TABLES.iter().zip(tables) {
        for row in rows {
            let marks = vec!["?"; row.len()].join(", ");
            connection.prepare_cached(&format!("INSERT INTO {table} VALUES ({marks})"))?.execute(rusqlite::params_from_iter(row))?;
        }
    }
    Ok(())
}
