//! What people would type to find talks of a catalogue, a few of each way to do so, the same in every run.

use crate::rng::Rng;
use cuepoint::domain::{Catalogue, Talk};
use cuepoint::text::fold;
use std::collections::HashMap;

/// What is typed, and of which sort it is.
pub struct Query {
    /// The sort.
    pub kind: &'static str,
    /// The whole of it; each beginning is a key press.
    pub text: String,
}

/// About thirty queries.
pub fn of(catalogue: &Catalogue) -> Vec<Query> {
    let mut from = Source { catalogue, rng: Rng::new(42) };
    let mut queries = Vec::new();
    for (kind, count, make) in KINDS {
        for _ in 0..*count {
            // A draw may lack what the sort needs: a company, two long words.
            if let Some(text) = (0..1000).find_map(|_| make(&mut from)) {
                queries.push(Query { kind, text });
            }
        }
    }
    queries.extend(frequent(catalogue).into_iter().map(|text| Query { kind: "frequent word", text }));
    queries
}

/// What stands in the field after each key.
pub fn keys(queries: &[Query]) -> Vec<&str> {
    let beginnings = |text: &'_ str| text.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
    queries.iter().flat_map(|query| beginnings(&query.text).into_iter().map(|end| &query.text[..end])).collect()
}

type Make = fn(&mut Source) -> Option<String>;

#[rustfmt::skip]
const KINDS: &[(&str, usize, Make)] = &[
    ("full name", 3, |from| from.name().map(|(first, last)| format!("{first} {last}"))),
    ("last name", 3, |from| from.name().map(|(_, last)| last)),
    ("first name, half of the last", 2, |from| from.name().map(|(first, last)| format!("{first} {}", half(&last)))),
    ("initial, last name", 2, |from| from.name().map(|(first, last)| format!("{} {last}", &first[..1]))),
    ("last name first", 1, |from| from.name().map(|(first, last)| format!("{last} {first}"))),
    ("two words of a title", 3, |from| from.title(2).map(|words| words.join(" "))),
    ("three words, half typed", 2, |from| from.title(3).map(|words| words.iter().map(|w| half(w)).collect::<Vec<_>>().join(" "))),
    ("word of a title, last name", 3, title_and_name),
    ("company", 2, company),
    ("series and year", 2, series_and_year),
    ("name with a slip", 2, |from| from.name().map(|(first, last)| format!("{first} {}", from.slip(&last)))),
    ("word of a title with a slip", 2, |from| from.title(1).map(|words| from.slip(&words[0]))),
    ("name without its space", 1, |from| from.name().map(|(first, last)| format!("{first}{last}"))),
    ("name without its accents", 1, accented),
    ("name with its capital letters", 2, |from| from.name().map(|(first, last)| format!("{} {}", capital(&first), capital(&last)))),
];

struct Source<'a> {
    catalogue: &'a Catalogue,
    rng: Rng,
}

impl<'a> Source<'a> {
    fn talk(&mut self) -> &'a Talk {
        self.rng.pick(self.catalogue.talks())
    }

    fn name(&mut self) -> Option<(String, String)> {
        let talk = self.talk();
        name_in(talk).filter(|(first, last)| first.is_ascii() && last.is_ascii())
    }

    fn title(&mut self, count: usize) -> Option<Vec<String>> {
        let mut words = words_in(&self.talk().title);
        self.rng.shuffle(&mut words);
        words.truncate(count);
        (words.len() == count).then_some(words)
    }

    /// The word with two of its letters swapped, or one of them another.
    fn slip(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = 1 + self.rng.below(letters.len().saturating_sub(2));
        if at + 1 < letters.len() && letters[at] != letters[at + 1] && self.rng.chance(1, 2) {
            letters.swap(at, at + 1);
        } else if let Some(letter) = letters.get_mut(at) {
            *letter = if *letter == 'e' { 'r' } else { 'e' };
        }
        letters.into_iter().collect()
    }
}

fn title_and_name(from: &mut Source) -> Option<String> {
    let talk = from.talk();
    let (_, last) = name_in(talk).filter(|(_, last)| last.is_ascii())?;
    let words = words_in(&talk.title);
    (!words.is_empty()).then(|| format!("{} {last}", from.rng.pick(&words)))
}

fn company(from: &mut Source) -> Option<String> {
    let talk = from.talk();
    talk.companies().first().filter(|name| name.is_ascii()).map(|name| name.to_lowercase())
}

fn series_and_year(from: &mut Source) -> Option<String> {
    let event = from.catalogue.event_of(from.talk());
    let words = words_in(&event.series);
    (!words.is_empty()).then(|| format!("{} {}", from.rng.pick(&words), event.date.year()))
}

fn accented(from: &mut Source) -> Option<String> {
    let (first, last) = name_in(from.talk())?;
    let (plain, name) = (fold(&format!("{first} {last}")), format!("{first} {last}"));
    // A place without accents has none to leave out.
    (plain != name || from.rng.chance(1, 200)).then_some(plain).filter(|plain| plain.is_ascii())
}

/// First and last name of a speaker, in lower case; none whose name is of more words, or too short to be typed in part.
fn name_in(talk: &Talk) -> Option<(String, String)> {
    let name = talk.speakers.first()?.name.to_lowercase();
    let (first, last) = name.split_once(' ')?;
    let plain = |part: &str| part.chars().all(char::is_alphabetic);
    (plain(first) && plain(last) && first.len() > 2 && last.len() > 3).then(|| (first.to_owned(), last.to_owned()))
}

/// The words that someone would remember, in lower case.
fn words_in(text: &str) -> Vec<String> {
    const COMMON: [&str; 12] = ["with", "your", "from", "what", "that", "this", "into", "have", "will", "when", "about", "using"];
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.len() > 3 && word.is_ascii() && !COMMON.contains(&word.as_str())).collect()
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

fn half(word: &str) -> &str {
    &word[..word.len().div_ceil(2).max(3).min(word.len())]
}

/// The two words that most titles share.
fn frequent(catalogue: &Catalogue) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in catalogue.talks().iter().flat_map(|talk| words_in(&talk.title)) {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().take(2).map(|(word, _)| word).collect()
}
