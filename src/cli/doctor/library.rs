//! What is kept about talks: where, how much, and whether more can be.

use super::files::shown;
use super::{Check, Facts, Section, State};
use crate::cli::library::counted;
use crate::cli::load::Archive;
use crate::cli::output::count;
use crate::library::{Checked, Found, LibraryError, examine};
use crate::text::clean_line;

pub fn section(facts: &Facts) -> Section {
    Section { name: "Library", checks: checks(facts) }
}

fn checks(facts: &Facts) -> Vec<Check> {
    let wrong = |name: &str, error: &LibraryError| Check::new(name, State::Look, error.to_string());
    let Some(folder) = &facts.library else { return vec![wrong("library", &LibraryError::NoPlace)] };
    let found = match examine(folder) {
        Ok(Some(found)) => found,
        Ok(None) => {
            let says = format!("{}: nothing is kept yet", shown(folder));
            return vec![Check::new("library", State::Note, says)];
        }
        Err(error) => return vec![wrong("library", &error)],
    };
    let Found { path, checked, refuses } = found;
    let library = Check::new("library", State::Good, format!("{}, version {}", shown(&path), checked.version));
    let changes = match refuses {
        None => Check::new("changes", State::Good, "they can be kept"),
        Some(error) => wrong("changes", &error),
    };
    vec![library, changes, Check::new("kept", State::Good, counted(&checked)), backups(&checked), lost(facts)]
}

fn backups(checked: &Checked) -> Check {
    let says = match checked.backups.first() {
        Some(newest) => format!("{}, the newest {}", count(checked.backups.len(), "backup"), clean_line(newest)),
        None => "none; one is made beside the library before a newer cuepoint changes how it is kept".to_owned(),
    };
    Check::new("backups", State::Note, says)
}

/// Marked talks that no source holds any more.
fn lost(facts: &Facts) -> Check {
    let (state, says) = match Archive::read(facts.sources).marks() {
        Err(error) => (State::Look, error.to_string()),
        Ok(marks) if marks.lost.is_empty() => (State::Good, "every marked talk is in what is read".to_owned()),
        Ok(marks) => {
            let gone = count(marks.lost.len(), "marked talk");
            (State::Note, format!("{gone} not in what is read; `cuepoint library check` names what is gone, and nothing of it is lost"))
        }
    };
    Check::new("marked talks", state, says)
}
