//! Posts of a Jekyll or Hugo site: an evening written up in prose, or one talk whose front matter says who spoke and where the
//! video is.
//!
//! A write-up is read by structure first (links, cues, lists, pictures, the shape of a sentence) and wording last, and what was
//! guessed says so. A post that tells of no talk gives none.

mod body;
mod front_matter;
mod keys;
mod lexicon;
mod next;
mod people;
mod sentence;
mod sponsors;
mod talk;
mod title;
mod tokens;
mod writeup;

use super::{Reading, SourceText};
use crate::domain::{Cue, Problem, Severity};
use front_matter::Syntax;
use keys::{Keys, Value};
use talk::TalkPost;

/// A file that begins with front matter. YAML files begin with a line of dashes too.
pub fn detect(source: &SourceText) -> bool {
    let ending = source.name().rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_data = ["yml", "yaml", "json", "xml", "toml"].iter().any(|e| ending.eq_ignore_ascii_case(e));
    !is_data && Syntax::of(&source.text).is_some()
}

/// Reads one post.
pub fn read(source: &SourceText) -> Reading {
    let Some(syntax) = Syntax::of(&source.text) else { return Reading::default() };
    let Some((front, body)) = syntax.cut(&source.text) else {
        let fence = source.text.get(..3).unwrap_or_default();
        return Reading { problems: vec![front_matter::endless(&source.place, fence)], ..Reading::default() };
    };
    let (keys, problem) = match syntax {
        Syntax::Yaml => yaml_keys(source, front),
        Syntax::Toml => toml_keys(source, front),
    };
    if source.name().starts_with("_index.") {
        // Its translations say the same in other words.
        let part = (source.name() == "_index.md").then(|| talk::index(source, &keys)).flatten();
        return Reading { parts: part.into_iter().collect(), problems: problem.into_iter().collect(), ..Reading::default() };
    }
    if let Some(part) = talk::page(source, &keys) {
        return Reading { parts: vec![part], problems: lost(problem), ..Reading::default() };
    }
    let Some(post) = TalkPost::of(source, &keys, front, body) else {
        return if syntax == Syntax::Yaml { read_writeup(source) } else { Reading { problems: lost(problem), ..Reading::default() } };
    };
    if syntax == Syntax::Yaml && may_be_writeup(&post, &keys, body) {
        let written = read_writeup(source);
        // An evening in prose tells more than its front matter: its own talks, each with its second.
        if written.drafts.iter().any(|draft| draft.talks.len() > 1 || !post.names_speakers()) {
            return written;
        }
    }
    let (part, found) = post.read();
    Reading { parts: vec![part], problems: problem.into_iter().chain(found).collect(), ..Reading::default() }
}

/// Is it worth to look for an evening in the prose of a post that has what one talk has?
fn may_be_writeup(post: &TalkPost, keys: &Keys, body: &str) -> bool {
    /// Write-ups have a tenth of it; what is longer is a transcript.
    const LONGEST: usize = 40_000;
    let tags: Vec<String> =
        keys.get("tags").map(Value::items).unwrap_or_default().iter().filter_map(Value::first).map(str::to_owned).collect();
    let announced = post.date().is_some_and(|date| writeup::is_announced(keys.text(&["title"]).unwrap_or_default(), &tags, date));
    let may_be = announced || (!post.names_speakers() && body.len() < LONGEST);
    may_be && !lists_chapters(body)
}

/// Do lines begin with a time, `[5:00] Introduction`? They are chapters of the video, and no prose.
fn lists_chapters(body: &str) -> bool {
    let is_chapter = |line: &&str| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | '-' | '*'));
        let end = line.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(line.len());
        line[..end].contains(':') && Cue::parse(&line[..end]).is_ok()
    };
    body.lines().filter(is_chapter).nth(1).is_some()
}

/// The keys of front matter; if it is not valid YAML, with every bare value in quotes, and what is wrong.
fn yaml_keys(source: &SourceText, front: &str) -> (Keys, Option<Problem>) {
    if let Some(keys) = Keys::of_yaml(front) {
        return (keys, None);
    }
    let problem = front_matter::parse(front, &source.place).1.pop();
    let keys = Keys::of_yaml(&front_matter::quote_values(front)).filter(|_| problem.is_some());
    (keys.unwrap_or_default(), problem)
}

fn toml_keys(source: &SourceText, front: &str) -> (Keys, Option<Problem>) {
    let error = match Keys::of_toml(front) {
        Ok(keys) => return (keys, None),
        Err(error) => error,
    };
    let at = error.span().and_then(|span| front.get(span.start..)).map_or_else(|| source.place.at(2, 1), |rest| source.place_of(rest));
    let problem = Problem::error(at, format!("not valid TOML: {}", error.message())).hint("check quotes and brackets here");
    (Keys::default(), Some(problem))
}

/// What kept a post from being read at all; what was only odd in one that is none of ours is nobody's concern.
fn lost(problem: Option<Problem>) -> Vec<Problem> {
    problem.into_iter().filter(|problem| problem.severity == Severity::Error).collect()
}

fn read_writeup(source: &SourceText) -> Reading {
    let (post, mut problems) = front_matter::split(source);
    let Some(post) = post else {
        return Reading { problems, ..Reading::default() };
    };
    let (draft, found) = writeup::read(&post);
    // What is odd in a post that writes up no meetup is nobody's concern here.
    if draft.is_some() {
        problems.extend(found);
    }
    Reading { drafts: draft.into_iter().collect(), problems, ..Reading::default() }
}
