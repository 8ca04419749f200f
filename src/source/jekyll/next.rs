//! The announcement of the next meetup.

use super::body::{Anchor, Prose};
use super::lexicon::{after_speakers_from, split_list};
use super::tokens::{Token, tokens};
use crate::domain::NextMeetup;
use jiff::civil::{Date, Weekday};

/// Full names of the months, January first.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The number of a month by its name or its first three letters.
pub fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|m| *m == word || (word.len() >= 3 && word.len() <= 4 && m.starts_with(&word)))?;
    i8::try_from(at + 1).ok()
}

/// The month whose name a word misses by a letter or two (`Setember`).
pub fn month_misspelt(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let shared = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let reversed = |text: &str| text.chars().rev().collect::<String>();
    let close = |month: &str| {
        let alike = shared(month, &word) + shared(&reversed(month), &reversed(&word));
        word.len() > 4 && word.len().abs_diff(month.len()) < 3 && alike + 2 > month.len().max(word.len())
    };
    let at = MONTHS.iter().position(|month| close(month))?;
    i8::try_from(at + 1).ok()
}

/// Does a paragraph announce the next meetup?
pub fn announces(prose: &Prose) -> bool {
    let text = prose.text.to_lowercase();
    text.contains("next meetup") || text.contains("next cloud native") || (text.contains("next") && rsvp(prose).is_some())
}

/// Reads an announcement made at an event on `day`. The second value tells a weekday that contradicts the date.
pub fn read(prose: &Prose, day: Date) -> (NextMeetup, Option<String>) {
    let words = tokens(&prose.text);
    let (date, oddity) = match date(&words, day) {
        Some((date, weekday)) => (Some(date), contradiction(date, weekday)),
        None => (None, None),
    };
    let companies = after_speakers_from(&prose.text).map(split_list).unwrap_or_default();
    let rsvp = rsvp(prose).map(|a| a.url.clone());
    (NextMeetup { date, companies, rsvp }, oddity)
}

/// The link that takes one's word to come.
fn rsvp(prose: &Prose) -> Option<&Anchor> {
    let speaks = |a: &&Anchor| {
        let label = prose.label(a).to_lowercase();
        ["rsvp", "save the date", "join", "sign up", "register"].iter().any(|w| label.contains(w))
    };
    prose.links.iter().find(speaks).or_else(|| prose.links.iter().find(|a| a.url.contains("meetup.com/")))
}

/// `Wednesday 6th January`, `9 October`, `October 9th`: the first such day after `day`, with the weekday printed before it.
fn date(words: &[Token], day: Date) -> Option<(Date, Option<Weekday>)> {
    for pair in words.windows(2).enumerate() {
        let (i, [a, b]) = pair else { continue };
        let found = match (ordinal(a.word), month(b.word)) {
            (Some(number), Some(month)) => Some((number, month)),
            _ => month(a.word).zip(ordinal(b.word)).map(|(month, number)| (number, month)),
        };
        let Some((number, month)) = found else { continue };
        let weekday = i.checked_sub(1).and_then(|w| weekday(words[w].word));
        let year = if month < day.month() { day.year() + 1 } else { day.year() };
        if let Ok(date) = Date::new(year, month, number) {
            return Some((date, weekday));
        }
    }
    None
}

/// `6`, `6th`, `1st`.
pub fn ordinal(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|n| (1..=31).contains(n))
}

fn weekday(word: &str) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday].into_iter().find(|day| format!("{day:?}").eq_ignore_ascii_case(word))
}

fn contradiction(date: Date, printed: Option<Weekday>) -> Option<String> {
    let printed = printed.filter(|w| *w != date.weekday())?;
    Some(format!("the next meetup is announced for {printed:?} {date}, which is a {:?}", date.weekday()))
}

#[cfg(test)]
mod tests {
    use super::super::body::{BlockKind, blocks};
    use super::*;
    use jiff::civil::date as day;

    fn announcement(markdown: &str, on: Date) -> (NextMeetup, Option<String>) {
        let BlockKind::Paragraph(prose) = blocks(markdown).remove(0).kind else { panic!("a paragraph") };
        assert!(announces(&prose));
        read(&prose, on)
    }

    #[test]
    fn date_companies_and_link() {
        let text = "Our next meetup will be Wednesday 6th January, when we'll be joined by speakers from Tide, Rope, and Knot Ltd. [RSVP and save the date now!](https://m.example/events/1/).";
        let (next, oddity) = announcement(text, day(2020, 12, 2));
        assert_eq!(next.date, Some(day(2021, 1, 6)));
        assert_eq!(next.companies, ["Tide", "Rope", "Knot Ltd"]);
        assert_eq!(next.rsvp.as_deref(), Some("https://m.example/events/1/"));
        assert_eq!(oddity, None);
    }

    #[test]
    fn an_impossible_weekday_is_told() {
        let (next, oddity) = announcement("The next meetup is on Wednesday 5th September. [RSVP](https://m.example/)", day(2020, 8, 5));
        assert_eq!(next.date, Some(day(2020, 9, 5)));
        assert!(oddity.is_some_and(|o| o.ends_with("a Saturday")));
    }
}
