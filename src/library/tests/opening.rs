//! What the file may be like.

use super::*;
use crate::library::backup;

const SECOND: &str = "ALTER TABLE talk ADD COLUMN mood TEXT; UPDATE talk SET mood = 'calm';";

fn version(library: &Library) -> i64 {
    library.connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
}

#[test]
fn it_is_made_for_a_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("a/b");
    assert!(Library::open_existing(&inside).expect("none").is_none());
    assert_eq!(marks_of(&inside, &three()).expect("none"), None);
    assert!(!inside.exists(), "looking makes nothing");
    let library = Library::open(&inside).expect("made");
    assert_eq!((version(&library), library.is_read_only()), (1, false));
    drop(library);
    let names: Vec<_> = fs::read_dir(&inside).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(names, ["library.db"], "nothing else stays behind");
}

#[test]
fn a_confirmed_change_is_written_through() {
    let (_folder, library) = library(&three());
    let pragma = |name: &str| library.connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0)).expect(name);
    assert_eq!(pragma("journal_mode"), "wal".to_owned().into());
    assert_eq!((pragma("synchronous"), pragma("foreign_keys")), (2.into(), 1.into()));
}

#[test]
fn each_step_to_a_new_version_begins_with_a_backup() {
    let all = three();
    let (folder, mut library) = library(&all);
    library.apply(&Change::Star(id(&all, "Sails"), true)).expect("starred");
    drop(library);
    let steps = [schema::STEPS[0], SECOND, "CREATE TABLE third (a) "];
    let mut newer = Library::open_as(folder.path(), &steps).expect("brought up to date");
    assert_eq!(version(&newer), 3);
    assert_eq!(starred(&all, &newer.attach(&all).expect("attached")), ["Sails"]);
    let backups = backup::all(newer.path());
    assert_eq!(backups.len(), 2);
    drop(newer);
    let error = Library::open(folder.path()).expect_err("it is newer").to_string();
    assert!(error.contains("version 3, this one reads up to 1") && error.contains(&backups[0]), "{error}");
    // The backup of the first version is what that was.
    let first = backups.iter().find(|name| name.starts_with("library-v1-")).expect("one of the first version");
    let back = tempfile::tempdir().expect("a folder");
    fs::copy(folder.path().join(first), back.path().join("library.db")).expect("copied");
    let restored = opened(back.path(), &all);
    assert_eq!((version(&restored), starred(&all, &restored.marks())), (1, vec!["Sails"]));
}

#[test]
fn a_step_that_fails_changes_nothing_and_no_backup_is_written_over() {
    let (folder, library) = library(&three());
    let path = library.path().to_owned();
    drop(library);
    for round in 1..4 {
        Library::open_as(folder.path(), &[schema::STEPS[0], "CREATE TABLE a (b); no such words;"]).expect_err("it fails");
        assert_eq!(backup::all(&path).len(), round, "each its own");
    }
    assert_eq!(version(&Library::open(folder.path()).expect("as before")), 1);
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'a'";
    let library = Library::open(folder.path()).expect("as before");
    assert_eq!(library.connection.query_row(tables, [], |row| row.get(0)), Ok(0));
}

#[test]
fn a_copy_a_week_is_kept_and_no_more_than_five() {
    let all = three();
    let (folder, mut library) = library(&all);
    let names = || backup::all(&folder.path().join("library.db"));
    let age = |name: &str, days: u64| {
        let file = fs::File::options().write(true).open(folder.path().join(name)).expect("it is there");
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(days * 24 * 3600)).expect("set");
    };
    fs::write(folder.path().join("library-v0-2020-01-01.db"), "older than all").expect("written");
    age("library-v0-2020-01-01.db", 3_000);
    for week in 1..8 {
        library.apply(&Change::AddNote { talk: id(&all, "Sails"), at: None, text: format!("week {week}") }).expect("noted");
        let made = library.back_up_weekly().expect("a copy").expect("one is due");
        assert_eq!(library.back_up_weekly().expect("looked at"), None, "the last is young");
        // Days pass.
        for (passed, name) in names().iter().enumerate() {
            age(name, 8 * (passed as u64 + 1));
        }
        let copy = tempfile::tempdir().expect("a folder");
        fs::copy(folder.path().join(made), copy.path().join("library.db")).expect("copied");
        assert_eq!(opened(copy.path(), &all).marks(), library.marks());
    }
    assert_eq!(names().len(), 6, "{:?}", names());
    assert!(names().contains(&"library-v0-2020-01-01.db".to_owned()), "those of older versions stay");
}

#[test]
fn two_that_begin_at_once_have_the_same_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = three();
    std::thread::scope(|scope| {
        for title in ["Sails", "Knots", "Tides"] {
            let (folder, all) = (folder.path(), &all);
            scope.spawn(move || opened(folder, all).apply(&Change::Star(id(all, title), true)).expect("starred"));
        }
    });
    assert_eq!(starred(&all, &opened(folder.path(), &all).marks()).len(), 3);
}

#[test]
fn a_file_that_took_its_place_is_noticed() {
    let all = three();
    let (folder, mut library) = library(&all);
    fs::rename(folder.path().join("library.db"), folder.path().join("away.db")).expect("moved");
    if cfg!(unix) {
        let error = library.apply(&Change::Star(id(&all, "Sails"), true)).expect_err("it would be lost");
        assert!(matches!(error, LibraryError::Replaced { .. }), "{error}");
    }
}

#[test]
fn an_empty_catalogue_of_a_thousand_marks_loses_none() {
    let lines: Vec<String> = (0..1000).map(|number| format!("T{number} | P{number} | {number} | 1:00")).collect();
    let all = catalogue(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let (_folder, mut library) = library(&all);
    let line = |talk: &Talk| {
        let (id, title) = (&talk.id, &talk.title);
        format!(r#"{{"type":"talk","id":"{id}","title":"{title}","date":"2024-05-01","starred":"2024-05-01T10:00:00Z"}}"#)
    };
    let json = all.talks().iter().map(line).collect::<Vec<_>>().join("\n");
    library.import(json.as_bytes(), &Place::of("x".as_ref()), |problem| panic!("{problem}")).expect("imported");
    assert_eq!(library.attach(&Arc::new(Catalogue::default())).expect("attached").lost.len(), 1000);
    assert_eq!(starred(&all, &library.attach(&all).expect("attached")).len(), 1000);
}
