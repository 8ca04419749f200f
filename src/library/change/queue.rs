//! Changes to the queue and to playlists.

use super::{Carried, Desk, Done};
use crate::library::error::Inner;
use crate::library::part::{Changed, Part, Value};
use crate::library::row::queued;
use crate::text::clean_line;

/// Characters of a playlist's name.
const LONGEST_NAME: usize = 200;

impl Desk<'_> {
    pub(super) fn queue(&self) -> Result<Vec<i64>, Inner> {
        Ok(queued(self.connection)?)
    }

    pub(super) fn set_queue(&self, keys: Vec<i64>) -> Result<Option<Changed>, Inner> {
        self.set(Part::Queue, Value::Keys(keys))
    }

    fn place(&self, talk: usize) -> Option<usize> {
        self.attached.marks.queue().iter().position(|queued| *queued == talk)
    }

    pub(super) fn enqueue(&mut self, id: &str) -> Carried {
        let talk = self.talk(id)?;
        if let Some(place) = self.place(talk) {
            return Ok(Done::said(format!("{} is in the queue already, as number {}", self.called(talk), place + 1), None));
        }
        let row = self.row(talk)?;
        let mut queue = self.queue()?;
        queue.push(row);
        let number = self.attached.marks.queue().len() + 1;
        Ok(Done::said(format!("Queued {} as number {number}", self.called(talk)), self.set_queue(queue)?))
    }

    pub(super) fn dequeue(&mut self, id: &str) -> Carried {
        let talk = self.talk(id)?;
        let mut queue = self.queue()?;
        queue.retain(|key| self.attached.talk_of(*key) != Some(talk));
        let changed = self.set_queue(queue)?;
        let called = self.called(talk);
        let said = if changed.is_some() { format!("Took {called} out of the queue") } else { format!("{called} is not in the queue") };
        Ok(Done::said(said, changed))
    }

    /// Moves a talk among those that are shown; what is lost stays behind what it was behind.
    pub(super) fn move_by(&mut self, id: &str, by: isize) -> Carried {
        let talk = self.talk(id)?;
        let called = self.called(talk);
        let shown = self.attached.marks.queue();
        let Some(from) = self.place(talk) else { return Inner::refused(format!("{called} is not in the queue, so it was not moved")) };
        let to = from.saturating_add_signed(by).min(shown.len() - 1);
        if to == from {
            let end = if by < 0 { "first" } else { "last" };
            return Ok(Done::said(format!("{called} is the {end} of the queue already"), None));
        }
        let neighbour = shown[to];
        let (moved, mut rest): (Vec<i64>, Vec<i64>) = self.queue()?.into_iter().partition(|key| self.attached.talk_of(*key) == Some(talk));
        let beside = |key: &i64| self.attached.talk_of(*key) == Some(neighbour);
        let at = if to < from { rest.iter().position(beside) } else { rest.iter().rposition(beside).map(|place| place + 1) };
        let at = at.unwrap_or(rest.len());
        rest.splice(at..at, moved);
        Ok(Done::said(format!("Moved {called} to number {} of the queue", to + 1), self.set_queue(rest)?))
    }

    pub(super) fn clear_queue(&mut self) -> Carried {
        let count = self.queue()?.len();
        if count == 0 {
            return Ok(Done::said("The queue is empty already".to_owned(), None));
        }
        Ok(Done::said(format!("Emptied the queue of {}", talks(count)), self.set_queue(Vec::new())?))
    }

    pub(super) fn save_playlist(&mut self, name: &str) -> Carried {
        let name = playlist_name(name).map_err(Inner::Refused)?;
        let queue = self.queue()?;
        if queue.is_empty() {
            return Inner::refused("The queue is empty, so there is nothing to save");
        }
        let (called, number) = (format!("the playlist “{name}”"), talks(queue.len()));
        let changed = self.set(Part::Playlist(name), Value::Keys(queue))?;
        let said = match changed.as_ref().map(|changed| changed.before.keys()) {
            Some(None) => format!("Saved {number} as {called}"),
            Some(Some(before)) => format!("Replaced {called} of {} with the {number} of the queue", talks(before.len())),
            None => format!("The queue is saved as {called} already"),
        };
        Ok(Done::said(said, changed))
    }

    pub(super) fn playlist(&self, name: &str) -> Result<Vec<i64>, Inner> {
        match Part::Playlist(name.to_owned()).read(self.connection)? {
            Value::Keys(keys) => Ok(keys),
            _ => Inner::refused(format!("There is no playlist “{}”", clean_line(name))),
        }
    }

    pub(super) fn enqueue_playlist(&mut self, name: &str) -> Carried {
        let saved = self.playlist(name)?;
        let mut queue = self.queue()?;
        let before = queue.len();
        for key in saved {
            let talk = self.attached.talk_of(key);
            let same = |queued: &i64| *queued == key || (talk.is_some() && self.attached.talk_of(*queued) == talk);
            if !queue.iter().any(same) {
                queue.push(key);
            }
        }
        let (more, name) = (queue.len() - before, clean_line(name));
        let said = if more == 0 {
            format!("All of the playlist “{name}” is in the queue already")
        } else {
            format!("Queued {} of the playlist “{name}”", talks(more))
        };
        Ok(Done::said(said, self.set_queue(queue)?))
    }

    pub(super) fn remove_playlist(&mut self, name: &str) -> Carried {
        self.playlist(name)?;
        let said = format!("Removed the playlist “{}”", clean_line(name));
        Ok(Done::said(said, self.set(Part::Playlist(name.to_owned()), Value::Gone)?))
    }
}

/// A playlist's name as it is kept, or why it is none.
pub(in crate::library) fn playlist_name(name: &str) -> Result<String, String> {
    let name = clean_line(name).into_owned();
    match name.chars().count() {
        0 => Err("A playlist needs a name".to_owned()),
        1..=LONGEST_NAME => Ok(name),
        _ => Err(format!("The name of a playlist may have {LONGEST_NAME} characters, and that one has more")),
    }
}

fn talks(count: usize) -> String {
    if count == 1 { "1 talk".to_owned() } else { format!("{count} talks") }
}
