//! Opening a link: by the user's own command, else by the desktop. Links that are not plain web links are refused.

use crate::domain::link::is_web_address;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How links are opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Opener {
    /// Whatever the desktop opens web links with.
    #[default]
    Desktop,
    /// A program and its arguments, `{url}` standing for the link; never through a shell.
    Command(Vec<String>),
}

/// Why a link was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Not `http(s)`, or something hidden in it.
    #[error("this is no plain web link, so it is not opened: {0}")]
    Refused(String),
    /// None of the desktop's ways to open a link works here.
    #[error("no browser starts here; `open` in the configuration names one")]
    NoBrowser,
    /// The program is missing, or may not run.
    #[error("{program} cannot be started: {reason}")]
    Start {
        /// The program.
        program: String,
        /// The system's words.
        reason: String,
    },
    /// The program ended at once, with a failure.
    #[error("{program} failed ({status})")]
    Failed {
        /// The program.
        program: String,
        /// Its exit status.
        status: String,
    },
}

/// A program that has not failed within this time is taken to be doing its work.
const PATIENCE: Duration = Duration::from_millis(800);

impl Opener {
    /// Opens a link and says by what. May wait for up to a second, so it belongs on a thread of its own.
    ///
    /// # Errors
    /// A link that must not be opened, a program that is missing or fails at once.
    pub fn open(&self, url: &str) -> Result<String, OpenError> {
        if !is_web_address(url) {
            return Err(OpenError::Refused(crate::text::clean_line(url).into_owned()));
        }
        match self {
            // The library tries one launcher after the other; what the last of them said helps nobody.
            Opener::Desktop => open::that_detached(url).map(|()| "the browser".to_owned()).map_err(|_| OpenError::NoBrowser),
            Opener::Command(words) => run(words, url),
        }
    }
}

/// Starts a command with the link in place of `{url}`, or behind its arguments if that stands nowhere.
fn run(words: &[String], url: &str) -> Result<String, OpenError> {
    let (program, arguments) =
        words.split_first().ok_or_else(|| OpenError::Start { program: "the open command".to_owned(), reason: "it is empty".to_owned() })?;
    let mut command = Command::new(program);
    command.args(arguments.iter().map(|word| word.replace("{url}", url)));
    if !arguments.iter().any(|word| word.contains("{url}")) {
        command.arg(url);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child =
        command.spawn().map_err(|error| OpenError::Start { program: program.clone(), reason: crate::source::files::reason(&error) })?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(program.clone()),
            Ok(Some(status)) => return Err(OpenError::Failed { program: program.clone(), status: status.to_string() }),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(10)),
            // Still at work: somebody must wait for its end, or it stays behind as a zombie.
            Ok(None) | Err(_) => {
                std::thread::spawn(move || child.wait());
                return Ok(program.clone());
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn command(words: &[&str]) -> Opener {
        Opener::Command(words.iter().map(|w| (*w).to_owned()).collect())
    }

    #[test]
    fn a_link_is_one_argument() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("seen");
        let script = format!("printf '%s\\n' \"$#\" \"$1\" > {}", file.display());
        let opened = command(&["sh", "-c", &script, "sh", "{url}"]).open("https://a.example/x?a=1&b=$(touch%20y);c").expect("opened");
        assert_eq!(opened, "sh");
        assert_eq!(std::fs::read_to_string(file).expect("seen"), "1\nhttps://a.example/x?a=1&b=$(touch%20y);c\n");
    }

    #[test]
    fn failures_are_told() {
        let missing = command(&["no-such-program-here"]).open("https://a.example/").expect_err("missing");
        assert!(missing.to_string().starts_with("no-such-program-here cannot be started: no such file"), "{missing}");
        let failing = command(&["false"]).open("https://a.example/").expect_err("failing");
        assert!(matches!(failing, OpenError::Failed { .. }), "{failing}");
        assert!(matches!(command(&[]).open("https://a.example/"), Err(OpenError::Start { .. })));
    }

    #[test]
    fn only_plain_web_links() {
        for url in ["file:///etc/passwd", "-rf", "https://a.example/ x", "javascript:alert(1)", "https://a.example/\u{1b}[31m"] {
            assert!(matches!(command(&["true"]).open(url), Err(OpenError::Refused(_))), "{url}");
        }
    }

    #[test]
    fn a_program_that_goes_on_is_not_waited_for() {
        let start = Instant::now();
        command(&["sleep", "30"]).open("https://a.example/").expect_err("sleep refuses an address");
        command(&["sh", "-c", "sleep 5"]).open("https://a.example/").expect("opened");
        assert!(start.elapsed() < Duration::from_secs(4));
    }
}
