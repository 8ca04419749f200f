//! Recordings in every shape that they are written in.

use super::*;
use proptest::prelude::*;
use std::fmt::Write;

fn reading(text: &str) -> Reading {
    read(&SourceText { place: Place::of("pier/pier-2020/videos.yml".as_ref()), text: text.to_owned() })
}

/// Title, start, recording and line of every talk.
fn talks(text: &str) -> Vec<String> {
    let shown = |dated: &Dated| {
        let talk = &dated.talk;
        let start = talk.span.start.map_or("-".to_owned(), |cue| cue.to_string());
        let recording = talk.recording.as_ref().map_or("-", |recording| recording.id());
        format!("{} {start} {recording} {}", talk.title, talk.source.line.unwrap_or_default())
    };
    reading(text).parts.iter().flat_map(|part| &part.talks).map(shown).collect()
}

fn told(text: &str) -> Vec<String> {
    reading(text).problems.iter().map(ToString::to_string).collect()
}

#[test]
fn children_take_what_they_do_not_say_themselves() {
    let text = "- title: Evening\n  date: 2020-05-04\n  video_provider: youtube\n  video_id: abcdefghijk\n  talks:\n  - title: One\n    video_provider: parent\n    start_cue: 4:30\n  - title: Two\n    video_provider: vimeo\n    video_id: 77\n    start_cue: 1:15:45\n  - title: Three\n    video_provider: parent\n    date: 2020-05-05\n    start_cue: 0\n";
    assert_eq!(talks(text), ["One 4:30 abcdefghijk 6", "Two 1:15:45 77 9", "Three 0:00 abcdefghijk 13"]);
    let part = reading(text).parts.remove(0);
    let days: Vec<String> = part.talks.iter().filter_map(|talk| talk.date).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2020-05-04", "2020-05-04", "2020-05-05"]);
    assert_eq!(part.said().evenings[0].title.as_deref(), Some("Evening"));
    assert_eq!((&*part.group, part.within.as_deref()), ("pier/pier-2020", Some("pier")));
}

#[test]
fn a_talk_without_a_title_is_named_after_who_gave_it() {
    let text = "- video_provider: youtube\n  video_id: abcdefghijk\n  speakers: [Ann Lee]\n- id: x\n  video_provider: youtube\n  video_id: abcdefghijk\n  speakers: [TODO]\n";
    assert_eq!(talks(text), ["Talk by Ann Lee - abcdefghijk 1"]);
    assert_eq!(told(text), ["pier/pier-2020/videos.yml:4:3: error: the talk has no `title` (add `title:`)"]);
}

#[test]
fn lists_in_other_shapes_have_places_too() {
    let text = "[{title: One, video_provider: scheduled},\n {title: Two, talks: [{title: In,\n video_provider: not_recorded}]}]";
    assert_eq!(talks(text), ["One - - 1", "In - - 2"]);
}

#[test]
fn talks_in_talks_are_read() {
    let text = "- title: A\n  video_provider: youtube\n  video_id: abcdefghijk\n  talks:\n    - title: B\n      video_provider: parent\n      talks:\n        - title: C\n          video_provider: parent\n";
    assert_eq!(talks(text), ["C - abcdefghijk 5"]);
}

#[test]
fn a_recording_that_is_none_is_told_once_for_each_of_its_talks() {
    let text = "- title: A\n  video_provider: children\n  talks:\n    - title: B\n      video_provider: parent\n- title: C\n  video_provider: parent\n";
    let places: Vec<String> = told(text).iter().map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(places, ["pier/pier-2020/videos.yml:5:23:", "pier/pier-2020/videos.yml:7:19:"]);
}

#[test]
fn repeated_texts_are_bounded() {
    let long = "x".repeat(100_000);
    let text = format!("- title: A\n  track: {long}\n  talks:\n{}", "    - title: B\n".repeat(500));
    let reading = reading(&text);
    let kept = |dated: &Dated| dated.talk.about().tags.iter().map(String::len).sum::<usize>();
    let kept: usize = reading.parts.iter().flat_map(|part| &part.talks).map(kept).sum();
    assert!(kept < 6 * text.len(), "{kept} of {}", text.len());
    assert_eq!(reading.problems.iter().filter(|problem| problem.message.contains("repeat without end")).count(), 1);
}

fn yaml() -> impl Strategy<Value = String> {
    let line = "( {0,6})(- )?(title|talks|video_provider|start_cue|speakers|date|status|language): ?(parent|youtube|TODO|\\[x\\]|\\{a: b\\}|4:30|abc|&a b|\\*a|\\|)?";
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_list_is_answered(text in yaml()) {
        let reading = reading(&text);
        for talk in reading.parts.iter().flat_map(|part| &part.talks) {
            prop_assert!(talk.talk.source.line.is_none_or(|line| line as usize <= text.lines().count().max(1)));
        }
    }

    #[test]
    fn every_talk_stands_where_it_is_written(below in proptest::collection::vec(0usize..4, 1..5), indent in 0usize..3, text in "[a-z\\- :]{0,20}") {
        let pad = " ".repeat(indent);
        let mut written = String::new();
        for (i, children) in below.iter().enumerate() {
            let _ = write!(written, "- id: i{i}\n  description: |\n    - {text}\n    talks:\n      - {text}\n  talks:\n");
            for j in 0..*children {
                let _ = write!(written, "{pad}  - id: c{i}-{j}\n{pad}    title: T\n{pad}    description: >\n{pad}        - id: {text}\n\n");
            }
            written += "  title: T\n  video_provider: scheduled\n";
        }
        let lines: Vec<&str> = written.lines().collect();
        let reading = reading(&written);
        prop_assert_eq!(&reading.problems, &[]);
        let talks = &reading.parts[0].talks;
        prop_assert_eq!(talks.len(), below.iter().map(|children| (*children).max(1)).sum::<usize>());
        for dated in talks {
            let line = lines[dated.talk.source.line.expect("a line") as usize - 1];
            let column = dated.talk.source.column.expect("a column") as usize - 1;
            prop_assert_eq!(&line[column..], format!("id: {}", dated.talk.id));
        }
    }
}
