//! Writing a note in the user's own editor, which has the terminal meanwhile.

use super::signals::{Signal, Signals};
use crate::app::message::Draft;
use crate::open::{OpenQuote, words};
use crate::text::reason;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// How often is looked whether the editor is closed, or the program asked to stop with it.
const LOOK: Duration = Duration::from_millis(10);

/// The editor where none is named.
const USUAL: &str = "vi";

/// The file that it is given.
const NAME: &str = "note.md";

/// Why a note could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no place for the text.
    #[error("no file could be made for the note: {0}")]
    File(String),
    /// What names the editor is no command.
    #[error("{name}: {error}, so no editor is known")]
    Words {
        /// The variable.
        name: &'static str,
        /// What is wrong.
        error: OpenQuote,
    },
    /// The editor cannot be started.
    #[error("{editor} cannot be started: {reason}; $EDITOR names another editor")]
    Start {
        /// What was tried.
        editor: String,
        /// The system's words.
        reason: String,
    },
    /// The editor failed, so that what it left may not be meant.
    #[error("{editor} failed ({status}), so nothing was changed{}", left(.kept.as_ref()))]
    Failed {
        /// What was run.
        editor: String,
        /// How it ended.
        status: String,
        /// Where the text is that it left, if that is another one.
        kept: Option<PathBuf>,
    },
    /// What was written is no text.
    #[error("what was written cannot be read: {why}{}", left(.kept.as_ref()))]
    Unreadable {
        /// The system's words.
        why: String,
        /// Where it is.
        kept: Option<PathBuf>,
    },
    /// The program must end, and the editor is still open.
    #[error("the editor was left open{}", left(.kept.as_ref()))]
    LeftOpen {
        /// The file that it writes.
        kept: Option<PathBuf>,
    },
}

/// Opens the editor on a text and gives what stands there when it is closed. The terminal must be the user's while this runs.
pub fn write(draft: &Draft, signals: &Signals) -> Result<String, EditError> {
    let file_error = |error: io::Error| EditError::File(reason(&error));
    // Only the user may look into the folder.
    let folder = tempfile::Builder::new().prefix("cuepoint-note-").tempdir().map_err(file_error)?;
    let path = folder.path().join(NAME);
    fs::write(&path, &draft.text).map_err(file_error)?;
    let words = editor(std::env::var("VISUAL").ok(), std::env::var("EDITOR").ok())?;
    let (program, arguments) = words.split_first().map_or((USUAL, &[][..]), |(program, rest)| (program.as_str(), rest));
    let mut command = Command::new(program);
    command.args(arguments.iter().map(OsString::from)).arg(&path);
    signals.lend(true);
    let ended = wait(&mut command, signals);
    signals.lend(false);
    let written = fs::read_to_string(&path);
    let says_more = !matches!(&written, Ok(text) if *text == draft.text);
    // Whatever the editor left is the user's: it goes only when it is kept elsewhere.
    let keep = |folder: TempDir| says_more.then(|| folder.keep().join(NAME));
    match (ended, written) {
        (Err(error), _) => Err(EditError::Start { editor: program.to_owned(), reason: reason(&error) }),
        (Ok(None), _) => Err(EditError::LeftOpen { kept: Some(folder.keep().join(NAME)) }),
        (Ok(Some(status)), _) if !status.success() => {
            Err(EditError::Failed { editor: program.to_owned(), status: status.to_string(), kept: keep(folder) })
        }
        (Ok(Some(_)), Err(error)) => Err(EditError::Unreadable { why: reason(&error), kept: keep(folder) }),
        (Ok(Some(_)), Ok(text)) => Ok(text),
    }
}

/// Where the text is that was left, for a sentence.
fn left(kept: Option<&PathBuf>) -> String {
    kept.map(|path| format!("; what was written is in {}", path.display())).unwrap_or_default()
}

/// `$VISUAL`, else `$EDITOR`, in words.
fn editor(visual: Option<String>, editor: Option<String>) -> Result<Vec<String>, EditError> {
    let named = [("$VISUAL", visual), ("$EDITOR", editor)]
        .into_iter()
        .find_map(|(name, text)| Some((name, text?)).filter(|(_, text)| !text.trim().is_empty()));
    let Some((name, text)) = named else { return Ok(vec![USUAL.to_owned()]) };
    // On Windows the backslash belongs to paths.
    words(&text, !cfg!(windows)).map_err(|error| EditError::Words { name, error })
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
        let words = |visual: Option<&str>, other: Option<&str>| match editor(visual.map(str::to_owned), other.map(str::to_owned)) {
            Ok(words) => words.join("|"),
            Err(error) => error.to_string(),
        };
        assert_eq!(words(Some("code --wait"), Some("nano")), "code|--wait");
        assert_eq!(words(Some(" "), Some("nano")), "nano");
        assert_eq!(words(None, Some("'/opt/my editor/ed' -c \"set tw=80\"")), "/opt/my editor/ed|-c|set tw=80");
        assert_eq!(words(None, Some("'ed")), "$EDITOR: a quote is never closed, so no editor is known");
        assert_eq!(words(Some("''"), None), "");
        assert_eq!(words(None, None), "vi");
    }
}
