//! What only a terminal shows: columns that fit, colours, and when there are none.

use super::fixture;
use cuepoint::text::width;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::Read;

/// What the program writes to a terminal of so many columns.
fn on_terminal(columns: u16, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let size = PtySize { rows: 24, cols: columns, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cuepoint"));
    command.args(arguments);
    command.env("XDG_CONFIG_HOME", fixture("no-settings"));
    command.env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR");
    for (name, value) in environment {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).expect("it starts");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let mut bytes = Vec::new();
    // When the last writer goes, Linux tells the reader of a terminal so by an error.
    let _ = reader.read_to_end(&mut bytes);
    child.wait().expect("it ends");
    String::from_utf8(bytes).expect("UTF-8")
}

/// A text as it looks, without its colours.
fn seen(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |seen, part| seen + part.split_once('m').map_or("", |(_, rest)| rest))
}

#[test]
fn columns_line_up_and_fit() {
    for columns in [40, 60, 80, 200] {
        let listed = on_terminal(columns, &["list", "--source", &fixture("events"), "--no-color"], &[]);
        let talks: Vec<&str> = listed.lines().filter(|line| line.starts_with("2024-")).collect();
        assert_eq!(talks.len(), 7, "{listed}");
        for line in &talks {
            assert!(width(line) <= usize::from(columns), "{columns} columns: {line}");
        }
        assert_eq!(listed.contains('…'), columns < 100, "cut only where there is no room: {listed}");
        let starts: Vec<usize> = ["Sails", "東京"]
            .iter()
            .map(|title| talks.iter().find_map(|line| line.find(title).map(|at| width(&line[..at]))).expect("the title"))
            .collect();
        assert_eq!(starts[0], starts[1], "{listed}");
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let arguments = ["list", "december 2020"];
    assert!(on_terminal(80, &arguments, &[]).contains("\u{1b}["));
    for (more, environment) in [(&["--no-color"][..], ("A", "b")), (&[], ("NO_COLOR", "1")), (&[], ("TERM", "dumb"))] {
        let plain = on_terminal(80, &[&arguments[..], more].concat(), &[environment]);
        assert!(!plain.contains('\u{1b}'), "{more:?} {environment:?}: {plain}");
        assert_eq!(plain, seen(&on_terminal(80, &arguments, &[])), "colours change no text");
    }
}

#[test]
fn a_dumb_terminal_gets_a_list() {
    let listed = on_terminal(80, &["parkanyi"], &[("TERM", "dumb")]);
    assert!(listed.starts_with("2020-12-02  1:36:34  Moving to the cloud with evidence"), "{listed}");
}

#[test]
fn long_lines_of_a_page_break_between_words() {
    let shown = on_terminal(50, &["show", "denis", "--no-color"], &[]);
    assert!(shown.contains("did you mean"), "a name is no id: {shown}");
    let shown = on_terminal(50, &["show", "challenges-of-exposing"], &[]);
    assert!(seen(&shown).contains("  - An Ingress soon proves too little, and an API\r\n    gateway's features"), "{shown}");
}
