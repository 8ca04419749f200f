//! A post about one talk: its front matter names who spoke, or the video; below stands an abstract or a transcript.

mod file;
mod gathering;
mod lead;
mod person;
mod video;

use super::super::part::Dated;
use super::super::{Part, SourceText, chapters};
use super::front_matter::leading_date;
use super::keys::{Keys, Value};
use crate::domain::{Cue, Field, Kind, Labelled, Origin, Place, Problem, Speaker, Talk};
use file::Name;
use jiff::civil::Date;
use video::Video;

pub use gathering::index;
pub use person::page;

/// Keys under which speakers are named.
const SPEAKERS: [&str; 4] = ["speakers", "speaker", "presenters", "presenter"];

/// Keys under which it is said for whom somebody works.
const COMPANIES: [&str; 6] = ["company", "organization", "organisation", "affiliation", "org", "employer"];

/// Who wrote a post about a video is, where nobody else is named, who is in it.
const AUTHORS: [&str; 2] = ["authors", "author"];

/// Keys under which a post says what it is about.
const TAGS: [&str; 3] = ["tags", "categories", "category"];

/// A post while it is read.
#[derive(Debug)]
pub struct TalkPost<'a> {
    source: &'a SourceText,
    keys: &'a Keys,
    front: &'a str,
    body: &'a str,
    name: Name<'a>,
    date: Option<Date>,
    speakers: Vec<Speaker>,
    speakers_origin: Origin,
    video: Option<Video>,
    problems: Vec<Problem>,
}

impl<'a> TalkPost<'a> {
    /// A post with one talk, if it is one: somebody spoke and there is a day or a video, or there is a video that is not just an
    /// illustration in a blog.
    pub fn of(source: &'a SourceText, keys: &'a Keys, front: &'a str, body: &'a str) -> Option<TalkPost<'a>> {
        let name = Name::of(source);
        let said = keys.any(&["date", "recorded_at", "date_recorded"]);
        let date = said.and_then(|(_, value)| day(value.first()?)).or(name.date);
        let (video, trouble) = video::read(keys);
        let (speakers, speakers_origin) = match people(keys, &SPEAKERS) {
            speakers if speakers.is_empty() && video.is_some() => (people(keys, &AUTHORS), Origin::Derived),
            speakers => (speakers, Origin::Stated),
        };
        let is_talk = if speakers.is_empty() { video.is_some() && !is_blogs(source, keys) } else { video.is_some() || date.is_some() };
        if !is_talk {
            return None;
        }
        let mut post = TalkPost { source, keys, front, body, name, date, speakers, speakers_origin, video, problems: Vec::new() };
        if let Some((key, message)) = trouble {
            let problem = Problem::warning(post.place_of(key), message);
            post.problems.push(problem.hint("write it as https://www.youtube.com/watch?v=…"));
        }
        post.check_date(said);
        Some(post)
    }

    /// Does it say who spoke?
    pub fn names_speakers(&self) -> bool {
        !self.speakers.is_empty() && self.speakers_origin == Origin::Stated
    }

    /// The day on which it was given.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// The talk, as a part of the gathering that its neighbours tell of too.
    pub fn read(mut self) -> (Part, Vec<Problem>) {
        let (title, title_origin) = match self.keys.text(&["title"]) {
            Some(title) => (title.to_owned(), Origin::Stated),
            None => (self.name.words(), Origin::Derived),
        };
        let mut talk = Talk::new(title, self.place_of("title"));
        talk.id = self.name.id(self.date);
        talk.provenance.set(Field::Title, title_origin);
        if !self.speakers.is_empty() {
            talk.speakers = std::mem::take(&mut self.speakers);
            talk.provenance.set(Field::Speakers, self.speakers_origin);
        }
        if talk.speakers.iter().any(|speaker| speaker.company.is_some()) {
            talk.provenance.set(Field::Company, Origin::Stated);
        }
        talk.language = language(self.keys).or(self.name.language).map(str::to_owned);
        talk.kind = kind(self.keys);
        let mut lead = lead::read(self.body);
        self.give_recording(&mut talk, &mut lead.links);
        self.give_about(&mut talk, lead);
        let (part, gathering) = gathering::of(self.source, self.keys);
        let talks = chapters::split(talk, None, &mut self.problems).into_iter();
        let talks = talks.map(|talk| Dated { date: self.date, gathering: gathering.clone(), talk }).collect();
        (Part { talks, ..part }, self.problems)
    }

    /// The video of the front matter, or else one that the body begins with.
    fn give_recording(&mut self, talk: &mut Talk, links: &mut Vec<Labelled>) {
        let (link, origin) = match self.video.take() {
            Some(video) => {
                links.extend(video.others.into_iter().map(|url| Labelled { label: url.clone(), url: Some(url) }));
                (video.link, Origin::Stated)
            }
            None => match video::among(links) {
                Some(link) => (link, Origin::Guessed),
                None => return,
            },
        };
        talk.span.start = link.start;
        // How long a video is says where a talk ends that fills it.
        let length = self.keys.text(&["duration", "length"]).and_then(|text| Cue::parse(text).ok()).filter(|c| c.seconds() > 0);
        talk.span.end = link.end.or(length.filter(|_| link.start.is_none()));
        talk.recording = Some(link.recording);
        talk.provenance.set(Field::Recording, origin);
        for (field, cue, origin) in [
            (Field::Start, talk.span.start, origin),
            (Field::End, talk.span.end, if link.end.is_some() { origin } else { Origin::Derived }),
        ] {
            if cue.is_some() {
                talk.provenance.set(field, origin);
            }
        }
    }

    fn give_about(&self, talk: &mut Talk, lead: lead::Lead) {
        let mut about = talk.about().clone();
        about.description = lead.description.or_else(|| self.keys.text(&["description", "summary", "abstract"]).map(str::to_owned));
        let stated = self.keys.get("slides").map(Value::items).unwrap_or_default();
        about.slides = stated.iter().find_map(|slides| slides.first().or(slides.member(&["url", "link", "href"]))).map(str::to_owned);
        for link in lead.links {
            if about.slides.is_none() && is_slides(&link.label) {
                about.slides = link.url;
            } else {
                about.resources.push(link);
            }
        }
        about.tags = tags(self.keys);
        talk.set_about(about);
    }

    /// A day that cannot be read, or is missing, is told.
    fn check_date(&mut self, said: Option<(&str, &Value)>) {
        let unread = said.filter(|(_, value)| value.first().and_then(day).is_none());
        let problem = match (unread, self.date) {
            (Some((key, value)), date) => {
                let message = format!("`{}` is no date", value.first().unwrap_or_default());
                let taken = date.map_or_else(|| "write it as 2020-12-02".to_owned(), |date| format!("the file's name says {date}"));
                Problem::warning(self.place_of(key), message).hint(taken)
            }
            (None, None) => Problem::warning(self.place_of("title"), "no date is known of this talk")
                .hint("give the post a `date`; until then it stands with the first of its folder"),
            (None, Some(_)) => return,
        };
        self.problems.push(problem);
    }

    /// The line on which a key stands, or the first.
    fn place_of(&self, key: &str) -> Place {
        let is = |line: &str| {
            let rest = line.get(..key.len()).filter(|k| k.eq_ignore_ascii_case(key)).map(|_| &line[key.len()..]);
            rest.is_some_and(|rest| rest.trim_start().starts_with([':', '=']))
        };
        let at = self.front.lines().position(is).map_or(1, |line| line + 2);
        self.source.place.at(u32::try_from(at).unwrap_or(u32::MAX), 1)
    }
}

/// A blog's posts show videos of all sorts.
fn is_blogs(source: &SourceText, keys: &Keys) -> bool {
    let layout = keys.text(&["layout", "type"]).unwrap_or_default();
    ["post", "page", "blog", "default"].iter().any(|l| layout.eq_ignore_ascii_case(l)) || file::is_blogs(source)
}

/// `2020-12-02 19:00 +0100`, `2020/12/02`.
fn day(text: &str) -> Option<Date> {
    leading_date(text).or_else(|| leading_date(&text.get(..10)?.replace('/', "-")))
}

/// The people of the first of some keys that names any.
fn people(keys: &Keys, names: &[&str]) -> Vec<Speaker> {
    let found = names.iter().filter_map(|name| keys.get(name)).map(|value| match value {
        // A lone text may name several.
        Value::Text(text) => split_names(text).map(|name| Speaker { name: person::name(name), company: None }).collect(),
        value => value.items().iter().filter_map(person).collect::<Vec<_>>(),
    });
    found.into_iter().find(|people| !people.is_empty()).unwrap_or_default()
}

fn person(value: &Value) -> Option<Speaker> {
    let of = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let name = value.member(&["name", "title", "full_name"]).or_else(|| value.first()).and_then(of)?;
    let (name, company) = (person::name(&name), value.member(&COMPANIES).and_then(of));
    Some(Speaker { name, company })
}

/// `Ann Lee, Bo Ek and Cy Orr`.
fn split_names(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split([',', ';', '&']).flat_map(|part| part.split(" and "));
    parts.map(|name| name.trim().trim_start_matches("and ")).filter(|name| !name.is_empty())
}

/// What the site's author chose to call it: a code, not the name of a language.
fn language(keys: &Keys) -> Option<&str> {
    let code = keys.text(&["language", "lang"])?;
    let first = code.split(['-', '_']).next()?;
    ((2..=3).contains(&first.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))).then_some(code)
}

fn kind(keys: &Keys) -> Kind {
    let words = ["kind", "type", "format", "category", "categories", "tags"].into_iter().filter_map(|key| keys.get(key));
    let mut words = words.flat_map(Value::items).filter_map(Value::first).map(|word| word.replace(['-', '_'], " ").to_lowercase());
    words.find_map(|word| Kind::ALL.into_iter().find(|kind| *kind != Kind::Talk && kind.name() == word)).unwrap_or_default()
}

/// Tags and categories: lists, or words between commas, or (as Jekyll takes them) between spaces. A year is none.
fn tags(keys: &Keys) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for value in TAGS.iter().filter_map(|key| keys.get(key)) {
        let words: Vec<&str> = match value {
            Value::Text(text) if text.contains(',') => text.split(',').collect(),
            Value::Text(text) => text.split_whitespace().collect(),
            value => value.items().iter().filter_map(Value::first).collect(),
        };
        for word in words.into_iter().map(str::trim).filter(|word| !word.is_empty() && word.parse::<u16>().is_err()) {
            if !tags.iter().any(|tag| tag == word) {
                tags.push(word.to_owned());
            }
        }
    }
    tags
}

fn is_slides(label: &str) -> bool {
    let label = label.to_lowercase();
    ["slides", "slide deck", "slidedeck", "folien"].iter().any(|word| label.contains(word))
}

#[cfg(test)]
mod tests;
