//! `cuepoint show`: everything known about a talk or an event.

use super::load::Archive;
use super::output::{Format, Ink, Output, READABLE, tell, wrap};
use super::pick::{Picked, pick};
use super::{Exit, json};
use crate::domain::{Catalogue, Cue, Event, Labelled, Mark, Marks, NextMeetup, Note, Origin, Place, Recording, Span, Status, Talk};
use crate::text::clean_block;
use std::io;

/// What `show` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A talk's or an event's id, its beginning, or words of it that stand in no other.
    id: String,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Shows a talk, or an event with its talks.
pub fn run(args: &Args, archive: &Archive, out: &mut Output) -> anyhow::Result<Exit> {
    archive.tell_problems();
    if archive.is_unreadable() {
        return Ok(Exit::Failure);
    }
    let catalogue = &archive.catalogue;
    let picked = match pick(catalogue, &args.id) {
        Ok(picked) => picked,
        Err(error) => {
            tell(&error.to_string());
            return Ok(Exit::Findings);
        }
    };
    let marks = archive.marks_or_none();
    match (args.format, picked) {
        (Format::Text, Picked::Talk(talk)) => Page { out }.talk(catalogue, &marks, talk)?,
        (Format::Text, Picked::Event(event)) => Page { out }.event(catalogue, event)?,
        (Format::Json, Picked::Talk(talk)) => out.json(&json::Talk::new(catalogue, &marks, index_of(catalogue, talk)))?,
        (Format::Json, Picked::Event(event)) => out.json(&json::Event::new(catalogue, &marks, event))?,
    }
    Ok(Exit::Done)
}

fn index_of(catalogue: &Catalogue, talk: &Talk) -> usize {
    catalogue.talks().iter().position(|other| other.id == talk.id).expect("it is a talk of the catalogue")
}

/// A page for people, written from top to bottom. What is not known takes no line.
struct Page<'a> {
    out: &'a mut Output,
}

impl Page<'_> {
    fn talk(&mut self, catalogue: &Catalogue, marks: &Marks, talk: &Talk) -> io::Result<()> {
        let (event, about) = (catalogue.event_of(talk), talk.about());
        self.heading(&talk.title)?;
        self.paragraph(&talk.by_line(), "")?;
        for names in known_as(catalogue, talk) {
            self.paragraph(&names, "")?;
        }
        self.out.line("")?;
        self.field("Event", &event.title)?;
        self.field("Series", &event.series)?;
        self.evening(event)?;
        if talk.kind != crate::domain::Kind::Talk {
            self.field("Kind", talk.kind.name())?;
        }
        self.field("Time", &time(talk.span))?;
        self.field("Printed", &about.printed_start.map(|cue| format!("{cue}, which is not where the link goes")).unwrap_or_default())?;
        self.field("Link", &link(talk))?;
        self.field("Slides", about.slides.as_deref().unwrap_or_default())?;
        self.field("Language", talk.language.as_deref().unwrap_or_default())?;
        self.field("Tags", &about.tags.join(", "))?;
        let index = index_of(catalogue, talk);
        self.field("Marks", &kept(marks, index))?;
        self.notes(marks.notes(index))?;
        self.bullets("Takeaways", &about.takeaways)?;
        self.bullets("Chapters", &about.chapters.iter().map(|c| format!("{} {}", c.start, c.title)).collect::<Vec<_>>())?;
        self.block("Description", about.description.as_deref())?;
        self.bullets("Resources", &labelled(&about.resources))?;
        self.bullets("Sponsors", &labelled(&event.sponsors))?;
        self.out.line("")?;
        self.field("Not stated", &unsure(talk))?;
        self.field("Source", &talk.source.to_string())?;
        self.places("Also in", &about.also)?;
        self.field("Id", &talk.id)
    }

    fn event(&mut self, catalogue: &Catalogue, event: &Event) -> io::Result<()> {
        self.heading(&event.title)?;
        self.out.line("")?;
        self.field("Series", &event.series)?;
        self.evening(event)?;
        self.field("Link", &event.recording.as_ref().map(Recording::url).unwrap_or_default())?;
        self.field("Tags", &event.tags.join(", "))?;
        let talks: Vec<String> = catalogue.talks_of(event).iter().map(row).collect();
        self.bullets("Talks", &talks)?;
        self.block("Description", event.description.as_deref())?;
        self.bullets("Sponsors", &labelled(&event.sponsors))?;
        self.bullets("Next", &event.next.as_ref().map(next).unwrap_or_default())?;
        self.out.line("")?;
        self.field("Source", &event.source.to_string())?;
        self.places("Also in", &event.also)?;
        self.field("Id", &event.id)
    }

    /// When and where an event was, and where it is written up.
    fn evening(&mut self, event: &Event) -> io::Result<()> {
        self.field("Date", &event.date.strftime("%-d %B %Y").to_string())?;
        let place: Vec<&str> = [&event.venue, &event.location].into_iter().flatten().map(String::as_str).collect();
        self.field("Place", &place.join(", "))?;
        self.field("Host", event.host.as_deref().unwrap_or_default())?;
        self.field("Write-up", event.url.as_deref().unwrap_or_default())
    }

    fn heading(&mut self, title: &str) -> io::Result<()> {
        let title = self.out.ink(Ink::Strong, title);
        self.out.line(&title)
    }

    fn field(&mut self, name: &str, value: &str) -> io::Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        let name = self.out.ink(Ink::Faint, &format!("{name:<11}"));
        let ink = if value.starts_with("http") { Ink::Link } else { Ink::Plain };
        let value = self.out.ink(ink, value);
        self.out.line(&format!("{name}{value}"))
    }

    fn places(&mut self, name: &str, places: &[Place]) -> io::Result<()> {
        places.iter().try_for_each(|place| self.field(name, &place.to_string()))
    }

    fn bullets(&mut self, name: &str, items: &[String]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        self.out.line("")?;
        self.heading(name)?;
        items.iter().try_for_each(|item| self.paragraph(item, "  - "))
    }

    /// What the user wrote: each note behind the second that it is about, or the day on which it was written.
    fn notes(&mut self, notes: &[Note]) -> io::Result<()> {
        if notes.is_empty() {
            return Ok(());
        }
        self.out.line("")?;
        self.heading("Your notes")?;
        for note in notes {
            let lead = note.at.map_or_else(|| note.written.strftime("%Y-%m-%d").to_string(), |at| at.to_string());
            let text = clean_block(&note.text);
            self.paragraph(&format!("{lead} {}", text.lines().next().unwrap_or_default()), "  - ")?;
            text.trim_end().lines().skip(1).try_for_each(|line| self.paragraph(line, "    "))?;
        }
        Ok(())
    }

    fn block(&mut self, name: &str, text: Option<&str>) -> io::Result<()> {
        let Some(text) = text else { return Ok(()) };
        self.out.line("")?;
        self.heading(name)?;
        text.trim_end().lines().try_for_each(|line| self.paragraph(line, "  "))
    }

    /// A text behind a lead, broken to the terminal's width; whole where it goes elsewhere.
    fn paragraph(&mut self, text: &str, lead: &str) -> io::Result<()> {
        let Some(columns) = self.out.columns() else {
            return self.out.line(format!("{lead}{text}").trim_end());
        };
        let room = columns.min(READABLE).saturating_sub(lead.len()).max(20);
        for (i, line) in wrap(text, room).iter().enumerate() {
            let lead = if i == 0 { lead.to_owned() } else { " ".repeat(lead.len()) };
            self.out.line(format!("{lead}{line}").trim_end())?;
        }
        Ok(())
    }
}

/// `starred, begun (to 13:20)`: what a talk is to the user.
fn kept(marks: &Marks, talk: usize) -> String {
    let shown = |mark: Mark| match marks.position(talk).filter(|_| mark == Mark::Begun) {
        Some(at) => format!("{} (to {at})", mark.name()),
        None => mark.name().to_owned(),
    };
    Mark::ALL.into_iter().filter(|mark| marks.has(talk, *mark)).map(shown).collect::<Vec<_>>().join(", ")
}

/// `23:09 to 52:59 (29:50)`.
fn time(span: Span) -> String {
    let length = span.length().and_then(|seconds| Cue::from_seconds(u64::from(seconds)).ok());
    match (span.start, span.end, length) {
        (Some(start), Some(end), Some(length)) => format!("{start} to {end} ({length})"),
        (Some(start), ..) => format!("from {start}"),
        (None, Some(end), _) => format!("to {end}"),
        (None, None, _) => String::new(),
    }
}

fn link(talk: &Talk) -> String {
    talk.url().unwrap_or_else(|| match talk.status {
        Status::Recorded => "none: no recording is known".to_owned(),
        status => format!("none: {}", status.name()),
    })
}

/// `Cy Orr is also known as Cyorr`, a line for each speaker with other names.
fn known_as(catalogue: &Catalogue, talk: &Talk) -> Vec<String> {
    let others = |name: &str| catalogue.other_names(name).collect::<Vec<_>>().join(", ");
    let known = talk.speakers.iter().map(|speaker| (&speaker.name, others(&speaker.name))).filter(|(_, others)| !others.is_empty());
    known.map(|(name, others)| format!("{name} is also known as {others}")).collect()
}

/// A talk's line on its event's page.
fn row(talk: &Talk) -> String {
    let start = talk.span.start.map(|cue| format!("{cue} ")).unwrap_or_default();
    let names = talk.by_line();
    let by = if names.is_empty() { "" } else { ", " };
    format!("{start}{}{by}{names}", talk.title)
}

fn labelled(links: &[Labelled]) -> Vec<String> {
    let shown = |link: &Labelled| match &link.url {
        Some(url) if *url != link.label => format!("{} {url}", link.label),
        _ => link.label.clone(),
    };
    links.iter().map(shown).collect()
}

fn next(next: &NextMeetup) -> Vec<String> {
    let day = next.date.map(|date| date.strftime("%-d %B %Y").to_string());
    let companies = (!next.companies.is_empty()).then(|| format!("with {}", next.companies.join(", ")));
    [day, companies, next.rsvp.clone()].into_iter().flatten().collect()
}

/// `end derived, title guessed`: what the source does not say in as many words.
fn unsure(talk: &Talk) -> String {
    let unsure = talk.provenance.iter().filter(|(_, origin)| *origin != Origin::Stated);
    unsure.map(|(field, origin)| format!("{} {}", field.name(), origin.name())).collect::<Vec<_>>().join(", ")
}
