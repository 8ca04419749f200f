use super::*;
use crate::domain::{EventDraft, Field, Origin, Severity};
use crate::source::part::assemble;
use proptest::prelude::*;

fn source(text: &str) -> SourceText {
    SourceText { place: Place::of("x.info.json".as_ref()), text: text.to_owned() }
}

/// The events, and what is wrong, as lines.
fn events(text: &str) -> (Vec<EventDraft>, Vec<String>) {
    assert!(detect(&source(text)), "{text}");
    let mut reading = read(&source(text));
    let (assembled, problems) = assemble(reading.parts);
    reading.drafts.extend(assembled);
    let told = reading.problems.iter().chain(&problems).map(ToString::to_string).collect();
    (reading.drafts, told)
}

const VIDEO: &str = r#"{"id": "aaaaaaaaaa1", "title": "Nets of rusty steel by Ann Lee", "channel": "Harbour", "upload_date": "20200305",
    "webpage_url": "https://www.youtube.com/watch?v=aaaaaaaaaa1", "extractor_key": "Youtube", "duration": 1800.7, "tags": ["nets"],
    "sponsorblock_chapters": [{"start_time": 1, "end_time": 2, "title": "Sponsor"}], "comments": [{"text": "\"entries\": 0:00 a"}],
    "chapters": [{"start_time": 0.0, "end_time": 30.5, "title": "Hello"}, {"start_time": 30.5, "title": "Rust"},
                 {"start_time": 90, "title": "<Untitled Chapter 3>"}, {"title": "nowhere"}]}"#;

#[test]
fn a_video_is_an_event_of_its_channel() {
    let (drafts, told) = events(VIDEO);
    let EventDraft { event, talks } = &drafts[0];
    assert_eq!((event.series.as_str(), event.title.as_str()), ("Harbour", "Nets of rusty steel by Ann Lee"));
    assert_eq!(event.date, jiff::civil::date(2020, 3, 5));
    let talk = &talks[0];
    assert_eq!((talk.title.as_str(), talk.by_line().as_str()), ("Nets of rusty steel", "Ann Lee"));
    assert_eq!((talk.provenance.get(Field::Speakers), talk.provenance.get(Field::Chapters)), (Some(Origin::Guessed), Some(Origin::Stated)));
    assert_eq!((talk.span.start, talk.source.line, talk.source.column), (None, Some(1), Some(9)));
    let chapters: Vec<_> = talk.about().chapters.iter().map(|c| (c.start.seconds(), c.title.as_str())).collect();
    assert_eq!(chapters, [(0, "Hello"), (30, "Rust")]);
    assert_eq!(told, ["x.info.json:1:9: warning: chapters without a `start_time` that can be read, which are left out: 1"]);
}

#[test]
fn a_playlist_is_a_gathering() {
    let text = r#"{"_type": "playlist", "id": "PL1", "title": "HarbourConf 2020", "channel": "Harbour", "extractor_key": "YoutubeTab",
        "webpage_url": "https://www.youtube.com/playlist?list=PL1", "entries": [
        {"id": "aaaaaaaaaa1", "title": "Nets", "upload_date": "20200305", "ie_key": "Youtube"}, null,
        {"id": "aaaaaaaaaa2", "title": "Ropes", "upload_date": "20200608", "url": "https://www.youtube.com/watch?v=aaaaaaaaaa2"},
        {"id": "aaaaaaaaaa3", "title": "[Private video]"}, {"id": "aaaaaaaaaa4"}, 7,
        {"_type": "playlist", "id": "PL2", "title": "Inside", "entries": [
            {"id": "aaaaaaaaaa5", "title": "Tar", "upload_date": "20190101", "extractor": "youtube"}]}]}"#;
    let (drafts, told) = events(text);
    let lines: Vec<String> = drafts
        .iter()
        .map(|d| {
            format!(
                "{} | {} | {} | {}",
                d.event.series,
                d.event.title,
                d.event.date,
                d.talks.iter().map(|t| t.title.as_str()).collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    assert_eq!(lines, ["Harbour | Inside | 2019-01-01 | Tar", "HarbourConf | HarbourConf 2020 | 2020-03-05 | Nets, Ropes"]);
    assert_eq!(drafts[1].talks[0].url().as_deref(), Some("https://www.youtube.com/watch?v=aaaaaaaaaa1"));
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].contains("note: videos of the playlist that could not be fetched, and are left out: 2"), "{told:?}");
    assert!(told[1].contains(":5:") && told[1].contains("[Private video]"), "{told:?}");
    assert!(told[2].contains("error: the video has no `title`"), "{told:?}");
}

#[test]
fn files_of_one_playlist_come_together() {
    let file = |id: u8, day: &str| {
        format!(
            r#"{{"id": "aaaaaaaaaa{id}", "title": "Nets {id}", "upload_date": "{day}", "extractor": "youtube", "webpage_url": "https://youtu.be/aaaaaaaaaa{id}", "playlist_id": "PL1", "playlist_title": "HarbourConf 2020", "channel": "Harbour"}}"#
        )
    };
    let (one, two) = (file(1, "20200305"), file(2, "20200701"));
    let parts = [one.as_str(), two.as_str()].into_iter().flat_map(|text| read(&source(text)).parts);
    let (drafts, _) = assemble(parts);
    assert_eq!((drafts.len(), drafts[0].talks.len(), drafts[0].event.title.as_str()), (1, 2, "HarbourConf 2020"));
    // The same, one a line.
    let (drafts, told) = events(&format!("{one}\n{two}\n"));
    assert_eq!((drafts.len(), drafts[0].talks.len(), told.len()), (1, 2, 0));
    assert_eq!(drafts[0].talks[1].source.line, Some(2));
    let (drafts, _) = events(&format!("[{one}, {two}]"));
    assert_eq!(drafts[0].talks.len(), 2);
}

#[test]
fn a_channel_is_no_gathering() {
    let text = r#"{"_type": "playlist", "id": "UCaaaaaaaaaaaaaaaaaaaaaa", "title": "Harbour", "channel": "Harbour", "extractor": "youtube:tab", "entries": [
        {"_type": "playlist", "id": "UCaaaaaaaaaaaaaaaaaaaaaa", "title": "Harbour - Videos", "entries": [
            {"id": "aaaaaaaaaa1", "title": "Nets", "upload_date": "20200305", "webpage_url": "https://youtu.be/aaaaaaaaaa1"},
            {"id": "aaaaaaaaaa2", "title": "Harbour Meetup 2020-06-02", "timestamp": 1593561600, "webpage_url": "https://youtu.be/aaaaaaaaaa2",
             "description": "0:00 Welcome\n1:00 Ann Lee - Nets\n20:02 Bo Ek - Ropes", "duration": 3000}]}]}"#;
    let (drafts, told) = events(text);
    let lines: Vec<String> =
        drafts.iter().map(|d| format!("{} | {} | {} | {}", d.event.series, d.event.title, d.event.date, d.talks.len())).collect();
    assert_eq!(lines, ["Harbour | Nets | 2020-03-05 | 1", "Harbour | Harbour Meetup 2020-06-02 | 2020-06-02 | 2"]);
    assert_eq!(told, Vec::<String>::new());
    let meetup = &drafts[1];
    assert!(meetup.event.recording.is_some() && meetup.event.description.is_some());
    assert_eq!(meetup.talks[1].span.end.map(|end| end.to_string()).as_deref(), Some("50:00"));
}

#[test]
fn a_flat_playlist_says_what_is_missing() {
    let flat = |more: &str| {
        format!(
            r#"{{"_type": "playlist", "id": "PL1", "title": "Nets", "extractor": "youtube:tab"{more}, "entries": [{{"id": "aaaaaaaaaa1", "title": "Nets", "url": "aaaaaaaaaa1", "ie_key": "Youtube"}}]}}"#
        )
    };
    let (drafts, told) = events(&flat(r#", "modified_date": "20210102""#));
    assert_eq!((drafts.len(), drafts[0].event.date.to_string().as_str()), (1, "2021-01-02"));
    assert!(told[0].contains("warning: no video of the playlist has a date; the day of its last change stands in: 2021-01-02"), "{told:?}");
    let (drafts, told) = events(&flat(r#", "epoch": 1700000000"#));
    assert_eq!(drafts, []);
    assert!(told[0].contains("error: no date is known of “Nets”"), "{told:?}");
}

#[test]
fn a_wrong_value_costs_itself_only() {
    let text = r#"{"id": 7, "title": "Nets", "extractor": ["x"], "webpage_url": "https://example.org/nets", "upload_date": "yesterday", "release_timestamp": 1583366400,
        "duration": {}, "chapters": {"a": [1, {"b": 2}]}, "tags": ["a", 1, null, [2]], "description": 1.5, "uploader": "Harbour", "channel": false}"#;
    let (drafts, told) = events(text);
    let talk = &drafts[0].talks[0];
    assert_eq!((drafts[0].event.series.as_str(), drafts[0].event.date.to_string().as_str()), ("Harbour", "2020-03-05"));
    assert_eq!(talk.url().as_deref(), Some("https://example.org/nets"));
    assert_eq!(talk.about().tags, ["a", "1"]);
    let what: Vec<&str> = told.iter().filter_map(|line| line.split('`').nth(1)).collect();
    assert_eq!(what, ["description", "channel", "duration", "chapters", "yesterday"], "{told:#?}");
}

#[test]
fn what_is_broken_off_hides_nothing_before_it() {
    let whole = VIDEO.replace('\n', " ");
    let reading = read(&source(&format!("{whole}\n{}\n{whole}\n{}", &whole[..200], &whole[..40])));
    assert_eq!(reading.drafts.len(), 2);
    let told: Vec<String> = reading.problems.iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].starts_with("x.info.json:4:") && told[1].contains("not valid JSON: the file ends in the middle of it"), "{told:?}");
}

#[test]
fn what_nests_too_deep_is_told() {
    let many = read(&source(&"{\"extractor\": \n".repeat(9000))).problems;
    assert_eq!(many.len(), MOST_BROKEN + 1);
    let deep = "{\"extractor\": 1, \"url\": 1, \"entries\": [".repeat(9000);
    let reading = read(&source(&deep));
    assert_eq!((reading.drafts.len(), reading.problems.len()), (0, 1), "{:?}", reading.problems.len());
}

#[test]
fn other_json_is_none() {
    for text in [
        r#"{"title": "Nets", "description": "\"extractor\": \"webpage_url\":", "videos": [{"type": "youtube", "url": "https://x.org"}]}"#,
        r#"{"name": "extractor", "version": "1.0.0", "url": "https://x.org"}"#,
        r#"{"conferences": [{"acronym": "x", "url": "https://x.org"}]}"#,
        r#""extractor": "#,
        "---\nextractor: youtube\nwebpage_url: x\n",
        "[1, 2]",
        "{}",
        "",
    ] {
        assert!(!detect(&source(text)), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "[\\[{]{0,3}(\"(entries|title|id|chapters|duration|upload_date|extractor)\":|[\\[{\\]},:\"0-9a-z\n]|null|\\PC){0,80}") {
        read(&source(&text));
    }
}
