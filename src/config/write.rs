//! The configuration that a user begins with: every setting, explained and commented out.

use crate::source::FORMATS;
use crate::text::reason;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What `cuepoint config init` writes; it changes nothing as it stands.
pub static DEFAULT: LazyLock<String> = LazyLock::new(|| {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    include_str!("../../assets/config.toml").replace("\r\n", "\n").replace("{formats}", &names.join(", "))
});

/// Why no configuration was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// There is one, and it is somebody's work.
    #[error("{0} is there already and is left alone")]
    Exists(PathBuf),
    /// The system does not allow it.
    #[error("{0} cannot be written: {reason}", reason = reason(.1))]
    System(PathBuf, #[source] io::Error),
}

/// Writes the default configuration where none stands, with the folders that lead there.
///
/// # Errors
/// There is one already, or the system does not allow it.
pub fn write_default(path: &Path) -> Result<(), WriteError> {
    // A link that leads nowhere is somebody's work too.
    if path.symlink_metadata().is_ok() {
        return Err(WriteError::Exists(path.to_owned()));
    }
    // A file where a folder should be is there already too, but it is no configuration.
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|error| WriteError::System(path.to_owned(), error))?;
    write_new(path, &DEFAULT).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists(path.to_owned()),
        _ => WriteError::System(path.to_owned(), error),
    })
}

/// The file is there whole or not at all, and never takes the place of another, even if that came a moment ago.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_synced(File::create(&draft), text).and_then(|()| match fs::hard_link(&draft, path) {
        // Some file systems know no second name of a file; there a new one is written in place, which spares others too.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => write_synced(File::create_new(path), text),
        linked => linked,
    });
    // A draft that stays behind is the lesser matter.
    let _ = fs::remove_file(&draft);
    written
}

fn write_synced(file: io::Result<File>, text: &str) -> io::Result<()> {
    let mut file = file?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::super::{Config, KEYS, SOURCE_KEYS, parse};
    use super::*;
    use crate::domain::Place;

    fn read(text: &str) -> (Config, Vec<String>) {
        let parsed = parse(text, &Place::of("c.toml".as_ref()), "/".as_ref(), None);
        (parsed.config, parsed.problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn it_changes_nothing_as_it_stands() {
        assert_eq!(read(&DEFAULT), (Config::default(), Vec::new()));
        assert!(DEFAULT.lines().all(|line| line.is_empty() || line.starts_with('#')));
    }

    /// A setting is commented out by `#` alone; a sentence has a space behind it.
    fn uncommented() -> String {
        let line = |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned() + "\n";
        DEFAULT.lines().map(line).collect()
    }

    #[test]
    fn every_setting_in_it_is_right_and_none_is_left_out() {
        let (config, problems) = read(&uncommented());
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(config.sources.len(), 1);
        let table: toml::Table = uncommented().parse().expect("TOML");
        let sorted = |mut keys: Vec<&str>| {
            keys.sort_unstable();
            keys.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(table.keys().cloned().collect::<Vec<_>>(), sorted(KEYS.to_vec()));
        let source = table["source"][0].as_table().expect("a table");
        assert_eq!(source.keys().cloned().collect::<Vec<_>>(), sorted(SOURCE_KEYS.to_vec()));
        for format in FORMATS {
            assert!(DEFAULT.contains(format.name), "{}", format.name);
        }
    }

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/b/config.toml");
        write_default(&path).expect("it is written");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), *DEFAULT);
        fs::write(&path, "mouse = false\n").expect("it is changed");
        assert!(matches!(write_default(&path), Err(WriteError::Exists(_))));
        // Even where it comes between the look and the deed.
        assert_eq!(write_new(&path, "x").map_err(|e| e.kind()), Err(io::ErrorKind::AlreadyExists));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "mouse = false\n");
        assert_eq!(fs::read_dir(folder.path().join("a/b")).expect("a folder").count(), 1, "no draft stays behind");
    }

    #[test]
    fn what_the_system_does_not_allow_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("file"), "").expect("written");
        let error = write_default(&folder.path().join("file/config.toml")).expect_err("a file is no folder");
        assert!(error.to_string().contains("config.toml cannot be written: "), "{error}");
    }
}
