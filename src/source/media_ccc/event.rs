//! One event of media.ccc.de is one talk.

use super::Object;
use crate::domain::{About, Field, Labelled, Link, Origin, Place, Problem, Recording, Speaker, Talk};
use crate::source::loose::Text;
use crate::source::part::Dated;
use crate::source::pyvideo::{day, language, people, prose};

/// The talk that an event is; nothing, and told, where it has no title at all.
pub fn talk(event: &Object, place: &Place, problems: &mut Vec<Problem>) -> Option<Dated> {
    let mut talk = Talk::new(title(event, place, problems)?, place.clone());
    talk.id = event.guid.owned().unwrap_or_default();
    talk.provenance.set(Field::Title, if event.title.get().is_some() { Origin::Stated } else { Origin::Derived });
    let wrong = [("persons", event.persons.wrong), ("tags", event.tags.wrong)];
    for (key, _) in wrong.iter().filter(|(_, wrong)| *wrong) {
        problems.push(Problem::error(place.clone(), format!("`{key}` is no list")));
    }
    if event.persons.items.contains(&Text::Wrong) {
        problems.push(Problem::error(place.clone(), "one of `persons` is no text"));
    }
    talk.speakers = people(&event.persons.items).map(|name| Speaker { name: name.to_owned(), company: None }).collect();
    if !talk.speakers.is_empty() {
        talk.provenance.set(Field::Speakers, Origin::Stated);
    }
    // `deu-eng`: the first is spoken, the other is what it was translated into.
    talk.language = event.original_language.get().and_then(|codes| codes.split('-').next()).map(language);
    talk.recording = recording(event);
    if talk.recording.is_some() {
        talk.provenance.set(Field::Recording, Origin::Stated);
    } else {
        problems.push(Problem::warning(place.clone(), format!("“{}” has no link to its recording", talk.title)));
    }
    let description = match (event.subtitle.get(), event.description.get().map(prose)) {
        (Some(subtitle), Some(text)) => Some(format!("**{subtitle}**\n\n{text}")),
        (Some(subtitle), None) => Some(format!("**{subtitle}**")),
        (None, text) => text,
    };
    talk.set_about(About { description, tags: tags(event), resources: page(event), ..About::default() });
    Some(Dated { date: date(event, place, problems), gathering: None, talk })
}

fn title(event: &Object, place: &Place, problems: &mut Vec<Problem>) -> Option<String> {
    if let Some(title) = event.title.get() {
        return Some(title.to_owned());
    }
    let name = event.subtitle.get().or(event.slug.get()).or(event.guid.get());
    let problem = Problem::error(place.clone(), "the event has no `title`");
    problems.push(if name.is_some() { problem.hint("it is called after its `slug`") } else { problem.hint("it is left out") });
    name.map(str::to_owned)
}

/// The page that shows it, at any second; the first of its films, where that is not known.
fn recording(event: &Object) -> Option<Recording> {
    let page = event.frontend_link.get().and_then(|url| Link::parse(url).map(|link| link.recording).ok().or_else(|| Recording::page(url)));
    page.or_else(|| {
        let films = event.recordings.items.iter().filter(|film| film.mime_type.get().is_none_or(|kind| kind.starts_with("video/")));
        films.filter_map(|film| film.recording_url.get()).find_map(|url| Link::parse(url).ok()).map(|link| link.recording)
    })
}

/// The day on which it was given; where that is not known, it was not after it was released.
fn date(event: &Object, place: &Place, problems: &mut Vec<Problem>) -> Option<jiff::civil::Date> {
    for (key, text) in [("date", &event.date), ("release_date", &event.release_date)] {
        if let Some(day) = text.get().and_then(day) {
            return Some(day);
        }
        if let Some(text) = text.get() {
            problems.push(Problem::error(place.clone(), format!("`{key}`: `{text}` is no date")).hint("it begins as 2020-12-02 does"));
        }
    }
    None
}

/// Its page in the schedule. Many are given the address of those who film instead, which says nothing of the talk.
fn page(event: &Object) -> Vec<Labelled> {
    let link = event.link.get().filter(|url| {
        let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        !path.is_empty()
    });
    link.map(|url| Labelled { label: "Schedule".to_owned(), url: Some(url.to_owned()) }).into_iter().collect()
}

/// The tags that are words of somebody: numbers, days and the conference's acronym are the machine's.
fn tags(event: &Object) -> Vec<String> {
    let acronym = event.conference_url.get().and_then(|url| url.trim_end_matches('/').rsplit('/').next()).unwrap_or_default();
    let slug = event.slug.get().unwrap_or_default();
    let begins = |text: &str, tag: &str| {
        let head = text.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
        head && !text[tag.len()..].starts_with(char::is_alphanumeric)
    };
    let is_noise = |tag: &str| {
        let is_number = tag.bytes().all(|byte| byte.is_ascii_digit());
        let is_day = tag.strip_prefix("Day ").is_some_and(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
        // `38c3`, and `38c3-deu` for what is in German.
        let is_acronym = !acronym.is_empty() && begins(tag, acronym);
        let is_id = tag.len() == 36 && tag.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        let has_digit = tag.bytes().any(|byte| byte.is_ascii_digit());
        is_number || is_day || is_acronym || is_id || tag == "import" || (has_digit && begins(slug, tag))
    };
    let mut tags: Vec<String> = Vec::new();
    for tag in event.tags.items.iter().filter_map(Text::get).filter(|tag| !is_noise(tag)) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}
