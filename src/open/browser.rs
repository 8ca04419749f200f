//! `$BROWSER`: commands with a colon between them, as xdg-utils and others read them, but without any shell.

use super::launch::Launch;
use super::words::{OpenQuote, words};

/// The commands, in order, for a link: in place of `%s`, or behind the words where that stands nowhere.
pub fn commands(browser: &str, windows: bool, url: &str) -> Vec<Result<Launch, OpenQuote>> {
    // On Windows a colon belongs to paths, and so does the backslash.
    let entries = browser.split(if windows { ';' } else { ':' }).map(|entry| words(entry, !windows));
    entries.filter(|words| words.as_ref().map_or(true, |words| !words.is_empty())).map(|words| Ok(command(&words?, url))).collect()
}

fn command(words: &[String], url: &str) -> Launch {
    let mut arguments: Vec<String> = words.iter().skip(1).map(|word| filled(word, url)).collect();
    if !words.iter().skip(1).any(|word| has_place(word)) {
        arguments.push(url.to_owned());
    }
    Launch::new(words.first().map(String::as_str).unwrap_or_default(), arguments)
}

fn has_place(word: &str) -> bool {
    word.replace("%%", "").contains("%s")
}

/// A word with the link in place of `%s`, and `%` in place of `%%`.
fn filled(word: &str, url: &str) -> String {
    word.split("%%").map(|piece| piece.replace("%s", url)).collect::<Vec<_>>().join("%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(browser: &str) -> Vec<String> {
        let shown = |command: Result<Launch, OpenQuote>| command.map_or_else(|e| e.to_string(), |command| format!("{command:?}"));
        commands(browser, false, "https://a.example/?a=$(b)&c").into_iter().map(shown).collect()
    }

    #[test]
    fn the_link_is_one_argument_wherever_it_stands() {
        assert_eq!(shown("firefox"), [r#"["firefox", "https://a.example/?a=$(b)&c"]"#]);
        assert_eq!(
            shown("w3m -o 'a b' %s::open --to=%s 100%%:"),
            [r#"["w3m", "-o", "a b", "https://a.example/?a=$(b)&c"]"#, r#"["open", "--to=https://a.example/?a=$(b)&c", "100%"]"#,]
        );
        assert_eq!(shown("'/my apps/b' \"x\\\"y\" z\\ z"), [r#"["/my apps/b", "x\"y", "z z", "https://a.example/?a=$(b)&c"]"#]);
        assert_eq!(shown("a 'b:c"), ["a quote is never closed", r#"["c", "https://a.example/?a=$(b)&c"]"#]);
        assert_eq!(shown(" : "), Vec::<String>::new());
    }

    #[test]
    fn paths_of_windows_are_left_whole() {
        let commands = commands(r#""C:\Program Files\b.exe" -x;edge"#, true, "https://a.example/");
        assert_eq!(
            format!("{commands:?}"),
            r#"[Ok(["C:\\Program Files\\b.exe", "-x", "https://a.example/"]), Ok(["edge", "https://a.example/"])]"#
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[a-z %s:;'\"\\\\$]{0,30}") {
            for command in commands(&text, false, "https://a.example/").into_iter().flatten() {
                let holds = command.arguments().iter().any(|word| word.to_string_lossy().contains("https://a.example/"));
                prop_assert!(holds, "{:?}", command);
            }
        }
    }
}
