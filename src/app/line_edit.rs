//! Typing in a line: what keys do to a text and its caret.

use super::input::{Key, KeyCode};
use crate::text;
use unicode_segmentation::UnicodeSegmentation;

/// Puts a text where the caret stands, as far as `most` characters leave room for it.
pub fn insert(line: &mut String, caret: &mut usize, text: &str, most: usize) {
    let room = most.saturating_sub(line.chars().count());
    let text: String = text.chars().take(room).collect();
    line.insert_str(*caret, &text);
    *caret += text.len();
}

/// A pasted text as one line, without what a terminal would obey.
pub fn pasted(text: &str) -> String {
    text::clean_block(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

/// A key in a line of at most so many characters; keys that mean nothing there do nothing.
pub fn edit(line: &mut String, caret: &mut usize, key: Key, most: usize) {
    let (left, right) = line.split_at(*caret);
    let previous = left.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    let next = *caret + right.graphemes(true).next().map_or(0, str::len);
    match (key.code, key.ctrl) {
        (KeyCode::Char(c), false) if !key.alt => insert(line, caret, c.encode_utf8(&mut [0; 4]), most),
        (KeyCode::Backspace, false) | (KeyCode::Char('h'), true) => {
            line.replace_range(previous..*caret, "");
            *caret = previous;
        }
        (KeyCode::Delete, _) | (KeyCode::Char('d'), true) => line.replace_range(*caret..next, ""),
        (KeyCode::Char('w'), true) => {
            let word = left.trim_end().rfind(' ').map_or(0, |at| at + 1);
            line.replace_range(word..*caret, "");
            *caret = word;
        }
        (KeyCode::Char('u'), true) => {
            line.replace_range(..*caret, "");
            *caret = 0;
        }
        (KeyCode::Left, _) | (KeyCode::Char('b'), true) => *caret = previous,
        (KeyCode::Right, _) | (KeyCode::Char('f'), true) => *caret = next,
        (KeyCode::Home, _) | (KeyCode::Char('a'), true) => *caret = 0,
        (KeyCode::End, _) | (KeyCode::Char('e'), true) => *caret = line.len(),
        _ => {}
    }
}
