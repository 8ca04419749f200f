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
    ("kong ingress", "talks with both words, in any order, slips forgiven"),
    ("\"service mesh\"", "these words side by side"),
    ("'mesh", "these letters as they are, no slips forgiven"),
    ("!kubernetes", "talks without it; also before a field and before quotes"),
    ("envoy | istio", "either of the two"),
    ("^building", "a title, name or other field that begins with it"),
    ("mesh$", "a title, name or other field that ends with it"),
    ("speaker:ann", "by this speaker; by:ann is the same"),
    ("speaker:ann|bob", "by either of them; works with every field"),
    ("company:\"Red Hat\"", "a speaker's company; at: is the same"),
    ("title:^how", "in the title; the signs above work in fields too"),
    ("event:london", "in the event's series, title or place"),
    ("topic:security", "what it is about: tags, title, takeaways"),
    ("-company:google", "not this value; !company:google is the same"),
    ("year:2021", "in this year"),
    ("year:2019..2021", "in these years, both included"),
    ("date:2021-03..2022-01", "from one month or day to another"),
    ("date:2021-03-15..", "from this day on; ..2021 is until the end of 2021"),
    ("after:2021-03", "later than this day, month or year"),
    ("before:2021", "earlier than this day, month or year"),
    ("kind:keynote", "talk, keynote, lightning, panel or workshop"),
    ("has:slides", "cue, slides, takeaways or recording"),
    ("lang:de", "the talk's language, by code or name"),
    ("sort:date", "order by date, title, speaker or length, not best first"),
    ("sort:-date", "the other way round"),
    ("youtu.be/3MG3ZR6_IRM?t=1389", "the talks of a pasted video link, that second first"),
];
