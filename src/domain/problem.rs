//! Problems: defects found while reading, told to people.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something was lost: a file, an event, a talk or a field could not be read.
    Error,
    /// All was read, but something in it contradicts itself or was repaired.
    Warning,
    /// Worth a look; nothing is wrong.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// A place in a file. Lines and columns count from 1; a place without them is the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named when reading began.
    pub path: Arc<str>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
}

impl Place {
    /// A whole file or folder. A name that is no text is shown with replacement characters.
    pub fn of(path: &Path) -> Place {
        Place { path: path.to_string_lossy().into(), line: None, column: None }
    }

    /// A line and a column in the same file.
    #[must_use]
    pub fn at(&self, line: u32, column: u32) -> Place {
        Place { path: self.path.clone(), line: Some(line), column: Some(column) }
    }
}

/// `file:line:col`, with what is unknown left out.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::text::clean_line(&self.path))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// A defect found while reading: where, how bad, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it, where that is known.
    pub hint: Option<String>,
}

impl Problem {
    /// Something could not be read.
    pub fn error(place: Place, message: impl Into<String>) -> Problem {
        Problem { place, severity: Severity::Error, message: message.into(), hint: None }
    }

    /// Something was read but is doubtful.
    pub fn warning(place: Place, message: impl Into<String>) -> Problem {
        Problem { place, severity: Severity::Warning, message: message.into(), hint: None }
    }

    /// Something worth a look.
    pub fn note(place: Place, message: impl Into<String>) -> Problem {
        Problem { place, severity: Severity::Note, message: message.into(), hint: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = Some(hint.into());
        self
    }
}

/// `file:line:col: severity: message (hint)`, free of anything that could steer a terminal.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.severity, crate::text::clean_line(&self.message))?;
        if let Some(hint) = &self.hint {
            write!(f, " ({})", crate::text::clean_line(hint))?;
        }
        Ok(())
    }
}
