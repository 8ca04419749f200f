//! The names that may stand before a colon.

use super::Field;
use crate::text;

/// What a name before a colon binds its value to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// Words in a field.
    Text(Field),
    /// A day within.
    Date(When),
    /// A sort of presentation.
    Kind,
    /// Something that not every talk has.
    Has,
    /// A mark.
    Is,
    /// A language.
    Language,
    /// The order.
    Sort,
}

/// How the days of a date are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Within; less than a whole year may be typed yet.
    Year,
    /// Within.
    Date,
    /// From the first day after it.
    After,
    /// Until the last day before it.
    Before,
}

/// Every name; of several for the same, the canonical one comes first.
const NAMES: [(&str, Name); 17] = [
    ("speaker", Name::Text(Field::Speaker)),
    ("by", Name::Text(Field::Speaker)),
    ("company", Name::Text(Field::Company)),
    ("at", Name::Text(Field::Company)),
    ("title", Name::Text(Field::Title)),
    ("event", Name::Text(Field::Event)),
    ("topic", Name::Text(Field::Topic)),
    ("year", Name::Date(When::Year)),
    ("date", Name::Date(When::Date)),
    ("after", Name::Date(When::After)),
    ("before", Name::Date(When::Before)),
    ("kind", Name::Kind),
    ("has", Name::Has),
    ("lang", Name::Language),
    ("language", Name::Language),
    ("is", Name::Is),
    ("sort", Name::Sort),
];

/// The canonical names, the most used first.
pub const FIELDS: &[&str] =
    &["speaker", "company", "title", "event", "topic", "year", "date", "after", "before", "kind", "has", "is", "lang", "sort"];

/// The values that a field takes, where they can be listed.
pub fn values(field: &str) -> &'static [&'static str] {
    match Name::of(field) {
        Some(Name::Kind) => &["talk", "keynote", "lightning", "panel", "workshop"],
        Some(Name::Has) => &["cue", "slides", "takeaways", "recording", "notes"],
        Some(Name::Is) => &["starred", "watched", "unwatched", "queued", "begun", "noted"],
        Some(Name::Sort) => &["date", "title", "speaker", "length"],
        _ => &[],
    }
}

impl Name {
    /// The name that a word is, in any case.
    pub(super) fn of(word: &str) -> Option<Name> {
        NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, of)| *of)
    }

    /// The name as we write it.
    pub(super) fn canonical(self) -> &'static str {
        NAMES.iter().find(|(_, of)| *of == self).map_or("", |(name, _)| name)
    }

    /// Is its value words, which take the signs of words?
    pub(super) fn is_text(self) -> bool {
        matches!(self, Name::Text(_))
    }
}

/// The name that was meant by a word that is none. Short words are near to too much: their first letter must be right,
/// and one letter says nothing.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    let letters = word.chars().count();
    if letters < 2 || matches!(word.to_ascii_lowercase().as_str(), "http" | "https") {
        return None;
    }
    let first = word.chars().next()?.to_ascii_lowercase();
    let short = letters < 4;
    text::did_you_mean(word, NAMES.iter().map(|(name, _)| *name).filter(|name| !short || name.starts_with(first)))
}
