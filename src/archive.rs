//! The archive: what the sources hold, read once and kept fresh.
//!
//! A start reads the snapshot of the last one, looks behind it for what changed since, and reads only that. [`Archive::open`] waits until
//! everything is as it is on the disk, for the command line; a [`Keeper`] tells of it as it comes and goes on watching, for the screen.

mod keeper;
mod snapshot;
mod store;
mod survey;
mod view;
mod watch;

pub use keeper::{Keeper, News, Order, State};
pub use view::View;

use crate::search::Engine;
use crate::source::{self, Source};
use etcetera::BaseStrategy;
use snapshot::Place;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::thread;
use store::Store;
use survey::{Survey, Surveyed};

/// Bytes of records below which reading the files again costs less than a snapshot is worth.
const WORTH_KEEPING: usize = 256 << 10;

/// Where snapshots are kept when nothing else is said.
pub fn cache_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("cuepoint"))
}

/// What is known of the snapshot of some sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// How long it is; `None` where there is none.
    pub bytes: Option<u64>,
    /// Would a start believe it, as far as that is seen from its beginning?
    pub believed: bool,
}

/// Looks at the snapshot of some sources in a cache directory.
pub fn snapshot(sources: &[Source], cache: &Path) -> Kept {
    let place = Place::of(cache, sources);
    let path = place.path().to_owned();
    Kept { bytes: path.metadata().ok().map(|file| file.len()), believed: place.open().is_some(), path }
}

/// Everything that some sources hold, as it is on the disk.
#[derive(Debug)]
pub struct Archive {
    /// What can be browsed.
    pub view: View,
    engine: Option<Engine>,
    unsaved: Option<(Place, Store)>,
}

impl Archive {
    /// Reads sources, with the help of the snapshot in a cache directory; without sources, the archive inside the program.
    pub fn open(sources: &[Source], cache: Option<&Path>) -> Archive {
        if sources.is_empty() {
            return Archive { view: source::load(sources).into(), engine: None, unsaved: None };
        }
        let place = cache.map(|folder| Place::of(folder, sources));
        let stop = AtomicBool::new(false);
        let snapshot = place.as_ref().and_then(Place::open);
        let mut known = None;
        if let Some(snapshot) = snapshot {
            // Most often nothing changed: what can be browsed is made ready while that is found out.
            let (surveyed, restored) = thread::scope(|scope| {
                let survey = scope.spawn(|| Some(Survey::new(sources, &snapshot.store()?, &stop).carry_out(|_| ())));
                let restored = snapshot.restore(sources).filter(|_| snapshot.is_whole());
                (survey.join().ok().flatten(), restored)
            });
            match (surveyed, restored) {
                (Some(Surveyed { changed: false, .. }), Some((view, engine))) => {
                    return Archive { view, engine: Some(engine), unsaved: None };
                }
                (surveyed, _) => known = surveyed.map(|surveyed| surveyed.store),
            }
        }
        let (known, loaded) = known.and_then(|store| store.load(sources).ok().map(|loaded| (store, loaded))).unwrap_or_else(|| {
            let store = Survey::new(sources, &Store::default(), &stop).carry_out(|_| ()).store;
            // All of it is in memory, where it was put just now.
            let loaded = store.load(sources).unwrap_or_default();
            (store, loaded)
        });
        Archive { view: loaded.into(), engine: None, unsaved: place.map(|place| (place, known)) }
    }

    /// The engine that answers searches in it. Where something had changed, the snapshot is written anew with its index; that it cannot be
    /// is nothing to tell somebody who asked for something else.
    pub fn engine(&mut self) -> Engine {
        let engine = self.engine.take().unwrap_or_else(|| Engine::new(self.view.catalogue.clone()));
        if let Some((place, mut store)) = self.unsaved.take()
            && store.len() >= WORTH_KEEPING
        {
            let _ = place.write(&mut store, &self.view, &engine);
        }
        engine
    }
}
