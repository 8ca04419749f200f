//! The lines of a text: which list, mapping or text begins in each.

use super::{Read, Refused};
use std::borrow::Cow;

/// The longest key that is read here.
const LONGEST_KEY: usize = 100;

/// A line, or what of it is still to be read.
#[derive(Clone, Copy)]
pub struct Line<'de> {
    /// The column of its first character, from 0.
    pub indent: usize,
    /// From that to the end of the line.
    pub content: &'de str,
}

impl<'de> Line<'de> {
    /// What stands behind the dash of a list's entry, and in which column.
    pub fn entry(self) -> Option<(usize, &'de str)> {
        let behind = self.content.strip_prefix('-')?;
        let rest = behind.trim_start_matches(' ');
        (behind.is_empty() || behind.len() > rest.len()).then_some((self.indent + self.content.len() - rest.len(), rest))
    }

    /// A key of a mapping, and what stands behind its colon.
    pub fn pair(self) -> Option<(&'de str, &'de str)> {
        let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let bytes = self.content.as_bytes();
        let end = bytes.iter().position(|byte| !is_key(byte))?;
        let begins = bytes[0].is_ascii_alphabetic() || bytes[0] == b'_';
        let ends = bytes[end] == b':' && bytes.get(end + 1).is_none_or(|next| *next == b' ');
        (begins && ends && end <= LONGEST_KEY).then(|| (&self.content[..end], self.content[end + 1..].trim_start_matches(' ')))
    }

    /// The list or mapping that begins with it.
    pub fn block(self) -> Option<Value<'de>> {
        if self.entry().is_some() { Some(Value::List(self.indent)) } else { self.pair().map(|_| Value::Mapping(self.indent)) }
    }
}

/// Nothing, or a comment?
pub fn says_nothing(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('#')
}

/// May only a comment stand behind a text in quotes or the head of a block?
fn ends(rest: &str) -> bool {
    let trimmed = rest.trim_start_matches(' ');
    trimmed.is_empty() || (trimmed.len() < rest.len() && trimmed.starts_with('#'))
}

/// A value whose first line was read, or whose first line is the next one.
pub enum Value<'de> {
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
pub struct Lines<'de> {
    text: &'de str,
    /// Where what was not looked at begins.
    at: usize,
    /// The line that is to be read next, if it was looked at.
    pub line: Option<Line<'de>>,
    /// How many lists and mappings are open.
    pub depth: usize,
}

impl<'de> Lines<'de> {
    /// Those of a text, of which none was read.
    pub fn of(text: &'de str) -> Lines<'de> {
        Lines { text, at: 0, line: None, depth: 0 }
    }

    /// The next line that says something.
    pub fn peek(&mut self) -> Read<Option<Line<'de>>> {
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
    pub fn value(&mut self, rest: &'de str, indent: usize) -> Read<Value<'de>> {
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
    pub fn below(&mut self, indent: usize, is_key: bool) -> Read<Value<'de>> {
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
