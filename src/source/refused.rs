//! Formats that one may well point us at and that are not read: each is refused by its name, with what to use instead.

use super::schedule::xml;
use super::{Reading, SourceText};
use crate::domain::Problem;

/// pretalx: its API's submissions, a page of them or a list, or one alone.
pub fn is_pretalx(source: &SourceText) -> bool {
    is_json(source) && has_keys(&source.text, &["submission_type", "state", "code"])
}

/// Refuses it.
pub fn pretalx(source: &SourceText) -> Reading {
    let problem = Problem::error(source.place.clone(), "this is a dump of pretalx's API (submissions), which is not read");
    told(problem.hint("export the event's schedule as schedule.xml, and name that"))
}

/// Sessionize: all data, or the grid.
pub fn is_sessionize(source: &SourceText) -> bool {
    is_json(source) && has_keys(&source.text, &["isServiceSession"])
}

/// Refuses it.
pub fn sessionize(source: &SourceText) -> Reading {
    let problem = Problem::error(source.place.clone(), "this is a dump of Sessionize's API, which is not read");
    told(problem.hint("write its sessions as event files, or name a schedule.xml"))
}

/// frab and pretalx: the schedule in its other shape.
pub fn is_schedule_json(source: &SourceText) -> bool {
    is_json(source)
        && begins_with_key(&source.text, &["$schema", "generator", "schedule"], "schedule")
        && has_keys(&source.text, &["conference", "days"])
}

/// Refuses it.
pub fn schedule_json(source: &SourceText) -> Reading {
    let problem = Problem::error(source.place.clone(), "this is a schedule as JSON, which is not read");
    told(problem.hint("the same schedule is published as schedule.xml; name that"))
}

/// RSS, Atom, podcasts, and lists of them.
pub fn is_feed(source: &SourceText) -> bool {
    matches!(xml::root(&source.text), Some("rss" | "feed" | "rdf:RDF" | "opml"))
}

/// Refuses it. Sites have one beside their posts, so that nothing need be wrong.
pub fn feed(source: &SourceText) -> Reading {
    let problem = Problem::note(source.place.clone(), "this is a feed (RSS, Atom or OPML), which is not read");
    told(problem.hint("for a channel's videos, save what yt-dlp --flat-playlist -J says of it, and name that"))
}

/// iCalendar.
pub fn is_calendar(source: &SourceText) -> bool {
    source.text.trim_start().starts_with("BEGIN:VCALENDAR")
}

/// Refuses it.
pub fn calendar(source: &SourceText) -> Reading {
    let problem = Problem::error(source.place.clone(), "this is a calendar (iCalendar), which is not read");
    told(problem.hint("a conference that publishes one mostly has a schedule.xml too; name that"))
}

fn told(problem: Problem) -> Reading {
    Reading { problems: vec![problem], ..Reading::default() }
}

fn is_json(source: &SourceText) -> bool {
    source.text.trim_start().starts_with(['{', '['])
}

/// Do all of these stand in a text as keys? The first is the rarest.
fn has_keys(text: &str, keys: &[&str]) -> bool {
    keys.iter().all(|key| {
        memchr::memmem::find_iter(text.as_bytes(), key.as_bytes()).any(|at| {
            let after = text[at + key.len()..].strip_prefix('"');
            text[..at].ends_with('"') && after.is_some_and(|after| after.trim_start().starts_with(':'))
        })
    })
}

/// Is the first key of an object, after others that may stand before it, this one? Values before it must be plain text.
fn begins_with_key(text: &str, before: &[&str], key: &str) -> bool {
    let Some(mut rest) = text.trim_start().strip_prefix('{') else { return false };
    for _ in before {
        let Some((name, after)) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"')) else { return false };
        if name == key {
            return true;
        }
        let value = after.trim_start().strip_prefix(':').map(str::trim_start).and_then(|value| value.strip_prefix('"'));
        let Some((_, after)) = value.filter(|_| before.contains(&name)).and_then(|value| value.split_once('"')) else { return false };
        let Some(after) = after.trim_start().strip_prefix(',') else { return false };
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Place, Severity};
    use crate::source::FORMATS;

    /// What a text is refused as.
    fn refused(text: &str) -> Option<&'static str> {
        let source = SourceText { place: Place::of("x".as_ref()), text: text.to_owned() };
        let format = FORMATS.iter().find(|format| (format.detect)(&source))?;
        let reading = (format.read)(&source);
        (reading.problems.len() == 1 && reading.drafts.is_empty() && reading.problems[0].hint.is_some()).then_some(format.name)
    }

    #[test]
    fn what_is_not_read_is_refused_by_name() {
        for (text, name) in [
            (
                "{\"count\":1,\"next\":null,\"results\":[{\"code\":\"A\",\"submission_type\":{\"en\":\"Talk\"},\"state\":\"confirmed\"}]}",
                "pretalx",
            ),
            ("[ {\"code\": \"A\", \"title\": \"B\", \"submission_type\": 1, \"state\": \"accepted\"} ]", "pretalx"),
            ("{\"sessions\":[{\"id\":\"1\",\"title\":\"A\",\"isServiceSession\":false}],\"speakers\":[]}", "sessionize"),
            ("{\"schedule\":{\"version\":\"1\",\"conference\":{\"days\":[]}}}", "schedule.json"),
            (
                "{\"$schema\": \"https://s.example\", \"generator\": \"x\",\n \"schedule\": {\"conference\": {\"days\": []}}}",
                "schedule.json",
            ),
            ("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>", "feed"),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>", "feed"),
            ("<opml version='2.0'><body/></opml>", "feed"),
            ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "calendar"),
        ] {
            assert_eq!(refused(text), Some(name), "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_them_is_not() {
        for text in [
            "{\"description\": \"our submission_type, state and code\", \"title\": \"\\\"submission_type\\\"\"}",
            "{\"title\": \"schedule\", \"conference\": 1, \"days\": 2}",
            "[]",
            "{",
            "<html><body>rss</body></html>",
            "A calendar: BEGIN:VCALENDAR",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn a_feed_beside_posts_is_nothing_wrong() {
        let source = SourceText { place: Place::of("x".as_ref()), text: String::new() };
        assert_eq!(feed(&source).problems[0].severity, Severity::Note);
        assert_eq!(pretalx(&source).problems[0].severity, Severity::Error);
    }
}
