//! What is kept outlives the program: in a real pseudo-terminal, with real editors and players.

use crate::player::media::Media;
use crate::terminal::Terminal;
use crate::{executable, fixture};
use std::fs;
use std::path::Path;

/// The screen on the harbour fixture, with a library in a folder.
fn start(data: &Path, environment: &[(&str, &str)]) -> Terminal {
    let data = data.display().to_string();
    let all: Vec<(&str, &str)> = environment.iter().copied().chain([("XDG_DATA_HOME", data.as_str())]).collect();
    let terminal = Terminal::start((120, 36), &["--source", &fixture("harbour")], &all);
    terminal.expect("Rowing at scale");
    terminal
}

/// A program that stands in for an editor: a shell script that gets the file as `$1`.
fn script(folder: &Path, text: &str) -> String {
    let path = folder.join("program");
    executable(&path, &format!("#!/bin/sh\n{text}\n"));
    path.display().to_string()
}

#[test]
fn a_star_pressed_right_before_the_end_is_there_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = start(folder.path(), &[]);
    terminal.press("\rsq");
    assert_eq!(terminal.end(), 0);
    let mut terminal = start(folder.path(), &[]);
    terminal.expect("★");
    terminal.press("/is:starred");
    terminal.expect("1 of 5");
    terminal.press("\x1b");
    terminal.expect_gone("is:starred");
    // Taken back, and gone for good.
    terminal.press("\ru");
    terminal.expect("nothing");
    terminal.press("s");
    terminal.expect_gone("★");
    terminal.press("u");
    terminal.expect("★");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn two_screens_see_each_others_marks() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut one, mut other) = (start(folder.path(), &[]), start(folder.path(), &[]));
    one.press("\rs");
    other.expect("★");
    other.press("\rjs");
    one.wait("both stars", |screen| screen.contents().matches('★').count() == 2);
    for terminal in [&mut one, &mut other] {
        terminal.press("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn a_note_is_written_in_the_editor_and_the_screen_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let editor = script(folder.path(), "echo 'the editor has the terminal'; printf '13:00 *Oars*, not sails\\n' > \"$1\"");
    let mut terminal = start(folder.path(), &[("EDITOR", &editor), ("VISUAL", "")]);
    terminal.press("\rN");
    terminal.expect("Oars, not sails");
    terminal.expect("Your notes");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn an_editor_that_fails_or_is_missing_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let editor = script(folder.path(), "echo broken > \"$1\"; exit 3");
    let mut terminal = start(folder.path(), &[("EDITOR", &editor), ("VISUAL", "")]);
    terminal.press("\rN");
    terminal.expect("failed (exit status: 3), so nothing was changed; what was written is in");
    terminal.wait("the path", |screen| shown_path(&screen.contents()).is_some());
    let path = shown_path(&terminal.shown()).expect("a path");
    assert_eq!(fs::read_to_string(&path).expect("what was written"), "broken\n");
    fs::remove_dir_all(Path::new(&path).parent().expect("its folder")).expect("removed");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = start(folder.path(), &[("EDITOR", "no-such-editor"), ("VISUAL", "")]);
    terminal.press("\rN");
    terminal.expect("no-such-editor cannot be started");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_is_interrupted_in_the_editor_does_not_end_the_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let editor = script(folder.path(), "trap 'echo 13:00 still here > \"$1\"; exit 0' INT; echo waiting; while :; do sleep 0.05; done");
    let mut terminal = start(folder.path(), &[("EDITOR", &editor), ("VISUAL", "")]);
    terminal.press("\rN");
    terminal.expect("waiting");
    terminal.press("\x03");
    terminal.expect("still here");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

/// An evening of two talks in a recording.
fn evening(folder: &Path, recording: &str, first: &str) {
    let text = format!(
        "series: Harbour Nights\ntitle: Tide and Rope\ndate: 2024-05-01\nrecording: {recording}\ntalks:\n- title: {first}\n  \
         speakers:\n  - name: Ann Lee\n  start: \"0:01\"\n  end: \"0:03\"\n- title: Knots we tie\n  speakers:\n  - name: Bo van Ek\n  \
         start: \"0:03\"\n  end: \"0:05\"\n"
    );
    fs::write(folder.join("2024-05-01.yml"), text).expect("an evening");
}

#[test]
fn a_talk_of_a_local_recording_plays_to_its_end_and_the_next_is_offered() {
    let Some(media) = Media::get() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    evening(folder.path(), media.address(), "Rowing at scale");
    let config = folder.path().join("config.toml");
    fs::write(&config, "player = [\"mpv\", \"--no-config\", \"--vo=null\", \"--ao=null\"]\nwhen_leaving = \"stop\"\n").expect("settings");
    let arguments = ["--config", &config.display().to_string(), "--source", &folder.path().display().to_string()];
    let data = folder.path().join("data").display().to_string();
    let mut terminal = Terminal::start((120, 36), &arguments, &[("XDG_DATA_HOME", &data)]);
    terminal.expect("Rowing at scale");
    // Enter on a talk of a file plays it: no browser is asked.
    terminal.press("\r\r");
    terminal.expect("▶ Rowing at scale");
    terminal.expect("“Rowing at scale” is over; > plays “Knots we tie”");
    terminal.expect("✓");
    terminal.press(">");
    terminal.expect("▶ Knots we tie");
    terminal.press(" ");
    terminal.expect("‖ Knots we tie");
    terminal.press("X");
    terminal.expect("Stopped “Knots we tie” at 0:0");
    terminal.expect("◐");
    terminal.press("L");
    terminal.wait("the history", |screen| screen.contents().lines().any(|line| line.contains("History") && line.contains('2')));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn stars_and_notes_survive_a_corrected_title_and_cue() {
    let folder = tempfile::tempdir().expect("a folder");
    let recording = "https://www.youtube.com/watch?v=AAAAAAAAAA9";
    evening(folder.path(), recording, "Rowign at scale");
    let source = folder.path().display().to_string();
    let data = folder.path().join("data").display().to_string();
    let mut terminal = Terminal::start((120, 36), &["--source", &source], &[("XDG_DATA_HOME", &data)]);
    terminal.expect("Rowign at scale");
    terminal.press("\rs");
    terminal.expect("★");
    terminal.press("n0:02 Oars\r");
    terminal.expect("Your notes");
    // Corrected while the screen is open, and again before the next start.
    evening(folder.path(), recording, "Rowing at scale");
    terminal.expect("Rowing at scale");
    terminal.wait("the star of before", |screen| screen.contents().contains('★') && screen.contents().contains("Oars"));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let text = fs::read_to_string(folder.path().join("2024-05-01.yml")).expect("the evening");
    fs::write(folder.path().join("2024-05-01.yml"), text.replace("start: \"0:01\"", "start: \"0:02\"")).expect("corrected");
    let mut terminal = Terminal::start((120, 36), &["--source", &source, "is:starred"], &[("XDG_DATA_HOME", &data)]);
    terminal.expect("1 of 2");
    terminal.expect("Oars");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

/// The path of a note that a screen names, wherever its lines break.
fn shown_path(screen: &str) -> Option<String> {
    let text: String = screen.lines().map(str::trim).collect();
    let from = text.find(&std::env::temp_dir().join("cuepoint-note-").display().to_string())?;
    let end = text[from..].find("note.md")? + from + "note.md".len();
    Some(text[from..end].to_owned())
}

#[test]
fn what_an_editor_has_open_outlives_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let seen = folder.path().join("seen");
    let lines = format!("echo '13:00 half a thought' > \"$1\"; echo \"$1\" > {}; while test -e {0}; do sleep 0.05; done", seen.display());
    let editor = script(folder.path(), &lines);
    let mut terminal = start(folder.path(), &[("EDITOR", &editor), ("VISUAL", "")]);
    terminal.press("\rN");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let path = loop {
        match fs::read_to_string(&seen) {
            Ok(path) if path.ends_with('\n') => break path.trim().to_owned(),
            _ => assert!(std::time::Instant::now() < end, "no editor"),
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    terminal.signal("TERM");
    terminal.end();
    assert_eq!(fs::read_to_string(&path).expect("it is still there"), "13:00 half a thought\n");
    fs::remove_file(&seen).expect("the editor ends");
    fs::remove_dir_all(Path::new(&path).parent().expect("its folder")).expect("removed");
}

#[test]
fn a_backup_comes_back_under_an_open_screen() {
    let data = tempfile::tempdir().expect("a folder");
    let (folder, backup) = (data.path().join("cuepoint"), data.path().join("backup.db"));
    let library = folder.join("library.db");
    let mut terminal = start(data.path(), &[]);
    terminal.press("\rsq");
    assert_eq!(terminal.end(), 0);
    fs::copy(&library, &backup).expect("a backup");
    let mut terminal = start(data.path(), &[]);
    terminal.expect("★");
    for name in ["library.db", "library.db-wal", "library.db-shm"] {
        let _ = fs::rename(folder.join(name), data.path().join(name));
    }
    terminal.expect("was moved away");
    terminal.press("\rj");
    assert!(!library.exists(), "none is made where the backup will be");
    fs::copy(&backup, &library).expect("copied");
    terminal.expect("can be had again");
    terminal.press("s");
    terminal.expect("Starred “Knots");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = start(data.path(), &[]);
    terminal.press("/is:starred");
    terminal.expect("2 of 5");
    terminal.press("\x1b");
    terminal.expect_gone("is:starred");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}
