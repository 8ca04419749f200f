//! Walks folders and reads files; the only module of sources that touches the disk.

use super::{Format, Reading, SourceText, native};
use crate::domain::{Place, Problem};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A larger file is none of ours: the largest real ones, dumps of playlists, have half of it.
const LARGEST: u64 = 128 << 20;

/// Folders inside folders that are followed; past that something loops.
const DEEPEST: usize = 24;

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that were opened.
    pub files: usize,
    /// Files of no known format.
    pub unknown: usize,
}

/// Reads every file at and below some paths.
pub fn read_paths(paths: &[PathBuf]) -> (Reading, Counts) {
    let mut reading = Reading::default();
    let mut counts = Counts::default();
    for path in paths {
        let before = (events(&reading), reading.problems.len());
        let mut files = Vec::new();
        collect(path, 0, &mut files, &mut reading.problems);
        let had_problems = reading.problems.len() > before.1;
        for file in &files {
            reading.extend(read_file(file, &mut counts));
        }
        if events(&reading) == before.0 && !(had_problems && files.is_empty()) {
            let problem = Problem::warning(Place::of(path), format!("no event was found here; files looked at: {}", files.len()));
            reading.problems.push(problem.hint("name a folder of event files (.yml) or of posts (.md)"));
        }
    }
    (reading, counts)
}

/// Events, and parts of events, that were found.
fn events(reading: &Reading) -> usize {
    reading.drafts.len() + reading.parts.iter().filter(|part| !part.talks.is_empty()).count()
}

/// The files at or below a path that may hold events, in the order of their names.
fn collect(path: &Path, depth: usize, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    let kind = match fs::metadata(path) {
        Ok(kind) => kind,
        Err(error) => {
            // A link that leads nowhere inside a folder is nobody's event.
            if depth == 0 {
                problems.push(unreadable(path, &error));
            }
            return;
        }
    };
    if !kind.is_dir() {
        if depth == 0 || (kind.is_file() && may_hold_events(path)) {
            files.push(path.to_owned());
        }
        return;
    }
    if depth > DEEPEST {
        problems.push(
            Problem::warning(Place::of(path), "the folders nest too deep; what is below is not read")
                .hint("a link may lead back to its own folder"),
        );
        return;
    }
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return problems.push(unreadable(path, &error)),
    };
    let mut names: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.sort();
    for name in names {
        let hidden = name.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        let looping = name.is_symlink() && name.is_dir();
        if !hidden && !looping {
            collect(&name, depth + 1, files, problems);
        }
    }
}

fn may_hold_events(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown" | "yml" | "yaml" | "json" | "xml"))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let problem = Problem::error(Place::of(path), format!("cannot be read: {}", reason(error)));
    match error.kind() {
        std::io::ErrorKind::NotFound => problem.hint("check the path"),
        std::io::ErrorKind::PermissionDenied => problem.hint("check its permissions"),
        _ => problem,
    }
}

/// The system's words without the number behind them.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn read_file(path: &Path, counts: &mut Counts) -> Reading {
    counts.files += 1;
    let bytes = match bounded(path) {
        Ok(bytes) => bytes,
        Err(problem) => return Reading { problems: vec![problem], ..Reading::default() },
    };
    let (text, problem) = decode(&bytes, &Place::of(path));
    let mut reading = Reading { problems: problem.into_iter().collect(), ..Reading::default() };
    if let Some(format) = Format::of(&text) {
        reading.extend((format.read)(&text));
    } else {
        counts.unknown += 1;
        // Valid YAML that is no event file is none of our business; what is not even YAML may have been meant as one.
        let is_yaml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yml") || e.eq_ignore_ascii_case("yaml"));
        reading.problems.extend(is_yaml.then(|| native::syntax_problem(&text)).flatten());
    }
    reading
}

fn bounded(path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::error(Place::of(path), format!("larger than {} MiB; not read", LARGEST >> 20)));
    }
    Ok(bytes)
}

/// Bytes to text. What is not UTF-8 is told where it begins, and the rest is still read.
fn decode(bytes: &[u8], place: &Place) -> (SourceText, Option<Problem>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (text, problem) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), None),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = good.matches('\n').count() + 1;
            let column = good.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let place = place.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            let problem = Problem::error(place, format!("not UTF-8: byte 0x{:02x} stands here", bytes[error.valid_up_to()]));
            (String::from_utf8_lossy(bytes), Some(problem.hint("save the file as UTF-8; what cannot be read is shown as \u{fffd}")))
        }
    };
    (SourceText { place: place.clone(), text: text.replace("\r\n", "\n") }, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_utf8_is_told_where_it_begins() {
        let (text, problem) = decode(b"one\ntitle: Caf\xe9\n", &Place::of("x.md".as_ref()));
        assert_eq!(text.text, "one\ntitle: Caf\u{fffd}\n");
        assert_eq!(problem.map(|p| p.place.to_string()).as_deref(), Some("x.md:2:11"));
    }

    #[test]
    fn marks_and_line_ends_are_evened_out() {
        let (text, problem) = decode(b"\xef\xbb\xbfa\r\nb\n", &Place::of("x.md".as_ref()));
        assert_eq!((text.text.as_str(), problem), ("a\nb\n", None));
    }

    #[test]
    fn a_missing_path_is_told_once() {
        let (reading, _) = read_paths(&["no/such/folder".into()]);
        let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("no/such/folder: error: cannot be read"), "{told:?}");
    }

    #[test]
    fn an_empty_folder_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let (reading, _) = read_paths(&[folder.path().to_owned()]);
        assert!(reading.problems[0].message.starts_with("no event was found here"), "{:?}", reading.problems);
    }

    #[test]
    fn a_missing_path_does_not_hide_an_empty_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (reading, _) = read_paths(&["no/such/folder".into(), folder.path().to_owned()]);
        assert_eq!(reading.problems.len(), 2, "{:?}", reading.problems);
    }

    #[test]
    fn what_is_not_even_yaml_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("settings.yml"), "theme: dark\n").expect("written");
        fs::write(folder.path().join("deep.yml"), "[".repeat(9999)).expect("written");
        fs::write(folder.path().join("laugh.yml"), bomb()).expect("written");
        let (reading, counts) = read_paths(&[folder.path().to_owned()]);
        let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        assert_eq!(counts.unknown, 3);
        assert!(told[0].contains("deep.yml:1:129: error: not valid YAML: recursion limit exceeded"), "{told:?}");
        assert!(told[1].contains("laugh.yml:2:10: error:") && told[1].contains("repetition limit"), "{told:?}");
        assert_eq!(told.len(), 3, "{told:?}");
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
        let (reading, counts) = read_paths(&[folder.path().to_owned()]);
        assert_eq!((reading.drafts.len(), counts.files), (0, 0));
    }
}
