//! Random changes against a simple picture of what they should come to.

use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const TITLES: [&str; 4] = ["Sails", "Knots", "Tides", "Winds"];

fn four() -> Arc<Catalogue> {
    catalogue(&["Sails | Bo Ek | 1 | 10:00", "Knots | Cy Orr | 1 | 20:00", "Tides | Di Fu | 1 | 30:00", "Winds | Ed Gi | 2 | 1:00"])
}

/// What is kept, but for where one stopped, which nothing takes back.
#[derive(Debug, Clone, Default, PartialEq)]
struct Kept {
    starred: BTreeSet<usize>,
    watched: BTreeSet<usize>,
    notes: BTreeMap<i64, (usize, String)>,
    queue: Vec<usize>,
    playlists: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug, Clone, Default)]
struct Model {
    kept: Kept,
    positions: BTreeMap<usize, u64>,
    /// What was kept before each change, with the position that it cleared.
    steps: Vec<(Kept, Option<(usize, u64)>)>,
    last_note: i64,
}

#[derive(Debug, Clone)]
enum Act {
    Star(usize, bool),
    Watch(usize, bool),
    Position(usize, Option<u64>),
    Note(usize, String),
    Edit(i64, String),
    Enqueue(usize),
    Dequeue(usize),
    Move(usize, isize),
    Clear,
    Save(String),
    Play(String),
    Remove(String),
    Undo,
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let (talk, name) = (0usize..4, "[ab]");
    prop_oneof![
        1 => (talk.clone(), any::<bool>()).prop_map(|(talk, is)| Act::Star(talk, is)),
        1 => (talk.clone(), any::<bool>()).prop_map(|(talk, is)| Act::Watch(talk, is)),
        1 => (talk.clone(), proptest::option::of(61u64..1100)).prop_map(|(talk, at)| Act::Position(talk, at)),
        1 => (talk.clone(), "[a-c]{1,3}").prop_map(|(talk, text)| Act::Note(talk, text)),
        1 => (1i64..5, "[a-c]{0,2}").prop_map(|(note, text)| Act::Edit(note, text)),
        3 => talk.clone().prop_map(Act::Enqueue),
        1 => talk.clone().prop_map(Act::Dequeue),
        1 => (talk, -3isize..4).prop_map(|(talk, by)| Act::Move(talk, by)),
        1 => Just(Act::Clear),
        1 => name.prop_map(Act::Save),
        1 => name.prop_map(Act::Play),
        1 => name.prop_map(Act::Remove),
        4 => Just(Act::Undo),
        1 => Just(Act::Reopen),
    ]
}

impl Model {
    fn act(&mut self, act: &Act) {
        let before = self.kept.clone();
        let kept = &mut self.kept;
        let mut cleared = None;
        match act.clone() {
            Act::Star(talk, true) => drop(kept.starred.insert(talk)),
            Act::Star(talk, false) => drop(kept.starred.remove(&talk)),
            Act::Watch(talk, true) => {
                if kept.watched.insert(talk) {
                    cleared = self.positions.remove(&talk).map(|at| (talk, at));
                }
            }
            Act::Watch(talk, false) => drop(kept.watched.remove(&talk)),
            Act::Position(talk, Some(at)) => drop(self.positions.insert(talk, at)),
            Act::Position(talk, None) => drop(self.positions.remove(&talk)),
            Act::Note(talk, text) => {
                self.last_note += 1;
                kept.notes.insert(self.last_note, (talk, text));
            }
            Act::Edit(note, text) if text.is_empty() => drop(kept.notes.remove(&note)),
            Act::Edit(note, text) => drop(kept.notes.entry(note).and_modify(|note| note.1 = text)),
            Act::Enqueue(talk) if !kept.queue.contains(&talk) => kept.queue.push(talk),
            Act::Dequeue(talk) => kept.queue.retain(|queued| *queued != talk),
            Act::Move(talk, by) => {
                if let Some(from) = kept.queue.iter().position(|queued| *queued == talk) {
                    kept.queue.remove(from);
                    kept.queue.insert(from.saturating_add_signed(by).min(kept.queue.len()), talk);
                }
            }
            Act::Clear => kept.queue.clear(),
            Act::Save(name) if !kept.queue.is_empty() => drop(kept.playlists.insert(name, kept.queue.clone())),
            Act::Play(name) => {
                for talk in kept.playlists.get(&name).cloned().unwrap_or_default() {
                    if !kept.queue.contains(&talk) {
                        kept.queue.push(talk);
                    }
                }
            }
            Act::Remove(name) => drop(kept.playlists.remove(&name)),
            Act::Undo => {
                if let Some((before, cleared)) = self.steps.pop() {
                    self.kept = before;
                    cleared.map(|(talk, at)| self.positions.entry(talk).or_insert(at));
                }
                return;
            }
            Act::Reopen => self.steps.clear(),
            Act::Enqueue(_) | Act::Save(_) => {}
        }
        if self.kept != before {
            self.steps.push((before, cleared));
            if self.steps.len() > 10 {
                self.steps.remove(0);
            }
        }
    }
}

fn change(catalogue: &Catalogue, kept: &Kept, act: &Act) -> Change {
    let the = |talk: &usize| id(catalogue, TITLES[*talk]);
    match act {
        Act::Star(talk, is) => Change::Star(the(talk), *is),
        Act::Watch(talk, is) => Change::Watch(the(talk), *is),
        Act::Position(talk, at) => Change::Position(the(talk), at.map(cue)),
        Act::Note(talk, text) => Change::AddNote { talk: the(talk), at: None, text: text.clone() },
        Act::Edit(note, text) => {
            let before = kept.notes.get(note).map(|(_, text)| text.clone()).unwrap_or_default();
            Change::EditNote { note: *note, at: None, before, text: text.clone() }
        }
        Act::Enqueue(talk) => Change::Enqueue(the(talk)),
        Act::Dequeue(talk) => Change::Dequeue(the(talk)),
        Act::Move(talk, by) => Change::Move(the(talk), *by),
        Act::Clear => Change::ClearQueue,
        Act::Save(name) => Change::SavePlaylist(name.clone()),
        Act::Play(name) => Change::EnqueuePlaylist(name.clone()),
        Act::Remove(name) => Change::RemovePlaylist(name.clone()),
        Act::Undo | Act::Reopen => unreachable!("no change"),
    }
}

/// What some marks come to, with talks by their places among the titles.
fn pictured(catalogue: &Catalogue, marks: &Marks) -> (Kept, BTreeMap<usize, u64>) {
    let number = |talk: usize| TITLES.iter().position(|title| *title == catalogue.talks()[talk].title).expect("one of them");
    let all = |mark| marks.talks(mark).map(number).collect();
    let notes = (0..4).flat_map(|talk| marks.notes(talk).iter().map(move |note| (note.id, (number(talk), note.text.clone()))));
    let playlists = marks.playlists.iter().map(|list| (list.name.clone(), list.talks.iter().map(|talk| number(*talk)).collect()));
    let kept = Kept {
        starred: all(Mark::Starred),
        watched: all(Mark::Watched),
        notes: notes.collect(),
        queue: marks.queue().iter().map(|talk| number(*talk)).collect(),
        playlists: playlists.collect(),
    };
    let positions = (0..4).filter_map(|talk| Some((number(talk), u64::from(marks.position(talk)?.seconds()))));
    (kept, positions.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn changes_and_undos_come_to_what_is_pictured(acts in proptest::collection::vec(act(), 1..40)) {
        let all = four();
        let (folder, mut library) = library(&all);
        let mut model = Model::default();
        for act in &acts {
            match act {
                Act::Undo => drop(library.undo().expect("undone")),
                Act::Reopen => library = opened(folder.path(), &all),
                act => match library.apply(&change(&all, &model.kept, act)) {
                    Ok(_) | Err(LibraryError::Refused(_)) => {}
                    Err(error) => panic!("{error}"),
                },
            }
            model.act(act);
            prop_assert_eq!(pictured(&all, &library.marks()), (model.kept.clone(), model.positions.clone()), "after {:?}", act);
        }
        let marks = library.marks();
        prop_assert_eq!(library.look().expect("read anew"), marks);
        let lines = exported(&library);
        let (_elsewhere, mut other) = super::library(&all);
        for expected_new in [true, false] {
            let imported = other.import(lines.as_bytes(), &Place::of("x".as_ref()), |problem| panic!("{problem}")).expect("imported");
            prop_assert!(expected_new || (imported.new, imported.added_to, imported.playlists) == (0, 0, 0), "{:?}", imported);
            prop_assert_eq!(&exported(&other), &lines);
        }
    }
}
