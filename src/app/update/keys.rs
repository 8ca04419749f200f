//! Keys: commands by the keymap, or text where text is typed.

use super::super::command::{Command, Scope};
use super::super::input::{Key, KeyCode};
use super::super::keymap::{Meaning, meaning};
use super::super::message::Effect;
use super::super::model::{Model, Pane};
use super::{prompt, run, search};

/// Where keys mean something now.
pub fn scope(model: &Model) -> Scope {
    match (&model.help, model.search.typing, model.focus) {
        // A page that comes while words are typed waits for their end.
        _ if model.prompt.is_some() => Scope::Prompt,
        _ if model.link_page.is_some() => Scope::Link,
        _ if model.guide.is_some() => Scope::Guide,
        (Some(_), ..) => Scope::Help,
        _ if model.sources_page.is_some() => Scope::Sources,
        (None, true, _) => Scope::Search,
        (None, false, Pane::Detail) => Scope::Detail,
        (None, false, Pane::Events | Pane::Talks) => Scope::Lists,
    }
}

pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if matches!(model.search.deferred, Some(Command::Note | Command::EditNote)) {
        return hold(model, key);
    }
    model.status = None;
    let scope = scope(model);
    match meaning(scope, &model.pending, key) {
        Meaning::Command(command) => {
            model.pending.clear();
            run(model, command)
        }
        Meaning::Pending => {
            model.pending.push(key);
            Vec::new()
        }
        Meaning::None => {
            model.pending.clear();
            match scope {
                Scope::Search => search::edit(model, key),
                Scope::Prompt => {
                    prompt::edit(model, key);
                    Vec::new()
                }
                Scope::Help => {
                    filter_help(model, key);
                    Vec::new()
                }
                Scope::Lists | Scope::Detail | Scope::Guide | Scope::Sources | Scope::Link => Vec::new(),
            }
        }
    }
}

/// A key behind a command that waits for its hits is meant for what that opens. Those that lead away do so at once: the hits may never
/// come.
fn hold(model: &mut Model, key: Key) -> Vec<Effect> {
    let meant = meaning(Scope::Prompt, &[], key);
    match meant {
        Meaning::Command(Command::Suspend) => return run(model, Command::Suspend),
        Meaning::Command(Command::Quit | Command::Back) => {
            model.search.deferred = None;
            model.held.clear();
        }
        Meaning::Command(_) | Meaning::Pending | Meaning::None => model.held.push(key),
    }
    if meant == Meaning::Command(Command::Quit) { run(model, Command::Quit) } else { Vec::new() }
}

/// Presses the keys that were held back, if the line is open that they were meant for.
pub fn release(model: &mut Model) -> Vec<Effect> {
    if model.search.defers() {
        return Vec::new();
    }
    let held = std::mem::take(&mut model.held);
    let is_open = model.prompt.is_some();
    held.into_iter().filter(|_| is_open).flat_map(|key| press(model, key)).collect()
}

fn filter_help(model: &mut Model, key: Key) {
    let Some(help) = &mut model.help else { return };
    match (key.typed(), key.code) {
        (Some('?'), _) if help.filter.is_empty() => model.help = None,
        // Who presses it to begin a search has begun one.
        (Some('/'), _) if help.filter.is_empty() => {}
        (Some(c), _) => {
            help.filter.push(c);
            help.list.cursor = 0;
        }
        (None, KeyCode::Backspace) => {
            help.filter.pop();
        }
        (None, _) => {}
    }
}
