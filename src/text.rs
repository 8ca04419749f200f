//! Text from outside made safe and measured: what may reach a terminal, how wide it is there, how it sorts and compares.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Characters that change how *other* text is shown without being seen: bidirectional overrides and isolates,
/// invisible separators, the byte-order mark. Joiners stay, since emoji and several scripts need them.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Does a text hold control characters (other than line breaks and tabs) or direction overrides?
pub fn has_hidden(text: &str) -> bool {
    // The lone marks of right-to-left scripts and zero-width spaces are everyday typography: taken out in silence.
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\t');
    let overrides = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !all(text, |b| matches!(b, b' '..=b'~' | b'\n' | b'\r' | b'\t'), |c| (!c.is_control() || breaks(c)) && !overrides(c))
}

/// A text as one line that can steer no terminal: controls become their pictures (`␛`), invisible characters go,
/// runs of white space become one space.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let single = |c: char| c == ' ' || !(c.is_control() || c.is_whitespace() || is_invisible(c));
    let both_spaces = |a: u8, b: u8| u8::from(a == b' ') & u8::from(b == b' ');
    let double = || bytes.iter().zip(bytes.iter().skip(1)).fold(0, |double, (a, b)| double | both_spaces(*a, *b)) > 0;
    if bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ') && !double() && all(text, |b| matches!(b, b' '..=b'~'), single) {
        return Cow::Borrowed(text);
    }
    let visible: String = text.chars().filter_map(|c| if c.is_whitespace() { Some(' ') } else { visible(c) }).collect();
    Cow::Owned(visible.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
}

/// The same for a text of several lines: line breaks stay, tabs become spaces.
pub fn clean_block(text: &str) -> Cow<'_, str> {
    if all(text, |b| matches!(b, b' '..=b'~' | b'\n'), |c| c == '\n' || !(c.is_control() || is_invisible(c))) {
        return Cow::Borrowed(text);
    }
    let unix = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    let mut cleaned = String::with_capacity(unix.len());
    cleaned.extend(unix.chars().filter_map(|c| if c == '\n' { Some(c) } else { visible(c) }));
    Cow::Owned(cleaned)
}

/// Are all characters of a text right? Most texts are plain ASCII, of which many bytes are looked at in one step: `plain` says
/// of a byte what `right` says of a character, and of no byte beyond ASCII that it is right.
fn all(text: &str, plain: impl Fn(u8) -> bool, right: impl Fn(char) -> bool) -> bool {
    const STEP: usize = 64;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = (at + STEP).min(bytes.len());
        // Every byte is looked at, without a way out: that is what lets the compiler take many at once.
        if bytes[at..end].iter().fold(0, |odd, byte| odd | u8::from(!plain(*byte))) == 0 {
            at = end;
        }
        // Between a few characters that are not plain the bytes are still looked at alone.
        while at < end {
            if plain(bytes[at]) {
                at += 1;
                continue;
            }
            match text[at..].chars().next() {
                Some(c) if right(c) => at += c.len_utf8(),
                _ => return false,
            }
        }
    }
    true
}

fn visible(c: char) -> Option<char> {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)),
        '\x7f' => Some('␡'),
        c if c.is_control() => Some('\u{fffd}'),
        c if is_invisible(c) => None,
        c => Some(c),
    }
}

/// Columns a text takes in a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A text cut to at most `columns`, by whole graphemes, with `…` where something is missing.
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let w = width(grapheme);
        if used + w > columns - 1 {
            break;
        }
        out.push_str(grapheme);
        used += w;
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    Cow::Owned(out)
}

/// One character folded for comparing: compatibility forms taken apart, marks dropped, lower case.
pub fn fold_char(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkd().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)).flat_map(plain_letters)
}

/// What is typed for letters that no decomposition reaches.
fn plain_letters(c: char) -> impl Iterator<Item = char> {
    let pair = match c {
        'ß' => Some("ss"),
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'þ' => Some("th"),
        _ => None,
    };
    let single = match c {
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        '’' | '‘' | 'ʼ' => '\'',
        c => c,
    };
    pair.into_iter().flat_map(str::chars).chain(pair.is_none().then_some(single))
}

/// A text folded for comparing.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(fold_char).collect()
}

/// A text with a capital letter at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A text as part of an id: folded, words joined by `-`.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    slug_onto(text, &mut slug);
    slug
}

/// Writes a text as part of an id behind what is there.
pub fn slug_onto(text: &str, slug: &mut String) {
    let start = slug.len();
    let mut between = false;
    let mut take = |c: char| {
        if !c.is_alphanumeric() {
            between = true;
            return;
        }
        if between && slug.len() > start {
            slug.push('-');
        }
        between = false;
        slug.push(c);
    };
    for c in text.chars() {
        if c.is_ascii() {
            take(c.to_ascii_lowercase());
        } else {
            fold_char(c).for_each(&mut take);
        }
    }
}

/// The candidate that differs from `word` by at most two edits, nearest first.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |text: &str| fold(text).chars().collect::<Vec<char>>();
    let word = letters(word);
    let allowed = if word.len() > 4 { 2 } else { 1 };
    let near = candidates.into_iter().filter_map(|c| Some((edits_within(&word, &letters(c), allowed)?, c)));
    near.min_by_key(|(edits, _)| *edits).map(|(_, c)| c)
}

/// Edits from one word to another, up to `most`: letters inserted, left out or replaced, and two neighbours swapped, count one
/// each.
pub fn edits_within(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.is_empty() || b.is_empty() {
        return Some(a.len().max(b.len())).filter(|edits| *edits <= most);
    }
    if most == 0 {
        return None;
    }
    if most == 1 {
        let one = (a.len() == 1 && b.len() == 1) || (a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0]);
        return one.then_some(1);
    }
    Some(edits(a, b)).filter(|edits| *edits <= most)
}

/// The same without a bound, by the table of all beginnings.
fn edits(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut table = vec![0; width * (a.len() + 1)];
    for (j, cell) in table[..width].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        table[i * width] = i;
        for j in 1..=b.len() {
            let above = (i - 1) * width + j;
            let mut best = table[above - 1] + usize::from(a[i - 1] != b[j - 1]);
            best = best.min(table[above] + 1).min(table[i * width + j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(table[(i - 2) * width + j - 2] + 1);
            }
            table[i * width + j] = best;
        }
    }
    table[a.len() * width + b.len()]
}

/// The system's words about an error, without the number behind them.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_become_visible() {
        assert_eq!(clean_line("a\u{1b}[31mb\u{7}\u{9b}x"), "a␛[31mb␇\u{fffd}x");
        assert_eq!(clean_line("safe \u{202e}gnp.exe\u{202c}"), "safe gnp.exe");
        assert_eq!(clean_line("  two\n lines\t"), "two lines");
        assert_eq!(clean_block("a\r\nb\tc\u{1b}"), "a\nb    c␛");
        assert!(matches!(clean_line("plain words"), Cow::Borrowed(_)));
    }

    #[test]
    fn cuts_by_columns() {
        assert_eq!(truncate("東京Rubyist", 5), "東京…");
        assert_eq!(truncate("東京Rubyist", 4), "東…");
        assert_eq!(truncate("abc", 3), "abc");
        assert_eq!(truncate("abc", 0), "");
        assert_eq!(truncate("one two", 5), "one…");
    }

    #[test]
    fn folds_names() {
        assert_eq!(fold("Rafał Łukasz Ångström Straße ﬁ Ｆｕｌｌ"), "rafal lukasz angstrom strasse fi full");
        assert_eq!(fold("ẞ Ǿ Ǣ İ"), "ss o ae i");
        assert_eq!(slug("What's CI/CD? — C++!"), "what-s-ci-cd-c");
        assert_eq!((slug("¿Ünder?"), slug("--")), ("under".to_owned(), String::new()));
    }

    #[test]
    fn suggests_the_nearest() {
        assert_eq!(did_you_mean("speekers", ["title", "speakers"]), Some("speakers"));
        assert_eq!(did_you_mean("tilte", ["title", "speakers"]), Some("title"));
        assert_eq!(did_you_mean("colour", ["title", "speakers"]), None);
    }

    #[test]
    fn one_edit() {
        for (a, b, apart) in [
            ("park", "parc", true),
            ("park", "prak", true),
            ("park", "par", true),
            ("park", "parks", true),
            ("park", "pork", true),
            ("park", "dork", false),
            ("ab", "ba", true),
            ("ab", "cd", false),
        ] {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(edits_within(&a, &b, 1).is_some(), apart, "{a:?} {b:?}");
        }
    }

    proptest! {
        #[test]
        fn bounded_edits_agree_with_the_table(a in "[abc]{0,7}", b in "[abc]{0,7}", most in 0usize..3) {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            // Restricted swaps are not symmetric about common ends, but never by more than the bound notices.
            prop_assert_eq!(edits_within(&a, &b, most), Some(edits(&a, &b)).filter(|e| *e <= most));
        }

        #[test]
        fn nothing_clean_steers(text in "[\\PC\u{0}-\u{1f}\u{7f}-\u{9f}\u{202a}-\u{202e}]*") {
            let line = clean_line(&text);
            prop_assert!(!line.chars().any(|c| c.is_control() || is_invisible(c)));
            prop_assert!(!clean_block(&text).chars().any(|c| c != '\n' && (c.is_control() || is_invisible(c))));
            prop_assert_eq!(clean_line(&line), line.clone());
        }

        #[test]
        fn steps_change_nothing(head in "[ -~é]{0,140}", odd in "[\\PC\u{0}-\u{1f}\u{7f}-\u{9f}\u{202a}-\u{202e}]{0,2}", tail in "[ -~\n東]{0,140}") {
            let text = head + &odd + &tail;
            let overrides = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let hidden = |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || overrides(c);
            prop_assert_eq!(has_hidden(&text), text.chars().any(hidden));
            let steers = |c: char| c.is_control() || is_invisible(c);
            prop_assert_eq!(matches!(clean_block(&text), Cow::Borrowed(_)), !text.chars().any(|c| c != '\n' && steers(c)));
            let plain = !text.contains("  ") && text.trim_matches(' ') == text && !text.chars().any(|c| c != ' ' && (steers(c) || c.is_whitespace()));
            prop_assert_eq!(matches!(clean_line(&text), Cow::Borrowed(_)), plain);
        }

        #[test]
        fn slugs_are_the_folded_words(text in "\\PC*") {
            let folded = fold(&text);
            let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
            prop_assert_eq!(slug(&text), words.join("-"));
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn cut_text_fits(text in "\\PC*", columns in 0usize..40) {
            prop_assert!(width(&truncate(&text, columns)) <= columns);
        }
    }
}
