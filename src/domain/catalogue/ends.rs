//! Ends: a talk without one ends where the next one in the same recording starts.

use crate::domain::cue::Cue;
use crate::domain::link::Recording;
use crate::domain::provenance::{Field, Origin};
use crate::domain::talk::Talk;
use hashbrown::HashMap;

/// Gives an end to the talks of an event that have a start and are followed by another. Schedules hold a thousand talks: each
/// is looked at once, from the last start to the first.
pub fn derive_ends(talks: &mut [Talk]) {
    if talks.len() < 2 || !talks.iter().any(|talk| talk.span.start.is_some() && talk.span.end.is_none()) {
        return;
    }
    let mut order: Vec<(Cue, usize)> = (0..).zip(&*talks).filter_map(|(at, talk)| Some((talk.span.start?, at))).collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    // Of each recording: the start that was seen last, and the first one after it.
    let mut starts: HashMap<Option<Recording>, (Cue, Option<Cue>)> = HashMap::new();
    for (start, at) in order {
        let talk = &mut talks[at];
        let (here, next) = starts.entry(talk.recording.clone()).or_insert((start, None));
        if *here > start {
            (*here, *next) = (start, Some(*here));
        }
        if talk.span.end.is_none() && next.is_some() {
            talk.span.end = *next;
            talk.provenance.set(Field::End, Origin::Derived);
        }
    }
}
