//! The view: what can be browsed, as the screen and the command line are told, and as the snapshot keeps it ready for the next start.

use crate::domain::catalogue::People;
use crate::domain::{Catalogue, Event, Problem, Talk};
use crate::source::{Counts, Loaded, Report, Source};
use crate::stored::{Reader, Stored, Writer, stored_fields};
use std::sync::Arc;

/// Talks that are written, and read again by one thread, as one.
pub const TOGETHER: usize = 1024;

/// Talks whose texts fill about as much as [`ROOM`].
const ROOMFUL: usize = 256;

/// Bytes that are made room for at once: less than what an allocator takes from the system by itself and gives back there.
const ROOM: usize = 120 << 10;

/// What can be browsed.
#[derive(Debug, Clone)]
pub struct View {
    /// Every event and talk.
    pub catalogue: Arc<Catalogue>,
    /// What is wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// What was looked at.
    pub counts: Counts,
    /// What each source gave.
    pub reports: Vec<Report>,
}

impl From<Loaded> for View {
    fn from(Loaded { catalogue, problems, counts, reports }: Loaded) -> View {
        View { catalogue: Arc::new(catalogue), problems, counts, reports }
    }
}

/// All of it but the talks.
pub struct Head {
    events: Vec<Event>,
    people: People,
    problems: Vec<Problem>,
    counts: Counts,
    reports: Vec<Report>,
}

stored_fields!(Head { events, people, problems, counts, reports });

impl View {
    /// All but the talks, as bytes.
    pub fn head(&self) -> Vec<u8> {
        let mut to = Writer::default();
        let catalogue = &self.catalogue;
        to.length(catalogue.events().len());
        for event in catalogue.events() {
            event.put(&mut to);
        }
        catalogue.people().put(&mut to);
        self.problems.put(&mut to);
        self.counts.put(&mut to);
        self.reports.put(&mut to);
        to.into_bytes()
    }

    /// The talks, as bytes, some at a time, and beside them what those are about, which belongs right behind.
    pub fn talks(&self) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
        self.catalogue.talks().chunks(TOGETHER).map(|talks| {
            let mut to = Writer::default();
            to.length(talks.len());
            for talk in talks {
                talk.put(&mut to);
            }
            to.into_parts()
        })
    }
}

/// Talks from bytes, put behind others.
pub fn read_talks(mut from: Reader, talks: &mut Vec<Talk>) -> Option<()> {
    let length = from.length()?;
    talks.reserve(length.min(TOGETHER));
    for number in 0..length {
        if number % ROOMFUL == 0 {
            make_room();
        }
        talks.push(Talk::restore(&mut from)?);
    }
    from.is_at_end().then_some(())
}

/// Makes room for many small texts at once. The allocator of glibc makes room for a thread page by page, with a call of the system for each,
/// and two threads that do that wait for each other: it keeps what is asked for and let go of here, and takes the texts from that.
fn make_room() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(ROOM)));
}

impl Head {
    /// From bytes.
    pub fn read(bytes: &[u8]) -> Option<Head> {
        Reader::new(bytes)?.all()
    }

    /// How many talks belong to it.
    pub fn talks(&self) -> usize {
        self.events.last().map_or(0, |event| event.talks.end)
    }

    /// The whole view, with its talks, of the sources that it is of; `None` if they do not belong together.
    pub fn with(self, talks: Vec<Talk>, sources: &[Source]) -> Option<View> {
        let Head { events, people, problems, counts, reports } = self;
        let catalogue = Arc::new(Catalogue::of_kept(events, talks, people)?);
        let named = |(report, of): (Report, Report)| Report { name: of.name, path: of.path, ..report };
        let reports = reports.into_iter().zip(Report::of_all(sources)).map(named).collect();
        Some(View { catalogue, problems, counts, reports })
    }
}
