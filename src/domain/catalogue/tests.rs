use super::*;
use crate::domain::{Chapter, Cue, Field, Kind, Link, Origin, Place, Speaker, Status};
use jiff::civil::date;
use proptest::prelude::*;

fn place() -> Place {
    Place::of("a.yml".as_ref()).at(3, 1)
}

fn draft(day: i8, titles: &[(&str, Option<u64>)]) -> EventDraft {
    let mut event = Event::new("Rust Nights", format!("Rust Nights {day}"), date(2024, 5, day), place());
    event.recording = Link::parse("https://youtu.be/AAAAAAAAAAA").ok().map(|l| l.recording);
    let talks = titles
        .iter()
        .map(|(title, start)| {
            let mut talk = Talk::new(*title, place());
            talk.recording.clone_from(&event.recording);
            talk.span.start = start.map(|s| Cue::from_seconds(s).expect("a cue"));
            talk.speakers.push(Speaker { name: "Ann".into(), company: None });
            talk
        })
        .collect();
    EventDraft { event, talks }
}

#[test]
fn newest_first_and_ids_from_series_date_title() {
    let (catalogue, problems) =
        Catalogue::build(vec![draft(1, &[("One", Some(5))]), draft(9, &[("Zwei & mehr", Some(1)), ("Ünder", Some(9))])]);
    assert_eq!(problems, []);
    let ids: Vec<&str> = catalogue.talks().iter().map(|t| t.id.as_str()).collect();
    assert_eq!(ids, ["rust-nights-2024-05-09-zwei-mehr", "rust-nights-2024-05-09-under", "rust-nights-2024-05-01-one"]);
    for event in catalogue.events() {
        for talk in catalogue.talks_of(event) {
            assert_eq!(catalogue.event_of(talk), event);
        }
    }
}

#[test]
fn an_end_is_derived_from_the_next_start_in_the_same_recording() {
    let (catalogue, _) = Catalogue::build(vec![draft(1, &[("One", Some(5)), ("No cue", None), ("Two", Some(50))])]);
    let ends: Vec<_> = catalogue.talks().iter().map(|t| (t.span.end.map(Cue::seconds), t.provenance.get(Field::End))).collect();
    assert_eq!(ends, [(Some(50), Some(Origin::Derived)), (None, None), (None, None)]);
}

#[test]
fn nothing_is_kept_of_what_says_nothing() {
    let mut emptied = draft(1, &[("One", Some(5))]);
    emptied.talks[0].about_mut().tags.clear();
    let (catalogue, _) = Catalogue::build(vec![emptied]);
    assert_eq!(*catalogue.talks()[0].about(), crate::domain::About::default());
    assert_eq!(catalogue, Catalogue::build(vec![draft(1, &[("One", Some(5))])]).0);
}

#[test]
fn a_link_that_was_copied_costs_no_talk() {
    for (start, speaker) in [(None, None), (Some(50), None), (Some(50), Some("Bo"))] {
        let mut other = draft(9, &[("Performance of engines", start)]);
        other.talks[0].speakers = speaker.map(|name: &str| Speaker { name: name.into(), company: None }).into_iter().collect();
        let mut first = draft(1, &[("Keeping application secrets", start)]);
        first.talks[0].speakers.clear();
        let (catalogue, _) = Catalogue::build(vec![first, other]);
        assert_eq!(catalogue.talks().len(), 2, "{start:?} {speaker:?}");
    }
}

#[test]
fn the_same_title_twice_gives_two_ids() {
    let (catalogue, _) = Catalogue::build(vec![draft(1, &[("Q&A", Some(5)), ("Q&A", Some(50))])]);
    assert_eq!(catalogue.talks()[1].id, "rust-nights-2024-05-01-q-a-2");
}

#[test]
fn the_same_event_from_two_sources_is_joined() {
    let mut second = draft(1, &[("One, corrected", Some(5)), ("New", Some(70))]);
    second.event.tags = vec!["rust".into()];
    second.event.host = Some("Bo".into());
    let (catalogue, _) = Catalogue::build(vec![draft(1, &[("One", Some(5))]), second]);
    assert_eq!(catalogue.events().len(), 1);
    assert_eq!((catalogue.events()[0].host.as_deref(), catalogue.events()[0].tags.len()), (Some("Bo"), 1));
    let titles: Vec<&str> = catalogue.talks().iter().map(|t| t.title.as_str()).collect();
    assert_eq!(titles, ["One", "New"]);
}

#[test]
fn ids_are_unique_even_where_titles_collide_with_them() {
    let (catalogue, _) = Catalogue::build(vec![draft(1, &[("Q&A", None), ("Q&A", None), ("Q&A 2", None)])]);
    let ids: Vec<&str> = catalogue.talks().iter().map(|t| t.id.as_str()).collect();
    assert_eq!(ids, ["rust-nights-2024-05-01-q-a", "rust-nights-2024-05-01-q-a-2", "rust-nights-2024-05-01-q-a-2-2"]);
}

#[test]
fn two_events_of_one_day_are_two_and_told() {
    let mut evening = draft(1, &[("Two", Some(50))]);
    evening.event.title = "Evening".into();
    let mut morning = draft(1, &[("One", Some(5))]);
    morning.event.title = "Morning".into();
    let (catalogue, problems) = Catalogue::build(vec![morning, evening]);
    assert_eq!(catalogue.events().len(), 2);
    assert!(problems.iter().any(|p| p.message.starts_with("another event has the id")), "{problems:?}");
}

#[test]
fn escapes_in_ids_are_made_harmless() {
    let mut evil = draft(1, &[("One", Some(5))]);
    evil.talks[0].id = "t\u{1b}[2J".into();
    let (catalogue, problems) = Catalogue::build(vec![evil]);
    assert_eq!((catalogue.talks()[0].id.as_str(), problems.len()), ("t␛[2J", 1));
}

#[test]
fn escapes_are_made_harmless_and_told() {
    let (catalogue, problems) = Catalogue::build(vec![draft(1, &[("\u{1b}[31mred\u{202e}", Some(5))])]);
    assert_eq!(catalogue.talks()[0].title, "␛[31mred");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].place, place());
}

#[test]
fn texts_without_end_are_cut_and_told() {
    let title = "東".repeat(9000);
    let (catalogue, problems) = Catalogue::build(vec![draft(1, &[(&title, Some(5))])]);
    assert_eq!(catalogue.talks()[0].title.len(), 3999 + '…'.len_utf8());
    assert_eq!(problems.len(), 1);
}

#[test]
fn cues_out_of_order_are_told() {
    let (_, problems) = Catalogue::build(vec![draft(1, &[("One", Some(50)), ("Two", Some(5))])]);
    assert!(problems[0].message.contains("before the one above it at 0:50"), "{problems:?}");
}

/// A talk in the file of its event: `title`, who gave it, the last letter of its recording's id, its second.
fn told(event: &str, day: i8, talks: &[(&str, &str, &str, Option<u64>)]) -> EventDraft {
    let file = Place::of(format!("{event}.yml").as_ref());
    let talk = |(line, (title, who, video, start)): (u32, &(&str, &str, &str, Option<u64>))| {
        let mut talk = Talk::new(*title, file.at(line, 1));
        let speaker = |name: &str| Speaker { name: name.into(), company: None };
        talk.speakers = who.split(',').filter(|name| !name.is_empty()).map(speaker).collect();
        talk.recording = Link::parse(&format!("https://youtu.be/AAAAAAAAAA{video}")).ok().map(|link| link.recording);
        talk.span.start = start.map(|s| Cue::from_seconds(s).expect("a cue"));
        talk
    };
    EventDraft { event: Event::new(event, event, date(2024, 5, day), file.clone()), talks: (1..).zip(talks).map(talk).collect() }
}

/// `title / speakers @second` of every talk, an event before its talks.
fn rows(drafts: &[EventDraft]) -> Vec<String> {
    rows_of(&Catalogue::build(drafts.to_vec()).0)
}

fn rows_of(catalogue: &Catalogue) -> Vec<String> {
    let mut rows = Vec::new();
    for event in catalogue.events() {
        rows.push(format!("# {}", event.title));
        for talk in catalogue.talks_of(event) {
            let start = talk.span.start.map_or_else(String::new, |cue| format!(" @{}", cue.seconds()));
            rows.push(format!("{} / {}{start}", talk.title, talk.by_line()));
        }
    }
    rows
}

#[test]
fn one_second_of_one_recording_is_one_talk_whatever_the_events_are_called() {
    let first = told("Rust Nights", 2, &[("Sails", "Ann", "1", Some(60)), ("Knots", "Bo", "1", Some(900))]);
    let mut second = told("Channel", 9, &[("Sails (full talk)", "", "1", Some(60)), ("KNOTS", "", "1", Some(900))]);
    second.talks[0].about_mut().description = Some("Of cloth".into());
    second.event.location = Some("Lund".into());
    second.event.date = date(2024, 6, 1);
    let drafts = [first, second];
    assert_eq!(rows(&drafts), ["# Rust Nights", "Sails / Ann @60", "Knots / Bo @900"]);
    let (catalogue, problems) = Catalogue::build(drafts.to_vec());
    assert_eq!(problems, []);
    let (event, talk) = (&catalogue.events()[0], &catalogue.talks()[0]);
    assert_eq!((event.location.as_deref(), talk.about().description.as_deref()), (Some("Lund"), Some("Of cloth")));
    assert_eq!(talk.about().also.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Channel.yml:1:1"]);
    assert_eq!((event.also[0].to_string(), talk.id.as_str()), ("Channel.yml".into(), "rust-nights-2024-05-02-sails"));
}

#[test]
fn what_the_first_lacks_is_taken_over_with_where_it_came_from() {
    let mut first = told("A", 1, &[("Sails", "José Valím", "1", Some(60))]);
    first.talks[0].about_mut().description = Some("Short".into());
    let mut second = told("B", 2, &[("Sails", "Jose Valim,Bo", "1", Some(60))]);
    let talk = &mut second.talks[0];
    talk.speakers[0].company = Some("Tide".into());
    talk.provenance.set(Field::Company, Origin::Derived);
    talk.span.end = Cue::from_seconds(99).ok();
    talk.provenance.set(Field::End, Origin::Stated);
    (talk.language, talk.kind) = (Some("pt".into()), Kind::Keynote);
    let chapter = Chapter { start: Cue::from_seconds(70).expect("a cue"), title: "Wind".into() };
    let about = talk.about_mut();
    (about.description, about.slides) = (Some("Much longer".into()), Some("https://example.org/s".into()));
    (about.takeaways, about.tags, about.chapters) = (vec!["Reef early".into()], vec!["rust".into()], vec![chapter]);
    let (catalogue, _) = Catalogue::build(vec![first, second.clone()]);
    let talk = &catalogue.talks()[0];
    assert_eq!((talk.by_line().as_str(), talk.span.end.map(Cue::seconds)), ("José Valím (Tide), Bo", Some(99)));
    assert_eq!((talk.provenance.get(Field::Company), talk.provenance.get(Field::End)), (Some(Origin::Derived), Some(Origin::Stated)));
    assert_eq!((talk.language.as_deref(), talk.kind), (Some("pt"), Kind::Keynote));
    let about = talk.about().clone();
    let theirs = second.talks[0].about().clone();
    assert_eq!(crate::domain::About { also: Vec::new(), ..about }, theirs);
}

#[test]
fn a_recording_beats_none() {
    let mut first = told("Rust Nights", 1, &[("Sails", "Ann", "", None), ("Knots", "Bo", "", None)]);
    first.talks[0].status = Status::NotPublished;
    let mut second = told("Rust Nights", 1, &[("Sails", "Ann", "1", Some(5)), ("Knots", "Bo", "", None)]);
    second.talks[1].status = Status::Cancelled;
    let (catalogue, _) = Catalogue::build(vec![first, second]);
    assert_eq!(catalogue.talks()[0].url().as_deref(), Some("https://www.youtube.com/watch?v=AAAAAAAAAA1&t=5s"));
    assert_eq!(catalogue.talks()[1].status, Status::Cancelled);
}

#[test]
fn another_recording_of_a_talk_is_not_lost() {
    let drafts = [told("Rust Nights", 1, &[("Sails", "Ann", "1", None)]), told("Rust Nights", 1, &[("Sails", "Ann", "2", Some(7))])];
    let (catalogue, _) = Catalogue::build([drafts.clone(), drafts].concat());
    let links: Vec<_> = catalogue.talks().iter().flat_map(|talk| &talk.about().resources).filter_map(|link| link.url.as_deref()).collect();
    assert_eq!((catalogue.talks().len(), links), (1, vec!["https://www.youtube.com/watch?v=AAAAAAAAAA2&t=7s"]));
}

#[test]
fn a_cue_that_is_not_known_says_nothing() {
    let first = told("A", 1, &[("Sails", "Ann", "1", None), ("Knots", "Bo", "1", None)]);
    // The title, or the only talk of one who speaks, says which of them it is; nothing says so of the third.
    let second = told("B", 2, &[("KNOTS!", "", "1", None), ("On sails", "Ann", "1", None), ("Lunch", "Cy", "1", None)]);
    assert_eq!(rows(&[first, second]), ["# B", "Lunch / Cy", "# A", "Sails / Ann", "Knots / Bo"]);
}

#[test]
fn the_only_talk_of_a_recording_is_that_from_its_start() {
    let (none, zero) = (told("A", 1, &[("Sails", "Ann", "1", None)]), told("B", 2, &[("Ann on sails", "", "1", Some(0))]));
    assert_eq!(rows(&[none.clone(), zero.clone()]), ["# A", "Sails / Ann @0"]);
    assert_eq!(rows(&[zero, none]), ["# B", "Ann on sails / Ann @0"]);
    let strangers = [told("A", 1, &[("Sails", "Ann", "1", None)]), told("B", 2, &[("Knots", "Bo", "1", None)])];
    assert_eq!(rows(&strangers).len(), 4, "one of the two links is wrong");
    let later = [told("A", 1, &[("Whole stream", "", "1", None)]), told("B", 2, &[("Knots", "Bo", "1", Some(900))])];
    assert_eq!(rows(&later).len(), 4, "nobody knows what else is in it");
}

#[test]
fn two_talks_of_one_draft_stay_two() {
    let twice = || told("A", 1, &[("Lightning talks", "", "1", None), ("Lightning talks", "", "1", None)]);
    assert_eq!(rows(&[twice()]).len(), 3);
    assert_eq!(rows(&[twice(), twice()]).len(), 3, "each is joined with one");
    let thrice = told("B", 1, &[("Lightning talks", "", "1", None); 3]);
    assert_eq!(rows(&[twice(), thrice]), ["# A", "Lightning talks / ", "Lightning talks / ", "# B", "Lightning talks / "]);
    let same_second = told("A", 1, &[("One", "", "1", Some(5)), ("Two", "", "1", Some(5))]);
    assert_eq!(rows(&[same_second]).len(), 3);
}

#[test]
fn a_whole_evening_goes_where_its_talks_are_told() {
    let talks =
        told("Rust Nights", 1, &[("Sails", "Ann", "1", Some(0)), ("Knots", "Bo", "1", Some(900)), ("Ropes", "Cy", "1", Some(1800))]);
    let mut evening = told("Channel", 2, &[("Rust Nights live", "", "1", None)]);
    evening.talks[0].about_mut().description = Some("All of it".into());
    let only = ["# Rust Nights", "Sails / Ann @0", "Knots / Bo @900", "Ropes / Cy @1800"];
    for start in [None, Cue::from_seconds(0).ok()] {
        evening.talks[0].span.start = start;
        for drafts in [[talks.clone(), evening.clone()], [evening.clone(), talks.clone()]] {
            assert_eq!(rows(&drafts), only);
            let (catalogue, _) = Catalogue::build(drafts.to_vec());
            let event = &catalogue.events()[0];
            assert_eq!((event.description.as_deref(), event.also[0].to_string()), (Some("All of it"), "Channel.yml:1:1".into()));
        }
    }
    // One who gave the whole is no evening, and chapters are no talks.
    evening.talks[0].speakers = told("X", 1, &[("", "Di", "", None)]).talks[0].speakers.clone();
    assert_eq!(rows(&[talks, evening]).len(), 6);
    let chapters = told("Channel", 2, &[("Intro", "", "1", Some(0)), ("Demo", "", "1", Some(90))]);
    assert_eq!(rows(&[told("A", 1, &[("Sails", "Ann", "1", None)]), chapters]).len(), 5);
}

#[test]
fn one_event_under_two_names_needs_title_and_speaker() {
    let first = told("PyCon US 2024", 1, &[("Sails", "Ann", "1", None), ("Welcome", "", "2", None), ("Q&A", "Bo", "3", None)]);
    let second = told("PyCon 2024", 1, &[("Sails", "Ann", "", None), ("Welcome", "", "", None), ("Q&A", "Cy", "", None)]);
    let elsewhere = told("Boat Day", 1, &[("Sails", "Ann", "", None)]);
    let expected = ["# PyCon 2024", "Welcome / ", "Q&A / Cy", "# PyCon US 2024", "Sails / Ann", "Welcome / ", "Q&A / Bo"];
    assert_eq!(rows(&[first.clone(), second.clone()]), expected);
    assert_eq!(rows(&[second, elsewhere])[..2], ["# Boat Day", "Sails / Ann"], "the same day and talk at an event of another name");
    let mut plain = told("PyCon US", 1, &[("Welcome", "", "", None), ("Sprints", "", "", None)]);
    plain.event.title = "PyCon US".into();
    assert_eq!(rows(&[first, plain])[1..], ["Sails / Ann", "Welcome / ", "Q&A / Bo", "Sprints / "], "a year is no other series");
}

#[test]
fn a_title_may_go_on_and_people_with_one_title_are_not_one() {
    let first = told("Rust Nights", 1, &[("Sailing in storms", "Ann", "", None), ("Keynote", "Bo", "", None)]);
    let second = told("Rust Nights", 1, &[("Sailing in storms: a survey", "Ann", "", None), ("Keynote", "Cy", "", None)]);
    assert_eq!(rows(&[first, second])[1..], ["Sailing in storms / Ann", "Keynote / Bo", "Keynote / Cy"]);
}

#[test]
fn who_goes_by_two_names_is_one_person() {
    let first = told("Rust Nights", 1, &[("Keynote", "Bo Ek", "", None), ("Sails", "Cy", "1", Some(60))]);
    let second = told("Rust Nights", 1, &[("Keynote", "bosun", "", None), ("Ropes", "Cyrus Orr", "1", Some(60))]);
    assert_eq!(rows(&[first.clone(), second.clone()]).len(), 5, "that names look alike says nothing");
    let alias = |name: &str, other: &str| Alias { name: name.into(), other: other.into(), source: place() };
    let aliases = vec![alias("Bo Ek", "Bosun"), alias("Cyrus Orr", "Cy")];
    let (catalogue, problems) = Catalogue::build_with(vec![first, second], aliases);
    assert_eq!((rows_of(&catalogue)[1..].to_vec(), problems), (vec!["Keynote / Bo Ek".into(), "Sails / Cy @60".into()], Vec::new()));
}

#[test]
fn few_talks_say_nothing_of_the_event() {
    let first = told("A", 1, &[("One", "Ann", "1", None), ("Two", "Bo", "2", None), ("Three", "Cy", "3", None)]);
    let mut second = told("Three, by Cy", 2, &[("Three", "", "3", None)]);
    second.event.description = Some("Of the third".into());
    let (catalogue, _) = Catalogue::build(vec![first, second]);
    assert_eq!((catalogue.events().len(), &catalogue.events()[0].description), (1, &None));
}

#[test]
fn a_second_event_with_the_same_id_is_known_again() {
    let evening = |title: &str| {
        let mut evening = draft(1, &[("One", Some(5))]);
        (evening.event.title, evening.talks[0].title) = (title.into(), format!("{title} talk"));
        evening.talks[0].recording = None;
        evening
    };
    let (catalogue, problems) = Catalogue::build(vec![evening("Morning"), evening("Evening"), evening("Evening"), evening("Morning")]);
    assert_eq!((catalogue.events().len(), catalogue.talks().len()), (2, 2));
    assert_eq!(problems.iter().filter(|p| p.message.starts_with("another event")).count(), 1);
}

#[test]
fn ends_are_found_in_large_events_too() {
    // Told in no order, in three recordings, each second twice.
    let talks = (0..900u64).map(|i| (i * 7919 % 900, ["1", "2", "3"][usize::try_from(i % 3).expect("small")]));
    let talks: Vec<(String, &str, Option<u64>)> = talks.map(|(s, video)| (format!("T{s}"), video, Some(s / 2))).collect();
    let talks: Vec<(&str, &str, &str, Option<u64>)> = talks.iter().map(|(t, video, s)| (t.as_str(), "", *video, *s)).collect();
    let (catalogue, _) = Catalogue::build(vec![told("A", 1, &talks)]);
    let talks = catalogue.talks();
    for talk in talks {
        let later = talks.iter().filter(|t| t.recording == talk.recording && t.span.start > talk.span.start);
        assert_eq!(talk.span.end, later.filter_map(|t| t.span.start).min());
    }
}

fn any_draft() -> impl Strategy<Value = EventDraft> {
    let who = prop::sample::select(vec!["", "Ann", "Bo", "Ann,Bo", "Ánn"]);
    let title = prop::sample::select(vec!["Sails", "sails!", "Knots", "Lightning talks", "Sails and all of their ropes"]);
    let video = prop::sample::select(vec!["", "1", "2"]);
    let start = prop::sample::select(vec![None, Some(0), Some(60), Some(900)]);
    let talks = prop::collection::vec((title, who, video, start), 0..5);
    let event = prop::sample::select(vec!["Rust Nights", "Rust Nights 2024", "Boat Day", "Rust"]);
    (event, 1i8..3, talks).prop_map(|(event, day, talks)| told(event, day, &talks))
}

/// Some drafts, each from a file of its own.
fn any_drafts() -> impl Strategy<Value = Vec<EventDraft>> {
    prop::collection::vec(any_draft(), 0..6).prop_map(|mut drafts| {
        for (number, draft) in drafts.iter_mut().enumerate() {
            for talk in &mut draft.talks {
                talk.source.path = format!("{number}.yml").into();
                talk.about_mut().tags = vec![format!("tag{number}")];
            }
        }
        drafts
    })
}

proptest! {
    #[test]
    fn nothing_is_lost_by_joining(drafts in any_drafts()) {
        let (catalogue, _) = Catalogue::build(drafts.clone());
        let whole: Vec<String> = catalogue.events().iter().flat_map(|e| &e.also).map(ToString::to_string).collect();
        for talk in drafts.iter().flat_map(|draft| &draft.talks) {
            let place = talk.source.to_string();
            let stands = catalogue.talks().iter().find(|t| t.source == talk.source || t.about().also.contains(&talk.source));
            let Some(stands) = stands else {
                prop_assert!(whole.contains(&place), "{} is nowhere", place);
                let cues = |draft: &EventDraft| {
                    let in_it = draft.talks.iter().filter(|t| t.recording == talk.recording);
                    in_it.filter_map(|t| t.span.start).collect::<std::collections::HashSet<_>>().len()
                };
                prop_assert!(talk.recording.is_some() && drafts.iter().any(|draft| cues(draft) > 1), "{} was no evening", place);
                continue;
            };
            let (title, theirs) = (crate::text::slug(&talk.title), crate::text::slug(&stands.title));
            let same_video = talk.recording.is_some() && talk.recording == stands.recording;
            // Another title is kept only where one of the others says that they are one.
            let told = |t: &&Talk| t.source == stands.source || stands.about().also.contains(&t.source);
            let mut others = drafts.iter().flat_map(|draft| &draft.talks).filter(told).filter(|t| !std::ptr::eq(*t, talk));
            let agrees = |t: &Talk| {
                let other = crate::text::slug(&t.title);
                other.contains(&title) || title.contains(&other) || (t.recording.is_some() && t.recording == talk.recording)
            };
            prop_assert!(title == theirs || others.any(agrees), "{} is lost", title);
            let link = talk.recording.as_ref().map(|r| r.url_at(talk.span.start));
            let kept = |url: &String| stands.about().resources.iter().any(|link| link.url.as_ref() == Some(url));
            prop_assert!(link.is_none_or(|url| same_video || kept(&url)), "the recording of {} is lost", place);
            let named = stands.speakers.is_empty() && !talk.speakers.is_empty();
            prop_assert!(!named, "the speakers of {} are lost", place);
        }
    }

    #[test]
    fn what_is_read_twice_is_there_once(drafts in any_drafts()) {
        let once = Catalogue::build(drafts.clone()).0;
        let twice = Catalogue::build([drafts.clone(), drafts].concat()).0;
        prop_assert_eq!(once, twice);
    }
}
