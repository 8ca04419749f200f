//! The paragraph that introduces a talk: who, from where, about what, at which second.

mod remark;
mod several;

use super::body::{Anchor, Prose};
use super::lexicon::{Lexicon, prefix_len};
use super::people::{Found, Person, Reader, Roster, Shape};
use super::title;
use super::tokens::{Token, tokens};
use crate::domain::{Cue, Link, Origin, Recording};
use remark::Remark;
pub use several::read_all;
use std::ops::Range;

/// What a paragraph says of a talk.
#[derive(Debug)]
pub struct Introduction {
    /// Who gave it.
    pub people: Vec<Person>,
    /// What it is called, and how sure that is.
    pub title: Option<(String, Origin)>,
    /// Does the link that holds the title look like a talk's?
    pub title_linked: bool,
    /// The video it lies in, if linked here.
    pub recording: Option<Recording>,
    /// The second that the link goes to.
    pub linked: Option<Cue>,
    /// The second that is printed.
    pub printed: Option<Cue>,
    /// How the people were read.
    pub shape: Option<Shape>,
    /// What is odd in the wording.
    pub oddities: Vec<String>,
}

impl Introduction {
    /// A second is a sign that no other paragraph has.
    pub fn has_cue(&self) -> bool {
        self.linked.is_some() || self.printed.is_some()
    }

    /// A title in a link to a video, or in quotation marks in a link to a page, by people who are surely people.
    pub fn is_stated(&self) -> bool {
        self.title_linked && self.shape.is_some_and(|shape| shape < Shape::Capitals)
    }
}

/// Does a text tell a second, in a link or in print?
pub fn tells_second(prose: &Prose) -> bool {
    let linked = prose.links.iter().any(|a| Link::parse(&a.url).is_ok_and(|l| l.start.is_some()));
    linked || remark::first(prose, &tokens(&prose.text)).is_some()
}

/// Reads a paragraph as the introduction of a talk. `None` if it names neither a person nor a second.
pub fn read(prose: &Prose, lexicon: &Lexicon, roster: &Roster) -> Option<Introduction> {
    let words = tokens(&prose.text);
    let reader = Reader { text: &prose.text, tokens: &words, lexicon, roster };
    let remark = remark::first(prose, &words);
    let cue_at = remark.as_ref().map_or(prose.text.len(), |r| r.range.start);
    let video = video_title(prose, &words);
    // A title may read like `Security from Scratch`, so people are looked for beside it, before it first.
    let found = match video {
        Some(anchor) => reader.people(0..anchor.range.start).or_else(|| reader.people(anchor.range.end..prose.text.len())),
        // Where a line begins with its second, the people stand behind it.
        None => reader.people(0..cue_at).or_else(|| reader.people(remark.as_ref()?.range.end..prose.text.len())),
    };
    let with_second = |a: &Anchor| Link::parse(&a.url).ok().filter(|link| link.start.is_some());
    let linked = video.and_then(with_second).or_else(|| prose.links.iter().find_map(with_second));
    if found.is_none() && linked.is_none() && remark.is_none() {
        return None;
    }
    let at = |i: usize| words.get(i).map_or(0, |t| t.start);
    let first = found.as_ref().map_or(0, |f| at(f.first));
    let behind = found.as_ref().and_then(|f| words.get(f.after.checked_sub(1)?)).map_or(0, |t| t.end + t.trail.len());
    let before = found.as_ref().filter(|f| f.shape == Shape::Pair).map_or(0, |f| at(f.first));
    let page = found.as_ref().filter(|_| video.is_none()).and_then(|_| page_title(prose, &words, before, behind));
    let title = if let Some(anchor) = video.or(page) {
        Some((label_as_title(prose, anchor, cue_at), Origin::Stated))
    } else {
        prose_title(&prose.text, first..behind, remark.as_ref()).map(|t| (t, Origin::Guessed))
    };
    let target = linked.clone().or_else(|| video.and_then(|a| Link::parse(&a.url).ok()));
    let mut introduction = Introduction {
        people: found.as_ref().map(|f| f.people.clone()).unwrap_or_default(),
        title: title.filter(|(t, _)| !t.is_empty()),
        title_linked: video.is_some() || page.is_some_and(|a| is_told(prose, &words, a, found.as_ref(), lexicon)),
        recording: target.map(|l| l.recording).or_else(|| page.and_then(|a| Recording::page(&a.url))),
        linked: linked.and_then(|l| l.start),
        printed: remark.map(|r| r.cue),
        shape: found.as_ref().map(|f| f.shape),
        oddities: Vec::new(),
    };
    if found.is_some_and(|f| f.company_missing) {
        company_in_title(&mut introduction, lexicon);
    }
    Some(introduction)
}

/// `Xavier from who asked about Nectar Sharing Apps`: a company that the post announces stands at the head of the title.
fn company_in_title(introduction: &mut Introduction, lexicon: &Lexicon) {
    introduction.oddities.push("no company stands after \"from\"".to_owned());
    let Some((title, origin)) = &mut introduction.title else { return };
    let company = lexicon
        .announced()
        .iter()
        .filter(|name| prefix_len(title, name).is_some_and(|len| len < title.len()))
        .max_by_key(|name| name.len());
    let Some(company) = company else { return };
    *title = title::tidy(&title[prefix_len(title, company).unwrap_or(0)..]);
    *origin = Origin::Guessed;
    for person in introduction.people.iter_mut().filter(|p| p.company.is_none()) {
        person.company = Some(company.clone());
        person.company_origin = Origin::Guessed;
    }
    introduction.oddities.push(format!("{company:?} is taken for the company, not for a part of the title"));
}

/// A title that no link holds: between the people and the second, else behind the second, else before the people.
fn prose_title(text: &str, people: Range<usize>, remark: Option<&Remark>) -> Option<String> {
    let Some(remark) = remark else { return title::in_prose(text, people.end, text.len()) };
    // The bracket may have counted as the end of the people.
    let (from, to) = (remark.range.start, remark.range.end);
    let start = people.end.min(from);
    let between = if from >= people.start { title::in_prose(text, start + aside(&text[start..from]), from) } else { None };
    between
        .or_else(|| title::in_prose(text, to.max(people.end), text.len()).filter(|_| !people.is_empty()))
        .or_else(|| title::before_people(&text[..people.start]))
}

/// Bytes of what is put in about the people: `, a famous rower, discussing`.
fn aside(text: &str) -> usize {
    let words = tokens(text);
    let opens = words.first().is_some_and(|t| matches!(t.word, "a" | "an" | "the"));
    let end = words.iter().take(8).find(|t| t.trail.starts_with([',', ')'])).filter(|_| opens);
    end.map_or(0, |t| t.end + t.trail.len())
}

/// The words of a link as a title, without the second that may stand in them.
fn label_as_title(prose: &Prose, anchor: &Anchor, cue_at: usize) -> String {
    let end = if anchor.range.contains(&cue_at) { cue_at } else { anchor.range.end };
    title::tidy(&prose.text[anchor.range.start..end])
}

/// The link to a recording whose words are the title.
fn video_title<'a>(prose: &'a Prose, words: &[Token]) -> Option<&'a Anchor> {
    prose.links.iter().filter(|a| is_title_like(prose.label(a)) && !speaks_of_slides(prose, words, a)).find(|a| Link::parse(&a.url).is_ok())
}

/// The link to a page whose words are the title: the first behind the people in their sentence, else one before them.
fn page_title<'a>(prose: &'a Prose, words: &[Token], before: usize, behind: usize) -> Option<&'a Anchor> {
    let readable = |a: &&Anchor| is_title_like(prose.label(a)) && !speaks_of_slides(prose, words, a) && Recording::page(&a.url).is_some();
    let mut after = prose.links.iter().filter(|a| a.range.start >= behind && same_sentence(words, behind, a.range.start));
    let long = |a: &&Anchor| prose.label(a).split_whitespace().count() > 2 && same_sentence(words, a.range.end, before);
    after.find(readable).or_else(|| prose.links.iter().filter(|a| a.range.end <= before).filter(readable).find(long))
}

/// Is a page's title surely a talk's: in quotation marks, or what somebody from an announced company spoke about?
fn is_told(prose: &Prose, words: &[Token], page: &Anchor, found: Option<&Found>, lexicon: &Lexicon) -> bool {
    let announced = |p: &Person| p.company.as_ref().is_some_and(|c| lexicon.announced().contains(c));
    let before: Vec<&str> = words.iter().filter(|t| t.end <= page.range.start).map(|t| t.word).collect();
    let quoted = prose.label(page).starts_with(['"', '“', '‘']);
    quoted || (found.is_some_and(|f| f.people.iter().any(announced)) && title::leads_up(&before))
}

/// A label such as `here` or `his slides` is no title, nor is a bare address.
fn is_title_like(label: &str) -> bool {
    const GENERIC: [&str; 24] = [
        "here",
        "slides",
        "his slides",
        "her slides",
        "their slides",
        "the slides",
        "slide deck",
        "video",
        "recording",
        "watch",
        "watch here",
        "watch it here",
        "link",
        "this link",
        "blog",
        "blog post",
        "blogpost",
        "his blogpost",
        "her blogpost",
        "website",
        "github",
        "repo",
        "youtube",
        "twitter",
    ];
    !label.is_empty() && !remark::is_only(label) && !label.contains("://") && !GENERIC.contains(&label.to_lowercase().as_str())
}

fn speaks_of_slides(prose: &Prose, words: &[Token], anchor: &Anchor) -> bool {
    let label = prose.label(anchor).to_lowercase();
    let before = words.iter().rev().find(|t| t.end <= anchor.range.start);
    label.split_whitespace().count() <= 3 && (label.contains("slides") || before.is_some_and(|t| t.word == "slides"))
}

/// Does no sentence end between two bytes?
fn same_sentence(words: &[Token], from: usize, to: usize) -> bool {
    !words.iter().filter(|t| t.start >= from && t.end <= to).any(Token::ends_sentence)
}

#[cfg(test)]
mod tests;
