//! Events: one dated gathering of a series.

use super::link::Recording;
use super::problem::Place;
use super::talk::Talk;
use jiff::civil::Date;
use std::ops::Range;

/// One dated gathering of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Stable name, unique in a catalogue; empty until the catalogue gives one, unless the source did.
    pub id: String,
    /// The recurring meetup or conference (`Cloud Native London`).
    pub series: String,
    /// Its own title, as published.
    pub title: String,
    /// The day.
    pub date: Date,
    /// City and country.
    pub location: Option<String>,
    /// The house or room.
    pub venue: Option<String>,
    /// The person who hosted it.
    pub host: Option<String>,
    /// The write-up's address.
    pub url: Option<String>,
    /// The evening's recording.
    pub recording: Option<Recording>,
    /// Who paid for the pizza.
    pub sponsors: Vec<Labelled>,
    /// Free words.
    pub tags: Vec<String>,
    /// Addresses of pictures.
    pub images: Vec<String>,
    /// Markdown.
    pub description: Option<String>,
    /// The meetup announced as the next one.
    pub next: Option<NextMeetup>,
    /// Where its talks lie in the catalogue's list; empty in a draft.
    pub talks: Range<usize>,
    /// Where it was read.
    pub source: Place,
    /// Where else the same event was read, in the order of the sources.
    pub also: Vec<Place>,
}

impl Event {
    /// An event of which only the least is known.
    pub fn new(series: impl Into<String>, title: impl Into<String>, date: Date, source: Place) -> Event {
        Event {
            id: String::new(),
            series: series.into(),
            title: title.into(),
            date,
            location: None,
            venue: None,
            host: None,
            url: None,
            recording: None,
            sponsors: Vec::new(),
            tags: Vec::new(),
            images: Vec::new(),
            description: None,
            next: None,
            talks: 0..0,
            source,
            also: Vec::new(),
        }
    }

    /// What the title says behind the series, if it begins with that; `RailsConf` does not begin with `Rails`.
    pub fn title_after_series(&self) -> Option<&str> {
        self.title.strip_prefix(self.series.as_str()).filter(|rest| !rest.starts_with(char::is_alphanumeric))
    }

    /// The title without the series and the month that already stand beside it, or nothing if no more is in it.
    ///
    /// `Cloud Native London June 2022: esynergy and Sysdig` gives `esynergy and Sysdig`.
    pub fn short_title(&self) -> &str {
        let Some(rest) = self.title_after_series() else { return &self.title };
        let separators = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '-' | '–' | '—');
        let rest = rest.trim_start_matches(separators);
        if rest == self.date.to_string() {
            return "";
        }
        let year = self.date.year().to_string();
        let rest = match rest.split_once(year.as_str()) {
            Some((before, after)) if before.split_whitespace().count() <= 2 => after.trim_start_matches(separators),
            _ => rest,
        };
        let lead = ["featuring ", "welcoming ", "speakers from ", "with "]
            .into_iter()
            .find(|lead| rest.get(..lead.len()).is_some_and(|r| r.eq_ignore_ascii_case(lead)));
        lead.map_or(rest, |lead| &rest[lead.len()..])
    }
}

/// A name with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// What a person reads.
    pub label: String,
    /// Where it leads.
    pub url: Option<String>,
}

/// The announcement of the meetup after an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NextMeetup {
    /// Its day.
    pub date: Option<Date>,
    /// Where its speakers come from.
    pub companies: Vec<String>,
    /// Where to say that one comes.
    pub rsvp: Option<String>,
}

/// An event with its talks, as a source gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDraft {
    /// The event.
    pub event: Event,
    /// Its talks, in the order of the evening.
    pub talks: Vec<Talk>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_title_says_what_the_row_does_not() {
        let date = jiff::civil::date(2022, 6, 1);
        for (title, short) in [
            ("Meetup One June 2022: esynergy and Sysdig", "esynergy and Sysdig"),
            ("Meetup One, June 2022 - A, B and C", "A, B and C"),
            ("Meetup One Jun 2022", ""),
            ("Meetup One 2022-06-01", ""),
            ("Meetup Onerous", "Meetup Onerous"),
            ("Meetup One June 2022: Welcoming A, B", "A, B"),
            ("Summer party", "Summer party"),
            ("Meetup One", ""),
        ] {
            let event = Event::new("Meetup One", title, date, Place::of("x".as_ref()));
            assert_eq!(event.short_title(), short);
        }
    }
}
