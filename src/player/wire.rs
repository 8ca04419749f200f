//! What mpv and we say to each other: JSON, one message a line.

use super::Track;
use crate::domain::Cue;
use crate::text::clean_line;
use serde::Deserialize;
use serde_json::{Value, json};

/// No message of mpv's is nearly as long; a longer one is left out.
const LONGEST: usize = 1 << 20;

/// The numbers under which properties are observed. The place is none of them: it changes with every picture, and what mpv tells
/// goes lost, the end of the talk with it, once nobody has read for some seconds.
const OBSERVED: [(u64, &str); 4] = [(1, "speed"), (2, "pause"), (3, "duration"), (4, "eof-reached")];

/// The number of the question where it is; orders are counted from one on.
const PLACE: u64 = 1 << 40;

/// Cuts what comes in pieces into lines.
#[derive(Debug, Default)]
pub struct Lines {
    /// The beginning of a line whose end has not come yet.
    begun: Vec<u8>,
    /// That line is too long, and the rest of it is thrown away.
    too_long: bool,
}

impl Lines {
    /// Takes a piece, and gives the lines that it ends, without their line breaks.
    pub fn take(&mut self, piece: &[u8]) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        for part in piece.split_inclusive(|byte| *byte == b'\n') {
            let (text, ends) = part.strip_suffix(b"\n").map_or((part, false), |text| (text, true));
            self.too_long |= self.begun.len() + text.len() > LONGEST;
            if self.too_long {
                self.begun.clear();
            } else {
                self.begun.extend_from_slice(text);
            }
            if ends {
                let line = std::mem::take(&mut self.begun);
                if !std::mem::take(&mut self.too_long) {
                    lines.push(line);
                }
            }
        }
        lines
    }
}

/// What mpv tells, as far as it matters here. Seconds are those of the recording.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// An order to load something was taken; the entry of the playlist that it became.
    Accepted {
        /// The number of the order.
        request: u64,
        /// The entry; mpv before 0.33 says none.
        entry: Option<i64>,
    },
    /// An order was refused, with mpv's reason.
    Refused {
        /// The number of the order.
        request: u64,
        /// Why.
        error: String,
    },
    /// An entry of the playlist begins to be loaded.
    Loading(i64),
    /// It is loaded.
    Loaded,
    /// A jump begins.
    Jumping,
    /// Playing begins, or goes on after a jump.
    Playing,
    /// An entry of the playlist came to its end.
    Over {
        /// Which.
        entry: i64,
        /// Why.
        why: Over,
    },
    /// The place in the recording, where there is one: the answer to [`ask_place`].
    At(Option<f64>),
    /// How many of the recording's seconds it plays in each.
    Speed(f64),
    /// Whether it is paused.
    Paused(bool),
    /// The length of the recording, where it is known.
    Length(Option<f64>),
    /// The last picture is shown and stays.
    AtEnd(bool),
}

/// Why an entry came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// It was played to its end.
    Played,
    /// Something else was to be played, or nothing.
    Stopped,
    /// mpv was closed.
    Quit,
    /// It could not be played, with mpv's reason.
    Error(String),
    /// It led to another entry, which goes on for it.
    Led(i64),
}

/// A line of mpv's, with all that any of them holds.
#[derive(Deserialize)]
struct Line {
    event: Option<String>,
    #[serde(default)]
    data: Value,
    id: Option<u64>,
    request_id: Option<u64>,
    error: Option<String>,
    reason: Option<String>,
    file_error: Option<String>,
    playlist_entry_id: Option<i64>,
    playlist_insert_id: Option<i64>,
}

impl Told {
    /// Reads a line; `None` if it is none of mpv's, or one that does not matter here.
    pub fn read(line: &[u8]) -> Option<Told> {
        let line: Line = serde_json::from_slice(line).ok()?;
        match line.event.as_deref() {
            None => line.reply(),
            Some("start-file") => Some(Told::Loading(line.playlist_entry_id?)),
            Some("file-loaded") => Some(Told::Loaded),
            Some("seek") => Some(Told::Jumping),
            Some("playback-restart") => Some(Told::Playing),
            Some("end-file") => Some(Told::Over { entry: line.playlist_entry_id?, why: line.over() }),
            Some("property-change") => line.property(),
            Some(_) => None,
        }
    }
}

impl Line {
    fn reply(self) -> Option<Told> {
        let request = self.request_id.filter(|request| *request > 0)?;
        let error = self.error?;
        if request == PLACE {
            return Some(Told::At(self.data.as_f64()));
        }
        if error != "success" {
            return Some(Told::Refused { request, error: clean_line(&error).into_owned() });
        }
        Some(Told::Accepted { request, entry: self.data.get("playlist_entry_id").and_then(Value::as_i64) })
    }

    fn over(self) -> Over {
        match self.reason.as_deref() {
            Some("eof") => Over::Played,
            Some("quit") => Over::Quit,
            Some("error") => Over::Error(clean_line(&self.file_error.unwrap_or_default()).into_owned()),
            Some("redirect") => self.playlist_insert_id.map_or(Over::Stopped, Over::Led),
            _ => Over::Stopped,
        }
    }

    fn property(self) -> Option<Told> {
        let (_, name) = OBSERVED.iter().find(|(number, _)| Some(*number) == self.id)?;
        match *name {
            "speed" => self.data.as_f64().map(Told::Speed),
            "duration" => Some(Told::Length(self.data.as_f64())),
            "pause" => self.data.as_bool().map(Told::Paused),
            _ => Some(Told::AtEnd(self.data.as_bool().unwrap_or_default())),
        }
    }
}

/// The lines by which mpv is asked to tell what happens.
pub fn observe() -> Vec<Value> {
    OBSERVED.iter().map(|(number, name)| json!({ "command": ["observe_property", number, name] })).collect()
}

/// Asks for the place in the recording.
pub fn ask_place() -> Value {
    json!({ "command": ["get_property", "time-pos"], "request_id": PLACE })
}

/// Plays a track from its start to its end, in the place of what is played. Its address must have been looked at.
pub fn load(track: &Track, request: u64) -> Vec<Value> {
    let bound = |cue: Option<Cue>| cue.map_or("none".to_owned(), |cue| cue.seconds().to_string());
    let mut options = json!({
        // Said even where there is none, or where the user left this file in mpv once would be the start.
        "start": bound(track.beginning()),
        "end": bound(track.end),
    });
    let title = clean_line(&track.title);
    if !title.is_empty() {
        options["force-media-title"] = json!(title);
    }
    // By name, since the places of the arguments changed in mpv 0.38.
    let load = json!({ "name": "loadfile", "url": track.address, "flags": "replace", "options": options });
    vec![json!({ "command": ["set_property", "pause", false] }), json!({ "command": load, "request_id": request })]
}

/// Names what can be jumped to. mpv takes it only when the file is loaded.
pub fn chapters(track: &Track) -> Option<Value> {
    let chapter = |chapter: &crate::domain::Chapter| json!({ "title": clean_line(&chapter.title), "time": chapter.start.seconds() });
    let chapters: Vec<Value> = track.chapters.iter().map(chapter).collect();
    (!chapters.is_empty()).then(|| json!({ "command": ["set_property", "chapter-list", chapters] }))
}

/// Pauses, or goes on.
pub fn toggle_pause() -> Value {
    json!({ "command": ["cycle", "pause"] })
}

/// Goes to a second of the recording.
pub fn seek(to: Cue) -> Value {
    json!({ "command": ["seek", to.seconds(), "absolute+exact"] })
}

/// Closes mpv.
pub fn quit() -> Value {
    json!({ "command": ["quit"] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(line: &str) -> Option<Told> {
        Told::read(line.as_bytes())
    }

    #[test]
    fn a_track_is_loaded_by_names_and_with_bounds_of_its_own() {
        let at = |seconds| Cue::from_seconds(seconds).ok();
        let track =
            Track { title: "-a \"b\"\n,c=%d".into(), address: "/a b.mp4".into(), start: at(90), resume: at(100), ..Track::default() };
        let [pause, load] = super::load(&track, 7).try_into().expect("two");
        assert_eq!(pause, json!({ "command": ["set_property", "pause", false] }));
        let options = json!({ "start": "100", "end": "none", "force-media-title": "-a \"b\" ,c=%d" });
        let command = json!({ "name": "loadfile", "url": "/a b.mp4", "flags": "replace", "options": options });
        assert_eq!(load, json!({ "command": command, "request_id": 7 }));
        assert_eq!(super::chapters(&track), None);
        assert!(!load.to_string().contains('\n'), "a line is a message");
    }

    #[test]
    fn what_matters_is_read() {
        for (line, expected) in [
            (r#"{"event":"start-file","playlist_entry_id":2}"#, Told::Loading(2)),
            (r#"{"event":"file-loaded"}"#, Told::Loaded),
            (r#"{"event":"seek"}"#, Told::Jumping),
            (r#"{"event":"playback-restart"}"#, Told::Playing),
            (r#"{"data":2.5,"request_id":1099511627776,"error":"success"}"#, Told::At(Some(2.5))),
            (r#"{"request_id":1099511627776,"error":"property unavailable"}"#, Told::At(None)),
            (r#"{"event":"property-change","id":1,"name":"speed","data":1.5}"#, Told::Speed(1.5)),
            (r#"{"event":"property-change","id":2,"name":"pause","data":true}"#, Told::Paused(true)),
            (r#"{"event":"property-change","id":3,"name":"duration","data":6.0}"#, Told::Length(Some(6.0))),
            (r#"{"event":"property-change","id":4,"name":"eof-reached","data":null}"#, Told::AtEnd(false)),
            (r#"{"data":{"playlist_entry_id":3},"request_id":5,"error":"success"}"#, Told::Accepted { request: 5, entry: Some(3) }),
            (r#"{"request_id":5,"error":"invalid parameter"}"#, Told::Refused { request: 5, error: "invalid parameter".to_owned() }),
        ] {
            assert_eq!(told(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn why_it_is_over_is_read() {
        for (reason, expected) in [
            (r#""reason":"eof""#, Over::Played),
            (r#""reason":"stop""#, Over::Stopped),
            (r#""reason":"quit""#, Over::Quit),
            (r#""reason":"error","file_error":"loading failed\u001b""#, Over::Error("loading failed␛".to_owned())),
            (r#""reason":"redirect","playlist_insert_id":8"#, Over::Led(8)),
            (r#""reason":"something new""#, Over::Stopped),
        ] {
            let line = format!(r#"{{"event":"end-file","playlist_entry_id":7,{reason}}}"#);
            assert_eq!(told(&line), Some(Told::Over { entry: 7, why: expected }), "{line}");
        }
    }

    #[test]
    fn nothing_else_is_believed() {
        for line in ["", "{", "[]", "null", "{}", r#"{"event":3}"#, r#"{"event":"idle"}"#, r#"{"event":"start-file"}"#, "\u{1}"] {
            assert_eq!(told(line), None, "{line}");
        }
        assert_eq!(told(r#"{"request_id":0,"error":"success"}"#), None);
        assert_eq!(told(r#"{"event":"property-change","id":1,"data":"x"}"#), None);
        assert_eq!(told(r#"{"event":"property-change","id":3,"data":"x"}"#), Some(Told::Length(None)));
        assert_eq!(ask_place()["request_id"], 1_099_511_627_776_u64);
    }

    #[test]
    fn a_line_that_is_too_long_costs_itself() {
        let mut lines = Lines::default();
        assert_eq!(lines.take(b"one\n"), [b"one"]);
        for _ in 0..3 {
            assert_eq!(lines.take(&vec![b'x'; LONGEST / 2]), Vec::<Vec<u8>>::new());
        }
        assert!(lines.begun.capacity() <= 2 * LONGEST);
        assert_eq!(lines.take(b"xx\ntwo\n"), [b"two"]);
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(text in "[a-z\n{}\"]{0,80}", cuts in proptest::collection::vec(1usize..9, 0..40)) {
            let mut lines = Lines::default();
            let (mut read, mut rest) = (Vec::new(), text.as_bytes());
            for cut in cuts.into_iter().chain([usize::MAX]) {
                let (piece, left) = rest.split_at(cut.min(rest.len()));
                read.extend(lines.take(piece));
                rest = left;
            }
            let whole: Vec<Vec<u8>> = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).map(Into::into).collect();
            prop_assert_eq!(read, whole);
        }

        #[test]
        fn any_line_is_answered(line in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = Told::read(&line);
        }

        #[test]
        fn what_looks_like_a_message_is_answered(
            event in "start-file|end-file|property-change|seek|x", id in any::<i64>(), data in "null|true|1e999|-1|\"x\"|[1]|\\{\\}",
        ) {
            let _ = told(&format!(r#"{{"event":"{event}","id":{id},"data":{data},"playlist_entry_id":{id}}}"#));
            let _ = told(&format!(r#"{{"request_id":{id},"error":"success","data":{data}}}"#));
        }
    }
}
