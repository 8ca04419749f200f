//! reStructuredText, as descriptions are written in it, to Markdown.

mod blocks;
mod html;
mod inline;
mod signs;
mod table;

pub use html::html_to_markdown;

use std::borrow::Cow;

/// A longer text is no description; it is left as it is.
const LONGEST: usize = 200_000;

/// A text as Markdown. Only what is clearly reStructuredText is rewritten: plain text and Markdown stay as they are.
pub fn to_markdown(text: &str) -> Cow<'_, str> {
    if text.len() > LONGEST || !signs::is_restructured(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(blocks::write(text))
}

#[cfg(test)]
mod tests;
