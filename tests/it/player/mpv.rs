//! The real mpv, without a window and without a sound.

use super::*;

/// What mpv is asked in these tests, so that they see what it has: each file that is loaded, with its title and chapters; and it closes
/// when a file says so, as if somebody had closed its window.
const EYES: &str = r#"
local folder = mp.get_opt("folder")
local function note()
    local chapters = {}
    for _, chapter in ipairs(mp.get_property_native("chapter-list")) do
        table.insert(chapters, chapter.time .. " " .. chapter.title)
    end
    local file = io.open(folder .. "/loaded", "a")
    file:write(mp.get_property("media-title") .. " | " .. table.concat(chapters, ", ") .. "\n")
    file:close()
end
mp.register_event("file-loaded", note)
mp.observe_property("chapter-list", "native", function(_, chapters) if chapters and #chapters > 0 then note() end end)
mp.add_periodic_timer(0.02, function()
    local file = io.open(folder .. "/close")
    if file then file:close() mp.command("quit") end
end)
"#;

impl Player {
    /// A worker whose player is mpv; its number and what it was started with can be read from files.
    fn mpv(media: &Media, when_leaving: WhenLeaving, arguments: &[&str]) -> Player {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path().display();
        let lines = format!(
            "echo $$ >> {at}/processes\nprintf '%s\\n' \"$@\" > {at}/arguments.draft\nmv {at}/arguments.draft {at}/arguments\nexec {} \"$@\"",
            media.mpv.display()
        );
        let eyes = folder.path().join("eyes.lua");
        fs::write(&eyes, EYES).expect("written");
        let mut command = vec![script(folder.path(), "mpv", &lines), "--no-config".into(), "--vo=null".into(), "--ao=null".into()];
        command.extend([format!("--script={}", eyes.display()), format!("--script-opts=folder={at}")]);
        command.extend(arguments.iter().map(|word| (*word).to_owned()));
        Player::of(folder, command, when_leaving)
    }

    /// The one mpv that was started.
    fn process(&self) -> u32 {
        let processes = self.processes();
        assert_eq!(processes.len(), 1, "one mpv is enough");
        processes[0]
    }

    /// Whatever was made for it is gone.
    fn assert_nothing_left(&self) {
        for process in self.processes() {
            wait_for("the end of mpv", || (!is_there(process)).then_some(()));
        }
        let arguments = self.file("arguments");
        let socket = arguments.lines().find_map(|line| line.strip_prefix("--input-ipc-server=")).expect("a socket");
        assert!(!Path::new(socket).parent().expect("a folder").exists(), "{socket} is left");
    }
}

fn keeping(media: &Media) -> Player {
    Player::mpv(media, WhenLeaving::KeepPlaying, &[])
}

#[test]
fn a_talk_plays_from_its_cue_to_its_end() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    player.play(track(media.address(), Some(2), Some(5)));
    player.started("talk");
    assert_eq!(player.position(false), (2, Some(5)));
    let begun = Instant::now();
    assert_eq!(player.ended(), (Some(5), End::Reached));
    assert!(begun.elapsed() > Duration::from_secs(2), "three seconds take {:?}", begun.elapsed());
    assert_eq!(player.watched(), 1);
    let seconds = |news: &News| if let News::Position { at, .. } = news { Some(at.seconds()) } else { None };
    let positions: Vec<u32> = player.told.iter().filter_map(seconds).collect();
    assert!(positions.len() >= 3 && positions.iter().all(|at| (2..=5).contains(at)), "{positions:?}");
    player.assert_nothing_left();
}

#[test]
fn without_bounds_the_file_is_played_to_its_end() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    player.play(Track { resume: cue(5), ..track(media.address(), None, None) });
    // mpv knows the length a moment after it began to play.
    let end = player.until("the length", |news| match news {
        News::Position { at, end: Some(end), .. } => Some((at.seconds(), end.seconds())),
        _ => None,
    });
    assert_eq!(end, (5, 6));
    assert_eq!(player.ended(), (Some(6), End::Reached));
    assert_eq!(player.watched(), 1, "who went on at 0:05 has seen what lies before");
}

#[test]
fn it_pauses_goes_on_and_jumps_inside_the_talk() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    player.play(track(media.address(), Some(1), Some(6)));
    player.position(false);
    player.order(Order::TogglePause);
    let (paused, _) = player.position(true);
    player.order(Order::SeekTo(cue(4).expect("a cue")));
    assert_eq!(player.position(true).0, 4);
    player.order(Order::SeekBy(-60));
    assert_eq!(player.position(true).0, 1, "not before the talk");
    player.order(Order::SeekBy(60));
    assert_eq!(player.position(true).0, 5, "not to its end");
    player.order(Order::SeekTo(cue(2).expect("a cue")));
    assert_eq!(player.position(true).0, 2);
    player.order(Order::TogglePause);
    assert!((2..=3).contains(&player.position(false).0), "{paused}");
    player.order(Order::Stop);
    assert_eq!(player.ended().1, End::Closed);
    assert_eq!(player.watched(), 0, "what is jumped over was not seen");
    player.assert_nothing_left();
}

#[test]
fn the_next_talk_plays_in_the_same_mpv_with_its_own_title_and_chapters() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    let title = "--exec=x \"quoted\", 'it' $(touch y) %4%a;b ${pause}\nsecond line";
    player.play(Track { title: title.into(), ..track(media.address(), Some(1), Some(6)) });
    player.started("talk");
    let chapters =
        [(3, "One, \"two\""), (5, "Three")].map(|(start, title)| Chapter { start: cue(start).expect("a cue"), title: title.into() });
    let next =
        Track { talk: "next".into(), title: "Knots".into(), chapters: chapters.to_vec(), ..track(media.address(), Some(3), Some(4)) };
    player.order(Order::TogglePause);
    player.position(true);
    // What looks into mpv may be late, and has time while it is paused.
    let loaded = player.file("loaded");
    assert!(loaded.starts_with("--exec=x \"quoted\", 'it' $(touch y) %4%a;b ${pause} second line | \n"), "{loaded}");
    player.play(next);
    player.started("next");
    assert_eq!(player.position(false), (3, Some(4)), "it is not paused as the one before was");
    player.order(Order::TogglePause);
    player.position(true);
    wait_for("the chapters", || player.file("loaded").contains("Knots | 3 One, \"two\", 5 Three\n").then_some(()));
    player.order(Order::TogglePause);
    assert_eq!(player.ended(), (Some(4), End::Reached));
    let closed = |news: &News| matches!(news, News::Ended { talk, at: Some(_), how: End::Closed, .. } if talk == "talk");
    assert_eq!(player.told.iter().filter(|news| closed(news)).count(), 1, "and where the one before was is told");
    player.process();
    // It ended with the talk; for another there is another.
    player.play(track(media.address(), Some(5), None));
    assert_eq!(player.ended().1, End::Reached);
    assert_eq!(player.processes().len(), 2);
    player.assert_nothing_left();
}

#[test]
fn a_window_that_stays_at_the_end_takes_the_next_talk() {
    let Some(media) = Media::get() else { return };
    let mut player = Player::mpv(&media, WhenLeaving::KeepPlaying, &["--keep-open=yes"]);
    player.play(track(media.address(), Some(4), Some(5)));
    assert_eq!(player.ended(), (Some(5), End::Reached));
    player.play(Track { talk: "next".into(), ..track(media.address(), Some(2), Some(3)) });
    player.started("next");
    assert_eq!(player.ended(), (Some(3), End::Reached));
    player.process();
    player.leave();
    player.assert_nothing_left();
}

#[test]
fn a_player_that_is_killed_is_told_within_a_second() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    player.play(track(media.address(), Some(1), None));
    player.position(false);
    let killed = Instant::now();
    signal(player.process(), Signal::KILL);
    let (at, how) = player.ended();
    assert!(killed.elapsed() < Duration::from_secs(1), "told after {:?}", killed.elapsed());
    assert!(at.is_some_and(|at| (1..=5).contains(&at)), "{at:?}");
    assert!(matches!(&how, End::Died(why) if why == "mpv ended (signal: 9 (SIGKILL))"), "{how:?}");
    player.assert_nothing_left();
    // And the next one plays.
    player.play(track(media.address(), Some(5), None));
    assert_eq!(player.ended().1, End::Reached);
}

#[test]
fn a_player_that_is_closed_is_told_as_closed() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    player.play(track(media.address(), Some(1), None));
    player.position(false);
    fs::write(player.folder.path().join("close"), "").expect("written");
    let (at, how) = player.ended();
    assert_eq!(how, End::Closed);
    assert!(at.is_some_and(|at| (1..=5).contains(&at)), "{at:?}");
    player.assert_nothing_left();
}

#[test]
fn a_player_that_hangs_is_ended_when_it_is_stopped() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    player.play(track(media.address(), Some(1), None));
    player.position(false);
    signal(player.process(), Signal::STOP);
    player.order(Order::Stop);
    assert_eq!(player.ended().1, End::Closed);
    player.assert_nothing_left();
}

#[test]
fn whoever_leaves_leaves_it_playing() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    player.play(track(media.address(), Some(1), Some(4)));
    player.position(false);
    player.leave();
    assert!(is_there(player.process()), "it plays on");
    // And ends with its talk, by itself.
    player.assert_nothing_left();
}

#[test]
fn a_talk_that_was_ordered_is_played_even_if_the_next_key_leaves() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    player.play(track(media.address(), Some(1), Some(5)));
    player.leave();
    assert!(player.file("loaded").starts_with("Ropes | "));
    player.assert_nothing_left();
}

#[test]
fn it_ends_with_whoever_leaves_where_that_is_asked_for() {
    let Some(media) = Media::get() else { return };
    for is_early in [false, true] {
        let mut player = Player::mpv(&media, WhenLeaving::Stop, &[]);
        player.play(track(media.address(), None, None));
        if is_early {
            player.file("arguments");
        } else {
            player.position(false);
        }
        player.leave();
        assert!(!is_there(player.process()), "it is gone, and was waited for");
        player.assert_nothing_left();
    }
}

#[test]
fn a_recording_on_the_web_plays_from_its_cue() {
    let Some(media) = Media::get() else { return };
    let host = media::serve(fs::read(&media.file).expect("the file"), "video/mp4");
    let mut player = keeping(&media);
    player.play(track(&format!("http://{host}/a%20talk.mp4?key=1&x=$(y)"), Some(4), Some(5)));
    player.started("talk");
    assert_eq!(player.position(false), (4, Some(5)));
    assert_eq!(player.ended(), (Some(5), End::Reached));
    player.assert_nothing_left();
}

#[test]
fn what_mpv_cannot_play_is_told_with_its_reason() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    let text = player.folder.path().join("text.mp4");
    fs::write(&text, "no film at all\n").expect("written");
    player.play(track(text.to_str().expect("text"), None, None));
    assert_eq!(player.failed(), "mpv cannot open it: unrecognized file format");
    player.play(track(media.address(), Some(90), None));
    assert_eq!(player.failed(), "the recording is over before the talk begins at 1:30: its cue may be wrong");
    player.assert_nothing_left();
    let mut wrong = Player::mpv(&media, WhenLeaving::KeepPlaying, &["--no-such-option"]);
    wrong.play(track(media.address(), None, None));
    let why = wrong.failed();
    assert!(why.starts_with("mpv ended at once (exit status: 1); look at `player` in the configuration"), "{why}");
    wrong.assert_nothing_left();
}

#[test]
fn what_is_no_recording_never_reaches_mpv() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    let missing = player.folder.path().join("missing.mp4").display().to_string();
    let folder = player.folder.path().display().to_string();
    for address in ["--script=/tmp/x.lua", "edl:///a.mp4", "memory://x", "av://lavfi:testsrc", "-", "", &missing, &folder] {
        player.play(track(address, None, None));
        player.failed();
    }
    player.leave();
    assert!(!player.folder.path().join("processes").exists(), "no player was started");
}

#[test]
fn files_of_any_name_are_played() {
    let Some(media) = Media::get() else { return };
    let mut player = keeping(&media);
    for name in ["-a \"b\" 'c' $(d);e.mp4", "50%20 #1?t=3.mp4", "${pause} é {x}.mp4", "back\\slash.mp4"] {
        let path = player.folder.path().join(name);
        fs::copy(&media.file, &path).expect("copied");
        player.play(track(path.to_str().expect("text"), Some(5), None));
        assert_eq!(player.ended().1, End::Reached, "{name}");
    }
    player.assert_nothing_left();
}
