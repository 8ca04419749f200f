//! The command line: one file for each subcommand. Machine output goes to stdout, the rest to stderr.
//!
//! Without a subcommand the screen opens; where nothing can be drawn (stdout is no terminal, or a dumb one),
//! the talks are listed instead.

mod check;
mod config;
mod doctor;
mod import;
pub mod json;
mod library;
mod list;
mod load;
mod notes;
mod open;
mod output;
mod pick;
mod play;
mod show;
mod sources;

use crate::config::Config;
use crate::domain::Problem;
use crate::open::{Ladder, Surroundings};
use crate::source::{FORMATS, Format};
use crate::{text, tui};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use load::Archive;
use output::Output;
use sources::Sources;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  cuepoint                                 browse the archive
  cuepoint service mesh                    browse, with that search already typed
  cuepoint list kubernetes --limit 5       the five best matches, one a line
  cuepoint list --format json | jq '.[].url'
  cuepoint open the-challenges-of          watch a talk from its own second
  cuepoint play the-challenges-of          play it in mpv, from its first second to its last
  cuepoint check ~/meetup/events           find mistakes in event files
  cuepoint config init                     write a file of settings to begin with
  cuepoint library export --out kept.jsonl carry stars, notes and queue to another machine
  cuepoint library playlist Friday | vlc - play a playlist, each talk from its second to its last
  cuepoint doctor                          what works here, and what does not

Exit status: 0 done, 1 nothing found or something to mend, 2 wrong use or failure.";

/// Browse recorded meetup talks in the terminal, and watch each one from its own first second.
#[derive(Debug, Parser)]
#[command(name = "cuepoint", version, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    /// What to search for: words of a title, a speaker, a company, an event.
    query: Vec<String>,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    global: Global,
}

/// What every subcommand takes.
#[derive(Debug, clap::Args)]
struct Global {
    /// Read this file or folder instead of the configured ones or the archive inside the program (can be given again).
    #[arg(long = "source", value_name = "PATH", global = true)]
    sources: Vec<PathBuf>,
    /// What the paths that are named hold, where that is not to be found out from what stands in them.
    #[arg(long, value_name = "FORMAT", global = true, value_parser = format_parser())]
    source_format: Option<&'static Format>,
    /// Read the settings from this file.
    #[arg(long, value_name = "PATH", global = true)]
    config: Option<PathBuf>,
    /// No colours; the environment variable `NO_COLOR` says the same.
    #[arg(long, global = true)]
    no_color: bool,
}

/// What `cuepoint` does besides browsing.
#[derive(Debug, Subcommand)]
enum Command {
    /// List talks, one a line, or as JSON.
    List(list::Args),
    /// Show everything known about a talk or an event.
    Show(show::Args),
    /// Open a talk in the browser at its own second; a file on this machine is played.
    Open(open::Args),
    /// Play a talk in a player, from its first second to its last.
    Play(play::Args),
    /// Turn a blog's write-ups into event files.
    Import(import::Args),
    /// Tell every mistake in event files and posts, with file and line.
    Check(check::Args),
    /// Write, find or check the file of settings.
    Config(config::Args),
    /// Carry what you keep about talks elsewhere and back, look through it, or play a playlist.
    Library(library::Args),
    /// Write down what you noted about talks.
    Notes(notes::Args),
    /// Tell what works here, what does not, and why: opening links, the player, the library, the terminal, files.
    Doctor(doctor::Args),
}

/// The names of the formats, and nothing else.
fn format_parser() -> impl TypedValueParser<Value = &'static Format> {
    let known = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name));
    known.map(|name| Format::named(&name).expect("only the names of formats get here"))
}

/// How a run ended, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Everything was done.
    Done,
    /// Nothing was found, or something needs a look.
    Findings,
    /// What was asked for could not be done, and why has been told.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Failure => 2,
        })
    }
}

/// Runs the program with the arguments it was started with.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    match parse(&arguments).map_or_else(|error| tell_usage(&error), run) {
        Ok(exit) => exit.into(),
        // Whoever read our output has seen enough: no mistake of ours.
        Err(error) if is_broken_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            output::tell(&format!("{error:#}"));
            Exit::Failure.into()
        }
    }
}

fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let plain = arguments.iter().any(|a| a == "--no-color");
    let command = Cli::command().color(if plain { ColorChoice::Never } else { ColorChoice::Auto });
    Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// Help and version go to stdout; a wrong use to stderr, without what an argument may hold to steer the terminal.
fn tell_usage(error: &clap::Error) -> anyhow::Result<Exit> {
    if error.use_stderr() {
        output::tell_raw(&text::clean_block(&error.render().to_string()));
        return Ok(Exit::Failure);
    }
    error.print()?;
    Ok(Exit::Done)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kinds = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    kinds.into_iter().any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

fn run(cli: Cli) -> anyhow::Result<Exit> {
    let global = cli.global;
    let mut out = Output::stdout(global.no_color);
    if let Some(Command::Config(args)) = &cli.command {
        let exit = config::run(args, global.config.as_deref(), &mut out)?;
        out.flush()?;
        return Ok(exit);
    }
    let (config, notices) = read_config(&global)?;
    let sources = Sources::choose(&named_paths(cli.command.as_ref(), &global), global.source_format, &config)?;
    if cli.command.is_none() && out.can_draw() {
        let no_color = !out.has_colours();
        // The screen has threads that write, and `out` holds the lock.
        drop(out);
        tui::run(tui::Options { query: cli.query.join(" "), sources: sources.list, config, notices, no_color })?;
        return Ok(Exit::Done);
    }
    for notice in &notices {
        output::tell(&notice.to_string());
    }
    let exit = match cli.command {
        Some(Command::List(args)) => list::run(&args, &mut Archive::read(&sources), &mut out)?,
        Some(Command::Show(args)) => show::run(&args, &Archive::read(&sources), &mut out)?,
        Some(Command::Play(args)) => play::run(&args, &Archive::read(&sources), &config.player, &mut out)?,
        Some(Command::Import(args)) => import::run(&args, &sources, &mut out)?,
        Some(Command::Check(_)) => check::run(&sources, &mut out)?,
        Some(Command::Config(_)) => Exit::Done,
        Some(Command::Library(args)) => library::run(&args, &sources, &mut out)?,
        Some(Command::Notes(args)) => notes::run(&args, &mut out)?,
        Some(Command::Open(args)) => open::run(&args, &Archive::read(&sources), &ladder(&config), &config.player, &mut out)?,
        Some(Command::Doctor(args)) => {
            let facts = doctor::Facts {
                ladder: &ladder(&config),
                player: &config.player,
                library: crate::library::data_folder(),
                configuration: global.config.clone().or_else(crate::config::default_path),
                mistakes: &notices,
                sources: &sources,
                colours: out.has_colours(),
                steerable: out.can_steer(),
            };
            doctor::run(&args, &facts, &mut out)?
        }
        None => list::run(&list::Args::for_query(cli.query), &mut Archive::read(&sources), &mut out)?,
    };
    out.flush()?;
    Ok(exit)
}

/// The means of opening links here.
fn ladder(config: &Config) -> Ladder {
    Ladder::new(config.open.clone(), Surroundings::read())
}

/// The paths that the command line names: those of the subcommand, then those of `--source`.
fn named_paths(command: Option<&Command>, global: &Global) -> Vec<PathBuf> {
    let own: &[PathBuf] = match command {
        Some(Command::Check(args)) => &args.paths,
        Some(Command::Import(args)) => &args.posts,
        _ => &[],
    };
    [own, &global.sources].concat()
}

/// The settings. A bad line in them is told and costs nothing else; a file asked for by name must be readable.
fn read_config(global: &Global) -> anyhow::Result<(Config, Vec<Problem>)> {
    let (config, problems) = crate::config::load(global.config.as_deref());
    if let (Some(_), Some(unreadable)) = (&global.config, problems.iter().find(|p| p.place.line.is_none())) {
        anyhow::bail!("{unreadable}");
    }
    Ok((config, problems))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Cli {
        let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
        parse(&arguments).expect("these are right")
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn words_are_a_query_unless_the_first_is_a_command() {
        assert_eq!(parsed(&["cuepoint", "service", "list"]).query, ["service", "list"]);
        assert!(matches!(parsed(&["cuepoint", "--source", "x", "list", "mesh"]).command, Some(Command::List(_))));
        assert_eq!(parsed(&["cuepoint", "--", "list"]).query, ["list"]);
        assert_eq!(parsed(&["cuepoint", "list", "--source", "x"]).global.sources, [PathBuf::from("x")]);
    }
}
