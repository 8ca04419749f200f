//! The shapes in which a sentence puts people and a company together.

use super::{Found, Reader, Shape};
use std::ops::Range;

/// Nouns that say what somebody does for a company.
const ROLES: [&str; 38] = [
    "advocate",
    "analyst",
    "architect",
    "ceo",
    "cfo",
    "chair",
    "chief",
    "ciso",
    "cio",
    "co-founder",
    "cofounder",
    "consultant",
    "coo",
    "cpo",
    "cto",
    "dev",
    "developer",
    "director",
    "engineer",
    "evangelist",
    "expert",
    "fellow",
    "founder",
    "head",
    "lead",
    "leader",
    "lecturer",
    "maintainer",
    "manager",
    "officer",
    "owner",
    "president",
    "professor",
    "researcher",
    "scientist",
    "specialist",
    "sre",
    "vp",
];

impl Reader<'_> {
    /// Do only words like `and` stand between two?
    pub(super) fn only_joins(&self, start: usize, end: usize) -> bool {
        const JOINS: [&str; 17] = [
            "and",
            "&",
            "with",
            "plus",
            "as",
            "well",
            "joined",
            "accompanied",
            "by",
            "together",
            "along",
            "alongside",
            "his",
            "her",
            "their",
            "colleague",
            "colleagues",
        ];
        self.tokens[start..end].iter().all(|t| JOINS.contains(&t.word))
    }

    /// `NAMES from COMPANY` around the word at `i`; names do not reach back before `floor`.
    pub(super) fn pair_at(&self, i: usize, floor: usize) -> Option<Found> {
        let link = self.tokens[i];
        let certain = matches!(link.word, "from" | "From" | "form");
        if !(certain || matches!(link.word, "of" | "at" | "representing")) || !link.trail.is_empty() {
            return None;
        }
        let mut names = self.names_before(i, floor);
        // `Ann Lee, Staff Engineer from Tide`; but `Ann Lee, Head of Boats` names no company yet.
        let all = names.len();
        names.retain(|r| !self.is_role(r.end - 1..r.end));
        if !certain && names.len() < all {
            return None;
        }
        let first = names.first()?.start;
        let company = self.company_after(i + 1);
        // One word may be a name where a known company follows it, but not at the head of a sentence (`Folks from …`).
        let expected = certain
            && self.tokens.get(i + 1).is_some_and(|t| self.lexicon.at_start(&self.text[t.start..]).is_some())
            && first.checked_sub(1).is_some_and(|b| !self.tokens[b].ends_sentence());
        let single = |r: &Range<usize>| r.len() == 1 && !expected && !self.roster.knows(&self.slice(r));
        if names.iter().any(single) {
            return None;
        }
        // `Head of X` and `engineers at X` are weak: both sides must look the part.
        if !certain && company.is_none() {
            return None;
        }
        let company_missing = company.is_none();
        let (company, after) = company.map_or((None, i + 1), |(name, after)| (Some(name), after));
        Some(self.group(&names, company.as_ref(), after, company_missing))
    }

    /// `NAME, ROLE at COMPANY` and `NAMES, both from COMPANY`, where `i` is the word before the comma.
    pub(super) fn apposed_at(&self, i: usize, floor: usize) -> Option<Found> {
        if self.tokens[i].trail != "," {
            return None;
        }
        let names = self.names_before(i + 1, floor);
        if names.is_empty() || names.iter().any(|r| r.len() == 1 && !self.roster.knows(&self.slice(r))) {
            return None;
        }
        let clause = self.tokens[i + 1..].iter().take(10);
        let len = clause.take_while(|t| t.trail.is_empty() && t.lead.is_empty()).count() + 1;
        let end = (i + 1 + len).min(self.tokens.len());
        let link = |words: &[&str]| (i + 2..end).find(|k| words.contains(&self.tokens[*k].word));
        // In `Head of Platform at Tide` only what is behind `at` is the company.
        let link = link(&["at", "from"]).or_else(|| link(&["of", "for"]))?;
        if !self.is_role(i + 1..link) {
            return None;
        }
        let (company, after) = self.company_after(link + 1)?;
        Some(self.group(&names, Some(&company), after, false))
    }

    /// Does a clause say what somebody does, or that several belong together?
    pub(super) fn is_role(&self, words: Range<usize>) -> bool {
        let clause = &self.tokens[words];
        let noun = |word: &str| {
            let word = word.to_lowercase();
            ROLES.contains(&word.as_str()) || word.strip_suffix('s').is_some_and(|w| ROLES.contains(&w))
        };
        let opens = |t: &super::Token| matches!(t.word, "both" | "all" | "who" | "currently" | "formerly");
        let tells = clause.iter().any(|t| t.word.starts_with(char::is_lowercase) && t.word.ends_with("ing"));
        !tells && (clause.first().is_some_and(opens) || clause.iter().any(|t| noun(t.word)))
    }

    /// `NAME, COMPANY describing` and `NAME (COMPANY)`, where `i` is the last word of the name.
    pub(super) fn beside_at(&self, i: usize, floor: usize) -> Option<Found> {
        let (token, next) = (self.tokens[i], self.tokens.get(i + 1)?);
        let bracket = next.lead == "(";
        if !(token.trail == "," || bracket) || !token.is_name_word() {
            return None;
        }
        let mut names = self.names_before(i + 1, floor);
        names.retain(|r| !self.is_role(r.end - 1..r.end));
        if names.is_empty() || names.iter().any(|r| r.len() == 1 && !self.roster.knows(&self.slice(r))) {
            return None;
        }
        let announced = self.lexicon.at_start(&self.text[next.start..]).is_some();
        if !(announced || (bracket && next.is_capital())) {
            return None;
        }
        let (company, after) = self.company_after(i + 1)?;
        Some(self.group(&names, Some(&company), after, false))
    }

    /// The company in `was NAME, COMPANY describing`, which nothing else announces: `i` is its first word.
    pub(super) fn company_described(&self, i: usize) -> Option<(String, usize)> {
        let (company, after) = self.tokens.get(i).filter(|t| t.is_capital()).and_then(|_| self.company_after(i))?;
        let verb = |t: &super::Token| t.word.starts_with(char::is_lowercase) && t.word.ends_with("ing");
        self.tokens.get(after).is_some_and(|t| verb(t) || matches!(t.word, "who" | "with")).then_some((company, after))
    }

    /// `Tide's Ann Lee`, `Tide CTO Ann Lee`: the known company before a name, or at its head, and the name without it.
    pub(super) fn behind_company(&self, name: &Range<usize>, floor: usize) -> Option<(String, Range<usize>)> {
        let possessive = |k: &usize| self.tokens[*k].word.strip_suffix("'s").or_else(|| self.tokens[*k].word.strip_suffix("’s"));
        if let Some(k) = (name.start..name.end - 1).find(|k| possessive(k).is_some() && name.end - k > 2) {
            let company = self.text[self.tokens[name.start].start..self.tokens[k].end].trim_end_matches(['s', '\'', '’']);
            return Some((company.to_owned(), k + 1..name.end));
        }
        for j in name.start.saturating_sub(4).max(floor)..name.end {
            let start = self.tokens[j].start;
            let Some(end) = self.lexicon.at_start(&self.text[start..]).map(|len| start + len) else { continue };
            let behind = (j..name.end).find(|k| self.tokens[*k].start >= end)?;
            let parted = self.tokens[j..name.start.max(j)].iter().any(|t| !t.trail.is_empty());
            if parted || (behind < name.start && !self.is_role(behind..name.start)) {
                continue;
            }
            let mut first = behind.max(name.start);
            while name.end - first > 2 && self.is_role(first..first + 1) {
                first += 1;
            }
            if name.end - first >= 2 {
                return Some((self.text[start..end].to_owned(), first..name.end));
            }
        }
        None
    }

    /// The words behind everyone of whom a text says first that they could not come.
    pub(super) fn behind_absentees(&self, words: Range<usize>) -> Range<usize> {
        let mut start = words.start;
        while let Some(next) = self.chain(&(start..words.end), |i, floor| self.pair_at(i, floor)).filter(|f| self.is_absent(f.after)) {
            start = next.after;
        }
        start..words.end
    }

    /// `… was unable to`, `… couldn't make it`.
    pub(super) fn is_absent(&self, after: usize) -> bool {
        let rest = &self.tokens[after.min(self.tokens.len())..(after + 8).min(self.tokens.len())];
        let clause = rest.iter().position(super::Token::ends_sentence).map_or(rest.len(), |end| end + 1);
        let comes = |t: Option<&super::Token>| t.is_some_and(|t| matches!(t.word, "make" | "join" | "be" | "attend" | "come" | "speak"));
        rest[..clause].iter().enumerate().any(|(i, t)| match t.word {
            "unable" | "cancelled" | "cancel" | "ill" | "unwell" => true,
            "couldn't" | "couldn’t" | "can't" | "can’t" => comes(rest.get(i + 1)),
            "not" => comes(rest.get(i + 1)) || rest.get(i + 1).is_some_and(|t| t.word == "able"),
            _ => false,
        })
    }

    /// `stepping in for NAME`, `in place of NAME`.
    pub(super) fn is_replaced(&self, next: &Found) -> bool {
        let before = |back: usize| next.first.checked_sub(back).map_or("", |b| self.tokens[b].word);
        match before(1) {
            "replacing" => true,
            "for" => matches!(before(2), "in" | "covering" | "standing" | "subbing" | "deputising"),
            "of" => matches!(before(2), "place" | "instead" | "behalf"),
            _ => false,
        }
    }

    pub(super) fn group(&self, names: &[Range<usize>], company: Option<&String>, after: usize, company_missing: bool) -> Found {
        let people = names.iter().map(|r| self.resolve(&self.slice(r), company.cloned())).collect();
        Found { people, first: names.first().map_or(after, |r| r.start), after, company_missing, shape: Shape::Pair }
    }
}
