//! `cuepoint open`: a talk in the browser, at its own second; in the player, where its recording is a file on this machine.

use super::Exit;
use super::load::Archive;
use super::output::{Output, tell};
use super::pick::{Picked, pick};
use super::play::play_picked;
use crate::domain::{Provider, Status, Talk};
use crate::open::{Ladder, Opened, Target, clipboard};
use crate::player::Settings;

/// What `open` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A talk's id, its beginning, or words of it that stand in no other; an event's opens the whole evening.
    id: String,
}

/// Opens the link and says which, and by what.
pub fn run(args: &Args, archive: &Archive, ladder: &Ladder, player: &Settings, out: &mut Output) -> anyhow::Result<Exit> {
    archive.tell_problems();
    if archive.is_unreadable() {
        return Ok(Exit::Failure);
    }
    let picked = match pick(&archive.catalogue, &args.id) {
        Ok(picked) => picked,
        Err(error) => {
            tell(&error.to_string());
            return Ok(Exit::Findings);
        }
    };
    // No browser is handed a file; Enter on the screen plays it too.
    if picked.recording().is_some_and(|recording| recording.provider() == Provider::Local) {
        return play_picked(&picked, &archive.catalogue, false, player, out);
    }
    let (target, remark) = match picked {
        Picked::Talk(talk) => (Target::talk(talk).ok_or_else(|| why_none(talk)), talk.landing_remark()),
        Picked::Event(event) => {
            let none = || "the event has no recording, or each talk has its own: open a talk";
            (Target::event(event).ok_or_else(none), None)
        }
    };
    let target = match target {
        Ok(target) => target,
        Err(why) => {
            tell(why);
            return Ok(Exit::Findings);
        }
    };
    let opened = ladder.open(&target)?;
    match &opened {
        Opened::Nowhere { why } => by_hand(&target.url, why, ladder, out)?,
        Opened::By { .. } => {
            let line = format!("opened {} with {}", out.link(&target.url), opened.by().unwrap_or_default());
            out.line(&line)?;
        }
    }
    if let Some(remark) = remark {
        out.line(&remark)?;
    }
    Ok(Exit::Done)
}

/// Copies and shows a link that nothing here opens. Where nobody looks, that is a failure.
fn by_hand(url: &str, why: &str, ladder: &Ladder, out: &mut Output) -> anyhow::Result<()> {
    let copied = match clipboard::copy(url, ladder.surroundings().multiplexer) {
        Ok(bytes) if out.steer(&bytes)? => "copied, if the terminal allows it",
        Ok(_) => anyhow::bail!("not opened: {url}: {why}"),
        Err(_) => "too long to be copied",
    };
    tell(&format!("not opened, since {why}; {copied}"));
    let link = out.link(url);
    out.line(&link)?;
    Ok(())
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
