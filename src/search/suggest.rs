//! Did you mean: another query, where one finds nothing.

use super::index::Index;
use super::query::{Mode, Query, Term, Want};
use super::tokens::is_word_by_itself;
use super::typed::mask;
use crate::text::edits_within;

/// Words of a query that are looked for anew.
const MOST_RESPELLED: usize = 4;

/// Another query that finds something, if there is one near; `found` says how many talks a query finds.
pub fn suggestion(index: &Index, typed: &str, query: &Query, found: impl Fn(&str) -> usize) -> Option<String> {
    let terms: Vec<&Term> = query.clauses.iter().flat_map(|clause| &clause.any).collect();
    let spelled = respelled(index, typed, &terms).filter(|other| found(other) > 0);
    spelled.or_else(|| shortened(typed, &terms, found))
}

/// The query with the nearest word that stands somewhere in the place of each that stands nowhere.
fn respelled(index: &Index, typed: &str, terms: &[&Term]) -> Option<String> {
    let mut query = typed.to_owned();
    let (mut changed, mut respelled) = (false, 0);
    for term in terms.iter().rev() {
        let Want::Text(text) = &term.want else { continue };
        let word = crate::text::fold(&text.text);
        let known = [&index.vocabulary, &index.body_vocabulary].iter().any(|words| !words.begun(&word).is_empty());
        if term.negated || text.mode != Mode::Fuzzy || known || respelled == MOST_RESPELLED {
            continue;
        }
        respelled += 1;
        let Some(near) = nearest(index, &word) else { continue };
        let Some(at) = query[term.range.clone()].rfind(text.text.as_str()).map(|at| at + term.range.start) else { continue };
        query.replace_range(at..at + text.text.len(), near);
        changed = true;
    }
    changed.then_some(query)
}

/// The word outside all bodies that is nearest to another; of several, the one that stands in the most talks.
fn nearest<'a>(index: &'a Index, word: &str) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().collect();
    // What is near a few letters, or signs, is another thing.
    if !(4..=32).contains(&letters.len()) || !letters.iter().all(|c| c.is_alphabetic() && !is_word_by_itself(*c)) {
        return None;
    }
    let most = (letters.len() / 3).min(4);
    let (wanted, bound) = (mask(word), u32::try_from(most).unwrap_or(0));
    let words = 0..u32::try_from(index.vocabulary.len()).unwrap_or(u32::MAX);
    let near = words.filter_map(|number| {
        let talks = index.in_talks.len_of(number as usize) + index.in_events.len_of(number as usize);
        let known = index.vocabulary.word(number);
        let other = index.vocabulary.mask(number);
        // An edit changes one letter, or takes one away.
        let far = (wanted & !other).count_ones() > bound || (other & !wanted).count_ones() > bound;
        if far || known.len() < 3 || known.starts_with(super::vocabulary::INITIALS) {
            return None;
        }
        let known: Vec<char> = known.chars().collect();
        let edits = edits_within(&letters, &known, most)?;
        // Three slips and another beginning are no slips.
        if edits > 2 && known.first() != letters.first() {
            return None;
        }
        Some((edits, known.first() != letters.first(), std::cmp::Reverse(talks), number))
    });
    near.min().map(|(.., number)| index.vocabulary.word(number))
}

/// The query without the one term that leaves the fewest talks, yet some.
fn shortened(typed: &str, terms: &[&Term], found: impl Fn(&str) -> usize) -> Option<String> {
    let positive = terms.iter().filter(|term| !term.negated).count();
    if !(2..=6).contains(&terms.len()) || positive < 2 || typed.contains('|') {
        return None;
    }
    let without = terms.iter().filter(|term| !term.negated).map(|term| {
        let rest = format!("{} {}", &typed[..term.range.start], &typed[term.range.end..]);
        rest.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    without.map(|query| (found(&query), query)).filter(|(talks, _)| *talks > 0).min().map(|(_, query)| query)
}
