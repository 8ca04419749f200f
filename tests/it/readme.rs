//! The README says what is true today.

use crate::here;
use cuepoint::app::help;
use std::fmt::Write;
use std::fs;

fn readme() -> String {
    fs::read_to_string(here("README.md")).expect("the README").replace("\r\n", "\n")
}

/// The keys as the README lists them.
fn key_table() -> String {
    let mut table = String::new();
    for row in help::rows() {
        let keys: Vec<String> = row.keys.split("  ").map(|key| format!("`{key}`")).collect();
        writeln!(table, "| {} | {} |", keys.join(" "), row.help.replace('|', "\\|")).expect("text");
    }
    table
}

#[test]
fn the_key_table_is_that_of_the_commands() {
    let readme = readme();
    let after = readme.split("|---|---|\n").nth(1).expect("the head of the table");
    let table = after.split("<!-- keys end -->").next().expect("the end of the table");
    assert_eq!(table, key_table(), "write this into the README:\n{}", key_table());
}

#[test]
fn the_event_file_it_shows_is_one() {
    let readme = readme();
    let yaml = readme.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an event file");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.yml"), yaml).expect("written");
    let loaded = cuepoint::source::load(&[cuepoint::source::Source::at(folder.path())]);
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.catalogue.talks()[0].url().as_deref(), Some("https://www.youtube.com/watch?v=AAAAAAAAAA1&t=750s"));
}

#[test]
fn the_counts_it_gives_are_those_of_the_archive() {
    let catalogue = cuepoint::source::load(&[]).catalogue;
    let counts = format!("{} evenings of Cloud Native London, {} talks", catalogue.events().len(), catalogue.talks().len());
    assert!(readme().contains(&counts), "the archive has {counts}");
}
