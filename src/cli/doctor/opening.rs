//! Which means of opening would be used, and why not the others.

use super::{Check, Facts, Section, State};
use crate::open::{Launch, Multiplexer, Rung, Step, Target};
use crate::text::clean_line;

/// A link that is only looked at.
const SAMPLE: &str = "https://www.youtube.com/watch?v=AAAAAAAAAAA&t=1s";

pub fn section(facts: &Facts) -> Section {
    let mut checks = Vec::new();
    let mut used = false;
    for step in facts.ladder.steps(&Target::link(SAMPLE)) {
        checks.push(rung(&step, &mut used));
    }
    checks.push(copy(facts, used));
    Section { name: "Opening, in this order", checks }
}

/// A rung; whether one before it is used already, or this one is.
fn rung(step: &Step, used: &mut bool) -> Check {
    let name = step.rung.name();
    let launches = match &step.launches {
        Ok(launches) => launches,
        Err(why) => return Check::new(name, State::Note, format!("not tried: {why}")),
    };
    let there = launches.iter().find_map(|launch| Some((launch, launch.path()?)));
    let own = matches!(step.rung, Rung::Command | Rung::Browser);
    // What somebody chose is to be mended; what a desktop happens to lack is not.
    let missing: Vec<String> = launches.iter().filter(|launch| launch.path().is_none()).map(Launch::name).collect();
    let mut faults = step.faults.clone();
    if own && !missing.is_empty() {
        faults.push(format!("not to be found or not to be run: {}", missing.join(", ")));
    }
    let Some((launch, path)) = there else {
        faults.extend((!own).then(|| format!("none of its programs is here: {}", missing.join(", "))));
        return Check::new(name, if own { State::Look } else { State::Note }, faults.join("; "));
    };
    let path = path.to_string_lossy();
    let when = if std::mem::replace(used, true) { "if those before it fail" } else { "used" };
    let mut says = format!("{when}: {} ({})", launch.name(), clean_line(&path));
    for fault in &faults {
        says.extend(["; ", fault]);
    }
    Check::new(name, if faults.is_empty() { State::Good } else { State::Look }, says)
}

/// The last resort: the link is copied and shown.
fn copy(facts: &Facts, used: bool) -> Check {
    let surroundings = facts.ladder.surroundings();
    let how = match surroundings.multiplexer {
        Multiplexer::None => "by OSC 52",
        Multiplexer::Tmux => "by OSC 52, plain and wrapped for tmux",
        Multiplexer::Screen => "by OSC 52, wrapped for GNU screen",
    };
    let (state, says) = match (facts.steerable, used) {
        (true, false) => (State::Good, format!("used: {how}, and the link is shown whole")),
        (true, true) => (State::Good, format!("if those before it fail: {how}, and the link is shown whole")),
        (false, true) => (State::Note, "not possible: there is no terminal here that could copy".to_owned()),
        (false, false) => (State::Look, "nothing opens links here, and there is no terminal that could copy; set `open`".to_owned()),
    };
    Check::new("copying", state, says)
}
