//! A player of which nothing is known but how it is started: once for each talk.

use super::process::Process;
use super::{End, News, Track};
use crate::domain::{Cue, Link};
use crate::text::clean_line;
use std::time::{Duration, Instant};

/// A program that has not failed within this time is taken to be doing its work.
const PATIENCE: Duration = Duration::from_millis(800);

/// What stands for a part of the track in the words of a command.
const PLACEHOLDERS: [&str; 5] = ["{url}", "{video_url}", "{start}", "{end}", "{title}"];

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
    /// It is missing or may not run, for people.
    pub(super) fn start(words: &[String], track: &Track) -> Result<Program, String> {
        let (program, arguments) = words.split_first().ok_or("`player` in the configuration is empty")?;
        let process = Process::start(program, &filled(arguments, track))?;
        Ok(Program { process, name: name(program), talk: track.talk.clone(), since: Instant::now(), told: false })
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
        news.push(News::Ended { talk: self.talk.clone(), at: None, how });
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

/// The last step of a program's path.
pub(super) fn name(program: &str) -> String {
    clean_line(program.rsplit(['/', '\\']).next().unwrap_or(program)).into_owned()
}

/// Does a word hold a placeholder?
pub(super) fn holds_placeholder(word: &str) -> bool {
    PLACEHOLDERS.iter().any(|placeholder| word.contains(placeholder))
}

/// The words of a command with a track in the place of the placeholders; the address goes behind them if it stands nowhere.
///
/// A start that is not known is the recording's. A word about an end that is not known is left out. A title that would be an option by
/// itself gets a space before its dash.
fn filled(words: &[String], track: &Track) -> Vec<String> {
    let start = track.beginning();
    let url = Link::parse(&track.address).map_or_else(|_| track.address.clone(), |link| link.recording.url_at(start));
    let title = clean_line(&track.title);
    let fill = |word: &String| {
        if word.contains("{end}") && track.end.is_none() {
            return None;
        }
        let value = |name: &str| match name {
            "{url}" => url.clone(),
            "{video_url}" => track.address.clone(),
            "{start}" => start.map_or(0, Cue::seconds).to_string(),
            "{end}" => track.end.map_or(0, Cue::seconds).to_string(),
            _ => title.clone().into_owned(),
        };
        let filled = replaced(word, value);
        Some(if filled.starts_with('-') && word.starts_with("{title}") { format!(" {filled}") } else { filled })
    };
    let mut arguments: Vec<String> = words.iter().filter_map(fill).collect();
    if !words.iter().any(|word| word.contains("{url}") || word.contains("{video_url}")) {
        arguments.push(track.address.clone());
    }
    arguments
}

/// Puts values in the place of placeholders, in one go: what a value holds is no placeholder.
fn replaced(word: &str, value: impl Fn(&str) -> String) -> String {
    let (mut text, mut rest) = (String::new(), word);
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        if let Some(placeholder) = PLACEHOLDERS.iter().find(|placeholder| after.starts_with(**placeholder)) {
            text.push_str(&value(placeholder));
            rest = &after[placeholder.len()..];
        } else {
            text.push('{');
            rest = &after[1..];
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(title: &str, end: Option<u64>) -> Track {
        let at = |seconds| Cue::from_seconds(seconds).ok();
        let address = "https://www.youtube.com/watch?v=AAAAAAAAAA1".to_owned();
        Track { title: title.to_owned(), address, start: at(90), end: end.and_then(at), ..Track::default() }
    }

    fn words(words: &[&str], track: &Track) -> Vec<String> {
        filled(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), track)
    }

    #[test]
    fn a_track_stands_for_the_placeholders() {
        let track = track("Ropes", Some(300));
        let video = track.address.as_str();
        let at = format!("{video}&t=90s");
        assert_eq!(
            words(&["--start-time={start}", "--stop-time={end}", "{video_url}"], &track),
            ["--start-time=90", "--stop-time=300", video]
        );
        assert_eq!(words(&["-t", "{title}: {start}{", "{url}"], &track), ["-t", "Ropes: 90{", &at]);
        assert_eq!(words(&["--fs", "{nothing}"], &track), ["--fs", "{nothing}", video]);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let track = Track { start: None, ..track("Ropes", None) };
        assert_eq!(words(&["--from={start}", "--to={end}", "{url}"], &track), ["--from=0", &track.address]);
        let local = Track { address: "/srv/a b.mp4".to_owned(), ..track };
        assert_eq!(words(&["{url}", "{video_url}"], &local), ["/srv/a b.mp4", "/srv/a b.mp4"]);
    }

    #[test]
    fn a_title_is_one_harmless_argument() {
        assert_eq!(words(&["{title}", "{url}"], &track("--exec=rm", None))[0], " --exec=rm");
        assert_eq!(words(&["--title={title}", "{url}"], &track("-a \"b\" '$(c)'\n;{url}", None))[0], "--title=-a \"b\" '$(c)' ;{url}");
        assert_eq!(name("/usr/bin/vlc"), "vlc");
    }
}
