//! `cuepoint play`.

use super::*;
use crate::{Run, cuepoint};
use std::process::{Command, Stdio};

/// A folder with an archive of one talk, settings, and a place for sockets.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new(recording: &str, span: &str, player: &str) -> Home {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home { folder };
        for name in ["talks", "runtime", "programs"] {
            fs::create_dir(home.path(name)).expect("a folder");
        }
        let event = format!("series: Harbour Nights\ndate: 2024-05-01\ntalks:\n- title: Ropes\n  recording: {recording}\n{span}");
        fs::write(home.path("talks/evening.yml"), event).expect("written");
        fs::write(home.path("config.toml"), player).expect("written");
        home
    }

    /// One whose player is the real mpv.
    fn with_mpv(media: &Media, recording: &str, span: &str) -> Home {
        let home = Home::new(recording, span, "player = [\"./programs/mpv\", \"--no-config\", \"--vo=null\", \"--ao=null\"]\n");
        script(&home.path("programs"), "mpv", &format!("echo $$ > process\nexec {} \"$@\"", media.mpv.display()));
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self) -> Command {
        self.command_for("ropes")
    }

    fn command_for(&self, id: &str) -> Command {
        let (config, talks) = (self.path("config.toml"), self.path("talks"));
        let mut command = cuepoint(&["--config", config.to_str().expect("text"), "--source", talks.to_str().expect("text"), "play", id]);
        command.env("XDG_RUNTIME_DIR", self.path("runtime")).env("XDG_DATA_HOME", self.path("data")).current_dir(self.folder.path());
        command
    }

    fn play(&self) -> Run {
        self.play_id("ropes")
    }

    fn play_id(&self, id: &str) -> Run {
        let run: Run = self.command_for(id).output().expect("the program starts").into();
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        self.assert_nothing_left();
        run
    }

    fn assert_nothing_left(&self) {
        assert_eq!(fs::read_dir(self.path("runtime")).expect("a folder").count(), 0, "something is left");
    }
}

#[test]
fn a_talk_of_a_file_beside_its_event_is_played_to_its_end() {
    let Some(media) = Media::get() else { return };
    let home = Home::with_mpv(&media, "films/the evening.mp4", "  start: \"0:04\"\n  end: \"0:05\"\n");
    fs::create_dir(home.path("talks/films")).expect("a folder");
    fs::copy(&media.file, home.path("talks/films/the evening.mp4")).expect("copied");
    let run = home.play();
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "playing Ropes with mpv\n", ""));
}

#[test]
fn what_becomes_of_a_talk_is_kept() {
    let Some(media) = Media::get() else { return };
    let home = Home::with_mpv(&media, media.address(), "  start: \"0:01\"\n  end: \"0:03\"\n");
    assert_eq!(home.play().status, 0);
    assert_eq!(home.play().status, 0);
    let exported: Run = cuepoint(&["library", "export"]).env("XDG_DATA_HOME", home.path("data")).output().expect("the library").into();
    let talk: serde_json::Value = serde_json::from_str(exported.stdout.trim()).expect("a talk");
    assert!(talk["watched"].is_string() && talk["position"].is_null(), "{talk}");
    assert_eq!(talk["history"].as_array().map(Vec::len), Some(2), "{talk}");
}

#[test]
fn a_talk_that_plays_to_its_end_while_nobody_listens_is_watched() {
    let Some(media) = Media::get() else { return };
    let home = Home::with_mpv(&media, "long.mp4", "  start: \"0:02\"\n  end: \"0:10\"\n");
    media::lasting(12, &home.path("talks/long.mp4"));
    let mut command = home.command();
    let mut program = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
    wait_for("the player", || home.path("process").exists().then_some(()));
    let mut said = [0; 4];
    std::io::Read::read_exact(program.stdout.as_mut().expect("a pipe"), &mut said).expect("it plays");
    signal(program.id(), Signal::STOP);
    let number = fs::read_to_string(home.path("process")).expect("its number");
    let mpv: u32 = number.trim().parse().expect("a number");
    wait_for("the end of mpv", || (!is_at_work(mpv)).then_some(()));
    signal(program.id(), Signal::CONT);
    assert!(program.wait().expect("it ends").success());
    let exported: Run = cuepoint(&["library", "export"]).env("XDG_DATA_HOME", home.path("data")).output().expect("the library").into();
    let talk: serde_json::Value = serde_json::from_str(exported.stdout.trim()).expect("a talk");
    assert!(talk["watched"].is_string() && talk["position"].is_null(), "{talk}");
}

#[test]
fn what_cannot_be_played_is_told() {
    let Some(media) = Media::get() else { return };
    let run = Home::with_mpv(&media, "missing.mp4", "").play();
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("not played: the recording cannot be read, no such file or directory: /"), "{}", run.stderr);
    assert!(run.stderr.contains("/talks/missing.mp4"), "{}", run.stderr);

    // A web page, without the program that knows how to find the recording in it.
    let host = media::serve(b"<html>a page</html>".to_vec(), "text/html");
    let home = Home::with_mpv(&media, &format!("http://{host}/talk"), "");
    let run: Run = home.command().env("PATH", home.path("programs")).output().expect("the program starts").into();
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("not played: mpv cannot open it: ") && run.stderr.contains("yt-dlp"), "{}", run.stderr);
    home.assert_nothing_left();
}

#[test]
fn a_player_that_is_not_installed_is_told() {
    let home = Home::new("https://www.youtube.com/watch?v=AAAAAAAAAA1", "", "");
    let run: Run = home.command().env("PATH", home.path("programs")).output().expect("the program starts").into();
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("not played: mpv is not installed; install it"), "{}", run.stderr);
    home.assert_nothing_left();
}

#[test]
fn any_other_player_is_waited_for() {
    let home = Home::new("https://vimeo.com/123456", "  start: \"1:30\"\n", "player = [\"./programs/show\", \"{url}\"]\n");
    script(&home.path("programs"), "show", "printf '%s\\n' \"$@\" > seen; echo noise; exit $(cat status)");
    fs::write(home.path("status"), "0").expect("written");
    let run = home.play();
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "playing Ropes with show\n", ""));
    assert_eq!(fs::read_to_string(home.path("seen")).expect("it was started"), "https://vimeo.com/123456#t=90s\n");
    let evening = "series: Harbour Nights\ndate: 2024-05-01\nrecording: https://vimeo.com/123456\ntalks:\n- title: Ropes\n";
    fs::write(home.path("talks/evening.yml"), evening).expect("written");
    assert_eq!(home.play().stdout, "playing Ropes with show\nit opens at the recording's start, since no cue is known\n");
    assert_eq!(home.play_id("2024-05-01").stdout, "playing Harbour Nights 2024-05-01 with show\n", "no talk, no cue to be missed");
    fs::write(home.path("status"), "4").expect("written");
    let run = home.play();
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("not played: show failed (exit status: 4)"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_found_is_told() {
    let home = Home::new("https://vimeo.com/123456", "  status: not recorded\n", "");
    let run = home.play();
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("it was not recorded"), "{}", run.stderr);
}

#[test]
fn ctrl_c_ends_it_and_the_player() {
    use std::os::unix::process::ExitStatusExt;
    let Some(media) = Media::get() else { return };
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let home = Home::with_mpv(&media, media.address(), "");
        let mut child = home.command().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut first = [0; 7];
        std::io::Read::read_exact(child.stdout.as_mut().expect("a pipe"), &mut first).expect("it says what it plays");
        let player = fs::read_to_string(home.path("process")).expect("mpv was started").trim().parse().expect("a number");
        assert!(first == *b"playing" && is_there(player));
        super::signal(child.id(), signal);
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(signal.as_raw()), "whoever started it sees why it ended");
        assert!(!is_there(player), "mpv is gone");
        home.assert_nothing_left();
    }
}
