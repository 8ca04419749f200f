//! Schedules of conferences, and formats that are refused by their name.

use super::{corpus, fixture, run};
use serde_json::Value;

fn list(source: &str) -> Vec<Value> {
    let listed = run(&["list", "--format", "json", "--source", source]);
    serde_json::from_str(&listed.stdout).unwrap_or_else(|e| panic!("{e}: {}", listed.stderr))
}

fn names(talk: &Value) -> Vec<&str> {
    talk["speakers"].as_array().expect("speakers").iter().filter_map(|p| p["name"].as_str()).collect()
}

#[test]
fn a_schedule_is_one_gathering() {
    let talks = list(&fixture("schedules/schedule.xml"));
    let told: Vec<(&str, Vec<&str>, &str, &str)> = talks
        .iter()
        .map(|t| {
            (t["title"].as_str().expect("a title"), names(t), t["status"].as_str().expect("a status"), t["url"].as_str().unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Opening the lock", vec!["Ann Lee", "bo"], "recorded", "https://media.ccc.de/v/hc7-1-lock"),
            ("Cancelled: Paint drying", vec![], "cancelled", "-"),
            ("Songs at night", vec!["Cy Orr"], "not recorded", "-"),
        ]
    );
    let event = &talks[0]["event"];
    assert_eq!(
        (event["series"].as_str(), event["title"].as_str(), event["date"].as_str()),
        (Some("Harbour Congress"), Some("7. Harbour Congress"), Some("2019-12-27"))
    );
    let shown = run(&["show", "--source", &fixture("schedules/schedule.xml"), "a-1"]).stdout;
    for line in ["Water in, water out", "How a **lock** works.", "Locks https://locks.example/", "schedule.xml:14:1"] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

#[test]
fn what_is_not_read_is_refused_by_name() {
    let checked = run(&["check", &fixture("schedules")]);
    let told: Vec<&str> = checked.stdout.lines().filter_map(|line| line.split_once("refused/").map(|(_, told)| told)).collect();
    assert_eq!(told.len(), 3, "{}", checked.stdout);
    assert!(told[0].starts_with("broken.xml:4:1: error: not valid XML"), "{told:?}");
    assert!(told[1].starts_with("feed.xml: note: this is a feed"), "{told:?}");
    assert!(told[2].starts_with("submissions.json: error: this is a dump of pretalx's API (submissions), which is not read ("), "{told:?}");
    assert!(checked.stderr.contains("\n1 event, 3 talks"), "{}", checked.stderr);
}

/// What stands in every element of a name, read without care.
fn elements<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    text.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap_or_default()).collect()
}

fn unescaped(text: &str) -> String {
    let text = text.trim().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&apos;", "'").replace("&amp;", "&")
}

#[test]
fn every_event_of_a_real_schedule_is_a_talk() {
    let Some(folder) = corpus("schedule-frab-31c3") else { return };
    let text = std::fs::read_to_string(folder.join("schedule.xml")).expect("a schedule");
    let talks = list(&folder.to_string_lossy());
    let mut events: Vec<(String, &str)> = Vec::new();
    for event in text.split("<event ").skip(1) {
        let guid = event.split("guid='").nth(1).and_then(|rest| rest.split('\'').next()).expect("a guid");
        let talk = talks.iter().find(|talk| talk["id"] == guid).unwrap_or_else(|| panic!("{guid} is a talk"));
        let line = |value: &str| unescaped(value).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(talk["title"].as_str().map(str::to_owned), elements(event, "title").first().map(|t| line(t)), "{guid}");
        let persons: Vec<String> =
            event.split("<person ").skip(1).filter_map(|p| Some(line(p.split_once('>')?.1.split('<').next()?))).collect();
        assert_eq!(names(talk), persons, "{guid}");
        assert_eq!(talk["language"].as_str(), elements(event, "language").first().copied().filter(|l| !l.is_empty()), "{guid}");
        assert_eq!(talk["status"] == "not recorded", elements(event, "optout") == ["true"], "{guid}");
        let tags = talk["tags"].as_array().expect("tags");
        assert!(elements(event, "track").iter().all(|track| tags.contains(&Value::String(unescaped(track)))), "{guid}: {tags:?}");
        events.push((elements(event, "date")[0].to_owned(), guid));
    }
    assert_eq!(events.len(), talks.len());
    let day = |id: &Value| events.iter().find(|(_, guid)| id == guid).map(|(date, _)| date.as_str());
    let dates: Vec<Option<&str>> = talks.iter().map(|talk| day(&talk["id"])).collect();
    assert!(dates.is_sorted(), "{dates:?}");
}

#[test]
fn no_file_of_other_formats_is_refused_or_a_schedule() {
    for name in ["cloud-native-london", "bitcointranscripts", "meetupgemist"] {
        let Some(folder) = corpus(name) else { return };
        let checked = run(&["check", &folder.to_string_lossy()]);
        assert!(!checked.stdout.contains("is not read"), "{}", checked.stdout);
    }
    for name in ["pyvideo", "media-ccc-api", "infojson-tubesync", "rubyevents", "descriptions-with-chapters"] {
        let Some(folder) = corpus(name) else { return };
        let checked = run(&["check", &folder.to_string_lossy()]);
        assert!(!checked.stdout.contains("which is not read"), "{}", checked.stdout);
        assert!(!checked.stdout.contains("front matter"), "{}", checked.stdout);
    }
}
