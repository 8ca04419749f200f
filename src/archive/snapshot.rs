//! The snapshot: a store and its index in one file of the cache directory, so that the next start reads nothing twice.
//!
//! The pieces of the records come first, then the index, then the view, then the table of all that, and at the very end
//! where the table lies and its checksum. What talks are about is in pieces of its own, which a start neither reads nor
//! sums. A snapshot is believed only if the same build wrote it for the same sources and every checksum holds; any other is
//! as good as none. It is written beside its place and then put there, so that nobody ever sees half of one.

use super::store::{Kept, Piece, Record, Records, Store, StoredFile, read_at};
use super::view::{self, View};
use crate::domain::{Problem, Talk};
use crate::search::{Engine, KeptIndex};
use crate::source::files::Stamp;
use crate::source::{FORMATS, Source};
use crate::stored::stored_fields;
use crate::stored::{Reader, Writer, bytes_of};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// What every snapshot ends with, behind the table's place, length and checksum.
const MAGIC: &[u8; 8] = b"cuepoint";

/// Bytes of the end: three numbers and the magic.
const END: usize = 3 * 8 + MAGIC.len();

/// Bytes of records that are read and checked as one.
const PIECE: usize = 1 << 20;

/// Snapshots that were not written for so long are removed: at worst the next start reads everything once.
const FORGOTTEN: Duration = Duration::from_secs(90 * 24 * 3600);

/// Tells builds apart: made of the program's own source.
const BUILD: &str = env!("CUEPOINT_BUILD");

/// Where the snapshot of some sources is.
#[derive(Debug, Clone)]
pub struct Place {
    folder: PathBuf,
    path: PathBuf,
    key: u64,
}

impl Place {
    /// The place in a cache directory for what these sources hold.
    pub fn of(folder: &Path, sources: &[Source]) -> Place {
        let mut key = Writer::default();
        for source in sources {
            // A relative path means another folder elsewhere.
            let absolute = std::path::absolute(&source.path).unwrap_or_else(|_| source.path.clone());
            for text in [absolute.to_string_lossy().as_ref(), source.path.to_string_lossy().as_ref(), &source.name] {
                key.text(text);
            }
            key.text(source.format.map_or("", |format| format.name));
        }
        let key = xxh3_64(&key.into_bytes());
        Place { folder: folder.to_owned(), path: folder.join(format!("{key:016x}.snapshot")), key }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the snapshot; `None` if there is none that can be believed.
    pub fn open(&self) -> Option<Snapshot> {
        let mut file = File::open(&self.path).ok()?;
        let table = read_table(&mut file)?;
        let written_by_us = table.build == BUILD && table.key == self.key;
        if !written_by_us {
            return None;
        }
        let Table { pieces, files, index, head, talks, .. } = table;
        Some(Snapshot { kept: Arc::new(Kept { file, pieces }), files, index, head, talks })
    }

    /// Writes a snapshot. What the store held in memory lies in it from then on.
    ///
    /// # Errors
    /// It cannot be written (the directory is read-only, the disk is full), or an older snapshot that records lie in cannot be read.
    pub fn write(&self, store: &mut Store, view: &View, engine: &Engine) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        self.sweep();
        let unfinished = self.folder.join(format!("{:016x}.{}.unfinished", self.key, std::process::id()));
        let written = write_to(&unfinished, self.key, store, view, engine).and_then(|written| {
            fs::rename(&unfinished, &self.path)?;
            Ok(written)
        });
        let (records, pieces) = written.inspect_err(|_| drop(fs::remove_file(&unfinished)))?;
        let file = File::open(&self.path)?;
        // Another program may have put its own there in between; ours is gone then, and what it held must stay in memory.
        if read_table(&mut file.try_clone()?).is_some_and(|table| table.pieces == pieces) {
            for (file, record) in store.files.iter_mut().zip(records) {
                file.record = record;
            }
            store.kept = Some(Arc::new(Kept { file, pieces }));
        }
        Ok(())
    }

    /// Removes what was not written for long, and what a program that was killed left unfinished.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|at| SystemTime::now().duration_since(at).ok());
            let limit = match ending {
                "snapshot" => FORGOTTEN,
                "unfinished" => Duration::from_secs(600),
                _ => continue,
            };
            if path != self.path && age.is_some_and(|age| age > limit) {
                drop(fs::remove_file(path));
            }
        }
    }
}

/// A snapshot that was opened.
#[derive(Debug)]
pub struct Snapshot {
    kept: Arc<Kept>,
    files: Piece,
    index: Piece,
    head: Piece,
    talks: Vec<Talks>,
}

impl Snapshot {
    /// What was read when it was written; `None` if that is damaged.
    pub fn store(&self) -> Option<Store> {
        let mut bytes = Vec::new();
        self.kept.read_into(&self.files, &mut bytes).ok()?;
        let Files { rows, problems } = Reader::new(&bytes)?.all()?;
        let files = rows.into_iter().map(Row::into_file).collect();
        Some(Store { files, problems, kept: Some(self.kept.clone()) })
    }

    /// Does what the talks are about stand there as it was written? [`Snapshot::restore`] leaves that out, since a start needs none of it: a
    /// text that is damaged is missed when somebody looks, and this finds it before.
    pub fn is_whole(&self) -> bool {
        let mut bytes = Vec::new();
        self.talks.iter().all(|talks| self.kept.read_into(&talks.about, &mut bytes).is_ok())
    }

    /// What could be browsed when it was written, and the engine that answers searches in it; `None` if any of that is damaged.
    pub fn restore(&self, sources: &[Source]) -> Option<(View, Engine)> {
        let untaken = Mutex::new(self.talks.iter());
        // One thread takes talks from the first on, the other one from the last, after something else that is long.
        let (index, (head, talks)) = thread::scope(|scope| {
            let other = scope.spawn(|| Some((self.index()?, self.last_talks(&untaken)?)));
            let first = self.head().and_then(|head| {
                let mut talks = Vec::with_capacity(head.talks().min(self.talks.len() * view::TOGETHER));
                self.first_talks(&untaken, &mut talks)?;
                Some((head, talks))
            });
            let (index, last) = other.join().ok()??;
            let (head, mut talks) = first?;
            last.into_iter().rev().for_each(|mut some| talks.append(&mut some));
            Some((index, (head, talks)))
        })?;
        let view = head.with(talks, sources)?;
        let engine = Engine::restored(view.catalogue.clone(), index)?;
        Some((view, engine))
    }

    /// The talks of the first pieces that nobody has taken.
    fn first_talks(&self, untaken: &Mutex<slice::Iter<Talks>>, talks: &mut Vec<Talk>) -> Option<()> {
        let mut bytes = Vec::new();
        let next = || untaken.lock().unwrap_or_else(PoisonError::into_inner).next();
        while let Some(some) = next() {
            self.talks(some, &mut bytes, talks)?;
        }
        Some(())
    }

    /// The talks of the last pieces that nobody has taken, the last piece first.
    fn last_talks(&self, untaken: &Mutex<slice::Iter<Talks>>) -> Option<Vec<Vec<Talk>>> {
        let (mut all, mut bytes) = (Vec::new(), Vec::new());
        let next = || untaken.lock().unwrap_or_else(PoisonError::into_inner).next_back();
        while let Some(some) = next() {
            let mut talks = Vec::new();
            self.talks(some, &mut bytes, &mut talks)?;
            all.push(talks);
        }
        Some(all)
    }

    fn talks(&self, Talks { rows, .. }: &Talks, bytes: &mut Vec<u8>, talks: &mut Vec<Talk>) -> Option<()> {
        self.kept.read_into(rows, bytes).ok()?;
        // Each talk holds on to where it was kept: two threads that count that in one place would wait for each other.
        let home = Arc::new(self.kept.clone());
        view::read_talks(Reader::at(bytes, home, rows.offset)?, talks)
    }

    fn head(&self) -> Option<view::Head> {
        let mut bytes = Vec::new();
        self.kept.read_into(&self.head, &mut bytes).ok()?;
        view::Head::read(&bytes)
    }

    fn index(&self) -> Option<KeptIndex> {
        let part = Part { file: &self.kept.file, offset: self.index.offset, left: self.index.length };
        let mut from = Summed { inner: part, sum: Xxh3::new() };
        let index = KeptIndex::read(&mut from).ok()?;
        (from.sum.digest() == self.index.sum && from.inner.left == 0).then_some(index)
    }
}

/// A part of a file that is read from its start to its end.
struct Part<'a> {
    file: &'a File,
    offset: u64,
    left: usize,
}

impl Read for Part<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.left);
        read_at(self.file, &mut bytes[..count], self.offset)?;
        (self.offset, self.left) = (self.offset + count as u64, self.left - count);
        Ok(count)
    }
}

/// What lies where in a snapshot.
struct Table {
    build: String,
    key: u64,
    pieces: Vec<Piece>,
    /// The files that they were read from.
    files: Piece,
    index: Piece,
    /// The catalogue but for its talks.
    head: Piece,
    /// Its talks.
    talks: Vec<Talks>,
}

stored_fields!(Table { build, key, pieces, files, index, head, talks });

/// A run of talks.
#[derive(Debug)]
struct Talks {
    rows: Piece,
    /// What they are about, right behind their rows.
    about: Piece,
}

stored_fields!(Talks { rows, about });

/// The files, which a start needs last.
struct Files {
    rows: Vec<Row>,
    problems: Vec<Problem>,
}

stored_fields!(Files { rows, problems });

/// A file in the table.
struct Row {
    source: usize,
    path: String,
    stamp: Stamp,
    /// By its place among all.
    format: Option<usize>,
    sum: u64,
    piece: usize,
    start: usize,
    length: usize,
}

stored_fields!(Row { source, path, stamp, format, sum, piece, start, length });

impl Row {
    fn new(file: &StoredFile, piece: usize, start: usize) -> Row {
        // A name that is no text would not come back as it was: such a file is read again every time.
        let stamp = if file.path.to_str().is_some() { file.stamp } else { Stamp::default() };
        let format = file.format.and_then(|format| FORMATS.iter().position(|known| known == format));
        Row {
            source: file.source,
            path: file.path.to_string_lossy().into_owned(),
            stamp,
            format,
            sum: file.sum,
            piece,
            start,
            length: file.len(),
        }
    }

    fn into_file(self) -> StoredFile {
        let Row { source, path, stamp, format, sum, piece, start, length } = self;
        let format = format.and_then(|place| FORMATS.get(place));
        let record = Record::Kept { piece, range: start..start.saturating_add(length) };
        StoredFile { source, path: Path::new(&path).into(), stamp, format, sum, record }
    }
}

fn read_table(file: &mut File) -> Option<Table> {
    let length = file.seek(SeekFrom::End(0)).ok()?;
    let end_at = length.checked_sub(END as u64)?;
    file.seek(SeekFrom::Start(end_at)).ok()?;
    let mut end = [0; END];
    file.read_exact(&mut end).ok()?;
    let (numbers, magic) = end.split_at(3 * 8);
    let number = |at: usize| Some(u64::from_le_bytes(numbers.get(at * 8..at * 8 + 8)?.try_into().ok()?));
    let (offset, bytes, sum) = (number(0)?, number(1)?, number(2)?);
    if magic != MAGIC || offset.checked_add(bytes)? != end_at {
        return None;
    }
    file.seek(SeekFrom::Start(offset)).ok()?;
    let mut table = vec![0; usize::try_from(bytes).ok()?];
    file.read_exact(&mut table).ok()?;
    if xxh3_64(&table) != sum {
        return None;
    }
    Reader::new(&table)?.all()
}

/// Writes a whole snapshot; gives where each record lies, and the pieces.
fn write_to(path: &Path, key: u64, store: &Store, view: &View, engine: &Engine) -> io::Result<(Vec<Record>, Vec<Piece>)> {
    let mut to = Summed { inner: Counted { inner: BufWriter::new(File::create(path)?), offset: 0 }, sum: Xxh3::new() };
    let (mut pieces, mut rows, mut records) = (Vec::new(), Vec::with_capacity(store.files.len()), Vec::with_capacity(store.files.len()));
    let mut from = Records::new(store.kept.as_deref());
    let mut begun = 0;
    for file in &store.files {
        if to.inner.offset - begun >= PIECE as u64 {
            pieces.push(to.piece_since(begun));
            begun = to.inner.offset;
        }
        let start = usize::try_from(to.inner.offset - begun).unwrap_or(usize::MAX);
        to.write_all(from.of(file)?)?;
        rows.push(Row::new(file, pieces.len(), start));
        records.push(Record::Kept { piece: pieces.len(), range: start..start + file.len() });
    }
    pieces.push(to.piece_since(begun));
    let begun = to.inner.offset;
    engine.keep(&mut to)?;
    let index = to.piece_since(begun);
    let begun = to.inner.offset;
    to.write_all(&view.head())?;
    let head = to.piece_since(begun);
    let mut talks = Vec::new();
    for (rows, about) in view.talks() {
        let mut piece = |bytes: &[u8]| {
            let begun = to.inner.offset;
            to.write_all(bytes)?;
            Ok::<_, io::Error>(to.piece_since(begun))
        };
        talks.push(Talks { rows: piece(&rows)?, about: piece(&about)? });
    }
    let begun = to.inner.offset;
    to.write_all(&bytes_of(&Files { rows, problems: store.problems.clone() }))?;
    let files = to.piece_since(begun);
    let table = Table { build: BUILD.to_owned(), key, pieces, files, index, head, talks };
    let bytes = bytes_of(&table);
    let offset = to.inner.offset;
    to.write_all(&bytes)?;
    for number in [offset, bytes.len() as u64, xxh3_64(&bytes)] {
        to.write_all(&number.to_le_bytes())?;
    }
    to.write_all(MAGIC)?;
    to.flush()?;
    Ok((records, table.pieces))
}

/// Keeps the checksum of what goes through.
struct Summed<T> {
    inner: T,
    sum: Xxh3,
}

impl<T: Read> Read for Summed<T> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }
}

impl<T: Write> Write for Summed<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W> Summed<Counted<W>> {
    /// What was written since an offset, as a piece; the next sum begins anew.
    fn piece_since(&mut self, begun: u64) -> Piece {
        let sum = std::mem::replace(&mut self.sum, Xxh3::new()).digest();
        Piece { offset: begun, length: usize::try_from(self.inner.offset - begun).unwrap_or(usize::MAX), sum }
    }
}

/// Counts what goes through.
struct Counted<W> {
    inner: W,
    offset: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.offset += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
