//! Accents: who types small plain letters says nothing about them; who types one means it, and so does, without it, who types a name with
//! its capital letters.

use crate::domain::Talk;
use unicode_normalization::UnicodeNormalization;

/// The words of a query that were typed with accents or other letters that are found by plainer ones, or with capital letters.
#[derive(Debug, Default)]
pub struct Spelling {
    words: Vec<String>,
}

impl Spelling {
    /// The most that [`Spelling::kept_by`] tells apart.
    pub const MOST: u32 = 3;

    /// Takes in words as they were typed.
    pub fn add(&mut self, typed: &str) {
        let has_capitals = typed.chars().any(char::is_uppercase);
        if has_capitals || !typed.is_ascii() && crate::text::fold(typed) != typed.to_lowercase() {
            let mut word = String::new();
            spelled_into(typed, &mut word);
            self.words.push(word);
        }
    }

    /// Was everything typed in small plain letters?
    pub fn is_plain(&self) -> bool {
        self.words.is_empty()
    }

    /// How many of the words a talk's title, people and companies write as they were typed.
    pub fn kept_by(&self, talk: &Talk) -> u32 {
        let people = talk.speakers.iter().flat_map(|speaker| [Some(&speaker.name), speaker.company.as_ref()]);
        let texts = || people.clone().flatten().chain([&talk.title]);
        let kept = if texts().all(|text| text.is_ascii()) {
            // Plain letters write no word otherwise than with plain letters.
            self.words.iter().filter(|word| word.is_ascii()).count()
        } else {
            let mut spelled = String::new();
            for text in texts() {
                spelled_into(text, &mut spelled);
                // No word that was typed runs from one text into the next.
                spelled.push('\0');
            }
            self.words.iter().filter(|word| spelled.contains(word.as_str())).count()
        };
        u32::try_from(kept).unwrap_or(Self::MOST).min(Self::MOST)
    }
}

/// Adds a text in lower case and without spaces, since names are typed without them too.
fn spelled_into(text: &str, spelled: &mut String) {
    spelled.extend(text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Place, Speaker};

    #[test]
    fn accents_that_were_typed_are_looked_for() {
        let mut talk = Talk::new("Über die Brücke", Place::of("x".as_ref()));
        talk.speakers = vec![Speaker { name: "Zoe\u{301} Quill".into(), company: Some("Crème & Co".into()) }];
        for (typed, kept) in [
            (["zoé", "quill"], 1),
            (["zoe", "bruecke"], 0),
            (["ZOÉ", "Brücke"], 2),
            (["zoéquill", "diebrücke"], 2),
            (["quillcrè", "zoè"], 0),
            (["crème", "brucke"], 1),
            (["crème", "Brucke"], 1),
            (["Quill", "Creme"], 1),
        ] {
            let mut spelling = Spelling::default();
            for word in typed {
                spelling.add(word);
            }
            assert_eq!(spelling.kept_by(&talk), kept, "{typed:?}");
        }
        let mut plain = Spelling::default();
        plain.add("zoe");
        plain.add("東京");
        assert!(plain.is_plain());
    }
}
