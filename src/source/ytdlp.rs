//! yt-dlp: the info JSON of one video, the dump of a playlist or a channel, or many of them in one file, one a line.
//!
//! A video of a playlist is a talk of the playlist's gathering, whichever file it stands in. Any other video is an event of its
//! channel: of one talk, or of those that its chapters are.

mod dump;
mod playlist;
mod title;
mod video;

use super::{Reading, SourceText};
use crate::domain::{Place, Problem};
use dump::{Dump, List, Object};
use memchr::memmem;
use playlist::Playlist;

/// Places in a file that are no JSON; after so many the rest is not looked at.
const MOST_BROKEN: usize = 20;

/// An object, or a list of them, with the keys of yt-dlp in it. A quote inside a text has a backslash before it, so that only
/// keys are found.
pub fn detect(source: &SourceText) -> bool {
    let text = source.text.trim_start().as_bytes();
    let begins = match text.first() {
        Some(b'{') => true,
        Some(b'[') => text[1..].trim_ascii_start().first() == Some(&b'{'),
        _ => false,
    };
    let has =
        |key: &str| memmem::find_iter(text, key).any(|at| text[at + key.len()..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':'));
    let any = |keys: &[&str]| keys.iter().any(|key| has(key));
    begins
        && ((any(&["\"extractor\"", "\"extractor_key\"", "\"ie_key\""])
            && any(&["\"webpage_url\"", "\"upload_date\"", "\"formats\"", "\"entries\"", "\"url\""]))
            || (has("\"fulltitle\"") && has("\"upload_date\"")))
}

/// Reads one file.
pub fn read(source: &SourceText) -> Reading {
    let mut reader = Reader { source, at: Lines::default(), broken: 0, reading: Reading::default() };
    let text = source.text.as_str();
    let mut from = 0;
    while !text[from..].trim_start().is_empty() {
        let rest = &text[from..];
        let next = if rest.trim_start().starts_with('[') {
            let mut lists = serde_json::Deserializer::from_str(rest).into_iter::<List<Object<Dump>>>();
            lists.next().map(|list| list.map(|list| (list.items, lists.byte_offset())))
        } else {
            let mut objects = serde_json::Deserializer::from_str(rest).into_iter::<Object<Dump>>();
            objects.next().map(|object| object.map(|object| (vec![object], objects.byte_offset())))
        };
        match next {
            None => break,
            Some(Ok((dumps, length))) => {
                from += length;
                dumps.into_iter().filter_map(|dump| dump.0).for_each(|dump| reader.dump(&dump, None));
            }
            Some(Err(error)) => {
                let Some(next) = reader.broken(&error, from) else { break };
                from = next;
            }
        }
    }
    reader.reading
}

/// A file being read.
struct Reader<'a> {
    source: &'a SourceText,
    at: Lines,
    broken: usize,
    reading: Reading,
}

impl Reader<'_> {
    /// Tells what is no JSON; where the next object begins, in a file of one a line.
    fn broken(&mut self, error: &serde_json::Error, from: usize) -> Option<usize> {
        let text = &self.source.text[from..];
        let line_start = (1..error.line()).try_fold(0, |at, _| Some(at + text[at..].find('\n')? + 1)).unwrap_or(0);
        let at = text[line_start..].char_indices().nth(error.column().saturating_sub(1)).map_or(text.len(), |(at, _)| line_start + at);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        let what = if error.is_eof() { "the file ends in the middle of it" } else { message };
        let place = self.source.place_of(&text[at.min(text.len())..]);
        self.problem(Problem::error(place, format!("not valid JSON: {what}")).hint("fetch it anew with yt-dlp"));
        self.broken += 1;
        if self.broken == MOST_BROKEN {
            self.problem(Problem::error(self.source.place.clone(), "too much of the file is no JSON; the rest is not read"));
            return None;
        }
        let first = from + (text.len() - text.trim_start().len());
        memmem::find(&self.source.text.as_bytes()[first..], b"\n{").map(|next| first + next + 1)
    }

    /// A playlist with all in it, or a video.
    fn dump(&mut self, dump: &Dump, within: Option<&Playlist>) {
        let is_list = !dump.entries.items.is_empty() || dump.entries.wrong || matches!(dump.kind.get(), Some("playlist" | "multi_video"));
        if !is_list {
            return self.video(dump, within);
        }
        if dump.entries.wrong {
            let place = self.place(dump);
            self.problem(Problem::error(place, "the playlist's `entries` are no list; its videos are left out"));
        }
        let list = Playlist::of(dump, within);
        self.playlist(dump, &list);
    }

    fn problem(&mut self, problem: Problem) {
        self.reading.problems.push(problem);
    }

    /// Where a video or playlist begins, as far as that can be told: where its id or its title stands.
    fn place(&mut self, dump: &Dump) -> Place {
        let borrowed = |text: &dump::Text| match text {
            dump::Text::Is(std::borrow::Cow::Borrowed(text)) => Some(text.as_ptr() as usize),
            _ => None,
        };
        let start = self.source.text.as_ptr() as usize;
        let found = [&dump.id, &dump.title, &dump.webpage_url, &dump.url].into_iter().find_map(borrowed);
        let offset = found.and_then(|at| at.checked_sub(start)).filter(|at| *at < self.source.text.len());
        offset.map_or_else(|| self.source.place.clone(), |at| self.at.place(self.source, at))
    }
}

/// Counts lines and columns from where it last stood: a dump of thousands of videos is often one line of many megabytes.
#[derive(Default)]
struct Lines {
    offset: usize,
    line: u32,
    column: u32,
}

impl Lines {
    fn place(&mut self, source: &SourceText, offset: usize) -> Place {
        if offset < self.offset {
            *self = Lines::default();
        }
        let between = source.text.as_bytes().get(self.offset..offset).unwrap_or_default();
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let letters = |bytes: &[u8]| small(bytes.iter().filter(|b| (**b & 0xc0) != 0x80).count());
        match memchr::memrchr(b'\n', between) {
            Some(last) => {
                self.line = self.line.saturating_add(small(memchr::memchr_iter(b'\n', between).count()));
                self.column = letters(&between[last + 1..]);
            }
            None => self.column = self.column.saturating_add(letters(between)),
        }
        self.offset = offset;
        source.place.at(self.line.saturating_add(1), self.column.saturating_add(1))
    }
}

#[cfg(test)]
mod tests;
