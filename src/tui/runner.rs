//! Workers: one that keeps what the sources hold, one that answers searches, and one for each link that is opened.

use super::librarian;
use super::searcher::{Asked, Question, answer_searches};
use crate::app::Message;
use crate::archive::{self, Keeper, News, Order, State, View};
use crate::domain::{Catalogue, Change, Marks, Problem};
use crate::library;
use crate::open::{Ladder, Opened, Target};
use crate::player;
use crate::source::{Report, Source};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What a worker sends.
pub enum Told {
    /// The last word about what it was asked.
    Done(Message),
    /// There is more to come.
    SoFar(Message),
    /// Another catalogue is there.
    Catalogue {
        /// The message about it.
        loaded: Message,
        /// It, so that answers about another one are known as such.
        catalogue: Arc<Catalogue>,
    },
    /// A search was answered.
    Found {
        /// The answer.
        found: Message,
        /// Whether no better one comes.
        is_last: bool,
        /// The catalogue that it is about.
        of: Arc<Catalogue>,
    },
    /// What is kept about the talks of a catalogue.
    Marks {
        /// That.
        marks: Marks,
        /// The catalogue.
        of: Arc<Catalogue>,
    },
    /// Nothing: the question was overtaken by another one, or there is nothing to say.
    Overtaken,
    /// Something comes that nobody asked for.
    Begun,
}

/// Sends work out and takes answers in.
pub struct Runner {
    answers: Receiver<Told>,
    answer_to: Sender<Told>,
    searcher: Sender<Asked>,
    keeper: Sender<Order>,
    /// Until the end begins.
    lasting: Option<Lasting>,
    /// Tells the keeper to stop reading.
    stop: Arc<AtomicBool>,
    ladder: Ladder,
    /// Answers that are still to come.
    awaited: Cell<usize>,
    /// The catalogue that was told last.
    catalogue: RefCell<Arc<Catalogue>>,
    /// Links that are being opened.
    opening: Vec<JoinHandle<()>>,
}

impl Runner {
    /// Starts reading. An empty list of sources is the archive inside the program; `notices` are told with its problems.
    pub fn start(sources: Vec<Source>, notices: Vec<Problem>, ladder: Ladder, player: player::Settings) -> Runner {
        let (answer_to, answers) = channel();
        let (searcher, asked) = channel();
        let (keeper, orders) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let lasting = Some(Lasting::start(player, &searcher, &answer_to));
        let to = answer_to.clone();
        spawn("searcher", answer_to.clone(), move || answer_searches(&asked, &to));
        let (to, index, own, stops) = (answer_to.clone(), searcher.clone(), keeper.clone(), stop.clone());
        spawn("keeper", answer_to.clone(), move || {
            let mut teller = Teller { notices, index, to, awaited: true };
            Keeper::new(sources, archive::cache_folder(), stops).keep(&orders, own, |news| teller.tell(news));
            Some(())
        });
        Runner {
            answers,
            answer_to,
            searcher,
            keeper,
            lasting,
            stop,
            ladder,
            awaited: Cell::new(1),
            catalogue: RefCell::default(),
            opening: Vec::new(),
        }
    }

    /// Stops the reading of the sources.
    pub fn stop_reading(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Looks at the sources again.
    pub fn reread(&self) {
        // The keeper is gone only if it panicked, which was told.
        let _ = self.keeper.send(Order::Look);
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
            Told::Catalogue { loaded, catalogue } => {
                // The librarian is gone only if it panicked, which was told.
                let _ = self.lasting.as_ref().map(|lasting| lasting.librarian.send(library::Order::Catalogue(catalogue.clone())));
                self.catalogue.replace(catalogue);
                (Some(loaded), false)
            }
            // What is shown is another catalogue by now; the same question was asked of that.
            Told::Found { found, is_last, of } => (Some(found).filter(|_| Arc::ptr_eq(&of, &self.catalogue.borrow())), is_last),
            Told::Marks { marks, of } => (Some(Message::Marks(marks)).filter(|_| Arc::ptr_eq(&of, &self.catalogue.borrow())), false),
            Told::Overtaken => (None, true),
            Told::Begun => {
                self.awaited.set(self.awaited.get() + 1);
                (None, false)
            }
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

    /// Changes what is kept in the library.
    pub fn keep(&self, change: Change) {
        self.order(Some(change.clone()), library::Order::Change(change));
    }

    /// Takes the last such change back.
    pub fn undo(&self) {
        self.order(None, library::Order::Undo);
    }

    fn order(&self, change: Option<Change>, order: library::Order) {
        // The librarian is gone only if it panicked, which was told.
        let sent = |lasting: &Lasting| lasting.changes.send(change).is_ok() && lasting.librarian.send(order).is_ok();
        if self.lasting.as_ref().is_some_and(sent) {
            self.awaited.set(self.awaited.get() + 1);
        }
    }

    /// Has the player do something.
    pub fn play(&self, order: player::Order) {
        // Gone only if it panicked, which was told.
        let _ = self.lasting.as_ref().map(|lasting| lasting.player.send(order));
    }

    /// Opens a link by the first means that works.
    pub fn open(&mut self, target: Target, what: String, talk: Option<String>) {
        let ladder = self.ladder.clone();
        let to = self.answer_to.clone();
        self.awaited.set(self.awaited.get() + 1);
        self.opening.retain(|opener| !opener.is_finished());
        let opener = spawn("opener", self.answer_to.clone(), move || to.send(Told::Done(opened(&ladder, &target, what, talk))).ok());
        self.opening.extend(opener);
    }

    /// Waits for what is being opened: a link that was asked for is opened even if the next key was `q`. Gives what was told
    /// meanwhile.
    pub fn finish_opening(&mut self) -> Vec<Message> {
        for opener in self.opening.drain(..) {
            // Its panic was told where it could be.
            let _ = opener.join();
        }
        std::iter::from_fn(|| self.answer()).collect()
    }

    /// Waits until what was to be kept is kept, and the player knows that nobody listens any more. Gives what was told meanwhile.
    pub fn finish(&mut self) -> Vec<Message> {
        if let Some(lasting) = self.lasting.take() {
            lasting.finish();
        }
        std::iter::from_fn(|| self.answer()).collect()
    }
}

/// Opens a link; what became of it.
fn opened(ladder: &Ladder, target: &Target, what: String, talk: Option<String>) -> Message {
    match ladder.open(target) {
        Ok(Opened::Nowhere { why }) => Message::Unopened { url: target.url.clone(), what, why },
        Ok(opened) => Message::Opened { text: format!("Opened {what} in {}", opened.by().unwrap_or_default()), talk },
        Err(refused) => Message::Failed(refused.to_string()),
    }
}

/// The workers that finish what they were asked before the end.
struct Lasting {
    librarian: Sender<library::Order>,
    /// Each change that the librarian was sent, for what becomes of it.
    changes: Sender<Option<Change>>,
    player: Sender<player::Order>,
    workers: Vec<JoinHandle<()>>,
}

impl Lasting {
    fn start(settings: player::Settings, searcher: &Sender<Asked>, answers: &Sender<Told>) -> Lasting {
        let (librarian, orders) = channel();
        let (changes, sent) = channel();
        let (player, plays) = channel();
        let (to, index) = (answers.clone(), searcher.clone());
        let keeping = spawn("librarian", answers.clone(), move || {
            librarian::keep(&orders, &sent, &index, &to);
            Some(())
        });
        let to = answers.clone();
        let playing = spawn("player", answers.clone(), move || {
            player::attend(settings, &plays, |news| to.send(Told::SoFar(Message::Player(news))).ok());
            Some(())
        });
        Lasting { librarian, changes, player, workers: keeping.into_iter().chain(playing).collect() }
    }

    fn finish(self) {
        let Lasting { librarian, changes, player, workers } = self;
        drop((librarian, changes, player));
        for worker in workers {
            // Its panic was told where it could be.
            let _ = worker.join();
        }
    }
}

/// Passes on what the keeper tells: catalogues to the screen, engines to the searcher.
struct Teller {
    notices: Vec<Problem>,
    index: Sender<Asked>,
    to: Sender<Told>,
    /// The runner waits for what is being read.
    awaited: bool,
}

impl Teller {
    /// `None` when nobody listens any more.
    fn tell(&mut self, news: News) -> Option<()> {
        match news {
            News::Progress(files) => self.to.send(Told::SoFar(Message::Progress(files))).ok(),
            News::View(View { catalogue, problems, mut reports, .. }, state) => {
                self.index.send(Asked::Outdated).ok()?;
                reports.extend(Report::of_settings(&self.notices));
                let problems = self.notices.iter().cloned().chain(problems).collect();
                let loaded = Message::Loaded { catalogue: catalogue.clone(), problems, sources: reports, state };
                self.to.send(Told::Catalogue { loaded, catalogue }).ok()?;
                self.settle(state)
            }
            News::Engine(engine) => self.index.send(Asked::Grown(Box::new(engine))).ok(),
            News::State(state) => {
                self.to.send(Told::SoFar(Message::Believed(state))).ok()?;
                self.settle(state)
            }
            News::Begun => {
                let already = std::mem::replace(&mut self.awaited, true);
                if already { Some(()) } else { self.to.send(Told::Begun).ok() }
            }
            News::Notice(text) => self.to.send(Told::SoFar(Message::Failed(text))).ok(),
        }
    }

    fn settle(&mut self, state: State) -> Option<()> {
        let ended = matches!(state, State::Fresh | State::Stopped);
        if ended && std::mem::take(&mut self.awaited) {
            self.to.send(Told::Overtaken).ok()?;
        }
        Some(())
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
