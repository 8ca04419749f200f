//! A program and its arguments, to be looked at before it is started.

use super::process::{LOOK, Process};
use crate::text::{clean_line, reason};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::Instant;

/// A program and its arguments.
#[derive(Clone, PartialEq, Eq)]
pub struct Launch {
    program: OsString,
    arguments: Vec<OsString>,
}

/// As a list, like the setting that it may come from.
impl fmt::Debug for Launch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entry(&self.program).entries(&self.arguments).finish()
    }
}

/// Why a program did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It is missing, or may not run.
    #[error("{program} cannot be started: {reason}")]
    Start {
        /// The program.
        program: String,
        /// The system's words.
        reason: String,
    },
    /// It ended at once, with a failure.
    #[error("{program} failed ({status})")]
    Failed {
        /// The program.
        program: String,
        /// Its exit status.
        status: String,
    },
}

impl From<&Command> for Launch {
    fn from(command: &Command) -> Launch {
        Launch { program: command.get_program().to_owned(), arguments: command.get_args().map(OsStr::to_owned).collect() }
    }
}

impl Launch {
    /// A program with arguments.
    pub fn new(program: &str, arguments: Vec<String>) -> Launch {
        Launch { program: program.into(), arguments: arguments.into_iter().map(OsString::from).collect() }
    }

    /// The program's name, to be shown.
    pub fn name(&self) -> String {
        clean_line(&self.program.to_string_lossy()).into_owned()
    }

    /// What it is given.
    pub fn arguments(&self) -> &[OsString] {
        &self.arguments
    }

    /// Where the program is; `None` where it would not start.
    pub fn path(&self) -> Option<PathBuf> {
        find(&self.program)
    }

    /// Starts the program.
    ///
    /// # Errors
    /// It is missing, or may not run.
    pub fn begin(&self) -> Result<Process, Failure> {
        Process::start(&self.program, &self.arguments).map_err(|error| Failure::Start { program: self.name(), reason: reason(&error) })
    }

    /// Starts the program and watches it until a moment, or until it ends. One that still runs then is doing its work, and
    /// goes on when this program ends.
    ///
    /// # Errors
    /// It is missing, or ends with a failure before that moment.
    pub fn start(&self, until: Instant) -> Result<(), Failure> {
        let mut process = self.begin()?;
        loop {
            match process.ended() {
                Some(status) if self.is_success(status) => return Ok(()),
                Some(status) => return Err(Failure::Failed { program: self.name(), status: status.to_string() }),
                None if Instant::now() < until => thread::sleep(LOOK),
                None => break,
            }
        }
        process.let_go();
        Ok(())
    }

    /// Explorer ends with 1 when all is well.
    fn is_success(&self, status: ExitStatus) -> bool {
        let name = Path::new(&self.program).file_stem().map(|name| name.to_string_lossy().to_ascii_lowercase());
        status.success() || (name.as_deref() == Some("explorer") && status.code() == Some(1))
    }
}

/// Where a program is that is named as one names it to a shell.
pub fn find(program: &OsStr) -> Option<PathBuf> {
    let named = Path::new(program);
    if named.components().count() > 1 {
        return runnable(named);
    }
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).find_map(|folder| runnable(&folder.join(named)))
}

#[cfg(unix)]
fn runnable(path: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let file = path.metadata().ok()?;
    (file.is_file() && file.permissions().mode() & 0o111 != 0).then(|| path.to_owned())
}

#[cfg(not(unix))]
fn runnable(path: &Path) -> Option<PathBuf> {
    let with_ending = |ending: &str| path.with_file_name(format!("{}{ending}", path.file_name().unwrap_or_default().to_string_lossy()));
    ["", ".exe", ".cmd", ".bat"].into_iter().map(with_ending).find(|path| path.is_file())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn programs_are_found_as_a_shell_finds_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let plain = folder.path().join("plain");
        std::fs::write(&plain, "x").expect("written");
        assert!(find("sh".as_ref()).is_some_and(|path| path.is_absolute()));
        assert_eq!(find("no-such-program-here".as_ref()), None);
        assert_eq!(find(plain.as_ref()), None, "it may not run");
    }

    #[test]
    fn explorer_ends_with_one_when_all_is_well() {
        let folder = tempfile::tempdir().expect("a folder");
        let started = |name: &str| {
            let script = folder.path().join(name);
            // A copy of a program that is there: a file that was just written may be busy while others are started.
            std::os::unix::fs::symlink(find("false".as_ref()).expect("false"), &script).expect("a link");
            Launch::new(&script.to_string_lossy(), Vec::new()).start(Instant::now() + Duration::from_secs(20))
        };
        started("explorer.exe").expect("1 is normal");
        let failed = started("other.exe").expect_err("1 is a failure");
        assert!(failed.to_string().ends_with("other.exe failed (exit status: 1)"), "{failed}");
    }
}
