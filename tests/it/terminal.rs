//! The program in a real pseudo-terminal: what only a terminal shows.

use crate::{SURROUNDINGS, fixture, here};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{BufRead, BufReader, Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// Nothing here takes a tenth of it; a slow machine may.
const DEADLINE: Duration = Duration::from_secs(20);

/// A program in a terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<(Mutex<vt100::Parser>, Condvar)>,
    /// Every byte that came.
    written: Arc<Mutex<Vec<u8>>>,
    before: String,
}

impl Terminal {
    /// Over SSH without a display, so that no browser of the machine that runs the tests is ever started.
    pub fn start(size: (u16, u16), arguments: &[&str], environment: &[(&str, &str)]) -> Terminal {
        Terminal::run(size, env!("CARGO_BIN_EXE_cuepoint"), arguments, environment)
    }

    /// The same for any program.
    pub fn run(size: (u16, u16), program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Terminal {
        let (width, height) = size;
        let pair =
            native_pty_system().openpty(PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }).expect("a pseudo-terminal");
        let before = settings(&*pair.master);
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("XDG_CONFIG_HOME", here("tests/fixtures/no-settings"));
        command.env("XDG_CACHE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"));
        for name in SURROUNDINGS {
            command.env_remove(name);
        }
        command.env("SSH_TTY", "/dev/pts/99");
        command.env("XDG_DATA_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/data"));
        for (key, value) in environment {
            command.env(key, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let keys = pair.master.take_writer().expect("its input");
        let screen = Arc::new((Mutex::new(vt100::Parser::new(cells(height), cells(width), 0)), Condvar::new()));
        let shared = screen.clone();
        let written = Arc::new(Mutex::new(Vec::new()));
        let log = written.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 {
                    break;
                }
                // Whoever saw the bytes sees what they draw.
                let mut screen = shared.0.lock().expect("the screen");
                log.lock().expect("the output").extend_from_slice(&bytes[..count]);
                screen.process(&bytes[..count]);
                drop(screen);
                shared.1.notify_all();
            }
        });
        Terminal { master: pair.master, child, keys, screen, written, before }
    }

    pub fn press(&mut self, bytes: &str) {
        self.keys.write_all(bytes.as_bytes()).expect("keys");
    }

    /// Waits until the screen is as wanted.
    pub fn wait(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + DEADLINE;
        let mut parser = self.screen.0.lock().expect("the screen");
        while !wanted(parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited for {what}; the screen shows:\n{}", parser.screen().contents());
            parser = self.screen.1.wait_timeout(parser, left).expect("the screen").0;
        }
    }

    pub fn expect(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    pub fn expect_gone(&self, text: &str) {
        self.wait(&format!("{text} to go"), |screen| !screen.contents().contains(text));
    }

    /// Every byte that the program wrote so far.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.written.lock().expect("the output")).into_owned()
    }

    /// What the screen shows.
    pub fn shown(&self) -> String {
        self.screen.0.lock().expect("the screen").screen().contents()
    }

    pub fn process(&self) -> String {
        self.child.process_id().expect("a process").to_string()
    }

    pub fn signal(&self, signal: &str) {
        let kill = format!("kill -{signal} {}", self.process());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
    }

    /// Waits for the end; the exit status, and whether the terminal is as it was found.
    pub fn end(&mut self) -> u32 {
        let end = Instant::now() + DEADLINE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("its status") {
                break status;
            }
            assert!(Instant::now() < end, "the program does not end");
            std::thread::sleep(Duration::from_millis(5));
        };
        self.wait("the terminal to be restored", restored);
        assert_eq!(settings(&*self.master), self.before, "the terminal's settings are others than before");
        status.exit_code()
    }
}

/// A test that fails leaves nothing running.
impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Alternate screen, hidden cursor, mouse and bracketed paste are all off again.
fn restored(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a screen has cells")
}

fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// A configuration whose opener writes the link it got to a file.
pub fn recording_opener(folder: &Path) -> (String, std::path::PathBuf) {
    let opened = folder.join("opened");
    let config = folder.join("config.toml");
    let script = format!("printf '%s\\\\n' \\\"$1\\\" >> '{}'", opened.display());
    std::fs::write(&config, format!("open = [\"sh\", \"-c\", \"{script}\", \"sh\", \"{{url}}\"]\n")).expect("a configuration");
    (config.display().to_string(), opened)
}

#[test]
fn from_start_to_the_exact_link_to_a_restored_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, opened) = recording_opener(folder.path());
    let mut terminal = Terminal::start((120, 36), &["--config", &config], &[]);
    terminal.expect("48 events · 132 talks");
    terminal.press("/december 2020");
    terminal.expect(" 3 of 132");
    terminal.press("\x1b");
    terminal.expect_gone(" of 132");
    // December 2020 is the 33rd event.
    terminal.press(&"j".repeat(32));
    terminal.expect("Denis Jannot");
    terminal.press("\rj");
    terminal.expect("52:59 –");
    terminal.press("\r");
    terminal.expect("Opened “Sharing Kubernetes Apps: Can we do Better?” at 52:59 in sh");
    assert_eq!(std::fs::read_to_string(&opened).expect("opened"), "https://www.youtube.com/watch?v=3MG3ZR6_IRM&t=3179s\n");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn keys_that_come_at_once_are_all_carried_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, opened) = recording_opener(folder.path());
    let mut terminal = Terminal::start((120, 36), &["--config", &config], &[]);
    terminal.expect("48 events · 132 talks");
    terminal.press("/millot\r\x03");
    assert_eq!(terminal.end(), 0);
    assert_eq!(std::fs::read_to_string(&opened).expect("opened"), "https://www.youtube.com/watch?v=3MG3ZR6_IRM&t=3179s\n");
}

#[test]
fn the_first_frame_comes_before_anything_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("never.yml");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let mut terminal = Terminal::start((80, 24), &["--source", &pipe.display().to_string()], &[]);
    terminal.expect("reading …");
    terminal.press("?");
    terminal.expect("type to find");
    terminal.press("\x03");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_panic_is_read_on_a_restored_terminal() {
    let mut terminal = Terminal::start((80, 24), &[], &[("CUEPOINT_TEST_PANIC", "1"), ("RUST_BACKTRACE", "0")]);
    assert_eq!(terminal.end(), 101);
    terminal.expect("provoked by CUEPOINT_TEST_PANIC");
}

#[test]
fn signals_end_it_with_the_terminal_restored() {
    for signal in ["TERM", "HUP", "INT"] {
        let mut terminal = Terminal::start((80, 24), &[], &[]);
        terminal.expect("132 talks");
        terminal.signal(signal);
        assert_ne!(terminal.end(), 0, "{signal}");
    }
}

/// Not a test of its own: what [`closing_the_window_ends_it`] starts, to be killed with the terminal it holds.
#[test]
fn holds_a_terminal() {
    if std::env::var_os(HOLDER).is_some() {
        let terminal = Terminal::start((80, 24), &[], &[]);
        terminal.expect("132 talks");
        println!("\nholding {}.", terminal.process());
        std::thread::sleep(DEADLINE);
    }
}

const HOLDER: &str = "CUEPOINT_TEST_HOLDS_A_TERMINAL";

#[test]
fn closing_the_window_ends_it() {
    let mut holder = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "terminal::holds_a_terminal", "--nocapture"])
        .env(HOLDER, "1")
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test");
    let output = BufReader::new(holder.stdout.take().expect("its output"));
    let held = output.lines().map_while(Result::ok).find_map(|line| Some(line.strip_prefix("holding ")?.trim_end_matches('.').to_owned()));
    let process = held.expect("a process");
    holder.kill().expect("the window to close");
    holder.wait().expect("the window to close");
    let end = Instant::now() + DEADLINE;
    while !matches!(state(&process).chars().next(), None | Some('Z')) {
        assert!(Instant::now() < end, "the program runs on without a terminal");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn stopped_and_back() {
    let mut terminal = Terminal::start((80, 24), &[], &[]);
    for keyboard in [true, false] {
        terminal.expect("132 talks");
        if keyboard {
            terminal.press("\x1a");
        } else {
            terminal.signal("TSTP");
        }
        terminal.wait("the terminal to be given back", restored);
        let end = Instant::now() + DEADLINE;
        while !state(&terminal.process()).starts_with('T') {
            assert!(Instant::now() < end, "the program does not stop");
            std::thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(settings(&*terminal.master), terminal.before);
        terminal.signal("CONT");
        terminal.wait("the screen to come back", |screen| screen.alternate_screen() && screen.contents().contains("132 talks"));
    }
    terminal.press("jjq");
    assert_eq!(terminal.end(), 0);
}

/// `T` for stopped, `Z` for ended and not yet waited for; empty for gone.
pub fn state(process: &str) -> String {
    if Path::new("/proc/self/stat").exists() {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        return stat.rsplit(") ").next().unwrap_or_default().to_owned();
    }
    let output = Command::new("ps").args(["-o", "stat=", "-p", process]).output().expect("ps");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn copying_goes_through_the_terminal() {
    let mut terminal = Terminal::start((120, 30), &["--source", &fixture("harbour")], &[]);
    terminal.expect("Rowing at scale");
    terminal.press("\ry");
    terminal.expect("Copied https://www.youtube.com/watch?v=AAAAAAAAAA1&t=750s");
    // OSC 52 with the link in base 64.
    let sent = "\x1b]52;c;aHR0cHM6Ly93d3cueW91dHViZS5jb20vd2F0Y2g/dj1BQUFBQUFBQUFBMSZ0PTc1MHM=\x1b\\";
    assert!(terminal.written().contains(sent));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn every_resize_is_followed() {
    let source = fixture("harbour");
    let mut terminal = Terminal::start((120, 30), &["--source", &source], &[]);
    terminal.expect("Talks ");
    for (width, height, wanted) in
        [(50u16, 20u16, "Tide, Rope & Knot, and Blue Works  3"), (10, 3, "cuepoint n"), (130, 40, "Hosted by Ute Brandt")]
    {
        terminal.screen.0.lock().expect("the screen").screen_mut().set_size(cells(height), cells(width));
        terminal.master.resize(PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }).expect("resized");
        terminal.expect(wanted);
    }
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

/// Titles of a large archive: a number in words, so that every beginning of a query finds another lot of them.
fn large_archive(folder: &Path) {
    const WORDS: [&str; 10] = ["anchor", "barge", "canoe", "dinghy", "eider", "ferry", "galley", "hulk", "island", "jetty"];
    for event in 0..100 {
        let year = 1920 + event;
        let mut text = format!("series: Boat Nights\ntitle: Boat Nights {year}\ndate: {year}-05-01\ntalks:\n");
        for talk in 0..300 {
            let number = format!("{:05}", event * 300 + talk);
            let title: Vec<&str> = number.bytes().map(|digit| WORDS[usize::from(digit - b'0')]).collect();
            text.extend(["  - title: ", &title.join(" "), "\n"]);
        }
        std::fs::write(folder.join(format!("{year}.yml")), text).expect("an event");
    }
}

#[test]
fn typing_over_a_large_archive_shows_only_what_was_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    large_archive(folder.path());
    let mut terminal = Terminal::start((120, 36), &["--source", &folder.path().display().to_string()], &[]);
    terminal.expect("100 events · 30000 talks");
    terminal.press("jjj");
    terminal.expect("4/100");
    let before = terminal.screen.0.lock().expect("the screen").screen().contents();
    terminal.press("/");
    terminal.expect("30000 of 30000");
    let query = "\"jetty ferry eider\"";
    for end in 1..=query.len() {
        terminal.press(&query[end - 1..end]);
        let typed = &query[..end];
        // Rows and count belong to what is typed, or the count says that they are still to come.
        terminal.wait(&format!("the hits of {typed}"), |screen| {
            let lines: Vec<String> = screen.contents().lines().map(str::to_owned).collect();
            let Some(line) = lines.iter().find(|line| line.starts_with(&format!(" / {typed} "))) else { return false };
            if !line.contains(" of 30000") {
                return false;
            }
            let wanted = typed.trim_matches('"');
            let rows = lines.iter().filter(|line| line.contains("anchor") || line.contains("jetty") || line.contains("ferry"));
            rows.skip(1).all(|row| row.contains(wanted) || row.contains(&format!("/ {typed}")))
        });
    }
    terminal.expect(" 60 of 30000");
    terminal.press("\x1b");
    terminal.expect_gone(" of 30000");
    terminal.wait("the old place", |screen| screen.contents() == before);
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}
