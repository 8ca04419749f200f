//! `cuepoint notes`: what the user wrote about talks, as Markdown with links to the seconds it is about.

use super::Exit;
use super::library::opened;
use super::load::quoted;
use super::output::{Output, count, write_atomically};
use crate::domain::link::is_web_address;
use crate::library::{Noted, NotedAt};
use crate::text::slug;
use anyhow::Context;
use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What `notes` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

/// What can be done with notes.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write all notes as Markdown: a heading a talk, each note with a link to its second.
    Export {
        /// The file to write, or a folder that gets a file a talk; standard output, if neither is named.
        #[arg(long, value_name = "DIR|FILE")]
        out: Option<PathBuf>,
    },
}

/// Does it.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let Command::Export { out: to } = &args.command;
    let Some(library) = opened()? else { return Ok(Exit::Findings) };
    let talks = library.notes()?;
    if talks.is_empty() {
        super::output::tell("no notes are kept yet");
        return Ok(Exit::Findings);
    }
    let Some(to) = to else {
        out.writer().write_all(pages(&talks).as_bytes())?;
        return Ok(Exit::Done);
    };
    let write =
        |path: &Path, text: &str| write_atomically(path, text.as_bytes()).with_context(|| format!("{} cannot be written", path.display()));
    if to.is_dir() || to.as_os_str().as_encoded_bytes().ends_with(b"/") {
        let mut taken = HashSet::new();
        for talk in &talks {
            write(&to.join(file_name(&talk.id, &mut taken)), &page(talk))?;
        }
    } else {
        write(to, &pages(&talks))?;
    }
    out.line(&format!("notes on {} written to {}", count(talks.len(), "talk"), quoted(to)))?;
    Ok(Exit::Done)
}

fn pages(talks: &[Noted]) -> String {
    talks.iter().map(page).collect::<Vec<_>>().join("\n")
}

/// A talk's notes.
fn page(talk: &Noted) -> String {
    let title = escaped(&talk.title);
    let title = linked(title, talk.url.as_deref());
    let by = if talk.by.is_empty() { String::new() } else { format!("{}, ", escaped(&talk.by)) };
    let notes: String = talk.notes.iter().map(note).collect();
    format!("# {title}\n\n{by}{}\n{notes}", escaped(&talk.event))
}

/// A note is Markdown already.
fn note(NotedAt { note, url }: &NotedAt) -> String {
    let lead = note.at.map(|at| linked(at.to_string(), url.as_deref()) + "\n\n").unwrap_or_default();
    format!("\n{lead}{}\n", note.text)
}

/// A text of one line in which nothing is Markdown.
fn escaped(text: &str) -> String {
    let special = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

/// Markdown that leads to an address of the web, if that is one: lines that are imported may say anything.
fn linked(text: String, url: Option<&str>) -> String {
    match url.filter(|url| is_web_address(url)) {
        Some(url) => format!("[{text}]({})", target(url)),
        None => text,
    }
}

/// An address that ends where its link does.
fn target(url: &str) -> String {
    url.replace('(', "%28").replace(')', "%29").replace(' ', "%20").replace('<', "%3C").replace('>', "%3E")
}

/// A name of letters, digits and `-` for a talk's file, that no talk before it has.
fn file_name(id: &str, taken: &mut HashSet<String>) -> String {
    let slug: String = slug(id).chars().take(120).collect();
    let slug = if slug.is_empty() { "talk".to_owned() } else { slug };
    let names = (1..).map(|number| if number == 1 { format!("{slug}.md") } else { format!("{slug}-{number}.md") });
    names.into_iter().find(|name| taken.insert(name.clone())).expect("there are more numbers than talks")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_breaks_its_heading() {
        let talk = Noted {
            id: "a".into(),
            title: "[x](y) # *z*".into(),
            by: "Ann_Lee".into(),
            event: "Boat Nights, 2024-05-01".into(),
            url: Some("https://a.example/x(1)".into()),
            notes: Vec::new(),
        };
        assert_eq!(page(&talk), "# [\\[x\\](y) \\# \\*z\\*](https://a.example/x%281%29)\n\nAnn\\_Lee, Boat Nights, 2024-05-01\n");
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        for address in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "talks/a.mp4", ""] {
            assert_eq!(linked("10:00".into(), Some(address)), "10:00", "{address}");
        }
        assert_eq!(linked("10:00".into(), Some("https://a.example/")), "[10:00](https://a.example/)");
    }

    #[test]
    fn every_talk_has_its_own_file() {
        let mut taken = HashSet::new();
        assert_eq!(["../a", "a", "??"].map(|id| file_name(id, &mut taken)), ["a.md", "a-2.md", "talk.md"]);
    }
}
