//! Backups: whole copies beside the library, checked before they count, and never written over.

use super::error::words;
use crate::text::reason;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Days after which the newest copy is followed by another one.
const WEEK: i64 = 7;

/// Copies of the last weeks that are kept.
const WEEKS: usize = 5;

/// Copies a library into a new file beside it, named after what it is (`v1`, `week`) and the day; the name.
///
/// # Errors
/// There is no room, the folder cannot be written, or the copy is not whole: a sentence that says which. Nothing stays behind.
pub(super) fn make(connection: &Connection, path: &Path, version: i64, what: &str) -> Result<String, String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let draft = folder.join(format!(".library-backup.{}.tmp", std::process::id()));
    let made = copy(connection, &draft, version).and_then(|()| place(&draft, folder, what));
    // Its content has its own name by now, or is of no use.
    let _ = fs::remove_file(&draft);
    made
}

fn copy(connection: &Connection, draft: &Path, version: i64) -> Result<(), String> {
    let _ = fs::remove_file(draft);
    let Some(name) = draft.to_str() else { return Err("the folder's name is no text".to_owned()) };
    connection.execute("VACUUM INTO ?1", [name]).map_err(|error| words(&error))?;
    let copy = Connection::open_with_flags(draft, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|error| words(&error))?;
    let found = copy.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).map_err(|error| words(&error))?;
    if found != version || super::file::fault_in(&copy).map_err(|error| words(&error))?.is_some() {
        return Err("the copy is not whole".to_owned());
    }
    drop(copy);
    fs::File::open(draft).and_then(|file| file.sync_all()).map_err(|error| reason(&error))
}

/// Gives a copy the first name that is free; a link is refused where a file is, so that none is lost even if two do this at once.
fn place(draft: &Path, folder: &Path, what: &str) -> Result<String, String> {
    let day = today();
    for number in 1..1_000 {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let name = format!("library-{what}-{day}{more}.db");
        match super::file::put(draft, &folder.join(&name)) {
            Ok(()) => return Ok(name),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(reason(&error)),
        }
    }
    Err("there are a thousand backups of today".to_owned())
}

/// Copies a library if no copy of it is younger than a week, and removes those weekly ones that are too many; the name of the new one.
/// How old a copy is, its name says: the time of a file changes when it is touched or copied. One of a day to come, which a wrong clock
/// made, neither stands for a copy of this week nor is it ever one too many.
///
/// # Errors
/// No copy could be made: a sentence that says why.
pub(super) fn weekly(connection: &Connection, path: &Path, version: i64) -> Result<Option<String>, String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let today = today();
    let past = || all(path).into_iter().filter(|name| day(name).is_some_and(|day| day <= today));
    if past().any(|name| day(&name) > Some(today.saturating_sub(WEEK.days()))) {
        return Ok(None);
    }
    let made = make(connection, path, version, "week")?;
    for old in past().filter(|name| name.starts_with("library-week-")).skip(WEEKS) {
        // One more than is needed does no harm.
        let _ = fs::remove_file(folder.join(old));
    }
    Ok(Some(made))
}

fn today() -> Date {
    Offset::UTC.to_datetime(Timestamp::now()).date()
}

/// The day in a backup's name: `library-week-2026-11-28-2.db`.
fn day(name: &str) -> Option<Date> {
    let (_, day) = name.strip_prefix("library-")?.split_once('-')?;
    day.get(..10)?.parse().ok()
}

/// The names of all backups beside a library, newest first, by the days in their names; those without one last.
pub(super) fn all(path: &Path) -> Vec<String> {
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    let files = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let of = |file: &Path| name(file).map(|name| (day(&name), modified(file), name));
    let mut backups: Vec<(Option<Date>, Option<SystemTime>, String)> = files.filter_map(|file| of(&file)).collect();
    backups.sort();
    backups.into_iter().rev().map(|(_, _, name)| name).collect()
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|about| about.modified()).ok()
}

fn name(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    (name.starts_with("library-") && file.extension()? == "db").then(|| name.to_owned())
}

/// The name of the newest backup beside a library.
pub(super) fn newest(path: &Path) -> Option<String> {
    all(path).into_iter().next()
}
