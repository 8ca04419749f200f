//! Commands that stand in one text: `$BROWSER`, `$EDITOR`.

/// A text is no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quote is never closed")]
pub struct OpenQuote;

/// The words of a command as a shell would part them, with quotes and nothing else; with backslashes too, if those are no part of paths.
///
/// # Errors
/// A quote is never closed.
pub fn words(text: &str, escapes: bool) -> Result<Vec<String>, OpenQuote> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\'' | '"', None) => {
                quote = Some(c);
                // `''` is a word too.
                word.get_or_insert_default();
            }
            ('\\', None | Some('"')) if escapes => word.get_or_insert_default().extend(chars.next()),
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    if quote.is_some() { Err(OpenQuote) } else { Ok(words) }
}
