//! A place for a socket that nobody else can reach.

use crate::text::reason;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Some systems know no socket whose path, this and a name, is longer than 103 bytes.
const LONGEST: usize = 96;

/// A folder of one's own; it goes, with the socket in it, when this does.
#[derive(Debug)]
pub(super) struct Room {
    folder: PathBuf,
}

impl Room {
    /// Makes one in the user's runtime directory, else among temporary files.
    ///
    /// # Errors
    /// There is no place for it, for people.
    pub(super) fn make() -> Result<Room, String> {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_absolute());
        let places = runtime.into_iter().chain([std::env::temp_dir(), PathBuf::from("/tmp")]);
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for place in places {
            match Room::make_in(&place) {
                Ok(room) => return Ok(room),
                Err(error) => last = error,
            }
        }
        Err(format!("there is no place for the socket over which mpv is spoken to, {}; set XDG_RUNTIME_DIR", reason(&last)))
    }

    fn make_in(place: &Path) -> io::Result<Room> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        loop {
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let folder = place.join(format!("cuepoint-{}-{number}", std::process::id()));
            if folder.as_os_str().len() > LONGEST {
                return Err(io::ErrorKind::InvalidFilename.into());
            }
            match DirBuilder::new().mode(0o700).create(&folder) {
                Ok(()) => return Ok(Room { folder }),
                // What is there already may be somebody else's.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Where the socket is to be.
    pub(super) fn socket(&self) -> PathBuf {
        self.folder.join("mpv")
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // What cannot be removed is left to whoever cleans up temporary files.
        let _ = fs::remove_file(self.socket());
        let _ = fs::remove_dir(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn it_is_private_and_goes_with_all_that_is_in_it() {
        let place = tempfile::tempdir().expect("a folder");
        let room = Room::make_in(place.path()).expect("made");
        let mode = fs::metadata(&room.folder).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        let _listening = std::os::unix::net::UnixListener::bind(room.socket()).expect("a socket");
        drop(room);
        assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn a_place_that_does_not_do_is_refused() {
        let place = tempfile::tempdir().expect("a folder");
        assert!(Room::make_in(&place.path().join("missing")).is_err());
        let long = place.path().join("long".repeat(30));
        fs::create_dir(&long).expect("a folder");
        assert!(Room::make_in(&long).is_err());
        assert!(Room::make().is_ok());
    }
}
