//! A post's title: `Series, Month Year: A, B and C`.

use super::super::next;
use super::super::tokens::{Token, tokens};
use jiff::civil::Date;

/// A title that names a series and a month.
pub(super) struct Headline {
    /// What the meetup is called.
    pub(super) series: String,
    /// As printed.
    pub(super) month: i8,
    /// As printed; that of the post where none is.
    pub(super) year: i16,
    /// What follows the year.
    pub(super) companies: String,
}

impl Headline {
    /// Reads the title of a post of some day.
    pub(super) fn of(title: &str, date: Date) -> Option<Headline> {
        let words = tokens(title);
        let (at, month) = words.iter().enumerate().find_map(|(i, t)| Some((i, month(&words, i, t)?)))?;
        let dayless = if words.get(at + 1).is_some_and(|t| next::ordinal(t.word).is_some()) { at + 1 } else { at };
        let year = words.get(dayless + 1).and_then(|t| year(t));
        let last = if year.is_some() { dayless + 1 } else { dayless };
        // Without a year only a month at the end, or before a colon, is the meetup's.
        if year.is_none() && last + 1 < words.len() && words[last].trail.is_empty() {
            return None;
        }
        let first = if at > 0 && next::ordinal(words[at - 1].word).is_some() { at - 1 } else { at };
        let separators = [' ', ',', '-', ':', '–', '—', '('];
        let series = title[..words[first].start].trim_end_matches(separators).to_owned();
        let rest = &title[words[last].end..];
        let rest = rest.split(", hosted by").next().unwrap_or(rest).split("hosted by").next().unwrap_or(rest);
        let companies = rest.trim_start_matches([' ', ',', '-', ':', '–', '—', ')']);
        let companies = ["Welcoming ", "featuring ", "Featuring ", "Speakers from ", "with "]
            .iter()
            .fold(companies, |c, lead| c.strip_prefix(lead).unwrap_or(c));
        let year = year.unwrap_or(date.year());
        (!series.is_empty()).then(|| Headline { series, month, year, companies: companies.to_owned() })
    }
}

fn year(token: &Token) -> Option<i16> {
    token.word.parse().ok().filter(|y| (1990..2200).contains(y))
}

/// The month that the word `i` names; right before a year it may be misspelt.
fn month(words: &[Token], i: usize, token: &Token) -> Option<i8> {
    let misspelt = || words.get(i + 1).and_then(|t| year(t)).and_then(|_| next::month_misspelt(token.word));
    next::month(token.word).or_else(misspelt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn titles_name_a_series_and_a_month() {
        for (title, expected) in [
            ("Boat Nights, August 2017 - A, B and C", Some(("Boat Nights", 8, 2017, "A, B and C"))),
            ("Boat Nights - 6 June 2018", Some(("Boat Nights", 6, 2018, ""))),
            ("Boat Nights June 6th, 2018: A", Some(("Boat Nights", 6, 2018, "A"))),
            ("Boat Nights Sept 2021 with A and B", Some(("Boat Nights", 9, 2021, "A and B"))),
            ("Boat Nights: Setember 2022", Some(("Boat Nights", 9, 2022, ""))),
            ("Boat Nights March: A and B", Some(("Boat Nights", 3, 2020, "A and B"))),
            ("What May Come of Boats", None),
            ("My boats of 2019", None),
        ] {
            let found = Headline::of(title, date(2020, 1, 1));
            let found = found.as_ref().map(|h| (h.series.as_str(), h.month, h.year, h.companies.as_str()));
            assert_eq!(found, expected, "{title}");
        }
    }
}
