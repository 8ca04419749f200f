//! What the user keeps, on the screen: stars, notes, the queue and the library, keys in and changes out.

use crate::harness::Session;
use cuepoint::app::message::Draft;
use cuepoint::app::{Effect, Message, Pane, View};
use cuepoint::domain::marks::{Lost, Playlist, Visit};
use cuepoint::domain::{Change, Cue, Mark, Marks, Note};
use jiff::Timestamp;
use std::sync::Arc;

fn cue(text: &str) -> Cue {
    Cue::parse(text).expect("a cue")
}

fn note(id: i64, at: Option<&str>, text: &str) -> Note {
    Note { id, at: at.map(cue), text: text.into(), written: Timestamp::UNIX_EPOCH }
}

/// The id of a talk of the fixture.
fn id(session: &Session, talk: usize) -> String {
    session.model.catalogue.talks()[talk].id.clone()
}

/// Some of everything.
fn some(marks: &mut Marks) {
    marks.set(0, Mark::Starred, true);
    marks.set(0, Mark::Watched, true);
    marks.set(1, Mark::Starred, true);
    marks.set_queue(vec![2, 0]);
    marks.set_position(1, Some(cue("45:10")));
    marks.set_notes(1, vec![note(7, Some("42:00"), "Try the *bowline*"), note(8, None, "Ask Bo about https://knots.example/more")]);
    marks.history = Arc::new(vec![Visit { talk: 1, at: Timestamp::UNIX_EPOCH }]);
    marks.playlists = Arc::new(vec![Playlist { name: "Winter evenings".into(), talks: vec![0, 2], lost: 0 }]);
}

#[test]
fn a_star_is_shown_when_it_is_kept() {
    let mut session = Session::new(120, 36);
    session.press("Enter s");
    let talk = id(&session, 0);
    assert_eq!(session.kept(), [Change::Star(talk.clone(), true)]);
    assert!(!session.screen().contains('★'), "nothing is kept yet");
    session.keep(|marks| marks.set(0, Mark::Starred, true)).press("s w a");
    assert!(session.screen().contains('★'), "{}", session.screen());
    assert_eq!(session.kept(), [Change::Star(talk.clone(), false), Change::Watch(talk.clone(), true), Change::Enqueue(talk.clone())]);
    session.keep(|marks| {
        marks.set(0, Mark::Watched, true);
        marks.set_queue(vec![0]);
    });
    session.press("w a u");
    assert_eq!(session.kept(), [Change::Watch(talk.clone(), false), Change::Dequeue(talk)]);
    assert_eq!(session.effects, [Effect::Undo]);
    // On an event there is nothing to star.
    session.press("Esc s");
    assert_eq!((session.kept(), session.status()), (Vec::new(), "Put the cursor on a talk first"));
}

#[test]
fn the_library_is_shelves() {
    let mut session = Session::new(120, 40);
    session.press("L");
    assert_eq!((session.model.view, session.model.focus), (View::Library, Pane::Events));
    assert!(session.screen().contains("Nothing here yet"), "{}", session.screen());
    session.keep(some);
    insta::assert_snapshot!("library_120", session.press("j j").picture());
    session.press("Enter");
    assert_eq!((session.talk(), session.model.rows.as_slice()), ("Rowing at scale", [0, 1].as_slice()));
    session.press("Esc");
    assert_eq!(session.model.focus, Pane::Events);
    // The history says when.
    session.press("j j j Enter");
    assert!(session.screen().contains("1 Jan 1970") && session.screen().contains("last opened"), "{}", session.screen());
    for (size, name) in [((80, 24), "library_80"), ((40, 12), "library_40")] {
        let mut session = Session::new(size.0, size.1);
        insta::assert_snapshot!(name, session.keep(some).press("3 j Enter").picture());
    }
}

#[test]
fn the_cursor_follows_a_talk_that_moves_in_the_queue() {
    let mut session = Session::new(120, 40);
    session.keep(some).press("L Enter J");
    let talk = id(&session, 2);
    assert_eq!(session.kept(), [Change::Move(talk.clone(), 1)]);
    session.keep(|marks| marks.set_queue(vec![0, 2]));
    assert_eq!((session.model.talks.cursor, session.model.rows.as_slice()), (1, [0, 2].as_slice()));
    session.press("K a");
    assert_eq!(session.kept(), [Change::Move(talk.clone(), -1), Change::Dequeue(talk)]);
    // What leaves the list leaves the cursor where it was.
    session.keep(|marks| marks.set_queue(vec![0]));
    assert_eq!(session.talk(), "Rowing at scale");
}

#[test]
fn the_queue_is_saved_as_a_playlist() {
    let mut session = Session::new(80, 24);
    session.keep(some).press("L A");
    assert!(session.screen().contains("Save the queue as: a name"), "{}", session.screen());
    session.press("Enter");
    assert_eq!((session.kept(), session.model.prompt.is_some()), (Vec::new(), false));
    session.press("A \"Knots\" Enter");
    assert_eq!(session.kept(), [Change::SavePlaylist("Knots".into())]);
    session.press("G A x");
    let name = || "Winter evenings".to_owned();
    assert_eq!(session.kept(), [Change::EnqueuePlaylist(name()), Change::RemovePlaylist(name())]);
    session.press("1 A");
    assert_eq!(session.kept(), []);
}

#[test]
fn a_note_is_a_line_of_its_own() {
    let mut session = Session::new(80, 24);
    session.press("Enter n");
    insta::assert_snapshot!("a_note_is_asked_for", session.picture());
    session.press("\"14:00\" Space \"stroke\" Space \"rate\" q");
    assert!(session.model.prompt.is_some(), "q is a letter here");
    let talk = id(&session, 0);
    session.press("Backspace Enter");
    assert_eq!(session.kept(), [Change::AddNote { talk, at: Some(cue("14:00")), text: "stroke rate".into() }]);
    session.press("n \"x\" Esc s");
    assert_eq!(session.kept().len(), 1, "what was given up is not kept");
    session.press("n");
    session.send(Message::Input(cuepoint::app::Input::Paste("two\nlines\u{1b}[31m".into())));
    session.press("Enter");
    assert!(matches!(session.kept().as_slice(), [Change::AddNote { at: None, text, .. }] if text == "two lines␛[31m"));
}

#[test]
fn notes_are_read_beside_the_talk_and_written_in_the_editor() {
    let mut session = Session::new(120, 50);
    session.keep(some).press("Enter j");
    let screen = session.screen();
    assert!(screen.contains("Your notes") && screen.contains("Try the bowline") && screen.contains("seen up to 45:10"), "{screen}");
    session.press("N");
    let draft = Draft { talk: id(&session, 1), title: "Knots: can we do better?".into(), note: None, text: String::new() };
    assert_eq!(std::mem::take(&mut session.effects), [Effect::Edit(draft.clone())]);
    session.send(Message::Edited { draft: draft.clone(), text: "  \n".into() });
    assert_eq!((session.kept(), session.status()), (Vec::new(), "Nothing was written about “Knots: can we do better?”"));
    session.send(Message::Edited { draft: draft.clone(), text: "1:00:00 The end\n\n- so\n".into() });
    let added = Change::AddNote { talk: draft.talk.clone(), at: Some(cue("1:00:00")), text: "The end\n\n- so".into() };
    assert_eq!(session.kept(), [added]);
    // The links of the pane: a second of the recording, and the way to write a note anew.
    session.press("d");
    let targets = session.model.detail.targets.clone();
    let at = targets.iter().position(|target| *target == cuepoint::app::detail::Target::Note(7)).expect("it can be edited");
    session.model.detail.target = Some(at);
    session.press("Enter");
    let draft = Draft { note: Some(7), text: "42:00 Try the *bowline*".into(), ..draft };
    assert_eq!(std::mem::take(&mut session.effects), [Effect::Edit(draft.clone())]);
    session.send(Message::Edited { draft: draft.clone(), text: "42:00 Try the *bowline*\n".into() });
    assert_eq!(session.kept(), []);
    session.send(Message::Edited { draft: draft.clone(), text: "43:00 Try it\n".into() });
    let moved = Change::EditNote { note: 7, at: Some(cue("43:00")), before: "Try the *bowline*".into(), text: "Try it".into() };
    assert_eq!(session.kept(), [moved]);
    session.send(Message::Edited { draft, text: String::new() });
    assert_eq!(session.kept(), [Change::EditNote { note: 7, at: None, before: "Try the *bowline*".into(), text: String::new() }]);
    let second = targets.iter().position(|target| *target == cuepoint::app::detail::Target::Second(cue("42:00"))).expect("a second");
    session.model.detail.target = Some(second);
    session.press("Enter");
    assert_eq!(session.opened(), ["https://www.youtube.com/watch?v=AAAAAAAAAA1&t=2520s"]);
}

#[test]
fn what_is_kept_is_searched_and_follows_what_changes() {
    let mut session = Session::new(120, 36);
    session.keep(some).press("/ \"is:starred\"");
    assert_eq!(session.model.rows, [0, 1]);
    session.keep(|marks| marks.set(0, Mark::Starred, false));
    assert_eq!(session.model.rows, [1]);
    let asked = session.asked.len();
    session.press("Esc / \"knots\"").keep(|marks| marks.set(1, Mark::Watched, true));
    assert_eq!(session.asked.len(), asked + 5, "what does not ask for marks is not asked again");
}

#[test]
fn another_catalogue_keeps_the_marks_with_their_talks() {
    let mut session = Session::new(120, 36);
    session.keep(some).press("L j j Enter j");
    assert_eq!(session.talk(), "Knots: can we do better?");
    let mut reversed: Vec<cuepoint::domain::EventDraft> = Vec::new();
    for event in session.model.catalogue.events() {
        let mut talks = session.model.catalogue.talks_of(event).to_vec();
        talks.reverse();
        reversed.push(cuepoint::domain::EventDraft { event: event.clone(), talks });
    }
    let (catalogue, _) = cuepoint::domain::Catalogue::build(reversed);
    let state = cuepoint::archive::State::Fresh;
    session.send(Message::Loaded { catalogue: Arc::new(catalogue), problems: Vec::new(), sources: Vec::new(), state });
    let starred: Vec<&str> =
        session.model.marks.talks(Mark::Starred).map(|talk| session.model.catalogue.talks()[talk].title.as_str()).collect();
    assert_eq!(starred, ["Knots: can we do better?", "Rowing at scale"]);
    assert_eq!(session.talk(), "Knots: can we do better?");
}

#[test]
fn what_is_lost_is_listed_and_forgotten_only_when_asked() {
    let mut session = Session::new(120, 44);
    let lost = Lost {
        id: 3,
        title: "Sails, again".into(),
        by: "Eve Sand (Tide)".into(),
        event: "Harbour Nights, 2019-05-01".into(),
        url: None,
        marks: vec![Mark::Starred],
        notes: vec![note(1, Some("3:00"), "the tiller")],
    };
    session.keep(|marks| marks.lost = Arc::new(vec![lost])).press("L G");
    let screen = session.screen();
    for text in ["Not here", "Sails, again", "Eve Sand (Tide)", "★ starred", "3:00  the tiller", "forget"] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    session.press("Enter Tab Enter");
    assert_eq!(session.kept(), [Change::Forget(3)]);
    // Very many are not laid out for a key that only passes by.
    session.keep(|marks| marks.lost = vec![marks.lost[0].clone(); 50_000].into()).press("G");
    assert!(session.model.detail.lines.len() < 3_000);
    assert!(session.screen().contains("And 49800 more"), "{}", session.screen());
}

#[test]
fn the_cursor_stays_with_its_playlist_and_its_link() {
    let mut session = Session::new(120, 50);
    let list = |name: &str| Playlist { name: name.into(), talks: vec![0], lost: 0 };
    session.keep(|marks| marks.playlists = Arc::new(vec![list("Mine")])).press("L G");
    // Another program saves one that stands before it.
    session.keep(|marks| marks.playlists = Arc::new(vec![list("Another"), list("Mine")])).press("x");
    assert_eq!(session.kept(), [Change::RemovePlaylist("Mine".into())]);
    session.press("1 Enter j d Tab Tab Tab");
    let followed = |session: &Session| session.model.detail.target.map(|at| session.model.detail.targets[at].clone());
    let before = followed(&session);
    session.keep(some);
    assert_eq!((followed(&session), before.is_some()), (before, true));
}

#[test]
fn words_are_typed_to_their_end_whatever_comes_meanwhile() {
    let mut session = Session::new(80, 24);
    session.press("Enter n \"so\"");
    session.send(Message::Unopened { url: "https://a.example/x".into(), what: "T".into(), why: "no".into() });
    session.press("\"mething\" Enter");
    assert!(matches!(session.kept().as_slice(), [Change::AddNote { text, .. }] if text == "something"), "{:?}", session.effects);
    assert!(session.screen().contains("Not opened: no."), "then the page comes");
    // Keys behind a command that waits for its hits are meant for what it opens.
    let mut session = Session::new(120, 36);
    session.hold_answers = true;
    session.press("Enter f n \"us\" q").answer();
    assert_eq!(session.model.prompt.as_ref().map(|prompt| prompt.text.as_str()), Some("usq"));
}

#[test]
fn what_went_wrong_is_told_whole_where_there_is_room() {
    let sentence = format!("The library is damaged {} and the copy of last week is in backup.db", "and was left as it is ".repeat(8));
    for (width, height, whole) in [(120, 36, true), (80, 24, true), (44, 16, false), (80, 12, false)] {
        let mut session = Session::new(width, height);
        session.send(Message::Failed(sentence.clone()));
        assert_eq!(session.screen().contains("backup.db"), whole, "{}", session.screen());
        session.press("j");
        assert!(!session.screen().contains("damaged"), "and goes with the next key");
    }
}

#[test]
fn whoever_waits_for_hits_can_still_leave() {
    let waiting = |keys: &str| {
        let mut session = Session::new(120, 36);
        session.hold_answers = true;
        session.press(keys);
        session
    };
    // No answer comes: the keys that lead away work all the same.
    assert_eq!(waiting("Enter f n Ctrl-c").effects, [Effect::Quit]);
    assert_eq!(waiting("Enter f n Ctrl-z").effects, [Effect::Suspend]);
    let mut session = waiting("Enter f n \"so\" Esc");
    session.answer();
    assert_eq!((session.model.prompt.is_some(), session.kept()), (false, Vec::new()), "the note was given up");
    // What is typed behind the editor's key is for the editor, and not for the list.
    let mut session = waiting("Enter f N \"s\"");
    session.answer();
    assert!(matches!(session.effects.as_slice(), [Effect::Edit(_)]), "{:?}", session.effects);
}
