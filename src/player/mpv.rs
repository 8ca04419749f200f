//! mpv, spoken to over its socket.

use super::process::Process;
use super::room::Room;
use super::session::Session;
use super::wire::{self, Lines, Over, Told};
use super::{News, Order, Track, address};
use crate::open::{Launch, Template};
use serde_json::Value;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

/// mpv takes less than a second to listen and to take a talk, on a machine that does nothing else.
const TO_ANSWER: Duration = Duration::from_secs(15);

/// How long mpv may take to end after it hung up, before that is told as it is.
const TO_END: Duration = Duration::from_millis(700);

/// mpv at work, and the talk that it has.
#[derive(Debug)]
pub(super) struct Mpv {
    process: Process,
    /// When it was asked for the talk.
    asked: Instant,
    /// Where the socket is, until somebody is at both ends of it: then it needs no place any more.
    room: Option<Room>,
    stream: Option<UnixStream>,
    lines: Lines,
    session: Session,
    /// The number of the last order to play something.
    request: u64,
    /// What it played is over, and it is about to end.
    is_ending: bool,
    /// When the socket broke.
    hung_up: Option<Instant>,
}

impl Mpv {
    /// Starts mpv, and has it play a talk as soon as it listens.
    ///
    /// # Errors
    /// It is missing or may not run, for people.
    pub(super) fn start(command: &Template, track: Track, now: Instant) -> Result<Mpv, String> {
        let room = Room::make()?;
        // What stands for the talk goes over the socket. Ours come last, since nothing works without them; a window, so that a recording
        // without pictures can be closed too, may be refused by the user's.
        let mut arguments = vec!["--force-window=yes".to_owned()];
        arguments.extend(command.plain_words().map(str::to_owned));
        let socket = room.socket();
        let socket = socket.to_str().ok_or("the name of the folder for mpv's socket is no text; set XDG_RUNTIME_DIR")?;
        arguments.extend(["--idle=once".to_owned(), "--no-terminal".to_owned(), format!("--input-ipc-server={socket}")]);
        let process = Process::start(&Launch::new(command.program(), arguments))?;
        Ok(Mpv {
            process,
            asked: now,
            room: Some(room),
            stream: None,
            lines: Lines::default(),
            session: session(track),
            request: 0,
            is_ending: false,
            hung_up: None,
        })
    }

    /// The talk that it has.
    pub(super) fn talk(&self) -> &str {
        &self.session.track().talk
    }

    /// Can another talk be played in it?
    pub(super) fn takes_another(&self) -> bool {
        !self.is_ending && self.hung_up.is_none()
    }

    /// Plays another talk in the place of the one it has.
    pub(super) fn play(&mut self, track: Track, now: Instant) {
        self.asked = now;
        self.session = session(track).after(&self.session);
        if self.stream.is_some() {
            self.load();
        }
    }

    /// Does what it is asked, if it can do it now.
    pub(super) fn carry_out(&mut self, order: &Order) {
        let command = match order {
            Order::TogglePause => (!self.session.is_over()).then(wire::toggle_pause),
            Order::SeekTo(to) => self.session.seek_to(*to).map(wire::seek),
            Order::SeekBy(seconds) => self.session.seek_by(*seconds).map(wire::seek),
            Order::Play(_) | Order::Stop => None,
        };
        self.send(command);
    }

    /// Takes what it tells; whether it is still there.
    pub(super) fn listen(&mut self, now: Instant, news: &mut Vec<News>) -> bool {
        // Looked at first: all that it told before it ended is read below.
        let ended = self.process.ended();
        if self.stream.is_some() || self.connect() {
            self.read(now, news);
            let question = self.session.asks(now).then(wire::ask_place);
            self.send(question);
            let why = match (ended, self.hung_up) {
                (Some(status), _) => why_gone(status),
                (None, Some(since)) if now.duration_since(since) > TO_END => Some("it does not answer any more".to_owned()),
                _ => return self.answers(now, news),
            };
            news.extend(self.session.gone(why));
        } else {
            let Some(status) = ended else { return self.answers(now, news) };
            let why = format!("mpv ended at once ({status}); look at `player` in the configuration, and at mpv's own");
            news.push(self.session.failed(&why));
        }
        false
    }

    /// Does it take the talk, or has it still time to?
    fn answers(&mut self, now: Instant, news: &mut Vec<News>) -> bool {
        let is_late = !self.session.is_accepted() && now.duration_since(self.asked) > TO_ANSWER;
        if is_late {
            news.push(self.session.failed("mpv runs, but does not answer"));
        }
        !is_late
    }

    /// Has it taken the order to play what it is to play? Until then it must not be left to itself.
    pub(super) fn has_accepted(&self) -> bool {
        self.session.is_accepted()
    }

    /// Has the talk's end been told?
    pub(super) fn is_over(&self) -> bool {
        self.session.is_over()
    }

    /// What is told when the user wants no more of the talk.
    pub(super) fn stopped(&mut self) -> Option<News> {
        self.session.gone(None)
    }

    /// Asks it to end.
    pub(super) fn close(mut self) -> Process {
        if self.stream.is_some() {
            self.send([wire::quit()]);
        } else {
            self.process.terminate();
        }
        self.process.must_end()
    }

    /// Lets it play on by itself.
    pub(super) fn let_go(self) {
        self.process.let_go();
    }

    /// Connects to it, if it listens.
    fn connect(&mut self) -> bool {
        let Some(room) = &self.room else { return false };
        let Ok(stream) = UnixStream::connect(room.socket()) else { return false };
        if stream.set_nonblocking(true).is_err() {
            return false;
        }
        self.stream = Some(stream);
        self.room = None;
        self.send(wire::observe());
        self.load();
        true
    }

    fn load(&mut self) {
        self.request += 1;
        self.send(wire::load(self.session.track(), self.request));
    }

    /// Sends commands. A few hundred bytes always find room, unless nobody reads them.
    fn send(&mut self, commands: impl IntoIterator<Item = Value>) {
        for command in commands {
            let line = format!("{command}\n");
            let sent = self.stream.as_mut().is_some_and(|stream| stream.write_all(line.as_bytes()).is_ok());
            if !sent {
                self.hung_up.get_or_insert_with(Instant::now);
            }
        }
    }

    /// Reads what is there.
    fn read(&mut self, now: Instant, news: &mut Vec<News>) {
        let mut bytes = [0; 8192];
        // What came is taken in pieces that end, however fast it comes: whoever waits for an order is not forgotten.
        for _ in 0..64 {
            let Some(stream) = self.stream.as_mut().filter(|_| self.hung_up.is_none()) else { return };
            match stream.read(&mut bytes) {
                Ok(0) => self.hung_up = Some(now),
                Ok(count) => {
                    for line in self.lines.take(&bytes[..count]) {
                        if let Some(told) = Told::read(&line) {
                            self.hear(told, now, news);
                        }
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => self.hung_up = Some(now),
            }
        }
    }

    fn hear(&mut self, told: Told, now: Instant, news: &mut Vec<News>) {
        match &told {
            Told::Accepted { request, entry } if *request == self.request => news.extend(self.session.accepted(*entry)),
            Told::Refused { request, error } if *request == self.request => {
                news.push(self.session.failed(&format!("mpv does not take the recording: {error}")));
            }
            Told::Loading(_) => self.is_ending = false,
            // Started without anything to play, it ends when it has nothing to play any more.
            Told::Over { why, .. } => self.is_ending = !matches!(why, Over::Led(_)),
            _ => {}
        }
        let is_loaded = told == Told::Loaded;
        self.session.hear(told, now, news);
        if is_loaded && !self.session.is_over() {
            let chapters = wire::chapters(self.session.track());
            self.send(chapters);
        }
    }
}

fn session(track: Track) -> Session {
    let hint = address::hint(&track);
    Session::new(track, hint)
}

/// What an end that came by itself says; nothing where somebody closed the window.
fn why_gone(status: ExitStatus) -> Option<String> {
    (!status.success()).then(|| format!("mpv ended ({status})"))
}
