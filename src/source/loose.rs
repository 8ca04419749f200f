//! JSON read in one pass, straight into what is wanted of it: a value of another kind than it should be costs itself only, and
//! what stood before a break in the text is kept.

mod value;

pub use value::{Shape, Text, of_any_kind};

use super::SourceText;
use crate::domain::{Place, Problem};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A longer list of names or links is none that a person wrote.
const LONGEST_LIST: usize = 1_000;

/// What an object's fields are put into, one by one.
pub trait Fields<'de>: Default {
    /// Takes the value of a field out of the object, or passes it over; a field that comes twice counts as its last.
    ///
    /// # Errors
    /// The text breaks off, or is no JSON.
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error>;

    /// Something that is no object stands in its place.
    fn bare(&mut self, value: Text<'de>);
}

/// Fills what there is; what was filled before an error stays.
struct Fill<'t, T>(&'t mut T);

impl<'de, T: Fields<'de>> DeserializeSeed<'de> for Fill<'_, T> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Fields<'de>> Visitor<'de> for Fill<'_, T> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Text>()? {
            match key {
                Text::Is(key) => self.0.field(&key, &mut map)?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        self.0.bare(Text::Wrong);
        Ok(())
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.0.bare(Text::Is(Cow::Borrowed(text)));
        Ok(())
    }
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.bare(Text::Is(Cow::Owned(text.to_owned())));
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.bare(Text::Missing);
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.0.bare(Text::Wrong);
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.0.bare(Text::Wrong);
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.0.bare(Text::Wrong);
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.0.bare(Text::Wrong);
        Ok(())
    }
}

/// A bare text where an object may stand.
impl<'de> Fields<'de> for Text<'de> {
    fn field<A: MapAccess<'de>>(&mut self, _: &str, values: &mut A) -> Result<(), A::Error> {
        *self = Text::Wrong;
        values.next_value::<IgnoredAny>().map(drop)
    }
    fn bare(&mut self, value: Text<'de>) {
        *self = value;
    }
}

/// A list, if it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<T> {
    /// What stands in it; something else than a list is none of it.
    pub items: Vec<T>,
    /// Is it something else than a list?
    pub wrong: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { items: Vec::new(), wrong: false }
    }
}

impl<T> List<T> {
    /// Puts a field's list behind what is there, up to `most` in all; what was read before an error stays.
    ///
    /// # Errors
    /// The text breaks off, or is no JSON.
    pub fn read<'de, A: MapAccess<'de>>(&mut self, values: &mut A, most: usize) -> Result<(), A::Error>
    where
        T: Fields<'de>,
    {
        values.next_value_seed(FillList { list: self, most })
    }

    /// The same for a list that a person writes.
    ///
    /// # Errors
    /// The text breaks off, or is no JSON.
    pub fn read_short<'de, A: MapAccess<'de>>(&mut self, values: &mut A) -> Result<(), A::Error>
    where
        T: Fields<'de>,
    {
        self.items.clear();
        self.read(values, LONGEST_LIST)
    }
}

struct FillList<'t, T> {
    list: &'t mut List<T>,
    most: usize,
}

impl<'de, T: Fields<'de>> DeserializeSeed<'de> for FillList<'_, T> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Fields<'de>> Visitor<'de> for FillList<'_, T> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while self.list.items.len() < self.most {
            let mut item = T::default();
            match list.next_element_seed(Fill(&mut item)) {
                Ok(Some(())) => self.list.items.push(item),
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.list.items.push(item);
                    return Err(error);
                }
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.list.wrong = true;
        Ok(())
    }
    /// One thing where a list of them may stand.
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        let mut item = T::default();
        item.bare(Text::Is(Cow::Borrowed(text)));
        self.list.items.push(item);
        Ok(())
    }
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        let mut item = T::default();
        item.bare(Text::Is(Cow::Owned(text.to_owned())));
        self.list.items.push(item);
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.list.wrong = true;
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.list.wrong = true;
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.list.wrong = true;
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.list.wrong = true;
        Ok(())
    }
}

/// What stands in a file, and why reading it ended early, if it did.
pub fn read<'de, T: Fields<'de>>(source: &'de SourceText) -> (T, Option<Problem>) {
    let mut found = T::default();
    let mut json = serde_json::Deserializer::from_str(&source.text);
    let end = Fill(&mut found).deserialize(&mut json).and_then(|()| json.end());
    (found, end.err().map(|error| broken(source, &error)))
}

fn broken(source: &SourceText, error: &serde_json::Error) -> Problem {
    let line = source.text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    // The error counts bytes, people count characters.
    let column = line.char_indices().take_while(|(at, _)| *at < error.column()).count().max(1);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    let place = source.place.at(number(error.line().max(1)), number(column));
    Problem::error(place, format!("not valid JSON: {reason}")).hint("what stands before it is shown, what follows is not read")
}

/// The values of a file's outermost object as they stand there: read only where something is to be told about one of them.
#[derive(Default)]
struct Raw<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Fields<'de> for Raw<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error> {
        self.0.push((key.to_owned(), values.next_value()?));
        Ok(())
    }
    fn bare(&mut self, _: Text<'de>) {}
}

/// Where the value of a field stands, or the item of that number in its list.
pub fn place_of_field(source: &SourceText, key: &str, item: Option<usize>) -> Place {
    let (raw, _) = read::<Raw>(source);
    let Some((_, value)) = raw.0.iter().rev().find(|(name, _)| name == key) else { return source.place.at(1, 1) };
    let value = value.get();
    let item = item.and_then(|number| serde_json::from_str::<Vec<&RawValue>>(value).ok()?.get(number).map(|item| item.get()));
    source.place_of(item.unwrap_or(value))
}

/// Does a text have that key with a value behind it? A key inside a text has its quotes escaped.
pub fn has_key(text: &str, key: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, key).any(|at| {
        let behind = &bytes[at + key.len()..];
        at > 0
            && bytes[at - 1] == b'"'
            && (at < 2 || bytes[at - 2] != b'\\')
            && behind.first() == Some(&b'"')
            && behind[1..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
    })
}

#[cfg(test)]
mod tests;
