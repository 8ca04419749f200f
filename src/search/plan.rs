//! A plan: a query brought down to numbers of the index, so that a talk is judged without looking at a letter.

mod aside;
mod phrase;
mod spelling;
mod split;

use super::Engine;
use super::index::{Index, Place, Places};
use super::query::{Clause, Field, Mode, Query, Text, Want};
use super::test::Test;
use super::tokens::{self, Form};
use super::typed::{Reach, Typed, points};
use super::vocabulary::Meant;
use crate::domain::{Catalogue, Marks};
pub use aside::Aside;
use phrase::Phrase;
pub use spelling::Spelling;

/// The places of a field; every one if none was named.
pub fn places(field: Option<Field>) -> Places {
    match field {
        None => Places::ALL,
        Some(Field::Title) => Places::of(&[Place::Title]),
        Some(Field::Speaker) => Places::of(&[Place::Speaker, Place::OtherName]),
        Some(Field::Company) => Places::of(&[Place::Company]),
        Some(Field::Event) => Places::of(&[Place::Event]),
        Some(Field::Topic) => Places::of(&[Place::Tag, Place::Title, Place::Body]),
    }
}

/// What a word of the vocabulary does for a clause.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The clause.
    pub clause: u8,
    /// What the word is worth to it.
    pub points: u16,
    /// Where it must stand.
    pub places: Places,
    /// The next entry of the same word, counted from 1.
    next: u32,
}

/// A query against an index, within a reach.
pub struct Plan<'a> {
    /// The index.
    pub index: &'a Index,
    /// What it was made of.
    pub catalogue: &'a Catalogue,
    marks: &'a Marks,
    /// For each word of the vocabulary its first entry, counted from 1.
    table: Vec<u32>,
    entries: Vec<Entry>,
    /// The words that have one, as bits: few enough to be looked at for every word of every talk.
    wanted: Vec<u64>,
    /// The clauses that look for words, all of which must be found.
    pub clauses: Vec<Wanted>,
    /// What every talk must pass.
    pub tests: Vec<Test>,
    /// Every word that was typed is a whole word somewhere, so that none need be a slip.
    pub all_known: bool,
    /// A word may be meant otherwise than it was typed.
    pub forgiving: bool,
    /// The words that were typed with accents.
    pub spelling: Spelling,
}

/// A clause that looks for words.
#[derive(Debug, Default)]
pub struct Wanted {
    /// The words that may be meant.
    pub words: Vec<Meant>,
    /// Some of them only in some places.
    pub bound: bool,
    /// Points of talks that are found otherwise than by one word outside the body.
    pub aside: Aside,
}

impl<'a> Plan<'a> {
    /// Plans a query.
    pub fn new(engine: &'a Engine, query: &Query, reach: Reach) -> Plan<'a> {
        let Engine { catalogue, index, marks, .. } = engine;
        let table = vec![0; index.vocabulary.len()];
        let wanted = vec![0; index.vocabulary.len().div_ceil(64)];
        let mut plan = Plan {
            index,
            catalogue,
            marks,
            table,
            entries: Vec::new(),
            wanted,
            clauses: Vec::new(),
            tests: Vec::new(),
            all_known: true,
            forgiving: false,
            spelling: Spelling::default(),
        };
        let mut before = None;
        let same = |a: &Clause, b: &Clause| {
            a.any.len() == b.any.len() && a.any.iter().zip(&b.any).all(|(a, b)| a.negated == b.negated && a.want == b.want)
        };
        for (i, clause) in query.clauses.iter().enumerate() {
            // What is said twice is wanted once.
            if query.clauses[..i].iter().any(|other| same(other, clause)) {
                continue;
            }
            let simple = plan.clause(clause, reach);
            if let (Some(before), Some(word)) = (&before, &simple) {
                plan.written_apart(before, word);
            }
            before = simple;
        }
        plan
    }

    /// Does a word have entries?
    pub fn wants(&self, word: u32) -> bool {
        self.wanted[word as usize / 64] >> (word % 64) & 1 == 1
    }

    /// The entries of a word.
    pub fn entries(&self, word: u32) -> Entries<'_> {
        Entries { entries: &self.entries, next: self.table[word as usize] }
    }

    /// Adds a clause; gives its word, if it is no more than one.
    fn clause(&mut self, clause: &Clause, reach: Reach) -> Option<Simple> {
        let looks = clause.any.iter().any(|term| !term.negated && matches!(term.want, Want::Text(_) | Want::Video(_)));
        if !looks {
            let tests = clause.any.iter().map(|term| self.test(&term.want).negated(term.negated));
            let tests = tests.collect();
            self.tests.push(Test::Any(tests));
            return None;
        }
        self.clauses.push(Wanted::default());
        let mut simple = None;
        for term in &clause.any {
            match &term.want {
                Want::Text(text) if !term.negated => simple = self.text(text, reach),
                Want::Video(link) if !term.negated => aside::recording(self, link),
                want => {
                    let test = self.test(want).negated(term.negated);
                    aside::passing(self, &test);
                }
            }
        }
        simple.filter(|_| clause.any.len() == 1)
    }

    fn test(&self, want: &Want) -> Test {
        match want {
            Want::Text(text) => {
                let mut aside = Aside::default();
                if let Some(phrase) = Phrase::whole_words(self.index, text) {
                    phrase.find(self, points::EXACT, &mut aside);
                }
                Test::Found(aside)
            }
            other => Test::of(other, self.catalogue, self.marks),
        }
    }

    /// Adds words to the last clause.
    fn text(&mut self, text: &Text, reach: Reach) -> Option<Simple> {
        self.spelling.add(&text.text);
        if text.starts || text.ends || matches!(text.mode, Mode::Phrase | Mode::OpenPhrase) {
            self.phrases(Phrase::of(self.index, text), points::EXACT);
            return None;
        }
        let reach = if text.mode == Mode::Exact { Reach::Within } else { reach };
        let folded = crate::text::fold(&text.text);
        let tokens = tokens::of(&folded);
        let places = places(text.field);
        let joined = tokens.iter().filter(|token| token.form == Form::Joined);
        for token in joined {
            let close = if reach == Reach::Slips { reach } else { Reach::Begun };
            self.word(&Typed::new(token.text.clone()), places, close, text.mode);
        }
        if let [token] = tokens.as_slice() {
            let typed = Typed::new(token.text.clone());
            self.word(&typed, places, reach, text.mode);
            if text.mode == Mode::Fuzzy {
                self.phrases(split::splits(self.index, &typed, places), points::REWRITTEN);
            }
            return (text.mode == Mode::Fuzzy).then_some(Simple { typed, places });
        }
        let together: String = tokens.iter().filter(|t| t.form == Form::Part).map(|t| t.text.as_ref()).collect();
        self.meant(&self.rewritten(&together, false), places);
        // Who types `.net` does not mean every net.
        if !folded.starts_with('.') || reach >= Reach::Within {
            self.phrases(Phrase::of(self.index, text), points::REWRITTEN);
        }
        None
    }

    fn word(&mut self, typed: &Typed, places: Places, reach: Reach, mode: Mode) {
        let mut meant = self.index.vocabulary.meant(typed, reach);
        let is_known = self.knows(&typed.text);
        self.all_known &= is_known;
        self.forgiving |= mode == Mode::Fuzzy;
        if mode == Mode::Exact {
            meant.retain(|meant| !matches!(meant.points, points::REWRITTEN | points::INITIALS));
        }
        // People have no numeronyms, and neither has a slip for a word.
        let (numeronyms, meant): (Vec<Meant>, Vec<Meant>) = meant.into_iter().partition(|meant| meant.numeronym);
        if is_known || typed.text.contains(|c: char| c.is_ascii_digit()) {
            self.meant(&numeronyms, places.without_names());
        }
        self.meant(&meant, places);
        if !places.has(Place::Body) {
            return;
        }
        let (bodies, words) = (&self.index.in_bodies, &self.index.body_vocabulary);
        let last = self.clauses.len() - 1;
        let aside = &mut self.clauses[last].aside;
        if let Some(word) = words.number(&typed.text) {
            aside.raise(bodies.of(word as usize).iter().copied(), points::IN_BODY, self.index.len());
        }
        // One or two letters begin too many words to say anything about a body.
        if typed.len() > 2 {
            let begun = words.begun(&typed.text);
            aside.raise(bodies.of_range(begun).iter().copied(), points::BEGUN_IN_BODY, self.index.len());
        }
    }

    /// Is it a whole word somewhere?
    fn knows(&self, word: &str) -> bool {
        self.index.vocabulary.number(word).is_some() || self.index.body_vocabulary.number(word).is_some()
    }

    /// Two words that were typed apart, but may be written as one.
    fn written_apart(&mut self, first: &Simple, second: &Simple) {
        if first.places != second.places {
            return;
        }
        let meant = self.rewritten(&format!("{}{}", first.typed.text, second.typed.text), first.typed.len() > 2);
        let last = self.clauses.len();
        for clause in [last - 2, last - 1] {
            self.meant_by(clause, &meant, first.places);
        }
    }

    /// A word that was typed in another way, or (if `begun`) its beginning.
    fn rewritten(&self, word: &str, begun: bool) -> Vec<Meant> {
        let vocabulary = &self.index.vocabulary;
        let words = if begun { vocabulary.begun(word) } else { vocabulary.number(word).map_or(0..0, |word| word..word + 1) };
        words.map(|number| Meant::of(number, if vocabulary.word(number) == word { points::REWRITTEN } else { points::PREFIX })).collect()
    }

    fn meant(&mut self, meant: &[Meant], places: Places) {
        self.meant_by(self.clauses.len() - 1, meant, places);
    }

    fn meant_by(&mut self, clause: usize, meant: &[Meant], places: Places) {
        self.clauses[clause].words.extend(meant);
        self.clauses[clause].bound |= !meant.is_empty() && places != Places::ALL;
        let clause = u8::try_from(clause).expect("a query has few terms");
        for Meant { word, points, .. } in meant {
            let first = &mut self.table[*word as usize];
            self.entries.push(Entry { clause, points: *points, places, next: *first });
            self.wanted[*word as usize / 64] |= 1 << (word % 64);
            *first = u32::try_from(self.entries.len()).expect("entries are no more than words times terms");
        }
    }

    fn phrases(&mut self, phrases: impl IntoIterator<Item = Phrase>, points: u16) {
        let last = self.clauses.len() - 1;
        let mut aside = std::mem::take(&mut self.clauses[last].aside);
        for phrase in phrases {
            phrase.find(self, points, &mut aside);
        }
        self.clauses[last].aside = aside;
    }

    /// About how many talks a clause finds.
    pub fn size(&self, clause: &Wanted) -> usize {
        let index = self.index;
        let mean = index.len() / index.talks_of.len().max(1) + 1;
        let of = |meant: &Meant| index.in_talks.len_of(meant.word as usize) + mean * index.in_events.len_of(meant.word as usize);
        clause.words.iter().map(of).sum::<usize>() + clause.aside.len()
    }
}

/// A clause that is one word, forgivingly looked for.
struct Simple {
    typed: Typed,
    places: Places,
}

/// The entries of one word.
pub struct Entries<'a> {
    entries: &'a [Entry],
    next: u32,
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let entry = *self.entries.get((self.next as usize).checked_sub(1)?)?;
        self.next = entry.next;
        Some(entry)
    }
}
