//! What else one could ask: generic fuzzy finders over whole lines. Each does what a finder built on it would do at a
//! key press, on two threads: match every line, then rank those that match.

use cuepoint::domain::{Catalogue, Talk};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};
use std::cell::RefCell;
use std::thread;

/// How many threads a peer gets.
const THREADS: usize = 2;

/// Talks as the lines that a finder would be given.
pub struct Lines {
    plain: Vec<String>,
    /// The same, as nucleo keeps them.
    nucleo: Vec<Utf32String>,
}

impl Lines {
    /// A line for each talk.
    pub fn of(catalogue: &Catalogue) -> Lines {
        let plain: Vec<String> = catalogue.talks().iter().map(|talk| line(catalogue, talk)).collect();
        let nucleo = plain.iter().map(|line| line.as_str().into()).collect();
        Lines { plain, nucleo }
    }
}

/// `title — speakers — company — event — date`.
fn line(catalogue: &Catalogue, talk: &Talk) -> String {
    let event = catalogue.event_of(talk);
    let speakers: Vec<&str> = talk.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    format!("{} — {} — {} — {} — {}", talk.title, speakers.join(", "), talk.companies().join(", "), event.title, event.date)
}

/// Answers a query with how many lines match.
type Ask<'a> = Box<dyn Fn(&str) -> usize + 'a>;

/// A finder.
pub struct Peer<'a> {
    /// What it is called.
    pub name: &'static str,
    /// One key press.
    pub ask: Ask<'a>,
}

/// Every peer, over these lines.
pub fn over(lines: &Lines) -> Vec<Peer<'_>> {
    let frizbee = |typos: u16| -> Ask<'_> {
        let config = frizbee::Config::default().max_typos(Some(typos));
        // Its default order is the best first.
        Box::new(move |query| frizbee::Matcher::new(query, &config).match_list_parallel(&lines.plain, THREADS).len())
    };
    vec![
        Peer { name: "frizbee 0.13, no typos", ask: frizbee(0) },
        Peer { name: "frizbee 0.13, one typo", ask: frizbee(1) },
        Peer { name: "nucleo-matcher", ask: nucleo(&lines.nucleo) },
        Peer { name: "fuzzy-matcher", ask: skim(&lines.plain) },
    ]
}

fn nucleo(lines: &[Utf32String]) -> Ask<'_> {
    // They hold 135 kB each and are meant to be kept.
    let matchers = RefCell::new([(); THREADS].map(|()| Matcher::new(Config::DEFAULT)));
    Box::new(move |query| {
        let pattern = Pattern::parse(query, CaseMatching::Smart, Normalization::Smart);
        let mut matchers = matchers.borrow_mut();
        let score = |matcher: &mut Matcher, line: &Utf32String| pattern.score(line.slice(..), matcher);
        ranked(lines, matchers.iter_mut().map(|matcher| move |line: &Utf32String| score(matcher, line)))
    })
}

fn skim(lines: &[String]) -> Ask<'_> {
    let matcher = SkimMatcherV2::default();
    Box::new(move |query| ranked(lines, [(); THREADS].map(|()| |line: &String| matcher.fuzzy_match(line, query))))
}

/// Scores each line, a share of them to each scorer on a thread of its own, and sorts those that match, best first.
fn ranked<L: Sync, S: Ord + Send, F: FnMut(&L) -> Option<S> + Send>(lines: &[L], scorers: impl IntoIterator<Item = F>) -> usize {
    let share = lines.len().div_ceil(THREADS).max(1);
    let mut found: Vec<(S, usize)> = thread::scope(|scope| {
        let shares = lines.chunks(share).enumerate().zip(scorers);
        let threads: Vec<_> = shares
            .map(|((number, lines), mut scorer)| {
                let numbered = (number * share..).zip(lines);
                scope.spawn(move || numbered.filter_map(|(at, line)| Some((scorer(line)?, at))).collect::<Vec<_>>())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a share was scored")).collect()
    });
    found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    found.len()
}
