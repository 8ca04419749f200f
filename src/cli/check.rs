//! `cuepoint check`: every mistake in event files and posts, where it is and what to do about it.

mod kinds;
mod table;

use super::Exit;
use super::load::Archive;
use super::output::{Ink, Output, count, tell_raw};
use super::sources::Sources;
use crate::domain::{Catalogue, Problem, Provider, Severity, Talk};
use crate::text::clean_line;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to check; what is configured, or the archive inside the program, if none is named.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// Tells every problem on stdout, and how much was read on stderr. Notes alone are no findings.
pub fn run(sources: &Sources, out: &mut Output) -> anyhow::Result<Exit> {
    let mut archive = Archive::read(sources);
    archive.problems.extend(missing_recordings(&archive.catalogue));
    archive.problems.sort_by(|a, b| a.place.cmp(&b.place));
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

/// Recordings on this machine that are not there, each told where the first talk of it stands.
fn missing_recordings(catalogue: &Catalogue) -> Vec<Problem> {
    let mut looked_at = HashSet::new();
    let local = |talk: &&Talk| talk.recording.as_ref().is_some_and(|recording| recording.provider() == Provider::Local);
    let missing = catalogue.talks().iter().filter(local).filter_map(|talk| {
        let path = talk.recording.as_ref()?.id();
        let is_missing = looked_at.insert(path) && !Path::new(path).is_file();
        let problem = || Problem::warning(talk.source.clone(), format!("the recording {path} is not there"));
        is_missing.then(|| problem().hint("check its name: a path begins at the folder of the event file"))
    });
    missing.collect()
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
