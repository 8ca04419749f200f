//! `cuepoint doctor`: what works here, what does not, and why.
//!
//! Each section is a function from [`Facts`] to checks; a new one is a file beside the others and a line in [`SECTIONS`].

mod files;
mod library;
mod opening;
mod playing;
mod terminal;

use super::Exit;
use super::output::{Format, Ink, Output, READABLE, wrap};
use super::sources::Sources;
use crate::domain::Problem;
use crate::open::Ladder;
use crate::player;
use serde::Serialize;
use std::path::PathBuf;
use std::time::Duration;

/// What `doctor` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How well something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It works.
    Good,
    /// Nothing is wrong with that, and it may be good to know.
    Note,
    /// Something is to be mended.
    Look,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
pub struct Check {
    /// What.
    pub name: String,
    /// How it is.
    pub state: State,
    /// A sentence about it.
    pub says: String,
}

impl Check {
    /// A check of something.
    pub fn new(name: &str, state: State, says: impl Into<String>) -> Check {
        Check { name: name.to_owned(), state, says: says.into() }
    }
}

/// Checks that belong together.
#[derive(Debug, Serialize)]
pub struct Section {
    /// What they are about.
    pub name: &'static str,
    /// In the order in which they are shown.
    pub checks: Vec<Check>,
}

/// What the checks look at.
pub struct Facts<'a> {
    /// The means of opening.
    pub ladder: &'a Ladder,
    /// How talks are played.
    pub player: &'a player::Settings,
    /// Where the library is kept, if any place is known.
    pub library: Option<PathBuf>,
    /// Where the configuration is looked for, if any place is known.
    pub configuration: Option<PathBuf>,
    /// What is wrong in it.
    pub mistakes: &'a [Problem],
    /// What is read.
    pub sources: &'a Sources,
    /// Are colours shown?
    pub colours: bool,
    /// Is there a terminal that can be told to copy?
    pub steerable: bool,
}

/// Every section, in the order in which they are shown.
const SECTIONS: [fn(&Facts) -> Section; 5] = [opening::section, playing::section, library::section, terminal::section, files::section];

/// How long a program that is asked something is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Looks at everything and tells of it.
pub fn run(args: &Args, facts: &Facts, out: &mut Output) -> anyhow::Result<Exit> {
    let sections: Vec<Section> = SECTIONS.iter().map(|section| section(facts)).collect();
    match args.format {
        Format::Text => text(&sections, out)?,
        Format::Json => out.json(&sections)?,
    }
    let fine = sections.iter().flat_map(|section| &section.checks).all(|check| check.state != State::Look);
    Ok(if fine { Exit::Done } else { Exit::Findings })
}

fn text(sections: &[Section], out: &mut Output) -> anyhow::Result<()> {
    let width = sections.iter().flat_map(|section| &section.checks).map(|check| crate::text::width(&check.name)).max().unwrap_or(0);
    for (i, section) in sections.iter().enumerate() {
        if i > 0 {
            out.line("")?;
        }
        let head = out.ink(Ink::Strong, section.name);
        out.line(&head)?;
        for check in &section.checks {
            let (mark, ink) = match check.state {
                State::Good => ("✓", Ink::Plain),
                State::Note => ("·", Ink::Faint),
                State::Look => ("!", Ink::Warning),
            };
            let pad = " ".repeat(width - crate::text::width(&check.name));
            let indent = width + 6;
            let lines =
                wrap(&crate::text::clean_line(&check.says), out.columns().map_or(usize::MAX, |c| c.min(READABLE)).saturating_sub(indent));
            for (i, says) in lines.iter().enumerate() {
                let lead = if i == 0 { format!("  {mark} {}{pad}  ", check.name) } else { " ".repeat(indent) };
                let line = format!("{lead}{says}");
                let line = out.ink(ink, &line);
                out.line(&line)?;
            }
        }
    }
    Ok(())
}
