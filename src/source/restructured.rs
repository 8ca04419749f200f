//! reStructuredText, as descriptions are written in it, to Markdown.
