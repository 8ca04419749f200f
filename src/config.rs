//! The configuration file: TOML under the XDG configuration directory, or where `--config` says.

mod command;
mod parse;
mod sources;
mod write;

pub use parse::{Parsed, parse};
pub use write::{DEFAULT, WriteError, write_default};

use crate::domain::{Place, Problem};
use crate::open::Template;
use crate::player;
use crate::source::Source;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// What a user can set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// What links are opened with before anything else: `open = ["firefox", "{url}"]`.
    pub open: Option<Template>,
    /// What plays talks, and what becomes of it in the end: `player = ["mpv", "--fs"]`, `when_leaving = "stop"`.
    pub player: player::Settings,
    /// Whether the screen listens to the mouse: `mouse = false`.
    pub mouse: bool,
    /// What is read where no `--source` says otherwise: `[[source]]`. Without any, the archive inside the program.
    pub sources: Vec<Source>,
}

impl Default for Config {
    fn default() -> Config {
        Config { open: None, player: player::Settings::default(), mouse: true, sources: Vec::new() }
    }
}

/// Every key, for suggestions.
pub const KEYS: [&str; 5] = ["open", "player", "when_leaving", "mouse", "source"];

/// Every key of a source, for suggestions.
pub const SOURCE_KEYS: [&str; 3] = ["path", "name", "format"];

/// Where the configuration is looked for when nothing else is said.
pub fn default_path() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("cuepoint").join("config.toml"))
}

/// Reads the configuration. A file that was not asked for by name may be missing. Each bad line costs itself only.
pub fn load(named: Option<&Path>) -> (Config, Vec<Problem>) {
    let Some(path) = named.map(Path::to_owned).or_else(default_path) else {
        return (Config::default(), Vec::new());
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let home = etcetera::home_dir().ok();
            let parsed = parse(&text, &Place::of(&path), path.parent().unwrap_or(Path::new("")), home.as_deref());
            parsed.checked()
        }
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => (Config::default(), Vec::new()),
        Err(error) => {
            let problem = Problem::error(Place::of(&path), format!("cannot be read: {}", crate::text::reason(&error)));
            (Config::default(), vec![problem.hint("check the path, or leave --config out")])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_told_only_when_named() {
        let (_, problems) = load(Some("no/such/file.toml".as_ref()));
        assert_eq!(problems.len(), 1);
    }
}
