//! What a reader cannot see in one value: cues that contradict each other within an event.

use super::event::EventDraft;
use super::problem::Problem;
use super::talk::{Status, Talk};

/// Problems in how an event's talks stand to each other and to its recording.
pub fn lint(draft: &EventDraft) -> Vec<Problem> {
    let mut problems = Vec::new();
    if draft.talks.is_empty() {
        problems.push(Problem::note(draft.event.source.clone(), "the event has no talks"));
    }
    for talk in &draft.talks {
        problems.extend(lint_talk(talk));
    }
    for pair in draft.talks.windows(2) {
        problems.extend(lint_order(&pair[0], &pair[1]));
    }
    problems
}

fn lint_talk(talk: &Talk) -> Vec<Problem> {
    let warn = |message: String| Problem::warning(talk.source.clone(), message);
    let mut problems = Vec::new();
    if let (Some(start), Some(end)) = (talk.span.start, talk.span.end)
        && end <= start
    {
        problems.push(warn(format!("the talk ends at {end}, before it starts at {start}")));
    }
    if let (Some(start), None) = (talk.span.start, &talk.recording) {
        problems.push(warn(format!("the talk starts at {start}, but of no recording")).hint("give the talk or its event a recording"));
    }
    if talk.outline().printed_start
        && let (Some(printed), Some(start)) = (talk.about().printed_start, talk.span.start)
    {
        problems.push(warn(format!("the text says {printed}, but the link goes to {start}")).hint("both are kept; the link's is opened"));
    }
    if talk.status == Status::Cancelled && talk.span.start.is_some() {
        problems.push(warn("the talk is cancelled, yet has a start".to_owned()));
    }
    problems
}

fn lint_order(first: &Talk, second: &Talk) -> Option<Problem> {
    if first.recording != second.recording {
        return None;
    }
    let (a, b) = (first.span.start?, second.span.start?);
    let place = second.source.clone();
    if a == b {
        Some(Problem::warning(place, format!("two talks start at {a}")).hint("one of the two cues is wrong"))
    } else if a > b {
        Some(
            Problem::warning(place, format!("the talk starts at {b}, before the one above it at {a}"))
                .hint("check both cues, or put the talks in order"),
        )
    } else if first.span.end.is_some_and(|end| end > b) {
        Some(Problem::warning(place, format!("the talk starts at {b}, before the one above it has ended")))
    } else {
        None
    }
}
