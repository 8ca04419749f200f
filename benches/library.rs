//! What a library of 100,000 marked talks costs: to open, to lay beside a catalogue of as many talks, to change, to carry elsewhere.
//!
//! Each figure is the median of several runs, beside the worst of them.

use cuepoint::domain::marks::Change;
use cuepoint::domain::{Catalogue, Cue, Event, EventDraft, Mark, Place, Provider, Recording, Speaker, Talk};
use cuepoint::library::Library;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Marked talks, and talks of the catalogue.
const TALKS: usize = 100_000;

/// Talks of an event.
const EVENING: usize = 25;

/// Runs of each measure.
const RUNS: usize = 7;

/// A catalogue, the titles of which may all be corrected.
fn catalogue(corrected: &str) -> Arc<Catalogue> {
    let place = Place::of("x".as_ref());
    let first = "2000-01-01".parse::<jiff::civil::Date>().expect("a day");
    let drafts = (0..TALKS / EVENING).map(|evening| {
        let day = first.checked_add(jiff::Span::new().days(i64::try_from(evening).expect("few"))).expect("a day");
        let talks = (0..EVENING).map(|number| {
            let mut talk = Talk::new(format!("{corrected}Harbour lights and tides, part {number}"), place.clone());
            talk.speakers = vec![Speaker { name: format!("Ann{} Lee{number}", evening % 900), company: Some("Rope & Co".into()) }];
            talk.recording = Recording::of(Provider::Vimeo, &format!("{}", 1_000 + evening));
            talk.span.start = Cue::from_seconds(60 + 600 * number as u64).ok();
            talk
        });
        EventDraft { event: Event::new("Boat Nights", format!("Boat Nights {day}"), day, place.clone()), talks: talks.collect() }
    });
    Arc::new(Catalogue::build(drafts.collect()).0)
}

/// Lines that mark every talk: all starred, a third watched, begun or written about, all visited.
fn lines(catalogue: &Catalogue) -> String {
    let line = |(number, talk): (usize, &Talk)| {
        let event = catalogue.event_of(talk);
        let time = "2024-05-01T10:00:00Z";
        let more = match number % 3 {
            0 => format!("\"watched\":\"{time}\""),
            1 => format!("\"position\":{{\"at\":900,\"when\":\"{time}\"}}"),
            _ => format!("\"notes\":[{{\"at\":800,\"text\":\"a thought about it\",\"written\":\"{time}\"}}]"),
        };
        let queue = if number < 100 { format!("\"queue\":{},", number + 1) } else { String::new() };
        format!(
            "{{\"type\":\"talk\",\"id\":\"{}\",\"title\":\"{}\",\"by\":\"{}\",\"series\":\"{}\",\"event\":\"{}\",\"date\":\"{}\",\
             \"recording\":{{\"provider\":\"vimeo\",\"id\":\"{}\"}},\"start\":{},\"url\":\"{}\",\"starred\":\"{time}\",{queue}{more},\
             \"history\":[\"{time}\"]}}\n",
            talk.id,
            talk.title,
            talk.by_line(),
            event.series,
            event.title,
            event.date,
            talk.recording.as_ref().map_or("", Recording::id),
            talk.span.start.map_or(0, Cue::seconds),
            talk.url().unwrap_or_default(),
        )
    };
    catalogue.talks().iter().enumerate().map(line).collect()
}

fn told(what: &str, mut runs: Vec<Duration>) {
    runs.sort();
    println!("{what:<62} {:>8.2?}, worst {:>8.2?}", runs[runs.len() / 2], runs[runs.len() - 1]);
}

fn timed<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let result = run();
    (begun.elapsed(), result)
}

/// Times a change, and the commit that it waits for alone: what a file of a few bytes takes to reach the disk.
fn change(library: &mut Library, what: &str, change: impl Fn(usize) -> Change) {
    let mut runs = Vec::new();
    for run in 0..RUNS * 3 {
        // Whoever shows the marks still holds those of before.
        let shown = library.marks();
        let (took, said) = timed(|| library.apply(&change(run)).map(|_| library.marks()));
        assert!(said.expect("changed") != shown);
        runs.push(took);
    }
    told(what, runs);
}

fn sync(folder: &Path) {
    let path = folder.join("synced");
    let runs = (0..RUNS * 3).map(|_| {
        let (took, done) = timed(|| {
            let file = std::fs::File::create(&path)?;
            std::io::Write::write_all(&mut &file, &[1; 4096])?;
            file.sync_all()
        });
        done.expect("written");
        took
    });
    told("(writing 4 KB to a file of its own and waiting for the disk)", runs.collect());
}

fn main() {
    let all = catalogue("");
    let folder = tempfile::tempdir().expect("a folder");
    let text = lines(&all);
    let mut library = Library::open(folder.path()).expect("a library");
    let place = Place::of("x".as_ref());
    let (took, imported) = timed(|| library.import(text.as_bytes(), &place, |problem| panic!("{problem}")).expect("imported"));
    assert_eq!(imported.new, TALKS);
    told("import 100,000 marked talks", vec![took]);
    drop(library);
    let (mut opened, mut attached) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (took, mut library) = timed(|| Library::open(folder.path()).expect("it opens"));
        opened.push(took);
        let (took, marks) = timed(|| library.attach(&all).expect("attached"));
        attached.push(took);
        assert_eq!((marks.talks(Mark::Starred).count(), marks.lost.len()), (TALKS, 0));
    }
    told("open, every page looked through", opened);
    told("lay 100,000 marked talks beside 100,000 talks", attached);
    let mut library = Library::open(folder.path()).expect("it opens");
    library.attach(&all).expect("attached");
    sync(folder.path());
    let id = |run: usize| all.talks()[run * 31].id.clone();
    change(&mut library, "a star, with the marks that show it", |run| Change::Star(id(run), false));
    change(&mut library, "a note", |run| Change::AddNote { talk: id(run), at: None, text: "a thought".into() });
    change(&mut library, "a position", |run| {
        let start = all.talks()[run * 31].span.start.map_or(0, Cue::seconds);
        Change::Position(id(run), Cue::from_seconds(u64::from(start) + 100 + run as u64).ok())
    });
    change(&mut library, "a visit", |run| Change::Visit(id(run)));
    change(&mut library, "a talk more in the queue of a hundred", |run| Change::Enqueue(all.talks()[5_000 + run].id.clone()));
    told("look at what another program changed", (0..RUNS).map(|_| timed(|| library.look().expect("read")).0).collect());
    let (took, lines) = timed(|| library.export(&mut std::io::sink()).expect("exported"));
    assert_eq!(lines, TALKS);
    told("export", vec![took]);
    let corrected = catalogue("On ");
    let (took, marks) = timed(|| library.attach(&corrected).expect("attached"));
    assert_eq!(marks.lost.len(), 0);
    told("the same where every title was corrected, all written down anew", vec![took]);
    let elsewhere = Arc::new(Catalogue::default());
    told("the same where every talk is gone", (0..RUNS).map(|_| timed(|| library.attach(&elsewhere).expect("attached")).0).collect());
}
