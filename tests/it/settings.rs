//! The file of settings from outside: where it is, how one begins, what is wrong in it, and what it makes the program read.

use super::{Run, cuepoint, fixture, here, run};
use std::fs;
use std::path::Path;

/// Runs with a home of its own, so that what is there by default can be written and read.
fn at_home(home: &Path, arguments: &[&str]) -> Run {
    let mut command = cuepoint(arguments);
    for name in ["XDG_CONFIG_HOME", "HOME", "APPDATA"] {
        command.env(name, home);
    }
    let run: Run = command.current_dir(home).output().expect("the program starts").into();
    assert!(!run.stderr.contains("panicked"), "{arguments:?}: {}", run.stderr);
    run
}

fn write(home: &Path, text: &str) {
    let folder = home.join("cuepoint");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("config.toml"), text).expect("written");
}

/// A path as it stands in TOML.
fn quoted(path: &str) -> String {
    format!("{path:?}")
}

#[test]
fn init_writes_once_and_never_over_anything() {
    let home = tempfile::tempdir().expect("a folder");
    let path = at_home(home.path(), &["config", "path"]);
    assert_eq!((path.status, path.stderr.as_str()), (0, ""));
    let file = Path::new(path.stdout.trim_end()).to_owned();
    assert!(!file.exists() && file.ends_with("cuepoint/config.toml"), "{file:?}");
    let first = at_home(home.path(), &["config", "init"]);
    assert_eq!((first.status, first.stdout.trim_end()), (0, path.stdout.trim_end()), "{first:?}");
    let text = fs::read_to_string(&file).expect("it was written");
    assert!(text.contains("#mouse = true\n") && text.contains("#[[source]]\n") && text.contains("rubyevents, native, "), "{text}");
    assert_eq!(fs::read_dir(file.parent().expect("a folder")).expect("a folder").count(), 1, "no draft stays behind");
    fs::write(&file, "mouse = false\n").expect("it is changed");
    let second = at_home(home.path(), &["config", "init"]);
    assert_eq!((second.status, second.stdout.as_str()), (2, ""));
    assert!(second.stderr.contains("config.toml is there already and is left alone"), "{}", second.stderr);
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "mouse = false\n");
}

#[test]
fn what_init_writes_changes_nothing_and_has_no_mistake() {
    let home = tempfile::tempdir().expect("a folder");
    let before = at_home(home.path(), &["list", "--limit", "9"]);
    let none = at_home(home.path(), &["config", "check"]);
    assert_eq!((none.status, none.stdout.as_str()), (0, ""));
    assert!(none.stderr.contains("there is none"), "{}", none.stderr);
    at_home(home.path(), &["config", "init"]);
    let check = at_home(home.path(), &["config", "check"]);
    assert_eq!((check.status, check.stdout.as_str()), (0, ""), "{}", check.stderr);
    let after = at_home(home.path(), &["list", "--limit", "9"]);
    assert_eq!((before.stdout, after.stderr.as_str()), (after.stdout, ""));
}

#[cfg(unix)]
#[test]
fn init_spares_a_link_that_leads_nowhere_and_tells_what_it_may_not() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join("cuepoint")).expect("a folder");
    std::os::unix::fs::symlink("/no/such", home.path().join("cuepoint/config.toml")).expect("a link");
    assert_eq!(at_home(home.path(), &["config", "init"]).status, 2);
    let blocked = tempfile::tempdir().expect("a folder");
    fs::write(blocked.path().join("cuepoint"), "").expect("written");
    let refused = at_home(blocked.path(), &["config", "init"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("config.toml cannot be written: "), "{}", refused.stderr);
}

#[test]
fn init_and_check_go_where_they_are_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml").to_string_lossy().into_owned();
    assert_eq!(run(&["config", "check", "--config", &file]).status, 2, "one that was named must be there");
    assert_eq!(run(&["config", "path", "--config", &file]).stdout.trim_end(), file);
    assert_eq!(run(&["--config", &file, "config", "init"]).status, 0);
    assert_eq!(run(&["config", "check", "--config", &file]).status, 0);
    assert_eq!(run(&["config"]).status, 2);
    assert_eq!(run(&["config", "forget"]).status, 2);
}

#[test]
fn five_mistakes_are_told_and_cost_themselves() {
    let home = tempfile::tempdir().expect("a folder");
    let events = quoted(&fixture("events"));
    let text = format!(
        "muose = false\nopen = 3\n\n[[source]]\npath = {events}\nformat = \"nativ\"\n\n[[source]]\npath = {events}\nname = \"twice\"\n\n\
         [[source]]\nname = \"nowhere\"\n"
    );
    write(home.path(), &text);
    let check = at_home(home.path(), &["config", "check"]);
    assert_eq!(check.status, 1);
    let told: Vec<&str> = check.stdout.lines().filter_map(|line| line.split("config.toml:").nth(1)).collect();
    let expected = [
        "1:1: warning: unknown setting `muose` (did you mean `mouse`?)",
        "2:1: error: `open` is no list of words",
        "6:10: error: unknown format `nativ` (did you mean `native`?)",
        "9:8: warning: ",
        "12:1: error: the source has no `path`",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told} is not {expected}");
    }
    assert!(check.stderr.ends_with("config.toml: 3 errors, 2 warnings\n"), "{}", check.stderr);
    let listed = at_home(home.path(), &["list"]);
    assert_eq!((listed.status, listed.stdout.lines().count()), (0, 7));
    assert_eq!(listed.stderr.matches("config.toml:").count(), 5, "{}", listed.stderr);
}

#[test]
fn configured_sources_are_read_unless_others_are_named() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join("cuepoint")).expect("a folder");
    fs::copy(here("tests/fixtures/harbour/2021-02-03.yml"), home.path().join("evening.yml")).expect("copied");
    write(home.path(), &format!("[[source]]\npath = \"../evening.yml\"\n[[source]]\npath = {}\n", quoted(&fixture("posts"))));
    let facts = |arguments: &[&str]| at_home(home.path(), arguments).stdout;
    let both = facts(&["list"]);
    let apart = [run(&["list", "--source", &fixture("posts")]), run(&["list", "--source", &fixture("harbour/2021-02-03.yml")])];
    let mut lines: Vec<&str> = apart.iter().flat_map(|run| run.stdout.lines()).collect();
    let mut listed: Vec<&str> = both.lines().collect();
    lines.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, lines);
    assert_eq!(facts(&["list", "--source", &fixture("posts")]), apart[0].stdout);
    let check = at_home(home.path(), &["check"]);
    assert!(check.stderr.contains("evening.yml: ") && check.stderr.contains("posts: "), "{}", check.stderr);
}

#[test]
fn no_command_runs_what_a_title_says_whatever_starts_its_shell() {
    let home = tempfile::tempdir().expect("a folder");
    for key in ["open", "player"] {
        for (words, told) in [
            (r#""env", "sh", "-c", "echo {title} > f""#, "has `{title}` where sh would run what stands for it"),
            (r#""sh", "-c", "-e", "echo {title}""#, "has `{title}` where sh would run what stands for it"),
            (r#""sh", "-c""#, "has `{url}` where sh would run what stands for it"),
            (r#""env", "A=b", "ssh", "den", "mpv""#, "has ssh hand the link to a shell on another machine"),
        ] {
            write(home.path(), &format!("{key} = [{words}]\n"));
            let check = at_home(home.path(), &["config", "check"]);
            assert_eq!(check.status, 1, "{key} = [{words}]");
            assert!(check.stdout.contains(&format!("config.toml:1:1: error: `{key}` {told}")), "{}", check.stdout);
        }
        write(home.path(), &format!("{key} = [\"env\", \"A=b\", \"sh\", \"-c\", \"mpv \\\"$1\\\"\", \"sh\", \"{{url}}\"]\n"));
        assert_eq!(at_home(home.path(), &["config", "check"]).status, 0, "{key}");
    }
}

#[cfg(unix)]
#[test]
fn a_path_begins_at_home_where_it_says_so() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join("talks")).expect("a folder");
    fs::copy(here("tests/fixtures/harbour/2021-02-03.yml"), home.path().join("talks/a.yml")).expect("copied");
    write(home.path(), "[[source]]\npath = \"~/talks\"\n");
    let listed = at_home(home.path(), &["list"]);
    assert_eq!((listed.status, listed.stderr.as_str()), (0, ""));
    assert!(listed.stdout.contains("2021-02-03\t"), "{}", listed.stdout);
}

#[test]
fn a_source_that_is_gone_is_not_taken_for_the_archive_inside() {
    let home = tempfile::tempdir().expect("a folder");
    write(home.path(), "[[source]]\npath = \"gone\"\n");
    let listed = at_home(home.path(), &["list"]);
    assert_eq!((listed.status, listed.stdout.as_str()), (2, ""));
    assert!(listed.stderr.contains("config.toml:2:8: warning: the path leads nowhere: "), "{}", listed.stderr);
    assert!(listed.stderr.contains("run `cuepoint check` to see all"), "{}", listed.stderr);
    assert_eq!(at_home(home.path(), &["config", "check"]).status, 1);
}

#[test]
fn a_format_that_is_said_goes_before_what_is_seen() {
    let events = fixture("events");
    let native = run(&["list", "--source", &events, "--source-format", "native"]);
    assert_eq!((native.status, native.stdout.as_str()), (0, run(&["list", "--source", &events]).stdout.as_str()));
    let post = run(&["list", "--source", &events, "--source-format", "post"]);
    assert_eq!((post.status, post.stdout.as_str()), (1, ""));
    assert!(post.stderr.contains("--source-format post` to see all"), "{}", post.stderr);
    let check = run(&["check", &events, "--source-format", "post"]);
    assert!(check.stderr.contains("of no known format"), "{}", check.stderr);
    let unknown = run(&["list", "--source", &events, "--source-format", "pos"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.stderr.contains("rubyevents") && unknown.stderr.contains("media.ccc.de"), "{}", unknown.stderr);
    let nothing = run(&["list", "--source-format", "post"]);
    assert_eq!(nothing.status, 2);
    assert!(nothing.stderr.contains("no path is named; add --source PATH"), "{}", nothing.stderr);
}
