use super::*;

#[derive(Debug, Default)]
struct Boat<'a> {
    name: Text<'a>,
    crew: List<Text<'a>>,
}

impl<'de> Fields<'de> for Boat<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error> {
        match key {
            "name" => self.name = values.next_value()?,
            "crew" => self.crew.read_short(values)?,
            _ => drop(values.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
    fn bare(&mut self, _: Text<'de>) {}
}

fn source(text: &str) -> SourceText {
    SourceText { place: Place::of("boat.json".as_ref()), text: text.to_owned() }
}

#[test]
fn a_value_of_another_kind_costs_itself_only() {
    for (text, name, crew) in [
        (r#"{"name": 7, "crew": ["Ann", 3, null, {"a": 1}, "B\u00f6"]}"#, Text::Wrong, 5),
        (r#"{"crew": {"a": [1]}, "name": null}"#, Text::Missing, 0),
        (r#"{"crew": "Ann", "name": [1, {"a": 2}], "more": 1.5}"#, Text::Wrong, 1),
        (r#"{"crew": true, "name": "Eel", "crew": ["Ann"]}"#, Text::Is("Eel".into()), 1),
        ("[1, 2]", Text::Missing, 0),
    ] {
        let source = source(text);
        let (boat, problem) = read::<Boat>(&source);
        assert_eq!((&boat.name, boat.crew.items.len(), problem), (&name, crew, None), "{text}");
    }
}

#[test]
fn what_stands_before_a_break_is_kept() {
    let source = source("{\"name\": \"Eel\",\n \"crew\": [\"Ünn\", \"Bo");
    let (boat, problem) = read::<Boat>(&source);
    assert_eq!((boat.name.get(), boat.crew.items[0].get()), (Some("Eel"), Some("Ünn")));
    let problem = problem.expect("told");
    assert_eq!(problem.place.to_string(), "boat.json:2:20");
    assert_eq!(problem.message, "not valid JSON: EOF while parsing a string");
}

#[test]
fn nesting_and_lists_without_end_are_bounded() {
    let deep = source(&format!("{{\"name\": {}", "[".repeat(100_000)));
    assert!(read::<Boat>(&deep).1.is_some());
    let long = source(&format!("{{\"crew\": [{}\"z\"], \"name\": \"Eel\"}}", "\"a\",".repeat(5_000)));
    let (boat, problem) = read::<Boat>(&long);
    assert_eq!((boat.crew.items.len(), boat.name.get(), problem), (LONGEST_LIST, Some("Eel"), None));
}

#[test]
fn a_field_knows_its_place() {
    let source = source("{\n  \"name\": 7,\n  \"crew\": [\n    \"Ann\",\n    8 ]\n}");
    assert_eq!(place_of_field(&source, "name", None).to_string(), "boat.json:2:11");
    assert_eq!(place_of_field(&source, "crew", Some(1)).to_string(), "boat.json:5:5");
    assert_eq!(place_of_field(&source, "crew", Some(9)).to_string(), "boat.json:3:11");
    assert_eq!(place_of_field(&source, "keel", None).to_string(), "boat.json:1:1");
}

#[test]
fn a_key_is_no_word_in_a_text() {
    assert!(has_key("{\"name\" : 1}", "name"));
    assert!(!has_key("{\"a\": \"\\\"name\\\": 1\"}", "name"));
    assert!(!has_key("{\"a\": \"name\"}", "name"));
    assert!(!has_key("{\"rename\": 1}", "name"));
}
