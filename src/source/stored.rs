//! Readings as bytes: what a snapshot keeps of each file.

use super::part::{Dated, Days, Evening, Facts, Part, Person};
use super::report::{self, Report, Tally, Unknown};
use super::{Counts, Format, Reading};
use crate::domain::about::{Kept, Outline};
use crate::domain::catalogue::People;
use crate::domain::{
    About, Alias, Chapter, Cue, Event, EventDraft, Kind, Labelled, NextMeetup, Place, Problem, Provenance, Provider, Recording, Severity,
    Span, Speaker, Status, Talk,
};
use crate::stored::{Reader, Stored, Writer, bytes_of};
use crate::stored::{stored_choice, stored_fields};
use jiff::civil::Date;
use std::ops::Range;

stored_fields!(Reading { drafts, parts, aliases, problems });
stored_fields!(Part { group, within, facts, talks, person });
stored_fields!(Person { scope, id, name, company });
stored_fields!(Facts {
    series,
    title,
    date,
    days,
    location,
    venue,
    url,
    description,
    sponsors,
    tags,
    language,
    cancelled,
    evenings,
    place
});
stored_fields!(Evening { date, title, url, description, place });
stored_fields!(Dated { date, gathering, talk });
stored_fields!(EventDraft { event, talks });
stored_fields!(Event {
    id,
    series,
    title,
    date,
    location,
    venue,
    host,
    url,
    recording,
    sponsors,
    tags,
    images,
    description,
    next,
    talks,
    source,
    also
});
stored_fields!(NextMeetup { date, companies, rsvp });
stored_fields!(Labelled { label, url });
stored_fields!(Alias { name, other, source });
stored_fields!(Speaker { name, company });
stored_fields!(Span { start, end });
stored_fields!(Chapter { start, title });
stored_fields!(About { takeaways, description, slides, chapters, resources, tags, printed_start, also });
stored_fields!(Outline { takeaways, slides, printed_start });
stored_fields!(Problem { place, severity, message, hint });

stored_fields!(Counts { files, unknown });
stored_fields!(Unknown { files, names });
stored_fields!(Tally { errors, warnings, notes });

stored_choice!(Days, [Days::One, Days::Each]);
stored_choice!(Kind, Kind::ALL);
stored_choice!(Status, Status::ALL);
stored_choice!(Severity, [Severity::Error, Severity::Warning, Severity::Note]);
stored_choice!(Provider, Provider::ALL);

impl Stored for Talk {
    fn put(&self, to: &mut Writer) {
        self.id.put(to);
        self.title.put(to);
        self.source.put(to);
        self.speakers.put(to);
        self.span.put(to);
        self.recording.put(to);
        self.language.put(to);
        self.kind.put(to);
        self.status.put(to);
        self.provenance.put(to);
        self.is_harmless().put(to);
        // What it is about is kept by itself, since it is read by itself when somebody looks.
        let about = self.glance(|about| (*about != About::default()).then(|| bytes_of(about)));
        about.is_some().put(to);
        if let Some(about) = about {
            self.outline().put(to);
            to.later(&about);
        }
    }

    fn restore(from: &mut Reader) -> Option<Talk> {
        let (id, title) = (String::restore(from)?, String::restore(from)?);
        let mut talk = Talk::new(title, Place::restore(from)?);
        talk.id = id;
        talk.speakers = Vec::restore(from)?;
        talk.span = Span::restore(from)?;
        talk.recording = Option::restore(from)?;
        talk.language = Option::restore(from)?;
        talk.kind = Kind::restore(from)?;
        talk.status = Status::restore(from)?;
        talk.provenance = Provenance::restore(from)?;
        if bool::restore(from)? {
            talk.believe_harmless();
        }
        if bool::restore(from)? {
            let outline = Outline::restore(from)?;
            talk.set_kept_about(Kept::new(from.later()?, outline, |bytes| Reader::new(bytes)?.all()));
        }
        Some(talk)
    }
}

impl Stored for Recording {
    fn put(&self, to: &mut Writer) {
        self.provider().put(to);
        to.text(self.id());
    }

    fn restore(from: &mut Reader) -> Option<Recording> {
        let provider = Provider::restore(from)?;
        Recording::of(provider, from.text()?)
    }
}

impl Stored for Provenance {
    fn put(&self, to: &mut Writer) {
        to.number(self.bits().into());
    }

    fn restore(from: &mut Reader) -> Option<Provenance> {
        u16::try_from(from.number()?).ok().map(Provenance::of_bits)
    }
}

/// Nearly every place is in the file of the one before.
impl Stored for Place {
    fn put(&self, to: &mut Writer) {
        let path = Some(&self.path).filter(|path| to.usual.as_ref() != Some(path)).cloned();
        path.put(to);
        if path.is_some() {
            to.usual = path;
        }
        self.line.put(to);
        self.column.put(to);
    }

    fn restore(from: &mut Reader) -> Option<Place> {
        let path = match Option::restore(from)? {
            Some(path) => from.usual.insert(path).clone(),
            None => from.usual.clone()?,
        };
        Some(Place { path, line: Option::restore(from)?, column: Option::restore(from)? })
    }
}

impl Stored for Cue {
    fn put(&self, to: &mut Writer) {
        self.seconds().put(to);
    }

    fn restore(from: &mut Reader) -> Option<Cue> {
        Cue::from_seconds(from.number()?).ok()
    }
}

impl Stored for Date {
    fn put(&self, to: &mut Writer) {
        i64::from(self.year()).put(to);
        to.bytes.extend([self.month().cast_unsigned(), self.day().cast_unsigned()]);
    }

    fn restore(from: &mut Reader) -> Option<Date> {
        let year = i16::try_from(i64::restore(from)?).ok()?;
        let (month, day) = (from.byte()?.cast_signed(), from.byte()?.cast_signed());
        Date::new(year, month, day).ok()
    }
}

/// Of a source that is known: what it is called and where it lies is not kept.
impl Stored for Report {
    fn put(&self, to: &mut Writer) {
        self.kinds.put(to);
        self.unknown.put(to);
        self.problems.put(to);
    }

    fn restore(from: &mut Reader) -> Option<Report> {
        let (kinds, unknown, problems) = (Vec::restore(from)?, Unknown::restore(from)?, Tally::restore(from)?);
        Some(Report { kinds, unknown, problems, ..Report::default() })
    }
}

impl Stored for report::Kind {
    fn put(&self, to: &mut Writer) {
        to.text(self.format);
        for number in [self.files, self.refused, self.events, self.talks, self.cues] {
            number.put(to);
        }
    }

    fn restore(from: &mut Reader) -> Option<report::Kind> {
        let format = Format::named(from.text()?)?.name;
        let mut number = || usize::restore(from);
        Some(report::Kind { format, files: number()?, refused: number()?, events: number()?, talks: number()?, cues: number()? })
    }
}

impl Stored for People {
    fn put(&self, to: &mut Writer) {
        let (people, printed) = self.names();
        people.put(to);
        to.length(printed.len());
        for (name, person) in printed {
            to.text(name);
            person.put(to);
        }
    }

    fn restore(from: &mut Reader) -> Option<People> {
        let people = Vec::restore(from)?;
        let length = from.length()?;
        let printed = (0..length).map(|_| Some((String::restore(from)?, usize::restore(from)?))).collect::<Option<Vec<_>>>()?;
        People::of_names(people, printed)
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn put(&self, to: &mut Writer) {
        self.0.put(to);
        self.1.put(to);
    }

    fn restore(from: &mut Reader) -> Option<(A, B)> {
        Some((A::restore(from)?, B::restore(from)?))
    }
}

impl Stored for Range<usize> {
    fn put(&self, to: &mut Writer) {
        self.start.put(to);
        self.end.put(to);
    }

    fn restore(from: &mut Reader) -> Option<Range<usize>> {
        Some(usize::restore(from)?..usize::restore(from)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceText, native};
    use proptest::prelude::*;

    fn kept(reading: &Reading, usual: &str) -> Vec<u8> {
        let mut to = Writer::naming(usual.into());
        reading.put(&mut to);
        to.into_bytes()
    }

    fn back(bytes: &[u8], usual: &str) -> Option<Reading> {
        let mut from = Reader::new(bytes)?;
        from.usual = Some(usual.into());
        from.all()
    }

    /// A reading with something in every field.
    fn full() -> Reading {
        let text = include_str!("../../tests/fixtures/events/boat-nights/2024-05-01.yml");
        let mut reading = native::read(&SourceText { place: Place::of("a.yml".as_ref()), text: text.to_owned() });
        let mut talk = reading.drafts[0].talks[0].clone();
        talk.about_mut().chapters.push(Chapter { start: Cue::from_seconds(7).expect("a cue"), title: "One".into() });
        talk.recording = Recording::page("https://example.org/a");
        let facts = Facts { days: Some(Days::Each), place: Some(Place::of("b".as_ref()).at(1, 2)), ..Facts::default() };
        let dated = Dated { date: Some(jiff::civil::date(2024, 5, 1)), gathering: Some("May".into()), talk };
        reading.parts.push(Part::new("g", facts, vec![dated]).within("w"));
        let person = Person { scope: "w".into(), id: "ann-lee".into(), name: "Ann Lee".into(), company: Some("Tide".into()) };
        reading.parts.push(Part::about(person));
        reading.aliases.push(Alias { name: "Ann Lee".into(), other: "A. Lee".into(), source: Place::of("a.yml".as_ref()) });
        reading.problems.push(Problem::note(Place::of("c".as_ref()), "odd").hint("mend it"));
        reading
    }

    #[test]
    fn a_reading_comes_back() {
        let reading = full();
        assert_eq!(back(&kept(&reading, "a.yml"), "a.yml"), Some(reading));
    }

    #[test]
    fn a_reading_that_breaks_off_is_none() {
        let bytes = kept(&full(), "a.yml");
        for length in 0..bytes.len() {
            assert_eq!(back(&bytes[..length], "a.yml"), None, "{length}");
        }
    }

    proptest! {
        #[test]
        fn damage_never_panics(at in 0usize..400, value: u8) {
            let mut bytes = kept(&full(), "a.yml");
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = back(&bytes, "a.yml");
        }
    }
}
