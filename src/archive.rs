//! The archive: what the sources hold, read once and kept fresh.
//!
//! A start reads the snapshot of the last one, looks behind it for what changed since, and reads only that. [`Archive::open`] waits until
//! everything is as it is on the disk, for the command line; a [`Keeper`] tells of it as it comes and goes on watching, for the screen.

mod keeper;
mod snapshot;
mod store;
mod survey;
mod watch;

pub use keeper::{Keeper, News, Order, State};

use crate::domain::{Catalogue, Problem};
use crate::search::{Engine, KeptIndex};
use crate::source::{self, Counts, Loaded, Report, Source};
use etcetera::BaseStrategy;
use snapshot::Place;
use std::path::{Path, PathBuf};
use std::sync::Arc;
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

/// Everything that some sources hold, as it is on the disk.
#[derive(Debug)]
pub struct Archive {
    /// What can be browsed.
    pub catalogue: Arc<Catalogue>,
    /// What is wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// What was looked at.
    pub counts: Counts,
    /// What each source gave.
    pub reports: Vec<Report>,
    index: Option<KeptIndex>,
    unsaved: Option<(Place, Store)>,
}

impl Archive {
    /// Reads sources, with the help of the snapshot in a cache directory; without sources, the archive inside the program.
    pub fn open(sources: &[Source], cache: Option<&Path>) -> Archive {
        if sources.is_empty() {
            return Archive::of(source::load(sources), None, None);
        }
        let place = cache.map(|folder| Place::of(folder, sources));
        if let Some(place) = &place
            && let Some(snapshot) = place.open()
        {
            let stop = AtomicBool::new(false);
            // Most often nothing changed: the catalogue is made while that is found out.
            let (surveyed, made) = thread::scope(|scope| {
                let index = scope.spawn(|| snapshot.index());
                let survey = scope.spawn(|| Survey::new(sources, &snapshot.store, &stop).carry_out(|_| ()));
                let loaded = snapshot.store.load(sources);
                (survey.join(), loaded.map(|loaded| (loaded, index.join().ok().flatten())))
            });
            match (surveyed, made) {
                (Ok(Surveyed { changed: false, .. }), Ok((loaded, index))) => return Archive::of(loaded, index, None),
                (Ok(Surveyed { store, .. }), Ok(_)) => {
                    if let Ok(loaded) = store.load(sources) {
                        return Archive::of(loaded, None, Some((place.clone(), store)));
                    }
                }
                _ => {}
            }
        }
        let Surveyed { store, .. } = Survey::new(sources, &Store::default(), &AtomicBool::new(false)).carry_out(|_| ());
        // All of it is in memory, where it was put just now.
        let loaded = store.load(sources).unwrap_or_default();
        Archive::of(loaded, None, place.map(|place| (place, store)))
    }

    fn of(loaded: Loaded, index: Option<KeptIndex>, unsaved: Option<(Place, Store)>) -> Archive {
        let Loaded { catalogue, problems, counts, reports } = loaded;
        Archive { catalogue: Arc::new(catalogue), problems, counts, reports, index, unsaved }
    }

    /// The engine that answers searches in it. Where something had changed, the snapshot is written anew with its index; that it cannot be
    /// is nothing to tell somebody who asked for something else.
    pub fn engine(&mut self) -> Engine {
        let kept = self.index.take().and_then(|index| Engine::restored(self.catalogue.clone(), index));
        let engine = kept.unwrap_or_else(|| Engine::new(self.catalogue.clone()));
        if let Some((place, mut store)) = self.unsaved.take()
            && store.len() >= WORTH_KEEPING
        {
            let _ = place.write(&mut store, Some(&engine));
        }
        engine
    }
}
