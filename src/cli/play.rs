//! `cuepoint play`: a talk in the user's player, from its first second to its last, until it ends.

use super::Exit;
use super::load::Archive;
use super::open::why_none;
use super::output::{Output, tell, tell_raw};
use super::pick::{Picked, pick};
use crate::domain::{Catalogue, Change, Cue, Event};
use crate::library::{self, Library};
use crate::player::{End, News, Order, Settings, Track, WhenLeaving, address_of, attend};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Seconds of playing after which the place is kept anew.
const KEEP_EVERY: u32 = 15;

/// How often it is looked whether somebody wants an end.
const LOOK: Duration = Duration::from_millis(50);

/// What `play` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A talk's id, its beginning, or words of it that stand in no other; an event's plays the whole evening.
    id: String,
    /// Go on where you stopped.
    #[arg(long)]
    resume: bool,
}

/// Plays it, and waits for its end.
pub fn run(args: &Args, archive: &Archive, settings: &Settings, out: &mut Output) -> anyhow::Result<Exit> {
    archive.tell_problems();
    if archive.is_unreadable() {
        return Ok(Exit::Failure);
    }
    match pick(&archive.catalogue, &args.id) {
        Ok(picked) => play_picked(&picked, &archive.catalogue, args.resume, settings, out),
        Err(error) => {
            tell(&error.to_string());
            Ok(Exit::Findings)
        }
    }
}

/// Plays a talk, or a whole evening, and waits for its end.
pub fn play_picked(
    picked: &Picked,
    catalogue: &Arc<Catalogue>,
    resumes: bool,
    settings: &Settings,
    out: &mut Output,
) -> anyhow::Result<Exit> {
    let mut kept = Kept::default();
    let (track, remark) = match picked {
        // A player goes to a cue wherever the recording is.
        Picked::Talk(talk) => {
            kept = Kept::open(catalogue);
            let resume = catalogue.index_of(&talk.id).and_then(|talk| kept.position(talk));
            (
                Track::of(talk, resume.filter(|_| resumes)).ok_or_else(|| why_none(talk)),
                talk.landing_remark().filter(|_| talk.span.start.is_none()),
            )
        }
        Picked::Event(event) => (evening(event).ok_or("the event has no recording, or each talk has its own: play a talk"), None),
    };
    match track {
        Ok(track) => play(track, remark.as_deref(), &mut kept, settings, out),
        Err(why) => {
            tell(why);
            Ok(Exit::Findings)
        }
    }
}

/// The whole recording of an event.
fn evening(event: &Event) -> Option<Track> {
    let recording = event.recording.as_ref()?;
    Some(Track { talk: event.id.clone(), title: event.title.clone(), address: address_of(recording), ..Track::default() })
}

fn play(track: Track, remark: Option<&str>, kept: &mut Kept, settings: &Settings, out: &mut Output) -> anyhow::Result<Exit> {
    let ends = Ends::listen()?;
    // Whatever ends this ends the player: nobody is left who could be asked to.
    let settings = Settings { when_leaving: WhenLeaving::Stop, ..settings.clone() };
    let title = track.title.clone();
    let (orders, ordered) = channel();
    let (to, news) = channel();
    orders.send(Order::Play(Box::new(track)))?;
    let worker = thread::Builder::new().name("player".to_owned()).spawn(move || attend(settings, &ordered, |news| to.send(news).ok()))?;
    let exit = follow(&news, &ends, &title, remark, kept, out);
    drop(orders);
    anyhow::ensure!(worker.join().is_ok(), "something went wrong inside cuepoint; please report it");
    // What was told while the player was being closed.
    for news in news.try_iter() {
        kept.hear(&news);
    }
    ends.carry_out()?;
    exit
}

/// Says what happens until nothing does any more.
fn follow(
    news: &Receiver<News>,
    ends: &Ends,
    title: &str,
    remark: Option<&str>,
    kept: &mut Kept,
    out: &mut Output,
) -> anyhow::Result<Exit> {
    let mut line = PositionLine { is_shown: std::io::stderr().is_terminal(), width: 0 };
    let exit = loop {
        let told = news.recv_timeout(LOOK);
        if let Ok(news) = &told {
            kept.hear(news);
        }
        match told {
            Ok(News::Started { by, .. }) => {
                out.line(&format!("playing {title} with {by}"))?;
                if let Some(remark) = remark {
                    out.line(remark)?;
                }
                out.flush()?;
            }
            Ok(News::Position { at, end, paused, .. }) => line.show(at, end, paused),
            Ok(News::Ended { at, how, .. }) => break (at, Ok(how)),
            Ok(News::Failed { why, .. }) => break (None, Err(why)),
            Err(RecvTimeoutError::Timeout) if ends.has_come() => break (None, Ok(End::Closed)),
            Ok(News::Watched(_)) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break (None, Err("the player is gone".to_owned())),
        }
    };
    line.clear();
    let why = match exit {
        (_, Ok(End::Reached)) => return Ok(Exit::Done),
        (at, Ok(End::Closed)) => {
            if let Some(at) = at {
                out.line(&format!("stopped at {at}"))?;
            }
            return Ok(Exit::Done);
        }
        (_, Ok(End::Died(why))) => why,
        (_, Err(why)) => format!("not played: {why}"),
    };
    tell(&why);
    Ok(Exit::Failure)
}

/// The library, where what becomes of a talk is kept as the screen keeps it.
#[derive(Default)]
struct Kept {
    library: Option<Library>,
    /// The second that was kept last.
    at: Option<Cue>,
}

impl Kept {
    /// Opens it. Where it cannot be had the talk plays all the same, and that is told.
    fn open(catalogue: &Arc<Catalogue>) -> Kept {
        let opened = library::data_folder().map(|folder| Library::open(&folder)).transpose();
        let attached = opened.and_then(|library| {
            let Some(mut library) = library else { return Ok(None) };
            library.attach(catalogue)?;
            Ok(Some(library))
        });
        let library = attached.unwrap_or_else(|error| {
            tell(&format!("what becomes of the talk is not kept: {error}"));
            None
        });
        Kept { library, at: None }
    }

    /// Where one stopped in a talk.
    fn position(&self, talk: usize) -> Option<Cue> {
        self.library.as_ref()?.marks().position(talk)
    }

    /// Keeps what a player tells.
    fn hear(&mut self, news: &News) {
        let change = match news {
            News::Started { talk, .. } => Change::Visit(talk.clone()),
            // What lies before a place that was jumped to would count as seen the next time.
            News::Position { seen: false, .. } => return,
            News::Position { talk, at, paused, .. } => {
                if !paused && self.at.is_some_and(|kept| kept.seconds().abs_diff(at.seconds()) < KEEP_EVERY) {
                    return;
                }
                self.at = Some(*at);
                Change::Position(talk.clone(), Some(*at))
            }
            News::Watched(talk) => Change::Seen(talk.clone()),
            News::Ended { talk, how: End::Reached, .. } => Change::Over(talk.clone()),
            News::Ended { talk, at: Some(at), seen: true, .. } => Change::Position(talk.clone(), Some(*at)),
            News::Ended { .. } | News::Failed { .. } => return,
        };
        if let Some(Err(error)) = self.library.as_mut().map(|library| library.apply(&change)) {
            tell(&format!("what becomes of the talk is not kept: {error}"));
            self.library = None;
        }
    }
}

/// Where it is, in a line that is written anew.
struct PositionLine {
    /// Somebody sees it.
    is_shown: bool,
    /// What was written last.
    width: usize,
}

impl PositionLine {
    fn show(&mut self, at: Cue, end: Option<Cue>, paused: bool) {
        let end = end.map(|end| format!(" / {end}")).unwrap_or_default();
        self.write(&format!("{at}{end}{}", if paused { " paused" } else { "" }));
    }

    fn clear(&mut self) {
        self.write("");
        self.width = 0;
    }

    fn write(&mut self, text: &str) {
        if self.is_shown && (self.width > 0 || !text.is_empty()) {
            tell_raw(&format!("\r{text:width$}\r{text}", width = self.width));
            self.width = text.len();
        }
    }
}

#[cfg(unix)]
mod system {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Signals that want an end.
    pub struct Ends(Arc<AtomicUsize>);

    impl Ends {
        /// Listens from now on.
        pub fn listen() -> io::Result<Ends> {
            let came = Arc::new(AtomicUsize::new(0));
            for signal in [SIGINT, SIGTERM, SIGHUP] {
                signal_hook::flag::register_usize(signal, came.clone(), usize::try_from(signal).unwrap_or_default())?;
            }
            Ok(Ends(came))
        }

        /// Did one come?
        pub fn has_come(&self) -> bool {
            self.0.load(Ordering::SeqCst) > 0
        }

        /// Does what it does to a program that does not listen, so that whoever started this one knows how it ended.
        pub fn carry_out(&self) -> io::Result<()> {
            match i32::try_from(self.0.load(Ordering::SeqCst)) {
                Ok(signal) if signal > 0 => signal_hook::low_level::emulate_default_handler(signal),
                _ => Ok(()),
            }
        }
    }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "it is used as where there are signals")]
mod system {
    use std::io;

    /// There are no signals here.
    pub struct Ends;

    impl Ends {
        /// Nothing to listen to.
        pub fn listen() -> io::Result<Ends> {
            Ok(Ends)
        }

        /// None ever comes.
        pub fn has_come(&self) -> bool {
            false
        }

        /// Nothing to do.
        pub fn carry_out(&self) -> io::Result<()> {
            Ok(())
        }
    }
}

use system::Ends;
