//! YAML: values by `serde_yaml`, the line and column of each beside them ([`Document`]), or read quickly where it is written as it mostly
//! is ([`quick`]).

mod document;
mod guard;
mod places;
pub mod quick;

pub use document::{Document, Node};
pub use guard::repeats_without_end;
pub use places::Places;

use crate::domain::{Place, Problem};
use guard::nests_too_deep;
use saphyr_parser::{Event, Marker, Parser};
use serde::Deserialize;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place::of("x.yml".as_ref())
    }

    fn refused(text: &str, first_line: u32) -> String {
        parse::<serde_yaml::Value>(text, &place(), first_line).expect_err("it is refused").to_string()
    }

    #[test]
    fn syntax_errors_have_a_place_and_a_hint() {
        let problem = refused("ok: 1\ntitle: a: b\n", 10);
        assert!(problem.starts_with("x.yml:11:") && problem.contains("quotes"), "{problem}");
    }

    #[test]
    fn brackets_in_running_text_do_not_nest() {
        let text = format!("a: |\n{}", "  [ one item\n".repeat(9999));
        for text in [text, format!("a: [{}]", "[x], ".repeat(9999))] {
            assert!(parse::<serde_yaml::Value>(&text, &place(), 1).is_ok());
        }
    }

    /// Each of these would take the parser minutes.
    #[test]
    fn what_nests_without_end_is_refused_at_once() {
        for text in ["[".repeat(2_000_000), "{a: ".repeat(500_000), format!("a: \"\\z\"\nb: {}", "[x, ".repeat(500_000))] {
            let problem = refused(&text, 5);
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
        assert!(refused(&bomb, 1).contains("without end"));
    }
}
