//! Backups: whole copies beside the library, checked before they count, and never written over.

use super::error::words;
use crate::text::reason;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};

/// Copies a library into a new file beside it, named after its version and the day; the name.
///
/// # Errors
/// There is no room, the folder cannot be written, or the copy is not whole: a sentence that says which. Nothing stays behind.
pub(super) fn make(connection: &Connection, path: &Path, version: i64) -> Result<String, String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let draft = folder.join(format!(".library-backup.{}.tmp", std::process::id()));
    let made = copy(connection, &draft, version).and_then(|()| place(&draft, folder, version));
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
fn place(draft: &Path, folder: &Path, version: i64) -> Result<String, String> {
    let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    for number in 1..1_000 {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let name = format!("library-v{version}-{day}{more}.db");
        match super::file::put(draft, &folder.join(&name)) {
            Ok(()) => return Ok(name),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(reason(&error)),
        }
    }
    Err("there are a thousand backups of today".to_owned())
}

/// The names of all backups beside a library, newest first.
pub(super) fn all(path: &Path) -> Vec<String> {
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    let files = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut backups: Vec<(Option<std::time::SystemTime>, String)> =
        files.filter_map(|file| Some((modified(&file), name(&file)?))).collect();
    backups.sort();
    backups.into_iter().rev().map(|(_, name)| name).collect()
}

fn modified(file: &PathBuf) -> Option<std::time::SystemTime> {
    fs::metadata(file).and_then(|about| about.modified()).ok()
}

fn name(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    (name.starts_with("library-v") && file.extension()? == "db").then(|| name.to_owned())
}

/// The name of the newest backup beside a library.
pub(super) fn newest(path: &Path) -> Option<String> {
    all(path).into_iter().next()
}
