//! YAML as archives are mostly written, read in a fraction of the time that a whole parser takes: block lists and mappings, texts on one
//! line, literal blocks. Whatever else stands in a text (anchors, tags, flow, texts over several lines, anything doubtful) is refused, and
//! the text is then read by `serde_yaml`, which alone says what is wrong with it.
//!
//! What is read here is what `serde_yaml` reads there: tests and a fuzz target compare the two. Where libyaml goes its own way, so does
//! this.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::fmt;

/// Nesting past which a text is left to the whole parser.
const DEEPEST: usize = 32;

/// The longest key that is read here.
const LONGEST_KEY: usize = 100;

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
    let mut lines = Lines { text, at: 0, line: None, depth: 0 };
    if lines.peek()?.is_some_and(|line| line.indent == 0 && line.content.trim_end() == "---") {
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

/// A line, or what of it is still to be read.
#[derive(Clone, Copy)]
struct Line<'de> {
    /// The column of its first character, from 0.
    indent: usize,
    /// From that to the end of the line.
    content: &'de str,
}

impl<'de> Line<'de> {
    /// What stands behind the dash of a list's entry, and in which column.
    fn entry(self) -> Option<(usize, &'de str)> {
        let behind = self.content.strip_prefix('-')?;
        let rest = behind.trim_start_matches(' ');
        (behind.is_empty() || behind.len() > rest.len()).then_some((self.indent + self.content.len() - rest.len(), rest))
    }

    /// A key of a mapping, and what stands behind its colon.
    fn pair(self) -> Option<(&'de str, &'de str)> {
        let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let bytes = self.content.as_bytes();
        let end = bytes.iter().position(|byte| !is_key(byte))?;
        let begins = bytes[0].is_ascii_alphabetic() || bytes[0] == b'_';
        let ends = bytes[end] == b':' && bytes.get(end + 1).is_none_or(|next| *next == b' ');
        (begins && ends && end <= LONGEST_KEY).then(|| (&self.content[..end], self.content[end + 1..].trim_start_matches(' ')))
    }

    /// The list or mapping that begins with it.
    fn block(self) -> Option<Value<'de>> {
        if self.entry().is_some() { Some(Value::List(self.indent)) } else { self.pair().map(|_| Value::Mapping(self.indent)) }
    }
}

/// Nothing, or a comment?
fn says_nothing(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('#')
}

/// May only a comment stand behind a text in quotes or the head of a block?
fn ends(rest: &str) -> bool {
    let trimmed = rest.trim_start_matches(' ');
    trimmed.is_empty() || (trimmed.len() < rest.len() && trimmed.starts_with('#'))
}

/// A value whose first line was read, or whose first line is the next one.
enum Value<'de> {
    /// Nothing, or a word for it.
    Nothing,
    /// A text.
    Text(Cow<'de, str>),
    /// The entries at this column.
    List(usize),
    /// The keys at this column.
    Mapping(usize),
}

/// The lines of a text, as they are read.
struct Lines<'de> {
    text: &'de str,
    /// Where what was not looked at begins.
    at: usize,
    /// The line that is to be read next, if it was looked at.
    line: Option<Line<'de>>,
    depth: usize,
}

impl<'de> Lines<'de> {
    /// The next line that says something.
    fn peek(&mut self) -> Read<Option<Line<'de>>> {
        while self.line.is_none() {
            let Some((raw, _)) = self.raw() else { return Ok(None) };
            self.at += raw.len() + 1;
            let content = raw.trim_start_matches(' ');
            if content.starts_with('\t') {
                return Err(Refused);
            }
            if !says_nothing(content) {
                self.line = Some(Line { indent: raw.len() - content.len(), content });
            }
        }
        Ok(self.line)
    }

    /// The line at the place that was not looked at, without its end, and whether it has one.
    fn raw(&self) -> Option<(&'de str, bool)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest.as_bytes());
        Some((&rest[..end.unwrap_or(rest.len())], end.is_some()))
    }

    /// The value behind a dash or a colon that stands in a list or mapping at this column; the line is done with.
    fn value(&mut self, rest: &'de str, indent: usize) -> Read<Value<'de>> {
        self.line = None;
        let Some(first) = rest.bytes().next() else { return Ok(Value::Nothing) };
        let text = match first {
            b'"' => double_quoted(&rest[1..])?,
            b'\'' => single_quoted(&rest[1..])?,
            b'|' => self.literal(&rest[1..], indent)?,
            _ if rest == "[]" => return Ok(Value::List(usize::MAX)),
            _ => match unquoted(rest)? {
                "~" | "null" | "Null" | "NULL" => return Ok(Value::Nothing),
                text => Cow::Borrowed(text),
            },
        };
        Ok(Value::Text(text))
    }

    /// What stands in the lines behind one that says nothing but its dash or key. Lists may stand right below their key.
    fn below(&mut self, indent: usize, is_key: bool) -> Read<Value<'de>> {
        self.line = None;
        match self.peek()? {
            Some(line) if line.indent > indent => line.block().ok_or(Refused),
            Some(line) if line.indent == indent && is_key && line.entry().is_some() => Ok(Value::List(indent)),
            _ => Ok(Value::Nothing),
        }
    }

    /// A block of lines that are taken as they are (`|`, `|-`), behind a key or dash at this column.
    fn literal(&mut self, head: &str, indent: usize) -> Read<Cow<'de, str>> {
        let (strips, head) = head.strip_prefix('-').map_or((false, head), |head| (true, head));
        if !ends(head) {
            return Err(Refused);
        }
        let Some((column, text)) = self.first_of_block(indent)? else { return Ok(Cow::Borrowed("")) };
        let mut block = text;
        // Ends of lines that count only if more follows them.
        let mut breaks = 0;
        while let Some((raw, has_end)) = self.raw() {
            let content = raw.trim_start_matches(' ');
            let spaces = raw.len() - content.len();
            if spaces < column && !content.is_empty() {
                if content.starts_with('\t') {
                    return Err(Refused);
                }
                break;
            }
            self.at += raw.len() + 1;
            if raw.len() > column {
                (0..breaks).for_each(|_| block.push('\n'));
                block.push_str(&raw[column..]);
                breaks = 0;
            }
            breaks += usize::from(has_end);
        }
        if !strips && breaks > 0 {
            block.push('\n');
        }
        Ok(Cow::Owned(block))
    }

    /// The column of a block's lines, and the empty ones that it begins with; `None` where it has no other.
    fn first_of_block(&mut self, indent: usize) -> Read<Option<(usize, String)>> {
        let (mut empty, mut widest) = (String::new(), 0);
        while let Some((raw, _)) = self.raw() {
            let content = raw.trim_start_matches(' ');
            let spaces = raw.len() - content.len();
            if content.is_empty() {
                empty.push('\n');
                widest = widest.max(spaces);
                self.at += raw.len() + 1;
                continue;
            }
            // What begins with a tab, or after more spaces than its first line has, is read in more than one way.
            if content.starts_with('\t') || (spaces > indent && widest > spaces) {
                return Err(Refused);
            }
            return Ok((spaces > indent).then_some((spaces, empty)));
        }
        Ok(None)
    }
}

/// A text in double quotes that ends on its line.
fn double_quoted(rest: &str) -> Read<Cow<'_, str>> {
    let mut text = Cow::Borrowed("");
    let mut at = 0;
    loop {
        let next = at + memchr::memchr2(b'"', b'\\', &rest.as_bytes()[at..]).ok_or(Refused)?;
        add(&mut text, &rest[at..next]);
        if rest.as_bytes()[next] == b'"' {
            return if ends(&rest[next + 1..]) { Ok(text) } else { Err(Refused) };
        }
        let escaped = match rest.as_bytes().get(next + 1) {
            Some(b'n') => "\n",
            Some(b't') => "\t",
            Some(b'"') => "\"",
            Some(b'\\') => "\\",
            _ => return Err(Refused),
        };
        add(&mut text, escaped);
        at = next + 2;
    }
}

/// A text in single quotes that ends on its line.
fn single_quoted(rest: &str) -> Read<Cow<'_, str>> {
    let mut text = Cow::Borrowed("");
    let mut at = 0;
    loop {
        let next = at + memchr::memchr(b'\'', &rest.as_bytes()[at..]).ok_or(Refused)?;
        add(&mut text, &rest[at..next]);
        if rest.as_bytes().get(next + 1) != Some(&b'\'') {
            return if ends(&rest[next + 1..]) { Ok(text) } else { Err(Refused) };
        }
        add(&mut text, "'");
        at = next + 2;
    }
}

/// Adds a piece to a text, which stays borrowed as long as it is the only one.
fn add<'de>(text: &mut Cow<'de, str>, piece: &'de str) {
    if text.is_empty() {
        *text = Cow::Borrowed(piece);
    } else if !piece.is_empty() {
        text.to_mut().push_str(piece);
    }
}

/// A text without quotes, without the comment behind it.
fn unquoted(rest: &str) -> Read<&str> {
    let bytes = rest.as_bytes();
    let begins = match bytes[0] {
        b'-' => bytes.get(1).is_some_and(u8::is_ascii_digit),
        first => first.is_ascii_alphanumeric() || !first.is_ascii() || b"_(/.+$~<=^;\\".contains(&first),
    };
    let end = memchr::memmem::find(bytes, b" #").unwrap_or(rest.len());
    let text = rest[..end].trim_end_matches(' ');
    let is_mapping = memchr::memchr_iter(b':', text.as_bytes()).any(|at| text.as_bytes().get(at + 1).is_none_or(|next| *next == b' '));
    if begins && !is_mapping && !text.contains('\t') { Ok(text) } else { Err(Refused) }
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
