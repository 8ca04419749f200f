//! An archive over several starts: what the snapshot saves, what it must never hide, and what happens on the disk meanwhile.

use super::{Run, corpus, cuepoint};
use cuepoint::source::Source;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An archive that is large enough to be kept, and a cache of its own.
struct Archive {
    folder: TempDir,
}

const EVENTS: usize = 600;

impl Archive {
    fn new() -> Archive {
        let archive = Archive { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir_all(archive.source()).expect("a folder");
        for number in 0..EVENTS {
            archive.write(number, &format!("Talk {number} about sails"));
        }
        archive
    }

    fn source(&self) -> PathBuf {
        self.folder.path().join("nights")
    }

    fn file(&self, number: usize) -> PathBuf {
        let (year, day) = (2000 + number / 28, number % 28 + 1);
        self.source().join(format!("{year}-05-{day:02}.yml"))
    }

    fn write(&self, number: usize, title: &str) {
        let date = self.file(number).file_stem().expect("a name").to_string_lossy().into_owned();
        let padding = "How the wind turned, and what the crew did about it. ".repeat(12);
        let text = format!("series: Boat Nights\ndate: {date}\ntalks:\n- title: {title}\n  description: {padding}\n");
        fs::write(self.file(number), text).expect("written");
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn snapshots(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.cache().join("cuepoint")).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }

    fn list(&self, query: &[&str]) -> Run {
        self.list_with(query, &self.cache())
    }

    fn list_with(&self, query: &[&str], cache: &Path) -> Run {
        let mut command = cuepoint(&["list", "--source"]);
        let run: Run = command.arg(self.source()).args(query).env("XDG_CACHE_HOME", cache).output().expect("the program starts").into();
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run
    }

    /// Lets time go by for the files: what was written just now is read again to be sure, and tests should not wait for that.
    fn settle(&self) {
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
        for entry in fs::read_dir(self.source()).expect("a folder").flatten() {
            let file = fs::File::options().write(true).open(entry.path()).expect("a file");
            file.set_modified(long_ago).expect("a time");
        }
    }
}

fn titles(run: &Run) -> Vec<&str> {
    run.stdout.lines().filter_map(|line| line.split('\t').nth(1)).collect()
}

#[test]
fn a_second_start_says_the_same_and_sees_what_changed() {
    let archive = Archive::new();
    archive.settle();
    let first = archive.list(&[]);
    assert_eq!((first.status, titles(&first).len(), archive.snapshots().len()), (0, EVENTS, 1), "{}", first.stderr);
    assert_eq!(archive.list(&[]).stdout, first.stdout);
    assert_eq!(titles(&archive.list(&["sails", "599"])), ["Talk 599 about sails"]);

    archive.write(7, "Talk 7 about knots");
    fs::remove_file(archive.file(8)).expect("removed");
    fs::write(archive.source().join("extra.yml"), "series: Boat Nights\ndate: 1999-01-01\ntalks:\n- title: The first night\n")
        .expect("written");
    for _ in 0..2 {
        let now = archive.list(&[]);
        assert_eq!(titles(&now).len(), EVENTS);
        assert!(titles(&now).contains(&"Talk 7 about knots") && titles(&now).contains(&"The first night"), "{}", now.stdout);
        assert!(!now.stdout.contains("Talk 8 about"), "{}", now.stdout);
        assert_eq!(titles(&archive.list(&["knots"])), ["Talk 7 about knots"]);
        assert_eq!(archive.list(&["\"talk 8\""]).status, 1, "what is gone is not found");
    }
}

#[test]
fn a_change_that_leaves_length_and_time_alone_is_seen() {
    let archive = Archive::new();
    archive.settle();
    archive.list(&[]);
    let before = fs::metadata(archive.file(3)).expect("a file").modified().expect("a time");
    archive.write(3, "Talk 3 about soils");
    fs::File::options().write(true).open(archive.file(3)).expect("a file").set_modified(before).expect("a time");
    if cfg!(unix) {
        assert_eq!(titles(&archive.list(&["soils"])), ["Talk 3 about soils"]);
    }
}

#[test]
fn what_was_written_just_now_is_not_taken_for_settled() {
    let archive = Archive::new();
    archive.list(&[]);
    archive.write(3, "Talk 3 about soils");
    assert_eq!(titles(&archive.list(&["soils"])), ["Talk 3 about soils"]);
}

#[test]
fn a_damaged_snapshot_is_as_good_as_none() {
    let archive = Archive::new();
    archive.settle();
    let right = archive.list(&["sails"]);
    let path = archive.snapshots().pop().expect("a snapshot");
    let whole = fs::read(&path).expect("a snapshot");
    let length = whole.len();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        bytes
    };
    let mut damaged: Vec<Vec<u8>> = [0, length / 3, length / 2, length * 2 / 3, length - 40, length - 20, length - 1].map(flipped).to_vec();
    damaged.extend([0, 1, 31, length / 2, length - 1].map(|cut| whole[..cut].to_vec()));
    damaged.push(vec![0xff; length]);
    damaged.push([whole.as_slice(), b"more"].concat());
    for (number, bytes) in damaged.into_iter().enumerate() {
        fs::write(&path, bytes).expect("written");
        let run = archive.list(&["sails"]);
        assert_eq!((run.status, &run.stdout), (0, &right.stdout), "damage {number}");
    }
    assert_eq!(fs::read(&path).expect("a snapshot").len(), length, "it is written anew");
}

/// What a talk is about is read when somebody looks, long after the snapshot was believed.
#[test]
fn a_description_that_is_damaged_is_read_from_its_file() {
    let archive = Archive::new();
    archive.settle();
    archive.list(&[]);
    let show = || {
        let mut command = cuepoint(&["show", "boat-nights-2021-05-12-talk-599-about-sails", "--source"]);
        let run: Run = command.arg(archive.source()).env("XDG_CACHE_HOME", archive.cache()).output().expect("the program starts").into();
        (run.status, run.stdout)
    };
    let right = show();
    assert!(right.0 == 0 && right.1.contains("How the wind turned"), "{right:?}");
    let path = archive.snapshots().pop().expect("a snapshot");
    let whole = fs::read(&path).expect("a snapshot");
    let places: Vec<usize> = memchr::memmem::find_iter(&whole, "How the wind turned").collect();
    assert!(places.len() >= 2 * EVENTS, "once as it was read, and once as it is shown: {}", places.len());
    for place in [places[EVENTS], places[places.len() / 2], places[places.len() - 1]] {
        let mut bytes = whole.clone();
        bytes[place] = b'N';
        fs::write(&path, bytes).expect("written");
        assert_eq!(show(), right, "{place}");
    }
}

/// A text is read when somebody looks: that must be the text that was there when its file was read.
#[test]
fn what_is_kept_of_real_archives_is_what_stands_in_them() {
    let (Some(ruby), Some(python)) = (corpus("rubyevents"), corpus("pyvideo")) else { return };
    let cache = tempfile::tempdir().expect("a folder");
    let sources = [Source::at(&ruby), Source::at(&python)];
    let read = cuepoint::source::load(&sources).catalogue;
    let mut first = cuepoint::archive::Archive::open(&sources, Some(cache.path()));
    assert!(*first.view.catalogue == read, "from memory");
    first.engine();
    assert_eq!(fs::read_dir(cache.path()).expect("a folder").count(), 1, "a snapshot was written");
    let again = cuepoint::archive::Archive::open(&sources, Some(cache.path()));
    assert!(*again.view.catalogue == read, "from the snapshot");
    assert!(
        read.talks().iter().any(|talk| talk.outline().slides) && read.talks().iter().all(|talk| talk.outline() == talk.about().outline())
    );
}

#[test]
fn without_a_place_to_keep_it_all_is_read_every_time() {
    let archive = Archive::new();
    let no_folder = archive.folder.path().join("a-file");
    fs::write(&no_folder, "in the way").expect("written");
    for _ in 0..2 {
        let run = archive.list_with(&["sails"], &no_folder);
        assert_eq!((run.status, titles(&run).len()), (0, EVENTS), "{}", run.stderr);
    }
}

/// A limit on the size of files stands for a full disk: writing fails in the middle of it.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_only_the_snapshot() {
    let archive = Archive::new();
    let script = format!(
        "trap '' XFSZ; ulimit -f 64; exec '{}' list --source '{}' sails",
        env!("CARGO_BIN_EXE_cuepoint"),
        archive.source().display()
    );
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).env("XDG_CACHE_HOME", archive.cache()).env("XDG_CONFIG_HOME", archive.cache());
    let run: Run = command.output().expect("a shell").into();
    assert_eq!((run.status, titles(&run).len()), (0, EVENTS), "{}", run.stderr);
    assert_eq!(archive.snapshots(), Vec::<PathBuf>::new(), "nothing half-written is left");
}

#[test]
fn two_at_once_write_one_whole_snapshot() {
    let archive = Archive::new();
    archive.settle();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| archive.list(&["sails"]))).collect();
        for run in runs {
            assert_eq!(titles(&run.join().expect("a run")).len(), EVENTS);
        }
    });
    assert_eq!(archive.snapshots().len(), 1);
    assert_eq!(titles(&archive.list(&["sails"])).len(), EVENTS);
}

#[test]
fn a_folder_that_goes_while_it_is_read_is_survived() {
    for round in 0..5 {
        let archive = Archive::new();
        std::thread::scope(|scope| {
            let run = scope.spawn(|| archive.list(&["sails"]));
            std::thread::sleep(std::time::Duration::from_millis(4 * round));
            fs::remove_dir_all(archive.source()).expect("removed");
            let run = run.join().expect("a run");
            assert!((0..=2).contains(&run.status), "{run:?}");
        });
        assert_eq!(archive.list(&[]).status, 2, "what is gone is told");
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_read_all_the_same() {
    use std::os::unix::ffi::OsStrExt;
    let archive = Archive::new();
    let name = std::ffi::OsStr::from_bytes(b"odd-\xff.yml");
    fs::write(archive.source().join(name), "series: Boat Nights\ndate: 1999-01-01\ntalks:\n- title: The first night\n").expect("written");
    archive.settle();
    for _ in 0..2 {
        assert_eq!(titles(&archive.list(&["first night"])), ["The first night"]);
        assert_eq!(titles(&archive.list(&[])).len(), EVENTS + 1);
    }
}

#[test]
fn a_hundred_thousand_files_in_a_folder() {
    let archive = Archive::new();
    for number in 0..100_000 {
        fs::write(archive.source().join(format!("note-{number}.md")), "a note\n").expect("written");
    }
    assert_eq!(titles(&archive.list(&[])).len(), EVENTS);
}

#[cfg(unix)]
mod on_the_screen {
    use super::super::terminal::Terminal;
    use super::{Archive, EVENTS};
    use std::fs;

    fn start(archive: &Archive, query: &[&str]) -> Terminal {
        let (source, cache) = (archive.source(), archive.cache());
        let source = source.to_string_lossy().into_owned();
        let arguments = [&["--source", source.as_str()], query].concat();
        Terminal::start((100, 30), &arguments, &[("XDG_CACHE_HOME", &cache.to_string_lossy())])
    }

    #[test]
    fn what_changes_on_the_disk_changes_on_the_screen() {
        let archive = Archive::new();
        let mut screen = start(&archive, &[]);
        screen.expect(&format!("{EVENTS} talks"));
        screen.press("2");
        screen.expect("Talk 599 about sails");
        screen.press("jjj");
        screen.expect("4/600");
        // The row under the cursor changes, a newer one comes, and the cursor stays with its talk.
        archive.write(596, "Talk 596 about tides");
        screen.expect("Talk 596 about tides");
        fs::write(archive.source().join("newest.yml"), "series: Boat Nights\ndate: 2030-01-01\ntalks:\n- title: The newest night\n")
            .expect("written");
        screen.expect("5/601");
        fs::remove_file(archive.file(595)).expect("removed");
        screen.expect("5/600");
        screen.press("gg");
        screen.expect("The newest night");
        screen.press("q");
        assert_eq!(screen.end(), 0);
    }

    #[test]
    fn a_search_goes_on_in_what_changed() {
        let archive = Archive::new();
        let mut screen = start(&archive, &["tides"]);
        screen.expect("Nothing found");
        archive.write(100, "Talk 100 about tides");
        screen.expect("Talk 100 about tides");
        archive.write(200, "Talk 200 about tides");
        screen.expect("Talk 200 about tides");
        screen.press("\x03");
        assert_eq!(screen.end(), 0);
    }

    #[test]
    fn the_last_start_is_shown_and_what_changed_since_is_found() {
        let archive = Archive::new();
        archive.settle();
        archive.list(&[]);
        archive.write(599, "Talk 599 about tides");
        let mut screen = start(&archive, &[]);
        screen.press("2");
        screen.expect("Talk 599 about tides");
        screen.press("q");
        assert_eq!(screen.end(), 0);
    }

    /// A start does not sum what talks are about: the look behind the screen does, and mends it.
    #[test]
    fn a_description_that_is_damaged_is_mended_on_the_screen() {
        let archive = Archive::new();
        archive.settle();
        archive.list(&[]);
        let path = archive.snapshots().pop().expect("a snapshot");
        let mut bytes = fs::read(&path).expect("a snapshot");
        let places: Vec<usize> = memchr::memmem::find_iter(&bytes, "How the wind turned").collect();
        assert!(places.len() >= 2 * EVENTS, "once as it was read, and once as it is shown: {}", places.len());
        for place in &places[places.len() / 2..] {
            bytes[*place] = b'N';
        }
        fs::write(&path, bytes).expect("written");
        let mut screen = start(&archive, &[]);
        screen.press("2");
        screen.expect("Talk 599 about sails");
        screen.press("\r");
        screen.expect("How the wind turned");
        screen.press("\x03");
        assert_eq!(screen.end(), 0);
    }

    #[test]
    fn a_source_that_is_a_file_is_watched_too() {
        let archive = Archive::new();
        let file = archive.file(0);
        let source = file.to_string_lossy().into_owned();
        let mut screen = Terminal::start((100, 30), &["--source", &source], &[]);
        screen.press("2");
        screen.expect("Talk 0 about sails");
        // As many editors save: another file in its place.
        archive.write(1, "Talk 0 about tides");
        fs::rename(archive.file(1), &file).expect("renamed");
        screen.expect("Talk 0 about tides");
        screen.press("q");
        assert_eq!(screen.end(), 0);
    }
}
