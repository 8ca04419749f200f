//! What is being typed at the cursor, for those who would complete it.

use super::lex::{self, Quotes, Token};
use std::ops::Range;

pub use super::fields::{FIELDS, values};

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Context {
    /// A bare word, which may become the name of a field.
    FieldName {
        /// Its bytes, without the `!` or `-` before it.
        range: Range<usize>,
        /// Its letters.
        typed: String,
    },
    /// The value of a field.
    Value {
        /// Its bytes, with its quotes and without its signs.
        range: Range<usize>,
        /// The field's canonical name.
        field: String,
        /// What stands before the cursor, without quotes.
        typed: String,
    },
    /// Neither.
    None,
}

/// What is being typed at a byte of a query. Any number will do.
pub fn context(query: &str, cursor: usize) -> Context {
    let cursor = (0..=cursor.min(query.len())).rev().find(|at| query.is_char_boundary(*at)).unwrap_or(0);
    // What stands before the cursor is what was typed; the rest only says how far the word goes.
    let before = lex::tokens(&query[..cursor]);
    let Some(typed) = before.last().filter(|token| token.last) else { return Context::None };
    let whole = lex::tokens(query).into_iter().find(|token| token.value.start == typed.value.start && token.field == typed.field);
    let Some(whole) = whole else { return Context::None };
    match typed.field {
        Some(name) if typed.quotes != Quotes::Closed && !typed.signs.ends => {
            // A quote without its partner takes in the rest of the query, which was there before.
            let end = if whole.quotes == Quotes::Open { cursor } else { whole.value.end };
            Context::Value { range: typed.value.start..end, field: name.canonical().to_owned(), typed: typed.text.clone() }
        }
        None if is_name(typed) && whole.range.end == typed.range.end => {
            Context::FieldName { range: typed.value.clone(), typed: typed.text.clone() }
        }
        _ => Context::None,
    }
}

fn is_name(token: &Token) -> bool {
    let bare = token.quotes == Quotes::None && !token.signs.starts && !token.signs.exact && !token.signs.ends;
    bare && token.text.chars().count() > 1 && token.text.chars().all(char::is_alphabetic)
}
