//! What is a list of chapters, and what is the agenda of a day or the plan of a talk.

use super::list::{Entry, List};
use super::{Broken, Found, Titled};
use crate::domain::Cue;

/// Cues up to here may be hours and minutes of a plan: `0:45` is three quarters of an hour into it.
const PLANNED: u32 = 3 * 60;

/// Takes a list for chapters, or not.
pub fn judge(list: List, length: Option<Cue>) -> Option<Found> {
    let List { mut entries, mut broken } = list;
    let clocks = entries.iter().filter(|entry| entry.clock).count();
    if clocks * 2 >= entries.len() {
        return None;
    }
    entries.retain(|entry| !entry.clock);
    cut(&mut entries, &mut broken, length)?;
    let titled = entries.iter().filter(|entry| is_titled(entry)).count();
    if titled * 2 <= entries.len() || is_agenda(&entries, length) || is_plan(&entries, length) {
        return None;
    }
    // What has no title still ends what is before it.
    for i in 1..entries.len() {
        if !is_titled(&entries[i]) && entries[i - 1].until.is_none() {
            entries[i - 1].until = Some(entries[i].cue);
        }
    }
    entries.retain(is_titled);
    let first = entries.first()?.cue;
    // Two times in a text are a list only if they begin where recordings do.
    if entries.len() < 2 || (entries.len() == 2 && first.seconds() > 0) {
        return None;
    }
    broken.extend(breaks(&entries));
    let chapters = entries.into_iter().map(|e| Titled { start: e.cue, end: e.until, title: e.title }).collect();
    Some(Found { chapters, broken })
}

fn is_titled(entry: &Entry) -> bool {
    entry.title.chars().any(char::is_alphanumeric)
}

/// Leaves out what is behind the recording's end. Where that is most of a list, it is no list of chapters, or the length is
/// wrong: a list that begins at 0:00 is believed more.
fn cut(entries: &mut Vec<Entry>, broken: &mut Vec<Broken>, length: Option<Cue>) -> Option<()> {
    let Some(length) = length else { return Some(()) };
    let past: Vec<Cue> = entries.iter().map(|entry| entry.cue).filter(|cue| *cue >= length).collect();
    if past.len() * 3 <= entries.len() {
        broken.extend(past.into_iter().map(Broken::PastEnd));
        entries.retain(|entry| entry.cue < length);
        return Some(());
    }
    broken.push(Broken::Length(length));
    (entries.len() >= 3 && entries[0].cue.seconds() == 0).then_some(())
}

/// Hours and minutes of a day: they begin late, stay within the day, and go in steps of five minutes.
fn is_agenda(entries: &[Entry], length: Option<Cue>) -> bool {
    let mut pairs = entries.iter().filter_map(|entry| entry.pair);
    let Some((first, _)) = pairs.next() else { return false };
    let within_a_day = entries.iter().all(|entry| entry.pair.is_some_and(|(hour, _)| hour <= 24));
    let round = entries.iter().filter(|entry| entry.pair.is_some_and(|(_, minute)| minute % 5 == 0)).count();
    // The small hours of a day are no hours of a meetup, and may well be minutes of a recording that long.
    let covered = first < 6 && length.is_some_and(|length| covers(entries, length));
    first >= 1 && within_a_day && round * 5 >= entries.len() * 4 && !covered
}

/// Hours and minutes from a session's beginning: they cover next to nothing of the recording if they are read as minutes and
/// seconds.
fn is_plan(entries: &[Entry], length: Option<Cue>) -> bool {
    let round = entries.iter().all(|entry| entry.pair.is_some_and(|(_, last)| last % 5 == 0));
    let last = entries.last().map_or(0, |entry| entry.until.unwrap_or(entry.cue).seconds());
    round && last <= PLANNED && !length.is_some_and(|length| covers(entries, length))
}

/// Do the cues reach into the recording's later part, as a list of chapters does?
fn covers(entries: &[Entry], length: Cue) -> bool {
    entries.last().is_some_and(|entry| entry.until.unwrap_or(entry.cue).seconds().saturating_mul(4) >= length.seconds())
}

fn breaks(entries: &[Entry]) -> Vec<Broken> {
    let mut broken = Vec::new();
    let first = entries.first().map(|entry| entry.cue).filter(|cue| cue.seconds() > 0);
    broken.extend(first.map(Broken::LateFirst));
    broken.extend((entries.len() < 3).then_some(Broken::Few));
    let close = entries.windows(2).find(|pair| pair[1].cue.seconds() - pair[0].cue.seconds() < 10);
    broken.extend(close.map(|pair| Broken::Close(pair[1].cue)));
    let whole = entries.iter().all(|entry| entry.cue.seconds() % 60 == 0);
    broken.extend(whole.then_some(Broken::WholeMinutes));
    broken
}
