//! The worker: what it is told, what it tells, and in which order.

use super::*;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// A worker, and what it told.
struct Worker {
    orders: Option<Sender<Order>>,
    news: Receiver<News>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    fn start(folder: Option<&Path>) -> Worker {
        let ((orders, ordered), (told, news)) = (channel(), channel());
        let folder = folder.map(Path::to_owned);
        let thread = std::thread::spawn(move || keep(folder, &ordered, |news| told.send(news).ok()));
        Worker { orders: Some(orders), news, thread: Some(thread) }
    }

    fn order(&self, order: Order) {
        self.orders.as_ref().expect("it runs").send(order).expect("it listens");
    }

    fn next(&self) -> News {
        self.news.recv_timeout(Duration::from_secs(20)).expect("news")
    }

    fn marks(&self) -> Marks {
        match self.next() {
            News::Marks { marks, .. } => marks,
            other => panic!("{other:?}"),
        }
    }

    /// Ends it, when all that was ordered is done.
    fn end(mut self) -> Vec<News> {
        self.orders = None;
        self.thread.take().expect("it runs").join().expect("it ended well");
        self.news.try_iter().collect()
    }
}

#[test]
fn marks_come_before_the_word_that_they_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = three();
    let worker = Worker::start(Some(folder.path()));
    worker.order(Order::Change(Change::Star(id(&all, "Sails"), true)));
    assert!(matches!(worker.next(), News::Refused(why) if why.starts_with("The talks are still being read")));
    worker.order(Order::Catalogue(all.clone()));
    assert_eq!(worker.marks(), Marks::default());
    worker.order(Order::Change(Change::Star(id(&all, "Sails"), true)));
    assert_eq!(starred(&all, &worker.marks()), ["Sails"]);
    assert_eq!(worker.next(), News::Done("Starred “Sails”".into()));
    worker.order(Order::Change(Change::Visit(id(&all, "Sails"))));
    assert_eq!(worker.marks().history.len(), 1);
    assert_eq!(worker.next(), News::Quiet);
    worker.order(Order::Undo);
    assert_eq!(starred(&all, &worker.marks()), [] as [&str; 0]);
    assert_eq!(worker.next(), News::Done("Undone: starred “Sails”".into()));
    worker.order(Order::Undo);
    worker.marks();
    assert_eq!(worker.next(), News::Refused("There is nothing to undo".into()));
    assert_eq!(worker.end(), []);
}

#[test]
fn what_was_ordered_before_the_end_is_done_though_nobody_listens() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = three();
    let (orders, ordered) = channel();
    orders.send(Order::Catalogue(all.clone())).expect("sent");
    for title in ["Sails", "Knots", "Tides"] {
        orders.send(Order::Change(Change::Star(id(&all, title), true))).expect("sent");
    }
    drop(orders);
    keep(Some(folder.path().to_owned()), &ordered, |_| None);
    assert_eq!(starred(&all, &opened(folder.path(), &all).marks()).len(), 3);
}

#[test]
fn changes_of_others_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = three();
    let [one, other] = [Worker::start(Some(folder.path())), Worker::start(Some(folder.path()))];
    for worker in [&one, &other] {
        worker.order(Order::Catalogue(all.clone()));
        worker.marks();
    }
    one.order(Order::Change(Change::Star(id(&all, "Tides"), true)));
    assert_eq!(starred(&all, &other.marks()), ["Tides"]);
}

#[test]
fn a_library_that_cannot_be_had_is_told_once_and_taken_when_it_can() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = three();
    fs::write(folder.path().join("library.db"), "no database").expect("written");
    let worker = Worker::start(Some(folder.path()));
    let News::Trouble(why) = worker.next() else { panic!("trouble") };
    assert!(why.starts_with("The library ") && why.contains("is damaged (the file is not a database) and was left as it is"), "{why}");
    worker.order(Order::Catalogue(all.clone()));
    assert_eq!(worker.marks(), Marks::default());
    let star = || Order::Change(Change::Star(id(&all, "Sails"), true));
    worker.order(star());
    assert_eq!(worker.next(), News::Refused(why));
    assert_eq!(fs::read(folder.path().join("library.db")).expect("it is there"), b"no database");
    // What the message says: none is made in the place where a backup will be.
    fs::remove_file(folder.path().join("library.db")).expect("removed");
    assert!(matches!(worker.next(), News::Trouble(said) if said.contains("was moved away and no whole one is there yet")));
    let elsewhere = tempfile::tempdir().expect("a folder");
    drop(Library::open(elsewhere.path()).expect("made"));
    fs::rename(elsewhere.path().join("library.db"), folder.path().join("library.db")).expect("on one disk");
    assert!(matches!(worker.next(), News::Trouble(said) if said.starts_with("The library can be had again")));
    assert_eq!(worker.marks(), Marks::default());
    worker.order(star());
    assert_eq!(starred(&all, &worker.marks()), ["Sails"]);
    assert_eq!(worker.next(), News::Done("Starred “Sails”".into()));
}

#[test]
fn a_locked_library_is_tried_again() {
    let (folder, library) = library(&three());
    drop(library);
    let lock = Connection::open(folder.path().join("library.db")).expect("opened");
    lock.pragma_update(None, "locking_mode", "exclusive").expect("set");
    lock.execute_batch("BEGIN EXCLUSIVE; DELETE FROM talk;").expect("locked");
    let worker = Worker::start(Some(folder.path()));
    assert!(matches!(worker.next(), News::Trouble(why) if why.contains("is locked by another program")));
    drop(lock);
    assert!(matches!(worker.next(), News::Trouble(why) if why.starts_with("The library can be had again")));
}

#[test]
fn without_a_home_nothing_is_kept_and_why_is_told() {
    let worker = Worker::start(None);
    assert!(matches!(worker.next(), News::Trouble(why) if why.contains("set XDG_DATA_HOME")));
    worker.order(Order::Undo);
    assert!(matches!(worker.next(), News::Refused(why) if why.contains("set XDG_DATA_HOME")));
}

#[test]
#[cfg(unix)]
fn a_backup_is_put_in_the_place_of_a_library_that_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    let all = three();
    let mut before = opened(folder.path(), &all);
    before.apply(&Change::Star(id(&all, "Sails"), true)).expect("starred");
    let backup = folder.path().join(before.back_up_weekly().expect("a copy").expect("one is due"));
    drop(before);
    let worker = Worker::start(Some(folder.path()));
    worker.order(Order::Catalogue(all.clone()));
    worker.marks();
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::rename(file::beside(&path, ending), folder.path().join(format!("away.db{ending}")));
    }
    let News::Trouble(why) = worker.next() else { panic!("it is told") };
    assert!(why.contains("was moved away and no whole one is there yet, so nothing can be kept"), "{why}");
    let star = || Order::Change(Change::Star(id(&all, "Knots"), true));
    worker.order(star());
    assert_eq!(worker.next(), News::Refused(why.clone()));
    assert!(!path.exists(), "none is made where the backup will be");
    // A slow copy, into the very file.
    let bytes = fs::read(&backup).expect("a backup");
    let piece = bytes.len().div_ceil(8);
    let mut copy = fs::File::create(&path).expect("made");
    for (number, part) in bytes.chunks(piece).enumerate() {
        worker.order(star());
        // Who copies slower than that is told of a damaged one meanwhile.
        while !matches!(worker.next(), News::Refused(_)) {}
        assert_eq!(fs::read(&path).expect("read"), bytes[..number * piece], "nothing is written to it");
        std::io::Write::write_all(&mut copy, part).expect("written");
    }
    drop(copy);
    while !matches!(worker.next(), News::Trouble(said) if said.starts_with("The library can be had again")) {}
    assert_eq!(starred(&all, &worker.marks()), ["Sails"]);
    worker.order(star());
    assert_eq!(starred(&all, &worker.marks()), ["Sails", "Knots"]);
    assert_eq!(worker.next(), News::Done("Starred “Knots”".into()));
    assert_eq!(worker.end(), []);
    assert_eq!(Library::open(folder.path()).expect("whole").check().expect("looked through").faults, Vec::<String>::new());
}

#[test]
#[cfg(unix)]
fn half_a_copy_is_not_opened_however_long_it_lies_there() {
    let (folder, library) = library(&three());
    let path = folder.path().join("library.db");
    drop(library);
    let worker = Worker::start(Some(folder.path()));
    let whole = fs::read(&path).expect("a library");
    let half = folder.path().join("half");
    fs::write(&half, &whole[..whole.len() / 2]).expect("written");
    let old = std::time::SystemTime::now() - Duration::from_secs(60);
    fs::File::options().write(true).open(&half).expect("there").set_modified(old).expect("set");
    worker.order(Order::Catalogue(three()));
    worker.marks();
    fs::rename(&half, &path).expect("put in its place");
    assert!(matches!(worker.next(), News::Trouble(why) if why.contains("is damaged") && why.contains("was left as it is")));
    assert_eq!(fs::read(&path).expect("read"), whole[..whole.len() / 2]);
    // The rest of it comes after all; while it does, it may be told that there is no more yet.
    fs::write(&path, &whole).expect("written");
    while !matches!(worker.next(), News::Trouble(said) if said.starts_with("The library can be had again")) {}
}
