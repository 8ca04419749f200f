//! A player's process, and how long it has to end.

use crate::open::{self, Launch};
use std::process::ExitStatus;
use std::time::{Duration, Instant};

/// A program that was asked to end is ended after so long.
const GRACE: Duration = Duration::from_secs(2);

/// A player at work.
#[derive(Debug)]
pub(super) struct Process {
    process: open::Process,
    /// When it is ended, if it does not end by itself.
    deadline: Option<Instant>,
}

impl Process {
    /// Starts a player.
    ///
    /// # Errors
    /// It is missing or may not run, for people.
    pub(super) fn start(launch: &Launch) -> Result<Process, String> {
        match launch.begin() {
            Ok(process) => Ok(Process { process, deadline: None }),
            Err(_) if launch.name() == "mpv" && launch.path().is_none() => {
                Err("mpv is not installed; install it (on Debian: apt install mpv), or name another `player` in the configuration"
                    .to_owned())
            }
            Err(failure) => Err(format!("{failure}; `player` in the configuration names it")),
        }
    }

    /// How it ended, if it did.
    pub(super) fn ended(&mut self) -> Option<ExitStatus> {
        self.process.ended()
    }

    /// Asks it, and all that it started, to end; where there are no signals, it is ended.
    pub(super) fn terminate(&mut self) {
        self.process.terminate();
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
        let is_late = self.deadline.is_some_and(|deadline| deadline <= Instant::now());
        if is_late {
            self.process.kill();
        }
        !is_late
    }

    /// Lets it go on by itself.
    pub(super) fn let_go(self) {
        self.process.let_go();
    }
}
