//! The worker that has the players: takes orders, tells news, and leaves nothing behind.

#[cfg(unix)]
use super::mpv::Mpv;
use super::process::Process;
use super::program::Program;
use super::{End, News, Order, Settings, Track, WhenLeaving, address};
#[cfg(not(unix))]
use crate::open::Template;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How often a player is listened to while it has something to tell.
const TICK: Duration = Duration::from_millis(20);

/// How often a player is looked at that tells nothing.
const LOOK: Duration = Duration::from_millis(200);

/// mpv that was just started is not left before it knows what to play, but no longer than this.
#[cfg(unix)]
const TO_BEGIN: Duration = Duration::from_secs(10);

/// Plays what is ordered until nobody orders any more, and tells what happens; `tell` gives `None` when nobody listens. Then what plays
/// is left to play on, or ended, as the settings say.
///
/// It waits for programs, so it belongs on a thread of its own. Whoever started it waits for that thread before the program ends.
pub fn attend(settings: Settings, orders: &Receiver<Order>, mut tell: impl FnMut(News) -> Option<()>) {
    let mut worker = Worker { settings, playing: Playing::Nothing, closing: Vec::new() };
    let mut news = Vec::new();
    loop {
        let order = match worker.pause() {
            Some(time) => orders.recv_timeout(time),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match order {
            Ok(order) => worker.carry_out(order, &mut news),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        worker.listen(&mut news);
        if news.drain(..).try_for_each(&mut tell).is_none() {
            break;
        }
    }
    worker.leave();
}

struct Worker {
    settings: Settings,
    playing: Playing,
    /// Programs that were asked to end.
    closing: Vec<Process>,
}

enum Playing {
    Nothing,
    #[cfg(unix)]
    Mpv(Box<Mpv>),
    Program(Program),
}

impl Worker {
    /// How long an order is waited for before the players are looked at; `None` where there are none.
    fn pause(&self) -> Option<Duration> {
        match &self.playing {
            #[cfg(unix)]
            Playing::Mpv(_) => Some(TICK),
            Playing::Program(program) if program.is_new() => Some(TICK),
            Playing::Program(_) => Some(LOOK),
            Playing::Nothing => (!self.closing.is_empty()).then_some(LOOK),
        }
    }

    fn carry_out(&mut self, order: Order, news: &mut Vec<News>) {
        match (order, &mut self.playing) {
            (Order::Play(track), _) => self.play(*track, news),
            (Order::Stop, _) => self.stop(news),
            #[cfg(unix)]
            (order, Playing::Mpv(mpv)) => mpv.carry_out(&order),
            // What tells nothing takes no orders either.
            _ => {}
        }
    }

    fn play(&mut self, track: Track, news: &mut Vec<News>) {
        let talk = track.talk.clone();
        // The same talk from another second is still played.
        if self.talk().is_some_and(|playing| playing != talk) {
            self.tell_end(news);
        }
        let started = address::checked(&track.address).and_then(|()| self.start(track));
        if let Err(why) = started {
            self.close();
            news.push(News::Failed { talk, why });
        }
    }

    /// Starts a player on a talk, or has the one that plays take it.
    fn start(&mut self, track: Track) -> Result<(), String> {
        #[cfg(unix)]
        if let Playing::Mpv(mpv) = &mut self.playing
            && mpv.takes_another()
        {
            mpv.play(track, Instant::now());
            return Ok(());
        }
        self.close();
        self.playing = self.started(track)?;
        Ok(())
    }

    #[cfg(unix)]
    fn started(&self, track: Track) -> Result<Playing, String> {
        if self.settings.is_mpv() {
            return Mpv::start(&self.settings.command, track, Instant::now()).map(|mpv| Playing::Mpv(Box::new(mpv)));
        }
        Program::start(&self.settings.command, &track).map(Playing::Program)
    }

    /// mpv has no socket here, and is told all when it is started.
    #[cfg(not(unix))]
    fn started(&self, track: Track) -> Result<Playing, String> {
        if !self.settings.is_mpv() {
            return Program::start(&self.settings.command, &track).map(Playing::Program);
        }
        let own = [self.settings.command.program()].into_iter().chain(self.settings.command.plain_words());
        let told = ["--start={start}", "--end={end}", "--force-media-title={title}", "--", "{video_url}"];
        let command = Template::new(own.chain(told).map(str::to_owned).collect()).map_err(|error| format!("`player` {error}"))?;
        Program::start(&command, &track).map(Playing::Program)
    }

    fn stop(&mut self, news: &mut Vec<News>) {
        self.tell_end(news);
        self.close();
    }

    /// What is played.
    fn talk(&self) -> Option<&str> {
        match &self.playing {
            Playing::Nothing => None,
            #[cfg(unix)]
            Playing::Mpv(mpv) => Some(mpv.talk()),
            Playing::Program(program) => Some(program.talk()),
        }
    }

    /// What plays is to be over, since the user wants it so.
    fn tell_end(&mut self, news: &mut Vec<News>) {
        match &mut self.playing {
            Playing::Nothing => {}
            #[cfg(unix)]
            Playing::Mpv(mpv) => news.extend(mpv.stopped()),
            Playing::Program(program) => {
                news.push(News::Ended { talk: program.talk().to_owned(), at: None, seen: false, how: End::Closed });
            }
        }
    }

    /// Asks what plays to end.
    fn close(&mut self) {
        let process = match std::mem::replace(&mut self.playing, Playing::Nothing) {
            Playing::Nothing => return,
            #[cfg(unix)]
            Playing::Mpv(mpv) => mpv.close(),
            Playing::Program(program) => {
                let mut process = program.into_process();
                process.terminate();
                process.must_end()
            }
        };
        self.closing.push(process);
    }

    /// Takes what the players tell.
    fn listen(&mut self, news: &mut Vec<News>) {
        self.closing.retain_mut(Process::lingers);
        let now = Instant::now();
        let is_there = match &mut self.playing {
            Playing::Nothing => true,
            #[cfg(unix)]
            Playing::Mpv(mpv) => mpv.listen(now, news),
            Playing::Program(program) => program.listen(now, news),
        };
        if !is_there {
            self.close();
        }
    }

    /// Nobody orders any more.
    fn leave(mut self) {
        #[cfg(unix)]
        self.begin();
        let is_over = match &self.playing {
            Playing::Nothing => true,
            #[cfg(unix)]
            Playing::Mpv(mpv) => mpv.is_over() || !mpv.has_accepted(),
            Playing::Program(_) => false,
        };
        if is_over || self.settings.when_leaving == WhenLeaving::Stop {
            self.close();
        }
        match std::mem::replace(&mut self.playing, Playing::Nothing) {
            Playing::Nothing => {}
            #[cfg(unix)]
            Playing::Mpv(mpv) => mpv.let_go(),
            Playing::Program(program) => program.into_process().let_go(),
        }
        while !self.closing.is_empty() {
            self.closing.retain_mut(Process::lingers);
            thread::sleep(TICK);
        }
    }

    /// A talk that was asked for is played, even if the next key was the one that leaves: mpv must hear of it before it is left.
    #[cfg(unix)]
    fn begin(&mut self) {
        let deadline = Instant::now() + TO_BEGIN;
        while self.settings.when_leaving == WhenLeaving::KeepPlaying
            && matches!(&self.playing, Playing::Mpv(mpv) if !mpv.has_accepted())
            && Instant::now() < deadline
        {
            thread::sleep(TICK);
            self.listen(&mut Vec::new());
        }
    }
}
