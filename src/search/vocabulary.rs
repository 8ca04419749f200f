//! The vocabulary: every distinct word of a catalogue, sorted, and the words of it that a typed word may mean.

use super::typed::{Reach, Typed, mask, points};
use memchr::memmem::Finder;
use std::ops::Range;

/// Stands between two words in memory, so that no match runs from one into the next.
const BETWEEN: u8 = b'\0';

/// Marks the first letters of a name (`dhh`), which are found only whole; no other word begins with it.
pub const INITIALS: char = '\u{1}';

/// A number for each distinct word, in the order of the alphabet.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// All words, one behind the other, a [`BETWEEN`] behind each.
    letters: String,
    /// Where each word begins, and the end of the last.
    starts: Vec<u32>,
    masks: Vec<u64>,
    /// The first word that is no [`INITIALS`].
    first: u32,
}

/// A word of the vocabulary, and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meant {
    /// Its number.
    pub word: u32,
    /// See [`points`].
    pub points: u16,
    /// One is a numeronym of the other: no way in which names are written.
    pub numeronym: bool,
}

impl Meant {
    /// A word that is worth so many points.
    pub fn of(word: u32, points: u16) -> Meant {
        Meant { word, points, numeronym: false }
    }
}

impl Vocabulary {
    /// Numbers words that come in order, each once.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for word in words {
            vocabulary.starts.push(at(vocabulary.letters.len()));
            vocabulary.masks.push(mask(word));
            vocabulary.letters.push_str(word);
            vocabulary.letters.push(char::from(BETWEEN));
        }
        vocabulary.starts.push(at(vocabulary.letters.len()));
        vocabulary.letters.shrink_to_fit();
        vocabulary.first = vocabulary.begins_at("\u{2}");
        vocabulary
    }

    /// What is kept of it: the rest follows.
    pub fn as_stored(&self) -> (&str, &[u32], &[u64]) {
        (&self.letters, &self.starts, &self.masks)
    }

    /// The vocabulary again; `None` if its words do not lie where they should.
    pub fn from_stored(letters: String, starts: Vec<u32>, masks: Vec<u64>) -> Option<Vocabulary> {
        let mut words = starts.windows(2).map(|word| letters.get(word[0] as usize..(word[1] as usize).checked_sub(1)?));
        if starts.len() != masks.len() + 1 || words.any(|word| word.is_none()) {
            return None;
        }
        let mut vocabulary = Vocabulary { letters, starts, masks, first: 0 };
        vocabulary.first = vocabulary.begins_at("\u{2}");
        Some(vocabulary)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.masks.len()
    }

    /// The word of a number.
    pub fn word(&self, number: u32) -> &str {
        let number = number as usize;
        &self.letters[self.starts[number] as usize..self.starts[number + 1] as usize - 1]
    }

    /// The letters of a word as bits (see [`mask`]).
    pub fn mask(&self, number: u32) -> u64 {
        self.masks[number as usize]
    }

    /// The number of a word.
    pub fn number(&self, word: &str) -> Option<u32> {
        let number = self.begins_at(word);
        ((number as usize) < self.len() && self.word(number) == word).then_some(number)
    }

    /// The words that begin with some letters, the one that is just these among them.
    pub fn begun(&self, letters: &str) -> Range<u32> {
        let start = self.begins_at(letters).max(self.first);
        start..self.first_but(start, |word| word.starts_with(letters))
    }

    /// The first word that does not stand before some letters.
    fn begins_at(&self, letters: &str) -> u32 {
        self.first_but(0, |word| word < letters)
    }

    /// The first word behind those, from one on, that are so.
    fn first_but(&self, from: u32, are_so: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (from, at(self.len()).max(from));
        while low < high {
            let middle = low.midpoint(high);
            if are_so(self.word(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Every word that a typed one may mean within a reach, each once, in no particular order.
    pub fn meant(&self, typed: &Typed, reach: Reach) -> Vec<Meant> {
        let mut meant = Vec::new();
        if reach == Reach::Whole {
            meant.extend(self.number(&typed.text).map(|word| Meant::of(word, points::EXACT)));
            return meant;
        }
        for word in self.begun(&typed.text) {
            let known = self.word(word);
            let points = if known == typed.text { points::EXACT } else { typed.begins(known).unwrap_or(points::PREFIX) };
            meant.push(Meant::of(word, points));
        }
        self.written_otherwise(typed, &mut meant);
        if reach >= Reach::Within {
            self.holding(typed, &mut meant);
        }
        if reach >= Reach::Slips {
            self.slipped(typed, &mut meant);
        }
        meant
    }

    /// First letters of names, and numeronyms.
    fn written_otherwise(&self, typed: &Typed, meant: &mut Vec<Meant>) {
        let rewritten = |word| Meant { numeronym: true, ..Meant::of(word, points::REWRITTEN) };
        if (3..=5).contains(&typed.len()) {
            let initials = self.number(&format!("{INITIALS}{}", typed.text));
            meant.extend(initials.map(|word| Meant::of(word, points::INITIALS)));
        }
        meant.extend(typed.shortened().and_then(|short| self.number(&short)).map(rewritten));
        if typed.text.as_bytes().get(1).is_some_and(u8::is_ascii_digit) && typed.len() < 5 {
            let first = typed.text.get(..1).unwrap_or_default();
            meant.extend(
                self.begun(first).filter(|word| self.word(*word) != typed.text && typed.is_numeronym_of(self.word(*word))).map(rewritten),
            );
        }
    }

    /// Words that hold the typed one, but do not begin with it.
    fn holding(&self, typed: &Typed, meant: &mut Vec<Meant>) {
        if typed.len() < 3 {
            return;
        }
        let bytes = self.letters.as_bytes();
        let finder = Finder::new(typed.text.as_bytes());
        let mut word = self.first as usize;
        let mut from = self.starts.get(word).map_or(bytes.len(), |at| *at as usize);
        while let Some(found) = finder.find(&bytes[from..]) {
            let place = at(from + found);
            word += self.starts[word + 1..].partition_point(|start| *start <= place);
            if place > self.starts[word]
                && let Some(points) = typed.is_within(self.word(at(word)))
            {
                // Words that begin with it are there already.
                if !self.word(at(word)).starts_with(&typed.text) {
                    meant.push(Meant::of(at(word), points));
                }
            }
            word += 1;
            from = self.starts[word] as usize;
        }
    }

    /// Words that the typed one may be a slip for.
    fn slipped(&self, typed: &Typed, meant: &mut Vec<Meant>) {
        for (i, mask) in self.masks.iter().enumerate().skip(self.first as usize) {
            let bytes = (self.starts[i + 1] - self.starts[i]) as usize - 1;
            if !typed.may_slip_to(*mask, bytes) {
                continue;
            }
            let word = at(i);
            let known = self.word(word);
            if (typed.len() > 2 && known.contains(&typed.text)) || known.starts_with(&typed.text) || typed.is_numeronym_of(known) {
                continue;
            }
            meant.extend(typed.slips_to(known).map(|points| Meant::of(word, points)));
        }
    }
}

/// A place or number as it is kept: a vocabulary of four gigabytes is beyond any catalogue.
fn at(place: usize) -> u32 {
    u32::try_from(place).expect("less than four gigabytes of words")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        /// The shortcuts (sorted beginnings, one search through all letters, masks) find just what comparing with every word finds.
        #[test]
        fn shortcuts_find_what_comparing_finds(words in proptest::collection::btree_set("[abcé8]{1,9}", 0..40), typed in "[abcé8]{1,6}") {
            let words: BTreeSet<String> = words;
            let vocabulary = Vocabulary::new(words.iter().map(String::as_str));
            let typed = Typed::new(typed);
            for reach in [Reach::Whole, Reach::Begun, Reach::Within, Reach::Slips] {
                let mut meant = vocabulary.meant(&typed, reach);
                meant.sort_by_key(|m| m.word);
                let compared: Vec<Meant> = (0..at(words.len()))
                    .filter_map(|word| {
                        let known = vocabulary.word(word);
                        let numeronym = reach > Reach::Whole && typed.is_numeronym_of(known) && typed.text != known;
                        Some(Meant { numeronym, ..Meant::of(word, typed.points(known, reach)?) })
                    })
                    .collect();
                prop_assert_eq!(&meant, &compared, "{:?} {:?}", typed, reach);
            }
        }
    }
}
