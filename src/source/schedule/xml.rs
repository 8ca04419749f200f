//! Small questions to XML.

use super::super::SourceText;
use crate::domain::Place;
use jiff::civil::{Date, Time};
use roxmltree::Node;

/// Nothing stands further down before the outermost element than a licence.
const LONGEST_PROLOGUE: usize = 16_000;

/// The name of the outermost element of a text that is XML, without parsing it.
pub fn root(text: &str) -> Option<&str> {
    let mut end = text.len().min(LONGEST_PROLOGUE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut rest = text[..end].trim_start();
    loop {
        let inside = rest.strip_prefix('<')?;
        let close = match inside.as_bytes().first()? {
            b'?' => "?>",
            b'!' if inside.starts_with("!--") => "-->",
            // A document type may hold declarations of its own, in brackets.
            b'!' if inside.find('[') < inside.find('>') && inside.contains('[') => "]>",
            b'!' => ">",
            _ => break,
        };
        rest = rest[rest.find(close)? + close.len()..].trim_start();
    }
    let name = &rest[1..];
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-')))?;
    Some(&name[..end])
}

/// The first element of a name inside another.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|n| n.is_element() && n.tag_name().name() == name)
}

/// What stands in the first element of a name inside another, where anything does.
pub fn text<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    content(child(node, name)?)
}

/// The text of an element, where there is any.
pub fn content<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.text().map(str::trim).filter(|text| !text.is_empty())
}

/// `2014-12-27`, also with more behind it.
pub fn date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// `14:00`, also with seconds and a zone behind it.
pub fn time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?.trim().parse().ok()?;
    let minute = parts.next()?.get(..2)?.parse().ok()?;
    Time::new(hour, minute, 0, 0).ok()
}

/// Lines of a text, counted on from the place that was asked for before.
pub struct Lines<'a> {
    source: &'a SourceText,
    at: usize,
    line: u32,
    line_start: usize,
}

impl<'a> Lines<'a> {
    /// Of a file.
    pub fn of(source: &'a SourceText) -> Lines<'a> {
        Lines { source, at: 0, line: 1, line_start: 0 }
    }

    /// The line and column of a byte. Bytes are asked for in rising order.
    pub fn place(&mut self, at: usize) -> Place {
        let text = self.source.text.as_bytes();
        for newline in memchr::memchr_iter(b'\n', &text[self.at.min(at)..at]) {
            self.line += 1;
            self.line_start = self.at + newline + 1;
        }
        self.at = at;
        let column = self.source.text.get(self.line_start..at).map_or(0, |before| before.chars().count());
        self.source.place.at(self.line, u32::try_from(column + 1).unwrap_or(u32::MAX))
    }
}
