//! The values of fields that take few.

use super::{Has, Sort, SortBy, fields};
use crate::domain::talk::Kind;
use crate::text::{clean_line, did_you_mean, fold, truncate};

// No two values of a field begin alike, so that the first letter is enough.
const HAS: [(&str, Has); 5] =
    [("cue", Has::Cue), ("slides", Has::Slides), ("takeaways", Has::Takeaways), ("recording", Has::Recording), ("video", Has::Recording)];
const SORTS: [(&str, SortBy); 4] =
    [("date", SortBy::Date), ("title", SortBy::Title), ("speaker", SortBy::Speaker), ("length", SortBy::Length)];
const MARKS: [&str; 4] = ["starred", "watched", "unwatched", "queued"];

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
pub(super) fn has(text: &str) -> Result<Has, String> {
    pick(text, &HAS).ok_or_else(|| wrong("has", text, "a thing that talks have", "cue, slides, takeaways or recording"))
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

/// What `is:` gives until there are marks.
pub(super) fn no_marks(text: &str) -> String {
    let typed = fold(text);
    if MARKS.iter().any(|mark| mark.starts_with(&typed)) {
        return "nothing can be starred, watched or queued yet: this version keeps no marks, so leave `is:` out".to_owned();
    }
    format!("no mark `{}`: there will be starred, watched, unwatched and queued; this version keeps none, so leave `is:` out", shown(text))
}

/// What a lone letter gives as a language.
pub(super) fn no_language(text: &str) -> String {
    format!("`{}` is not a language: write its code or name, such as en or German", shown(text))
}

/// The value that is typed, or the first that begins so.
fn pick<T: Copy>(text: &str, values: &[(&str, T)]) -> Option<T> {
    let squeeze = |text: &str| fold(text).replace([' ', '-', '_'], "");
    let typed = squeeze(text);
    let begins = |(name, _): &&(&str, T)| squeeze(name).starts_with(&typed);
    values.iter().find(begins).filter(|_| !typed.is_empty()).map(|(_, value)| *value)
}

fn wrong(field: &str, text: &str, what: &str, list: &str) -> String {
    let meant = did_you_mean(text, fields::values(field).iter().copied());
    let meant = meant.map(|value| format!("; did you mean `{field}:{value}`?")).unwrap_or_default();
    format!("`{}` is not {what}: write {list}{meant}", shown(text))
}
