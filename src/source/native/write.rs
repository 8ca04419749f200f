//! Writes an event as a native file.

use crate::domain::{EventDraft, Field, Kind, Labelled, NextMeetup, Origin, Speaker, Status, Talk};
use serde_yaml::{Mapping, Value};

/// The first line of every written file: editors find the schema by it.
const SCHEMA_LINE: &str = "# yaml-language-server: $schema=../../assets/event.schema.json\n";

/// The text of a native file. `kept` are the contents of the file it replaces: keys in it that are not ours are written again.
pub fn to_yaml(draft: &EventDraft, kept: Option<&str>) -> String {
    let mut root = event(draft);
    if let Some(old) = kept.and_then(|text| serde_yaml::from_str::<Value>(text).ok()) {
        keep_unknown(&mut root, &old);
    }
    // Texts, lists and mappings always have a YAML form.
    let text = serde_yaml::to_string(&Value::Mapping(root)).unwrap_or_default();
    format!("{SCHEMA_LINE}{}", quote_cues(&text))
}

fn event(draft: &EventDraft) -> Mapping {
    let event = &draft.event;
    let mut map = Mapping::new();
    put(&mut map, "id", some(&event.id));
    put(&mut map, "series", some(&event.series));
    put(&mut map, "title", some(&event.title));
    put(&mut map, "date", some(&event.date.to_string()));
    put(&mut map, "location", text(event.location.as_ref()));
    put(&mut map, "venue", text(event.venue.as_ref()));
    put(&mut map, "host", text(event.host.as_ref()));
    put(&mut map, "url", text(event.url.as_ref()));
    put(&mut map, "recording", event.recording.as_ref().map(|r| r.url().into()));
    put(&mut map, "sponsors", labelled(&event.sponsors, "name"));
    put(&mut map, "tags", texts(&event.tags));
    put(&mut map, "images", texts(&event.images));
    put(&mut map, "description", text(event.description.as_ref()));
    put(&mut map, "next", event.next.as_ref().map(next));
    put(&mut map, "talks", list(draft.talks.iter().map(|t| Value::Mapping(talk(t, draft)))));
    map
}

fn talk(talk: &Talk, draft: &EventDraft) -> Mapping {
    let mut map = Mapping::new();
    put(&mut map, "id", some(&talk.id));
    let titled = talk.provenance.get(Field::Title) != Some(Origin::Derived);
    put(&mut map, "title", titled.then(|| talk.title.as_str().into()));
    put(&mut map, "speakers", list(talk.speakers.iter().map(speaker)));
    put(&mut map, "start", talk.span.start.map(|c| c.to_string().into()));
    put(&mut map, "end", talk.span.end.map(|c| c.to_string().into()));
    put(&mut map, "printed_start", talk.printed_start.map(|c| c.to_string().into()));
    let own = talk.recording.as_ref().filter(|r| Some(*r) != draft.event.recording.as_ref());
    put(&mut map, "recording", own.map(|r| r.url().into()));
    put(&mut map, "takeaways", texts(&talk.takeaways));
    put(&mut map, "description", text(talk.description.as_ref()));
    put(&mut map, "slides", text(talk.slides.as_ref()));
    put(&mut map, "resources", labelled(&talk.resources, "label"));
    put(&mut map, "tags", texts(&talk.tags));
    put(&mut map, "language", text(talk.language.as_ref()));
    put(&mut map, "kind", (talk.kind != Kind::default()).then(|| talk.kind.name().into()));
    put(&mut map, "status", (talk.status != Status::default()).then(|| talk.status.name().into()));
    put(&mut map, "provenance", provenance(talk));
    map
}

/// Only what is less than stated is written; the recording is derived whenever it is the event's.
fn provenance(talk: &Talk) -> Option<Value> {
    let mut map = Mapping::new();
    for (field, origin) in talk.provenance.iter() {
        let implied = origin == Origin::Stated || (origin == Origin::Derived && matches!(field, Field::Recording | Field::Title));
        if !implied {
            map.insert(field.name().into(), origin.name().into());
        }
    }
    (!map.is_empty()).then_some(Value::Mapping(map))
}

fn speaker(speaker: &Speaker) -> Value {
    let mut map = Mapping::new();
    put(&mut map, "name", some(&speaker.name));
    put(&mut map, "company", text(speaker.company.as_ref()));
    Value::Mapping(map)
}

fn next(next: &NextMeetup) -> Value {
    let mut map = Mapping::new();
    put(&mut map, "date", next.date.map(|d| d.to_string().into()));
    put(&mut map, "companies", texts(&next.companies));
    put(&mut map, "rsvp", text(next.rsvp.as_ref()));
    Value::Mapping(map)
}

fn labelled(links: &[Labelled], label: &str) -> Option<Value> {
    list(links.iter().map(|link| {
        let mut map = Mapping::new();
        put(&mut map, label, some(&link.label));
        put(&mut map, "url", text(link.url.as_ref()));
        Value::Mapping(map)
    }))
}

fn put(map: &mut Mapping, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        map.insert(key.into(), value);
    }
}

fn some(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| text.into())
}

fn text(text: Option<&String>) -> Option<Value> {
    text.and_then(|t| some(t))
}

fn texts(texts: &[String]) -> Option<Value> {
    list(texts.iter().map(|t| t.as_str().into()))
}

fn list(values: impl Iterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then_some(Value::Sequence(values))
}

/// Keys that somebody added by hand: of the event, and of each talk that still has its title.
fn keep_unknown(root: &mut Mapping, old: &Value) {
    let Some(old) = old.as_mapping() else { return };
    add_unknown(root, old, &super::EVENT_KEYS);
    let old_talks = old.get("talks").and_then(Value::as_sequence).map(Vec::as_slice).unwrap_or_default();
    for talk in root.get_mut("talks").and_then(Value::as_sequence_mut).into_iter().flatten().filter_map(Value::as_mapping_mut) {
        let same = |old: &&Mapping| old.get("title") == talk.get("title");
        if let Some(old) = old_talks.iter().filter_map(Value::as_mapping).find(same) {
            add_unknown(talk, old, &super::TALK_KEYS);
        }
    }
}

fn add_unknown(map: &mut Mapping, old: &Mapping, known: &[&str]) {
    for (key, value) in old {
        if key.as_str().is_none_or(|key| !known.contains(&key)) {
            map.insert(key.clone(), value.clone());
        }
    }
}

/// `start: 23:09` is a number to readers of YAML 1.1; in quotes it is a text to all.
fn quote_cues(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let cue = line.split_once(": ").filter(|(key, value)| {
            let key = key.trim_start().trim_start_matches("- ");
            matches!(key, "start" | "end" | "printed_start") && value.bytes().all(|b| b.is_ascii_digit() || b == b':')
        });
        match cue {
            Some((key, value)) => out.extend([key, ": \"", value, "\"\n"]),
            None => out.extend([line, "\n"]),
        }
    }
    out
}
