//! The line that asks for words.

use super::super::command::Command;
use super::super::input::Key;
use super::super::line_edit;
use super::super::message::Effect;
use super::super::model::{Model, Mood};
use super::super::prompt::{Asks, MAX_CHARS, Prompt, parse_note};
use super::{keep, tell};
use crate::domain::Change;

/// Asks for a note, or for the name of a playlist; where the cursor is on a playlist already, that goes into the queue.
pub fn open(model: &mut Model, command: Command) -> Vec<Effect> {
    if command == Command::SaveQueue {
        if let Some(name) = keep::playlist(model) {
            return vec![Effect::Keep(Change::EnqueuePlaylist(name))];
        }
        if !command.applies(model) {
            return tell(model, "Only the queue is saved as a playlist: L leads to it".to_owned(), Mood::Bad);
        }
        model.prompt = Some(Prompt::new(Asks::Playlist, String::new()));
        return Vec::new();
    }
    let Some((_, talk)) = keep::written_about(model) else { return Vec::new() };
    let begun = keep::anchor(model, &talk);
    model.prompt = Some(Prompt::new(Asks::Note { talk }, begun));
    Vec::new()
}

pub fn edit(model: &mut Model, key: Key) {
    if let Some(prompt) = &mut model.prompt {
        line_edit::edit(&mut prompt.text, &mut prompt.caret, key, MAX_CHARS);
    }
}

pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(prompt) = &mut model.prompt {
        line_edit::insert(&mut prompt.text, &mut prompt.caret, &line_edit::pasted(text), MAX_CHARS);
    }
    Vec::new()
}

/// Keeps what was typed; nothing, if that is nothing.
pub fn take(model: &mut Model) -> Vec<Effect> {
    let Some(Prompt { asks, begun, text, .. }) = model.prompt.take() else { return Vec::new() };
    let change = match asks {
        _ if text.trim().is_empty() || text.trim() == begun.trim() => {
            return tell(model, "Nothing was typed, so nothing was kept".to_owned(), Mood::Doubtful);
        }
        Asks::Note { talk } => {
            let (at, text) = parse_note(&text);
            Change::AddNote { talk, at, text: text.to_owned() }
        }
        Asks::Playlist => Change::SavePlaylist(text.trim().to_owned()),
    };
    vec![Effect::Keep(change)]
}
