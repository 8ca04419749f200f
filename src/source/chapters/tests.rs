use super::*;
use crate::domain::{Field, Kind, Origin, Place, Recording, Talk};
use proptest::prelude::*;

fn cues(text: &str, length: Option<&str>) -> Vec<String> {
    let length = length.map(|length| Cue::parse(length).expect("a cue"));
    let found = chapters(text, length).unwrap_or_default();
    found.chapters.iter().map(|c| format!("{} {}", c.start, c.title)).collect()
}

fn broken(text: &str, length: Option<&str>) -> Vec<Broken> {
    let length = length.map(|length| Cue::parse(length).expect("a cue"));
    chapters(text, length).expect("a list").broken
}

fn cue(text: &str) -> Cue {
    Cue::parse(text).expect("a cue")
}

#[test]
fn every_form_of_a_list_is_read() {
    let wanted = ["0:00 Moorings", "5:10 Of tides and locks", "1:02:03 Last ferry"];
    for text in [
        "0:00 Moorings\n5:10 Of tides and locks\n1:02:03 Last ferry",
        "00:00 - Moorings\n05:10 - Of tides and locks\n01:02:03 - Last ferry",
        "Moorings 0:00\nOf tides and locks 5:10\nLast ferry 1:02:03",
        "Moorings (0:00)\nOf tides and locks (5:10)\nLast ferry (1:02:03)",
        "(00:00) Moorings\n\n(05:10) Of tides and locks\n\n(1:02:03) Last ferry\n",
        "[0:00] Moorings\n[5:10] Of tides and locks\n[1:02:03] Last ferry",
        "* 0:00 Moorings\n* 5:10 Of tides and locks\n* 1:02:03 Last ferry",
        "1. 0:00 Moorings\n2. 5:10 Of tides and locks\n3. 1:02:03 Last ferry",
        "0:00-5:10: Moorings\n5:10 - 1:02:03: Of tides and locks\n1:02:03–1:20:00: Last ferry",
        "- **0:00** *Moorings*\n- **5:10** *Of tides and locks*\n- **1:02:03** *Last ferry*",
        "[0:00](https://youtu.be/aaaaaaaaaaa?t=0) Moorings\n[5:10](https://youtu.be/aaaaaaaaaaa?t=310) Of tides and locks\n[1:02:03](https://x.org) Last ferry",
        "<p><a href=\"https://x.org/?t=0\">0:00</a> Moorings<br/><a href=\"https://x.org\">5:10</a> Of tides and locks<br>1:02:03 Last ferry</p>",
        "-  `0:00 <https://x.org/#t=0m>`__ Moorings\n-  `5:10 <https://x.org>`__ Of tides\n   and locks\n-  `1:02:03 <https://x.org>`__ Last ferry\n",
        "🎬 0:00 Moorings\n🎬 5:10 Of tides and locks\n🎬 1:02:03 Last ferry",
        "0:00 Moorings 5:10 Of tides and\nlocks 1:02:03 Last ferry",
        "Moorings 0:00 Of tides and\nlocks 5:10 Last ferry 1:02:03",
        "(0:00) Moorings\n(5: 10) Of tides and locks\n(1:02:03) Last ferry",
        "The harbour, a talk at 18:00.\n\nTimestamps:\n0:00 Moorings\n5:10 Of tides and locks\n1:02:03 Last ferry\n\nThe quay opens at 9:30am, closes 6:15 PM.",
    ] {
        assert_eq!(cues(text, None), wanted, "{text}");
    }
}

#[test]
fn tables_are_read_by_their_cells() {
    let grid = "+------+------+------+\n+ Start | Who | What +\n+ 0:10  | Ann | **Nets of +\n+       | Lee | steel** +\n+ 5:45  | Bo Ek | **Ropes** +\n+       |       | - made of hemp +\n+ 9:00  | Cy Orr | **Tar** +\n";
    assert_eq!(cues(grid, None), ["0:10 Ann Lee - Nets of steel", "5:45 Bo Ek - Ropes", "9:00 Cy Orr - Tar"]);
    let list = "   * - 00:00_\n     - Ann Lee\n     - Nets\n   * - 05:10_\n     - Bo Ek\n     - Ropes\n\n.. _00:00: https://x.org/?t=0\n.. _05:10: https://x.org/?t=310\n";
    assert_eq!(cues(list, None), ["0:00 Ann Lee - Nets", "5:10 Bo Ek - Ropes"]);
    let columns = "00:54       Ann Lee             Nets\n07:25       Bo Ek               Ropes\n13:02       Cy Orr              Tar\n";
    assert_eq!(cues(columns, None), ["0:54 Ann Lee - Nets", "7:25 Bo Ek - Ropes", "13:02 Cy Orr - Tar"]);
}

#[test]
fn agendas_plans_and_other_times_are_no_chapters() {
    for (text, length) in [
        ("18:00 Doors open\n18:30 Nets\n19:15 Ropes\n20:00 Drinks", None),
        ("18:00 Doors open\n18:30 Nets\n19:15 Ropes\n20:00 Drinks", Some("25:00")),
        ("6:00 PM: Mingling\n6:37 PM: Nets\n7:11 PM: Ropes", None),
        ("9:30am registration\n10:02am Nets\n11:14am Ropes", Some("2:00:00")),
        ("17:00-17:45: Arrive\n17:45-18:00: Intros\n18:00-19:00: Demos", None),
        ("🎙 18:30. Ann Lee - Nets\n🎙 19:30. Bo Ek - Ropes\n⏰ 20:00", None),
        ("0:00 - 0:05 Who we are\n0:05 - 0:15 Nets\n0:15 - 0:30 Ropes", Some("28:10")),
        ("+0:00 - 0:10: Setup\n+0:10 - 0:30: Nets\n+0:30 - 1:45: Ropes", Some("1:55:00")),
        ("18:32 Uhr Einlass\n19:01 Uhr Netze\n19:48 Uhr Seile", None),
        ("Day 1, 13:00–13:30", None),
        ("We meet at 18:07\nwe eat at 18:31\nand go at 20:02", None),
        ("The score was 12:10, then 14:12, and in the end 15:13 for us, on 2024-01-02 18:04", None),
        ("00:00:00:01 frame\n00:00:02:03 frame", None),
        ("released 2020-01-02T10:11:12 and 2020-01-02T11:12:13 and 2020-01-02T12:13:14", None),
        ("see https://x.org/a#t=0:10 and https://x.org/a#t=3:10 and https://x.org/a#t=5:10", None),
        ("5:10 Nets\n7:44 Ropes", None),
        ("0:00\n5:10\n7:44", None),
    ] {
        assert_eq!(cues(text, length), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn broken_rules_are_told() {
    assert_eq!(broken("0:09 a\n5:10 b\n7:08 c", None), [Broken::LateFirst(cue("0:09"))]);
    assert_eq!(broken("0:00 Talk\n30:36 Questions", None), [Broken::Few]);
    assert_eq!(broken("0:00 a\n1:00 b\n1:05 c\n2:01 d", None), [Broken::Close(cue("1:05"))]);
    assert_eq!(broken("0:00 a\n3:00 b\n6:00 c", Some("9:00")), [Broken::WholeMinutes]);
    let text = "0:00 a\n5:01 b\n1:20 slip\n12:00 c\n51:00 slip\n20:01 d\n25:00 e";
    assert_eq!(cues(text, None), ["0:00 a", "5:01 b", "12:00 c", "20:01 d", "25:00 e"]);
    assert_eq!(broken(text, None), [Broken::OutOfOrder(cue("1:20")), Broken::OutOfOrder(cue("51:00"))]);
    let text = "0:00 a\n1:01 b\n2:02 c\n99:00 d";
    assert_eq!((cues(text, Some("5:00")).len(), broken(text, Some("5:00"))), (3, vec![Broken::PastEnd(cue("99:00"))]));
    // Who wrote a length of less than two minutes beside nine chapters was mistaken in that.
    let text = "0:00 a\n10:01 b\n20:02 c\n30:03 d";
    assert_eq!((cues(text, Some("1:40")).len(), broken(text, Some("1:40"))), (4, vec![Broken::Length(cue("1:40"))]));
}

#[test]
fn what_has_no_title_ends_what_is_before_it() {
    let found = chapters("0:00 Nets\n5:42 ???\n9:13 Ropes", None).expect("a list");
    let ends: Vec<Option<Cue>> = found.chapters.iter().map(|chapter| chapter.end).collect();
    assert_eq!(ends, [Some(cue("5:42")), None]);
}

#[test]
fn the_longest_list_is_taken_and_never_too_much_of_it() {
    let lines: Vec<String> = (0..2000).map(|i| format!("{}:{:02} part {i}", i / 4, i % 4 * 15 + 1)).collect();
    let text = lines.join("\n");
    assert_eq!(cues(&text, None).len(), MOST);
}

fn whole(title: &str, description: &str) -> Talk {
    let mut talk = Talk::new(title, Place::of("x".as_ref()));
    talk.recording = Recording::page("https://x.org/1");
    talk.about_mut().description = Some(description.to_owned());
    talk
}

fn parted(talk: Talk, length: Option<&str>) -> Vec<String> {
    let talks = split(talk, length.map(cue), &mut Vec::new());
    let end = |talk: &Talk| talk.span.end.map_or_else(|| "?".to_owned(), |end| end.to_string());
    let start = |talk: &Talk| talk.span.start.map_or_else(|| "?".to_owned(), |start| start.to_string());
    talks.iter().map(|t| format!("{}-{} {} | {} | {}", start(t), end(t), t.by_line(), t.title, t.about().chapters.len())).collect()
}

#[test]
fn an_evening_becomes_its_talks() {
    let text = "0:00 Welcome\n5:01 Ann Lee (Rope) - Nets of steel\n30:00 Q&A with Ann\n35:10 Break\n40:02 After the break\n41:10 Bo Ek: Introduction to tar\n59:00 Closing words";
    assert_eq!(
        parted(whole("Harbour Meetup, May", text), Some("1:00:00")),
        ["5:01-30:00 Ann Lee (Rope) | Nets of steel | 0", "41:10-59:00 Bo Ek | Introduction to tar | 0"]
    );
    let text = "0:31 Ann Lee\n5:42 ?\n9:17 Bo Ek and Cy Orr\n14:44 Drifting";
    let talks = split(whole("Lightning talks", text), Some(cue("20:00")), &mut Vec::new());
    assert_eq!(talks.iter().map(|t| t.title.as_str()).collect::<Vec<_>>(), ["Talk by Ann Lee", "Talk by Bo Ek and Cy Orr", "Drifting"]);
    let first = &talks[0];
    assert_eq!((first.kind, first.span.end), (Kind::LightningTalk, Some(cue("5:42"))));
    let origins: Vec<_> = first.provenance.iter().collect();
    assert_eq!(
        origins,
        [
            (Field::Title, Origin::Derived),
            (Field::Speakers, Origin::Guessed),
            (Field::Start, Origin::Guessed),
            (Field::End, Origin::Guessed),
            (Field::Recording, Origin::Derived)
        ]
    );
    assert_eq!(talks[2].span.end, Some(cue("20:00")));
    assert_eq!(parted(whole("Harbour livestream", "0:00 Talk 1: Nets\n9:10 Talk 2: Ropes\n30:11 Talk 3: Tar"), None).len(), 3);
}

#[test]
fn in_doubt_chapters_stay_inside() {
    let songs = "0:00 Intro\n0:31 Sunny Pax - Night Quay\n5:29 Ray Low - Blue Moor\n10:01 Ann Lee - Last Boat";
    for (title, text) in [
        ("Group mix 12", songs),
        ("How to run a meetup", "0:00 Why\n3:04 How\n9:11 With whom"),
        ("Lightning talks panel", "0:00 Ann Lee - hello\n3:04 Bo Ek - hello\n9:11 Cy Orr - hello"),
        ("Lightning talks", "0:00 Nets\n3:04 Ropes\n9:11 Tar"),
        ("Harbour Meetup", "0:00 Welcome\n3:04 Ann Lee - Nets\n9:11 Questions"),
    ] {
        let talks = split(whole(title, text), None, &mut Vec::new());
        assert_eq!(talks.len(), 1, "{title}");
        assert_eq!(
            (talks[0].about().chapters.len(), talks[0].provenance.get(Field::Chapters)),
            (text.lines().count(), Some(Origin::Guessed))
        );
    }
}

#[test]
fn known_speakers_make_an_evening_of_any_title() {
    let text = "0:00 Hello\n0:31 Nets - Ann Lee\n5:29 Ropes - Bo Ek\n10:01 Tar - Cy Orr";
    let mut talk = whole("After lunch", text);
    let names = ["Ann Lee", "Bo Ek", "Cy Orr"];
    assert_eq!(parted(talk.clone(), None).len(), 1);
    talk.speakers = names.map(|name| crate::domain::Speaker { name: name.into(), company: None }).to_vec();
    talk.about_mut().description = Some(text.replace("Hello", "Welcome"));
    assert_eq!(parted(talk, None).len(), 3);
}

#[test]
fn a_talk_that_needs_none_is_left_as_it_is() {
    let mut talk = whole("Nets", "0:00 a\n5:10 b\n7:08 c");
    talk.recording = None;
    assert_eq!(split(talk.clone(), None, &mut Vec::new()), [talk]);
}

#[test]
fn what_was_lost_is_told() {
    let mut problems = Vec::new();
    split(whole("Nets", "0:00 a\n5:10 b\n1:08 c\n7:01 d"), None, &mut problems);
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("x: warning: the chapters in the description break a rule: 1:08 goes back, and was left out"), "{told:?}");
}

#[test]
fn a_word_with_a_hyphen_is_no_zone_of_time() {
    let text = "0:00 Bonjour\n5:10 Est-ce que la coque tient ?\n9:20 H-bridges";
    assert_eq!(cues(text, None), ["0:00 Bonjour", "5:10 Est-ce que la coque tient ?", "9:20 H-bridges"]);
    assert!(cues("0:00 Doors\n5:10 EST - coffee\n9:20 UTC", None).is_empty());
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "(\\PC|[0-9:; \n<`&\\]()|*-]){0,200}", length in proptest::option::of(1u64..10_000)) {
        let length = length.and_then(|length| Cue::from_seconds(length).ok());
        if let Some(found) = chapters(&text, length) {
            prop_assert!(found.chapters.windows(2).all(|pair| pair[0].start < pair[1].start));
            prop_assert!(found.chapters.iter().all(|chapter| !chapter.title.is_empty()));
        }
    }

    #[test]
    fn what_is_written_as_a_list_is_read_as_one(gaps in proptest::collection::vec(11u64..900, 2..40), title in "[A-Za-z][a-z]{2,9}( [a-z]{1,9}){0,4}") {
        let mut at = 0;
        let mut wanted = vec![0];
        wanted.extend(gaps.iter().map(|gap| { at += gap; at }));
        let cues: Vec<Cue> = wanted.iter().map(|at| Cue::from_seconds(*at).expect("early")).collect();
        // A list in steps of five seconds that ends within minutes is taken for the plan of a talk, and one in a zone of time for
        // that of a day.
        prop_assume!(at > 180 && !marks::is_clock("", &title));
        let text = cues.iter().map(|cue| format!("{cue} {title}")).collect::<Vec<_>>().join("\n");
        let found = chapters(&text, None).expect("a list");
        prop_assert_eq!(found.chapters.iter().map(|c| c.start).collect::<Vec<_>>(), cues);
        prop_assert!(found.chapters.iter().all(|chapter| chapter.title == title));
    }
}
