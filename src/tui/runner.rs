//! Workers: one that reads the sources and then answers searches, and one for each link that is opened.

use crate::app::Message;
use crate::domain::{Catalogue, Problem};
use crate::open::Opener;
use crate::search::Engine;
use crate::source::{self, Loaded};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Sends work out and takes answers in.
pub struct Runner {
    answers: Receiver<Message>,
    answer_to: Sender<Message>,
    queries: Sender<String>,
    opener: Opener,
    /// Answers that are still to come.
    awaited: Cell<usize>,
    /// Links that are being opened.
    opening: Vec<JoinHandle<()>>,
}

impl Runner {
    /// Starts reading. An empty list of sources is the archive inside the program; `notices` are told with its problems.
    pub fn start(sources: Vec<PathBuf>, notices: Vec<Problem>, opener: Opener) -> Runner {
        let (answer_to, answers) = channel();
        let (queries, asked) = channel();
        let to = answer_to.clone();
        spawn("reader", answer_to.clone(), move || {
            let engine = Engine::new(load(&sources, notices, &to)?);
            answer_searches(&engine, &asked, &to)
        });
        Runner { answers, answer_to, queries, opener, awaited: Cell::new(1), opening: Vec::new() }
    }

    /// Is an answer still to come?
    pub fn is_busy(&self) -> bool {
        self.awaited.get() > 0
    }

    /// The next answer that is there.
    pub fn answer(&self) -> Option<Message> {
        self.noted(self.answers.try_recv().ok())
    }

    /// The next answer that comes within a time.
    pub fn answer_within(&self, time: Duration) -> Option<Message> {
        self.noted(self.answers.recv_timeout(time).ok())
    }

    fn noted(&self, answer: Option<Message>) -> Option<Message> {
        if answer.is_some() {
            self.awaited.set(self.awaited.get().saturating_sub(1));
        }
        answer
    }

    /// Asks for the hits of a query; an older query that was not begun yet is dropped.
    pub fn search(&self, query: String) {
        // The worker is gone only if it panicked, which was told.
        if self.queries.send(query).is_ok() {
            self.awaited.set(self.awaited.get() + 1);
        }
    }

    /// Opens a link.
    pub fn open(&mut self, url: String, what: String) {
        let opener = self.opener.clone();
        let to = self.answer_to.clone();
        self.awaited.set(self.awaited.get() + 1);
        self.opening.retain(|opener| !opener.is_finished());
        let opener = spawn("opener", self.answer_to.clone(), move || {
            let told = match opener.open(&url) {
                Ok(by) => Message::Done(format!("Opened {what} in {by}")),
                Err(error) => Message::Failed(format!("Not opened (y copies it): {url} · {error}")),
            };
            to.send(told).ok()
        });
        self.opening.extend(opener);
    }

    /// Waits for what is being opened: a link that was asked for is opened even if the next key was `q`.
    pub fn finish(self) {
        for opener in self.opening {
            // Its panic was told where it could be.
            let _ = opener.join();
        }
    }
}

/// Reads everything, and tells. The screen is gone when nobody listens any more.
fn load(sources: &[PathBuf], mut notices: Vec<Problem>, to: &Sender<Message>) -> Option<Arc<Catalogue>> {
    let Loaded { catalogue, problems, .. } = source::load(sources);
    notices.extend(problems);
    let (catalogue, problems) = (Arc::new(catalogue), notices);
    to.send(Message::Loaded { catalogue: catalogue.clone(), problems }).ok()?;
    Some(catalogue)
}

/// Answers the latest query that waits, until the screen is gone. A query that was overtaken gets an empty answer,
/// which the model throws away, so that every question has one.
fn answer_searches(engine: &Engine, asked: &Receiver<String>, to: &Sender<Message>) -> Option<()> {
    while let Ok(mut query) = asked.recv() {
        while let Ok(newer) = asked.try_recv() {
            to.send(Message::Found { query: std::mem::replace(&mut query, newer), hits: Vec::new() }).ok()?;
        }
        let hits = engine.search(&query);
        to.send(Message::Found { query, hits }).ok()?;
    }
    Some(())
}

/// A worker whose panic is told in the status line instead of ending the program.
fn spawn(name: &str, to: Sender<Message>, work: impl FnOnce() -> Option<()> + Send + 'static) -> Option<JoinHandle<()>> {
    let guarded = move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            let _ =
                to.send(Message::Failed("Something went wrong inside cuepoint; please report it. What you see is still right".to_owned()));
        }
    };
    // A thread that cannot be started is as good as one that panicked; there is nobody left to tell.
    thread::Builder::new().name(name.to_owned()).spawn(guarded).ok()
}
