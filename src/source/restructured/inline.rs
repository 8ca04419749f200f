//! Markup inside a paragraph: literals, links, roles, footnotes.

use super::signs::{Line, explicit};
use std::collections::HashMap;

/// Names that links go by further down, and what stands for them.
#[derive(Debug, Default)]
pub struct Targets {
    named: HashMap<String, String>,
    /// Addresses without a name, in their order; the next one is the last.
    anonymous: Vec<String>,
    replaced: HashMap<String, String>,
}

/// The longest name that is looked for behind a bare `name_`.
const LONGEST_NAME: usize = 80;

impl Targets {
    /// Those that stand in a text.
    pub fn of(lines: &[Line]) -> Targets {
        let mut targets = Targets::default();
        for (at, line) in lines.iter().enumerate() {
            if let Some(url) = line.text.strip_prefix("__ ") {
                targets.anonymous.push(address(url));
                continue;
            }
            let Some(rest) = explicit(line.text) else { continue };
            if let Some(rest) = rest.strip_prefix('_') {
                // A long address goes on in the lines below, further in.
                let more = lines[at + 1..].iter().take(8).take_while(|next| !next.is_blank() && next.indent > line.indent);
                targets.add(rest, more.map(|next| next.text).collect::<String>().as_str());
            } else if let Some((name, rest)) = rest.strip_prefix('|').and_then(|rest| rest.split_once('|')) {
                let text = rest.trim().strip_prefix("replace::").or_else(|| rest.trim().strip_prefix("unicode::"));
                targets.replaced.insert(normal(name), text.unwrap_or_default().trim().to_owned());
            }
        }
        targets.anonymous.reverse();
        targets
    }

    fn add(&mut self, rest: &str, more: &str) {
        let (name, url) = match rest.strip_prefix('`').and_then(|rest| rest.split_once("`:")) {
            Some(quoted) => quoted,
            None => match rest.match_indices(':').find(|(at, _)| rest[at + 1..].is_empty() || rest[at + 1..].starts_with(' ')) {
                Some((at, _)) => (&rest[..at], &rest[at + 1..]),
                None => return,
            },
        };
        let url = address(&format!("{url}{more}"));
        if url.is_empty() {
            return;
        }
        if name == "_" {
            self.anonymous.push(url);
        } else {
            self.named.entry(normal(&name.replace('\\', ""))).or_insert(url);
        }
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.named.get(&normal(name)).map(String::as_str)
    }
}

/// Names are compared without regard to case and space.
fn normal(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An address holds no space, wherever its line was broken.
fn address(text: &str) -> String {
    text.split_whitespace().collect()
}

fn link(text: &str, url: &str) -> String {
    let text = text.trim().replace('[', "\\[").replace(']', "\\]");
    let text = if text.is_empty() { url.to_owned() } else { text };
    if url.contains(['(', ')', '<', '>']) { format!("[{text}](<{}>)", url.replace(['<', '>'], "")) } else { format!("[{text}]({url})") }
}

/// A paragraph's markup as Markdown's.
pub fn write(text: &str, targets: &mut Targets) -> String {
    let mut writer = Writer { out: String::with_capacity(text.len() + 16), rest: text, unclosed: false, unclosed_literal: false, targets };
    while writer.step() {}
    writer.out
}

struct Writer<'a, 't> {
    out: String,
    rest: &'a str,
    /// Is no quote left that could close one?
    unclosed: bool,
    unclosed_literal: bool,
    targets: &'t mut Targets,
}

impl Writer<'_, '_> {
    /// Takes the next piece; false at the end.
    fn step(&mut self) -> bool {
        let Some(at) = self.rest.find(['`', '\\', '_', '|', ':']) else {
            self.out.push_str(self.rest);
            return false;
        };
        self.out.push_str(&self.rest[..at]);
        self.rest = &self.rest[at..];
        let taken = match self.rest.as_bytes()[0] {
            b'`' if self.rest.starts_with("``") => self.literal(),
            b'`' => self.quoted(None),
            b'\\' => self.escape(),
            b'_' => self.reference(),
            b'|' => self.replacement(),
            _ => self.role(),
        };
        if !taken {
            // All of them are one byte long.
            self.out.push_str(&self.rest[..1]);
            self.rest = &self.rest[1..];
        }
        true
    }

    /// ``` ``literal`` ```, which may hold quotes itself.
    fn literal(&mut self) -> bool {
        let inner = &self.rest[2..];
        let close = if self.unclosed_literal { None } else { inner.find("``") };
        let Some(close) = close.filter(|close| *close > 0) else {
            self.unclosed_literal |= close.is_none();
            self.take(2);
            return true;
        };
        // Quotes that follow at once belong to what is quoted.
        let more = inner[close + 2..].bytes().take_while(|b| *b == b'`').count();
        let content = &inner[..close + more];
        self.code(content);
        self.rest = &inner[close + more + 2..];
        true
    }

    fn code(&mut self, content: &str) {
        let quotes = if content.contains('`') { "```" } else { "`" };
        let space = if content.starts_with('`') || content.ends_with('`') { " " } else { "" };
        self.out.extend([quotes, space, content, space, quotes]);
    }

    fn take(&mut self, bytes: usize) {
        self.out.push_str(&self.rest[..bytes]);
        self.rest = &self.rest[bytes..];
    }

    /// What stands in single quotes: a link, the text of a role, or as in Markdown.
    fn quoted(&mut self, role: Option<&str>) -> bool {
        let inner = &self.rest[1..];
        if self.unclosed {
            return false;
        }
        let Some(close) = inner.find('`') else {
            self.unclosed = true;
            return false;
        };
        let (content, after) = (&inner[..close], &inner[close + 1..]);
        if content.is_empty() {
            return false;
        }
        let marks = after.bytes().take(2).take_while(|b| *b == b'_').count();
        let ends = after[marks..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if let Some(role) = role {
            self.in_role(role, content);
            self.rest = after;
        } else if marks > 0 && ends {
            self.link(content, marks == 2);
            self.rest = &after[marks..];
        } else if let Some((name, rest)) = trailing_role(after) {
            self.in_role(name, content);
            self.rest = rest;
        } else {
            self.out.extend(["`", content, "`"]);
            self.rest = after;
        }
        true
    }

    fn link(&mut self, content: &str, anonymous: bool) {
        let (text, url) = titled(content);
        let url = match url {
            Some(url) => match url.strip_suffix('_').and_then(|name| self.targets.find(name)) {
                Some(known) => Some(known.to_owned()),
                None => Some(address(&url.replace('\\', ""))),
            },
            None if anonymous => self.targets.anonymous.pop(),
            None => self.targets.find(text).map(str::to_owned),
        };
        match url {
            Some(url) => {
                if !anonymous && content.contains('<') {
                    self.targets.named.entry(normal(text)).or_insert_with(|| url.clone());
                }
                self.out.push_str(&link(text, &url));
            }
            None => self.out.push_str(text),
        }
    }

    /// `` :role:`text` ``.
    fn role(&mut self) -> bool {
        let name_length = self.rest[1..].bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || b":-+.".contains(b)).count();
        let head = &self.rest[1..=name_length];
        let opens = self.rest[name_length + 1..].starts_with('`') && !self.rest[name_length + 1..].starts_with("``");
        let Some(name) = head.strip_suffix(':').filter(|name| opens && !name.is_empty()) else { return false };
        let whole = self.rest;
        self.rest = &self.rest[name_length + 1..];
        if self.quoted(Some(name)) {
            return true;
        }
        self.rest = whole;
        false
    }

    fn in_role(&mut self, role: &str, content: &str) {
        let (text, url) = titled(content);
        match role.rsplit(':').next().unwrap_or(role) {
            _ if url.is_some_and(|url| url.contains("://")) => self.out.push_str(&link(text, &address(url.unwrap_or_default()))),
            "pep" | "PEP" | "pep-reference" => self.out.extend(["PEP ", text]),
            "rfc" | "RFC" | "rfc-reference" => self.out.extend(["RFC ", text]),
            "ref" | "doc" | "term" | "numref" | "sub" | "sup" | "subscript" | "superscript" | "abbr" | "raw" => self.out.push_str(text),
            "emphasis" | "title" | "title-reference" | "t" => self.out.extend(["*", text, "*"]),
            "strong" | "guilabel" | "menuselection" => self.out.extend(["**", text, "**"]),
            "math" | "code" | "literal" | "samp" | "kbd" => self.code(content),
            // `~pkg.Name` shows the last step only.
            _ => self.code(text.strip_prefix('~').map_or(text, |path| path.rsplit('.').next().unwrap_or(path))),
        }
    }

    /// A backslash before space joins what stands on both sides; before anything else it means in Markdown what it does here.
    fn escape(&mut self) -> bool {
        let Some(next) = self.rest[1..].chars().next() else { return false };
        if next == ' ' {
            self.rest = &self.rest[2..];
        } else if next.is_ascii_punctuation() {
            self.take(2);
        } else {
            return false;
        }
        true
    }

    /// `name_` for a name that has a target, and `[1]_`. What stands before it is written already.
    fn reference(&mut self) -> bool {
        let marks = 1 + usize::from(self.rest.starts_with("__"));
        if self.rest[marks..].starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return false;
        }
        if self.out.ends_with(']') && marks == 1 {
            return self.footnote();
        }
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '+');
        let name: usize = self.out.chars().rev().take(LONGEST_NAME).take_while(|c| is_part(*c)).map(char::len_utf8).sum();
        let start = self.out.len() - name;
        let url = match marks {
            1 if !self.targets.named.is_empty() => self.targets.find(&self.out[start..]).map(str::to_owned),
            2 if name > 0 => self.targets.anonymous.pop(),
            _ => None,
        };
        let Some(url) = url.filter(|_| name > 0) else { return false };
        let text = self.out.split_off(start);
        self.out.push_str(&link(&text, &url));
        self.rest = &self.rest[marks..];
        true
    }

    fn footnote(&mut self) -> bool {
        let short = self.out.char_indices().rev().take(24).find(|(_, c)| *c == '[');
        let Some((start, _)) = short else { return false };
        let label = &self.out[start + 1..self.out.len() - 1];
        if label.is_empty() || !label.chars().all(|c| c.is_alphanumeric() || matches!(c, '#' | '*' | '-' | '.')) {
            return false;
        }
        let label = format!("\\[{label}\\]");
        self.out.truncate(start);
        self.out.push_str(&label);
        self.rest = &self.rest[1..];
        true
    }

    /// `|name|` for a name that something stands for.
    fn replacement(&mut self) -> bool {
        if self.targets.replaced.is_empty() {
            return false;
        }
        let inner = &self.rest[1..];
        let Some(end) = inner.char_indices().take(LONGEST_NAME).find(|(_, c)| *c == '|').map(|(at, _)| at) else { return false };
        let Some(text) = self.targets.replaced.get(&normal(&inner[..end])) else { return false };
        self.out.push_str(text);
        self.rest = inner[end + 1..].trim_start_matches('_');
        true
    }
}

/// `text <address>`.
fn titled(content: &str) -> (&str, Option<&str>) {
    match content.strip_suffix('>').and_then(|head| head.rsplit_once('<')) {
        Some((text, url)) => (text.trim(), Some(url)),
        None => (content, None),
    }
}

/// `` `text`:role: ``.
fn trailing_role(after: &str) -> Option<(&str, &str)> {
    let (name, rest) = after.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.len() < 20 && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    (is_name && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '`')).then_some((name, rest))
}
