//! Who is named in a post, and from where: pairs of a person and a company, and the lists further up that give surnames.

mod company;
mod names;
mod shapes;

use super::lexicon::Lexicon;
use super::tokens::Token;
use crate::domain::Origin;
use std::ops::Range;

/// A person, as a post names them.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// As printed.
    pub name: String,
    /// How sure the name is.
    pub name_origin: Origin,
    /// As printed.
    pub company: Option<String>,
    /// How sure the company is.
    pub company_origin: Origin,
}

impl Person {
    fn stated(name: &str, company: Option<String>) -> Person {
        Person { name: name.to_owned(), name_origin: Origin::Stated, company, company_origin: Origin::Stated }
    }
}

/// People found in a row of words, and the word behind them.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// In the order of the text.
    pub people: Vec<Person>,
    /// Index of the first word of it all.
    pub first: usize,
    /// Index of the first word that belongs to none of it.
    pub after: usize,
    /// `from` was followed by no company.
    pub company_missing: bool,
    /// How the shape was read.
    pub shape: Shape,
}

/// The shapes in which prose names people, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// With a company: `NAME from COMPANY`, `NAME, COMPANY`.
    Pair,
    /// Somebody whom the post names elsewhere too.
    Known,
    /// Words with capitals where a person is due.
    Capitals,
}

/// What a post says elsewhere about people: a list of speakers, labels of pictures, its own author.
#[derive(Debug, Default)]
pub struct Roster {
    /// Everyone known, the surest first.
    pub people: Vec<Person>,
    /// Who writes `I`.
    pub author: Option<Person>,
}

impl Roster {
    /// Adds somebody, unless the name is known already.
    pub fn add(&mut self, person: Person) {
        if !self.people.iter().any(|known| known.name == person.name) {
            self.people.push(person);
        }
    }

    /// The one person whose first name or full name this is.
    fn find(&self, name: &str) -> Option<&Person> {
        let first = |p: &&Person| p.name == name || p.name.split(' ').next() == Some(name);
        let mut matching = self.people.iter().filter(first);
        let person = matching.next()?;
        matching.next().is_none().then_some(person)
    }

    fn knows(&self, name: &str) -> bool {
        self.find(name).is_some()
    }
}

/// Nobody speaks in a larger company; a longer list is no list of speakers, and would be walked again at each of its names.
const MOST_NAMES: usize = 12;

/// A text's words with what is known about names in it.
pub struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub tokens: &'a [Token<'a>],
    /// Known companies.
    pub lexicon: &'a Lexicon,
    /// Known people.
    pub roster: &'a Roster,
}

impl Reader<'_> {
    /// The first people among the words within some bytes, by the surest shape that fits.
    pub fn people(&self, bytes: Range<usize>) -> Option<Found> {
        let start = self.tokens.iter().position(|t| t.start >= bytes.start).unwrap_or(self.tokens.len());
        let end = self.tokens.iter().position(|t| t.start >= bytes.end).unwrap_or(self.tokens.len());
        let words = self.behind_absentees(start..end);
        self.pairs(words.clone()).or_else(|| self.bare(words.clone())).or_else(|| self.author(words))
    }

    /// Everyone in a row who stands with a company: `A from X, B (Y) and C, who works at Z`.
    pub fn pairs(&self, words: Range<usize>) -> Option<Found> {
        let certain = self.chain(&words, |i, floor| self.pair_at(i, floor));
        let any = self
            .chain(&words, |i, floor| self.pair_at(i, floor).or_else(|| self.apposed_at(i, floor)).or_else(|| self.beside_at(i, floor)));
        match (certain, any) {
            // The plain shape wins, unless a looser one begins further up, or tells of more people in the same row.
            (Some(certain), Some(any))
                if any.first > certain.first || (any.first == certain.first && any.people.len() <= certain.people.len()) =>
            {
                Some(certain)
            }
            (certain, any) => any.or(certain),
        }
    }

    /// Groups of people in a row, by the shape that `at` reads around a word.
    fn chain(&self, words: &Range<usize>, at: impl Fn(usize, usize) -> Option<Found>) -> Option<Found> {
        let mut found: Option<Found> = None;
        for i in words.clone() {
            let floor = found.as_ref().map_or(words.start, |f| f.after);
            let Some(next) = (i >= floor).then(|| at(i, floor)).flatten().filter(|f| f.after <= words.end) else { continue };
            match &mut found {
                None => found = Some(next),
                // Who is stood in for did not speak, nor is the name the title.
                Some(all) if self.is_replaced(&next) => all.after = next.after,
                Some(all) if self.only_joins(all.after, next.first) => {
                    all.people.extend(next.people);
                    all.after = next.after;
                    all.company_missing |= next.company_missing;
                }
                // What is said between belongs to the title: `… Security from Scratch`.
                Some(_) => break,
            }
        }
        found
    }

    /// A name that no company follows: one that the post knows, one behind its company, or two words with capitals
    /// where a person is due.
    fn bare(&self, words: Range<usize>) -> Option<Found> {
        words.clone().find_map(|i| self.bare_at(i, &words))
    }

    /// Such a name that begins with the word `i`, and those that `and` joins to it.
    fn bare_at(&self, i: usize, words: &Range<usize>) -> Option<Found> {
        let name = self.name_starting_at(i, words.end)?;
        let parted = self.tokens[name.end - 1].trail == "," && name.start.checked_sub(1).is_some_and(|b| self.tokens[b].word == "was");
        let followed = parted || self.tokens.get(name.end).is_some_and(|t| t.word.starts_with(char::is_lowercase));
        let led = self.behind_company(&name, words.start).filter(|_| followed);
        let (company, name) = led.map_or((None, name), |(company, name)| (Some(company), name));
        let text = self.slice(&name);
        let known = self.roster.knows(&text);
        let due = followed && name.len() > 1 && (company.is_some() || self.person_is_due(name.start));
        if self.is_absent(name.end) || !(known || due) {
            return None;
        }
        if parted
            && company.is_none()
            && let Some((company, after)) = self.company_described(name.end)
        {
            return Some(self.group(&[name], Some(&company), after, false));
        }
        let mut people = vec![self.resolve(&text, company.clone())];
        let after = self.joined_to(&mut people, name.end, words.end, company.as_ref());
        let shape = match (company, known) {
            (Some(_), _) => Shape::Pair,
            (None, true) => Shape::Known,
            (None, false) => Shape::Capitals,
        };
        Some(Found { people, first: name.start, after, company_missing: false, shape })
    }

    /// Adds who is joined by `and`, as in `Ann Lee and Bo Ek talked`; gives the word behind them.
    fn joined_to(&self, people: &mut Vec<Person>, mut after: usize, end: usize, company: Option<&String>) -> usize {
        while self.tokens.get(after).is_some_and(|t| t.word == "and")
            && let Some(next) = self.name_starting_at(after + 1, end)
            && (next.len() > 1 || self.roster.knows(&self.slice(&next)))
        {
            let own = self.behind_company(&next, after + 1);
            let (own, next) = own.map_or((company.cloned(), next), |(own, name)| (Some(own), name));
            people.push(self.resolve(&self.slice(&next), own));
            after = next.end;
        }
        after
    }

    /// Do the words before the word `i` lead up to a person?
    fn person_is_due(&self, i: usize) -> bool {
        const LEADS: [&str; 13] = ["was", "were", "had", "by", "is", "and", "with", "welcomed", "then", "to", "that", "have", "up"];
        let Some(before) = i.checked_sub(1).map(|b| self.tokens[b]) else { return true };
        let role = before.word == "own" || self.is_role(i - 1..i);
        role || !before.flows_on() || (before.is_capital() && !before.is_name_word()) || LEADS.contains(&before.word)
    }

    /// `I gave a talk`: the author.
    fn author(&self, words: Range<usize>) -> Option<Found> {
        let i = words.start + self.tokens[words].iter().position(|t| t.word == "I" && t.trail.is_empty())?;
        let author = self.roster.author.clone()?;
        let person = Person { name_origin: Origin::Derived, company_origin: Origin::Derived, ..author };
        Some(Found { people: vec![person], first: i, after: i + 1, company_missing: false, shape: Shape::Known })
    }

    /// Names right before the word at `i`: `B from` gives B, `A, B and C from` all three.
    fn names_before(&self, i: usize, floor: usize) -> Vec<Range<usize>> {
        let mut names = Vec::new();
        let Some(last) = i.checked_sub(1).filter(|last| *last >= floor) else { return names };
        if !(self.tokens[last].flows_on() || self.tokens[last].trail == ",") {
            return names;
        }
        let mut next = self.name_ending_at(last, floor);
        while let Some(name) = next.filter(|_| names.len() < MOST_NAMES) {
            let start = name.start;
            names.insert(0, name);
            let Some(mut before) = start.checked_sub(1).filter(|b| *b >= floor) else { break };
            let joins = (floor..=before).rev().take_while(|b| self.only_joins(*b, b + 1)).count();
            let joined = self.tokens[before + 1 - joins..=before]
                .iter()
                .any(|t| matches!(t.word, "and" | "&" | "joined" | "together" | "alongside"));
            if joined {
                match (before + 1).checked_sub(joins + 1).filter(|b| *b >= floor) {
                    Some(b) => before = b,
                    None => break,
                }
            }
            if !joined && self.tokens[before].trail != "," {
                break;
            }
            next = self.name_ending_at(before, floor).filter(|r| r.len() > 1 || self.roster.knows(&self.slice(r)));
        }
        names
    }

    fn slice(&self, range: &Range<usize>) -> String {
        let text = &self.text[self.tokens[range.start].start..self.tokens[range.end - 1].end];
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A name as far as the post completes it.
    fn resolve(&self, name: &str, company: Option<String>) -> Person {
        // `Ann Lee's talk`
        let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
        let Some(known) = self.roster.find(name) else {
            return Person::stated(name, company);
        };
        let mut person = Person::stated(&known.name, company);
        if known.name != name {
            person.name_origin = Origin::Derived;
        }
        if person.company.is_none() {
            person.company.clone_from(&known.company);
            person.company_origin = Origin::Derived;
        }
        person
    }
}

/// The names among a picture's label: `Asfand Qazi, me and Jakub Borys` gives two.
pub fn names_in_label(label: &str) -> Vec<Person> {
    super::lexicon::split_list(label)
        .iter()
        .filter(|name| {
            let words: Vec<&str> = name.split(' ').collect();
            (2..=5).contains(&words.len())
                && words.first().is_some_and(|w| w.starts_with(char::is_uppercase))
                && words.last().is_some_and(|w| w.starts_with(char::is_uppercase))
        })
        .map(|name| Person { name_origin: Origin::Derived, ..Person::stated(name, None) })
        .collect()
}

#[cfg(test)]
mod tests;
