//! `cuepoint import`: a blog's write-ups, or any other source, as native event files.

use super::Exit;
use super::output::{Output, count, tell, tell_raw, write_atomically};
use super::sources::Sources;
use crate::domain::link::is_web_address;
use crate::domain::{Catalogue, EventDraft, Problem, Severity};
use crate::source::{self, SourceText, native};
use crate::text::{reason, slug};
use anyhow::Context;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Posts, or folders of them.
    #[arg(value_name = "POSTS", required = true)]
    pub posts: Vec<PathBuf>,
    /// The folder to write to: one file an event, as `<series>/<date>.yml`.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The address of each post, with `{file}` where its file's name belongs.
    #[arg(long, value_name = "TEMPLATE")]
    post_url: Option<String>,
    /// Write over files that differ; keys in them that are not ours are kept.
    #[arg(long)]
    overwrite: bool,
}

/// What became of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Written,
    Unchanged,
    LeftAlone,
}

/// Reads the sources and writes an event file for each event in them.
pub fn run(args: &Args, sources: &Sources, out: &mut Output) -> anyhow::Result<Exit> {
    if let Some(template) = &args.post_url
        && !(template.contains("{file}") && is_web_address(&template.replace("{file}", "x")))
    {
        anyhow::bail!("--post-url `{template}` is no web address with {{file}} in it; write it as https://example.org/posts/{{file}}");
    }
    let (files, problems) = source::read(&sources.list);
    let (mut drafts, mut problems) = source::drafts(&sources.list, files, problems);
    problems.extend(Catalogue::build(drafts.clone()).1);
    tell_problems(&mut problems);
    let failed = problems.iter().any(|p| p.severity == Severity::Error);
    if drafts.is_empty() {
        return Ok(if failed { Exit::Failure } else { Exit::Findings });
    }
    let outcomes = write_all(&mut drafts, args)?;
    let of = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let (written, unchanged, left) = (of(Outcome::Written), of(Outcome::Unchanged), of(Outcome::LeftAlone));
    out.line(&format!("{} written, {unchanged} unchanged, {left} left alone", count(written, "file")))?;
    Ok(if left == 0 && !failed { Exit::Done } else { Exit::Findings })
}

/// Every problem, except notes: an import is done once, and then is the time to look.
fn tell_problems(problems: &mut Vec<Problem>) {
    problems.retain(|p| p.severity != Severity::Note);
    problems.sort();
    for problem in problems {
        tell_raw(&format!("{problem}\n"));
    }
}

fn write_all(drafts: &mut [EventDraft], args: &Args) -> anyhow::Result<Vec<Outcome>> {
    let mut taken = BTreeSet::new();
    let mut outcomes = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(template) = &args.post_url {
            draft.event.url = Some(post_url(template, &draft.event.source.path));
        }
        let path = path_of(draft, &args.out);
        outcomes.push(if taken.insert(path.clone()) {
            write_event(draft, &path, args.overwrite)?
        } else {
            tell(&format!("{}: left out: another event has the same series and date, and so the same file", draft.event.source));
            Outcome::LeftAlone
        });
    }
    Ok(outcomes)
}

/// `<series>/<date>.yml`. A series without a letter still needs a folder.
fn path_of(draft: &EventDraft, out: &Path) -> PathBuf {
    let series = Some(slug(&draft.event.series)).filter(|s| !s.is_empty()).unwrap_or_else(|| "series".to_owned());
    out.join(series).join(format!("{}.yml", draft.event.date))
}

/// The template with a file's name, percent-encoded, in place of `{file}`.
fn post_url(template: &str, path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let encode = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = name.bytes().map(encode).collect();
    template.replace("{file}", &encoded)
}

fn write_event(draft: &EventDraft, path: &Path, overwrite: bool) -> anyhow::Result<Outcome> {
    let shown = path.display();
    let old = match fs::read_to_string(path) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => anyhow::bail!("{shown} cannot be read: {}", reason(&error)),
    };
    let new = native::to_yaml(draft, old.as_deref());
    match old {
        Some(old) if old == new => return Ok(Outcome::Unchanged),
        Some(_) if !overwrite => {
            tell(&format!("{shown} differs from what would be written and is left alone (--overwrite writes over it)"));
            return Ok(Outcome::LeftAlone);
        }
        // What somebody added to it could not be kept.
        Some(old) if !is_event(&old, path) => {
            tell(&format!("{shown} cannot be read as an event and is left alone (mend it, or move it away)"));
            return Ok(Outcome::LeftAlone);
        }
        _ => {}
    }
    write_atomically(path, new.as_bytes())
        .map_err(|error| anyhow::anyhow!("{}", reason(&error)))
        .with_context(|| format!("{shown} cannot be written"))?;
    Ok(Outcome::Written)
}

fn is_event(text: &str, path: &Path) -> bool {
    let source = SourceText { place: crate::domain::Place::of(path), text: text.replace("\r\n", "\n") };
    !native::read(&source).drafts.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_has_the_address_of_its_file() {
        assert_eq!(post_url("https://a.example/{file}", "_posts/2020-12-02-a b#c.md"), "https://a.example/2020-12-02-a%20b%23c.md");
    }
}
