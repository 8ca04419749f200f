//! Times, and the tables they are printed in.

use std::fmt;
use std::time::{Duration, Instant};

/// Runs it once; what it gives, and how long it took.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}

/// The middle of several runs.
pub fn median_of(runs: usize, mut run: impl FnMut() -> Duration) -> Duration {
    Times::of((0..runs).map(|_| run()).collect()).median
}

/// How times are spread.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// Half of them are no longer.
    pub median: Duration,
    /// 99 in a hundred are no longer.
    pub p99: Duration,
    /// The longest.
    pub max: Duration,
    /// How many there are.
    pub count: usize,
}

impl Times {
    /// The spread of these; there must be some.
    pub fn of(mut times: Vec<Duration>) -> Times {
        times.sort_unstable();
        let count = times.len();
        let at = |percent: usize| times[(count * percent).div_ceil(100).saturating_sub(1)];
        Times { median: at(50), p99: at(99), max: at(100), count }
    }
}

/// Median, 99th percentile and maximum in milliseconds.
impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>9} {:>9} {:>9}  {:>4} keys", ms(self.median), ms(self.p99), ms(self.max), self.count)
    }
}

/// Milliseconds with as many digits as say something.
pub fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    match ms {
        ..1.0 => format!("{ms:.3}"),
        ..100.0 => format!("{ms:.2}"),
        _ => format!("{ms:.0}"),
    }
}

/// How many times longer one is than the other.
pub fn ratio(long: Duration, short: Duration) -> f64 {
    long.as_secs_f64() / short.as_secs_f64().max(1e-9)
}

/// The head of a part.
pub fn head(title: &str) {
    println!("\n== {title}");
}

/// The head of a table of [`Times`].
pub fn times_head(first: &str) {
    println!("{first:<42} {:>9} {:>9} {:>9}", "median ms", "p99 ms", "max ms");
}
