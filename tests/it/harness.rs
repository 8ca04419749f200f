//! A screen without a terminal: keys in, model, effects and a picture in text out.

use cuepoint::app::input::Mouse;
use cuepoint::app::layout::Size;
use cuepoint::app::{Effect, Input, Key, Message, Model, update};
use cuepoint::archive::State;
use cuepoint::domain::{Change, Marks};
use cuepoint::player::Order;
use cuepoint::search::query::QueryError;
use cuepoint::search::{Answer, Completion, Engine};
use cuepoint::source::{Report, Source, load};
use cuepoint::tui::{render, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use std::sync::Arc;

/// A screen at work, searches answered at once, other effects kept.
pub struct Session {
    pub model: Model,
    pub effects: Vec<Effect>,
    /// What was asked of the engine: query, and place of the caret.
    pub asked: Vec<(String, usize)>,
    /// Hits do not come until [`Session::answer`].
    pub hold_answers: bool,
    held: Vec<(String, usize)>,
    engine: Engine,
}

impl Session {
    /// A screen on the harbour fixture.
    pub fn new(width: u16, height: u16) -> Session {
        Session::with_query(width, height, "")
    }

    pub fn with_query(width: u16, height: u16, query: &str) -> Session {
        let (catalogue, problems) = {
            let loaded = load(&[Source::at("tests/fixtures/harbour".as_ref())]);
            (loaded.catalogue, loaded.problems)
        };
        assert_eq!(problems, []);
        let catalogue = Arc::new(catalogue);
        let engine = Engine::new(catalogue.clone());
        let model = Model::new(Size { width, height }, query);
        let mut session = Session { model, effects: Vec::new(), asked: Vec::new(), hold_answers: false, held: Vec::new(), engine };
        session.send(Message::Loaded { catalogue, problems, sources: vec![Report::bundled()], state: State::Fresh });
        session
    }

    /// A screen on real folders, with whatever is wrong in them.
    pub fn on(width: u16, height: u16, folders: &[&str]) -> Session {
        let sources: Vec<Source> = folders.iter().map(|folder| Source::at(folder.as_ref())).collect();
        let loaded = load(&sources);
        let mut session = Session::new(width, height);
        session.model.sources = Report::of_all(&sources);
        session.send(Message::Loaded {
            catalogue: Arc::new(loaded.catalogue),
            problems: loaded.problems,
            sources: loaded.reports,
            state: State::Fresh,
        });
        session
    }

    pub fn send(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Search { query, cursor } => {
                    self.asked.push((query.clone(), cursor));
                    if self.hold_answers {
                        self.held.push((query, cursor));
                    } else {
                        self.find(query, cursor);
                    }
                }
                other => self.effects.push(other),
            }
        }
    }

    /// Answers what was asked while answers were held.
    pub fn answer(&mut self) {
        for (query, cursor) in std::mem::take(&mut self.held) {
            self.find(query, cursor);
        }
    }

    fn find(&mut self, query: String, cursor: usize) {
        let (result, completions) = (self.engine.answer(&query), self.engine.complete(&query, cursor));
        self.send(Message::Found { query, cursor, result, completions });
    }

    /// Answers what is typed now as the engine would.
    pub fn found(&mut self, result: Result<Answer, QueryError>, completions: Vec<Completion>) -> &mut Session {
        let (query, cursor) = (self.model.search.text.clone(), self.model.search.cursor);
        self.held.clear();
        self.send(Message::Found { query, cursor, result, completions });
        self
    }

    /// A screen whose search line holds a text that waits for its answer.
    pub fn searching(width: u16, height: u16, text: &str) -> Session {
        let mut session = Session::new(width, height);
        session.hold_answers = true;
        session.press("/");
        session.send(Message::Input(Input::Paste(text.to_owned())));
        session
    }

    /// Presses keys, written with spaces between them; `"words"` are typed letter by letter.
    pub fn press(&mut self, keys: &str) -> &mut Session {
        for key in keys.split_whitespace() {
            if let Some(text) = key.strip_prefix('"').and_then(|k| k.strip_suffix('"')) {
                text.chars().for_each(|c| self.key(&c.to_string()));
            } else {
                self.key(key);
            }
        }
        self
    }

    fn key(&mut self, key: &str) {
        let key: Key = key.parse().expect("a key");
        self.send(Message::Input(Input::Key(key)));
    }

    pub fn mouse(&mut self, mouse: Mouse, column: u16, row: u16, at: u64) -> &mut Session {
        self.send(Message::Input(Input::Mouse { mouse, column, row, at }));
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Session {
        self.send(Message::Resized(Size { width, height }));
        self
    }

    /// The title of the talk under the cursor.
    pub fn talk(&self) -> &str {
        self.model.talk().map_or("", |talk| &talk.title)
    }

    /// What is kept becomes this.
    pub fn keep(&mut self, set: impl FnOnce(&mut Marks)) -> &mut Session {
        let mut marks = self.model.marks.clone();
        set(&mut marks);
        self.engine = self.engine.clone().with_marks(marks.clone());
        self.send(Message::Marks(marks));
        self
    }

    /// What the library was asked for since the last time.
    pub fn kept(&mut self) -> Vec<Change> {
        let (kept, others) = std::mem::take(&mut self.effects).into_iter().partition(|effect| matches!(effect, Effect::Keep(_)));
        self.effects = others;
        let change = |effect| if let Effect::Keep(change) = effect { Some(change) } else { None };
        Vec::into_iter(kept).filter_map(change).collect()
    }

    /// What the player was asked for since the last time.
    pub fn played(&mut self) -> Vec<Order> {
        let (played, others) = std::mem::take(&mut self.effects).into_iter().partition(|effect| matches!(effect, Effect::Play(_)));
        self.effects = others;
        let order = |effect| if let Effect::Play(order) = effect { Some(order) } else { None };
        Vec::into_iter(played).filter_map(order).collect()
    }

    /// The sentence in the status row.
    pub fn status(&self) -> &str {
        self.model.status.as_ref().map_or("", |status| &status.text)
    }

    /// The links that would have been opened.
    pub fn opened(&self) -> Vec<&str> {
        self.effects
            .iter()
            .filter_map(|effect| if let Effect::Open { target, .. } = effect { Some(target.url.as_str()) } else { None })
            .collect()
    }

    /// What is drawn.
    pub fn buffer(&self, colours: bool) -> Buffer {
        let Size { width, height } = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test terminal");
        terminal.draw(|frame| render::draw(frame, &self.model, &Theme::new(colours))).expect("drawn");
        terminal.backend().buffer().clone()
    }

    /// What is drawn, as text.
    pub fn screen(&self) -> String {
        rows(&self.buffer(true)).join("\n")
    }

    /// What is drawn, and below it the look of each cell by a letter.
    pub fn picture(&self) -> String {
        let buffer = self.buffer(true);
        let mut legend = vec!["plain".to_owned()];
        let mut looks = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                let look = look(cell.fg, cell.bg, cell.modifier);
                let at = legend.iter().position(|known| *known == look).unwrap_or_else(|| {
                    legend.push(look);
                    legend.len() - 1
                });
                line.push(if at == 0 { '.' } else { char::from(b'a' + u8::try_from(at - 1).expect("few looks")) });
            }
            writeln!(looks, "{}", line.trim_end_matches('.')).expect("text");
        }
        // The place of a file is shown as the system writes it.
        let mut out = rows(&buffer).join("\n").replace('\\', "/");
        out.push_str("\n\n");
        out.push_str(&looks);
        for (i, look) in legend.iter().enumerate().skip(1) {
            writeln!(out, "{} {look}", char::from(b'a' + u8::try_from(i - 1).expect("few looks"))).expect("text");
        }
        out
    }
}

fn look(fg: Color, bg: Color, modifier: Modifier) -> String {
    let mut parts = Vec::new();
    if fg != Color::Reset {
        parts.push(format!("{fg}"));
    }
    if bg != Color::Reset {
        parts.push(format!("on {bg}"));
    }
    if !modifier.is_empty() {
        parts.push(format!("{modifier:?}"));
    }
    if parts.is_empty() { "plain".to_owned() } else { parts.join(" ") }
}

/// What a terminal shows of a cell, without what tells it where the text leads.
fn seen(symbol: &str) -> &str {
    let text = symbol.strip_prefix("\u{1b}]8;").and_then(|rest| rest.split_once("\u{1b}\\"));
    text.and_then(|(_, text)| text.split_once('\u{1b}')).map_or(symbol, |(text, _)| text)
}

fn rows(buffer: &Buffer) -> Vec<String> {
    (0..buffer.area.height)
        .map(|y| {
            let mut row = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = seen(buffer[(x, y)].symbol());
                row.push_str(symbol);
                skip = cuepoint::text::width(symbol).saturating_sub(1);
            }
            row.trim_end().to_owned()
        })
        .collect()
}
