//! One post as one event: which paragraphs are talks, what belongs to each, and what the rest says of the evening.

mod evidence;
mod headline;
mod surroundings;
mod talks;

use super::body::{Block, BlockKind, Prose, blocks};
use super::front_matter::Post;
use super::lexicon::{Lexicon, after_speakers_from};
use super::people::{Person, Reader, Roster, names_in_label};
use super::tokens::tokens;
use super::{next, sponsors};
use crate::domain::{Event, EventDraft, Link, NextMeetup, Origin, Place, Problem, Talk};
use headline::Headline;
use jiff::civil::Date;

/// Reads a post. `None` if it writes up no meetup.
pub fn read(post: &Post) -> (Option<EventDraft>, Vec<Problem>) {
    let Some(date) = post.date else {
        return (None, Vec::new());
    };
    let all = blocks(&post.body);
    let mut reading = Reading { post, problems: Vec::new(), lexicon: Lexicon::default(), roster: Roster::default() };
    let headline = Headline::of(&post.title, date);
    let end = announcement(&all).unwrap_or(all.len());
    let next = all[end..].iter().filter_map(prose).find(|p| next::announces(p)).map(|p| reading.next(p, date, &all[end]));
    reading.learn(&all[..end], headline.as_ref());
    let mut talks = reading.talks(&all[..end]);
    let told = Evidence {
        headline: headline.is_some(),
        tagged: post.tags.iter().any(|t| t.eq_ignore_ascii_case("meetup")),
        next: next.as_ref(),
        speaks: post.description.iter().chain([&post.body]).any(|text| text.to_lowercase().contains("meetup")),
        talks: &talks,
    };
    if !told.is_event() {
        return (None, Vec::new());
    }
    let series = headline.as_ref().map_or_else(|| post.title.clone(), |h| h.series.clone());
    let mut event = Event::new(series, post.title.clone(), date, post.place.at(1, 1));
    event.location.clone_from(&post.location);
    event.host = reading.host(&all[..end]);
    event.venue = reading.venue(&all[..end]);
    event.recording = post.recording.clone().or_else(|| talks::recording_in_body(&all[..end], &talks));
    for found in talks.iter_mut().filter(|f| f.talk.recording.is_none()) {
        found.talk.recording.clone_from(&event.recording);
    }
    event.sponsors = reading.sponsors(&all[..end]);
    event.tags = post.tags.iter().filter(|t| t.parse::<u16>().is_err()).cloned().collect();
    event.images = images(post, &all);
    event.description = opening(&all[..end], &talks);
    event.next = next;
    reading.check_month(headline.as_ref(), date);
    let talks = talks.into_iter().map(|t| t.talk).collect();
    (Some(EventDraft { event, talks }), reading.problems)
}

/// May a post of that title and those tags write up a meetup? A cheap question, asked of posts about one talk, whose transcripts
/// are long; those that say nothing of the kind are not read as write-ups.
pub fn is_announced(title: &str, tags: &[String], date: Date) -> bool {
    tags.iter().any(|tag| tag.eq_ignore_ascii_case("meetup")) || Headline::of(title, date).is_some()
}

/// What speaks for a post being the write-up of a meetup.
struct Evidence<'a> {
    headline: bool,
    tagged: bool,
    /// The word `meetup` occurs.
    speaks: bool,
    next: Option<&'a NextMeetup>,
    talks: &'a [Found],
}

impl Evidence<'_> {
    fn is_event(&self) -> bool {
        let announced = self.next.is_some_and(|n| n.rsvp.is_some());
        let cues = self.talks.iter().filter(|t| t.talk.span.start.is_some()).count();
        // A month in the title and one second do not yet tell a meetup from a podcast.
        let by_title = self.headline && (self.tagged || announced || cues > 1 || (cues > 0 && self.speaks));
        let by_body = (self.tagged && (announced || cues > 0)) || (announced && cues > 1);
        !self.talks.is_empty() && (by_title || by_body)
    }
}

/// A talk and the first block of its part of the post.
struct Found {
    talk: Talk,
    block: usize,
}

/// A post while it is read.
struct Reading<'a> {
    post: &'a Post,
    problems: Vec<Problem>,
    lexicon: Lexicon,
    roster: Roster,
}

fn prose(block: &Block) -> Option<&Prose> {
    match &block.kind {
        BlockKind::Heading(prose) | BlockKind::Paragraph(prose) => Some(prose),
        BlockKind::List(_) | BlockKind::Html(_) => None,
    }
}

fn paragraph(block: &Block) -> Option<&Prose> {
    match &block.kind {
        BlockKind::Paragraph(prose) => Some(prose),
        BlockKind::Heading(_) | BlockKind::List(_) | BlockKind::Html(_) => None,
    }
}

/// The block at which the announcement of the next meetup begins: its paragraph, or the heading above it.
fn announcement(all: &[Block]) -> Option<usize> {
    let at = all.iter().rposition(|b| paragraph(b).is_some_and(next::announces))?;
    let heading = at.checked_sub(1).filter(|h| matches!(all[*h].kind, BlockKind::Heading(_)));
    Some(heading.unwrap_or(at))
}

/// Every picture of the post, the one at its head first.
fn images(post: &Post, all: &[Block]) -> Vec<String> {
    let mut images: Vec<String> = post.image.iter().cloned().collect();
    for url in all.iter().filter_map(prose).flat_map(|p| &p.pictures).map(|p| &p.url) {
        if !images.contains(url) {
            images.push(url.clone());
        }
    }
    images
}

/// What the post says before its first talk, thanks left out.
fn opening(all: &[Block], talks: &[Found]) -> Option<String> {
    let end = talks.first().map_or(all.len(), |t| t.block);
    let paragraphs = all[..end].iter().filter_map(paragraph).filter(|p| !p.text.trim().is_empty() && !sponsors::thanks_sponsors(&p.text));
    let text: Vec<&str> = paragraphs.map(|p| p.markdown.as_str()).collect();
    (!text.is_empty()).then(|| text.join("\n\n"))
}

impl Reading<'_> {
    fn place(&self, at: usize) -> Place {
        let before = &self.post.body[..at.min(self.post.body.len())];
        let line = u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        self.post.place.at(self.post.body_line.saturating_add(line), u32::try_from(column + 1).unwrap_or(u32::MAX))
    }

    fn warn(&mut self, at: usize, message: impl Into<String>) {
        let place = self.place(at);
        self.problems.push(Problem::warning(place, message));
    }

    fn next(&mut self, prose: &Prose, date: Date, block: &Block) -> NextMeetup {
        let (next, oddity) = next::read(prose, date);
        if let Some(oddity) = oddity {
            self.warn(block.at, oddity);
        }
        next
    }

    /// Learns names from the title, the description, lists of speakers, thanks and pictures.
    fn learn(&mut self, all: &[Block], headline: Option<&Headline>) {
        if let Some(headline) = headline {
            self.lexicon.announce(&headline.companies);
        }
        let description = self.post.description.clone().unwrap_or_default();
        for text in std::iter::once(description.as_str()).chain(all.iter().filter_map(paragraph).map(|p| p.text.as_str())) {
            if let Some(list) = after_speakers_from(text) {
                self.lexicon.announce(list);
            }
        }
        for sponsor in all.iter().filter_map(paragraph).flat_map(sponsors::read) {
            self.lexicon.add(sponsor.label);
        }
        for (block, prose) in all.iter().enumerate().filter_map(|(i, b)| Some((i, paragraph(b)?))) {
            for person in self.list_of_speakers(prose, all.get(block + 1)) {
                self.roster.add(person);
            }
        }
        for picture in all.iter().filter_map(prose).flat_map(|p| &p.pictures) {
            for person in names_in_label(&picture.label) {
                self.roster.add(person);
            }
        }
        self.roster.author = self.author();
    }

    /// The people of `three speakers: A from X, B from Y, and C from Z`, a paragraph that introduces no talk.
    fn list_of_speakers(&self, prose: &Prose, following: Option<&Block>) -> Vec<Person> {
        let listed = following.is_some_and(|b| matches!(b.kind, BlockKind::List(_)));
        let video = prose.links.iter().any(|a| Link::parse(&a.url).is_ok());
        let quoted = prose.links.iter().any(|a| prose.label(a).starts_with(['"', '“', '‘']));
        if listed || video || quoted {
            return Vec::new();
        }
        let words = tokens(&prose.text);
        let reader = Reader { text: &prose.text, tokens: &words, lexicon: &self.lexicon, roster: &self.roster };
        let people = reader.pairs(0..words.len()).map(|found| found.people).unwrap_or_default();
        if people.len() < 2 { Vec::new() } else { people }
    }

    /// Who signs the post: `Ann (@ann)`, with surname and company from the description.
    fn author(&self) -> Option<Person> {
        let description = self.post.description.as_deref()?;
        let signature =
            self.post.body.lines().rev().find_map(|line| line.trim().split_once(" (@")).map(|(name, _)| name.trim().to_owned())?;
        let words = tokens(description);
        let at = words.iter().position(|t| t.word == signature)?;
        let last = (at + 1..words.len()).find(|i| !words[i - 1].flows_on() || !words[*i].is_name_word()).unwrap_or(words.len());
        let name = &description[words[at].start..words[last - 1].end];
        let reader = Reader { text: description, tokens: &words, lexicon: &self.lexicon, roster: &self.roster };
        let company =
            (last..words.len()).filter(|i| words[*i].word == "at").find_map(|i| reader.company_after(i + 1)).map(|(company, _)| company);
        Some(Person { name: name.to_owned(), name_origin: Origin::Derived, company, company_origin: Origin::Derived })
    }

    /// The title's month and the day of the post are written by hand, and drift apart.
    fn check_month(&mut self, headline: Option<&Headline>, date: jiff::civil::Date) {
        let Some(headline) = headline.filter(|h| (h.month, h.year) != (date.month(), date.year())) else { return };
        let message = format!("the title says {:02}/{}, the post is of {date}", headline.month, headline.year);
        self.problems.push(Problem::warning(self.post.title_place.clone(), message).hint("the post's date is taken"));
    }
}
