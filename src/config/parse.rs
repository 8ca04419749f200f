//! From the text of a configuration to settings: nothing here looks at the disk.

use super::command::{OPEN, PLAYER};
use super::sources::{Entry, check_paths, read_sources};
use super::{Config, KEYS};
use crate::domain::{Place, Problem};
use crate::player::WhenLeaving;
use crate::text::did_you_mean;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A configuration as it is written; whether its paths lead anywhere was not looked at.
#[derive(Debug)]
pub struct Parsed {
    /// The settings.
    pub config: Config,
    /// What is wrong in the text.
    pub problems: Vec<Problem>,
    /// Where each of the sources stands.
    entries: Vec<Entry>,
}

impl Parsed {
    /// The settings, and what is wrong in the text or with the paths that it names, in its order.
    pub fn checked(mut self) -> (Config, Vec<Problem>) {
        self.problems.extend(check_paths(&mut self.config.sources, &self.entries));
        self.problems.sort_by(|a, b| a.place.cmp(&b.place));
        (self.config, self.problems)
    }
}

/// Where things stand in a text.
pub(super) struct Text<'a> {
    pub all: &'a str,
    pub file: &'a Place,
    /// The folder that paths begin at.
    pub folder: &'a Path,
    /// What `~` stands for.
    pub home: Option<&'a Path>,
}

impl Text<'_> {
    /// The line and column of a byte.
    pub fn at(&self, offset: usize) -> Place {
        let before = self.all.get(..offset).unwrap_or(self.all);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.file.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    /// The line and column at which something begins.
    pub fn place<T>(&self, value: &Spanned<T>) -> Place {
        self.at(value.span().start)
    }
}

/// Reads a configuration. Paths in it begin at `folder`; `home` is what `~` stands for.
pub fn parse(text: &str, file: &Place, folder: &Path, home: Option<&Path>) -> Parsed {
    let text = Text { all: text, file, folder, home };
    let (table, errors) = DeTable::parse_recoverable(text.all);
    let not_toml = |e: &toml::de::Error| {
        let place = text.at(e.span().map_or(0, |span| span.start));
        Problem::error(place, format!("not valid TOML: {}", e.message()))
    };
    let mut problems: Vec<Problem> = errors.iter().map(not_toml).collect();
    let (mut config, mut entries) = (Config::default(), Vec::new());
    for (key, value) in table.get_ref() {
        let place = text.place(key);
        match key.get_ref().as_ref() {
            "open" => config.open = OPEN.read(&text, place, value, &mut problems),
            "player" => config.player.command = PLAYER.read(&text, place, value, &mut problems).unwrap_or(config.player.command),
            "when_leaving" => match when_leaving(value) {
                Ok(when) => config.player.when_leaving = when,
                Err(hint) => problems.push(Problem::error(text.place(value), "`when_leaving` is no word that is known").hint(hint)),
            },
            "mouse" => match value.get_ref() {
                DeValue::Boolean(mouse) => config.mouse = *mouse,
                _ => problems.push(Problem::error(place, "`mouse` is neither true nor false").hint("write it as mouse = false")),
            },
            "source" => (config.sources, entries) = read_sources(&text, place, value, &mut problems),
            other => problems.push(unknown(place, other, "setting", &KEYS)),
        }
    }
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    Parsed { config, problems, entries }
}

/// A key that means nothing, and the one that may have been meant.
pub(super) fn unknown(place: Place, key: &str, what: &str, known: &[&'static str]) -> Problem {
    Problem::warning(place, format!("unknown {what} `{key}`")).hint(meant(key, known))
}

/// What may have been meant by a word that is none of some.
pub(super) fn meant(word: &str, known: &[&'static str]) -> String {
    match did_you_mean(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are: {}", known.join(", ")),
    }
}

/// What becomes of the player; else what may have been meant.
fn when_leaving(value: &Spanned<DeValue>) -> Result<WhenLeaving, String> {
    let word = value.get_ref().as_str().unwrap_or_default();
    let known = WhenLeaving::ALL.map(WhenLeaving::name);
    WhenLeaving::ALL.into_iter().find(|when| when.name() == word).ok_or_else(|| meant(word, &known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::Template;
    use crate::player;
    use proptest::prelude::*;

    fn told(text: &str) -> (Config, Vec<String>) {
        let parsed = parse(text, &Place::of("c.toml".as_ref()), "/etc".as_ref(), Some("/home/kim".as_ref()));
        (parsed.config, parsed.problems.iter().map(ToString::to_string).collect())
    }

    fn command(words: &[&str]) -> Template {
        Template::new(words.iter().map(|word| (*word).to_owned()).collect()).expect("a command")
    }

    #[test]
    fn what_is_wrong_in_a_command_is_told() {
        let (config, problems) = told("open = [\"mpv\", \"--start={strat}\",\n  \"{url}\", \"{volume}\"]\n");
        assert_eq!(config.open, Some(command(&["mpv", "--start={strat}", "{url}", "{volume}"])));
        assert_eq!(
            problems,
            [
                "c.toml:1:16: warning: unknown place `{strat}` in `open` (did you mean `{start}`?)",
                "c.toml:2:12: warning: unknown place `{volume}` in `open` (known are: {url}, {video_url}, {start}, {end}, {title})",
            ]
        );
        let (config, problems) = told("open = [\"sh\", \"-c\", \"mpv {url}\"]\n");
        assert_eq!(config.open, None);
        assert_eq!(
            problems,
            ["c.toml:1:1: error: `open` has `{url}` where sh would run what stands for it \
              (write it as open = [\"sh\", \"-c\", \"mpv \\\"$1\\\"\", \"sh\", \"{url}\"])"]
        );
    }

    #[test]
    fn settings_are_read() {
        let (config, problems) = told("open = [\"mpv\", \"{url}\"]\nmouse = false\n");
        assert_eq!(config, Config { open: Some(command(&["mpv", "{url}"])), mouse: false, ..Config::default() });
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn the_player_is_read() {
        let (config, problems) = told("player = [\"mpv\", \"--fs\"]\nwhen_leaving = \"stop\"\n");
        let expected = player::Settings { command: command(&["mpv", "--fs"]), when_leaving: WhenLeaving::Stop };
        assert_eq!((config.player, problems), (expected, Vec::new()));
        let (config, problems) = told("player = \"vlc\"\nwhen_leaving = \"sotp\"\n");
        assert_eq!(config, Config::default());
        assert_eq!(
            problems,
            [
                "c.toml:1:1: error: `player` is no list of words (write it as player = [\"mpv\", \"--fs\"])",
                "c.toml:2:16: error: `when_leaving` is no word that is known (did you mean `stop`?)",
            ]
        );
        let (_, problems) = told("when_leaving = true\n");
        assert_eq!(problems, ["c.toml:1:16: error: `when_leaving` is no word that is known (known are: keep-playing, stop)"]);
    }

    #[test]
    fn what_is_wrong_in_a_player_is_told() {
        let (config, problems) = told("player = [\"vlc\", \"--start-time={strat}\",\n  \"{video_url}\"]\n");
        assert_eq!(config.player.command, command(&["vlc", "--start-time={strat}", "{video_url}"]));
        assert_eq!(problems, ["c.toml:1:18: warning: unknown place `{strat}` in `player` (did you mean `{start}`?)"]);
        for (words, problem) in [
            (
                "\"sh\", \"-c\", \"mpv {url}\"",
                "`player` has `{url}` where sh would run what stands for it \
                 (write it as player = [\"sh\", \"-c\", \"mpv \\\"$1\\\"\", \"sh\", \"{url}\"])",
            ),
            (
                "\"ssh\", \"den\", \"mpv\"",
                "`player` has ssh hand the link to a shell on another machine, which would read it as code (name a player of this machine)",
            ),
            ("\" \"", "`player` names no program (write it as player = [\"mpv\", \"--fs\"])"),
            ("\"a\\u0007\"", "`player` holds a control character (write it as player = [\"mpv\", \"--fs\"])"),
        ] {
            let (config, problems) = told(&format!("\nplayer = [{words}]\n"));
            assert_eq!((config, problems), (Config::default(), vec![format!("c.toml:2:1: error: {problem}")]));
        }
    }

    #[test]
    fn a_bad_line_costs_itself() {
        let (config, problems) = told("open = \"mpv\"\nmuose = true\nmouse = false\n");
        assert_eq!(config, Config { mouse: false, ..Config::default() });
        assert_eq!(
            problems,
            [
                "c.toml:1:1: error: `open` is no list of words (write it as open = [\"firefox\", \"{url}\"])",
                "c.toml:2:1: warning: unknown setting `muose` (did you mean `mouse`?)",
            ]
        );
        let (config, problems) = told("mouse = = 3\nopen = [\"mpv\"]\n");
        assert_eq!(config.open, Some(command(&["mpv"])));
        assert!(problems[0].starts_with("c.toml:1:"), "{problems:?}");
    }

    #[test]
    fn a_mark_before_the_first_line_and_foreign_line_ends_are_nothing_special() {
        let (config, problems) = told("\u{feff}mouse = false\r\n[[source]]\r\npath = \"/talks\"\r\n");
        assert_eq!((config.mouse, config.sources.len(), problems), (false, 1, Vec::new()));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([a-z=\\[\\]\"'#. ~/\n]|\\[\\[source\\]\\]\n|path = |name = |format = \"post\"|mouse|player|when_leaving|é){0,60}") {
            let (_, problems) = told(&text);
            prop_assert!(problems.iter().all(|problem| problem.starts_with("c.toml:")));
        }
    }
}
