//! The one table of commands: what can be done, where, by which keys, and in which words.

use super::library::Shelf;
use super::model::{Activation, Model, Pane};
use super::search::Tab;
use crate::domain::Mark;

/// Something the user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Watch the talk, follow the link, or go on to what the row holds.
    Activate,
    /// Open the talk in the browser, from wherever one is.
    Watch,
    /// Go into the next pane.
    In,
    /// Go into the details of the row under the cursor.
    Details,
    /// Complete what is typed, or leave the search line for its list.
    Complete,
    /// The completion before.
    CompletePrevious,
    /// Come back, or end the search.
    Back,
    /// A row or line down.
    Down,
    /// A row or line up.
    Up,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
    /// Look at the sources again.
    Reread,
    /// Search.
    Search,
    /// Search for what comes from the same speaker or company.
    Filter,
    /// Copy the link.
    CopyLink,
    /// Copy the link as Markdown.
    CopyMarkdown,
    /// Star the talk, or take the star away.
    Star,
    /// Say that the talk was watched, or that it was not.
    MarkWatched,
    /// Write a line about the talk.
    Note,
    /// Write about the talk in the editor.
    EditNote,
    /// Put the talk into the queue, or take it out.
    Enqueue,
    /// Move the talk towards the beginning of the queue.
    MoveUp,
    /// Move the talk towards the end of the queue.
    MoveDown,
    /// Save the queue as a playlist, or put a playlist into the queue.
    SaveQueue,
    /// Forget the playlist.
    RemovePlaylist,
    /// Take the last change to the library back.
    Undo,
    /// Play the talk in the player, from where one stopped.
    Play,
    /// The same, from its first second.
    PlayFromStart,
    /// Pause, or go on.
    Pause,
    /// Some seconds back.
    SeekBack,
    /// Some seconds forward.
    SeekForward,
    /// Play what comes next.
    PlayNext,
    /// Close the player.
    StopPlaying,
    /// Next link in the detail pane.
    NextLink,
    /// Previous link in the detail pane.
    PreviousLink,
    /// The events view.
    Events,
    /// The talks view.
    Talks,
    /// The library.
    Library,
    /// The next view.
    NextView,
    /// Every key.
    Help,
    /// How to search.
    SearchHelp,
    /// What was read, and what is wrong in it.
    Sources,
    /// Close the page with a link.
    CloseLink,
    /// Leave for the shell, to come back later.
    Suspend,
    /// Leave.
    Quit,
}

/// Where a key means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In the events and talks panes.
    Lists,
    /// In the detail pane.
    Detail,
    /// While a search is typed.
    Search,
    /// In the help.
    Help,
    /// On the page about searching.
    Guide,
    /// On the page about what was read.
    Sources,
    /// On the page with a link that was not opened.
    Link,
    /// In the line that asks for words.
    Prompt,
}

/// A row of the table.
#[derive(Debug)]
pub struct Entry {
    /// What it does.
    pub command: Command,
    /// Where its keys mean it.
    pub scopes: &'static [Scope],
    /// Its keys; `g g` is two presses.
    pub keys: &'static [&'static str],
    /// One word for the footer; empty for keys that everyone tries anyway.
    pub short: &'static str,
    /// What it does, for the help.
    pub help: &'static str,
}

use Scope::{Detail, Guide, Help, Link, Lists, Prompt, Search, Sources};

/// Everywhere but where text is typed.
const BROWSING: &[Scope] = &[Lists, Detail];

/// The same, and where there is only something to read.
const READING: &[Scope] = &[Lists, Detail, Guide, Sources, Link];

/// Everywhere.
const ALWAYS: &[Scope] = &[Lists, Detail, Search, Help, Guide, Sources, Link, Prompt];

/// Every command. The order is that of the footer and of the help.
pub const TABLE: &[Entry] = &[
    Entry {
        command: Command::Activate,
        scopes: &[Lists, Detail, Search, Help, Prompt],
        keys: &["Enter"],
        short: "watch",
        help: "Watch the talk at its second; go into a row",
    },
    Entry { command: Command::Watch, scopes: BROWSING, keys: &["o"], short: "", help: "Watch the talk in the browser" },
    Entry { command: Command::In, scopes: BROWSING, keys: &["l", "→"], short: "", help: "Go into the pane to the right" },
    Entry { command: Command::Back, scopes: ALWAYS, keys: &["Esc"], short: "back", help: "Come back; end the search" },
    Entry {
        command: Command::Back,
        scopes: BROWSING,
        keys: &["h", "←", "Backspace"],
        short: "",
        help: "Come back to the pane to the left",
    },
    Entry { command: Command::Pause, scopes: BROWSING, keys: &["Space"], short: "pause", help: "Pause the player, or go on" },
    Entry {
        command: Command::Search,
        scopes: BROWSING,
        keys: &["/"],
        short: "search",
        help: "Search by speaker, company, title and event",
    },
    Entry {
        command: Command::Filter,
        scopes: BROWSING,
        keys: &["f"],
        short: "filter",
        help: "Show the other talks of this company or speaker",
    },
    Entry { command: Command::Details, scopes: &[Lists], keys: &["d"], short: "details", help: "Read the details of the row" },
    Entry { command: Command::Play, scopes: BROWSING, keys: &["p"], short: "play", help: "Play in the player, from where you stopped" },
    Entry { command: Command::PlayFromStart, scopes: BROWSING, keys: &["P"], short: "", help: "Play from the talk's first second" },
    Entry { command: Command::SeekBack, scopes: BROWSING, keys: &[","], short: "", help: "Ten seconds back in the player" },
    Entry { command: Command::SeekForward, scopes: BROWSING, keys: &["."], short: "", help: "Ten seconds forward in the player" },
    Entry {
        command: Command::PlayNext,
        scopes: BROWSING,
        keys: &[">"],
        short: "play next",
        help: "Play the next talk of the queue or evening",
    },
    Entry { command: Command::StopPlaying, scopes: BROWSING, keys: &["X"], short: "stop", help: "Stop playing, and close the player" },
    Entry { command: Command::Star, scopes: BROWSING, keys: &["s"], short: "star", help: "Star the talk, or take the star away" },
    Entry { command: Command::MarkWatched, scopes: BROWSING, keys: &["w"], short: "watched", help: "Mark the talk as watched, or not" },
    Entry { command: Command::Note, scopes: BROWSING, keys: &["n"], short: "note", help: "Write a line about the talk" },
    Entry { command: Command::EditNote, scopes: BROWSING, keys: &["N"], short: "", help: "Write about the talk in your editor" },
    Entry {
        command: Command::Enqueue,
        scopes: BROWSING,
        keys: &["a"],
        short: "queue",
        help: "Put the talk into the queue, or take it out",
    },
    Entry { command: Command::MoveUp, scopes: &[Lists], keys: &["K"], short: "earlier", help: "Watch the talk earlier in the queue" },
    Entry { command: Command::MoveDown, scopes: &[Lists], keys: &["J"], short: "later", help: "Watch the talk later in the queue" },
    Entry {
        command: Command::SaveQueue,
        scopes: &[Lists],
        keys: &["A"],
        short: "save as playlist",
        help: "Save the queue as a playlist; put a playlist into the queue",
    },
    Entry { command: Command::RemovePlaylist, scopes: &[Lists], keys: &["x"], short: "forget", help: "Forget the playlist" },
    Entry { command: Command::Undo, scopes: BROWSING, keys: &["u"], short: "", help: "Take back the last change to what you keep" },
    Entry { command: Command::CopyLink, scopes: BROWSING, keys: &["y"], short: "copy", help: "Copy the link" },
    Entry { command: Command::CopyMarkdown, scopes: BROWSING, keys: &["Y"], short: "", help: "Copy the link as Markdown" },
    Entry { command: Command::NextLink, scopes: &[Detail], keys: &["Tab"], short: "next link", help: "Next link in the detail pane" },
    Entry { command: Command::PreviousLink, scopes: &[Detail], keys: &["Shift-Tab"], short: "", help: "Previous link in the detail pane" },
    Entry { command: Command::Down, scopes: &[Lists, Detail, Guide, Link], keys: &["j", "↓"], short: "", help: "Down" },
    Entry { command: Command::Down, scopes: &[Sources], keys: &["j", "↓"], short: "next", help: "The next source" },
    Entry {
        command: Command::Down,
        scopes: &[Search, Help],
        keys: &["↓", "Ctrl-n", "Ctrl-j"],
        short: "",
        help: "Down the list while typing",
    },
    Entry { command: Command::Up, scopes: READING, keys: &["k", "↑"], short: "", help: "Up" },
    Entry {
        command: Command::Up, scopes: &[Search, Help], keys: &["↑", "Ctrl-p", "Ctrl-k"], short: "", help: "Up the list while typing"
    },
    Entry { command: Command::HalfPageDown, scopes: &[Lists, Detail, Guide, Link], keys: &["Ctrl-d"], short: "", help: "Half a page down" },
    Entry { command: Command::HalfPageDown, scopes: &[Sources], keys: &["Ctrl-d"], short: "scroll", help: "Scroll what is told" },
    Entry { command: Command::HalfPageUp, scopes: READING, keys: &["Ctrl-u"], short: "", help: "Half a page up" },
    Entry { command: Command::PageDown, scopes: ALWAYS, keys: &["PageDown"], short: "", help: "A page down" },
    Entry { command: Command::PageUp, scopes: ALWAYS, keys: &["PageUp"], short: "", help: "A page up" },
    Entry { command: Command::Top, scopes: READING, keys: &["g g", "Home"], short: "", help: "To the first row" },
    Entry { command: Command::Bottom, scopes: READING, keys: &["G", "End"], short: "", help: "To the last row" },
    Entry {
        command: Command::Complete,
        scopes: &[Search],
        keys: &["Tab"],
        short: "complete",
        help: "Complete what is typed; from the search to its list",
    },
    Entry { command: Command::CompletePrevious, scopes: &[Search], keys: &["Shift-Tab"], short: "", help: "Complete with the one before" },
    Entry { command: Command::Events, scopes: BROWSING, keys: &["1"], short: "", help: "Events view" },
    Entry { command: Command::Talks, scopes: BROWSING, keys: &["2"], short: "", help: "Talks view" },
    Entry { command: Command::Library, scopes: BROWSING, keys: &["3", "L"], short: "", help: "The library: what you keep" },
    Entry { command: Command::NextView, scopes: &[Lists], keys: &["Tab"], short: "view", help: "Next view" },
    Entry { command: Command::Help, scopes: BROWSING, keys: &["?", ":"], short: "keys", help: "Every key, to be searched and run" },
    Entry { command: Command::SearchHelp, scopes: &[Search], keys: &["F1"], short: "search help", help: "How to search" },
    Entry { command: Command::SearchHelp, scopes: &[Lists, Detail, Help, Guide, Sources], keys: &["F1"], short: "", help: "How to search" },
    Entry { command: Command::Sources, scopes: BROWSING, keys: &["S"], short: "sources", help: "What was read, and every mistake in it" },
    Entry { command: Command::Sources, scopes: &[Guide, Sources], keys: &["S"], short: "", help: "From there, and back" },
    Entry { command: Command::CloseLink, scopes: &[Link], keys: &["Enter", "q"], short: "close", help: "Close the page with a link" },
    Entry { command: Command::Reread, scopes: BROWSING, keys: &["r"], short: "", help: "Look at the sources again" },
    Entry { command: Command::Back, scopes: &[Guide, Sources], keys: &["q"], short: "", help: "Close the page" },
    Entry { command: Command::Suspend, scopes: ALWAYS, keys: &["Ctrl-z"], short: "", help: "To the shell; `fg` comes back" },
    Entry { command: Command::Quit, scopes: BROWSING, keys: &["q"], short: "quit", help: "Quit" },
    Entry { command: Command::Quit, scopes: ALWAYS, keys: &["Ctrl-c"], short: "", help: "Quit, from anywhere" },
];

impl Command {
    /// Is it about the row under the cursor, or what stands in it?
    pub(super) fn is_about_row(self) -> bool {
        use Command::{
            Activate, CopyLink, CopyMarkdown, Details, EditNote, Enqueue, Filter, MarkWatched, Note, Play, PlayFromStart, Star, Watch,
        };
        matches!(
            self,
            Activate
                | Watch
                | CopyLink
                | CopyMarkdown
                | Filter
                | Details
                | Star
                | MarkWatched
                | Note
                | EditNote
                | Enqueue
                | Play
                | PlayFromStart
        )
    }

    /// Would it do anything now?
    pub fn applies(self, model: &Model) -> bool {
        match self {
            _ if self.is_about_row() && model.refusal().is_some() => false,
            Command::Activate => model.help.as_ref().map_or(model.activation().is_some(), |help| !help.rows().is_empty()),
            Command::Watch | Command::CopyLink | Command::CopyMarkdown => model.link().is_some(),
            Command::In => model.pane_to_the_right().is_some(),
            // Where Enter does the same, one key is enough.
            Command::Details => model.subject().is_some() && model.activation() != Some(Activation::Go(Pane::Detail)),
            Command::Complete => model.tab().is_some(),
            Command::CompletePrevious => !model.search.offers().is_empty(),
            Command::Back => model.is_covered() || model.search.is_on() || model.pane_to_the_left().is_some() || model.stops_reading(),
            Command::Filter => model.filter_query().is_some(),
            Command::Star | Command::MarkWatched | Command::Note | Command::EditNote | Command::Enqueue => model.chosen().is_some(),
            Command::MoveUp | Command::MoveDown => {
                model.shelf() == Some(Shelf::Queue) && model.chosen().is_some() && model.marks.queue().len() > 1
            }
            Command::SaveQueue => {
                matches!(model.shelf(), Some(Shelf::Queue) if !model.marks.queue().is_empty())
                    || matches!(model.shelf(), Some(Shelf::Playlist(_)))
            }
            Command::RemovePlaylist => matches!(model.shelf(), Some(Shelf::Playlist(_))),
            Command::Play | Command::PlayFromStart => model.playable().is_some(),
            Command::Pause | Command::SeekBack | Command::SeekForward | Command::StopPlaying => model.steers(),
            Command::PlayNext => model.up_next.is_some() || model.steers(),
            Command::NextLink | Command::PreviousLink => model.focus == Pane::Detail && !model.detail.links().is_empty(),
            // Where there is one, rows scroll like pages, and the footer need not name both.
            Command::Down if model.sources_page.is_some() && model.help.is_none() => model.sources.len() > 1,
            Command::HalfPageDown if model.sources_page.is_some() && model.help.is_none() => model.sources_page_goes_on(),
            Command::Down
            | Command::Up
            | Command::HalfPageDown
            | Command::HalfPageUp
            | Command::PageDown
            | Command::PageUp
            | Command::Top
            | Command::Bottom
            | Command::Reread
            | Command::Search
            | Command::Events
            | Command::Talks
            | Command::Library
            | Command::Undo
            | Command::NextView
            | Command::Help
            | Command::SearchHelp
            | Command::Sources
            | Command::CloseLink
            | Command::Suspend
            | Command::Quit => true,
        }
    }

    /// The word for the footer now: the table's, unless the command does something else here.
    pub fn label(self, short: &'static str, model: &Model) -> &'static str {
        match self {
            Command::Activate => model.activation().map_or(short, |activation| activation.word()),
            Command::Back if !model.is_covered() && model.ends_search() => "end search",
            Command::Back if model.stops_reading() => "stop reading",
            Command::Complete => model.tab().map_or(short, Tab::words),
            Command::Pause if model.playing.as_ref().is_some_and(|playing| playing.paused) => "go on",
            Command::Star if model.chosen_is(Mark::Starred) => "unstar",
            Command::MarkWatched if model.chosen_is(Mark::Watched) => "unwatched",
            Command::Enqueue if model.chosen_is(Mark::Queued) => "unqueue",
            Command::SaveQueue if model.shelf() != Some(Shelf::Queue) => "queue all",
            // Where little fits, that there is help matters more than with what.
            Command::SearchHelp if model.is_narrow() => "help",
            _ => short,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Key;
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn every_key_reads_and_means_one_thing_in_a_scope() {
        let mut meanings = HashMap::new();
        for entry in TABLE {
            for keys in entry.keys {
                let presses: Result<Vec<Key>, _> = keys.split(' ').map(str::parse::<Key>).collect();
                assert!(presses.is_ok(), "{keys}");
                for scope in entry.scopes {
                    assert_eq!(meanings.insert((*scope, *keys), entry.command), None, "{keys} in {scope:?}");
                }
            }
        }
    }
}
