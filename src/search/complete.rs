//! Completing filters: field names, then their values, the most frequent first.

use super::query::context::{Context, FIELDS, context, values};
use super::query::is_quote;
use super::tokens;
use crate::domain::{Catalogue, Talk, language};
use crate::text::fold;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Ways to go on that are offered.
const OFFERED: usize = 20;

/// A way to go on with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the query that it takes the place of.
    pub range: Range<usize>,
    /// What to put there (`"Red Hat" `).
    pub text: String,
    /// What a person reads (`Red Hat`).
    pub label: String,
    /// In how many talks the value stands, where that is counted.
    pub count: Option<usize>,
}

impl Completion {
    fn new(range: &Range<usize>, text: String, label: &str, count: Option<usize>) -> Completion {
        Completion { range: range.clone(), text, label: label.to_owned(), count }
    }
}

/// Ways to go on at a byte of a query, best first. The values that talks have are counted only where they are asked for.
pub fn complete<'a>(query: &str, cursor: usize, counted: impl FnOnce() -> &'a Values) -> Vec<Completion> {
    match context(query, cursor) {
        Context::FieldName { range, typed } => {
            let names = FIELDS.iter().filter(|name| name.starts_with(&typed.to_lowercase())).map(|name| format!("{name}:"));
            names.map(|name| Completion::new(&range, name.clone(), &name, None)).collect()
        }
        Context::Value { range, field, typed } => {
            let typed = fold(typed.trim());
            if COUNTED.iter().any(|(name, _)| *name == field) {
                return counted().begun(&field, &typed, &range);
            }
            let begun = values(&field).iter().filter(|value| value.starts_with(&typed));
            begun.map(|value| Completion::new(&range, format!("{value} "), value, None)).collect()
        }
        Context::None => Vec::new(),
    }
}

/// A field's values in a talk.
type OfTalk = for<'a> fn(&'a Catalogue, &'a Talk) -> Vec<Cow<'a, str>>;

/// The fields whose values are counted.
const COUNTED: [(&str, OfTalk); 6] = [
    ("speaker", |catalogue, talk| talk.speakers.iter().map(|s| catalogue.main_name(&s.name).into()).collect()),
    ("company", |_, talk| talk.speakers.iter().filter_map(|s| Some(s.company.as_deref()?.into())).collect()),
    ("event", |catalogue, talk| vec![catalogue.event_of(talk).series.as_str().into()]),
    ("topic", |_, talk| talk.glance(|about| about.tags.iter().map(|tag| tag.clone().into()).collect())),
    ("lang", |_, talk| talk.language.iter().map(|spoken| language::comparable(spoken).into()).collect()),
    ("year", |catalogue, talk| vec![catalogue.event_of(talk).date.year().to_string().into()]),
];

/// The values of the fields that take any, by how many talks they stand in.
#[derive(Debug)]
pub struct Values {
    fields: Vec<(&'static str, Vec<Value>)>,
}

#[derive(Debug)]
struct Value {
    label: String,
    folded: String,
    talks: usize,
}

impl Value {
    /// A person is found by the other names too.
    fn add_names(&mut self, catalogue: &Catalogue) {
        for name in catalogue.other_names(&self.label) {
            self.folded.push('\n');
            self.folded.push_str(&fold(name));
        }
    }
}

impl Values {
    /// Counts the values of a catalogue.
    pub fn of(catalogue: &Catalogue) -> Values {
        let mut values = Values { fields: COUNTED.into_iter().map(|(field, of_talk)| (field, counted(catalogue, of_talk))).collect() };
        let speakers = values.fields.iter_mut().filter(|(field, _)| *field == "speaker");
        speakers.flat_map(|(_, people)| people).for_each(|person| person.add_names(catalogue));
        values
    }

    /// Those that begin so, the most frequent first.
    fn begun(&self, field: &str, typed: &str, range: &Range<usize>) -> Vec<Completion> {
        let known = self.fields.iter().find(|(name, _)| *name == field).map_or([].as_slice(), |(_, values)| values);
        let begun = known.iter().filter(|value| begins_a_word(&value.folded, typed)).take(OFFERED);
        begun.map(|value| Completion::new(range, written(field, &value.label), &value.label, Some(value.talks))).collect()
    }
}

/// A value as it must be typed, and the space behind it. Quotes keep names that begin alike out.
fn written(field: &str, label: &str) -> String {
    if matches!(field, "lang" | "year") {
        return format!("{label} ");
    }
    format!("\"{}\" ", label.chars().filter(|c| !is_quote(*c)).collect::<String>())
}

fn begins_a_word(value: &str, typed: &str) -> bool {
    value.match_indices(typed).any(|(at, _)| !value[..at].ends_with(char::is_alphanumeric))
}

fn counted(catalogue: &Catalogue, of_talk: OfTalk) -> Vec<Value> {
    let mut counts: HashMap<Cow<'_, str>, usize> = HashMap::new();
    for talk in catalogue.talks() {
        let mut values = of_talk(catalogue, talk);
        values.sort_unstable();
        values.dedup();
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    let has_letter = |(label, _): &(Cow<str>, usize)| label.contains(char::is_alphanumeric);
    let mut values: Vec<(Cow<str>, usize)> = counts.into_iter().filter(has_letter).collect();
    values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut folded = String::new();
    let mut value = |(label, talks): (Cow<str>, usize)| {
        tokens::fold_into(&label, &mut folded);
        Value { folded: folded.clone(), label: label.into_owned(), talks }
    };
    values.drain(..).map(&mut value).collect()
}
