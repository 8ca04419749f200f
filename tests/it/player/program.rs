//! Any other player: a program that is started and left alone.

use super::*;

const ADDRESS: &str = "https://www.youtube.com/watch?v=AAAAAAAAAA1";

fn talk() -> Track {
    Track { title: "-x \"q\" '$(touch y)' ; two\nlines".into(), ..track(ADDRESS, Some(90), Some(300)) }
}

#[test]
fn it_is_started_with_the_talk_in_its_words_and_its_end_is_told() {
    let lines = "printf '%s\\n' \"$@\" > FOLDER/draft; mv FOLDER/draft FOLDER/seen\nwhile ! [ -e FOLDER/end ]; do sleep 0.02; done";
    let mut player = Player::program(lines, &["{start}", "{end}", "{title}", "--url={url}", "{video_url}"]);
    player.play(talk());
    let (by, follows) = player.until("the start", |news| match news {
        News::Started { by, follows, .. } => Some((by.clone(), *follows)),
        _ => None,
    });
    assert_eq!((by.as_str(), follows), ("played", false));
    let url = format!("--url={ADDRESS}&t=90s");
    assert_eq!(player.file("seen").lines().collect::<Vec<_>>(), ["90", "300", "x \"q\" '$(touch y)' ; two lines", &url, ADDRESS]);
    // It takes no orders, and is not harmed by them.
    player.order(Order::TogglePause);
    player.order(Order::SeekBy(5));
    fs::write(player.folder.path().join("end"), "").expect("written");
    assert_eq!(player.ended(), (None, End::Closed));
}

#[test]
fn one_that_fails_is_told_within_two_seconds() {
    let mut player = Player::program("echo on the screen; echo here too >&2; exit 3", &[]);
    let ordered = Instant::now();
    player.play(talk());
    assert_eq!(player.failed(), "played failed (exit status: 3)");
    assert!(ordered.elapsed() < Duration::from_secs(2), "{:?}", ordered.elapsed());
    let folder = tempfile::tempdir().expect("a folder");
    let command = vec![folder.path().join("missing").display().to_string()];
    let mut missing = Player::of(folder, command, WhenLeaving::Stop);
    missing.play(talk());
    let why = missing.failed();
    assert!(why.contains("missing cannot be started: no such file") && why.contains("`player`"), "{why}");
}

#[test]
fn one_that_hands_over_and_ends_has_started() {
    let mut player = Player::program("sleep 60 & echo $! > FOLDER/processes\nexit 0", &[]);
    player.play(talk());
    player.started("talk");
    assert_eq!(player.ended(), (None, End::Closed));
    // What it handed over to plays on, until somebody else ends it.
    player.leave();
    let other = player.processes()[0];
    assert!(is_at_work(other));
    signal(other, Signal::KILL);
}

#[test]
fn the_next_talk_takes_its_place_and_no_zombie_is_left() {
    let lines = "echo $$ >> FOLDER/processes\nsleep 60 & echo $! >> FOLDER/processes\nwait";
    let mut player = Player::program(lines, &[]);
    player.play(talk());
    player.started("talk");
    let first = player.processes();
    player.play(Track { talk: "next".into(), ..talk() });
    assert_eq!(player.ended(), (None, End::Closed), "the first");
    player.started("next");
    // All that the first one started is gone too.
    for process in first {
        wait_for("the end of the first", || (!is_at_work(process)).then_some(()));
    }
    player.order(Order::Stop);
    assert_eq!(player.ended(), (None, End::Closed));
    let all = wait_for("both", || Some(player.processes()).filter(|all| all.len() == 4));
    for process in all {
        wait_for("the end of all", || (!is_at_work(process)).then_some(()));
    }
    player.leave();
    assert!(!is_there(player.processes()[0]) && !is_there(player.processes()[2]), "they were waited for");
}

#[test]
fn leaving_leaves_it_or_ends_it() {
    let lines = "echo $$ >> FOLDER/processes\nwhile ! [ -e FOLDER/end ]; do sleep 0.02; done";
    let mut player = Player::program(lines, &[]);
    player.play(talk());
    player.started("talk");
    player.leave();
    let process = player.processes()[0];
    assert!(is_at_work(process));
    fs::write(player.folder.path().join("end"), "").expect("written");
    wait_for("its end", || (!is_there(process)).then_some(()));

    // One that does not listen when it is asked to end is ended all the same.
    let folder = tempfile::tempdir().expect("a folder");
    let lines = format!("trap '' TERM\necho $$ >> {}/processes\nwhile true; do sleep 0.1; done", folder.path().display());
    let command = vec![script(folder.path(), "played", &lines)];
    let mut player = Player::of(folder, command, WhenLeaving::Stop);
    player.play(talk());
    player.started("talk");
    player.leave();
    assert!(!is_there(player.processes()[0]), "it is gone, and was waited for");
}
