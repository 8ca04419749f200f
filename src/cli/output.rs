//! Writing: to stdout through one locked buffer, to stderr line by line, in colour only where that is wanted.

use crate::open::hyperlink;
use crate::text;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::Path;

/// For whom something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Columns beyond which lines are tiring to read.
pub const READABLE: usize = 100;

/// What a piece of text is, and so how it is set off. Sixteen-colour codes: the terminal's own theme decides the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// As it is.
    Plain,
    /// A title.
    Strong,
    /// Beside the point.
    Faint,
    /// A cue or a link.
    Link,
    /// Something was lost.
    Error,
    /// Something is doubtful.
    Warning,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Strong => "\x1b[1m",
            Ink::Faint => "\x1b[2m",
            Ink::Link => "\x1b[36m",
            Ink::Error => "\x1b[31m",
            Ink::Warning => "\x1b[33m",
        }
    }
}

/// Standard output, and what is known of the terminal behind it.
#[derive(Debug)]
pub struct Output {
    writer: BufWriter<StdoutLock<'static>>,
    columns: Option<usize>,
    dumb: bool,
    colours: bool,
}

impl Output {
    /// Writes a value as JSON, for programs.
    ///
    /// # Errors
    /// Nobody reads any more, or there is no room.
    pub fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.writer, value)?;
        self.writer.write_all(b"\n")
    }

    /// Locks stdout. Colours need a terminal that can show them and a user who wants them.
    pub fn stdout(no_color: bool) -> Output {
        let stdout = io::stdout();
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let dumb = set("TERM").is_some_and(|term| term == "dumb");
        let width = || terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        let columns = stdout.is_terminal().then(width);
        let colours = columns.is_some() && !dumb && !no_color && set("NO_COLOR").is_none();
        Output { writer: BufWriter::new(stdout.lock()), columns, dumb, colours }
    }

    /// Columns of the terminal; `None` where the output goes elsewhere.
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Can a screen be drawn here?
    pub fn can_draw(&self) -> bool {
        self.columns.is_some() && !self.dumb
    }

    /// Is anything shown in colour?
    pub fn has_colours(&self) -> bool {
        self.colours
    }

    /// A text set off as what it is, where colours are shown.
    pub fn ink(&self, ink: Ink, text: &str) -> String {
        if self.colours && ink != Ink::Plain && !text.is_empty() { format!("{}{text}\x1b[0m", ink.code()) } else { text.to_owned() }
    }

    /// A link; the terminal can open it where it shows more than plain text.
    pub fn link(&self, url: &str) -> String {
        if self.colours { self.ink(Ink::Link, &hyperlink::around(url, url)) } else { url.to_owned() }
    }

    /// Is there a terminal that does more than show text, at either output?
    pub fn can_steer(&self) -> bool {
        !self.dumb && (self.columns.is_some() || io::stderr().is_terminal())
    }

    /// Writes bytes that tell the terminal something, to the output that is one; `false` where there is none.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn steer(&mut self, bytes: &[u8]) -> io::Result<bool> {
        if !self.can_steer() {
            return Ok(false);
        }
        if self.columns.is_some() {
            self.writer.write_all(bytes)?;
            self.writer.flush()?;
        } else {
            io::stderr().write_all(bytes)?;
        }
        Ok(true)
    }

    /// Writes a line.
    ///
    /// # Errors
    /// Nobody reads any more, or there is no room.
    pub fn line(&mut self, line: &str) -> io::Result<()> {
        self.writer.write_all(line.as_bytes())?;
        self.writer.write_all(b"\n")
    }

    /// The writer itself, for what writes in its own way.
    pub fn writer(&mut self) -> &mut impl Write {
        &mut self.writer
    }

    /// Hands over what is still in the buffer; without this, a failure to write would go unseen.
    ///
    /// # Errors
    /// Nobody reads any more, or there is no room.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Says something to the person at the terminal: one line on stderr.
pub fn tell(line: &str) {
    tell_raw(&format!("cuepoint: {}\n", text::clean_line(line)));
}

/// Writes a text that is already safe to stderr. If nobody listens there, nothing can be done about it.
pub fn tell_raw(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Whoever reads the file sees the old text or the new one, never a part, whatever happens in between.
///
/// # Errors
/// It cannot be written; what was there is still there.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::File::create(&draft)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // The failure itself is what is told; a draft that stays behind too is the lesser matter.
        let _ = fs::remove_file(&draft);
    }
    written
}

/// `1 talk`, `2 talks`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Breaks a line between words so that none is wider than `columns`; a longer word stands alone, uncut.
pub fn wrap(line: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in line.split(' ') {
        match lines.last_mut() {
            Some(last) if last.is_empty() => last.push_str(word),
            Some(last) if text::width(last) + 1 + text::width(word) <= columns => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("東京 東京 x", 6), ["東京", "東京 x"]);
        assert_eq!(wrap("unbreakable x", 4), ["unbreakable", "x"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
