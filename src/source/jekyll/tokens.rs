//! A paragraph as words with the punctuation around each.

/// A word of a text: the word itself without the punctuation that clings to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token<'a> {
    /// First byte of the word.
    pub start: usize,
    /// First byte behind the word.
    pub end: usize,
    /// The word.
    pub word: &'a str,
    /// Punctuation right before it.
    pub lead: &'a str,
    /// Punctuation right behind it.
    pub trail: &'a str,
}

/// Words that begin like a name but only begin a sentence.
const STARTERS: [&str; 61] = [
    "After",
    "Additionally",
    "Again",
    "Also",
    "And",
    "As",
    "At",
    "Before",
    "But",
    "Check",
    "Closing",
    "Each",
    "Finally",
    "First",
    "Firstly",
    "Following",
    "For",
    "Fortunately",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "In",
    "It",
    "Join",
    "Kicking",
    "Last",
    "Lastly",
    "Later",
    "Next",
    "On",
    "Once",
    "Opening",
    "Our",
    "Plus",
    "Recently",
    "Rounding",
    "Sadly",
    "Second",
    "Secondly",
    "See",
    "She",
    "Slides",
    "Speaking",
    "Starting",
    "Thanks",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "They",
    "Third",
    "Thirdly",
    "This",
    "To",
    "Unfortunately",
    "We",
    "Wrapping",
    "With",
];

/// Words in small letters that stand inside names.
const PARTICLES: [&str; 24] = [
    "af", "al", "av", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "e", "el", "ibn", "la", "le", "o", "ter", "ten", "van",
    "von", "y", "zu",
];

impl Token<'_> {
    /// Does the word begin like a name?
    pub fn is_capital(&self) -> bool {
        self.word.starts_with(has_capital_rank)
    }

    /// A name in quotation marks or brackets, as between a first name and a surname.
    pub fn is_nickname(&self) -> bool {
        matches!((self.lead, self.trail), ("\"", "\"") | ("“", "”") | ("'", "'") | ("‘", "’") | ("(", ")")) && self.is_capital()
    }

    /// Could the word be part of a person's name?
    pub fn is_name_word(&self) -> bool {
        self.is_capital() && !STARTERS.contains(&self.word) && !self.word.contains("://") && self.word != "I"
    }

    /// A small word inside names (`van`, `de`).
    pub fn is_particle(&self) -> bool {
        PARTICLES.contains(&self.word)
    }

    /// Does nothing part this word from the next? The full stop of an initial or a title does not.
    pub fn flows_on(&self) -> bool {
        self.trail.is_empty() || (self.trail == "." && self.is_abbreviation())
    }

    fn is_abbreviation(&self) -> bool {
        self.word.split('.').all(|part| part.chars().count() == 1)
            || matches!(self.word, "Dr" | "Prof" | "Mr" | "Mrs" | "Ms" | "St" | "Jr" | "Sr")
    }

    /// Does a sentence end behind this word?
    pub fn ends_sentence(&self) -> bool {
        self.trail.contains(['.', '!', '?']) && !(self.trail == "." && self.is_abbreviation())
    }
}

/// A capital, or a letter of a script that knows none.
fn has_capital_rank(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase()
}

/// A bracket that opens right behind a letter, or a letter right behind a comma, begins a word: `Boats(starting at …`.
fn apart(raw: &str) -> impl Iterator<Item = &str> {
    let begins = |before: char, c: char| (c == '(' && before.is_alphanumeric()) || (before == ',' && c.is_alphabetic());
    let glued = raw.char_indices().zip(raw.chars().skip(1)).find(|((_, before), c)| begins(*before, *c));
    let (head, tail) = raw.split_at(glued.map_or(raw.len(), |((at, before), _)| at + before.len_utf8()));
    [head, tail].into_iter().filter(|part| !part.is_empty())
}

/// Cuts a text into words.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let base = text.as_ptr() as usize;
    text.split_whitespace()
        .flat_map(apart)
        .filter_map(|raw| {
            let at = raw.as_ptr() as usize - base;
            let body = raw.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '#' | '.' | '&'));
            let word = body.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#' | '&'));
            if word.is_empty() {
                return None;
            }
            let lead = &raw[..raw.len() - body.len()];
            let start = at + lead.len();
            Some(Token { start, end: start + word.len(), word, lead, trail: &body[word.len()..] })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_is_kept_apart() {
        let text = "Finally,  Eric D. Schabell (from C++ & Co.) said \"go\"!";
        let words: Vec<(&str, &str, &str)> = tokens(text).iter().map(|t| (t.lead, t.word, t.trail)).collect();
        assert_eq!(
            words,
            [
                ("", "Finally", ","),
                ("", "Eric", ""),
                ("", "D", "."),
                ("", "Schabell", ""),
                ("(", "from", ""),
                ("", "C++", ""),
                ("", "&", ""),
                ("", "Co", ".)"),
                ("", "said", ""),
                ("\"", "go", "\"!"),
            ]
        );
        assert!(tokens(text).iter().all(|t| &text[t.start..t.end] == t.word));
        assert!(tokens(text)[2].flows_on() && !tokens(text)[0].flows_on());
    }
}
