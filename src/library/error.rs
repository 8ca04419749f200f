//! What can go wrong with the library, as sentences that say what, where and what to do.

use crate::text::{clean_line, reason};
use rusqlite::{Error, ErrorCode};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the library cannot be had, or did not take a change. Whatever it was, nothing in the file was overwritten.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// There is no home directory to keep it in.
    #[error("the library has no place: no home directory is known; set XDG_DATA_HOME to a folder")]
    NoPlace,
    /// The folder or the file cannot be made or reached.
    #[error("the library {} cannot be opened: {why}; check the folder and its permissions", Shown(.path))]
    Unreachable {
        /// The file or the folder.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// The file is no whole database.
    #[error("the library {} is damaged ({why}) and was left as it is; {}", Shown(.path), way_back(.path, .backup.as_ref()))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        why: String,
        /// The newest backup beside it.
        backup: Option<String>,
    },
    /// The file is a database of something else.
    #[error("{} is a database of another program and was left as it is; close every cuepoint and move it away: a new library is begun", Shown(.path))]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A newer cuepoint has written it.
    #[error(
        "the library {} was written by a newer cuepoint (version {version}, this one reads up to {known}) and was left as it is; \
         use the newer one, or {}", Shown(.path), way_back(.path, .backup.as_ref()))]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version in it.
        version: i64,
        /// The newest version that is understood.
        known: i64,
        /// The newest backup beside it.
        backup: Option<String>,
    },
    /// Another program holds it for longer than is waited.
    #[error("the library {} is locked by another program; close that, or try again", Shown(.path))]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// It can be read, and not written.
    #[error("the library {} can only be read, so nothing can be kept in it; check the permissions of the file and its folder", Shown(.path))]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another file lies in its place.
    #[error("the library {} was moved away or replaced while it was open, so nothing was changed; try again", Shown(.path))]
    Replaced {
        /// The file.
        path: PathBuf,
    },
    /// It was moved away while the program ran, and what lies in its place, if anything does, is not whole yet. None is made there:
    /// somebody may be about to put a backup in that very place.
    #[error(
        "the library {} was moved away and no whole one is there yet, so nothing can be kept; put it or a backup of it there, \
         or start cuepoint anew, which begins an empty one", Shown(.path))]
    Away {
        /// Where it was.
        path: PathBuf,
    },
    /// No room, or the disk fails.
    #[error("the library {} cannot be written ({why}), so nothing was changed; make room on the disk, and try again", Shown(.path))]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// What was found.
        why: String,
    },
    /// The way to a new version begins with a backup, and that could not be made.
    #[error("the library {} is of an older version and was left as it is, since no backup of it could be made: {why}", Shown(.path))]
    NoBackup {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// Anything else that the database says.
    #[error("the library {} failed: {why}; `cuepoint library check` looks through it", Shown(.path))]
    Failed {
        /// The file.
        path: PathBuf,
        /// The database's words.
        why: String,
    },
    /// The change makes no sense as things stand.
    #[error("{0}")]
    Refused(String),
}

/// A path in a sentence.
struct Shown<'a>(&'a PathBuf);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clean_line(&self.0.to_string_lossy()))
    }
}

/// What to do about a file that cannot be used. What `SQLite` keeps beside it belongs to it, and would spoil another one in its place;
/// a name that is given last shows nobody half a copy.
fn way_back(path: &Path, backup: Option<&String>) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let away = format!("close every cuepoint and move {name} and {name}-* away");
    match backup {
        Some(backup) => format!(
            "to go back to its backup {0}, {away}, copy {0} to restored.db beside it, and rename that to {name}",
            clean_line(backup)
        ),
        None => format!("there is no backup; {away}: a new library is begun at the next start"),
    }
}

impl LibraryError {
    /// What an error of the database means for the library in that file.
    pub(super) fn of(error: &Error, path: &Path) -> LibraryError {
        let path = path.to_owned();
        let why = words(error);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LibraryError::Locked { path },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => LibraryError::damaged(&path, why),
            Some(ErrorCode::ReadOnly) => LibraryError::ReadOnly { path },
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => LibraryError::NotWritten { path, why },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => LibraryError::Unreachable { path, why },
            _ => LibraryError::Failed { path, why },
        }
    }

    pub(super) fn damaged(path: &Path, why: impl Into<String>) -> LibraryError {
        LibraryError::Damaged { path: path.to_owned(), why: why.into(), backup: super::backup::newest(path) }
    }

    pub(super) fn unreachable(path: &Path, error: &io::Error) -> LibraryError {
        LibraryError::Unreachable { path: path.to_owned(), why: reason(error) }
    }
}

/// The database's own words about an error.
pub(super) fn words(error: &Error) -> String {
    let text = match error {
        Error::SqliteFailure(_, Some(text)) => text.clone(),
        error => error.to_string(),
    };
    clean_line(&text).into_owned()
}

/// What goes on inside: an error of the database, or a change that is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum Inner {
    #[error(transparent)]
    Database(#[from] Error),
    #[error("{0}")]
    Refused(String),
}

impl Inner {
    pub(super) fn refused<T>(sentence: impl Into<String>) -> Result<T, Inner> {
        Err(Inner::Refused(sentence.into()))
    }

    pub(super) fn at(self, path: &Path) -> LibraryError {
        match self {
            Inner::Database(error) => LibraryError::of(&error, path),
            Inner::Refused(sentence) => LibraryError::Refused(sentence),
        }
    }
}
