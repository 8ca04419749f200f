//! The screen: owns the terminal, turns its events into messages, carries out effects, draws.
//!
//! The main thread alone reads the terminal and writes to it. Reading sources, searching and opening happen on workers,
//! whose answers come back as messages; nothing that takes time holds up a key.

mod editor;
mod keys;
mod librarian;
pub mod render;
mod runner;
mod searcher;
mod signals;
mod terminal;
pub mod theme;

use crate::app::layout::Size;
use crate::app::message::Draft;
use crate::app::{Effect, Message, Model, update};
use crate::archive::State;
use crate::config::Config;
use crate::domain::{Change, Problem};
use crate::open::{Ladder, Surroundings, clipboard};
use crate::source::{Report, Source};
use anyhow::Context;
use crossterm::event;
use runner::Runner;
use signals::{Signal, Signals};
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use terminal::Screen;
use theme::Theme;

/// What the screen starts with.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What to search for at once; empty for nothing.
    pub query: String,
    /// What to read instead of the archive inside the program.
    pub sources: Vec<Source>,
    /// The user's settings.
    pub config: Config,
    /// What is wrong in the settings, to be told on the screen.
    pub notices: Vec<Problem>,
    /// No colours, whatever the terminal can.
    pub no_color: bool,
}

/// How long the terminal is waited for when nothing is under way: signals, and files that changed, are looked at so often.
const IDLE: Duration = Duration::from_millis(25);

/// How long while an answer is awaited.
const BUSY: Duration = Duration::from_millis(1);

/// How long a key waits for the hits it asked for, so that both come in one frame.
const ONE_FRAME: Duration = Duration::from_millis(6);

/// How long the end waits for the hits of what was typed right before it.
const PARTING: Duration = Duration::from_millis(500);

/// Runs the screen until the user leaves it.
///
/// # Errors
/// The terminal cannot be set up or written to.
pub fn run(options: Options) -> anyhow::Result<()> {
    let signals = Signals::listen(terminal::give_back).context("the signals of the system cannot be listened to")?;
    let theme = Theme::new(!options.no_color);
    let sources = Report::of_all(&options.sources);
    let surroundings = Surroundings::read();
    let ladder = Ladder::new(options.config.open, surroundings.clone());
    // What is read is read while the terminal is set up and the first frame is drawn.
    let runner = Runner::start(options.sources, options.notices, ladder, options.config.player);
    let mut screen = Screen::enter(options.config.mouse).context("the terminal cannot be set up")?;
    let mut model = Model::new(terminal::size()?, &options.query);
    model.sources = sources;
    screen.draw(&model, theme)?;
    let ended = Session { screen, model, theme, runner, signals, surroundings, started: Instant::now(), changed: false }.run()?;
    // The terminal is the shell's again; now the signal may do what it always does.
    ended.map_or(Ok(()), |signal| signal.carry_out().context("the signal cannot be passed on"))
}

/// A screen at work.
struct Session {
    screen: Screen,
    model: Model,
    theme: Theme,
    runner: Runner,
    signals: Signals,
    surroundings: Surroundings,
    started: Instant,
    /// Something happened since the last frame.
    changed: bool,
}

impl Session {
    /// Runs until the user or a signal ends it. The terminal is restored when this returns, however it does.
    fn run(mut self) -> anyhow::Result<Option<Signal>> {
        let ended = self.turns();
        self.screen.leave();
        if matches!(ended, Ok(None)) {
            self.tell_unopened();
        }
        // However it ended: what was to be kept is kept.
        for message in self.runner.finish() {
            if let Message::Failed(text) = message {
                // There is nobody left to hear that it cannot be written.
                let _ = self.screen.tell(format!("{text}\n").as_bytes());
            }
        }
        ended
    }

    /// Turn for turn, until the user or a signal ends it.
    fn turns(&mut self) -> anyhow::Result<Option<Signal>> {
        loop {
            if let Some(ended) = self.attend_signals()? {
                return Ok(Some(ended));
            }
            let mut effects = self.await_input()?;
            while let Some(message) = self.runner.answer() {
                effects.extend(self.take(message));
            }
            if self.carry_out(effects)? {
                return Ok(None);
            }
            provoked_panic(&self.model);
            if std::mem::take(&mut self.changed) {
                self.screen.draw(&self.model, self.theme)?;
            }
        }
    }

    fn take(&mut self, message: Message) -> Vec<Effect> {
        self.changed = true;
        update(&mut self.model, message)
    }

    /// Waits until there is something to react to: a key, an answer, or a signal to look at.
    fn await_input(&mut self) -> anyhow::Result<Vec<Effect>> {
        let patience = if self.runner.is_busy() { BUSY } else { IDLE };
        let mut effects = Vec::new();
        if !event::poll(patience)? {
            // A resize from before the terminal library began to listen is never announced.
            let size = terminal::size()?;
            if size != self.model.size {
                effects.extend(self.take(Message::Resized(size)));
            }
            return Ok(effects);
        }
        // Everything that is waiting is taken before the next frame: held keys never queue up.
        while event::poll(Duration::ZERO)? {
            let at = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
            if let Some(message) = keys::message(event::read()?, at) {
                effects.extend(self.take(message));
                // What is typed behind those is not for us.
                if effects.iter().any(|effect| matches!(effect, Effect::Quit | Effect::Suspend | Effect::Edit(_))) {
                    break;
                }
            }
        }
        Ok(effects)
    }

    /// Carries effects out; true when one of them is to leave.
    fn carry_out(&mut self, effects: Vec<Effect>) -> anyhow::Result<bool> {
        let (mut searched, mut quits) = (false, false);
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            match effect {
                // What stands behind it was asked for too.
                Effect::Quit => quits = true,
                Effect::Suspend => self.suspend()?,
                Effect::Copy(text) => {
                    let told = self.copy(&text);
                    self.take(told);
                }
                Effect::Search { query, cursor } => {
                    self.runner.search(query, cursor);
                    searched = true;
                }
                Effect::Open { target, what, talk } => self.runner.open(target, what, talk),
                Effect::Keep(change) => self.runner.keep(change),
                Effect::Undo => self.runner.undo(),
                Effect::Play(order) => self.runner.play(order),
                Effect::Edit(draft) => waiting.extend(self.edit(draft)?),
                Effect::StopReading => self.runner.stop_reading(),
                Effect::Reread => self.runner.reread(),
            }
            // A command that was pressed behind the words waits for their hits.
            if waiting.is_empty()
                && std::mem::take(&mut searched)
                && let Some(message) = self.runner.answer_within(ONE_FRAME)
            {
                waiting.extend(self.take(message));
            }
        }
        if quits {
            self.finish_deferred();
        }
        Ok(quits)
    }

    /// Puts a text on the clipboard, by the terminal's own means.
    fn copy(&mut self, text: &str) -> Message {
        let bytes = match clipboard::copy(text, self.surroundings.multiplexer) {
            Ok(bytes) => bytes,
            Err(error) => return Message::Failed(format!("Not copied: {error}")),
        };
        match self.screen.tell(&bytes) {
            Ok(()) => Message::Done(format!("Copied {text}")),
            Err(error) => Message::Failed(format!("The terminal took no copy: {error}")),
        }
    }

    /// Waits for the links that are still being opened. One that nothing opens is left behind on the user's own terminal.
    fn tell_unopened(&mut self) {
        for message in self.runner.finish_opening() {
            if let Message::Opened { talk: Some(talk), .. } = message {
                self.runner.keep(Change::Visit(talk));
            } else if let Message::Unopened { url, why, .. } = message {
                let copied = self.copy(&url);
                let told = if matches!(copied, Message::Done(_)) { "copied, if the terminal allows it" } else { "not copied" };
                // There is nobody left to hear that it cannot be written.
                let _ = self.screen.tell(format!("Not opened ({why}), {told}:\n{url}\n").as_bytes());
            }
        }
    }

    /// Waits for the hits that a command from before the end still needs, so that a link that was asked for is opened.
    fn finish_deferred(&mut self) {
        while self.model.search.defers() {
            let Some(message) = self.runner.answer_within(PARTING) else { return };
            for effect in self.take(message) {
                match effect {
                    Effect::Open { target, what, talk } => self.runner.open(target, what, talk),
                    Effect::Search { query, cursor } => self.runner.search(query, cursor),
                    // A link that nothing opened meanwhile; nobody is left to read that it was copied.
                    Effect::Copy(text) => drop(self.copy(&text)),
                    Effect::Keep(change) => self.runner.keep(change),
                    Effect::Play(order) => self.runner.play(order),
                    Effect::Undo | Effect::Edit(_) | Effect::StopReading | Effect::Reread | Effect::Suspend | Effect::Quit => {}
                }
            }
        }
    }

    fn attend_signals(&mut self) -> anyhow::Result<Option<Signal>> {
        match self.signals.pending() {
            Some(Signal::Stop) => self.suspend()?,
            Some(Signal::Continue) => self.wake()?,
            ended => return Ok(ended),
        }
        Ok(None)
    }

    /// Gives the terminal back and stops; goes on when the shell says so.
    fn suspend(&mut self) -> anyhow::Result<()> {
        self.screen.leave();
        Signal::Stop.carry_out().context("the program cannot stop here")?;
        self.wake()
    }

    /// Lets the user write in an editor, which has the terminal meanwhile.
    fn edit(&mut self, draft: Draft) -> anyhow::Result<Vec<Effect>> {
        // What was typed already was not meant for the editor, and not for what comes after it.
        while event::poll(Duration::ZERO)? {
            event::read()?;
        }
        self.screen.leave();
        let written = editor::write(&draft, &self.signals);
        let effects = self.take(match written {
            Ok(text) => Message::Edited { draft, text },
            Err(error) => Message::Failed(error.to_string()),
        });
        // First it is kept: there may be no terminal to come back to.
        let mut others = Vec::new();
        for effect in effects {
            match effect {
                Effect::Keep(change) => self.runner.keep(change),
                other => others.push(other),
            }
        }
        self.wake()?;
        Ok(others)
    }

    fn wake(&mut self) -> anyhow::Result<()> {
        self.signals.forget_stops();
        self.screen.reenter()?;
        self.take(Message::Resized(terminal::size()?));
        Ok(())
    }
}

/// Panics when a test asks for it, in debug builds only: what a panic leaves behind can be seen no other way.
fn provoked_panic(model: &Model) {
    assert!(
        !(cfg!(debug_assertions) && model.state == State::Fresh && std::env::var_os("CUEPOINT_TEST_PANIC").is_some()),
        "provoked by CUEPOINT_TEST_PANIC"
    );
}

impl From<(u16, u16)> for Size {
    fn from((width, height): (u16, u16)) -> Size {
        Size { width, height }
    }
}
