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
    fs::write(folder.path().join("library-v0-2020-01-01.db"), "older than all").expect("written");
    for week in 1..8 {
        library.apply(&Change::AddNote { talk: id(&all, "Sails"), at: None, text: format!("week {week}") }).expect("noted");
        let made = library.back_up_weekly().expect("a copy").expect("one is due");
        assert_eq!(library.back_up_weekly().expect("looked at"), None, "the last is young");
        let copy = tempfile::tempdir().expect("a folder");
        fs::copy(folder.path().join(made), copy.path().join("library.db")).expect("copied");
        assert_eq!(opened(copy.path(), &all).marks(), library.marks());
        a_week_passes(folder.path());
    }
    assert_eq!(names().len(), 6, "{:?}", names());
    assert!(names().contains(&"library-v0-2020-01-01.db".to_owned()), "those of older versions stay");
}

/// Every weekly copy becomes a week and a day older.
fn a_week_passes(folder: &Path) {
    for name in backup::all(&folder.join("library.db")).iter().rev() {
        let Some(day) = name.strip_prefix("library-week-").and_then(|rest| rest.get(..10)) else { continue };
        let day = day.parse::<jiff::civil::Date>().expect("a day") - jiff::ToSpan::days(8);
        fs::rename(folder.join(name), folder.join(format!("library-week-{day}.db"))).expect("renamed");
    }
}

#[test]
fn a_wrong_clock_costs_no_backup() {
    let all = three();
    let (folder, library) = library(&all);
    let names = || backup::all(library.path());
    for _ in 0..5 {
        library.back_up_weekly().expect("a copy").expect("one is due");
        a_week_passes(folder.path());
    }
    let before = names();
    assert_eq!(before.len(), 5);
    // The time of a file says nothing; a name may be of a day to come.
    let touched = fs::File::options().write(true).open(folder.path().join(&before[4])).expect("it is there");
    touched.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(400 * 24 * 3600)).expect("set");
    assert_eq!(names(), before);
    let later = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date() + jiff::ToSpan::days(400);
    let to_come = format!("library-week-{later}.db");
    fs::copy(folder.path().join(&before[0]), folder.path().join(&to_come)).expect("copied");
    let made = library.back_up_weekly().expect("a copy").expect("none is of this week");
    for _ in 0..9 {
        assert_eq!(library.back_up_weekly().expect("looked at"), None, "that was made just now");
    }
    assert_eq!(names(), [&[to_come, made], &before[..4]].concat());
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
