//! Which talks the marked talks are that their ids do not lead to, or not surely.

use super::anchor::Anchor;
use super::find::{Finder, Found};
use super::row::Single;
use crate::domain::{Catalogue, Talk};
use crate::text;
use hashbrown::{HashMap, HashSet};
use rusqlite::Connection;

/// A row that its id does not lead to a talk, or not surely.
pub(super) struct Doubtful {
    pub key: i64,
    pub anchor: Anchor,
    pub single: Single,
    /// The talk that has its id, and hardly anything else of it.
    pub by_id: Option<usize>,
}

/// What becomes of the id that a row was known by before.
pub(super) enum Was {
    Kept,
    /// The talk is there by that very id.
    Forgotten,
    /// The id it had until now.
    Now(String),
}

/// What a catalogue taught about a marked talk.
pub(super) struct Learnt {
    pub key: i64,
    pub talk: usize,
    pub was: Was,
}

/// What became of the doubtful ones.
#[derive(Default)]
pub(super) struct Settled {
    /// Rows with the talks that they are.
    pub found: Vec<(Doubtful, usize)>,
    /// What is to be written down about them.
    pub learnt: Vec<Learnt>,
    /// Rows whose talks are nowhere.
    pub lost: Vec<Doubtful>,
}

/// Finds talks for rows; `taken` are those that are other marked talks by their ids.
pub(super) fn settle(catalogue: &Catalogue, doubtful: Vec<Doubtful>, taken: &HashSet<usize>) -> Settled {
    let finder = Finder::new(catalogue, doubtful.iter().map(|row| &row.anchor));
    let choices: Vec<Option<Found>> = doubtful.iter().map(|row| choice(&finder, row, taken)).collect();
    let owners = owners(&choices, taken);
    let mut settled = Settled::default();
    for (number, (row, choice)) in doubtful.into_iter().zip(choices).enumerate() {
        let found = choice.filter(|found| found.firm || owners.get(&found.talk) == Some(&number)).map(|found| found.talk);
        let Some(talk) = found.or(row.by_id) else {
            settled.lost.push(row);
            continue;
        };
        if found.is_some_and(|talk| owners.get(&talk) == Some(&number)) {
            settled.learnt.push(Learnt { key: row.key, talk, was: Was::Now(row.anchor.id.clone()) });
        }
        settled.found.push((row, talk));
    }
    settled
}

/// Is a talk by other people, and in another place, than what its id is kept for?
pub(super) fn is_a_stranger(anchor: &Anchor, talk: &Talk) -> bool {
    let by = format!("-{}-", text::slug(&anchor.by));
    let mut names = talk.speakers.iter().map(|speaker| text::slug(&speaker.name));
    let strangers = !anchor.by.is_empty() && !talk.speakers.is_empty() && !names.any(|name| by.contains(&format!("-{name}-")));
    strangers && (anchor.recording != talk.recording || anchor.start != talk.span.start)
}

/// The talk that a row goes for: the likest, unless others are as like. What has a talk by its id leaves it only for one that is it beyond
/// doubt, and a talk that is another's by its id is shared only then.
fn choice(finder: &Finder, row: &Doubtful, taken: &HashSet<usize>) -> Option<Found> {
    let mut found = finder.find(&row.anchor);
    found.retain(|found| found.firm || (row.by_id.is_none() && !taken.contains(&found.talk)));
    let best = *found.first()?;
    let alone = found.get(1).is_none_or(|second| second.likeness < best.likeness);
    alone.then_some(best)
}

/// Which row each talk belongs to that some go for: the likest; of several that are as like none, unless they are it beyond doubt.
fn owners(choices: &[Option<Found>], taken: &HashSet<usize>) -> HashMap<usize, usize> {
    let mut best = HashMap::<usize, (Found, usize, bool)>::new();
    for (number, found) in choices.iter().enumerate().filter_map(|(number, found)| Some((number, (*found)?))) {
        if taken.contains(&found.talk) {
            continue;
        }
        let (known, owner, alone) = best.entry(found.talk).or_insert((found, number, true));
        if *owner != number && found.likeness >= known.likeness {
            *alone = found.likeness > known.likeness;
            if *alone {
                (*known, *owner) = (found, number);
            }
        }
    }
    best.into_iter().filter(|(_, (found, _, alone))| *alone || found.firm).map(|(talk, (_, owner, _))| (talk, owner)).collect()
}

/// Writes into the library what a catalogue taught. Ids may have changed places, so all that change are given up first.
pub(super) fn write(learnt: &[Learnt], catalogue: &Catalogue, connection: &Connection) -> rusqlite::Result<()> {
    for Learnt { key, talk, .. } in learnt {
        let id = &catalogue.talks()[*talk].id;
        // No id begins with a space.
        connection.prepare_cached("UPDATE talk SET id = ' ' || key WHERE key = ?1 AND id <> ?2")?.execute((key, id))?;
    }
    learnt.iter().try_for_each(|Learnt { key, talk, was }| {
        let anchor = Anchor::of(catalogue, &catalogue.talks()[*talk]);
        anchor.update(connection, *key)?;
        let was = match was {
            Was::Kept => return Ok(()),
            Was::Forgotten => None,
            Was::Now(id) => Some(id).filter(|id| **id != anchor.id),
        };
        connection.prepare_cached("UPDATE talk SET was = ?1 WHERE key = ?2")?.execute((was, key)).map(drop)
    })
}
