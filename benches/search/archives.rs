//! Real talks to measure with: the bundled archive, and `RubyEvents` and pyvideo where `CUEPOINT_CORPORA` names a folder
//! that holds them.
//!
//! For this bench only, and to be thrown away once cuepoint reads these two formats itself: it takes what it needs, and
//! leaves out in silence what it cannot read.

use cuepoint::domain::{About, Cue, Event, EventDraft, Link, Place, Recording, Speaker, Talk};
use cuepoint::source::bundled;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

/// Every event of the bundled archive and of those in `CUEPOINT_CORPORA`.
pub fn load() -> Vec<EventDraft> {
    let mut drafts = bundled::read().reading.drafts;
    let Some(corpora) = std::env::var_os("CUEPOINT_CORPORA").map(PathBuf::from) else {
        println!("CUEPOINT_CORPORA is not set: RubyEvents and pyvideo are left out, all words come from the bundled archive.\n");
        return drafts;
    };
    let mut folders = Vec::new();
    find_ruby(&corpora.join("rubyevents/data"), &mut folders);
    let ruby = folders.len();
    folders.extend(children(&corpora.join("pyvideo")).into_iter().filter(|path| path.join("videos").is_dir()));
    println!("{ruby} folders of RubyEvents and {} of pyvideo in CUEPOINT_CORPORA\n", folders.len() - ruby);
    // Every other folder, since neighbours are alike in size.
    let half = |odd: usize| {
        let folders = &folders;
        move || -> Vec<Vec<EventDraft>> {
            let mine = folders.iter().enumerate().filter(|(number, _)| number % 2 == odd);
            mine.map(|(number, folder)| if number < ruby { ruby_events(folder) } else { pyvideo(folder) }).collect()
        }
    };
    let (even, odd) = thread::scope(|scope| {
        let odd = scope.spawn(half(1));
        (half(0)(), odd.join().expect("the other half was read"))
    });
    let mut odd = odd.into_iter();
    for events in even {
        drafts.extend(events);
        drafts.extend(odd.next().into_iter().flatten());
    }
    drafts
}

/// What is in a folder, in order of name.
fn children(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn find_ruby(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("videos.yml").is_file() {
        found.push(folder.to_owned());
    }
    for child in children(folder).iter().filter(|path| path.is_dir()) {
        find_ruby(child, found);
    }
}

fn yaml(path: &Path) -> Value {
    fs::read_to_string(path).ok().and_then(|text| serde_yaml::from_str(&text).ok()).unwrap_or_default()
}

fn json(path: &Path) -> Value {
    fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// A text that is there and not empty.
fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    let all = value[key].as_array().into_iter().flatten();
    all.filter_map(Value::as_str).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

fn date(value: &Value, key: &str) -> Option<Date> {
    value[key].as_str()?.get(..10)?.parse().ok()
}

fn speakers(value: &Value) -> Vec<Speaker> {
    texts(value, "speakers").into_iter().map(|name| Speaker { name, company: None }).collect()
}

/// One event for a conference; one a day for a meetup, whose recordings share a file.
fn ruby_events(folder: &Path) -> Vec<EventDraft> {
    let about = yaml(&folder.join("event.yml"));
    let series = folder.parent().and_then(|parent| text(&yaml(&parent.join("series.yml")), "name"));
    let Some(series) = series.or_else(|| text(&about, "title")) else { return Vec::new() };
    let place = Place::of(&folder.join("videos.yml"));
    let start = date(&about, "start_date").filter(|_| about["kind"] != "meetup");
    let mut days: BTreeMap<Date, EventDraft> = BTreeMap::new();
    for video in yaml(&folder.join("videos.yml")).as_array().into_iter().flatten() {
        let Some(day) = start.or_else(|| date(video, "date")) else { continue };
        let draft = days.entry(day).or_insert_with(|| {
            let title = if start.is_some() { text(&about, "title") } else { text(video, "event_name").or_else(|| text(video, "title")) };
            let mut event = Event::new(series.clone(), title.unwrap_or_else(|| series.clone()), day, place.clone());
            event.location = text(&about, "location");
            event.description = text(&about, "description");
            EventDraft { event, talks: Vec::new() }
        });
        match video["talks"].as_array() {
            Some(parts) => draft.talks.extend(parts.iter().filter_map(|part| ruby_talk(part, Some(video), &place))),
            None => draft.talks.extend(ruby_talk(video, None, &place)),
        }
    }
    days.into_values().collect()
}

fn ruby_talk(about: &Value, whole: Option<&Value>, place: &Place) -> Option<Talk> {
    let mut talk = Talk::new(text(about, "title")?, place.clone());
    talk.speakers = speakers(about);
    talk.set_about(About {
        description: text(about, "description"),
        tags: text(about, "track").into_iter().collect(),
        slides: text(about, "slides_url"),
        ..About::default()
    });
    talk.language = text(about, "language").or_else(|| text(whole?, "language")).and_then(|name| language(&name));
    let part = whole.filter(|_| about["video_provider"] == "parent");
    talk.recording = ruby_recording(part.unwrap_or(about));
    if part.is_some() && talk.recording.is_some() {
        let cue = |key: &str| Cue::parse(&text(about, key)?).ok();
        talk.span.start = cue("start_cue");
        talk.span.end = cue("end_cue");
    }
    Some(talk)
}

fn ruby_recording(video: &Value) -> Option<Recording> {
    let id = text(video, "video_id")?;
    let url = match video["video_provider"].as_str()? {
        "youtube" => format!("https://www.youtube.com/watch?v={id}"),
        "vimeo" => format!("https://vimeo.com/{id}"),
        "mp4" => id,
        _ => return None,
    };
    Link::parse(&url).ok().map(|link| link.recording)
}

/// BCP 47 for the names and three-letter codes that the two archives use most.
fn language(name: &str) -> Option<String> {
    let code = match name {
        "English" | "eng" => "en",
        "Japanese" | "jpn" => "ja",
        "Spanish" | "spa" => "es",
        "Portuguese" | "por" => "pt",
        "Italian" | "ita" => "it",
        "French" | "fra" => "fr",
        "deu" => "de",
        "zho" => "zh",
        "rus" => "ru",
        "kor" => "ko",
        "pol" => "pl",
        _ => return None,
    };
    Some(code.to_owned())
}

/// One event a folder; one a day where the folder collects more than a month.
fn pyvideo(folder: &Path) -> Vec<EventDraft> {
    let place = Place::of(folder);
    let Some(title) = text(&json(&folder.join("category.json")), "title") else { return Vec::new() };
    let series: Vec<&str> = title.split_whitespace().filter(|word| word.len() != 4 || word.parse::<u16>().is_err()).collect();
    let series = if series.is_empty() { title.clone() } else { series.join(" ") };
    let talks: Vec<(Date, Talk)> = children(&folder.join("videos")).iter().filter_map(|path| py_talk(&json(path), &place)).collect();
    let (Some(first), Some(last)) = (talks.iter().map(|t| t.0).min(), talks.iter().map(|t| t.0).max()) else { return Vec::new() };
    let apart = (last - first).get_days() > 31;
    let mut days: BTreeMap<Date, EventDraft> = BTreeMap::new();
    for (day, talk) in talks {
        let day = if apart { day } else { first };
        let new = || EventDraft { event: Event::new(series.clone(), title.clone(), day, place.clone()), talks: Vec::new() };
        days.entry(day).or_insert_with(new).talks.push(talk);
    }
    days.into_values().collect()
}

fn py_talk(about: &Value, place: &Place) -> Option<(Date, Talk)> {
    let mut talk = Talk::new(text(about, "title")?, place.clone());
    talk.speakers = speakers(about);
    talk.set_about(About { description: text(about, "description"), tags: texts(about, "tags"), ..About::default() });
    talk.language = text(about, "language").and_then(|name| language(&name));
    let videos = about["videos"].as_array();
    talk.recording = videos.into_iter().flatten().find_map(|video| Some(Link::parse(video["url"].as_str()?).ok()?.recording));
    Some((date(about, "recorded")?, talk))
}
