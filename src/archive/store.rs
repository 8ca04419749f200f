//! The store: what was read from each file, as bytes, in memory or in the snapshot.
//!
//! A catalogue is always made from a store, so that one file that changed is read alone and the others come from here, and so that
//! they need not be held twice.

use crate::domain::Problem;
use crate::source::files::Stamp;
use crate::source::{self, Format, Loaded, Source, SourceFile};
use crate::stored::stored_fields;
use crate::stored::{Lasting, Reader, Stored, Writer};
use std::borrow::Cow;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of records for which a second thread is started.
const WORTH_A_THREAD: usize = 200_000;

/// A file and what was read from it.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// The source it belongs to, by its place among all.
    pub source: usize,
    /// The file, as the source was named.
    pub path: Arc<Path>,
    /// The state of the file that was read.
    pub stamp: Stamp,
    /// The format it was taken for.
    pub format: Option<&'static Format>,
    /// The checksum of what was read.
    pub sum: u64,
    /// What was read.
    pub record: Record,
}

/// A reading as bytes.
#[derive(Debug, Clone)]
pub enum Record {
    /// In memory.
    Here(Arc<Box<[u8]>>),
    /// In a piece of the snapshot.
    Kept {
        /// The number of the piece.
        piece: usize,
        /// The bytes of it.
        range: Range<usize>,
    },
}

/// A run of records in the snapshot that is read and checked as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where in the snapshot it begins.
    pub offset: u64,
    /// How long it is.
    pub length: usize,
    /// Its checksum.
    pub sum: u64,
}

stored_fields!(Piece { offset, length, sum });

/// A snapshot that records lie in. It stays readable when another program puts a newer one in its place.
#[derive(Debug)]
pub struct Kept {
    /// The open snapshot.
    pub file: fs::File,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

impl Kept {
    /// Reads the bytes of a piece into a buffer, in the place of what was there.
    ///
    /// # Errors
    /// The snapshot cannot be read, or is damaged.
    pub fn read_into(&self, piece: &Piece, buffer: &mut Vec<u8>) -> io::Result<()> {
        buffer.resize(piece.length, 0);
        read_at(&self.file, buffer, piece.offset)?;
        if xxh3_64(buffer) == piece.sum { Ok(()) } else { Err(damaged()) }
    }
}

impl Lasting for Kept {
    fn read(&self, start: u64, length: usize) -> Option<Cow<'_, [u8]>> {
        let mut bytes = vec![0; length];
        read_at(&self.file, &mut bytes, start).ok()?;
        Some(bytes.into())
    }
}

/// Fills a buffer with what stands in a file from a place on, whoever else reads there at that moment.
///
/// # Errors
/// The file cannot be read, or ends before.
pub fn read_at(file: &fs::File, buffer: &mut [u8], start: u64) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::read_exact_at(file, buffer, start);
    #[cfg(windows)]
    {
        let mut done = 0;
        while done < buffer.len() {
            match std::os::windows::fs::FileExt::seek_read(file, &mut buffer[done..], start + done as u64)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                count => done += count,
            }
        }
        Ok(())
    }
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Store {
    /// The files, in the order of the sources and of their names.
    pub files: Vec<StoredFile>,
    /// What could not be looked into.
    pub problems: Vec<Problem>,
    /// Where records lie that are not in memory.
    pub kept: Option<Arc<Kept>>,
}

impl StoredFile {
    fn read(sources: &[Source], source: usize, path: &Path) -> StoredFile {
        let source::files::FileRead { stamp, format, reading } = source::files::read(path, &sources[source]);
        let mut to = Writer::naming(usual(path));
        reading.put(&mut to);
        let bytes = to.into_bytes();
        let sum = xxh3_64(&bytes);
        StoredFile { source, path: path.into(), stamp, format, sum, record: Record::Here(Arc::new(bytes.into())) }
    }

    /// A file as it is now: what is known of it, if it is still that, else what is read from it. Beside it, whether that says anything
    /// else than what is known.
    pub fn renewed(known: Option<&StoredFile>, sources: &[Source], source: usize, path: &Path) -> (StoredFile, bool) {
        if let Some(known) = known.filter(|known| source::files::stamp(path).is_some_and(|stamp| stamp.is_still(known.stamp))) {
            return (known.clone(), false);
        }
        let file = StoredFile::read(sources, source, path);
        let changed = !known.is_some_and(|known| known.says_the_same(&file));
        (file, changed)
    }

    fn reading(&self, bytes: &[u8], kept: Option<&Arc<Kept>>) -> Option<SourceFile> {
        let mut from = match &self.record {
            Record::Here(here) => Reader::at(bytes, here.clone(), 0)?,
            Record::Kept { piece, range } => {
                let kept = kept?;
                Reader::at(bytes, kept.clone(), kept.pieces.get(*piece)?.offset + range.start as u64)?
            }
        };
        from.usual = Some(usual(&self.path));
        Some(SourceFile { source: self.source, path: self.path.clone(), format: self.format, reading: from.all()? })
    }

    /// By what a file is known, and the order of the files: paths as bytes, since comparing them step by step takes long.
    pub fn key(&self) -> (usize, &[u8]) {
        (self.source, bytes(&self.path))
    }

    /// Was the same read from both?
    fn says_the_same(&self, other: &StoredFile) -> bool {
        (self.format, self.sum, self.len()) == (other.format, other.sum, other.len())
    }

    /// How many bytes the record has.
    pub fn len(&self) -> usize {
        match &self.record {
            Record::Here(bytes) => bytes.len(),
            Record::Kept { range, .. } => range.len(),
        }
    }
}

/// A path as bytes.
pub fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// The path that nearly every place in a file's reading names.
fn usual(path: &Path) -> Arc<str> {
    path.to_string_lossy().into()
}

impl Store {
    /// How many bytes all records have.
    pub fn len(&self) -> usize {
        self.files.iter().map(StoredFile::len).sum()
    }

    /// The catalogue of everything in the store.
    ///
    /// # Errors
    /// The snapshot that records lie in cannot be read any more, or is damaged.
    pub fn load(&self, sources: &[Source]) -> io::Result<Loaded> {
        Ok(source::gather(sources, self.readings()?, self.problems.clone()))
    }

    /// What was read from every file, in order.
    fn readings(&self) -> io::Result<Vec<SourceFile>> {
        let runs = runs(&self.files, self.len());
        let read = |files: &[StoredFile]| {
            let mut records = Records::new(self.kept.as_deref());
            files.iter().map(|file| file.reading(records.of(file)?, self.kept.as_ref()).ok_or_else(damaged)).collect::<io::Result<Vec<_>>>()
        };
        thread::scope(|scope| {
            let workers: Vec<_> = runs.into_iter().map(|files| scope.spawn(|| read(files))).collect();
            let mut all = Vec::with_capacity(self.files.len());
            for worker in workers {
                all.extend(worker.join().map_err(|_| damaged())??);
            }
            Ok(all)
        })
    }
}

/// Files cut into as many runs as there are cores, with about as many bytes in each.
fn runs(files: &[StoredFile], bytes: usize) -> Vec<&[StoredFile]> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(bytes / WORTH_A_THREAD).max(1);
    let mut runs = Vec::with_capacity(cores);
    let (mut rest, mut seen) = (files, 0);
    for core in 1..cores {
        let wanted = bytes * core / cores;
        let length = rest.iter().take_while(|file| (seen < wanted).then(|| seen += file.len()).is_some()).count();
        let (run, others) = rest.split_at(length);
        runs.push(run);
        rest = others;
    }
    runs.push(rest);
    runs
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the snapshot is damaged")
}

/// Records that are read one after the other, piece by piece.
pub struct Records<'a> {
    kept: Option<&'a Kept>,
    piece: Option<usize>,
    bytes: Vec<u8>,
}

impl<'a> Records<'a> {
    /// Reads from a snapshot, if there is one.
    pub fn new(kept: Option<&'a Kept>) -> Records<'a> {
        Records { kept, piece: None, bytes: Vec::new() }
    }

    /// The record of a file.
    ///
    /// # Errors
    /// The snapshot cannot be read, or is damaged.
    pub fn of<'b>(&'b mut self, file: &'b StoredFile) -> io::Result<&'b [u8]> {
        match &file.record {
            Record::Here(bytes) => Ok(bytes),
            Record::Kept { piece, range } => {
                if self.piece != Some(*piece) {
                    self.fetch(*piece)?;
                }
                self.bytes.get(range.clone()).ok_or_else(damaged)
            }
        }
    }

    fn fetch(&mut self, number: usize) -> io::Result<()> {
        let kept = self.kept.ok_or_else(damaged)?;
        self.piece = None;
        kept.read_into(kept.pieces.get(number).ok_or_else(damaged)?, &mut self.bytes)?;
        self.piece = Some(number);
        Ok(())
    }
}
