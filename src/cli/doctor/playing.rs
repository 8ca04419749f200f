//! What plays talks, and what becomes of it.

use super::{Check, Facts, PATIENCE, Section, State};
use crate::open::ask::{Answer, version};
use crate::open::find;
use crate::player::{Settings, WhenLeaving};
use crate::text::clean_line;
use std::thread;

/// Finds recordings in web pages for mpv.
const HELPER: &str = "yt-dlp";

pub fn section(facts: &Facts) -> Section {
    let settings = facts.player;
    let mut checks = vec![player(settings)];
    if settings.is_mpv() {
        // Each may take its whole time, so they are asked at once.
        let [mpv, helper] = thread::scope(|scope| {
            let asked = [settings.command.program(), HELPER].map(|program| scope.spawn(move || version(program, PATIENCE)));
            asked.map(|answer| answer.join().unwrap_or(Answer::Silent))
        });
        checks.push(program("mpv", mpv, "plays a talk from its first second to its last"));
        checks.push(program(HELPER, helper, "lets mpv play YouTube and other web pages; media files need none of it"));
    }
    let leaving = match settings.when_leaving {
        WhenLeaving::KeepPlaying => "what plays goes on playing when the screen is left",
        WhenLeaving::Stop => "what plays is stopped when the screen is left",
    };
    checks.push(Check::new("when leaving", State::Good, leaving));
    Section { name: "Playing", checks }
}

/// What is started.
fn player(settings: &Settings) -> Check {
    let words = settings.command.words().iter().map(|word| clean_line(word)).collect::<Vec<_>>().join(" ");
    let treated = if settings.is_mpv() && cfg!(unix) { "followed while it plays" } else { "started for each talk, and left alone" };
    let (state, says) = match find(settings.command.program().as_ref()) {
        Some(path) => (State::Good, format!("{words} ({}), {treated}", clean_line(&path.to_string_lossy()))),
        None if settings.command == Settings::default().command => {
            (State::Note, "mpv is not here, and `player` names no other: talks can be opened, but not played".to_owned())
        }
        None => (State::Look, format!("not to be found or not to be run: {}", clean_line(settings.command.program()))),
    };
    Check::new("player", state, says)
}

fn program(name: &str, answer: Answer, good_for: &str) -> Check {
    match answer {
        // mpv goes on about who wrote it.
        Answer::Says(version) => Check::new(name, State::Good, version.split(" Copyright").next().unwrap_or_default()),
        Answer::Missing => Check::new(name, State::Note, format!("not here; it {good_for}")),
        Answer::Silent => Check::new(name, State::Note, "here, but it told no version within a second"),
    }
}
