//! Values as bytes, and back: what a snapshot is made of.
//!
//! Numbers come first, all texts behind them in one, which is checked once, and last what is read only when somebody asks for it. The bytes
//! mean something to the very build that wrote them and to no other, so that a shape needs no versions of its own. Reading never panics and never
//! believes a length: what is not well-formed gives `None`.

mod later;

pub use later::{Lasting, Later};

use std::sync::Arc;

/// A value that can be kept.
pub trait Stored: Sized {
    /// Writes it.
    fn put(&self, to: &mut Writer);

    /// Reads it; `None` if that is not what stands there.
    fn restore(from: &mut Reader) -> Option<Self>;
}

/// A value as bytes.
pub fn bytes_of(value: &impl Stored) -> Vec<u8> {
    let mut to = Writer::default();
    value.put(&mut to);
    to.into_bytes()
}

/// Values that are written one behind the other.
#[derive(Debug, Default)]
pub struct Writer {
    /// What was written but for texts.
    pub bytes: Vec<u8>,
    texts: String,
    /// What is to be read later.
    later: Vec<u8>,
    /// The text that nearly every place names: it is written as nothing.
    pub usual: Option<Arc<str>>,
}

impl Writer {
    /// A writer for values whose places name this text.
    pub fn naming(usual: Arc<str>) -> Writer {
        Writer { usual: Some(usual), ..Writer::default() }
    }

    /// A number, short if it is small.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
            number >>= 7;
        }
        self.bytes.push(u8::try_from(number).unwrap_or(0));
    }

    /// How many follow.
    pub fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.length(text.len());
        self.texts.push_str(text);
    }

    /// Some bytes that are read when somebody asks, and then held to a checksum of their own.
    pub fn later(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.bytes.extend(later::sum(bytes).to_le_bytes());
        self.later.extend_from_slice(bytes);
    }

    /// All that was written.
    pub fn into_bytes(self) -> Vec<u8> {
        let (mut bytes, later) = self.into_parts();
        bytes.extend(later);
        bytes
    }

    /// What is read at once, and what is read later, which belongs right behind it.
    pub fn into_parts(self) -> (Vec<u8>, Vec<u8>) {
        let Writer { bytes, texts, later, .. } = self;
        let mut to = Writer::default();
        for length in [bytes.len(), texts.len(), later.len()] {
            to.length(length);
        }
        ([to.bytes, bytes, texts.into_bytes()].concat(), later)
    }
}

/// Values that are read one behind the other.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    texts: &'a str,
    /// How many bytes are still to be read later, and the bytes themselves, if they are at hand.
    later: usize,
    rest: &'a [u8],
    /// The text that nearly every place names.
    pub usual: Option<Arc<str>>,
    /// Where the bytes last, and where there the next that are read later begin.
    home: Option<(Arc<dyn Lasting>, u64)>,
}

impl<'a> Reader<'a> {
    /// Reads what was written; `None` if these bytes are not all of it.
    pub fn new(bytes: &'a [u8]) -> Option<Reader<'a>> {
        Reader::of_parts(bytes).filter(|reader| reader.rest.len() == reader.later)
    }

    /// Reads what stays where it is, from a place there on: what is read [`later`](Reader::later) is not copied, and need not be among
    /// the bytes.
    pub fn at(bytes: &'a [u8], home: Arc<dyn Lasting>, start: u64) -> Option<Reader<'a>> {
        let reader = Reader::of_parts(bytes)?;
        let before = bytes.len() - reader.rest.len();
        Some(Reader { home: Some((home, start.checked_add(before as u64)?)), ..reader })
    }

    fn of_parts(bytes: &'a [u8]) -> Option<Reader<'a>> {
        let mut head = Reader { bytes, texts: "", later: 0, rest: &[], usual: None, home: None };
        let mut length = || usize::try_from(head.number()?).ok();
        let (numbers, texts, later) = (length()?, length()?, length()?);
        let numbers = head.next(numbers)?;
        let texts = std::str::from_utf8(head.next(texts)?).ok()?;
        Some(Reader { bytes: numbers, texts, later, rest: head.bytes, ..head })
    }

    /// Has everything been read?
    pub fn is_at_end(&self) -> bool {
        self.bytes.is_empty() && self.texts.is_empty() && self.later == 0
    }

    /// The one value that all of it is.
    pub fn all<T: Stored>(mut self) -> Option<T> {
        T::restore(&mut self).filter(|_| self.is_at_end())
    }

    fn next(&mut self, count: usize) -> Option<&'a [u8]> {
        let (next, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(next)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// How many follow: never more than there are bytes left, since each takes one at least.
    pub fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|length| *length <= self.bytes.len())
    }

    /// Some bytes that are to be read when somebody asks.
    pub fn later(&mut self) -> Option<Later> {
        let length = u32::try_from(self.number()?).ok()?;
        let sum = u32::from_le_bytes(self.next(4)?.try_into().ok()?);
        self.later = self.later.checked_sub(length as usize)?;
        if let Some((home, next)) = &mut self.home {
            let start = *next;
            *next = start.checked_add(length.into())?;
            return Some(Later::of(home.clone(), start, length, sum));
        }
        let (bytes, rest) = self.rest.split_at_checked(length as usize)?;
        self.rest = rest;
        Some(Later::of(Arc::new(Box::<[u8]>::from(bytes)), 0, length, sum))
    }

    /// A text.
    pub fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.texts.split_at_checked(length)?;
        self.texts = rest;
        Some(text)
    }
}

impl Stored for u64 {
    fn put(&self, to: &mut Writer) {
        to.number(*self);
    }

    fn restore(from: &mut Reader) -> Option<u64> {
        from.number()
    }
}

impl Stored for u32 {
    fn put(&self, to: &mut Writer) {
        to.number(u64::from(*self));
    }

    fn restore(from: &mut Reader) -> Option<u32> {
        u32::try_from(from.number()?).ok()
    }
}

impl Stored for usize {
    fn put(&self, to: &mut Writer) {
        to.length(*self);
    }

    fn restore(from: &mut Reader) -> Option<usize> {
        usize::try_from(from.number()?).ok()
    }
}

/// Its bits: times before 1970 are rare.
impl Stored for i64 {
    fn put(&self, to: &mut Writer) {
        to.number(self.cast_unsigned());
    }

    fn restore(from: &mut Reader) -> Option<i64> {
        Some(from.number()?.cast_signed())
    }
}

impl Stored for bool {
    fn put(&self, to: &mut Writer) {
        to.bytes.push(u8::from(*self));
    }

    fn restore(from: &mut Reader) -> Option<bool> {
        match from.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Stored for String {
    fn put(&self, to: &mut Writer) {
        to.text(self);
    }

    fn restore(from: &mut Reader) -> Option<String> {
        from.text().map(str::to_owned)
    }
}

impl Stored for Arc<str> {
    fn put(&self, to: &mut Writer) {
        to.text(self);
    }

    fn restore(from: &mut Reader) -> Option<Arc<str>> {
        from.text().map(Arc::from)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn put(&self, to: &mut Writer) {
        self.is_some().put(to);
        if let Some(value) = self {
            value.put(to);
        }
    }

    fn restore(from: &mut Reader) -> Option<Option<T>> {
        Some(if bool::restore(from)? { Some(T::restore(from)?) } else { None })
    }
}

impl<T: Stored> Stored for Box<T> {
    fn put(&self, to: &mut Writer) {
        self.as_ref().put(to);
    }

    fn restore(from: &mut Reader) -> Option<Box<T>> {
        T::restore(from).map(Box::new)
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn put(&self, to: &mut Writer) {
        to.length(self.len());
        for value in self {
            value.put(to);
        }
    }

    fn restore(from: &mut Reader) -> Option<Vec<T>> {
        let length = from.length()?;
        // A damaged length may claim much: no room is made for more than a list usually has.
        let mut values = Vec::with_capacity(length.min(64));
        for _ in 0..length {
            values.push(T::restore(from)?);
        }
        Some(values)
    }
}

/// Keeps a struct field by field, in order. A field that is forgotten does not compile.
macro_rules! stored_fields {
    ($name:ty { $($field:ident),* $(,)? }) => {
        impl $crate::stored::Stored for $name {
            fn put(&self, to: &mut $crate::stored::Writer) {
                let Self { $($field),* } = self;
                $($crate::stored::Stored::put($field, to);)*
            }

            fn restore(from: &mut $crate::stored::Reader) -> Option<Self> {
                $(let $field = $crate::stored::Stored::restore(from)?;)*
                Some(Self { $($field),* })
            }
        }
    };
}

/// Keeps one of a few known values by its place among them.
macro_rules! stored_choice {
    ($name:ty, $all:expr) => {
        impl $crate::stored::Stored for $name {
            fn put(&self, to: &mut $crate::stored::Writer) {
                let place = $all.iter().position(|value| value == self);
                to.bytes.push(place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX));
            }

            fn restore(from: &mut $crate::stored::Reader) -> Option<Self> {
                $all.get(usize::from(from.byte()?)).copied()
            }
        }
    };
}

pub(crate) use {stored_choice, stored_fields};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Some4 = (Vec<Option<String>>, u64, i64, bool);

    fn written((texts, number, signed, truth): &Some4) -> Vec<u8> {
        let mut writer = Writer::default();
        texts.put(&mut writer);
        number.put(&mut writer);
        signed.put(&mut writer);
        truth.put(&mut writer);
        writer.into_bytes()
    }

    fn read(bytes: &[u8]) -> Option<Some4> {
        let mut from = Reader::new(bytes)?;
        let all = (Vec::restore(&mut from)?, u64::restore(&mut from)?, i64::restore(&mut from)?, bool::restore(&mut from)?);
        from.is_at_end().then_some(all)
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(texts in proptest::collection::vec(proptest::option::of("\\PC{0,9}"), 0..9), number: u64, signed: i64, truth: bool) {
            let all = (texts, number, signed, truth);
            prop_assert_eq!(read(&written(&all)), Some(all));
        }

        #[test]
        fn damage_is_noticed_or_gives_something(mut bytes in proptest::collection::vec(any::<u8>(), 0..60), texts in 0u8..60) {
            let _ = read(&bytes);
            let numbers = u8::try_from(bytes.len()).expect("few").saturating_sub(texts);
            let _ = read(&[&[numbers, texts, 0], bytes.as_slice()].concat());
            bytes.splice(0..0, [0xff; 9]);
            let _ = read(&bytes);
        }
    }

    #[test]
    fn what_lasts_is_read_where_it_is() {
        let mut writer = Writer::default();
        writer.text("before");
        writer.later(b"later");
        writer.later(b"");
        let (now, later) = writer.into_parts();
        let bytes = [now.as_slice(), &later].concat();
        let home: Arc<dyn Lasting> = Arc::new([b"##".as_slice(), &bytes].concat().into_boxed_slice());
        for from in [Reader::new(&bytes), Reader::at(&bytes, home.clone(), 2), Reader::at(&now, home, 2)] {
            let mut from = from.expect("what was written");
            assert_eq!(from.text(), Some("before"));
            let (some, none) = (from.later().expect("bytes"), from.later().expect("no bytes"));
            assert_eq!((some.read(), none.read()), (Some(b"later".as_slice().into()), Some(b"".as_slice().into())));
            assert!(from.is_at_end() && from.later().is_none());
        }
        assert!(Reader::new(&now).is_none(), "what is read later is missing");
        let short: Arc<dyn Lasting> = Arc::new(Box::<[u8]>::from([1, 2]));
        for (start, length) in [(1, 2), (u64::MAX, 1), (0, u32::MAX)] {
            assert_eq!(Later::of(short.clone(), start, length, later::sum(&[2])).read(), None);
        }
    }

    #[test]
    fn what_changed_before_it_was_read_is_not_read() {
        let mut writer = Writer::default();
        writer.later(b"the truth");
        let bytes = writer.into_bytes();
        for at in 0..b"the truth".len() {
            let mut changed = bytes.clone();
            let place = changed.len() - 1 - at;
            changed[place] ^= 1;
            let later = Reader::new(&changed).and_then(|mut from| from.later()).expect("a place");
            assert_eq!(later.read(), None, "{at}");
        }
    }

    #[test]
    fn a_length_is_not_believed() {
        let bytes = bytes_of(&u64::MAX);
        assert_eq!(Reader::new(&bytes).and_then(Reader::all), Some(u64::MAX));
        assert_eq!(Reader::new(&bytes).and_then(Reader::all::<Vec<u64>>), None);
        assert_eq!(Reader::new(&bytes).and_then(Reader::all::<String>), None);
        let mut writer = Writer::default();
        writer.later(b"later");
        let mut bytes = writer.into_bytes();
        // The length is the first of the numbers, behind the lengths of the three parts.
        bytes[3] += 1;
        assert!(Reader::new(&bytes).and_then(|mut from| from.later()).is_none());
    }
}
