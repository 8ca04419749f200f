//! What lines of reStructuredText look like, and whether there are any in a text.

use crate::text;

/// A line: how far it is indented, and what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Columns, with tabs every eight.
    pub indent: usize,
    /// Without the space around it; empty in a blank line.
    pub text: &'a str,
}

impl<'a> Line<'a> {
    /// A line of a text.
    pub fn of(line: &'a str) -> Line<'a> {
        let mut indent = 0;
        for c in line.chars() {
            match c {
                ' ' => indent += 1,
                '\t' => indent = indent / 8 * 8 + 8,
                _ => break,
            }
        }
        Line { indent, text: line.trim() }
    }

    /// Is nothing in it?
    pub fn is_blank(self) -> bool {
        self.text.is_empty()
    }
}

/// Is anything in the text markup that Markdown does not have? A fenced block says that it is Markdown.
pub fn is_restructured(text: &str) -> bool {
    if memchr::memchr(b'`', text.as_bytes()).is_some() {
        if text.contains("\n```") || text.starts_with("```") {
            return false;
        }
        if has_reference(text) || has_role(text) {
            return true;
        }
    }
    if !text.split('\n').any(may_be_sign) {
        return false;
    }
    let lines: Vec<Line> = text.lines().map(Line::of).collect();
    (0..lines.len()).any(|at| is_sign(&lines, at))
}

/// Is a line worth a closer look? Most texts have none that is.
fn may_be_sign(line: &str) -> bool {
    match line.trim_ascii().as_bytes() {
        [b'.' | b'#' | b'_' | b'|' | b'+' | b'=' | b':', ..] | [.., b':', b':'] => true,
        [first, second, third, ..] => first == second && second == third && first.is_ascii_punctuation(),
        _ => false,
    }
}

fn is_sign(lines: &[Line], at: usize) -> bool {
    let line = lines[at].text;
    let starts_block = at == 0 || lines[at - 1].is_blank();
    if ends_in_literal(lines, at) {
        return true;
    }
    match line.as_bytes().first() {
        Some(b'.') => explicit(line).is_some_and(|rest| rest.starts_with('_') || rest.starts_with('|') || directive(rest).is_some()),
        Some(b'#') => line.starts_with("#. ") || heading(lines, at).is_some(),
        Some(b'_') if line.starts_with("__ http") => true,
        Some(b'|') if starts_block => is_line_block(line) && !lines.get(at + 1).is_some_and(|next| next.text.starts_with("|-")),
        Some(b'+') if is_grid_border(line) => true,
        Some(b'=') if is_simple_border(line) => true,
        Some(b':') if starts_block => field(line).is_some_and(|(name, _)| name.starts_with(char::is_uppercase)),
        Some(_) => heading(lines, at).is_some_and(|found| found.over || !matches!(found.mark, '=' | '-')),
        None => false,
    }
}

/// `` `text <address>`_ `` or `` `name`__ ``: the mark behind closing quotes, with nothing of a word behind it.
fn has_reference(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), "`_").any(|at| {
        let before = text[..at].chars().next_back();
        let after = text[at + 2..].trim_start_matches('_').chars().next();
        before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '`' | '(' | '[' | '"'))
            && after.is_none_or(|c| !c.is_alphanumeric() && c != '`')
    })
}

/// `` :role:`text` ``.
fn has_role(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), ":`").any(|at| {
        let word = text[..at].bytes().rev().take(40).take_while(|b| b.is_ascii_alphabetic() || matches!(b, b':' | b'-' | b'+')).count();
        word > 1 && text.as_bytes()[at - word] == b':' && text[at + 2..].contains('`')
    })
}

/// What stands behind `.. `; nothing for a comment without words.
pub fn explicit(line: &str) -> Option<&str> {
    if line == ".." { Some("") } else { line.strip_prefix(".. ").map(str::trim_start) }
}

/// `name:: arguments`.
pub fn directive(rest: &str) -> Option<(&str, &str)> {
    let (name, arguments) = rest.split_once("::")?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '+' | '.'));
    is_name.then_some((name, arguments.trim()))
}

/// `:name: text`.
pub fn field(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(':')?;
    let end = rest.match_indices(':').map(|(at, _)| at).find(|at| rest[at + 1..].is_empty() || rest[at + 1..].starts_with(' '))?;
    let name = &rest[..end];
    let is_name = !name.is_empty() && name.len() <= 60 && !name.starts_with(' ') && !name.ends_with(' ') && !name.contains('`');
    is_name.then(|| (name, rest[end + 1..].trim()))
}

/// `| text`, but no row of a table.
pub fn is_line_block(line: &str) -> bool {
    line == "|" || (line.starts_with("| ") && !line.ends_with('|'))
}

/// `+-----+-----+`.
pub fn is_grid_border(line: &str) -> bool {
    line.len() > 4 && line.starts_with("+-") && line.ends_with('+') && line.bytes().all(|b| matches!(b, b'+' | b'-'))
}

/// `===== =====`.
pub fn is_simple_border(line: &str) -> bool {
    line.starts_with("==") && line.contains("= ") && line.bytes().all(|b| matches!(b, b'=' | b' '))
}

/// The mark that a line is made of alone.
pub fn adornment(line: &str) -> Option<char> {
    let mark = line.chars().next()?;
    let marks = "=-~^\"'`:.#*_+<>";
    (line.len() >= 3 && marks.contains(mark) && line.bytes().all(|b| b == line.as_bytes()[0])).then_some(mark)
}

/// A heading: how it is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// What the lines around it are made of.
    pub mark: char,
    /// Is there one above it too?
    pub over: bool,
}

/// Does a heading begin here: a line alone, underlined or between two lines?
pub fn heading(lines: &[Line], at: usize) -> Option<Heading> {
    let line = |at: usize| lines.get(at).map_or("", |line| line.text);
    // Right below another heading's line stands the next one, as one puts it who saves paper.
    let after_heading = at > 1 && adornment(lines[at - 1].text).is_some() && !lines[at - 2].is_blank();
    if at > 0 && !lines[at - 1].is_blank() && !after_heading {
        return None;
    }
    if let Some(mark) = adornment(line(at)) {
        let closed = !line(at + 1).is_empty() && adornment(line(at + 2)) == Some(mark) && adornment(line(at + 1)).is_none();
        // Two short lines are a fence of Markdown's; a title between two lines is no longer than they are.
        return (closed && text::width(line(at + 1)) <= line(at).len()).then_some(Heading { mark, over: true });
    }
    let mark = adornment(line(at + 1))?;
    (fits(line(at), line(at + 1)) && lines[at].indent == lines[at + 1].indent).then_some(Heading { mark, over: false })
}

/// Is an underline about as long as its title? Authors count badly, and a rule below a paragraph is none.
fn fits(title: &str, under: &str) -> bool {
    !title.is_empty() && under.len() * 4 >= text::width(title) * 3
}

/// Does a paragraph end in `::`, with something indented below it?
pub fn ends_in_literal(lines: &[Line], at: usize) -> bool {
    let line = lines[at];
    line.text.ends_with("::") && lines[at + 1..].iter().find(|next| !next.is_blank()).is_some_and(|next| next.indent > line.indent)
}

/// The bullet or number that an item begins with: as Markdown writes it, and how many bytes of the line it takes.
pub fn marker(line: &str) -> Option<(String, usize)> {
    let first = line.chars().next()?;
    let bullet = matches!(first, '-' | '*' | '+' | '•' | '‣' | '⁃').then(|| ("- ".to_owned(), first.len_utf8()));
    let (written, length) = bullet.or_else(|| number(line))?;
    let rest = &line[length..];
    let space = rest.len() - rest.trim_start().len();
    (rest.is_empty() || space > 0).then_some((written, length + space))
}

/// `3.`, `3)`, `(3)` and `#.`.
fn number(line: &str) -> Option<(String, usize)> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let opened = inner.len() < line.len();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (number, length) = match digits {
        0 if inner.starts_with('#') => ("1", 1),
        1..=9 => (&inner[..digits], digits),
        _ => return None,
    };
    let closes = inner[length..].starts_with([')', '.']) && (!opened || inner[length..].starts_with(')'));
    closes.then(|| (format!("{number}. "), length + 1 + usize::from(opened)))
}
