//! The HTML that descriptions hold, to Markdown.

use super::LONGEST;
use std::borrow::Cow;

/// A tag that is longer is none.
const LONGEST_TAG: usize = 2_000;

/// Lists that nest deeper are shown at that depth.
const DEEPEST: usize = 6;

/// A text with its HTML tags as Markdown; what stands in quotes of code, and tags that HTML does not have, stay as they are.
pub fn html_to_markdown(text: &str) -> Cow<'_, str> {
    if text.len() > LONGEST || !has_tag(text) {
        return Cow::Borrowed(text);
    }
    let mut writer = Writer { out: String::with_capacity(text.len()), lists: Vec::new(), links: Vec::new(), is_block: false };
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`']) {
        writer.text(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('`') { writer.code(rest) } else { writer.tag(rest) };
    }
    writer.text(rest);
    while let Some(url) = writer.links.pop() {
        writer.close_link(&url);
    }
    Cow::Owned(writer.out.trim().to_owned())
}

fn has_tag(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| Tag::of(&text[at..]).is_some())
}

/// `<name attributes>` or `</name>`.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    attributes: &'a str,
    length: usize,
}

impl<'a> Tag<'a> {
    fn of(text: &'a str) -> Option<Tag<'a>> {
        const NAMES: [&str; 41] = [
            "a",
            "abbr",
            "b",
            "blockquote",
            "br",
            "center",
            "cite",
            "code",
            "dd",
            "del",
            "div",
            "dl",
            "dt",
            "em",
            "font",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "img",
            "kbd",
            "li",
            "ol",
            "p",
            "pre",
            "s",
            "section",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "tt",
            "u",
            "ul",
            "var",
            "wbr",
        ];
        let head = text.strip_prefix('<')?;
        let closes = head.starts_with('/');
        let inner = &head[usize::from(closes)..];
        let length = inner.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count();
        let (name, behind) = inner.split_at(length);
        if !behind.starts_with(['>', ' ', '/', '\n', '\t']) || !NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return None;
        }
        let end = memchr::memchr(b'>', &behind.as_bytes()[..behind.len().min(LONGEST_TAG)])?;
        Some(Tag { name, closes, attributes: &behind[..end], length: 1 + usize::from(closes) + length + end + 1 })
    }

    fn attribute(&self, key: &str) -> Option<String> {
        let lower = self.attributes.to_ascii_lowercase();
        let at = lower.find(&format!("{key}="))? + key.len() + 1;
        let value = &self.attributes[at..];
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next().unwrap_or_default(),
            _ => value.split_whitespace().next().unwrap_or_default().trim_end_matches('/'),
        };
        Some(value.split_whitespace().collect())
    }
}

struct Writer {
    out: String,
    /// Open lists: does each have numbers?
    lists: Vec<bool>,
    /// Where the open links lead.
    links: Vec<String>,
    /// Was any block in it? Then lines that are indented mean nothing by it.
    is_block: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if !self.is_block {
            return self.out.push_str(text);
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push('\n');
            }
            let starts_line = self.out.is_empty() || self.out.ends_with('\n') || self.out.ends_with("- ");
            self.out.push_str(if starts_line { line.trim_start() } else { line });
        }
    }

    /// Copies what stands in as many backquotes as it begins with.
    fn code<'a>(&mut self, text: &'a str) -> &'a str {
        let quotes = text.bytes().take_while(|byte| *byte == b'`').count();
        // In a text with tags a lone quote is mostly none: code that is longer than a page is no code.
        let mut end = (quotes + LONGEST_TAG).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let close = text[quotes..end].find(&text[..quotes.min(3)]).map_or(quotes, |close| quotes + close + quotes.min(3));
        let close = close.min(text.len());
        self.out.push_str(&text[..close]);
        &text[close..]
    }

    /// Writes the tag that a text begins with, and gives back what follows it.
    fn tag<'a>(&mut self, text: &'a str) -> &'a str {
        let Some(tag) = Tag::of(text) else {
            self.out.push('<');
            return &text[1..];
        };
        let rest = &text[tag.length..];
        match (tag.name.to_ascii_lowercase().as_str(), tag.closes) {
            ("p" | "div" | "section" | "center" | "dl" | "dd", _) | ("dt", false) | ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => {
                self.block();
            }
            ("dt", true) => self.out.push_str("  \n"),
            ("br", _) => {
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push_str("  \n");
                return rest.trim_start_matches([' ', '\t']).strip_prefix('\n').unwrap_or(rest).trim_start_matches(' ');
            }
            ("hr", _) => {
                self.block();
                self.out.push_str("---\n\n");
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                self.block();
                self.out.push_str("### ");
            }
            ("blockquote", closes) => {
                self.block();
                self.out.push_str(if closes { "" } else { "> " });
            }
            ("ul" | "ol", closes) => self.list(&tag, closes),
            ("li", false) => self.item(),
            ("b" | "strong", _) => self.out.push_str("**"),
            ("i" | "em" | "cite" | "var", _) => self.out.push('*'),
            ("code" | "kbd" | "tt", false) => return self.verbatim(rest, tag.name, "`"),
            ("pre", false) => {
                self.block();
                return self.verbatim(rest, tag.name, "\n```\n");
            }
            ("a", false) => {
                if let Some(url) = tag.attribute("href") {
                    self.out.push('[');
                    self.links.push(url);
                }
            }
            ("a", true) => {
                if let Some(url) = self.links.pop() {
                    self.close_link(&url);
                }
            }
            ("img", _) => {
                if let Some(url) = tag.attribute("src") {
                    self.out.extend(["![](", &url, ")"]);
                }
            }
            // What is left sets text off in ways that a terminal does not have.
            _ => {}
        }
        rest
    }

    fn close_link(&mut self, url: &str) {
        let address = if url.contains(['(', ')']) { format!("](<{url}>)") } else { format!("]({url})") };
        self.out.push_str(&address);
    }

    /// Begins a block of its own.
    fn block(&mut self) {
        self.is_block = true;
        self.out.truncate(self.out.trim_end().len());
        if !self.out.is_empty() && !self.out.ends_with("\n-") {
            self.out.push_str("\n\n");
        } else if !self.out.is_empty() {
            self.out.push(' ');
        }
    }

    fn list(&mut self, tag: &Tag, closes: bool) {
        self.block();
        if closes {
            self.lists.pop();
        } else if self.lists.len() < DEEPEST {
            self.lists.push(tag.name.eq_ignore_ascii_case("ol"));
        }
    }

    fn item(&mut self) {
        self.is_block = true;
        self.out.truncate(self.out.trim_end().len());
        let nested: String = self.lists.iter().rev().skip(1).map(|numbered| if *numbered { "   " } else { "  " }).collect();
        let mark = if self.lists.last() == Some(&true) { "1. " } else { "- " };
        let above = if self.out.is_empty() { "" } else { "\n" };
        self.out.extend([above, &nested, mark]);
    }

    /// Copies what stands before the closing tag; without one the opening tag is not there.
    fn verbatim<'a>(&mut self, rest: &'a str, name: &str, quotes: &str) -> &'a str {
        let mut end = (LONGEST_TAG * 4).min(rest.len());
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let close = format!("</{}>", name.to_ascii_lowercase());
        let Some(at) = rest[..end].to_ascii_lowercase().find(&close) else { return rest };
        let content = rest[..at].replace("<br>", "\n").replace("<code>", "").replace("</code>", "");
        if !content.trim().is_empty() {
            self.out.extend([quotes, &content.trim_matches('\n').replace('`', "'"), quotes]);
        }
        &rest[at + close.len()..]
    }
}
