//! The screen: owns the terminal, turns its events into messages, carries out effects, draws.

use crate::config::Config;
use std::path::PathBuf;

/// What the screen starts with.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What to search for at once; empty for nothing.
    pub query: String,
    /// Folders and files to read instead of the archive inside the program.
    pub sources: Vec<PathBuf>,
    /// The user's settings.
    pub config: Config,
    /// No colours, whatever the terminal can.
    pub no_color: bool,
}

/// Runs the screen until the user leaves it.
///
/// # Errors
/// The terminal cannot be set up or written to.
pub fn run(options: Options) -> anyhow::Result<()> {
    let _ = options;
    Ok(())
}
