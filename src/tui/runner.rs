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
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long the worker waits before it looks whether a growing index has more to say.
const AGAIN: Duration = Duration::from_millis(100);

/// A query, and where in it the caret stands.
#[derive(Debug, Clone)]
struct Question {
    query: String,
    cursor: usize,
}

/// What a worker sends.
enum Told {
    /// The last word about what it was asked.
    Done(Message),
    /// There is more to come.
    SoFar(Message),
    /// Nothing: the question was overtaken by another one.
    Overtaken,
}

/// Sends work out and takes answers in.
pub struct Runner {
    answers: Receiver<Told>,
    answer_to: Sender<Told>,
    queries: Sender<Question>,
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
        loop {
            if let Some(message) = self.noted(self.answers.try_recv().ok()?) {
                return Some(message);
            }
        }
    }

    /// The next answer that comes within a time.
    pub fn answer_within(&self, time: Duration) -> Option<Message> {
        let end = Instant::now() + time;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if let Some(message) = self.noted(self.answers.recv_timeout(left).ok()?) {
                return Some(message);
            }
        }
    }

    fn noted(&self, told: Told) -> Option<Message> {
        let (message, is_last) = match told {
            Told::Done(message) => (Some(message), true),
            Told::SoFar(message) => (Some(message), false),
            Told::Overtaken => (None, true),
        };
        if is_last {
            self.awaited.set(self.awaited.get().saturating_sub(1));
        }
        message
    }

    /// Asks for the hits of a query, and for what goes on at a byte of it; an older query that was not begun yet is dropped.
    pub fn search(&self, query: String, cursor: usize) {
        // The worker is gone only if it panicked, which was told.
        if self.queries.send(Question { query, cursor }).is_ok() {
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
            to.send(Told::Done(told)).ok()
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
fn load(sources: &[PathBuf], mut notices: Vec<Problem>, to: &Sender<Told>) -> Option<Arc<Catalogue>> {
    let Loaded { catalogue, problems, .. } = source::load(sources);
    notices.extend(problems);
    let (catalogue, problems) = (Arc::new(catalogue), notices);
    to.send(Told::Done(Message::Loaded { catalogue: catalogue.clone(), problems })).ok()?;
    Some(catalogue)
}

/// Answers the latest query that waits, until the screen is gone. Where the index is still growing, it answers the same
/// one again as soon as it can do better, until another one comes.
fn answer_searches(engine: &Engine, asked: &Receiver<Question>, to: &Sender<Told>) -> Option<()> {
    let mut next = asked.recv().ok();
    while let Some(mut question) = next {
        while let Ok(newer) = asked.try_recv() {
            question = newer;
            to.send(Told::Overtaken).ok()?;
        }
        next = match answer_in_full(engine, &question, asked, to)? {
            Some(newer) => Some(newer),
            None => asked.recv().ok(),
        };
    }
    Some(())
}

/// Answers a question as often as the answer gets better; gives the newer one that ended that. `None` if nobody listens.
#[allow(clippy::option_option)]
fn answer_in_full(engine: &Engine, question: &Question, asked: &Receiver<Question>, to: &Sender<Told>) -> Option<Option<Question>> {
    let mut told = None;
    loop {
        let Question { query, cursor } = question.clone();
        let result = engine.answer(&query);
        let looked_through = result.as_ref().ok().and_then(|answer| answer.partial);
        if told != Some(looked_through) {
            let completions = engine.complete(&query, cursor);
            let message = Message::Found { query, cursor, result, completions };
            to.send(if looked_through.is_some() { Told::SoFar(message) } else { Told::Done(message) }).ok()?;
        }
        if looked_through.is_none() {
            return Some(None);
        }
        told = Some(looked_through);
        match asked.recv_timeout(AGAIN) {
            Ok(newer) => {
                to.send(Told::Overtaken).ok()?;
                return Some(Some(newer));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// A worker whose panic is told in the status line instead of ending the program.
fn spawn(name: &str, to: Sender<Told>, work: impl FnOnce() -> Option<()> + Send + 'static) -> Option<JoinHandle<()>> {
    let guarded = move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            let text = "Something went wrong inside cuepoint; please report it. What you see is still right".to_owned();
            let _ = to.send(Told::Done(Message::Failed(text)));
        }
    };
    // A thread that cannot be started is as good as one that panicked; there is nobody left to tell.
    thread::Builder::new().name(name.to_owned()).spawn(guarded).ok()
}
