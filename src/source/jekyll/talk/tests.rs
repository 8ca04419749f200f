use super::super::read;
use super::*;
use crate::source::Reading;
use proptest::prelude::*;

fn post(path: &str, text: &str) -> Reading {
    read(&SourceText { place: Place::of(path.as_ref()), text: text.to_owned() })
}

/// The only talk of a post.
fn talk(path: &str, text: &str) -> Dated {
    let mut reading = post(path, text);
    assert_eq!((reading.parts.len(), reading.drafts.len()), (1, 0), "{:?}", reading.problems);
    assert_eq!(reading.parts[0].talks.len(), 1);
    reading.parts.remove(0).talks.remove(0)
}

const FRONT: &str = "title: Fast Boats\nspeakers:\n  - Ann Lee\n  - name: Bo Ek\n    company: Tide\ndate: 2020-01-02\ntags: [sails, 2020]\nmedia: https://youtu.be/AAAAAAAAAAA?t=61\ntranscript_by: Cy Orr\n";

#[test]
fn front_matter_makes_a_talk() {
    let body = "Slides: https://s.example/a.pdf\n\nPaper: <https://p.example>\n\n# Intro\n\nWords.\n";
    let found = talk("a/boats/2020-01-02-fast-boats.md", &format!("---\n{FRONT}---\n{body}"));
    let talk = &found.talk;
    assert_eq!(
        (found.date, talk.title.as_str(), talk.by_line().as_str()),
        (Some(jiff::civil::date(2020, 1, 2)), "Fast Boats", "Ann Lee, Bo Ek (Tide)")
    );
    assert_eq!(talk.url().as_deref(), Some("https://www.youtube.com/watch?v=AAAAAAAAAAA&t=61s"));
    assert_eq!((talk.about().slides.as_deref(), talk.about().resources.len()), (Some("https://s.example/a.pdf"), 1));
    assert_eq!((&talk.about().tags[..], talk.id.as_str()), (&["sails".to_owned()][..], "2020-01-02-fast-boats"));
    let origins: Vec<Origin> = talk.provenance.iter().map(|(_, origin)| origin).collect();
    assert_eq!(origins, [Origin::Stated; 5], "{:?}", talk.provenance);
    assert_eq!(talk.source.line, Some(2));
}

#[test]
fn toml_makes_the_same_talk() {
    let toml = "title = \"Fast Boats\"\nspeakers = [\"Ann Lee\", { name = \"Bo Ek\", company = \"Tide\" }]\ndate = 2020-01-02T19:00:00Z\n\
                tags = [\"sails\", \"2020\"]\nmedia = \"https://youtu.be/AAAAAAAAAAA?t=61\"\n";
    let path = "a/boats/2020-01-02-fast-boats.md";
    assert_eq!(talk(path, &format!("+++\n{toml}+++\nx\n")), talk(path, &format!("---\n{FRONT}---\nx\n")));
}

#[test]
fn who_and_when_or_a_video_make_a_talk_and_less_does_not() {
    for (front, is_talk) in [
        ("title: A\nspeaker: Ann\ndate: 2020-01-02", true),
        ("title: A\nspeaker: Ann\nyoutube_id: AAAAAAAAAAA", true),
        ("title: A\nyoutube_id: AAAAAAAAAAA", true),
        ("title: A\nauthor: Ann\ndate: 2020-01-02", false),
        ("title: A\ntranscript_by: Ann\ncurator: Bo\ndate: 2020-01-02", false),
        ("title: A\nspeaker: Ann", false),
        ("title: A\nspeaker:\nmedia:\ndate: 2020-01-02", false),
        ("layout: post\ntitle: A\nvideo: https://youtu.be/AAAAAAAAAAA", false),
        ("layout: post\ntitle: A\nspeaker: Ann\nvideo: https://youtu.be/AAAAAAAAAAA", true),
    ] {
        let reading = post("a/x.md", &format!("---\n{front}\n---\nwords\n"));
        assert_eq!(reading.parts.len(), usize::from(is_talk), "{front}: {:?}", reading.problems);
        assert!(is_talk || reading.problems.is_empty(), "{front}: {:?}", reading.problems);
    }
}

#[test]
fn an_author_is_in_the_video_where_nobody_else_is_named() {
    let found = talk("a/2020-01-02-x.md", "---\nauthor: Ann Lee\nvideo: https://vimeo.com/12\n---\n");
    assert_eq!((found.talk.by_line().as_str(), found.talk.title.as_str()), ("Ann Lee", "x"));
    assert_eq!(found.talk.provenance.get(Field::Speakers), Some(Origin::Derived));
    let found = talk("a/x.md", "---\nauthor: Ann Lee\npresenters: Bo Ek, Cy Orr and Di Po\nvideo: https://vimeo.com/12\n---\n");
    assert_eq!(found.talk.by_line(), "Bo Ek, Cy Orr, Di Po");
}

#[test]
fn a_video_that_a_body_begins_with_is_guessed() {
    let found = talk("a/x.md", "---\ntitle: A\nspeaker: Ann\ndate: 2020-01-02\n---\n\n<https://youtu.be/AAAAAAAAAAA>\n\n# Intro\n");
    assert_eq!(found.talk.recording.map(|r| r.id().to_owned()).as_deref(), Some("AAAAAAAAAAA"));
    assert_eq!(found.talk.provenance.get(Field::Recording), Some(Origin::Guessed));
    assert!(found.talk.span.start.is_none());
}

#[test]
fn a_length_ends_a_talk_that_fills_its_video() {
    let of =
        |media: &str| talk("a/x.md", &format!("---\ntitle: A\ndate: 2020-01-02\nmedia: {media}\nduration: '1:01:05'\n---\n")).talk.span;
    assert_eq!(of("https://youtu.be/AAAAAAAAAAA").end.map(Cue::seconds), Some(3665));
    assert_eq!(of("https://youtu.be/AAAAAAAAAAA?t=9").end, None);
}

#[test]
fn what_is_wrong_is_told_and_the_rest_is_read() {
    for (front, told) in [
        (
            "title: A\nspeaker: Ann\ndate: May\nmedia: https://vimeo.com/12",
            "a/x.md:4:1: warning: `May` is no date (write it as 2020-12-02)",
        ),
        ("title: A\nspeaker: Ann\ndate: 2020-01-02\nmedia: soon", "a/x.md:5:1: warning: `soon`: not a web link"),
        ("title: A\nspeaker: Ann\nmedia: https://vimeo.com/12", "a/x.md:2:1: warning: no date is known of this talk"),
        ("title: A: b\nspeaker: Ann\nmedia: https://vimeo.com/12\ndate: 2020-01-02", "a/x.md:2:9: warning: not valid YAML"),
    ] {
        let reading = post("a/x.md", &format!("---\n{front}\n---\nwords\n"));
        assert_eq!((reading.parts.len(), reading.problems.len()), (1, 1), "{front}: {:?}", reading.problems);
        assert!(reading.problems[0].to_string().starts_with(told), "{}", reading.problems[0]);
    }
    for (text, told) in [
        ("+++\ntitle = A\n+++\nx\n", "a/x.md:2:9: error: not valid TOML"),
        ("+++\ntitle = 1\n", "a/x.md:1:1: error: the front matter has no end (close it with a line of three plus signs: +++)"),
    ] {
        let reading = post("a/x.md", text);
        assert!(reading.parts.is_empty() && reading.problems.len() == 1);
        assert!(reading.problems[0].to_string().starts_with(told), "{}", reading.problems[0]);
    }
}

#[test]
fn a_named_gathering_is_a_group_of_its_own() {
    let part = |front: &str| post("_talks/x.md", &format!("---\ntitle: A\nspeaker: Ann\ndate: 2020-01-02\n{front}\n---\n")).parts.remove(0);
    let conference = part("event: Harbour Days 2020\nlocation: Oslo").said();
    assert_eq!((conference.series.as_deref(), conference.title.as_deref()), (Some("Harbour Days"), Some("Harbour Days 2020")));
    assert_eq!(conference.location.as_deref(), Some("Oslo"));
    let meetup = part("meetup: 'Boat Nights #12'");
    assert_eq!((meetup.said().series.as_deref(), meetup.talks[0].gathering.as_deref()), (Some("Boat Nights"), Some("Boat Nights #12")));
    assert_ne!(part("meetup: Boat Nights").group, part("meetup: Rope Club").group);
    assert_eq!(part("location: Oslo").said().location, None, "one talk's place is not all the others'");
}

#[test]
fn chapters_are_no_evening_in_prose() {
    let front = "title: Boat Nights March\nyoutube_id: AAAAAAAAAAA\ndate: 2020-03-19";
    let body =
        "Boat Nights - 19 March, a meetup\n\n[5:00] Introduction Ann by Flo\n\n[7:20] Ann Lee - Fast boats\n\n[40:00] Bo Ek - Slow boats\n";
    assert_eq!(talk("_videos/2020-03-19-march.md", &format!("---\n{front}\n---\n\n{body}")).talk.title, "Boat Nights March");
}

proptest! {
    #[test]
    fn any_front_matter_is_answered(
        key in "(title|speakers|media|video|date|duration|tags|event|slides|language)", value in "[a-c0-9:\\-\\[\\]{}&*!|>'\"#%@,/ é]{0,40}", body in "[#<>\\[\\](){}%:a-z\n /]{0,80}",
    ) {
        for (fence, is) in [("---", ":"), ("+++", " =")] {
            post("a/x.es.md", &format!("{fence}\nspeaker{is} Ann\nyoutube_id{is} AAAAAAAAAAA\n{key}{is} {value}\n{fence}\n{body}"));
        }
    }
}
