//! Where a title begins in running text.

use super::super::tokens::Token;

/// Words behind which stands what a talk is about.
const INTRODUCERS: [&str; 58] = [
    "about",
    "on",
    "discussing",
    "discussed",
    "discuss",
    "describing",
    "described",
    "describe",
    "presenting",
    "presented",
    "present",
    "explaining",
    "explained",
    "explain",
    "exploring",
    "explored",
    "explore",
    "introducing",
    "introduced",
    "covering",
    "covered",
    "sharing",
    "shared",
    "showing",
    "showed",
    "demonstrating",
    "demonstrated",
    "asking",
    "asked",
    "called",
    "titled",
    "entitled",
    "named",
    "tackling",
    "tackled",
    "outlining",
    "outlined",
    "through",
    "into",
    "around",
    "demoing",
    "demoed",
    "unpacking",
    "unpacked",
    "examining",
    "examined",
    "debating",
    "debated",
    "telling",
    "teaching",
    "delivering",
    "delivered",
    "gave",
    "giving",
    "unveiling",
    "unveiled",
    "demystifying",
    "demystified",
];

/// Small words between an introducer and a title that begins with a capital.
const ARTICLES: [&str; 15] = ["a", "an", "the", "his", "her", "their", "our", "my", "its", "how", "why", "that", "to", "us", "whether"];

/// Nouns for a talk, and what they are praised with: not yet the title (`about his experiences Helping…`, `a live demo of`).
const LEAD_NOUNS: [&str; 40] = [
    "experience",
    "experiences",
    "journey",
    "story",
    "stories",
    "talk",
    "talks",
    "thoughts",
    "insights",
    "insight",
    "work",
    "lessons",
    "views",
    "tips",
    "top",
    "own",
    "discussion",
    "presentation",
    "session",
    "panel",
    "workshop",
    "demo",
    "live",
    "overview",
    "update",
    "tour",
    "look",
    "dive",
    "deep",
    "light",
    "fun",
    "lively",
    "great",
    "quick",
    "short",
    "interesting",
    "fascinating",
    "topic",
    "subject",
    "lightning",
];

/// Words between two introducers of which the second counts: `gave a great talk on`.
fn is_filler(token: &Token) -> bool {
    ARTICLES.contains(&token.word) || LEAD_NOUNS.contains(&token.word) || matches!(token.word, "of" | "and" | "some" | "all" | "with")
}

/// The byte at which a title begins: at its first capital, or further left where small words belong to it.
pub fn of_title(text: &str, words: &[Token]) -> Option<usize> {
    if let Some(glued) = words.iter().find_map(glued_introducer) {
        return Some(glued);
    }
    let byte = |i: usize| words[i].start - before(text, &words[i]);
    let Some(first) = (0..words.len()).find(|i| looks_like_title(words, *i)) else {
        let start = introducer(words)? + 1;
        let start = start + words[start..].iter().position(|t| !is_filler(t) || matches!(t.word, "how" | "why"))?;
        return Some(byte(start));
    };
    let Some(introducer) = introducer(&words[..first]) else {
        return Some(byte(first));
    };
    Some(byte(behind_introducer(words, introducer, first)))
}

/// The byte at which a title begins that stands before the people: only an introducer or a quotation mark tells it.
pub fn of_led_title(text: &str, words: &[Token]) -> Option<usize> {
    let quoted = words.iter().position(|t| t.lead.contains(['"', '“', '‘']));
    if let Some(i) = quoted {
        return Some(words[i].start - before(text, &words[i]));
    }
    let start = introducer(words)? + 1;
    words[start..].iter().find(|t| !is_filler(t)).map(|t| t.start - before(text, t))
}

/// Do words end in an introducer, articles left out (`told us about the`)?
pub fn leads_up(words: &[&str]) -> bool {
    words.iter().rev().find(|w| !ARTICLES.contains(w)).is_some_and(|w| INTRODUCERS.contains(w))
}

/// A word that can begin a title: a capital at its head or inside (`eBPF`), a number, or a quotation mark before it.
fn looks_like_title(words: &[Token], i: usize) -> bool {
    let token = words[i];
    // `She talked about Boats` begins a sentence; `how We Built a Boat` is a title.
    let opens = i == 0 || words[i - 1].ends_sentence();
    let pronoun = opens && matches!(token.word, "I" | "He" | "She" | "They" | "We" | "It");
    let capital = |c: char| c.is_uppercase() || c.is_ascii_digit();
    let inside = token.word.chars().skip(1).take(3).any(char::is_uppercase);
    !pronoun && (token.word.starts_with(capital) || inside || token.lead.contains(['"', '“', '‘']))
}

/// The last of the introducers that stand in one row: the first, and each that only fillers part from the one before.
fn introducer(words: &[Token]) -> Option<usize> {
    let introduces = |i: &usize| {
        // Not `on behalf of`, nor `on stage`.
        INTRODUCERS.contains(&words[*i].word) && words.get(i + 1).is_none_or(|next| !matches!(next.word, "behalf" | "stage"))
    };
    let mut found = (0..words.len()).find(introduces)?;
    while let Some(next) = words[found + 1..].iter().position(|t| !is_filler(t)).map(|n| found + 1 + n) {
        if !introduces(&next) {
            break;
        }
        found = next;
    }
    Some(found)
}

/// What stands between the introducer and the first capital, without articles, is the title's own beginning:
/// `about creating Kubernetes operators`, but not `about the Rocky Road` or `into his experiences Helping`.
fn behind_introducer(words: &[Token], introducer: usize, first: usize) -> usize {
    let start = introducer + 1;
    let between = &words[start..first];
    if between.iter().all(is_filler) {
        // Nouns alone lead up to a title only if they are somebody's, or tied to it by a small word.
        let owned = between.first().is_some_and(|t| matches!(t.word, "his" | "her" | "their" | "my" | "our"));
        let tied = between.last().is_some_and(|t| ARTICLES.contains(&t.word) || matches!(t.word, "of" | "with"));
        if owned || tied || between.is_empty() {
            return first;
        }
    }
    // `us a whistle-stop tour of Boats`
    let offered = if between.first().is_some_and(|t| t.word == "us") { &between[1..] } else { between };
    if let [opening, .., noun, tie] = offered
        && matches!(opening.word, "a" | "an" | "the")
        && LEAD_NOUNS.contains(&noun.word)
        && matches!(tie.word, "of" | "at" | "into" | "on")
    {
        return first;
    }
    let skipped =
        between.iter().take_while(|t| matches!(t.word, "a" | "an" | "the" | "that" | "us" | "his" | "her" | "their" | "my" | "our"));
    start + skipped.count()
}

/// `discussingHermod`: the byte behind an introducer that lost its space.
fn glued_introducer(token: &Token) -> Option<usize> {
    let capital = token.word.find(char::is_uppercase).filter(|at| *at > 0)?;
    INTRODUCERS.contains(&&token.word[..capital]).then_some(token.start + capital)
}

/// Bytes of an opening quotation mark or bracket, or of a sign such as a rocket, right before a word.
fn before(text: &str, token: &Token) -> usize {
    let before = &text[..token.start];
    let bare = before.trim_end_matches(['"', '“', '‘', '\'', '[', '(']);
    let sign = bare.trim_end_matches(|c: char| c == ' ' || is_sign(c));
    let start = if bare[sign.len()..].contains(is_sign) { sign.len() + bare[sign.len()..].find(is_sign).unwrap_or(0) } else { bare.len() };
    before.len() - start
}

/// Emoji and their like; not the punctuation of sentences.
fn is_sign(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2BFF | 0xFE0F | 0x1F000..=0x1FAFF)
}
