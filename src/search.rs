//! Finding talks: one seam, [`Engine::search`], asked by the screen and by `cuepoint list` alike.
//!
//! Words are matched against the vocabulary, not against whole lines: a query word may be a whole word, its beginning,
//! a part of it, a spelling one edit away, or letters of it in order. All words of a query must be found in a talk.

pub mod query;
mod words;

use query::QueryError;

use crate::domain::{Catalogue, Talk};
use crate::text::fold;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Where in a talk a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Title,
    Speaker,
    Company,
    Event,
}

impl Place {
    /// How much a match there counts.
    fn weight(self) -> u32 {
        match self {
            Place::Speaker | Place::Company => 10,
            Place::Title => 9,
            Place::Event => 6,
        }
    }
}

/// A talk in which a word stands.
#[derive(Debug, Clone, Copy)]
struct Posting {
    talk: u32,
    place: Place,
}

/// An index over a catalogue.
#[derive(Debug)]
pub struct Engine {
    catalogue: Arc<Catalogue>,
    vocabulary: Vec<(String, Vec<Posting>)>,
}

impl Engine {
    /// Indexes a catalogue.
    pub fn new(catalogue: Arc<Catalogue>) -> Engine {
        let mut postings: HashMap<String, Vec<Posting>> = HashMap::new();
        for (number, talk) in (0u32..).zip(catalogue.talks()) {
            for (place, text) in fields(&catalogue, talk) {
                for word in words::of(&text) {
                    postings.entry(word).or_default().push(Posting { talk: number, place });
                }
            }
        }
        let mut vocabulary: Vec<_> = postings.into_iter().collect();
        vocabulary.sort_by(|a, b| a.0.cmp(&b.0));
        Engine { catalogue, vocabulary }
    }

    /// Indices of the talks that a query finds, best first. The same query always gives the same order;
    /// an empty one gives every talk in the catalogue's own.
    pub fn search(&self, query: &str) -> Vec<usize> {
        let (filters, query) = filters(query);
        let query = query.as_str();
        let mut scores: Option<HashMap<u32, u32>> = None;
        for word in words::of(query) {
            let found = self.talks_with(&word);
            scores = Some(match scores {
                None => found,
                Some(mut all) => {
                    all.retain(|talk, score| found.get(talk).map(|s| *score += s).is_some());
                    all
                }
            });
        }
        let Some(scores) = scores else {
            // Nothing to look for, or only signs that no word is made of.
            let all = if query.trim().is_empty() { 0..self.catalogue.talks().len() } else { 0..0 };
            return all.filter(|talk| self.passes(*talk, &filters)).collect();
        };
        let phrase = fold(query.trim());
        let mut hits: Vec<(u32, u32)> = scores.into_iter().map(|(talk, score)| (score + self.side_by_side(talk, &phrase), talk)).collect();
        hits.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        hits.into_iter().map(|(_, talk)| talk as usize).filter(|talk| self.passes(*talk, &filters)).collect()
    }

    /// Answers a query.
    ///
    /// # Errors
    /// The query cannot be read.
    pub fn answer(&self, query: &str) -> Result<Answer, QueryError> {
        let matcher = Matcher { typed: words::of(&filters(query).1) };
        Ok(Answer { hits: self.search(query), matcher, suggestion: None, partial: None })
    }

    /// Ways to go on with the word at a byte of a query, best first.
    pub fn complete(&self, _query: &str, _cursor: usize) -> Vec<Completion> {
        Vec::new()
    }

    /// Does a talk have every wanted value?
    fn passes(&self, talk: usize, filters: &[Filter]) -> bool {
        let speakers = &self.catalogue.talks()[talk].speakers;
        filters.iter().all(|filter| match filter {
            Filter::Speaker(name) => speakers.iter().any(|s| fold(&s.name) == *name),
            Filter::Company(name) => speakers.iter().any(|s| s.company.as_deref().is_some_and(|c| fold(c) == *name)),
        })
    }

    /// The talks in which a word is found, each with its best score.
    fn talks_with(&self, word: &str) -> HashMap<u32, u32> {
        let mut found = HashMap::new();
        for (known, postings) in &self.vocabulary {
            let Some(score) = words::score(word, known) else { continue };
            for posting in postings {
                let score = score * posting.place.weight();
                let best = found.entry(posting.talk).or_insert(0);
                *best = score.max(*best);
            }
        }
        found
    }

    /// A reward for words that stand side by side as they were typed.
    fn side_by_side(&self, talk: u32, phrase: &str) -> u32 {
        let talk = &self.catalogue.talks()[talk as usize];
        let together = phrase.contains(' ') && fields(&self.catalogue, talk).any(|(_, text)| fold(&text).contains(phrase));
        if together { 4000 } else { 0 }
    }
}

/// The texts of a talk that are searched.
fn fields<'a>(catalogue: &'a Catalogue, talk: &'a Talk) -> impl Iterator<Item = (Place, std::borrow::Cow<'a, str>)> {
    let event = catalogue.event_of(talk);
    let title = std::iter::once((Place::Title, talk.title.as_str().into()));
    let speakers = talk.speakers.iter().map(|s| (Place::Speaker, s.name.as_str().into()));
    let companies = talk.speakers.iter().filter_map(|s| Some((Place::Company, s.company.as_deref()?.into())));
    let month = event.date.strftime("%B %b %Y %Y-%m-%d").to_string();
    let event = [(Place::Event, event.series.as_str().into()), (Place::Event, event.title.as_str().into()), (Place::Event, month.into())];
    title.chain(speakers).chain(companies).chain(event)
}

/// A value that a talk must have, folded.
#[derive(Debug, PartialEq, Eq)]
enum Filter {
    Speaker(String),
    Company(String),
}

/// The filters of a query, written `company:"Red Sift"` or `speaker:"Ann Lee"`, and the rest of it.
fn filters(query: &str) -> (Vec<Filter>, String) {
    let mut found = Vec::new();
    let mut rest = query.to_owned();
    for (field, make) in [("company:\"", Filter::Company as fn(String) -> Filter), ("speaker:\"", Filter::Speaker)] {
        while let Some(start) = rest.find(field) {
            let value = &rest[start + field.len()..];
            // While it is typed, the closing mark is still to come.
            let end = value.find('"').unwrap_or(value.len());
            found.push(make(fold(value[..end].trim())));
            let tail = value[end..].strip_prefix('"').unwrap_or_default().to_owned();
            rest.truncate(start);
            rest.push_str(&tail);
        }
    }
    (found, rest)
}

/// What a query found.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Indices of talks in the catalogue, in order.
    pub hits: Vec<usize>,
    /// What lights up in the rows.
    pub matcher: Matcher,
    /// Where nothing was found: another query that finds something.
    pub suggestion: Option<String>,
    /// How many talks were looked through, where the index is still growing.
    pub partial: Option<usize>,
}

/// A text that a talk is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The talk's title.
    Title,
    /// A speaker's name.
    Speaker,
    /// A speaker's company.
    Company,
    /// The event's series, title, place or date.
    Event,
    /// A tag.
    Tag,
    /// A takeaway or the description.
    Body,
}

/// Why a talk was found, where its row does not show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Where it matched: `takeaway`, `description`, `tag`, `event`.
    pub label: &'static str,
    /// The text, on one line, cut to what is around the match.
    pub text: String,
    /// The bytes of the text that match.
    pub ranges: Vec<Range<usize>>,
}

/// Says where texts match a query that was answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matcher {
    typed: Vec<String>,
}

impl Matcher {
    /// Byte ranges of a text that match, in order, whole graphemes, none overlapping.
    pub fn ranges(&self, _shown: Shown, text: &str) -> Vec<Range<usize>> {
        words::highlights(&self.typed, text)
    }

    /// Why a talk was found, if nothing in its title, speakers, companies and date says so.
    pub fn reason(&self, _catalogue: &Catalogue, _talk: usize) -> Option<Reason> {
        None
    }
}

/// A way to go on with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the query that it takes the place of.
    pub range: Range<usize>,
    /// What to put there (`company:"Red Hat" `).
    pub text: String,
    /// What a person reads (`Red Hat`).
    pub label: String,
    /// How many talks it would leave, where that is counted.
    pub count: Option<usize>,
}

/// Byte ranges of a text that a query matches, in order, whole graphemes, none overlapping.
pub fn highlights(query: &str, text: &str) -> Vec<Range<usize>> {
    words::highlights(&words::of(query), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Event, EventDraft, Place as FilePlace, Speaker};

    fn engine() -> Engine {
        let place = FilePlace::of("x".as_ref());
        let talk = |title: &str, name: &str, company: &str| {
            let mut talk = Talk::new(title, place.clone());
            talk.speakers.push(Speaker { name: name.into(), company: Some(company.into()) });
            talk
        };
        let event = Event::new("Boat Nights", "Boat Nights December 2020", jiff::civil::date(2020, 12, 2), place.clone());
        let talks = vec![
            talk("Exposing and connecting harbours", "Denis Jannot", "Solo.io"),
            talk("Sharing Boats: Can we do Better?", "Xavier Millot", "Nectar"),
            talk("Moving to the sea with evidence", "Péter Parkanyi", "Red Sift"),
            talk("Redshift for sailors", "Ann Solomon", "Harbour Labs"),
        ];
        Engine::new(Arc::new(Catalogue::build(vec![EventDraft { event, talks }]).0))
    }

    fn found(query: &str) -> Vec<usize> {
        engine().search(query)
    }

    #[test]
    fn by_speaker_company_title_event() {
        assert_eq!(found("parkanyi"), [2]);
        assert_eq!(found("peter park"), [2]);
        assert_eq!(found("nectar"), [1]);
        assert_eq!(found("red sift")[0], 2);
        assert_eq!(found("solo.io")[0], 0);
        assert_eq!(found("evidence moving"), [2]);
        assert_eq!(found("december 2020").len(), 4);
        assert_eq!(found(""), [0, 1, 2, 3]);
        assert_eq!(found("zzz"), Vec::<usize>::new());
        assert_eq!(found("???"), Vec::<usize>::new());
    }

    #[test]
    fn filters_are_exact() {
        assert_eq!(found("company:\"Red Sift\""), [2]);
        assert_eq!(found("company:\"red\""), Vec::<usize>::new());
        assert_eq!(found("moving speaker:\"peter parkanyi\""), [2]);
        assert_eq!(found("nectar speaker:\"Péter Parkanyi"), Vec::<usize>::new());
    }

    #[test]
    fn with_a_slip_of_the_finger() {
        assert_eq!(found("parkanyii"), [2]);
        assert_eq!(found("milolt"), [1]);
        assert_eq!(found("evidnce"), [2]);
        assert!(found("hrbr").contains(&0));
    }

    #[test]
    fn the_same_order_every_time() {
        let engine = engine();
        for query in ["s", "so", "red", "boat", "e"] {
            assert_eq!(engine.search(query), engine.search(query));
        }
    }
}
