//! YAML with positions: values by `serde_yaml`, the line and column of each beside them, and questions that
//! note what is wrong instead of failing.

pub mod quick;

use crate::domain::{Place, Problem};
use crate::text::did_you_mean;
use saphyr_parser::{Event, Marker, Parser};
use serde::Deserialize;
use serde_yaml::{Mapping, Value};
use std::cell::RefCell;
use std::collections::HashMap;

/// A parsed document.
pub struct Document {
    value: Value,
    marks: HashMap<String, Mark>,
    place: Place,
    first_line: u32,
    problems: RefCell<Vec<Problem>>,
}

/// Where a value stands, and its key if it has one: line and column from 1.
#[derive(Clone, Copy)]
struct Mark {
    key: Option<(u32, u32)>,
    value: (u32, u32),
}

impl Document {
    /// Parses one document. `first_line` is the line of the file at which `text` begins, from 1.
    ///
    /// # Errors
    /// Syntax errors, doubled keys, nesting and aliases past all reason, each with its place.
    pub fn parse(text: &str, place: &Place, first_line: u32) -> Result<Document, Problem> {
        let value: Value = parse(text, place, first_line)?;
        Ok(Document { value, marks: marks(text), place: place.clone(), first_line, problems: RefCell::default() })
    }

    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        Node { document: self, value: &self.value, path: String::new() }
    }

    /// What was noted while asking.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }
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

/// Brackets that may open one in the other before it costs too much to hand them to `serde_yaml`, which takes 128.
const DEEPEST: usize = 128;

/// Brackets that cost little, however they nest.
const FEW_BRACKETS: usize = 2_000;

/// Parses a text by `serde_yaml`. `first_line` is the line of the file at which it begins, from 1.
///
/// # Errors
/// Syntax errors, and what nests deeper than anything that a person wrote.
pub fn parse<'a, T: Deserialize<'a>>(text: &'a str, place: &Place, first_line: u32) -> Result<T, Problem> {
    if let Some((line, column)) = nests_too_deep(text) {
        let problem = Problem::error(place.at(line + first_line - 1, column), "not valid YAML: the brackets nest too deep");
        return Err(problem.hint(TOO_DEEP));
    }
    serde_yaml::from_str(text).map_err(|error| syntax_problem(text, &error, place, first_line))
}

const TOO_DEEP: &str = "it nests deeper than any event file; the file may be damaged";

/// Where brackets open one in the other without end. libyaml looks at each open one again with every word: a hundred kilobytes of them
/// take it seconds, a megabyte minutes.
fn nests_too_deep(text: &str) -> Option<(u32, u32)> {
    let at_least = |brackets| memchr::memchr2_iter(b'[', b'{', text.as_bytes()).nth(brackets).is_some();
    if !at_least(DEEPEST) {
        return None;
    }
    let mut open = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        match next {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) if open == DEEPEST => return Some(position(span.start)),
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), _)) => open += 1,
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => open -= 1,
            Ok(_) => {}
            // What the two libraries read differently is not believed to be harmless.
            Err(error) => return at_least(FEW_BRACKETS).then(|| position(*error.marker())),
        }
    }
    None
}

/// Why a text is no YAML, or none that can be read.
pub fn syntax_problem(text: &str, error: &serde_yaml::Error, place: &Place, first_line: u32) -> Problem {
    let message = error.to_string();
    // The place is told in front, as for every problem; the library repeats it at the end.
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    let at = error.location().map(|at| (line_number(at.line()), line_number(at.column())));
    // The library gives up on aliases without saying where.
    let place = match at.or_else(|| first_alias(text)) {
        Some((line, column)) => place.at(line + first_line - 1, column),
        None => place.clone(),
    };
    let problem = Problem::error(place, format!("not valid YAML: {message}"));
    if message.contains("mapping values") {
        problem.hint("a value with a colon in it must stand in quotes")
    } else if message.contains("recursion limit") {
        problem.hint(TOO_DEEP)
    } else if message.contains("repetition limit") {
        problem.hint("aliases repeat each other without end; the file is not read")
    } else if message.contains("duplicate entry") {
        problem.hint("keep one of the two")
    } else if message.contains("tab") {
        problem.hint("indent with spaces")
    } else {
        problem.hint("check quotes and indentation here and in the line above")
    }
}

fn line_number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn position(mark: Marker) -> (u32, u32) {
    (line_number(mark.line()), line_number(mark.col() + 1))
}

/// Where the first alias stands.
fn first_alias(text: &str) -> Option<(u32, u32)> {
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        if matches!(event, Event::Alias(_)) {
            return Some(position(span.start));
        }
    }
    None
}

/// Text that aliases may stand for, beside four times the text itself.
const ALIASES_STAND_FOR: usize = 1 << 16;

/// Where aliases have come to stand for far more than the text holds: whoever reads all of it finds no end. `serde_yaml` counts
/// aliases, and not how much is behind each. A text with aliases that is no YAML is answered too.
pub fn repeats_without_end(text: &str) -> Option<(u32, u32)> {
    // An anchor and an alias, or none of it needs a parser's look.
    if !(may_hold(text, b'&') && may_hold(text, b'*')) {
        return None;
    }
    let most = text.len().saturating_mul(4).saturating_add(ALIASES_STAND_FOR);
    let (mut total, mut sizes, mut open) = (0_usize, HashMap::new(), Vec::new());
    let mut parser = Parser::new_from_str(text);
    let mut last = (1, 1);
    while let Some(next) = parser.next_event() {
        // What the two libraries read differently is not believed to be harmless.
        let Ok((event, span)) = next else { return Some(last) };
        last = position(span.start);
        match event {
            Event::Scalar(text, _, anchor, _) => {
                total = total.saturating_add(text.len() + 1);
                sizes.insert(anchor, text.len() + 1);
            }
            Event::Alias(anchor) => total = total.saturating_add(sizes.get(&anchor).copied().unwrap_or(1)),
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                open.push((anchor, total));
                total = total.saturating_add(1);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((anchor, before)) = open.pop() {
                    sizes.insert(anchor, total - before);
                }
            }
            _ => {}
        }
        if total > most {
            return Some(last);
        }
    }
    None
}

/// Does an anchor (`&a`) or an alias (`*a`) stand in the text, as far as its bytes tell?
fn may_hold(text: &str, mark: u8) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(mark, bytes).any(|at| {
        let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
        let after = bytes.get(at + 1).copied().unwrap_or(b' ');
        (before.is_ascii_whitespace() || matches!(before, b'[' | b',' | b'{' | b':' | b'-')) && !after.is_ascii_whitespace()
    })
}

/// The position of every value, by its path (`/talks/1/start`).
fn marks(text: &str) -> HashMap<String, Mark> {
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

/// A value in a document, with its place.
pub struct Node<'a> {
    document: &'a Document,
    value: &'a Value,
    path: String,
}

impl<'a> Node<'a> {
    /// Where the value stands.
    pub fn place(&self) -> Place {
        self.mark(|mark| mark.value)
    }

    /// Where the key stands; for a value without one, the value.
    fn key_place(&self) -> Place {
        self.mark(|mark| mark.key.unwrap_or(mark.value))
    }

    fn mark(&self, of: impl Fn(&Mark) -> (u32, u32)) -> Place {
        let document = self.document;
        match document.marks.get(&self.path) {
            Some(mark) => document.place.at(of(mark).0 + document.first_line - 1, of(mark).1),
            None => document.place.clone(),
        }
    }

    /// Notes a problem.
    pub fn note(&self, problem: Problem) {
        self.document.problems.borrow_mut().push(problem);
    }

    fn error(&self, message: String) {
        self.note(Problem::error(self.place(), message));
    }

    /// The last step of the path, for messages.
    fn name(&self) -> &str {
        match self.path.rsplit('/').find(|step| !step.bytes().all(|b| b.is_ascii_digit())) {
            Some(name) => name,
            None => "the document",
        }
    }

    fn child(&self, step: &str, value: &'a Value) -> Node<'a> {
        Node { document: self.document, value, path: format!("{}/{step}", self.path) }
    }

    /// The value of a key, unless it is missing or empty.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.as_mapping()?.get(key)?;
        (!value.is_null()).then(|| self.child(key, value))
    }

    /// Is this a mapping? Notes a problem if not.
    pub fn expect_mapping(&self) -> bool {
        let is = self.value.is_mapping();
        if !is {
            self.error(format!("expected `key: value` lines for {}, found {}", self.name(), kind(self.value)));
        }
        is
    }

    /// Notes every key that is not among the known ones, with the nearest of those.
    pub fn warn_unknown_keys(&self, known: &[&str]) {
        for (key, value) in self.value.as_mapping().into_iter().flatten() {
            let Some(key) = key.as_str() else {
                self.note(Problem::warning(self.place(), format!("a key of {} is {}, not text", self.name(), kind(key))));
                continue;
            };
            if known.contains(&key) {
                continue;
            }
            let problem = Problem::warning(self.child(key, value).key_place(), format!("unknown key `{key}`"));
            self.note(match did_you_mean(key, known.iter().copied()) {
                Some(near) => problem.hint(format!("did you mean `{near}`? it is kept as it is")),
                None => problem.hint("it is kept, but not used"),
            });
        }
    }

    /// The value as text. Numbers and the like are taken as they read; lists and mappings are a problem.
    pub fn text(&self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => {
                if number.is_f64() {
                    self.note(
                        Problem::warning(self.place(), format!("{} is read as the number {number}", self.name()))
                            .hint("put it in quotes to keep it as written"),
                    );
                }
                Some(number.to_string())
            }
            Value::Bool(truth) => {
                self.note(
                    Problem::warning(self.place(), format!("{} is read as yes or no", self.name()))
                        .hint("put it in quotes to keep it as written"),
                );
                Some(truth.to_string())
            }
            Value::Null => None,
            Value::Tagged(tagged) => Node { document: self.document, value: &tagged.value, path: self.path.clone() }.text(),
            Value::Sequence(_) | Value::Mapping(_) => {
                self.error(format!("expected text for {}, found {}", self.name(), kind(self.value)));
                None
            }
        }
        .filter(|text| !text.is_empty())
    }

    /// The entries of a list; a lone value is a list of one.
    pub fn items(&self) -> Vec<Node<'a>> {
        match self.value {
            Value::Sequence(items) => items.iter().enumerate().map(|(i, value)| self.child(&i.to_string(), value)).collect(),
            Value::Null => Vec::new(),
            value => vec![Node { document: self.document, value, path: self.path.clone() }],
        }
    }

    /// The entries of a list as texts.
    pub fn texts(&self) -> Vec<String> {
        self.items().iter().filter_map(Node::text).collect()
    }

    /// The mapping behind it, where it is one.
    pub fn mapping(&self) -> Option<&'a Mapping> {
        self.value.as_mapping()
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "`key: value` lines",
        Value::Tagged(_) => "a tagged value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place() -> Place {
        Place::of("x.yml".as_ref())
    }

    fn parse(text: &str) -> Document {
        Document::parse(text, &place(), 1).expect("valid YAML")
    }

    #[test]
    fn every_value_knows_its_place() {
        let document = parse("a: 1\nb:\n  - c: x\n    d: y\n  - {c: z}\n");
        let b = document.root().get("b").expect("b");
        let at = |node: Node| node.place().to_string();
        assert_eq!(at(b.items()[0].get("d").expect("d")), "x.yml:4:8");
        assert_eq!(at(b.items()[1].get("c").expect("c")), "x.yml:5:9");
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        let document = parse("title: [x]\nversion: 1.10\ntilte: y\n");
        let root = document.root();
        assert_eq!(root.get("title").expect("there").text(), None);
        assert_eq!(root.get("version").expect("there").text().as_deref(), Some("1.1"));
        root.warn_unknown_keys(&["title", "version"]);
        let told: Vec<String> = document.into_problems().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "x.yml:1:8: error: expected text for title, found a list",
                "x.yml:2:10: warning: version is read as the number 1.1 (put it in quotes to keep it as written)",
                "x.yml:3:1: warning: unknown key `tilte` (did you mean `title`? it is kept as it is)",
            ]
        );
    }

    #[test]
    fn places_are_found_by_path() {
        let places = Places::of("- a: 1\n  b:\n    - x\n", &place());
        let at = |path: &str| places.at(path).to_string();
        assert_eq!([at("/0/a"), at("/0/b/0"), at("/0/c/7"), at("/9")], ["x.yml:1:6", "x.yml:3:7", "x.yml:1:3", "x.yml:1:1"]);
    }

    #[test]
    fn syntax_errors_have_a_place_and_a_hint() {
        let Err(problem) = Document::parse("ok: 1\ntitle: a: b\n", &place(), 10) else { panic!("that is no YAML") };
        assert_eq!(problem.place.line, Some(11));
        assert!(problem.to_string().contains("quotes"), "{problem}");
    }

    #[test]
    fn brackets_in_running_text_do_not_nest() {
        let text = format!("a: |\n{}", "  [ one item\n".repeat(9999));
        assert!(Document::parse(&text, &place(), 1).is_ok());
        assert!(Document::parse(&format!("a: [{}]", "[x], ".repeat(9999)), &place(), 1).is_ok());
    }

    /// Each of these would take the parser minutes.
    #[test]
    fn what_nests_without_end_is_refused_at_once() {
        for text in ["[".repeat(2_000_000), "{a: ".repeat(500_000), format!("a: \"\\z\"\nb: {}", "[x, ".repeat(500_000))] {
            let problem = Document::parse(&text, &place(), 5).err().expect("it is refused").to_string();
            assert!(problem.contains("nest too deep"), "{problem}");
            assert!(problem.starts_with("x.yml:5:") || problem.starts_with("x.yml:6:"), "{problem}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for i in 1..30 {
            let of = format!("*a{}", i - 1);
            bomb.extend([format!("a{i}: &a{i} [{}]\n", [of.as_str(); 9].join(","))]);
        }
        assert!(Document::parse(&bomb, &place(), 1).is_err());
    }

    #[test]
    fn aliases_are_counted_by_what_they_stand_for() {
        let list = format!("- &a [{}]\n", "x, ".repeat(9000));
        assert_eq!(repeats_without_end(&format!("{list}{}", "- *a\n".repeat(5))), None);
        let at = repeats_without_end(&format!("{list}{}", "- *a\n".repeat(99))).expect("it is found");
        assert!((6..20).contains(&at.0), "{at:?}");
        assert_eq!(repeats_without_end(&"- Q & A, &co, really*\n".repeat(99)), None);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "[a-c:\\-\\[\\]{}&*!|>'\"#%@,\n ]{0,80}") {
            let _ = repeats_without_end(&text);
            if let Ok(document) = Document::parse(&text, &place(), 1) {
                let root = document.root();
                root.warn_unknown_keys(&["a"]);
                for node in root.items() {
                    let _ = (node.text(), node.place());
                }
            }
        }
    }
}
