//! The file: made whole or not at all, looked at before it is touched, brought up to date behind a backup.

use super::backup;
use super::error::{LibraryError, words};
use super::schema::APPLICATION;
use rusqlite::{Connection, Error, ErrorCode, MAIN_DB, OpenFlags, Transaction, TransactionBehavior};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The name of the file in its folder.
pub(super) const NAME: &str = "library.db";

/// How often a lock of another program is tried again, and how many times: somewhat less than a second. `SQLite` itself would wait longer
/// and longer between two tries, and one that writes much would leave nobody else a turn.
const TRY_AGAIN: Duration = Duration::from_millis(1);
const TRIES: i32 = 750;

/// What every database begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Where in a database's first bytes the number of its application stands.
const APPLICATION_AT: usize = 68;

/// A database that was found to be a library.
#[derive(Debug)]
pub(super) struct Opened {
    pub connection: Connection,
    /// It can be read and nothing more.
    pub read_only: bool,
}

/// Opens a library for reading and writing, or for reading where no more can be had. Where there is none it is made.
pub(super) fn open(folder: &Path, steps: &[&str]) -> Result<Opened, LibraryError> {
    let path = folder.join(NAME);
    make_folder(folder).map_err(|error| LibraryError::unreachable(folder, &error))?;
    if !exists(&path)? {
        create(&path, steps)?;
    }
    open_existing(&path, steps)
}

/// The same, where there is one; none is made.
pub(super) fn open_existing(path: &Path, steps: &[&str]) -> Result<Opened, LibraryError> {
    let opened = existing(path, steps)?;
    if let Some(fault) = fault_in(&opened.connection).map_err(|error| LibraryError::of(&error, path))? {
        return Err(LibraryError::damaged(path, fault));
    }
    if !opened.read_only {
        bring_up_to_date(&opened.connection, path, steps)?;
    }
    Ok(opened)
}

/// Opens a library to look into it; `None` if there is none. Nothing is made or changed.
pub(super) fn look(folder: &Path, steps: &[&str]) -> Result<Option<Connection>, LibraryError> {
    let path = folder.join(NAME);
    if !exists(&path)? {
        return Ok(None);
    }
    check_head(&path)?;
    // What SQLite lays beside a database while it is read goes with the last reader, if that might write; a mere reader leaves it there.
    let looked = reached(&path).and_then(|Opened { connection, .. }| {
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    });
    let connection = looked.map_err(|error| LibraryError::of(&error, &path))?;
    check_version(&connection, &path, steps)?;
    Ok(Some(connection))
}

/// Why a change to a library that can be read would be refused now, if it would.
pub(super) fn refusal(path: &Path) -> Option<LibraryError> {
    let lock =
        || Transaction::new_unchecked(&connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?, TransactionBehavior::Immediate)?.rollback();
    lock().err().map(
        |error| {
            if may_be_read(&error) { LibraryError::ReadOnly { path: path.to_owned() } } else { LibraryError::of(&error, path) }
        },
    )
}

fn exists(path: &Path) -> Result<bool, LibraryError> {
    path.try_exists().map_err(|error| LibraryError::unreachable(path, &error))
}

/// What one keeps is nobody else's business.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes a library under another name, and gives it its own when it is whole: whoever looks sees none or all of it.
fn create(path: &Path, steps: &[&str]) -> Result<(), LibraryError> {
    let draft = path.with_file_name(format!(".library.{}.{:?}.tmp", std::process::id(), std::thread::current().id()));
    let made = fill(&draft, steps).map_err(|error| LibraryError::of(&error, path));
    let placed = made.and_then(|()| match put(&draft, path) {
        // Another program was faster: its library is as good.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map_err(|error| LibraryError::unreachable(path, &error)),
    });
    let _ = fs::remove_file(&draft);
    placed
}

fn fill(draft: &Path, steps: &[&str]) -> rusqlite::Result<()> {
    let connection = Connection::open(draft)?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    let transaction = Transaction::new_unchecked(&connection, TransactionBehavior::Immediate)?;
    for (step, version) in steps.iter().zip(1_i64..) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    transaction.commit()?;
    // Kept in the file: whoever opens it later finds it so.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.close().map_err(|(_, error)| error)
}

/// Gives a file a name that no file has; where the file system knows no links, there is a moment in which that is not certain.
pub(super) fn put(draft: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(draft, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() => fs::rename(draft, path),
        other => other,
    }?;
    // The name itself must survive too; not every system can be asked for that.
    let _ = path.parent().map(fs::File::open).transpose().map(|folder| folder.map(|folder| folder.sync_all()));
    Ok(())
}

fn existing(path: &Path, steps: &[&str]) -> Result<Opened, LibraryError> {
    check_head(path)?;
    let told = |error: Error| LibraryError::of(&error, path);
    let opened = reached(path).map_err(told)?;
    let version = check_version(&opened.connection, path, steps)?;
    if opened.read_only && usize::try_from(version).is_ok_and(|version| version < steps.len()) {
        return Err(LibraryError::NoBackup { path: path.to_owned(), why: "it can only be read".to_owned() });
    }
    if !opened.read_only {
        // A change that was confirmed outlives a power cut.
        opened.connection.pragma_update(None, "synchronous", "FULL").map_err(told)?;
    }
    Ok(opened)
}

/// Opens a database for writing, or for reading where no more can be had.
fn reached(path: &Path) -> rusqlite::Result<Opened> {
    let writing = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|connection| {
        let read_only = connection.is_readonly(MAIN_DB)?;
        version_of(&connection)?;
        Ok(Opened { connection, read_only })
    });
    match writing {
        Err(error) if may_be_read(&error) => Ok(Opened { connection: for_reading(path)?, read_only: true }),
        other => other,
    }
}

/// Is that how a database answers that lies where nothing can be written?
fn may_be_read(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
}

fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_handler(Some(|tries| {
        std::thread::sleep(TRY_AGAIN);
        tries < TRIES
    }))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// Opens a database for reading. Where not even the files can be made that programs arrange themselves with, and no other program
/// has left any, nothing can be in the making: it is read as it lies there.
fn for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let plain = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(|connection| {
        version_of(&connection)?;
        Ok(connection)
    });
    match plain {
        Err(error) if may_be_read(&error) && !beside(path, "-wal").is_file() => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            connect(Path::new(&as_uri(path)), flags)
        }
        other => other,
    }
}

/// A file as `SQLite`'s address for what nobody writes.
fn as_uri(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~');
    let encoded = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let path: String = path.as_os_str().as_encoded_bytes().iter().map(|byte| encoded(*byte)).collect();
    format!("file:{path}?immutable=1")
}

/// A file that `SQLite` keeps beside a database.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Looks at the first bytes, before `SQLite` does: it takes an empty file for a new database, and would fill it.
fn check_head(path: &Path) -> Result<(), LibraryError> {
    let told = |error: io::Error| LibraryError::unreachable(path, &error);
    let mut head = Vec::new();
    fs::File::open(path).and_then(|file| file.take(100).read_to_end(&mut head)).map_err(told)?;
    let application = head.get(APPLICATION_AT..APPLICATION_AT + 4);
    if head.is_empty() {
        return Err(LibraryError::damaged(path, "the file is empty"));
    }
    if !head.starts_with(MAGIC) {
        return Err(LibraryError::damaged(path, "the file is not a database"));
    }
    match application {
        None => Err(LibraryError::damaged(path, "the file ends too early")),
        Some(number) if number != APPLICATION.to_be_bytes() => Err(LibraryError::Foreign { path: path.to_owned() }),
        Some(_) => Ok(()),
    }
}

pub(super) fn version_of(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The version of a library, if it is one that is understood.
fn check_version(connection: &Connection, path: &Path, steps: &[&str]) -> Result<i64, LibraryError> {
    let version = version_of(connection).map_err(|error| LibraryError::of(&error, path))?;
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    if version > known {
        return Err(LibraryError::Newer { path: path.to_owned(), version, known, backup: backup::newest(path) });
    }
    if version < 1 {
        return Err(LibraryError::damaged(path, "it says of no version that it is one"));
    }
    Ok(version)
}

/// What is wrong in a database, if anything is.
pub(super) fn fault_in(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let found: String = match connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)) {
        Err(error) if matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)) => words(&error),
        other => other?,
    };
    Ok((found != "ok").then(|| crate::text::clean_line(&found).into_owned()))
}

/// Takes each step that is still to be taken, a backup before each.
fn bring_up_to_date(connection: &Connection, path: &Path, steps: &[&str]) -> Result<(), LibraryError> {
    let told = |error: Error| LibraryError::of(&error, path);
    loop {
        let version = version_of(connection).map_err(told)?;
        let Some(step) = usize::try_from(version).ok().and_then(|version| steps.get(version)) else { return Ok(()) };
        backup::make(connection, path, version, &format!("v{version}"))
            .map_err(|why| LibraryError::NoBackup { path: path.to_owned(), why })?;
        take(connection, step, version).map_err(told)?;
    }
}

/// One step, whole or not at all; none, if another program took it meanwhile.
fn take(connection: &Connection, step: &str, version: i64) -> rusqlite::Result<()> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    if version_of(&transaction)? != version {
        return Ok(());
    }
    transaction.execute_batch(step)?;
    transaction.pragma_update(None, "user_version", version + 1)?;
    transaction.commit()
}
