//! The configuration file: TOML under the XDG configuration directory, or where `--config` says.

use crate::domain::{Place, Problem};
use crate::open::Opener;
use crate::text::did_you_mean;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a user can set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// How links are opened: `open = ["firefox", "{url}"]`.
    pub opener: Opener,
    /// Whether the screen listens to the mouse: `mouse = false`.
    pub mouse: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config { opener: Opener::Desktop, mouse: true }
    }
}

/// Every key, for suggestions.
const KEYS: [&str; 2] = ["open", "mouse"];

/// Where the configuration is looked for when nothing else is said.
pub fn default_path() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("cuepoint").join("config.toml"))
}

/// Reads the configuration. A file that was not asked for by name may be missing. Each bad line costs itself only.
pub fn load(named: Option<&Path>) -> (Config, Vec<Problem>) {
    let Some(path) = named.map(Path::to_owned).or_else(default_path) else {
        return (Config::default(), Vec::new());
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text, &Place::of(&path)),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => (Config::default(), Vec::new()),
        Err(error) => {
            let problem = Problem::error(Place::of(&path), format!("cannot be read: {}", crate::source::files::reason(&error)));
            (Config::default(), vec![problem.hint("check the path, or leave --config out")])
        }
    }
}

fn parse(text: &str, place: &Place) -> (Config, Vec<Problem>) {
    let mut config = Config::default();
    let at = |offset: usize| {
        let before = &text[..offset.min(text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        place.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut problems: Vec<Problem> =
        errors.iter().map(|e| Problem::error(at(e.span().map_or(0, |s| s.start)), format!("not valid TOML: {}", e.message()))).collect();
    for (key, value) in table.get_ref() {
        let place = at(key.span().start);
        match key.get_ref().as_ref() {
            "open" => match words(value) {
                Some(words) => config.opener = Opener::Command(words),
                None => {
                    problems.push(Problem::error(place, "`open` is no list of words").hint("write it as open = [\"firefox\", \"{url}\"]"));
                }
            },
            "mouse" => match value.get_ref() {
                DeValue::Boolean(mouse) => config.mouse = *mouse,
                _ => problems.push(Problem::error(place, "`mouse` is neither true nor false").hint("write it as mouse = false")),
            },
            other => {
                let problem = Problem::warning(place, format!("unknown setting `{other}`"));
                problems.push(match did_you_mean(other, KEYS) {
                    Some(near) => problem.hint(format!("did you mean `{near}`?")),
                    None => problem.hint(format!("known are: {}", KEYS.join(", "))),
                });
            }
        }
    }
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    (config, problems)
}

/// A list of texts that is not empty.
fn words(value: &Spanned<DeValue>) -> Option<Vec<String>> {
    let DeValue::Array(items) = value.get_ref() else { return None };
    let words: Option<Vec<String>> = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
    words.filter(|w| w.first().is_some_and(|program| !program.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Config, Vec<String>) {
        let (config, problems) = parse(text, &Place::of("c.toml".as_ref()));
        (config, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn settings_are_read() {
        let (config, problems) = told("open = [\"mpv\", \"{url}\"]\nmouse = false\n");
        assert_eq!(config, Config { opener: Opener::Command(vec!["mpv".into(), "{url}".into()]), mouse: false });
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn a_bad_line_costs_itself() {
        let (config, problems) = told("open = \"mpv\"\nmuose = true\nmouse = false\n");
        assert_eq!(config, Config { opener: Opener::Desktop, mouse: false });
        assert_eq!(
            problems,
            [
                "c.toml:1:1: error: `open` is no list of words (write it as open = [\"firefox\", \"{url}\"])",
                "c.toml:2:1: warning: unknown setting `muose` (did you mean `mouse`?)",
            ]
        );
        let (config, problems) = told("mouse = = 3\nopen = [\"mpv\"]\n");
        assert_eq!(config.opener, Opener::Command(vec!["mpv".into()]));
        assert!(problems[0].starts_with("c.toml:1:"), "{problems:?}");
    }

    #[test]
    fn a_missing_file_is_told_only_when_named() {
        let (_, problems) = load(Some("no/such/file.toml".as_ref()));
        assert_eq!(problems.len(), 1);
    }
}
