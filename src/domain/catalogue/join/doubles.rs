//! Doubles: the talks that may be told twice, found without comparing any two.

use super::Row;
use super::homes::Homes;
use crate::domain::catalogue::cores::on_every_core;
use crate::domain::event::EventDraft;
use crate::text;
use hashbrown::DefaultHashBuilder;
use jiff::civil::Date;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// The talks that share a recording, or a title and the day, with a talk of another draft, and those of events that several
/// drafts tell of; in order. Almost no archive has many, so that all the rest of joining costs nothing there.
pub fn find(drafts: &mut [EventDraft], homes: &Homes) -> Vec<Row> {
    if drafts.len() < 2 {
        return Vec::new();
    }
    let mut rows = shared(drafts);
    for (number, draft) in (0..).zip(&*drafts) {
        if homes.is_shared(number) {
            rows.extend((0..).zip(&draft.talks).map(|(talk, _)| Row { draft: number, talk }));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Those that share something with a talk of another draft; now and then one more, since only hashes are compared.
fn shared(drafts: &mut [EventDraft]) -> Vec<Row> {
    let mut days: HashMap<Date, u32> = HashMap::new();
    for draft in &*drafts {
        *days.entry(draft.event.date).or_default() += 1;
    }
    let hasher = DefaultHashBuilder::default();
    let of_runs = on_every_core(drafts, |first, run| keys(run, first, |day| days.get(&day) == Some(&1), &hasher));
    let mut keys = of_runs.concat();
    keys.sort_unstable_by_key(|(key, _)| *key);
    let groups = keys.chunk_by(|a, b| a.0 == b.0);
    let told_twice = groups.filter(|group| group.iter().any(|(_, row)| row.draft != group[0].1.draft));
    told_twice.flatten().map(|(_, row)| *row).collect()
}

/// The hashes of what talks may share: the recording, and title and day, unless the day is only one draft's.
fn keys(drafts: &[EventDraft], first: usize, is_only_one: impl Fn(Date) -> bool, hasher: &DefaultHashBuilder) -> Vec<(u64, Row)> {
    let mut keys = Vec::with_capacity(drafts.iter().map(|draft| 2 * draft.talks.len()).sum());
    let mut title = String::new();
    for (number, draft) in (u32::try_from(first).expect("drafts are numbered by 32 bits")..).zip(drafts) {
        let day = draft.event.date;
        let is_only_one = is_only_one(day);
        for (at, talk) in (0..).zip(&draft.talks) {
            let row = Row { draft: number, talk: at };
            keys.extend(talk.recording.as_ref().map(|recording| (hasher.hash_one(recording), row)));
            if !is_only_one {
                title.clear();
                text::slug_onto(&talk.title, &mut title);
                keys.push((hasher.hash_one((day, title.as_str())), row));
            }
        }
    }
    keys
}
