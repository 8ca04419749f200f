use super::*;
use crate::domain::{Field, Kind, Origin, Place, Status};
use proptest::prelude::*;

fn source(text: &str) -> SourceText {
    SourceText { place: Place::of("schedule.xml".as_ref()), text: text.to_owned() }
}

fn schedule(conference: &str, days: &str) -> Reading {
    let text = format!("<?xml version='1.0'?>\n<!-- x -->\n<schedule>\n<conference>{conference}</conference>\n{days}\n</schedule>\n");
    let source = source(&text);
    assert!(detect(&source));
    read(&source)
}

const BOATS: &str = "<acronym>boats</acronym><title>12th Harbour Days 2020</title><start>2020-12-02</start><city>Oslo</city>\
                     <base_url>https://boats.example/2020/</base_url>";

/// The talk of a schedule with one event.
fn talk(event: &str) -> Talk {
    let day = format!("<day date='2020-12-02'><room name='Dock'><event id='7' guid='g-7'><start>10:00</start>{event}</event></room></day>");
    let mut reading = schedule(BOATS, &day);
    assert_eq!((reading.drafts.len(), &reading.problems), (1, &Vec::new()));
    reading.drafts[0].talks.remove(0)
}

#[test]
fn an_event_says_what_it_is() {
    let talk = talk(
        "<title>Fast &amp; Slow</title><subtitle>On boats</subtitle><track>Sails</track><type>podium</type><language>de</language>\
         <abstract>We sail.</abstract><description>&lt;p&gt;We sail.&lt;/p&gt;&lt;p&gt;And row.&lt;/p&gt;</description>\
         <persons><person id='1'>Ann Lee</person><person id='2'> </person><person name='Bo Ek'/></persons>\
         <links><link href='https://p.example'>Paper</link></links>\
         <attachments><attachment href='/files/a.pdf'>The slides</attachment></attachments>",
    );
    assert_eq!((talk.title.as_str(), talk.by_line().as_str(), talk.id.as_str()), ("Fast & Slow", "Ann Lee, Bo Ek", "g-7"));
    assert_eq!((talk.kind, talk.language.as_deref(), talk.status), (Kind::Panel, Some("de"), Status::Recorded));
    let about = talk.about();
    assert_eq!(about.description.as_deref(), Some("On boats\n\nWe sail.\n\nAnd row."));
    assert_eq!((about.slides.as_deref(), &about.tags[..]), (Some("https://boats.example/files/a.pdf"), &["Sails".to_owned()][..]));
    assert_eq!(about.resources.len(), 1);
    assert_eq!((talk.recording, talk.span.start), (None, None));
    assert_eq!((talk.provenance.get(Field::Speakers), talk.source.to_string()), (Some(Origin::Stated), "schedule.xml:5:42".to_owned()));
}

#[test]
fn what_became_of_it() {
    for (event, status) in [
        ("<title>A</title><recording><optout>true</optout></recording>", Status::NotRecorded),
        ("<title>A</title><recording><optout>false</optout></recording>", Status::Recorded),
        ("<title>A</title><status>cancelled</status>", Status::Cancelled),
        ("<title>[FÄLLT AUS] A</title>", Status::Cancelled),
        ("<title>Cancelled: A</title>", Status::Cancelled),
        ("<title>Cancelled flights</title>", Status::Recorded),
    ] {
        assert_eq!(talk(event).status, status, "{event}");
    }
}

#[test]
fn a_recording_in_every_place() {
    for (event, url, origin) in [
        ("<video_download_url>https://v.example/a.mp4</video_download_url>", "https://v.example/a.mp4", Origin::Stated),
        ("<recording><url>https://media.ccc.de/v/boats-7</url></recording>", "https://media.ccc.de/v/boats-7", Origin::Stated),
        ("<url>https://media.ccc.de/v/boats-7</url>", "https://media.ccc.de/v/boats-7", Origin::Stated),
        ("<links><link href='https://media.ccc.de/v/boats-7-a'>x</link></links>", "https://media.ccc.de/v/boats-7-a", Origin::Derived),
        ("<links><link href='https://v.example/a.webm'>Video recording (WebM)</link></links>", "https://v.example/a.webm", Origin::Derived),
    ] {
        let talk = talk(&format!("<title>A</title>{event}"));
        assert_eq!((talk.url().as_deref(), talk.provenance.get(Field::Recording)), (Some(url), Some(origin)), "{event}");
        assert!(talk.about().resources.is_empty());
    }
    for event in [
        "<url>https://boats.example/7</url>",
        "<links><link href='https://media.ccc.de/v/other-7'>Last year</link></links>",
        "<links><link href='https://youtu.be/AAAAAAAAAAA'>Video</link></links>",
    ] {
        assert_eq!(talk(&format!("<title>A</title>{event}")).recording, None, "{event}");
    }
}

#[test]
fn talks_stand_by_time_and_room_whatever_the_dialect() {
    let event = |title: &str, more: &str| format!("<event><title>{title}</title>{more}</event>");
    let rooms = format!(
        "<day date='2020-12-02'><room name='A'>{}{}</room><room name='B'>{}{}</room></day><day date='2020-12-03'>{}</day>",
        event("late", "<start>23:00</start>"),
        event("night", "<start>01:30</start>"),
        event("same", "<start>10:00</start>"),
        event("zoned", "<date>2020-12-02T09:00:00+01:00</date><start>09:00</start>"),
        event("next", "<start>05:00</start><duration>01:00</duration>"),
    );
    let reading = schedule(BOATS, &rooms);
    let titles: Vec<&str> = reading.drafts[0].talks.iter().map(|t| t.title.as_str()).collect();
    assert_eq!(titles, ["zoned", "same", "late", "night", "next"]);
    let event = &reading.drafts[0].event;
    assert_eq!(
        (event.series.as_str(), event.title.as_str(), event.date.to_string().as_str()),
        ("Harbour Days", "12th Harbour Days 2020", "2020-12-02")
    );
    assert_eq!(event.location.as_deref(), Some("Oslo"));
}

#[test]
fn what_is_missing_is_told_and_the_rest_is_read() {
    let days = "<day date='2020-12-02'><room><event id='1'/><event><title>A</title></event></room></day>";
    let reading = schedule(BOATS, days);
    assert_eq!((reading.drafts[0].talks.len(), reading.problems.len()), (1, 2), "{:?}", reading.problems);
    let reading = schedule("", "<day><event><title>A</title></event></day>");
    assert_eq!((reading.drafts.len(), reading.problems.len()), (0, 2), "{:?}", reading.problems);
    assert!(reading.problems[1].message.contains("left out: 1"));
}

#[test]
fn broken_and_hostile_xml_is_told_with_its_place() {
    for (text, told) in [
        ("<schedule>\n<day></room></schedule>", "schedule.xml:2:6: error: not valid XML: expected 'day' tag, not 'room'"),
        (
            "<!DOCTYPE schedule [<!ENTITY a 'b'>]>\n<schedule>&a;</schedule>",
            "schedule.xml:1:1: error: not valid XML: XML with DTD detected",
        ),
        ("<schedule>&a;</schedule>", "schedule.xml:1:11: error: not valid XML: unknown entity reference 'a'"),
    ] {
        let source = source(text);
        assert!(detect(&source), "{text}");
        let reading = read(&source);
        assert_eq!((reading.drafts.len(), reading.problems.len()), (0, 1), "{text}");
        assert!(reading.problems[0].to_string().starts_with(told), "{}", reading.problems[0]);
    }
    let deep = format!("<schedule>{}", "<day>".repeat(100_000));
    assert_eq!(read(&source(&deep)).problems.len(), 1);
    let closed = format!("<schedule>{}{}</schedule>", "<day>".repeat(20_000), "</day>".repeat(20_000));
    assert_eq!(read(&source(&closed)).drafts.len(), 0);
}

#[test]
fn other_xml_is_no_schedule() {
    for text in ["<rss></rss>", "schedule", "", "<", "<schedules/>", "<!-- <schedule> -->", "<?xml", "{\"schedule\": 1}"] {
        assert!(!detect(&source(text)), "{text}");
    }
    assert!(detect(&source("\n<?xml version=\"1.0\"?><!DOCTYPE schedule SYSTEM \"x.dtd\"><schedule a='b'>")));
}

proptest! {
    #[test]
    fn any_text_is_answered(inner in "(<(day|room|event|title|persons|person|date|start|links|link href='x')/?>|</(day|room|event)>|2020-1[0-9]-0[0-9]T1|[:a&;é ]){0,12}") {
        schedule(BOATS, &inner);
        detect(&source(&inner));
    }
}
