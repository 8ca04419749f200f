//! The help: every command with its keys, to be searched and run.

use super::command::{Command, TABLE};
use super::list::List;
use crate::text::fold;

/// The open help.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// What was typed to find a command.
    pub filter: String,
    /// The cursor in [`Help::rows`].
    pub list: List,
}

/// A command with all its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The command.
    pub command: Command,
    /// Its keys, two spaces between them.
    pub keys: String,
    /// What it does.
    pub help: &'static str,
}

impl Help {
    /// The commands that fit what was typed.
    pub fn rows(&self) -> Vec<Row> {
        let wanted = fold(&self.filter);
        let fits = |row: &Row| wanted.split_whitespace().all(|word| fold(row.help).contains(word) || fold(&row.keys).contains(word));
        rows().into_iter().filter(fits).collect()
    }
}

/// Every command once, with the keys of all its rows in the table; the words are those of the first.
pub fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for entry in TABLE {
        let at = rows.iter().position(|row| row.command == entry.command).unwrap_or_else(|| {
            rows.push(Row { command: entry.command, keys: String::new(), help: entry.help });
            rows.len() - 1
        });
        for key in entry.keys {
            if !rows[at].keys.split("  ").any(|known| known == *key) {
                let gap = if rows[at].keys.is_empty() { "" } else { "  " };
                rows[at].keys.extend([gap, *key]);
            }
        }
    }
    rows
}
