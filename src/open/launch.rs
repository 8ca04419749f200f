//! Starting a program that is none of ours: nothing of it reaches the screen, and nothing of it is left behind.

use crate::source::files::reason;
use crate::text::clean_line;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// How often a program is looked at while it may still fail.
pub(super) const LOOK: Duration = Duration::from_millis(10);

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

/// Why a program did not take a link.
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

    /// Starts the program and watches it until a moment, or until it ends. One that still runs then is doing its work, and
    /// goes on when this program ends.
    ///
    /// # Errors
    /// It is missing, or ends with a failure before that moment.
    pub fn start(&self, until: Instant) -> Result<(), Failure> {
        let not_started = |error: io::Error| Failure::Start { program: self.name(), reason: reason(&error) };
        // Whoever waits for its end is there before it is: otherwise a zombie might be left.
        let (hand_over, handed) = channel::<Running>();
        let waiter = thread::Builder::new().name("waiter".to_owned());
        waiter.spawn(move || handed.recv().map(|mut child| child.wait())).map_err(not_started)?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = alone(spawn(command).map_err(not_started)?);
        loop {
            match child.try_wait() {
                Ok(Some(status)) if self.is_success(status) => return Ok(()),
                Ok(Some(status)) => return Err(Failure::Failed { program: self.name(), status: status.to_string() }),
                Ok(None) if Instant::now() < until => thread::sleep(LOOK),
                Ok(None) | Err(_) => break,
            }
        }
        // The waiter is gone only once it has a child.
        let _ = hand_over.send(child);
        Ok(())
    }

    /// Explorer ends with 1 when all is well.
    fn is_success(&self, status: ExitStatus) -> bool {
        let name = Path::new(&self.program).file_stem().map(|name| name.to_string_lossy().to_ascii_lowercase());
        status.success() || (name.as_deref() == Some("explorer") && status.code() == Some(1))
    }
}

/// A program that was started.
#[cfg(unix)]
pub(super) type Running = Box<dyn process_wrap::std::ChildWrapper>;

/// A program that was started.
#[cfg(not(unix))]
pub(super) type Running = std::process::Child;

/// Starts a program in a session of its own: it has no terminal to write to or to read keys from, and gets no signal when ours is
/// closed.
#[cfg(unix)]
pub(super) fn spawn(command: Command) -> io::Result<Running> {
    process_wrap::std::CommandWrap::from(command).wrap(process_wrap::std::ProcessSession).spawn()
}

/// The program without the rest of its session, for those who wait for it alone.
#[cfg(unix)]
fn alone(session: Running) -> Running {
    session.into_inner()
}

#[cfg(not(unix))]
fn alone(child: Running) -> Running {
    child
}

/// What it writes, once.
pub(super) fn output(child: &mut Running) -> Option<ChildStdout> {
    #[cfg(unix)]
    return child.stdout().take();
    #[cfg(not(unix))]
    child.stdout.take()
}

/// Ends it, with all that it started where that is known.
pub(super) fn kill(child: &mut Running) -> io::Result<()> {
    #[cfg(unix)]
    return child.start_kill();
    #[cfg(not(unix))]
    child.kill()
}

#[cfg(windows)]
pub(super) fn spawn(mut command: Command) -> io::Result<Running> {
    use std::os::windows::process::CommandExt;
    const NEW_PROCESS_GROUP: u32 = 0x200;
    const NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(NEW_PROCESS_GROUP | NO_WINDOW).spawn()
}

#[cfg(not(any(unix, windows)))]
pub(super) fn spawn(mut command: Command) -> io::Result<Running> {
    command.spawn()
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
