//! Finding talks: one seam, [`Engine::answer`], asked by the screen and by `cuepoint list` alike.
//!
//! Words that are typed are matched against the *vocabulary*, the distinct words of the catalogue, and never against lines:
//! a word may be meant whole, by its beginning, by a part of it, by a slip of the finger ([`typed`]). Which talks the words
//! stand in is known ([`index`]), so that the time a query takes grows with what it finds. All words of a query must be found;
//! how they stand there decides the order ([`rank`]).

mod complete;
mod index;
mod light;
mod order;
mod plan;
pub mod query;
mod rank;
mod suggest;
mod test;
#[cfg(test)]
mod tests;
mod tokens;
mod typed;
mod vocabulary;

pub use complete::Completion;
pub use index::Place;
pub use light::{Matcher, Reason};
pub use query::QueryError;

use crate::domain::{Catalogue, Marks};
use complete::Values;
use index::Index;
use order::Orders;
use plan::Plan;
use query::Query;
use std::sync::{Arc, OnceLock};
use typed::Reach;

/// Talks that are enough: what a query does not say exactly is looked for only where what it says finds fewer, and slips not at
/// all where each of its words is a word and they find something.
const ENOUGH: usize = 10;

/// Talks that are indexed first where there are many more: each step costs little beside the next.
const FIRST_TALKS: [usize; 2] = [32_768, 262_144];

/// An index over a catalogue, and what the user keeps about its talks. A clone is the same one.
#[derive(Debug, Clone)]
pub struct Engine {
    catalogue: Arc<Catalogue>,
    index: Arc<Index>,
    marks: Marks,
    prepared: Arc<Prepared>,
}

/// What is asked for rarely, and worked out when it first is.
#[derive(Debug, Default)]
struct Prepared {
    values: OnceLock<Values>,
    orders: Orders,
}

/// An index that was written, and read again.
#[derive(Debug)]
pub struct KeptIndex(Index);

impl KeptIndex {
    /// Reads what [`Engine::keep`] wrote. What another build wrote, or what is damaged, gives an error or another index: whoever asks
    /// holds the bytes to a checksum.
    ///
    /// # Errors
    /// Those of the reader, and bytes that are no index.
    pub fn read(from: &mut impl std::io::Read) -> std::io::Result<KeptIndex> {
        Index::read(from).map(KeptIndex)
    }
}

/// What a query found.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Indices of talks in the catalogue, in order.
    pub hits: Vec<usize>,
    /// What lights up in the rows.
    pub matcher: Matcher,
    /// Where nothing was found: another query that finds something.
    pub suggestion: Option<String>,
    /// How many talks were looked through, where the index is still growing.
    pub partial: Option<usize>,
}

impl Engine {
    /// Indexes a catalogue, on every core.
    pub fn new(catalogue: Arc<Catalogue>) -> Engine {
        let all = catalogue.talks().len();
        Engine::of_first(catalogue, all)
    }

    /// Indexes the first talks of a catalogue, so that there is something to search while the rest is indexed.
    pub fn of_first(catalogue: Arc<Catalogue>, talks: usize) -> Engine {
        let index = Arc::new(Index::build(&catalogue, talks.min(catalogue.talks().len())));
        Engine { catalogue, index, marks: Marks::default(), prepared: Arc::default() }
    }

    /// The engine over a catalogue whose index was kept; `None` if it is an index over something else.
    pub fn restored(catalogue: Arc<Catalogue>, kept: KeptIndex) -> Option<Engine> {
        let index = kept.0;
        let fits = index.len() == catalogue.talks().len() && index.events() == catalogue.events().len();
        fits.then(|| Engine { catalogue, index: Arc::new(index), marks: Marks::default(), prepared: Arc::default() })
    }

    /// Writes the index, for [`KeptIndex::read`].
    ///
    /// # Errors
    /// Those of the writer.
    pub fn keep(&self, to: &mut impl std::io::Write) -> std::io::Result<()> {
        self.index.write(to)
    }

    /// Engines over more and more of a catalogue, the last one over all of it. The first is there soon. Asking for one more than
    /// there are works out what would otherwise hold up the first who completes a filter or sorts.
    pub fn growing(catalogue: Arc<Catalogue>) -> impl Iterator<Item = Engine> {
        let all = catalogue.talks().len();
        let steps = FIRST_TALKS.into_iter().filter(move |talks| *talks < all / 2).chain([all]);
        let prepared: Arc<Prepared> = Arc::default();
        let (rarely, all_talks) = (prepared.clone(), catalogue.clone());
        let engines = steps.map(move |talks| Engine { prepared: prepared.clone(), ..Engine::of_first(catalogue.clone(), talks) });
        engines.chain(std::iter::from_fn(move || {
            rarely.values.get_or_init(|| Values::of(&all_talks));
            rarely.orders.prepare(&all_talks);
            None
        }))
    }

    /// The same, knowing what the user keeps about the talks of its catalogue.
    #[must_use]
    pub fn with_marks(self, marks: Marks) -> Engine {
        Engine { marks, ..self }
    }

    /// What it searches in.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// Answers a query. The same one always has the same answer; an empty one is every talk in the catalogue's own order.
    ///
    /// # Errors
    /// The query cannot be read.
    pub fn answer(&self, typed: &str) -> Result<Answer, QueryError> {
        let query = Query::parse(typed)?;
        let (reach, hits) = self.find(&query);
        let suggestion = if hits.is_empty() { self.suggestion(typed, &query) } else { None };
        let hits = self.prepared.orders.sorted(&self.catalogue, hits, query.sort);
        let partial = Some(self.index.len()).filter(|talks| *talks < self.catalogue.talks().len());
        Ok(Answer { hits, matcher: Matcher::new(&query, reach), suggestion, partial })
    }

    /// Ways to go on with the word at a byte of a query, best first.
    pub fn complete(&self, query: &str, cursor: usize) -> Vec<Completion> {
        complete::complete(query, cursor, || self.prepared.values.get_or_init(|| Values::of(&self.catalogue)))
    }

    /// The talks that a query finds, looking no further from what was typed than it must.
    fn find(&self, query: &Query) -> (Reach, Vec<usize>) {
        let mut found = (Reach::Begun, Vec::new());
        for reach in [Reach::Begun, Reach::Within, Reach::Slips] {
            let plan = Plan::new(self, query, reach);
            found = (reach, rank::ranked(&plan));
            let is_certain = reach >= Reach::Within && plan.all_known && !found.1.is_empty();
            if found.1.len() >= ENOUGH || is_certain || !plan.forgiving {
                break;
            }
        }
        found
    }

    fn suggestion(&self, typed: &str, query: &Query) -> Option<String> {
        // What is suggested is written as it is meant: no slip need be looked for.
        let found = |other: &str| {
            let plan = |query| rank::ranked(&Plan::new(self, &query, Reach::Begun)).len();
            Query::parse(other).map_or(0, plan)
        };
        suggest::suggestion(&self.index, typed, query, found)
    }
}
