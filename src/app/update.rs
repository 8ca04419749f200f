//! How the state changes.

mod keep;
mod keys;
mod link_page;
mod loaded;
mod mouse;
mod play;
mod prompt;
mod search;
mod sources;

pub use keys::scope;

use super::command::Command;
use super::detail;
use super::guide::Guide;
use super::help::Help;
use super::input::Input;
use super::layout::Layout;
use super::library::Shelf;
use super::list::List;
use super::message::{Effect, Message};
use super::model::{Activation, Model, Mood, Pane, Status, Subject, View};
use crate::archive::State;
use crate::domain::link::is_web_address;
use crate::domain::{Change, Severity};
use crate::open::Target;

/// Takes a message in; what is to be done outside comes back.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let effects = match message {
        Message::Input(Input::Key(key)) => keys::press(model, key),
        Message::Input(Input::Paste(text)) if model.prompt.is_some() => prompt::paste(model, &text),
        Message::Input(Input::Paste(text)) => search::paste(model, &text),
        Message::Input(Input::Mouse { mouse, column, row, at }) => mouse::mouse(model, mouse, column, row, at),
        Message::Resized(size) => {
            model.size = size;
            Vec::new()
        }
        Message::Progress(files) => {
            model.files = files;
            Vec::new()
        }
        Message::Loaded { catalogue, problems, sources, state } => {
            loaded::load(model, catalogue);
            loaded::looked_again(model, state, true);
            let told = model.problems == problems;
            model.problems = problems;
            model.sources = sources;
            if let Some(page) = &mut model.sources_page {
                page.forget();
            }
            loaded::believe(model, state);
            if !told && state != State::Stopped {
                loaded_status(model);
            }
            search::ask(model)
        }
        Message::Believed(state) => {
            loaded::looked_again(model, state, false);
            loaded::believe(model, state);
            Vec::new()
        }
        Message::Found { query, cursor, result, completions } => {
            search::found(model, query, cursor, result, completions);
            let deferred = model.search.take_ready();
            let mut effects = deferred.map(|command| run(model, command)).unwrap_or_default();
            effects.extend(keys::release(model));
            effects
        }
        Message::Opened { text, talk } => {
            tell(model, text, Mood::Good);
            talk.map(|talk| Effect::Keep(Change::Visit(talk))).into_iter().collect()
        }
        Message::Unopened { url, what, why } => link_page::open(model, url, what, why),
        Message::Marks(marks) => keep::marks(model, marks),
        Message::Player(news) => play::hear(model, news),
        Message::Edited { draft, text } => keep::edited(model, draft, &text),
        Message::Done(text) => tell(model, text, Mood::Good),
        Message::Failed(text) => tell(model, text, Mood::Bad),
    };
    settle(model);
    effects
}

fn tell(model: &mut Model, text: String, mood: Mood) -> Vec<Effect> {
    model.status = Some(Status { text, mood });
    Vec::new()
}

/// How many problems there are, and the worst of them.
fn loaded_status(model: &mut Model) {
    let told = || model.problems.iter().filter(|p| p.severity != Severity::Note);
    let Some(worst) = told().min_by_key(|p| p.severity) else {
        model.status = None;
        return;
    };
    let mood = if worst.severity == Severity::Error { Mood::Bad } else { Mood::Doubtful };
    let file = worst.place.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let line = worst.place.line.map(|line| format!(":{line}")).unwrap_or_default();
    let others = match told().count() {
        1 => String::new(),
        count => format!(" (and {} more, S shows them)", count - 1),
    };
    let text = crate::text::clean_line(&format!("{file}{line}: {}{others}", worst.message)).into_owned();
    model.status = Some(Status { text, mood });
}

/// Brings everything that follows from the rest in line: rows, cursors, the text of the detail pane.
fn settle(model: &mut Model) {
    let catalogue = model.catalogue.clone();
    if !model.search.is_on() {
        model.rows = model.browsed();
    }
    if model.focus == Pane::Events && !model.has_chooser() {
        model.focus = Pane::Talks;
    }
    if model.focus != Pane::Detail {
        model.about = model.focus;
    } else if model.about == Pane::Events && !model.has_chooser() {
        model.about = Pane::Talks;
    }
    let layout = model.layout();
    model.events.settle(catalogue.events().len(), layout.shown(Pane::Events));
    model.shelves.settle(Shelf::all(&model.marks).len(), layout.shown(Pane::Events));
    model.talks.settle(model.rows.len(), layout.shown(Pane::Talks));
    // Laying out a pane that is not seen would be work for every key.
    if let Some(area) = layout.pane(Pane::Detail) {
        let subject = model.subject();
        model.detail.show(&catalogue, &model.marks, subject, usize::from(area.inner().width.saturating_sub(2)));
    }
    if let Some(scroll) = model.restored_scroll.take() {
        model.detail.scroll = scroll;
    }
    let most = model.detail.lines.len().saturating_sub(layout.shown(Pane::Detail));
    model.detail.scroll = model.detail.scroll.min(most);
    if let Some(help) = &mut model.help {
        let shown = usize::from(layout.help.height.saturating_sub(4));
        help.list.settle(help.rows().len(), shown);
    }
    if let Some(guide) = &mut model.guide {
        let area = layout.guide.inner();
        let lines = super::guide::lines(usize::from(area.width.saturating_sub(2))).len();
        guide.scroll = guide.scroll.min(lines.saturating_sub(usize::from(area.height)));
    }
    sources::settle(model);
    link_page::settle(model);
}

/// Does a command. One that is about the talk under the cursor waits for the hits of what was typed before it, and is
/// not done where that cannot be read.
fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    let about_hits = command.is_about_row();
    let completes = matches!(command, Command::Complete | Command::CompletePrevious);
    let waits = about_hits && !model.is_covered() && model.search.is_awaited() || completes && model.search.awaits_completions();
    if waits {
        model.search.deferred = Some(command);
        return Vec::new();
    }
    if about_hits && let Some(why) = model.refusal() {
        let why = why.to_owned();
        return tell(model, why, Mood::Bad);
    }
    match command {
        Command::Quit => return play::place(model).into_iter().chain([Effect::Quit]).collect(),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Activate => return activate(model),
        Command::Watch => return watch(model),
        Command::CopyLink => return copy(model, |_, url| url),
        Command::CopyMarkdown => return copy(model, |title, url| format!("[{}]({url})", title.replace(['[', ']'], ""))),
        Command::Search => return search::open(model),
        Command::Reread => {
            model.looks_again = true;
            tell(model, "Looking at the sources again …".to_owned(), Mood::Good);
            return vec![Effect::Reread];
        }
        Command::Filter => return filter(model),
        Command::Star | Command::MarkWatched | Command::Enqueue => return keep::toggle(model, command),
        Command::MoveUp | Command::MoveDown => return keep::move_queued(model, command == Command::MoveUp),
        Command::Note | Command::SaveQueue => return prompt::open(model, command),
        Command::EditNote => return keep::write(model),
        Command::RemovePlaylist => return keep::remove_playlist(model),
        Command::Undo => return vec![Effect::Undo],
        Command::Play | Command::PlayFromStart => return play::play_chosen(model, command == Command::Play),
        Command::PlayNext => return play::play_next(model),
        Command::Pause | Command::SeekBack | Command::SeekForward | Command::StopPlaying => return play::steer(model, command),
        Command::In => model.focus = model.pane_to_the_right().unwrap_or(model.focus),
        Command::Details => {
            if model.subject().is_some() {
                model.focus = Pane::Detail;
            }
        }
        Command::Complete | Command::CompletePrevious => return search::complete(model, command == Command::Complete),
        Command::Back => return back(model),
        Command::NextLink | Command::PreviousLink => {
            let shown = model.layout().shown(Pane::Detail);
            model.detail.step(command == Command::NextLink, shown);
        }
        Command::Events => show(model, View::Events),
        Command::Talks => show(model, View::Talks),
        Command::Library => show(model, View::Library),
        Command::NextView => {
            let next = (model.view as usize + 1) % View::ALL.len();
            show(model, View::ALL[next]);
        }
        Command::Help => model.help = Some(Help::default()),
        Command::SearchHelp => {
            model.help = None;
            model.guide = if model.guide.is_some() { None } else { Some(Guide::default()) };
        }
        Command::Sources => sources::toggle(model),
        Command::CloseLink => model.link_page = None,
        Command::Down
        | Command::Up
        | Command::HalfPageDown
        | Command::HalfPageUp
        | Command::PageDown
        | Command::PageUp
        | Command::Top
        | Command::Bottom => scroll(model, command),
    }
    Vec::new()
}

/// Moves the cursor, or the text of the detail pane.
fn scroll(model: &mut Model, command: Command) {
    if model.link_page.is_some() {
        return link_page::scroll(model, command);
    }
    if model.sources_page.is_some() && model.help.is_none() && model.guide.is_none() {
        return sources::scroll(model, command);
    }
    let layout = model.layout();
    let shown = match (&model.help, model.focus) {
        _ if model.guide.is_some() => usize::from(layout.guide.inner().height),
        (Some(_), _) => usize::from(layout.help.height.saturating_sub(4)),
        (None, pane) => layout.shown(pane),
    };
    move_by(model, model.focus, rows(command, shown));
}

/// How many rows a command moves by, where so many are shown.
fn rows(command: Command, shown: usize) -> isize {
    let page = isize::try_from(shown.max(1)).unwrap_or(1);
    match command {
        Command::Down => 1,
        Command::Up => -1,
        Command::HalfPageDown => (page / 2).max(1),
        Command::HalfPageUp => -(page / 2).max(1),
        Command::PageDown => page,
        Command::PageUp => -page,
        Command::Top => isize::MIN,
        _ => isize::MAX,
    }
}

/// Moves in a pane (or in what lies over all) by rows.
fn move_by(model: &mut Model, pane: Pane, rows: isize) {
    if let Some(help) = &mut model.help {
        let len = help.rows().len();
        return help.list.move_by(rows, len);
    }
    if let Some(guide) = &mut model.guide {
        guide.scroll = guide.scroll.saturating_add_signed(rows);
        return;
    }
    match pane {
        Pane::Events if model.view == View::Library => {
            let before = model.shelves.cursor;
            model.shelves.move_by(rows, Shelf::all(&model.marks).len());
            if model.shelves.cursor != before {
                model.talks = List::default();
            }
        }
        Pane::Events => {
            let before = model.events.cursor;
            model.events.move_by(rows, model.catalogue.events().len());
            if model.events.cursor != before {
                model.talks = List::default();
            }
        }
        Pane::Talks => {
            model.talks.move_by(rows, model.rows.len());
            model.search.moved = model.search.is_on();
            model.search.put_away = true;
        }
        Pane::Detail => model.detail.scroll = model.detail.scroll.saturating_add_signed(rows),
    }
}

fn show(model: &mut Model, view: View) {
    search::end(model);
    model.view = view;
    model.talks = List::default();
    model.focus = match view {
        View::Events | View::Library => Pane::Events,
        View::Talks => Pane::Talks,
    };
}

fn back(model: &mut Model) -> Vec<Effect> {
    if model.prompt.take().is_some()
        || model.link_page.take().is_some()
        || model.help.take().is_some()
        || model.guide.take().is_some()
        || model.sources_page.take().is_some()
    {
        return Vec::new();
    }
    if model.stops_reading() {
        return vec![Effect::StopReading];
    }
    model.detail.target = None;
    match model.pane_to_the_left() {
        Some(pane) if !model.ends_search() => model.focus = pane,
        _ => search::end(model),
    }
    Vec::new()
}

fn activate(model: &mut Model) -> Vec<Effect> {
    match model.activation() {
        Some(Activation::Go(pane)) => {
            model.search.typing = false;
            model.focus = pane;
            Vec::new()
        }
        Some(Activation::Follow(target)) => follow(model, target),
        Some(Activation::Run) => {
            let row = model.help.take().and_then(|help| help.rows().into_iter().nth(help.list.cursor));
            row.map(|row| run(model, row.command)).unwrap_or_default()
        }
        Some(Activation::Take) => prompt::take(model),
        Some(Activation::Play) => play::play_chosen(model, true),
        Some(Activation::Watch) | None => watch(model),
    }
}

fn follow(model: &mut Model, target: usize) -> Vec<Effect> {
    match model.detail.targets.get(target).cloned() {
        Some(detail::Target::Search(words)) => search::run(model, &words),
        Some(detail::Target::Link(url)) => vec![Effect::Open { target: Target::link(&url), what: url, talk: None }],
        Some(detail::Target::Second(at)) => play::go_to(model, at),
        Some(detail::Target::Note(note)) => keep::rewrite(model, note),
        Some(detail::Target::Forget(lost)) => {
            // Another one takes its place under the cursor, which nobody chose.
            model.detail.target = None;
            vec![Effect::Keep(Change::Forget(lost))]
        }
        None => Vec::new(),
    }
}

/// Opens the talk at its cue, or says why it cannot be.
fn watch(model: &mut Model) -> Vec<Effect> {
    let (Some(subject), target) = (model.subject(), model.target()) else {
        return Vec::new();
    };
    let (title, talk) = match subject {
        Subject::Event(event) => (&model.catalogue.events()[event].title, None),
        Subject::Talk(talk) => (&model.catalogue.talks()[talk].title, Some(&model.catalogue.talks()[talk])),
        Subject::Shelf(_) => return Vec::new(),
    };
    let Some(target) = target else {
        let text = format!("“{title}” has no recording to open");
        return tell(model, text, Mood::Bad);
    };
    let what = match talk {
        None => format!("the recording of “{title}”"),
        Some(talk) => match (talk.landing_remark(), talk.span.start) {
            (Some(remark), _) => format!("“{title}”; {remark}"),
            (None, Some(cue)) => format!("“{title}” at {cue}"),
            (None, None) => format!("“{title}”"),
        },
    };
    if !is_web_address(&target.url) {
        return play::play_chosen(model, true);
    }
    let text = format!("Opening {what} …");
    let talk = talk.map(|talk| talk.id.clone());
    tell(model, text, Mood::Good);
    vec![Effect::Open { target, what, talk }]
}

fn copy(model: &mut Model, text: impl Fn(&str, String) -> String) -> Vec<Effect> {
    let Some(url) = model.link() else {
        return tell(model, "There is no link to copy".to_owned(), Mood::Bad);
    };
    let title = match model.subject() {
        Some(Subject::Event(event)) => model.catalogue.events()[event].title.clone(),
        Some(Subject::Talk(talk)) => model.catalogue.talks()[talk].title.clone(),
        Some(Subject::Shelf(_)) | None => String::new(),
    };
    vec![Effect::Copy(text(&title, url))]
}

fn filter(model: &mut Model) -> Vec<Effect> {
    match model.filter_query() {
        Some(query) => search::run(model, &query),
        None => tell(model, "Put the cursor on a talk to see the others of its company".to_owned(), Mood::Bad),
    }
}

/// The row of a list at a row of the screen within its pane.
fn row_at(layout: &Layout, pane: Pane, list: List, line: u16) -> usize {
    let rows = match pane {
        Pane::Talks => line / layout.talk_rows.max(1),
        Pane::Events | Pane::Detail => line,
    };
    list.offset + usize::from(rows)
}
