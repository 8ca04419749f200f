//! Archives of pyvideo: a file a talk.

use super::{corpus, fixture, run};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What `list` says of a source, by the file that each talk stands in.
fn listed(source: &str) -> HashMap<String, Value> {
    let run = run(&["list", "--source", source, "--format", "ndjson"]);
    let talks = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("a talk"));
    talks.map(|talk| (talk["source"]["path"].as_str().expect("a path").to_owned(), talk)).collect()
}

fn names(talk: &Value) -> Vec<&str> {
    talk["speakers"].as_array().expect("a list").iter().filter_map(|speaker| speaker["name"].as_str()).collect()
}

#[test]
fn a_gathering_is_one_event() {
    let folder = fixture("pyvideo/eel-days-2019");
    let talks = listed(&folder);
    assert_eq!(talks.len(), 3);
    let talk = &talks[&format!("{folder}/videos/ann-lee-eels-at-sea.json")];
    assert_eq!(talk["id"], "eel-days-2019-ann-lee-eels-at-sea");
    assert_eq!((&talk["event"]["series"], &talk["event"]["title"]), (&"Eel Days".into(), &"Eel Days 2019".into()));
    assert_eq!((&talk["event"]["date"], &talk["start"]), (&"2019-05-01".into(), &Value::Null));
    assert_eq!(talk["url"], "https://www.youtube.com/watch?v=EelsAtSea01");
    assert_eq!(
        (names(talk), &talk["slides"], &talk["language"]),
        (vec!["Ann Lee"], &"https://eel.example/slides.pdf".into(), &"en".into())
    );
    let torn = &talks[&format!("{folder}/videos/torn.json")];
    assert_eq!((&torn["title"], names(torn)), (&"Torn".into(), vec!["Cy Orr"]));
}

#[test]
fn its_description_reads_as_markdown() {
    let shown = run(&["show", "--source", &fixture("pyvideo/eel-days-2019"), "eel-days-2019-ann-lee-eels-at-sea"]);
    let wanted = "## How eels find the sea\n\nRead the [field\nnotes](https://eel.example/notes) first:\n\n```\n$ eel --sea\n```\n\n1. Rivers\n2. The sea";
    let found: Vec<&str> = shown.stdout.lines().map(str::trim_start).collect();
    assert!(found.join("\n").contains(wanted), "{}", shown.stdout);
    assert!(shown.stdout.contains("https://archive.org/details/eels-at-sea"), "{}", shown.stdout);
}

#[test]
fn what_is_broken_is_told() {
    let told = run(&["check", &fixture("pyvideo/eel-days-2019")]);
    for problem in [
        "bad-date.json:4:15: error: `2019-05-32` is no date",
        "bad-date.json:8:5: error: `https://youtu.be/short`: \"short\" is no YouTube id",
        "torn.json:6:26: error: not valid JSON: EOF while parsing a string",
    ] {
        assert!(told.stdout.contains(problem), "{problem}: {}", told.stdout);
    }
    assert!(told.stderr.contains("1 event, 3 talks, 0 with a start; 3 errors, 0 warnings"), "{told:?}");
}

#[test]
fn evenings_without_a_category_are_events_of_their_own() {
    let talks = listed(&fixture("pyvideo/boat-evenings"));
    let mut events: Vec<_> = talks.values().map(|talk| talk["event"]["id"].as_str().expect("an id")).collect();
    events.sort_unstable();
    assert_eq!(events, ["boat-evenings-2019-01-03", "boat-evenings-2019-03-03"]);
}

/// The files of videos below a folder.
fn videos(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            videos(&entry, found);
        } else if folder.ends_with("videos") && entry.extension().is_some_and(|ending| ending == "json") {
            found.push(entry);
        }
    }
}

/// Words as they are, without the space that the catalogue evens out.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn agrees(file: &Path, video: &Value, talk: &Value) {
    let at = file.display();
    let visible =
        |text: &str| !text.chars().any(|c| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}'));
    let title = even(video["title"].as_str().expect("a title"));
    if visible(&title) {
        assert_eq!(talk["title"], title.as_str(), "{at}");
    }
    let recorded = video["recorded"].as_str().unwrap_or_default();
    let date = talk["event"]["date"].as_str().expect("a date");
    // A gathering is dated by its first day, a few mistyped ones aside.
    let years = |date: &str| date[..4].parse::<i32>().expect("a year");
    assert!((years(recorded) - years(date)).abs() <= 1, "{at}: {recorded} {date}");
    let speakers = video["speakers"].as_array().into_iter().flatten().filter_map(Value::as_str).map(even);
    let nobody = ["", "various", "various speakers", "todo", "unknown", "tba", "anonymous", "none", "n/a", "multiple speakers", "tbd"];
    let mut expected: Vec<String> = Vec::new();
    for name in speakers.filter(|name| !nobody.contains(&name.to_lowercase().as_str()) && name.chars().any(char::is_alphanumeric)) {
        if !expected.contains(&name) {
            expected.push(name);
        }
    }
    assert_eq!(names(talk), expected, "{at}");
    let urls: Vec<&str> = video["videos"].as_array().into_iter().flatten().filter_map(|video| video["url"].as_str()).collect();
    let youtube =
        urls.iter().find_map(|url| url.split_once("watch?v=").or_else(|| url.split_once("youtu.be/"))).and_then(|(_, id)| id.get(..11));
    match youtube {
        Some(id) => assert_eq!(talk["recording"]["id"], id, "{at}"),
        None => assert_eq!(talk["recording"].is_null(), urls.is_empty(), "{at}"),
    }
    let code = video["language"].as_str().unwrap_or_default();
    let pairs = [("eng", "en"), ("spa", "es"), ("deu", "de"), ("fra", "fr"), ("por", "pt"), ("jpn", "ja")];
    if let Some((_, two)) = pairs.iter().find(|(three, _)| *three == code) {
        assert_eq!(talk["language"], *two, "{at}");
    }
}

fn every_video_is_a_talk(folder: &Path) {
    let talks = listed(&folder.to_string_lossy());
    let mut files = Vec::new();
    videos(folder, &mut files);
    assert!(!files.is_empty() && files.len() == talks.len(), "{} files, {} talks", files.len(), talks.len());
    for file in files {
        let video: Value = serde_json::from_str(&fs::read_to_string(&file).expect("a file")).expect("JSON");
        let talk = talks.get(&*file.to_string_lossy()).unwrap_or_else(|| panic!("{} is no talk", file.display()));
        agrees(&file, &video, talk);
    }
}

#[test]
fn every_video_of_an_archive_is_a_talk() {
    if let Some(folder) = corpus("pyvideo") {
        every_video_is_a_talk(&folder);
    }
    if let Some(folder) = corpus("descriptions-with-chapters") {
        every_video_is_a_talk(&folder.join("pyvideo"));
    }
}

#[test]
fn the_beginnings_of_files_are_read_or_told() {
    let Some(folder) = corpus("pyvideo") else { return };
    let mut files = Vec::new();
    videos(&folder, &mut files);
    files.sort();
    let root = tempfile::tempdir().expect("a folder");
    let torn = root.path().join("torn/videos");
    fs::create_dir_all(&torn).expect("a folder");
    let mut written = 0;
    for (number, file) in files.iter().step_by(40).enumerate() {
        let text = fs::read(file).expect("a file");
        let end = text.len() * (number % 10 + 1) / 11;
        fs::write(torn.join(format!("{number}.json")), &text[..end]).expect("written");
        written += 1;
    }
    let told = run(&["check", &root.path().to_string_lossy()]);
    let errors = told.stdout.matches("not valid JSON").count();
    // One that ends before it says what it is, is none of ours.
    assert!(errors * 4 > written * 3, "{errors} of {written}");
}
