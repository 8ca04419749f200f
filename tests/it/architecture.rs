//! The arrows between modules: each knows its neighbours only.

use std::fs;
use std::path::{Path, PathBuf};

/// A module at the top of `src/`, and the ones it may name.
const ALLOWED: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("stored", &[]),
    ("domain", &["stored", "text"]),
    ("rich", &["text"]),
    ("markdown", &["rich", "text"]),
    ("search", &["domain", "text"]),
    ("source", &["domain", "stored", "text"]),
    ("archive", &["domain", "search", "source", "stored", "text"]),
    ("open", &["domain", "text"]),
    ("player", &["domain", "open", "text"]),
    ("library", &["domain", "text"]),
    ("config", &["domain", "open", "player", "source", "text"]),
    ("app", &["archive", "domain", "markdown", "open", "player", "rich", "search", "source", "text"]),
    ("tui", &["app", "archive", "config", "domain", "library", "markdown", "open", "player", "rich", "search", "source", "text"]),
    ("cli", &["app", "archive", "config", "domain", "library", "open", "player", "search", "source", "text", "tui"]),
];

#[test]
fn every_arrow_points_the_right_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in rust_files(&src) {
        let relative = file.strip_prefix(&src).expect("below src");
        let module = relative.iter().next().expect("a name").to_string_lossy().replace(".rs", "");
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let (_, allowed) =
            ALLOWED.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("{module} has no row in the table of arrows"));
        let text = fs::read_to_string(&file).expect("a source file");
        let program = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for named in names_after(program, "crate::") {
            if named != module && !allowed.contains(&named.as_str()) {
                wrong.push(format!("{} names crate::{named}", relative.display()));
            }
        }
        if module != "tui" && program.contains("crossterm") {
            wrong.push(format!("{} names crossterm", relative.display()));
        }
        if module != "tui" && program.contains("ratatui") {
            wrong.push(format!("{} names ratatui", relative.display()));
        }
        if module != "source" && program.contains("serde_yaml") {
            wrong.push(format!("{} names serde_yaml", relative.display()));
        }
        if module != "library" && program.contains("rusqlite") {
            wrong.push(format!("{} names rusqlite", relative.display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

fn names_after(text: &str, prefix: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split(prefix).skip(1).collect::<Vec<_>>())
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .filter(|name: &String| !name.is_empty())
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}
