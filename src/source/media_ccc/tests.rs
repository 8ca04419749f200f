use super::*;
use crate::domain::Provider;
use jiff::civil::date;

fn source(text: &str) -> SourceText {
    SourceText { place: Place::of("ccc/events.json".as_ref()), text: text.to_owned() }
}

const EVENT: &str = r#"{
  "guid": "11aa-22", "title": "Eels: ", "subtitle": "And boats", "slug": "eel19-7-eels", "link": "https://eel.example/talk/7",
  "description": "About <a href=\"https://eel.example\">eels</a>", "original_language": "deu-eng", "persons": ["Ann", null, ""],
  "tags": ["eel19", "7", "2019", " Sea", "eel2019-deu", "Day 2", "Sea", ""], "date": "2019-05-02T23:00:00.000+02:00",
  "release_date": "2020-01-01T01:00:00.000+01:00", "frontend_link": "https://media.ccc.de/v/eel19-7-eels", "length": 12,
  "conference_title": "Eel Days 2019", "conference_url": "https://api.media.ccc.de/public/conferences/eel2019", "related": [{"event_guid": "x"}]
}"#;

#[test]
fn an_event_is_a_talk() {
    let reading = read(&source(EVENT));
    assert_eq!(reading.problems, []);
    let part = &reading.parts[0];
    assert_eq!(
        (&*part.group, part.said().title.as_deref()),
        ("https://api.media.ccc.de/public/conferences/eel2019", Some("Eel Days 2019"))
    );
    let Dated { date: day, talk, .. } = &part.talks[0];
    assert_eq!((*day, talk.id.as_str(), talk.title.as_str()), (Some(date(2019, 5, 2)), "11aa-22", "Eels:"));
    assert_eq!((talk.by_line().as_str(), talk.language.as_deref()), ("Ann", Some("de")));
    assert_eq!(talk.recording.as_ref().map(|r| (r.provider(), r.id())), Some((Provider::MediaCcc, "eel19-7-eels")));
    assert_eq!(talk.about().description.as_deref(), Some("**And boats**\n\nAbout [eels](https://eel.example)"));
    assert_eq!(
        (&talk.about().tags[..], talk.about().resources[0].url.as_deref()),
        (&["Sea".to_owned()][..], Some("https://eel.example/talk/7"))
    );
    assert_eq!((talk.source.line, talk.source.column), (Some(2), Some(12)));
}

use super::super::part::Dated;

#[test]
fn a_conference_brings_its_events() {
    let conference = format!(
        r#"{{"acronym": "eel2019", "title": "Eel Days 2019", "slug": "conferences/eel/2019", "link": "https://eel.example", "description": null,
        "webgen_location": "x", "url": "https://api.media.ccc.de/public/conferences/eel2019", "events": [{EVENT}, {{"guid": "9", "title": "Opening",
        "date": "2019-05-01T10:00:00.000+02:00"}}]}}"#
    );
    let reading = read(&source(&conference));
    assert_eq!(reading.parts.len(), 1);
    let part = &reading.parts[0];
    assert_eq!((part.said().days, part.said().url.as_deref()), (Some(Days::One), Some("https://eel.example")));
    let titles: Vec<&str> = part.talks.iter().map(|talk| talk.talk.title.as_str()).collect();
    assert_eq!(titles, ["Opening", "Eels:"]);
    assert_eq!(reading.problems.len(), 1, "{:?}", reading.problems);
}

#[test]
fn recurring_evenings_are_judged_by_their_days() {
    let text = r#"{"conferences": [{"acronym": "a", "title": "A", "slug": "erfas/a", "url": "https://x/a"},
        {"acronym": "b", "title": "B 2020", "slug": "congress/2020", "url": "https://x/b/"}, null, 3, {"title": "no conference"}]}"#;
    let reading = read(&source(text));
    let found: Vec<_> = reading.parts.iter().map(|part| (&*part.group, part.said().days)).collect();
    assert_eq!(found, [("https://x/a", None), ("https://x/b", Some(Days::One))]);
}

#[test]
fn nulls_anywhere() {
    let reading = read(&source(
        r#"{"events": [{"guid": "1", "title": null, "subtitle": null, "slug": "eel-talk", "link": null, "description": null, "original_language": null,
        "persons": null, "tags": null, "date": null, "release_date": "2019-05-02", "frontend_link": null, "conference_title": null,
        "conference_url": null, "recordings": [null, {"recording_url": "https://x.example/a.mp3", "mime_type": "audio/mpeg"},
        {"recording_url": "https://x.example/a.mp4", "mime_type": "video/mp4"}]}, null, 7, {"guid": 5, "title": "Eels", "persons": {"a": 1}, "tags": [4]}]}"#,
    ));
    let talks: Vec<_> = reading.parts.iter().flat_map(|part| &part.talks).collect();
    let shown: Vec<_> = talks.iter().map(|talk| (talk.talk.title.as_str(), talk.date, talk.talk.url())).collect();
    assert_eq!(shown, [("eel-talk", Some(date(2019, 5, 2)), Some("https://x.example/a.mp4".to_owned())), ("Eels", None, None)]);
    let told: Vec<&str> = reading.problems.iter().map(|problem| problem.message.as_str()).collect();
    let none = "the event has no `title`";
    assert_eq!(told, [none, none, none, "`persons` is no list", "“Eels” has no link to its recording"]);
}

#[test]
fn an_answer_that_breaks_off_keeps_what_it_says() {
    let whole = format!("{{\"events\": [{EVENT}, {EVENT}]}}");
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let reading = read(&source(&whole[..end]));
        assert!(reading.problems.iter().any(|problem| problem.message.starts_with("not valid JSON")), "{end}");
    }
    assert_eq!(read(&source(&whole[..whole.len() - 20])).parts[0].talks.len(), 2);
}

#[test]
fn it_is_told_from_other_json() {
    assert!(detect(&source(EVENT)));
    assert!(detect(&source(r#"{"conferences": [{"acronym": "a", "webgen_location": "x"}]}"#)));
    assert!(!detect(&source(r#"{"schedule": {"conference": {"acronym": "a"}, "guid": "x"}}"#)));
    assert!(!detect(&source(r#"["guid", "frontend_link"]"#)));
}
