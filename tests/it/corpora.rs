//! The bundled archive says what the write-ups say, and what is no write-up gives no event.

use super::{corpus, here, run};
use serde_json::Value;
use std::collections::BTreeMap;

/// A talk's facts: what may differ between the archive and a reading of the posts only where a person has seen why.
type Facts = (String, Vec<(String, Option<String>)>, Option<u64>, Option<String>);

/// Where the archive is right and the reading of a post is not: date, what is read, what is right.
const BY_EYE: [(&str, &str, &str); 2] = [
    // The post's text misspells the name; the picture of him has it right.
    ("2019-04-03", "Dr Christoper Woods", "Christopher Woods"),
    // The post says in passing what he talked about, and gives no title.
    ("2019-06-05", "recap of the events of KubeCon Europe 2019, in Barcelona", "KubeCon + CloudNativeCon Europe 2019 recap"),
];

/// The facts of every talk, by date.
fn facts(source: &str) -> BTreeMap<String, Vec<Facts>> {
    let listed = run(&["list", "--format", "json", "--source", source]);
    let talks: Vec<Value> = serde_json::from_str(&listed.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut facts: BTreeMap<String, Vec<Facts>> = BTreeMap::new();
    for talk in talks {
        let date = text(&talk["event"]["date"]).expect("a date");
        let speakers = talk["speakers"].as_array().expect("speakers").iter();
        let speakers = speakers.map(|s| (text(&s["name"]).expect("a name"), text(&s["company"]))).collect();
        let fact = (text(&talk["title"]).expect("a title"), speakers, talk["start"].as_u64(), text(&talk["recording"]["id"]));
        facts.entry(date).or_default().push(fact);
    }
    facts
}

/// The reading with the corrections made by eye.
fn corrected(mut facts: BTreeMap<String, Vec<Facts>>) -> BTreeMap<String, Vec<Facts>> {
    for (date, read, right) in BY_EYE {
        let mut used = false;
        for (title, speakers, ..) in facts.get_mut(date).expect("an event of that date") {
            let names = speakers.iter_mut().map(|(name, _)| name);
            for text in std::iter::once(title).chain(names).filter(|text| *text == read) {
                right.clone_into(text);
                used = true;
            }
        }
        assert!(used, "{read:?} is not read any more: the correction can go");
    }
    facts
}

#[test]
fn the_archive_says_what_the_posts_say() {
    let Some(posts) = corpus("cloud-native-london/_posts") else { return };
    let archive = facts(&here("data").to_string_lossy());
    let read = corrected(facts(&posts.to_string_lossy()));
    assert_eq!(archive.keys().collect::<Vec<_>>(), read.keys().collect::<Vec<_>>());
    for (date, talks) in &archive {
        assert_eq!(Some(talks), read.get(date), "{date}");
    }
    assert_eq!(archive.values().map(Vec::len).sum::<usize>(), 132);
}

#[test]
fn other_posts_give_no_event() {
    let Some(posts) = corpus("cloud-native-london/other_posts") else { return };
    let checked = run(&["check", &posts.to_string_lossy()]);
    assert!(checked.stderr.contains("\n0 events, 0 talks"), "{}{}", checked.stdout, checked.stderr);
}

#[test]
fn importing_the_archive_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_string_lossy().into_owned();
    let imported = run(&["import", &here("data").to_string_lossy(), "--out", &out]);
    assert_eq!(imported.stdout, "48 files written, 0 unchanged, 0 left alone\n", "{}", imported.stderr);
    for entry in std::fs::read_dir(folder.path().join("cloud-native-london")).expect("a folder") {
        let file = entry.expect("an entry").path();
        let ours = here("data/cloud-native-london").join(file.file_name().expect("a name"));
        let read = |path: &std::path::Path| std::fs::read_to_string(path).expect("it can be read").replace("\r\n", "\n");
        assert_eq!(read(&file), read(&ours), "{}", ours.display());
    }
}
