//! Bytes that are read when somebody asks for what they mean.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Where bytes stay as they are, to be read again.
pub trait Lasting: fmt::Debug + Send + Sync {
    /// As many bytes from a place on; `None` if they cannot be read.
    fn read(&self, start: u64, length: usize) -> Option<Cow<'_, [u8]>>;
}

/// Bytes in memory last.
impl Lasting for Box<[u8]> {
    fn read(&self, start: u64, length: usize) -> Option<Cow<'_, [u8]>> {
        let start = usize::try_from(start).ok()?;
        self.get(start..start.checked_add(length)?).map(Cow::Borrowed)
    }
}

/// What is shared lasts as long as anybody holds it.
impl<T: Lasting> Lasting for Arc<T> {
    fn read(&self, start: u64, length: usize) -> Option<Cow<'_, [u8]>> {
        T::read(self, start, length)
    }
}

/// Some bytes, where they can be read, and by what they are known again.
#[derive(Debug, Clone)]
pub struct Later {
    home: Arc<dyn Lasting>,
    start: u64,
    length: u32,
    sum: u32,
}

impl Later {
    /// A part of what lasts elsewhere, and its checksum.
    pub fn of(home: Arc<dyn Lasting>, start: u64, length: u32, sum: u32) -> Later {
        Later { home, start, length, sum }
    }

    /// The bytes; `None` if they cannot be read any more, or are not what they were.
    pub fn read(&self) -> Option<Cow<'_, [u8]>> {
        self.home.read(self.start, self.length as usize).filter(|bytes| sum(bytes) == self.sum)
    }
}

/// A checksum that is short, since every talk has one.
pub fn sum(bytes: &[u8]) -> u32 {
    let [a, b, c, d, ..] = xxh3_64(bytes).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
