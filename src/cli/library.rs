//! `cuepoint library`: what the user keeps, carried elsewhere and back, looked through, and played.

use super::Exit;
use super::load::{Archive, quoted};
use super::output::{Output, count, tell, tell_raw, write_atomically};
use super::sources::Sources;
use crate::domain::marks::{Lost, Playlist};
use crate::domain::{Catalogue, Cue, Place, Provider, Recording, Status, Talk};
use crate::library::{Checked, Imported, Library, LibraryError, data_folder};
use crate::text::{clean_line, did_you_mean};
use anyhow::Context;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

/// What `library` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

/// What can be done with the library.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write all that is kept as lines of JSON, one a talk and one a playlist.
    Export {
        /// The file to write; standard output, if none is named.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Add what such lines say to what is kept; nothing that is there is lost.
    Import {
        /// The file to read; `-` is standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Look through the library: what it holds, what is wrong, which backups there are, and which marked talks are gone.
    Check,
    /// Write a playlist as M3U, which VLC plays from each talk's second to its last.
    Playlist {
        /// The name of the playlist.
        name: String,
    },
}

/// Does it.
pub fn run(args: &Args, sources: &Sources, out: &mut Output) -> anyhow::Result<Exit> {
    match &args.command {
        Command::Export { out: file } => export(file.as_deref(), out),
        Command::Import { file } => import(file, out),
        Command::Check => check(sources, out),
        Command::Playlist { name } => playlist(name, sources, out),
    }
}

/// Where the library is.
pub fn folder() -> Result<PathBuf, LibraryError> {
    data_folder().ok_or(LibraryError::NoPlace)
}

/// The library, if there is one; that there is none is told.
pub fn opened() -> anyhow::Result<Option<Library>> {
    let library = Library::open_existing(&folder()?)?;
    if library.is_none() {
        tell("nothing is kept yet");
    }
    Ok(library)
}

fn export(file: Option<&Path>, out: &mut Output) -> anyhow::Result<Exit> {
    let Some(library) = opened()? else { return Ok(Exit::Findings) };
    let Some(file) = file else {
        library.export(out.writer())?;
        return Ok(Exit::Done);
    };
    let mut lines = Vec::new();
    let talks = library.export(&mut lines)?;
    write_atomically(file, &lines).with_context(|| format!("{} cannot be written", file.display()))?;
    out.line(&format!("{} written to {}", count(talks, "talk"), quoted(file)))?;
    Ok(Exit::Done)
}

fn import(file: &Path, out: &mut Output) -> anyhow::Result<Exit> {
    let told = |problem| tell_raw(&format!("{problem}\n"));
    let (is_stdin, place) = (file == Path::new("-"), Place::of(file));
    // What cannot be read makes no library.
    let read = (!is_stdin).then(|| File::open(file)).transpose().with_context(|| format!("{} cannot be read", file.display()))?;
    let mut library = Library::open(&folder()?)?;
    let imported = match read {
        Some(read) => library.import(BufReader::new(read), &place, told)?,
        None => library.import(io::stdin().lock(), &place, told)?,
    };
    let Imported { new, added_to, unchanged, playlists, bad } = imported;
    let talks = count(new + added_to + unchanged, "talk");
    let lists = count(playlists, "playlist");
    out.line(&format!("{talks} read: {new} new, {added_to} added to, {unchanged} as they were; {lists} new or longer"))?;
    if bad == 0 {
        return Ok(Exit::Done);
    }
    tell(&format!("{} left out, for the reasons above", count(bad, "line")));
    Ok(Exit::Findings)
}

fn check(sources: &Sources, out: &mut Output) -> anyhow::Result<Exit> {
    let Some(library) = opened()? else { return Ok(Exit::Findings) };
    let checked = library.check()?;
    out.line(&format!("{}, version {}", quoted(library.path()), checked.version))?;
    if library.is_read_only() {
        out.line("  it can only be read")?;
    }
    out.line(&format!("  {}", counted(&checked)))?;
    for fault in &checked.faults {
        out.line(&format!("  wrong: {fault}"))?;
    }
    for backup in &checked.backups {
        out.line(&format!("  backup: {}", clean_line(backup)))?;
    }
    let archive = Archive::read(sources);
    archive.tell_problems();
    let marks = archive.marks()?;
    for lost in marks.lost.iter() {
        out.line(&format!("  gone: {}", listed(lost)))?;
    }
    Ok(if checked.faults.is_empty() && marks.lost.is_empty() { Exit::Done } else { Exit::Findings })
}

/// `4 marked talks, 2 stars, …`: what a library holds.
pub fn counted(checked: &Checked) -> String {
    let counts = checked.counts.iter().map(|(name, number)| count(usize::try_from(*number).unwrap_or(0), name));
    counts.collect::<Vec<_>>().join(", ")
}

/// `Sails, by Bo Ek, at Boat Nights, 2024-05-01 (starred, 2 notes)`.
fn listed(lost: &Lost) -> String {
    let by = if lost.by.is_empty() { String::new() } else { format!(", by {}", lost.by) };
    let marks: Vec<&str> = lost.marks.iter().map(|mark| mark.name()).collect();
    format!("{}{by}, at {} ({})", lost.title, lost.event, marks.join(", "))
}

fn playlist(name: &str, sources: &Sources, out: &mut Output) -> anyhow::Result<Exit> {
    let archive = Archive::read(sources);
    archive.tell_problems();
    let playlists = archive.marks()?.playlists;
    let Some(playlist) = playlists.iter().find(|playlist| playlist.name == name) else {
        tell(&unknown(name, &playlists));
        return Ok(Exit::Findings);
    };
    let (playable, others): (Vec<&Talk>, Vec<&Talk>) =
        playlist.talks.iter().map(|talk| &archive.catalogue.talks()[*talk]).partition(|talk| is_playable(talk));
    for talk in others {
        tell(&format!("left out, since no recording of it can be played: {}", talk.title));
    }
    if playlist.lost > 0 {
        tell(&format!("left out, since no source has them any more: {}", count(playlist.lost, "talk")));
    }
    out.writer().write_all(m3u(&archive.catalogue, &playable).as_bytes())?;
    Ok(if playable.is_empty() { Exit::Findings } else { Exit::Done })
}

fn unknown(name: &str, playlists: &[Playlist]) -> String {
    let known: Vec<&str> = playlists.iter().map(|playlist| playlist.name.as_str()).collect();
    let more = match (did_you_mean(name, known.iter().copied()), known.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "none is saved yet".to_owned(),
        (None, known) => format!("there are {}", known.join(", ")),
    };
    format!("there is no playlist `{}`; {more}", clean_line(name))
}

/// A page is nothing that a player plays.
fn is_playable(talk: &Talk) -> bool {
    let recording = talk.recording.as_ref().filter(|_| talk.status == Status::Recorded);
    recording.is_some_and(|recording| recording.provider() != Provider::Page)
}

/// Talks as VLC plays them: each recording from the talk's second to its last.
fn m3u(catalogue: &Catalogue, talks: &[&Talk]) -> String {
    let entries = talks.iter().map(|talk| {
        let length = talk.span.length().map_or("-1".to_owned(), |seconds| seconds.to_string());
        let by = if talk.speakers.is_empty() { catalogue.event_of(talk).title.clone() } else { talk.by_line() };
        let option =
            |name: &str, cue: Option<Cue>| cue.map(|cue| format!("#EXTVLCOPT:{name}-time={}\n", cue.seconds())).unwrap_or_default();
        let (start, stop) = (option("start", talk.span.start), option("stop", talk.span.end));
        let url = talk.recording.as_ref().map(Recording::url).unwrap_or_default();
        format!("#EXTINF:{length},{by} - {}\n{start}{stop}{url}\n", talk.title)
    });
    ["#EXTM3U\n".to_owned()].into_iter().chain(entries).collect()
}
