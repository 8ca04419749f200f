//! The state of the screen.

use super::detail::Detail;
use super::guide::Guide;
use super::help::Help;
use super::input::Key;
use super::layout::{Layout, MEDIUM, Size};
use super::library::Shelf;
use super::link_page::LinkPage;
use super::list::List;
use super::playing::Playing;
use super::prompt::Prompt;
use super::search::{Search, Snapshot, Tab};
use super::search_line::SearchLine;
use super::sources::SourcesPage;
use crate::archive::State;
use crate::domain::link::is_web_address;
use crate::domain::{Catalogue, Event, Mark, Marks, Problem, Talk};
use crate::open::Target;
use crate::source::Report;
use std::sync::Arc;

/// What the lists show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Events, and the talks of the one under the cursor.
    #[default]
    Events,
    /// Every talk, newest first.
    Talks,
    /// What the user keeps, shelf by shelf.
    Library,
}

impl View {
    /// Every view, in the order of their keys.
    pub const ALL: [View; 3] = [View::Events, View::Talks, View::Library];

    /// The name on the screen.
    pub fn name(self) -> &'static str {
        match self {
            View::Events => "Events",
            View::Talks => "Talks",
            View::Library => "Library",
        }
    }
}

/// A part of the screen that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pane {
    /// What talks are chosen by: the events, or the shelves of the library.
    #[default]
    Events,
    /// The talks.
    Talks,
    /// Everything about what is under the cursor.
    Detail,
}

/// What the detail pane is about: an index into the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An event.
    Event(usize),
    /// A talk.
    Talk(usize),
    /// A shelf of the library, by its place among them.
    Shelf(usize),
}

/// A sentence about what just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The sentence.
    pub text: String,
    /// What it is about.
    pub mood: Mood,
}

/// What a status is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Something was done.
    Good,
    /// Something is doubtful.
    Doubtful,
    /// Something failed.
    Bad,
}

/// What Enter would do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Activation {
    /// Go into a pane.
    Go(Pane),
    /// Watch the talk or the recording.
    Watch,
    /// Play the talk, whose recording is a file.
    Play,
    /// Take what was typed.
    Take,
    /// Follow a link of the detail pane.
    Follow(usize),
    /// Do the command under the cursor of the help.
    Run,
}

impl Activation {
    /// The word for the footer.
    pub fn word(&self) -> &'static str {
        match self {
            Activation::Go(Pane::Detail) => "details",
            Activation::Go(_) => "talks",
            Activation::Watch => "watch",
            Activation::Play => "play",
            Activation::Take => "keep",
            Activation::Follow(_) => "follow",
            Activation::Run => "run",
        }
    }
}

/// The query that finds exactly what has a value in a field.
pub fn filter(field: &str, value: &str) -> String {
    format!("{field}:\"{}\"", value.replace('"', ""))
}

/// Everything that the screen shows.
#[derive(Debug, Default)]
pub struct Model {
    /// The terminal's size.
    pub size: Size,
    /// What can be browsed.
    pub catalogue: Arc<Catalogue>,
    /// How far that is to be believed: the sources may still be being read.
    pub state: State,
    /// The user asked for another look at them, and was not told yet what came of it.
    pub looks_again: bool,
    /// Files of the sources that were looked at, while they are read.
    pub files: usize,
    /// What is read, and what each source gave.
    pub sources: Vec<Report>,
    /// What is wrong in the sources.
    pub problems: Vec<Problem>,
    /// What the lists show.
    pub view: View,
    /// The pane that keys go to.
    pub focus: Pane,
    /// The list whose row the detail pane is about.
    pub about: Pane,
    /// Cursor in the events.
    pub events: List,
    /// Cursor in `rows`.
    pub talks: List,
    /// The talks in the list: indices into the catalogue.
    pub rows: Vec<usize>,
    /// The detail pane.
    pub detail: Detail,
    /// The search.
    pub search: Search,
    /// The help, while it is open.
    pub help: Option<Help>,
    /// How to search, while that is open.
    pub guide: Option<Guide>,
    /// What was read, while that is open.
    pub sources_page: Option<SourcesPage>,
    /// A link that was not opened, while it is shown.
    pub link_page: Option<LinkPage>,
    /// What the user keeps about the talks of the catalogue.
    pub marks: Marks,
    /// The shelf under the cursor in the library.
    pub shelves: List,
    /// What is played.
    pub playing: Option<Playing>,
    /// The id of the talk that may be played next, since another one is over.
    pub up_next: Option<String>,
    /// The line that asks for words, while it is open.
    pub prompt: Option<Prompt>,
    /// What just happened.
    pub status: Option<Status>,
    /// Keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// How far the detail pane is to be scrolled once it shows again what it showed before a search.
    pub(super) restored_scroll: Option<usize>,
    /// Keys that wait for a command before them, which itself waits for an answer.
    pub(super) held: Vec<Key>,
    /// The last click: column, row, milliseconds.
    pub(super) clicked: Option<(u16, u16, u64)>,
}

impl Model {
    /// A screen that waits for its sources. A query is searched for as soon as they are there.
    pub fn new(size: Size, query: &str) -> Model {
        let text = crate::text::clean_line(query).into_owned();
        let start = Snapshot { focus: Pane::Events, events: List::default(), talks: List::default(), scroll: 0 };
        let before = (!text.is_empty()).then_some(start);
        let search = Search { cursor: text.len(), text, before, ..Search::default() };
        let focus = if search.is_on() { Pane::Talks } else { Pane::Events };
        Model { size, focus, about: focus, search, ..Model::default() }
    }

    /// Are events listed (and not only talks)?
    pub fn shows_events(&self) -> bool {
        self.view == View::Events && !self.search.is_on()
    }

    /// Is there a pane to choose talks by?
    pub fn has_chooser(&self) -> bool {
        self.view != View::Talks && !self.search.is_on()
    }

    /// The shelf under the cursor, where the library is shown.
    pub fn shelf(&self) -> Option<Shelf> {
        let shown = self.view == View::Library && !self.search.is_on();
        Shelf::all(&self.marks).get(self.shelves.cursor).copied().filter(|_| shown)
    }

    /// The event under the cursor.
    pub fn event(&self) -> Option<&Event> {
        self.catalogue.events().get(self.events.cursor)
    }

    /// The talk under the cursor.
    pub fn talk(&self) -> Option<&Talk> {
        self.catalogue.talks().get(*self.rows.get(self.talks.cursor)?)
    }

    /// What the detail pane is about.
    pub fn subject(&self) -> Option<Subject> {
        match self.about {
            Pane::Events if self.view == View::Library => self.shelf().map(|_| Subject::Shelf(self.shelves.cursor)),
            Pane::Events => self.event().map(|_| Subject::Event(self.events.cursor)),
            Pane::Talks | Pane::Detail => self.rows.get(self.talks.cursor).map(|talk| Subject::Talk(*talk)),
        }
    }

    /// Where the link of what the detail pane is about leads.
    pub fn target(&self) -> Option<Target> {
        match self.subject()? {
            Subject::Event(event) => Target::event(&self.catalogue.events()[event]),
            Subject::Talk(talk) => Target::talk(&self.catalogue.talks()[talk]),
            Subject::Shelf(_) => None,
        }
    }

    /// That link.
    pub fn link(&self) -> Option<String> {
        Some(self.target()?.url)
    }

    /// What Enter would do now.
    pub fn activation(&self) -> Option<Activation> {
        if self.help.is_some() {
            return Some(Activation::Run);
        }
        if self.prompt.is_some() {
            return Some(Activation::Take);
        }
        match self.focus {
            // What there is to know of an empty shelf stands in its details.
            Pane::Events if self.rows.is_empty() && self.view == View::Library => Some(Activation::Go(Pane::Detail)),
            Pane::Events => (!self.rows.is_empty()).then_some(Activation::Go(Pane::Talks)),
            Pane::Talks if self.is_narrow() => self.talk().map(|_| Activation::Go(Pane::Detail)),
            Pane::Detail if self.detail.target.is_some() => self.detail.target.map(Activation::Follow),
            Pane::Talks | Pane::Detail => self.link().map(|link| if is_web_address(&link) { Activation::Watch } else { Activation::Play }),
        }
    }

    /// The talk that the detail pane is about.
    pub fn chosen(&self) -> Option<usize> {
        match self.subject()? {
            Subject::Talk(talk) => Some(talk),
            Subject::Event(_) | Subject::Shelf(_) => None,
        }
    }

    /// Is the talk that the detail pane is about that to the user?
    pub fn chosen_is(&self, mark: Mark) -> bool {
        self.chosen().is_some_and(|talk| self.marks.has(talk, mark))
    }

    /// The talks of the list while nothing is searched: those of what is chosen.
    pub(super) fn browsed(&self) -> Vec<usize> {
        match self.view {
            View::Talks => (0..self.catalogue.talks().len()).collect(),
            View::Events => self.event().map(|event| event.talks.clone().collect()).unwrap_or_default(),
            View::Library => self.shelf().map(|shelf| shelf.talks(&self.marks)).unwrap_or_default(),
        }
    }

    /// One pane at a time?
    pub fn is_narrow(&self) -> bool {
        self.size.width < MEDIUM
    }

    /// The pane to the right of the focus, if there is one.
    pub fn pane_to_the_right(&self) -> Option<Pane> {
        match self.focus {
            Pane::Events => (!self.rows.is_empty()).then_some(Pane::Talks),
            Pane::Talks => self.talk().map(|_| Pane::Detail),
            Pane::Detail => None,
        }
    }

    /// The pane to the left of the focus, if there is one.
    pub fn pane_to_the_left(&self) -> Option<Pane> {
        match self.focus {
            Pane::Events => None,
            Pane::Talks => self.has_chooser().then_some(Pane::Events),
            Pane::Detail => Some(self.about),
        }
    }

    /// Does a page lie over the panes, or a line ask for words?
    pub fn is_covered(&self) -> bool {
        let page = self.help.is_some() || self.guide.is_some() || self.sources_page.is_some() || self.link_page.is_some();
        page || self.prompt.is_some()
    }

    /// Is more told of the source under the cursor than the page shows at once?
    pub fn sources_page_goes_on(&self) -> bool {
        let shown = usize::from(self.layout().sources.about.height);
        self.sources_page.as_ref().is_some_and(|page| page.lines.len() > shown)
    }

    /// What Tab would do in the search line.
    pub fn tab(&self) -> Option<Tab> {
        let search = &self.search;
        match (search.typing, self.rows.is_empty()) {
            (false, _) => None,
            (true, _) if !search.offers().is_empty() => Some(Tab::Complete),
            (true, true) => (search.suggestion.is_some() && search.error.is_none()).then_some(Tab::Suggestion),
            (true, false) => Some(Tab::ToList),
        }
    }

    /// Why nothing is done with the row under the cursor: it belongs to an older query than the one that is typed,
    /// which cannot be read.
    pub fn refusal(&self) -> Option<&str> {
        let error = self.search.error.as_ref().filter(|_| self.focus == Pane::Talks && !self.is_covered());
        error.map(|error| error.message.as_str())
    }

    /// What the status row says: what just happened, else what is wrong in a query, where the search line has no room
    /// for it.
    pub fn notice(&self) -> Option<(&str, Mood)> {
        if let Some(status) = &self.status {
            return Some((&status.text, status.mood));
        }
        let error = self.search.error.as_ref()?;
        SearchLine::of(self, usize::from(self.size.width)).error_left_out.then_some((&error.message, Mood::Bad))
    }

    /// Is there nothing to browse yet?
    pub fn is_empty_yet(&self) -> bool {
        self.state == State::Reading && self.catalogue.events().is_empty()
    }

    /// Would coming back stop the reading of the sources, since there is nothing else to come back from?
    pub fn stops_reading(&self) -> bool {
        self.state == State::Reading && !self.is_covered() && !self.search.is_on() && self.pane_to_the_left().is_none()
    }

    /// Would coming back end the search?
    pub fn ends_search(&self) -> bool {
        self.search.is_on() && (self.search.typing || self.pane_to_the_left().is_none())
    }

    /// What `f` would search for: the company of the talk under the cursor, else its speaker.
    pub fn filter_query(&self) -> Option<String> {
        let Subject::Talk(talk) = self.subject()? else { return None };
        let speakers = &self.catalogue.talks()[talk].speakers;
        let company = speakers.iter().find_map(|s| s.company.as_ref()).map(|company| filter("company", company));
        company.or_else(|| speakers.first().map(|s| filter("speaker", &s.name)))
    }

    /// Where everything stands.
    pub fn layout(&self) -> Layout {
        Layout::of(self)
    }
}
