use super::*;
use crate::domain::{Labelled, Place, Severity};
use jiff::civil::date;

fn source(path: &str, text: &str) -> SourceText {
    SourceText { place: Place::of(path.as_ref()), text: text.to_owned() }
}

const PATH: &str = "archive/eel-days-2019/videos/ann-on-eels.json";

#[track_caller]
fn video(text: &str) -> (Dated, Part, Vec<String>) {
    let source = source(PATH, text);
    let mut reading = read(&source);
    let told = reading.problems.iter().map(ToString::to_string).collect();
    let mut part = reading.parts.pop().expect("a part");
    (part.talks.pop().expect("a talk"), part, told)
}

#[test]
fn a_video_is_a_talk() {
    let (dated, part, told) = video(
        r#"{"description": "About ``eels``, see `it <https://eel.example>`__", "summary": "", "duration": 1200, "language": "deu",
            "recorded": "2019-05-02T10:00:00+02:00", "related_urls": ["https://a.example", {"label": "Slides", "url": "https://b.example"}],
            "speakers": ["Ann Lee", "", "Various speakers", "Bö", "Ann Lee"], "tags": ["eels", "eels", "sea"], "title": " Eels ",
            "videos": [{"type": "mp4", "url": "https://c.example/a.mp4"}, {"type": "youtube", "url": "https://youtu.be/AAAAAAAAAAA?t=61"}]}"#,
    );
    assert_eq!(told, [""; 0]);
    assert_eq!((&*part.group, dated.date), ("archive/eel-days-2019", Some(date(2019, 5, 2))));
    let talk = dated.talk;
    assert_eq!((talk.id.as_str(), talk.title.as_str(), talk.language.as_deref()), ("eel-days-2019-ann-on-eels", "Eels", Some("de")));
    assert_eq!(talk.by_line(), "Ann Lee, Bö");
    assert_eq!(talk.url().as_deref(), Some("https://www.youtube.com/watch?v=AAAAAAAAAAA&t=61s"));
    assert_eq!(talk.about().description.as_deref(), Some("About `eels`, see [it](https://eel.example)"));
    assert_eq!(
        (talk.about().slides.as_deref(), &talk.about().tags[..]),
        (Some("https://b.example"), &["eels".to_owned(), "sea".to_owned()][..])
    );
    let link = |label: &str, url: &str| Labelled { label: label.into(), url: Some(url.into()) };
    assert_eq!(
        talk.about().resources,
        [link("Recording (mp4)", "https://c.example/a.mp4"), link("https://a.example", "https://a.example")]
    );
    let origins: Vec<_> = talk.provenance.iter().collect();
    assert_eq!(origins, [Field::Title, Field::Speakers, Field::Start, Field::Recording].map(|field| (field, Origin::Stated)));
}

#[test]
fn a_video_of_nothing_is_a_talk() {
    let (dated, _, told) = video("{}");
    assert_eq!((dated.talk.title.as_str(), dated.date, dated.talk.recording), ("ann on eels", None, None));
    assert_eq!(dated.talk.provenance.get(Field::Title), Some(Origin::Derived));
    assert_eq!(told.len(), 3, "{told:?}");
}

#[test]
fn what_is_broken_is_told_where_it_stands() {
    let (dated, _, told) = video(
        "{\n \"title\": \"Eels\",\n \"recorded\": \"2019-02-30\",\n \"speakers\": [\"Ann\", 7],\n \"tags\": 1,\n \"language\": 5,\n \"videos\": [\n  {\"url\": \"https://youtu.be/short\"},\n  {\"type\": \"archive.org\", \"url\": \"https://archive.org/details/eels\"}]}",
    );
    assert_eq!(dated.talk.by_line(), "Ann");
    assert_eq!(dated.talk.url().as_deref(), Some("https://archive.org/details/eels"));
    let expected = [
        "6:14: error: `language` is no text",
        "5:10: error: `tags` is no list",
        "3:14: error: `2019-02-30` is no date",
        "4:22: error: what stands here in `speakers` is no text",
        "8:3: error: `https://youtu.be/short`: \"short\" is no YouTube id",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(&format!("{PATH}:{expected}")), "{told}");
    }
}

#[test]
fn a_file_that_breaks_off_keeps_what_it_says() {
    let whole = r#"{"title": "Eels", "speakers": ["Ann"], "recorded": "2019-05-02", "videos": [{"url": "https://youtu.be/AAAAAAAAAAA"}]}"#;
    for end in 0..whole.len() {
        let reading = read(&source(PATH, &whole[..end]));
        assert_eq!(reading.parts.len(), usize::from(end >= 16), "{}", &whole[..end]);
        let errors: Vec<_> = reading.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.iter().any(|problem| problem.message.starts_with("not valid JSON")), "{end}: {errors:?}");
    }
    let (dated, _, told) = video(&whole[..whole.len() - 2]);
    assert_eq!((dated.talk.by_line().as_str(), dated.talk.recording.is_some(), told.len()), ("Ann", true, 1), "{told:?}");
}

#[test]
fn a_category_is_facts() {
    let reading = read(&source(
        "archive/eel-days-2019/category.json",
        r#"{"title": "Eel Days 2019", "start_date": "2019-05-01", "url": "https://eel.example", "description": "Eels\n", "slug": 3}"#,
    ));
    assert_eq!((reading.problems.len(), reading.parts[0].talks.len()), (0, 0));
    let facts = reading.parts[0].said();
    assert_eq!((facts.title.as_deref(), facts.date), (Some("Eel Days 2019"), Some(date(2019, 5, 1))));
    assert_eq!((facts.url.as_deref(), facts.description.as_deref()), (Some("https://eel.example"), Some("Eels")));
}

#[test]
fn it_is_told_from_other_json() {
    let all = r#"{"title": "x", "speakers": [], "recorded": null, "videos": []}"#;
    for (path, text, is) in [
        ("x.json", all, true),
        (PATH, r#"{"title": "x", "speakers": [], "videos": []}"#, true),
        ("x.json", r#"{"title": "x", "speakers": [], "videos": []}"#, false),
        (PATH, r#"{"title": "x"}"#, false),
        (PATH, r#"{"title": "x""#, true),
        ("a/category.json", r#"{"title": "x"}"#, true),
        ("a/category.json", r#"{"name": "x"}"#, false),
        ("x.json", r#"{"description": "\"title\": \"speakers\": \"recorded\": \"videos\":"}"#, false),
        ("videos/x.yml", "title: x\nvideos: []\nspeakers: []\nrecorded: x", false),
    ] {
        assert_eq!(detect(&source(path, text)), is, "{path} {text}");
    }
}

#[test]
fn a_name_that_is_an_id_is_one_without_folding_it() {
    for name in ["eel-days-2019", "-a", "a-", "a--b", "Ann_Lee", "\u{e9}el", "", "-", "a.b"] {
        assert_eq!(slug(name), crate::text::slug(name), "{name}");
    }
}

#[test]
fn texts_are_said_once() {
    for (fields, text) in [
        (r#""summary": "Eels.", "description": "Eels. And boats.""#, Some("Eels. And boats.")),
        (r#""abstract": "Eels.", "description": "Boats.""#, Some("Eels.\n\nBoats.")),
        (r#""summary": "Eels.", "description": """#, Some("Eels.")),
        (r#""summary": null"#, None),
    ] {
        assert_eq!(video(&format!("{{{fields}}}")).0.talk.about().description.as_deref(), text, "{fields}");
    }
}

#[test]
fn slides_are_the_talks_own() {
    for (label, url, are) in [
        ("Talk slides", "https://a.example/", true),
        ("Conference slides", "https://a.example/", false),
        ("https://speakerdeck.com/ann/eels", "https://speakerdeck.com/ann/eels", true),
        ("", "https://a.example/2019/slides.pdf", true),
        ("Code", "https://a.example/slides.pdf", false),
        ("", "https://a.example/x", false),
    ] {
        let (dated, ..) = video(&format!(r#"{{"related_urls": [{{"label": "{label}", "url": "{url}"}}]}}"#));
        assert_eq!(dated.talk.about().slides.is_some(), are, "{label} {url}");
    }
}
