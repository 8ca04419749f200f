//! The same talk from two sources is one row, whatever else they call its event.

use super::{corpus, fixture, run};
use serde_json::Value;

fn listed(sources: &[&str]) -> Vec<Value> {
    let mut arguments = vec!["list", "--format", "json"];
    for source in sources {
        arguments.extend(["--source", source]);
    }
    serde_json::from_str(&run(&arguments).stdout).expect("JSON")
}

fn titles(talks: &[Value]) -> Vec<&str> {
    talks.iter().filter_map(|talk| talk["title"].as_str()).collect()
}

#[test]
fn an_archive_and_a_channel_give_one_row_a_talk() {
    let (archive, channel) = (fixture("joining/archive"), fixture("joining/channel"));
    let talks = listed(&[&archive, &channel]);
    let only = "A talk that only the channel has";
    assert_eq!(titles(&talks), ["Ropes that remember", "Charts without paper", "A harbour in a jar", only]);
    assert!(talks.iter().all(|talk| talk["event"]["id"] == "quay-talks-2024-09-04"), "{talks:#?}");
    let (charts, jar) = (&talks[1], &talks[2]);
    assert_eq!((&charts["companies"], &charts["language"]), (&serde_json::json!(["Sextant"]), &"en".into()));
    assert_eq!((&charts["provenance"]["company"], charts["takeaways"].as_array().map(Vec::len)), (&"stated".into(), Some(1)));
    assert_eq!(charts["also"][0]["line"], 5);
    assert!(charts["also"][0]["path"].as_str().is_some_and(|path| path.ends_with("charts.yml")), "{charts}");
    assert_eq!((&jar["status"], &jar["url"]), (&"recorded".into(), &"https://www.youtube.com/watch?v=JARJARJARJA&t=15s".into()));
}

#[test]
fn the_first_source_has_the_word() {
    let (archive, channel) = (fixture("joining/archive"), fixture("joining/channel"));
    let talks = listed(&[&channel, &archive]);
    let titles = titles(&talks);
    assert!(titles.contains(&"Charts without paper (Jon Dahl)") && !titles.contains(&"Charts without paper"), "{titles:?}");
    assert!(!titles.contains(&"Full stream"), "its talks tell more than the whole does");
    assert_eq!(titles.len(), 4);
    assert_eq!(listed(&[&archive, &channel, &archive, &channel]), listed(&[&archive, &channel]), "twice is once");
}

#[test]
fn where_else_a_talk_was_read_is_shown() {
    let (archive, channel) = (fixture("joining/archive"), fixture("joining/channel"));
    let show = |what: &str| run(&["show", what, "--source", &archive, "--source", &channel]).stdout;
    let talk = show("quay-talks-2024-09-04-charts-without-paper");
    assert!(talk.lines().any(|line| line.starts_with("Also in") && line.ends_with("charts.yml:5:3")), "{talk}");
    assert!(talk.contains("became a screen"), "the longer description: {talk}");
    let event = show("quay-talks-2024-09-04");
    assert!(event.contains("Two talks from the old pier."), "what a whole evening said: {event}");
    assert!(event.lines().any(|line| line.starts_with("Also in") && line.contains("quay-september.yml")), "{event}");
}

#[test]
fn joining_is_no_problem() {
    let (archive, channel) = (fixture("joining/archive"), fixture("joining/channel"));
    let checked = run(&["check", &archive, &channel]);
    assert_eq!((checked.stdout.as_str(), checked.status), ("", 0));
}

#[test]
fn a_file_and_the_write_up_of_its_evening_are_one_event() {
    let (events, posts) = (fixture("events"), fixture("posts"));
    let talks = listed(&[&events, &posts]);
    let sails: Vec<&Value> = talks.iter().filter(|talk| talk["title"] == "Sails for services").collect();
    assert_eq!((sails.len(), sails[0]["also"].as_array().map(Vec::len)), (1, Some(1)));
    let winds: Vec<&str> = titles(&talks).into_iter().filter(|title| title.to_lowercase().contains("winds")).collect();
    assert_eq!(winds, ["--force and other winds"], "one second of one recording");
}

#[test]
fn the_archive_inside_and_the_posts_that_it_was_made_of_are_one() {
    let Some(posts) = corpus("cloud-native-london/_posts") else { return };
    let (data, posts) = (super::here("data").to_string_lossy().into_owned(), posts.to_string_lossy().into_owned());
    let (alone, both) = (listed(&[&data]), listed(&[&data, &posts]));
    // What the posts give no title is called by no one name; all else is known again.
    let more: Vec<&str> = titles(&both).into_iter().filter(|title| !titles(&alone).contains(title)).collect();
    assert!(more.len() <= 1 && both.len() == alone.len() + more.len(), "{more:?}");
    let known_twice = both.iter().filter(|talk| talk["also"].as_array().is_some_and(|also| !also.is_empty())).count();
    assert!(known_twice * 10 >= alone.len() * 9, "{known_twice} of {}", alone.len());
}
