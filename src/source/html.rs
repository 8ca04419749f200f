//! HTML as it stands in descriptions, as Markdown: what a reader would see of it, with its links.

use std::borrow::Cow;

/// No tag is longer; past that a `<` is one of comparison.
const LONGEST_TAG: usize = 4_000;

/// A text with tags in it as Markdown. One without any is given back as it is; character references stay, since Markdown
/// knows them too.
pub fn to_markdown(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'<', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut writer = Writer { out: text[..first].to_owned(), link: None, tagged: false };
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let taken = writer.tag(rest);
        let next = memchr::memchr(b'<', &rest.as_bytes()[taken..]).map_or(rest.len(), |at| taken + at);
        writer.out.push_str(&rest[taken..next]);
        rest = &rest[next..];
    }
    if writer.tagged { Cow::Owned(tidy(&writer.out)) } else { Cow::Borrowed(text) }
}

struct Writer<'a> {
    out: String,
    /// The link that is open, and where its words begin.
    link: Option<(&'a str, usize)>,
    tagged: bool,
}

impl<'a> Writer<'a> {
    /// Takes the tag that a text begins with; how many bytes that were, at least the `<`.
    fn tag(&mut self, text: &'a str) -> usize {
        if let Some(comment) = text.strip_prefix("<!--") {
            self.tagged = true;
            return comment.find("-->").map_or(text.len(), |end| end + "<!---->".len());
        }
        let Some((name, closes, end)) = name_of(text) else {
            self.out.push('<');
            return 1;
        };
        self.tagged = true;
        match name.to_ascii_lowercase().as_str() {
            "br" => self.out.push('\n'),
            "p" | "div" | "ul" | "ol" | "table" | "tr" | "blockquote" | "pre" | "hr" | "section" => self.out.push_str("\n\n"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.out.push_str(if closes { "\n\n" } else { "\n\n#### " }),
            "li" if !closes => self.out.push_str("\n- "),
            "b" | "strong" => self.out.push_str("**"),
            "i" | "em" => self.out.push('*'),
            "code" => self.out.push('`'),
            "a" if closes => self.close_link(),
            "a" => {
                self.close_link();
                self.link = attribute(&text[..end], "href").map(|url| (url, self.out.len()));
            }
            // What stands in these is no text.
            hidden @ ("script" | "style" | "iframe") if !closes => return end_of(text, end, hidden),
            _ => {}
        }
        end
    }

    fn close_link(&mut self) {
        let Some((url, start)) = self.link.take() else { return };
        let words = self.out.split_off(start);
        let url = url.trim();
        if !crate::domain::link::is_web_address(url) || words.trim().is_empty() {
            self.out.push_str(&words);
        } else if words.trim() == url {
            self.out.extend(["<", url, ">"]);
        } else {
            self.out.extend(["[", words.trim(), "](", url, ")"]);
        }
    }
}

/// The name of the tag that a text begins with, whether it closes, and where it ends. `<https://…>` is none.
fn name_of(text: &str) -> Option<(&str, bool, usize)> {
    let bytes = text.as_bytes();
    let closes = bytes.get(1) == Some(&b'/');
    let start = if closes { 2 } else { 1 };
    let length = bytes[start.min(bytes.len())..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let letter = bytes.get(start).is_some_and(u8::is_ascii_alphabetic);
    if !letter || !bytes.get(start + length).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')) {
        return None;
    }
    let end = memchr::memchr(b'>', &bytes[..bytes.len().min(LONGEST_TAG)])? + 1;
    Some((&text[start..start + length], closes, end))
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.match_indices(name).find(|(at, _)| tag[..*at].ends_with(char::is_whitespace))?.0 + name.len();
    let value = tag[at..].trim_start().strip_prefix('=')?.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
    }
}

/// Where an element ends whose content is skipped: behind its closing tag, or behind the opening one if it never closes.
fn end_of(text: &str, opened: usize, name: &str) -> usize {
    let closing = text[opened..].match_indices("</").take(99).find(|(at, _)| {
        let after = opened + at + 2;
        text.get(after..after + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
    });
    closing.map_or(opened, |(at, _)| opened + at)
}

/// Blank lines one at a time, none at either end.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.trim().lines() {
        let line = line.trim_end();
        if !(line.is_empty() && blank) {
            out.push_str(line);
            out.push('\n');
        }
        blank = line.is_empty();
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_become_what_they_show() {
        for (html, markdown) in [
            ("plain & 1 < 2", "plain & 1 < 2"),
            ("<https://a.example> and <ann@a.example>", "<https://a.example> and <ann@a.example>"),
            ("<p>One</p>\n<p>Two<br/>lines</p>", "One\n\nTwo\nlines"),
            ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
            ("see <a class=\"x\" href=\"https://a.example/?b\">this</a>!", "see [this](https://a.example/?b)!"),
            ("<a href='https://a.example'>https://a.example</a>", "<https://a.example>"),
            ("<a href=\"javascript:x()\">this</a>", "this"),
            ("<b>so</b> <em>be</em> it", "**so** *be* it"),
            ("a<!-- b <p> -->c", "ac"),
            ("a<script>b < c</script>d<iframe src='x'></iframe>e", "ade"),
            ("a <b", "a <b"),
        ] {
            assert_eq!(to_markdown(html), markdown, "{html}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "[<>/!a-c\\-='\" \népi]{0,60}") {
            let _ = to_markdown(&text);
        }
    }
}
