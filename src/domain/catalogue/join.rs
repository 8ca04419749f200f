//! Joining: what several sources tell of one event or one talk becomes one, in the words of the first of them.
//!
//! The order of the drafts decides, and nothing else. Talks that may be told twice are found by what they share
//! ([`doubles`]), judged by what is printed of each ([`told`]), and only then is anything changed ([`merge`]). Talks of one
//! draft are never joined: a source knows how many talks it tells of.

mod doubles;
mod evenings;
mod homes;
mod links;
mod merge;
mod told;

use super::cores::on_every_core;
use super::ids::give_talk_ids;
use super::people::People;
use crate::domain::event::{Event, EventDraft};
use crate::domain::problem::Problem;
use crate::domain::talk::Talk;
use evenings::Evening;
use homes::Homes;
use std::collections::{BTreeSet, HashMap};
use told::Told;

/// A talk of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    draft: u32,
    talk: u32,
}

/// Gives ids to the events and talks of drafts that were cleaned, and joins those that are the same. People are the same under each of
/// their names.
pub fn joined(mut drafts: Vec<EventDraft>, people: &People) -> (Vec<EventDraft>, Vec<Problem>) {
    let homes = Homes::find(&mut drafts);
    on_every_core(&mut drafts, |_, drafts| drafts.iter_mut().for_each(give_talk_ids));
    let rows = doubles::find(&mut drafts, &homes);
    let clashes = homes.clashes.clone();
    let mut drafts: Vec<Option<EventDraft>> = if rows.is_empty() && !homes.any_shared() {
        drafts.into_iter().map(Some).collect()
    } else {
        let told = Told::all(&drafts, &homes, people, &rows);
        let evenings = evenings::find(&told);
        let links = links::find(&told, &evenings);
        let (moves, evenings) = (moves(&told, &links), gone(&told, &links, evenings));
        Assembly { homes, drafts: drafts.into_iter().map(Some).collect(), gone: HashMap::new(), left: HashMap::new() }.run(moves, evenings)
    };
    let stands = |draft: u32| drafts[draft as usize].as_ref().map(|draft| &draft.event);
    let other = |(second, first): &(u32, u32)| Some(other_event(stands(*first)?, stands(*second)?));
    let problems = clashes.iter().filter_map(other).collect();
    (drafts.iter_mut().filter_map(Option::take).collect(), problems)
}

fn other_event(first: &Event, second: &Event) -> Problem {
    let message = format!("another event has the id `{}` already: “{}” in {}", first.id, first.title, first.source);
    Problem::warning(second.source.clone(), message).hint("both are shown; give one of them an `id:` of its own")
}

/// A whole evening goes: from where, and where the talks of it stand.
struct Gone {
    row: Row,
    parts: Vec<Row>,
    is_most: bool,
}

/// Which talk goes into which.
fn moves(told: &[Told], links: &[Option<u32>]) -> Vec<(Row, Row)> {
    let to = |(this, into): (&Told, &Option<u32>)| Some((this.row, told[(*into)? as usize].row));
    told.iter().zip(links).filter_map(to).collect()
}

fn gone(told: &[Told], links: &[Option<u32>], evenings: Vec<Evening>) -> Vec<Gone> {
    let stands = |part: u32| told[links[part as usize].unwrap_or(part) as usize].row;
    let gone = |Evening { row, parts, is_most }| {
        let parts = parts.into_iter().map(stands).collect();
        Gone { row: told[row as usize].row, parts, is_most }
    };
    evenings.into_iter().map(gone).collect()
}

/// The drafts while they are brought together.
struct Assembly {
    homes: Homes,
    drafts: Vec<Option<EventDraft>>,
    /// The talks that went from each draft.
    gone: HashMap<u32, Vec<u32>>,
    /// The event that the talks of each event went to, and those they stand as there; none if they went to several.
    left: HashMap<u32, (Option<u32>, BTreeSet<Row>)>,
}

impl Assembly {
    fn run(mut self, moves: Vec<(Row, Row)>, evenings: Vec<Gone>) -> Vec<Option<EventDraft>> {
        for (row, into) in moves {
            let talk = self.take(row, &[into]);
            if let (Some(first), Some(second)) = (self.talk(into), talk) {
                merge::talk(first, second);
            }
        }
        for Gone { row, parts, is_most } in evenings {
            let evening = self.take(row, &parts);
            let home = parts.first().map(|part| self.homes.of(part.draft) as usize);
            if let (Some(evening), Some(draft)) = (evening, home.and_then(|home| self.drafts[home].as_mut())) {
                merge::evening(&mut draft.event, evening, is_most);
            }
        }
        self.drop_gone();
        self.bring_home();
        self.drop_empty();
        self.drafts
    }

    fn talk(&mut self, row: Row) -> Option<&mut Talk> {
        self.drafts[row.draft as usize].as_mut()?.talks.get_mut(row.talk as usize)
    }

    /// Takes a talk out of its draft, since others stand for it.
    fn take(&mut self, row: Row, into: &[Row]) -> Option<Talk> {
        let from = self.homes.of(row.draft);
        let talk = self.talk(row)?;
        let hollow = Talk::new("", talk.source.clone());
        let talk = std::mem::replace(talk, hollow);
        self.gone.entry(row.draft).or_default().push(row.talk);
        for stands in into {
            let to = self.homes.of(stands.draft);
            if from != to {
                let (target, stand) = self.left.entry(from).or_insert((Some(to), BTreeSet::new()));
                *target = target.filter(|target| *target == to);
                stand.insert(*stands);
            }
        }
        Some(talk)
    }

    /// Closes the gaps that taken talks left.
    fn drop_gone(&mut self) {
        for (draft, mut gone) in self.gone.drain() {
            gone.sort_unstable();
            if let Some(draft) = &mut self.drafts[draft as usize] {
                let mut at = 0;
                draft.talks.retain(|_| {
                    at += 1;
                    gone.binary_search(&(at - 1)).is_err()
                });
            }
        }
    }

    /// Puts each draft to the first one of its event.
    fn bring_home(&mut self) {
        for draft in 0..self.drafts.len() {
            let home = self.homes.home[draft] as usize;
            if home != draft
                && let Some(second) = self.drafts[draft].take()
                && let Some(first) = &mut self.drafts[home]
            {
                merge::event(&mut first.event, second.event);
                first.talks.extend(second.talks);
            }
        }
    }

    /// An event whose talks all stand elsewhere goes. What it says holds for the other one if they are much the same.
    fn drop_empty(&mut self) {
        for draft in 0..self.drafts.len() {
            let Some((target, stand)) = self.left.get(&u32::try_from(draft).unwrap_or(u32::MAX)) else { continue };
            let Some(empty) = self.drafts[draft].take_if(|draft| draft.talks.is_empty()) else { continue };
            if let Some(first) = target.and_then(|target| self.drafts[target as usize].as_mut())
                && stand.len() * 2 >= first.talks.len()
            {
                merge::event(&mut first.event, empty.event);
            }
        }
    }
}
