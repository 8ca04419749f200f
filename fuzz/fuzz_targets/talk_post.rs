//! Any front matter and body are a talk or problems, in YAML and in TOML.
#![no_main]

use cuepoint::domain::{Catalogue, Place};
use cuepoint::source::{SourceText, jekyll, part};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (bool, String, String)| {
    let (is_yaml, front, body) = texts;
    let (fence, is) = if is_yaml { ("---", ":") } else { ("+++", " =") };
    let text = format!("{fence}\nspeaker{is} 'Ann'\nyoutube_id{is} 'AAAAAAAAAAA'\ndate{is} 2020-12-02\n{front}\n{fence}\n{body}");
    let reading = jekyll::read(&SourceText { place: Place::of("boats/x.es.md".as_ref()), text });
    let (drafts, _) = part::assemble(reading.parts);
    Catalogue::build(drafts);
});
