//! How long from a start until every talk of a large archive is there: cold, from the snapshot, and after a file changed; beside a plain
//! serde read of the same files in the same run. `CUEPOINT_CORPORA=FOLDER cargo bench --bench archive` prints a table and says at the end
//! which targets are held. The whole program is measured, in a real pseudo-terminal.
//!
//! `RubyEvents` is taken twice and pyvideo four times, under other names and with other videos, which is as much as the two archives hold
//! together. `CUEPOINT_BENCH_RUNS` says how often each start is measured (5 unless told).

#[cfg(unix)]
mod corpus;
#[cfg(unix)]
mod measure;
#[cfg(unix)]
mod plain;
#[cfg(unix)]
mod program;

#[cfg(not(unix))]
fn main() {
    println!("left out: the programs are measured in a pseudo-terminal, and this system has none");
}

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("nothing is measured without --bench: cargo bench --bench archive");
        return Ok(());
    }
    let Some(corpora) = std::env::var_os("CUEPOINT_CORPORA") else {
        println!("left out: CUEPOINT_CORPORA is not set, so there is no archive to measure with");
        return Ok(());
    };
    let runs = std::env::var("CUEPOINT_BENCH_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(5);
    measure::all(&corpus::Corpus::copy(corpora.as_ref())?, runs)
}
