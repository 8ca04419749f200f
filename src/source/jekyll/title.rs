//! Titles of talks, out of links and out of running text.

mod start;

use super::tokens::{Token, tokens};
pub use start::leads_up;

/// Clauses that go on after a title: `…, explaining that:`.
const CLAUSES: [&str; 26] = [
    "his",
    "her",
    "their",
    "he",
    "she",
    "they",
    "explaining",
    "mentioning",
    "focusing",
    "discussing",
    "covering",
    "showing",
    "concluding",
    "summing",
    "which",
    "who",
    "where",
    "sharing",
    "describing",
    "saying",
    "noting",
    "highlighting",
    "telling",
    "giving",
    "in",
    "with",
];

/// The title that begins after `from` (a byte of `text`), where no link holds it. `end` is where it must have ended.
pub fn in_prose(text: &str, from: usize, end: usize) -> Option<String> {
    let words = tokens(&text[from..end]);
    let start = from + start::of_title(&text[from..end], &words)?;
    let end = start + end_of_title(&text[start..end]);
    let title = tidy(&text[start..end]);
    (!title.is_empty()).then_some(title)
}

/// The title in `a talk on Boats by`, the words before the people who gave it.
pub fn before_people(text: &str) -> Option<String> {
    const TAILS: [&str; 12] = ["by", "from", "was", "were", "is", "came", "given", "delivered", "presented", "with", "our", "then"];
    let words = tokens(text);
    let tail = words.iter().rev().take_while(|t| TAILS.contains(&t.word)).count();
    let end = words.get(words.len().checked_sub(tail + 1)?)?;
    let end = end.end + end.trail.len();
    let start = start::of_led_title(&text[..end], &tokens(&text[..end]))?;
    Some(tidy(&text[start..end])).filter(|title| tail > 0 && !title.is_empty())
}

/// The byte behind a title that begins the text: before the next sentence or a clause that leads on to takeaways.
fn end_of_title(text: &str) -> usize {
    let words = tokens(text);
    for (i, token) in words.iter().enumerate() {
        let next = words.get(i + 1);
        let follows = |list: &[&str]| next.is_some_and(|n| list.contains(&n.word));
        if token.ends_sentence() && next.is_none_or(begins_sentence) {
            let keep = token.trail.find('.').unwrap_or(token.trail.len());
            return token.end + keep;
        }
        if token.trail.starts_with(',') && clause_follows(&words[i + 1..]) {
            return token.end;
        }
        if token.trail.is_empty() && follows(&["explaining", "mentioning"]) {
            return token.end;
        }
    }
    text.trim_end().trim_end_matches(':').len()
}

/// Does the next sentence go on about the talk, and not the title itself? (`Can we do better? A story` is one title.)
fn begins_sentence(token: &Token) -> bool {
    const OPENERS: [&str; 23] = [
        "Watch",
        "His",
        "Her",
        "Their",
        "He",
        "She",
        "They",
        "Check",
        "Unfortunately",
        "See",
        "We",
        "I",
        "This",
        "These",
        "You",
        "Here",
        "Takeaways",
        "Key",
        "Main",
        "Slides",
        "After",
        "It",
        "All",
    ];
    OPENERS.contains(&token.word) || !token.word.starts_with(char::is_uppercase)
}

fn clause_follows(words: &[Token]) -> bool {
    let mut words = words.iter().peekable();
    while words.peek().is_some_and(|t| matches!(t.word, "and" | "where" | "but")) {
        words.next();
    }
    let Some(first) = words.next() else { return false };
    let second = words.next().map_or("", |t| t.word);
    if matches!(first.word, "in" | "with") {
        // `in his experience`, `with the takeaways that`, but not `in practice`.
        return matches!(second, "his" | "her" | "their" | "the" | "these" | "three");
    }
    CLAUSES.contains(&first.word)
}

/// A title without the quotation marks around all of it, and without the full stop of its sentence.
pub fn tidy(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut title = title.trim().trim_end_matches([',', ':', ';', ' ', '(', '[']);
    if title.ends_with('.') && !title.ends_with("..") {
        title = &title[..title.len() - 1];
    }
    unquote(title).trim().to_owned()
}

fn unquote(title: &str) -> &str {
    const OPEN: [char; 5] = ['"', '“', '”', '\'', '‘'];
    const CLOSE: [char; 5] = ['"', '”', '“', '\'', '’'];
    let inner = title.strip_prefix(OPEN).and_then(|t| t.strip_suffix(CLOSE));
    match inner {
        // `"A" and "B"` is not one quotation.
        Some(inner) if !inner.contains(['"', '“', '”']) => inner,
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Option<String> {
        in_prose(text, 0, text.len())
    }

    #[test]
    fn titles_out_of_prose() {
        for (text, expected) in [
            ("discussing The joy of boats ", "The joy of boats"),
            ("talking about how Sailors Do Not Need Oars ", "Sailors Do Not Need Oars"),
            (
                "told us about creating Harbour operators for fun and profit, and in his experience:",
                "creating Harbour operators for fun and profit",
            ),
            ("giving us an insight into his experiences Helping crews become Faster ", "Helping crews become Faster"),
            ("with his Top 5 Storms That You Should Fear ", "Top 5 Storms That You Should Fear"),
            ("who described his Lessons Learnt at Sea ", "Lessons Learnt at Sea"),
            ("talking about the Rocky Road to Rowing. He talked about how:", "Rocky Road to Rowing"),
            ("discussingHermes: Messenger of Boats ", "Hermes: Messenger of Boats"),
            ("told us to Throw Away Your Anchors: Trusting Ropes ", "Throw Away Your Anchors: Trusting Ropes"),
            ("telling us that There’s No Such Thing As Calm. Unfortunately we lost it.", "There’s No Such Thing As Calm"),
            ("wrapping up with \"Look ma, no oars!\" ", "Look ma, no oars!"),
            (
                "was talking about Rethinking Boats from Scratch: The Case for Rafts. His takeaways are:",
                "Rethinking Boats from Scratch: The Case for Rafts",
            ),
            ("gave a talk on Rowing with Oars, explaining that:", "Rowing with Oars"),
            ("presented Ropes: Scalable, Highly Available Knots, and his takeaways were that:", "Ropes: Scalable, Highly Available Knots"),
            ("telling us about Storms Gone Wild! Surviving Policy-As-Code at Sea ", "Storms Gone Wild! Surviving Policy-As-Code at Sea"),
            ("with a fun discussion on Policy as [versioned] code ", "Policy as [versioned] code"),
        ] {
            assert_eq!(title(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(title("and then we went home."), None);
    }

    #[test]
    fn quotation_marks_go_only_around_all() {
        assert_eq!(tidy("“Securing boats in a serverless world\""), "Securing boats in a serverless world");
        assert_eq!(tidy("“Declarative boats” - the why and how"), "“Declarative boats” - the why and how");
        assert_eq!(tidy("From \"A\" to \"B\""), "From \"A\" to \"B\"");
        assert_eq!(tidy("\"A\" to \"B\""), "\"A\" to \"B\"");
        assert_eq!(tidy("Industry 4.0."), "Industry 4.0");
        assert_eq!(tidy("And then..."), "And then...");
    }
}
