//! The words of a player's command, and the places in them that a talk fills.

use super::Track;
use crate::domain::{Cue, Link};
use crate::text::clean_line;

/// What can stand in the words.
const PLACES: [&str; 5] = ["{url}", "{video_url}", "{start}", "{end}", "{title}"];

/// Programs that read their arguments as code.
const SHELLS: [&str; 9] = ["sh", "bash", "dash", "zsh", "ksh", "fish", "cmd", "powershell", "pwsh"];

/// The last step of a program's path.
pub(super) fn name(program: &str) -> String {
    clean_line(program.rsplit(['/', '\\']).next().unwrap_or(program)).into_owned()
}

/// Does a word hold a place?
pub(super) fn holds_place(word: &str) -> bool {
    PLACES.iter().any(|place| word.contains(place))
}

/// A program, and its arguments with a track in their places; the address stands behind them if it has no place.
///
/// A word with a place for what is not known is left out, so `--end={end}` is one word. Where a value stands at the head of a word, its
/// leading dashes are left out, so that no title is taken for an option.
///
/// # Errors
/// There is no program, or a place stands in a script, where a shell would read what a title or an address says as code; for people.
pub(super) fn filled<'a>(words: &'a [String], track: &Track) -> Result<(&'a str, Vec<String>), String> {
    let (program, words) = words.split_first().ok_or("`player` in the configuration is empty")?;
    if script(program, words).is_some_and(holds_place) {
        let shell = name(program);
        return Err(format!(
            "`player` in the configuration has {shell} read a talk as code; write [\"sh\", \"-c\", \"mpv \\\"$1\\\"\", \"sh\", \"{{url}}\"]"
        ));
    }
    let mut arguments: Vec<String> = words.iter().filter_map(|word| fill(word, track)).collect();
    if !words.iter().any(|word| word.contains("{url}") || word.contains("{video_url}")) {
        arguments.push(track.address.clone());
    }
    Ok((program, arguments))
}

/// The word that a shell would run as a script, if the program is one.
fn script<'a>(program: &str, words: &'a [String]) -> Option<&'a str> {
    let program = name(program).to_ascii_lowercase();
    if !SHELLS.contains(&program.strip_suffix(".exe").unwrap_or(&program)) {
        return None;
    }
    let takes_script = |word: &String| {
        let word = word.to_ascii_lowercase();
        let letters = word.strip_prefix('-').filter(|rest| !rest.starts_with('-'));
        letters.is_some_and(|letters| letters.contains('c')) || matches!(word.as_str(), "/c" | "/k" | "--command")
    };
    let at = words.iter().position(takes_script)?;
    words.get(at + 1).map(String::as_str)
}

/// A word with a track in its places; `None` where one of them has no value. What a value holds is no place.
fn fill(word: &str, track: &Track) -> Option<String> {
    let (mut text, mut rest) = (String::new(), word);
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(place) = PLACES.iter().find(|place| rest.starts_with(**place)) else {
            text.push('{');
            rest = &rest[1..];
            continue;
        };
        let value = value(place, track)?;
        let value = if text.is_empty() { value.trim_start_matches(['-', ' ']) } else { &value };
        if value.is_empty() {
            return None;
        }
        text.push_str(value);
        rest = &rest[place.len()..];
    }
    Some(text + rest)
}

fn value(place: &str, track: &Track) -> Option<String> {
    let seconds = |cue: Option<Cue>| cue.map(|cue| cue.seconds().to_string());
    match place {
        // A file has no link that a player would follow to a second.
        "{url}" => {
            Some(Link::parse(&track.address).map_or_else(|_| track.address.clone(), |link| link.recording.url_at(track.beginning())))
        }
        "{video_url}" => Some(track.address.clone()),
        "{start}" => seconds(track.beginning()),
        "{end}" => seconds(track.end),
        _ => Some(clean_line(&track.title).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn track(title: &str, end: Option<u64>) -> Track {
        let at = |seconds| Cue::from_seconds(seconds).ok();
        let address = "https://www.youtube.com/watch?v=AAAAAAAAAA1".to_owned();
        Track { title: title.to_owned(), address, start: at(90), end: end.and_then(at), ..Track::default() }
    }

    fn words(words: &[&str], track: &Track) -> Result<Vec<String>, String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        filled(&words, track).map(|(_, arguments)| arguments)
    }

    fn right(given: &[&str], track: &Track) -> Vec<String> {
        words(given, track).expect("a command")
    }

    #[test]
    fn a_track_stands_in_the_places() {
        let track = track("Ropes", Some(300));
        let video = track.address.as_str();
        let at = format!("{video}&t=90s");
        assert_eq!(
            right(&["p", "--start-time={start}", "--stop-time={end}", "{video_url}"], &track),
            ["--start-time=90", "--stop-time=300", video]
        );
        assert_eq!(right(&["p", "-t", "{title}: {start}{", "{url}"], &track), ["-t", "Ropes: 90{", &at]);
        assert_eq!(right(&["p", "--fs", "{nothing}"], &track), ["--fs", "{nothing}", video]);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let track = Track { start: None, ..track("", None) };
        assert_eq!(right(&["p", "--from={start}", "--to={end}", "{title}", "{url}"], &track), [track.address.as_str()]);
        let local = Track { address: "/srv/a b.mp4".to_owned(), ..track };
        assert_eq!(right(&["p", "{url}", "{video_url}"], &local), ["/srv/a b.mp4", "/srv/a b.mp4"]);
    }

    #[test]
    fn a_title_is_one_harmless_argument() {
        assert_eq!(right(&["p", "{title}", "{url}"], &track("--exec=rm", None))[0], "exec=rm");
        assert_eq!(right(&["p", "--title={title}", "{url}"], &track("-a \"b\" '$(c)'\n;{url}", None))[0], "--title=-a \"b\" '$(c)' ;{url}");
        assert_eq!(name("/usr/bin/vlc"), "vlc");
    }

    #[test]
    fn nothing_is_put_into_a_script() {
        let track = track("T", None);
        for given in [&["sh", "-c", "mpv {url}"][..], &["/bin/bash", "-ec", "x '{title}'"], &["cmd.exe", "/C", "start {url}"]] {
            assert!(words(given, &track).is_err_and(|why| why.contains("as code")), "{given:?}");
        }
        assert!(words(&["sh", "-c", "mpv \"$1\"", "sh", "{url}"], &track).is_ok());
        assert!(words(&[], &track).is_err());
    }

    proptest! {
        #[test]
        fn no_argument_is_an_option_unless_the_user_wrote_it(title in "\\PC{0,20}", word in "[{}a-z_ =]{0,12}\\{title\\}[{}a-z]{0,5}") {
            for argument in right(&["p", &word], &track(&title, None)) {
                prop_assert!(!argument.starts_with('-') && !argument.contains(['\n', '\0', '\u{1b}']), "{}", argument);
            }
        }
    }
}
