//! Where files are, and whether they can be written.

use super::{Check, Facts, Section, State};
use crate::archive;
use crate::cli::output::count;
use crate::text::{clean_line, reason};
use std::fs::{self, File};
use std::io;
use std::path::Path;

pub fn section(facts: &Facts) -> Section {
    let cache = archive::cache_folder();
    let mut checks = vec![configuration(facts), folder("cache", cache.as_deref()), folder("data", facts.library.as_deref())];
    checks.push(snapshot(facts, cache.as_deref()));
    Section { name: "Files", checks }
}

fn configuration(facts: &Facts) -> Check {
    let Some(path) = &facts.configuration else {
        return Check::new("configuration", State::Look, "no place for it is known; set HOME");
    };
    let shown = shown(path);
    let (state, says) = match (path.exists(), facts.mistakes.len()) {
        (_, mistakes @ 1..) => (State::Look, format!("{shown}: {}, see `cuepoint config check`", count(mistakes, "mistake"))),
        (true, 0) => (State::Good, shown),
        (false, 0) => (State::Note, format!("{shown}: there is none, and nothing is set")),
    };
    Check::new("configuration", state, says)
}

fn folder(name: &str, folder: Option<&Path>) -> Check {
    let Some(folder) = folder else { return Check::new(name, State::Look, "no place for it is known; set HOME") };
    let (state, says) = match probe(folder) {
        Ok(()) if folder.exists() => (State::Good, shown(folder)),
        Ok(()) => (State::Note, format!("{}: not there yet, and can be made", shown(folder))),
        Err(error) => (State::Look, format!("{}: cannot be written: {}", shown(folder), reason(&error))),
    };
    Check::new(name, state, says)
}

/// Whether a file can be written in a folder, or in the one in which it would be made. Only trying tells: rights, a full disk and
/// a file system that is read-only look alike from outside.
fn probe(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    let probe = there.join(format!(".cuepoint-doctor.{}", std::process::id()));
    File::create_new(&probe)?;
    fs::remove_file(&probe)
}

fn snapshot(facts: &Facts, cache: Option<&Path>) -> Check {
    let name = "archive";
    if facts.sources.list.is_empty() {
        return Check::new(name, State::Good, "the one inside the program, which needs no snapshot");
    }
    let Some(snapshot) = cache.map(|cache| archive::snapshot(&facts.sources.list, cache)) else {
        return Check::new(name, State::Note, "no snapshot, since no place for it is known");
    };
    let sources = count(facts.sources.list.len(), "source");
    let path = shown(&snapshot.path);
    let (state, says) = match (snapshot.bytes, snapshot.believed) {
        (Some(bytes), true) => (State::Good, format!("{sources}, kept in {path} ({} KiB)", bytes.div_ceil(1024))),
        (Some(_), false) => (State::Note, format!("{sources}; {path} is of another build or damaged, and is written anew")),
        (None, _) => (State::Note, format!("{sources}, no snapshot yet")),
    };
    Check::new(name, state, says)
}

pub(super) fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_can_be_made_is_left_unmade() {
        let home = tempfile::tempdir().expect("a folder");
        let wanted = home.path().join("a/b");
        assert_eq!(folder("cache", Some(&wanted)).state, State::Note);
        assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0);
        fs::write(home.path().join("a"), "").expect("written");
        let check = folder("cache", Some(&wanted));
        assert!(check.state == State::Look && check.says.contains("cannot be written"), "{check:?}");
    }
}
