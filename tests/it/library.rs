//! `library` and `notes` from outside: what is kept is carried elsewhere and back, looked through, and played.

use super::schema::{assert_valid, validator};
use super::{Run, cuepoint, fixture};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;

const SAILS: &str = "boat-nights-2024-05-01-sails-for-services";
const WINDS: &str = "boat-nights-2024-05-01-force-and-other-winds";
const HARBOURS: &str = "boat-nights-2024-06-05-東京-harbours-a-tour-with-cafe-stops";

/// A home of its own for what is kept.
struct Home(TempDir);

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().expect("a folder"))
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, b"")
    }

    fn run_with(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = cuepoint(arguments);
        command.env("XDG_DATA_HOME", self.0.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        // It may end before it has read everything.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        let run: Run = child.wait_with_output().expect("it ends").into();
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run
    }

    fn import(&self, lines: &[Value]) -> Run {
        self.run_with(&["library", "import", "-"], joined(lines).as_bytes())
    }

    fn export(&self) -> String {
        let run = self.run(&["library", "export"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        run.stdout
    }

    fn library(&self) -> PathBuf {
        self.0.path().join("cuepoint/library.db")
    }
}

fn joined(lines: &[Value]) -> String {
    lines.iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect()
}

fn talk(id: &str, title: &str, more: &Value) -> Value {
    let mut talk = json!({"type": "talk", "id": id, "title": title, "date": "2024-05-01", "series": "Boat Nights"});
    let more = more.as_object().expect("an object").clone();
    talk.as_object_mut().expect("an object").extend(more);
    talk
}

fn kept() -> Vec<Value> {
    let video = json!({"provider": "youtube", "id": "AAAAAAAAAAA"});
    let notes = json!([
        {"at": 700, "text": "Furl *early*:\n- reef\n- heave to", "written": "2024-05-02T09:00:00.250Z"},
        {"text": "see again", "written": "2024-05-03T09:00:00Z"},
    ]);
    vec![
        talk(
            SAILS,
            "Sails for services",
            &json!({
                "by": "Bo Ek (Acme)", "event": "Boat Nights May 2024: Acme and Initech", "recording": video, "start": 600,
                "url": "https://www.youtube.com/watch?v=AAAAAAAAAAA&t=600s", "starred": "2024-05-02T08:00:00Z",
                "watched": "2024-05-02T09:30:00Z", "position": {"at": 800, "when": "2024-05-02T09:00:00Z"}, "queue": 2, "notes": notes,
                "history": ["2024-05-02T08:30:00Z", "2024-05-02T08:59:59.999Z"],
            }),
        ),
        talk(WINDS, "--force and other winds", &json!({"recording": video, "start": 3179, "queue": 1})),
        talk(HARBOURS, "東京 harbours, a tour with café stops", &json!({"date": "2024-06-05", "history": ["2024-06-06T08:00:00Z"]})),
        talk("gone-2019", "Gone since", &json!({"by": "Di Fu", "event": "Boat Nights 2019", "starred": "2019-01-01T00:00:00Z"})),
        json!({"type": "playlist", "name": "Friday", "talks": [HARBOURS, SAILS, WINDS]}),
    ]
}

#[test]
fn what_is_exported_and_imported_is_the_same_bytes() {
    let (here, there) = (Home::new(), Home::new());
    let run = here.import(&kept());
    let said = "4 talks read: 4 new, 0 added to, 0 as they were; 1 playlist new or longer\n";
    assert_eq!((run.stdout.as_str(), run.status), (said, 0), "{}", run.stderr);
    let lines = here.export();
    let validator = validator("library.schema.json");
    for line in lines.lines() {
        assert_valid(&validator, &serde_json::from_str(line).expect("JSON"), line);
    }
    let sails: Value = serde_json::from_str(lines.lines().find(|line| line.contains(SAILS)).expect("it is there")).expect("JSON");
    for (key, value) in kept()[0].as_object().expect("an object") {
        if key != "notes" {
            assert_eq!(&sails[key], value, "{key}");
        }
    }
    assert_eq!(sails["notes"][1]["written"], "2024-05-02T09:00:00.25Z");
    let file = here.0.path().join("kept.jsonl");
    let run = here.run(&["library", "export", "--out", &file.to_string_lossy()]);
    assert_eq!(run.stdout, format!("4 talks written to {}\n", file.display()));
    assert_eq!(fs::read_to_string(&file).expect("written"), lines);
    assert_eq!(there.run(&["library", "import", &file.to_string_lossy()]).status, 0);
    assert_eq!(there.export(), lines);
    let again = there.run(&["library", "import", &file.to_string_lossy()]);
    assert_eq!(again.stdout, "4 talks read: 0 new, 0 added to, 4 as they were; 0 playlists new or longer\n");
    assert_eq!(there.export(), lines);
}

#[test]
fn the_schema_knows_what_is_no_line() {
    let validator = validator("library.schema.json");
    assert!(kept().iter().all(|line| validator.is_valid(line)));
    for wrong in [
        json!({"type": "song"}),
        talk("", "T", &json!({})),
        talk("a", "T", &json!({"start": -1})),
        talk("a", "T", &json!({"notes": [{"text": "x"}]})),
        talk("a", "T", &json!({"recording": {"provider": "tape", "id": "x"}})),
        json!({"type": "playlist", "name": "x"}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
        let run = Home::new().import(std::slice::from_ref(&wrong));
        assert_eq!((run.status, run.stderr.contains("-:1:")), (1, true), "{wrong}: {}", run.stderr);
    }
}

#[test]
fn an_import_adds_and_takes_nothing_away() {
    let home = Home::new();
    home.import(&kept());
    let other = [
        talk(
            SAILS,
            "Another title",
            &json!({
                "starred": "2030-01-01T00:00:00Z", "position": {"at": 10, "when": "2020-01-01T00:00:00Z"}, "queue": 1,
                "notes": [{"text": "new", "written": "2024-05-09T09:00:00Z"}],
            }),
        ),
        talk("later", "Later", &json!({"queue": 7})),
        json!({"type": "playlist", "name": "Friday", "talks": ["later", WINDS, "nowhere"]}),
    ];
    let run = home.import(&other);
    assert_eq!(run.stdout, "2 talks read: 1 new, 1 added to, 0 as they were; 1 playlist new or longer\n");
    assert!(run.stderr.contains("-:3:1: warning: 1 of the talks of the playlist “Friday” are not kept here"), "{}", run.stderr);
    let lines: Vec<Value> = home.export().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of = |id: &str| lines.iter().find(|line| line["id"] == id).unwrap_or_else(|| panic!("{id}"));
    let sails = of(SAILS);
    assert_eq!((&sails["title"], &sails["starred"]), (&json!("Sails for services"), &json!("2024-05-02T08:00:00Z")));
    assert_eq!((&sails["position"]["at"], sails["notes"].as_array().map(Vec::len)), (&json!(800), Some(3)));
    assert_eq!([&of(WINDS)["queue"], &sails["queue"], &of("later")["queue"]], [&json!(1), &json!(2), &json!(3)]);
    assert_eq!(lines.last().expect("the playlist")["talks"], json!([HARBOURS, SAILS, WINDS, "later"]));
    let moved = [talk(SAILS, "x", &json!({"position": {"at": 900, "when": "2031-01-01T00:00:00Z"}}))];
    assert!(home.import(&moved).stdout.contains("1 added to"));
    assert!(home.export().contains("\"position\":{\"at\":900,"));
}

#[test]
fn a_bad_line_costs_itself_and_is_told_with_its_place() {
    let home = Home::new();
    let file = home.0.path().join("kept.jsonl");
    let good = talk("a", "A", &json!({"starred": "2024-05-02T08:00:00Z"})).to_string();
    let mut bytes = format!("\u{feff}{good}\r\n\n{{\"type\":\"talk\",\"id\":\"é\",\"title\":3}}\nnot\u{1b}[31m JSON\n").into_bytes();
    bytes.extend(b"{\"type\":\"\xff\"}\n");
    bytes.extend(good.replace("\"a\"", "\"b\"").as_bytes());
    fs::write(&file, bytes).expect("written");
    let run = home.run(&["library", "import", &file.to_string_lossy()]);
    assert_eq!(run.status, 1);
    assert_eq!(run.stdout, "2 talks read: 2 new, 0 added to, 0 as they were; 0 playlists new or longer\n");
    let at = |line: u32, column: u32| format!("{}:{line}:{column}: error: ", file.display());
    for expected in [at(3, 33) + "invalid type: integer `3`", at(4, 2) + "expected ident", at(5, 10) + "the line is not UTF-8"] {
        assert!(run.stderr.contains(&expected), "{expected} is missing in:\n{}", run.stderr);
    }
    assert!(
        run.stderr.ends_with("cuepoint: 3 lines left out, for the reasons above\n") && !run.stderr.contains('\u{1b}'),
        "{}",
        run.stderr
    );
}

#[test]
fn nothing_is_made_by_looking() {
    let home = Home::new();
    for arguments in [&["library", "export"][..], &["library", "check"], &["notes", "export"], &["library", "playlist", "x"]] {
        let run = home.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.is_empty());
    }
    let run = home.run(&["library", "import", "/no/such/file"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("/no/such/file cannot be read"), "{}", run.stderr);
    assert!(!home.library().exists());
}

#[test]
fn check_counts_and_lists_what_is_gone() {
    let home = Home::new();
    home.import(&kept());
    let run = home.run(&["library", "check", "--source", &fixture("events")]);
    assert_eq!(run.status, 1, "something is gone");
    let counts = "4 marked talks, 2 stars, 1 watched talk, 1 begun talk, 2 notes, 2 queued talks, 1 playlist, 3 visits\n";
    assert!(run.stdout.starts_with(&format!("{}, version 1\n  {counts}", home.library().display())), "{}", run.stdout);
    assert!(run.stdout.ends_with("  gone: Gone since, by Di Fu, at Boat Nights 2019, 2024-05-01 (starred)\n"), "{}", run.stdout);
    let without = Home::new();
    without.import(&kept()[..3]);
    assert_eq!(without.run(&["library", "check", "--source", &fixture("events")]).status, 0);
}

#[test]
fn a_playlist_is_played_from_second_to_second() {
    let home = Home::new();
    home.import(&kept());
    let run = home.run(&["library", "playlist", "Friday", "--source", &fixture("events")]);
    let expected = "#EXTM3U\n\
        #EXTINF:-1,山田 太郎 (港株式会社) - 東京 harbours, a tour with café stops\n\
        #EXTVLCOPT:start-time=75\nhttps://www.youtube.com/watch?v=BBBBBBBBBBB\n\
        #EXTINF:2579,Bo Ek (Acme) - Sails for services\n\
        #EXTVLCOPT:start-time=600\n#EXTVLCOPT:stop-time=3179\nhttps://www.youtube.com/watch?v=AAAAAAAAAAA\n\
        #EXTINF:-1,Cy Orr, Di Poe (Initech) - --force and other winds\n\
        #EXTVLCOPT:start-time=3179\nhttps://www.youtube.com/watch?v=AAAAAAAAAAA\n";
    assert_eq!((run.stdout.as_str(), run.status), (expected, 0), "{}", run.stderr);
    assert!(!run.stderr.contains("left out"), "{}", run.stderr);
    home.import(&[json!({"type": "playlist", "name": "Friday", "talks": ["gone-2019"]})]);
    let run = home.run(&["library", "playlist", "Friday", "--source", &fixture("events")]);
    assert_eq!((run.stdout.as_str(), run.status), (expected, 0));
    assert!(run.stderr.ends_with("cuepoint: left out, since no source has them any more: 1 talk\n"), "{}", run.stderr);
    let missed = home.run(&["library", "playlist", "Fridya", "--source", &fixture("events")]);
    assert_eq!((missed.status, missed.stdout.as_str()), (1, ""));
    assert!(missed.stderr.ends_with("there is no playlist `Fridya`; did you mean `Friday`?\n"), "{}", missed.stderr);
}

#[test]
fn notes_are_markdown_that_leads_to_their_seconds() {
    let home = Home::new();
    home.import(&kept());
    let run = home.run(&["notes", "export"]);
    let expected = "# [Sails for services](https://www.youtube.com/watch?v=AAAAAAAAAAA&t=600s)\n\n\
        Bo Ek (Acme), Boat Nights May 2024: Acme and Initech, 2024-05-01\n\n\
        see again\n\n\
        [11:40](https://www.youtube.com/watch?v=AAAAAAAAAAA&t=700s)\n\n\
        Furl *early*:\n- reef\n- heave to\n";
    assert_eq!((run.stdout.as_str(), run.status), (expected, 0), "{}", run.stderr);
    let folder = home.0.path().join("notes");
    fs::create_dir(&folder).expect("a folder");
    let file = home.0.path().join("notes.md");
    for (out, written) in [(&folder, folder.join(format!("{SAILS}.md"))), (&file, file.clone())] {
        let run = home.run(&["notes", "export", "--out", &out.to_string_lossy()]);
        assert_eq!(run.stdout, format!("notes on 1 talk written to {}\n", out.display()));
        assert_eq!(fs::read_to_string(written).expect("written"), expected);
    }
}

#[test]
fn no_imported_line_makes_a_link_that_is_none_of_the_web() {
    let home = Home::new();
    let notes = json!([{"at": 5, "text": "see", "written": "2024-05-02T09:00:00Z"}]);
    let more = json!({"url": "javascript:alert(document.cookie)", "notes": notes});
    assert_eq!(home.import(&[talk("a", "A talk", &more)]).status, 0);
    let run = home.run(&["notes", "export"]);
    assert!(run.stdout.starts_with("# A talk\n") && run.stdout.contains("\n0:05\n\nsee\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("javascript"), "{}", run.stdout);
}

#[test]
fn a_closed_pipe_ends_an_export_quietly() {
    let home = Home::new();
    home.import(&kept());
    for arguments in [&["library", "export"][..], &["notes", "export"], &["library", "check"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = cuepoint(arguments);
        let run: Run = command.env("XDG_DATA_HOME", home.0.path()).stdout(writer).output().expect("it runs").into();
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn a_talk_that_was_corrected_keeps_its_marks() {
    let home = Home::new();
    home.import(&kept()[..1]);
    let folder = home.0.path().join("events");
    fs::create_dir(&folder).expect("a folder");
    let event = |title: &str, start: &str| {
        let text = format!(
            "series: Boat Nights\ndate: 2024-05-01\nrecording: https://www.youtube.com/watch?v=AAAAAAAAAAA\n\
             talks:\n- title: {title}\n  speakers: [Bo Ek]\n  start: '{start}'\n"
        );
        fs::write(folder.join("a.yml"), text).expect("written");
    };
    for (title, start, status) in
        [("Sails for services", "10:00", 0), ("Sails and oars", "10:00", 0), ("Sails for services", "59:00", 0), ("Knots", "1:00", 1)]
    {
        event(title, start);
        let run = home.run(&["library", "check", "--source", &folder.to_string_lossy()]);
        assert_eq!(run.status, status, "{title} at {start}: {}{}", run.stdout, run.stderr);
    }
    assert!(Path::exists(&home.library()));
}

#[test]
fn what_is_kept_is_asked_for_and_shown_on_the_command_line() {
    let home = Home::new();
    home.import(&kept());
    let source = fixture("events");
    let found = |query: &str| -> Vec<String> {
        let run = home.run(&["list", query, "--source", &source, "--format", "ndjson"]);
        assert!(run.status < 2, "{}", run.stderr);
        let talks = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let schema = validator("talk.schema.json");
        talks.inspect(|talk| assert_valid(&schema, talk, query)).map(|talk| format!("{} {}", talk["id"], talk["marks"])).collect()
    };
    let sails = format!("{SAILS:?} [\"starred\",\"watched\",\"queued\",\"begun\",\"noted\"]");
    for query in ["is:starred", "has:notes", "is:watched is:begun"] {
        assert_eq!(found(query), [sails.as_str()], "{query}");
    }
    assert_eq!(found("is:queued winds"), [format!("{WINDS:?} [\"queued\"]")]);
    assert_eq!(found("harbours"), [format!("{HARBOURS:?} null")], "the key is there only where a talk has marks");

    let shown = home.run(&["show", SAILS, "--source", &source]);
    assert!(shown.stdout.contains("\nMarks      starred, watched, queued, begun (to 13:20), noted\n"), "{}", shown.stdout);
    let notes = "\nYour notes\n  - 2024-05-03 see again\n  - 11:40 Furl *early*:\n    - reef\n    - heave to\n";
    assert!(shown.stdout.contains(notes), "{}", shown.stdout);
    let unmarked = home.run(&["show", HARBOURS, "--source", &source]);
    assert!(!unmarked.stdout.contains("Marks") && !unmarked.stdout.contains("Your notes"), "{}", unmarked.stdout);
    let json: Value = serde_json::from_str(&home.run(&["show", SAILS, "--format", "json", "--source", &source]).stdout).expect("JSON");
    assert_eq!(json["marks"][0], "starred");
    assert_eq!(fs::read_dir(home.0.path().join("cuepoint")).expect("a folder").count(), 1, "who looks leaves nothing beside the library");
    let none = Home::new();
    assert_eq!(none.run(&["list", "is:starred", "--source", &source]).status, 1);
    assert!(!none.library().exists());
}

#[test]
fn without_the_library_all_that_needs_none_is_listed() {
    let home = Home::new();
    home.import(&kept());
    fs::write(home.library(), "no library at all").expect("written");
    let source = fixture("events");
    let listed = home.run(&["list", "sails", "--source", &source]);
    assert_eq!((listed.status, listed.stdout.lines().count()), (0, 1), "{}", listed.stderr);
    assert!(listed.stderr.contains("library.db is damaged"), "{}", listed.stderr);
    assert_eq!(home.run(&["show", SAILS, "--source", &source]).status, 0);
    let asked = home.run(&["list", "sails is:starred", "--source", &source]);
    assert_eq!((asked.status, asked.stdout.as_str()), (2, ""));
    assert!(asked.stderr.contains("library.db is damaged"), "{}", asked.stderr);
}
