//! What the subcommands read: the archive inside the program, or what `--source` names.

use super::output::{count, tell, tell_raw};
use super::sources::Sources;
use crate::archive;
use crate::domain::{Catalogue, Marks, Problem, Severity};
use crate::library::{LibraryError, data_folder, marks_of};
use crate::search::Engine;
use crate::source::{Counts, Report};
use crate::text;
use std::path::Path;
use std::sync::Arc;

/// Problems that are shown before the rest is only counted.
const SHOWN: usize = 3;

/// A catalogue, and what was wrong in its sources.
#[derive(Debug)]
pub struct Archive {
    /// What can be browsed.
    pub catalogue: Arc<Catalogue>,
    /// What is wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// What was looked at.
    pub counts: Counts,
    /// What each source gave.
    pub reports: Vec<Report>,
    sources: Sources,
    read: archive::Archive,
}

impl Archive {
    /// Reads the sources; the archive inside the program if there is none.
    pub fn read(sources: &Sources) -> Archive {
        let read = archive::Archive::open(&sources.list, archive::cache_folder().as_deref());
        let archive::View { catalogue, problems, counts, reports } = read.view.clone();
        Archive { catalogue, problems, counts, reports, sources: sources.clone(), read }
    }

    /// The engine that answers searches in it.
    pub fn engine(&mut self) -> Engine {
        self.read.engine()
    }

    /// What the user keeps about its talks; nothing where there is no library, and none is made.
    ///
    /// # Errors
    /// There is a library, and it cannot be read.
    pub fn marks(&self) -> Result<Marks, LibraryError> {
        let marks = data_folder().map(|folder| marks_of(&folder, &self.catalogue)).transpose()?;
        Ok(marks.flatten().unwrap_or_default())
    }

    /// The same, where the talks alone are worth having: that the library cannot be read is told.
    pub fn marks_or_none(&self) -> Marks {
        self.marks().unwrap_or_else(|error| {
            tell(&error.to_string());
            Marks::default()
        })
    }

    /// How many problems are of a severity.
    pub fn problems_of(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|p| p.severity == severity).count()
    }

    /// Was there nothing at all that could be read? Then an answer would say nothing about the talks that were meant.
    pub fn is_unreadable(&self) -> bool {
        self.catalogue.events().is_empty() && self.problems_of(Severity::Error) > 0
    }

    /// Says on stderr that the sources have problems: how many, the worst few, and how to see all.
    pub fn tell_problems(&self) {
        let mut told: Vec<&Problem> = self.problems.iter().filter(|p| p.severity != Severity::Note).collect();
        told.sort_by_key(|p| p.severity);
        if told.is_empty() {
            return;
        }
        tell(&format!("{} in what was read:", count(told.len(), "problem")));
        for problem in told.iter().take(SHOWN) {
            tell_raw(&format!("  {problem}\n"));
        }
        tell_raw(&format!("  run `{}` to see all\n", self.sources.check_command()));
    }
}

/// A path as it can be typed into a shell.
pub fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = text::clean_line(&path);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~' | ':' | '\\');
    if !path.is_empty() && path.chars().all(plain) { path.into_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_can_be_typed_again() {
        assert_eq!(quoted("a/b-c.yml".as_ref()), "a/b-c.yml");
        assert_eq!(quoted("it's here".as_ref()), "'it'\\''s here'");
    }
}
