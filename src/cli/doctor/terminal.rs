//! What is known of the terminal.

use super::{Check, Facts, PATIENCE, Section, State};
use crate::open::{Multiplexer, ask};
use crate::text::clean_line;

pub fn section(facts: &Facts) -> Section {
    let surroundings = facts.ladder.surroundings();
    let term = match surroundings.term.as_str() {
        "" => Check::new("TERM", State::Note, "not set"),
        "dumb" => Check::new("TERM", State::Note, "dumb: nothing is drawn or copied"),
        term => Check::new("TERM", State::Good, clean_line(term)),
    };
    let size = match terminal_size::terminal_size() {
        Some((width, height)) => Check::new("size", State::Good, format!("{} columns, {} rows", width.0, height.0)),
        None => Check::new("size", State::Note, "no terminal is written to"),
    };
    let colours = if facts.colours { "shown" } else { "not shown: switched off, or the output goes elsewhere" };
    let colours = Check::new("colours", if facts.colours { State::Good } else { State::Note }, colours);
    let session = match (surroundings.ssh, surroundings.display) {
        (true, true) => "over SSH, with a display",
        (true, false) => "over SSH, without a display",
        (false, true) => "on this machine, with a display",
        (false, false) => "on this machine, and no variable names a display",
    };
    Section { name: "Terminal", checks: vec![term, size, colours, Check::new("session", State::Note, session), multiplexer(facts)] }
}

fn multiplexer(facts: &Facts) -> Check {
    let (state, says) = match facts.ladder.surroundings().multiplexer {
        Multiplexer::None => (State::Note, "none; what is copied goes to the terminal as it is".to_owned()),
        Multiplexer::Screen => (State::Good, "GNU screen; what is copied is wrapped for it".to_owned()),
        Multiplexer::Tmux => tmux(),
    };
    Check::new("multiplexer", state, says)
}

/// Whether tmux lets a program copy: by `set-clipboard on`, or by handing through what is wrapped.
fn tmux() -> (State, String) {
    let option = |arguments: &[&str]| ask::ask("tmux", arguments, PATIENCE).ok();
    let clipboard = option(&["show-options", "-sqv", "set-clipboard"]);
    let through = option(&["show-options", "-Apqv", "allow-passthrough"]);
    let on = |value: &Option<String>| value.as_deref().is_some_and(|value| matches!(value, "on" | "all"));
    if clipboard.is_none() {
        return (State::Note, "tmux, which cannot be asked from here whether it lets programs copy".to_owned());
    }
    // Before tmux 3.3 there was no such option, and everything went through.
    let always = through.as_deref() == Some("");
    match (on(&clipboard), on(&through) || always) {
        (true, _) => (State::Good, "tmux with `set-clipboard on`: programs can copy".to_owned()),
        (false, true) => (State::Good, "tmux, which hands copies through to the terminal around it".to_owned()),
        (false, false) => {
            (State::Look, "tmux lets no program copy; `set -s set-clipboard on` in its configuration changes that".to_owned())
        }
    }
}
