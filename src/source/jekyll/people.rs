//! Who is named in a post, and from where: pairs of a person and a company, and the lists further up that give surnames.

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
        let words = start..end;
        self.pairs(words.clone())
            .or_else(|| self.with_comma(words.clone()))
            .or_else(|| self.bare(words.clone()))
            .or_else(|| self.author(words))
    }

    /// Every `NAME from COMPANY` in a row: `A from X, B and C from Y`.
    pub fn pairs(&self, words: Range<usize>) -> Option<Found> {
        let mut found: Option<Found> = None;
        for i in words.clone() {
            let floor = found.as_ref().map_or(words.start, |f| f.after);
            let Some(next) = (i > floor).then(|| self.pair_at(i, floor)).flatten() else { continue };
            match &mut found {
                None => found = Some(next),
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

    /// Do only words like `and` stand between two?
    fn only_joins(&self, start: usize, end: usize) -> bool {
        self.tokens[start..end].iter().all(|t| matches!(t.word, "and" | "&" | "with" | "plus" | "as" | "well"))
    }

    /// `NAMES from COMPANY` around the word at `i`; names do not reach back before `floor`.
    fn pair_at(&self, i: usize, floor: usize) -> Option<Found> {
        let link = self.tokens[i];
        let certain = link.word == "from";
        if !(certain || matches!(link.word, "of" | "at")) || !link.trail.is_empty() {
            return None;
        }
        let names = self.names_before(i, floor);
        let first = names.first()?.start;
        let single = |r: &Range<usize>| r.len() == 1 && !self.roster.knows(&self.slice(r));
        if names.iter().any(single) {
            return None;
        }
        let company = self.company_after(i + 1);
        // `Head of X` and `engineers at X` are weak: both sides must look the part.
        if !certain && company.is_none() {
            return None;
        }
        let (company_name, after) = match &company {
            Some((name, after)) => (Some(name.clone()), *after),
            None => (None, i + 1),
        };
        let people = names.iter().map(|r| self.resolve(&self.slice(r), company_name.clone())).collect();
        Some(Found { people, first, after, company_missing: company.is_none(), shape: Shape::Pair })
    }

    /// `NAME, COMPANY describing` and `NAME (COMPANY)`.
    fn with_comma(&self, words: Range<usize>) -> Option<Found> {
        for i in words.start..words.end.saturating_sub(1) {
            let (token, next) = (self.tokens[i], self.tokens[i + 1]);
            let parted = token.trail == "," || next.lead == "(";
            if !parted || !token.is_name_word() {
                continue;
            }
            let Some(name) = self.name_ending_at(i, words.start).filter(|r| r.len() > 1) else { continue };
            let announced = self.lexicon.at_start(&self.text[next.start..]).is_some();
            if !(announced || (next.lead == "(" && next.is_capital())) {
                continue;
            }
            if let Some((company, after)) = self.company_after(i + 1) {
                let people = vec![self.resolve(&self.slice(&name), Some(company))];
                return Some(Found { people, first: name.start, after, company_missing: false, shape: Shape::Pair });
            }
        }
        None
    }

    /// A name that no company follows: one that the post knows, or two words with capitals where a person is due.
    fn bare(&self, words: Range<usize>) -> Option<Found> {
        let end = words.end;
        for i in words {
            let Some(name) = self.name_starting_at(i, end) else { continue };
            let text = self.slice(&name);
            let due = name.start == 0 || {
                let before = self.tokens[name.start - 1];
                !before.flows_on()
                    || (before.is_capital() && !before.is_name_word())
                    || matches!(
                        before.word,
                        "was" | "were" | "had" | "by" | "is" | "and" | "with" | "welcomed" | "then" | "to" | "that" | "have" | "up"
                    )
            };
            let followed = self.tokens.get(name.end).is_some_and(|t| t.word.starts_with(char::is_lowercase));
            if self.roster.knows(&text) || (name.len() > 1 && due && followed) {
                let mut people = vec![self.resolve(&text, None)];
                let mut after = name.end;
                // `Ann Lee and Bo Ek talked`
                while self.tokens.get(after).is_some_and(|t| t.word == "and")
                    && let Some(next) = self.name_starting_at(after + 1, end)
                    && (next.len() > 1 || self.roster.knows(&self.slice(&next)))
                {
                    people.push(self.resolve(&self.slice(&next), None));
                    after = next.end;
                }
                let shape = if self.roster.knows(&text) { Shape::Known } else { Shape::Capitals };
                return Some(Found { people, first: name.start, after, company_missing: false, shape });
            }
        }
        None
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
        while let Some(name) = next {
            let start = name.start;
            names.insert(0, name);
            let Some(mut before) = start.checked_sub(1).filter(|b| *b >= floor) else { break };
            let joined = matches!(self.tokens[before].word, "and" | "&");
            if joined {
                match before.checked_sub(1).filter(|b| *b >= floor) {
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

    fn name_ending_at(&self, last: usize, floor: usize) -> Option<Range<usize>> {
        let mut start = last + 1;
        while start > floor {
            let token = self.tokens[start - 1];
            let inner = start - 1 < last;
            let fits = token.is_name_word()
                || (inner
                    && token.is_particle()
                    && self.tokens[floor..start - 1].last().is_some_and(|t| t.is_name_word() || t.is_particle()));
            if !fits || (inner && !token.flows_on()) {
                break;
            }
            start -= 1;
            if !token.lead.is_empty() {
                break;
            }
        }
        (start <= last).then_some(start..last + 1)
    }

    fn name_starting_at(&self, first: usize, limit: usize) -> Option<Range<usize>> {
        let mut end = first;
        while end < limit {
            let token = self.tokens[end];
            let inner = end > first && token.is_particle() && self.tokens.get(end + 1).is_some_and(|t| t.is_name_word() || t.is_particle());
            if !(token.is_name_word() || inner) {
                break;
            }
            end += 1;
            if !token.flows_on() {
                break;
            }
        }
        (end > first).then_some(first..end)
    }

    fn slice(&self, range: &Range<usize>) -> String {
        let text = &self.text[self.tokens[range.start].start..self.tokens[range.end - 1].end];
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The company that begins at the word `i`, and the word behind it.
    pub fn company_after(&self, i: usize) -> Option<(String, usize)> {
        let mut i = i;
        if matches!(self.tokens.get(i)?.word, "the" | "The") {
            i += 1;
        }
        let first = self.tokens.get(i)?;
        let known = self.lexicon.at_start(&self.text[first.start..]).map(|len| first.start + len);
        if known.is_none() && !may_be_company(first) {
            return None;
        }
        let run = self.company_run(i);
        let run_end = self.tokens[run - 1].end;
        // A known name may be the short form of what stands here (`Just Eat` of `Just Eat Takeaway`).
        let end = known.map_or(run_end, |known| known.max(if first.is_capital() { run_end } else { 0 }));
        let after = self.tokens.iter().position(|t| t.start >= end).unwrap_or(self.tokens.len());
        let name = self.text[first.start..end].split_whitespace().collect::<Vec<_>>().join(" ");
        Some((name, after))
    }

    /// Words with capitals, and small words between them, from `i` on.
    fn company_run(&self, i: usize) -> usize {
        let mut end = i + 1;
        while self.tokens[end - 1].trail.is_empty()
            || (self.tokens[end - 1].trail == "." && self.tokens.get(end).is_some_and(|t| t.word.starts_with(char::is_lowercase)))
        {
            let Some(next) = self.tokens.get(end) else { break };
            let capital = |t: &Token| t.lead.is_empty() && t.word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let bridge =
                matches!(next.word, "of" | "by" | "&" | "for") && next.trail.is_empty() && self.tokens.get(end + 1).is_some_and(&capital);
            if capital(next) {
                end += 1;
            } else if bridge {
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    /// A name as far as the post completes it.
    fn resolve(&self, name: &str, company: Option<String>) -> Person {
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

/// May an unknown word after `from` be a company? Verbs and the like are none.
fn may_be_company(token: &Token) -> bool {
    if token.is_capital() || token.word.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let verb = token.word.ends_with("ing") || token.word.ends_with("ed");
    let small = [
        "who", "which", "where", "that", "to", "with", "and", "a", "an", "our", "his", "her", "their", "all", "across", "about", "on",
        "us", "we",
    ];
    !verb && !small.contains(&token.word) && token.word.len() > 2
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
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn pairs(text: &str) -> Vec<(String, Option<String>)> {
        let (lexicon, roster, words) = (Lexicon::default(), Roster::default(), tokens(text));
        let reader = Reader { text, tokens: &words, lexicon: &lexicon, roster: &roster };
        reader.pairs(0..words.len()).map(|f| f.people.into_iter().map(|p| (p.name, p.company)).collect()).unwrap_or_default()
    }

    #[test]
    fn lists_of_people() {
        let told = |list: &[(&str, &str)]| list.iter().map(|(n, c)| ((*n).to_owned(), Some((*c).to_owned()))).collect::<Vec<_>>();
        assert_eq!(
            pairs("A good evening, featuring Karl Rus from Tide, James Munnelly from Rope and Stan White of Blue Harbour."),
            told(&[("Karl Rus", "Tide"), ("James Munnelly", "Rope"), ("Stan White", "Blue Harbour")])
        );
        assert_eq!(
            pairs("Our speakers were Ana de la Mer and Dr Bo Ek from the University of Sea, and Eric D. Shell, from Knot Inc."),
            told(&[("Ana de la Mer", "University of Sea"), ("Dr Bo Ek", "University of Sea"), ("Eric D. Shell", "Knot Inc")])
        );
        assert_eq!(pairs("Ann Lee from Tide spoke of Boats from Scratch."), told(&[("Ann Lee", "Tide")]));
        assert_eq!(pairs("a photo from Rambly!"), []);
    }

    #[test]
    fn names_on_pictures() {
        let names = |label: &str| names_in_label(label).into_iter().map(|p| p.name).collect::<Vec<_>>();
        assert_eq!(names("Asa Kay, me and Jo Burr"), ["Asa Kay", "Jo Burr"]);
        assert_eq!(names("the venue"), Vec::<String>::new());
    }
}
