//! YAML as archives are mostly written, read in a fraction of the time that a whole parser takes: block lists and mappings, texts on one
//! line, literal blocks. Whatever else stands in a text (anchors, tags, flow, texts over several lines, anything doubtful) is refused, and
//! the text is then read by `serde_yaml`, which alone says what is wrong with it.
//!
//! What is read here is what `serde_yaml` reads there: tests and a fuzz target compare the two. Where libyaml goes its own way, so does
//! this.

mod lines;

use lines::{Line, Lines, Value, says_nothing};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::fmt;

/// Nesting past which a text is left to the whole parser.
const DEEPEST: usize = 32;

/// The text is left to the whole parser.
#[derive(Debug)]
pub struct Refused;

type Read<T> = Result<T, Refused>;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("not written as it mostly is")
    }
}

impl std::error::Error for Refused {}

impl serde::de::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Refused {
        Refused
    }
}

/// Reads a document typed: structs of texts and lists of such.
///
/// # Errors
/// It is not written as documents mostly are, or not what was asked for.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Read<T> {
    if !is_plain(text.as_bytes()) {
        return Err(Refused);
    }
    let mut lines = Lines::of(text);
    if lines.peek()?.is_some_and(|line| line.indent == 0 && line.content.trim_end_matches(' ') == "---") {
        lines.line = None;
    }
    let Some(first) = lines.peek()? else { return Err(Refused) };
    let value = match first.block() {
        Some(block) => block,
        // A file that is to be filled.
        None if first.content == "[]" => lines.value(first.content, 0)?,
        None => return Err(Refused),
    };
    let read = T::deserialize(Node { lines: &mut lines, value })?;
    if lines.peek()?.is_some() { Err(Refused) } else { Ok(read) }
}

/// Are there no bytes that a parser stumbles over or takes for the end of a line: controls, and separators beyond ASCII?
fn is_plain(text: &[u8]) -> bool {
    let odd = |byte: &u8| (*byte < b' ' && *byte != b'\n' && *byte != b'\t') || *byte == 0x7f;
    // All of a run is looked at whatever is found: that is done many bytes at a time.
    let is_odd = text.chunks(1024).any(|run| run.iter().fold(false, |found, byte| found | odd(byte)));
    !is_odd && memchr::memchr3_iter(0xc2, 0xe2, 0xef, text).all(|at| is_common(&text[at..]))
}

/// Is a character that begins with one of the bytes 0xC2, 0xE2 and 0xEF no control, no separator and no byte-order mark?
fn is_common(character: &[u8]) -> bool {
    match character {
        [0xc2, second, ..] => *second >= 0xa0,
        [0xe2, 0x80, third, ..] => !matches!(third, 0xa8 | 0xa9),
        [0xef, 0xbb, third, ..] => *third != 0xbf,
        [0xef, 0xbf, third, ..] => *third < 0xbe,
        _ => true,
    }
}

/// A value as serde asks for it.
struct Node<'a, 'de> {
    lines: &'a mut Lines<'de>,
    value: Value<'de>,
}

impl<'de> Node<'_, 'de> {
    fn enter<T>(self, read: impl FnOnce(&mut Lines<'de>) -> Read<T>) -> Read<T> {
        if self.lines.depth == DEEPEST {
            return Err(Refused);
        }
        self.lines.depth += 1;
        let read = read(self.lines)?;
        self.lines.depth -= 1;
        Ok(read)
    }
}

impl<'de> Deserializer<'de> for Node<'_, 'de> {
    type Error = Refused;

    /// Whoever does not say what is wanted takes what is there.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.value {
            Value::Nothing => visitor.visit_unit(),
            Value::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Value::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Value::List(indent) => self.enter(|lines| visitor.visit_seq(Entries { lines, indent })),
            Value::Mapping(indent) => self.enter(|lines| visitor.visit_map(Pairs { lines, indent, rest: "" })),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if matches!(self.value, Value::Nothing) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    /// Some would take a list for one, in the order of its fields.
    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        if matches!(self.value, Value::Mapping(_)) { self.deserialize_any(visitor) } else { Err(Refused) }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// The entries of a list.
struct Entries<'a, 'de> {
    lines: &'a mut Lines<'de>,
    /// The column of the dashes; none has that of an empty list.
    indent: usize,
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = Refused;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        let indent = self.indent;
        let Some(line) = self.lines.peek()?.filter(|line| line.indent >= indent) else { return Ok(None) };
        if line.indent > indent {
            return Err(Refused);
        }
        // A list that stands right below its key ends where the next key stands.
        let Some((column, rest)) = line.entry() else { return Ok(None) };
        let inside = Line { indent: column, content: rest };
        let value = if says_nothing(rest) {
            self.lines.below(indent, false)?
        } else if inside.entry().is_some() {
            return Err(Refused);
        } else if inside.pair().is_some() {
            self.lines.line = Some(inside);
            Value::Mapping(column)
        } else {
            self.lines.value(rest, indent)?
        };
        seed.deserialize(Node { lines: self.lines, value }).map(Some)
    }
}

/// The keys of a mapping, each with its value.
struct Pairs<'a, 'de> {
    lines: &'a mut Lines<'de>,
    /// The column of the keys.
    indent: usize,
    /// What stands behind the colon of the key that was read last.
    rest: &'de str,
}

impl<'de> MapAccess<'de> for Pairs<'_, 'de> {
    type Error = Refused;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        let Some(line) = self.lines.peek()?.filter(|line| line.indent >= self.indent) else { return Ok(None) };
        if line.indent > self.indent {
            return Err(Refused);
        }
        let (key, rest) = line.pair().ok_or(Refused)?;
        self.rest = rest;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<S::Value> {
        let value =
            if says_nothing(self.rest) { self.lines.below(self.indent, true)? } else { self.lines.value(self.rest, self.indent)? };
        seed.deserialize(Node { lines: self.lines, value })
    }
}

#[cfg(test)]
mod tests;
