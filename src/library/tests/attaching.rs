//! Marks and corrected talks.

use super::*;

/// What a star on the first of some talks is on in the next catalogue, told by opening the library anew.
fn followed(before: &[&str], after: &[&str]) -> Option<String> {
    let (first, next) = (catalogue(before), catalogue(after));
    let title = talk_of(before[0]).1.title;
    let (folder, mut library) = library(&first);
    library.apply(&Change::Star(id(&first, &title), true)).expect("starred");
    drop(library);
    let marks = opened(folder.path(), &next).marks();
    let found = starred(&next, &marks);
    assert_eq!(found.len() + marks.lost.len(), 1, "once, or listed as lost");
    // What was learnt is written down: with it alone the mark is where it was.
    assert_eq!(marks_of(folder.path(), &next).expect("read"), Some(marks.clone()));
    found.first().map(|title| (*title).to_owned())
}

#[test]
fn a_mark_follows_a_correction() {
    let sails = "Sails | Bo Ek | 1 | 10:00";
    for (after, expected) in [
        // The title, by a slip or altogether, while recording and cue stay.
        (&["Sails for services | Bo Ek | 1 | 10:00"][..], Some("Sails for services")),
        (&["Oars | Bo Ek | 1 | 10:00", "Knots | Cy Orr | 1 | 20:00"], Some("Oars")),
        // The cue, or the recording.
        (&["Sails | Bo Ek | 1 | 55:00", "Knots | Cy Orr | 1 | 10:00"], Some("Sails")),
        (&["Sails | Bo Ek | 2 | 3:00"], Some("Sails")),
        // The day, and so the id.
        (&["Sails | Bo Ek | 1 | 10:00 | | 2024-05-02"], Some("Sails")),
        // Title and cue a little.
        (&["Sails! | Bo Ek | 1 | 10:30"], Some("Sails!")),
        // Another talk is at that second.
        (&["Knots | Cy Orr | 1 | 10:00"], None),
        // Another talk of the same evening.
        (&["Knots | Cy Orr | 1 | 20:00", "Tides | Di Fu | 1 | 40:00"], None),
        // The same title by somebody else in another year.
        (&["Sails | Cy Orr | 9 | 10:00 | | 2021-05-01"], None),
        // Two are as like.
        (&["Sails, again | Bo Ek | 1 | 10:00", "Sails, twice | Bo Ek | 1 | 10:00"], None),
        (&[], None),
    ] {
        assert_eq!(followed(&[sails], after).as_deref(), expected, "{after:?}");
    }
}

#[test]
fn talks_without_a_recording_are_known_by_event_and_people() {
    assert_eq!(followed(&["Sails | Bo Ek"], &["Sails, a history | Bo Ek"]), None, "five letters say little");
    assert_eq!(followed(&["Sails for all | Bo Ek"], &["Sails for all of us | Bo Ek"]).as_deref(), Some("Sails for all of us"));
    assert_eq!(followed(&["Sails for all |"], &["Sials for all |", "Knots |"]).as_deref(), Some("Sials for all"));
    assert_eq!(followed(&["Sails part 1 | Bo Ek"], &["Sails part 2 | Bo Ek"]), None, "the second part is another talk");
    assert_eq!(followed(&["Sails for all | Bo Ek"], &["Sails for all | Cy Orr | | | | 2024-06-01"]), None);
}

#[test]
fn two_corrections_after_each_other_are_followed() {
    let first = catalogue(&["Sails | Bo Ek | 1 | 10:00"]);
    let (folder, mut library) = library(&first);
    library.apply(&Change::Star(id(&first, "Sails"), true)).expect("starred");
    library.attach(&catalogue(&["Oars | Bo Ek | 1 | 10:00"])).expect("attached");
    drop(library);
    let last = catalogue(&["Oars | Bo Ek | 7 | 2:00"]);
    let mut library = opened(folder.path(), &last);
    assert_eq!(starred(&last, &library.marks()), ["Oars"]);
    // The one it was at first is there again, and goes before what it was found as.
    let both = catalogue(&["Sails | Bo Ek | 1 | 10:00", "Oars | Bo Ek | 7 | 2:00 | | 2024-06-01"]);
    library.attach(&catalogue(&["Sails | Bo Ek | 1 | 10:00"])).expect("attached");
    assert_eq!(starred(&both, &library.attach(&both).expect("attached")), ["Sails"]);
}

#[test]
fn a_part_of_the_talks_misleads_nothing_for_good() {
    let whole = three();
    let (_folder, mut library) = library(&whole);
    library.apply(&Change::Star(id(&whole, "Sails"), true)).expect("starred");
    // While sources are read, only a talk is there that is like it.
    let part = catalogue(&["Sails in the wind | Bo Ek | 1 | 10:00 | | 2024-05-09"]);
    library.attach(&part).expect("attached");
    let all = catalogue(&["Sails | Bo Ek | 1 | 10:00", "Sails in the wind | Bo Ek | 2 | 1:00 | | 2024-05-09"]);
    assert_eq!(starred(&all, &library.attach(&all).expect("attached")), ["Sails"]);
}

#[test]
fn what_is_lost_is_listed_and_comes_back() {
    let all = three();
    let (_folder, mut library) = library(&all);
    let sails = id(&all, "Sails");
    library.apply(&Change::Star(sails.clone(), true)).expect("starred");
    library.apply(&Change::Enqueue(sails.clone())).expect("queued");
    library.apply(&Change::AddNote { talk: sails, at: Some(cue(700)), text: "furl".into() }).expect("noted");
    let without = catalogue(&["Knots | Cy Orr | 1 | 20:00"]);
    let marks = library.attach(&without).expect("attached");
    let lost = &marks.lost[0];
    assert_eq!((lost.title.as_str(), lost.by.as_str(), lost.event.as_str()), ("Sails", "Bo Ek", "Boat Nights, 2024-05-01"));
    assert_eq!((lost.marks.as_slice(), lost.notes[0].text.as_str()), (&[Mark::Starred, Mark::Queued, Mark::Noted][..], "furl"));
    assert_eq!((lost.url.as_deref(), marks.queue()), (Some("https://vimeo.com/1#t=600s"), &[][..]));
    let marks = library.attach(&all).expect("attached");
    assert_eq!((starred(&all, &marks), titles(&all, marks.queue().to_vec())), (vec!["Sails"], vec!["Sails"]));
    assert!(marks.lost.is_empty());
}

#[test]
fn a_marked_talk_is_not_taken_from_another() {
    let all = catalogue(&["Sails for all | Bo Ek", "Sails for all of us | Bo Ek"]);
    let (_folder, mut library) = library(&all);
    for title in ["Sails for all", "Sails for all of us"] {
        library.apply(&Change::Star(id(&all, title), true)).expect("starred");
    }
    let one = catalogue(&["Sails for all of us | Bo Ek"]);
    let marks = library.attach(&one).expect("attached");
    assert_eq!((starred(&one, &marks), marks.lost.len()), (vec!["Sails for all of us"], 1));
}

#[test]
fn two_that_turn_out_to_be_one_are_shown_as_one_and_kept_as_two() {
    let apart = catalogue(&["Sails | Bo Ek | 1 | 10:00", "Sails | Bo Ek | 1 | 10:00 | | 2024-05-02"]);
    // One file told of it twice; joined, they were one talk from the beginning.
    assert_eq!(apart.talks().len(), 1);
    let (first, second) = (catalogue(&["Sails | Bo Ek | 1 | 10:00"]), catalogue(&["Sails | Bo Ek | 1 | 10:00 | | 2024-05-02"]));
    let folder = tempfile::tempdir().expect("a folder");
    opened(folder.path(), &first).apply(&Change::Star(id(&first, "Sails"), true)).expect("starred");
    // A program without the first talk marks the second one; nothing told it that they are the same.
    let mut library = opened(folder.path(), &first);
    let lines = exported(&library).replace("2024-05-01", "2024-05-02").replace("\"watched\":null,", "").replace("starred", "watched");
    library.import(lines.as_bytes(), &Place::of("x".as_ref()), |problem| panic!("{problem}")).expect("imported");
    let marks = library.attach(&first).expect("attached");
    assert!(marks.has(0, Mark::Starred) && marks.has(0, Mark::Watched) && marks.lost.is_empty(), "{marks:?}");
    library.apply(&Change::Watch(id(&first, "Sails"), false)).expect("no longer");
    assert!(!library.marks().has(0, Mark::Watched));
    library.undo().expect("undone");
    let marks = library.attach(&second).expect("attached");
    assert!(marks.has(0, Mark::Watched) && marks.has(0, Mark::Starred), "{marks:?}");
    assert_eq!(exported(&library).lines().count(), 2);
}

#[test]
fn ids_that_changed_places_lead_nobody_astray() {
    let lines = ["Lightning | Bo Ek | 1 | 10:00", "Lightning | Cy Orr | 1 | 20:00"];
    let before = catalogue(&lines);
    let after = catalogue(&[lines[1], lines[0]]);
    assert_eq!(before.talks()[1].id, after.talks()[1].id, "the second of a title has a number");
    assert_ne!(before.talks()[1].speakers, after.talks()[1].speakers);
    let (folder, mut library) = library(&before);
    library.apply(&Change::Star(before.talks()[0].id.clone(), true)).expect("starred");
    library.apply(&Change::Watch(before.talks()[1].id.clone(), true)).expect("watched");
    for _ in 0..2 {
        let marks = opened(folder.path(), &after).marks();
        let by = |mark| marks.talks(mark).map(|talk| after.talks()[talk].by_line()).collect::<Vec<_>>();
        assert_eq!((by(Mark::Starred), by(Mark::Watched)), (vec!["Bo Ek".to_owned()], vec!["Cy Orr".to_owned()]));
    }
}

#[test]
fn what_another_program_writes_meanwhile_is_there_at_once() {
    let all = three();
    let (folder, mut library) = library(&all);
    library.apply(&Change::Visit(id(&all, "Sails"))).expect("kept");
    let corrected = catalogue(&["Sails for services | Bo Ek | 1 | 10:00"]);
    let path = folder.path().join("library.db");
    let (locked, is_locked) = std::sync::mpsc::channel();
    let other = std::thread::spawn(move || {
        let other = Connection::open(path).expect("opened");
        other.execute_batch("BEGIN IMMEDIATE; UPDATE talk SET starred = 5").expect("locked");
        locked.send(()).expect("it waits");
        // So long that most often all was read by then, and what was learnt waits to be written; the other way round it holds as well.
        std::thread::sleep(std::time::Duration::from_millis(200));
        other.execute_batch("COMMIT").expect("written");
    });
    is_locked.recv().expect("locked");
    let marks = library.attach(&corrected).expect("attached");
    other.join().expect("it ended well");
    assert_eq!(marks, library.marks());
    assert_eq!(starred(&corrected, &library.look().expect("read")), ["Sails for services"]);
}
