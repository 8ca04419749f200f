//! The search: typing, asking, hits, and the way back.

use super::super::command::Command;
use super::super::input::{Key, KeyCode};
use super::super::line_edit;
use super::super::list::List;
use super::super::message::Effect;
use super::super::model::{Model, Pane};
use super::super::search::{Cycle, Search, Snapshot, Tab};
use crate::search::query::MAX_CHARS;
use crate::search::query::QueryError;
use crate::search::{Answer, Completion};

/// Opens the search line.
pub fn open(model: &mut Model) -> Vec<Effect> {
    begin(model);
    // What was typed before has its hits already, but not what goes on at its end.
    if model.search.text.is_empty() { Vec::new() } else { ask(model) }
}

fn begin(model: &mut Model) {
    if model.search.before.is_none() {
        model.search.before = Some(Snapshot { focus: model.focus, events: model.events, talks: model.talks, scroll: model.detail.scroll });
    }
    if !model.search.is_on() {
        model.rows = (0..model.catalogue.talks().len()).collect();
        model.talks = List::default();
        model.search.moved = false;
    }
    model.search.typing = true;
    model.search.cursor = model.search.text.len();
    edited(&mut model.search);
    model.focus = Pane::Talks;
}

/// Searches for words that were not typed.
pub fn run(model: &mut Model, words: &str) -> Vec<Effect> {
    begin(model);
    model.search.typing = false;
    words.clone_into(&mut model.search.text);
    model.search.cursor = words.len();
    model.search.moved = false;
    ask(model)
}

/// Ends the search and comes back to where it began.
pub fn end(model: &mut Model) {
    if !model.search.is_on() {
        return;
    }
    if let Some(before) = model.search.before.take() {
        model.focus = before.focus;
        model.events = before.events;
        model.talks = before.talks;
        model.restored_scroll = Some(before.scroll);
    }
    model.search = Search::default();
}

/// Asks for the hits of what is typed now.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    if !model.search.is_on() || model.is_empty_yet() {
        return Vec::new();
    }
    vec![Effect::Search { query: model.search.text.clone(), cursor: model.search.cursor }]
}

/// Takes an answer in, unless another query was typed since.
pub fn found(model: &mut Model, query: String, cursor: usize, result: Result<Answer, QueryError>, completions: Vec<Completion>) {
    let search = &mut model.search;
    if !search.is_on() || query != search.text {
        return;
    }
    if cursor == search.cursor {
        search.completions = completions.into_iter().filter(|completion| changes(completion, &query)).collect();
        search.completed = Some(cursor);
    }
    search.answered.clone_from(&query);
    match result {
        Ok(answer) => {
            search.error = None;
            list(model, query, answer);
        }
        // The last good result stays.
        Err(error) => search.error = Some(error),
    }
}

/// Lists the hits of a query, which may be the one whose hits are listed already.
fn list(model: &mut Model, query: String, answer: Answer) {
    let search = &mut model.search;
    // What was asked again, or answered again in full, does not take the row away that is looked at.
    let keeps = search.moved || search.shown == query;
    let kept = model.rows.get(model.talks.cursor).copied().filter(|_| keeps);
    let at = kept.and_then(|talk| answer.hits.iter().position(|hit| *hit == talk));
    let line = model.talks.cursor - model.talks.offset.min(model.talks.cursor);
    model.talks = match at {
        // The list moves under the cursor, not the cursor on the screen.
        Some(cursor) if search.moved => List { cursor, offset: cursor.saturating_sub(line) },
        // Nobody chose the row: the best ones are to be seen too.
        Some(cursor) => List { cursor, offset: 0 },
        None => List::default(),
    };
    search.moved &= at.is_some();
    search.shown = query;
    search.matcher = answer.matcher;
    search.suggestion = answer.suggestion.filter(|suggestion| answer.hits.is_empty() && *suggestion != search.shown);
    search.partial = answer.partial;
    model.rows = answer.hits;
}

/// Would a completion make another query, and one that is not too long?
fn changes(completion: &Completion, query: &str) -> bool {
    let replaced = query.get(completion.range.clone());
    replaced.is_some_and(|replaced| replaced != completion.text) && query.chars().count() + completion.text.chars().count() <= MAX_CHARS
}

/// Takes a completion, or the next or previous one in its place; where none is offered, the query that is suggested;
/// else goes to the list.
pub fn complete(model: &mut Model, forward: bool) -> Vec<Effect> {
    match model.tab() {
        Some(Tab::Complete) => {
            take_completion(&mut model.search, forward);
            return ask(model);
        }
        Some(Tab::Suggestion) if forward => {
            model.search.text = model.search.suggestion.take().unwrap_or_default();
            model.search.cursor = model.search.text.len();
            edited(&mut model.search);
            return ask(model);
        }
        Some(Tab::ToList) if forward => model.search.typing = false,
        _ => {}
    }
    Vec::new()
}

fn take_completion(search: &mut Search, forward: bool) {
    let cycle = if let Some(cycle) = search.cycle.take() {
        let len = cycle.offered.len();
        let at = (cycle.at + if forward { 1 } else { len - 1 }) % len;
        Cycle { at, ..cycle }
    } else {
        let offered = std::mem::take(&mut search.completions);
        Cycle { typed: search.text.clone(), at: if forward { 0 } else { offered.len() - 1 }, offered }
    };
    let Completion { range, text, .. } = &cycle.offered[cycle.at];
    search.text.clone_from(&cycle.typed);
    search.text.replace_range(range.clone(), text);
    search.cursor = range.start + text.len();
    // After the only one, what goes on behind it is offered next.
    search.cycle = Some(cycle).filter(|cycle| cycle.offered.len() > 1);
}

pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.is_covered() {
        return Vec::new();
    }
    if !model.search.typing {
        begin(model);
    }
    insert(&mut model.search, &line_edit::pasted(text));
    edited(&mut model.search);
    model.search.deferred = None;
    ask(model)
}

/// Something was typed: what was offered before is so no longer.
fn edited(search: &mut Search) {
    search.cycle = None;
    search.put_away = false;
    // What is not about the hits is about the words.
    search.deferred = search.deferred.filter(|command| !matches!(command, Command::Complete | Command::CompletePrevious));
}

fn insert(search: &mut Search, text: &str) {
    line_edit::insert(&mut search.text, &mut search.cursor, text, MAX_CHARS);
}

/// A key in the search line.
pub fn edit(model: &mut Model, key: Key) -> Vec<Effect> {
    let (before, caret) = (model.search.text.clone(), model.search.cursor);
    // An empty line closes, as in a pager.
    if model.search.text.is_empty() && key == Key::plain(KeyCode::Backspace) {
        end(model);
    } else {
        line_edit::edit(&mut model.search.text, &mut model.search.cursor, key, MAX_CHARS);
    }
    let same = model.search.text == before;
    if same && model.search.cursor == caret {
        return Vec::new();
    }
    edited(&mut model.search);
    if !same {
        model.search.deferred = None;
    }
    // What can be completed is another thing wherever the caret stands.
    ask(model)
}
