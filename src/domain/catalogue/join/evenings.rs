//! Whole evenings: one video that a channel shows as one, beside the talks in it that another source tells of.

use super::told::Told;
use crate::domain::cue::Cue;
use crate::domain::link::Recording;
use std::collections::{HashMap, HashSet};

/// A telling of a whole evening.
pub struct Evening {
    /// Which.
    pub row: u32,
    /// The talks in it. Never empty.
    pub parts: Vec<u32>,
    /// Those are most of what their draft tells of, so that what holds for the evening holds for the event.
    pub is_most: bool,
}

/// The tellings of whole evenings whose talks another draft tells of, each with its second; in order.
pub fn find(told: &[Told]) -> Vec<Evening> {
    let mut by_recording: HashMap<&Recording, Vec<u32>> = HashMap::new();
    for (number, this) in (0..).zip(told) {
        if let Some(recording) = &this.talk.recording {
            by_recording.entry(recording).or_default().push(number);
        }
    }
    let mut evenings: Vec<Evening> = Vec::new();
    for rows in by_recording.values() {
        let drafts: Vec<&[u32]> = rows.chunk_by(|a, b| draft(told, *a) == draft(told, *b)).collect();
        let Some(parts) = drafts.iter().find(|rows| are_parts(told, rows)) else { continue };
        for row in drafts.iter().filter_map(|rows| if let [row] = rows { Some(*row) } else { None }) {
            if draft(told, row) != draft(told, parts[0]) && is_whole(told, row, parts) {
                let of = told[parts[0] as usize].of;
                evenings.push(Evening { row, parts: parts.to_vec(), is_most: parts.len() * 2 >= of });
            }
        }
    }
    evenings.sort_unstable_by_key(|evening| evening.row);
    evenings
}

fn draft(told: &[Told], row: u32) -> u32 {
    told[row as usize].row.draft
}

/// Are these the talks of an evening: several with their seconds, and with people? A list of chapters has none.
fn are_parts(told: &[Told], rows: &[u32]) -> bool {
    let of = |row: &u32| &told[*row as usize];
    let cues: HashSet<Cue> = rows.iter().filter_map(|row| of(row).talk.span.start).collect();
    cues.len() >= 2 && rows.iter().filter(|row| !of(row).people.is_empty()).count() * 2 >= rows.len()
}

/// Is this all of those? It begins where the recording does, ends after the last of them, has no title of theirs, and names
/// nobody, or several of those who speak in them: a single person gave a talk.
fn is_whole(told: &[Told], row: u32, parts: &[u32]) -> bool {
    let this = &told[row as usize];
    let parts = || parts.iter().map(|part| &told[*part as usize]);
    let last: Option<Cue> = parts().filter_map(|part| part.talk.span.start).max();
    let from_start = this.talk.span.start.is_none_or(|start| start.seconds() == 0);
    let to_end = this.talk.span.end.is_none_or(|end| Some(end) >= last);
    let known = |name: &String| parts().any(|part| part.people.contains(name));
    let names_all = this.people.is_empty() || (this.people.len() > 1 && this.people.iter().all(known));
    from_start && to_end && names_all && parts().all(|part| part.title != this.title)
}
