//! The shape of what yt-dlp writes, read in one pass: what is not named here is skipped, however large it is (formats,
//! subtitles, comments), and a value of a wrong kind costs itself only.

use super::super::loose::{Shape, of_any_kind};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess};
use std::borrow::Cow;

/// A video, or a playlist of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Dump<'a> {
    #[serde(borrow, rename = "_type")]
    pub kind: Text<'a>,
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub fulltitle: Text<'a>,
    #[serde(borrow)]
    pub description: Text<'a>,
    #[serde(borrow)]
    pub channel: Text<'a>,
    #[serde(borrow)]
    pub channel_id: Text<'a>,
    #[serde(borrow)]
    pub uploader: Text<'a>,
    #[serde(borrow)]
    pub upload_date: Text<'a>,
    #[serde(borrow)]
    pub release_date: Text<'a>,
    #[serde(borrow)]
    pub modified_date: Text<'a>,
    pub timestamp: Number,
    pub release_timestamp: Number,
    pub duration: Number,
    #[serde(borrow)]
    pub webpage_url: Text<'a>,
    #[serde(borrow)]
    pub original_url: Text<'a>,
    #[serde(borrow)]
    pub url: Text<'a>,
    #[serde(borrow)]
    pub extractor: Text<'a>,
    #[serde(borrow)]
    pub extractor_key: Text<'a>,
    #[serde(borrow)]
    pub ie_key: Text<'a>,
    #[serde(borrow)]
    pub language: Text<'a>,
    #[serde(borrow)]
    pub live_status: Text<'a>,
    #[serde(borrow)]
    pub playlist_id: Text<'a>,
    #[serde(borrow)]
    pub playlist_title: Text<'a>,
    #[serde(borrow)]
    pub playlist: Text<'a>,
    #[serde(borrow)]
    pub playlist_channel: Text<'a>,
    #[serde(borrow)]
    pub playlist_uploader: Text<'a>,
    pub playlist_index: Number,
    #[serde(borrow)]
    pub tags: List<Text<'a>>,
    #[serde(borrow)]
    pub chapters: List<Object<Chapter<'a>>>,
    #[serde(borrow)]
    pub entries: List<Object<Dump<'a>>>,
}

/// A chapter, as the publisher set it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chapter<'a> {
    pub start_time: Number,
    pub end_time: Number,
    #[serde(borrow)]
    pub title: Text<'a>,
}

/// A text, or none.
#[derive(Debug, Default)]
pub enum Text<'a> {
    /// `null`, or nothing at all.
    #[default]
    Missing,
    /// As it stands, without white space around it. Never empty.
    Is(Cow<'a, str>),
    /// Something else.
    Wrong,
}

impl Text<'_> {
    /// The text, if it is one.
    pub fn get(&self) -> Option<&str> {
        match self {
            Text::Is(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// The text, owned.
    pub fn owned(&self) -> Option<String> {
        self.get().map(str::to_owned)
    }

    /// Is it something that is no text?
    pub fn is_wrong(&self) -> bool {
        matches!(self, Text::Wrong)
    }
}

/// A number, or none.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub enum Number {
    /// `null`, or nothing at all.
    #[default]
    Missing,
    /// A finite number, perhaps written as a text.
    Is(f64),
    /// Something else.
    Wrong,
}

impl Number {
    /// The number, if it is one.
    pub fn get(self) -> Option<f64> {
        match self {
            Number::Is(number) => Some(number),
            _ => None,
        }
    }
}

/// A list; what is none has nothing in it.
#[derive(Debug)]
pub struct List<T> {
    /// What stands in it.
    pub items: Vec<T>,
    /// It is something else.
    pub wrong: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { items: Vec::new(), wrong: false }
    }
}

/// An object; something else in its place is left out.
#[derive(Debug)]
pub struct Object<T>(pub Option<T>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        of_any_kind(deserializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        of_any_kind(deserializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        of_any_kind(deserializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        of_any_kind(deserializer)
    }
}

impl<'de: 'a, 'a> Shape<'de> for Text<'a> {
    fn missing() -> Self {
        Text::Missing
    }
    fn wrong() -> Self {
        Text::Wrong
    }
    fn borrowed(text: &'de str) -> Self {
        if text.trim().is_empty() { Text::Missing } else { Text::Is(Cow::Borrowed(text)) }
    }
    fn text(text: &str) -> Self {
        if text.trim().is_empty() { Text::Missing } else { Text::Is(Cow::Owned(text.to_owned())) }
    }
    /// Ids of other sites are numbers here and there.
    fn number(number: f64) -> Self {
        if number.fract() == 0.0 && number.abs() < 1e15 { Text::Is(Cow::Owned(format!("{number:.0}"))) } else { Text::Wrong }
    }
}

impl<'de> Shape<'de> for Number {
    fn missing() -> Self {
        Number::Missing
    }
    fn wrong() -> Self {
        Number::Wrong
    }
    fn borrowed(text: &'de str) -> Self {
        Self::text(text)
    }
    fn text(text: &str) -> Self {
        text.trim().parse().map_or(Number::Wrong, Self::number)
    }
    fn number(number: f64) -> Self {
        if number.is_finite() { Number::Is(number) } else { Number::Wrong }
    }
}

impl<'de, T: Deserialize<'de>> Shape<'de> for List<T> {
    fn missing() -> Self {
        List::default()
    }
    fn wrong() -> Self {
        List { items: Vec::new(), wrong: true }
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(List { items, wrong: false })
    }
}

impl<'de, T: Deserialize<'de>> Shape<'de> for Object<T> {
    fn missing() -> Self {
        Object(None)
    }
    fn wrong() -> Self {
        Object(None)
    }
    fn object<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(|object| Object(Some(object)))
    }
}
