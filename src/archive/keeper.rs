//! The keeper: reads the sources for the screen, telling what there is as it comes, and keeps it fresh while the screen lives.

use super::WORTH_KEEPING;
use super::snapshot::Place;
use super::store::{Store, StoredFile, bytes};
use super::survey::{Survey, Surveyed};
use super::view::View;
use super::watch::{self, Watch};
use crate::domain::Catalogue;
use crate::search::Engine;
use crate::source::{self, Source, files};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// Files that are enough to show something while the rest is read.
const SOMETHING: usize = 64;

/// How long changes are collected: an editor that saves a file touches it several times.
const TOGETHER: Duration = Duration::from_millis(8);

/// The most that a stream of changes is waited out.
const AT_ONCE: usize = 4_096;

/// A snapshot is written anew when nothing has changed for so long.
const QUIET: Duration = Duration::from_secs(3);

/// What a keeper tells.
#[derive(Debug)]
pub enum News {
    /// Something changed: another view follows.
    Begun,
    /// So many files were looked at.
    Progress(usize),
    /// What can be browsed now, and how far that is to be believed.
    View(View, State),
    /// The catalogue that was told last can be searched, or more of it can.
    Engine(Engine),
    /// Nothing more comes of what was told last: it is this.
    State(State),
    /// A sentence for the user.
    Notice(String),
}

/// How far a catalogue is to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// The sources are still being read, and more will come.
    #[default]
    Reading,
    /// It comes from the last start; whether something changed since is being looked for.
    Checking,
    /// It is what stands on the disk.
    Fresh,
    /// Reading was stopped: it is a part.
    Stopped,
}

/// What a keeper is asked for.
#[derive(Debug)]
pub enum Order {
    /// These paths changed.
    Changed(Vec<PathBuf>),
    /// Look at everything.
    Look,
}

/// Reads sources and keeps what they hold.
pub struct Keeper {
    sources: Vec<Source>,
    place: Option<Place>,
    stop: Arc<AtomicBool>,
    store: Store,
    /// How far what was told last is to be believed.
    state: State,
    /// The store holds what no snapshot does.
    unsaved: bool,
    /// What was told of it, until that is in the snapshot too.
    told: Option<(View, Engine)>,
    /// The catalogue that was told last.
    shown: Arc<Catalogue>,
}

/// Whoever is told does not listen any more.
#[derive(Debug, Clone, Copy)]
struct Gone;

type Told<T = ()> = Result<T, Gone>;

impl Keeper {
    /// A keeper of some sources; without any, of the archive inside the program. It keeps a snapshot in the cache directory, if there is one,
    /// and stops reading when told to.
    pub fn new(sources: Vec<Source>, cache: Option<PathBuf>, stop: Arc<AtomicBool>) -> Keeper {
        let place = cache.filter(|_| !sources.is_empty()).map(|folder| Place::of(&folder, &sources));
        Keeper { sources, place, stop, store: Store::default(), state: State::Reading, unsaved: false, told: None, shown: Arc::default() }
    }

    /// Tells what there is, and then whatever becomes of it, until nobody listens. Orders come from outside and, about changes, from the
    /// keeper's own watch, which is why it is given a way to send them.
    pub fn keep(mut self, orders: &Receiver<Order>, own: Sender<Order>, tell: impl FnMut(News) -> Option<()>) {
        let mut tell = tell;
        // Nobody listens any more: nothing is left to do.
        let _: Told = self.go_on(orders, own, &mut |news| tell(news).ok_or(Gone));
    }

    fn go_on(&mut self, orders: &Receiver<Order>, own: Sender<Order>, tell: &mut dyn FnMut(News) -> Told) -> Told {
        if self.sources.is_empty() {
            let loaded = source::load(&self.sources);
            self.state = State::Fresh;
            self.tell_view(&loaded.into(), tell)?;
            // It is as it was, whoever asks.
            while orders.recv().is_ok() {
                tell(News::State(self.state))?;
            }
            return Ok(());
        }
        if !self.restore(tell)? {
            self.look(tell)?;
        }
        // To set up the watch takes as long as to look at every file. What changed before it stood is found by looking behind it.
        let watch = Watch::start(&self.sources, own);
        // Who stopped the reading does not want it to begin again.
        if self.state != State::Stopped {
            self.look_again(tell)?;
        }
        let _watch = match watch {
            Ok(watch) => Some(watch),
            Err(why) => {
                tell(News::Notice(format!("Changes are not seen as they happen, r reads again: {why}")))?;
                None
            }
        };
        self.attend(orders, tell)
    }

    /// Tells what the last start left.
    fn restore(&mut self, tell: &mut dyn FnMut(News) -> Told) -> Told<bool> {
        let Some(snapshot) = self.place.as_ref().and_then(Place::open) else { return Ok(false) };
        let Some((view, engine)) = snapshot.restore(&self.sources) else { return Ok(false) };
        self.shown = view.catalogue.clone();
        tell(News::View(view, State::Checking))?;
        tell(News::Engine(engine))?;
        // Where the rest is damaged, nothing is known, and the look behind what is shown reads everything again.
        self.store = snapshot.store().filter(|_| snapshot.is_whole()).unwrap_or_default();
        Ok(true)
    }

    /// Looks at every file once more. To stop was meant for what went before.
    fn look_again(&mut self, tell: &mut dyn FnMut(News) -> Told) -> Told {
        self.stop.store(false, Ordering::Relaxed);
        self.look(tell)
    }

    /// Looks at every file, and tells what has changed.
    fn look(&mut self, tell: &mut dyn FnMut(News) -> Told) -> Told {
        // A part is better than nothing, and worse than what is shown.
        let mut shown = !self.shown.talks().is_empty();
        let (sources, stop) = (self.sources.clone(), self.stop.clone());
        let mut heard = Ok(());
        let survey = Survey::new(&sources, &self.store, &stop);
        let Surveyed { store, changed } = survey.carry_out(|survey| {
            if heard.is_err() {
                return;
            }
            heard = tell(News::Progress(survey.looked_at()));
            if !shown && survey.looked_at() >= SOMETHING {
                shown = true;
                if heard.is_ok() {
                    heard = part(&survey.so_far(), &sources, tell);
                }
            }
        });
        heard?;
        let stopped = self.stop.swap(false, Ordering::Relaxed);
        self.state = if stopped { State::Stopped } else { State::Fresh };
        if !changed {
            return tell(News::State(self.state));
        }
        self.store = store;
        self.unsaved = !stopped;
        self.tell_store(tell)
    }

    /// Reads what was touched, and tells if it changed.
    fn look_at(&mut self, paths: Vec<PathBuf>, tell: &mut dyn FnMut(News) -> Told) -> Told {
        let mut changed = false;
        for told in paths {
            let Some((source, path)) = watch::as_named(&self.sources, &told) else { continue };
            let place = self.store.files.binary_search_by(|file| file.key().cmp(&(source, bytes(&path))));
            let is_source = self.sources[source].path == path;
            let is_file = path.is_file() && (is_source || files::is_visited(&path));
            let is_hidden = path.strip_prefix(&self.sources[source].path).is_ok_and(|below| below.iter().any(is_hidden));
            match place {
                Ok(at) if is_file => {
                    let (file, is_other) = StoredFile::renewed(self.store.files.get(at), &self.sources, source, &path);
                    self.store.files[at] = file;
                    changed |= is_other;
                }
                Ok(at) => {
                    self.store.files.remove(at);
                    changed = true;
                }
                Err(at) if is_file && !is_hidden => {
                    self.store.files.insert(at, StoredFile::renewed(None, &self.sources, source, &path).0);
                    changed = true;
                }
                // A folder came or went, with all that is in it.
                Err(_) if !is_hidden && (path.is_dir() || self.has_below(source, &path)) => return self.look_again(tell),
                Err(_) => {}
            }
        }
        if !changed {
            return Ok(());
        }
        tell(News::Begun)?;
        self.unsaved = self.state == State::Fresh;
        self.tell_store(tell)
    }

    fn has_below(&self, source: usize, folder: &std::path::Path) -> bool {
        self.store.files.iter().any(|file| file.source == source && file.path.starts_with(folder))
    }

    /// Tells the catalogue of what is in the store.
    fn tell_store(&mut self, tell: &mut dyn FnMut(News) -> Told) -> Told {
        let Ok(loaded) = self.store.load(&self.sources) else {
            // The snapshot that the rest lies in is gone or damaged: everything is read again.
            self.store = Store::default();
            return self.look(tell);
        };
        self.tell_view(&loaded.into(), tell)
    }

    fn tell_view(&mut self, view: &View, tell: &mut dyn FnMut(News) -> Told) -> Told {
        // What was shown goes when the other is on the screen: to let go of so much would hold that up.
        let mut before = Some(std::mem::replace(&mut self.shown, view.catalogue.clone()));
        tell(News::View(view.clone(), self.state))?;
        for engine in Engine::growing(view.catalogue.clone()) {
            drop(before.take());
            self.told = self.unsaved.then(|| (view.clone(), engine.clone()));
            tell(News::Engine(engine))?;
        }
        Ok(())
    }

    /// Does what is asked, as it is asked, and writes the snapshot when nothing is.
    fn attend(&mut self, orders: &Receiver<Order>, tell: &mut dyn FnMut(News) -> Told) -> Told {
        loop {
            let first = if self.unsaved {
                match orders.recv_timeout(QUIET) {
                    Err(RecvTimeoutError::Timeout) => {
                        self.save(tell)?;
                        continue;
                    }
                    other => other.ok(),
                }
            } else {
                orders.recv().ok()
            };
            let Some(first) = first else { return Ok(()) };
            match collected(first, orders) {
                Order::Look => self.look_again(tell)?,
                Order::Changed(paths) => self.look_at(paths, tell)?,
            }
        }
    }

    fn save(&mut self, tell: &mut dyn FnMut(News) -> Told) -> Told {
        self.unsaved = false;
        let told = self.told.take().filter(|_| self.store.len() >= WORTH_KEEPING);
        let (Some(place), Some((view, engine))) = (self.place.clone(), told) else { return Ok(()) };
        match place.write(&mut self.store, &view, &engine) {
            Ok(()) => Ok(()),
            Err(error) => {
                let why = crate::text::reason(&error);
                tell(News::Notice(format!("The next start will read everything again: no snapshot could be written, {why}")))
            }
        }
    }
}

fn is_hidden(step: &std::ffi::OsStr) -> bool {
    step.as_encoded_bytes().starts_with(b".")
}

/// Tells what was read so far.
fn part(store: &Store, sources: &[Source], tell: &mut dyn FnMut(News) -> Told) -> Told {
    let Ok(loaded) = store.load(sources) else { return Ok(()) };
    if loaded.catalogue.talks().is_empty() {
        return Ok(());
    }
    // What is wrong is told in the end, once and whole.
    let view = View { problems: Vec::new(), ..View::from(loaded) };
    let catalogue = view.catalogue.clone();
    tell(News::View(view, State::Reading))?;
    tell(News::Engine(Engine::new(catalogue)))
}

/// An order together with those right behind it.
fn collected(first: Order, orders: &Receiver<Order>) -> Order {
    let Order::Changed(mut paths) = first else { return Order::Look };
    while let Ok(next) = orders.recv_timeout(TOGETHER) {
        match next {
            Order::Changed(more) => paths.extend(more),
            Order::Look => return Order::Look,
        }
        if paths.len() > AT_ONCE {
            return Order::Look;
        }
    }
    paths.sort();
    paths.dedup();
    Order::Changed(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    /// What is told about a source of so many files until it is all there, or nothing more comes.
    fn told(files: usize, stop: bool) -> Vec<(usize, State)> {
        let folder = tempfile::tempdir().expect("a folder");
        for number in 0..files {
            let text = format!("series: Boats\ndate: {}-01-01\ntalks:\n- title: T\n", 1900 + number);
            std::fs::write(folder.path().join(format!("{number}.yml")), text).expect("written");
        }
        let (own, orders) = channel();
        let mut told = Vec::new();
        let keeper = Keeper::new(vec![Source::at(folder.path())], None, Arc::new(AtomicBool::new(stop)));
        keeper.keep(&orders, own, |news| {
            match news {
                News::View(view, state) => told.push((view.catalogue.talks().len(), state)),
                News::State(state) => {
                    let talks = told.last().map_or(0, |(talks, _)| *talks);
                    told.push((talks, state));
                }
                News::Begun | News::Progress(_) | News::Engine(_) | News::Notice(_) => {}
            }
            let ended = told.last().is_some_and(|(_, state)| matches!(state, State::Stopped | State::Fresh));
            (!ended).then_some(())
        });
        told
    }

    #[test]
    fn everything_is_told_in_the_end() {
        assert_eq!(told(90, false).last(), Some(&(90, State::Fresh)));
    }

    #[test]
    fn reading_that_is_stopped_says_so() {
        let told = told(90, true);
        assert!(told.iter().all(|(talks, state)| *state == State::Stopped && *talks < 90), "{told:?}");
    }

    #[test]
    fn without_sources_the_archive_inside_is_told() {
        let (own, orders) = channel();
        let mut talks = 0;
        Keeper::new(Vec::new(), None, Arc::default()).keep(&orders, own, |news| match news {
            News::View(view, State::Fresh) => {
                talks = view.catalogue.talks().len();
                None
            }
            _ => Some(()),
        });
        assert!(talks > 100);
    }
}
