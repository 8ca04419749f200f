//! A survey: looks at every file of the sources, and reads those that are not in the store as they are now.

use super::store::{Store, StoredFile, bytes};
use crate::source::Source;
use crate::source::files::{self, Found};
use hashbrown::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How often somebody who waits for a survey hears of it.
const NEWS: Duration = Duration::from_millis(40);

/// What a survey found.
#[derive(Debug)]
pub struct Surveyed {
    /// Everything as it is now.
    pub store: Store,
    /// Whether any of it is not as it was.
    pub changed: bool,
}

/// A survey under way.
pub struct Survey<'a> {
    sources: &'a [Source],
    known: &'a Store,
    stop: &'a AtomicBool,
    files: Mutex<Vec<StoredFile>>,
    looked_at: AtomicUsize,
    changed: AtomicUsize,
}

impl<'a> Survey<'a> {
    /// A survey that reads what is not in a store, until it is told to stop.
    pub fn new(sources: &'a [Source], known: &'a Store, stop: &'a AtomicBool) -> Survey<'a> {
        Survey { sources, known, stop, files: Mutex::default(), looked_at: AtomicUsize::new(0), changed: AtomicUsize::new(0) }
    }

    /// How many files were looked at so far.
    pub fn looked_at(&self) -> usize {
        self.looked_at.load(Ordering::Relaxed)
    }

    /// What was found so far.
    pub fn so_far(&self) -> Store {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner).clone();
        sort(&mut files);
        Store { files, problems: Vec::new(), kept: self.known.kept.clone() }
    }

    /// Looks at everything. Meanwhile whoever waits is told now and then.
    pub fn carry_out(self, mut meanwhile: impl FnMut(&Survey)) -> Surveyed {
        let known: HashMap<(usize, &[u8]), &StoredFile> = self.known.files.iter().map(|file| (file.key(), file)).collect();
        let visit = |found: Found| self.look_at(&found, known.get(&(found.source, bytes(&found.path))).copied());
        let problems = thread::scope(|scope| {
            let (done, is_done) = channel();
            let walk = scope.spawn(move || {
                let problems = files::walk(self.sources, self.stop, &visit);
                // Whoever waited is gone with the scope.
                let _ = done.send(());
                problems
            });
            while is_done.recv_timeout(NEWS) == Err(RecvTimeoutError::Timeout) {
                meanwhile(&self);
            }
            walk.join().unwrap_or_default()
        });
        let mut files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        sort(&mut files);
        let changed = self.changed.into_inner() > 0 || files.len() != self.known.files.len() || problems != self.known.problems;
        Surveyed { store: Store { files, problems, kept: self.known.kept.clone() }, changed }
    }

    fn look_at(&self, found: &Found, known: Option<&StoredFile>) {
        let (file, changed) = StoredFile::renewed(known, self.sources, found.source, &found.path);
        self.changed.fetch_add(usize::from(changed), Ordering::Relaxed);
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        self.looked_at.fetch_add(1, Ordering::Relaxed);
    }
}

fn sort(files: &mut [StoredFile]) {
    files.sort_unstable_by(|a, b| a.key().cmp(&b.key()));
}
