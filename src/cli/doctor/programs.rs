//! Programs of others that cuepoint can make use of.

use super::{Check, Facts, PATIENCE, Section, State};
use crate::open::ask::{Answer, version};
use std::thread;

/// Each with what it is good for.
const PROGRAMS: [(&str, &str); 2] = [("mpv", "plays a talk from its first second to its last"), ("yt-dlp", "lets mpv play YouTube")];

pub fn section(_: &Facts) -> Section {
    // Each may take its whole time, so they are asked at once.
    let asked = thread::scope(|scope| {
        let asked: Vec<_> = PROGRAMS.iter().map(|(program, _)| scope.spawn(|| version(program, PATIENCE))).collect();
        asked.into_iter().map(|answer| answer.join().unwrap_or(Answer::Silent)).collect::<Vec<_>>()
    });
    let checks = PROGRAMS.iter().zip(asked).map(|((program, good_for), answer)| match answer {
        // mpv goes on about who wrote it.
        Answer::Says(version) => Check::new(program, State::Good, version.split(" Copyright").next().unwrap_or_default()),
        Answer::Missing => Check::new(program, State::Note, format!("not here; it {good_for}")),
        Answer::Silent => Check::new(program, State::Note, "here, but it told no version within a second"),
    });
    Section { name: "Programs", checks: checks.collect() }
}
