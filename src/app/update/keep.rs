//! What the user keeps: stars, notes, the queue. Nothing is shown as kept before the library says that it is.

use super::super::command::Command;
use super::super::library::Shelf;
use super::super::message::{Draft, Effect};
use super::super::model::{Model, Mood, View};
use super::super::prompt::parse_note;
use super::{search, tell};
use crate::domain::{Change, Mark, Marks};
use crate::search::query::asks_for_marks;

/// Takes in what is kept now. The cursor stays with its talk where that is still in the list.
pub fn marks(model: &mut Model, marks: Marks) -> Vec<Effect> {
    if model.marks == marks {
        return Vec::new();
    }
    let looked_at = model.rows.get(model.talks.cursor).copied();
    let shelf = Shelf::all(&model.marks).get(model.shelves.cursor).map(|shelf| shelf.name(&model.marks).to_owned());
    model.marks = marks;
    // Playlists come and go: the cursor stays with the one that it is on.
    let shelves = Shelf::all(&model.marks);
    model.shelves.cursor =
        shelves.iter().position(|other| Some(other.name(&model.marks)) == shelf.as_deref()).unwrap_or(model.shelves.cursor);
    model.detail.lay_out_anew();
    if model.view == View::Library && !model.search.is_on() {
        let place = model.browsed().into_iter().position(|talk| Some(talk) == looked_at);
        model.talks.cursor = place.unwrap_or(model.talks.cursor);
    }
    // Most searches find the same whatever is kept.
    if asks_for_marks(&model.search.text) { search::ask(model) } else { Vec::new() }
}

/// The talk that the detail pane is about, and its id.
fn chosen(model: &Model) -> Option<(usize, String)> {
    let talk = model.chosen()?;
    Some((talk, model.catalogue.talks()[talk].id.clone()))
}

/// Stars the talk, marks it watched or queues it; or the opposite, if it is that already.
pub fn toggle(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some((talk, id)) = chosen(model) else {
        return tell(model, "Put the cursor on a talk first".to_owned(), Mood::Bad);
    };
    let change = match command {
        Command::Star => Change::Star(id, !model.marks.has(talk, Mark::Starred)),
        Command::MarkWatched => Change::Watch(id, !model.marks.has(talk, Mark::Watched)),
        _ if model.marks.has(talk, Mark::Queued) => Change::Dequeue(id),
        _ => Change::Enqueue(id),
    };
    vec![Effect::Keep(change)]
}

/// Moves the talk in the queue.
pub fn move_queued(model: &mut Model, up: bool) -> Vec<Effect> {
    match chosen(model).filter(|_| model.shelf() == Some(Shelf::Queue)) {
        Some((_, id)) => vec![Effect::Keep(Change::Move(id, if up { -1 } else { 1 }))],
        None => Vec::new(),
    }
}

/// The name of the playlist under the cursor.
pub fn playlist(model: &Model) -> Option<String> {
    match model.shelf()? {
        Shelf::Playlist(at) => Some(model.marks.playlists.get(at)?.name.clone()),
        _ => None,
    }
}

pub fn remove_playlist(model: &mut Model) -> Vec<Effect> {
    playlist(model).map(|name| Effect::Keep(Change::RemovePlaylist(name))).into_iter().collect()
}

/// What a new note begins with: the second that is played of the talk.
pub fn anchor(model: &Model, id: &str) -> String {
    let playing = model.playing.as_ref().filter(|playing| playing.track.talk == id);
    playing.and_then(|playing| playing.at).map(|at| format!("{at} ")).unwrap_or_default()
}

/// The talk that a new note would be about, and its id; where there is none, that is told.
pub fn written_about(model: &mut Model) -> Option<(usize, String)> {
    let talk = chosen(model);
    if talk.is_none() {
        tell(model, "Put the cursor on a talk to write about it".to_owned(), Mood::Bad);
    }
    talk
}

/// Writes a new note in the editor.
pub fn write(model: &mut Model) -> Vec<Effect> {
    let Some((talk, id)) = written_about(model) else { return Vec::new() };
    let (title, text) = (model.catalogue.talks()[talk].title.clone(), anchor(model, &id));
    vec![Effect::Edit(Draft { talk: id, title, note: None, text })]
}

/// Writes a note anew in the editor.
pub fn rewrite(model: &mut Model, note: i64) -> Vec<Effect> {
    let Some((talk, id)) = chosen(model) else { return Vec::new() };
    let Some(known) = model.marks.notes(talk).iter().find(|known| known.id == note) else { return Vec::new() };
    let second = known.at.map(|at| format!("{at} ")).unwrap_or_default();
    let (title, text) = (model.catalogue.talks()[talk].title.clone(), format!("{second}{}", known.text));
    vec![Effect::Edit(Draft { talk: id, title, note: Some(note), text })]
}

/// Keeps what was written in the editor, if it says anything new.
pub fn edited(model: &mut Model, draft: Draft, text: &str) -> Vec<Effect> {
    let text = text.trim();
    // A note that was emptied is one that goes.
    if text == draft.text.trim() || text.is_empty() && draft.note.is_none() {
        return tell(model, format!("Nothing was written about “{}”", draft.title), Mood::Doubtful);
    }
    let (at, text) = parse_note(text);
    let text = text.to_owned();
    vec![Effect::Keep(match draft.note {
        Some(note) => Change::EditNote { note, at, before: parse_note(&draft.text).1.to_owned(), text },
        None => Change::AddNote { talk: draft.talk, at, text },
    })]
}
