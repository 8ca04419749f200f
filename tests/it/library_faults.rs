//! The library where things go wrong, in real processes: killed, two at once, no room, no rights, locked, damaged, newer.

use super::{Run, cuepoint};
use cuepoint::domain::marks::{Change, Mark, Marks};
use cuepoint::domain::{Catalogue, Event, EventDraft, Place, Talk};
use cuepoint::library::{Library, News, Order, keep};
use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

/// Talks that are starred one after the other.
const TALKS: usize = 1_000;

/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

fn catalogue() -> Arc<Catalogue> {
    let place = Place::of("x".as_ref());
    let event = Event::new("Boats", "Boats", "2024-05-01".parse().expect("a day"), place.clone());
    let talks = (0..TALKS).map(|number| Talk::new(format!("T{number}"), place.clone())).collect();
    Arc::new(Catalogue::build(vec![EventDraft { event, talks }]).0)
}

fn id(number: usize) -> String {
    format!("boats-2024-05-01-t{number}")
}

fn numbers(marks: &Marks) -> BTreeSet<usize> {
    marks.talks(Mark::Starred).collect()
}

/// The numbers of the talks that are starred in a library.
fn starred(folder: &Path) -> BTreeSet<usize> {
    let mut library = Library::open(folder).expect("it opens");
    numbers(&library.attach(&catalogue()).expect("attached"))
}

/// What this test binary does when it is started by one of its tests: it is a program whose worker stars talks, says of each when it was
/// confirmed, and what it sees of others. It goes on until its input ends.
#[test]
#[ignore = "a part of the tests below, which start it as a process of its own"]
fn program() {
    let Some(folder) = std::env::var_os("LIBRARY_FOLDER") else { return };
    let stars: Vec<usize> =
        std::env::var("LIBRARY_STARS").expect("stars").split_whitespace().map(|n| n.parse().expect("a number")).collect();
    let (orders, ordered) = channel();
    orders.send(Order::Catalogue(catalogue())).expect("sent");
    for number in &stars {
        orders.send(Order::Change(Change::Star(id(*number), true))).expect("sent");
    }
    let mut waiting = VecDeque::from(stars);
    let mut seen = BTreeSet::new();
    let orders = Arc::new(Mutex::new(Some(orders)));
    let again = orders.clone();
    let worker = std::thread::spawn(move || {
        keep(Some(PathBuf::from(folder)), &ordered, |news| {
            let mut out = std::io::stdout().lock();
            match news {
                // A disk may take seconds for the write of another program: the user, who was told, tries again.
                News::Refused(why) if why.contains("is locked") => {
                    let number = waiting.pop_front().expect("one was ordered");
                    waiting.push_back(number);
                    if let Some(orders) = &*again.lock().expect("whole") {
                        orders.send(Order::Change(Change::Star(id(number), true))).ok()?;
                    }
                }
                News::Marks { marks, .. } => {
                    for number in numbers(&marks).difference(&seen) {
                        writeln!(out, "=saw {number}").ok()?;
                    }
                    seen = numbers(&marks);
                }
                News::Done(_) => writeln!(out, "=kept {}", waiting.pop_front().expect("one was ordered")).ok()?,
                News::Refused(why) => writeln!(out, "=refused {} {why}", waiting.pop_front().expect("one was ordered")).ok()?,
                News::Trouble(why) => writeln!(out, "=trouble 0 {why}").ok()?,
                News::Quiet => {}
            }
            out.flush().ok()
        });
    });
    let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
    orders.lock().expect("whole").take();
    worker.join().expect("the worker ended well");
}

/// That program, running.
struct Program {
    child: Child,
    lines: Receiver<(Instant, String)>,
}

impl Program {
    fn start(folder: &Path, stars: impl IntoIterator<Item = usize>) -> Program {
        Program::start_by(Command::new(std::env::current_exe().expect("this binary")), folder, stars)
    }

    fn start_by(mut command: Command, folder: &Path, stars: impl IntoIterator<Item = usize>) -> Program {
        let stars: Vec<String> = stars.into_iter().map(|number| number.to_string()).collect();
        command.args(["--exact", "library_faults::program", "--ignored", "--nocapture"]);
        command.env("LIBRARY_FOLDER", folder).env("LIBRARY_STARS", stars.join(" ")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().expect("it starts");
        let lines = told(child.stdout.take().expect("a pipe"));
        Program { child, lines }
    }

    /// The next thing it says: a word, a number, and the rest.
    fn next(&self) -> Option<(Instant, String, usize, String)> {
        let (at, line) = self.lines.recv_timeout(PATIENCE).ok()?;
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next().unwrap_or_default().to_owned();
        Some((at, word(), word().parse().expect("a number"), word()))
    }

    /// Waits until it has said something of a talk; when that was.
    fn wait_for(&self, what: &str, number: usize) -> Instant {
        loop {
            let (at, said, of, rest) = self.next().unwrap_or_else(|| panic!("it never said {what} {number}"));
            if said == what && of == number {
                return at;
            }
            assert!(said != "refused" && said != "trouble", "{said} {rest}");
        }
    }

    /// Lets it end, and waits for that; all it said.
    fn end(mut self) -> Vec<(String, usize, String)> {
        drop(self.child.stdin.take());
        let said = std::iter::from_fn(|| self.next().map(|(_, word, number, rest)| (word, number, rest))).collect();
        assert!(self.child.wait().expect("it ends").success());
        said
    }
}

/// What a process tells, with the moment; lines of the test harness aside.
fn told(out: ChildStdout) -> Receiver<(Instant, String)> {
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            // The harness begins a line before the first of ours.
            if let Some((_, said)) = line.split_once('=')
                && send.send((Instant::now(), said.to_owned())).is_err()
            {
                return;
            }
        }
    });
    lines
}

/// Numbers that differ from run to run.
struct Dice(u64);

impl Dice {
    fn new() -> Dice {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
        Dice(u64::try_from(now.as_nanos() & u128::from(u64::MAX)).expect("64 bits") | 1)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

#[test]
fn a_program_that_is_killed_loses_nothing_that_was_confirmed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut dice = Dice::new();
    let (mut confirmed, mut kills) = (BTreeSet::new(), 0);
    while confirmed.len() < TALKS {
        let mut program = Program::start(folder.path(), (0..TALKS).filter(|number| !confirmed.contains(number)));
        // A kill at a moment in the middle of some write, after a number of them that nobody foresees.
        let (writes, moment) = (dice.below(150), Duration::from_micros(dice.below(3_000)));
        let mut count = 0;
        while let Some((_, said, number, rest)) = program.next() {
            assert!(said == "kept" || said == "saw", "{said} {rest}");
            if said == "kept" {
                confirmed.insert(number);
                count += 1;
            }
            if count > writes || confirmed.len() == TALKS {
                break;
            }
        }
        let end = Instant::now() + moment;
        while Instant::now() < end {
            std::hint::spin_loop();
        }
        program.child.kill().expect("killed");
        program.child.wait().expect("it is gone");
        confirmed.extend(program.lines.iter().filter_map(|(_, line)| line.strip_prefix("kept ")?.parse::<usize>().ok()));
        kills += 1;
        let kept = starred(folder.path());
        assert!(confirmed.is_subset(&kept), "lost after {kills} kills: {:?}", confirmed.difference(&kept).collect::<Vec<_>>());
    }
    assert!(kills > 5, "{kills} kills");
}

#[test]
fn two_programs_write_at_once_and_see_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (Program::start(folder.path(), (0..200).step_by(2)), Program::start(folder.path(), (1..200).step_by(2)));
    for program in [&one, &other] {
        let mut seen = BTreeSet::new();
        while seen.len() < 200 {
            let (_, said, number, rest) = program.next().unwrap_or_else(|| panic!("it sees {} of 200", seen.len()));
            assert!(said == "kept" || said == "saw", "{said} {rest}");
            if said == "saw" {
                seen.insert(number);
            }
        }
    }
    // From the moment it was confirmed on: most are there within a second, whatever else the machine does.
    let mut waits = Vec::new();
    for number in 200..205 {
        let writer = Program::start(folder.path(), [number]);
        let kept = writer.wait_for("kept", number);
        waits.push(other.wait_for("saw", number).saturating_duration_since(kept));
        writer.end();
    }
    waits.sort();
    assert!(waits[2] < Duration::from_secs(1), "{waits:?}");
    one.end();
    other.end();
    assert_eq!(starred(folder.path()), (0..205).collect());
}

/// A limit on the size of files stands for a full disk: writing fails in the middle of it.
#[test]
fn without_room_nothing_is_changed_and_all_that_was_confirmed_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Library::open(folder.path()).expect("made"));
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 300; exec \"$0\" \"$@\""]).arg(std::env::current_exe().expect("this binary"));
    let program = Program::start_by(shell, folder.path(), 0..200);
    let said = program.end();
    let of = |word: &str| said.iter().filter(|(said, ..)| said == word).map(|(_, number, _)| *number).collect::<BTreeSet<_>>();
    let (kept, refused) = (of("kept"), of("refused"));
    assert!(!kept.is_empty() && !refused.is_empty(), "{} kept, {} refused", kept.len(), refused.len());
    let why = said.iter().find(|(word, ..)| word == "refused").map(|(.., why)| why.as_str()).expect("one was");
    assert!(why.contains("cannot be written") && why.contains("make room on the disk"), "{why}");
    assert_eq!(starred(folder.path()), kept, "what was refused is not there, and what was kept is");
}

#[test]
fn an_import_without_room_says_so() {
    let home = Home::with_talks(3);
    let before = home.export();
    let lines: String = (0..5_000).map(|number| home.line(10_000 + number)).collect();
    let file = home.0.path().join("more.jsonl");
    fs::write(&file, lines).expect("written");
    let script = format!("trap '' XFSZ; ulimit -f 300; exec '{}' library import '{}'", env!("CARGO_BIN_EXE_cuepoint"), file.display());
    let mut command = Command::new("sh");
    let run: Run = command.args(["-c", &script]).env("XDG_DATA_HOME", home.0.path()).output().expect("a shell").into();
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(run.stderr.contains("make room on the disk"), "{}", run.stderr);
    let after = home.export();
    assert!(before.lines().all(|line| after.contains(line)), "what was there is there");
    assert_eq!(home.run(&["library", "import", &file.to_string_lossy()]).status, 0);
    assert_eq!(home.export().lines().count(), 5_003);
}

/// A home with a library that spans many pages.
struct Home(TempDir);

impl Home {
    fn with_talks(talks: usize) -> Home {
        let home = Home(tempfile::tempdir().expect("a folder"));
        let file = home.0.path().join("kept.jsonl");
        fs::write(&file, (0..talks).map(|number| home.line(number)).collect::<String>()).expect("written");
        let run = home.run(&["library", "import", &file.to_string_lossy()]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        home
    }

    #[expect(clippy::unused_self, reason = "it reads as what it is: a line for that home")]
    fn line(&self, number: usize) -> String {
        format!(
            "{{\"type\":\"talk\",\"id\":\"t{number}\",\"title\":\"A talk of some length\",\"date\":\"2024-05-01\",\
             \"starred\":\"2024-05-01T10:00:00Z\",\"notes\":[{{\"text\":\"a thought\",\"written\":\"2024-05-01T10:00:00Z\"}}]}}\n"
        )
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = cuepoint(arguments);
        command.env("XDG_DATA_HOME", self.0.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().expect("it runs").into()
    }

    fn export(&self) -> String {
        let run = self.run(&["library", "export"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("cuepoint")
    }

    fn library(&self) -> PathBuf {
        self.folder().join("library.db")
    }

    /// Every file in the library's folder, with what is in it.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let entries = fs::read_dir(self.folder()).expect("a folder").map(|entry| entry.expect("an entry").path());
        let mut files: Vec<_> = entries.map(|path| (path.clone(), fs::read(&path).expect("read"))).collect();
        files.sort();
        files
    }
}

#[test]
fn a_library_that_is_none_is_told_left_as_it_is_and_its_backup_is_offered() {
    let whole = Home::with_talks(1_000);
    let bytes = fs::read(whole.library()).expect("it is there");
    assert!(bytes.len() > 40 * 4096, "it has many pages");
    let middle = |from: usize| {
        let mut bytes = bytes.clone();
        bytes[from..from + 3 * 4096].fill(0xa5);
        bytes
    };
    let header = |at: usize, value: [u8; 4]| {
        let mut bytes = bytes.clone();
        bytes[at..at + 4].copy_from_slice(&value);
        bytes
    };
    for (bytes, words) in [
        (middle(20 * 4096), "is damaged"),
        (middle(10 * 4096 + 100), "is damaged"),
        (bytes[..bytes.len() / 2].to_vec(), "is damaged"),
        (bytes[..50].to_vec(), "is damaged (the file ends too early)"),
        (Vec::new(), "is damaged (the file is empty)"),
        (b"something else altogether, and longer than a hundred bytes, so that it could be a database".repeat(3), "is not a database"),
        (header(60, 7_i32.to_be_bytes()), "was written by a newer cuepoint (version 7, this one reads up to 1)"),
        (header(68, 5_i32.to_be_bytes()), "is a database of another program"),
    ] {
        let home = Home(tempfile::tempdir().expect("a folder"));
        fs::create_dir(home.folder()).expect("made");
        fs::write(home.library(), &bytes).expect("written");
        fs::write(home.folder().join("library-v1-2024-05-01.db"), b"as it was").expect("written");
        let before = home.files();
        for arguments in [&["library", "export"][..], &["library", "check"], &["library", "import", "-"], &["notes", "export"]] {
            let run = home.run(arguments);
            assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}, {arguments:?}: {}", run.stderr);
            assert!(run.stderr.contains(words) && run.stderr.contains("was left as it is"), "{words}: {}", run.stderr);
            assert!(run.stderr.contains("library-v1-2024-05-01.db") || words.contains("another program"), "{}", run.stderr);
        }
        assert_eq!(home.run(&["list"]).status, 0, "the talks are there all the same");
        let program = Program::start(&home.folder(), [1]);
        let said = program.end();
        assert_eq!(said[0].0, "trouble");
        assert!(said[0].2.contains(words), "{said:?}");
        assert_eq!((said.last().expect("an answer").0.as_str(), home.files() == before), ("refused", true), "{words}: nothing is changed");
    }
}

#[test]
fn the_backup_that_is_offered_is_as_good_as_advised() {
    let home = Home::with_talks(300);
    let before = home.export();
    let folder = home.folder();
    let connection = rusqlite::Connection::open(home.library()).expect("opened");
    connection.execute("VACUUM INTO ?1", [folder.join("library-v1-2024-05-01.db").to_string_lossy()]).expect("a backup");
    drop(connection);
    fs::write(home.library(), b"").expect("emptied");
    assert_eq!(home.run(&["library", "export"]).status, 2);
    // What the message says.
    fs::rename(home.library(), folder.join("away.db")).expect("moved");
    fs::copy(folder.join("library-v1-2024-05-01.db"), folder.join("restored.db")).expect("copied");
    fs::rename(folder.join("restored.db"), home.library()).expect("renamed");
    assert_eq!(home.export(), before);
}

/// Nobody's rights, if those who run the tests have all.
fn without_rights(command: &mut Command) -> &mut Command {
    let is_root = fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0);
    if is_root { command.uid(65_534).gid(65_534) } else { command }
}

#[test]
fn where_nothing_can_be_written_marks_are_shown_and_changes_refused() {
    let home = Home::with_talks(3);
    let lines = home.export();
    let before = home.files();
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    mode(home.0.path(), 0o755);
    // The file alone, the folder alone, and both.
    for (file, folder) in [(0o444, 0o755), (0o666, 0o555), (0o444, 0o555)] {
        mode(&home.library(), file);
        mode(&home.folder(), folder);
        let run = |arguments: &[&str]| -> Run { without_rights(&mut home.command(arguments)).output().expect("it runs").into() };
        let export = run(&["library", "export"]);
        assert_eq!((export.stdout.as_str(), export.status), (lines.as_str(), 0), "{file:o} {folder:o}: {}", export.stderr);
        let check = run(&["library", "check"]);
        assert!(check.stdout.contains("it can only be read"), "{file:o} {folder:o}: {check:?}");
        let import = run(&["library", "import", "-"]);
        assert_eq!(import.status, 2);
        assert!(import.stderr.contains("can only be read, so nothing can be kept in it"), "{file:o} {folder:o}: {}", import.stderr);
    }
    mode(&home.folder(), 0o755);
    let _ = [fs::remove_file(home.folder().join("library.db-wal")), fs::remove_file(home.folder().join("library.db-shm"))];
    assert_eq!(home.files(), before);
    // Nor can one be made there.
    let empty = tempfile::tempdir().expect("a folder");
    mode(empty.path(), 0o555);
    let mut command = cuepoint(&["library", "import", "-"]);
    let run: Run = without_rights(command.env("XDG_DATA_HOME", empty.path())).output().expect("it runs").into();
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("cannot be opened: permission denied; check the folder"), "{}", run.stderr);
}

#[test]
fn a_locked_library_is_told_within_a_second_or_so() {
    let home = Home::with_talks(3);
    let lock = rusqlite::Connection::open(home.library()).expect("opened");
    lock.execute_batch("BEGIN IMMEDIATE").expect("locked for writing");
    let begun = Instant::now();
    let import = home.run(&["library", "import", "-"]);
    assert_eq!(import.status, 2);
    assert!(import.stderr.contains("is locked by another program; close that, or try again"), "{}", import.stderr);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(home.export().lines().count(), 3, "it can be read meanwhile");
    lock.execute_batch("ROLLBACK; PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE").expect("locked altogether");
    assert_eq!(home.run(&["library", "export"]).status, 2);
    let program = Program::start(&home.folder(), [1]);
    let (_, said, _, why) = program.next().expect("a word");
    assert!(said == "trouble" && why.contains("is locked by another program"), "{said} {why}");
    drop(lock);
    // It is taken as soon as it can be had; what was refused meanwhile was told.
    let words: Vec<String> = program.end().into_iter().map(|(word, ..)| word).collect();
    assert!(words.iter().any(|word| word == "refused" || word == "kept"), "{words:?}");
}
