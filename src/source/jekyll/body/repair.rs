//! Links that Markdown could not read, or that stand bare.

use super::{Anchor, Prose};
use std::ops::Range;

/// `at[23:09](…)`: a link begins a word of its own.
pub(super) fn part_glued_links(prose: &mut Prose) {
    for i in 0..prose.links.len() {
        let start = prose.links[i].range.start;
        if prose.text[..start].ends_with(char::is_alphanumeric) && prose.text[start..].starts_with(char::is_alphanumeric) {
            prose.text.insert(start, ' ');
            for anchor in prose.links.iter_mut().filter(|a| a.range.start >= start) {
                anchor.range = anchor.range.start + 1..anchor.range.end + 1;
            }
        }
    }
}

/// An address that stands in the text is a link to itself.
pub(super) fn link_bare_addresses(prose: &mut Prose) {
    let mut at = 0;
    while let Some(start) = prose.text[at..].find("http").map(|i| at + i) {
        let rest = &prose.text[start..];
        let end = start + rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '"')).unwrap_or(rest.len());
        let url = prose.text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let linked = prose.links.iter().any(|a| a.range.start < end && start < a.range.end);
        if !linked && crate::domain::link::is_web_address(url) {
            let anchor = Anchor { range: start..start + url.len(), url: url.to_owned() };
            let index = prose.links.iter().filter(|a| a.range.start < start).count();
            prose.links.insert(index, anchor);
        }
        at = end.max(start + 4);
    }
}

/// A paragraph with more broken links is no prose, and each repair reads it anew.
const MOST_REPAIRS: usize = 30;

/// Mends the links that Markdown could not read: `Humio](https://…)` and `(here)[https://…]`.
pub(super) fn mend_links(prose: &mut Prose) {
    for _ in 0..MOST_REPAIRS {
        let Some((label, url)) = half_link(prose).or_else(|| swapped_link(prose)) else { return };
        let shown = prose.text[label.start..url.end].chars().take(60).collect::<String>();
        prose.repairs.push(format!("broken link: `{shown}`"));
        let address = prose.text[url.clone()].trim_matches(['(', ')', '[', ']', ' ']).to_owned();
        let words = prose.text[label.clone()].trim_matches(['(', ')', '[']).to_owned();
        let removed = url.end - label.start - words.len();
        // A link that Markdown did read inside the broken one is part of what is broken.
        prose.links.retain(|a| a.range.end <= label.start || a.range.start >= url.end);
        prose.text.replace_range(label.start..url.end, &words);
        for anchor in prose.links.iter_mut().filter(|a| a.range.start >= url.end) {
            anchor.range = anchor.range.start - removed..anchor.range.end - removed;
        }
        let at = prose.links.iter().filter(|a| a.range.start < label.start).count();
        prose.links.insert(at, Anchor { range: label.start..label.start + words.len(), url: address });
    }
}

/// `…to Humio](https://humio.com/)`, `[Humio] (https://humio.com/)`, `[Humio](https://humio.com/ (more`: the label is what
/// stands behind the opening bracket, else the run of words with capitals before the closing one.
fn half_link(prose: &Prose) -> Option<(Range<usize>, Range<usize>)> {
    let at = prose.text.find("](http").or_else(|| prose.text.find("] (http"))?;
    let address = at + prose.text[at..].find("http")?;
    let stop = address + prose.text[address..].find(|c: char| c.is_whitespace() || "()".contains(c)).unwrap_or(prose.text.len() - address);
    let end = if prose.text[stop..].starts_with(')') { stop + 1 } else { stop };
    let before = &prose.text[..at];
    if let Some(open) = before.rfind('[').filter(|open| !before[*open..].contains(']')) {
        return Some((open..at, at..end));
    }
    let mut start = at;
    for (i, word) in before.split_word_bounds_back() {
        if word.trim().is_empty() {
            continue;
        }
        if !word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) {
            break;
        }
        start = i;
    }
    if start == at {
        start = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    }
    Some((start..at, at..end))
}

trait WordsBack {
    /// Words between white space from the last to the first, each with its offset; a comma ends the walk.
    fn split_word_bounds_back(&self) -> Vec<(usize, &str)>;
}

impl WordsBack for str {
    fn split_word_bounds_back(&self) -> Vec<(usize, &str)> {
        let base = self.as_ptr() as usize;
        let tail = self.rsplit([',', ';', '.']).next().unwrap_or(self);
        tail.split_whitespace().rev().map(|word| (word.as_ptr() as usize - base, word)).collect()
    }
}

/// `(here)[https://…]`: brackets and parentheses the wrong way round.
fn swapped_link(prose: &Prose) -> Option<(Range<usize>, Range<usize>)> {
    let at = prose.text.find(")[http")? + 1;
    let end = at + prose.text[at..].find(']')? + 1;
    let start = prose.text[..at].rfind('(')?;
    Some((start..at, at..end))
}
