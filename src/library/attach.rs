//! Laying what is kept beside a catalogue: which marked talk is which of its talks, and what that comes to.
//!
//! A marked talk is first looked for by its id, the one it had before it was found under another first. A talk of that id that is by
//! other people, and in another place, is it only if no talk agrees in all. What has no talk by its id is looked for by what it is
//! known by (`find`), and is attached to the talk that is likest, if one is. A talk that is another marked talk by its id is never taken
//! from that. Where two marked talks turn out to be one beyond doubt, both are attached to it: the talk shows the marks of both, what is
//! taken away is taken away from both, and each keeps its own row, should they part again.

use super::again::{Doubtful, Learnt, Was, is_a_stranger, settle};
use super::anchor::{Anchor, COLUMNS};
use super::row::{Single, keys, note, queued, row_of, time};
use crate::domain::Catalogue;
use crate::domain::catalogue::Ids;
use crate::domain::marks::{Lost, Mark, Marks, Note, Playlist, Visit};
use crate::text;
use hashbrown::HashMap;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is kept, laid beside a catalogue.
#[derive(Debug)]
pub(super) struct Attached {
    pub catalogue: Arc<Catalogue>,
    ids: Ids,
    /// The talk of each row that has one.
    places: HashMap<i64, usize>,
    /// The same the other way round: talks with their rows, of which one that turned out to be two has more.
    rows: BTreeSet<(usize, i64)>,
    pub marks: Marks,
}

impl Attached {
    /// Lays all that is kept beside a catalogue. What that taught can be written into the library.
    pub fn to(catalogue: &Arc<Catalogue>, connection: &Connection) -> rusqlite::Result<(Attached, Vec<Learnt>)> {
        let mut attached = Attached {
            catalogue: catalogue.clone(),
            ids: Ids::of(catalogue.talks()),
            places: HashMap::new(),
            rows: BTreeSet::new(),
            marks: Marks::default(),
        };
        let learnt = attached.load(connection)?;
        Ok((attached, learnt))
    }

    /// Reads everything anew: another program has changed something.
    pub fn reload(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.load(connection).map(drop)
    }

    fn load(&mut self, connection: &Connection) -> rusqlite::Result<Vec<Learnt>> {
        (self.marks, self.places, self.rows) = (Marks::default(), HashMap::new(), BTreeSet::new());
        let mut learnt = Vec::new();
        let mut pairs = Vec::new();
        let doubtful = self.load_talks(connection, &mut learnt, &mut pairs)?;
        let lost = self.find_again(doubtful, &mut learnt, &mut pairs);
        pairs.sort_unstable();
        self.places = pairs.iter().map(|(talk, key)| (*key, *talk)).collect();
        self.rows = pairs.into_iter().collect();
        let mut notes_of_lost = self.load_notes(connection)?;
        self.load_queue(connection)?;
        self.load_history(connection)?;
        self.load_playlists(connection)?;
        self.marks.lost = Arc::new(listed(connection, lost, &mut notes_of_lost)?);
        let shared: Vec<usize> = self.rows.iter().zip(self.rows.iter().skip(1)).filter(|(a, b)| a.0 == b.0).map(|(a, _)| a.0).collect();
        shared.into_iter().try_for_each(|talk| self.refresh_talk(connection, talk))?;
        Ok(learnt)
    }

    /// Attaches every row whose id leads to its talk; the others.
    fn load_talks(
        &mut self,
        connection: &Connection,
        learnt: &mut Vec<Learnt>,
        pairs: &mut Vec<(usize, i64)>,
    ) -> rusqlite::Result<Vec<Doubtful>> {
        let catalogue = self.catalogue.clone();
        let mut doubtful = Vec::new();
        let mut scratch = String::new();
        let sql = format!("SELECT {COLUMNS}, key, was, starred, watched, position, position_at FROM talk");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(10)?;
            let single = Single::read(row, 12)?;
            let before = match row.get_ref(11)?.as_str_or_null()? {
                Some(was) if row_of(connection, was)?.is_none() => self.find(was),
                _ => None,
            };
            let by_id = self.find(row.get_ref(0)?.as_str()?);
            let Some(index) = before.or(by_id) else {
                doubtful.push(Doubtful { key, anchor: Anchor::read(row)?, single, by_id: None });
                continue;
            };
            let talk = &catalogue.talks()[index];
            if before.is_some() || !Anchor::is_as_kept(row, talk, catalogue.event_of(talk), &mut scratch)? {
                let anchor = Anchor::read(row)?;
                if is_a_stranger(&anchor, talk) {
                    doubtful.push(Doubtful { key, anchor, single, by_id: Some(index) });
                    continue;
                }
                let was = if before.is_some() { Was::Forgotten } else { Was::Kept };
                learnt.push(Learnt { key, talk: index, was });
            }
            pairs.push((index, key));
            self.show(index, single);
        }
        Ok(doubtful)
    }

    /// Attaches the rows for which a talk is found; the others.
    fn find_again(&mut self, doubtful: Vec<Doubtful>, learnt: &mut Vec<Learnt>, pairs: &mut Vec<(usize, i64)>) -> Vec<Doubtful> {
        if doubtful.is_empty() {
            return doubtful;
        }
        let taken = pairs.iter().map(|(talk, _)| *talk).collect();
        let settled = settle(&self.catalogue, doubtful, &taken);
        learnt.extend(settled.learnt);
        for (row, talk) in settled.found {
            pairs.push((talk, row.key));
            self.show(talk, row.single);
        }
        settled.lost
    }

    fn show(&mut self, talk: usize, single: Single) {
        let marks = &mut self.marks;
        if single.starred {
            marks.set(talk, Mark::Starred, true);
        }
        if single.watched {
            marks.set(talk, Mark::Watched, true);
        }
        if let Some((at, _)) = single.position {
            marks.set_position(talk, Some(at));
        }
    }

    /// The notes of lost talks, by their rows; the others are shown.
    fn load_notes(&mut self, connection: &Connection) -> rusqlite::Result<HashMap<i64, Vec<Note>>> {
        let (mut of_talks, mut of_lost) = (HashMap::<usize, Vec<Note>>::new(), HashMap::<i64, Vec<Note>>::new());
        let mut statement = connection.prepare_cached("SELECT id, at, text, written, talk FROM note")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = row.get(4)?;
            let note = note(row)?;
            match self.places.get(&key) {
                Some(talk) => of_talks.entry(*talk).or_default().push(note),
                None => of_lost.entry(key).or_default().push(note),
            }
        }
        of_talks.into_iter().for_each(|(talk, notes)| self.marks.set_notes(talk, notes));
        Ok(of_lost)
    }

    /// Reads the queue anew. What is lost keeps its place in the library, and is not shown.
    pub fn load_queue(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let queue = self.talks_of(&queued(connection)?);
        self.marks.set_queue(queue);
        Ok(())
    }

    fn load_history(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut latest = HashMap::<usize, i64>::new();
        let mut statement = connection.prepare_cached("SELECT talk, max(at) FROM visit GROUP BY talk")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(talk) = self.places.get(&row.get::<_, i64>(0)?) {
                let at: i64 = row.get(1)?;
                latest.entry(*talk).and_modify(|known| *known = at.max(*known)).or_insert(at);
            }
        }
        let mut history: Vec<Visit> = latest.into_iter().map(|(talk, at)| Visit { talk, at: time(at) }).collect();
        history.sort_unstable_by(|a, b| (b.at, a.talk).cmp(&(a.at, b.talk)));
        self.marks.history = Arc::new(history);
        Ok(())
    }

    /// Reads the playlists anew.
    pub fn load_playlists(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut playlists = Vec::new();
        let mut statement = connection.prepare_cached("SELECT id, name FROM playlist ORDER BY name")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let keys = keys(connection, "SELECT talk FROM playlist_talk WHERE playlist = ?1 ORDER BY place", [id])?;
            let name = text::clean_line(row.get_ref(1)?.as_str()?).into_owned();
            let lost = keys.iter().filter(|key| !self.places.contains_key(*key)).count();
            playlists.push(Playlist { name, talks: self.talks_of(&keys), lost });
        }
        self.marks.playlists = Arc::new(playlists);
        Ok(())
    }

    /// The talks of rows, each once, in the order of the rows.
    fn talks_of(&self, keys: &[i64]) -> Vec<usize> {
        let mut seen = hashbrown::HashSet::new();
        keys.iter().filter_map(|key| self.places.get(key).copied()).filter(|talk| seen.insert(*talk)).collect()
    }

    /// Reads anew what is kept about one talk, queue and history aside: of two rows the union, and of two positions the later one.
    pub fn refresh_talk(&mut self, connection: &Connection, talk: usize) -> rusqlite::Result<()> {
        let mut all = Single::default();
        let mut notes = Vec::new();
        for key in self.rows_of(talk) {
            let mut statement = connection.prepare_cached("SELECT starred, watched, position, position_at FROM talk WHERE key = ?1")?;
            for single in statement.query_map([key], |row| Single::read(row, 0))? {
                let single = single?;
                all.starred |= single.starred;
                all.watched |= single.watched;
                all.position = [all.position, single.position].into_iter().flatten().max_by_key(|(_, at)| *at);
            }
            let mut statement = connection.prepare_cached("SELECT id, at, text, written FROM note WHERE talk = ?1")?;
            for note in statement.query_map([key], note)? {
                notes.push(note?);
            }
        }
        self.marks.set(talk, Mark::Starred, all.starred);
        self.marks.set(talk, Mark::Watched, all.watched);
        let position = all.position.map(|(at, _)| at);
        if self.marks.position(talk) != position {
            self.marks.set_position(talk, position);
        }
        notes.sort_by_key(|note| (note.at, note.id));
        if self.marks.notes(talk) != notes {
            self.marks.set_notes(talk, notes);
        }
        Ok(())
    }

    /// A talk was visited just now.
    pub fn show_visit(&mut self, talk: usize, at: i64) {
        let history = Arc::make_mut(&mut self.marks.history);
        history.retain(|visit| visit.talk != talk);
        history.insert(0, Visit { talk, at: time(at) });
    }

    /// The talk of that id in the catalogue.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.find(self.catalogue.talks(), id)
    }

    /// The talk of a row.
    pub fn talk_of(&self, key: i64) -> Option<usize> {
        self.places.get(&key).copied()
    }

    /// The rows of a talk.
    pub fn rows_of(&self, talk: usize) -> Vec<i64> {
        self.rows.range((talk, i64::MIN)..=(talk, i64::MAX)).map(|(_, key)| *key).collect()
    }

    /// The row of a talk; a new one where nothing was kept about it.
    pub fn row_of(&mut self, connection: &Connection, talk: usize) -> rusqlite::Result<i64> {
        if let Some(key) = self.rows_of(talk).first() {
            return Ok(*key);
        }
        let key = Anchor::of(&self.catalogue, &self.catalogue.talks()[talk]).insert(connection)?;
        self.places.insert(key, talk);
        self.rows.insert((talk, key));
        Ok(key)
    }
}

/// Lost talks as they are listed: those that were something to the user.
fn listed(connection: &Connection, lost: Vec<Doubtful>, notes: &mut HashMap<i64, Vec<Note>>) -> rusqlite::Result<Vec<Lost>> {
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    let queued: hashbrown::HashSet<i64> = queued(connection)?.into_iter().collect();
    let listed = lost.into_iter().filter_map(|Doubtful { key, anchor, single, .. }| {
        let mut notes = notes.remove(&key).unwrap_or_default();
        notes.sort_by_key(|note| (note.at, note.id));
        let marks = single.marks(!notes.is_empty(), queued.contains(&key));
        let event = anchor.when();
        (!marks.is_empty()).then_some(Lost { id: key, title: anchor.title, by: anchor.by, event, url: anchor.url, marks, notes })
    });
    Ok(listed.collect())
}
