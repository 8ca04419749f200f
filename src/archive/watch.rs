//! Watching the sources: what changes on the disk is told as it happens, where the system can tell.

use super::keeper::Order;
use crate::source::Source;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

/// Watches as long as it lives.
pub struct Watch(#[expect(dead_code, reason = "it is kept so that it goes on")] RecommendedWatcher);

impl Watch {
    /// Watches some sources, and sends what happens to them.
    ///
    /// # Errors
    /// The system watches nothing, or not so much. In words for people.
    pub fn start(sources: &[Source], to: Sender<Order>) -> Result<Watch, String> {
        let tell = move |event: notify::Result<notify::Event>| {
            let order = match event {
                Ok(event) if event.need_rescan() => Order::Look,
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) => Order::Changed(event.paths),
                Err(_) => Order::Look,
            };
            // Nobody listens when the screen is gone.
            let _ = to.send(order);
        };
        let mut watcher = notify::recommended_watcher(tell).map_err(|error| reason(&error))?;
        for source in sources {
            let (path, mode) = watched(&source.path);
            match watcher.watch(&path, mode) {
                // What is not there is told by whoever reads it.
                Err(error) if !matches!(error.kind, notify::ErrorKind::PathNotFound) && path.exists() => return Err(reason(&error)),
                _ => {}
            }
        }
        Ok(Watch(watcher))
    }
}

/// A file is watched by its folder: many editors put another file in its place.
fn watched(path: &Path) -> (PathBuf, RecursiveMode) {
    match path.parent() {
        Some(folder) if path.is_file() => {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            (folder.to_owned(), RecursiveMode::NonRecursive)
        }
        _ => (path.to_owned(), RecursiveMode::Recursive),
    }
}

fn reason(error: &notify::Error) -> String {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches no more folders for this user (fs.inotify.max_user_watches)".to_owned(),
        _ => error.to_string(),
    }
}

/// A path as the sources are named, from one as the system tells it, with the place of its source; `None` if it belongs to none.
pub fn as_named(sources: &[Source], told: &Path) -> Option<(usize, PathBuf)> {
    sources.iter().enumerate().find_map(|(number, source)| {
        if let Ok(rest) = told.strip_prefix(&source.path) {
            return Some((number, joined(&source.path, rest)));
        }
        let roots = [std::path::absolute(&source.path).ok(), source.path.canonicalize().ok()];
        let rest = roots.iter().flatten().find_map(|root| told.strip_prefix(root).ok())?;
        Some((number, joined(&source.path, rest)))
    })
}

/// A source that is a file is its own path, without a slash behind it.
fn joined(root: &Path, rest: &Path) -> PathBuf {
    if rest.as_os_str().is_empty() { root.to_owned() } else { root.join(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_named_as_the_source_is() {
        let here = std::env::current_dir().expect("a folder");
        let sources = [Source::at("src/../tests".as_ref()), Source::at("data".as_ref())];
        let told = here.join("data").join("a.yml");
        assert_eq!(as_named(&sources, &told), Some((1, PathBuf::from("data/a.yml"))));
        assert_eq!(as_named(&sources, &here.join("src/../tests/x.md")), Some((0, PathBuf::from("src/../tests/x.md"))));
        assert_eq!(as_named(&sources, &here.join("tests/it")), Some((0, PathBuf::from("src/../tests/it"))));
        assert_eq!(as_named(&sources, Path::new("/elsewhere")), None);
        assert_eq!(as_named(&[Source::at("data".as_ref())], &here.join("data")), Some((0, PathBuf::from("data"))));
    }
}
