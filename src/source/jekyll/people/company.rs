//! Where a company's name ends.

use super::super::lexicon::is_legal_form;
use super::super::tokens::Token;
use super::Reader;

impl Reader<'_> {
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
        while let Some(next) = self.tokens.get(end) {
            let last = self.tokens[end - 1];
            // `Rope, Inc.` is one name.
            if last.trail == "," && is_legal_form(next.word) {
                return end + 1;
            }
            let goes_on = last.trail.is_empty() || (last.trail == "." && next.word.starts_with(char::is_lowercase));
            if goes_on && is_company_word(next) {
                end += 1;
            } else if goes_on && self.is_bridge(end) {
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    /// A small word inside a company's name: `Bank of Rivers`, `Salt and Sons`; but not the one between two people.
    fn is_bridge(&self, i: usize) -> bool {
        let (token, Some(next)) = (self.tokens[i], self.tokens.get(i + 1)) else { return false };
        if !token.trail.is_empty() || !token.lead.is_empty() || !is_company_word(next) {
            return false;
        }
        let second = self.tokens.get(i + 2);
        match token.word {
            "of" | "by" | "for" => true,
            // `Salt & Sons`, but `Tide & Ann Lee from Rope`.
            "&" => !(i + 2..i + 5).any(|k| self.tokens.get(k).is_some_and(|t| matches!(t.word, "from" | "of")) && self.flows(i + 1..k)),
            "and" => second.is_some_and(|t| next.flows_on() && is_legal_form(t.word)) && !self.roster.knows(next.word),
            _ => false,
        }
    }
}

impl Reader<'_> {
    fn flows(&self, words: std::ops::Range<usize>) -> bool {
        self.tokens[words].iter().all(|t| t.is_capital() && t.flows_on())
    }
}

fn is_company_word(token: &Token) -> bool {
    token.lead.is_empty() && token.word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
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
