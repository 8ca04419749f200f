//! Asking a program of somebody else's something, without waiting for it longer than is worth it.

use super::find;
use super::process::{self, LOOK, Running, spawn};
use crate::text::clean_line;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// Bytes of an answer that are read.
const MOST: u64 = 4096;

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The first line that the program wrote.
    Says(String),
    /// There is no such program.
    Missing,
    /// It failed, or took too long.
    Silent,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it failed, or took too long")]
pub struct NoAnswer;

/// The version that a program gives, as one clean line.
pub fn version(program: &str, patience: Duration) -> Answer {
    if find(program.as_ref()).is_none() {
        return Answer::Missing;
    }
    ask(program, &["--version"], patience).map_or(Answer::Silent, Answer::Says)
}

/// The first line that a program writes to its output, cleaned. What it starts itself ends with it when time is up.
///
/// # Errors
/// It is missing, fails, or takes too long.
pub fn ask(program: &str, arguments: &[&str], patience: Duration) -> Result<String, NoAnswer> {
    let end = Instant::now() + patience;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = spawn(command).map_err(|_| NoAnswer)?;
    let answer = read(&mut child, end);
    while answer.is_some() && Instant::now() < end && matches!(child.try_wait(), Ok(None)) {
        thread::sleep(LOOK);
    }
    // It may have ended by itself long ago.
    let _ = process::kill(&mut child);
    let ended = child.wait().map_err(|_| NoAnswer)?;
    let answer = answer.filter(|_| ended.success()).ok_or(NoAnswer)?;
    let text = String::from_utf8_lossy(&answer);
    Ok(clean_line(text.lines().next().unwrap_or_default()).into_owned())
}

/// All that it writes until it closes its output; `None` where it does not in time.
fn read(child: &mut Running, end: Instant) -> Option<Vec<u8>> {
    let output = process::output(child)?;
    let (to, from) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut output = output;
        let read = output.by_ref().take(MOST).read_to_end(&mut bytes);
        // Nobody waits any more if it took too long.
        read.is_ok().then(|| to.send(bytes))
    });
    from.recv_timeout(end.saturating_duration_since(Instant::now())).ok()
}
