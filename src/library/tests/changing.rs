//! Changes, what they say, and taking them back.

use super::*;

fn done(library: &mut Library, change: &Change) -> String {
    library.apply(change).unwrap_or_else(|error| panic!("{change:?}: {error}")).unwrap_or_default()
}

fn queue(library: &Library) -> Vec<String> {
    let catalogue = three();
    titles(&catalogue, library.marks().queue().to_vec()).into_iter().map(str::to_owned).collect()
}

#[test]
fn each_change_says_what_it_did_and_can_be_taken_back() {
    let all = three();
    let (folder, mut library) = library(&all);
    let [sails, knots] = ["Sails", "Knots"].map(|title| id(&all, title));
    let note = |text: &str| Change::AddNote { talk: sails.clone(), at: Some(cue(700)), text: text.to_owned() };
    let mut before = vec![library.marks()];
    for (change, said) in [
        (Change::Star(sails.clone(), true), "Starred “Sails”"),
        (Change::Watch(knots.clone(), true), "Marked “Knots” as watched"),
        (note("furl *early*\n"), "Wrote a note on “Sails” at 11:40"),
        (Change::EditNote { note: 1, at: None, before: "furl *early*".into(), text: "furl".into() }, "Changed the note on “Sails”"),
        (Change::Enqueue(knots.clone()), "Queued “Knots” as number 1"),
        (Change::Enqueue(sails.clone()), "Queued “Sails” as number 2"),
        (Change::Move(sails.clone(), -5), "Moved “Sails” to number 1 of the queue"),
        (Change::SavePlaylist("a\tb".into()), "Saved 2 talks as the playlist “a b”"),
        (Change::ClearQueue, "Emptied the queue of 2 talks"),
        (Change::EnqueuePlaylist("a b".into()), "Queued 2 talks of the playlist “a b”"),
    ] {
        assert_eq!(done(&mut library, &change), said);
        assert_eq!(opened(folder.path(), &all).marks(), library.marks(), "what is shown is what is on the disk, after {said}");
        before.push(library.marks());
    }
    for expected in before.iter().rev().skip(1) {
        assert!(library.undo().expect("undone").expect("a step").starts_with("Undone: "));
        assert_eq!(&library.marks(), expected);
        assert_eq!(&opened(folder.path(), &all).marks(), expected);
    }
    assert_eq!(library.undo().expect("nothing left"), None);
}

#[test]
fn a_playlist_that_is_replaced_is_named_and_comes_back() {
    let all = three();
    let (folder, mut library) = library(&all);
    let [sails, knots] = ["Sails", "Knots"].map(|title| id(&all, title));
    let save = Change::SavePlaylist("Friday".into());
    done(&mut library, &Change::Enqueue(sails));
    assert_eq!(done(&mut library, &save), "Saved 1 talk as the playlist “Friday”");
    assert_eq!(done(&mut library, &save), "The queue is saved as the playlist “Friday” already");
    let before = library.marks().playlists;
    done(&mut library, &Change::Enqueue(knots));
    assert_eq!(done(&mut library, &save), "Replaced the playlist “Friday” of 1 talk with the 2 talks of the queue");
    assert_eq!(library.marks().playlists[0].talks.len(), 2);
    let undone = library.undo().expect("undone").expect("a step");
    assert_eq!(undone, "Undone: replaced the playlist “Friday” of 1 talk with the 2 talks of the queue");
    assert_eq!(library.marks().playlists, before);
    assert_eq!(opened(folder.path(), &all).marks().playlists, before);
}

#[test]
fn ten_steps_are_remembered() {
    let all = three();
    let (_folder, mut library) = library(&all);
    for round in 0..12 {
        done(&mut library, &Change::Star(id(&all, "Sails"), round % 2 == 0));
    }
    assert_eq!((0..12).filter(|_| library.undo().expect("undone").is_some()).count(), 10);
}

#[test]
fn what_changes_nothing_says_so_and_is_no_step() {
    let all = three();
    let (_folder, mut library) = library(&all);
    let sails = id(&all, "Sails");
    for (change, said) in [
        (Change::Star(sails.clone(), false), "“Sails” is not starred"),
        (Change::Watch(sails.clone(), false), "“Sails” is not marked as watched"),
        (Change::Dequeue(sails.clone()), "“Sails” is not in the queue"),
        (Change::ClearQueue, "The queue is empty already"),
    ] {
        assert_eq!(done(&mut library, &change), said);
    }
    assert_eq!(library.undo().expect("nothing"), None);
    for (change, why) in [
        (Change::Star("no\u{1b}pe".into(), true), "No talk here has the id no␛pe"),
        (Change::Move(sails.clone(), 1), "“Sails” is not in the queue"),
        (Change::AddNote { talk: sails.clone(), at: None, text: " \n".into() }, "A note without a word"),
        (Change::EditNote { note: 9, at: None, before: "y".into(), text: "x".into() }, "That note is gone"),
        (Change::SavePlaylist("x".into()), "The queue is empty"),
        (Change::SavePlaylist(" ".into()), "A playlist needs a name"),
        (Change::EnqueuePlaylist("x".into()), "There is no playlist “x”"),
        (Change::RemovePlaylist("x".into()), "There is no playlist “x”"),
        (Change::Forget(7), "That is forgotten already"),
    ] {
        let error = library.apply(&change).expect_err("refused");
        assert!(matches!(&error, LibraryError::Refused(said) if said.starts_with(why)), "{change:?}: {error}");
    }
    done(&mut library, &Change::Star(sails.clone(), true));
    let error = library.apply(&Change::Forget(1)).expect_err("it is there");
    assert!(error.to_string().starts_with("“Sails” is there again"), "{error}");
}

#[test]
fn a_position_ends_with_its_talk() {
    let all = three();
    let (_folder, mut library) = library(&all);
    let (sails, talk) = (id(&all, "Sails"), index(&all, "Sails"));
    for (at, expected) in [(Some(700), Some(700)), (Some(1199), None), (Some(800), Some(800)), (None, None)] {
        assert_eq!(library.apply(&Change::Position(sails.clone(), at.map(cue))).expect("kept"), None, "nothing to say");
        assert_eq!(library.marks().position(talk), expected.map(cue));
    }
    library.apply(&Change::Position(sails.clone(), Some(cue(900)))).expect("kept");
    done(&mut library, &Change::Watch(sails.clone(), true));
    assert_eq!(library.marks().position(talk), None);
    library.undo().expect("undone");
    assert_eq!((library.marks().position(talk), library.marks().has(talk, Mark::Watched)), (Some(cue(900)), false));
    done(&mut library, &Change::Watch(sails.clone(), true));
    library.apply(&Change::Position(sails, Some(cue(640)))).expect("kept");
    library.undo().expect("undone");
    assert_eq!(library.marks().position(talk), Some(cue(640)), "where one stopped since is worth more");
}

#[test]
fn who_stops_behind_what_was_watched_begins_nothing_anew() {
    let all = three();
    let (_folder, mut library) = library(&all);
    let (sails, talk) = (id(&all, "Sails"), index(&all, "Sails"));
    // From 10:00 to 20:00: the last tenth begins at 19:00.
    library.apply(&Change::Position(sails.clone(), Some(cue(1150)))).expect("kept");
    assert_eq!(library.marks().position(talk), Some(cue(1150)), "who skipped to there did not watch it");
    library.apply(&Change::Seen(sails.clone())).expect("kept");
    for (at, expected) in [(1150, None), (1140, None), (1139, Some(1139)), (700, Some(700)), (1195, None)] {
        library.apply(&Change::Position(sails.clone(), Some(cue(at)))).expect("kept");
        assert_eq!(library.marks().position(talk), expected.map(cue), "at {at}");
        assert!(library.marks().has(talk, Mark::Watched));
    }
}

#[test]
fn what_the_player_did_is_not_taken_back() {
    let all = three();
    let (folder, mut library) = library(&all);
    let [sails, knots, tides] = ["Sails", "Knots", "Tides"].map(|title| id(&all, title));
    for talk in [&sails, &knots, &tides] {
        done(&mut library, &Change::Enqueue(talk.clone()));
    }
    done(&mut library, &Change::Star(knots.clone(), true));
    library.apply(&Change::Position(sails.clone(), Some(cue(900)))).expect("kept");
    for by_itself in [Change::Seen(sails.clone()), Change::Position(sails.clone(), Some(cue(910))), Change::Over(sails.clone())] {
        assert_eq!(library.apply(&by_itself).expect("kept"), None, "nothing to say");
        assert_eq!(opened(folder.path(), &all).marks(), library.marks(), "what is shown is what is on the disk");
    }
    let (talk, marks) = (index(&all, "Sails"), library.marks());
    assert_eq!((marks.has(talk, Mark::Watched), marks.position(talk), queue(&library)), (true, None, vec!["Knots".into(), "Tides".into()]));
    // What the user did before is taken back as if the talk that is over had never been queued.
    let mut undone = || library.undo().expect("undone");
    assert_eq!(undone().as_deref(), Some("Undone: starred “Knots”"));
    assert_eq!(undone().as_deref(), Some("Undone: queued “Tides” as number 3"));
    assert_eq!(undone().as_deref(), Some("Undone: queued “Knots” as number 2"));
    assert_eq!(undone(), None);
    assert!(library.marks().queue().is_empty() && library.marks().has(talk, Mark::Watched));
    assert_eq!(opened(folder.path(), &all).marks(), library.marks());
    // What is not in the queue, and was seen before, is no matter.
    for by_itself in [Change::Seen(sails.clone()), Change::Over(sails)] {
        assert_eq!(library.apply(&by_itself).expect("kept"), None);
    }
}

#[test]
fn a_talk_that_is_corrected_while_it_plays_is_still_that_talk() {
    let all = three();
    let (folder, mut library) = library(&all);
    let old = id(&all, "Sails");
    done(&mut library, &Change::Enqueue(old.clone()));
    let corrected = catalogue(&["Sails for services | Bo Ek | 1 | 10:00 | 20:00", "Knots | Cy Orr | 1 | 20:00 | 30:00"]);
    library.attach(&corrected).expect("attached");
    let talk = index(&corrected, "Sails for services");
    library.apply(&Change::Position(old.clone(), Some(cue(700)))).expect("kept");
    assert_eq!(library.marks().position(talk), Some(cue(700)));
    library.apply(&Change::Visit(old.clone())).expect("kept");
    let note = Change::AddNote { talk: old.clone(), at: None, text: "furl".into() };
    assert_eq!(done(&mut library, &note), "Wrote a note on “Sails for services”");
    library.apply(&Change::Seen(old.clone())).expect("kept");
    library.apply(&Change::Over(old.clone())).expect("kept");
    let marks = library.marks();
    assert_eq!((marks.history[0].talk, marks.notes(talk).len(), marks.position(talk), marks.queue()), (talk, 1, None, [].as_slice()));
    assert!(marks.has(talk, Mark::Watched));
    assert_eq!(opened(folder.path(), &corrected).marks(), marks);
    // What is gone altogether is no other talk.
    library.attach(&catalogue(&["Knots | Cy Orr | 1 | 20:00 | 30:00"])).expect("attached");
    library.apply(&Change::Visit(old)).expect_err("it is lost");
}

#[test]
fn the_history_tells_each_talk_once_and_keeps_every_visit() {
    let all = three();
    let (_folder, mut library) = library(&all);
    for title in ["Sails", "Knots", "Sails"] {
        library.apply(&Change::Visit(id(&all, title))).expect("kept");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let marks = library.marks();
    assert_eq!(titles(&all, marks.history.iter().map(|visit| visit.talk)), ["Sails", "Knots"]);
    assert_eq!(library.look().expect("read anew"), marks);
    let visits: usize = exported(&library).lines().map(|line| line.matches(":00").count().max(line.matches("Z\"").count())).sum();
    assert_eq!(visits, 3);
}

#[test]
fn what_is_forgotten_comes_back_whole() {
    let all = three();
    let (_folder, mut library) = library(&all);
    for title in ["Sails", "Knots"] {
        done(&mut library, &Change::Enqueue(id(&all, title)));
    }
    let sails = id(&all, "Sails");
    done(&mut library, &Change::SavePlaylist("both".into()));
    done(&mut library, &Change::Star(sails.clone(), true));
    done(&mut library, &Change::AddNote { talk: sails.clone(), at: None, text: "furl".into() });
    library.apply(&Change::Visit(sails)).expect("kept");
    let without = catalogue(&["Knots | Cy Orr | 1 | 20:00"]);
    let (before, lines) = (library.attach(&without).expect("attached"), exported(&library));
    assert_eq!(done(&mut library, &Change::Forget(before.lost[0].id)), "Forgot what was kept about “Sails”");
    assert!(library.marks().lost.is_empty() && !exported(&library).contains("Sails"));
    assert_eq!(library.undo().expect("undone").as_deref(), Some("Undone: forgot what was kept about “Sails”"));
    assert_eq!((library.marks(), exported(&library)), (before, lines));
    library.attach(&all).expect("attached");
    assert_eq!(queue(&library), ["Sails", "Knots"]);
}

#[test]
fn nothing_of_another_program_is_taken_back() {
    let all = three();
    let (folder, mut library) = library(&all);
    let mut other = opened(folder.path(), &all);
    let sails = id(&all, "Sails");
    done(&mut library, &Change::AddNote { talk: sails.clone(), at: None, text: "mine".into() });
    assert!(other.changed_elsewhere().expect("looked"));
    assert_eq!(other.look().expect("read").notes(0)[0].text, "mine");
    assert!(!other.changed_elsewhere().expect("looked"));
    done(&mut other, &Change::EditNote { note: 1, at: None, before: "mine".into(), text: "theirs".into() });
    let error = library.undo().expect_err("it was changed");
    assert_eq!(error.to_string(), "Not undone, since it was changed elsewhere meanwhile: Wrote a note on “Sails”");
    assert_eq!(library.look().expect("read").notes(0)[0].text, "theirs");
    // What each changed about the same talk stands side by side.
    done(&mut library, &Change::Star(sails.clone(), true));
    done(&mut other, &Change::Watch(sails.clone(), true));
    library.undo().expect("only the star");
    let marks = library.marks();
    assert!(!marks.has(0, Mark::Starred) && marks.has(0, Mark::Watched));
    assert_eq!(marks, other.look().expect("read"));
}

#[test]
fn two_who_edit_one_note_both_keep_what_they_wrote() {
    let all = three();
    let (folder, mut library) = library(&all);
    let mut other = opened(folder.path(), &all);
    done(&mut library, &Change::AddNote { talk: id(&all, "Sails"), at: Some(cue(700)), text: "furl".into() });
    let edit = |text: &str| Change::EditNote { note: 1, at: Some(cue(700)), before: "furl".into(), text: text.into() };
    assert_eq!(done(&mut other, &edit("furl early")), "Changed the note on “Sails”");
    let said = "Kept what you wrote as another note on “Sails”, since that one was changed elsewhere meanwhile";
    assert_eq!(done(&mut library, &edit("reef")), said);
    let texts = |marks: &Marks| marks.notes(0).iter().map(|note| (note.at, note.text.clone())).collect::<Vec<_>>();
    let both = [(Some(cue(700)), "furl early".to_owned()), (Some(cue(700)), "reef".to_owned())];
    assert_eq!(texts(&library.marks()), both);
    assert_eq!(texts(&other.look().expect("read")), both);
    // Who wrote the same has nothing to add, and what was not read is not removed.
    assert_eq!(done(&mut library, &edit("furl early")), "The note on “Sails” stays as it is");
    let error = library.apply(&edit("")).expect_err("refused").to_string();
    assert_eq!(error, "The note on “Sails” was changed elsewhere meanwhile, so it was not removed");
    library.undo().expect("undone");
    assert_eq!(texts(&library.marks()), both[..1]);
}

#[test]
fn what_was_not_seen_yet_is_counted_with() {
    let all = three();
    let (folder, mut library) = library(&all);
    let mut other = opened(folder.path(), &all);
    let sails = id(&all, "Sails");
    done(&mut library, &Change::Star(sails.clone(), true));
    assert_eq!(done(&mut other, &Change::Star(sails.clone(), true)), "“Sails” is starred already");
    done(&mut other, &Change::Enqueue(sails.clone()));
    assert_eq!(done(&mut library, &Change::Enqueue(id(&all, "Knots"))), "Queued “Knots” as number 2");
    assert_eq!(queue(&library), ["Sails", "Knots"]);
}

#[test]
fn the_queue_can_be_put_in_any_order() {
    let all = three();
    let (_folder, mut library) = library(&all);
    for title in ["Sails", "Knots", "Tides"] {
        done(&mut library, &Change::Enqueue(id(&all, title)));
    }
    for (title, by, expected) in [
        ("Sails", 1, ["Knots", "Sails", "Tides"]),
        ("Tides", -1, ["Knots", "Tides", "Sails"]),
        ("Knots", isize::MAX, ["Tides", "Sails", "Knots"]),
        ("Knots", isize::MIN, ["Knots", "Tides", "Sails"]),
        ("Knots", -1, ["Knots", "Tides", "Sails"]),
    ] {
        done(&mut library, &Change::Move(id(&all, title), by));
        assert_eq!(queue(&library), expected);
    }
    // One that is gone keeps its place.
    let without = catalogue(&["Sails | Bo Ek | 1 | 10:00", "Knots | Cy Orr | 1 | 20:00"]);
    library.attach(&without).expect("attached");
    done(&mut library, &Change::Move(id(&all, "Sails"), -1));
    library.attach(&all).expect("attached");
    assert_eq!(queue(&library), ["Sails", "Knots", "Tides"]);
}
