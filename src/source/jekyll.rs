//! Posts of a Jekyll or Hugo blog that write up a meetup: front matter, then an evening in prose.
//!
//! Structure is read first (links, cues, lists, pictures, the shape of a sentence), wording last, and what was guessed
//! says so. A post that writes up no event gives none.

mod body;
mod front_matter;
mod lexicon;
mod next;
mod people;
mod sentence;
mod sponsors;
mod title;
mod tokens;
mod writeup;

use super::{Reading, SourceText};

/// A file that begins with front matter.
pub fn detect(source: &SourceText) -> bool {
    source.text.starts_with("---\n")
}

/// Reads one post.
pub fn read(source: &SourceText) -> Reading {
    let (post, mut problems) = front_matter::split(source);
    let Some(post) = post else {
        return Reading { problems, ..Reading::default() };
    };
    let (draft, found) = writeup::read(&post);
    // What is odd in a post that writes up no meetup is nobody's concern here.
    if draft.is_some() {
        problems.extend(found);
    }
    Reading { drafts: draft.into_iter().collect(), problems, ..Reading::default() }
}
