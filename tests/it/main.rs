//! The program from outside: arguments, files and pipes in, output and exit status out.

mod architecture;
mod archive;
mod bad_input;
mod browsing;
mod cli;
mod corpora;
mod doctor;
mod harness;
mod joining;
mod keeping;
#[cfg(unix)]
mod keeping_on_terminal;
mod library;
#[cfg(unix)]
mod library_faults;
#[cfg(unix)]
mod listing_on_terminal;
#[cfg(unix)]
mod local;
mod media_ccc;
#[cfg(unix)]
mod opening;
#[cfg(unix)]
mod player;
mod playing;
mod posts;
mod pyvideo;
mod readme;
mod rubyevents;
mod schedules;
mod schema;
mod screen;
mod settings;
mod sources;
#[cfg(unix)]
mod terminal;
mod writeups;
mod ytdlp;

use std::io::Write;
#[cfg(unix)]
use std::path::Path;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A path in this package.
fn here(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The path of a fixture, as an argument.
fn fixture(name: &str) -> String {
    here("tests/fixtures").join(name).to_string_lossy().into_owned()
}

/// What the machine that runs the tests may say of its own terminal and browser: no test opens a link there.
const SURROUNDINGS: [&str; 9] =
    ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "SSH_TTY", "SSH_CONNECTION", "TMUX", "STY", "WSL_DISTRO_NAME", "NO_COLOR"];

/// The program, reading no settings of whoever runs the tests.
fn cuepoint(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cuepoint"));
    command.args(arguments).stdin(Stdio::null());
    for name in ["XDG_CONFIG_HOME", "HOME", "APPDATA"] {
        command.env(name, here("tests/fixtures/no-settings"));
    }
    command.env("XDG_CACHE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"));
    for name in SURROUNDINGS {
        command.env_remove(name);
    }
    // Wherever the tests run, nobody sees a window from here.
    command.env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
    command.env("XDG_DATA_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-data"));
    command
}

/// What a run gave.
#[derive(Debug)]
struct Run {
    stdout: String,
    stderr: String,
    status: i32,
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        Run {
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
            status: output.status.code().expect("no signal ended it"),
        }
    }
}

/// Runs the program to its end.
fn run(arguments: &[&str]) -> Run {
    let run: Run = cuepoint(arguments).output().expect("the program starts").into();
    assert!(!run.stderr.contains("panicked"), "{arguments:?}: {}", run.stderr);
    run
}

/// A script that can be started at once. It is written by another program: where this one writes it, a process that another
/// test starts at the same moment holds it open for a while, and the system refuses to run what is being written.
#[cfg(unix)]
fn executable(path: &Path, text: &str) {
    let copy = ["cat > \"$1\" && chmod +x \"$1\""];
    let mut shell = Command::new("sh").arg("-c").args(copy).args(["sh"]).arg(path).stdin(Stdio::piped()).spawn().expect("sh");
    shell.stdin.take().expect("its input").write_all(text.as_bytes()).expect("written");
    assert!(shell.wait().expect("its end").success());
}

/// A folder of the corpora, which are too large and not ours to keep here; `None`, and told, where they are left out.
fn corpus(name: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("CUEPOINT_CORPORA") else {
        // Not `eprintln`: what a test that passes prints that way is never seen.
        let _ = writeln!(std::io::stderr(), "left out, since CUEPOINT_CORPORA is not set: a test that reads {name}");
        return None;
    };
    let folder = PathBuf::from(root).join(name);
    assert!(folder.is_dir(), "CUEPOINT_CORPORA is set, but {} is no folder", folder.display());
    Some(folder)
}
