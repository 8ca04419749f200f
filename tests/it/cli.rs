//! list, show, open, import, check: what they write where, and how they end.

use super::{Run, cuepoint, fixture, run};
use std::fs;
use std::path::Path;

/// Runs over the fixtures' events.
fn on_events(arguments: &[&str]) -> Run {
    let events = fixture("events");
    run(&[arguments, &["--source", &events]].concat())
}

fn lines(run: &Run) -> Vec<&str> {
    run.stdout.lines().collect()
}

#[test]
fn list_piped_has_tabs_and_nothing_else() {
    let listed = on_events(&["list", "sails"]);
    assert_eq!(listed.stdout, "2024-05-01\tSails for services\tBo Ek (Acme)\t10:00\tboat-nights-2024-05-01-sails-for-services\n");
    assert_eq!(listed.status, 0);
    let all = on_events(&["list"]);
    assert_eq!(lines(&all).len(), 7);
    assert!(lines(&all).iter().all(|line| line.split('\t').count() == 5), "{}", all.stdout);
}

#[test]
fn problems_of_sources_go_to_stderr() {
    let mixed = run(&["list", "--source", &fixture("bad/mixed")]);
    assert_eq!((lines(&mixed).len(), mixed.status), (3, 0));
    let told: Vec<&str> = mixed.stderr.lines().collect();
    assert_eq!(told[0], "cuepoint: 5 problems in what was read:");
    assert_eq!(told.len(), 5, "the count, three of them, and how to see all: {told:?}");
    assert!(told[1..4].iter().all(|line| line.contains(": error: ")), "the worst first: {told:?}");
    assert!(told[4].starts_with("  run `cuepoint check "), "{told:?}");
}

#[test]
fn list_takes_queries_that_begin_with_a_dash() {
    let found = on_events(&["list", "--limit", "1"]);
    assert_eq!(found.status, 0);
    let events = fixture("events");
    let dashed = run(&["list", "--source", &events, "--", "--force"]);
    assert!(dashed.stdout.contains("--force and other winds"), "{dashed:?}");
    assert_eq!(run(&["list", "--source", &events, "--force"]).status, 2);
}

#[test]
fn nothing_found_is_status_one_and_clean_output() {
    let none = on_events(&["list", "zzzzzz\u{1b}[31m"]);
    assert_eq!((none.stdout.as_str(), none.status), ("", 1));
    assert!(none.stderr.ends_with("nothing found for `zzzzzz␛[31m`\n"), "{}", none.stderr);
    assert_eq!(on_events(&["list", "zzzzzz", "--format", "json"]).stdout, "[]\n");
    assert_eq!(on_events(&["list", "zzzzzz", "--format", "ndjson"]).stdout, "");
}

#[test]
fn limit_counts_talks() {
    for (limit, count) in [("1", 1), ("3", 3), ("99", 7)] {
        assert_eq!(lines(&on_events(&["list", "--limit", limit])).len(), count);
    }
    assert_eq!(on_events(&["list", "--limit", "0"]).status, 2);
    assert_eq!(on_events(&["list", "--limit", "-1"]).status, 2);
}

#[test]
fn json_and_ndjson_hold_the_same_talks() {
    let array: serde_json::Value = serde_json::from_str(&on_events(&["list", "--format", "json"]).stdout).expect("JSON");
    let single = on_events(&["list", "--format", "ndjson"]);
    let single: Vec<serde_json::Value> = single.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(array.as_array(), Some(&single));
    let winds = single.iter().find(|talk| talk["title"] == "--force and other winds").expect("it is there");
    assert_eq!((&winds["start"], &winds["end"], &winds["printed_start"]), (&3179.into(), &serde_json::Value::Null, &3170.into()));
    assert_eq!(winds["companies"], serde_json::json!(["Initech"]));
    let sails = single.iter().find(|talk| talk["title"] == "Sails for services").expect("it is there");
    assert_eq!((&sails["end"], &sails["provenance"]["end"]), (&3179.into(), &"derived".into()));
    assert_eq!(sails["url"], "https://www.youtube.com/watch?v=AAAAAAAAAAA&t=600s");
    assert_eq!(sails["source"]["line"], 19);
}

#[test]
fn without_a_terminal_a_query_lists() {
    let events = fixture("events");
    let plain = run(&["--source", &events, "sails"]);
    assert_eq!(plain.stdout, on_events(&["list", "sails"]).stdout);
    assert_eq!(lines(&run(&["--source", &events])).len(), 7);
}

#[test]
fn nothing_is_coloured_in_a_pipe() {
    for arguments in [&["list"][..], &["show", "sails"], &["check"], &["--help"]] {
        let run = on_events(arguments);
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    for arguments in [&["list", "--format", "json"][..], &["show", "2020-12-02"], &["check", &fixture("bad/mixed")], &["--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let run: Run = cuepoint(arguments).stdout(writer).output().expect("it runs").into();
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let run: Run = cuepoint(&["list"]).stdout(full).output().expect("it runs").into();
    assert_eq!(run.status, 2);
    assert!(run.stderr.to_lowercase().contains("no space left"), "{}", run.stderr);
}

#[test]
fn wrong_use_is_status_two() {
    for arguments in [&["show"][..], &["list", "--format", "xml"], &["--no-such"], &["import", "x"], &["list", "--config", "/no/such.toml"]]
    {
        let run = run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.is_empty());
    }
    let steering = run(&["--\u{1b}[31m"]);
    assert!(!steering.stderr.contains('\u{1b}'), "{}", steering.stderr);
}

#[test]
fn help_and_version_go_to_stdout() {
    let help = run(&["--help"]);
    assert!(help.stdout.contains("Examples:") && help.stdout.contains("Exit status:"), "{}", help.stdout);
    assert_eq!((help.status, help.stderr.as_str()), (0, ""));
    assert_eq!(run(&["--version"]).stdout, format!("cuepoint {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn show_says_everything_known() {
    let shown = on_events(&["show", "boat-nights-2024-05-01-sails"]);
    for part in [
        "Sails for services\nBo Ek (Acme)\n",
        "Boat Nights May 2024: Acme and Initech",
        "1 May 2024",
        "The Pier, Oslo, Norway",
        "Ann Lee",
        "https://boats.example/2024-05-01",
        "10:00 to 52:59 (42:59)",
        "https://www.youtube.com/watch?v=AAAAAAAAAAA&t=600s",
        "https://slides.example/sails",
        "  - Furl early\n",
        "A talk about **sails**.",
        "the code https://code.example/sails",
        "Rope & Co https://rope.example/",
        "end derived, recording derived",
        "2024-05-01.yml:19:3",
    ] {
        assert!(shown.stdout.contains(part), "{part:?} is missing in:\n{}", shown.stdout);
    }
    assert!(on_events(&["show", "force"]).stdout.contains("52:50, which is not where the link goes"));
    assert!(on_events(&["show", "storm"]).stdout.contains("none: not recorded"));
}

#[test]
fn show_takes_events_and_json() {
    let event = on_events(&["show", "boat-nights-2024-05-01"]);
    assert!(event.stdout.contains("  - 10:00 Sails for services, Bo Ek (Acme)\n"), "{}", event.stdout);
    let json: serde_json::Value = serde_json::from_str(&on_events(&["show", "2024-05-01", "--format", "json"]).stdout).expect("JSON");
    assert_eq!((&json["date"], &json["venue"]), (&"2024-05-01".into(), &"The Pier".into()));
    assert_eq!(json["talks"].as_array().map(Vec::len), Some(4));
    let talk: serde_json::Value = serde_json::from_str(&on_events(&["show", "sails", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(talk["event"]["id"], json["id"]);
}

#[test]
fn a_missed_id_is_helped() {
    for (id, help) in [
        ("boat-nights-2024-05-01-sials-for-services", "did you mean `boat-nights-2024-05-01-sails-for-services`?"),
        ("boat", "is in 2 ids"),
        ("qqqqq", "no talk or event has the id `qqqqq`"),
    ] {
        for command in ["show", "open"] {
            let missed = on_events(&[command, id]);
            assert_eq!((missed.status, missed.stdout.as_str()), (1, ""));
            assert!(missed.stderr.contains(help), "{}", missed.stderr);
        }
    }
}

/// Opens with a command that writes the link it is given into a file; the run, and that link.
#[cfg(unix)]
fn opened(id: &str) -> (Run, Option<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, seen) = (folder.path().join("config.toml"), folder.path().join("seen"));
    let script = format!("open = [\"sh\", \"-c\", \"printf %s \\\"$1\\\" > {}\", \"sh\", \"{{url}}\"]\n", seen.display());
    fs::write(&config, script).expect("the settings are written");
    let run = on_events(&["open", id, "--config", &config.to_string_lossy()]);
    (run, fs::read_to_string(seen).ok())
}

#[cfg(unix)]
#[test]
fn open_goes_to_the_talks_own_second() {
    let (run, seen) = opened("sails");
    assert_eq!(seen.as_deref(), Some("https://www.youtube.com/watch?v=AAAAAAAAAAA&t=600s"));
    assert_eq!(run.stdout, "opened https://www.youtube.com/watch?v=AAAAAAAAAAA&t=600s with sh\n");
    assert_eq!(run.status, 0);
    let (_, seen) = opened("boat-nights-2024-05-01");
    assert_eq!(seen.as_deref(), Some("https://www.youtube.com/watch?v=AAAAAAAAAAA"));
}

#[cfg(unix)]
#[test]
fn open_says_what_it_cannot_do() {
    let (run, seen) = opened("open-questions");
    assert_eq!(seen.as_deref(), Some("https://www.youtube.com/watch?v=AAAAAAAAAAA"));
    assert!(run.stdout.contains("since no cue is known"), "{}", run.stdout);
    let (run, seen) = opened("charts");
    assert_eq!(seen.as_deref(), Some("https://talks.example/charts"));
    assert!(run.stdout.contains("the talk begins at 1:00"), "{}", run.stdout);
    for (id, why) in [("storm", "it was not recorded"), ("knots", "its source names no recording")] {
        let (run, seen) = opened(id);
        assert_eq!((seen, run.status, run.stdout.as_str()), (None, 1, ""));
        assert!(run.stderr.contains(why), "{}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn an_opener_that_fails_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    fs::write(&config, "open = [\"no-such-program-here\"]\nmuose = false\n").expect("the settings are written");
    let failed = on_events(&["open", "sails", "--config", &config.to_string_lossy()]);
    assert_eq!((failed.status, failed.stdout.as_str()), (2, ""));
    assert!(failed.stderr.contains("no-such-program-here cannot be started"), "{}", failed.stderr);
    assert!(failed.stderr.contains("did you mean `mouse`?"), "{}", failed.stderr);
}

/// Imports the fixture post, or whatever is named, into a folder.
fn import(out: &Path, more: &[&str]) -> Run {
    let posts = fixture("posts");
    run(&[&["import", &posts, "--out", &out.to_string_lossy()][..], more].concat())
}

#[test]
fn import_writes_one_file_an_event_and_reads_it_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = import(folder.path(), &["--post-url", "https://blog.example/{file}"]);
    assert_eq!((first.stdout.as_str(), first.status), ("1 file written, 0 unchanged, 0 left alone\n", 0), "{}", first.stderr);
    let path = folder.path().join("boat-nights/2024-05-01.yml");
    let text = fs::read_to_string(&path).expect("it was written");
    assert!(text.starts_with("# yaml-language-server: $schema="), "{text}");
    assert!(text.contains("url: https://blog.example/2024-05-01-boat-nights-may-2024.md\n"), "{text}");
    let names: Vec<_> = fs::read_dir(folder.path().join("boat-nights")).expect("a folder").collect();
    assert_eq!(names.len(), 1, "no draft stays behind: {names:?}");
    let facts = |source: &str| run(&["list", "--source", source]).stdout;
    assert_eq!(facts(&folder.path().to_string_lossy()), facts(&fixture("posts")));
}

#[test]
fn import_leaves_other_work_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    import(folder.path(), &[]);
    assert_eq!(import(folder.path(), &[]).stdout, "0 files written, 1 unchanged, 0 left alone\n");
    let path = folder.path().join("boat-nights/2024-05-01.yml");
    let edited = fs::read_to_string(&path).expect("it is there").replace("Acme", "Acme Ltd") + "mood: stormy\n";
    fs::write(&path, &edited).expect("it is edited");
    let second = import(folder.path(), &[]);
    assert_eq!((second.stdout.as_str(), second.status), ("0 files written, 0 unchanged, 1 left alone\n", 1));
    assert!(second.stderr.contains("2024-05-01.yml differs"), "{}", second.stderr);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), edited);
    assert_eq!(import(folder.path(), &["--overwrite"]).status, 0);
    let renewed = fs::read_to_string(&path).expect("it is there");
    assert!(renewed.contains("company: Acme\n") && renewed.contains("mood: stormy\n"), "{renewed}");
    assert_eq!(import(folder.path(), &[]).stdout, "0 files written, 1 unchanged, 0 left alone\n", "unknown keys are no difference");
}

#[test]
fn import_never_overwrites_what_it_cannot_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("boat-nights/2024-05-01.yml");
    fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
    fs::write(&path, "series: [half\n").expect("it is written");
    let refused = import(folder.path(), &["--overwrite"]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "series: [half\n");
}

#[test]
fn two_events_for_one_file_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let events = fixture("events");
    let both = import(folder.path(), &[&events]);
    assert_eq!((both.stdout.as_str(), both.status), ("2 files written, 0 unchanged, 1 left alone\n", 1), "{}", both.stderr);
    assert!(both.stderr.contains("another event has the same series and date"), "{}", both.stderr);
}

#[test]
fn import_failures() {
    let folder = tempfile::tempdir().expect("a folder");
    for template in ["https://blog.example/", "ftp://blog.example/{file}"] {
        assert_eq!(import(folder.path(), &["--post-url", template]).status, 2);
    }
    let blocked = folder.path().join("a file");
    fs::write(&blocked, "").expect("it is written");
    let failed = import(&blocked, &[]);
    assert_eq!(failed.status, 2);
    assert!(failed.stderr.contains("cannot be written") || failed.stderr.contains("cannot be read"), "{}", failed.stderr);
    let out = folder.path().to_string_lossy().into_owned();
    assert_eq!(run(&["import", &fixture("no-events"), "--out", &out]).status, 1);
    assert_eq!(run(&["import", "/no/such/folder", "--out", &out]).status, 2);
}

#[test]
fn check_tells_all_on_stdout_and_sums_up_on_stderr() {
    let mixed = run(&["check", &fixture("bad/mixed")]);
    assert_eq!((lines(&mixed).len(), mixed.status), (5, 1), "{}", mixed.stdout);
    assert!(lines(&mixed)[0].contains("2024-05-01.yml:4:1: warning: unknown key `hots` (did you mean `host`?"), "{}", mixed.stdout);
    let told: Vec<&str> = mixed.stderr.lines().collect();
    assert!(told[0].starts_with("mixed: ") && told[0].ends_with("mixed"), "{told:?}");
    assert_eq!(told[1].split_whitespace().collect::<Vec<_>>(), ["files", "events", "talks", "with", "a", "start"]);
    assert_eq!(told[2].split_whitespace().collect::<Vec<_>>()[..5], ["native", "3", "2", "3", "2"], "{told:?}");
    assert_eq!(told.last(), Some(&"2 events, 3 talks, 2 with a start; 3 errors, 2 warnings, 0 notes"));
    let good = run(&["check", &fixture("posts")]);
    assert_eq!((good.stdout.as_str(), good.status), ("", 0));
    assert_eq!(run(&["check", "/no/such/folder"]).status, 2);
}

#[test]
fn notes_alone_are_no_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("x.yml"), "series: Boat Nights\ndate: 2024-05-01\n").expect("it is written");
    let noted = run(&["check", &folder.path().to_string_lossy()]);
    assert_eq!(noted.status, 0, "{noted:?}");
    assert!(noted.stdout.contains(": note: the event has no talks"), "{}", noted.stdout);
    let listed = run(&["list", "--source", &folder.path().to_string_lossy()]);
    assert_eq!((listed.status, listed.stderr.as_str()), (1, "cuepoint: no talks\n"));
}

#[test]
fn the_archive_inside_is_sound() {
    let check = run(&["check"]);
    assert_eq!((check.stdout.as_str(), check.status), ("", 0));
    let december = run(&["list", "december 2020", "--limit", "3"]);
    for part in ["\tDenis Jannot (Solo.io)\t23:09\t", "\tXavier Millot (Nectar)\t52:59\t", "\tPeter Parkanyi (Red Sift)\t1:36:34\t"] {
        assert!(december.stdout.contains(part), "{part:?} in {}", december.stdout);
    }
}

#[test]
fn a_query_that_cannot_be_read_is_shown_with_what_is_wrong() {
    let wrong = on_events(&["list", "sails speeker:ann"]);
    assert_eq!((wrong.status, wrong.stdout.as_str()), (2, ""));
    assert!(wrong.stderr.contains("did you mean `speaker:`"), "{}", wrong.stderr);
    let lines: Vec<&str> = wrong.stderr.lines().collect();
    let (query, carets) = (lines[lines.len() - 2], lines[lines.len() - 1]);
    assert_eq!((query.find("speeker"), carets.trim()), (carets.find('^'), "^^^^^^^"));
}

#[test]
fn nothing_found_names_a_query_that_would() {
    assert_eq!(on_events(&["list", "salis"]).status, 0, "one slip is forgiven");
    for (query, meant) in [("siales", "sails"), ("sails zzzzzz", "sails")] {
        let missed = on_events(&["list", query]);
        assert_eq!(missed.status, 1);
        assert!(missed.stderr.contains(&format!("nothing found for `{query}`; did you mean `{meant}`?")), "{}", missed.stderr);
    }
}

#[test]
fn filters_and_orders_work_on_the_command_line() {
    let found = on_events(&["list", "company:acme"]);
    assert!(lines(&found).iter().all(|line| line.contains("(Acme)")) && found.status == 0, "{}", found.stdout);
    let sorted = on_events(&["list", "sort:title"]);
    let titles: Vec<String> =
        lines(&sorted).iter().filter_map(|line| line.split('\t').nth(1)).map(|t| t.trim_start_matches('-').to_lowercase()).collect();
    assert!(titles.is_sorted() && titles.len() == 7, "{titles:?}");
}
