//! Writes an event as a native file.

use crate::domain::{Chapter, EventDraft, Field, Kind, Labelled, NextMeetup, Origin, Speaker, Status, Talk};
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
    let about = talk.about();
    put(&mut map, "id", some(&talk.id));
    let titled = talk.provenance.get(Field::Title) != Some(Origin::Derived);
    put(&mut map, "title", titled.then(|| talk.title.as_str().into()));
    put(&mut map, "speakers", list(talk.speakers.iter().map(speaker)));
    put(&mut map, "start", talk.span.start.map(|c| c.to_string().into()));
    put(&mut map, "end", talk.span.end.map(|c| c.to_string().into()));
    put(&mut map, "printed_start", about.printed_start.map(|c| c.to_string().into()));
    let own = talk.recording.as_ref().filter(|r| Some(*r) != draft.event.recording.as_ref());
    put(&mut map, "recording", own.map(|r| r.url().into()));
    put(&mut map, "takeaways", texts(&about.takeaways));
    put(&mut map, "chapters", list(about.chapters.iter().map(chapter)));
    put(&mut map, "description", text(about.description.as_ref()));
    put(&mut map, "slides", text(about.slides.as_ref()));
    put(&mut map, "resources", labelled(&about.resources, "label"));
    put(&mut map, "tags", texts(&about.tags));
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

fn chapter(chapter: &Chapter) -> Value {
    let mut map = Mapping::new();
    put(&mut map, "start", some(&chapter.start.to_string()));
    put(&mut map, "title", some(&chapter.title));
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

/// The lists of mappings in an event or a talk: the key that tells one entry from another, and the keys that are ours.
const NESTED: [(&str, &str, &[&str]); 5] = [
    ("talks", "title", &super::TALK_KEYS),
    ("speakers", "name", &["name", "company"]),
    ("chapters", "start", &["start", "title"]),
    ("sponsors", "name", &["name", "url"]),
    ("resources", "label", &["label", "url"]),
];

/// Keys that somebody added by hand are written again: of the event, and of each entry below it that is still there.
fn keep_unknown(root: &mut Mapping, old: &Value) {
    if let Some(old) = old.as_mapping() {
        keep(root, old, &super::EVENT_KEYS);
        if let (Some(next), Some(old)) = (root.get_mut("next").and_then(Value::as_mapping_mut), old.get("next").and_then(Value::as_mapping))
        {
            keep(next, old, &["date", "companies", "rsvp"]);
        }
    }
}

fn keep(map: &mut Mapping, old: &Mapping, known: &[&str]) {
    for (list, identity, keys) in NESTED {
        let before: Vec<&Mapping> =
            old.get(list).and_then(Value::as_sequence).into_iter().flatten().filter_map(Value::as_mapping).collect();
        for entry in map.get_mut(list).and_then(Value::as_sequence_mut).into_iter().flatten().filter_map(Value::as_mapping_mut) {
            // A talk without a title is known by who gave it.
            let same = |old: &&&Mapping| match entry.get(identity) {
                Some(name) => old.get(identity) == Some(name),
                None => old.get(identity).is_none() && names(old) == names(entry),
            };
            if let Some(old) = before.iter().find(same).copied() {
                keep(entry, old, keys);
            }
        }
    }
    for (key, value) in old {
        if key.as_str().is_none_or(|key| !known.contains(&key)) {
            map.insert(key.clone(), value.clone());
        }
    }
}

/// The names of a talk's speakers.
fn names(talk: &Mapping) -> Vec<&Value> {
    let speakers = talk.get("speakers").and_then(Value::as_sequence).into_iter().flatten();
    speakers.filter_map(|speaker| speaker.get("name")).collect()
}

/// `start: 23:09` is a number to readers of YAML 1.1; in quotes it is a text to all. Keys of a talk stand behind two
/// columns, texts of several lines in it behind four, so that nothing but keys is touched. A chapter begins with its start.
fn quote_cues(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut in_talks, mut in_chapters) = (false, false);
    for line in text.lines() {
        if !line.starts_with([' ', '-']) {
            in_talks = line == "talks:";
        }
        if line.strip_prefix("  ").is_some_and(|key| !key.starts_with([' ', '-'])) || line.starts_with('-') {
            in_chapters = line == "  chapters:";
        }
        let cue = line.split_once(": ").filter(|(key, value)| {
            let key =
                if in_chapters { key.strip_prefix("  - ").map_or(*key, |key| if key == "start" { "  start" } else { "" }) } else { key };
            let key = key.strip_prefix("- ").or_else(|| key.strip_prefix("  ")).unwrap_or_default();
            in_talks && matches!(key, "start" | "end" | "printed_start") && value.bytes().all(|b| b.is_ascii_digit() || b == b':')
        });
        match cue {
            Some((key, value)) => out.extend([key, ": \"", value, "\"\n"]),
            None => out.extend([line, "\n"]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Place;
    use crate::source::{SourceText, native};

    fn rewritten(text: &str) -> String {
        let source = SourceText { place: Place::of("x.yml".as_ref()), text: text.to_owned() };
        to_yaml(&native::read(&source).drafts[0], Some(text))
    }

    #[test]
    fn what_somebody_added_is_kept_where_it_was() {
        let text = "series: A\ndate: 2024-01-01\ntalks:\n- speakers:\n  - name: Ann\n    twitter: ann\n  mood: calm\n- speakers:\n  - name: Bo\nweather: rain\n";
        let again = rewritten(text);
        assert!(again.contains("    twitter: ann\n  mood: calm\n- speakers:\n  - name: Bo\nweather: rain\n"), "{again}");
    }

    #[test]
    fn only_cues_are_quoted() {
        let text = "series: A\ndate: 2024-01-01\ndescription: |\n  start: 12:30\n  end: 13\ntalks:\n- title: T\n  start: 12:30\n  description: |\n    start: 12:30\n    end\n";
        let again = rewritten(text);
        assert!(
            again.contains("\n  start: 12:30\n  end: 13\n")
                && again.contains("  start: \"12:30\"\n")
                && again.contains("\n    start: 12:30\n"),
            "{again}"
        );
    }

    #[test]
    fn chapters_are_written_as_they_are_read() {
        let text = "series: A\ndate: 2024-01-01\ntalks:\n- title: T\n  start: 1:00\n  chapters:\n  - start: 12:30\n    title: 'start: 13:00'\n    mood: calm\n  - start: \"1:05\"\n    title: Before\n  - title: nowhere\n  - start: soon\n    title: Later\n  description: |\n    x\n";
        let source = SourceText { place: Place::of("x.yml".as_ref()), text: text.to_owned() };
        let reading = native::read(&source);
        let chapters: Vec<String> =
            reading.drafts[0].talks[0].about().chapters.iter().map(|chapter| format!("{} {}", chapter.start, chapter.title)).collect();
        assert_eq!(chapters, ["1:05 Before", "12:30 start: 13:00"]);
        let told: Vec<String> = reading.problems.iter().map(|problem| problem.message.clone()).collect();
        assert!(
            told.iter().any(|m| m == "the chapter has no `start`") && told.iter().any(|m| m.starts_with("`soon` is no start")),
            "{told:?}"
        );
        let again = rewritten(text);
        let wanted =
            "  chapters:\n  - start: \"1:05\"\n    title: Before\n  - start: \"12:30\"\n    title: 'start: 13:00'\n    mood: calm\n";
        assert!(again.contains(wanted), "{again}");
    }
}
