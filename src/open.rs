//! Opening a link by the first means that works: the user's own command, `$BROWSER`, Windows around Linux, the desktop; where
//! none does, it is copied and shown. Nothing goes through a shell, and links that are not plain web links are refused.

pub mod ask;
mod browser;
pub mod clipboard;
mod code;
pub mod hyperlink;
mod launch;
mod process;
mod surroundings;
mod template;
mod words;

pub use launch::{Failure, Launch, find};
pub use process::Process;
pub use surroundings::{Multiplexer, Platform, Surroundings};
pub use template::{PLACES, Template, TemplateError};
pub use words::{OpenQuote, words};

use crate::domain::link::{Link, is_web_address};
use crate::domain::{Cue, Event, Talk};
use std::time::{Duration, Instant};

/// What is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The link, at its second where it has one.
    pub url: String,
    /// The same without a second.
    pub video_url: String,
    /// Where in the recording it begins, where that is known.
    pub start: Option<Cue>,
    /// Where it ends.
    pub end: Option<Cue>,
    /// What it is called.
    pub title: String,
}

impl Target {
    /// A talk, at its own second; `None` if it has no recording to open.
    pub fn talk(talk: &Talk) -> Option<Target> {
        let (url, video_url) = (talk.url()?, talk.recording.as_ref()?.url());
        Some(Target { url, video_url, start: talk.span.start, end: talk.span.end, title: talk.title.clone() })
    }

    /// The recording of a whole event, if it has one.
    pub fn event(event: &Event) -> Option<Target> {
        let url = event.recording.as_ref()?.url();
        Some(Target { video_url: url.clone(), url, start: None, end: None, title: event.title.clone() })
    }

    /// Any link. Of one to a recording the second is known.
    pub fn link(url: &str) -> Target {
        let (video_url, start, end) = match Link::parse(url) {
            Ok(link) => (link.recording.url(), link.start, link.end),
            Err(_) => (url.to_owned(), None, None),
        };
        Target { url: url.to_owned(), video_url, start, end, title: url.to_owned() }
    }
}

/// A means of opening. They are tried in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rung {
    /// `open` in the configuration.
    Command,
    /// `$BROWSER`.
    Browser,
    /// The browser of the Windows that Linux runs in.
    Wsl,
    /// Whatever the desktop opens web links with.
    Desktop,
}

impl Rung {
    /// What it is, for people.
    pub fn name(self) -> &'static str {
        match self {
            Rung::Command => "`open` in the configuration",
            Rung::Browser => "$BROWSER",
            Rung::Wsl => "browser of Windows",
            Rung::Desktop => "desktop",
        }
    }
}

/// A rung for a target: what would be started, one after the other until one works.
#[derive(Debug)]
pub struct Step {
    /// Which.
    pub rung: Rung,
    /// The programs; or why the rung is left out.
    pub launches: Result<Vec<Launch>, &'static str>,
    /// What is wrong with it before anything is started.
    pub faults: Vec<String>,
}

/// How a link was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A program took it.
    By {
        /// By which means.
        rung: Rung,
        /// The program.
        program: String,
        /// What was tried before, and why it failed.
        failed: Vec<String>,
    },
    /// Nothing here opens links: it is to be copied and shown.
    Nowhere {
        /// Why, in words.
        why: String,
    },
}

impl Opened {
    /// What opened it, for a sentence (`opened … in …`), with what failed before; `None` where nothing did.
    pub fn by(&self) -> Option<String> {
        let Opened::By { rung, program, failed } = self else { return None };
        let by = match rung {
            Rung::Command => program.clone(),
            Rung::Browser => format!("{program} ($BROWSER)"),
            Rung::Wsl => format!("the browser of Windows ({program})"),
            Rung::Desktop => format!("the desktop's browser ({program})"),
        };
        Some(if failed.is_empty() { by } else { format!("{by}, since {}", failed.join("; ")) })
    }
}

/// A link that must not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no plain web link, so it is not opened: {0}")]
pub struct Refused(String);

/// A program that has not failed within this time is taken to be doing its work.
pub const PATIENCE: Duration = Duration::from_millis(800);

/// What a program is given at least, where others before it took their time to fail.
const LEAST: Duration = Duration::from_millis(100);

/// The means of opening that there are here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    command: Option<Template>,
    surroundings: Surroundings,
}

impl Ladder {
    /// Those of a user's setting and of some surroundings.
    pub fn new(command: Option<Template>, surroundings: Surroundings) -> Ladder {
        Ladder { command, surroundings }
    }

    /// Where the program runs.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Every rung for a target, in order, and nothing of it started.
    pub fn steps(&self, target: &Target) -> Vec<Step> {
        let step = |rung, launches| Step { rung, launches, faults: Vec::new() };
        let no_window = self.surroundings.no_window();
        let command = self.command.as_ref().map(|command| vec![command.fill(target, &target.url)]).ok_or("it is not set");
        let wsl = match no_window {
            _ if !self.surroundings.wsl => Err("this is no Linux inside Windows"),
            // Windows needs no display of Linux to show its browser, but whoever looks from elsewhere does not see it.
            Some(why) if self.surroundings.ssh => Err(why),
            _ => Ok(["wslview", "explorer.exe"].map(|program| Launch::new(program, vec![target.url.clone()])).into()),
        };
        let desktop = match no_window {
            Some(why) => Err(why),
            None => Ok(::open::commands(&target.url).iter().map(Launch::from).collect()),
        };
        vec![step(Rung::Command, command), self.browser(target), step(Rung::Wsl, wsl), step(Rung::Desktop, desktop)]
    }

    fn browser(&self, target: &Target) -> Step {
        let Some(browser) = &self.surroundings.browser else {
            return Step { rung: Rung::Browser, launches: Err("it is not set"), faults: Vec::new() };
        };
        let (mut launches, mut faults) = (Vec::new(), Vec::new());
        for command in browser::commands(browser, self.surroundings.platform == Platform::Windows, &target.url) {
            match command {
                Ok(launch) => launches.push(launch),
                Err(fault) => faults.push(format!("$BROWSER: {fault}")),
            }
        }
        Step { rung: Rung::Browser, launches: Ok(launches), faults }
    }

    /// Opens a target by the first means that works. May wait for about a second, so it belongs on a thread of its own.
    ///
    /// # Errors
    /// A link that must not be opened.
    pub fn open(&self, target: &Target) -> Result<Opened, Refused> {
        if let Some(bad) = [&target.url, &target.video_url].into_iter().find(|url| !is_web_address(url)) {
            return Err(Refused(crate::text::clean_line(bad).into_owned()));
        }
        let until = Instant::now() + PATIENCE;
        let mut failed = Vec::new();
        for Step { rung, launches, faults } in self.steps(target) {
            failed.extend(faults);
            // Which of the desktop's ways are missing helps nobody.
            let mut missing = Vec::new();
            let launches = launches.unwrap_or_default();
            let own = matches!(rung, Rung::Command | Rung::Browser);
            for launch in &launches {
                if !own && launch.path().is_none() {
                    missing.push(launch.name());
                    continue;
                }
                match launch.start(until.max(Instant::now() + LEAST)) {
                    Ok(()) => return Ok(Opened::By { rung, program: launch.name(), failed }),
                    Err(failure) => failed.push(failure.to_string()),
                }
            }
            if !launches.is_empty() && missing.len() == launches.len() {
                failed.push(format!("no browser starts here ({} are missing)", missing.join(", ")));
            }
        }
        failed.extend(self.surroundings.no_window().map(str::to_owned));
        Ok(Opened::Nowhere { why: failed.join("; ") })
    }
}

#[cfg(all(test, unix))]
mod tests;
