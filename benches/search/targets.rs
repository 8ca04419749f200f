//! What must be held, and whether it is.

use crate::case::Beside;
use crate::measure::{Times, ms};
use std::time::Duration;

/// What must be held over so many talks.
#[derive(Debug, Clone, Copy)]
pub struct Targets {
    name: &'static str,
    median: Duration,
    p99: Duration,
    build: Duration,
    /// Megabytes.
    memory: f64,
    /// By the start of a peer's name: how many times faster we must be, by the median.
    faster: [(&'static str, f64); 3],
}

/// Over 32,697 talks.
pub const SMALL: Targets = Targets {
    name: "33k",
    median: Duration::from_micros(500),
    p99: Duration::from_millis(2),
    build: Duration::from_millis(150),
    memory: 60.0,
    faster: [("frizbee 0.13, no", 4.0), ("nucleo", 40.0), ("fuzzy", 40.0)],
};

/// Over a million.
pub const LARGE: Targets = Targets {
    name: "1M",
    median: Duration::from_millis(5),
    p99: Duration::from_millis(25),
    build: Duration::from_secs(4),
    memory: 1200.0,
    faster: [("frizbee 0.13, no", 10.0), ("nucleo", 100.0), ("fuzzy", 100.0)],
};

/// No query may take longer.
const WORST: Duration = Duration::from_millis(100);

/// What was measured.
#[derive(Default)]
pub struct Seen {
    /// Every key.
    pub keys: Option<Times>,
    /// The index.
    pub build: Option<Duration>,
    /// Megabytes, at the peak.
    pub memory: Option<f64>,
    /// The peers.
    pub peers: Vec<Beside>,
}

/// Says of each target whether it is held.
pub fn print(targets: Targets, seen: &Seen) {
    let name = targets.name;
    let time = |what: &str, time: Duration, most: Duration| {
        say(time <= most, &format!("{name}, {what}"), &format!("{} ms", ms(time)), &format!("≤ {} ms", ms(most)));
    };
    if let Some(keys) = seen.keys {
        time("a key, median", keys.median, targets.median);
        time("a key, 99th percentile", keys.p99, targets.p99);
    }
    for (peer, least) in targets.faster {
        if let Some(beside) = seen.peers.iter().find(|beside| beside.name.starts_with(peer)) {
            let figure = format!("{:.1}× (p99 {:.1}×)", beside.median, beside.p99);
            say(beside.median >= least, &format!("{name}, faster than {}", beside.name), &figure, &format!("≥ {least}×"));
        }
    }
    if let Some(build) = seen.build {
        time("index build", build, targets.build);
    }
    if let Some(memory) = seen.memory {
        let most = targets.memory;
        say(memory <= most, &format!("{name}, peak memory"), &format!("{memory:.1} MB"), &format!("≤ {most} MB"));
    }
}

/// The same for the slowest nasty query.
pub fn print_worst(worst: Duration) {
    say(worst <= WORST, "the slowest nasty query", &format!("{} ms", ms(worst)), &format!("≤ {} ms", ms(WORST)));
}

fn say(held: bool, what: &str, figure: &str, target: &str) {
    let verdict = if held { "held" } else { "missed" };
    println!("{verdict:<7} {what:<36} {figure:>22}   {target}");
}
