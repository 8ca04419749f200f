//! Tokens: how a folded text is cut into the words that are searched.

use crate::text::fold_char;
use std::borrow::Cow;
use std::ops::Range;

/// Letters in a joined form (`solo.io`): longer ones are addresses, which nobody types.
const LONGEST_JOINED: usize = 40;
/// Parts of a joined form.
const MOST_PARTS: usize = 4;

/// How a token stands in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A word; the next one stands beside it.
    Part,
    /// The parts behind it as they were written together: `solo.io` before `solo` and `io`.
    Joined,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Folded, without apostrophes.
    pub text: Cow<'a, str>,
    /// Its bytes in the folded text.
    pub range: Range<usize>,
    /// How it stands there.
    pub form: Form,
}

/// Folds a text into a buffer; much the same as [`crate::text::fold`], without a new string.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            folded.extend(fold_char(c));
        }
    }
}

/// The tokens of a folded text, in order, each joined form before its parts.
pub fn each<'a>(folded: &'a str, mut take: impl FnMut(Token<'a>)) {
    let (bytes, is_ascii) = (folded.as_bytes(), folded.is_ascii());
    let find = |from: usize, space: bool| {
        let found = if is_ascii {
            bytes[from..].iter().position(|b| b.is_ascii_whitespace() == space)
        } else {
            folded[from..].find(|c: char| c.is_whitespace() == space)
        };
        found.map(|at| from + at)
    };
    let mut rest = 0;
    while let Some(start) = find(rest, false) {
        let end = find(start, true).unwrap_or(folded.len());
        let chunk = &folded[start..end];
        if chunk.bytes().all(|b| b.is_ascii_alphanumeric()) {
            take(Token { text: Cow::Borrowed(chunk), range: start..end, form: Form::Part });
        } else {
            written_together(folded, start..end, &mut take);
        }
        rest = end;
    }
}

/// The tokens of a folded text.
pub fn of(folded: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    each(folded, |token| tokens.push(token));
    tokens
}

/// Is it written without spaces, so that each character counts as a word?
pub fn is_word_by_itself(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Tokens of what stands between two spaces and holds more than plain letters.
fn written_together<'a>(folded: &'a str, range: Range<usize>, take: &mut impl FnMut(Token<'a>)) {
    let range = trimmed(folded, range);
    let parts = parts(folded, range.clone());
    let has_cjk = || folded[range.clone()].contains(is_word_by_itself);
    let differs = parts.len() > 1 || parts.first().is_some_and(|part| *part != range);
    if differs && parts.len() <= MOST_PARTS && range.len() <= LONGEST_JOINED && !parts.is_empty() && !has_cjk() {
        take(Token { text: without_apostrophes(&folded[range.clone()]), range, form: Form::Joined });
    }
    for part in parts {
        take(Token { text: without_apostrophes(&folded[part.clone()]), range: part, form: Form::Part });
    }
}

fn without_apostrophes(word: &str) -> Cow<'_, str> {
    if word.contains('\'') { Cow::Owned(word.replace('\'', "")) } else { Cow::Borrowed(word) }
}

/// Without the signs around it; those of `.net`, `c++` and `c#` belong to them, the `'s` of an owner does not.
fn trimmed(folded: &str, range: Range<usize>) -> Range<usize> {
    let chunk = &folded[range.clone()];
    let lead = chunk.len() - chunk.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let lead = if chunk[..lead].ends_with('.') && lead == 1 { 0 } else { lead };
    let kept = chunk.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '#');
    let kept = kept.strip_suffix("'s").unwrap_or(kept);
    if kept.len() < lead {
        return range.start..range.start;
    }
    range.start + lead..range.start + kept.len()
}

/// Runs of letters and digits, with the plus and number signs right behind them.
fn parts(folded: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let text = &folded[range.clone()];
    for (at, c) in text.char_indices() {
        let (here, next) = (range.start + at, text[at + c.len_utf8()..].chars().next());
        let letter = c.is_alphanumeric();
        if letter && is_word_by_itself(c) {
            parts.extend(open.take().map(|start| start..here));
            parts.push(here..here + c.len_utf8());
        } else if letter {
            open.get_or_insert(here);
        } else if let Some(start) = open {
            let sign = matches!(c, '+' | '#') && !next.is_some_and(char::is_alphanumeric);
            // `don't` is a word; `l'équipe` and `o'reilly` are two.
            let within = c == '\'' && here - start > 2 && next.is_some_and(char::is_alphanumeric);
            if !sign && !within {
                parts.push(start..here);
                open = None;
            }
        }
    }
    parts.extend(open.map(|start| start..range.end));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut folded = String::new();
        fold_into(text, &mut folded);
        of(&folded).into_iter().map(|t| if t.form == Form::Joined { format!("<{}>", t.text) } else { t.text.into_owned() }).collect()
    }

    #[test]
    fn words_as_people_type_them() {
        for (text, expected) in [
            ("Solo.io & C++ (CI/CD)", "<solo.io> solo io c++ <ci/cd> ci cd"),
            ("Köln, #rustlang — C/C++!", "koln rustlang <c/c++> c c++"),
            (".NET and Node.js", "<.net> net and <node.js> node js"),
            ("What's Google's plan? Don't!", "what google plan dont"),
            ("O’Reilly's l'équipe", "<oreilly> o reilly <lequipe> l equipe"),
            ("東京Ruby会議", "東 京 ruby 会 議"),
            ("--- ??? … + #", ""),
            ("https://example.com/a/long/way/to/nothing", "https example com a long way to nothing"),
            ("AT&T R&D", "<at&t> at t <r&d> r d"),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn tokens_stand_where_they_say(text in "\\PC{0,60}") {
            let mut folded = String::new();
            fold_into(&text, &mut folded);
            prop_assert_eq!(&folded, &crate::text::fold(&text));
            let mut end = 0;
            for token in of(&folded) {
                prop_assert!(!token.text.is_empty() && token.text.contains(char::is_alphanumeric));
                prop_assert!(folded.is_char_boundary(token.range.start) && folded.is_char_boundary(token.range.end));
                if token.form == Form::Part {
                    prop_assert!(token.range.start >= end);
                    end = token.range.end;
                }
            }
        }
    }
}
