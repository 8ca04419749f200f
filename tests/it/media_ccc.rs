//! Answers of the API of media.ccc.de.

use super::{corpus, fixture, run};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;

/// What `list` says of a source, by the ids of its talks.
fn listed(source: &str) -> HashMap<String, Value> {
    let run = run(&["list", "--source", source, "--format", "ndjson"]);
    let talks = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("a talk"));
    talks.map(|talk| (talk["id"].as_str().expect("an id").to_owned(), talk)).collect()
}

#[test]
fn events_and_conferences_are_brought_together() {
    let talks = listed(&fixture("media-ccc"));
    assert_eq!(talks.len(), 4);
    let talk = &talks["6f1d0001-0000-4000-8000-000000000001"];
    assert_eq!((&talk["title"], &talk["language"]), (&"Radios below water".into(), &"de".into()));
    assert_eq!((&talk["event"]["series"], &talk["event"]["date"]), (&"Reef Congress".into(), &"2023-08-11".into()));
    assert_eq!((&talk["url"], &talk["tags"]), (&"https://media.ccc.de/v/reef23-7-radios".into(), &serde_json::json!(["Hardware"])));
    assert_eq!((&talks["quay-1"]["event"]["date"], &talks["quay-2"]["event"]["date"]), (&"2022-01-05".into(), &"2022-06-05".into()));
    let shown = run(&["show", "--source", &fixture("media-ccc"), "6f1d0001-0000-4000-8000-000000000001"]).stdout;
    for part in [
        "**A tour**",
        "With [parts](https://radio.example)",
        "https://reef.example/talk/7",
        "Write-up   https://reef.example\n",
        "events.json:4:16",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let told = run(&["check", &fixture("media-ccc")]);
    assert!(told.stderr.contains("3 events, 4 talks, 0 with a start; 0 errors, 0 warnings"), "{told:?}");
}

#[test]
fn the_same_event_in_two_answers_is_one_talk() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["events.json", "recent.json"] {
        fs::copy(fixture("media-ccc/events.json"), folder.path().join(name)).expect("copied");
    }
    assert_eq!(run(&["list", "--source", &folder.path().to_string_lossy(), "--format", "ndjson"]).stdout.lines().count(), 4);
}

#[test]
fn every_event_of_an_archive_is_a_talk() {
    let Some(folder) = corpus("media-ccc-api") else { return };
    let talks = listed(&folder.to_string_lossy());
    let read = |name: &str| -> Value { serde_json::from_str(&fs::read_to_string(folder.join(name)).expect("a file")).expect("JSON") };
    let (events, conferences) = (read("events.json"), read("conferences.json"));
    let titles: HashMap<&str, &str> = conferences["conferences"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|conference| Some((conference["url"].as_str()?, conference["title"].as_str()?)))
        .collect();
    let events = events["events"].as_array().expect("a list");
    assert_eq!(talks.len(), events.len());
    let even = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for event in events {
        let talk = &talks[event["guid"].as_str().expect("a guid")];
        assert_eq!(talk["title"], even(event["title"].as_str().expect("a title")), "{event}");
        let names: Vec<String> =
            talk["speakers"].as_array().expect("a list").iter().map(|s| s["name"].as_str().expect("a name").to_owned()).collect();
        // A goat is a picture, and nobody's name.
        let is_name = |name: &String| name.chars().any(char::is_alphanumeric);
        let persons: Vec<String> =
            event["persons"].as_array().expect("a list").iter().filter_map(Value::as_str).map(even).filter(is_name).collect();
        assert_eq!(names, persons, "{event}");
        let day = &event["date"].as_str().or(event["release_date"].as_str()).expect("a date")[..10];
        let date = talk["event"]["date"].as_str().expect("a date");
        assert!(date <= day && date[..4] == day[..4], "{date} {day}");
        assert_eq!(talk["url"], event["frontend_link"], "{event}");
        let conference = event["conference_url"].as_str().and_then(|url| titles.get(url).copied()).or(event["conference_title"].as_str());
        assert_eq!(talk["event"]["title"], even(conference.expect("a title")), "{event}");
    }
}

#[test]
fn beginnings_of_an_answer_are_read() {
    let Some(folder) = corpus("media-ccc-api") else { return };
    let text = fs::read(folder.join("events.json")).expect("a file");
    let torn = tempfile::tempdir().expect("a folder");
    let mut before = 0;
    for part in 1..8 {
        fs::write(torn.path().join("events.json"), &text[..text.len() * part / 8]).expect("written");
        let talks = listed(&torn.path().to_string_lossy()).len();
        assert!(talks > before, "{part}: {talks}");
        before = talks;
    }
}
