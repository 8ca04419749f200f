//! `RubyEvents` archives: one written for this, where every talk is looked at, and the real one, held against a naive reading.

use super::{corpus, fixture, run};
use cuepoint::domain::Place;
use cuepoint::source::yaml::quick;
use cuepoint::source::{Source, SourceText, load, read, rubyevents};
use serde::Deserialize;
use serde_json::Value;
use serde_yaml::Value as Yaml;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Every talk of a source, as the program lists it.
fn listed(source: &str) -> Vec<Value> {
    let listed = run(&["list", "--format", "json", "--source", source]);
    serde_json::from_str(&listed.stdout).unwrap_or_else(|e| panic!("{e}: {}", listed.stderr))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

/// What is wrong with a source, without the path before each file's name.
fn problems(source: &str) -> Vec<String> {
    let checked = run(&["check", source]);
    checked
        .stdout
        .lines()
        .map(|line| line.strip_prefix(source).unwrap_or(line).trim_start_matches(['/', '\\']).replace('\\', "/"))
        .collect()
}

#[test]
fn every_talk_has_its_evening_its_second_and_its_fate() {
    let talks = listed(&fixture("rubyevents"));
    let seconds = |value: &Value| value.as_u64().map_or("-".to_owned(), |s| s.to_string());
    let told: Vec<String> = talks
        .iter()
        .map(|talk| {
            let event = &talk["event"];
            let what = [text(&talk["id"]), text(&event["title"]), text(&event["date"]), text(&talk["status"]), text(&talk["language"])];
            let cues = [seconds(&talk["start"]), seconds(&talk["end"]), seconds(&talk["source"]["line"])];
            format!("{} | {} | {}", what.join(" | "), cues.join(" "), text(&talk["url"]))
        })
        .collect();
    let expected = [
        "hu-jo-harbour-conf-2023 | Harbour Conf 2023 | 2023-09-01 | cancelled | sv | - - 2 | -",
        "ivy-kay-harbour-conf-2023 | Harbour Conf 2023 | 2023-09-01 | cancelled | sv | - - 12 | -",
        "jo-li-harbour-conf-2023 | Harbour Conf 2023 | 2023-09-01 | recorded | sv | - - 22 | https://pigeon.example/7",
        "harbour-rb-august-2023 | Harbour.rb August 2023 | 2023-08-10 | not published | sv | - - 103 | -",
        "gil-im-harbour-rb-august-2023 | Harbour.rb August 2023 | 2023-08-10 | recorded | sv | - - 112 | \
         https://www.youtube.com/watch?v=anchorANCH1",
        "flo-ho-harbour-rb-july-2023 | Harbour.rb July 2023 | 2023-07-13 | scheduled | sv | - - 95 | -",
        "di-fox-harbour-rb-june-2023 | Harbour.rb June 2023 | 2023-06-08 | not recorded | sv | - - 68 | -",
        "ed-gow-harbour-rb-june-2023 | Harbour.rb June 2023 | 2023-06-08 | recorded | sv | - - 76 | https://harbour.example/lights.mp4",
        "ann-lee-harbour-rb-may-2023 | Harbour.rb May 2023 | 2023-05-11 | recorded | en | 45 720 18 | \
         https://www.youtube.com/watch?v=mayMAYmay01&t=45s",
        "bo-ek-harbour-rb-may-2023 | Harbour.rb May 2023 | 2023-05-11 | recorded | ja | 750 - 39 | \
         https://www.youtube.com/watch?v=mayMAYmay01&t=750s",
        "cy-orr-harbour-rb-may-2023 | Harbour.rb May 2023 | 2023-05-11 | recorded | en | - - 50 | https://vimeo.com/7654321",
    ];
    assert_eq!(told, expected, "{told:#?}");
    let by_id: HashMap<&str, &Value> = talks.iter().map(|talk| (text(&talk["id"]), talk)).collect();
    let cy = by_id["cy-orr-harbour-rb-may-2023"];
    assert_eq!((&cy["tags"], text(&cy["kind"])), (&serde_json::json!(["Upper deck", "q and a"]), "talk"));
    let ann = by_id["ann-lee-harbour-rb-may-2023"];
    assert_eq!(
        ann["speakers"],
        serde_json::json!([{"name": "Ann Lee", "company": null, "also_known_as": ["Anna Lee", "Ann \"Rope\" Lee"]}])
    );
    assert_eq!((text(&ann["provenance"]["recording"]), text(&cy["provenance"]["recording"])), ("derived", "stated"));
    assert_eq!(text(&by_id["hu-jo-harbour-conf-2023"]["title"]), "2048");
    assert_eq!(text(&by_id["hu-jo-harbour-conf-2023"]["event"]["series"]), "Harbour.rb");
}

#[test]
fn what_goes_with_a_talk_is_shown() {
    let show = |id: &str| run(&["show", "--source", &fixture("rubyevents"), id]).stdout;
    let ann = show("ann-lee-harbour-rb-may-2023");
    for said in ["Transcript: Ropes in words https://harbour.example/ropes", "What a knot can teach us."] {
        assert!(ann.contains(said), "{said}: {ann}");
    }
    // The evening's page goes before the meetup's.
    let ed = show("ed-gow-harbour-rb-june-2023");
    for said in ["With better sound https://www.youtube.com/watch?v=soundSOUND1", "https://harbour.example/2023/june/"] {
        assert!(ed.contains(said), "{said}: {ed}");
    }
    let cy = show("cy-orr-harbour-rb-may-2023");
    assert!(cy.contains("Harbour.rb May 2023 https://www.youtube.com/watch?v=mayMAYmay01"), "the whole recording: {cy}");
    let conference = show("jo-li-harbour-conf-2023");
    for said in ["The Old Dock", "Rope Works https://rope.example", "Salt & Sons", "Malmö, Sweden"] {
        assert!(conference.contains(said), "{said}: {conference}");
    }
}

#[test]
fn what_is_said_of_an_evening_goes_before_what_is_said_of_all() {
    let loaded = load(&[Source::at(fixture("rubyevents").as_ref())]);
    let told: Vec<String> = loaded
        .catalogue
        .events()
        .iter()
        .map(|event| {
            let first = event.description.as_deref().and_then(|text| text.lines().next()).unwrap_or("-");
            let recording = event.recording.as_ref().map_or("-", |recording| recording.id());
            format!("{} {first} {} {recording}", event.title, event.source.line.unwrap_or_default())
        })
        .collect();
    let expected = [
        "Harbour Conf 2023 - 1 -",
        "Harbour.rb August 2023 Rubyists who look at the sea. 1 -",
        "Harbour.rb July 2023 Rubyists who look at the sea. 87 -",
        "Harbour.rb June 2023 Rubyists who look at the sea. 59 -",
        "Harbour.rb May 2023 Two talks and a raffle. 3 -",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let told = problems(&fixture("rubyevents"));
    let expected = [
        "harbour-rb/harbour-conf-2023/videos.yml:8:13: error: `tooshort` is no video of youtube",
        "harbour-rb/harbour-conf-2023/videos.yml:18:13: error: expected a list for speakers",
        "harbour-rb/harbour-conf-2023/videos.yml:20:3: error: expected `key: value` lines",
        "harbour-rb/harbour-conf-2023/videos.yml:25:9: error: `the second day` is no date",
        "harbour-rb/harbour-conf-2023/videos.yml:26:19: warning: `pigeon` is no known provider of videos",
        "harbour-rb/harbour-conf-2023/videos.yml:28:13: warning: `Gullish` is no language that is known",
        "harbour-rb/harbour-rb-meetup/event.yml:7:13: warning: `TODO` is no date",
        "harbour-rb/harbour-rb-meetup/videos.yml:42:16: warning: `end_cue` is still to be found",
        "harbour-rb/harbour-rb-meetup/videos.yml:52:18: warning: `start_cue` is still to be found",
        "harbour-rb/harbour-rb-meetup/videos.yml:53:16: error: `25:99` is no end_cue: minutes and seconds go up to 59",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}\nis not\n{expected}");
    }
}

#[test]
fn a_damaged_file_costs_itself_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let event = folder.path().join("pier-rb/pier-conf-2020");
    std::fs::create_dir_all(&event).expect("a folder");
    let talk = |id: &str| {
        format!("- id: \"{id}\"\n  title: \"{id}\"\n  date: \"2020-05-04\"\n  video_provider: \"youtube\"\n  video_id: \"abcdefghijk\"\n")
    };
    std::fs::write(event.join("videos.yml"), talk("one") + &talk("two")).expect("written");
    std::fs::write(event.join("event.yml"), "id: a\ntitle: \"Pier Conf\nkind: x\ntimezone: y\n").expect("written");
    let other = folder.path().join("pier-rb/pier-conf-2021");
    std::fs::create_dir_all(&other).expect("a folder");
    std::fs::write(other.join("videos.yml"), talk("three") + "  bad: [\n" + &talk("four")).expect("written");
    let source = folder.path().to_string_lossy().into_owned();
    let ids: Vec<String> = listed(&source).iter().map(|talk| text(&talk["id"]).to_owned()).collect();
    assert_eq!(ids, ["one", "two"]);
    let told = problems(&source);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].starts_with("pier-rb/pier-conf-2020/event.yml:5:1: error: not valid YAML"), "{told:#?}");
    assert!(told[1].starts_with("pier-rb/pier-conf-2021/videos.yml:7:1: error: not valid YAML"), "{told:#?}");
}

/// A talk as a naive reading of its file has it.
struct Naive {
    path: String,
    id: String,
    title: String,
    speakers: Vec<String>,
    cues: [Option<u64>; 2],
    todos: usize,
    status: &'static str,
    /// Provider and id, where the talk has a recording.
    recording: Option<(String, String)>,
}

fn field<'a>(talk: &'a Yaml, key: &str) -> &'a str {
    talk.get(key).and_then(Yaml::as_str).unwrap_or_default().trim()
}

/// A text on one line, without what could steer a terminal.
fn shown(text: &str) -> String {
    let hidden = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    text.chars().filter(|c| !hidden(c)).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Hours, minutes and seconds, each of two digits but the first.
fn clock(value: Option<&Yaml>) -> Option<u64> {
    if let Some(seconds) = value.and_then(Yaml::as_u64) {
        return Some(seconds);
    }
    let parts: Vec<u64> = value?.as_str()?.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let inside = parts.iter().skip(1).all(|part| *part < 60);
    (inside && (2..=3).contains(&parts.len())).then(|| parts.iter().fold(0, |all, part| all * 60 + part))
}

fn naive(path: &str, talk: &Yaml, parent: Option<&Yaml>) -> Naive {
    let giver = if field(talk, "video_provider") == "parent" { parent.unwrap_or(talk) } else { talk };
    let provider = field(giver, "video_provider");
    let status = match provider {
        _ if field(talk, "status") == "cancelled" => "cancelled",
        "scheduled" => "scheduled",
        "not_recorded" => "not recorded",
        "not_published" => "not published",
        _ => "recorded",
    };
    let speakers = talk.get("speakers").and_then(Yaml::as_sequence).into_iter().flatten();
    let cue = |key: &str| clock(talk.get(key));
    Naive {
        path: path.to_owned(),
        id: field(talk, "id").to_owned(),
        title: shown(field(talk, "title")),
        speakers: speakers.filter_map(Yaml::as_str).filter(|name| *name != "TODO").map(shown).collect(),
        cues: [cue("start_cue"), cue("end_cue")],
        todos: ["start_cue", "end_cue"].iter().filter(|key| field(talk, key) == "TODO").count(),
        status,
        recording: matches!(provider, "youtube" | "vimeo" | "mp4").then(|| (provider.to_owned(), field(giver, "video_id").to_owned())),
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Every talk of every `videos.yml`, those in recordings counted.
fn naive_talks(folder: &Path) -> Vec<Naive> {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    let mut talks = Vec::new();
    for path in paths.iter().filter(|path| path.ends_with("videos.yml")) {
        let text = std::fs::read_to_string(path).expect("a text");
        // What is damaged as a whole is told, and another test's business.
        let Ok(videos) = serde_yaml::from_str::<Yaml>(&text) else { continue };
        let name = path.to_string_lossy();
        for video in videos.as_sequence().into_iter().flatten() {
            match video.get("talks").and_then(Yaml::as_sequence).filter(|talks| !talks.is_empty()) {
                Some(children) => talks.extend(children.iter().map(|talk| naive(&name, talk, Some(video)))),
                None => talks.push(naive(&name, video, None)),
            }
        }
    }
    talks
}

#[test]
fn the_archive_is_read_whole() {
    let Some(archive) = corpus("rubyevents") else { return };
    let source = archive.to_string_lossy().into_owned();
    let talks = listed(&source);
    let checked = run(&["check", &source]);
    let told: HashSet<&str> = checked.stdout.lines().filter_map(|line| Some(line.split_once(".yml:")?.0)).collect();
    let mut found: HashMap<(&str, &str), Vec<&Value>> = HashMap::new();
    for talk in &talks {
        found.entry((text(&talk["source"]["path"]), text(&talk["title"]))).or_default().push(talk);
    }
    let naive = naive_talks(&archive);
    assert!(naive.len() > 1000, "{}", naive.len());
    let paths: HashSet<&str> = naive.iter().map(|talk| talk.path.as_str()).collect();
    let texts: HashMap<&str, String> = paths.iter().map(|path| (*path, std::fs::read_to_string(path).expect("a text"))).collect();
    let lines: HashMap<&str, Vec<&str>> = texts.iter().map(|(path, text)| (*path, text.lines().collect())).collect();
    let ids: HashSet<&str> = talks.iter().map(|talk| text(&talk["id"])).collect();
    assert_eq!(ids.len(), talks.len(), "ids are unique");
    for expected in &naive {
        let same = found.get(&(expected.path.as_str(), expected.title.as_str())).into_iter().flatten();
        let Some(talk) = same.copied().find(|talk| text(&talk["id"]).starts_with(&expected.id)) else {
            // An exact double is shown once: of the same id, or at the same second of the same video.
            let video = expected.recording.as_ref().map_or("", |(_, id)| id);
            let same = |talk: &Value| text(&talk["recording"]["id"]) == video && talk["start"].as_u64() == expected.cues[0];
            let double = ids.contains(expected.id.as_str()) || (expected.cues[0].is_some() && talks.iter().any(same));
            assert!(double, "{} of {} is lost", expected.id, expected.path);
            continue;
        };
        let of = expected.path.as_str();
        holds(talk, expected, &lines[of], told.contains(of.trim_end_matches(".yml")));
    }
    assert!(talks.len() <= naive.len(), "{} talks of {}", talks.len(), naive.len());
}

/// Does a listed talk say what the naive reading says?
fn holds(talk: &Value, expected: &Naive, lines: &[&str], told: bool) {
    let id = &expected.id;
    let names: Vec<&str> = talk["speakers"].as_array().expect("speakers").iter().map(|speaker| text(&speaker["name"])).collect();
    assert_eq!(names, expected.speakers, "{id}");
    assert_eq!(talk["start"].as_u64(), expected.cues[0], "{id}");
    if talk["provenance"]["end"] != "derived" {
        assert_eq!(talk["end"].as_u64(), expected.cues[1], "{id}");
    }
    assert!(text(&talk["status"]) == expected.status || (text(&talk["status"]) == "cancelled" && talk["recording"].is_null()), "{id}");
    let recording = &talk["recording"];
    match &expected.recording {
        Some((provider, video)) if !recording.is_null() => {
            let name = if provider == "mp4" { "file" } else { provider };
            assert!(text(&recording["provider"]) == name || text(&recording["provider"]) == "page", "{id}");
            assert!(video.replace("?h=", "/").contains(text(&recording["id"])), "{id}: {recording} for {video}");
        }
        Some(_) => assert!(told, "{id} has no recording, and nobody says why"),
        // A provider that nobody knows is told, and may have given an address all the same.
        None => assert!(recording.is_null() || told, "{id}"),
    }
    let line = usize::try_from(talk["source"]["line"].as_u64().expect("a line")).expect("a number");
    let line = lines[line - 1].trim_start();
    assert!(line.starts_with('-') && (line.contains(id.as_str()) || !line.starts_with("- id:")), "{id} is not at {line:?}");
}

#[test]
fn each_cue_that_is_still_to_be_found_is_told() {
    let Some(archive) = corpus("rubyevents") else { return };
    let source = archive.to_string_lossy().into_owned();
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    for talk in naive_talks(&archive).iter().filter(|talk| talk.todos > 0) {
        *expected.entry(talk.path.clone()).or_default() += talk.todos;
    }
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let checked = run(&["check", &source]);
    for problem in checked.stdout.lines().filter(|line| line.contains("_cue` is still to be found")) {
        let (path, rest) = problem.split_once(".yml:").expect("a place");
        let path = format!("{path}.yml");
        let line: usize = rest.split(':').next().and_then(|line| line.parse().ok()).expect("a line");
        let file = std::fs::read_to_string(&path).expect("a text");
        assert!(file.lines().nth(line - 1).expect("there").contains("TODO"), "{problem}");
        *told.entry(path).or_default() += 1;
    }
    assert_eq!(told, expected);
    assert!(expected.values().sum::<usize>() > 10);
}

#[test]
fn every_other_name_is_told() {
    let Some(archive) = corpus("rubyevents") else { return };
    let path = archive.join("data/speakers.yml");
    let people: Yaml = serde_yaml::from_str(&std::fs::read_to_string(&path).expect("a text")).expect("YAML");
    let mut expected: Vec<(&str, &str)> = Vec::new();
    for person in people.as_sequence().expect("a list") {
        let others = person.get("aliases").and_then(Yaml::as_sequence).into_iter().flatten();
        expected.extend(others.map(|other| (field(person, "name"), field(other, "name"))));
    }
    let text = std::fs::read_to_string(&path).expect("a text");
    let lines: Vec<&str> = text.lines().collect();
    let reading = read(&[Source::at(&path)]).0.remove(0).reading;
    let told: Vec<(&str, &str)> = reading.aliases.iter().map(|alias| (alias.name.as_str(), alias.other.as_str())).collect();
    assert_eq!(told, expected);
    assert!(expected.len() > 50);
    for alias in &reading.aliases {
        let line = alias.source.line.and_then(|line| lines.get(line as usize - 1)).expect("a line");
        // Quotes in a name may be written in two ways.
        let start = alias.other.split(['"', '\'', '\\']).next().unwrap_or_default();
        assert!(line.contains("name:") && line.contains(start), "{alias:?} is not at {line:?}");
    }
}

#[test]
fn files_of_other_archives_are_left_to_others() {
    let Some(archive) = corpus("rubyevents") else { return };
    let corpora = archive.parent().expect("a folder above");
    let mut looked_at = 0;
    for entry in std::fs::read_dir(corpora).expect("a folder") {
        let folder = entry.expect("an entry").path();
        if folder == archive || !folder.is_dir() {
            continue;
        }
        let mut paths = Vec::new();
        files(&folder, &mut paths);
        for path in paths {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let source = SourceText { place: Place::of(&path), text };
            assert!(!rubyevents::detect(&source), "{} is none of this format", path.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 100, "{looked_at}");
}

/// What stands in a file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Written {
    Nothing(()),
    Text(String),
    List(Vec<Written>),
    Keys(BTreeMap<String, Written>),
}

/// Is it the same? What the whole parser takes for a number or a truth is not written there any more as it was.
fn is_the_same(written: &Written, whole: &Yaml) -> bool {
    match (written, whole) {
        (Written::Nothing(()), Yaml::Null) | (Written::Text(_), Yaml::Number(_) | Yaml::Bool(_)) => true,
        (Written::Text(a), Yaml::String(b)) => a == b,
        (Written::List(a), Yaml::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_the_same(a, b)),
        (Written::Keys(a), Yaml::Mapping(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key.as_str()).is_some_and(|b| is_the_same(a, b)))
        }
        _ => false,
    }
}

#[test]
fn the_quick_reader_reads_nearly_every_file_and_as_the_whole_parser_does() {
    let Some(archive) = corpus("rubyevents") else { return };
    let mut paths = Vec::new();
    files(&archive, &mut paths);
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yml"));
    let mut refused = 0;
    for path in &paths {
        let text = std::fs::read_to_string(path).expect("a text");
        let Ok(written) = quick::read::<Written>(&text) else {
            refused += 1;
            continue;
        };
        let whole: Yaml = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(is_the_same(&written, &whole), "{}", path.display());
    }
    assert!(refused * 50 < paths.len(), "{refused} of {} are left to the whole parser", paths.len());
}
