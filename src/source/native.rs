//! The native format: one event a file, YAML, readable and writable by hand. `assets/event.schema.json` describes it.

mod write;

pub use write::to_yaml;

use super::yaml::{Document, Node};
use super::{Reading, SourceText};
use crate::domain::link::LinkError;
use crate::domain::{
    About, Chapter, Cue, Event, EventDraft, Field, Kind, Labelled, Link, NextMeetup, Origin, Place, Problem, Recording, Severity, Speaker,
    Status, Talk,
};
use jiff::civil::Date;

/// Every key of an event, in the order in which they are written.
pub const EVENT_KEYS: [&str; 16] = [
    "id",
    "series",
    "title",
    "date",
    "location",
    "venue",
    "host",
    "url",
    "recording",
    "sponsors",
    "tags",
    "images",
    "description",
    "next",
    "talks",
    "language",
];

/// Every key of a talk, in the order in which they are written.
pub const TALK_KEYS: [&str; 17] = [
    "id",
    "title",
    "speakers",
    "start",
    "end",
    "printed_start",
    "recording",
    "takeaways",
    "chapters",
    "description",
    "slides",
    "resources",
    "tags",
    "language",
    "kind",
    "status",
    "provenance",
];

/// A YAML file that has talks, or a series and a date, at its outermost level; and no post, which has text below a second
/// line of dashes.
pub fn detect(source: &SourceText) -> bool {
    let text = source.text.as_str();
    // Most files of other archives are JSON, and many.
    if text.starts_with(['{', '[']) {
        return false;
    }
    let begins = |line: &str, key: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
    let has = |key: &str| {
        let mut found = memchr::memmem::find_iter(text.as_bytes(), key);
        begins(text, key) || found.any(|at| text[..at].ends_with('\n') && begins(&text[at..], key))
    };
    let below = |fence: &str| text.strip_prefix(fence)?.strip_prefix('\n');
    let fenced = |fence: &str| below(fence).is_some_and(|rest| rest.lines().any(|line| line.trim_end() == fence));
    let is_post = fenced("---") || fenced("+++");
    !is_post && (has("talks") || (has("series") && has("date")))
}

/// Why a text is no YAML at all, if it is none.
pub fn syntax_problem(source: &SourceText) -> Option<Problem> {
    Document::parse(&source.text, &source.place, 1).err()
}

/// Reads one event.
pub fn read(source: &SourceText) -> Reading {
    let document = match Document::parse(&source.text, &source.place, 1) {
        Ok(document) => document,
        Err(problem) => return Reading { problems: vec![problem], ..Reading::default() },
    };
    let drafts = read_event(&document.root(), &source.place).into_iter().collect();
    Reading { drafts, problems: document.into_problems(), ..Reading::default() }
}

fn read_event(root: &Node, place: &Place) -> Option<EventDraft> {
    if !root.expect_mapping() {
        return None;
    }
    root.warn_unknown_keys(&EVENT_KEYS);
    let text = |key: &str| root.get(key).and_then(|node| node.text());
    let series = required(root, place, "series", "the name of the meetup");
    let date = required_node(root, place, "date", "the day, as 2020-12-02").and_then(|node| read_date(&node));
    // Without them there is no event, but whoever mends the file is told of the rest at once.
    let is_event = series.is_some() && date.is_some();
    let (series, date) = (series.unwrap_or_default(), date.unwrap_or_default());
    let title = text("title").unwrap_or_else(|| format!("{series} {date}"));
    let mut event = Event::new(series, title, date, place.at(1, 1));
    event.id = text("id").unwrap_or_default();
    event.location = text("location");
    event.venue = text("venue");
    event.host = text("host");
    event.url = text("url");
    event.recording = root.get("recording").and_then(|node| read_recording(&node, place)).map(|link| link.recording);
    event.sponsors = labelled(root, "sponsors", "name");
    event.tags = texts(root, "tags");
    event.images = texts(root, "images");
    event.description = text("description");
    event.next = root.get("next").map(|node| read_next(&node));
    let language = text("language");
    let mut talks = Vec::new();
    for node in root.get("talks").map(|n| n.items()).unwrap_or_default() {
        talks.extend(read_talk(&node, &event, language.as_deref()));
    }
    is_event.then_some(EventDraft { event, talks })
}

fn required_node<'a>(root: &Node<'a>, place: &Place, key: &str, what: &str) -> Option<Node<'a>> {
    let node = root.get(key);
    if node.is_none() {
        root.note(Problem::error(place.at(1, 1), format!("the event has no `{key}`")).hint(format!("add `{key}:` with {what}")));
    }
    node
}

fn required(root: &Node, place: &Place, key: &str, what: &str) -> Option<String> {
    required_node(root, place, key, what)?.text()
}

fn texts(root: &Node, key: &str) -> Vec<String> {
    root.get(key).map(|node| node.texts()).unwrap_or_default()
}

fn read_date(node: &Node) -> Option<Date> {
    let text = node.text()?;
    let date = text.parse().ok();
    if date.is_none() {
        node.note(Problem::error(node.place(), format!("`{text}` is no date")).hint("write it as 2020-12-02"));
    }
    date
}

/// A list of names with addresses. A bare text is a name or, if it is a web address, both.
fn labelled(root: &Node, key: &str, label: &str) -> Vec<Labelled> {
    let mut links = Vec::new();
    for node in root.get(key).map(|n| n.items()).unwrap_or_default() {
        if node.mapping().is_none() {
            links.extend(node.text().map(|text| {
                let url = crate::domain::link::is_web_address(&text).then(|| text.clone());
                Labelled { label: text, url }
            }));
            continue;
        }
        node.warn_unknown_keys(&[label, "url"]);
        let url = node.get("url").and_then(|n| n.text());
        match node.get(label).and_then(|n| n.text()).or_else(|| url.clone()) {
            Some(label) => links.push(Labelled { label, url }),
            None => node.note(Problem::error(node.place(), format!("neither `{label}` nor `url` stands here"))),
        }
    }
    links
}

fn read_next(node: &Node) -> NextMeetup {
    node.expect_mapping();
    node.warn_unknown_keys(&["date", "companies", "rsvp"]);
    NextMeetup {
        date: node.get("date").and_then(|n| read_date(&n)),
        companies: texts(node, "companies"),
        rsvp: node.get("rsvp").and_then(|n| n.text()),
    }
}

/// A recording by any form of its link, or the media file that it is; an address that is none is kept as a page.
fn read_recording(node: &Node, file: &Place) -> Option<Link> {
    let text = node.text()?;
    let error = match Link::parse(&text) {
        Ok(link) => return Some(link),
        Err(LinkError::NoRecording) => return Recording::page(&text).map(|recording| Link { recording, start: None, end: None }),
        Err(error) => error,
    };
    // Media files lie where the event file says, wherever the program was started.
    let local = std::path::absolute(&*file.path).ok().and_then(|file| Link::local(&text, file.parent()?));
    if local.is_none() {
        let hint = "write it as https://www.youtube.com/watch?v=…, or as the path of a media file (evening.mp4)";
        node.note(Problem::error(node.place(), format!("`{text}`: {error}")).hint(hint));
    }
    local
}

fn read_talk(node: &Node, event: &Event, language: Option<&str>) -> Option<Talk> {
    if !node.expect_mapping() {
        return None;
    }
    node.warn_unknown_keys(&TALK_KEYS);
    let text = |key: &str| node.get(key).and_then(|n| n.text());
    let speakers = read_speakers(node);
    let title = text("title").or_else(|| untitled(node, &speakers));
    let is_talk = title.is_some();
    let mut talk = Talk::new(title.unwrap_or_default(), node.place());
    talk.id = text("id").unwrap_or_default();
    let own = node.get("recording").and_then(|n| read_recording(&n, &event.source));
    talk.span.start = read_cue(node, "start").or(own.as_ref().and_then(|link| link.start));
    talk.span.end = read_cue(node, "end").or(own.as_ref().and_then(|link| link.end));
    let printed_start = read_cue(node, "printed_start");
    let inherited = own.is_none();
    talk.recording = own.map(|link| link.recording).or_else(|| event.recording.clone());
    talk.speakers = speakers;
    talk.set_about(About {
        takeaways: texts(node, "takeaways"),
        chapters: read_chapters(node),
        description: text("description"),
        slides: text("slides"),
        resources: labelled(node, "resources", "label"),
        tags: texts(node, "tags"),
        printed_start,
        also: Vec::new(),
    });
    talk.language = text("language").or_else(|| language.map(str::to_owned));
    talk.kind = choice(node, "kind", &Kind::ALL.map(|k| (k.name(), k)));
    talk.status = choice(node, "status", &Status::ALL.map(|s| (s.name(), s)));
    set_provenance(node, &mut talk, inherited);
    is_talk.then_some(talk)
}

/// A talk whose title nobody wrote down is named after who gave it.
fn untitled(node: &Node, speakers: &[Speaker]) -> Option<String> {
    let problem = Problem::error(node.place(), "the talk has no `title`").hint("add `title:`");
    if speakers.is_empty() {
        node.note(problem);
        return None;
    }
    Some(title_from_speakers(speakers))
}

/// `Talk by Ann Lee and Bo Ek`: what stands where a title is not known.
pub fn title_from_speakers(speakers: &[Speaker]) -> String {
    let names: Vec<&str> = speakers.iter().map(|s| s.name.as_str()).collect();
    format!("Talk by {}", names.join(" and "))
}

fn read_speakers(talk: &Node) -> Vec<Speaker> {
    let mut speakers = Vec::new();
    for node in talk.get("speakers").map(|n| n.items()).unwrap_or_default() {
        if node.mapping().is_none() {
            speakers.extend(node.text().map(|name| Speaker { name, company: None }));
            continue;
        }
        node.warn_unknown_keys(&["name", "company"]);
        let company = node.get("company").and_then(|n| n.text());
        match node.get("name").and_then(|n| n.text()) {
            Some(name) => speakers.push(Speaker { name, company }),
            None => node.note(Problem::error(node.place(), "the speaker has no `name`").hint("add `name:`")),
        }
    }
    speakers
}

/// In the order of their cues, whatever the file's.
fn read_chapters(talk: &Node) -> Vec<Chapter> {
    let mut chapters = Vec::new();
    for node in talk.get("chapters").map(|n| n.items()).unwrap_or_default() {
        if !node.expect_mapping() {
            continue;
        }
        node.warn_unknown_keys(&["start", "title"]);
        for key in ["start", "title"].into_iter().filter(|key| node.get(key).is_none()) {
            node.note(Problem::error(node.place(), format!("the chapter has no `{key}`")).hint(format!("add `{key}:`")));
        }
        let (start, title) = (read_cue(&node, "start"), node.get("title").and_then(|n| n.text()));
        chapters.extend(start.zip(title).map(|(start, title)| Chapter { start, title }));
    }
    chapters.sort_by_key(|chapter| chapter.start);
    chapters
}

fn read_cue(talk: &Node, key: &str) -> Option<Cue> {
    let node = talk.get(key)?;
    let text = node.text()?;
    match Cue::parse(&text) {
        Ok(cue) => Some(cue),
        Err(error) => {
            node.note(Problem::error(node.place(), format!("`{text}` is no {key}: {error}")));
            None
        }
    }
}

/// One of some words; another word is told, and the usual one is taken.
fn choice<T: Copy + Default>(talk: &Node, key: &str, words: &[(&str, T)]) -> T {
    let Some(node) = talk.get(key) else { return T::default() };
    let Some(text) = node.text() else { return T::default() };
    let found = words.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        node.note(Problem::error(node.place(), format!("`{text}` is no {key}")).hint(format!("one of: {}", all.join(", "))));
    }
    found.map(|(_, value)| *value).unwrap_or_default()
}

/// What stands in the file is stated, unless the file itself says how sure it is.
fn set_provenance(node: &Node, talk: &mut Talk, inherited: bool) {
    let titled = node.get("title").is_some();
    let present = [
        (Field::Title, Some(if titled { Origin::Stated } else { Origin::Derived })),
        (Field::Speakers, (!talk.speakers.is_empty()).then_some(Origin::Stated)),
        (Field::Company, talk.speakers.iter().any(|s| s.company.is_some()).then_some(Origin::Stated)),
        (Field::Start, talk.span.start.map(|_| Origin::Stated)),
        (Field::End, talk.span.end.map(|_| Origin::Stated)),
        (Field::Recording, talk.recording.as_ref().map(|_| if inherited { Origin::Derived } else { Origin::Stated })),
        (Field::Takeaways, (!talk.about().takeaways.is_empty()).then_some(Origin::Stated)),
        (Field::Chapters, (!talk.about().chapters.is_empty()).then_some(Origin::Stated)),
    ];
    for (field, origin) in present {
        if let Some(origin) = origin {
            talk.provenance.set(field, origin);
        }
    }
    let Some(stated) = node.get("provenance") else { return };
    stated.expect_mapping();
    stated.warn_unknown_keys(&Field::ALL.map(Field::name));
    for field in Field::ALL {
        let Some(entry) = stated.get(field.name()) else { continue };
        match entry.text().and_then(|word| Origin::ALL.into_iter().find(|o| o.name() == word)) {
            Some(origin) => talk.provenance.set(field, origin),
            None => entry.note(Problem {
                place: entry.place(),
                severity: Severity::Warning,
                message: format!("the provenance of {} is no known word", field.name()),
                hint: Some("one of: stated, derived, guessed".to_owned()),
            }),
        }
    }
}
