//! From tokens to clauses.

use super::dates;
use super::fields::{self, Name};
use super::lex::{self, Quotes, Token};
use super::values::{self, shown};
use super::{Clause, Field, Mode, Query, QueryError, Sort, Term, Text, Want};
use crate::domain::language;
use crate::domain::link::Link;
use crate::text::fold;
use std::ops::Range;

/// The longest query, in characters.
pub const MAX_CHARS: usize = 1000;

/// The most terms of a query.
pub const MAX_TERMS: usize = 32;

impl Query {
    /// Reads a query. What is still being typed (`speaker:`, a lone `!`) is passed over.
    ///
    /// # Errors
    /// What cannot be meant: a field or a value that does not exist, nothing but signs, more than a query may hold.
    pub fn parse(query: &str) -> Result<Query, QueryError> {
        if let Some((at, _)) = query.char_indices().nth(MAX_CHARS) {
            let message = format!("the query is longer than {MAX_CHARS} characters: shorten it");
            return Err(QueryError { range: at..query.len(), message });
        }
        let mut reading = Reading::default();
        for token in lex::tokens(query) {
            reading.take(&token)?;
        }
        reading.end()
    }
}

/// What a token is.
enum Read {
    Want(Want),
    Sort(Sort),
    /// Passed over: more is to come.
    Unfinished,
    /// Passed over: no word is made of it.
    Signs,
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    query: Query,
    terms: usize,
    either: bool,
    signs: Option<Range<usize>>,
}

impl Reading {
    fn take(&mut self, token: &Token) -> Result<(), QueryError> {
        // What is passed over is as if it were not there, and so the `|` on its left counts for what follows it.
        self.either |= token.either;
        match read(token)? {
            Read::Want(want) => self.term(Term { negated: token.signs.negated, want, range: token.range.clone() }),
            Read::Sort(sort) => {
                self.query.sort = Some(sort);
                Ok(())
            }
            Read::Unfinished => Ok(()),
            Read::Signs => {
                self.signs.get_or_insert_with(|| token.range.clone());
                Ok(())
            }
        }
    }

    fn term(&mut self, term: Term) -> Result<(), QueryError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            let message = format!("the query has more than {MAX_TERMS} terms: leave some out");
            return Err(QueryError { range: term.range, message });
        }
        match self.query.clauses.last_mut() {
            Some(clause) if self.either => clause.any.push(term),
            _ => self.query.clauses.push(Clause { any: vec![term] }),
        }
        self.either = false;
        Ok(())
    }

    fn end(self) -> Result<Query, QueryError> {
        match self.signs {
            Some(range) if self.query == Query::default() => {
                Err(QueryError { range, message: "there is nothing to look for in signs: type a letter or a digit".to_owned() })
            }
            _ => Ok(self.query),
        }
    }
}

fn read(token: &Token) -> Result<Read, QueryError> {
    let own = token.field.filter(|_| token.inherited.is_none());
    if own.is_none() {
        check_name(token)?;
    }
    if let Some(name) = token.field.filter(|_| token.inherited.is_some_and(|i| i.negated) && !token.text.is_empty()) {
        let (name, value) = (name.canonical(), shown(&token.text));
        let message = format!("`|` after `-{name}:` could mean two things; for neither, write `-{name}:{value}` after a blank");
        return Err(QueryError { range: token.range.clone(), message });
    }
    match token.field {
        None => Ok(link(token).map_or_else(|| text(token, None), |link| Read::Want(Want::Video(link)))),
        Some(Name::Text(field)) => Ok(text(token, Some(field))),
        Some(name) => value(token, name),
    }
}

/// A token's value for a field whose values are not just words.
fn value(token: &Token, name: Name) -> Result<Read, QueryError> {
    if token.text.is_empty() {
        return Ok(Read::Unfinished);
    }
    let wrong = |message| QueryError { range: token.value.clone(), message };
    let want = match name {
        Name::Sort if token.signs.negated => {
            let message = "an order cannot be negated; for the other way round write `sort:-date`".to_owned();
            return Err(QueryError { range: token.range.clone(), message });
        }
        Name::Sort => return Ok(values::sort(&token.text).map_err(wrong)?.map_or(Read::Unfinished, Read::Sort)),
        Name::Date(when) => match dates::read(when, &token.text, token.last).map_err(wrong)? {
            Some(days) => Want::Date(days),
            None => return Ok(Read::Unfinished),
        },
        Name::Kind => Want::Kind(values::kind(&token.text).map_err(wrong)?),
        Name::Has => values::has(&token.text).map_err(wrong)?,
        Name::Is => Want::Is(values::is(&token.text).map_err(wrong)?),
        Name::Language => match language::begun(&token.text) {
            signs if signs.is_empty() => return Ok(Read::Signs),
            letter if letter.chars().count() == 1 && token.last => return Ok(Read::Unfinished),
            letter if letter.chars().count() == 1 => return Err(wrong(values::no_language(&letter))),
            language => Want::Language(language),
        },
        Name::Text(field) => return Ok(text(token, Some(field))),
    };
    Ok(Read::Want(want))
}

fn text(token: &Token, field: Option<Field>) -> Read {
    if token.text.is_empty() {
        let lone_dash = field.is_none() && token.signs.dashed;
        return if lone_dash { Read::Signs } else { Read::Unfinished };
    }
    if !has_letter(&token.text) {
        return Read::Signs;
    }
    let mode = match token.quotes {
        Quotes::Closed => Mode::Phrase,
        Quotes::Open => Mode::OpenPhrase,
        Quotes::None if token.signs.exact => Mode::Exact,
        Quotes::None => Mode::Fuzzy,
    };
    Read::Want(Want::Text(Text { field, text: token.text.clone(), mode, starts: token.signs.starts, ends: token.signs.ends }))
}

/// Is there anything in it that words are made of? Letters in boxes and circles that fold to none are pictures.
fn has_letter(text: &str) -> bool {
    fold(text).chars().any(|c| c.is_alphanumeric() && !matches!(c, '\u{1f150}'..='\u{1f189}'))
}

/// The recording that a pasted link leads to, with or without what stood around it in a sentence.
fn link(token: &Token) -> Option<Link> {
    if token.quotes != Quotes::None || token.signs.exact {
        return None;
    }
    let bare = token.raw.trim_start_matches('(').trim_end_matches([',', '.', ';', ':', ')', '!', '?']);
    Link::parse(&token.raw).or_else(|_| Link::parse(bare)).ok()
}

/// An error if a word before a colon is nearly a field. `Rails: the good parts` is not: a blank follows the colon.
fn check_name(token: &Token) -> Result<(), QueryError> {
    if token.quotes != Quotes::None || token.signs.exact {
        return Ok(());
    }
    let Some((name, rest)) = token.raw.split_once(':') else { return Ok(()) };
    let follows = (token.glued || !rest.is_empty()) && !rest.starts_with(':') && !rest.starts_with("//");
    if !follows || !name.chars().all(char::is_alphabetic) {
        return Ok(());
    }
    let Some(meant) = fields::meant(name) else { return Ok(()) };
    let message = format!("no field `{}:`; did you mean `{meant}:`?", shown(name));
    Err(QueryError { range: token.head.clone(), message })
}
