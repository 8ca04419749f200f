//! Text with roles: what a span means, not what it looks like. Themes give the looks.

use crate::text;
use unicode_segmentation::UnicodeSegmentation;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// Running text.
    #[default]
    Plain,
    /// What may be overlooked.
    Dim,
    /// The title of what is shown.
    Title,
    /// A heading.
    Heading,
    /// Stressed.
    Emphasis,
    /// Strongly stressed.
    Strong,
    /// Code.
    Code,
    /// Quoted words.
    Quote,
    /// Leads somewhere.
    Link,
    /// A cue, a count: what the eye looks for.
    Accent,
    /// What the search matched.
    Match,
    /// Something is wrong or unsure.
    Warning,
    /// What went wrong, in words.
    Bad,
    /// The part of a text that is wrong.
    Wrong,
}

/// A piece of text with one role. `target` is an index into the targets of the document it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The text.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Where it leads, if anywhere.
    pub target: Option<usize>,
}

impl Span {
    /// A span that leads nowhere.
    pub fn new(text: impl Into<String>, role: Role) -> Span {
        Span { text: text.into(), role, target: None }
    }

    /// Another text of the same role and target.
    #[must_use]
    pub fn with_text(&self, text: impl Into<String>) -> Span {
        Span { text: text.into(), role: self.role, target: self.target }
    }
}

/// A line of spans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// From left to right.
    pub spans: Vec<Span>,
}

impl Line {
    /// A line of one span.
    pub fn of(text: impl Into<String>, role: Role) -> Line {
        Line { spans: vec![Span::new(text, role)] }
    }

    /// The text without its roles.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    fn push(&mut self, text: &str, like: &Span) {
        match self.spans.last_mut() {
            Some(last) if last.role == like.role && last.target == like.target => last.text.push_str(text),
            _ => self.spans.push(like.with_text(text)),
        }
    }
}

/// Breaks spans into lines of at most `width` columns, at spaces where that is possible. `first` stands before the first
/// line, `rest` before the others; `\n` in a span breaks the line.
pub fn wrap(spans: &[Span], width: usize, first: &[Span], rest: &[Span]) -> Vec<Line> {
    let mut wrapper =
        Wrapper { width: width.max(1), rest, lines: Vec::new(), line: Line { spans: first.to_vec() }, used: 0, indent: 0, gap: None };
    wrapper.used = text::width(&wrapper.line.text());
    wrapper.indent = wrapper.used;
    for (i, paragraph) in split_words(spans).into_iter().enumerate() {
        if i > 0 {
            wrapper.break_line();
        }
        for word in &paragraph {
            wrapper.word(word);
        }
    }
    wrapper.lines.push(wrapper.line);
    wrapper.lines
}

/// The first line of spans that are broken at `width` columns, and all that is left for the next.
pub fn first_line(spans: &[Span], width: usize) -> (Vec<Span>, Vec<Span>) {
    let first = wrap(spans, width, &[], &[]).swap_remove(0);
    let is_letter = |c: char| !matches!(c, ' ' | '\n');
    let mut letters = first.text().chars().filter(|c| is_letter(*c)).count();
    let mut rest = Vec::new();
    for span in spans {
        let begins = |(_, c): &(usize, char)| {
            let is_behind = letters == 0 && (is_letter(*c) || !rest.is_empty());
            letters -= usize::from(!is_behind && is_letter(*c));
            is_behind
        };
        if let Some((at, _)) = span.text.char_indices().find(begins) {
            rest.push(span.with_text(&span.text[at..]));
        }
    }
    (first.spans, rest)
}

/// Spans cut to `columns`, with `…` where something is missing.
pub fn cut(spans: Vec<Span>, columns: usize) -> Vec<Span> {
    let whole: usize = spans.iter().map(|span| text::width(&span.text)).sum();
    if whole <= columns {
        return spans;
    }
    let mut left = columns.saturating_sub(1);
    let mut kept = Vec::new();
    for span in spans {
        let width = text::width(&span.text);
        if width <= left {
            left -= width;
            kept.push(span);
            continue;
        }
        // Two columns more than it has, so that the mark is there even where the span alone would just fit.
        let text = text::truncate(&format!("{}··", span.text), (left + 1).min(columns)).into_owned();
        kept.push(Span { text, ..span });
        break;
    }
    kept
}

struct Wrapper<'a> {
    width: usize,
    rest: &'a [Span],
    lines: Vec<Line>,
    line: Line,
    used: usize,
    indent: usize,
    gap: Option<Span>,
}

impl Wrapper<'_> {
    fn break_line(&mut self) {
        let next = Line { spans: self.rest.to_vec() };
        self.used = text::width(&next.text());
        self.indent = self.used;
        self.gap = None;
        self.lines.push(std::mem::replace(&mut self.line, next));
    }

    fn word(&mut self, word: &Word) {
        if word.space {
            self.gap = (self.used > self.indent).then(|| word.parts[0].clone());
            return;
        }
        let width: usize = word.parts.iter().map(|part| text::width(&part.text)).sum();
        let gap = usize::from(self.gap.is_some());
        if self.used + gap + width > self.width && self.used > self.indent {
            self.break_line();
        }
        if let Some(gap) = self.gap.take() {
            self.line.push(" ", &gap);
            self.used += 1;
        }
        for part in &word.parts {
            self.part(part);
        }
    }

    /// A part of a word; one that is wider than a line is broken between graphemes.
    fn part(&mut self, part: &Span) {
        for grapheme in part.text.graphemes(true) {
            let width = text::width(grapheme);
            if self.used + width > self.width && self.used > self.indent {
                self.break_line();
            }
            self.line.push(grapheme, part);
            self.used += width;
        }
    }
}

/// A word that may change its role inside, or a space between two.
struct Word {
    parts: Vec<Span>,
    space: bool,
}

/// The words of each line.
fn split_words(spans: &[Span]) -> Vec<Vec<Word>> {
    let mut lines = vec![Vec::new()];
    for span in spans {
        for piece in span.text.split_inclusive([' ', '\n']) {
            let word = piece.trim_end_matches([' ', '\n']);
            let line: &mut Vec<Word> = lines.last_mut().expect("there is always a line");
            if !word.is_empty() {
                let part = span.with_text(word);
                match line.last_mut().filter(|last| !last.space) {
                    Some(last) => last.parts.push(part),
                    None => line.push(Word { parts: vec![part], space: false }),
                }
            }
            if piece.ends_with(' ') {
                line.push(Word { parts: vec![span.with_text(" ")], space: true });
            } else if piece.ends_with('\n') {
                lines.push(Vec::new());
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(Line::text).collect()
    }

    #[test]
    fn breaks_at_spaces_and_keeps_roles() {
        let spans = [Span::new("one two ", Role::Plain), Span::new("thr", Role::Strong), Span::new("ee four", Role::Plain)];
        let lines = wrap(&spans, 9, &[Span::new("* ", Role::Dim)], &[Span::new("  ", Role::Dim)]);
        assert_eq!(texts(&lines), ["* one two", "  three", "  four"]);
        assert_eq!(lines[1].spans[1], Span::new("thr", Role::Strong));
    }

    #[test]
    fn long_words_and_line_breaks() {
        let lines = wrap(&[Span::new("abcdefgh\nij", Role::Plain)], 3, &[], &[]);
        assert_eq!(texts(&lines), ["abc", "def", "gh", "ij"]);
        let lines = wrap(&[Span::new("東京都", Role::Plain)], 3, &[], &[]);
        assert_eq!(texts(&lines), ["東", "京", "都"]);
    }

    #[test]
    fn what_is_left_of_the_first_line_is_as_it_was() {
        let spans = [Span::new("one  two ", Role::Plain), Span::new("three", Role::Strong), Span::new(" four  five", Role::Plain)];
        for (width, first, rest) in
            [(9, "one two", "three four  five"), (2, "on", "e  two three four  five"), (99, "one two three four five", "")]
        {
            let (line, left) = first_line(&spans, width);
            let told = [line, left].map(|spans| Line { spans }.text());
            assert_eq!(told, [first, rest]);
        }
        assert_eq!(first_line(&spans, 9).1[0], Span::new("three", Role::Strong));
        assert_eq!(first_line(&[Span::new("abcdefgh", Role::Plain)], 3).1, [Span::new("defgh", Role::Plain)]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[a-z東é \n]{0,80}", width in 2usize..20) {
            let lines = wrap(&[Span::new(text.clone(), Role::Plain)], width, &[], &[]);
            prop_assert!(lines.iter().all(|line| text::width(&line.text()) <= width));
            let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&texts(&lines).concat()), letters(&text));
        }

        #[test]
        fn cut_spans_fit(texts in proptest::collection::vec("[a東é]{0,9}", 0..4), columns in 0usize..20) {
            let spans: Vec<Span> = texts.iter().map(|text| Span::new(text.clone(), Role::Plain)).collect();
            let line = Line { spans: cut(spans, columns) }.text();
            prop_assert!(text::width(&line) <= columns);
            prop_assert!(line == texts.concat() || columns == 0 || line.ends_with('…'));
        }
    }
}
