//! Walks folders and reads files; the only module of sources that touches the disk.

use super::{Format, Reading, Source, SourceText, native};
use crate::domain::catalogue::clean;
use crate::domain::{Place, Problem};
use crate::stored::stored_fields;
use crate::text::reason;
use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A larger file is none of ours: the largest real ones, dumps of playlists, have half of it.
const LARGEST: u64 = 128 << 20;

/// Folders inside folders that are followed; past that something loops.
const DEEPEST: usize = 24;

/// Files that a worker takes at once: one folder may hold a hundred thousand.
const FILES_AT_ONCE: usize = 64;

/// A file that was written so shortly before it was read may be written again without its time moving on.
const UNSURE: Duration = Duration::from_secs(2);

/// What tells one state of a file from another, without reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970 at which its content was last written; 0 where that says nothing.
    modified: i64,
    /// The same for anything about the file, where the system keeps that: it moves on even where the other is set back.
    changed: i64,
}

stored_fields!(Stamp { bytes, modified, changed });

impl Stamp {
    /// What the system knows of a file.
    pub fn of(metadata: &Metadata) -> Stamp {
        Stamp { bytes: metadata.len(), modified: metadata.modified().map_or(0, nanoseconds), changed: changed(metadata) }
    }

    /// The same, good for nothing later if the file was written just now.
    fn settled(self, now: SystemTime) -> Stamp {
        let since = nanoseconds(now).saturating_sub(self.modified);
        let settled = since > i64::try_from(UNSURE.as_nanos()).unwrap_or(i64::MAX);
        if settled { self } else { Stamp::default() }
    }

    /// Does a file with this stamp hold what it held when it had the other one?
    pub fn is_still(self, other: Stamp) -> bool {
        self == other && self.modified != 0
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

/// A file that may hold events.
#[derive(Debug)]
pub struct Found {
    /// The source it belongs to, by its place among all.
    pub source: usize,
    /// The file, as the source was named.
    pub path: PathBuf,
}

/// What was found in one file.
#[derive(Debug)]
pub struct FileRead {
    /// The state of the file that was read.
    pub stamp: Stamp,
    /// The format it was taken for.
    pub format: Option<&'static Format>,
    /// What stands in it.
    pub reading: Reading,
}

/// Visits every file at and below some sources that may hold events, on every core and in no particular order, until told to stop. Gives
/// what could not be looked into.
pub fn walk(sources: &[Source], stop: &AtomicBool, visit: &(dyn Fn(Found) + Sync)) -> Vec<Problem> {
    let first = sources.iter().enumerate().rev().map(|(source, named)| Work::Root(source, named.path.clone())).collect();
    let queue = Queue { state: Mutex::new(State { work: first, busy: 0 }), news: Condvar::new(), problems: Mutex::default() };
    let worker = || {
        while let Some(work) = queue.next() {
            if !stop.load(Ordering::Relaxed) {
                queue.carry_out(work, visit);
            }
            queue.finished();
        }
    };
    thread::scope(|scope| {
        for _ in 1..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(worker);
        }
        worker();
    });
    queue.problems.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What is to be looked at; the last that was put in is the first that is taken, so that little waits at a time.
enum Work {
    /// A source itself.
    Root(usize, PathBuf),
    /// A folder so many below it.
    Folder(usize, PathBuf, usize),
    /// Files of one folder.
    Files(usize, Vec<PathBuf>),
}

struct State {
    work: Vec<Work>,
    busy: usize,
}

struct Queue {
    state: Mutex<State>,
    news: Condvar,
    problems: Mutex<Vec<Problem>>,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next thing to do; `None` once nothing is left and nobody is at work who might find more.
    fn next(&self) -> Option<Work> {
        let mut state = self.state();
        loop {
            if let Some(work) = state.work.pop() {
                state.busy += 1;
                return Some(work);
            }
            if state.busy == 0 {
                return None;
            }
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn finished(&self) {
        let mut state = self.state();
        state.busy -= 1;
        if state.busy == 0 {
            self.news.notify_all();
        }
    }

    fn add(&self, work: Vec<Work>) {
        self.state().work.extend(work);
        self.news.notify_all();
    }

    fn tell(&self, problem: Problem) {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
    }

    fn carry_out(&self, work: Work, visit: &(dyn Fn(Found) + Sync)) {
        match work {
            Work::Root(source, path) => match fs::metadata(&path) {
                Ok(kind) if kind.is_dir() => self.look_into(source, &path, 0),
                Ok(_) => visit(Found { source, path }),
                Err(error) => self.tell(unreadable(&path, &error)),
            },
            Work::Folder(source, path, depth) => self.look_into(source, &path, depth),
            Work::Files(source, paths) => {
                for path in paths {
                    visit(Found { source, path });
                }
            }
        }
    }

    fn look_into(&self, source: usize, folder: &Path, depth: usize) {
        if depth > DEEPEST {
            let problem = Problem::warning(Place::of(folder), "the folders nest too deep; what is below is not read");
            return self.tell(problem.hint("a link may lead back to its own folder"));
        }
        let (folders, files) = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => return self.tell(unreadable(folder, &error)),
        };
        let folders = folders.into_iter().rev().map(|path| Work::Folder(source, path, depth + 1));
        let files = files.chunks(FILES_AT_ONCE).rev().map(|some| Work::Files(source, some.to_vec()));
        self.add(folders.chain(files).collect());
    }
}

/// The folders in a folder, and its files that may hold events, both in the order of their names. A folder that is a link is not followed:
/// it may lead back.
fn entries(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let Ok(entry) = entry else { continue };
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
        if kind.is_dir() {
            folders.push(path);
        } else if may_hold_events(&path) && (kind.is_file() || (kind.is_symlink() && path.is_file())) {
            files.push(path);
        }
    }
    // As bytes: step by step takes long where there are many.
    folders.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    files.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    Ok((folders, files))
}

/// The state of a file that is there.
pub fn stamp(path: &Path) -> Option<Stamp> {
    fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata))
}

/// Would a walk visit a file of that name below a folder?
pub fn is_visited(path: &Path) -> bool {
    may_hold_events(path)
}

fn may_hold_events(path: &Path) -> bool {
    let known = ["md", "markdown", "yml", "yaml", "json", "xml"];
    path.extension().is_some_and(|ending| known.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let problem = Problem::error(Place::of(path), format!("cannot be read: {}", reason(error)));
    match error.kind() {
        std::io::ErrorKind::NotFound => problem.hint("check the path"),
        std::io::ErrorKind::PermissionDenied => problem.hint("check its permissions"),
        _ => problem,
    }
}

/// Reads a file of a source.
pub fn read(path: &Path, source: &Source) -> FileRead {
    let (bytes, stamp) = match bounded(path) {
        Ok(read) => read,
        Err(problem) => {
            let reading = Reading { problems: vec![problem], ..Reading::default() };
            return FileRead { stamp: Stamp::default(), format: None, reading };
        }
    };
    let (text, problem) = decode(bytes, &Place::of(path));
    let mut reading = Reading { problems: problem.into_iter().collect(), ..Reading::default() };
    let format = format_of(path, &text, source);
    match format {
        Some(format) => reading.extend((format.read)(&text)),
        // Valid YAML that is no event file is none of our business; what is not even YAML may have been meant as one.
        None if is_yaml(path) => reading.problems.extend(native::syntax_problem(&text)),
        None => {}
    }
    make_harmless(&mut reading);
    FileRead { stamp, format, reading }
}

/// Texts are looked through where files are read, on every core, and not again at every start.
fn make_harmless(reading: &mut Reading) {
    let of_parts = reading.parts.iter_mut().flat_map(|part| part.talks.iter_mut().map(|dated| &mut dated.talk));
    for talk in reading.drafts.iter_mut().flat_map(|draft| &mut draft.talks).chain(of_parts) {
        if talk.make_harmless() {
            reading.problems.push(clean::hidden(&talk.source));
        }
    }
}

/// What the source says its files are, else what the text looks like. A file that was named itself is what it is said to be,
/// whatever it is called.
fn format_of(path: &Path, text: &SourceText, source: &Source) -> Option<&'static Format> {
    match source.format {
        Some(format) => (path == source.path || format.ends(path)).then_some(format),
        None => Format::of(text),
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yml") || e.eq_ignore_ascii_case("yaml"))
}

/// What stands in a file, and the state it was in before it was read.
fn bounded(path: &Path) -> Result<(Vec<u8>, Stamp), Problem> {
    let read = || {
        let file = fs::File::open(path)?;
        let metadata = file.metadata()?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(LARGEST)).unwrap_or(0) + 1);
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok((bytes, Stamp::of(&metadata).settled(SystemTime::now())))
    };
    let (bytes, stamp) = read().map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::error(Place::of(path), format!("larger than {} MiB; not read", LARGEST >> 20)));
    }
    Ok((bytes, stamp))
}

/// Bytes to text. What is not UTF-8 is told where it begins, and the rest is still read.
fn decode(mut bytes: Vec<u8>, place: &Place) -> (SourceText, Option<Problem>) {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let (text, problem) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (bytes, error) = (error.as_bytes(), error.utf8_error());
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = good.matches('\n').count() + 1;
            let column = good.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let place = place.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            let problem = Problem::error(place, format!("not UTF-8: byte 0x{:02x} stands here", bytes[error.valid_up_to()]));
            (
                String::from_utf8_lossy(bytes).into_owned(),
                Some(problem.hint("save the file as UTF-8; what cannot be read is shown as \u{fffd}")),
            )
        }
    };
    let has_returns = memchr::memchr(b'\r', text.as_bytes()).is_some();
    let text = if has_returns { text.replace("\r\n", "\n") } else { text };
    (SourceText { place: place.clone(), text }, problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{self, Loaded};

    #[test]
    fn what_is_not_utf8_is_told_where_it_begins() {
        let (text, problem) = decode(b"one\ntitle: Caf\xe9\n".to_vec(), &Place::of("x.md".as_ref()));
        assert_eq!(text.text, "one\ntitle: Caf\u{fffd}\n");
        assert_eq!(problem.map(|p| p.place.to_string()).as_deref(), Some("x.md:2:11"));
    }

    #[test]
    fn marks_and_line_ends_are_evened_out() {
        let (text, problem) = decode(b"\xef\xbb\xbfa\r\nb\n".to_vec(), &Place::of("x.md".as_ref()));
        assert_eq!((text.text.as_str(), problem), ("a\nb\n", None));
    }

    fn load(paths: &[&Path]) -> Loaded {
        source::load(&paths.iter().map(|path| Source::at(path)).collect::<Vec<_>>())
    }

    #[test]
    fn a_missing_path_is_told_once() {
        let reading = load(&[Path::new("no/such/folder")]);
        let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("no/such/folder: error: cannot be read"), "{told:?}");
    }

    #[test]
    fn an_empty_folder_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let reading = load(&[folder.path()]);
        assert!(reading.problems[0].message.starts_with("no event was found here"), "{:?}", reading.problems);
    }

    #[test]
    fn a_missing_path_does_not_hide_an_empty_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let reading = load(&[Path::new("no/such/folder"), folder.path()]);
        assert_eq!(reading.problems.len(), 2, "{:?}", reading.problems);
    }

    #[test]
    fn what_is_not_even_yaml_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("settings.yml"), "theme: dark\n").expect("written");
        fs::write(folder.path().join("deep.yml"), "[".repeat(9999)).expect("written");
        fs::write(folder.path().join("laugh.yml"), bomb()).expect("written");
        let reading = load(&[folder.path()]);
        let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        assert_eq!(reading.counts.unknown, 3);
        assert!(told[1].contains("deep.yml:1:256: error: not valid YAML: the brackets nest too deep"), "{told:?}");
        assert!(told[2].contains("laugh.yml:2:10: error:") && told[2].contains("repetition limit"), "{told:?}");
        assert_eq!(told.len(), 3, "{told:?}");
    }

    #[test]
    fn a_format_that_is_said_is_not_looked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let (post, event) = (folder.path().join("a.md"), folder.path().join("b.yml"));
        fs::write(&post, "series: Boat Nights\ndate: 2024-05-01\n").expect("written");
        fs::write(&event, "series: Boat Nights\ndate: 2024-05-01\n").expect("written");
        let native = Format::named("native");
        let events = |path: &Path, format| {
            let loaded = source::load(&[Source { format, ..Source::at(path) }]);
            (loaded.catalogue.events().len(), loaded.counts.unknown)
        };
        assert_eq!(events(folder.path(), native), (1, 1), "only files that are called like event files");
        assert_eq!(events(&post, native), (1, 0), "unless one is named itself");
        assert_eq!(events(&event, Format::named("post")), (0, 0));
    }

    fn bomb() -> String {
        let line = |i: usize| format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(","));
        (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |all, i| all + &line(i))
    }

    #[cfg(unix)]
    #[test]
    fn folders_that_loop_end() {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("a link");
        let reading = load(&[folder.path()]);
        assert_eq!((reading.catalogue.events().len(), reading.counts.files), (0, 0));
    }
}
