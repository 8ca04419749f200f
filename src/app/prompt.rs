//! A line that asks for words: a note, or the name of a playlist.

use crate::domain::Cue;

/// The longest text that is typed into it, in characters.
pub const MAX_CHARS: usize = 1000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// A note about a talk.
    Note {
        /// Its id.
        talk: String,
    },
    /// The name of a playlist that the queue is saved as.
    Playlist,
}

/// An open line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// What is asked for.
    pub asks: Asks,
    /// What stood in it from the start.
    pub begun: String,
    /// What was typed.
    pub text: String,
    /// The byte of it at which typing goes on.
    pub caret: usize,
}

impl Prompt {
    /// A line with something typed in it already.
    pub fn new(asks: Asks, text: String) -> Prompt {
        Prompt { asks, begun: text.clone(), caret: text.len(), text }
    }

    /// What stands in front of the line.
    pub fn label(&self) -> &'static str {
        match self.asks {
            Asks::Note { .. } => "Note: ",
            Asks::Playlist => "Save the queue as: ",
        }
    }

    /// What stands in the line while nothing is typed.
    pub fn hint(&self) -> &'static str {
        match self.asks {
            Asks::Note { .. } => "a line of Markdown; 12:30 in front ties it to that second",
            Asks::Playlist => "a name",
        }
    }
}

/// A note as it is typed: `12:30 text` is about that second of the recording. Only a clock time counts, so that a note may begin
/// with a number.
pub fn parse_note(typed: &str) -> (Option<Cue>, &str) {
    let typed = typed.trim();
    let (first, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let at = Some(first).filter(|first| first.contains(':')).and_then(|first| Cue::parse(first).ok());
    match at {
        Some(at) if !rest.trim().is_empty() => (Some(at), rest.trim()),
        _ => (None, typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_time_in_front_ties_a_note_to_a_second() {
        let cue = |text: &str| Some(Cue::parse(text).expect("a cue"));
        for (typed, note) in [
            ("12:30 the demo", (cue("12:30"), "the demo")),
            ("  1:02:03\n# Heading\nmore ", (cue("1:02:03"), "# Heading\nmore")),
            ("12 rules", (None, "12 rules")),
            ("12:30", (None, "12:30")),
            ("12:99 no such time", (None, "12:99 no such time")),
            ("at 12:30", (None, "at 12:30")),
            ("", (None, "")),
        ] {
            assert_eq!(parse_note(typed), note, "{typed}");
        }
    }
}
