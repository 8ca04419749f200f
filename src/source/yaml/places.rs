//! Where the values of a document stand, by their paths (`/talks/1/start`).

use super::position;
use crate::domain::Place;
use saphyr_parser::{Event, Parser};
use std::collections::HashMap;

/// Where a value stands, and its key if it has one: line and column from 1.
#[derive(Clone, Copy)]
pub struct Mark {
    pub key: Option<(u32, u32)>,
    pub value: (u32, u32),
}

/// Where the values of a document stand, for readers that keep no [`Document`] and find that something is wrong.
pub struct Places {
    marks: HashMap<String, Mark>,
    place: Place,
}

impl Places {
    /// The place of every value in a text.
    pub fn of(text: &str, place: &Place) -> Places {
        Places { marks: marks(text), place: place.clone() }
    }

    /// Where the value with that path (`/talks/1/start`) stands; what has no place of its own is told of what it lies in.
    pub fn at(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(mark) = self.marks.get(path) {
                return self.place.at(mark.value.0, mark.value.1);
            }
            match path.rfind('/') {
                Some(end) => path = &path[..end],
                None => return self.place.clone(),
            }
        }
    }
}

/// The position of every value, by its path (`/talks/1/start`).
pub fn marks(text: &str) -> HashMap<String, Mark> {
    let mut marks = HashMap::new();
    let mut open: Vec<Level> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let at = position(span.start);
        match event {
            Event::Scalar(text, ..) => {
                if let Some(level) = open.last_mut()
                    && level.awaits_key()
                {
                    level.key = Some((text.into_owned(), at));
                } else {
                    note(&mut marks, &mut open, at);
                }
            }
            Event::Alias(_) => {
                note(&mut marks, &mut open, at);
            }
            Event::SequenceStart(..) => {
                let path = note(&mut marks, &mut open, at);
                open.push(Level { path, mapping: false, index: 0, key: None });
            }
            Event::MappingStart(..) => {
                let path = note(&mut marks, &mut open, at);
                open.push(Level { path, mapping: true, index: 0, key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
            }
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
    marks
}

/// An open sequence or mapping while marks are collected.
struct Level {
    path: String,
    mapping: bool,
    index: usize,
    key: Option<(String, (u32, u32))>,
}

impl Level {
    fn awaits_key(&self) -> bool {
        self.mapping && self.key.is_none()
    }
}

/// Notes the position of the value that begins here, and gives its path.
fn note(marks: &mut HashMap<String, Mark>, open: &mut [Level], at: (u32, u32)) -> String {
    let (path, key) = match open.last_mut() {
        None => (String::new(), None),
        Some(level) => {
            if let Some((key, key_at)) = level.key.take() {
                (format!("{}/{key}", level.path), Some(key_at))
            } else {
                level.index += 1;
                (format!("{}/{}", level.path, level.index - 1), None)
            }
        }
    };
    marks.insert(path.clone(), Mark { key, value: at });
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_path() {
        let places = Places::of("- a: 1\n  b:\n    - x\n", &Place::of("x.yml".as_ref()));
        let at = |path: &str| places.at(path).to_string();
        assert_eq!([at("/0/a"), at("/0/b/0"), at("/0/c/7"), at("/9")], ["x.yml:1:6", "x.yml:3:7", "x.yml:1:3", "x.yml:1:1"]);
    }
}
