//! The search: typing, asking, hits, and the way back.

use super::super::input::{Key, KeyCode};
use super::super::list::List;
use super::super::message::Effect;
use super::super::model::{Model, Pane, Snapshot};
use unicode_segmentation::UnicodeSegmentation;

/// Characters of a query that are kept: nobody types more, and a paste may hold a book.
const LONGEST: usize = 256;

/// Opens the search line.
pub fn begin(model: &mut Model) {
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
    model.search = super::super::model::Search::default();
}

/// Asks for the hits of what is typed now.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    if !model.search.is_on() || model.loading {
        return Vec::new();
    }
    vec![Effect::Search(model.search.text.clone())]
}

/// Takes hits in, unless another query was typed since.
pub fn found(model: &mut Model, query: String, hits: Vec<usize>) {
    if !model.search.is_on() || query != model.search.text {
        return;
    }
    let kept = model.search.moved.then(|| model.rows.get(model.talks.cursor).copied()).flatten();
    let at = kept.and_then(|talk| hits.iter().position(|hit| *hit == talk));
    let line = model.talks.cursor - model.talks.offset.min(model.talks.cursor);
    model.rows = hits;
    model.talks = match at {
        // The list moves under the cursor, not the cursor on the screen.
        Some(cursor) => List { cursor, offset: cursor.saturating_sub(line) },
        None => List::default(),
    };
    model.search.moved &= at.is_some();
    model.search.shown = query;
}

pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.help.is_some() {
        return Vec::new();
    }
    if !model.search.typing {
        begin(model);
    }
    let line: String = crate::text::clean_block(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    insert(model, &line);
    ask(model)
}

fn insert(model: &mut Model, text: &str) {
    let search = &mut model.search;
    let room = LONGEST.saturating_sub(search.text.chars().count());
    let text: String = text.chars().take(room).collect();
    search.text.insert_str(search.cursor, &text);
    search.cursor += text.len();
}

/// A key in the search line.
pub fn edit(model: &mut Model, key: Key) -> Vec<Effect> {
    let before = model.search.text.clone();
    let search = &mut model.search;
    let (left, right) = search.text.split_at(search.cursor);
    let previous = left.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    let next = search.cursor + right.graphemes(true).next().map_or(0, str::len);
    match (key.code, key.ctrl) {
        (KeyCode::Char(c), false) if !key.alt => insert(model, c.encode_utf8(&mut [0; 4])),
        // An empty line closes, as in a pager.
        (KeyCode::Backspace, false) if search.text.is_empty() => end(model),
        (KeyCode::Backspace, false) | (KeyCode::Char('h'), true) => {
            search.text.replace_range(previous..search.cursor, "");
            search.cursor = previous;
        }
        (KeyCode::Delete, _) | (KeyCode::Char('d'), true) => search.text.replace_range(search.cursor..next, ""),
        (KeyCode::Char('w'), true) => {
            let word = left.trim_end().rfind(' ').map_or(0, |at| at + 1);
            search.text.replace_range(word..search.cursor, "");
            search.cursor = word;
        }
        (KeyCode::Char('u'), true) => {
            search.text.replace_range(..search.cursor, "");
            search.cursor = 0;
        }
        (KeyCode::Left, _) | (KeyCode::Char('b'), true) => search.cursor = previous,
        (KeyCode::Right, _) | (KeyCode::Char('f'), true) => search.cursor = next,
        (KeyCode::Home, _) | (KeyCode::Char('a'), true) => search.cursor = 0,
        (KeyCode::End, _) | (KeyCode::Char('e'), true) => search.cursor = search.text.len(),
        _ => {}
    }
    if model.search.text == before {
        return Vec::new();
    }
    model.search.deferred = None;
    ask(model)
}
