//! Chapters: titled cues that publishers put on recordings, and those written into descriptions.
//!
//! A chapter is part of a talk, or a talk of its own where the recording is a whole evening: [`split`] tells which, and is
//! what a reader calls at the end of a talk that has its recording for itself.

mod judge;
mod list;
mod marks;
pub(super) mod people;
mod split;

pub use split::{inside, split, split_by};

use crate::domain::{Chapter, Cue, Place, Problem};

/// Chapters that are read of one recording; who has more cut them by machine.
pub const MOST: usize = 300;

/// A titled cue with the end that stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled {
    /// Where it begins.
    pub start: Cue,
    /// Where it ends, where that is said (`0:00-5:16`).
    pub end: Option<Cue>,
    /// What it is called, on one line, without the signs of a list.
    pub title: String,
}

/// What speaks against a list of chapters that was taken for one all the same. `YouTube` would take none of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The first is not at 0:00.
    LateFirst(Cue),
    /// There are two of them only.
    Few,
    /// One begins less than ten seconds after the one before.
    Close(Cue),
    /// A cue that goes back was left out.
    OutOfOrder(Cue),
    /// A cue behind the recording's end was left out.
    PastEnd(Cue),
    /// Many are behind the recording's end, whose length is doubted therefore.
    Length(Cue),
    /// All cues are whole minutes: they may have been planned, not measured.
    WholeMinutes,
}

impl Broken {
    /// Was a line of the list left out for it?
    pub fn is_loss(self) -> bool {
        matches!(self, Broken::OutOfOrder(_) | Broken::PastEnd(_))
    }

    /// Does the recording's file contradict itself?
    pub fn is_doubt(self) -> bool {
        self.is_loss() || matches!(self, Broken::Length(_))
    }

    /// What is wrong, as a person says it.
    fn words(self) -> String {
        match self {
            Broken::LateFirst(cue) => format!("the first is at {cue}"),
            Broken::Few => "there are only two".to_owned(),
            Broken::Close(cue) => format!("the one at {cue} is within ten seconds of the one before"),
            Broken::OutOfOrder(cue) => format!("{cue} goes back, and was left out"),
            Broken::PastEnd(cue) => format!("{cue} is behind the recording's end, and was left out"),
            Broken::Length(cue) => format!("most are behind the recording's end at {cue}, which is not believed"),
            Broken::WholeMinutes => "all are at whole minutes, as if planned".to_owned(),
        }
    }
}

/// A list of chapters that was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order of their cues, each cue once.
    pub chapters: Vec<Titled>,
    /// The rules that the list breaks, each once.
    pub broken: Vec<Broken>,
}

impl Found {
    /// What the list breaks, as something worth a look; a warning where a line of it was left out.
    pub fn problem(&self, place: &Place) -> Option<Problem> {
        if self.broken.is_empty() {
            return None;
        }
        let words: Vec<String> = self.broken.iter().map(|broken| broken.words()).collect();
        let message = format!("the chapters in the description break a rule: {}", words.join("; "));
        let lost = self.broken.iter().any(|broken| broken.is_doubt());
        let problem = if lost { Problem::warning(place.clone(), message) } else { Problem::note(place.clone(), message) };
        Some(problem.hint("give the first at 0:00, at least three, in order, ten seconds apart"))
    }
}

/// The chapters written into a description, if there is a list of them. The recording's length tells them from a day's agenda,
/// and so do their steps where it is not known.
pub fn chapters(description: &str, length: Option<Cue>) -> Option<Found> {
    if !marks::may_hold(description) {
        return None;
    }
    let text = marks::plain(description);
    let lists = list::candidates(&text);
    lists.into_iter().filter_map(|list| judge::judge(list, length)).max_by_key(|found| found.chapters.len())
}

/// As the chapters of one talk.
pub fn inner(chapters: &[Titled]) -> Vec<Chapter> {
    chapters.iter().map(|c| Chapter { start: c.start, title: c.title.clone() }).collect()
}

#[cfg(test)]
mod tests;
