//! One post as one event: which paragraphs are talks, what belongs to each, and what the rest says of the evening.

use super::body::{Anchor, Block, BlockKind, Prose, blocks};
use super::front_matter::Post;
use super::lexicon::{Lexicon, after_speakers_from};
use super::people::{Person, Reader, Roster, names_in_label};
use super::sentence::{self, Introduction};
use super::tokens::{Token, tokens};
use super::{next, sponsors};
use crate::domain::{Event, EventDraft, Field, Labelled, Link, NextMeetup, Origin, Place, Problem, Recording, Speaker, Status, Talk};
use crate::source::native::title_from_speakers;

/// Reads a post. `None` if it writes up no meetup.
pub fn read(post: &Post) -> (Option<EventDraft>, Vec<Problem>) {
    let Some(date) = post.date else {
        return (None, Vec::new());
    };
    let all = blocks(&post.body);
    let mut reading = Reading { post, problems: Vec::new(), lexicon: Lexicon::default(), roster: Roster::default() };
    let headline = Headline::of(&post.title);
    let end = announcement(&all).unwrap_or(all.len());
    let next = all[end..].iter().filter_map(prose).find(|p| next::announces(p)).map(|p| reading.next(p, date, &all[end]));
    reading.learn(&all[..end], headline.as_ref());
    let talks = reading.talks(&all[..end]);
    let told = Evidence {
        headline: headline.is_some(),
        tagged: post.tags.iter().any(|t| t.eq_ignore_ascii_case("meetup")),
        next: next.as_ref(),
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
    event.recording.clone_from(&post.recording);
    event.sponsors = reading.sponsors(&all[..end]);
    event.tags = post.tags.iter().filter(|t| t.parse::<u16>().is_err()).cloned().collect();
    event.images = images(post, &all);
    event.description = opening(&all[..end], &talks);
    event.next = next;
    reading.check_month(headline.as_ref(), date);
    let talks = talks.into_iter().map(|t| t.talk).collect();
    (Some(EventDraft { event, talks }), reading.problems)
}

/// `Series, Month Year: A, B and C`.
struct Headline {
    series: String,
    month: i8,
    year: i16,
    /// What follows the year.
    companies: String,
}

impl Headline {
    fn of(title: &str) -> Option<Headline> {
        let words = tokens(title);
        let at = words
            .windows(2)
            .position(|pair| next::month(pair[0].word).is_some() && pair[1].word.parse::<i16>().is_ok_and(|y| (1990..2200).contains(&y)))?;
        let (month, year) = (&words[at], &words[at + 1]);
        let series = title[..month.start].trim_end_matches([' ', ',', '-', ':', '–', '—', '(']).to_owned();
        let rest = &title[year.end..];
        let rest = rest.split(", hosted by").next().unwrap_or(rest).split("hosted by").next().unwrap_or(rest);
        let companies = rest.trim_start_matches([' ', ',', '-', ':', '–', '—', ')']);
        let companies = ["Welcoming ", "featuring ", "Featuring ", "Speakers from ", "with "]
            .iter()
            .fold(companies, |c, lead| c.strip_prefix(lead).unwrap_or(c));
        (!series.is_empty()).then(|| Headline {
            series,
            month: next::month(month.word).unwrap_or(1),
            year: year.word.parse().unwrap_or(0),
            companies: companies.to_owned(),
        })
    }
}

/// What speaks for a post being the write-up of a meetup.
struct Evidence<'a> {
    headline: bool,
    tagged: bool,
    next: Option<&'a NextMeetup>,
    talks: &'a [Found],
}

impl Evidence<'_> {
    fn is_event(&self) -> bool {
        let announced = self.next.is_some_and(|n| n.rsvp.is_some());
        let cues = self.talks.iter().any(|t| t.talk.span.start.is_some());
        let score = 2 * u8::from(self.headline) + u8::from(self.tagged) + 2 * u8::from(announced) + 2 * u8::from(cues);
        !self.talks.is_empty() && score >= 3
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

    fn next(&mut self, prose: &Prose, date: jiff::civil::Date, block: &Block) -> NextMeetup {
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
            names_in_label(&picture.label).into_iter().for_each(|person| self.roster.add(person));
        }
        self.roster.author = self.author();
    }

    /// The people of `three speakers: A from X, B from Y, and C from Z`, a paragraph that introduces no talk.
    fn list_of_speakers(&self, prose: &Prose, following: Option<&Block>) -> Vec<Person> {
        let listed = following.is_some_and(|b| matches!(b.kind, BlockKind::List(_)));
        let video = prose.links.iter().any(|a| Link::parse(&a.url).is_ok());
        if listed || video {
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

    /// Every talk, with what belongs to it.
    fn talks(&mut self, all: &[Block]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for (i, block) in all.iter().enumerate() {
            let Some(prose) = paragraph(block).filter(|p| !sponsors_only(&p.text)) else { continue };
            if !self.list_of_speakers(prose, all.get(i + 1)).is_empty() && !prose.text.contains("starting at") {
                continue;
            }
            let Some(introduction) = sentence::read(prose, &self.lexicon, &self.roster) else { continue };
            // Behind a heading that follows talks stand offers and calls for papers: there only a second counts.
            let over = found.last().is_some_and(|last| all[last.block..i].iter().any(|b| matches!(b.kind, BlockKind::Heading(_))));
            if introduction.has_cue() || (!over && self.introduces(&introduction, all, i)) {
                let talk = self.talk(introduction, all, i);
                found.push(Found { talk, block: i });
            }
        }
        for k in 0..found.len() {
            let end = found.get(k + 1).map_or(all.len(), |next| next.block);
            let start = found[k].block;
            self.belongings(&mut found[k].talk, &all[start..end]);
        }
        if found.is_empty() { self.speakers_alone() } else { found }
    }

    /// Without a second, a person and a title tell a talk if something beside the sentence agrees.
    fn introduces(&self, introduction: &Introduction, all: &[Block], i: usize) -> bool {
        if introduction.people.is_empty() || introduction.title.is_none() {
            return false;
        }
        let listed = all.get(i + 1).is_some_and(|b| matches!(b.kind, BlockKind::List(_)));
        let pictured = all[..i].iter().rev().map_while(|b| match &b.kind {
            BlockKind::Paragraph(p) if p.text.trim().is_empty() => Some(p),
            _ => None,
        });
        let name_on_picture =
            pictured.flat_map(|p| &p.pictures).any(|p| introduction.people.iter().any(|person| p.label.contains(last_word(&person.name))));
        let text = prose(&all[i]).map(|p| p.text.to_lowercase()).unwrap_or_default();
        let embedded = i.checked_sub(1).is_some_and(|b| embedded(&all[b]).is_some());
        introduction.is_stated() || listed || name_on_picture || embedded || text.contains("takeaways") || not_recorded(&text)
    }

    fn talk(&mut self, introduction: Introduction, all: &[Block], i: usize) -> Talk {
        let at = all[i].at;
        for oddity in &introduction.oddities {
            self.warn(at, oddity.clone());
        }
        if let Some(repairs) = paragraph(&all[i]).map(|p| p.repairs.clone()) {
            repairs.into_iter().for_each(|repair| self.warn(at, repair));
        }
        if introduction.people.is_empty() {
            self.warn(at, "no speaker could be read for the talk that starts here");
        }
        let speakers: Vec<Speaker> =
            introduction.people.iter().map(|p| Speaker { name: p.name.clone(), company: p.company.clone() }).collect();
        let (title, title_origin) = introduction.title.unwrap_or_else(|| (title_from_speakers(&speakers), Origin::Derived));
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
        talk.printed_start = introduction.printed.filter(|printed| introduction.linked.is_some_and(|linked| linked != *printed));
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
                BlockKind::Heading(_) | BlockKind::Html(_) => {}
                BlockKind::Paragraph(prose) if k == 0 => self.links_of(talk, prose, true),
                BlockKind::Paragraph(prose) if prose.text.trim().is_empty() => {}
                BlockKind::Paragraph(prose) => {
                    about_talk = speaks_of_talk(prose);
                    if about_talk {
                        self.repairs(prose, block.at);
                        self.links_of(talk, prose, false);
                    }
                }
                BlockKind::List(items) if about_talk => self.list_of(talk, items, block.at),
                BlockKind::List(_) => {}
            }
        }
        if !talk.takeaways.is_empty() {
            talk.provenance.set(Field::Takeaways, Origin::Stated);
        }
        let said = part.first().and_then(paragraph).map(|p| p.text.to_lowercase()).unwrap_or_default();
        if not_recorded(&said) {
            talk.status = Status::NotRecorded;
        }
    }

    fn repairs(&mut self, prose: &Prose, at: usize) {
        prose.repairs.iter().for_each(|repair| self.warn(at, repair.clone()));
    }

    /// Bullets are takeaways, unless each is nothing but a link.
    fn list_of(&mut self, talk: &mut Talk, items: &[Prose], at: usize) {
        let only_links = items.iter().all(Prose::is_only_links);
        for item in items {
            self.repairs(item, at);
            item.links.iter().for_each(|anchor| add_resource(talk, item, anchor));
            if !only_links && !item.markdown.is_empty() {
                talk.takeaways.push(item.markdown.clone());
            }
        }
    }

    /// The links of a paragraph about a talk: its slides, and further reading. The sentence that introduces the talk
    /// holds its own link, and companies', so that only those in later sentences are further reading.
    fn links_of(&self, talk: &mut Talk, prose: &Prose, introduction: bool) {
        let words = tokens(&prose.text);
        for anchor in &prose.links {
            let before = || words.iter().filter(|t| t.end <= anchor.range.start);
            let label = prose.label(anchor).to_lowercase();
            let mut near = before().rev().take_while(|t| !t.ends_sentence()).take(6);
            let about_slides =
                label.contains("slides") || (label.split_whitespace().count() < 3 && near.any(|t| t.word.eq_ignore_ascii_case("slides")));
            let told = introduction && !before().any(|t| t.ends_sentence());
            let video = Link::parse(&anchor.url).is_ok_and(|l| Some(l.recording) == talk.recording);
            if about_slides && talk.slides.is_none() {
                talk.slides = Some(anchor.url.clone());
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

    fn sponsors(&mut self, all: &[Block]) -> Vec<Labelled> {
        let mut found: Vec<Labelled> = Vec::new();
        for block in all {
            let Some(prose) = paragraph(block) else { continue };
            let sponsors = sponsors::read(prose);
            if !sponsors.is_empty() {
                self.repairs(prose, block.at);
            }
            for sponsor in sponsors {
                if !found.iter().any(|s| s.label == sponsor.label) {
                    found.push(sponsor);
                }
            }
        }
        found
    }

    /// `hosted by NAME`: in the text, else in the title, else in the description, which is often copied from month to month.
    fn host(&self, all: &[Block]) -> Option<String> {
        let texts = all.iter().filter_map(paragraph).map(|p| p.text.as_str());
        let heads = [self.post.title.as_str(), self.post.description.as_deref().unwrap_or_default()];
        texts.chain(heads).find_map(|text| {
            let at = text.find("hosted by ")? + "hosted by ".len();
            let words = tokens(&text[at..]);
            let end = words.iter().position(|t| !t.is_name_word() && !t.is_particle()).unwrap_or(words.len());
            let end = words[..end].iter().position(|t| !t.flows_on()).map_or(end, |i| i + 1);
            let is_company = self.lexicon.at_start(&text[at..]).is_some();
            (end >= 2 && !is_company).then(|| text[at..at + words[end - 1].end].to_owned())
        })
    }

    /// `at the NAME offices`, `at NAME, our new venue`, `our meetup at NAME`.
    fn venue(&self, all: &[Block]) -> Option<String> {
        all.iter().filter_map(paragraph).take_while(|p| !p.text.contains("starting at")).find_map(|prose| {
            let words = tokens(&prose.text);
            let reader = Reader { text: &prose.text, tokens: &words, lexicon: &self.lexicon, roster: &self.roster };
            (0..words.len()).find_map(|i| venue_at(&reader, i))
        })
    }

    /// The title's month and the day of the post are written by hand, and drift apart.
    fn check_month(&mut self, headline: Option<&Headline>, date: jiff::civil::Date) {
        let Some(headline) = headline.filter(|h| (h.month, h.year) != (date.month(), date.year())) else { return };
        let message = format!("the title says {:02}/{}, the post is of {date}", headline.month, headline.year);
        self.problems.push(Problem::warning(self.post.title_place.clone(), message).hint("the post's date is taken"));
    }
}

/// The venue named behind the word `i`, if one is.
fn venue_at(reader: &Reader, i: usize) -> Option<String> {
    let is_house = |word: &str| matches!(word.to_lowercase().as_str(), "offices" | "office" | "event" | "venue" | "headquarters" | "hq");
    let words = reader.tokens;
    let led = words[i].word == "at" || (words[i].word == "venue" && words[i].trail == ",");
    let (name, after) = if led { reader.company_after(i + 1)? } else { return None };
    let known = reader.lexicon.at_start(&name).is_some();
    let name = if known { name } else { without_praise(&name).to_owned() };
    let (name, named_house) = match name.rsplit_once(' ') {
        Some((short, last)) if is_house(last) => (short.to_owned(), true),
        _ => (name, false),
    };
    let house = named_house || words.get(after).is_some_and(|t| is_house(t.word));
    let apposition = words.get(after..after + 3).is_some_and(|w| w[0].word == "our" && w[1..].iter().any(|t| t.word == "venue"));
    let ends = words.get(after).is_none() || !words[after - 1].trail.is_empty();
    let gathered = i > 0 && matches!(words[i - 1].word, "meetup" | "room" | "crowd" | "evening") && ends;
    (house || apposition || gathered).then_some(name)
}

/// `fabulous Thought Machine` is a house called `Thought Machine`; a name that is all in small letters stays whole.
fn without_praise(name: &str) -> &str {
    let capital = name.split_whitespace().find(|word| word.starts_with(char::is_uppercase));
    capital.and_then(|word| Some(&name[name.find(word)?..])).unwrap_or(name)
}

/// Adds a link to a talk's further reading, once; without words of its own the address stands for them.
fn add_resource(talk: &mut Talk, prose: &Prose, anchor: &Anchor) {
    let url = anchor.url.trim();
    if !talk.resources.iter().any(|r| r.url.as_deref() == Some(url)) {
        let label = Some(prose.label(anchor)).filter(|l| !l.is_empty()).unwrap_or(url);
        talk.resources.push(Labelled { label: label.to_owned(), url: Some(url.to_owned()) });
    }
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// A paragraph that thanks, and says nothing of a talk.
fn sponsors_only(text: &str) -> bool {
    sponsors::thanks_sponsors(text) && !text.contains("starting at")
}

/// The video in an `<iframe>`.
fn embedded(block: &Block) -> Option<Recording> {
    let BlockKind::Html(html) = &block.kind else { return None };
    let at = html.find("<iframe")?;
    let source = html[at..].split("src=").nth(1)?;
    let url = source.trim_start_matches(['"', '\'']).split(['"', '\'', '>', ' ']).next()?;
    Link::parse(url).ok().map(|link| link.recording)
}

fn not_recorded(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_venue_is_named_without_praise() {
        assert_eq!(without_praise("fabulous Thought Machine"), "Thought Machine");
        assert_eq!(without_praise("Just Eat"), "Just Eat");
        assert_eq!(without_praise("mnemonic"), "mnemonic");
    }
}
