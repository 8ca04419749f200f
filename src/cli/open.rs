//! `cuepoint open`: a talk in the browser, at its own second.

use super::Exit;
use super::load::Archive;
use super::output::{Output, tell};
use super::pick::{Picked, pick};
use crate::domain::{Recording, Status, Talk};
use crate::open::Opener;
use anyhow::Context;

/// What `open` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A talk's id, its beginning, or words of it that stand in no other; an event's opens the whole evening.
    id: String,
}

/// Opens the link and says which, and by what.
pub fn run(args: &Args, archive: &Archive, opener: &Opener, out: &mut Output) -> anyhow::Result<Exit> {
    archive.tell_problems();
    if archive.is_unreadable() {
        return Ok(Exit::Failure);
    }
    let (url, remark) = match pick(&archive.catalogue, &args.id) {
        Ok(Picked::Talk(talk)) => (talk.url().ok_or_else(|| why_none(talk)), talk.landing_remark()),
        Ok(Picked::Event(event)) => {
            let none = || "the event has no recording, or each talk has its own: open a talk";
            (event.recording.as_ref().map(Recording::url).ok_or_else(none), None)
        }
        Err(error) => {
            tell(&error.to_string());
            return Ok(Exit::Findings);
        }
    };
    let url = match url {
        Ok(url) => url,
        Err(why) => {
            tell(why);
            return Ok(Exit::Findings);
        }
    };
    let by = opener.open(&url).with_context(|| format!("not opened: {url}"))?;
    out.line(&format!("opened {url} with {}", crate::text::clean_line(&by)))?;
    if let Some(remark) = remark {
        out.line(&remark)?;
    }
    Ok(Exit::Done)
}

/// Why a talk cannot be watched.
pub fn why_none(talk: &Talk) -> &'static str {
    match talk.status {
        Status::Recorded => "the talk cannot be watched: its source names no recording",
        Status::NotRecorded => "the talk cannot be watched: it was not recorded",
        Status::Cancelled => "the talk cannot be watched: it was cancelled",
        Status::NotPublished => "the talk cannot be watched: its recording was never published",
        Status::Scheduled => "the talk cannot be watched: it was announced, and what became of it is not known",
    }
}
