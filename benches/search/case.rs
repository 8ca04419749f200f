//! A catalogue with its index and its queries, and what is measured on them.

use crate::measure::{Times, head, median_of, ms, ratio, timed, times_head};
use crate::nasty;
use crate::peers::{self, Lines};
use crate::queries::{self, Query};
use crate::rng::Rng;
use cuepoint::domain::{Catalogue, EventDraft};
use cuepoint::search::Engine;
use std::cmp::Reverse;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a part may take before it goes on with fewer keys.
const PATIENCE: Duration = Duration::from_secs(90);

/// What is asked.
pub struct Case {
    /// What its talks are called in tables.
    pub name: &'static str,
    /// The talks.
    pub catalogue: Arc<Catalogue>,
    /// What people would type.
    pub queries: Vec<Query>,
    /// How long the index took to build.
    pub build: Duration,
    engine: Engine,
}

impl Case {
    /// Builds a catalogue, and its index so many times.
    pub fn new(name: &'static str, drafts: Vec<EventDraft>, builds: usize) -> Case {
        let ((catalogue, _), reading) = timed(|| Catalogue::build(drafts));
        let catalogue = Arc::new(catalogue);
        let build = median_of(builds, || timed(|| black_box(Engine::new(catalogue.clone()))).1);
        let (talks, events) = (catalogue.talks().len(), catalogue.events().len());
        println!("{name:<24} {talks:>9} talks {events:>7} events   catalogue {:>8} ms   index {:>8} ms", ms(reading), ms(build));
        Case { name, queries: queries::of(&catalogue), engine: Engine::new(catalogue.clone()), catalogue, build }
    }

    fn ask(&self, query: &str) -> Duration {
        timed(|| black_box(self.engine.answer(query).is_ok())).1
    }

    /// Every key of every query, in the order of typing.
    pub fn every_key(&self) -> Times {
        let keys = queries::keys(&self.queries);
        self.ask(keys[0]);
        let start = Instant::now();
        let times: Vec<Duration> = keys.iter().take_while(|_| start.elapsed() < PATIENCE).map(|key| self.ask(key)).collect();
        let mut slowest: Vec<_> = times.iter().zip(&keys).collect();
        slowest.sort_by_key(|(time, _)| Reverse(**time));
        let slowest: Vec<_> = slowest.iter().take(12).map(|(time, key)| format!("{key:?} {}", ms(**time))).collect();
        let times = Times::of(times);
        println!("{:<42} {times}{}", self.name, cut_short(times.count, keys.len()));
        println!("{:<42} {}", "  slowest, ms", slowest.join(", "));
        times
    }
}

/// What is said where the time was too short for every key.
fn cut_short(done: usize, of: usize) -> String {
    if done < of { format!(" (of {of}: {} s are over)", PATIENCE.as_secs()) } else { String::new() }
}

/// How a peer and we did on the same keys.
pub struct Beside {
    /// The peer.
    pub name: &'static str,
    /// How many times faster we are, by the median.
    pub median: f64,
    /// By the 99th percentile.
    pub p99: f64,
}

/// The same keys for us and for every peer, in turn and another first at each key, in the order of a draw; at most so many.
pub fn beside(case: &Case, most: usize) -> Vec<Beside> {
    head(&format!("a key to ranked talks, beside peers, {} talks", case.name));
    let lines = Lines::of(&case.catalogue);
    let peers = peers::over(&lines);
    let mut keys = queries::keys(&case.queries);
    Rng::new(7).shuffle(&mut keys);
    let all = keys.len();
    keys.truncate(most);

    // We are the last.
    let ask = |who: usize, key: &str| match peers.get(who) {
        Some(peer) => timed(|| black_box((peer.ask)(key))).1,
        None => case.ask(key),
    };
    let everyone = peers.len() + 1;
    for who in 0..everyone {
        ask(who, keys[0]);
    }
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); everyone];
    let start = Instant::now();
    for (first, key) in keys.iter().take_while(|_| start.elapsed() < PATIENCE).enumerate() {
        for who in (first..first + everyone).map(|turn| turn % everyone) {
            times[who].push(ask(who, key));
        }
    }
    let ours = Times::of(times.pop().unwrap_or_default());
    println!("{} keys of {all}, drawn{}", ours.count, cut_short(ours.count, keys.len()));
    times_head("on the same keys");
    println!("{:<42} {ours}", "cuepoint");
    let compare = |(peer, times): (&peers::Peer, Vec<Duration>)| {
        let times = Times::of(times);
        let (median, p99) = (ratio(times.median, ours.median), ratio(times.p99, ours.p99));
        println!("{:<42} {times}   median {median:.1}×, p99 {p99:.1}× ours", peer.name);
        Beside { name: peer.name, median, p99 }
    };
    peers.iter().zip(times).map(compare).collect()
}

/// The longest that a nasty query takes, each the middle of three runs.
pub fn worst(case: &Case) -> Duration {
    head(&format!("nasty queries, {} talks, the slowest ten", case.name));
    let start = Instant::now();
    let queries = nasty::queries();
    let mut times = Vec::new();
    for (name, query) in queries.iter().take_while(|_| start.elapsed() < PATIENCE) {
        let answered = if case.engine.answer(query).is_ok() { "an answer" } else { "an error" };
        times.push((median_of(3, || case.ask(query)), name, answered));
    }
    times.sort_by_key(|(time, ..)| Reverse(*time));
    for (time, name, answered) in times.iter().take(10) {
        println!("{name:<42} {:>9} ms  {answered}", ms(*time));
    }
    println!("{} queries, each an answer or an error{}", times.len(), cut_short(times.len(), queries.len()));
    times.first().map(|(time, ..)| *time).unwrap_or_default()
}
