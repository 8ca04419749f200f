//! Bytes that are read when somebody asks for what they mean.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

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

/// Some bytes, and where they can be read.
#[derive(Debug, Clone)]
pub struct Later {
    home: Arc<dyn Lasting>,
    start: u64,
    length: usize,
}

impl Later {
    /// A part of what lasts elsewhere.
    pub fn of(home: Arc<dyn Lasting>, start: u64, length: usize) -> Later {
        Later { home, start, length }
    }

    /// The bytes; `None` if they cannot be read any more.
    pub fn read(&self) -> Option<Cow<'_, [u8]>> {
        self.home.read(self.start, self.length)
    }

    /// Is there nothing to read?
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

/// A copy of their own.
impl From<&[u8]> for Later {
    fn from(bytes: &[u8]) -> Later {
        Later { length: bytes.len(), home: Arc::new(Box::<[u8]>::from(bytes)), start: 0 }
    }
}
