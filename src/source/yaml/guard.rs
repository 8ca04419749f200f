//! Texts that would keep a parser busy without end, known before they are handed to one.

use super::position;
use saphyr_parser::{Event, Parser};
use std::collections::HashMap;

/// Brackets that may open one in the other before it costs too much to hand them to `serde_yaml`, which takes 128.
const DEEPEST: usize = 128;

/// Brackets that cost little, however they nest.
const FEW_BRACKETS: usize = 2_000;

/// Where brackets open one in the other without end. libyaml looks at each open one again with every word: a hundred kilobytes of them
/// take it seconds, a megabyte minutes.
pub fn nests_too_deep(text: &str) -> Option<(u32, u32)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            let _ = (repeats_without_end(&text), nests_too_deep(&text));
        }
    }
}
