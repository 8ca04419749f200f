//! The worker: keeps the library for the screen, so that no key waits for the disk.

use super::{FileId, Library, LibraryError, TURN, file, id_of};
use crate::domain::Catalogue;
use crate::domain::marks::{Change, Marks};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

/// How often what other programs wrote is looked for, and a library that was locked is tried again.
const LOOK: Duration = Duration::from_millis(250);

/// How long a file that was put in the place of another must lie there untouched before it is opened: it may be a copy in the making.
const SETTLED: Duration = Duration::from_millis(500);

/// What the worker is asked for.
#[derive(Debug)]
pub enum Order {
    /// These are the talks now.
    Catalogue(Arc<Catalogue>),
    /// Change something.
    Change(Change),
    /// Take the last change back.
    Undo,
}

/// What the worker tells. Each [`Order::Change`] and [`Order::Undo`] is followed by exactly one of `Done`, `Quiet` and `Refused`, behind
/// the marks that show it.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// What is kept about the talks of a catalogue.
    Marks {
        /// The catalogue.
        of: Arc<Catalogue>,
        /// What is kept.
        marks: Marks,
    },
    /// A change is on the disk; a sentence about it.
    Done(String),
    /// The same, of a change that goes without saying.
    Quiet,
    /// A change was not made, and why.
    Refused(String),
    /// The library cannot be had, or can only be read, and what to do; or it can be had again. Told when that changes.
    Trouble(String),
}

/// Keeps the library of a folder: tells what it holds, and does what is ordered, in that order, until nothing can be ordered any more.
/// What was ordered before that is done, even if nobody listens by then.
pub fn keep(folder: Option<PathBuf>, orders: &Receiver<Order>, tell: impl FnMut(News) -> Option<()>) {
    let mut tell = tell;
    let mut listens = true;
    let mut tell = move |news| listens = listens && tell(news).is_some();
    let mut keeper =
        Keeper { folder, library: None, catalogue: None, trouble: None, tried: None, seen: false, to_back_up: false, tell: &mut tell };
    keeper.open();
    let mut looked = Instant::now();
    let mut next = None;
    loop {
        let order = next.take().map_or_else(|| orders.recv_timeout(LOOK.saturating_sub(looked.elapsed())), Ok);
        match order {
            Ok(Order::Catalogue(mut catalogue)) => {
                // While sources are read there is soon a larger one.
                while let Ok(waiting) = orders.try_recv() {
                    match waiting {
                        Order::Catalogue(larger) => catalogue = larger,
                        other => {
                            next = Some(other);
                            break;
                        }
                    }
                }
                keeper.attach(catalogue);
            }
            Ok(Order::Change(change)) => keeper.change(|library| library.apply(&change)),
            Ok(Order::Undo) => keeper.change(undo),
            Err(RecvTimeoutError::Timeout) => keeper.back_up(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if looked.elapsed() >= LOOK {
            keeper.look();
            looked = Instant::now();
        }
    }
}

fn undo(library: &mut Library) -> Result<Option<String>, LibraryError> {
    let nothing = || LibraryError::Refused("There is nothing to undo".to_owned());
    library.undo()?.map(Some).ok_or_else(nothing)
}

struct Keeper<'a> {
    folder: Option<PathBuf>,
    library: Option<Library>,
    catalogue: Option<Arc<Catalogue>>,
    /// What was told last of what is wrong.
    trouble: Option<LibraryError>,
    /// What the file was like when it was opened last, or could not be.
    tried: Option<Stamp>,
    /// A file was there once. From then on none is made: whoever moved it away may be about to put another one in its place, and would
    /// copy it over ours.
    seen: bool,
    /// Something was changed, and whether a copy is due was not looked at since.
    to_back_up: bool,
    tell: &'a mut dyn FnMut(News),
}

impl Keeper<'_> {
    /// Opens the library, and tells if it cannot be had in full, or can be had again.
    fn open(&mut self) {
        let opened = self.folder.clone().ok_or(LibraryError::NoPlace).and_then(|folder| self.opened(&folder));
        let trouble = match opened {
            Ok(library) => {
                let read_only = library.is_read_only().then(|| LibraryError::ReadOnly { path: library.path().to_owned() });
                self.library = Some(library);
                read_only
            }
            Err(error) => Some(error),
        };
        self.tell_trouble(trouble);
        if self.library.is_some()
            && let Some(catalogue) = self.catalogue.clone()
        {
            self.attach(catalogue);
        }
    }

    /// The library, made only where none was ever seen.
    fn opened(&mut self, folder: &Path) -> Result<Library, LibraryError> {
        let path = folder.join(file::NAME);
        self.tried = Stamp::of(&path);
        self.seen |= self.tried.is_some();
        if !self.seen {
            let made = Library::open(folder)?;
            self.seen = true;
            return Ok(made);
        }
        Library::open_existing(folder)?.ok_or(LibraryError::Away { path })
    }

    /// Opens the library that could not be had, unless what lies there may still be written.
    fn open_again(&mut self) {
        let locked = matches!(self.trouble, Some(LibraryError::Locked { .. }));
        if locked || !self.stamp().is_some_and(Stamp::is_fresh) {
            self.open();
        }
    }

    fn stamp(&self) -> Option<Stamp> {
        Stamp::of(&self.folder.as_ref()?.join(file::NAME))
    }

    fn tell_trouble(&mut self, trouble: Option<LibraryError>) {
        let words = |trouble: &Option<LibraryError>| trouble.as_ref().map(said);
        let (before, now) = (words(&self.trouble), words(&trouble));
        if before != now {
            (self.tell)(News::Trouble(now.unwrap_or_else(|| "The library can be had again: what you change is kept".to_owned())));
        }
        self.trouble = trouble;
    }

    fn attach(&mut self, catalogue: Arc<Catalogue>) {
        self.catalogue = Some(catalogue.clone());
        match self.library.as_mut().map(|library| library.attach(&catalogue)) {
            Some(Ok(marks)) => (self.tell)(News::Marks { of: catalogue, marks }),
            Some(Err(error)) => self.lose(error),
            None => (self.tell)(News::Marks { of: catalogue, marks: Marks::default() }),
        }
    }

    /// The library can be read no more; what is known of it stays on the screen.
    fn lose(&mut self, error: LibraryError) {
        self.library = None;
        self.tell_trouble(Some(error));
    }

    fn change(&mut self, change: impl FnOnce(&mut Library) -> Result<Option<String>, LibraryError>) {
        self.reopen_replaced();
        if self.library.is_none() {
            // The user may have done what was advised.
            self.open_again();
        }
        let Some(library) = &mut self.library else {
            let why = self.trouble.as_ref().map(said).unwrap_or_default();
            return (self.tell)(News::Refused(why));
        };
        let changed = change(library);
        self.to_back_up |= changed.is_ok();
        let marks = library.marks();
        if let Some(of) = self.catalogue.clone() {
            (self.tell)(News::Marks { of, marks });
        }
        (self.tell)(match changed {
            Ok(Some(sentence)) => News::Done(sentence),
            Ok(None) => News::Quiet,
            Err(error) => News::Refused(said(&error)),
        });
        std::thread::sleep(TURN);
    }

    /// Makes the copy of the week once nothing is to be done; that it cannot be made is no trouble of the moment.
    fn back_up(&mut self) {
        if std::mem::take(&mut self.to_back_up)
            && let Some(library) = &self.library
        {
            let _ = library.back_up_weekly();
        }
    }

    /// Looks for what other programs wrote, and for a library that could not be had.
    fn look(&mut self) {
        self.reopen_replaced();
        let Some(library) = &mut self.library else {
            // Only what passes by itself is tried again unasked, and what somebody did something about.
            if matches!(self.trouble, Some(LibraryError::Locked { .. })) || self.stamp() != self.tried {
                self.open_again();
            }
            return;
        };
        let Some(of) = self.catalogue.clone() else { return };
        match library.changed_elsewhere().and_then(|changed| changed.then(|| library.look()).transpose()) {
            Ok(Some(marks)) => (self.tell)(News::Marks { of, marks }),
            // That another program has it for itself passes.
            Ok(None) | Err(LibraryError::Locked { .. }) => {}
            Err(error) => self.lose(error),
        }
    }

    /// What is written into a file that was moved away is lost: the one in its place is opened, once it is whole.
    fn reopen_replaced(&mut self) {
        if let Some(moved) = self.library.take_if(|library| library.is_replaced()) {
            if self.stamp().is_some_and(|stamp| !stamp.is_fresh()) {
                return self.open();
            }
            self.tried = None;
            self.tell_trouble(Some(LibraryError::Away { path: moved.path().to_owned() }));
        }
    }
}

/// What a file is like, as far as that tells whether somebody did something to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    id: Option<FileId>,
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// Of the file of that name, if there is one.
    fn of(path: &Path) -> Option<Stamp> {
        let about = fs::metadata(path).ok()?;
        Some(Stamp { id: id_of(path), length: about.len(), modified: about.modified().ok() })
    }

    /// Was it written so lately that it may be written still?
    fn is_fresh(self) -> bool {
        self.modified.and_then(|at| at.elapsed().ok()).is_some_and(|age| age < SETTLED)
    }
}

/// An error as a sentence on its own.
fn said(error: &LibraryError) -> String {
    crate::text::capitalised(&error.to_string())
}
