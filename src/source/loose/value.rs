//! A value of any kind: what is meant is taken, what is not is stepped over.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A text, if it is one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Text<'a> {
    /// Absent or `null`.
    #[default]
    Missing,
    /// As it stands in the file, where nothing in it is escaped.
    Is(Cow<'a, str>),
    /// A number, a list or anything else that is no text.
    Wrong,
}

impl Text<'_> {
    /// The text without the space around it, unless nothing is left.
    pub fn get(&self) -> Option<&str> {
        match self {
            Text::Is(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The same to keep.
    pub fn owned(&self) -> Option<String> {
        self.get().map(str::to_owned)
    }
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        of_any_kind(deserializer)
    }
}

impl<'de> Shape<'de> for Text<'de> {
    fn missing() -> Self {
        Text::Missing
    }
    fn wrong() -> Self {
        Text::Wrong
    }
    fn borrowed(text: &'de str) -> Self {
        Text::Is(Cow::Borrowed(text))
    }
    fn text(text: &str) -> Self {
        Text::Is(Cow::Owned(text.to_owned()))
    }
}

/// Reads a value, whatever kind it is of, as its shape has it.
///
/// # Errors
/// The text breaks off, or is no JSON.
pub fn of_any_kind<'de, T: Shape<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(Any(PhantomData))
}

/// What a value becomes, by its kind. Each kind that is not meant is stepped over.
pub trait Shape<'de>: Sized {
    /// `null`.
    fn missing() -> Self;
    /// A value of another kind than is meant.
    fn wrong() -> Self;
    /// A text as it stands in the file.
    fn borrowed(_: &'de str) -> Self {
        Self::wrong()
    }
    /// A text that is escaped in the file.
    fn text(_: &str) -> Self {
        Self::wrong()
    }
    /// A number.
    fn number(_: f64) -> Self {
        Self::wrong()
    }
    /// A list.
    ///
    /// # Errors
    /// The text breaks off, or is no JSON.
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::wrong())
    }
    /// An object.
    ///
    /// # Errors
    /// The text breaks off, or is no JSON.
    fn object<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::wrong())
    }
}

/// Hands a value of any kind to its shape.
struct Any<T>(PhantomData<T>);

impl<'de, T: Shape<'de>> Visitor<'de> for Any<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::missing())
    }
    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(T::wrong())
    }
    #[allow(clippy::cast_precision_loss, reason = "no second and no id is that large")]
    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::number(number as f64))
    }
    #[allow(clippy::cast_precision_loss, reason = "no second and no id is that large")]
    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(T::number(number as f64))
    }
    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(T::number(number))
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<T, E> {
        Ok(T::borrowed(text))
    }
    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(list)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::object(map)
    }
}
