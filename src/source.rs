//! Sources: text in, drafts and problems out. One file for each format; [`files`] alone walks folders and reads.
//!
//! A reader never fails: what can be read becomes drafts, what cannot becomes problems, and neither hides the other.

pub mod bundled;
pub mod chapters;
pub mod files;

pub mod jekyll;
mod loose;
pub mod media_ccc;
pub mod native;
pub mod part;
pub mod pyvideo;
mod refused;
pub mod report;
pub mod restructured;
pub mod rubyevents;
pub mod schedule;
mod stored;
pub mod yaml;
pub mod ytdlp;

pub use part::Part;
pub use report::Report;

use crate::domain::{Alias, Catalogue, EventDraft, Place, Problem};
use report::Ledger;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

/// What was found in one or many files.
#[derive(Debug, Default, PartialEq)]
pub struct Reading {
    /// Events with their talks, where one file tells all of them.
    pub drafts: Vec<EventDraft>,
    /// What the files say of events that several of them tell of.
    pub parts: Vec<Part>,
    /// Other spellings of people's names.
    pub aliases: Vec<Alias>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Takes over what another reading found.
    pub fn extend(&mut self, other: Reading) {
        self.drafts.extend(other.drafts);
        self.parts.extend(other.parts);
        self.aliases.extend(other.aliases);
        self.problems.extend(other.problems);
    }
}

/// An archive to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is called.
    pub name: String,
    /// A file or a folder.
    pub path: PathBuf,
    /// What its files are, where that is said instead of found out.
    pub format: Option<&'static Format>,
}

impl Source {
    /// An archive that is called after the last step of its path, and whose formats are found out.
    pub fn at(path: &Path) -> Source {
        // `.` and `..` are names of nothing; what they lead to has one.
        let last = path.file_name().map(ToOwned::to_owned).or_else(|| path.canonicalize().ok()?.file_name().map(ToOwned::to_owned));
        let name = last.map_or_else(|| path.to_string_lossy().into_owned(), |last| last.to_string_lossy().into_owned());
        Source { name: crate::text::clean_line(&name).into_owned(), path: path.to_owned(), format: None }
    }
}

/// A file of a source that was read.
#[derive(Debug)]
pub struct SourceFile {
    /// The source, by its place among all.
    pub source: usize,
    /// The file, as the source was named.
    pub path: Arc<Path>,
    /// The format it was taken for.
    pub format: Option<&'static Format>,
    /// What stands in it.
    pub reading: Reading,
}

/// Everything that some sources hold, ready to be browsed.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Every event and talk.
    pub catalogue: Catalogue,
    /// What is wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// What was looked at.
    pub counts: Counts,
    /// What each source gave.
    pub reports: Vec<Report>,
}

/// Files that were looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that were opened.
    pub files: usize,
    /// Files of no known format.
    pub unknown: usize,
}

/// Reads sources; without any, the archive inside the program.
pub fn load(sources: &[Source]) -> Loaded {
    let (files, problems) = read(sources);
    gather(sources, files, problems)
}

/// Reads every file of some sources, in the order of the sources and of the files' names; without any, the archive inside the program.
/// Beside them: what could not be looked into.
pub fn read(sources: &[Source]) -> (Vec<SourceFile>, Vec<Problem>) {
    if sources.is_empty() {
        return (bundled::read(), Vec::new());
    }
    let files = Mutex::new(Vec::new());
    let problems = files::walk(sources, &AtomicBool::new(false), &|found| {
        let files::FileRead { format, reading, .. } = files::read(&found.path, &sources[found.source]);
        let file = SourceFile { source: found.source, path: found.path.into(), format, reading };
        files.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    });
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    let key = |file: &SourceFile| (file.source, file.path.as_os_str().as_encoded_bytes().to_owned());
    files.sort_by_cached_key(key);
    (files, problems)
}

/// Makes a catalogue of what was read. The files come in the order of the sources and of their names: of what is told twice, the first
/// word stands.
pub fn gather(sources: &[Source], files: Vec<SourceFile>, problems: Vec<Problem>) -> Loaded {
    let counts = Counts { files: files.len(), unknown: files.iter().filter(|file| file.format.is_none()).count() };
    let mut gathered = Gathered { problems, ledger: Ledger::new(Report::of_all(sources)), ..Gathered::default() };
    gathered.add_all(sources, files);
    let Gathered { drafts, aliases, mut problems, ledger } = gathered;
    let (catalogue, found) = Catalogue::build_with(drafts, aliases);
    problems.extend(found);
    problems.sort_by(|a, b| (&a.place, a.severity).cmp(&(&b.place, b.severity)));
    let reports = ledger.finish(&problems);
    Loaded { catalogue, problems, counts, reports }
}

/// The events of what was read, those that several files tell of brought together; beside them what is wrong.
pub fn drafts(sources: &[Source], files: Vec<SourceFile>, problems: Vec<Problem>) -> (Vec<EventDraft>, Vec<Problem>) {
    let mut gathered = Gathered { problems, ..Gathered::default() };
    gathered.add_all(sources, files);
    (gathered.drafts, gathered.problems)
}

/// What is brought together of all files.
#[derive(Default)]
struct Gathered {
    drafts: Vec<EventDraft>,
    aliases: Vec<Alias>,
    problems: Vec<Problem>,
    ledger: Ledger,
}

impl Gathered {
    fn add_all(&mut self, sources: &[Source], files: Vec<SourceFile>) {
        let mut files = files.into_iter();
        for (number, source) in sources.iter().enumerate() {
            let unseen = self.problems.iter().any(|problem| problem.place.path.as_ref() == source.path.to_string_lossy());
            let looked_at = files.as_slice().iter().take_while(|file| file.source == number).count();
            let first = self.drafts.len();
            self.add(files.by_ref().take(looked_at));
            if self.drafts.len() == first && !(unseen && looked_at == 0) {
                let problem = Problem::warning(Place::of(&source.path), format!("no event was found here; files looked at: {looked_at}"));
                self.problems.push(problem.hint("name a folder of event files (.yml), of posts (.md), or of an archive that is known"));
            }
        }
        self.add(files);
    }

    /// Brings the files of one source together.
    fn add(&mut self, files: impl Iterator<Item = SourceFile>) {
        let parts = files.flat_map(|SourceFile { source, path, format, reading }| {
            self.ledger.note(source, &path.to_string_lossy(), format, &reading);
            self.drafts.extend(reading.drafts);
            self.aliases.extend(reading.aliases);
            self.problems.extend(reading.problems);
            reading.parts
        });
        let (assembled, found) = part::assemble(parts);
        self.ledger.joined(&assembled);
        self.drafts.extend(assembled);
        self.problems.extend(found);
    }
}

/// A file's text, ready for a reader: UTF-8, without byte-order mark, with `\n` at its line ends.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The file.
    pub place: Place,
    /// What stands in it.
    pub text: String,
}

impl SourceText {
    /// Where a part of the text stands: its line and column. Anything that is no part of it is the whole file.
    pub fn place_of(&self, part: &str) -> Place {
        let (text, start) = (self.text.as_str(), part.as_ptr() as usize);
        let Some(before) = start.checked_sub(text.as_ptr() as usize).and_then(|offset| text.get(..offset)) else {
            return self.place.clone();
        };
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.place.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    /// The file's own name.
    pub fn name(&self) -> &str {
        self.place.path.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// The folder that the file lies in, as it was named when reading began.
    pub fn folder(&self) -> &str {
        folder_of(&self.place.path)
    }
}

/// The folder that a path lies in: all before its last step.
pub fn folder_of(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or("", |end| &path[..end])
}

/// A format that archives are published in.
#[derive(Debug)]
pub struct Format {
    /// The name in settings, on the command line and in what `check` says.
    pub name: &'static str,
    /// How names of its files end: where a format is said instead of found out, other files of the folder are left alone.
    endings: &'static [&'static str],
    /// Is this text of this format? Asked of every file, so it must be cheap.
    detect: fn(&SourceText) -> bool,
    /// Reads the text.
    read: fn(&SourceText) -> Reading,
}

const YAML: &[&str] = &["yml", "yaml"];
const MARKDOWN: &[&str] = &["md", "markdown"];
const JSON: &[&str] = &["json"];
const XML: &[&str] = &["xml"];
const CALENDAR: &[&str] = &["ics"];

/// Every format, the most particular first.
pub const FORMATS: &[Format] = &[
    Format { name: "rubyevents", endings: YAML, detect: rubyevents::detect, read: rubyevents::read },
    Format { name: "native", endings: YAML, detect: native::detect, read: native::read },
    Format { name: "post", endings: MARKDOWN, detect: jekyll::detect, read: jekyll::read },
    Format { name: "schedule", endings: XML, detect: schedule::detect, read: schedule::read },
    Format { name: "yt-dlp", endings: JSON, detect: ytdlp::detect, read: ytdlp::read },
    Format { name: "media.ccc.de", endings: JSON, detect: media_ccc::detect, read: media_ccc::read },
    Format { name: "pretalx", endings: JSON, detect: refused::is_pretalx, read: refused::pretalx },
    Format { name: "sessionize", endings: JSON, detect: refused::is_sessionize, read: refused::sessionize },
    Format { name: "schedule.json", endings: JSON, detect: refused::is_schedule_json, read: refused::schedule_json },
    Format { name: "feed", endings: XML, detect: refused::is_feed, read: refused::feed },
    Format { name: "calendar", endings: CALENDAR, detect: refused::is_calendar, read: refused::calendar },
    Format { name: "pyvideo", endings: JSON, detect: pyvideo::detect, read: pyvideo::read },
];

/// Formats have names of their own.
impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl Format {
    /// The format of a name.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a text is of, by what is in it.
    fn of(text: &SourceText) -> Option<&'static Format> {
        FORMATS.iter().find(|format| (format.detect)(text))
    }

    /// May a file of this name be of this format?
    fn ends(&self, file: &Path) -> bool {
        file.extension().is_some_and(|ending| self.endings.iter().any(|e| ending.eq_ignore_ascii_case(e)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_called_after_its_path() {
        let names = ["a/b", "a/b/", "a.yml", "/"].map(|path| Source::at(path.as_ref()).name);
        assert_eq!(names, ["b", "b", "a.yml", "/"]);
        assert_ne!(Source::at(".".as_ref()).name, ".");
    }

    #[test]
    fn formats_have_names_of_their_own() {
        for format in FORMATS {
            assert_eq!(FORMATS.iter().filter(|other| *other == format).count(), 1, "{}", format.name);
            assert_eq!(Format::named(format.name), Some(format));
            assert!(!format.endings.is_empty());
        }
        assert_eq!(Format::named("no such"), None);
    }

    #[test]
    fn a_part_of_a_text_knows_its_place() {
        let source = SourceText { place: Place::of("a/b/x.json".as_ref()), text: "{\n  \"é\": 12}".to_owned() };
        let at = source.text.find("12").expect("there");
        assert_eq!(source.place_of(&source.text[at..]).to_string(), "a/b/x.json:2:8");
        assert_eq!(source.place_of("elsewhere"), source.place);
        assert_eq!((source.name(), source.folder()), ("x.json", "a/b"));
    }
}
