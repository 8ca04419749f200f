//! What front matter says, in YAML or TOML, as lists of plain values: each key may hold a word, a list or keys of its own.

use crate::domain::Place;
use crate::source::yaml;
use serde::de::{Deserialize, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::fmt;

/// The keys of front matter, in order.
#[derive(Debug, Default, PartialEq)]
pub struct Keys(Vec<(String, Value)>);

/// A value of front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value, or one that says no more than yes or no.
    Nothing,
    /// Text, or a number as it reads.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys with values.
    Map(Vec<(String, Value)>),
}

impl Keys {
    /// Reads YAML.
    pub fn of_yaml(front: &str) -> Option<Keys> {
        match yaml::parse(front, &Place::of("".as_ref()), 1).ok()? {
            Value::Map(keys) => Some(Keys(keys)),
            _ => None,
        }
    }

    /// Reads TOML.
    ///
    /// # Errors
    /// Where it is wrong, and why.
    pub fn of_toml(front: &str) -> Result<Keys, toml::de::Error> {
        let table: toml::Table = toml::from_str(front)?;
        Ok(Keys(of_table(table)))
    }

    /// The value of the first of some keys that has one.
    pub fn any<'n>(&self, names: &[&'n str]) -> Option<(&'n str, &Value)> {
        names.iter().find_map(|name| Some((*name, self.get(name)?)))
    }

    /// The value of a key, where it has one. Keys are written in any case.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, value)| key.eq_ignore_ascii_case(name) && *value != Value::Nothing).map(|(_, value)| value)
    }

    /// The text of the first of some keys that has one; of a list, its first.
    pub fn text(&self, names: &[&str]) -> Option<&str> {
        self.any(names)?.1.first()
    }
}

impl Value {
    /// The text, or the first of a list.
    pub fn first(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Value::List(items) => items.iter().find_map(|item| if let Value::Text(text) = item { Some(text.trim()) } else { None }),
            Value::Nothing | Value::Map(_) => None,
        }
    }

    /// The entries of a list; anything else is a list of one.
    pub fn items(&self) -> &[Value] {
        if let Value::List(items) = self { items } else { std::slice::from_ref(self) }
    }

    /// The text of one of some keys, where this is a mapping.
    pub fn member(&self, names: &[&str]) -> Option<&str> {
        let Value::Map(keys) = self else { return None };
        names.iter().find_map(|name| keys.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1.first())
    }
}

fn of_table(table: toml::Table) -> Vec<(String, Value)> {
    table.into_iter().map(|(key, value)| (key, of_toml(value))).collect()
}

/// The parser bounds how deep this goes.
fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Integer(number) => Value::Text(number.to_string()),
        toml::Value::Float(number) => Value::Text(number.to_string()),
        toml::Value::Boolean(_) => Value::Nothing,
        toml::Value::Datetime(moment) => Value::Text(moment.to_string()),
        toml::Value::Array(items) => Value::List(items.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => Value::Map(of_table(table)),
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(OfYaml)
    }
}

/// The parser bounds depth and aliases.
struct OfYaml;

impl<'de> Visitor<'de> for OfYaml {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value of front matter")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut keys = Vec::new();
        while let Some(key) = entries.next_key::<Value>()? {
            let value = entries.next_value()?;
            if let Value::Text(key) = key {
                keys.push((key, value));
            }
        }
        Ok(Value::Map(keys))
    }

    /// `!tag value` is its value.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        tagged.variant::<IgnoredAny>()?.1.newtype_variant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = Keys::of_yaml("title: A\ndate: 2020-01-02\nspeakers:\n  - Ann\n  - name: Bo\ndraft: true\nweight: 3\n").expect("YAML");
        let toml = Keys::of_toml("title = \"A\"\ndate = 2020-01-02\nspeakers = [\"Ann\", {name = \"Bo\"}]\ndraft = true\nweight = 3\n")
            .expect("TOML");
        for keys in [&yaml, &toml] {
            assert_eq!((keys.text(&["title"]), keys.text(&["Date"]), keys.text(&["weight"])), (Some("A"), Some("2020-01-02"), Some("3")));
            let speakers = keys.get("speakers").expect("speakers").items();
            assert_eq!((speakers[0].first(), speakers[1].member(&["name"])), (Some("Ann"), Some("Bo")));
            assert_eq!(keys.get("draft"), None);
        }
    }

    #[test]
    fn what_is_no_keys_is_none() {
        for text in ["- a\n", "a", "", "a: [", "a: b: c"] {
            assert_eq!(Keys::of_yaml(text), None, "{text}");
        }
        assert_eq!(Keys::of_yaml("a: !x [b]\n1: c\n").and_then(|k| k.text(&["a"]).map(str::to_owned)).as_deref(), Some("b"));
    }
}
