//! Aliases: other names that a person goes by.

use super::problem::Place;

/// Another spelling of a person's name. It says that both are one person; that two names look alike does not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alias {
    /// The name that the source goes by.
    pub name: String,
    /// The other one.
    pub other: String,
    /// Where that is said.
    pub source: Place,
}
