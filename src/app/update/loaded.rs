//! Another catalogue in the place of the one that is shown: what is looked at stays where it is.

use super::super::list::List;
use super::super::model::{Model, Mood, Status};
use crate::archive::State;
use crate::domain::Catalogue;
use hashbrown::HashMap;
use std::sync::Arc;

/// Shows another catalogue. Cursors stay with their events and talks, and these on their rows of the screen.
pub fn load(model: &mut Model, catalogue: Arc<Catalogue>) {
    let before = std::mem::replace(&mut model.catalogue, catalogue);
    let catalogue = model.catalogue.clone();
    let scroll = model.detail.scroll;
    let looked_at = model.rows.get(model.talks.cursor).copied();
    let moves = Moves::between(&before, &catalogue);
    // Who has not moved yet looks at the newest, whatever that is by now.
    let untouched = |list: &List| *list == List::default();
    if !untouched(&model.events) {
        model.events = moved(model.events, moves.event(model.events.cursor));
    }
    // What is kept is told anew in a moment; until then it stays with its talks.
    model.marks = model.marks.moved(|talk| moves.talk(talk));
    let rows = if model.search.is_on() { model.rows.iter().filter_map(|talk| moves.talk(*talk)).collect() } else { model.browsed() };
    let place = |talk: Option<usize>, rows: &Vec<usize>| rows.iter().position(|row| Some(*row) == talk.and_then(|talk| moves.talk(talk)));
    if !untouched(&model.talks) {
        model.talks = moved(model.talks, place(looked_at, &rows));
    }
    if let Some(from) = &mut model.search.before {
        from.events = moved(from.events, moves.event(from.events.cursor));
    }
    model.rows = rows;
    model.detail.clear();
    model.restored_scroll = model.restored_scroll.or(Some(scroll));
}

/// A list whose cursor is elsewhere: it scrolls under the cursor, so that nothing moves on the screen.
fn moved(list: List, cursor: Option<usize>) -> List {
    let Some(cursor) = cursor else { return list };
    List { cursor, offset: (list.offset + cursor).saturating_sub(list.cursor) }
}

/// Where the events and talks of one catalogue are in another, by their ids.
struct Moves<'a> {
    before: &'a Catalogue,
    events: HashMap<&'a str, usize>,
    talks: HashMap<&'a str, usize>,
}

impl<'a> Moves<'a> {
    fn between(before: &'a Catalogue, after: &'a Catalogue) -> Moves<'a> {
        if before.events().is_empty() {
            return Moves { before, events: HashMap::new(), talks: HashMap::new() };
        }
        let events = after.events().iter().enumerate().map(|(at, event)| (event.id.as_str(), at)).collect();
        let talks = after.talks().iter().enumerate().map(|(at, talk)| (talk.id.as_str(), at)).collect();
        Moves { before, events, talks }
    }

    fn event(&self, before: usize) -> Option<usize> {
        self.events.get(self.before.events().get(before)?.id.as_str()).copied()
    }

    fn talk(&self, before: usize) -> Option<usize> {
        self.talks.get(self.before.talks().get(before)?.id.as_str()).copied()
    }
}

/// Says what came of another look at the sources, to who asked for one.
pub fn looked_again(model: &mut Model, state: State, is_other: bool) {
    let ended = matches!(state, State::Fresh | State::Stopped);
    if ended && std::mem::take(&mut model.looks_again) {
        let (events, talks) = (model.catalogue.events().len(), model.catalogue.talks().len());
        let text = if is_other { format!("Read again: {events} events, {talks} talks") } else { "The sources are as they were".to_owned() };
        model.status = Some(Status { text, mood: Mood::Good });
    }
}

/// Takes in how far what is shown is to be believed.
pub fn believe(model: &mut Model, state: State) {
    model.state = state;
    if state == State::Stopped {
        let text = "Reading was stopped: this is a part. r reads the rest".to_owned();
        model.status = Some(Status { text, mood: Mood::Doubtful });
    }
}
