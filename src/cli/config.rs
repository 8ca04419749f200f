//! `cuepoint config`: where the settings are, a file to begin with, and what is wrong in them.

use super::Exit;
use super::check::shown;
use super::output::{Output, count, tell, tell_raw};
use crate::config::{self, WriteError};
use crate::source::report::Tally;
use anyhow::Context;
use std::path::Path;

/// What `config` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What `config` does.
#[derive(Debug, Clone, Copy, clap::Subcommand)]
enum Action {
    /// Write a configuration with every setting explained and commented out, where there is none yet.
    Init,
    /// Print where the configuration is looked for.
    Path,
    /// Tell every mistake in the configuration, with line and column.
    Check,
}

/// Does it with the file that `--config` names, else with the one in its usual place.
pub fn run(args: &Args, named: Option<&Path>, out: &mut Output) -> anyhow::Result<Exit> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => config::default_path().context("no place for a configuration is known; set HOME, or name one with --config")?,
    };
    match args.action {
        Action::Init => init(&path, out),
        Action::Path => print(&path, out),
        Action::Check => check(&path, named.is_some(), out),
    }
}

fn init(path: &Path, out: &mut Output) -> anyhow::Result<Exit> {
    match config::write_default(path) {
        Ok(()) => {
            tell("every setting is in it as a comment; what was written is");
            print(path, out)
        }
        Err(error @ WriteError::Exists(_)) => {
            tell(&error.to_string());
            Ok(Exit::Failure)
        }
        Err(error) => Err(anyhow::anyhow!("{error}")),
    }
}

fn print(path: &Path, out: &mut Output) -> anyhow::Result<Exit> {
    out.line(&crate::text::clean_line(&path.to_string_lossy()))?;
    Ok(Exit::Done)
}

fn check(path: &Path, named: bool, out: &mut Output) -> anyhow::Result<Exit> {
    let (_, problems) = config::load(named.then_some(path));
    for problem in &problems {
        let line = shown(problem, out);
        out.line(&line)?;
    }
    out.flush()?;
    let file = path.to_string_lossy();
    let file = crate::text::clean_line(&file);
    if problems.iter().any(|problem| problem.place.line.is_none()) {
        return Ok(Exit::Failure);
    }
    if problems.is_empty() {
        let state =
            if path.exists() { "nothing is wrong" } else { "there is none, and nothing is set (`cuepoint config init` writes one)" };
        tell_raw(&format!("{file}: {state}\n"));
        return Ok(Exit::Done);
    }
    let counts: Vec<String> = Tally::of(&problems).counts().map(|(severity, number)| count(number, &severity.to_string())).collect();
    tell_raw(&format!("{file}: {}\n", counts.join(", ")));
    Ok(Exit::Findings)
}
