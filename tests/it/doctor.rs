//! `cuepoint doctor`: what it finds in places that are as they should be, and in others.

#[cfg(unix)]
use crate::executable;
use crate::{Run, cuepoint, fixture};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Runs in a home of its own.
fn doctor(home: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = cuepoint(&[&["doctor"], arguments].concat());
    for (name, folder) in [("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "data"), ("HOME", "")] {
        command.env(name, home.join(folder));
    }
    command.envs(environment.iter().copied());
    command.output().expect("it runs").into()
}

/// A check of the JSON: its state, and what it says.
fn check(run: &Run, name: &str) -> (String, String) {
    let sections: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let mut checks = sections.as_array().expect("sections").iter().flat_map(|section| section["checks"].as_array().expect("checks"));
    let check = checks.find(|check| check["name"] == name).unwrap_or_else(|| panic!("{name} is in {sections}"));
    (check["state"].as_str().expect("a state").to_owned(), check["says"].as_str().expect("a sentence").to_owned())
}

#[test]
fn where_nothing_opens_links_it_says_so() {
    let home = tempfile::tempdir().expect("a folder");
    // Programs that are asked for their version may leave folders of their own.
    let run = doctor(home.path(), &["--format", "json"], &[("PATH", "")]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let (state, says) = check(&run, "copying");
    assert_eq!(state, "look");
    assert!(says.contains("set `open`"), "{says}");
    assert_eq!(check(&run, "$BROWSER"), ("note".into(), "not tried: it is not set".into()));
    assert_eq!(check(&run, "desktop"), ("note".into(), "not tried: this is an SSH session without a display".into()));
    assert_eq!(check(&run, "session").1, "over SSH, without a display");
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0, "it leaves nothing behind");
}

#[cfg(unix)]
#[test]
fn what_would_be_used_and_what_is_to_be_mended() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(home.path().join("config/cuepoint")).expect("a folder");
    fs::write(home.path().join("config/cuepoint/config.toml"), "open = [\"sh\", \"open.sh\", \"{url}\"]\n").expect("written");
    let run = doctor(home.path(), &["--format", "json"], &[("BROWSER", "true")]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    let (state, says) = check(&run, "`open` in the configuration");
    assert!(state == "good" && says.starts_with("used: sh (/"), "{state}: {says}");
    assert!(check(&run, "$BROWSER").1.starts_with("if those before it fail: true (/"));

    fs::write(home.path().join("config/cuepoint/config.toml"), "open = [\"no-such-program-here\"]\nmuose = 1\n").expect("written");
    let run = doctor(home.path(), &["--format", "json"], &[("BROWSER", "true:gone-browser")]);
    assert_eq!(run.status, 1);
    assert_eq!(check(&run, "`open` in the configuration").0, "look");
    let (state, says) = check(&run, "$BROWSER");
    assert!(state == "look" && says.starts_with("used: true (/") && says.ends_with("not to be run: gone-browser"), "{says}");
    let (state, says) = check(&run, "configuration");
    assert!(state == "look" && says.ends_with("config.toml: 1 mistake, see `cuepoint config check`"), "{says}");
}

#[test]
fn people_get_lines_without_colours_in_a_pipe() {
    let home = tempfile::tempdir().expect("a folder");
    let run = doctor(home.path(), &["--source", &fixture("harbour")], &[("TERM", "evil\u{1b}[31m")]);
    for wanted in [
        "Opening, in this order\n",
        "Terminal\n",
        "Files\n",
        "Playing\n",
        "Library\n",
        "  · archive",
        "1 source, no snapshot yet\n",
        "evil␛[31m",
    ] {
        assert!(run.stdout.contains(wanted), "{wanted}: {}", run.stdout);
    }
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn programs_that_hang_or_lie_cost_a_second_and_no_more() {
    use std::os::unix::fs::symlink;
    let home = tempfile::tempdir().expect("a folder");
    let bin = home.path().join("bin");
    fs::create_dir(&bin).expect("a folder");
    executable(&bin.join("mpv"), "#!/bin/sh\nprintf 'mpv 9\\033[31m.9 Copyright by many\\nmore\\n'\n");
    executable(&bin.join("yt-dlp"), "#!/bin/sh\nsleep 60 & sleep 60\n");
    for (name, tool) in [("sh", "/bin/sh"), ("sleep", "/bin/sleep")] {
        symlink(tool, bin.join(name)).expect("a link");
    }
    let start = std::time::Instant::now();
    let run = doctor(home.path(), &["--format", "json"], &[("PATH", &bin.to_string_lossy())]);
    assert!(start.elapsed() < std::time::Duration::from_secs(15), "{:?}", start.elapsed());
    assert_eq!(check(&run, "mpv"), ("good".into(), "mpv 9␛[31m.9".into()));
    assert_eq!(check(&run, "yt-dlp"), ("note".into(), "here, but it told no version within a second".into()));
    let run = doctor(home.path(), &["--format", "json"], &[("PATH", "")]);
    assert_eq!(check(&run, "mpv").0, "note");
}

#[cfg(unix)]
#[test]
fn the_player_that_is_configured_is_looked_for() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(home.path().join("config/cuepoint")).expect("a folder");
    let settings = home.path().join("config/cuepoint/config.toml");
    fs::write(&settings, "player = [\"sh\", \"play.sh\", \"{url}\"]\nwhen_leaving = \"stop\"\n").expect("written");
    let run = doctor(home.path(), &["--format", "json"], &[("BROWSER", "true")]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let (state, says) = check(&run, "player");
    assert!(
        state == "good" && says.starts_with("sh play.sh {url} (/") && says.ends_with("/sh), started for each talk, and left alone"),
        "{says}"
    );
    assert_eq!(check(&run, "when leaving").1, "what plays is stopped when the screen is left");
    assert!(!run.stdout.contains("yt-dlp"), "another player does not need it");

    fs::write(&settings, "player = [\"no-such-player\"]\n").expect("written");
    let run = doctor(home.path(), &["--format", "json"], &[("BROWSER", "true")]);
    assert_eq!(run.status, 1);
    assert_eq!(check(&run, "player"), ("look".into(), "not to be found or not to be run: no-such-player".into()));
    assert_eq!(check(&run, "when leaving").1, "what plays goes on playing when the screen is left");

    // One that nobody named is missed by nobody.
    fs::remove_file(&settings).expect("removed");
    let run = doctor(home.path(), &["--format", "json"], &[("BROWSER", "/bin/true"), ("PATH", "")]);
    assert_eq!((run.status, check(&run, "player").0.as_str()), (0, "note"), "{}", run.stdout);
}

/// Keeps a star and a note on a talk of a fixture, and a star on one that is nowhere.
fn keep(home: &Path) {
    let kept = home.join("kept.jsonl");
    let lines = "{\"type\":\"talk\",\"id\":\"boat-nights-2024-05-01-sails-for-services\",\"title\":\"Sails for services\",\
                 \"date\":\"2024-05-01\",\"starred\":\"2024-05-02T08:00:00Z\",\
                 \"notes\":[{\"text\":\"so\",\"written\":\"2024-05-02T09:00:00Z\"}]}\n\
                 {\"type\":\"talk\",\"id\":\"gone\",\"title\":\"Gone\",\"date\":\"2019-01-01\",\"starred\":\"2024-05-02T08:00:00Z\"}\n";
    fs::write(&kept, lines).expect("written");
    let mut command = cuepoint(&["library", "import", &kept.to_string_lossy()]);
    let run: Run = command.env("XDG_DATA_HOME", home.join("data")).output().expect("it runs").into();
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn the_library_is_looked_through_and_left_as_it_is() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("data/cuepoint");
    let source = fixture("events");
    let look = || doctor(home.path(), &["--format", "json", "--source", &source], &[("BROWSER", "true"), ("PATH", "")]);
    let none = look();
    assert_eq!(check(&none, "library"), ("note".into(), format!("{}: nothing is kept yet", folder.display())));
    assert!(!folder.exists());

    keep(home.path());
    fs::write(folder.join("library-v1-2024-05-01.db"), "").expect("written");
    let files = || {
        let mut files: Vec<_> = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        files.into_iter().map(|path| (fs::read(&path).expect("read"), path)).collect::<Vec<_>>()
    };
    let before = files();
    let run = look();
    assert_eq!(check(&run, "library"), ("good".into(), format!("{}, version 1", folder.join("library.db").display())));
    assert_eq!(check(&run, "changes"), ("good".into(), "they can be kept".into()));
    let kept = check(&run, "kept").1;
    assert!(kept.starts_with("2 marked talks, 2 stars, ") && kept.contains(", 1 note, "), "{kept}");
    assert_eq!(check(&run, "backups").1, "1 backup, the newest library-v1-2024-05-01.db");
    let (state, says) = check(&run, "marked talks");
    assert!(state == "note" && says.starts_with("1 marked talk not in what is read; `cuepoint library check`"), "{says}");
    assert!(files() == before, "nothing was made or changed");
}

#[test]
fn a_library_that_cannot_be_had_is_told_with_what_to_do() {
    let home = tempfile::tempdir().expect("a folder");
    keep(home.path());
    let file = home.path().join("data/cuepoint/library.db");
    let look = || {
        let run = doctor(home.path(), &["--format", "json"], &[("BROWSER", "/bin/true"), ("PATH", "")]);
        assert_eq!(run.status, 1, "{}", run.stdout);
        run
    };
    let writer = rusqlite::Connection::open(&file).expect("opened");
    writer.execute_batch("BEGIN IMMEDIATE").expect("locked for writing");
    let run = look();
    assert_eq!(check(&run, "library").0, "good", "it can be read");
    let (state, says) = check(&run, "changes");
    assert!(state == "look" && says.ends_with("is locked by another program; close that, or try again"), "{says}");
    drop(writer);
    let whole = fs::read(&file).expect("read");
    let newer = [&whole[..60], &7_i32.to_be_bytes(), &whole[64..]].concat();
    for (bytes, words) in [(&newer[..], "was written by a newer cuepoint"), (&whole[..50], "is damaged (the file ends too early)")] {
        fs::write(&file, bytes).expect("written");
        let (state, says) = check(&look(), "library");
        assert!(state == "look" && says.contains(words) && says.contains("was left as it is"), "{says}");
        assert_eq!(fs::read(&file).expect("read"), bytes);
    }
}
