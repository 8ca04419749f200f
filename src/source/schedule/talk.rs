//! One event of a schedule as a talk.

use super::super::native::title_from_speakers;
use super::super::restructured;
use super::xml::{child, content, text};
use crate::domain::link::is_web_address;
use crate::domain::{About, Field, Kind, Labelled, Link, Origin, Place, Recording, Speaker, Status, Talk};
use roxmltree::Node;

/// Words of an event's type that say no more than that it is one.
const PLAIN_TYPES: [&str; 7] = ["lecture", "talk", "other", "presentation", "vortrag", "regular talk", "maintrack"];

/// Reads an event. `None` if it says neither what it is called nor who speaks.
pub fn read(event: Node, place: &Place, base: &str, acronym: Option<&str>) -> Option<Talk> {
    let speakers = persons(event);
    let (title, title_origin) = match text(event, "title") {
        Some(title) => (title.to_owned(), Origin::Stated),
        None if speakers.is_empty() => return None,
        None => (title_from_speakers(&speakers), Origin::Derived),
    };
    let mut talk = Talk::new(title, place.clone());
    event.attribute("guid").unwrap_or_default().trim().clone_into(&mut talk.id);
    talk.provenance.set(Field::Title, title_origin);
    if !speakers.is_empty() {
        talk.speakers = speakers;
        talk.provenance.set(Field::Speakers, Origin::Stated);
    }
    talk.language = text(event, "language").map(str::to_lowercase);
    let (kind, tags) = kind_and_tags(event);
    talk.kind = kind;
    talk.status = status(event, &talk.title);
    let mut links = links(event, base);
    if let Some((link, origin)) = recording(event, &mut links, acronym).filter(|_| talk.status == Status::Recorded) {
        talk.span.start = link.start;
        talk.span.end = link.end;
        for (field, is_known) in [(Field::Recording, true), (Field::Start, link.start.is_some()), (Field::End, link.end.is_some())] {
            if is_known {
                talk.provenance.set(field, origin);
            }
        }
        talk.recording = Some(link.recording);
    }
    let slides = links.iter().position(is_slides).map(|at| links.remove(at)).and_then(|link| link.url);
    talk.set_about(About { description: description(event), slides, resources: links, tags, ..About::default() });
    Some(talk)
}

fn persons(event: Node) -> Vec<Speaker> {
    let Some(persons) = child(event, "persons") else { return Vec::new() };
    let name = |person: Node| {
        let within =
            || ["public_name", "name", "full_public_name"].into_iter().find_map(|name| text(person, name).or(person.attribute(name)));
        let name = content(person).or_else(within)?.trim();
        (!name.is_empty()).then(|| Speaker { name: name.to_owned(), company: None })
    };
    persons.children().filter(|n| n.has_tag_name("person")).filter_map(name).collect()
}

/// Subtitle, abstract and description, each once.
fn description(event: Node) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in ["subtitle", "abstract", "description"].into_iter().filter_map(|name| text(event, name)) {
        let part = restructured::html_to_markdown(part).trim().to_owned();
        // An abstract is often repeated as the beginning of the description.
        if let Some(last) = parts.last_mut().filter(|last| part.starts_with(last.as_str())) {
            *last = part;
        } else if !part.is_empty() && !parts.iter().any(|other| other.starts_with(&part)) {
            parts.push(part);
        }
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// The kind that the type of an event names, and the words that say more.
fn kind_and_tags(event: Node) -> (Kind, Vec<String>) {
    let stated = text(event, "type");
    let plain = stated.unwrap_or_default().to_lowercase().replace(['_', '-'], " ");
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let kind = if has(&["keynote"]) {
        Kind::Keynote
    } else if has(&["lightning"]) {
        Kind::LightningTalk
    } else if has(&["workshop", "tutorial", "hands on"]) {
        Kind::Workshop
    } else if has(&["podium", "panel", "diskussion", "discussion"]) {
        Kind::Panel
    } else {
        Kind::Talk
    };
    let says_more = kind == Kind::Talk && !PLAIN_TYPES.contains(&plain.as_str());
    let tags = [text(event, "track"), stated.filter(|_| says_more)];
    let mut tags: Vec<String> = tags.into_iter().flatten().map(str::to_owned).collect();
    tags.dedup();
    (kind, tags)
}

/// Did it take place, and was it recorded?
fn status(event: Node, title: &str) -> Status {
    const CANCELLED: [&str; 5] = ["cancelled", "canceled", "fällt aus", "entfällt", "abgesagt"];
    let said = ["status", "state", "event_state"].into_iter().find_map(|name| text(event, name).or(event.attribute(name)));
    let head = title.trim_start_matches(['[', '(', '*', ' ']).to_lowercase();
    // `Cancelled: Fast Boats` is cancelled, `Cancelled flights and what we learnt` is not.
    let is_said = |word: &&str| {
        let rest = head.strip_prefix(*word).map(str::trim_start);
        said.is_some_and(|said| said.to_lowercase() == *word)
            || rest.is_some_and(|rest| rest.starts_with([':', ']', ')', '*', '-', '–', '!']))
    };
    let optout = child(event, "recording").and_then(|recording| text(recording, "optout"));
    if CANCELLED.iter().any(is_said) {
        Status::Cancelled
    } else if optout.is_some_and(|optout| optout.eq_ignore_ascii_case("true")) {
        Status::NotRecorded
    } else {
        Status::Recorded
    }
}

/// Links and attachments.
fn links(event: Node, base: &str) -> Vec<Labelled> {
    let mut links: Vec<Labelled> = Vec::new();
    for node in ["links", "attachments"].into_iter().filter_map(|name| child(event, name)).flat_map(|list| list.children()) {
        let Some(href) = node.attribute("href").map(str::trim).filter(|href| !href.is_empty()) else { continue };
        let url = if is_web_address(href) || base.is_empty() { href.to_owned() } else { absolute(base, href) };
        let label = content(node).unwrap_or(&url).to_owned();
        if !links.iter().any(|link| link.url.as_deref() == Some(&url)) {
            links.push(Labelled { label, url: Some(url) });
        }
    }
    links
}

/// An address on the conference's own host.
fn absolute(base: &str, href: &str) -> String {
    if href.contains(':') || !href.starts_with('/') || href.starts_with("//") {
        return href.to_owned();
    }
    let host = base.find("://").and_then(|at| base[at + 3..].find('/').map(|end| at + 3 + end)).unwrap_or(base.len());
    format!("{}{href}", &base[..host])
}

/// The video that the schedule itself names, or a link that is called one or leads to this conference's talks on media.ccc.de.
fn recording(event: Node, links: &mut Vec<Labelled>, acronym: Option<&str>) -> Option<(Link, Origin)> {
    let within = child(event, "recording");
    let of_recording = ["url", "link", "video_url"].into_iter().filter_map(|name| within.and_then(|r| text(r, name)));
    let named = of_recording.chain(["video_download_url", "video_url"].into_iter().filter_map(|name| text(event, name)));
    for url in named {
        let page = || Recording::page(url).map(|recording| Link { recording, start: None, end: None });
        if let Some(link) = Link::parse(url).ok().or_else(page) {
            return Some((link, Origin::Stated));
        }
    }
    // The address of an event is that of its page, unless its page is the recording's.
    if let Some(link) = text(event, "url").and_then(|url| Link::parse(url).ok()) {
        return Some((link, Origin::Stated));
    }
    let acronym = acronym.unwrap_or_default().to_lowercase();
    let is_ours = |link: &Link| {
        let rest = link.recording.id().strip_prefix(acronym.as_str());
        link.recording.provider() == crate::domain::link::Provider::MediaCcc
            && !acronym.is_empty()
            && rest.is_some_and(|r| r.starts_with(['-', '_']))
    };
    let at = links.iter().position(|label| {
        let link = label.url.as_deref().and_then(|url| Link::parse(url).ok());
        link.is_some_and(|link| is_ours(&link) || is_called_recording(&label.label))
    })?;
    Some((Link::parse(links.remove(at).url.as_deref()?).ok()?, Origin::Derived))
}

/// `Video recording (WebM)`. A link that is called `Video` was seen to lead to what the talk is about.
fn is_called_recording(label: &str) -> bool {
    let label = label.trim().to_lowercase();
    label.starts_with("video recording") || ["recording", "aufzeichnung", "mitschnitt"].contains(&label.as_str())
}

fn is_slides(link: &Labelled) -> bool {
    let label = link.label.to_lowercase();
    ["slides", "slide deck", "folien"].iter().any(|word| label.contains(word))
}
