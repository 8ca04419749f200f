//! What speaks for a paragraph introducing a talk, or only going on about one.

use super::super::body::{Block, BlockKind, Prose};
use super::super::sentence::Introduction;
use super::super::title;
use super::talks::{embedded, not_recorded};
use super::{Found, prose};
use crate::domain::{Field, Origin, Status};

/// Without a second, a person and a title tell a talk if something beside the sentence agrees.
pub(super) fn introduces(introduction: &Introduction, all: &[Block], i: usize) -> bool {
    let Some((title, _)) = introduction.title.as_ref().filter(|_| !introduction.people.is_empty()) else { return false };
    let listed = all.get(i + 1).is_some_and(|b| matches!(b.kind, BlockKind::List(_)));
    let pictured = all[..i].iter().rev().map_while(|b| match &b.kind {
        BlockKind::Paragraph(p) if p.text.trim().is_empty() => Some(p),
        _ => None,
    });
    let name_on_picture =
        pictured.flat_map(|p| &p.pictures).any(|p| introduction.people.iter().any(|person| p.label.contains(last_word(&person.name))));
    let text = prose(&all[i]).map(|p| p.text.to_lowercase()).unwrap_or_default();
    let embedded = i.checked_sub(1).is_some_and(|b| embedded(&all[b]).is_some());
    // Who is thanked, congratulated or offers something did not speak of it.
    let courtesy = ["thank", "congrat", "raffle", "ticket", "discount", "hiring", "promo"].iter().any(|w| text.contains(w));
    // Words in small letters alone may say anything; with a picture of who said it they are a title.
    let small = !introduction.title_linked && !title.contains(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let told = name_on_picture || (!small && (listed || embedded || text.contains("takeaways") || not_recorded(&text)));
    !courtesy && (introduction.is_stated() || told)
}

/// Does a paragraph with a second but nobody's name only go on about the talk before it? That talk takes the second if it
/// has none; and a mere link into the video is no talk unless a list of what was said follows.
pub(super) fn continues(introduction: &Introduction, prose: &Prose, all: &[Block], i: usize, found: &mut [Found]) -> bool {
    let second = introduction.linked.or(introduction.printed);
    let listed = |at: usize| all.get(at + 1).is_some_and(|b| matches!(b.kind, BlockKind::List(_)));
    if found.iter().any(|f| f.talk.span.start == second) {
        return true;
    }
    let known = found.last_mut().filter(|last| last.talk.span.start.is_none() && !(listed(i) && listed(last.block)));
    if let Some(last) = known.filter(|last| last.talk.status == Status::Recorded) {
        last.talk.span.start = second;
        last.talk.provenance.set(Field::Start, Origin::Stated);
        if let Some(recording) = introduction.recording.clone() {
            last.talk.recording = Some(recording);
        }
        return true;
    }
    // What only repeats the paragraph's own beginning is no title: `The evening can be watched from 9:00`.
    let titled =
        introduction.title.as_ref().is_some_and(|(title, _)| introduction.title_linked || !prose.text.trim().starts_with(title.as_str()));
    let told = titled && (introduction.printed.is_some() || listed(i));
    !told
}

/// A heading right above a talk that gives no title is its title.
pub(super) fn title_above(all: &[Block], i: usize) -> Option<String> {
    let BlockKind::Heading(heading) = &all[i.checked_sub(1)?].kind else { return None };
    (heading.text.split_whitespace().count() > 1).then(|| title::tidy(&heading.text))
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}
