//! Files that are broken, hostile or merely unusual: what can be read is shown, what cannot is told, nothing steers the terminal.

use super::{Run, corpus, fixture, run};

fn check(path: &str) -> Run {
    harmless(run(&["check", path]))
}

fn list(path: &str) -> Run {
    harmless(run(&["list", "--source", path]))
}

/// Holds a run to what must be true of every one.
fn harmless(run: Run) -> Run {
    let steers = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!run.stdout.contains(steers) && !run.stderr.contains(steers), "{run:?}");
    run
}

/// The two talks that stand in each of the broken posts are read all the same.
fn both_talks_of(name: &str) -> Run {
    let listed = list(&fixture(name));
    assert_eq!(listed.status, 0, "{listed:?}");
    for part in ["\tSails for services\tBo Ek (Acme)\t10:00\t", "\tWinds and how to name them\t", "\t52:59\t"] {
        assert!(listed.stdout.contains(part), "{part:?} in {}", listed.stdout);
    }
    check(&fixture(name))
}

#[test]
fn a_missing_folder() {
    for run in [list("/no/such/folder"), check("/no/such/folder")] {
        assert_eq!(run.status, 2);
        assert!(format!("{}{}", run.stdout, run.stderr).contains("/no/such/folder: error: cannot be read: no such file"), "{run:?}");
    }
    let half = harmless(run(&["list", "--source", "/no/such/folder", "--source", &fixture("posts")]));
    assert_eq!((half.status, half.stdout.lines().count()), (0, 2), "one bad path does not hide a good one");
    assert!(half.stderr.contains("/no/such/folder: error"), "{}", half.stderr);
    let steering = list("/no/\u{1b}[31m\u{202e}such");
    assert!(steering.stderr.contains("/no/␛[31msuch"), "{}", steering.stderr);
}

#[test]
fn an_empty_folder_and_one_without_events() {
    let empty = tempfile::tempdir().expect("a folder");
    for path in [empty.path().to_string_lossy().into_owned(), fixture("no-events")] {
        let listed = list(&path);
        assert_eq!((listed.status, listed.stdout.as_str()), (1, ""));
        assert!(listed.stderr.contains("no event was found here"), "{}", listed.stderr);
        assert_eq!(check(&path).status, 1);
    }
}

#[test]
fn every_mistake_of_an_event_file_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let event = "date: 2021-13-45\nrecording: notaurl\ntalks:\n  - titel: Foo\n    start: abc\n";
    std::fs::write(folder.path().join("a.yml"), event).expect("written");
    let told = check(&folder.path().to_string_lossy()).stdout;
    for (line, message) in [
        (1, "the event has no `series`"),
        (1, "`2021-13-45` is no date"),
        (2, "`notaurl`"),
        (4, "unknown key `titel`"),
        (4, "the talk has no `title`"),
        (5, "`abc`"),
    ] {
        let is_told = |told: &str| told.contains(&format!("a.yml:{line}:")) && told.contains(message);
        assert!(told.lines().any(is_told), "{message} in {told}");
    }
}

#[test]
fn not_utf8() {
    let told = both_talks_of("bad/latin1");
    assert!(told.stdout.contains(":22:15: error: not UTF-8: byte 0xe9 stands here"), "{}", told.stdout);
}

#[test]
fn a_byte_order_mark_and_foreign_line_ends_are_nothing_special() {
    for name in ["bad/bom", "bad/crlf"] {
        let told = both_talks_of(name);
        assert_eq!((told.stdout.as_str(), told.status), ("", 0));
    }
}

#[test]
fn an_unquoted_colon() {
    let told = both_talks_of("bad/colon");
    assert!(told.stdout.contains(":3:28: warning: not valid YAML"), "{}", told.stdout);
    assert!(told.stdout.contains("must stand in quotes"), "{}", told.stdout);
}

#[test]
fn no_end_marker() {
    let told = check(&fixture("bad/no-end"));
    assert!(told.stdout.contains(":1:1: error: the front matter has no end"), "{}", told.stdout);
    assert_eq!(list(&fixture("bad/no-end")).status, 2);
}

#[test]
fn bombs_are_refused_at_once() {
    for (name, why) in [("bad/bomb", "aliases repeat each other"), ("bad/deep", "the brackets nest too deep")] {
        let start = std::time::Instant::now();
        let told = check(&fixture(name));
        assert!(told.stdout.contains(why), "{}", told.stdout);
        assert!(start.elapsed().as_secs() < 5, "{name} took {:?}", start.elapsed());
    }
}

#[test]
fn escapes_in_texts_are_shown_not_sent() {
    let listed = list(&fixture("bad/escapes"));
    assert!(listed.stdout.contains("evil ␛[31mred␛[0m ␛]0;owned␇ gnp.exe\t"), "{}", listed.stdout);
    assert_eq!(listed.stdout.matches('\t').count(), 4, "no text brings a tab of its own: {}", listed.stdout);
    let told = check(&fixture("bad/escapes"));
    assert!(told.stdout.contains("control characters or text-direction overrides"), "{}", told.stdout);
    harmless(run(&["show", "evil", "--source", &fixture("bad/escapes")]));
    harmless(run(&["list", "--format", "json", "--source", &fixture("bad/escapes")]));
}

#[test]
fn one_bad_talk_or_file_hides_no_other() {
    let titles = list(&fixture("bad/mixed")).stdout;
    for title in ["Good one", "Out of order", "Alone"] {
        assert!(titles.contains(title), "{titles}");
    }
}

#[test]
fn wide_characters_stay_whole() {
    let listed = harmless(run(&["list", "東京", "--source", &fixture("events")]));
    assert!(listed.stdout.contains("\t東京 harbours, a tour with café stops\t山田 太郎 (港株式会社)\t1:15\t"), "{}", listed.stdout);
}

#[test]
fn the_nasty_corpus() {
    let Some(folder) = corpus("nasty") else { return };
    let path = folder.to_string_lossy();
    let (told, listed) = (check(&path), list(&path));
    assert!((1..=2).contains(&told.status) && !told.stdout.is_empty(), "{told:?}");
    assert!(listed.status <= 2);
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let file = entry.expect("an entry").path();
        check(&file.to_string_lossy());
        harmless(run(&["list", "--format", "json", "--source", &file.to_string_lossy()]));
    }
}
