//! Times as they stand in a text, and the text without the markup around them.

use crate::domain::Cue;
use std::borrow::Cow;

/// Bytes of a tag or an address that are looked through for its end.
const LONGEST_TAG: usize = 400;

/// A time in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The first byte of it.
    pub start: usize,
    /// The byte behind it, or behind the end of its range.
    pub end: usize,
    /// As a cue.
    pub cue: Cue,
    /// Where a range ends.
    pub until: Option<Cue>,
    /// Its first and last number, where it has two: hours and minutes if it is a clock's.
    pub pair: Option<(u32, u32)>,
    /// Words beside it say that it is a clock's (`6:30 PM`, `at 18:00`).
    pub clock: bool,
}

/// Can there be two times in a text? Asked of every description, and nearly always no.
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let times = memchr::memchr_iter(b':', bytes).filter(|at| *at > 0 && digit(at - 1) && (digit(at + 1) || digit(at + 2)));
    times.take(2).count() == 2
}

/// The text without tags, addresses of links, backticks and escapes. Tags that break lines do so.
pub fn plain(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '<' | '`' | '&' | ']' | '\\' | '\r' | '\u{2028}');
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        out.push_str(&rest[..at]);
        rest = markup(&rest[at..], &mut out);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes what the markup at the beginning of a text stands for; gives the text behind it.
fn markup<'a>(text: &'a str, out: &mut String) -> &'a str {
    let next = text.chars().next().map_or(0, char::len_utf8);
    let after = &text[next..];
    match text.as_bytes().first() {
        Some(b'<') => tag(after, out),
        Some(b'`') => after.trim_start_matches('_'),
        Some(b'&') => entity(after, out),
        Some(b']') => {
            out.push(']');
            after.strip_prefix('(').and_then(|target| behind(target, b')')).unwrap_or(after)
        }
        Some(b'\\') if after.starts_with(|c: char| c.is_ascii_punctuation()) => after,
        Some(b'\\') => {
            out.push('\\');
            after
        }
        _ => {
            if !text.starts_with('\r') || !after.starts_with('\n') {
                out.push('\n');
            }
            after
        }
    }
}

fn tag<'a>(after: &'a str, out: &mut String) -> &'a str {
    let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    let Some(behind) = is_tag.then(|| behind(after, b'>')).flatten() else {
        out.push('<');
        return after;
    };
    let name = after.trim_start_matches('/');
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    if ["br", "p", "li", "div", "tr", "ul", "ol"].iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
        out.push('\n');
    }
    // The address of a reStructuredText link stands apart from its text.
    if behind.starts_with('`') && out.ends_with(' ') {
        out.pop();
    }
    behind
}

/// The text behind a sign that is not far.
fn behind(text: &str, sign: u8) -> Option<&str> {
    let at = text.bytes().take(LONGEST_TAG).position(|b| b == sign)?;
    Some(&text[at + 1..])
}

fn entity<'a>(after: &'a str, out: &mut String) -> &'a str {
    let known = [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("#39;", '\''), ("apos;", '\''), ("nbsp;", ' ')];
    for (name, sign) in known {
        if let Some(behind) = after.strip_prefix(name) {
            out.push(sign);
            return behind;
        }
    }
    out.push('&');
    after
}

/// The times in a line, from left to right; of a range, its beginning.
pub fn of(line: &str) -> Vec<Mark> {
    let bytes = line.as_bytes();
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + digit;
        let digits = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + digits;
        let before = line[..start].chars().next_back();
        let attached = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '.' | ',' | '/' | '=' | '#' | '@' | '_' | '%'));
        if attached {
            continue;
        }
        if let Some(mut mark) = time(line, start, before.is_some_and(|c| matches!(c, '(' | '['))) {
            range(line, &mut mark);
            mark.clock = is_clock(&line[..start], &line[mark.end..]);
            at = mark.end;
            marks.push(mark);
        }
    }
    marks
}

/// A time at a byte. In brackets slips are forgiven: `(08: 20)`, `(19;15)`.
fn time(line: &str, start: usize, bracketed: bool) -> Option<Mark> {
    let bytes = line.as_bytes();
    let number = |at: usize, most: usize| {
        let digits = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        let value = line.get(at..at + digits)?.parse::<u32>().ok()?;
        (1..=most).contains(&digits).then_some((value, digits, at + digits))
    };
    let colon = |at: usize| match bytes.get(at) {
        Some(b':') if bracketed && bytes.get(at + 1) == Some(&b' ') => Some(at + 2),
        Some(b':') => Some(at + 1),
        Some(b';') if bracketed => Some(at + 1),
        _ => None,
    };
    let (first, _, end) = number(start, 3)?;
    let (second, 2, end) = number(colon(end)?, 3)? else { return None };
    let third = colon(end).and_then(|at| number(at, 3)).filter(|(_, digits, _)| *digits == 2);
    let end = third.map_or(end, |(.., end)| end);
    if bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    if second > 59 || third.is_some_and(|(seconds, ..)| seconds > 59) {
        return None;
    }
    let seconds = third.map_or(first * 60 + second, |(third, ..)| first * 3600 + second * 60 + third);
    let fraction = bytes.get(end).filter(|b| **b == b'.').and_then(|_| number(end + 1, 9)).map(|(.., end)| end);
    let cue = Cue::from_seconds(u64::from(seconds)).ok()?;
    Some(Mark { start, end: fraction.unwrap_or(end), cue, until: None, pair: third.is_none().then_some((first, second)), clock: false })
}

/// Takes the second time of `0:00-5:16` or `0:00 to 5:16` into the first.
fn range(line: &str, mark: &mut Mark) {
    let rest = &line[mark.end..];
    let behind = rest.trim_start();
    let after = ["-", "–", "—", "to ", "bis ", "~"].iter().find_map(|sign| behind.strip_prefix(sign)).map(str::trim_start);
    let Some(after) = after else { return };
    let second = time(line, line.len() - after.len(), false);
    if let Some(second) = second.filter(|second| second.cue >= mark.cue) {
        (mark.until, mark.end) = (Some(second.cue), second.end);
    }
}

/// Do the words beside a time say that it is one of the day?
pub(super) fn is_clock(before: &str, after: &str) -> bool {
    let after = after.trim_start();
    let (word, rest) = after.split_at(after.find(|c: char| !c.is_ascii_alphabetic() && c != '.').unwrap_or(after.len()));
    let word = word.trim_end_matches('.');
    // `Est-ce que`, `H-bridges`: a part of a word.
    let goes_on = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let behind = ["am", "pm", "a.m", "p.m", "uhr", "h", "hrs", "utc", "gmt", "cet", "cest", "bst", "est", "edt", "pst", "pdt", "brt"];
    let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let ahead = ["at", "um", "ab", "from", "until", "till", "by", "before", "after", "à", "kl", "om"];
    (!goes_on && behind.iter().any(|known| word.eq_ignore_ascii_case(known)))
        || (before.ends_with(' ') && ahead.iter().any(|known| last.eq_ignore_ascii_case(known)))
}
