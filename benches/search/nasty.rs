//! Queries that no one types to find a talk, but that must not hold anyone up either.

/// Each with a name to print.
pub fn queries() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = ('a'..='z').map(|letter| (format!("the letter {letter}"), letter.to_string())).collect();
    let letters = |count: usize| (0..count).map(|n| char::from(b"abcdefghijklmnopqrstuvwxyz"[n % 26]).to_string());
    let short = |_| ["a", "of", "in", "to", "rb", "py"].into_iter();
    let named = [
        ("two letters", "e a".to_owned()),
        ("32 letters as terms", letters(32).collect::<Vec<_>>().join(" ")),
        ("one letter 32 times as terms", ["e"; 32].join(" ")),
        ("a word of 1,000 characters", letters(1000).collect()),
        ("one letter 1,000 times as a word", "e".repeat(1000)),
        ("1,000 characters of short words", (0..1000).flat_map(short).collect::<Vec<_>>().join(" ").chars().take(1000).collect()),
        ("only operators", "! | ^ $ ' \" : ( ) - + *".to_owned()),
        ("only bars", "|".repeat(200)),
        ("only exclamation marks", "!".repeat(200)),
        ("not x", "!x".to_owned()),
        ("not e", "!e".to_owned()),
        ("one of three letters", "a | e | i".to_owned()),
        ("one of 26 letters", letters(26).collect::<Vec<_>>().join(" | ")),
        ("an open quote", "\"a e".to_owned()),
        ("quotes that cross", "\"a 'b\" c' \"".to_owned()),
        ("an anchored letter", "^e".to_owned()),
        ("a letter at an end", "e$".to_owned()),
        ("a quoted letter", "'e".to_owned()),
        ("a phrase of letters", "\"e a i\"".to_owned()),
        ("NUL", "\0".to_owned()),
        ("NUL in a word", "ru\0by".to_owned()),
        ("an escape", "\u{1b}[31mred".to_owned()),
        ("a lone combining mark", "\u{301}".to_owned()),
        ("a thousand combining marks", format!("e{}", "\u{301}".repeat(1000))),
        ("right to left", "שלום עולם".to_owned()),
        ("Arabic", "مرحبا".to_owned()),
        ("Chinese", "数据".to_owned()),
        ("one Japanese letter", "の".to_owned()),
        ("a joined emoji", "👩‍💻".to_owned()),
        ("a value left open", "company:\"".to_owned()),
        ("a range the wrong way", "date:2030..1970".to_owned()),
        ("a year", "2".to_owned()),
        ("white space", " \t \u{3000} ".to_owned()),
    ];
    all.extend(named.into_iter().map(|(name, query)| (name.to_owned(), query)));
    all
}
