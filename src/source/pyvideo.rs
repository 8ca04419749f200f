//! pyvideo: `category.json` tells of a gathering, each file in the folder `videos` beside it of a talk.

mod detail;

use super::loose::{self, Fields, List, Text, has_key, place_of_field};
use super::part::{Dated, Facts, Part};
use super::{Reading, SourceText, chapters, folder_of};
use crate::domain::link::LinkError;
use crate::domain::{Field, Link, Origin, Problem, Provider, Recording, Speaker, Talk};
use crate::text;
use detail::Details;
pub(super) use detail::{language, people, prose};
use jiff::civil::Date;
use serde::de::{IgnoredAny, MapAccess};
use std::borrow::Cow;

/// The file that tells of a gathering.
const CATEGORY: &str = "category.json";

/// A JSON object that is named as a gathering's is, or has the keys that every video has: three of them in the folder that
/// videos lie in, so that a file that has lost the others is still read.
pub fn detect(source: &SourceText) -> bool {
    let text = source.text.as_str();
    if !text.trim_start().starts_with('{') {
        return false;
    }
    let has = |key: &str| has_key(text, key);
    if source.name() == CATEGORY {
        return has("title");
    }
    let keys = ["videos", "speakers", "recorded", "title", "description", "thumbnail_url", "related_urls"];
    let in_its_folder = step(source.folder()) == "videos" && video_name(source.name()).is_some();
    if !in_its_folder {
        return keys[..4].iter().all(|key| has(key));
    }
    // Of one that breaks off there may be no more than the first key; that it breaks off is to be told.
    let enough = if text.trim_end().ends_with('}') { 3 } else { 1 };
    keys.iter().filter(|key| has(key)).take(enough).count() == enough
}

/// Reads what one file says of a gathering, or the one talk in it.
pub fn read(source: &SourceText) -> Reading {
    if source.name() == CATEGORY { read_category(source) } else { read_video(source) }
}

/// What a video's file is called, without the ending.
fn video_name(name: &str) -> Option<&str> {
    name.strip_suffix(".json")
}

/// The last step of a path.
fn step(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

#[derive(Default)]
struct Category<'a> {
    title: Text<'a>,
    description: Text<'a>,
    url: Text<'a>,
    start_date: Text<'a>,
}

impl<'de> Fields<'de> for Category<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error> {
        match key {
            "title" => self.title = values.next_value()?,
            "description" => self.description = values.next_value()?,
            "url" => self.url = values.next_value()?,
            "start_date" => self.start_date = values.next_value()?,
            _ => drop(values.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
    fn bare(&mut self, _: Text<'de>) {}
}

fn read_category(source: &SourceText) -> Reading {
    let (category, problem) = loose::read::<Category>(source);
    let mut problems: Vec<Problem> = problem.into_iter().collect();
    tell_wrong(source, &mut problems, &[("title", &category.title), ("description", &category.description), ("url", &category.url)]);
    let facts = Facts {
        title: category.title.owned(),
        date: read_date(source, &mut problems, "start_date", &category.start_date),
        url: category.url.owned(),
        description: category.description.get().map(prose),
        place: Some(source.place.at(1, 1)),
        ..Facts::default()
    };
    let part = Part::new(source.folder(), facts, Vec::new());
    Reading { parts: vec![part], problems, ..Reading::default() }
}

#[derive(Default)]
struct Video<'a> {
    title: Text<'a>,
    recorded: Text<'a>,
    language: Text<'a>,
    category: Text<'a>,
    speakers: List<Text<'a>>,
    videos: List<Address<'a>>,
    details: Details<'a>,
}

impl<'de> Fields<'de> for Video<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error> {
        match key {
            "title" => self.title = values.next_value()?,
            "recorded" => self.recorded = values.next_value()?,
            "language" => self.language = values.next_value()?,
            "category" => self.category = values.next_value()?,
            "speakers" => self.speakers.read_short(values)?,
            "videos" => self.videos.read_short(values)?,
            _ => self.details.field(key, values)?,
        }
        Ok(())
    }
    fn bare(&mut self, _: Text<'de>) {}
}

/// A link: bare, or with what it is called (`label`) or what it leads to (`type`).
#[derive(Debug, Default)]
struct Address<'a> {
    url: Text<'a>,
    label: Text<'a>,
}

impl<'de> Fields<'de> for Address<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error> {
        match key {
            "url" => self.url = values.next_value()?,
            "label" | "type" => self.label = values.next_value()?,
            _ => drop(values.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
    fn bare(&mut self, value: Text<'de>) {
        self.url = value;
    }
}

fn read_video(source: &SourceText) -> Reading {
    let (video, problem) = loose::read::<Video>(source);
    let mut problems: Vec<Problem> = problem.into_iter().collect();
    let broken = !problems.is_empty();
    // A file that breaks off before its talk has a name tells of none.
    if broken && video.title.get().is_none() {
        return Reading { problems, ..Reading::default() };
    }
    tell_wrong(source, &mut problems, &[("language", &video.language)]);
    video.details.tell(source, &mut problems);
    let date = read_date(source, &mut problems, "recorded", &video.recorded);
    if date.is_none() && video.recorded == Text::Missing && !broken {
        let problem = Problem::warning(source.place.at(1, 1), "the video has no `recorded` date");
        problems.push(problem.hint("it is put to the first day of its gathering; add the day, as 2020-12-02"));
    }
    let folder = event_folder(source);
    let mut talk = Talk::new("", source.place.at(1, 1));
    talk.id = stable_id(source, folder);
    give_speakers(source, &mut talk, &video.speakers, &mut problems);
    give_title(source, &mut talk, &video.title, &mut problems);
    talk.language = video.language.get().map(language);
    let others = give_recording(source, &mut talk, &video.videos, broken, &mut problems);
    talk.set_about(video.details.about(others));
    let facts = Facts { title: video.category.owned(), ..Facts::default() };
    let talk = chapters::inside(talk, None, &mut problems);
    let talks = vec![Dated { date, gathering: None, talk }];
    let part = Part::new(folder, facts, talks);
    Reading { parts: vec![part], problems, ..Reading::default() }
}

/// The gathering's folder: the one that `videos` lies in.
fn event_folder(source: &SourceText) -> &str {
    let folder = source.folder();
    if step(folder) == "videos" { folder_of(folder) } else { folder }
}

/// A video goes by the name of its file, and that by its gathering's: titles and dates are corrected, the address of the video
/// at pyvideo.org is made of these two. Where the gathering's folder is not known, the catalogue makes an id.
fn stable_id(source: &SourceText, folder: &str) -> String {
    let name = source.name();
    let (gathering, video) = (slug(step(folder)), slug(video_name(name).unwrap_or(name)));
    if gathering.is_empty() || video.is_empty() { String::new() } else { format!("{gathering}-{video}") }
}

/// A name as part of an id. Those of files mostly are that already, and folding costs more than reading the file.
fn slug(name: &str) -> Cow<'_, str> {
    let is_slug = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--");
    if is_slug { Cow::Borrowed(name) } else { Cow::Owned(text::slug(name)) }
}

fn give_title(source: &SourceText, talk: &mut Talk, title: &Text, problems: &mut Vec<Problem>) {
    if let Some(title) = title.get() {
        title.clone_into(&mut talk.title);
        talk.provenance.set(Field::Title, Origin::Stated);
        return;
    }
    let place = if *title == Text::Missing { source.place.at(1, 1) } else { place_of_field(source, "title", None) };
    problems.push(Problem::error(place, "the video has no `title`").hint("it is called after its file; add `title`"));
    let name = source.name();
    talk.title = video_name(name).unwrap_or(name).replace(['-', '_'], " ");
    talk.provenance.set(Field::Title, Origin::Derived);
}

fn give_speakers(source: &SourceText, talk: &mut Talk, speakers: &List<Text>, problems: &mut Vec<Problem>) {
    tell_wrong_list(source, problems, "speakers", speakers.wrong, speakers.items.iter());
    talk.speakers = people(&speakers.items).map(|name| Speaker { name: name.to_owned(), company: None }).collect();
    if !talk.speakers.is_empty() {
        talk.provenance.set(Field::Speakers, Origin::Stated);
    }
}

/// Gives the talk the recording that opens best, and gives back the others with what they are called.
fn give_recording<'t>(
    source: &SourceText,
    talk: &mut Talk,
    videos: &'t List<Address>,
    broken: bool,
    problems: &mut Vec<Problem>,
) -> Vec<(&'t str, &'t str)> {
    tell_wrong_list(source, problems, "videos", videos.wrong, videos.items.iter().map(|video| &video.url));
    let mut best: Option<(u8, usize, Link)> = None;
    for (number, video) in videos.items.iter().enumerate() {
        let Some(url) = video.url.get() else { continue };
        match link(url) {
            Ok(link) if best.as_ref().is_none_or(|(rank, ..)| self::rank(&link.recording) < *rank) => {
                best = Some((self::rank(&link.recording), number, link));
            }
            Ok(_) => {}
            // What a broken file ends with is cut off.
            Err(_) if broken => {}
            Err(error) => {
                let place = place_of_field(source, "videos", Some(number));
                problems.push(Problem::error(place, format!("`{url}`: {error}")).hint("write it as https://www.youtube.com/watch?v=…"));
            }
        }
    }
    let chosen = best.as_ref().map(|(_, number, _)| *number);
    if let Some((_, _, link)) = best {
        talk.provenance.set(Field::Recording, Origin::Stated);
        for (field, cue) in [(Field::Start, link.start), (Field::End, link.end)] {
            if cue.is_some() {
                talk.provenance.set(field, Origin::Stated);
            }
        }
        (talk.span.start, talk.span.end, talk.recording) = (link.start, link.end, Some(link.recording));
    } else if videos.items.is_empty() && !videos.wrong && !broken {
        problems.push(Problem::warning(source.place.at(1, 1), "the video has no link").hint("add it to `videos`"));
    }
    let others = videos.items.iter().enumerate().filter(|(number, _)| Some(*number) != chosen);
    others.filter_map(|(_, video)| Some((video.label.get().unwrap_or_default(), video.url.get()?))).collect()
}

/// A recording, or the page that shows it.
fn link(url: &str) -> Result<Link, LinkError> {
    Link::parse(url).or_else(|error| match Recording::page(url) {
        Some(recording) if error == LinkError::NoRecording => Ok(Link { recording, start: None, end: None }),
        _ => Err(error),
    })
}

/// What opens at a second in the browser goes before a file, that before a page.
fn rank(recording: &Recording) -> u8 {
    match recording.provider() {
        Provider::YouTube => 0,
        Provider::Vimeo | Provider::MediaCcc | Provider::PeerTube => 1,
        Provider::File | Provider::Local => 2,
        Provider::Page => 3,
    }
}

/// `2017-12-02`, or that with a time of day behind it.
fn read_date(source: &SourceText, problems: &mut Vec<Problem>, key: &str, text: &Text) -> Option<Date> {
    let shown = match text {
        Text::Missing => return None,
        Text::Wrong => format!("`{key}` is no text"),
        Text::Is(text) => match day(text.trim()) {
            Some(date) => return Some(date),
            None => format!("`{}` is no date", text.trim()),
        },
    };
    problems.push(Problem::error(place_of_field(source, key, None), shown).hint("write it as 2020-12-02"));
    None
}

/// The day that a moment begins with.
pub(super) fn day(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    if !rest.is_empty() && !rest.starts_with(['T', ' ']) {
        return None;
    }
    day.parse().ok()
}

fn tell_wrong(source: &SourceText, problems: &mut Vec<Problem>, fields: &[(&str, &Text)]) {
    for (key, _) in fields.iter().filter(|(_, value)| **value == Text::Wrong) {
        problems.push(Problem::error(place_of_field(source, key, None), format!("`{key}` is no text")).hint("write it in quotes"));
    }
}

fn tell_wrong_list<'t, 'a: 't>(
    source: &SourceText,
    problems: &mut Vec<Problem>,
    key: &str,
    wrong: bool,
    items: impl Iterator<Item = &'t Text<'a>>,
) {
    if wrong {
        problems.push(Problem::error(place_of_field(source, key, None), format!("`{key}` is no list")).hint("write it as […]"));
    }
    // One for the list says enough: a thousand would hide the rest.
    if let Some(number) = items.enumerate().find_map(|(number, item)| (*item == Text::Wrong).then_some(number)) {
        let place = place_of_field(source, key, Some(number));
        problems.push(Problem::error(place, format!("what stands here in `{key}` is no text")).hint("write it in quotes"));
    }
}

#[cfg(test)]
mod tests;
