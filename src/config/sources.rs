//! The archives that a configuration names: `[[source]]`.

use super::SOURCE_KEYS;
use super::parse::{Text, meant, unknown};
use crate::domain::{Place, Problem};
use crate::source::{FORMATS, Format, Source};
use crate::text::{clean_line, reason};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where a source stands in the configuration.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its path.
    path: Place,
    /// Its name, or its path where it has none of its own.
    name: Place,
}

/// Reads all of them. A table with a mistake in its path costs that source only, any other mistake that line only.
pub(super) fn read_sources(text: &Text, place: Place, value: &Spanned<DeValue>, problems: &mut Vec<Problem>) -> (Vec<Source>, Vec<Entry>) {
    let DeValue::Array(tables) = value.get_ref() else {
        problems.push(Problem::error(place, "`source` is no list of tables").hint("write [[source]], and below it path = \"~/talks\""));
        return (Vec::new(), Vec::new());
    };
    let (mut sources, mut entries) = (Vec::new(), Vec::new());
    for table in tables {
        let DeValue::Table(keys) = table.get_ref() else {
            problems
                .push(Problem::error(text.place(table), "a source is a table").hint("write [[source]], and below it path = \"~/talks\""));
            continue;
        };
        if let Some((source, entry)) = read_source(text, text.place(table), keys, problems) {
            sources.push(source);
            entries.push(entry);
        }
    }
    told_twice(&sources, &entries, problems);
    (sources, entries)
}

fn read_source(text: &Text, table: Place, keys: &DeTable, problems: &mut Vec<Problem>) -> Option<(Source, Entry)> {
    let (mut path, mut name, mut format) = (None, None, None);
    let mut has_path = false;
    for (key, value) in keys {
        let place = text.place(value);
        match key.get_ref().as_ref() {
            "path" => {
                has_path = true;
                path = words(value, "path", place.clone(), "path = \"~/talks\"", problems).map(|words| (expand(words, text), place));
            }
            "name" => {
                let words = words(value, "name", place.clone(), "name = \"talks\"", problems);
                name = words.map(|words| (clean_line(words).into_owned(), place));
            }
            "format" => {
                let name = words(value, "format", place.clone(), "format = \"post\"", problems);
                format = name.and_then(|name| known(name, place, problems));
            }
            other => problems.push(unknown(text.place(key), other, "key in a source:", &SOURCE_KEYS)),
        }
    }
    if !has_path {
        problems.push(Problem::error(table, "the source has no `path`").hint("add path = \"~/talks\", a folder or a file"));
    }
    let (path, path_place) = path?;
    let source = Source { format, ..Source::at(&path) };
    let entry = Entry { name: name.as_ref().map_or(&path_place, |(_, place)| place).clone(), path: path_place };
    Some((Source { name: name.map_or(source.name, |(name, _)| name), ..source }, entry))
}

/// A text that is not empty.
fn words<'a>(value: &'a Spanned<DeValue>, key: &str, place: Place, example: &str, problems: &mut Vec<Problem>) -> Option<&'a str> {
    let words = value.get_ref().as_str();
    match words {
        None => problems.push(Problem::error(place, format!("`{key}` is no text")).hint(format!("write it as {example}"))),
        Some(words) if words.trim().is_empty() => {
            problems.push(Problem::error(place, format!("`{key}` is empty")).hint(format!("write it as {example}, or leave it out")));
        }
        Some(words) => return Some(words),
    }
    None
}

/// The format of a name; without it, what the files are is found out.
fn known(name: &str, place: Place, problems: &mut Vec<Problem>) -> Option<&'static Format> {
    let format = Format::named(name);
    if format.is_none() {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        problems.push(Problem::error(place, format!("unknown format `{name}`")).hint(meant(name, &names)));
    }
    format
}

/// A path as it is meant: `~` is the user's own folder, and what begins nowhere begins beside the configuration.
fn expand(path: &str, text: &Text) -> PathBuf {
    match (text.home, path.strip_prefix('~')) {
        (Some(home), Some("")) => home.to_owned(),
        (Some(home), Some(rest)) if rest.starts_with(['/', std::path::MAIN_SEPARATOR]) => home.join(&rest[1..]),
        _ => text.folder.join(path),
    }
}

/// Two of one name cannot be told apart.
fn told_twice(sources: &[Source], entries: &[Entry], problems: &mut Vec<Problem>) {
    let mut names = HashMap::new();
    for (source, entry) in sources.iter().zip(entries) {
        if let Some(line) = names.get(source.name.as_str()) {
            let problem = Problem::warning(entry.name.clone(), format!("another source is called `{}` too, in line {line}", source.name));
            problems.push(problem.hint("give one of them another `name`"));
        } else {
            names.insert(source.name.as_str(), entry.name.line.unwrap_or(1));
        }
    }
}

/// Looks where the paths lead. One that leads nowhere stays, so that nobody takes other talks for those that were meant; one that was
/// there before is read once.
pub(super) fn check_paths(sources: &mut Vec<Source>, entries: &[Entry]) -> Vec<Problem> {
    let (mut problems, mut seen, mut kept) = (Vec::new(), HashMap::<PathBuf, u32>::new(), Vec::new());
    for (source, entry) in std::mem::take(sources).into_iter().zip(entries) {
        let shown = shown(&source.path);
        let real = match source.path.canonicalize() {
            Ok(real) => real,
            Err(error) => {
                let message = format!("the path leads nowhere: {shown}: {}", reason(&error));
                problems.push(Problem::warning(entry.path.clone(), message).hint("mend it, or take the source out"));
                source.path.clone()
            }
        };
        if let Some(line) = seen.get(&real) {
            let problem = Problem::warning(entry.path.clone(), format!("{shown} is a source already, in line {line}; it is read once"));
            problems.push(problem.hint("take one of the two out"));
            continue;
        }
        seen.insert(real, entry.path.line.unwrap_or(1));
        kept.push(source);
    }
    *sources = kept;
    problems
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn told(text: &str) -> (Vec<Source>, Vec<String>) {
        let parsed = parse(text, &Place::of("c.toml".as_ref()), "/etc".as_ref(), Some("/home/kim".as_ref()));
        (parsed.config.sources, parsed.problems.iter().map(ToString::to_string).collect())
    }

    #[cfg(unix)]
    #[test]
    fn sources_are_read() {
        let text = "[[source]]\npath = \"~/talks\"\n\n[[source]]\npath = \"../ruby\"\nname = \"Ruby\"\nformat = \"rubyevents\"\n\n\
                    [[source]]\npath = \"/srv/x.yml\"\n[[source]]\npath = \"~\"\n[[source]]\npath = \"~bo/x\"\n";
        let (sources, problems) = told(text);
        assert_eq!(problems, Vec::<String>::new());
        let shown = |s: &Source| (s.name.clone(), s.path.to_string_lossy().into_owned(), s.format.map(|f| f.name));
        let expected = [
            ("talks", "/home/kim/talks", None),
            ("Ruby", "/etc/../ruby", Some("rubyevents")),
            ("x.yml", "/srv/x.yml", None),
            ("kim", "/home/kim", None),
            ("x", "/etc/~bo/x", None),
        ];
        assert_eq!(sources.iter().map(shown).collect::<Vec<_>>(), expected.map(|(n, p, f)| (n.to_owned(), p.to_owned(), f)));
    }

    #[test]
    fn a_bad_source_costs_itself_and_a_bad_line_costs_that_line() {
        let text = "[[source]]\npth = \"/a\"\n[[source]]\npath = 3\n[[source]]\npath = \"/b\"\nformat = \"rubyevent\"\nname = [\"x\"]\n\
                    [[source]]\npath = \"/c/b\"\nformat = \"rss\"\n[[source]]\npath = \" \"\n";
        let (sources, problems) = told(text);
        assert_eq!(sources.iter().map(|s| (s.name.as_str(), s.format)).collect::<Vec<_>>(), [("b", None), ("b", None)]);
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(
            problems,
            [
                "c.toml:1:1: error: the source has no `path` (add path = \"~/talks\", a folder or a file)".to_owned(),
                "c.toml:2:1: warning: unknown key in a source: `pth` (did you mean `path`?)".to_owned(),
                "c.toml:4:8: error: `path` is no text (write it as path = \"~/talks\")".to_owned(),
                "c.toml:7:10: error: unknown format `rubyevent` (did you mean `rubyevents`?)".to_owned(),
                "c.toml:8:8: error: `name` is no text (write it as name = \"talks\")".to_owned(),
                "c.toml:10:8: warning: another source is called `b` too, in line 6 (give one of them another `name`)".to_owned(),
                format!("c.toml:11:10: error: unknown format `rss` (known are: {})", names.join(", ")),
                "c.toml:13:8: error: `path` is empty (write it as path = \"~/talks\", or leave it out)".to_owned(),
            ]
        );
    }

    #[test]
    fn what_is_no_table_is_told() {
        for (text, what) in [
            ("source = \"~/talks\"\n", "c.toml:1:1: error: `source` is no list of tables"),
            ("[source]\npath = \"~/talks\"\n", "c.toml:1:2: error: `source` is no list of tables"),
            ("source = [\"~/talks\"]\n", "c.toml:1:11: error: a source is a table"),
        ] {
            let (sources, problems) = told(text);
            assert_eq!((sources.len(), problems.len()), (0, 1), "{problems:?}");
            assert!(problems[0].starts_with(what), "{problems:?}");
        }
    }

    #[test]
    fn paths_are_looked_at() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("talks")).expect("a folder");
        let text = "[[source]]\npath = \"talks\"\n[[source]]\npath = \"./talks/\"\nname = \"again\"\n[[source]]\npath = \"no-such\"\n";
        let (config, problems) = parse(text, &Place::of("c.toml".as_ref()), folder.path(), None).checked();
        let names: Vec<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["talks", "no-such"], "a folder that is missing is told when it is read, too");
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("c.toml:4:8: warning: ") && told[0].contains("is a source already, in line 2"), "{told:?}");
        assert!(told[1].starts_with("c.toml:7:8: warning: the path leads nowhere: "), "{told:?}");
        assert_eq!(told.len(), 2);
    }
}
