//! Write-ups in many habits: what the program makes of paragraphs, and of whole posts, that nobody fitted it to.

use super::{fixture, here, run};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Companies that the post around every paragraph announces.
const COMPANIES: &str = "Tide, sailctl, Rope by Knot, Blue Harbour Works, stack9s, Salt & Sons, Node.sea, dbtide, and Oak";

/// `1:02` or `1:00:02`.
fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// `name/company, …: title @ start|printed`, as far as each is known.
fn told(talk: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let people = talk["speakers"].as_array().expect("speakers").iter();
    let people: Vec<String> = people.map(|p| format!("{}/{}", text(&p["name"]), text(&p["company"]))).collect();
    let start = talk["start"].as_u64().map_or("-".to_owned(), clock);
    let printed = talk["printed_start"].as_u64().map(|s| format!("|{}", clock(s))).unwrap_or_default();
    format!("{}: {} @ {start}{printed}", people.join(", "), text(&talk["title"]))
}

/// The talks of every event in a folder, by date.
fn talks(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let listed = run(&["list", "--format", "json", "--source", &folder.to_string_lossy()]);
    let all: Vec<Value> = serde_json::from_str(&listed.stdout).unwrap_or_else(|e| panic!("{e}: {}", listed.stderr));
    let mut talks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for talk in &all {
        talks.entry(talk["event"]["date"].as_str().expect("a date").to_owned()).or_default().push(told(talk));
    }
    talks
}

/// A post with one paragraph between a talk before it and the announcement of the next evening.
fn post(paragraph: &str, listed: bool) -> String {
    let bullets = if listed { "* one thing\n* another\n" } else { "" };
    format!(
        "---\ntitle: \"Boat Nights May 2024: {COMPANIES}\"\n\
         description: \"Speakers from {COMPANIES} join us at the Boat Nights meetup, hosted by Nora Quay, Harbour Master at Kelp\"\n\
         video: https://www.youtube.com/embed/AAAAAAAAAAA\ntags:\n  - Meetup\n---\n\n\
         Nine speakers from {COMPANIES} joined us at the May meetup.\n\n### Overview\n\n\
         Kicking off our evening was Filler Person from Elm discussing Filler (starting at [0:09](https://youtu.be/AAAAAAAAAAA?t=9)).\n\n\
         * f\n\n{paragraph}\n\n{bullets}\nAnd of course, our usual group photo!\n\n## Boat Nights June\n\n\
         Our next meetup will be on 5th June. [RSVP now!](https://meetups.example/1)\n\nNora (@nora)\n"
    )
}

#[test]
fn paragraphs_in_many_habits() {
    let table = std::fs::read_to_string(here("tests/fixtures/writeups/paragraphs.txt")).expect("the table").replace("\r\n", "\n");
    let folder = tempfile::tempdir().expect("a folder");
    let mut expected = BTreeMap::new();
    let mut paragraphs = BTreeMap::new();
    let mut day = jiff::civil::date(2000, 1, 1);
    let mut paragraph = String::new();
    for line in table.lines().filter(|line| !line.starts_with("# ")) {
        if let Some(wanted) = line.strip_prefix("=> ") {
            let listed = wanted != "nothing";
            let text = paragraph.trim().to_owned();
            // Each evening has a video of its own.
            let post = post(&text, listed).replace("AAAAAAAAAAA", &format!("{:011}", expected.len()));
            std::fs::write(folder.path().join(format!("{day}-boats.md")), post).expect("it can be written");
            expected.insert(day.to_string(), wanted.to_owned());
            paragraphs.insert(day.to_string(), text);
            paragraph.clear();
            day = day.tomorrow().expect("a day");
        } else {
            paragraph.push_str(line);
            paragraph.push('\n');
        }
    }
    let read = talks(folder.path());
    let mut wrong = Vec::new();
    for (day, wanted) in &expected {
        let found: Vec<&str> = read.get(day).into_iter().flatten().filter(|t| !t.starts_with("Filler")).map(String::as_str).collect();
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(" ;; ") };
        if found != *wanted {
            wrong.push(format!("{}\n  wanted {wanted}\n  found  {found}", paragraphs[day]));
        }
    }
    assert!(expected.len() > 200, "{}", expected.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn posts_of_several_years() {
    let read = talks(Path::new(&fixture("writeups/posts")));
    let expected: [(&str, &[&str]); 5] = [
        // A day in the title, no description, no cues; a congratulation and thanks that name people.
        (
            "2018-06-06",
            &[
                "Jim Bow/Tide: Boats in Production: The First Year @ -",
                "Ray Sunny/Salt, Jo Day/Salt: Who needs sails? @ -",
                "Kai Lo/Rope: ropes for everyone @ -",
            ],
        ),
        // A heading per talk, and lines that lost their bullets.
        ("2021-09-01", &["Jim Bow/Tide: Boats Everywhere @ 26:41", "Ray Sunny/dbtide: Sails Nowhere @ 56:41"]),
        // A misspelt month; the video only in the body; a link into it that is no talk.
        ("2022-09-07", &["Jim Bow/Oak: Acorns @ 16:41", "Ray Sunny/Elm: Leaves @ 56:41"]),
        // A talk that was not recorded, one that was cancelled, an offer and a sponsor's own video.
        ("2023-07-05", &["Jim Bow/Oak: Acorns and Oaks @ -", "Ray Sunny/Elm: Leaves @ 56:41|56:42"]),
        // Talks as a list.
        ("2024-10-02", &["Jim Bow/Oak: Acorns @ 10:01", "Ray Sunny/Elm: Leaves @ 56:41", "Jo Day/Ash: Twigs @ 1:30:01"]),
    ];
    // The report from a conference gives no event.
    assert_eq!(read.keys().map(String::as_str).collect::<Vec<_>>(), expected.map(|(day, _)| day));
    for (day, talks) in expected {
        assert_eq!(read[day], talks, "{day}");
    }
}

#[test]
fn what_the_text_and_its_link_tell_apart_is_a_problem() {
    let checked = run(&["check", &fixture("writeups/posts")]);
    assert!(checked.stdout.contains("the text says 56:42, but the link goes to 56:41"), "{}", checked.stdout);
}
