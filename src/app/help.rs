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

/// What can be typed into the search line, and what that finds. A row without the second is a heading.
pub const HELP: &[(&str, &str)] = &[
    ("Words", ""),
    ("kong ingress", "talks with all of these words, in any order"),
    ("kub, kuberntes, k8s", "beginnings, slips of the finger and short forms do"),
    ("\"service mesh\"", "these words side by side"),
    ("'mesh", "exactly these letters"),
    ("!mesh", "talks without it"),
    ("envoy | istio", "either"),
    ("^intro  mesh$", "where a title or name begins or ends"),
    ("In one place", ""),
    ("speaker:millot", "who gave it; by: for short"),
    ("company:\"red hat\"", "where they came from; at: for short"),
    ("title:mesh", "words of the title"),
    ("event:december", "the evening, its series and its place"),
    ("topic:security", "tags, title and takeaways"),
    ("When and what", ""),
    ("year:2021", "talks of a year"),
    ("date:2021-03..2022-01", "talks between two months or days"),
    ("after:2021-03", "later ones; before: earlier ones"),
    ("kind:workshop", "talk, keynote, lightning, panel or workshop"),
    ("lang:en", "talks in a language"),
    ("has:slides", "those with a cue, slides, takeaways or a recording"),
    ("sort:date", "newest first; or title, speaker, length"),
    ("https://youtu.be/…?t=90", "the talk that a link to a video leads to"),
];
