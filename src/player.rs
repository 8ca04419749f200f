//! Playing a talk from its first second to its last, in a player of the user's.

mod address;
#[cfg(unix)]
mod mpv;
mod process;
mod program;
#[cfg(unix)]
mod room;
#[cfg(unix)]
mod seen;
#[cfg(unix)]
mod session;
pub mod wire;
mod worker;

pub use worker::attend;

use crate::domain::{Chapter, Cue, Link, Provider, Recording, Status, Talk};
use crate::open::{Target, Template};

/// How talks are played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The player and its arguments. mpv is spoken to while it plays, and given those of them that are the same for every talk; any
    /// other program is started once for each talk, with that in their places.
    pub command: Template,
    /// What becomes of what plays when the program ends.
    pub when_leaving: WhenLeaving,
}

/// What becomes of what plays when the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenLeaving {
    /// It plays on.
    #[default]
    KeepPlaying,
    /// It ends too.
    Stop,
}

impl WhenLeaving {
    /// Both.
    pub const ALL: [WhenLeaving; 2] = [WhenLeaving::KeepPlaying, WhenLeaving::Stop];

    /// The word in the settings.
    pub fn name(self) -> &'static str {
        match self {
            WhenLeaving::KeepPlaying => "keep-playing",
            WhenLeaving::Stop => "stop",
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        let command = Template::new(vec!["mpv".to_owned()]).expect("it names a program");
        Settings { command, when_leaving: WhenLeaving::default() }
    }
}

impl Settings {
    /// Is the player one that is spoken to while it plays?
    pub fn is_mpv(&self) -> bool {
        self.command.name() == "mpv"
    }
}

/// What is to be played.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Track {
    /// The id of the talk.
    pub talk: String,
    /// Its title.
    pub title: String,
    /// The recording, without any second in it: a web address, or the path of a file.
    pub address: String,
    /// Where in the recording the talk begins, where that is known.
    pub start: Option<Cue>,
    /// Where it ends.
    pub end: Option<Cue>,
    /// Where one stopped inside it who had seen what lies before: that counts as seen, and playing begins there.
    pub resume: Option<Cue>,
    /// Where playing begins instead, if one follows a note or a chapter: what lies before does not count as seen.
    pub from: Option<Cue>,
    /// What can be jumped to inside it, in order.
    pub chapters: Vec<Chapter>,
}

impl Track {
    /// A talk, from where one stopped inside it, if one did; `None` if it has no recording to be played.
    pub fn of(talk: &Talk, resume: Option<Cue>) -> Option<Track> {
        let recording = talk.recording.as_ref().filter(|_| talk.status == Status::Recorded)?;
        Some(Track {
            talk: talk.id.clone(),
            title: talk.title.clone(),
            address: address_of(recording),
            start: talk.span.start,
            end: talk.span.end,
            resume,
            from: None,
            chapters: talk.about().chapters.clone(),
        })
    }

    /// Where playing begins: where one jumps to or stopped, if that is inside the talk, else at its start.
    pub fn beginning(&self) -> Option<Cue> {
        self.from.filter(|at| self.holds(*at)).or(self.resumed()).or(self.start)
    }

    /// Where what was seen before ends, if that is inside the talk.
    pub fn resumed(&self) -> Option<Cue> {
        self.resume.filter(|at| self.holds(*at))
    }

    fn holds(&self, at: Cue) -> bool {
        self.start.is_none_or(|start| start < at) && self.end.is_none_or(|end| at < end)
    }
}

/// What is filled into the words of a player. A file has no link that a player would follow to a second.
impl From<&Track> for Target {
    fn from(track: &Track) -> Target {
        let video_url = track.address.clone();
        let url = Link::parse(&track.address).map_or_else(|_| video_url.clone(), |link| link.recording.url_at(track.beginning()));
        Target { url, video_url, start: track.beginning(), end: track.end, title: track.title.clone() }
    }
}

/// What a player is handed for a recording: its clean address, or the path of a file.
pub fn address_of(recording: &Recording) -> String {
    if recording.provider() == Provider::Local { recording.id().to_owned() } else { recording.url() }
}

/// What a player is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Play this, in the place of what is played. Where that was another talk, its end is told.
    Play(Box<Track>),
    /// Pause, or go on.
    TogglePause,
    /// Go to a second of the recording.
    SeekTo(Cue),
    /// Go so many seconds forward, or back below zero: not before the talk's start, and not to its end, which would end it.
    SeekBy(i32),
    /// Stop playing, and close the player.
    Stop,
}

/// What a player tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The player runs and has the talk.
    Started {
        /// The id of the talk.
        talk: String,
        /// The player's name (`mpv`).
        by: String,
        /// Does it tell where it is, and take orders?
        follows: bool,
    },
    /// The player is at a second of the recording; told once a second, and at once where it is paused, goes on or jumps.
    Position {
        /// The id of the talk.
        talk: String,
        /// The second.
        at: Cue,
        /// Where the talk ends, as far as the player knows.
        end: Option<Cue>,
        /// Is it paused?
        paused: bool,
        /// Was the talk seen up to here, but for a tenth of it? Only such a place may be gone on from as [`Track::resume`]: what lies
        /// before one that was jumped to would count as seen.
        seen: bool,
    },
    /// Nine tenths of the talk were seen; told once.
    Watched(String),
    /// The talk is not played any more.
    Ended {
        /// The id of the talk.
        talk: String,
        /// Where it was last.
        at: Option<Cue>,
        /// Was the talk seen up to there, as in [`News::Position`]?
        seen: bool,
        /// Why.
        how: End,
    },
    /// The talk was not played, and why. It may have been told as started, where it turned out only then.
    Failed {
        /// The id of the talk.
        talk: String,
        /// What stands behind a colon: `mpv is not installed; install it …`.
        why: String,
    },
}

/// Why a talk is not played any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The talk is over.
    Reached,
    /// The user closed the player, had it stopped, or had another talk played.
    Closed,
    /// The player ended in a way that it should not, with what is known of it.
    Died(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str], track: &Track) -> String {
        let command = Template::new(words.iter().map(|word| (*word).to_owned()).collect()).expect("a command");
        let target = Target::from(track);
        format!("{:?}", command.fill(&target, &target.video_url))
    }

    #[test]
    fn a_track_stands_in_the_places_of_a_command() {
        let at = |seconds| Cue::from_seconds(seconds).ok();
        let address = "https://www.youtube.com/watch?v=AAAAAAAAAA1".to_owned();
        let track = Track { title: "Ropes".into(), address, start: at(90), end: at(300), ..Track::default() };
        let words = ["vlc", "--start-time={start}", "--stop-time={end}", "{url}"];
        let link = &track.address;
        assert_eq!(arguments(&words, &track), format!(r#"["vlc", "--start-time=90", "--stop-time=300", "{link}&t=90s"]"#));
        assert_eq!(arguments(&["vlc"], &track), format!(r#"["vlc", "{link}"]"#));
        // Where one goes on is where it starts.
        let later = Track { resume: at(120), ..track.clone() };
        assert_eq!(arguments(&words, &later), format!(r#"["vlc", "--start-time=120", "--stop-time=300", "{link}&t=120s"]"#));
        let file = Track { address: "/srv/a b#1.mp4".into(), ..track };
        assert_eq!(arguments(&["vlc", "{start}", "{url}", "{video_url}"], &file), r#"["vlc", "90", "/srv/a b#1.mp4", "/srv/a b#1.mp4"]"#);
    }
}
