//! Recordings that are files on this machine: what event files say of them, and what becomes of that.

use super::{Run, cuepoint, run};
use cuepoint::domain::Provider;
use cuepoint::player::Track;
use cuepoint::source::{Source, load};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with an event in a folder of it.
fn archive(folder: &str, recording: &str) -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a folder");
    let events = root.path().join(folder);
    fs::create_dir_all(&events).expect("a folder");
    let event = format!(
        "series: Harbour Nights\ndate: 2024-05-01\nrecording: {recording:?}\ntalks:\n- title: Ropes\n  start: \"1:30\"\n\
         - title: Knots\n  recording: knots & bends.webm\n"
    );
    fs::write(events.join("evening.yml"), event).expect("written");
    (root, events)
}

fn listed(source: &Path) -> Vec<Value> {
    let listed = run(&["list", "--format", "ndjson", "--source", source.to_str().expect("text")]);
    assert_eq!((listed.status, listed.stderr.as_str()), (0, ""));
    listed.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_file_lies_where_its_event_file_says() {
    let (_root, events) = archive("my talks", "films/100% #1?.mp4");
    let talks = listed(&events);
    let folder = events.to_str().expect("text");
    assert_eq!(talks[0]["recording"]["provider"], "local");
    assert_eq!(talks[0]["recording"]["id"], format!("{folder}/films/100% #1?.mp4"));
    let address = format!("file://{}", folder.replace(' ', "%20"));
    assert_eq!(talks[0]["url"], format!("{address}/films/100%25%20%231%3F.mp4#t=90"));
    assert_eq!(talks[1]["url"], format!("{address}/knots%20%26%20bends.webm"));
    let schema: Value = serde_json::from_str(&fs::read_to_string(crate::here("assets/talk.schema.json")).expect("a schema")).expect("JSON");
    let schema = jsonschema::draft202012::new(&schema).expect("a schema");
    assert!(talks.iter().all(|talk| schema.is_valid(talk)));
    let checked = run(&["check", folder]);
    assert_eq!(checked.status, 1);
    let missing = format!("evening.yml:5:3: warning: the recording {folder}/films/100% #1?.mp4 is not there");
    assert!(checked.stdout.contains(&missing) && checked.stdout.lines().count() == 2, "{}", checked.stdout);
    fs::create_dir(events.join("films")).expect("a folder");
    for file in ["films/100% #1?.mp4", "knots & bends.webm"] {
        fs::write(events.join(file), "").expect("a file");
    }
    assert_eq!(run(&["check", folder]).status, 0);
}

#[test]
fn it_is_the_same_wherever_the_program_is_started() {
    let (root, events) = archive("talks", "../films/evening.mp4");
    let whole = listed(&events);
    for (from, source) in [(root.path(), "talks"), (events.as_path(), "."), (events.as_path(), "evening.yml")] {
        let listed: Run =
            cuepoint(&["list", "--format", "ndjson", "--source", source]).current_dir(from).output().expect("the program starts").into();
        let talks: Vec<Value> = listed.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let recordings = |talks: &[Value]| talks.iter().map(|talk| talk["recording"].clone()).collect::<Vec<_>>();
        assert_eq!(recordings(&talks), recordings(&whole), "{source} from {}", from.display());
    }
}

#[test]
fn links_lead_to_the_file_as_the_system_follows_them() {
    let (root, events) = archive("real", "../evening.mp4");
    fs::write(root.path().join("evening.mp4"), "").expect("written");
    fs::create_dir(root.path().join("deep")).expect("a folder");
    let link = root.path().join("deep/talks");
    std::os::unix::fs::symlink(&events, &link).expect("a link");
    let loaded = load(&[Source::at(&link)]);
    let track = Track::of(&loaded.catalogue.talks()[0], None).expect("a recording");
    assert!(Path::new(&track.address).is_file(), "{}: .. is what lies above the folder, not above the link", track.address);
}

#[test]
fn a_folder_whose_name_is_no_text_costs_its_files_only() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let root = tempfile::tempdir().expect("a folder");
    let events = root.path().join(OsStr::from_bytes(b"n\xff"));
    fs::create_dir(&events).expect("a folder");
    let text = "series: Harbour Nights\ndate: 2024-05-01\nrecording: evening.mp4\ntalks:\n- title: Ropes\n";
    fs::write(events.join("evening.yml"), text).expect("written");
    let loaded = load(&[Source::at(root.path())]);
    let talk = &loaded.catalogue.talks()[0];
    assert_eq!((talk.title.as_str(), &talk.recording), ("Ropes", &None));
    assert!(loaded.problems.iter().any(|problem| problem.to_string().contains("`evening.mp4`")), "{:?}", loaded.problems);
}

#[test]
fn what_is_no_media_file_is_told_with_what_to_do() {
    for recording in ["evening", "/etc/passwd", "file:///etc/passwd", "ftp://a.example/b.mp4", "edl://a.mp4"] {
        let (_root, events) = archive("talks", recording);
        let check = run(&["check", events.to_str().expect("text")]);
        assert_eq!(check.status, 1, "{recording}");
        assert!(check.stdout.contains("evening.yml:3:12: error: ") && check.stdout.contains("evening.mp4"), "{}", check.stdout);
    }
}

#[test]
fn what_is_read_from_the_snapshot_is_the_same() {
    let (root, events) = archive("talks", "file:///srv/the%20evening.mp4#t=5");
    // As many files as are worth keeping.
    for number in 0..80 {
        let event = format!(
            "series: Boat Nights\ndate: 2023-01-01\nid: boat-{number}\ntalks:\n- title: Talk {number}\n  recording: {number}.mp4\n"
        );
        fs::write(events.join(format!("{number}.yml")), event).expect("written");
    }
    let cache = root.path().join("cache");
    let list = || -> String {
        let mut command = cuepoint(&["list", "--format", "ndjson", "--source", events.to_str().expect("text")]);
        let run: Run = command.env("XDG_CACHE_HOME", &cache).output().expect("the program starts").into();
        run.stdout
    };
    let (cold, warm) = (list(), list());
    assert_eq!((cold.lines().count(), &cold), (82, &warm));
    assert!(cold.contains("file:///srv/the%20evening.mp4#t=90"), "{cold}");
}

/// What a player that writes down its arguments was given, and what `cuepoint open` said.
fn opened(id: &str, events: &Path) -> (Run, Option<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (seen, config) = (folder.path().join("seen"), folder.path().join("config.toml"));
    let script = format!("printf '%s\\n' \"$@\" > '{}'", seen.display());
    let browser = format!("sh -c 'echo browser > {}' %s", folder.path().join("browser").display());
    fs::write(&config, format!("player = [\"sh\", \"-c\", {script:?}, \"sh\", \"{{start}}\", \"{{video_url}}\"]\n")).expect("written");
    let mut command = cuepoint(&["open", id, "--source", events.to_str().expect("text"), "--config", config.to_str().expect("text")]);
    let run = command.env("BROWSER", browser).output().expect("the program starts").into();
    assert!(!folder.path().join("browser").exists(), "no browser is handed a file");
    (run, fs::read_to_string(seen).ok())
}

#[test]
fn opening_a_file_plays_it() {
    let (_root, events) = archive("talks", "evening.mp4");
    let loaded = load(&[Source::at(&events)]);
    let talk = &loaded.catalogue.talks()[0];
    assert_eq!(talk.recording.as_ref().map(cuepoint::domain::Recording::provider), Some(Provider::Local));
    let (run, seen) = opened("ropes", &events);
    assert_eq!((run.status, run.stdout.as_str(), seen), (2, "", None), "it is not there");
    assert!(run.stderr.contains("the recording cannot be read, no such file or directory: "), "{}", run.stderr);
    let file = events.join("evening.mp4");
    fs::write(&file, "").expect("written");
    let (run, seen) = opened("ropes", &events);
    assert_eq!((run.status, run.stdout.as_str()), (0, "playing Ropes with sh\n"), "{}", run.stderr);
    assert_eq!(seen, Some(format!("90\n{}\n", file.display())));
    // A whole evening too.
    let (run, seen) = opened("harbour-nights-2024-05-01", &events);
    assert_eq!((run.status, seen), (0, Some(format!("{}\n", file.display()))), "{}", run.stderr);
}
