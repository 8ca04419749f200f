//! Info JSON of yt-dlp, and chapters in descriptions, as the program reads them.

use super::{corpus, fixture, run};
use cuepoint::domain::Cue;
use cuepoint::source::chapters::{Found, chapters};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn listed(path: &str) -> Vec<Value> {
    let listed = run(&["list", "--format", "json", "--source", path]);
    serde_json::from_str(&listed.stdout).unwrap_or_else(|e| panic!("{e}: {}", listed.stderr))
}

/// `date series | by-line | title | start-end | inner chapters`.
fn told(talk: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let people = talk["speakers"].as_array().expect("speakers").iter();
    let people: Vec<String> = people.map(|p| format!("{}/{}", text(&p["name"]), text(&p["company"]))).collect();
    let cue = |key: &str| talk[key].as_u64().map_or("-".to_owned(), |s| s.to_string());
    let inner = talk["chapters"].as_array().expect("chapters").len();
    let event = &talk["event"];
    format!(
        "{} {} | {} | {} | {}-{} | {inner}",
        text(&event["date"]),
        text(&event["series"]),
        people.join(", "),
        text(&talk["title"]),
        cue("start"),
        cue("end")
    )
}

#[test]
fn videos_and_playlists_become_talks() {
    let talks: Vec<String> = listed(&fixture("yt-dlp")).iter().map(told).collect();
    assert_eq!(
        talks,
        [
            "2021-06-09 Harbour Meetup | Nora Quay/Kelp | Ropes that do not rot | 271-2282 | 0",
            "2021-06-09 Harbour Meetup | Otis Mole/Elm & Sons | Tides for the impatient | 3079-5040 | 0",
            "2020-03-02 Harbour Meetup | Vera Splice/- | Why knots slip | --- | 3",
            "2019-11-02 QuayConf | Ada Pier/-, Ben Lock/- | Dredging at scale | --- | 0",
            "2019-11-02 QuayConf | Cleo Mast/- | Talk by Cleo Mast | 12-303 | 0",
            "2019-11-02 QuayConf | Dan Keel/- | Talk by Dan Keel | 303-580 | 0",
            "2019-11-02 QuayConf | Eve Hull/- | Talk by Eve Hull | 895-1300 | 0",
            "2019-11-02 QuayConf | / | A placeholder without a day | --- | 0",
        ]
        .map(|line| line.replace("| / |", "|  |"))
    );
    let checked = run(&["check", &fixture("yt-dlp")]);
    let told = format!("{}{}", checked.stdout, checked.stderr);
    assert!(told.contains("playlist.json:1:30: note: videos of the playlist that could not be fetched, and are left out: 1"), "{told}");
    assert!(
        told.contains("playlist.json:1:30: warning: videos of the playlist without a date, which are put to its first day: 1"),
        "{told}"
    );
}

#[test]
fn chapters_are_shown_and_found() {
    let source = fixture("yt-dlp");
    let talk = &listed(&format!("{source}/alone.info.json"))[0];
    let wanted = serde_json::json!([{"start": 0, "title": "Hello"}, {"start": 62, "title": "The physics of friction"}, {"start": 700, "title": "Better bowlines"}]);
    assert_eq!((&talk["chapters"], &talk["provenance"]["chapters"]), (&wanted, &Value::from("stated")));
    let shown = run(&["show", "--source", &source, talk["id"].as_str().expect("an id")]).stdout;
    assert!(shown.contains("\nChapters\n  - 0:00 Hello\n  - 1:02 The physics of friction\n  - 11:40 Better bowlines\n"), "{shown}");
    let found = run(&["list", "--source", &source, "bowlines"]).stdout;
    assert!(found.contains("Why knots slip"), "{found}");
}

#[test]
fn chapters_survive_being_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_string_lossy().into_owned();
    run(&["import", &fixture("yt-dlp"), "--out", &out]);
    // Whose the recording is, the talk's or the event's, follows from where it is written.
    let bare = |talks: Vec<Value>| -> Vec<Vec<Value>> {
        let mut talks = talks;
        for talk in &mut talks {
            talk["provenance"].as_object_mut().expect("an object").remove("recording");
        }
        let keys = ["title", "speakers", "start", "end", "chapters", "provenance"];
        talks.iter().map(|talk| keys.iter().map(|key| talk[*key].clone()).collect()).collect()
    };
    assert_eq!(bare(listed(&out)), bare(listed(&fixture("yt-dlp"))));
    let written = std::fs::read_to_string(folder.path().join("harbour-meetup/2020-03-02.yml")).expect("it was written");
    assert!(written.contains("  chapters:\n  - start: \"0:00\"\n    title: Hello\n"), "{written}");
}

fn json_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            json_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            files.push(path);
        }
    }
}

/// What a person counts in each file: how many chapters, the first cue and the last. Two have an agenda in hours and minutes.
const BY_EYE: &[(&str, usize, &str, &str)] = &[
    ("djangocon-2009/videos/djangocon-2009--lightning-talks-day-2", 4, "0:09", "12:13"),
    ("djangocon-2011/videos/djangocon-2011--lightning-talks---thursday-mornin", 18, "0:00", "1:06:35"),
    ("djangocon-us-2016/videos/djangocon-us-2016-day-2-lightning-talks-by-many-people", 8, "0:14", "30:36"),
    // One of the nine is by nobody known, about nothing known.
    ("djangocon-us-2017/videos/lightning-talks-day-2", 8, "0:00", "35:26"),
    ("djangocon-us-2019/videos/djangocon-2019-lightning-talks-day-2-by-kojo-idrissa", 9, "0:00", "40:27"),
    ("europython-2022/videos/dance-with-shadows-stubs-patch-and-mock-presented-by-maria-andrea-vignau", 6, "0:00", "21:00"),
    ("europython-2023/videos/lightning-talks-wednesday", 11, "0:00", "42:49"),
    ("europython-2024/videos/europython-2024-lightning-talks-friday", 13, "0:00", "54:43"),
    ("europython-2024/videos/europython-2024-lightning-talks-thursday", 9, "0:00", "44:24"),
    ("kiwi-pycon-2014/videos/lightning-talks-12", 20, "1:44", "1:19:34"),
    ("kiwi-pycon-2017/videos/12704", 8, "0:00", "29:30"),
    ("pycon-au-2015/videos/lightning-talks-19", 12, "0:00", "41:06"),
    ("pycon-au-2017/videos/lightning-talks-sunday", 14, "0:19", "53:37"),
    ("pycon-au-2021/videos/lightning-talks-christopher-neugebauer-libby-berrie-pyconline-au-2021", 18, "0:00", "1:18:50"),
    ("pycon-es-2016/videos/charlas-rapidas-thepymientoproject-pycones-2016", 9, "2:54", "39:56"),
    ("pycon-sk-2018/videos/interviews-cc-pycon-sk-2018", 14, "0:00", "5:18"),
    ("pycon-us-2009/videos/pycon-2009--plenary--morning-lightning-talks--sat", 12, "0:00", "49:50"),
    ("pycon-us-2010/videos/pycon-2010--plenary--friday-evening-lightning-tal", 11, "0:00", "48:00"),
    ("pycon-us-2011/videos/pycon-2011--saturday-morning-lightning-talks", 6, "0:00", "25:20"),
    ("pycon-us-2013/videos/sunday-evening-lightning-talks", 12, "0:00", "53:44"),
    ("pycon-us-2017/videos/lightning-talks-may-20th-2017-evening-session", 11, "0:30", "47:15"),
    ("pycon-us-2021/videos/summit-education", 9, "0:00", "1:53:28"),
    ("pycon-us-2021/videos/summit-trainers", 0, "", ""),
    ("pycon-us-2022/videos/lightning-talks-day-1", 12, "0:50", "49:15"),
    ("pycon-us-2022/videos/lightning-talks-day-2-am", 10, "0:45", "46:44"),
    ("pycon-us-2025/videos/lightning-talks-friday", 12, "2:05", "52:55"),
    ("pyohio-2011/videos/pyohio-2011--saturday-lightning-talks", 8, "0:00", "33:20"),
    ("pyohio-2013/videos/saturday-lightning-talks-0", 9, "0:00", "38:51"),
    ("pyohio-2015/videos/more-lightning-talks", 10, "0:00", "33:15"),
    ("pytexas-2017/videos/lightning-talks-pytexas-2017", 7, "0:00", "39:22"),
    ("pytexas-2023/videos/lightning-talks-day-2-pytexas-202", 6, "0:00", "25:55"),
    ("scipy-2017/videos/lightning-talks-scipy-2017-fri-july-14", 14, "2:45", "1:03:00"),
];

fn chapters_of(video: &Value) -> Option<Found> {
    let length = video["duration"].as_f64().filter(|seconds| *seconds > 0.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let length = length.and_then(|seconds| Cue::from_seconds(seconds as u64).ok());
    chapters(video["description"].as_str()?, length)
}

#[test]
fn real_descriptions_hold_what_a_person_counts() {
    let Some(folder) = corpus("descriptions-with-chapters/pyvideo") else { return };
    let mut files = Vec::new();
    json_files(&folder, &mut files);
    for file in files {
        let name = file.strip_prefix(&folder).expect("below it").with_extension("").to_string_lossy().replace('\\', "/");
        let video: Value = serde_json::from_str(&std::fs::read_to_string(&file).expect("text")).expect("JSON");
        let found = chapters_of(&video).unwrap_or_default().chapters;
        let Some((_, count, first, last)) = BY_EYE.iter().find(|(known, ..)| *known == name) else {
            // Another half of the archive: whatever is found rises and has titles.
            assert!(found.windows(2).all(|pair| pair[0].start < pair[1].start) && found.iter().all(|c| !c.title.is_empty()), "{name}");
            continue;
        };
        let ends = |cue: Option<Cue>| cue.map(|cue| cue.to_string()).unwrap_or_default();
        let read = (found.len(), ends(found.first().map(|c| c.start)), ends(found.last().map(|c| c.start)));
        assert_eq!(read, (*count, (*first).to_owned(), (*last).to_owned()), "{name}: {found:#?}");
    }
}

/// Every line that begins with a time or ends with one, naively read.
fn times(description: &str) -> usize {
    let time = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        word.contains(':') && Cue::parse(word).is_ok()
    };
    let lines =
        description.lines().map(|line| line.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect::<Vec<_>>());
    lines.filter(|words| words.first().is_some_and(|word| time(word)) || words.last().is_some_and(|word| time(word))).count()
}

#[test]
fn in_a_whole_archive_only_lists_are_chapters() {
    let Some(folder) = corpus("pyvideo") else { return };
    let mut files = Vec::new();
    json_files(&folder, &mut files);
    let mut lists = 0;
    for file in files.iter().filter(|file| file.to_string_lossy().contains("videos")) {
        let Ok(video) = serde_json::from_str::<Value>(&std::fs::read_to_string(file).expect("text")) else { continue };
        let Some(description) = video["description"].as_str() else { continue };
        let found = chapters_of(&video);
        lists += usize::from(found.is_some());
        // Prose with a time or two in it holds no list.
        if times(description) < 2 && description.matches(':').count() < 6 {
            assert_eq!(found, None, "{}", file.display());
        }
        let Some(found) = found else { continue };
        assert!(found.chapters.windows(2).all(|pair| pair[0].start < pair[1].start), "{}", file.display());
        assert!(found.chapters.len() <= description.matches(':').count() + description.matches(';').count(), "{}", file.display());
    }
    assert!(lists > 0 && lists * 20 < files.len(), "{lists} of {}", files.len());
}

#[test]
fn real_info_files_say_what_a_naive_reading_says() {
    let Some(folder) = corpus("infojson-tubesync") else { return };
    let mut files = Vec::new();
    json_files(&folder, &mut files);
    let mut read = 0;
    for file in files {
        let Ok(video) = serde_json::from_str::<Value>(&std::fs::read_to_string(&file).expect("text")) else { continue };
        let (Some(title), Some(day)) = (video["title"].as_str(), video["upload_date"].as_str()) else { continue };
        read += 1;
        let path = file.to_string_lossy();
        let talks = listed(&path);
        assert_eq!(talks.len(), 1, "{path}");
        let talk = &talks[0];
        assert!(title.contains(talk["title"].as_str().expect("a title")), "{path}");
        let date = video["release_date"].as_str().unwrap_or(day);
        assert_eq!(talk["event"]["date"].as_str().expect("a date").replace('-', ""), date, "{path}");
        if let Some(stated) = video["chapters"].as_array() {
            let wanted: Vec<&str> = stated.iter().filter_map(|chapter| chapter["title"].as_str()).collect();
            let shown: Vec<&str> = talk["chapters"].as_array().expect("chapters").iter().filter_map(|c| c["title"].as_str()).collect();
            assert_eq!(shown, wanted, "{path}");
        }
        if video["extractor"] == "youtube" && video["webpage_url"].is_string() {
            assert_eq!(talk["recording"]["id"], video["id"], "{path}");
        }
    }
    assert!(read > 0);
}

#[test]
fn no_other_archive_is_taken_for_info_files() {
    for name in ["pyvideo", "media-ccc-api", "descriptions-with-chapters", "nasty"] {
        let Some(folder) = corpus(name) else { return };
        let mut files = Vec::new();
        json_files(&folder, &mut files);
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            let source = cuepoint::source::SourceText { place: cuepoint::domain::Place::of(&file), text };
            assert!(!cuepoint::source::ytdlp::detect(&source), "{}", file.display());
        }
    }
}
