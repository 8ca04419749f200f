//! Lights: which letters of a text match a query, on the original text, and why a talk was found where its row does not say.

use super::index::{Place, Places, event_texts};
use super::plan::places;
use super::query::{Mode, Query, Text, Want};
use super::tokens::{self, Form, Token};
use super::typed::{Reach, Typed};
use crate::domain::{Catalogue, Event, Talk};
use crate::text::{clean_line, fold_char};
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Letters before the match in what is quoted of a long text, and letters quoted altogether.
const BEFORE: usize = 24;
const QUOTED: usize = 160;

/// Says where texts match a query that was answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matcher {
    lights: Vec<Light>,
    /// How far from what was typed the words may be.
    reach: Reach,
}

/// Why a talk was found, where its row does not show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What matched: `also known as`, `takeaway`, `chapter`, `description`, `tag`, `event`.
    pub label: &'static str,
    /// The text, on one line, cut to what is around the match.
    pub text: String,
    /// The bytes of the text that match.
    pub ranges: Vec<Range<usize>>,
}

/// Words of a query that light up.
#[derive(Debug, Clone, PartialEq)]
struct Light {
    /// Side by side. Never empty.
    words: Vec<Typed>,
    /// The same written together.
    together: Typed,
    places: Places,
    mode: Mode,
}

impl Matcher {
    /// What a query lights up, answered within a reach.
    pub fn new(query: &Query, reach: Reach) -> Matcher {
        let terms = query.clauses.iter().flat_map(|clause| &clause.any).filter(|term| !term.negated);
        let lights = terms.filter_map(|term| match &term.want {
            Want::Text(text) => Light::new(text),
            _ => None,
        });
        Matcher { lights: lights.collect(), reach }
    }

    /// Byte ranges of a text that match, in order, whole graphemes, none overlapping.
    pub fn ranges(&self, place: Place, text: &str) -> Vec<Range<usize>> {
        let lights: Vec<&Light> = self.lights.iter().filter(|light| light.places.has(place)).collect();
        ranges(&lights, self.reach, place, text)
    }

    /// Why a talk was found, if title, speakers, companies and date do not show it.
    pub fn reason(&self, catalogue: &Catalogue, talk: usize) -> Option<Reason> {
        let talk = catalogue.talks().get(talk)?;
        let event = catalogue.event_of(talk);
        let mut unseen = self.lights.iter().filter(|light| !light.is_seen(self.reach, talk, event));
        unseen.find_map(|light| {
            out_of_sight(catalogue, talk, event).find_map(|(place, label, text)| light.reason(self.reach, place, label, &text))
        })
    }
}

/// The texts of a talk that its row does not show.
fn out_of_sight<'a>(
    catalogue: &'a Catalogue,
    talk: &'a Talk,
    event: &'a Event,
) -> impl Iterator<Item = (Place, &'static str, Cow<'a, str>)> {
    let names = talk.speakers.iter().flat_map(|speaker| catalogue.other_names(&speaker.name));
    let names = names.map(|name| (Place::OtherName, "also known as", Cow::Borrowed(name)));
    let tags = talk.about().tags.iter().map(|tag| (Place::Tag, "tag", Cow::Borrowed(tag.as_str())));
    let event = event_texts(event).map(|text| (Place::Event, "event", text));
    let takeaways = talk.about().takeaways.iter().map(|text| (Place::Body, "takeaway", Cow::Borrowed(text.as_str())));
    let chapters = talk.about().chapters.iter().map(|chapter| (Place::Body, "chapter", Cow::Borrowed(chapter.title.as_str())));
    let lines = talk.about().description.iter().flat_map(|text| text.lines());
    let description = lines.map(|line| (Place::Body, "description", Cow::Borrowed(line)));
    names.chain(tags).chain(event).chain(takeaways).chain(chapters).chain(description)
}

impl Light {
    fn new(text: &Text) -> Option<Light> {
        let folded = crate::text::fold(&text.text);
        let tokens = tokens::of(&folded);
        let words: Vec<Typed> = tokens.iter().filter(|t| t.form == Form::Part).map(|t| Typed::new(t.text.clone())).collect();
        let together: String = words.iter().map(|word| word.text.as_str()).collect();
        // Where a value begins or ends, no slip is forgiven.
        let mode = match (text.starts, text.ends) {
            (_, true) => Mode::Phrase,
            (true, false) if text.mode == Mode::Fuzzy => Mode::OpenPhrase,
            _ => text.mode,
        };
        let light = Light { together: Typed::new(together), places: places(text.field), mode, words };
        (!light.words.is_empty()).then_some(light)
    }

    /// Does the row show what it matches?
    fn is_seen(&self, reach: Reach, talk: &Talk, event: &Event) -> bool {
        let lit = |place: Place, text: &str| self.places.has(place) && !ranges(&[self], reach, place, text).is_empty();
        lit(Place::Title, &talk.title)
            || talk.speakers.iter().any(|s| lit(Place::Speaker, &s.name) || s.company.as_deref().is_some_and(|c| lit(Place::Company, c)))
            || lit(Place::Event, &event.date.strftime("%B %Y").to_string())
            || lit(Place::Event, &event.date.to_string())
    }

    fn reason(&self, reach: Reach, place: Place, label: &'static str, text: &str) -> Option<Reason> {
        if !self.places.has(place) {
            return None;
        }
        let first = ranges(&[self], reach, place, text).first()?.start;
        let text = quoted(text, first);
        let ranges = ranges(&[self], reach, place, &text);
        Some(Reason { label, text, ranges })
    }

    /// The reach of one word: a query's, within what its signs allow.
    fn reach(&self, reach: Reach) -> Reach {
        match self.mode {
            Mode::Fuzzy => reach,
            Mode::Exact => Reach::Within,
            Mode::Phrase => Reach::Whole,
            Mode::OpenPhrase => Reach::Begun,
        }
    }

    /// The bytes of the folded text that light up from the first of some tokens on.
    fn lit(&self, reach: Reach, place: Place, folded: &str, tokens: &[Token]) -> Option<Vec<Range<usize>>> {
        let reach = self.reach(reach);
        if let [typed] = self.words.as_slice() {
            let whole = || self.apart(tokens).map(|range| vec![range]);
            return word_lit(typed, reach, place, folded, &tokens[0]).or_else(whole);
        }
        let window = tokens.get(..self.words.len())?;
        let last = self.words.len() - 1;
        let open = |i: usize| if i == last && self.mode != Mode::Phrase { Reach::Begun } else { Reach::Whole };
        let side_by_side = window.iter().zip(&self.words).enumerate().all(|(i, (token, word))| word.points(&token.text, open(i)).is_some());
        let whole = window[0].range.start..window[last].range.end;
        side_by_side.then(|| vec![whole])
    }

    /// Words that stand apart, but were typed together.
    fn apart(&self, tokens: &[Token]) -> Option<Range<usize>> {
        if self.mode != Mode::Fuzzy {
            return None;
        }
        let mut letters = String::new();
        for (i, token) in tokens.iter().enumerate().take(4) {
            letters.push_str(&token.text);
            if i > 0 && letters.starts_with(&self.together.text) {
                return Some(tokens[0].range.start..token.range.end);
            }
            if !self.together.text.starts_with(&letters) {
                return None;
            }
        }
        None
    }
}

/// The bytes of a folded text that a word lights in a token.
fn word_lit(typed: &Typed, reach: Reach, place: Place, folded: &str, token: &Token) -> Option<Vec<Range<usize>>> {
    // Bodies are searched for whole and begun words, and one or two letters begin too many.
    let reach = match place {
        Place::Body if typed.len() < 3 => Reach::Whole,
        Place::Body => reach.min(Reach::Begun),
        _ => reach,
    };
    // People have no numeronyms.
    if place.is_name() && typed.is_numeronym_of(&token.text) {
        return None;
    }
    typed.points(&token.text, reach)?;
    let (start, known) = (token.range.start, &folded[token.range.clone()]);
    if let Some(at) = known.find(typed.text.as_str()) {
        return Some(std::iter::once(start + at..start + at + typed.text.len()).collect());
    }
    let letters: Vec<char> = known.chars().collect();
    let scattered = if typed.is_slip_for(&letters) { None } else { typed.subsequence(known, &letters) };
    let Some((_, places)) = scattered else { return Some(vec![token.range.clone()]) };
    let bytes: Vec<usize> = known.char_indices().map(|(at, _)| start + at).chain([token.range.end]).collect();
    Some(places.into_iter().map(|letter| bytes[letter]..bytes[letter + 1]).collect())
}

fn ranges(lights: &[&Light], reach: Reach, place: Place, text: &str) -> Vec<Range<usize>> {
    if lights.is_empty() {
        return Vec::new();
    }
    let (folded, origins) = fold_with_origins(text);
    let tokens: Vec<Token> = tokens::of(&folded).into_iter().filter(|token| token.form == Form::Part).collect();
    let mut lit: Vec<Range<usize>> = initials(lights, place, &tokens);
    for at in 0..tokens.len() {
        lit.extend(lights.iter().filter_map(|light| light.lit(reach, place, &folded, &tokens[at..])).flatten());
    }
    let mut lit: Vec<Range<usize>> = lit.into_iter().filter_map(|range| origins.of(range)).collect();
    lit.sort_unstable_by_key(|range| (range.start, range.end));
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for range in lit {
        match ranges.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => ranges.push(range),
        }
    }
    ranges
}

/// The first letters of a name that was typed by them.
fn initials(lights: &[&Light], place: Place, tokens: &[Token]) -> Vec<Range<usize>> {
    if !place.is_name() || !(3..=5).contains(&tokens.len()) {
        return Vec::new();
    }
    let first: String = tokens.iter().filter_map(|token| token.text.chars().next()).collect();
    if !lights.iter().any(|light| light.mode == Mode::Fuzzy && light.together.text == first) {
        return Vec::new();
    }
    let letter = |token: &Token| token.range.start..token.range.start + token.text.chars().next().map_or(0, char::len_utf8);
    tokens.iter().map(letter).collect()
}

/// Where each byte of a folded text came from.
enum Origins {
    /// From the same byte.
    Same,
    /// From the grapheme with these bytes.
    Graphemes(Vec<Range<usize>>),
}

impl Origins {
    fn of(&self, range: Range<usize>) -> Option<Range<usize>> {
        match self {
            _ if range.is_empty() => None,
            Origins::Same => Some(range),
            Origins::Graphemes(bytes) => Some(bytes[range.start].start..bytes[range.end - 1].end),
        }
    }
}

fn fold_with_origins(text: &str) -> (String, Origins) {
    if text.is_ascii() {
        return (text.to_ascii_lowercase(), Origins::Same);
    }
    let mut folded = String::new();
    let mut origins = Vec::new();
    for (at, grapheme) in text.grapheme_indices(true) {
        folded.extend(grapheme.chars().flat_map(fold_char));
        origins.resize(folded.len(), at..at + grapheme.len());
    }
    (folded, Origins::Graphemes(origins))
}

/// What is around a byte of a text, on one line, without the signs of Markdown.
fn quoted(text: &str, at: usize) -> String {
    let from = text[..at].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let from = if from == 0 { 0 } else { text[from..at].find(' ').map_or(from, |space| from + space + 1) };
    let lead = if from == 0 { "" } else { "…" };
    let rest: String = text[from..].chars().filter(|c| !matches!(c, '*' | '`')).take(QUOTED).collect();
    let rest = rest.trim_start_matches(|c: char| c == '#' || c == '-' || c == '>' || c.is_whitespace());
    clean_line(&format!("{lead}{rest}")).into_owned()
}
