//! Values with their places, and questions that note what is wrong instead of failing.

use super::parse;
use super::places::{Mark, marks};
use crate::domain::{Place, Problem};
use crate::text::did_you_mean;
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

    proptest! {
        #[test]
        fn any_text_is_answered(text in "[a-c:\\-\\[\\]{}&*!|>'\"#%@,\n ]{0,80}") {
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
