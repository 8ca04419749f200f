//! Posts with one talk each: what the program makes of sites of recordings and transcripts, whose front matter says it.

use super::{Run, corpus, fixture, run};
use serde_json::Value;
use serde_yaml::Value as Yaml;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn list(source: &str) -> Vec<Value> {
    let Run { stdout, stderr, .. } = run(&["list", "--format", "json", "--source", source]);
    serde_json::from_str(&stdout).unwrap_or_else(|e| panic!("{e}: {stderr}"))
}

/// `series | title of the gathering | date | title | people | link`.
fn told(talk: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let people: Vec<String> = talk["speakers"].as_array().expect("speakers").iter().map(|p| text(&p["name"])).collect();
    let event = &talk["event"];
    [text(&event["series"]), text(&event["title"]), text(&event["date"]), text(&talk["title"]), people.join(", "), text(&talk["url"])]
        .join(" | ")
}

#[test]
fn sites_of_several_kinds() {
    let source = fixture("talk-posts");
    let talks: Vec<String> = list(&source).iter().map(told).collect();
    assert_eq!(
        talks,
        [
            "Sail Lab | Sail Lab 2022-04-05 | 2022-04-05 | Gybing in a gale | Jo De Wit | https://www.youtube.com/watch?v=AAAAAAAAAA6",
            "Sail Lab | Sail Lab 2022-04-05 | 2022-04-05 | Tacking without fear | Gus Håle, Ivy K. Stone | \
             https://www.youtube.com/watch?v=AAAAAAAAAA5",
            "Harbour Days | Harbour Days 2021 | 2021-09-10 | Tides by heart | Eve Sand | https://casts.example/tides",
            "Harbour Days | Harbour Days 2021 | 2021-09-10 | Winds by ear | Flo Reed | https://vimeo.com/123456",
            "The Rope Club | The Rope Club 2021-06-01 | 2021-06-01 | What nobody filmed | Di Po | -",
            "The Rope Club | The Rope Club 2021-05-04 | 2021-05-04 | Splicing, a panel | Bo Ek, Cy Orr | \
             https://www.youtube.com/watch?v=AAAAAAAAAA2&t=65s",
            "The Rope Club | The Rope Club 2021-03-02 | 2021-03-02 | Knots that hold | Ann Lee | https://www.youtube.com/watch?v=AAAAAAAAAA1",
            "Boatgems | Boatgems 2020-05-19 | 2020-05-19 | Rigging |  | https://www.youtube.com/watch?v=AAAAAAAAAA4",
            "Boatgems | Boatgems 2020-05-07 | 2020-05-07 | Boats day |  | https://www.youtube.com/watch?v=AAAAAAAAAA3",
        ]
    );
    let checked = run(&["check", &source]);
    assert_eq!((checked.status, checked.stdout.as_str()), (0, ""), "{}", checked.stderr);
}

#[test]
fn a_page_with_a_folder_of_its_own_is_called_after_it() {
    let talks = list(&fixture("talk-posts"));
    let ids: Vec<&str> = talks.iter().filter_map(|talk| talk["id"].as_str()).take(2).collect();
    assert_eq!(ids, ["2022-04-05-gybing", "2022-04-05-tacking"]);
    assert_eq!(talks[1]["companies"][0], "Halyard Works");
}

#[test]
fn a_transcript_gives_its_links_and_no_description() {
    let shown = run(&["show", "--source", &fixture("talk-posts"), "2021-03-02-ann-lee-knots"]).stdout;
    for line in ["Slides     https://slides.example/knots.pdf", "Book of knots https://books.example/knots", "Take a rope."] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let long = "Good evening. I tie knots for a living, and tonight I tie six of them. ".repeat(99);
    let folder = tempfile::tempdir().expect("a folder");
    let front = "title: A\nspeaker: Ann Lee\ndate: 2021-03-02";
    std::fs::write(folder.path().join("a.md"), format!("---\n{front}\n---\nNames are left out.\n\n# Intro\n\n{long}\n")).expect("written");
    let shown = run(&["show", "--source", &folder.path().to_string_lossy(), "2021-03-02-a"]).stdout;
    assert!(shown.contains("Names are left out.") && !shown.contains("Good evening"), "{shown}");
}

#[test]
fn both_languages_of_a_talk_are_one_talk_whichever_is_read_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, front: &str| std::fs::write(folder.path().join(name), format!("---\n{front}\n---\nx\n")).expect("written");
    write("knots.md", "title: Knots\ndate: 2021-03-02\nspeakers: [Ann Lee]");
    write("knots.zh.md", "title: 结\ndate: 2021-03-02\nspeakers: [Ann Lee]\nmedia: https://youtu.be/AAAAAAAAAA1");
    write("ropes.pt.md", "title: Cordas\ndate: 2021-03-02\nspeakers: [Bo Ek]");
    let talks = list(&folder.path().to_string_lossy());
    let titles: Vec<(&str, &str, bool)> = talks
        .iter()
        .map(|t| (t["title"].as_str().expect("a title"), t["language"].as_str().unwrap_or("-"), t["url"].is_string()))
        .collect();
    assert_eq!(titles, [("Knots", "-", true), ("Cordas", "pt", false)]);
}

/// Every Markdown file below a folder.
fn markdown(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(markdown(&path));
        } else if path.extension().is_some_and(|e| e == "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The front matter of a post, read without care.
fn front(path: &Path) -> Option<Yaml> {
    let text = std::fs::read_to_string(path).expect("a post").replace("\r\n", "\n");
    let (front, _) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    serde_yaml::from_str(front).ok()
}

/// A text with its white space as the program shows it.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names(talk: &Value) -> Vec<&str> {
    talk["speakers"].as_array().expect("speakers").iter().filter_map(|p| p["name"].as_str()).collect()
}

fn texts(value: &Yaml) -> Vec<String> {
    let all = value.as_sequence().cloned().unwrap_or_else(|| vec![value.clone()]);
    all.iter().filter_map(|v| Some(line(v.as_str()?))).filter(|t| !t.is_empty()).collect()
}

/// A post's language by its name, where it is a translation.
fn is_translation(path: &Path) -> bool {
    let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
    stem.rsplit_once('.').is_some_and(|(_, end)| ["es", "pt", "zh", "de", "fr", "ja", "ru", "it", "cs", "tr"].contains(&end))
}

/// The talks of a corpus by the file they were read from.
fn by_file(folder: &Path) -> BTreeMap<String, Value> {
    list(&folder.to_string_lossy()).into_iter().map(|talk| (talk["source"]["path"].as_str().expect("a path").to_owned(), talk)).collect()
}

/// The eleven characters of a `YouTube` link.
fn youtube_id(link: &str) -> Option<String> {
    let rest = link.split_once("watch?v=").or_else(|| link.split_once("youtu.be/"))?.1;
    Some(rest.chars().take(11).collect())
}

#[test]
fn every_transcript_is_the_talk_its_front_matter_says() {
    let Some(folder) = corpus("bitcointranscripts") else { return };
    let talks = by_file(&folder);
    let mut seen = 0;
    for path in markdown(&folder) {
        let Some(front) = front(&path) else { continue };
        let name = path.to_string_lossy().into_owned();
        let (speakers, media) = (texts(&front["speakers"]), texts(&front["media"]));
        let is_index = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("_index"));
        if is_index || is_translation(&path) || (speakers.is_empty() && media.is_empty()) {
            assert!(is_translation(&path) || !talks.contains_key(&name), "{name} is no talk");
            continue;
        }
        let date = front["date"].as_str().map(|date| date.chars().take(10).collect::<String>());
        if date.is_none() && media.is_empty() {
            continue;
        }
        seen += 1;
        let talk = talks.get(&name).unwrap_or_else(|| panic!("{name} is a talk"));
        if let Some(title) = front["title"].as_str() {
            assert_eq!(talk["title"].as_str().map(str::to_owned), Some(line(title)), "{name}");
        }
        assert_eq!(names(talk), speakers, "{name}");
        if let Some(date) = date {
            // A conference of several days has the date of its first.
            let of = talk["event"]["date"].as_str().expect("a date");
            assert!(of <= date.as_str(), "{name}: {of} {date}");
            let index = path.with_file_name("_index.md");
            let types = index.is_file().then(|| self::front(&index)).flatten().map(|front| texts(&front["types"])).unwrap_or_default();
            assert!(of == date || !types.contains(&"meetup".to_owned()), "{name}: {of} {date}");
        }
        if let Some(id) = media.first().and_then(|link| youtube_id(link)) {
            assert_eq!(talk["recording"]["id"].as_str(), Some(id.as_str()), "{name}");
        }
        if let Some(media) = media.first() {
            assert_eq!(talk["start"].is_u64(), ["?t=", "&t=", "#t=", "start="].iter().any(|t| media.contains(t)), "{name}");
        }
    }
    assert!(seen >= 45, "{seen}");
}

#[test]
fn every_recording_of_a_collection_is_a_talk() {
    let Some(folder) = corpus("meetupgemist") else { return };
    let talks = by_file(&folder);
    let files = markdown(&folder.join("_videos"));
    for path in &files {
        let (name, front) = (path.to_string_lossy().into_owned(), front(path).expect("front matter"));
        let talk = talks.get(&name).unwrap_or_else(|| panic!("{name} is a talk"));
        assert_eq!(talk["recording"]["id"].as_str(), front["youtube_id"].as_str(), "{name}");
        assert_eq!(talk["event"]["date"].as_str(), front["date"].as_str(), "{name}");
        assert_eq!(talk["title"].as_str(), front["title"].as_str().map(str::trim), "{name}");
        assert_eq!(
            (talk["event"]["series"].as_str(), talk["speakers"].as_array().map(Vec::len)),
            (Some("Meetupgemist"), Some(0)),
            "{name}"
        );
        let tags = talk["tags"].to_string();
        assert!(texts(&front["tags"]).iter().all(|tag| tags.contains(tag.as_str())), "{name}: {tags}");
    }
    assert_eq!(talks.len(), files.len());
    let checked = run(&["check", &folder.to_string_lossy()]);
    assert!(!checked.stdout.contains(": error: "), "{}", checked.stdout);
}
