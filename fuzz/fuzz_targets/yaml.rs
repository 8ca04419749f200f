//! What the quick reader of YAML reads, the whole parser reads too, and the same.
#![no_main]

use cuepoint::source::yaml::quick;
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Video<'a> {
    title: Option<Text<'a>>,
    date: Option<Text<'a>>,
    description: Option<Text<'a>>,
    speakers: Option<Vec<Option<Text<'a>>>>,
    talks: Option<Vec<Option<Video<'a>>>>,
    venue: Option<Box<Video<'a>>>,
}

fn same<'de, T: Deserialize<'de> + PartialEq + std::fmt::Debug>(text: &'de str) {
    if let Ok(read) = quick::read::<T>(text) {
        assert_eq!(read, serde_yaml::from_str::<T>(text).expect("the whole parser reads it"));
    }
}

fuzz_target!(|text: String| {
    same::<Vec<Option<Video>>>(&text);
    same::<Video>(&text);
});
