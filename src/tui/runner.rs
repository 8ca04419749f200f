//! Workers: one that reads the sources, one that answers searches, and one for each link that is opened.

use super::searcher::{Asked, Question, answer_searches};
use crate::app::Message;
use crate::domain::{Catalogue, Problem};
use crate::open::Opener;
use crate::search::Engine;
use crate::source::{self, Loaded, Report, Source};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What a worker sends.
pub enum Told {
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
    searcher: Sender<Asked>,
    opener: Opener,
    /// Answers that are still to come.
    awaited: Cell<usize>,
    /// Links that are being opened.
    opening: Vec<JoinHandle<()>>,
}

impl Runner {
    /// Starts reading. An empty list of sources is the archive inside the program; `notices` are told with its problems.
    pub fn start(sources: Vec<Source>, notices: Vec<Problem>, opener: Opener) -> Runner {
        let (answer_to, answers) = channel();
        let (searcher, asked) = channel();
        let to = answer_to.clone();
        spawn("searcher", answer_to.clone(), move || answer_searches(&asked, &to));
        let (to, index) = (answer_to.clone(), searcher.clone());
        spawn("reader", answer_to.clone(), move || {
            let catalogue = load(&sources, notices, &to)?;
            Engine::growing(catalogue).try_for_each(|engine| index.send(Asked::Grown(Box::new(engine))).ok())
        });
        Runner { answers, answer_to, searcher, opener, awaited: Cell::new(1), opening: Vec::new() }
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
        if self.searcher.send(Asked::Question(Question { query, cursor })).is_ok() {
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

/// How often it is told how many files were read so far.
const PROGRESS: Duration = Duration::from_millis(80);

/// Reads everything, and tells. The screen is gone when nobody listens any more.
fn load(sources: &[Source], mut notices: Vec<Problem>, to: &Sender<Told>) -> Option<Arc<Catalogue>> {
    let told = Mutex::new((Instant::now(), to.clone()));
    let so_far = |files| {
        // Whoever finds another file being told of has nothing newer to say.
        if let Ok(mut told) = told.try_lock()
            && told.0.elapsed() >= PROGRESS
        {
            told.0 = Instant::now();
            let _ = told.1.send(Told::SoFar(Message::Reading { files }));
        }
    };
    let Loaded { catalogue, problems, mut reports, .. } = source::load_telling(sources, &so_far);
    reports.extend(Report::of_settings(&notices));
    notices.extend(problems);
    let (catalogue, problems) = (Arc::new(catalogue), notices);
    to.send(Told::Done(Message::Loaded { catalogue: catalogue.clone(), problems, sources: reports })).ok()?;
    Some(catalogue)
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
