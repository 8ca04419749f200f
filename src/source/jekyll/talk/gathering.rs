//! The gathering that a post's talk belongs to: its folder, unless the post names it.

use super::super::super::part::{Days, Facts, without_year};
use super::super::super::{Part, SourceText, folder_of};
use super::super::keys::{Keys, Value};
use super::file;
use std::sync::Arc;

/// Keys that name a gathering.
const GATHERINGS: [&str; 4] = ["event", "conference", "event_name", "meetup"];

/// The group of a post, with what it says of it, and what it calls the gathering of its day.
pub fn of(source: &SourceText, keys: &Keys) -> (Part, Option<String>) {
    let (folder, collection) = file::series_folder(source);
    let series = keys.text(&["series"]);
    let named = keys.any(&GATHERINGS).and_then(|(key, value)| Some((key, name_of(value)?)));
    let days = (collection || named.is_some_and(|(key, _)| key == "meetup")).then_some(Days::Each);
    let facts = Facts { days, ..Facts::default() };
    let Some((_, event)) = named else {
        let facts = Facts { series: series.map(str::to_owned), ..facts };
        return (part(folder, series, facts), None);
    };
    let own = series.map_or_else(|| without_number(&without_year(event)).to_owned(), str::to_owned);
    let text = |name: &str| keys.text(&[name]).map(str::to_owned);
    // A name with a number is one gathering's; without, it is what all of them are called.
    let title = (event != own).then(|| event.to_owned());
    let facts = Facts { location: text("location"), venue: text("venue"), series: Some(own), title: title.clone(), ..facts };
    (part(folder, Some(event), facts), title)
}

/// What the index of a folder says of the talks in it: Hugo's `_index.md`.
pub fn index(source: &SourceText, keys: &Keys) -> Option<Part> {
    let title = keys.text(&["title"])?;
    let types = ["types", "type"].into_iter().filter_map(|key| keys.get(key)).flat_map(Value::items);
    let is_meetup = types.filter_map(Value::first).any(|word| word.eq_ignore_ascii_case("meetup"));
    // A title with a year is one gathering's.
    let is_one = !is_meetup && without_year(title) != title;
    let facts = Facts {
        series: (!is_one).then(|| title.to_owned()),
        title: is_one.then(|| title.to_owned()),
        days: is_meetup.then_some(Days::Each),
        ..Facts::default()
    };
    Some(part(source.folder(), None, facts))
}

/// Talks in one folder that name different gatherings are of different groups.
fn part(folder: &str, named: Option<&str>, facts: Facts) -> Part {
    let group: Arc<str> = match named {
        Some(name) => format!("{folder}/{name}").into(),
        None => folder.into(),
    };
    let within = if named.is_some() { folder } else { folder_of(folder) };
    let part = Part::new(group, facts, Vec::new());
    if within.is_empty() { part } else { part.within(within) }
}

fn name_of(value: &Value) -> Option<&str> {
    value.first().or_else(|| value.member(&["name", "title"]))
}

/// `Boat Nights #12` is a gathering of `Boat Nights`.
fn without_number(title: &str) -> &str {
    let rest = title.trim_end_matches(|c: char| c.is_ascii_digit());
    let series = rest.trim_end_matches(['#', ' ', '.', ':', '-', '–']);
    if series.is_empty() || rest.len() == title.len() || series.len() == rest.len() { title } else { series }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_no_part_of_a_series() {
        for (title, series) in
            [("Boat Nights #12", "Boat Nights"), ("Boat Nights 3", "Boat Nights"), ("Web3", "Web3"), ("12", "12"), ("Boats", "Boats")]
        {
            assert_eq!(without_number(title), series);
        }
    }
}
