//! Which talk or event an id on the command line means.

use crate::domain::{Catalogue, Event, Recording, Talk};
use crate::search::Engine;
use crate::text::{clean_line, did_you_mean};
use std::sync::Arc;

/// Ids that are named when one does not say enough.
const NAMED: usize = 5;

/// What an id stands for.
#[derive(Debug, Clone, Copy)]
pub enum Picked<'a> {
    /// An event.
    Event(&'a Event),
    /// A talk.
    Talk(&'a Talk),
}

impl<'a> Picked<'a> {
    /// The recording of the talk, or of the whole evening.
    pub fn recording(&self) -> Option<&'a Recording> {
        match self {
            Picked::Event(event) => event.recording.as_ref(),
            Picked::Talk(talk) => talk.recording.as_ref(),
        }
    }
}

/// Why an id stands for nothing.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PickError {
    /// No id is like it.
    #[error("no talk or event has the id `{0}`; `cuepoint list` shows the talks, and piped their ids")]
    Unknown(String),
    /// None, but one is near.
    #[error("no talk or event has the id `{id}`; did you mean `{near}`?")]
    Near {
        /// What was typed.
        id: String,
        /// What may have been meant.
        near: String,
    },
    /// It stands in several.
    #[error("`{id}` is in {count} ids, say more of one: {some}")]
    Several {
        /// What was typed.
        id: String,
        /// In how many it stands.
        count: usize,
        /// The first of them.
        some: String,
    },
}

/// The event or talk of an id. Its beginning is enough, or any words of it (`2020-12-02`, `service-mesh`),
/// as long as they stand in no other; a talk's id begins with its event's, so an event goes first.
///
/// # Errors
/// The id stands for nothing, or for several.
pub fn pick<'a>(catalogue: &'a Arc<Catalogue>, id: &str) -> Result<Picked<'a>, PickError> {
    let exact = catalogue.event(id).map(Picked::Event).or_else(|| catalogue.talk(id).map(Picked::Talk));
    if let Some(picked) = exact {
        return Ok(picked);
    }
    if id.trim().is_empty() {
        return Err(PickError::Unknown(String::new()));
    }
    let begins = |known: &str| !id.is_empty() && known.starts_with(id);
    let holds = |known: &str| !id.is_empty() && format!("-{known}").contains(&format!("-{id}"));
    if let Some(found) = only(catalogue, id, begins).or_else(|| only(catalogue, id, holds)) {
        return found;
    }
    let id = clean_line(id).into_owned();
    let ids = catalogue.events().iter().map(|e| e.id.as_str()).chain(catalogue.talks().iter().map(|t| t.id.as_str()));
    let near = did_you_mean(&id, ids).map(str::to_owned).or_else(|| by_words(catalogue, &id));
    Err(match near {
        Some(near) => PickError::Near { id, near },
        None => PickError::Unknown(id),
    })
}

/// The one event, else the one talk, whose id is right; `None` if there is none.
fn only<'a>(catalogue: &'a Catalogue, id: &str, is_right: impl Fn(&str) -> bool) -> Option<Result<Picked<'a>, PickError>> {
    let events: Vec<&Event> = catalogue.events().iter().filter(|e| is_right(&e.id)).collect();
    let talks: Vec<&Talk> = catalogue.talks().iter().filter(|t| is_right(&t.id)).collect();
    let several = |ids: Vec<&str>| {
        let mut some = ids[..ids.len().min(NAMED)].join(", ");
        if ids.len() > NAMED {
            some.push_str(", …");
        }
        Err(PickError::Several { id: clean_line(id).into_owned(), count: ids.len(), some })
    };
    match (events.as_slice(), talks.as_slice()) {
        ([], []) => None,
        ([event], _) => Some(Ok(Picked::Event(event))),
        ([], [talk]) => Some(Ok(Picked::Talk(talk))),
        ([], _) => Some(several(talks.iter().map(|t| t.id.as_str()).collect())),
        _ => Some(several(events.iter().map(|e| e.id.as_str()).collect())),
    }
}

/// The talk that a search for the id's words finds first.
fn by_words(catalogue: &Arc<Catalogue>, id: &str) -> Option<String> {
    // An id that is no query has nothing near.
    let answer = Engine::new(Arc::clone(catalogue)).answer(&id.replace('-', " ")).ok()?;
    let best = *answer.hits.first()?;
    Some(catalogue.talks()[best].id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EventDraft, Place};
    use jiff::civil::date;

    fn catalogue() -> Arc<Catalogue> {
        let place = Place::of("x".as_ref());
        let draft = |day: i8, titles: &[&str]| EventDraft {
            event: Event::new("Boat Nights", "Boat Nights", date(2020, 12, day), place.clone()),
            talks: titles.iter().map(|t| Talk::new(*t, place.clone())).collect(),
        };
        Arc::new(Catalogue::build(vec![draft(2, &["Sails", "Ropes and knots"]), draft(9, &["Knots"])]).0)
    }

    fn picked(id: &str) -> String {
        match pick(&catalogue(), id) {
            Ok(Picked::Event(event)) => format!("event {}", event.id),
            Ok(Picked::Talk(talk)) => format!("talk {}", talk.id),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn whole_begun_or_any_words() {
        assert_eq!(picked("boat-nights-2020-12-02"), "event boat-nights-2020-12-02");
        assert_eq!(picked("boat-nights-2020-12-09-knots"), "talk boat-nights-2020-12-09-knots");
        assert_eq!(picked("boat-nights-2020-12-02-s"), "talk boat-nights-2020-12-02-sails");
        assert_eq!(picked("2020-12-09"), "event boat-nights-2020-12-09");
        assert_eq!(picked("ropes"), "talk boat-nights-2020-12-02-ropes-and-knots");
    }

    #[test]
    fn misses_say_what_to_do() {
        assert!(picked("boat").starts_with("`boat` is in 2 ids"));
        assert!(picked("knots").starts_with("`knots` is in 2 ids"));
        assert!(picked("boat-nights-2020-12-09-nkots").ends_with("did you mean `boat-nights-2020-12-09-knots`?"));
        assert!(picked("sials").ends_with("did you mean `boat-nights-2020-12-02-sails`?"));
        assert!(picked("zzzz\u{1b}").starts_with("no talk or event has the id `zzzz␛`"));
        assert!(picked("").starts_with("no talk or event"));
    }
}
