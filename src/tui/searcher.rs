//! The worker that answers searches, with an index that may still be growing.

use super::runner::Told;
use crate::app::Message;
use crate::domain::{Catalogue, Marks};
use crate::search::query::asks_for_marks;
use crate::search::{Engine, QueryError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

/// A query, and where in it the caret stands.
#[derive(Debug)]
pub struct Question {
    /// What was typed.
    pub query: String,
    /// A byte of it.
    pub cursor: usize,
}

/// What the worker is told.
pub enum Asked {
    /// The index is there, or there is a larger one.
    Grown(Box<Engine>),
    /// There is another catalogue, which has no index yet: what is asked from now on is about that.
    Outdated,
    /// What the user keeps about the talks of a catalogue.
    Marks {
        /// The catalogue.
        of: Arc<Catalogue>,
        /// That.
        marks: Marks,
    },
    /// Something is to be found.
    Question(Question),
}

/// Answers the latest question that waits, until the screen is gone; `None` if nobody listens any more. An answer from an
/// index that is still growing is followed by a better one.
pub fn answer_searches(asked: &Receiver<Asked>, to: &Sender<Told>) -> Option<()> {
    let mut engine: Option<Box<Engine>> = None;
    let mut kept: Option<(Arc<Catalogue>, Marks)> = None;
    // The one question that has not had its last answer.
    let mut open: Option<Question> = None;
    while let Ok(first) = asked.recv() {
        for next in std::iter::once(first).chain(std::iter::from_fn(|| asked.try_recv().ok())) {
            match next {
                Asked::Grown(larger) => engine = Some(larger),
                Asked::Outdated => engine = None,
                Asked::Marks { of, marks } => kept = Some((of, marks)),
                Asked::Question(newer) => {
                    if open.replace(newer).is_some() {
                        to.send(Told::Overtaken).ok()?;
                    }
                }
            }
        }
        if let (Some(engine), Some(question)) = (&engine, &open) {
            let of_these = kept.as_ref().filter(|(of, _)| Arc::ptr_eq(of, engine.catalogue())).map(|(_, marks)| marks.clone());
            // Without the marks of these talks, an answer about marks would be wrong; they are on their way.
            if of_these.is_none() && asks_for_marks(&question.query) {
                continue;
            }
            let engine = engine.as_ref().clone().with_marks(of_these.unwrap_or_default());
            let (found, is_last) = answered(&engine, question);
            if is_last {
                open = None;
            }
            to.send(Told::Found { found, is_last, of: engine.catalogue().clone() }).ok()?;
        }
    }
    Some(())
}

/// The answer to a question, and whether it is the last one.
fn answered(engine: &Engine, Question { query, cursor }: &Question) -> (Message, bool) {
    let answered = catch_unwind(AssertUnwindSafe(|| (engine.answer(query), engine.complete(query, *cursor))));
    let (result, completions) = answered.unwrap_or_else(|_| {
        let message = "something went wrong inside cuepoint; please report what you typed, and type something else".to_owned();
        (Err(QueryError { range: 0..query.len(), message }), Vec::new())
    });
    let is_last = result.as_ref().map_or(true, |answer| answer.partial.is_none());
    (Message::Found { query: query.clone(), cursor: *cursor, result, completions }, is_last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Event, EventDraft, Mark, Place, Talk};
    use std::sync::mpsc::channel;
    use std::thread;

    fn catalogue() -> Arc<Catalogue> {
        let place = Place::of("x".as_ref());
        let event = Event::new("Boats", "Boats", jiff::civil::date(2020, 1, 1), place.clone());
        let talks = (0..10).map(|i| Talk::new(format!("Sails {i}"), place.clone())).collect();
        Arc::new(Catalogue::build(vec![EventDraft { event, talks }]).0)
    }

    fn question(query: &str) -> Asked {
        Asked::Question(Question { query: query.to_owned(), cursor: query.len() })
    }

    /// What is told for what is asked: `+` behind what is followed by a better answer, `-` for what was overtaken.
    fn told(asked: Vec<Asked>) -> Vec<String> {
        let (ask, questions) = channel();
        let (to, answers) = channel();
        for asked in asked {
            ask.send(asked).expect("the worker listens");
        }
        drop(ask);
        thread::spawn(move || answer_searches(&questions, &to)).join().expect("no panic");
        let found = |message: Message| match message {
            Message::Found { query, result, .. } => format!("{query} {}", result.map_or(0, |answer| answer.hits.len())),
            other => format!("{other:?}"),
        };
        let told = answers.iter().map(|told| match told {
            Told::Found { found: message, is_last: true, .. } => found(message),
            Told::Found { found: message, .. } => found(message) + "+",
            Told::Overtaken | Told::Begun | Told::Marks { .. } => "-".to_owned(),
            Told::Done(message) | Told::SoFar(message) | Told::Catalogue { loaded: message, .. } => format!("{message:?}"),
        });
        told.collect()
    }

    #[test]
    fn the_latest_question_is_answered_and_each_has_one_last_word() {
        let engine = Box::new(Engine::new(catalogue()));
        assert_eq!(told(vec![question("s"), question("sa"), Asked::Grown(engine), question("sails 3")]), ["-", "-", "sails 3 1"]);
    }

    #[test]
    fn what_is_kept_is_found_in_the_catalogue_that_it_is_about() {
        let (ours, other) = (catalogue(), catalogue());
        let mut marks = Marks::default();
        marks.set(3, Mark::Starred, true);
        let starred = |of: &Arc<Catalogue>| {
            let engine = Asked::Grown(Box::new(Engine::new(ours.clone())));
            told(vec![engine, Asked::Marks { of: of.clone(), marks: marks.clone() }, question("is:starred")])
        };
        assert_eq!((starred(&ours), starred(&other)), (vec!["is:starred 1".to_owned()], Vec::new()), "those of the other are on their way");
    }

    #[test]
    fn a_question_is_answered_again_by_a_larger_index() {
        let (ask, questions) = channel();
        let (to, answers) = channel();
        let worker = thread::spawn(move || answer_searches(&questions, &to));
        ask.send(Asked::Grown(Box::new(Engine::of_first(catalogue(), 4)))).expect("sent");
        ask.send(question("sails")).expect("sent");
        let Ok(Told::Found { found: Message::Found { result: Ok(first), .. }, is_last: false, .. }) = answers.recv() else {
            panic!("no first answer")
        };
        assert_eq!((first.hits.len(), first.partial), (4, Some(4)));
        ask.send(Asked::Grown(Box::new(Engine::new(catalogue())))).expect("sent");
        let Ok(Told::Found { found: Message::Found { result: Ok(second), .. }, is_last: true, .. }) = answers.recv() else {
            panic!("no second answer")
        };
        assert_eq!((second.hits.len(), second.partial), (10, None));
        drop(ask);
        assert_eq!(worker.join().expect("no panic"), Some(()));
    }
}
