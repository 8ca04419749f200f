//! The remark that tells at which second a talk starts: `(starting at 23:09)`.

use super::super::body::Prose;
use super::super::tokens::{Token, tokens};
use crate::domain::Cue;
use std::ops::Range;

/// A printed second and the bytes of the remark that holds it, brackets included.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// The second.
    pub cue: Cue,
    /// From the opening bracket, or the first word of the remark, to the closing bracket.
    pub range: Range<usize>,
}

/// Words that lead up to a second.
const WORDS: [&str; 26] = [
    "at",
    "from",
    "starting",
    "starts",
    "start",
    "started",
    "begins",
    "beginning",
    "began",
    "@",
    "watch",
    "video",
    "recording",
    "it",
    "talk",
    "time",
    "timestamp",
    "here",
    "around",
    "about",
    "c",
    "ca",
    "approx",
    "approximately",
    "timecode",
    "youtube",
];

fn is_remark_word(word: &str) -> bool {
    WORDS.contains(&word.to_lowercase().as_str())
}

fn clock(word: &str) -> Option<Cue> {
    word.contains(':').then(|| Cue::parse(word).ok()).flatten()
}

/// Is a text nothing but such a remark?
pub fn is_only(text: &str) -> bool {
    let words = tokens(text);
    words.iter().any(|t| clock(t.word).is_some()) && words.iter().all(|t| clock(t.word).is_some() || is_remark_word(t.word))
}

/// The first remark of a paragraph.
pub fn first(prose: &Prose, words: &[Token]) -> Option<Remark> {
    (0..words.len()).find_map(|i| at(prose, words, i))
}

/// Every remark of a paragraph, in its order.
pub fn all(prose: &Prose, words: &[Token]) -> Vec<Remark> {
    (0..words.len()).filter_map(|i| at(prose, words, i)).collect()
}

/// The remark whose second is the word `i`: in brackets, or led by words such as `starting at`, or the words of a link.
fn at(prose: &Prose, words: &[Token], i: usize) -> Option<Remark> {
    let token = words[i];
    let cue = clock(token.word)?;
    let led = (0..i).rev().take_while(|j| is_remark_word(words[*j].word) && !words[*j].ends_sentence()).last().unwrap_or(i);
    let open = (i.saturating_sub(4)..=i).rev().find(|j| words[*j].lead.contains(['(', '[']));
    let linked = prose.links.iter().any(|a| a.range.contains(&token.start) && is_only(prose.label(a)));
    let start = match open {
        Some(open) => words[open].start - words[open].lead.len(),
        // `doors at 18:00` is an hour of the day.
        None if linked || words[led..i].iter().any(|t| matches!(t.word, "starting" | "starts" | "begins" | "beginning")) => {
            words[led].start - words[led].lead.len()
        }
        None => return None,
    };
    let closing = token.trail.find(|c| !matches!(c, ')' | ']')).unwrap_or(token.trail.len());
    Some(Remark { cue, range: start..token.end + closing })
}
