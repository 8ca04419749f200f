//! Writing a note in the user's own editor, which has the terminal meanwhile.

use super::signals::{Signal, Signals};
use crate::app::message::Draft;
use crate::source::files::reason;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// How often is looked whether the editor is closed, or the program asked to stop with it.
const LOOK: Duration = Duration::from_millis(10);

/// The editor where none is named.
const USUAL: &str = "vi";

/// Why a note could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no place for the text.
    #[error("no file could be made for the note: {0}")]
    File(String),
    /// The editor cannot be started.
    #[error("{editor} cannot be started: {reason}; $EDITOR names another editor")]
    Start {
        /// What was tried.
        editor: String,
        /// The system's words.
        reason: String,
    },
    /// The editor failed, so that what it left may not be meant.
    #[error("{editor} failed ({status}), so nothing was changed")]
    Failed {
        /// What was run.
        editor: String,
        /// How it ended.
        status: String,
    },
    /// What was written is no text.
    #[error("what was written cannot be read: {0}")]
    Unreadable(String),
}

/// Opens the editor on a text and gives what stands there when it is closed. The terminal must be the user's while this runs.
pub fn write(draft: &Draft, signals: &Signals) -> Result<String, EditError> {
    let file_error = |error: io::Error| EditError::File(reason(&error));
    // Only the user may look into the folder.
    let folder = tempfile::Builder::new().prefix("cuepoint-note-").tempdir().map_err(file_error)?;
    let path = folder.path().join("note.md");
    fs::write(&path, &draft.text).map_err(file_error)?;
    let words = editor(std::env::var("VISUAL").ok(), std::env::var("EDITOR").ok());
    let (program, arguments) = words.split_first().map_or((USUAL, &[][..]), |(program, rest)| (program.as_str(), rest));
    let mut command = Command::new(program);
    command.args(arguments.iter().map(OsString::from)).arg(&path);
    signals.lend(true);
    let ended = wait(&mut command, signals);
    signals.lend(false);
    match ended {
        Err(error) => Err(EditError::Start { editor: program.to_owned(), reason: reason(&error) }),
        Ok(Some(status)) if !status.success() => Err(EditError::Failed { editor: program.to_owned(), status: status.to_string() }),
        Ok(_) => fs::read_to_string(&path).map_err(|error| EditError::Unreadable(reason(&error))),
    }
}

/// `$VISUAL`, else `$EDITOR`, in words.
fn editor(visual: Option<String>, editor: Option<String>) -> Vec<String> {
    let named = [visual, editor].into_iter().flatten().find(|words| !words.trim().is_empty());
    named.unwrap_or_else(|| USUAL.to_owned()).split_whitespace().map(str::to_owned).collect()
}

/// Waits for the end of the editor; `None` if the program must end before it. Who stops the editor stops us with it, since the
/// shell sees both as one.
fn wait(command: &mut Command, signals: &Signals) -> io::Result<Option<std::process::ExitStatus>> {
    let mut child = command.spawn()?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if signals.is_ending() {
            return Ok(None);
        }
        if signals.take_stop() {
            Signal::Stop.carry_out()?;
        }
        thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editor_is_named_by_the_environment() {
        let words = |visual: Option<&str>, other: Option<&str>| editor(visual.map(str::to_owned), other.map(str::to_owned)).join("|");
        assert_eq!(words(Some("code --wait"), Some("nano")), "code|--wait");
        assert_eq!(words(Some(" "), Some("nano")), "nano");
        assert_eq!(words(None, None), "vi");
    }
}
