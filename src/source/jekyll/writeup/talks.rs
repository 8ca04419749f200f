//! Which paragraphs are talks, and what belongs to each.

use super::super::body::{Anchor, Block, BlockKind, Prose};
use super::super::sentence::{self, Introduction};
use super::super::sponsors;
use super::super::tokens::{Token, tokens};
use super::evidence::{continues, introduces, title_above};
use super::{Found, Reading, paragraph, prose};
use crate::domain::{Field, Labelled, Link, Origin, Recording, Speaker, Status, Talk};
use crate::source::native::title_from_speakers;

impl Reading<'_> {
    /// Every talk, with what belongs to it.
    pub(super) fn talks(&mut self, all: &[Block]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for (i, block) in all.iter().enumerate() {
            for prose in self.candidates(block, all.get(i + 1)) {
                for introduction in sentence::read_all(prose, &self.lexicon, &self.roster) {
                    self.take(introduction, prose, all, i, &mut found);
                }
            }
        }
        for k in 0..found.len() {
            let end = found.get(k + 1).map_or(all.len(), |next| next.block);
            let start = found[k].block;
            self.belongings(&mut found[k].talk, &all[start..end]);
        }
        if found.is_empty() { self.speakers_alone() } else { found }
    }

    /// The texts of a block that may introduce talks: a paragraph, a heading with a second, the items of a list of talks.
    fn candidates<'a>(&self, block: &'a Block, following: Option<&Block>) -> Vec<&'a Prose> {
        match &block.kind {
            BlockKind::Paragraph(prose) => {
                let aside = sponsors::thanks_sponsors(&prose.text) || !self.list_of_speakers(prose, following).is_empty();
                if aside && !sentence::tells_second(prose) { Vec::new() } else { vec![prose] }
            }
            BlockKind::Heading(prose) if sentence::tells_second(prose) => vec![prose],
            BlockKind::List(items) => {
                let names_people = |item: &Prose| {
                    sentence::tells_second(item) && sentence::read(item, &self.lexicon, &self.roster).is_some_and(|r| !r.people.is_empty())
                };
                if items.len() > 1 && items.iter().all(names_people) { items.iter().collect() } else { Vec::new() }
            }
            BlockKind::Heading(_) | BlockKind::Html(_) => Vec::new(),
        }
    }

    /// Adds the talk that was introduced in the block `i`, if it is one.
    fn take(&mut self, mut introduction: Introduction, prose: &Prose, all: &[Block], i: usize, found: &mut Vec<Found>) {
        if introduction.has_cue() && introduction.people.is_empty() {
            match self.completed(prose, all, i, found) {
                Some(whole) => introduction = whole,
                None if continues(&introduction, prose, all, i, found) => return,
                None => {}
            }
        }
        // Behind a heading that follows talks stand offers and calls for papers: there only a second counts.
        let over = found.last().is_some_and(|last| all[last.block..i].iter().any(|b| matches!(b.kind, BlockKind::Heading(_))));
        if introduction.has_cue() || (!over && introduces(&introduction, all, i)) {
            let talk = self.talk(introduction, all, i);
            found.push(Found { talk, block: i });
        }
    }

    /// `Next was Ann Lee from Tide.` and, as a paragraph of its own, `She talked about Boats (starting at 10:00).`
    fn completed(&self, prose: &Prose, all: &[Block], i: usize, found: &[Found]) -> Option<Introduction> {
        let opening: String = prose.text.split_whitespace().next()?.to_lowercase();
        let goes_on = ["he", "she", "they", "his", "her", "their", "watch", "you", "see", "the", "this", "catch"];
        if !(goes_on.contains(&opening.as_str()) || opening.starts_with('(') || prose.is_only_links()) {
            return None;
        }
        let floor = found.last().map_or(0, |last| last.block + 1);
        let before = all[floor..i].iter().rev().map_while(paragraph).find(|p| !p.text.trim().is_empty())?;
        let named = sentence::read(before, &self.lexicon, &self.roster).is_some_and(|r| !r.people.is_empty() && !r.has_cue());
        let aside = sponsors::thanks_sponsors(&before.text) || !self.list_of_speakers(before, None).is_empty();
        (named && !aside).then(|| sentence::read(&before.joined(prose), &self.lexicon, &self.roster)).flatten()
    }

    fn talk(&mut self, introduction: Introduction, all: &[Block], i: usize) -> Talk {
        let at = all[i].at;
        for oddity in &introduction.oddities {
            self.warn(at, oddity.clone());
        }
        if let Some(repairs) = prose(&all[i]).map(|p| p.repairs.clone()) {
            for repair in repairs {
                self.warn(at, repair);
            }
        }
        if introduction.people.is_empty() {
            self.warn(at, "no speaker could be read for the talk that starts here");
        }
        let speakers: Vec<Speaker> =
            introduction.people.iter().map(|p| Speaker { name: p.name.clone(), company: p.company.clone() }).collect();
        let above = || Some((title_above(all, i)?, Origin::Guessed));
        let (title, title_origin) = introduction.title.or_else(above).unwrap_or_else(|| (title_from_speakers(&speakers), Origin::Derived));
        let mut talk = Talk::new(title, self.place(at));
        talk.provenance.set(Field::Title, title_origin);
        if let Some(origin) = introduction.people.iter().map(|p| p.name_origin).max() {
            talk.provenance.set(Field::Speakers, origin);
        }
        if let Some(origin) = introduction.people.iter().filter(|p| p.company.is_some()).map(|p| p.company_origin).max() {
            talk.provenance.set(Field::Company, origin);
        }
        talk.speakers = speakers;
        talk.span.start = introduction.linked.or(introduction.printed);
        let disagrees = introduction.linked.zip(introduction.printed).is_some_and(|(linked, printed)| linked != printed);
        if disagrees {
            talk.about_mut().printed_start = introduction.printed;
        }
        if talk.span.start.is_some() {
            talk.provenance.set(Field::Start, Origin::Stated);
        }
        // A video shown right above a talk is that talk's own.
        let above = i.checked_sub(1).and_then(|b| embedded(&all[b]));
        let own = introduction.recording.or(above);
        talk.provenance.set(Field::Recording, if own.is_some() { Origin::Stated } else { Origin::Derived });
        talk.recording = own.or_else(|| self.post.recording.clone());
        talk
    }

    /// Takeaways, slides and resources from the blocks between a talk's introduction and the next one.
    fn belongings(&mut self, talk: &mut Talk, part: &[Block]) {
        let mut about_talk = true;
        for (k, block) in part.iter().enumerate() {
            match &block.kind {
                BlockKind::Heading(_) if k > 0 => break,
                BlockKind::Paragraph(prose) | BlockKind::Heading(prose) if k == 0 => Self::links_of(talk, prose, true),
                BlockKind::Paragraph(prose) if !prose.text.trim().is_empty() => {
                    about_talk = speaks_of_talk(prose);
                    if about_talk {
                        self.repairs(prose, block.at);
                        Self::links_of(talk, prose, false);
                    }
                }
                BlockKind::List(items) if about_talk && k > 0 => self.list_of(talk, items, block.at),
                BlockKind::Heading(_) | BlockKind::Html(_) | BlockKind::Paragraph(_) | BlockKind::List(_) => {}
            }
        }
        if !talk.about().takeaways.is_empty() {
            talk.provenance.set(Field::Takeaways, Origin::Stated);
        }
        let said = part.first().and_then(paragraph).map(|p| p.text.to_lowercase()).unwrap_or_default();
        if not_recorded(&said) {
            talk.status = Status::NotRecorded;
        }
    }

    pub(super) fn repairs(&mut self, prose: &Prose, at: usize) {
        for repair in &prose.repairs {
            self.warn(at, repair.clone());
        }
    }

    /// Bullets are takeaways, unless each is nothing but a link.
    fn list_of(&mut self, talk: &mut Talk, items: &[Prose], at: usize) {
        let only_links = items.iter().all(Prose::is_only_links);
        for item in items {
            self.repairs(item, at);
            for anchor in &item.links {
                add_resource(talk, item, anchor);
            }
            if !only_links && !item.markdown.is_empty() {
                talk.about_mut().takeaways.push(item.markdown.clone());
            }
        }
    }

    /// The links of a paragraph about a talk: its slides, and further reading. The sentence that introduces the talk
    /// holds its own link, and companies', so that only those in later sentences are further reading.
    fn links_of(talk: &mut Talk, prose: &Prose, introduction: bool) {
        let words = tokens(&prose.text);
        for anchor in &prose.links {
            let before = || words.iter().filter(|t| t.end <= anchor.range.start);
            let label = prose.label(anchor).to_lowercase();
            let mut near = before().rev().take_while(|t| !t.ends_sentence()).take(6);
            let about_slides =
                label.contains("slides") || (label.split_whitespace().count() < 3 && near.any(|t| t.word.eq_ignore_ascii_case("slides")));
            let told = introduction && !before().any(Token::ends_sentence);
            let video = Link::parse(&anchor.url).is_ok_and(|l| Some(l.recording) == talk.recording);
            if about_slides && talk.about().slides.is_none() {
                talk.about_mut().slides = Some(anchor.url.clone());
            } else if !told && !about_slides && !video {
                add_resource(talk, prose, anchor);
            }
        }
    }

    /// A post that only lists who spoke: a talk each, named after them.
    fn speakers_alone(&self) -> Vec<Found> {
        let spoke = self.roster.people.iter().filter(|p| p.name_origin == Origin::Stated && p.company.is_some());
        spoke
            .map(|person| {
                let speakers = vec![Speaker { name: person.name.clone(), company: person.company.clone() }];
                let mut talk = Talk::new(title_from_speakers(&speakers), self.place(self.post.body.find(&person.name).unwrap_or(0)));
                talk.recording.clone_from(&self.post.recording);
                talk.speakers = speakers;
                for (field, origin) in
                    [(Field::Title, Origin::Derived), (Field::Speakers, Origin::Stated), (Field::Company, Origin::Stated)]
                {
                    talk.provenance.set(field, origin);
                }
                Found { talk, block: usize::MAX }
            })
            .map(|found| Found { block: 0, ..found })
            .collect()
    }
}

/// Adds a link to a talk's further reading, once; without words of its own the address stands for them.
fn add_resource(talk: &mut Talk, prose: &Prose, anchor: &Anchor) {
    let url = anchor.url.trim();
    if !talk.about().resources.iter().any(|r| r.url.as_deref() == Some(url)) {
        let label = Some(prose.label(anchor)).filter(|l| !l.is_empty()).unwrap_or(url);
        talk.about_mut().resources.push(Labelled { label: label.to_owned(), url: Some(url.to_owned()) });
    }
}

/// The evening's video where the front matter names none: the one that its cues lead into, else the first that is shown.
pub(super) fn recording_in_body(all: &[Block], talks: &[Found]) -> Option<Recording> {
    let cued = talks.iter().filter(|f| f.talk.span.start.is_some()).find_map(|f| f.talk.recording.clone());
    cued.or_else(|| all.iter().find_map(embedded).filter(|_| talks.iter().all(|f| f.talk.recording.is_none())))
}

/// The video in an `<iframe>`.
pub(super) fn embedded(block: &Block) -> Option<Recording> {
    let BlockKind::Html(html) = &block.kind else { return None };
    let at = html.find("<iframe")?;
    let source = html[at..].split("src=").nth(1)?;
    let url = source.trim_start_matches(['"', '\'']).split(['"', '\'', '>', ' ']).next()?;
    Link::parse(url).ok().map(|link| link.recording)
}

pub(super) fn not_recorded(text: &str) -> bool {
    let lost = [
        "weren’t able to record",
        "weren't able to record",
        "wasn’t recorded",
        "wasn't recorded",
        "was not recorded",
        "not able to record",
        "unable to record",
        "couldn't record",
        "couldn’t record",
    ];
    lost.iter().any(|words| text.contains(words))
}

/// Does a paragraph go on about the talk above it? One that has only links does; so does one about a person.
fn speaks_of_talk(prose: &Prose) -> bool {
    const OF_TALK: [&str; 9] = ["he", "she", "they", "his", "her", "their", "slides", "resources", "talk"];
    let first_words: Vec<String> = tokens(&prose.text).iter().take(8).map(|t: &Token| t.word.to_lowercase()).collect();
    let invites = first_words.first().is_some_and(|w| w == "we" || w == "plus")
        || first_words.iter().any(|w| w == "offer" || w == "promo" || w == "invitation");
    !invites && (prose.is_only_links() || first_words.iter().any(|w| OF_TALK.contains(&w.as_str())))
}
