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
    fs::remove_file(folder.path().join("library.db")).expect("removed");
    worker.order(star());
    assert!(matches!(worker.next(), News::Trouble(said) if said.starts_with("The library can be had again")));
    worker.marks();
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
fn a_library_that_is_moved_away_is_begun_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = three();
    let worker = Worker::start(Some(folder.path()));
    worker.order(Order::Catalogue(all.clone()));
    worker.marks();
    worker.order(Order::Change(Change::Star(id(&all, "Sails"), true)));
    worker.marks();
    worker.next();
    if cfg!(unix) {
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::rename(folder.path().join(format!("library.db{ending}")), folder.path().join(format!("away.db{ending}")));
        }
        assert_eq!(worker.marks(), Marks::default(), "the new one is empty");
        worker.order(Order::Change(Change::Star(id(&all, "Knots"), true)));
        assert_eq!(starred(&all, &worker.marks()), ["Knots"]);
    }
}
