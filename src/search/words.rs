//! Words: how a text is cut into them, how well one matches another, and which of its letters did.

use crate::text::{fold, fold_char};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The folded words of a text. `solo.io` is a word, and so are `solo` and `io`.
pub fn of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for raw in fold(text).split_whitespace() {
        let joined = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '#');
        let parts: Vec<&str> = joined.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
        if parts.is_empty() {
            continue;
        }
        if parts.len() > 1 || parts[0] != joined {
            words.push(joined.to_owned());
        }
        if joined.contains(['+', '#']) {
            continue;
        }
        words.extend(parts.into_iter().map(str::to_owned));
    }
    words
}

/// How well a word that was typed matches one that is known; better kinds of match always score higher.
pub fn score(typed: &str, known: &str) -> Option<u32> {
    let longer = u32::try_from(known.len().saturating_sub(typed.len())).unwrap_or(u32::MAX).min(99);
    if typed == known {
        return Some(1000);
    }
    if known.starts_with(typed) {
        return Some(900 - longer);
    }
    // One or two letters are the beginning of a word, or say nothing.
    if typed.len() < 3 {
        return None;
    }
    if known.contains(typed) {
        return Some(700 - longer);
    }
    // 2020 is not a slip of the finger for 2025.
    if typed.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if typed.len() > 3 && one_edit_apart(typed, known) {
        return Some(500);
    }
    subsequence(typed, known).map(|(score, _)| 200 + score.min(199))
}

/// Are two words the same but for one letter inserted, left out, replaced, or swapped with its neighbour?
fn one_edit_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[same..], &b[same..]);
    match a.len().abs_diff(b.len()) {
        0 => x.len() > 1 && (x[1..] == y[1..] || (x[0] == y[1] && x[1] == y[0] && x[2..] == y[2..])) || x.len() == 1,
        1 if a.len() < b.len() => *x == y[1..],
        1 => x[1..] == *y,
        _ => false,
    }
}

/// Letters in order within one word, from its first on, scored by `fuzzy-matcher`; scattered ones are refused.
fn subsequence(typed: &str, known: &str) -> Option<(u32, Vec<usize>)> {
    if typed.chars().next() != known.chars().next() || typed.len() * 4 < known.len() || typed.len() >= known.len() {
        return None;
    }
    // A matcher remembers what it scored before, and scores by it: a fresh one makes the order certain.
    let (score, indices) = SkimMatcherV2::default().fuzzy_indices(known, typed)?;
    let good = score > 10 * i64::try_from(typed.len()).ok()?;
    good.then(|| (u32::try_from(score).unwrap_or(0), indices))
}

/// Byte ranges of a text that match one of some folded words.
pub fn highlights(typed: &[String], text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (start, word) in text.split_word_bound_indices() {
        if !word.starts_with(char::is_alphanumeric) {
            continue;
        }
        let (folded, origins) = fold_with_origins(word);
        let best = typed.iter().filter_map(|t| Some((score(t, &folded)?, t))).max();
        let Some((_, typed)) = best else { continue };
        let letters: Vec<usize> = match folded.find(typed.as_str()) {
            Some(at) => {
                let first = folded[..at].chars().count();
                (first..first + typed.chars().count()).collect()
            }
            None => subsequence(typed, &folded).map_or_else(|| (0..origins.len()).collect(), |(_, letters)| letters),
        };
        for letter in letters {
            let at = &origins[letter];
            push(&mut ranges, start + at.start..start + at.end);
        }
    }
    ranges
}

/// Adds a range, growing the last one where they touch.
fn push(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
        _ => ranges.push(range),
    }
}

/// A folded word, and for each of its letters the bytes of the grapheme it came from.
fn fold_with_origins(word: &str) -> (String, Vec<Range<usize>>) {
    let mut folded = String::new();
    let mut origins = Vec::new();
    for (at, grapheme) in word.grapheme_indices(true) {
        for letter in grapheme.chars().flat_map(fold_char) {
            folded.push(letter);
            origins.push(at..at + grapheme.len());
        }
    }
    (folded, origins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_a_text() {
        assert_eq!(of("Solo.io & C++ (CI/CD) Köln"), ["solo.io", "solo", "io", "c++", "ci/cd", "ci", "cd", "koln"]);
    }

    #[test]
    fn better_kinds_score_higher() {
        let scores = ["kubernetes", "kuber", "bernetes", "kubrenetes", "kbrnts"].map(|typed| score(typed, "kubernetes"));
        assert!(scores.windows(2).all(|pair| pair[0] > pair[1]), "{scores:?}");
        assert!(scores.iter().all(Option::is_some));
        assert_eq!(score("cat", "kubernetes"), None);
        assert_eq!(score("be", "kubernetes"), None);
        assert_eq!(score("2020", "2025"), None);
    }

    #[test]
    fn one_edit() {
        for (a, b, apart) in [
            ("park", "parc", true),
            ("park", "prak", true),
            ("park", "par", true),
            ("park", "parks", true),
            ("park", "pork", true),
            ("park", "dork", false),
            ("ab", "ba", true),
        ] {
            assert_eq!(one_edit_apart(a, b), apart, "{a} {b}");
        }
    }

    #[test]
    fn letters_light_up_on_the_original() {
        let lit =
            |query: &str, text: &str| -> Vec<String> { highlights(&of(query), text).into_iter().map(|r| text[r].to_owned()).collect() };
        assert_eq!(lit("rafal", "by Rafał Nowak"), ["Rafał"]);
        assert_eq!(lit("ber", "Kubernetes"), ["ber"]);
        assert_eq!(lit("fi", "a ﬁne day"), ["ﬁ"]);
        assert_eq!(lit("peter", "Pe\u{301}ter"), ["Pe\u{301}ter"]);
        assert_eq!(lit("boats", "Sharing boast"), ["boast"]);
    }

    proptest! {
        #[test]
        fn any_query_is_answered(query in "\\PC{0,40}", text in "\\PC{0,80}") {
            let mut end = 0;
            for range in highlights(&of(&query), &text) {
                prop_assert!(range.start >= end && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                end = range.end;
            }
        }
    }
}
