//! The measurements, and what must be held.

use crate::corpus::Corpus;
use crate::plain;
use crate::program::Program;
use anyhow::Context;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// A word that many talks hold: its hits are counted by the search line.
const QUERY: &str = "testing";

/// What one kind of start took, run by run.
#[derive(Default)]
struct Times {
    first_frame: Vec<Duration>,
    first_talks: Vec<Duration>,
    all: Vec<Duration>,
    searchable: Vec<Duration>,
    peak: Vec<f64>,
}

pub fn all(corpus: &Corpus, runs: usize) -> anyhow::Result<()> {
    let bytes: u64 = corpus.files.iter().filter_map(|file| fs::metadata(file).ok()).map(|file| file.len()).sum();
    println!("{} files, {:.1} MB, {} cores, {runs} runs of each, medians\n", corpus.files.len(), megabytes(bytes), cores());
    plain::read(&corpus.files);
    let (talks, hits) = expected(corpus)?;
    println!("{talks} talks, {hits} of them found for “{QUERY}”\n");
    let (mut plain_read, mut stat, mut list, mut changed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut cold, mut warm) = (Times::default(), Times::default());
    for _ in 0..runs {
        plain_read.push(plain::read(&corpus.files));
        stat.push(plain::stat(&corpus.files));
        fs::remove_dir_all(&corpus.cache).ok();
        cold.add(corpus, talks, hits)?;
        written(corpus)?;
        warm.add(corpus, talks, hits)?;
        list.push(timed_list(corpus)?.0);
        changed.push(change(corpus, talks)?);
    }
    let plain_read = median(plain_read);
    println!("{:<44} {:>9}", "plain serde read of the files, two threads", ms(plain_read));
    println!("{:<44} {:>9}\n", "a stat of every file, one thread", ms(median(stat)));
    let times = |what: &str, time: Duration, most: u64| {
        let ratio = time.as_secs_f64() / plain_read.as_secs_f64();
        say(time <= Duration::from_millis(most), what, &ms(time), &format!("≤ {most} ms"), &format!("{ratio:.2} × the plain read"));
    };
    times("cold: the first frame", median(cold.first_frame), 30);
    times("cold: the first talks", median(cold.first_talks), 150);
    times("cold: all talks browsable", median(cold.all), 900);
    times("cold: all talks searchable", median(cold.searchable), 900);
    times("warm: the first frame", median(warm.first_frame), 30);
    times("warm: all talks browsable", median(warm.all), 40);
    times("warm: all talks searchable", median(warm.searchable), 40);
    times("list, only what is fresh", median(list), 250);
    times("a changed file seen", median(changed), 200);
    for (what, mut peaks, most) in [("cold: peak memory", cold.peak, 200.0), ("warm: peak memory", warm.peak, 80.0)] {
        peaks.sort_by(f64::total_cmp);
        if let Some(peak) = peaks.get(peaks.len() / 2) {
            say(*peak <= most, what, &format!("{peak:.0} MB"), &format!("≤ {most} MB"), "");
        }
    }
    Ok(())
}

impl Times {
    /// Starts the program twice: to browse, and with a query that waits for every talk.
    fn add(&mut self, corpus: &Corpus, talks: usize, hits: usize) -> anyhow::Result<()> {
        let is_cold = !corpus.cache.join("cuepoint").exists();
        let mut program = Program::start(corpus, &[])?;
        self.first_frame.push(program.saw("the first frame", |screen| screen.contains("cuepoint"))? - program.begun);
        self.first_talks.push(program.saw("talks", |screen| !screen.contains("reading the") && screen.contains("20"))? - program.begun);
        let all = format!("{talks} talks");
        self.all.push(program.saw("every talk", |screen| screen.contains(&all))? - program.begun);
        std::thread::sleep(Duration::from_millis(400));
        self.peak.extend(program.peak());
        program.end()?;
        if is_cold {
            fs::remove_dir_all(&corpus.cache).ok();
        }
        let mut program = Program::start(corpus, &[QUERY])?;
        let found = format!("{hits} of {talks}");
        let plain = format!("{hits} talks");
        let is_so = |screen: &str| screen.contains(&found) || screen.contains(&plain);
        self.searchable.push(program.saw(&found, is_so)? - program.begun);
        if is_cold {
            // The snapshot is written when nothing happens any more.
            std::thread::sleep(Duration::from_secs(4));
        }
        program.end()
    }
}

/// A snapshot whose files were not written just now: what was is read again to be sure.
fn written(corpus: &Corpus) -> anyhow::Result<()> {
    let written = fs::read_dir(corpus.cache.join("cuepoint")).context("a snapshot was to be written")?.count();
    anyhow::ensure!(written == 1, "one snapshot was to be written, not {written}");
    Ok(())
}

/// How many talks there are, and how many the query finds.
fn expected(corpus: &Corpus) -> anyhow::Result<(usize, usize)> {
    let (_, all) = list(corpus, &["list"])?;
    let (_, found) = list(corpus, &["list", QUERY])?;
    Ok((all, found))
}

fn timed_list(corpus: &Corpus) -> anyhow::Result<(Duration, usize)> {
    list(corpus, &["list", QUERY])
}

fn list(corpus: &Corpus, arguments: &[&str]) -> anyhow::Result<(Duration, usize)> {
    let begun = Instant::now();
    let output = command(corpus, arguments).output()?;
    Ok((begun.elapsed(), String::from_utf8_lossy(&output.stdout).lines().count()))
}

fn command(corpus: &Corpus, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cuepoint"));
    command
        .args(arguments)
        .env("XDG_CACHE_HOME", &corpus.cache)
        .env("XDG_CONFIG_HOME", corpus.cache.join("no-settings"))
        .env("XDG_DATA_HOME", corpus.cache.join("no-data"));
    for source in &corpus.sources {
        command.arg("--source").arg(source);
    }
    command
}

/// From a file that is written to its new title on the screen.
fn change(corpus: &Corpus, talks: usize) -> anyhow::Result<Duration> {
    let newest = command(corpus, &["list", "--format", "json", "--limit", "1"]).output()?;
    let newest: serde_json::Value = serde_json::from_slice(&newest.stdout)?;
    let (title, path) = (&newest[0]["title"], &newest[0]["source"]["path"]);
    let (title, path) = (title.as_str().context("a title")?, PathBuf::from(path.as_str().context("a path")?));
    let text = fs::read_to_string(&path)?;
    let mut program = Program::start(corpus, &[])?;
    let all = format!("{talks} talks");
    program.saw("every talk", |screen| screen.contains(&all))?;
    // Until what changed since the last start was looked for.
    std::thread::sleep(Duration::from_millis(1500));
    program.press("2")?;
    program.saw("the newest", |screen| screen.contains(title.get(..12).unwrap_or(title)))?;
    let begun = Instant::now();
    fs::write(&path, text.replacen(title, "Zanzibar changed", 1))?;
    let seen = program.saw("the change", |screen| screen.contains("Zanzibar changed"))? - begun;
    program.end()?;
    fs::write(&path, text)?;
    Ok(seen)
}

fn say(held: bool, what: &str, figure: &str, target: &str, remark: &str) {
    let verdict = if held { "held" } else { "missed" };
    println!("{verdict:<7} {what:<36} {figure:>10}   {target:<10} {remark}");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn megabytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "it is shown with one digit")]
    let bytes = bytes as f64;
    bytes / 1e6
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
