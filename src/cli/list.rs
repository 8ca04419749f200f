//! `cuepoint list`: talks, one a line for people and for `cut`, or as JSON.

use super::load::Archive;
use super::output::{Ink, Output, tell, tell_raw};
use super::{Exit, json};
use crate::domain::{Catalogue, Talk};
use crate::search::query::{QueryError, asks_for_marks};
use crate::text::{clean_block, clean_line, truncate, width};
use std::io::{self, Write};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What `list` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to search for; everything if nothing is said. Words, "side by side", !not, a | b, company:NAME, year:2021,
    /// sort:date and more, as the README's "Searching" lists them. Behind `--` it may begin with a dash.
    query: Vec<String>,
    /// How to write the talks.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// At most so many talks.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

/// How talks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Format {
    /// A line each: date, title, speakers, start; piped, with tabs between them, and the id.
    #[default]
    Text,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Ndjson,
}

impl Args {
    /// What `cuepoint QUERY` asks for where no screen can be drawn.
    pub fn for_query(query: Vec<String>) -> Args {
        Args { query, format: Format::default(), limit: None }
    }
}

/// Lists the talks that a query finds, best first, or all, newest first.
pub fn run(args: &Args, archive: &mut Archive, out: &mut Output) -> anyhow::Result<Exit> {
    archive.tell_problems();
    if archive.is_unreadable() {
        return Ok(Exit::Failure);
    }
    let query = args.query.join(" ");
    let marks = if asks_for_marks(&query) { archive.marks()? } else { archive.marks_or_none() };
    let engine = archive.engine().with_marks(marks.clone());
    let catalogue = &archive.catalogue;
    let answer = match engine.answer(&query) {
        Ok(answer) => answer,
        Err(error) => {
            tell(&error.message);
            tell_raw(&pointed_out(&query, &error));
            return Ok(Exit::Failure);
        }
    };
    let mut found = answer.hits;
    if let Some(limit) = args.limit {
        found.truncate(usize::try_from(limit)?);
    }
    let is_empty = found.is_empty();
    let mut talks = found.iter().map(|talk| json::Talk::new(catalogue, &marks, *talk));
    match args.format {
        Format::Text => text(&found, catalogue, out)?,
        Format::Json => out.json(&talks.collect::<Vec<_>>())?,
        Format::Ndjson => talks.try_for_each(|talk| line(&talk, out.writer()))?,
    }
    if is_empty {
        out.flush()?;
        let query = clean_line(&query);
        tell(&match answer.suggestion {
            _ if query.is_empty() => "no talks".to_owned(),
            Some(suggestion) => format!("nothing found for `{query}`; did you mean `{suggestion}`?"),
            None => format!("nothing found for `{query}`"),
        });
        return Ok(Exit::Findings);
    }
    Ok(Exit::Done)
}

/// Columns of a query before its wrong part, and of that part, that are shown: a line that breaks points nowhere.
const SHOWN: usize = 30;

/// The query, and below it carets under what is wrong in it.
fn pointed_out(query: &str, error: &QueryError) -> String {
    let part = |range: Range<usize>| clean_block(query.get(range).unwrap_or_default()).replace('\n', " ");
    let Range { start, end } = error.range;
    let (mut before, wrong, after) = (part(0..start), part(start..end), part(end..query.len()));
    if width(&before) > SHOWN {
        let backwards: String = before.graphemes(true).rev().collect();
        let kept = truncate(&backwards, SHOWN).trim_end_matches('…').graphemes(true).rev().collect::<String>();
        before = format!("…{kept}");
    }
    let (wrong, after) = (truncate(&wrong, SHOWN), truncate(&after, SHOWN / 2));
    let carets = "^".repeat(width(&wrong).max(1));
    format!("  {before}{wrong}{after}\n  {}{carets}\n", " ".repeat(width(&before)))
}

fn line(talk: &json::Talk, out: &mut impl Write) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, talk).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn text(talks: &[usize], catalogue: &Catalogue, out: &mut Output) -> io::Result<()> {
    let rows: Vec<Row> = talks.iter().map(|talk| Row::new(catalogue, &catalogue.talks()[*talk])).collect();
    match out.columns() {
        Some(columns) => table(&rows, columns, out),
        None => rows.iter().try_for_each(|row| out.line(&row.tabbed())),
    }
}

/// One talk's line in pieces.
#[derive(Debug)]
struct Row<'a> {
    date: String,
    title: &'a str,
    people: String,
    start: String,
    id: &'a str,
}

impl<'a> Row<'a> {
    fn new(catalogue: &Catalogue, talk: &'a Talk) -> Row<'a> {
        Row {
            date: catalogue.event_of(talk).date.to_string(),
            title: &talk.title,
            people: talk.by_line(),
            start: talk.span.start.map(|cue| cue.to_string()).unwrap_or_default(),
            id: &talk.id,
        }
    }

    /// For programs: nothing cut, and no tab inside a piece, since no catalogue text holds one.
    fn tabbed(&self) -> String {
        [&self.date, self.title, &self.people, &self.start, self.id].join("\t")
    }
}

/// For people: columns that line up and fit the terminal. The title gets three fifths of what dates and cues leave.
fn table(rows: &[Row], columns: usize, out: &mut Output) -> io::Result<()> {
    let dates = widest(rows.iter().map(|row| row.date.as_str()));
    let starts = widest(rows.iter().map(|row| row.start.as_str()));
    let free = columns.saturating_sub(dates + starts + 6);
    let (mut titles, mut names) = (widest(rows.iter().map(|row| row.title)), widest(rows.iter().map(|row| row.people.as_str())));
    if titles + names > free {
        let share = free * 3 / 5;
        titles = titles.min(share.max(free.saturating_sub(names)));
        names = names.min(free - titles);
    }
    for row in rows {
        let date = out.ink(Ink::Faint, &row.date);
        let start = out.ink(Ink::Link, &format!("{:>starts$}", row.start));
        let title = out.ink(Ink::Strong, &padded(row.title, titles));
        let names = truncate(&row.people, names);
        out.line(format!("{date}  {start}  {title}  {names}").trim_end())?;
    }
    Ok(())
}

fn widest<'a>(pieces: impl Iterator<Item = &'a str>) -> usize {
    pieces.map(width).max().unwrap_or(0)
}

/// A text cut or filled up to exactly so many columns.
fn padded(text: &str, columns: usize) -> String {
    let cut = truncate(text, columns);
    format!("{cut}{}", " ".repeat(columns.saturating_sub(width(&cut))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_pointed_out() {
        let pointed = |query: &str, range: Range<usize>| pointed_out(query, &QueryError { range, message: String::new() });
        assert_eq!(pointed("a yaer:2021", 2..6), "  a yaer:2021\n    ^^^^\n");
        assert_eq!(pointed("東京 |", 7..8), "  東京 |\n       ^\n");
        assert_eq!(pointed("a\u{1b}\n|", 4..4), "  a␛ |\n      ^\n");
        let long = format!("{}wrong{}", "one ".repeat(20), " two".repeat(20));
        let lines = pointed(&long, 80..85);
        let (query, carets) = lines.split_once('\n').expect("two lines");
        assert_eq!(query.find("wrong").map(|at| width(&query[..at])), carets.find('^'), "{lines}");
        assert!(width(query) < 60 && query.starts_with("  …") && query.ends_with('…'), "{lines}");
    }

    #[test]
    fn what_needs_the_library_is_seen() {
        for (query, asks) in [("is:starred", true), ("mesh | !has:notes", true), ("has:cue starred", false), ("is:nonsense", false)] {
            assert_eq!(asks_for_marks(query), asks, "{query}");
        }
    }

    #[test]
    fn wide_characters_are_padded_by_columns() {
        assert_eq!(padded("東京", 6), "東京  ");
        assert_eq!(padded("東京タワー", 6), "東京… ");
    }
}
