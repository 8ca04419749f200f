//! Typed reading that one odd value does not bring to an end.

use crate::domain::{Place, Problem};
use crate::source::SourceText;
use crate::source::yaml::{self, Places, quick, repeats_without_end};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_yaml::{Mapping, Value};
use std::borrow::Cow;

/// A text, or a number as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Text<'_> {
    /// What is written, without white space around it.
    pub fn get(&self) -> &str {
        self.0.trim()
    }
}

/// What is written, unless it is nothing.
pub fn said<'a>(text: Option<&'a Text>) -> Option<&'a str> {
    text.map(Text::get).filter(|text| !text.is_empty())
}

/// The same, to be kept.
pub fn owned(text: Option<&Text>) -> Option<String> {
    said(text).map(str::to_owned)
}

/// What a value has to be for the typed reading to take it.
pub enum Shape {
    /// Text, or a number or the like, which is taken as it reads.
    Text,
    /// Entries of one shape.
    List(&'static Shape),
    /// Keys; others may stand beside them.
    Keys(&'static [(&'static str, Shape)]),
}

/// Problems that know the path of what they are about (`/3/talks/1/title`), until it is looked up where that stands.
#[derive(Default)]
pub struct Notes(Vec<(String, Problem)>);

impl Notes {
    /// Notes a problem with the value of that path.
    pub fn add(&mut self, path: impl Into<String>, problem: impl FnOnce(Place) -> Problem) {
        self.0.push((path.into(), problem(Place { path: "".into(), line: None, column: None })));
    }

    /// The problems, each with its place. Only if there are any is the text looked through.
    pub fn placed(self, source: &SourceText) -> Vec<Problem> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let places = Places::of(&source.text, &source.place);
        self.0.into_iter().map(|(path, problem)| Problem { place: places.at(&path), ..problem }).collect()
    }
}

/// Reads a text typed. Values of another shape are noted and left out, and all others are still read.
///
/// # Errors
/// The text is no YAML, or its aliases stand for more than can be read.
pub fn read<'a, T: Deserialize<'a> + Default>(source: &'a SourceText, shape: &Shape, notes: &mut Notes) -> Result<T, Problem> {
    if let Ok(read) = quick::read(&source.text) {
        return Ok(read);
    }
    if let Some((line, column)) = repeats_without_end(&source.text) {
        yaml::parse::<IgnoredAny>(&source.text, &source.place, 1)?;
        let problem = Problem::error(source.place.at(line, column), "aliases repeat each other without end; the file is not read");
        return Err(problem.hint("write in full what the aliases stand for"));
    }
    if let Ok(read) = yaml::parse(&source.text, &source.place, 1) {
        return Ok(read);
    }
    let value = fit(yaml::parse(&source.text, &source.place, 1)?, shape, &mut String::new(), notes);
    let fitted = Option::<T>::deserialize(value).map(Option::unwrap_or_default);
    fitted.map_err(|error| yaml::syntax_problem(&source.text, &error, &source.place, 1))
}

/// The value in that shape: what does not fit is noted, and nothing stands in its place.
fn fit(value: Value, shape: &Shape, path: &mut String, notes: &mut Notes) -> Value {
    match (shape, value) {
        (_, Value::Null) => Value::Null,
        (shape, Value::Tagged(tagged)) => fit(tagged.value, shape, path, notes),
        (Shape::Text, Value::String(text)) => Value::String(text),
        (Shape::Text, Value::Number(number)) => Value::String(number.to_string()),
        (Shape::Text, Value::Bool(truth)) => Value::String(truth.to_string()),
        (Shape::List(of), Value::Sequence(items)) => {
            let fitted = items.into_iter().enumerate().map(|(i, item)| below(path, &i.to_string(), |path| fit(item, of, path, notes)));
            Value::Sequence(fitted.collect())
        }
        (Shape::Keys(keys), Value::Mapping(mut mapping)) => {
            let mut fitted = Mapping::new();
            for (key, shape) in *keys {
                if let Some(value) = mapping.remove(key) {
                    fitted.insert(Value::from(*key), below(path, key, |path| fit(value, shape, path, notes)));
                }
            }
            Value::Mapping(fitted)
        }
        (shape, _) => {
            let message = format!("expected {}{}", shape.name(), of(path));
            notes.add(path.clone(), |place| Problem::error(place, message).hint("it is left out"));
            Value::Null
        }
    }
}

fn below<T>(path: &mut String, step: &str, then: impl FnOnce(&mut String) -> T) -> T {
    let length = path.len();
    path.push('/');
    path.push_str(step);
    let done = then(path);
    path.truncate(length);
    done
}

impl Shape {
    fn name(&self) -> &'static str {
        match self {
            Shape::Text => "text",
            Shape::List(_) => "a list",
            Shape::Keys(_) => "`key: value` lines",
        }
    }
}

/// ` for speakers`: the key that a value belongs to.
fn of(path: &str) -> String {
    let key = path.rsplit('/').find(|step| !step.is_empty() && !step.bytes().all(|b| b.is_ascii_digit()));
    key.map(|key| format!(" for {key}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default, bound(deserialize = "'de: 'a"))]
    struct Boat<'a> {
        name: Option<Text<'a>>,
        crew: Option<Vec<Option<Text<'a>>>>,
    }

    static BOAT: Shape = Shape::Keys(&[("name", Shape::Text), ("crew", Shape::List(&Shape::Text))]);
    static BOATS: Shape = Shape::List(&BOAT);

    fn source(text: &str) -> SourceText {
        SourceText { place: Place::of("x.yml".as_ref()), text: text.to_owned() }
    }

    /// Names and crews, and what is wrong.
    fn read_boats(text: &str) -> (Vec<String>, Vec<String>) {
        let source = source(text);
        let mut notes = Notes::default();
        let boats: Vec<Option<Boat>> = read(&source, &BOATS, &mut notes).unwrap_or_else(|problem| panic!("{problem}"));
        let name = |text: &Option<Text>| said(text.as_ref()).unwrap_or("-").to_owned();
        let shown = boats.iter().map(|boat| match boat {
            Some(boat) => format!("{}: {}", name(&boat.name), boat.crew.iter().flatten().map(name).collect::<Vec<_>>().join(" ")),
            None => "none".to_owned(),
        });
        (shown.collect(), notes.placed(&source).iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_fits_is_taken_as_it_is_written() {
        let (boats, told) = read_boats("- name: 1.10\n  crew: [Ann, 007, true, ~]\n- name: ''\n  colour: {of: hull}\n-\n");
        assert_eq!(boats, ["1.10: Ann 007 true -", "-: ", "none"]);
        assert_eq!(told, Vec::<String>::new());
        assert_eq!(read_boats("# none yet\n").0, Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_costs_itself_only() {
        let (boats, told) = read_boats("- name: [x]\n  crew: [Ann, {b: c}, 12]\n- just words\n- name: Gull\n  crew: none\n");
        assert_eq!(boats, ["-: Ann - 12", "none", "Gull: "]);
        assert_eq!(
            told,
            [
                "x.yml:1:9: error: expected text for name (it is left out)",
                "x.yml:2:15: error: expected text for crew (it is left out)",
                "x.yml:3:3: error: expected `key: value` lines (it is left out)",
                "x.yml:5:9: error: expected a list for crew (it is left out)",
            ]
        );
        assert_eq!(read_boats("just words").1, ["x.yml:1:1: error: expected a list (it is left out)"]);
    }

    #[test]
    fn aliases_that_stand_for_too_much_are_refused() {
        let text = format!("- name: &a {}\n- name: [x]\n{}", "x".repeat(70_000), "- name: *a\n".repeat(99));
        let told = read::<Vec<Option<Boat>>>(&source(&text), &BOATS, &mut Notes::default()).expect_err("it is refused");
        assert!(told.to_string().ends_with("the file is not read (write in full what the aliases stand for)"), "{told}");
        assert_eq!(read_boats("- name: &a Gull\n  crew: &c [Ann]\n- name: *a\n  crew: *c\n").0, ["Gull: Ann", "Gull: Ann"]);
    }
}
