//! Problems of one kind, counted: the same words about other values.

use crate::domain::{Problem, Severity};
use crate::text::clean_line;
use std::collections::HashMap;

/// So many kinds are told.
const SHOWN: usize = 5;

/// A kind that comes less often is as well read where it stands.
const OFTEN: usize = 3;

/// The kinds of problem that come most often, one a line: `283 × error: “TODO” is no start`. Where the values differ, `…` stands for
/// them. Nothing where no kind comes often.
pub fn most_frequent(problems: &[Problem]) -> String {
    let mut kinds: HashMap<(Severity, String), Kind> = HashMap::new();
    for problem in problems {
        let kind = kinds.entry((problem.severity, without_values(&problem.message)));
        let kind = kind.or_insert_with(|| Kind { count: 0, message: &problem.message, same: true });
        kind.count += 1;
        kind.same &= kind.message == problem.message;
    }
    let mut often: Vec<_> = kinds.into_iter().filter(|(_, kind)| kind.count >= OFTEN).collect();
    often.sort_by(|((severity, words), kind), (other, another)| (another.count, *severity, words).cmp(&(kind.count, other.0, &other.1)));
    let width = often.first().map_or(0, |(_, kind)| kind.count.to_string().len());
    let line = |((severity, words), kind): &((Severity, String), Kind)| {
        let words = if kind.same { kind.message } else { words };
        format!("{:>width$} × {severity}: {}\n", kind.count, clean_line(words))
    };
    let lines: String = often.iter().take(SHOWN).map(line).collect();
    if lines.is_empty() { lines } else { lines + "\n" }
}

struct Kind<'a> {
    count: usize,
    /// The first of its messages.
    message: &'a str,
    /// All of its messages are the first.
    same: bool,
}

/// A message with `…` for what stands in quotes and for numbers: what it says of any value.
fn without_values(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(first) = rest.chars().next() {
        let close = match first {
            '`' => Some('`'),
            '“' => Some('”'),
            '"' => Some('"'),
            _ => None,
        };
        let inside = &rest[first.len_utf8()..];
        out.push(if first.is_ascii_digit() { '…' } else { first });
        rest = match close.and_then(|close| Some((close, inside.find(close)?))) {
            Some((close, end)) => {
                out.push('…');
                out.push(close);
                &inside[end + close.len_utf8()..]
            }
            // `1:02:03` and `12.5` are one value.
            None if first.is_ascii_digit() => inside.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.')),
            None => inside,
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Place;
    use proptest::prelude::*;

    #[test]
    fn values_are_taken_out() {
        for (message, kind) in [
            ("`TODO` is no start", "`…` is no start"),
            ("“Ann” and \"Bo\" at 1:02:03, 5 s", "“…” and \"…\" at …, … s"),
            ("an `open quote", "an `open quote"),
            ("", ""),
        ] {
            assert_eq!(without_values(message), kind);
        }
    }

    #[test]
    fn what_comes_often_is_counted() {
        let place = Place::of("x.yml".as_ref());
        let todo = |line| Problem::error(place.at(line, 1), "`TODO` is no start");
        let mut problems: Vec<Problem> = (1..13).map(todo).collect();
        let keys = ["a", "b", "c"].map(|key| Problem::warning(place.clone(), format!("unknown key `{key}`")));
        problems.extend(keys);
        problems.push(Problem::error(place.clone(), "not UTF-8"));
        assert_eq!(most_frequent(&problems), "12 × error: `TODO` is no start\n 3 × warning: unknown key `…`\n\n");
        problems.push(Problem::error(place, "`?` is no start"));
        assert!(most_frequent(&problems).starts_with("13 × error: `…` is no start\n"));
        assert_eq!(most_frequent(&problems[12..14]), "");
    }

    proptest! {
        #[test]
        fn any_message_has_a_kind(message in "[a`“”\"0-9:.é ]{0,40}") {
            let kind = without_values(&message);
            prop_assert!(!kind.contains(|c: char| c.is_ascii_digit()));
        }
    }
}
