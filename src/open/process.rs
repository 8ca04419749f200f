//! Programs at work that are none of ours: nothing of them reaches the screen, and nothing of them is left behind.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::{ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

/// How often a program is looked at while it may still fail.
pub(super) const LOOK: Duration = Duration::from_millis(10);

/// A program at work. It sees and writes nothing of the terminal, and gets no signal when a key is pressed there or it is closed.
#[derive(Debug)]
pub struct Process {
    child: Running,
    /// Whoever waits for its end is there before it is: otherwise a zombie might be left.
    waiter: Sender<Running>,
}

impl Process {
    pub(super) fn start(program: &OsStr, arguments: &[OsString]) -> io::Result<Process> {
        let (waiter, handed) = channel::<Running>();
        let wait = move || handed.recv().map(|mut child| child.wait());
        thread::Builder::new().name("waiter".to_owned()).spawn(wait)?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Process { child: alone(spawn(command)?), waiter })
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        // It is our child, and nobody else waits for it; what cannot be asked is as good as at work.
        self.child.try_wait().ok().flatten()
    }

    /// Asks it, and all that it started, to end; where there are no signals, it is ended.
    pub fn terminate(&mut self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::TERM);
        #[cfg(not(unix))]
        let _ = self.child.kill();
    }

    /// Ends it, with all that it started where there are signals, and waits until it is gone.
    pub fn kill(&mut self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::KILL);
        // Where there are no signals, this is all there is; where there are, it has no more to do.
        let _ = kill(&mut self.child);
        let _ = self.child.wait();
    }

    /// Lets it go on by itself. As long as we live, somebody waits for its end.
    pub fn let_go(self) {
        // The waiter is gone only once it has a child.
        let _ = self.waiter.send(self.child);
    }

    /// To it and all that it started, unless it has ended: its number is its own until it was waited for.
    #[cfg(unix)]
    fn signal(&mut self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid.filter(|_| self.ended().is_none()) {
            let _ = rustix::process::kill_process_group(pid, signal);
        }
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

/// The program without the rest of its session, for those who wait for it alone.
#[cfg(unix)]
fn alone(session: Running) -> Running {
    session.into_inner()
}

#[cfg(not(unix))]
fn alone(child: Running) -> Running {
    child
}
