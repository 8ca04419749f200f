//! The schemas in `assets/` describe what is really written.

use super::{fixture, here, run};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

pub fn validator(name: &str) -> jsonschema::Validator {
    let text = fs::read_to_string(here("assets").join(name)).expect("the schema is there");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    jsonschema::draft202012::meta::validate(&schema).expect("the schema is a schema");
    jsonschema::draft202012::new(&schema).expect("the schema compiles")
}

pub fn assert_valid(validator: &jsonschema::Validator, value: &Value, what: &str) {
    let errors: Vec<String> = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn event_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(event_files(&path));
        } else if path.extension().is_some_and(|e| e == "yml") {
            files.push(path);
        }
    }
    files
}

fn assert_event_files_are_valid(folder: &Path, at_least: usize) {
    let validator = validator("event.schema.json");
    let files = event_files(folder);
    assert!(files.len() >= at_least, "{} files in {}", files.len(), folder.display());
    for file in files {
        let text = fs::read_to_string(&file).expect("it can be read");
        let event: Value = serde_yaml::from_str(&text).expect("it is YAML");
        assert_valid(&validator, &event, &file.display().to_string());
    }
}

#[test]
fn talks_are_as_the_schema_says() {
    let validator = validator("talk.schema.json");
    for source in ["", "events", "posts", "bad/mixed", "bad/escapes"] {
        let path = fixture(source);
        let arguments: &[&str] =
            if source.is_empty() { &["list", "--format", "ndjson"] } else { &["list", "--format", "ndjson", "--source", &path] };
        let talks = run(arguments).stdout;
        assert!(!talks.is_empty());
        for line in talks.lines() {
            assert_valid(&validator, &serde_json::from_str(line).expect("JSON"), source);
        }
    }
}

#[test]
fn every_key_is_always_there_and_described() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(here("assets/talk.schema.json")).expect("a schema")).expect("JSON");
    // What the user keeps is there only where something is kept.
    let described: Vec<&String> = schema["properties"].as_object().expect("properties").keys().filter(|key| *key != "marks").collect();
    let mut required: Vec<&str> = schema["required"].as_array().expect("required").iter().filter_map(Value::as_str).collect();
    required.sort_unstable();
    assert_eq!(required, described);
    for line in run(&["list", "--format", "ndjson", "--source", &fixture("events")]).stdout.lines() {
        let talk: Value = serde_json::from_str(line).expect("JSON");
        let keys: Vec<&String> = talk.as_object().expect("an object").keys().collect();
        assert_eq!(keys, described);
    }
}

#[test]
fn the_schema_knows_every_key_that_is_read() {
    use cuepoint::source::native::{EVENT_KEYS, TALK_KEYS};
    let schema: Value = serde_json::from_str(&fs::read_to_string(here("assets/event.schema.json")).expect("a schema")).expect("JSON");
    for (at, known) in [("/properties", EVENT_KEYS.as_slice()), ("/$defs/talk/properties", TALK_KEYS.as_slice())] {
        let mut described: Vec<&str> = schema.pointer(at).and_then(Value::as_object).expect(at).keys().map(String::as_str).collect();
        let mut known = known.to_vec();
        described.sort_unstable();
        known.sort_unstable();
        assert_eq!(described, known);
    }
}

#[test]
fn event_files_are_as_the_schema_says() {
    assert_event_files_are_valid(&here("data"), 48);
    assert_event_files_are_valid(&here("tests/fixtures/events"), 2);
    let folder = tempfile::tempdir().expect("a folder");
    run(&["import", &fixture("posts"), "--out", &folder.path().to_string_lossy()]);
    assert_event_files_are_valid(folder.path(), 1);
}

#[test]
fn imports_of_the_corpus_are_as_the_schema_says() {
    let Some(posts) = super::corpus("cloud-native-london/_posts") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    run(&["import", &posts.to_string_lossy(), "--out", &folder.path().to_string_lossy()]);
    assert_event_files_are_valid(folder.path(), 48);
}

#[test]
fn mistakes_are_not_valid() {
    let validator = validator("event.schema.json");
    for wrong in [
        serde_json::json!({"date": "2024-05-01"}),
        serde_json::json!({"series": "B", "date": "May 2024"}),
        serde_json::json!({"series": "B", "date": "2024-05-01", "talks": [{"start": "10:00"}]}),
        serde_json::json!({"series": "B", "date": "2024-05-01", "talks": [{"title": "T", "start": "soon"}]}),
        serde_json::json!({"series": "B", "date": "2024-05-01", "talks": [{"title": "T", "kind": "song"}]}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
    assert!(validator.is_valid(&serde_json::json!({"series": "B", "date": "2024-05-01", "mood": "stormy"})), "unknown keys are allowed");
    for (recording, is_one) in [
        ("https://vimeo.com/1", true),
        ("../films/the evening.MP4", true),
        ("/srv/a#1?.webm", true),
        ("file:///srv/a%20b.mkv#t=90", true),
        ("evening", false),
        ("/etc/passwd", false),
        ("ftp://a.example/b.mp4", false),
    ] {
        let event = serde_json::json!({"series": "B", "date": "2024-05-01", "recording": recording});
        assert_eq!(validator.is_valid(&event), is_one, "{recording}");
    }
}
