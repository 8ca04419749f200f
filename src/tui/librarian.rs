//! The workers behind what is kept and what is played: they tell the runner, and the searcher what can be asked for.

use super::runner::Told;
use super::searcher::Asked;
use crate::app::Message;
use crate::domain::Change;
use crate::library::{self, News, Order};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};

/// Where a note goes that the library did not take, beside it.
const UNKEPT: &str = "unkept-notes.md";

/// Keeps what is ordered until the screen is gone, or nobody listens any more. `sent` has each change that was ordered, in
/// order, and nothing where one was to be taken back.
pub fn keep(orders: &Receiver<Order>, sent: &Receiver<Option<Change>>, index: &Sender<Asked>, to: &Sender<Told>) {
    let folder = library::data_folder();
    library::keep(folder.clone(), orders, |news| {
        let told = match news {
            News::Marks { of, marks } => {
                // First who is asked, then who asks.
                index.send(Asked::Marks { of: of.clone(), marks: marks.clone() }).ok()?;
                Told::Marks { of, marks }
            }
            News::Done(text) => {
                let _ = sent.try_recv();
                Told::Done(Message::Done(text))
            }
            News::Quiet => {
                let _ = sent.try_recv();
                Told::Overtaken
            }
            News::Refused(why) => {
                let written = sent.try_recv().ok().flatten().and_then(written);
                let place = written.and_then(|text| rescue(folder.as_deref(), &text));
                let saved = place.map(|place| format!(" · what you wrote is in {}", place.display())).unwrap_or_default();
                Told::Done(Message::Failed(format!("{why}{saved}")))
            }
            News::Trouble(text) => Told::SoFar(Message::Failed(text)),
        };
        to.send(told).ok()
    });
}

/// What a change says in the user's own words.
fn written(change: Change) -> Option<String> {
    match change {
        Change::AddNote { talk, text, at } => {
            let at = at.map(|at| format!("{at} ")).unwrap_or_default();
            Some(format!("# {talk}\n\n{at}{text}"))
        }
        Change::EditNote { text, .. } => Some(text),
        _ => None,
    }
}

/// Saves words that could not be kept; gives the file, if there is a place for one.
fn rescue(folder: Option<&Path>, text: &str) -> Option<PathBuf> {
    if let Some(path) = folder.map(|folder| folder.join(UNKEPT)).filter(|path| append(path, text).is_ok()) {
        return Some(path);
    }
    // A folder of our own: one of a known name may be somebody else's.
    let folder = tempfile::Builder::new().prefix("cuepoint-unkept-").tempdir().ok()?.keep();
    Some(folder.join(UNKEPT)).filter(|path| append(path, text).is_ok())
}

fn append(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(format!("{text}\n\n").as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_not_kept_are_saved() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("new");
        for text in ["one", "two"] {
            assert_eq!(rescue(Some(&inside), text), Some(inside.join(UNKEPT)));
        }
        assert_eq!(fs::read_to_string(inside.join(UNKEPT)).expect("saved"), "one\n\ntwo\n\n");
        let change = Change::AddNote { talk: "t".into(), at: crate::domain::Cue::from_seconds(61).ok(), text: "why".into() };
        assert_eq!(written(change).as_deref(), Some("# t\n\n1:01 why"));
        assert_eq!(written(Change::Star("t".into(), true)), None);
    }
}
