//! The schedule of a conference, `schedule.xml`, as pentabarf, frab, pretalx and others publish it. A talk without a video is
//! browsed too; rooms order the talks of one time and are not shown, since a recording has none.

mod talk;
pub(super) mod xml;

use super::part::without_year;
use super::{Reading, SourceText};
use crate::domain::{Event, EventDraft, Problem, Talk};
use jiff::civil::{Date, DateTime, Time};
use roxmltree::{Document, Node, ParsingOptions};
use xml::{Lines, child, text};

/// A larger schedule has been made by no conference: the largest has some forty thousand nodes.
const MOST_NODES: u32 = 4_000_000;

/// Where no other hour is said, a night ends at four.
const DAY_CHANGE: Time = Time::constant(4, 0, 0, 0);

/// XML whose outermost element is a schedule.
pub fn detect(source: &SourceText) -> bool {
    xml::root(&source.text) == Some("schedule")
}

/// Reads a schedule as one gathering.
pub fn read(source: &SourceText) -> Reading {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(&source.text, options) {
        Ok(document) => document,
        Err(error) => return Reading { problems: vec![not_xml(source, &error)], ..Reading::default() },
    };
    let mut reader = Reader { lines: Lines::of(source), problems: Vec::new(), slots: Vec::new() };
    let root = document.root_element();
    let conference = Conference::of(child(root, "conference"));
    for (number, day) in root.children().filter(|n| n.has_tag_name("day")).enumerate() {
        reader.day(day, number, &conference);
    }
    let draft = reader.event(&conference, source);
    Reading { drafts: draft.into_iter().collect(), problems: reader.problems, ..Reading::default() }
}

fn not_xml(source: &SourceText, error: &roxmltree::Error) -> Problem {
    let at = error.pos();
    // The place is told in front, as for every problem; the library repeats it at the end.
    let message = error.to_string();
    let message = message.rsplit_once(" at ").map_or(message.as_str(), |(message, _)| message);
    let problem = Problem::error(source.place.at(at.row, at.col), format!("not valid XML: {message}"));
    match error {
        roxmltree::Error::DtdDetected => problem.hint("take the document type out; entities of its own are not read"),
        _ => problem.hint("the schedule is not read; export it anew, or mend it here"),
    }
}

/// What is said of the conference as a whole.
struct Conference<'a> {
    title: Option<&'a str>,
    acronym: Option<&'a str>,
    start: Option<Date>,
    location: Option<String>,
    url: Option<&'a str>,
    day_change: Time,
}

impl<'a> Conference<'a> {
    fn of(node: Option<Node<'a, '_>>) -> Conference<'a> {
        let text = |name: &str| node.and_then(|node| text(node, name));
        let places: Vec<&str> = ["city", "country"].into_iter().filter_map(text).collect();
        Conference {
            title: text("title"),
            acronym: text("acronym"),
            start: text("start").and_then(xml::date),
            location: (!places.is_empty()).then(|| places.join(", ")),
            url: text("url").or_else(|| text("base_url")).filter(|url| crate::domain::link::is_web_address(url)),
            day_change: text("day_change").and_then(xml::time).unwrap_or(DAY_CHANGE),
        }
    }

    /// `31. Chaos Communication Congress` and `32. …` are gatherings of one series, as are `FOSDEM 2020` and `FOSDEM 2021`.
    fn series(title: &str) -> String {
        let unnumbered = title.trim_start_matches(|c: char| c.is_ascii_digit());
        let ordinal = [".", "st", "nd", "rd", "th"].into_iter().find_map(|end| unnumbered.strip_prefix(end));
        let title = ordinal.filter(|rest| unnumbered != title && rest.starts_with(' ')).unwrap_or(title);
        without_year(title.trim())
    }
}

/// A talk and where it stands in the programme.
struct Slot {
    at: Option<DateTime>,
    room: usize,
    talk: Talk,
}

struct Reader<'a> {
    lines: Lines<'a>,
    problems: Vec<Problem>,
    slots: Vec<Slot>,
}

impl Reader<'_> {
    fn day(&mut self, day: Node, number: usize, conference: &Conference) {
        let stated = day.attribute("date").and_then(xml::date);
        let counted = || conference.start?.checked_add(jiff::Span::new().try_days(i64::try_from(number).ok()?).ok()?).ok();
        let date = stated.or_else(counted);
        // Events stand in rooms; older schedules were seen without.
        for (room, node) in day.children().filter(Node::is_element).enumerate() {
            if node.has_tag_name("event") {
                self.event_of(node, room, date, conference);
            }
            for event in node.children().filter(|n| node.has_tag_name("room") && n.has_tag_name("event")) {
                self.event_of(event, room, date, conference);
            }
        }
    }

    fn event_of(&mut self, node: Node, room: usize, day: Option<Date>, conference: &Conference) {
        let place = self.lines.place(node.range().start);
        let base = conference.url.unwrap_or_default();
        let Some(mut talk) = talk::read(node, &place, base, conference.acronym) else {
            let problem = Problem::error(place, "the event has neither a title nor persons");
            return self.problems.push(problem.hint("give it a `<title>`"));
        };
        if talk.id.is_empty() {
            talk.id = match (conference.acronym, node.attribute("id")) {
                (Some(acronym), Some(id)) => format!("{acronym}-{id}"),
                _ => String::new(),
            };
        }
        let at = moment(node, day, conference.day_change);
        if at.is_none() {
            self.problems.push(Problem::note(place, "it is not said when the event begins").hint("give it a `<start>` as 14:00"));
        }
        self.slots.push(Slot { at, room, talk });
    }

    /// The gathering, its talks by time and then by room.
    fn event(&mut self, conference: &Conference, source: &SourceText) -> Option<EventDraft> {
        let place = source.place.at(1, 1);
        self.slots.sort_by_key(|slot| (slot.at.is_none(), slot.at, slot.room));
        let first = self.slots.iter().find_map(|slot| slot.at).map(DateTime::date);
        let Some(date) = conference.start.or(first) else {
            let problem = Problem::error(place, format!("no date is known of the schedule; its talks are left out: {}", self.slots.len()));
            self.problems.push(problem.hint("give the conference a `<start>` as 2020-12-02, or its days a `date`"));
            return None;
        };
        let title = conference.title.or(conference.acronym).map_or_else(|| format!("Conference {date}"), str::to_owned);
        let mut event = Event::new(Conference::series(&title), title, date, place);
        event.location.clone_from(&conference.location);
        event.url = conference.url.map(str::to_owned);
        let talks = std::mem::take(&mut self.slots).into_iter().map(|slot| slot.talk).collect();
        Some(EventDraft { event, talks })
    }
}

/// When an event begins: its `<date>` with the hour, or the day it stands under with its `<start>`; what begins before the day
/// changes is of the night after.
fn moment(event: Node, day: Option<Date>, day_change: Time) -> Option<DateTime> {
    let stated = text(event, "date");
    if let Some((date, time)) = stated.and_then(|date| Some((xml::date(date)?, xml::time(date.get(11..)?)?))) {
        return Some(date.to_datetime(time));
    }
    let time = text(event, "start").and_then(xml::time)?;
    match stated.and_then(xml::date) {
        Some(date) => Some(date.to_datetime(time)),
        None if time < day_change => Some(day?.tomorrow().ok()?.to_datetime(time)),
        None => Some(day?.to_datetime(time)),
    }
}

#[cfg(test)]
mod tests;
