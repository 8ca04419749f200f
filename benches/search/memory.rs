//! How much memory a catalogue and its index take, seen in a process that holds nothing else: the bench starts itself
//! anew, hands it the talks over its standard input, and reads the figures from its output.

use cuepoint::domain::{About, Catalogue, Event, EventDraft, Link, Place, Speaker, Talk};
use cuepoint::search::Engine;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Set in the process that is measured.
const CHILD: &str = "CUEPOINT_BENCH_MEMORY";
/// Between the fields of a line.
const FIELD: char = '\u{1f}';
/// For a line's end inside a field.
const BREAK: &str = "\u{1e}";

/// Megabytes.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// The most that was held until the catalogue was there, with the drafts it is made of.
    pub catalogue_peak: f64,
    /// What is held with the catalogue alone.
    pub catalogue: f64,
    /// What is held with catalogue and index.
    pub index: f64,
    /// The most that was ever held.
    pub peak: f64,
}

/// The memory of a catalogue and its index; nothing where the system does not tell.
pub fn of(catalogue: &Catalogue) -> io::Result<Option<Memory>> {
    let mut child = Command::new(std::env::current_exe()?).env(CHILD, "1").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    if let Some(input) = child.stdin.take() {
        write(catalogue, &mut BufWriter::new(input))?;
    }
    let output = child.wait_with_output()?;
    let figures: Vec<f64> = String::from_utf8_lossy(&output.stdout).split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    let [catalogue_peak, catalogue, index, peak] = figures[..] else { return Ok(None) };
    Ok(Some(Memory { catalogue_peak, catalogue, index, peak }))
}

/// Is this the process that is measured?
pub fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// What that process does.
pub fn child() -> io::Result<()> {
    let (catalogue, _) = Catalogue::build(read(BufReader::new(io::stdin()))?);
    let catalogue = Arc::new(catalogue);
    let (catalogue_peak, held) = (status("VmHWM:"), status("VmRSS:"));
    let engine = Engine::new(catalogue);
    let figures = [catalogue_peak, held, status("VmRSS:"), status("VmHWM:")];
    drop(engine);
    for figure in figures.into_iter().flatten() {
        println!("{figure}");
    }
    Ok(())
}

/// A figure that Linux keeps about this process, in megabytes.
fn status(field: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib * 1024.0 / 1e6)
}

fn write(catalogue: &Catalogue, out: &mut impl Write) -> io::Result<()> {
    let mut line = |fields: &[&str]| writeln!(out, "{}", fields.join(&FIELD.to_string()).replace('\n', BREAK));
    for event in catalogue.events() {
        let location = event.location.as_deref().unwrap_or_default();
        line(&["event", &event.date.to_string(), &event.series, &event.title, location])?;
        for talk in catalogue.talks_of(event) {
            let recording = talk.recording.as_ref().map(ToString::to_string).unwrap_or_default();
            let (language, description) =
                (talk.language.as_deref().unwrap_or_default(), talk.about().description.as_deref().unwrap_or_default());
            line(&["talk", &talk.title, &recording, language, description])?;
            for speaker in &talk.speakers {
                line(&["speaker", &speaker.name, speaker.company.as_deref().unwrap_or_default()])?;
            }
            for tag in &talk.about().tags {
                line(&["tag", tag])?;
            }
        }
    }
    out.flush()
}

fn read(input: impl BufRead) -> io::Result<Vec<EventDraft>> {
    let place = Place::of(Path::new("synthetic"));
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut drafts: Vec<EventDraft> = Vec::new();
    for line in input.lines() {
        let line = line?.replace(BREAK, "\n");
        let fields: Vec<&str> = line.split(FIELD).collect();
        let talks = drafts.last_mut().map(|draft| &mut draft.talks);
        match (fields[..].as_ref(), talks) {
            (["event", date, series, title, location], _) => {
                let date = date.parse().map_err(io::Error::other)?;
                let mut event = Event::new(*series, *title, date, place.clone());
                event.location = some(location);
                drafts.push(EventDraft { event, talks: Vec::new() });
            }
            (["talk", title, recording, language, description], Some(talks)) => {
                let mut talk = Talk::new(*title, place.clone());
                talk.recording = Link::parse(recording).ok().map(|link| link.recording);
                talk.language = some(language);
                talk.set_about(About { description: some(description), ..About::default() });
                talks.push(talk);
            }
            (["speaker", name, company], Some(talks)) => {
                talks
                    .last_mut()
                    .into_iter()
                    .for_each(|talk| talk.speakers.push(Speaker { name: (*name).to_owned(), company: some(company) }));
            }
            (["tag", tag], Some(talks)) => talks.last_mut().into_iter().for_each(|talk| talk.about_mut().tags.push((*tag).to_owned())),
            _ => return Err(io::Error::other(format!("an unknown line: {line}"))),
        }
    }
    Ok(drafts)
}
