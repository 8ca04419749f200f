//! A query written in one form, which reads as the same query.

use super::fields::Name;
use super::values;
use super::{Has, Mode, Query, SortBy, Term, Text, Want};
use crate::domain::link::Link;
use jiff::civil::Date;
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The order stands first, since an open phrase takes all that follows it.
        let sort = self.sort.iter().map(|sort| format!("sort:{}{}", if sort.reversed { "-" } else { "" }, order(sort.by)));
        let clauses = self.clauses.iter().map(|c| c.any.iter().map(Term::to_string).collect::<Vec<_>>().join(" | "));
        f.write_str(&sort.chain(clauses).collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("!")?;
        }
        match &self.want {
            Want::Text(text) => write!(f, "{text}"),
            Want::Date(days) => {
                let open = |day: &Date| if [Date::MIN, Date::MAX].contains(day) { String::new() } else { day.to_string() };
                write!(f, "date:{}..{}", open(days.start()), open(days.end()))
            }
            Want::Kind(kind) => write!(f, "kind:{}", kind.name().replace(' ', "-")),
            Want::Language(language) => write!(f, "lang:{language}"),
            Want::Has(has) => write!(f, "has:{}", thing(*has)),
            Want::Is(is) => write!(f, "is:{}", values::mark(*is)),
            Want::Video(link) => f.write_str(&address(link)),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(f, "{}:", Name::Text(field).canonical())?;
        }
        let (before, behind) = match self.mode {
            Mode::Fuzzy => ("", ""),
            Mode::Exact => ("'", ""),
            Mode::Phrase => ("\"", "\""),
            Mode::OpenPhrase => ("\"", ""),
        };
        let (starts, ends) = (if self.starts { "^" } else { "" }, if self.ends { "$" } else { "" });
        write!(f, "{starts}{before}{}{behind}{ends}", self.text)
    }
}

fn order(by: SortBy) -> &'static str {
    match by {
        SortBy::Date => "date",
        SortBy::Title => "title",
        SortBy::Speaker => "speaker",
        SortBy::Length => "length",
    }
}

fn thing(has: Has) -> &'static str {
    match has {
        Has::Cue => "cue",
        Has::Slides => "slides",
        Has::Takeaways => "takeaways",
        Has::Recording => "recording",
    }
}

/// A link with its end, which the canonical one leaves out.
fn address(link: &Link) -> String {
    let url = link.url();
    match link.end {
        Some(end) => format!("{url}{}end={}", if url.contains('#') { '&' } else { '#' }, end.seconds()),
        None => url,
    }
}
