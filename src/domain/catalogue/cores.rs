//! Work on drafts that does not depend on the others, on every core.

use crate::domain::event::EventDraft;
use std::thread;

/// Talks below which a second thread costs more than it brings.
const WORTH_A_THREAD: usize = 2_000;

/// What some work makes of runs of drafts, each with the number of its first one, in their order.
pub fn on_every_core<T: Send>(drafts: &mut [EventDraft], work: impl Fn(usize, &mut [EventDraft]) -> T + Sync) -> Vec<T> {
    let talks: usize = drafts.iter().map(|draft| draft.talks.len()).sum();
    let cores = thread::available_parallelism().map_or(1, usize::from).min(talks / WORTH_A_THREAD).max(1);
    if cores == 1 {
        return vec![work(0, drafts)];
    }
    let work = &work;
    thread::scope(|scope| {
        let mut workers = Vec::with_capacity(cores);
        let (mut rest, mut first, mut seen) = (drafts, 0, 0);
        for core in 1..=cores {
            let wanted = talks * core / cores;
            let is_mine = |draft: &&EventDraft| core == cores || (seen < wanted).then(|| seen += draft.talks.len()).is_some();
            let length = rest.iter().take_while(is_mine).count();
            let (run, others) = rest.split_at_mut(length);
            workers.push(scope.spawn(move || work(first, run)));
            (rest, first) = (others, first + length);
        }
        workers.into_iter().map(|worker| worker.join().expect("work on drafts does not panic")).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Event, Place, Talk};
    use jiff::civil::date;

    #[test]
    fn every_draft_is_worked_on_once_and_in_order() {
        let place = Place::of("x".as_ref());
        for count in [0, 1, 2, 7] {
            let talks = |number: usize| vec![Talk::new("T", place.clone()); 1_500 * number];
            let event = || Event::new("S", "S", date(2024, 5, 1), place.clone());
            let mut drafts: Vec<EventDraft> = (0..count).map(|number| EventDraft { event: event(), talks: talks(number) }).collect();
            let seen = on_every_core(&mut drafts, |first, run| {
                for draft in &mut *run {
                    draft.event.id.push('x');
                }
                (first, run.iter().map(|draft| draft.talks.len() / 1_500).collect::<Vec<_>>())
            });
            assert!(seen.iter().all(|(first, run)| run.first().is_none_or(|number| number == first)), "{seen:?}");
            assert_eq!(seen.into_iter().flat_map(|(_, run)| run).collect::<Vec<_>>(), (0..count).collect::<Vec<_>>());
            assert!(drafts.iter().all(|draft| draft.event.id == "x"));
        }
    }
}
