//! Talks that satisfy a clause otherwise than by one word outside the body.

use super::Plan;
use crate::domain::link::Link;
use crate::search::test::Test;

/// Points of a talk that shows the recording that was asked for, and of the one that is running at the second.
const SHOWS: u16 = 500;
const RUNS: u16 = 1000;

/// Points by talk.
#[derive(Debug, Default, Clone)]
pub struct Aside {
    /// Empty until there are any.
    points: Vec<u16>,
    found: usize,
}

impl Aside {
    /// Gives talks at least so many points; `size` is the number of all talks.
    pub fn raise(&mut self, talks: impl Iterator<Item = u32>, points: u16, size: usize) {
        for talk in talks {
            if self.points.is_empty() {
                self.points = vec![0; size];
            }
            let known = &mut self.points[talk as usize];
            self.found += usize::from(*known == 0);
            *known = points.max(*known);
        }
    }

    /// The points of a talk, 0 if it was not found.
    pub fn of(&self, talk: u32) -> u16 {
        self.points.get(talk as usize).copied().unwrap_or(0)
    }

    /// How many talks were found.
    pub fn len(&self) -> usize {
        self.found
    }

    /// The talks that were found, in order.
    pub fn talks(&self) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.points).filter(|(_, points)| **points > 0).map(|(talk, _)| talk)
    }
}

/// Adds to the last clause the talks that pass a test.
pub fn passing(plan: &mut Plan, test: &Test) {
    let (catalogue, size) = (plan.catalogue, plan.index.len());
    let passing = (0u32..).take(size).filter(|talk| test.passes(catalogue, *talk));
    if let Some(clause) = plan.clauses.last_mut() {
        clause.aside.raise(passing, SHOWS, size);
    }
}

/// Adds to the last clause the talks of a recording, the one that is running at the link's second above the others.
pub fn recording(plan: &mut Plan, link: &Link) {
    let (talks, size) = (plan.catalogue.talks(), plan.index.len());
    let same: Vec<u32> =
        (0u32..).zip(&talks[..size]).filter(|(_, talk)| talk.recording.as_ref() == Some(&link.recording)).map(|(i, _)| i).collect();
    let starts = |talk: &u32| talks[*talk as usize].span.start;
    let running = link.start.and_then(|second| {
        let begun = same.iter().filter(|talk| starts(talk).is_some_and(|start| start <= second));
        let last = begun.copied().max_by_key(starts);
        last.filter(|talk| talks[*talk as usize].span.end.is_none_or(|end| second < end))
    });
    if let Some(clause) = plan.clauses.last_mut() {
        clause.aside.raise(same.into_iter(), SHOWS, size);
        clause.aside.raise(running.into_iter(), RUNS, size);
    }
}
