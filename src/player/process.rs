//! A program that was started here: it sees and writes nothing of the terminal, and somebody always waits for its end.

use crate::source::files::reason;
use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A program that was asked to end is ended after so long.
const GRACE: Duration = Duration::from_secs(2);

/// A program at work, in a process group of its own: what the terminal sends to ours when a key is pressed or it is closed does not
/// reach it.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    /// When it is ended, if it does not end by itself.
    deadline: Option<Instant>,
}

impl Process {
    /// Starts a program.
    ///
    /// # Errors
    /// It is missing or may not run, for people.
    pub(super) fn start(program: &str, arguments: &[String]) -> Result<Process, String> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().map_err(|error| why_not(program, &error))?;
        Ok(Process { child, deadline: None })
    }

    /// How it ended, if it did.
    pub(super) fn ended(&mut self) -> Option<ExitStatus> {
        // It is our child, and nobody else waits for it; what cannot be asked is as good as at work.
        self.child.try_wait().ok().flatten()
    }

    /// Asks it, and all that it started, to end; where there are no signals, it is ended.
    pub(super) fn terminate(&mut self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::TERM);
        #[cfg(not(unix))]
        let _ = self.child.kill();
    }

    /// Gives it some time to end.
    pub(super) fn must_end(mut self) -> Process {
        self.deadline = Some(Instant::now() + GRACE);
        self
    }

    /// Is it still there? It is ended if its time is over.
    pub(super) fn lingers(&mut self) -> bool {
        if self.ended().is_some() {
            return false;
        }
        if self.deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            #[cfg(unix)]
            self.signal(rustix::process::Signal::KILL);
            // Where there are no signals, this is all there is; where there are, it has no more to do.
            let _ = self.child.kill();
            let _ = self.child.wait();
            return false;
        }
        true
    }

    /// Lets it go on by itself. As long as we live, somebody waits for its end, or it would stay as a zombie.
    pub(super) fn let_go(mut self) {
        // Without a thread it is waited for when we end, which is soon.
        let _ = thread::Builder::new().name("player".to_owned()).spawn(move || self.child.wait());
    }

    /// To it and all that it started. Its number is its own until it was waited for, and `ended` says whether it was.
    #[cfg(unix)]
    fn signal(&self, signal: rustix::process::Signal) {
        let _ = rustix::process::kill_process_group(rustix::process::Pid::from_child(&self.child), signal);
    }
}

fn why_not(program: &str, error: &io::Error) -> String {
    let shown = crate::text::clean_line(program);
    if program == "mpv" && error.kind() == io::ErrorKind::NotFound {
        return "mpv is not installed; install it (on Debian: apt install mpv), or name another `player` in the configuration".to_owned();
    }
    format!("{shown} cannot be started, {}; `player` in the configuration names it", reason(error))
}
