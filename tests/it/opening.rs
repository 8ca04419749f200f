//! Opening links with real programs: what they get, what they may do to us, and what happens where none of them works.

use crate::terminal::{Terminal, recording_opener, state};
use crate::{Run, cuepoint, executable, fixture};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_secs(20);

const LINK: &str = "https://www.youtube.com/watch?v=AAAAAAAAAA1&t=750s";

/// The link in base 64, as it is copied.
const COPIED: &str = "\x1b]52;c;aHR0cHM6Ly93d3cueW91dHViZS5jb20vd2F0Y2g/dj1BQUFBQUFBQUFBMSZ0PTc1MHM=\x1b\\";

/// A configuration with a command that a shell runs; `"$1"` is the link, `"$2"` the title.
fn configured(folder: &Path, script: &str) -> String {
    let file = folder.join("config.toml");
    fs::write(&file, format!("open = [\"sh\", \"-c\", {script:?}, \"sh\", \"{{url}}\", \"{{title}}\"]\n")).expect("a configuration");
    file.display().to_string()
}

/// A script that goes on until a file is there, or until the test's folder is gone: nothing outlives a test for long.
fn hang(go: &Path) -> String {
    let folder = go.parent().expect("a folder");
    format!("while [ -d '{}' ] && [ ! -e '{}' ]; do sleep 0.05; done", folder.display(), go.display())
}

/// The screen with the harbour's talks, the first one under the cursor.
fn on_the_first_talk(size: (u16, u16), arguments: &[&str], environment: &[(&str, &str)]) -> Terminal {
    let source = fixture("harbour");
    let mut terminal = Terminal::start(size, &[&["--source", &source], arguments].concat(), environment);
    terminal.expect("Mar 2021");
    terminal.press("2");
    terminal.expect("1/5");
    // The whole frame, and not only as much of it as came in one piece.
    wait("the end of a frame", || terminal.written().ends_with("\x1b[?2026l"));
    terminal
}

/// A screen without the spaces that may or may not have been written behind its lines.
fn trimmed(screen: &str) -> String {
    screen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn wait(what: &str, done: impl Fn() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !done() {
        assert!(Instant::now() < end, "waited for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Processes that a process started and that are still there, with their states; nothing where there is no `/proc`.
fn children(process: &str) -> Vec<(String, String)> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    let names = processes.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let states = names.filter(|name| name.bytes().all(|b| b.is_ascii_digit())).map(|name| (state(&name), name));
    let ours = states.filter(|(state, _)| state.split(' ').nth(1) == Some(process));
    ours.map(|(state, name)| (name, state.chars().take(1).collect())).collect()
}

#[test]
fn an_opener_that_hangs_is_told_and_leaves_no_zombie() {
    let folder = tempfile::tempdir().expect("a folder");
    let (began, go) = (folder.path().join("began"), folder.path().join("go"));
    let script = format!("echo $$ > '{}'; {}; exit 1", began.display(), hang(&go));
    let mut terminal = on_the_first_talk((120, 30), &["--config", &configured(folder.path(), &script)], &[]);
    let start = Instant::now();
    terminal.press("o");
    terminal.expect("Opened “Rowing at scale” at 12:30 in sh");
    // A second on a machine that does nothing else.
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let process = terminal.process();
    assert!(children(&process).iter().all(|(_, state)| state != "Z"));
    fs::write(&go, "").expect("written");
    wait("it to be waited for", || children(&process).is_empty());
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn an_opener_goes_on_when_the_screen_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let (began, go, done) = (folder.path().join("began"), folder.path().join("go"), folder.path().join("done"));
    let script = format!("echo $$ > '{}'; {}; echo > '{}'", began.display(), hang(&go), done.display());
    let mut terminal = on_the_first_talk((120, 30), &["--config", &configured(folder.path(), &script)], &[]);
    terminal.press("oq");
    assert_eq!(terminal.end(), 0);
    drop(terminal);
    assert!(began.exists() && !done.exists());
    fs::write(&go, "").expect("written");
    wait("it to go on", || done.exists());
}

#[test]
fn what_an_opener_prints_stays_off_the_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = "echo MESS; echo MESS >&2; (echo MESS > /dev/tty) 2>/dev/null; read x; exit 0";
    let mut terminal = on_the_first_talk((120, 30), &["--config", &configured(folder.path(), script)], &[]);
    terminal.press("o");
    terminal.expect("Opened “Rowing at scale” at 12:30 in sh");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.written().contains("MESS"));
}

#[test]
fn an_opener_that_fails_or_is_missing_is_told_and_the_link_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.toml");
    fs::write(&missing, "open = [\"no-such-program-here\"]\n").expect("a configuration");
    for (config, why) in [
        (configured(folder.path(), "echo MESS; exit 3"), "sh failed (exit status: 3)"),
        (missing.display().to_string(), "no-such-program-here cannot be started: no such file or directory"),
    ] {
        let mut terminal = on_the_first_talk((120, 30), &["--config", &config], &[]);
        terminal.press("o");
        terminal.expect(&format!("Not opened: {why}; this is an SSH session without a display."));
        terminal.expect(LINK);
        assert!(!terminal.written().contains("MESS"));
        let process = terminal.process();
        assert_eq!(children(&process), []);
        terminal.press("qq");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn browser_is_asked_when_the_command_fails_and_both_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let seen = folder.path().join("seen");
    let script = folder.path().join("my browser");
    let text = format!("#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" > '{}'\n", seen.display());
    executable(&script, &text);
    let browser = format!("no-such-browser:'{}' --new %s:false", script.display());
    let mut terminal = on_the_first_talk((200, 30), &["--config", &configured(folder.path(), "exit 3")], &[("BROWSER", &browser)]);
    terminal.press("o");
    let failed = "since sh failed (exit status: 3); no-such-browser cannot be started: no such file or directory";
    terminal.expect("Opened “Rowing at scale” at 12:30 in ");
    terminal.wait(failed, |screen| screen.contents().contains("sh failed (exit status: 3)"));
    assert_eq!(fs::read_to_string(&seen).expect("opened"), format!("2\n--new\n{LINK}\n"));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_desktop_and_windows_are_asked_by_their_own_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let seen = folder.path().join("seen");
    let write = |name: &str, status: u8| {
        let text = format!("#!/bin/sh\necho {name} \"$#\" \"$1\" >> '{}'\nexit {status}\n", seen.display());
        executable(&folder.path().join(name), &text);
    };
    write("xdg-open", 4);
    write("gio", 0);
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let here = [("PATH", path.as_str()), ("SSH_TTY", "")];
    let mut terminal = on_the_first_talk((160, 30), &[], &[&here[..], &[("DISPLAY", ":99")]].concat());
    terminal.press("o");
    terminal.expect("Opened “Rowing at scale” at 12:30 in the desktop's browser (gio), since xdg-open failed (exit status: 4)");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    // gio is told what to do with the link.
    assert_eq!(fs::read_to_string(&seen).expect("opened"), format!("xdg-open 1 {LINK}\ngio 2 open\n"));

    fs::remove_file(&seen).expect("removed");
    // What Explorer ends with when all is well.
    write("explorer.exe", 1);
    let mut terminal = on_the_first_talk((160, 30), &[], &[&here[..], &[("WSL_DISTRO_NAME", "Debian")]].concat());
    terminal.press("o");
    terminal.expect("Opened “Rowing at scale” at 12:30 in the browser of Windows (explorer.exe)");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(fs::read_to_string(&seen).expect("opened"), format!("explorer.exe 1 {LINK}\n"));
}

#[test]
fn over_ssh_enter_copies_and_shows_the_whole_link() {
    for width in [120, 74, 30] {
        let mut terminal = on_the_first_talk((width, 24), &[], &[]);
        wait("the end of a frame", || terminal.written().ends_with("\x1b[?2026l"));
        let before = trimmed(&terminal.shown());
        // Where one pane stands alone, Enter leads to the details first.
        terminal.press(if width < 70 { "o" } else { "\r" });
        terminal.expect("Not opened: this is an SSH");
        terminal.expect("Copied https://www.youtube");
        let rows: Vec<String> = terminal.shown().lines().map(str::to_owned).collect();
        let first = rows.iter().position(|row| row.starts_with("https://")).expect("the link");
        let lines = LINK.len().div_ceil(usize::from(width));
        assert_eq!(rows[first..first + lines].concat().trim_end(), LINK, "{rows:?}");
        let written = terminal.written();
        assert!(written.contains(COPIED), "{written:?}");
        // Each line of the link leads to the same address under the same name.
        let starts: Vec<&str> = written.split("\x1b]8;id=").skip(1).filter_map(|rest| rest.split('\x1b').next()).collect();
        assert!(starts.len() >= lines && starts.iter().all(|start| *start == starts[0]), "{starts:?}");
        assert!(starts[0].ends_with(&format!(";{LINK}")), "{starts:?}");
        assert_eq!(written.matches("\x1b]8;;\x1b\\").count(), starts.len(), "every one is ended");
        terminal.press("\x1b");
        terminal.expect_gone("Not opened");
        // What happened stands in the row above the keys, until the next key.
        terminal.press("G");
        terminal.press("g");
        terminal.press("g");
        terminal.wait("the screen of before", |screen| trimmed(&screen.contents()) == before);
        terminal.press("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn enter_and_q_close_the_page_and_other_keys_do_nothing_behind_it() {
    let mut terminal = on_the_first_talk((120, 24), &[], &[]);
    for close in ["\r", "q", "\x1b"] {
        terminal.press("o");
        terminal.expect("Not opened");
        terminal.press("jjG/x?");
        terminal.press(close);
        terminal.expect_gone("Not opened");
        terminal.expect("1/5");
    }
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_link_that_was_asked_for_right_before_the_end_is_left_on_the_terminal() {
    let mut terminal = on_the_first_talk((120, 24), &[], &[]);
    // Both keys are read at once.
    terminal.press("o\x03");
    assert_eq!(terminal.end(), 0);
    terminal.expect(LINK);
    assert!(terminal.written().contains(COPIED));
}

#[test]
fn inside_tmux_what_is_copied_is_wrapped_too() {
    let mut terminal = on_the_first_talk((120, 24), &[], &[("TMUX", "/tmp/none,1,0"), ("TERM", "tmux-256color")]);
    terminal.press("y");
    terminal.expect("Copied");
    assert!(terminal.written().contains(&format!("\x1bPtmux;{}\x1b\\", COPIED.replace('\x1b', "\x1b\x1b"))));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

/// A tmux of its own, ended with the test.
struct Tmux {
    socket: PathBuf,
}

impl Tmux {
    fn say(&self, arguments: &[&str]) -> String {
        let output = Command::new("tmux").arg("-S").arg(&self.socket).args(arguments).output().expect("tmux");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.say(&["kill-server"]);
    }
}

#[test]
fn a_real_tmux_copies_with_either_of_its_settings() {
    if Command::new("tmux").arg("-V").output().is_err() {
        // Not `eprintln`: what a test that passes prints that way is never seen.
        let _ = writeln!(std::io::stderr(), "left out, since tmux is not installed: a test that copies inside it");
        return;
    }
    for settings in ["set -s set-clipboard off\nset -g allow-passthrough on\n", "set -s set-clipboard on\nset -gq allow-passthrough off\n"]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("tmux.conf");
        fs::write(&config, format!("{settings}set -g status off\n")).expect("a configuration");
        let tmux = Tmux { socket: folder.path().join("socket") };
        let (socket, config) = (tmux.socket.display().to_string(), config.display().to_string());
        let (program, source) = (env!("CARGO_BIN_EXE_cuepoint"), fixture("harbour"));
        let arguments = ["-S", &socket, "-f", &config, "new-session", program, "--source", &source];
        let mut terminal = Terminal::run((120, 24), "tmux", &arguments, &[]);
        terminal.expect("Mar 2021");
        terminal.press("2");
        terminal.expect("1/5");
        terminal.press("o");
        terminal.expect(LINK);
        if settings.contains("set-clipboard on") {
            wait("tmux to have the link", || tmux.say(&["show-buffer"]) == LINK);
        }
        // The bytes of the copy have nothing to show, so that there is no frame to wait for.
        wait("the terminal around it to be told", || {
            let written = terminal.written();
            // What tmux says in its own words ends otherwise, and may name no clipboard.
            let own = COPIED.trim_start_matches("\x1b]52;c;").trim_end_matches("\x1b\\");
            if settings.contains("set-clipboard on") { written.contains(own) } else { written.contains(COPIED) }
        });
        terminal.press("qq");
        terminal.expect("[exited]");
    }
}

#[test]
fn the_command_line_copies_and_prints_over_ssh() {
    let source = fixture("harbour");
    let mut terminal = Terminal::start((120, 24), &["open", "rowing", "--source", &source], &[]);
    assert_eq!(terminal.end(), 0);
    terminal.expect(LINK);
    terminal.expect("not opened, since this is an SSH session without a display; copied, if the terminal allows it");
    assert!(terminal.written().contains(COPIED));
    assert!(terminal.written().contains(&format!(";{LINK}\x1b\\")), "the terminal can open it itself");
}

#[test]
fn the_command_line_fails_where_nothing_opens_and_nobody_looks() {
    let run: Run = cuepoint(&["open", "rowing", "--source", &fixture("harbour")]).output().expect("it runs").into();
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert_eq!(run.stderr, format!("cuepoint: not opened: {LINK}: this is an SSH session without a display\n"));
}

#[test]
fn the_command_line_waits_for_no_opener_that_hangs() {
    let folder = tempfile::tempdir().expect("a folder");
    let go = folder.path().join("go");
    let config = configured(folder.path(), &hang(&go));
    let start = Instant::now();
    let run: Run = cuepoint(&["open", "rowing", "--source", &fixture("harbour"), "--config", &config]).output().expect("it runs").into();
    assert_eq!((run.status, run.stdout), (0, format!("opened {LINK} with sh\n")));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    fs::write(go, "").expect("written");
}

#[test]
fn a_title_that_would_be_an_option_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let seen = folder.path().join("seen");
    let config = configured(folder.path(), &format!("printf '%s\\n' \"$#\" \"$@\" > '{}'", seen.display()));
    let run: Run = cuepoint(&["open", "force", "--source", &fixture("events"), "--config", &config]).output().expect("it runs").into();
    assert_eq!(run.status, 0, "{}", run.stderr);
    let seen = fs::read_to_string(seen).expect("opened");
    assert_eq!(seen.lines().nth(2), Some("force and other winds"), "{seen}");
}

#[test]
fn a_recording_opener_gets_the_talks_link() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, opened) = recording_opener(folder.path());
    let mut terminal = on_the_first_talk((120, 30), &["--config", &config], &[]);
    terminal.press("o");
    terminal.expect("Opened “Rowing at scale” at 12:30 in sh");
    assert_eq!(fs::read_to_string(opened).expect("opened"), format!("{LINK}\n"));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}
