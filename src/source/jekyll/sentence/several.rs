//! Paragraphs that introduce more than one talk, each with its own second.

use super::super::body::Prose;
use super::super::lexicon::Lexicon;
use super::super::people::Roster;
use super::super::tokens::tokens;
use super::{Introduction, read, remark};
use crate::domain::{Cue, Link};

/// Every talk that a paragraph introduces: one, unless it gives several seconds and each stands with people of its own.
pub fn read_all(prose: &Prose, lexicon: &Lexicon, roster: &Roster) -> Vec<Introduction> {
    let cuts = cuts(prose);
    if cuts.len() > 1 {
        let starts = std::iter::once(0).chain(cuts.iter().copied());
        let ends = cuts[..cuts.len() - 1].iter().copied().chain([prose.text.len()]);
        let parts: Vec<_> = starts.zip(ends).filter_map(|(start, end)| read(&prose.slice(start..end), lexicon, roster)).collect();
        if parts.len() == cuts.len() && parts.iter().all(|p| p.has_cue() && !p.people.is_empty()) {
            return parts;
        }
    }
    read(prose, lexicon, roster).into_iter().collect()
}

/// The byte behind each second that is not the one before it told once more (in a title's link, then in brackets).
fn cuts(prose: &Prose) -> Vec<usize> {
    let linked = prose.links.iter().filter_map(|a| Some((Link::parse(&a.url).ok()?.start?, a.range.clone())));
    let printed = remark::all(prose, &tokens(&prose.text)).into_iter().map(|r| (r.cue, r.range));
    let mut seconds: Vec<_> = linked.chain(printed).collect();
    seconds.sort_by_key(|(_, range)| range.start);
    let mut cuts: Vec<(Cue, usize)> = Vec::new();
    for (cue, range) in seconds {
        match cuts.last_mut() {
            Some((last, end)) if *last == cue || range.start <= *end + 3 => *end = range.end.max(*end),
            _ => cuts.push((cue, range.end)),
        }
    }
    cuts.into_iter().map(|(_, end)| end).collect()
}
