//! Taking changes back, and bringing the marks up to date with what was changed.

use super::attach::Attached;
use super::change::Done;
use super::error::Inner;
use super::part::{Changed, Part, Value};
use crate::domain::marks::Lost;
use rusqlite::{Connection, ErrorCode};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// Changes that can be taken back.
const REMEMBERED: usize = 10;

/// A change that can be taken back.
#[derive(Debug)]
pub(super) struct Step {
    said: String,
    changed: Vec<Changed>,
}

/// The changes that can be taken back, the last one last.
#[derive(Debug, Default)]
pub(super) struct Steps(VecDeque<Step>);

impl Steps {
    pub fn push(&mut self, said: String, changed: Vec<Changed>) {
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(Step { said, changed });
    }

    /// Takes in what happened by itself: what left the queue so is not brought back by any step, and none fails for it.
    pub fn follow(&mut self, changed: &[Changed]) {
        let queues = changed.iter().filter(|changed| changed.part == Part::Queue);
        for (before, after) in queues.filter_map(|changed| changed.before.keys().zip(changed.after.keys())) {
            let left = |key: &i64| before.contains(key) && !after.contains(key);
            for step in &mut self.0 {
                for changed in step.changed.iter_mut().filter(|changed| changed.part == Part::Queue) {
                    changed.before.without(left);
                    changed.after.without(left);
                }
                step.changed.retain(|changed| changed.before != changed.after);
            }
        }
        self.0.retain(|step| !step.changed.is_empty());
    }

    pub fn pop(&mut self) -> Option<Step> {
        self.0.pop_back()
    }

    pub fn put_back(&mut self, step: Step) {
        self.0.push_back(step);
    }
}

/// `Undone: starred “Sails”`.
pub(super) fn sentence(step: &Step) -> String {
    let mut letters = step.said.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    format!("Undone: {first}{}", letters.as_str())
}

/// Makes everything what it was before a step, unless it is not what the step left any more.
pub(super) fn take_back(connection: &Connection, step: &Step) -> Result<Done, Inner> {
    let clash = || Inner::Refused(format!("Not undone, since it was changed elsewhere meanwhile: {}", step.said));
    let mut undone = Vec::new();
    for Changed { part, before, after } in step.changed.iter().rev() {
        if part.read(connection)? != *after {
            // Where one stopped goes on by itself, and what it is now is worth more than what it was.
            if matches!(part, Part::Position(_)) {
                continue;
            }
            return Err(clash());
        }
        part.write(connection, before).map_err(|error| match error.sqlite_error_code() {
            // The talk that it is about is gone, or is kept anew.
            Some(ErrorCode::ConstraintViolation) => clash(),
            _ => error.into(),
        })?;
        undone.push(Changed { part: part.clone(), before: after.clone(), after: before.clone() });
    }
    Ok(Done { said: None, changed: undone, visited: None })
}

/// Brings the marks up to date with a change, by reading no more than it touched.
pub(super) fn show(connection: &Connection, attached: &mut Attached, done: &Done) -> rusqlite::Result<()> {
    let (mut talks, mut lost) = (BTreeSet::new(), BTreeSet::new());
    let (mut queue, mut playlists) = (false, false);
    for Changed { part, before, after } in &done.changed {
        match part {
            Part::Queue if lost_in(attached, before) != lost_in(attached, after) => return attached.reload(connection),
            Part::Queue => queue = true,
            Part::Playlist(_) => playlists = true,
            // A talk that is there again may have been found meanwhile.
            Part::Talk(_) if *after != Value::Gone => return attached.reload(connection),
            _ => {}
        }
        let Some(key) = part.talk(after).or_else(|| part.talk(before)) else { continue };
        match attached.talk_of(key) {
            Some(talk) => talks.insert(talk),
            None => lost.insert(key),
        };
    }
    talks.into_iter().try_for_each(|talk| attached.refresh_talk(connection, talk))?;
    if queue {
        attached.load_queue(connection)?;
    }
    if playlists {
        attached.load_playlists(connection)?;
    }
    if let Some((talk, at)) = done.visited {
        attached.show_visit(talk, at);
    }
    show_lost(connection, attached, &lost, done)
}

/// The rows in a queue whose talks are lost.
fn lost_in(attached: &Attached, queue: &Value) -> BTreeSet<i64> {
    queue.keys().unwrap_or_default().iter().copied().filter(|key| attached.talk_of(*key).is_none()).collect()
}

/// What was forgotten is listed no more; what else changed about a lost talk is read anew.
fn show_lost(connection: &Connection, attached: &mut Attached, lost: &BTreeSet<i64>, done: &Done) -> rusqlite::Result<()> {
    if lost.is_empty() {
        return Ok(());
    }
    let forgotten = |Changed { part, after, .. }: &Changed| matches!(part, Part::Talk(_)) && *after == Value::Gone;
    if !done.changed.iter().any(forgotten) {
        return attached.reload(connection);
    }
    let all: &mut Vec<Lost> = Arc::make_mut(&mut attached.marks.lost);
    all.retain(|listed| !lost.contains(&listed.id));
    Ok(())
}
