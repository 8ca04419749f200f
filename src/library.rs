//! The library: what the user keeps about talks, in one `SQLite` file that outlives every archive.
//!
//! [`Library`] is that file, opened: it lays what is kept beside a catalogue, takes changes, and takes them back. [`keep`] is the worker
//! that does so for the screen. A change that was confirmed is on the disk; two programs may write at once; a file that is damaged,
//! newer or not ours is left as it is. Lines of JSON carry it all elsewhere (`export`, `import`).

mod again;
mod anchor;
mod attach;
mod backup;
mod change;
mod check;
mod error;
mod export;
mod file;
mod find;
mod import;
mod keep;
mod lines;
mod notes;
mod part;
mod row;
mod schema;
#[cfg(test)]
mod tests;
mod undo;

pub use check::{Checked, Found, examine};
pub use error::LibraryError;
pub use export::ExportError;
pub use import::Imported;
pub use keep::{News, Order, keep};
pub use lines::Line;
pub use notes::{Noted, NotedAt};

use crate::domain::Catalogue;
use crate::domain::marks::{Change, Marks};
use attach::Attached;
use change::Done;
use error::Inner;
use etcetera::BaseStrategy;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use undo::{Steps, sentence};

/// What is left to other programs between two changes: longer than they wait between two tries.
const TURN: Duration = Duration::from_millis(3);

/// Where the library is kept when nothing else is said.
pub fn data_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.data_dir().join("cuepoint"))
}

/// The library in a folder, opened.
#[derive(Debug)]
pub struct Library {
    path: PathBuf,
    connection: Connection,
    read_only: bool,
    /// What the file was when it was opened: another one may take its place.
    file: Option<FileId>,
    /// The count that the database keeps of what other programs wrote, as of what is known of it; `None` where nothing is.
    version: Option<i64>,
    attached: Option<Attached>,
    steps: Steps,
}

/// What tells a file from another one of the same name.
type FileId = (u64, u64);

/// Everything that is kept about the talks of a catalogue, for who looks only; `None` where there is no library. Nothing is made or
/// changed.
///
/// # Errors
/// The library cannot be read, or is none.
pub fn marks_of(folder: &Path, catalogue: &Arc<Catalogue>) -> Result<Option<Marks>, LibraryError> {
    let Some(connection) = file::look(folder, schema::STEPS)? else { return Ok(None) };
    let told = |error: rusqlite::Error| LibraryError::of(&error, &folder.join(file::NAME));
    let transaction = connection.unchecked_transaction().map_err(told)?;
    let (attached, _) = Attached::to(catalogue, &transaction).map_err(told)?;
    Ok(Some(attached.marks))
}

impl Library {
    /// Opens the library in a folder, which is made if there is none. Where it can only be read it is opened for that, and every
    /// change is refused.
    ///
    /// # Errors
    /// It cannot be had, and what to do about that.
    pub fn open(folder: &Path) -> Result<Library, LibraryError> {
        Library::open_as(folder, schema::STEPS)
    }

    /// Opens it as the library of a program that knows these steps.
    fn open_as(folder: &Path, steps: &[&str]) -> Result<Library, LibraryError> {
        Ok(Library::of(folder, file::open(folder, steps)?))
    }

    fn of(folder: &Path, file::Opened { connection, read_only }: file::Opened) -> Library {
        let path = folder.join(file::NAME);
        connection.set_prepared_statement_cache_capacity(64);
        Library { file: id_of(&path), path, connection, read_only, version: None, attached: None, steps: Steps::default() }
    }

    /// Opens the library in a folder if there is one; none is made.
    ///
    /// # Errors
    /// It cannot be had, and what to do about that.
    pub fn open_existing(folder: &Path) -> Result<Option<Library>, LibraryError> {
        let path = folder.join(file::NAME);
        match path.try_exists() {
            Ok(false) => Ok(None),
            Ok(true) => Ok(Some(Library::of(folder, file::open_existing(&path, schema::STEPS)?))),
            Err(error) => Err(LibraryError::unreachable(&path, &error)),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Can it be read and nothing more?
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Was another file put in the place of the one that was opened? Then nothing that is written here would be found again.
    pub fn is_replaced(&self) -> bool {
        self.file.is_some() && id_of(&self.path) != self.file
    }

    /// Lays what is kept beside a catalogue, where marked talks are found again even if they were corrected. What they are now is
    /// written into the library, as far as it can be: the next correction is measured against that.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn attach(&mut self, catalogue: &Arc<Catalogue>) -> Result<Marks, LibraryError> {
        let (version, (attached, learnt)) = self.reading(|connection| Attached::to(catalogue, connection))?;
        self.version = Some(version);
        self.attached = Some(attached);
        if !learnt.is_empty() && !self.read_only {
            // What cannot be written now is learnt again the next time.
            let _ = self.writing(|connection, attached| Ok(again::write(&learnt, &attached.catalogue, connection)?));
        }
        // Another program may have written in between, which was read then.
        Ok(self.marks())
    }

    /// What is kept, as far as it is known; nothing before there is a catalogue.
    pub fn marks(&self) -> Marks {
        self.attached.as_ref().map(|attached| attached.marks.clone()).unwrap_or_default()
    }

    /// Has another program changed something since it was last looked at?
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn changed_elsewhere(&self) -> Result<bool, LibraryError> {
        let now = data_version(&self.connection).map_err(|error| self.told(&error))?;
        Ok(self.version != Some(now))
    }

    /// Looks at what other programs have changed; what is kept now.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn look(&mut self) -> Result<Marks, LibraryError> {
        if let Some(mut attached) = self.attached.take() {
            let read = self.reading(|connection| attached.reload(connection));
            self.attached = Some(attached);
            self.version = Some(read?.0);
        }
        Ok(self.marks())
    }

    /// Makes a change, on the disk before this comes back; a sentence about it, if it is worth one. What happens by itself while a talk is
    /// played is not ([`Change::Seen`], [`Change::Over`], [`Change::Position`], [`Change::Visit`]), and is never taken back.
    ///
    /// # Errors
    /// Nothing was changed, and why.
    pub fn apply(&mut self, change: &Change) -> Result<Option<String>, LibraryError> {
        let done = self.writing(|connection, attached| change::carry_out(connection, attached, change))?;
        self.show(&done)?;
        match &done.said {
            Some(said) if !done.changed.is_empty() => self.steps.push(said.clone(), done.changed),
            Some(_) => {}
            None => self.steps.follow(&done.changed),
        }
        Ok(done.said)
    }

    /// Takes the last change back that can be, exactly; a sentence about it, or `None` if there is none. Ten are remembered.
    ///
    /// # Errors
    /// Nothing was changed, and why: most often another program changed the same since.
    pub fn undo(&mut self) -> Result<Option<String>, LibraryError> {
        let Some(step) = self.steps.pop() else { return Ok(None) };
        match self.writing(|connection, _| undo::take_back(connection, &step)) {
            Ok(done) => {
                self.show(&done)?;
                Ok(Some(sentence(&step)))
            }
            Err(error @ LibraryError::Refused(_)) => Err(error),
            Err(error) => {
                // It can be tried again when the library can be written.
                self.steps.put_back(step);
                Err(error)
            }
        }
    }

    /// Makes a copy of the library beside it, if none is younger than a week; its name. Five such copies are kept.
    ///
    /// # Errors
    /// No copy could be made.
    pub fn back_up_weekly(&self) -> Result<Option<String>, LibraryError> {
        self.check_writable()?;
        let version = file::version_of(&self.connection).map_err(|error| self.told(&error))?;
        backup::weekly(&self.connection, &self.path, version).map_err(|why| LibraryError::NotWritten { path: self.path.clone(), why })
    }

    /// Reads in one piece; with it the database's count of what others wrote, as of that moment.
    fn reading<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<(i64, T), LibraryError> {
        let read = || {
            let transaction = self.connection.unchecked_transaction()?;
            Ok((data_version(&transaction)?, read(&transaction)?))
        };
        read().map_err(|error| self.told(&error))
    }

    /// Can anything be written that is found again?
    fn check_writable(&self) -> Result<(), LibraryError> {
        let path = || self.path.clone();
        match (self.read_only, self.is_replaced()) {
            (true, _) => Err(LibraryError::ReadOnly { path: path() }),
            (_, true) => Err(LibraryError::Replaced { path: path() }),
            _ => Ok(()),
        }
    }

    /// Writes in one piece, all of it or nothing, what has nothing to do with a catalogue.
    fn adding<T>(&mut self, add: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, LibraryError> {
        self.check_writable()?;
        // What is in memory knows nothing of it.
        self.version = None;
        let add = || {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            let added = add(&transaction)?;
            transaction.commit()?;
            Ok(added)
        };
        add().map_err(|error| self.told(&error))
    }

    /// Writes in one piece, all of it or nothing, knowing what others wrote before.
    fn writing<T>(&mut self, write: impl FnOnce(&Connection, &mut Attached) -> Result<T, Inner>) -> Result<T, LibraryError> {
        self.check_writable()?;
        let Some(attached) = &mut self.attached else {
            return Err(LibraryError::Refused("The talks are still being read; try again in a moment".to_owned()));
        };
        let (connection, known) = (&self.connection, &mut self.version);
        let run = || {
            let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            let now = data_version(&transaction)?;
            if *known != Some(now) {
                attached.reload(&transaction)?;
                *known = Some(now);
            }
            let written = write(&transaction, attached)?;
            transaction.commit()?;
            Ok(written)
        };
        run().map_err(|error: Inner| {
            // What was noted in memory may not have come to pass.
            *known = None;
            error.at(&self.path)
        })
    }

    /// Brings the marks up to date with a change.
    fn show(&mut self, done: &Done) -> Result<(), LibraryError> {
        let Some(attached) = &mut self.attached else { return Ok(()) };
        undo::show(&self.connection, attached, done).map_err(|error| {
            self.version = None;
            LibraryError::of(&error, &self.path)
        })
    }

    fn told(&self, error: &rusqlite::Error) -> LibraryError {
        LibraryError::of(error, &self.path)
    }
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}

#[cfg(unix)]
fn id_of(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|about| (about.dev(), about.ino()))
}

/// Where a file that is open can be neither moved nor removed, none takes its place.
#[cfg(not(unix))]
fn id_of(_: &Path) -> Option<FileId> {
    None
}
