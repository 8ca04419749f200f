//! Carrying out a change.

mod queue;

pub(super) use queue::playlist_name;

use super::attach::Attached;
use super::error::Inner;
use super::part::{Changed, Note, Part, Value, set};
use super::row::keys;
use crate::domain::marks::{Change, Mark};
use crate::domain::{Cue, Span, Talk};
use crate::text::{clean_block, clean_line};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

/// Seconds before its end at which a talk is over: players stop a moment early.
const AT_THE_END: u32 = 2;

/// What a change came to.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// A sentence about it; none about what happens by itself.
    pub said: Option<String>,
    /// What was changed, in that order.
    pub changed: Vec<Changed>,
    /// The talk that was visited, and when, in milliseconds.
    pub visited: Option<(usize, i64)>,
}

type Carried = Result<Done, Inner>;

impl Done {
    fn said(sentence: String, changed: impl IntoIterator<Item = Changed>) -> Done {
        Done { said: Some(sentence), changed: changed.into_iter().collect(), visited: None }
    }
}

/// Carries a change out, as part of a transaction.
pub(super) fn carry_out(connection: &Connection, attached: &mut Attached, change: &Change) -> Carried {
    let mut desk = Desk { connection, attached, now: Timestamp::now().as_millisecond() };
    match change {
        Change::Star(id, is) => desk.star(id, *is),
        Change::Watch(id, is) => desk.watch(id, *is),
        Change::Seen(id) => desk.seen(id),
        Change::Over(id) => desk.over(id),
        Change::Position(id, at) => desk.position(id, *at),
        Change::AddNote { talk, at, text } => desk.add_note(talk, *at, text),
        Change::EditNote { note, before, at, text } => desk.edit_note(*note, before, *at, text),
        Change::Enqueue(id) => desk.enqueue(id),
        Change::Dequeue(id) => desk.dequeue(id),
        Change::Move(id, by) => desk.move_by(id, *by),
        Change::ClearQueue => desk.clear_queue(),
        Change::SavePlaylist(name) => desk.save_playlist(name),
        Change::EnqueuePlaylist(name) => desk.enqueue_playlist(name),
        Change::RemovePlaylist(name) => desk.remove_playlist(name),
        Change::Visit(id) => desk.visit(id),
        Change::Forget(key) => desk.forget(*key),
    }
}

/// What a change is carried out with.
struct Desk<'a> {
    connection: &'a Connection,
    attached: &'a mut Attached,
    now: i64,
}

impl Desk<'_> {
    /// The talk of an id; where that was corrected meanwhile, as while it is played, the one that what is kept under it is about now.
    fn talk(&self, id: &str) -> Result<usize, Inner> {
        if let Some(talk) = self.attached.find(id) {
            return Ok(talk);
        }
        let rows = keys(self.connection, "SELECT key FROM talk WHERE id = ?1 OR was = ?1", [id])?;
        let why =
            || Inner::Refused(format!("No talk here has the id {}, so nothing was changed; it may have gone just now", clean_line(id)));
        rows.into_iter().find_map(|key| self.attached.talk_of(key)).ok_or_else(why)
    }

    fn the(&self, talk: usize) -> &Talk {
        &self.attached.catalogue.talks()[talk]
    }

    fn called(&self, talk: usize) -> String {
        format!("“{}”", self.the(talk).title)
    }

    fn row(&mut self, talk: usize) -> Result<i64, Inner> {
        Ok(self.attached.row_of(self.connection, talk)?)
    }

    fn set(&self, part: Part, value: Value) -> Result<Option<Changed>, Inner> {
        Ok(set(self.connection, part, value)?)
    }

    /// Sets the same part of every row of a talk, and tells what that changed.
    fn set_all(&self, talk: usize, part: fn(i64) -> Part, value: &Value) -> Result<Vec<Changed>, Inner> {
        let rows = self.attached.rows_of(talk);
        let set = rows.into_iter().map(|key| self.set(part(key), value.clone()));
        Ok(set.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn star(&mut self, id: &str, is: bool) -> Carried {
        let talk = self.talk(id)?;
        let called = self.called(talk);
        if self.attached.marks.has(talk, Mark::Starred) == is {
            let so = if is { "is starred already" } else { "is not starred" };
            return Ok(Done::said(format!("{called} {so}"), None));
        }
        if !is {
            return Ok(Done::said(format!("Took the star from {called}"), self.set_all(talk, Part::Star, &Value::Time(None))?));
        }
        let row = self.row(talk)?;
        Ok(Done::said(format!("Starred {called}"), self.set(Part::Star(row), Value::Time(Some(self.now)))?))
    }

    fn watch(&mut self, id: &str, is: bool) -> Carried {
        let talk = self.talk(id)?;
        let called = self.called(talk);
        if self.attached.marks.has(talk, Mark::Watched) == is {
            let so = if is { "is marked as watched already" } else { "is not marked as watched" };
            return Ok(Done::said(format!("{called} {so}"), None));
        }
        if !is {
            let changed = self.set_all(talk, Part::Watch, &Value::Time(None))?;
            return Ok(Done::said(format!("Marked {called} as not watched"), changed));
        }
        let row = self.row(talk)?;
        let watched = self.set(Part::Watch(row), Value::Time(Some(self.now)))?;
        let ended = self.set_all(talk, Part::Position, &Value::Position(None))?;
        Ok(Done::said(format!("Marked {called} as watched"), watched.into_iter().chain(ended)))
    }

    fn seen(&mut self, id: &str) -> Carried {
        Ok(Done { said: None, ..self.watch(id, true)? })
    }

    fn over(&mut self, id: &str) -> Carried {
        let mut done = self.position(id, None)?;
        done.changed.extend(self.dequeue(id)?.changed);
        Ok(done)
    }

    fn position(&mut self, id: &str, at: Option<Cue>) -> Carried {
        let talk = self.talk(id)?;
        let (span, is_watched) = (self.the(talk).span, self.attached.marks.has(talk, Mark::Watched));
        let changed = match at.filter(|at| !is_over(span, *at, is_watched)) {
            None => self.set_all(talk, Part::Position, &Value::Position(None))?,
            Some(at) => {
                let row = self.row(talk)?;
                let position = (i64::from(at.seconds()), self.now);
                // What another row of the talk says is older, and does not count.
                self.set(Part::Position(row), Value::Position(Some(position)))?.into_iter().collect()
            }
        };
        Ok(Done { said: None, changed, visited: None })
    }

    fn add_note(&mut self, id: &str, at: Option<Cue>, text: &str) -> Carried {
        let talk = self.talk(id)?;
        let text = clean_block(text).trim_end().to_owned();
        if text.trim().is_empty() {
            return Inner::refused("A note without a word was not kept");
        }
        let key = self.row(talk)?;
        let added = self.insert_note(Note { talk: key, at: at.map(|at| i64::from(at.seconds())), text, written: self.now })?;
        let there = at.map(|at| format!(" at {at}")).unwrap_or_default();
        Ok(Done::said(format!("Wrote a note on {}{there}", self.called(talk)), Some(added)))
    }

    fn insert_note(&self, note: Note) -> Result<Changed, Inner> {
        let mut insert = self.connection.prepare_cached("INSERT INTO note (talk, at, text, written) VALUES (?1, ?2, ?3, ?4)")?;
        let number = insert.insert((note.talk, note.at, &note.text, note.written))?;
        Ok(Changed { part: Part::Note(number), before: Value::Gone, after: Value::Note(note) })
    }

    fn edit_note(&mut self, number: i64, before: &str, at: Option<Cue>, text: &str) -> Carried {
        let Value::Note(old) = Part::Note(number).read(self.connection)? else {
            return Inner::refused("That note is gone, so nothing was changed; another program may have removed it");
        };
        let title: String = self.connection.query_row("SELECT title FROM talk WHERE key = ?1", [old.talk], |row| row.get(0))?;
        let called = format!("“{}”", clean_line(&title));
        let text = clean_block(text).trim_end().to_owned();
        let at = at.map(|at| i64::from(at.seconds()));
        if text == old.text && at == old.at {
            return Ok(Done::said(format!("The note on {called} stays as it is"), None));
        }
        let is_another = clean_block(&old.text).trim_end() != clean_block(before).trim_end();
        if text.trim().is_empty() {
            if is_another {
                return Inner::refused(format!("The note on {called} was changed elsewhere meanwhile, so it was not removed"));
            }
            return Ok(Done::said(format!("Removed the note on {called}"), self.set(Part::Note(number), Value::Gone)?));
        }
        let new = Note { text, at, written: self.now, ..old };
        if is_another {
            let said = format!("Kept what you wrote as another note on {called}, since that one was changed elsewhere meanwhile");
            return Ok(Done::said(said, Some(self.insert_note(new)?)));
        }
        Ok(Done::said(format!("Changed the note on {called}"), self.set(Part::Note(number), Value::Note(new))?))
    }

    fn visit(&mut self, id: &str) -> Carried {
        let talk = self.talk(id)?;
        let row = self.row(talk)?;
        self.connection.prepare_cached("INSERT OR IGNORE INTO visit (talk, at) VALUES (?1, ?2)")?.execute((row, self.now))?;
        Ok(Done { visited: Some((talk, self.now)), ..Done::default() })
    }

    /// Forgets a talk with all that names it; taken back in the reverse order.
    fn forget(&mut self, key: i64) -> Carried {
        let title = self.connection.query_row("SELECT title FROM talk WHERE key = ?1", [key], |row| row.get::<_, String>(0)).optional()?;
        let Some(title) = title else { return Inner::refused("That is forgotten already") };
        let called = format!("“{}”", clean_line(&title));
        if self.attached.talk_of(key).is_some() {
            return Inner::refused(format!("{called} is there again, so nothing was forgotten"));
        }
        let without = |keys: Vec<i64>| Value::Keys(keys.into_iter().filter(|other| *other != key).collect());
        let mut changed = Vec::from_iter(self.set(Part::Queue, without(self.queue()?))?);
        let sql = "SELECT DISTINCT name FROM playlist JOIN playlist_talk ON playlist = id WHERE talk = ?1";
        let names: Vec<String> =
            self.connection.prepare_cached(sql)?.query_map([key], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for name in names {
            let keys = self.playlist(&name)?;
            changed.extend(self.set(Part::Playlist(name), without(keys))?);
        }
        changed.extend(self.set(Part::Talk(key), Value::Gone)?);
        Ok(Done::said(format!("Forgot what was kept about {called}"), changed))
    }
}

/// Is there nothing worth going back to, since the talk ends there, or was watched and hardly anything of it follows?
fn is_over(span: Span, at: Cue, is_watched: bool) -> bool {
    let Some(end) = span.end else { return false };
    let (start, end, at) = (span.start.map_or(0, Cue::seconds), end.seconds(), at.seconds());
    let last_tenth = end - end.saturating_sub(start) / 10;
    at + AT_THE_END > end || (is_watched && at >= last_tenth)
}
