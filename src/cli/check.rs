//! `cuepoint check`: every mistake in event files and posts, where it is and what to do about it.

mod kinds;
mod table;

use super::Exit;
use super::load::Archive;
use super::output::{Ink, Output, count, tell_raw};
use super::sources::Sources;
use crate::domain::{Problem, Severity};
use crate::text::clean_line;
use std::path::PathBuf;

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to check; what is configured, or the archive inside the program, if none is named.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// Tells every problem on stdout, and how much was read on stderr. Notes alone are no findings.
pub fn run(sources: &Sources, out: &mut Output) -> anyhow::Result<Exit> {
    let archive = Archive::read(sources);
    for problem in &archive.problems {
        let line = shown(problem, out);
        out.line(&line)?;
    }
    out.flush()?;
    tell_raw(&format!("{}{}{}\n", table::tables(&archive.reports), kinds::most_frequent(&archive.problems), summary(&archive)));
    let (errors, warnings) = (archive.problems_of(Severity::Error), archive.problems_of(Severity::Warning));
    Ok(match (errors, warnings) {
        (0, 0) => Exit::Done,
        // No file could be opened: that is no finding about what stands in one.
        (1.., _) if archive.counts.files == 0 && !sources.list.is_empty() => Exit::Failure,
        _ => Exit::Findings,
    })
}

/// A problem's own words, with colours to tell the severities apart.
pub fn shown(problem: &Problem, out: &Output) -> String {
    if !out.has_colours() {
        return problem.to_string();
    }
    let ink = match problem.severity {
        Severity::Error => Ink::Error,
        Severity::Warning => Ink::Warning,
        Severity::Note => Ink::Faint,
    };
    let hint = problem.hint.as_ref().map(|hint| format!(" ({})", clean_line(hint))).unwrap_or_default();
    let severity = out.ink(ink, &problem.severity.to_string());
    format!("{}: {severity}: {}{}", problem.place, clean_line(&problem.message), out.ink(Ink::Faint, &hint))
}

fn summary(archive: &Archive) -> String {
    let catalogue = &archive.catalogue;
    let cued = catalogue.talks().iter().filter(|talk| talk.span.start.is_some()).count();
    let of = |severity| count(archive.problems_of(severity), &format!("{severity}"));
    format!(
        "{}, {}, {cued} with a start; {}, {}, {}",
        count(catalogue.events().len(), "event"),
        count(catalogue.talks().len(), "talk"),
        of(Severity::Error),
        of(Severity::Warning),
        of(Severity::Note),
    )
}
