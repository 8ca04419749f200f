//! Talks in players: in the real mpv, where it and ffmpeg are installed, and in programs that are made up.

mod command;
pub mod media;
mod mpv;
mod program;

use cuepoint::domain::{Chapter, Cue};
use cuepoint::open::Template;
use cuepoint::player::{End, News, Order, Settings, Track, WhenLeaving, attend};
use media::Media;
use rustix::process::{Pid, Signal};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Nothing here takes a tenth of it; a slow machine may.
const DEADLINE: Duration = Duration::from_secs(30);

fn cue(seconds: u64) -> Option<Cue> {
    Cue::from_seconds(seconds).ok()
}

/// A talk in a recording.
fn track(address: &str, start: Option<u64>, end: Option<u64>) -> Track {
    let (start, end) = (start.and_then(cue), end.and_then(cue));
    Track { talk: "talk".into(), title: "Ropes".into(), address: address.into(), start, end, ..Track::default() }
}

/// Waits for something, and says what did not come.
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "{what} never came");
        thread::sleep(Duration::from_millis(5));
    }
}

/// A program of a name, made of lines of shell.
fn script(folder: &Path, name: &str, lines: &str) -> String {
    let path = folder.join(name);
    crate::executable(&path, &format!("#!/bin/sh\n{lines}\n"));
    path.to_str().expect("text").to_owned()
}

/// Is there a process of this number, dead ones that nobody waited for among them?
fn is_there(process: u32) -> bool {
    rustix::process::test_kill_process(pid(process)).is_ok()
}

/// Is there a process of this number that has not ended? Whose starter is gone may wait long for somebody to see that it is.
fn is_at_work(process: u32) -> bool {
    let is_dead = match fs::read_to_string(format!("/proc/{process}/stat")) {
        // The state stands behind the name, which is in parentheses.
        Ok(status) => status.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z')),
        Err(_) => false,
    };
    is_there(process) && !is_dead
}

fn signal(process: u32, signal: Signal) {
    rustix::process::kill_process(pid(process), signal).expect("it is there");
}

fn pid(process: u32) -> Pid {
    i32::try_from(process).ok().and_then(Pid::from_raw).expect("a number of a process")
}

/// A worker with a player, and what it told.
struct Player {
    folder: TempDir,
    orders: Option<Sender<Order>>,
    news: Receiver<News>,
    worker: Option<JoinHandle<()>>,
    told: Vec<News>,
}

impl Player {
    /// A worker whose player is a made-up program with some arguments.
    fn program(lines: &str, arguments: &[&str]) -> Player {
        let folder = tempfile::tempdir().expect("a folder");
        let lines = lines.replace("FOLDER", folder.path().to_str().expect("text"));
        let mut command = vec![script(folder.path(), "played", &lines)];
        command.extend(arguments.iter().map(|word| (*word).to_owned()));
        Player::of(folder, command, WhenLeaving::KeepPlaying)
    }

    fn of(folder: TempDir, command: Vec<String>, when_leaving: WhenLeaving) -> Player {
        let settings = Settings { command: Template::new(command).expect("a command"), when_leaving };
        let (orders, ordered) = channel();
        let (to, news) = channel();
        let worker = thread::spawn(move || attend(settings, &ordered, |news| to.send(news).ok()));
        Player { folder, orders: Some(orders), news, worker: Some(worker), told: Vec::new() }
    }

    fn order(&self, order: Order) {
        self.orders.as_ref().expect("not left yet").send(order).expect("the worker is there");
    }

    fn play(&self, track: Track) {
        self.order(Order::Play(Box::new(track)));
    }

    /// Waits for news of a kind.
    fn until<T>(&mut self, what: &str, mut is_it: impl FnMut(&News) -> Option<T>) -> T {
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.news.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(news) => {
                    let found = is_it(&news);
                    self.told.push(news);
                    if let Some(found) = found {
                        return found;
                    }
                }
                Err(RecvTimeoutError::Timeout) => panic!("{what} never came, but {:#?}", self.told),
                Err(RecvTimeoutError::Disconnected) => panic!("the worker is gone before {what}: {:#?}", self.told),
            }
        }
    }

    /// Waits until a talk has been started.
    fn started(&mut self, talk: &str) {
        self.until("the start", |news| matches!(news, News::Started { talk: started, .. } if started == talk).then_some(()));
    }

    /// Waits for a position, told as paused or not.
    fn position(&mut self, paused: bool) -> (u32, Option<u32>) {
        self.until("a position", |news| match news {
            News::Position { at, end, paused: is, .. } if *is == paused => Some((at.seconds(), end.map(Cue::seconds))),
            _ => None,
        })
    }

    fn ended(&mut self) -> (Option<u32>, End) {
        self.until("the end", |news| match news {
            News::Ended { at, how, .. } => Some((at.map(Cue::seconds), how.clone())),
            News::Failed { why, .. } => panic!("it failed: {why}"),
            _ => None,
        })
    }

    fn failed(&mut self) -> String {
        self.until("a failure", |news| if let News::Failed { why, .. } = news { Some(why.clone()) } else { None })
    }

    fn watched(&self) -> usize {
        self.told.iter().filter(|news| matches!(news, News::Watched(_))).count()
    }

    /// Orders nothing any more, and waits for the worker's end.
    fn leave(&mut self) {
        self.orders = None;
        if let Some(worker) = self.worker.take() {
            worker.join().expect("no panic");
        }
    }

    /// A file of the folder, when it is there.
    fn file(&self, name: &str) -> String {
        let path = self.folder.path().join(name);
        wait_for(name, || fs::read_to_string(&path).ok().filter(|text| text.ends_with('\n')))
    }

    /// The numbers of the players that were started.
    fn processes(&self) -> Vec<u32> {
        self.file("processes").lines().map(|line| line.parse().expect("a number")).collect()
    }
}

impl Drop for Player {
    /// A test that failed leaves nothing at work either.
    fn drop(&mut self) {
        if self.orders.is_some() {
            self.order(Order::Stop);
        }
        self.orders = None;
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// Says that a test is left out, where passing would look as if it had been run.
fn left_out(what: &str) {
    use std::io::Write;
    // Not `eprintln`: what a test that passes prints that way is never seen.
    let _ = writeln!(std::io::stderr(), "left out, since {what} is not installed: a test of playing");
}

/// Where a program is.
fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}
