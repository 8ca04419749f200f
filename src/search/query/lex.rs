//! A query cut into tokens: where each stands, its signs, its field and its value. Nothing is wrong here yet.

use super::fields::Name;
use crate::text::is_invisible;
use std::ops::Range;

/// One term as it stands, or the beginning of one.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// All of it, in bytes.
    pub range: Range<usize>,
    /// A `|` stands before it.
    pub either: bool,
    /// The signs around its value.
    pub signs: Signs,
    /// The name before its colon, or that of its left neighbour (`speaker:ann|bob`).
    pub field: Option<Name>,
    /// The field is its neighbour's.
    pub inherited: Option<Inherited>,
    /// The value with its quotes and without its signs, in bytes.
    pub value: Range<usize>,
    /// The value up to its first colon, in bytes.
    pub head: Range<usize>,
    /// The value as typed, without signs and quotes.
    pub text: String,
    /// The same, with the signs behind it.
    pub raw: String,
    /// What stands around the value.
    pub quotes: Quotes,
    /// A quote follows at once.
    pub glued: bool,
    /// Nothing follows, not even a blank: it may be half typed.
    pub last: bool,
}

/// What a token has from its left neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inherited {
    /// The neighbour is negated.
    pub negated: bool,
}

/// The signs around a value.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is there or not, whatever the others are.
pub(super) struct Signs {
    /// `!`, or `-` before a field.
    pub negated: bool,
    /// `^`
    pub starts: bool,
    /// `'`
    pub exact: bool,
    /// `-`, wherever it stands.
    pub dashed: bool,
    /// `$` behind it.
    pub ends: bool,
}

/// What stands around a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Nothing.
    None,
    /// A quote on either side.
    Closed,
    /// A quote before it only.
    Open,
}

/// The tokens of a query, in order.
pub(super) fn tokens(query: &str) -> Vec<Token> {
    let mut lexer = Lexer { chars: characters(query), at: 0 };
    let mut tokens: Vec<Token> = Vec::new();
    loop {
        let (either, touching) = lexer.skip();
        if lexer.peek().is_none() {
            return tokens;
        }
        let neighbour = tokens.last().filter(|_| either && touching);
        let inherited = neighbour.and_then(|t| Some((t.field?, t.inherited.map_or(t.signs.negated, |i| i.negated))));
        let token = lexer.token(either, inherited);
        tokens.push(token);
    }
}

/// A character that counts, and its bytes in the query.
struct Char {
    range: Range<usize>,
    c: char,
}

/// The characters that count: what cannot be seen is left out, what separates is a blank.
fn characters(query: &str) -> Vec<Char> {
    let counts = |(at, c): (usize, char)| {
        let range = at..at + c.len_utf8();
        match c {
            c if c.is_whitespace() || c.is_control() || c == '\u{200b}' => Some(Char { range, c: ' ' }),
            // The soft hyphen and the Arabic letter mark are as invisible.
            c if is_invisible(c) || matches!(c, '\u{ad}' | '\u{61c}') => None,
            c => Some(Char { range, c }),
        }
    };
    query.char_indices().filter_map(counts).collect()
}

pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

struct Lexer {
    chars: Vec<Char>,
    at: usize,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).map(|c| c.c)
    }

    /// Passes blanks and `|`. Was there a `|`, and was there no blank?
    fn skip(&mut self) -> (bool, bool) {
        let (mut either, mut touching) = (false, true);
        while let Some(c @ (' ' | '|')) = self.peek() {
            either |= c == '|';
            touching &= c == '|';
            self.at += 1;
        }
        (either, touching)
    }

    fn token(&mut self, either: bool, inherited: Option<(Name, bool)>) -> Token {
        let start = self.at;
        let mut signs = Signs::default();
        self.signs(&mut signs, inherited.is_some());
        let own = if signs.exact { None } else { self.field() };
        let field = own.or(inherited.map(|(name, _)| name));
        // `-word` is what people write elsewhere; `--force` is a word.
        let one_dash = self.chars[start..self.at].iter().filter(|c| c.c == '-').count() == 1;
        if let Some(name) = own {
            signs.negated |= signs.dashed;
            self.signs_of_value(name, &mut signs);
        } else if one_dash && self.peek().is_some_and(|c| c.is_alphanumeric() || is_quote(c)) {
            signs.negated |= inherited.is_none();
        }
        let value = self.at;
        let in_quotes = self.peek().is_some_and(is_quote);
        let (raw, quotes) = if in_quotes { self.quoted() } else { (self.word(), Quotes::None) };
        let (mut text, mut end) = (raw.clone(), self.at);
        if in_quotes {
            while self.peek() == Some('$') {
                signs.ends = true;
                self.at += 1;
            }
        } else if field.is_none_or(Name::is_text) {
            let behind = |c: char| c == '$' || (signs.exact && is_apostrophe(c));
            text.truncate(raw.trim_end_matches(behind).len());
            end -= raw[text.len()..].chars().count();
            signs.ends = raw[text.len()..].contains('$');
        }
        Token {
            range: self.bytes(start, self.at),
            either,
            signs,
            field,
            inherited: inherited.filter(|_| own.is_none()).map(|(_, negated)| Inherited { negated }),
            value: self.bytes(value, end),
            head: self.bytes(value, value + raw.chars().take_while(|c| *c != ':').count()),
            text,
            raw,
            quotes,
            glued: !in_quotes && self.peek().is_some_and(is_quote),
            last: self.at == self.chars.len(),
        }
    }

    /// Takes the signs before a word; where it has a field, colons too, since two of them (`std::fs`) bind to none.
    fn signs(&mut self, signs: &mut Signs, colons: bool) {
        while let Some(c) = self.peek() {
            match c {
                '!' => signs.negated = true,
                '^' => signs.starts = true,
                '-' => signs.dashed = true,
                c if is_apostrophe(c) => signs.exact = true,
                ':' if colons => {}
                _ => return,
            }
            self.at += 1;
        }
    }

    /// Takes the signs behind a field's colon. A `-` there may be a part of the value.
    fn signs_of_value(&mut self, name: Name, signs: &mut Signs) {
        if name.is_text() {
            return self.signs(signs, true);
        }
        while self.peek() == Some('!') {
            signs.negated = true;
            self.at += 1;
        }
    }

    /// Takes the name of a field and its colon, if they stand here. `kind::Talk` is a word.
    fn field(&mut self) -> Option<Name> {
        let rest = &self.chars[self.at..];
        let colon = rest.iter().position(|c| !c.c.is_ascii_alphabetic())?;
        let is = |at: usize, wanted: char| rest.get(at).is_some_and(|c| c.c == wanted);
        if !is(colon, ':') || is(colon + 1, ':') {
            return None;
        }
        let name = Name::of(&rest[..colon].iter().map(|c| c.c).collect::<String>())?;
        self.at += colon + 1;
        Some(name)
    }

    /// Takes what stands in quotes, with one blank wherever there are any.
    fn quoted(&mut self) -> (String, Quotes) {
        let inside = self.at + 1;
        let length = self.chars[inside..].iter().position(|c| is_quote(c.c));
        let end = length.map_or(self.chars.len(), |length| inside + length);
        let text: String = self.chars[inside..end].iter().map(|c| c.c).collect();
        self.at = (end + 1).min(self.chars.len());
        let quotes = if length.is_some() { Quotes::Closed } else { Quotes::Open };
        (text.split_whitespace().collect::<Vec<_>>().join(" "), quotes)
    }

    /// Takes a word.
    fn word(&mut self) -> String {
        let rest = &self.chars[self.at..];
        let word: String = rest.iter().map(|c| c.c).take_while(|c| !matches!(c, ' ' | '|') && !is_quote(*c)).collect();
        self.at += word.chars().count();
        word
    }

    /// The bytes of some characters; where there are none, the place behind the one before.
    fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let end = |at: usize| at.checked_sub(1).and_then(|at| self.chars.get(at)).map_or(0, |c| c.range.end);
        match self.chars.get(from) {
            Some(first) if from < to => first.range.start..end(to),
            _ => end(from)..end(from),
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’')
}
