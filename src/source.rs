//! Sources: text in, drafts and problems out. One file for each format; [`files`] alone walks folders and reads.
//!
//! A reader never fails: what can be read becomes drafts, what cannot becomes problems, and neither hides the other.

pub mod bundled;
mod chapters;
pub mod files;
pub mod jekyll;
mod media_ccc;
pub mod native;
pub mod part;
mod pretalx;
mod pyvideo;
mod restructured;
mod rubyevents;
mod schedule;
mod yaml;
mod ytdlp;

pub use files::{Counts, read_paths};
pub use part::Part;

use crate::domain::{Alias, Catalogue, EventDraft, Place, Problem};
use std::path::PathBuf;

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

/// Everything that some sources hold, ready to be browsed.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Every event and talk.
    pub catalogue: Catalogue,
    /// What is wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// What was looked at.
    pub counts: Counts,
}

/// Reads files and folders; without any, the archive inside the program.
pub fn load(paths: &[PathBuf]) -> Loaded {
    let (reading, counts) = if paths.is_empty() { (bundled::read(), Counts::default()) } else { read_paths(paths) };
    let mut problems = reading.problems;
    let (assembled, found) = part::assemble(reading.parts);
    problems.extend(found);
    let (catalogue, found) = Catalogue::build([reading.drafts, assembled].concat());
    problems.extend(found);
    let (catalogue, found) = catalogue.with_aliases(reading.aliases);
    problems.extend(found);
    problems.sort_by(|a, b| (&a.place, a.severity).cmp(&(&b.place, b.severity)));
    Loaded { catalogue, problems, counts }
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
    /// Is this text of this format? Asked of every file, so it must be cheap.
    detect: fn(&SourceText) -> bool,
    /// Reads the text.
    read: fn(&SourceText) -> Reading,
}

/// Every format, the most particular first.
pub const FORMATS: &[Format] = &[
    Format { name: "rubyevents", detect: rubyevents::detect, read: rubyevents::read },
    Format { name: "native", detect: native::detect, read: native::read },
    Format { name: "post", detect: jekyll::detect, read: jekyll::read },
    Format { name: "schedule", detect: schedule::detect, read: schedule::read },
    Format { name: "yt-dlp", detect: ytdlp::detect, read: ytdlp::read },
    Format { name: "media.ccc.de", detect: media_ccc::detect, read: media_ccc::read },
    Format { name: "pretalx", detect: pretalx::detect, read: pretalx::read },
    Format { name: "pyvideo", detect: pyvideo::detect, read: pyvideo::read },
];

impl Format {
    /// The format that a text is of, by what is in it.
    fn of(text: &SourceText) -> Option<&'static Format> {
        FORMATS.iter().find(|format| (format.detect)(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_text_knows_its_place() {
        let source = SourceText { place: Place::of("a/b/x.json".as_ref()), text: "{\n  \"é\": 12}".to_owned() };
        let at = source.text.find("12").expect("there");
        assert_eq!(source.place_of(&source.text[at..]).to_string(), "a/b/x.json:2:8");
        assert_eq!(source.place_of("elsewhere"), source.place);
        assert_eq!((source.name(), source.folder()), ("x.json", "a/b"));
    }
}
