//! How long until there is something to see, and until a key is seen. `cargo bench` prints the figures; on Unix they are
//! also taken from the outside, in a real pseudo-terminal, with the peak memory of the program.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use cuepoint::app::layout::Size;
use cuepoint::app::{Input, Key, Message, Model, update};
use cuepoint::archive::State;
use cuepoint::domain::{Catalogue, Cue, Event, EventDraft, Mark, Marks, Place, Talk};
use cuepoint::search::Engine;
use cuepoint::source;
use cuepoint::tui::{render, theme::Theme};
use jiff::ToSpan;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;

fn loaded() -> Model {
    let loaded = source::load(&[]);
    let mut model = Model::new(Size { width: 120, height: 36 }, "");
    let source::Loaded { catalogue, problems, reports, .. } = loaded;
    update(&mut model, Message::Loaded { catalogue: Arc::new(catalogue), problems, sources: reports, state: State::Fresh });
    model
}

/// The library of somebody who marked 100,000 talks, on its longest shelf.
fn keeper_of_much() -> Model {
    let place = Place::of("x".as_ref());
    let drafts = (0..1000).map(|week| {
        let event = Event::new("Boats", "Boats", jiff::civil::date(2000, 1, 1).saturating_add(week.weeks()), place.clone());
        let talks = (0..100).map(|talk| Talk::new(format!("Sails {week} {talk}"), place.clone())).collect();
        EventDraft { event, talks }
    });
    let (catalogue, _) = Catalogue::build(drafts.collect());
    let mut marks = Marks::default();
    for talk in 0..catalogue.talks().len() {
        marks.set(talk, [Mark::Starred, Mark::Watched][talk % 2], true);
        if talk % 4 == 0 {
            marks.set_position(talk, Some(Cue::from_seconds(60).expect("a cue")));
        }
    }
    marks.set_queue((0..1000).collect());
    let mut model = Model::new(Size { width: 120, height: 36 }, "");
    let message = Message::Loaded { catalogue: Arc::new(catalogue), problems: Vec::new(), sources: Vec::new(), state: State::Fresh };
    update(&mut model, message);
    update(&mut model, Message::Marks(marks));
    for key in ["L", "j", "j", "Enter"] {
        update(&mut model, Message::Input(Input::Key(key.parse().expect("a key"))));
    }
    assert_eq!(model.rows.len(), 50_000);
    model
}

fn inside(bench: &mut Criterion) {
    bench.bench_function("load the bundled archive", |b| b.iter(|| source::load(&[])));
    let catalogue = Arc::new(source::load(&[]).catalogue);
    bench.bench_function("index the bundled archive", |b| b.iter(|| Engine::new(catalogue.clone())));
    let engine = Engine::new(catalogue);
    bench.bench_function("search the bundled archive", |b| b.iter(|| engine.answer("kubernetes secur")));
    let mut model = loaded();
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).expect("a test terminal");
    let keys: [Key; 2] = ["j", "k"].map(|key| key.parse().expect("a key"));
    let mut turn = 0;
    bench.bench_function("a key and its frame", |b| {
        b.iter(|| {
            turn += 1;
            update(&mut model, Message::Input(Input::Key(keys[turn % 2])));
            terminal.draw(|frame| render::draw(frame, &model, &Theme::new(true))).expect("drawn");
        });
    });
    let mut model = keeper_of_much();
    bench.bench_function("a key and its frame, 100,000 marks", |b| {
        b.iter(|| {
            turn += 1;
            update(&mut model, Message::Input(Input::Key(keys[turn % 2])));
            terminal.draw(|frame| render::draw(frame, &model, &Theme::new(true))).expect("drawn");
        });
    });
    let marks = model.marks.clone();
    bench.bench_function("a star among 100,000 marks and its frame", |b| {
        b.iter(|| {
            turn += 1;
            let mut marks = marks.clone();
            marks.set(turn % 1000, Mark::Starred, turn.is_multiple_of(2));
            update(&mut model, Message::Marks(marks));
            terminal.draw(|frame| render::draw(frame, &model, &Theme::new(true))).expect("drawn");
        });
    });
    bench.bench_function("the first frame", |b| {
        b.iter_batched(
            || Terminal::new(TestBackend::new(120, 36)).expect("a test terminal"),
            |mut terminal| {
                let model = Model::new(Size { width: 120, height: 36 }, "");
                terminal.draw(|frame| render::draw(frame, &model, &Theme::new(true))).expect("drawn");
            },
            BatchSize::SmallInput,
        );
    });
}

#[cfg(unix)]
mod outside {
    //! The program in a pseudo-terminal.

    use criterion::Criterion;
    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
    use std::io::{Read, Write};
    use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
    use std::time::{Duration, Instant};

    struct Program {
        child: Box<dyn Child + Send + Sync>,
        output: Receiver<(Instant, Vec<u8>)>,
        keys: Box<dyn Write + Send>,
        _master: Box<dyn MasterPty + Send>,
    }

    fn start() -> (Instant, Program) {
        let pair =
            native_pty_system().openpty(PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 }).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cuepoint"));
        command.env("TERM", "xterm-256color");
        // What is measured is not what somebody keeps.
        command.env("XDG_DATA_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/bench-data"));
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().expect("its input");
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program");
        (begun, Program { child, output, keys, _master: pair.master })
    }

    impl Program {
        /// When a text was on the screen.
        fn saw(&self, text: &str) -> Instant {
            let mut all = Vec::new();
            loop {
                let (at, bytes) = self.output.recv_timeout(Duration::from_secs(10)).expect("output");
                all.extend(bytes);
                if String::from_utf8_lossy(&all).contains(text) {
                    return at;
                }
            }
        }

        /// Waits until nothing more comes.
        fn settle(&self) {
            while !matches!(
                self.output.recv_timeout(Duration::from_millis(60)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected)
            ) {}
        }

        fn press(&mut self, key: &str) -> Instant {
            self.keys.write_all(key.as_bytes()).expect("a key");
            self.output.recv_timeout(Duration::from_secs(10)).expect("a frame").0
        }

        fn end(mut self) {
            self.keys.write_all(b"q").expect("a key");
            self.child.wait().expect("the end");
        }
    }

    pub fn outside(bench: &mut Criterion) {
        let mut group = bench.benchmark_group("in a terminal");
        group.sample_size(20);
        for (name, text) in [("start to the first frame", "cuepoint"), ("start to the archive on screen", "132 talks")] {
            group.bench_function(name, |b| {
                b.iter_custom(|times| {
                    let mut total = Duration::ZERO;
                    for _ in 0..times {
                        let (begun, program) = start();
                        total += program.saw(text).duration_since(begun);
                        program.settle();
                        program.end();
                    }
                    total
                });
            });
        }
        let (_, mut program) = start();
        program.saw("132 talks");
        program.settle();
        for (name, keys) in [("a key to its frame", ["j", "k"]), ("a key of a search to its frame", ["k", "\x7f"])] {
            if name.contains("search") {
                program.press("/");
                program.settle();
            }
            group.bench_function(name, |b| {
                b.iter_custom(|times| {
                    let mut total = Duration::ZERO;
                    for turn in 0..times {
                        let begun = Instant::now();
                        let at = program.press(keys[usize::try_from(turn % 2).expect("0 or 1")]);
                        total += at.duration_since(begun);
                        program.settle();
                    }
                    total
                });
            });
        }
        group.finish();
        if let Some(peak) = program.child.process_id().and_then(peak_memory) {
            println!("peak memory of the program: {peak}");
        }
        // Esc and a key right behind it would be one key with Alt.
        program.press("\x1b");
        program.settle();
        program.end();
    }

    /// As the system counts it, where it says so.
    fn peak_memory(process: u32) -> Option<String> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        status.lines().find_map(|line| Some(line.strip_prefix("VmHWM:")?.trim().to_owned()))
    }
}

#[cfg(not(unix))]
mod outside {
    pub fn outside(_: &mut criterion::Criterion) {}
}

criterion_group!(benches, inside, outside::outside);
criterion_main!(benches);
