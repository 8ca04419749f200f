//! The values of fields that take few.

use super::{Has, Is, Sort, SortBy, Want, fields};
use crate::domain::Mark;
use crate::domain::talk::Kind;
use crate::text::{clean_line, did_you_mean, fold, truncate};

// No two values of a field begin alike, so that the first letter is enough.
const HAS: [(&str, Want); 6] = [
    ("cue", Want::Has(Has::Cue)),
    ("slides", Want::Has(Has::Slides)),
    ("takeaways", Want::Has(Has::Takeaways)),
    ("recording", Want::Has(Has::Recording)),
    ("video", Want::Has(Has::Recording)),
    ("notes", Want::Is(Is { mark: Mark::Noted, not: false })),
];
const SORTS: [(&str, SortBy); 4] =
    [("date", SortBy::Date), ("title", SortBy::Title), ("speaker", SortBy::Speaker), ("length", SortBy::Length)];
const MARKS: [(&str, Is); 6] = [
    ("starred", Is { mark: Mark::Starred, not: false }),
    ("watched", Is { mark: Mark::Watched, not: false }),
    ("unwatched", Is { mark: Mark::Watched, not: true }),
    ("queued", Is { mark: Mark::Queued, not: false }),
    ("begun", Is { mark: Mark::Begun, not: false }),
    ("noted", Is { mark: Mark::Noted, not: false }),
];

/// What was typed, fit for a message.
pub(super) fn shown(text: &str) -> String {
    truncate(&clean_line(text), 30).into_owned()
}

/// `kind:`
pub(super) fn kind(text: &str) -> Result<Kind, String> {
    pick(text, &Kind::ALL.map(|kind| (kind.name(), kind)))
        .ok_or_else(|| wrong("kind", text, "a kind of talk", "talk, keynote, lightning, panel or workshop"))
}

/// `has:`
pub(super) fn has(text: &str) -> Result<Want, String> {
    pick(text, &HAS).ok_or_else(|| wrong("has", text, "a thing that talks have", "cue, slides, takeaways, recording or notes"))
}

/// `sort:`; `None` where only the sign for the other way round was typed yet.
pub(super) fn sort(text: &str) -> Result<Option<Sort>, String> {
    let (reversed, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
    if name.is_empty() {
        return Ok(None);
    }
    let by = pick(name, &SORTS).ok_or_else(|| wrong("sort", name, "an order", "date, title, speaker or length"))?;
    Ok(Some(Sort { by, reversed }))
}

/// `is:`
pub(super) fn is(text: &str) -> Result<Is, String> {
    pick(text, &MARKS).ok_or_else(|| wrong("is", text, "a mark", "starred, watched, unwatched, queued, begun or noted"))
}

/// The word that is typed for a mark.
pub(super) fn mark(is: Is) -> &'static str {
    MARKS.iter().find(|(_, known)| *known == is).map_or("", |(name, _)| name)
}

/// What a lone letter gives as a language.
pub(super) fn no_language(text: &str) -> String {
    format!("`{}` is not a language: write its code or name, such as en or German", shown(text))
}

/// The value that is typed, or the first that begins so.
fn pick<T: Clone>(text: &str, values: &[(&str, T)]) -> Option<T> {
    let squeeze = |text: &str| fold(text).replace([' ', '-', '_'], "");
    let typed = squeeze(text);
    let begins = |(name, _): &&(&str, T)| squeeze(name).starts_with(&typed);
    values.iter().find(begins).filter(|_| !typed.is_empty()).map(|(_, value)| value.clone())
}

fn wrong(field: &str, text: &str, what: &str, list: &str) -> String {
    let meant = did_you_mean(text, fields::values(field).iter().copied());
    let meant = meant.map(|value| format!("; did you mean `{field}:{value}`?")).unwrap_or_default();
    format!("`{}` is not {what}: write {list}{meant}", shown(text))
}
