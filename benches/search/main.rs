//! How long a key press takes to ranked talks, beside what generic fuzzy finders take for the same key over the same
//! talks in the same run; how long the index takes to build, and the memory it holds. `cargo bench --bench search`
//! prints tables and says at the end which targets are held.
//!
//! `CUEPOINT_CORPORA=FOLDER` adds real archives to the bundled one, `CUEPOINT_BENCH_TALKS=33k` leaves the million out,
//! `CUEPOINT_BENCH_PEERS=none` the peers.
//!
//! A plain program rather than a criterion bench: a key over a million lines takes a peer a second, too long to be
//! repeated until it is certain to a percent. Instead many keys are measured once each, ours and the peers' in turn and
//! another first each time, so that whatever else the machine does hits all alike.

mod archives;
mod case;
mod measure;
mod memory;
mod nasty;
mod peers;
mod queries;
mod rng;
mod synthetic;
mod targets;

use case::{Case, beside, worst};
use measure::{head, times_head};
use synthetic::Words;
use targets::Seen;

/// As many as `RubyEvents` and pyvideo hold together.
const SMALL: usize = 32_697;
const LARGE: usize = 1_000_000;

/// How many keys the peers answer over a million talks, at most.
const SAMPLE: usize = 48;

fn main() -> anyhow::Result<()> {
    if memory::is_child() {
        return Ok(memory::child()?);
    }
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("nothing is measured without --bench: cargo bench --bench search");
        return Ok(());
    }
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|set| set == value);
    let (with_peers, with_million) = (!is("CUEPOINT_BENCH_PEERS", "none"), !is("CUEPOINT_BENCH_TALKS", "33k"));

    let drafts = archives::load();
    let words = Words::of(&drafts);
    println!("{} cores, two threads for each peer; each beginning of each query is a key", std::thread::available_parallelism()?);

    head("catalogues and indexes");
    let real = Case::new("real", drafts, 5);
    let small = Case::new("33k", words.events(SMALL, false), 7);
    let described = Case::new("33k with descriptions", words.events(SMALL, true), 5);
    let large = with_million.then(|| Case::new("1M", words.events(LARGE, false), 3));
    drop(words);

    head("memory, MB, in a process that holds nothing else");
    println!("{:<24} {:>10} {:>12} {:>18} {:>8}", "talks", "catalogue", "with index", "peak of catalogue", "peak");
    let memory = |case: &Case| -> anyhow::Result<Option<f64>> {
        let memory = memory::of(&case.catalogue)?;
        match memory {
            Some(m) => println!("{:<24} {:>10.1} {:>12.1} {:>18.1} {:>8.1}", case.name, m.catalogue, m.index, m.catalogue_peak, m.peak),
            None => println!("{:<24} left out: this system does not tell", case.name),
        }
        Ok(memory.map(|memory| memory.peak))
    };
    memory(&real)?;
    let mut small_seen = Seen { build: Some(small.build), memory: memory(&small)?, ..Seen::default() };
    memory(&described)?;
    let mut large_seen = Seen::default();
    if let Some(large) = &large {
        large_seen = Seen { build: Some(large.build), memory: memory(large)?, ..Seen::default() };
    }

    head("queries");
    for query in &small.queries {
        println!("{:<30} {}", query.kind, query.text);
    }

    head("a key to ranked talks, every key");
    times_head("talks");
    real.every_key();
    small_seen.keys = Some(small.every_key());
    described.every_key();
    if let Some(large) = &large {
        large_seen.keys = Some(large.every_key());
    }

    if with_peers {
        small_seen.peers = beside(&small, usize::MAX);
        if let Some(large) = &large {
            large_seen.peers = beside(large, SAMPLE);
        }
    }
    let worst = worst(large.as_ref().unwrap_or(&small));

    head("targets");
    targets::print(targets::SMALL, &small_seen);
    if with_million {
        targets::print(targets::LARGE, &large_seen);
    }
    targets::print_worst(worst);
    Ok(())
}
