//! One word that was typed against one that is known: the kinds of match and what each is worth.

use crate::text::edits_within;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// How far a word that was typed may be from the one that is meant. Each reach includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub enum Reach {
    /// Only the word itself.
    Whole,
    /// Its beginning, and other ways of writing it (`k8s`, `justeat`).
    #[default]
    Begun,
    /// A part of it.
    Within,
    /// A slip of the finger, or letters left out.
    Slips,
}

/// Points of a match, by kind. Those of a worse kind are always fewer than those of a better one, wherever the word stands: between
/// the most of one and the least of the next lies more than any place adds.
pub mod points {
    /// The word itself.
    pub const EXACT: u16 = 500;
    /// The word written in another way: parts together or apart, a numeronym.
    pub const REWRITTEN: u16 = 455;
    /// Every first letter of a name.
    pub const INITIALS: u16 = 410;
    /// Its beginning, at least; more the more of it was typed.
    pub const PREFIX: u16 = 330;
    /// A part of it, at least.
    pub const INNER: u16 = 245;
    /// The word itself, in a body.
    pub const IN_BODY: u16 = 235;
    /// Its beginning, in a body.
    pub const BEGUN_IN_BODY: u16 = 230;
    /// One slip, at least; more where the first letter is right.
    pub const SLIP: u16 = 140;
    /// Two slips, at least.
    pub const TWO_SLIPS: u16 = 75;
    /// Letters of it in order, at least.
    pub const SUBSEQUENCE: u16 = 10;
}

/// Letters beyond which no slips are looked for: such a word is no word.
const LONGEST: usize = 32;

/// A word that was typed, folded, with what is needed again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// The word.
    pub text: String,
    chars: Vec<char>,
    mask: u64,
}

impl Typed {
    /// Prepares a folded word.
    pub fn new(text: impl Into<String>) -> Typed {
        let text = text.into();
        Typed { chars: text.chars().collect(), mask: mask(&text), text }
    }

    /// Letters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// What a known word is worth within a reach; nothing if it is out of reach.
    pub fn points(&self, known: &str, reach: Reach) -> Option<u16> {
        if self.text == known {
            return Some(points::EXACT);
        }
        if reach == Reach::Whole {
            return None;
        }
        self.begins(known)
            .or_else(|| self.is_numeronym_of(known).then_some(points::REWRITTEN))
            .or_else(|| (reach >= Reach::Within).then(|| self.is_within(known)).flatten())
            .or_else(|| (reach >= Reach::Slips && self.may_slip_to(mask(known), known.len())).then(|| self.slips_to(known)).flatten())
    }

    /// Points if a longer word begins with it.
    pub fn begins(&self, known: &str) -> Option<u16> {
        known.starts_with(&self.text).then(|| points::PREFIX + share(self.text.len(), known.len(), 36))
    }

    /// Points if a longer word holds it. One or two letters are a beginning, or say nothing.
    pub fn is_within(&self, known: &str) -> Option<u16> {
        (self.len() > 2 && known.contains(&self.text)).then(|| points::INNER + share(self.text.len(), known.len(), 40))
    }

    /// Does one of the two stand for the other by the number of letters left out (`k8s`, `o11y`)?
    pub fn is_numeronym_of(&self, known: &str) -> bool {
        numeronym(&self.text).is_some_and(|n| n.stands_for(known)) || numeronym(known).is_some_and(|n| n.stands_for(&self.text))
    }

    /// The word shortened to a numeronym, if it is long enough for one.
    pub fn shortened(&self) -> Option<String> {
        let long = self.len() >= 6 && self.chars.iter().all(char::is_ascii_alphabetic);
        long.then(|| format!("{}{}{}", self.chars[0], self.len() - 2, self.chars[self.len() - 1]))
    }

    /// Could it be a slip for a word with those letters and so many bytes? Cheap, and never wrong about a no.
    pub fn may_slip_to(&self, known: u64, bytes: usize) -> bool {
        let missing = (self.mask & !known).count_ones();
        let allowed = self.slips_allowed();
        let letters_in_order = missing == 0 && bytes > self.chars.len() && self.chars.len() >= 3;
        let close = missing <= allowed && (known & !self.mask).count_ones() <= allowed && bytes + 2 >= self.chars.len();
        letters_in_order || (allowed > 0 && close)
    }

    /// Points for a slip of the finger, or for letters in order.
    pub fn slips_to(&self, known: &str) -> Option<u16> {
        // 2020 is not a slip of the finger for 2025.
        if self.len() > LONGEST || known.len() > 4 * LONGEST || self.chars.iter().all(char::is_ascii_digit) {
            return None;
        }
        let letters: Vec<char> = known.chars().collect();
        let allowed = self.slips_allowed() as usize;
        let same_start = u16::from(letters.first() == self.chars.first());
        let slip = match edits_within(&self.chars, &letters, allowed) {
            Some(1) => Some(points::SLIP + 28 * same_start + 5 * self.kind_of_slip(&letters)),
            Some(2..) => Some(points::TWO_SLIPS + 20 * same_start),
            _ => None,
        };
        slip.or_else(|| self.subsequence(known, &letters).map(|(points, _)| points))
    }

    /// Is it a slip of the finger for a word with those letters?
    pub fn is_slip_for(&self, letters: &[char]) -> bool {
        edits_within(&self.chars, letters, self.slips_allowed() as usize).is_some()
    }

    /// Letters that were swapped, doubled or left out are likelier than wrong ones.
    fn kind_of_slip(&self, known: &[char]) -> u16 {
        let (mut a, mut b) = (self.chars.clone(), known.to_vec());
        a.sort_unstable();
        b.sort_unstable();
        if a == b {
            return 3;
        }
        a.dedup();
        b.dedup();
        if a == b { 2 } else { u16::from(self.chars.len() != known.len()) }
    }

    /// None in short words, whose neighbours are other words.
    fn slips_allowed(&self) -> u32 {
        match self.chars.len() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        }
    }

    /// Points and places of its letters in order within a longer word, from the first on; scattered ones are refused.
    pub fn subsequence(&self, known: &str, letters: &[char]) -> Option<(u16, Vec<usize>)> {
        if self.chars.len() < 3 || letters.first() != self.chars.first() || letters.len() <= self.chars.len() {
            return None;
        }
        if letters.len() > self.chars.len() * 3 {
            return None;
        }
        // A matcher remembers what it scored before, and scores by it: a fresh one makes the order certain.
        let (score, places) = SkimMatcherV2::default().fuzzy_indices(known, &self.text)?;
        let worth = usize::try_from(score).ok()? / self.chars.len();
        (worth > 10).then(|| (points::SUBSEQUENCE + u16::try_from(worth.min(30) - 10).unwrap_or(0), places))
    }
}

/// `most` parts of how much of a word was typed.
fn share(typed: usize, known: usize, most: usize) -> u16 {
    u16::try_from(most * typed / known.max(1)).unwrap_or(0)
}

/// The letters of a word as bits: a word without a letter of another can not hold it.
pub fn mask(word: &str) -> u64 {
    word.chars().fold(0, |mask, c| {
        mask | match c {
            'a'..='z' => 1 << (c as u32 - 'a' as u32),
            '0'..='9' => 1 << (26 + (c as u32 - '0' as u32)),
            c => 1 << (36 + (c as u32 % 28)),
        }
    })
}

/// `k8s`: first letter, how many were left out, last letter.
struct Numeronym {
    first: u8,
    between: usize,
    last: u8,
}

impl Numeronym {
    fn stands_for(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        bytes.len() == self.between + 2
            && bytes[0] == self.first
            && bytes[bytes.len() - 1] == self.last
            && bytes.iter().all(u8::is_ascii_alphabetic)
    }
}

fn numeronym(word: &str) -> Option<Numeronym> {
    let bytes = word.as_bytes();
    let (&first, &last) = (bytes.first()?, bytes.last()?);
    if !(3..=4).contains(&bytes.len()) || !first.is_ascii_alphabetic() || !last.is_ascii_alphabetic() {
        return None;
    }
    let between = word[1..].get(..bytes.len() - 2)?.parse().ok()?;
    // `e2e` stands for nothing.
    (between >= 4).then_some(Numeronym { first, between, last })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn worth(typed: &str, known: &str) -> Option<u16> {
        Typed::new(typed).points(known, Reach::Slips)
    }

    #[test]
    fn better_kinds_are_worth_more() {
        let typed = ["kubernetes", "k8s", "kube", "bernet", "kubrenetes", "kuberntses", "kbrnts"];
        let worth: Vec<_> = typed.iter().map(|typed| worth(typed, "kubernetes")).collect();
        assert!(worth.windows(2).all(|pair| pair[0] > pair[1]), "{worth:?}");
        assert!(worth.iter().all(Option::is_some));
    }

    #[test]
    fn no_place_makes_up_for_a_worse_kind() {
        use crate::search::index::{MOST_WORTH, Place, worth};
        use points::*;
        let places = [Place::Title, Place::Speaker, Place::OtherName, Place::Company, Place::Tag, Place::Event, Place::Body];
        let all = places.iter().flat_map(|place| (0..20).flat_map(move |words| [false, true].map(|last| worth(*place, words, last))));
        assert_eq!(all.max().map(u16::from), Some(MOST_WORTH));
        // The most that each kind gives, in a place that adds the most, and the least of the next better one.
        for (most, better) in [
            (REWRITTEN + MOST_WORTH, EXACT),
            (INITIALS + MOST_WORTH, REWRITTEN),
            (PREFIX + 36 + MOST_WORTH, INITIALS),
            (INNER + 40 + MOST_WORTH, PREFIX),
            (BEGUN_IN_BODY, IN_BODY),
            (SLIP + 28 + 15 + MOST_WORTH, BEGUN_IN_BODY),
            (TWO_SLIPS + 20 + MOST_WORTH, SLIP),
            (SUBSEQUENCE + 20 + MOST_WORTH, TWO_SLIPS),
        ] {
            assert!(most < better, "{most} {better}");
        }
    }

    #[test]
    fn what_is_no_match() {
        for (typed, known) in [
            ("cat", "kubernetes"),
            ("be", "kubernetes"),
            ("2020", "2025"),
            ("e2e", "else"),
            ("rust", "trusst"),
            ("api", "apprenticeship"),
            ("kats", "cats dogs"),
        ] {
            let points = worth(typed, known);
            assert!(points.is_none() || (typed == "rust" && points < Some(points::INNER)), "{typed} {known} {points:?}");
        }
    }

    #[test]
    fn each_reach_includes_the_one_before() {
        for (typed, reach) in [
            ("kubernetes", Reach::Whole),
            ("kub", Reach::Begun),
            ("k8s", Reach::Begun),
            ("netes", Reach::Within),
            ("kubernets", Reach::Slips),
        ] {
            for tried in [Reach::Whole, Reach::Begun, Reach::Within, Reach::Slips] {
                assert_eq!(Typed::new(typed).points("kubernetes", tried).is_some(), tried >= reach, "{typed} {tried:?}");
            }
        }
        assert_eq!(Typed::new("observability").points("o11y", Reach::Begun), Some(points::REWRITTEN));
        assert_eq!(Typed::new("observability").shortened().as_deref(), Some("o11y"));
    }

    proptest! {
        #[test]
        fn the_mask_never_hides_a_match(typed in "[a-eé0-2]{1,9}", known in "[a-eé0-2]{1,12}") {
            let word = Typed::new(typed);
            if word.slips_to(&known).is_some() {
                prop_assert!(word.may_slip_to(mask(&known), known.len()));
            }
        }
    }
}
