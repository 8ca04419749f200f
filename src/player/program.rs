//! A player of which nothing is known but how it is started: once for each talk.

use super::process::Process;
use super::{End, News, Track};
use crate::open::{PATIENCE, Target, Template};
use std::time::Instant;

/// A talk in a player.
#[derive(Debug)]
pub(super) struct Program {
    process: Process,
    name: String,
    talk: String,
    since: Instant,
    /// Its start was told.
    told: bool,
}

impl Program {
    /// Starts the player on a talk.
    ///
    /// # Errors
    /// It is missing or may not run; for people.
    pub(super) fn start(command: &Template, track: &Track) -> Result<Program, String> {
        let target = Target::from(track);
        let process = Process::start(&command.fill(&target, &target.video_url))?;
        Ok(Program { process, name: command.name(), talk: track.talk.clone(), since: Instant::now(), told: false })
    }

    /// What it plays.
    pub(super) fn talk(&self) -> &str {
        &self.talk
    }

    /// Looks how it does; whether it is still there.
    pub(super) fn listen(&mut self, now: Instant, news: &mut Vec<News>) -> bool {
        let ended = self.process.ended();
        if let Some(status) = ended.filter(|status| !status.success() && !self.told) {
            news.push(News::Failed { talk: self.talk.clone(), why: format!("{} failed ({status})", self.name) });
            return false;
        }
        if !self.told && (ended.is_some() || now.duration_since(self.since) >= PATIENCE) {
            self.told = true;
            news.push(News::Started { talk: self.talk.clone(), by: self.name.clone(), follows: false });
        }
        let Some(status) = ended else { return true };
        let how = if status.success() { End::Closed } else { End::Died(format!("{} failed ({status})", self.name)) };
        news.push(News::Ended { talk: self.talk.clone(), at: None, seen: false, how });
        false
    }

    /// Is it still to be seen whether it does its work?
    pub(super) fn is_new(&self) -> bool {
        !self.told
    }

    /// The program, without what it plays.
    pub(super) fn into_process(self) -> Process {
        self.process
    }
}
