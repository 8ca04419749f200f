//! What begins with `.. `: directives, targets, footnotes, comments.

use super::{Body, DEEPEST, Writer};
use crate::source::restructured::inline;
use crate::source::restructured::signs::{self, Line, field};
use crate::source::restructured::table::Table;
use std::ops::Range;

impl<'a> Writer<'a> {
    /// What begins with `.. `: a directive is shown as what it stands for, targets and comments are not shown.
    pub(super) fn explicit(&mut self, rest: &'a str) {
        let line = self.line();
        if let Some((label, text)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
            self.gap(true);
            let prefix = self.prefix().to_owned();
            let first = format!("{prefix}\\[{label}\\] ");
            return self.begin(first, prefix, Line { indent: line.indent + 3, text });
        }
        let inner = self.inner(line.indent);
        match signs::directive(rest).filter(|_| !rest.starts_with('_')) {
            Some((name, arguments)) => self.directive(name, arguments, inner),
            None => self.at = inner.end,
        }
    }

    fn directive(&mut self, name: &str, arguments: &'a str, inner: Range<usize>) {
        let options = self.lines[inner.clone()].iter().take_while(|line| field(line.text).is_some()).count();
        let (options, content) = (inner.start..inner.start + options, inner.start + options..inner.end);
        let option = |key: &str| self.lines[options.clone()].iter().find_map(|line| field(line.text).filter(|(name, _)| *name == key));
        match name {
            "code" | "code-block" | "sourcecode" | "parsed-literal" | "math" | "csv-table" | "doctest" => {
                let word = |text: &'a str| text.split_whitespace().next().filter(|word| word.len() < 20 && !word.contains('`'));
                let language = if name.starts_with("code") || name == "sourcecode" { word(arguments) } else { None };
                self.code(language.unwrap_or_default(), content);
            }
            "image" | "figure" => {
                let alt = option("alt").map(|(_, alt)| alt.replace(['[', ']'], "")).unwrap_or_default();
                self.gap(true);
                let url: String = arguments.split_whitespace().collect();
                self.put(&format!("![{alt}]({url})"));
                return self.go_on(content);
            }
            "list-table" => {
                let headed = option("header-rows").is_some_and(|(_, number)| number != "0");
                let table = Table::list(&self.lines[content.clone()], headed);
                self.say("", arguments);
                if let Some(table) = table {
                    self.put_table(&table);
                }
            }
            "note" | "tip" | "warning" | "important" | "hint" | "caution" | "attention" | "danger" | "error" | "seealso" => {
                let name = if name == "seealso" { "see also" } else { name };
                let title = name[..1].to_uppercase() + &name[1..];
                self.say(&format!("**{title}:** "), arguments);
                return self.go_on(content);
            }
            "admonition" | "topic" | "sidebar" | "rubric" => {
                self.say("", &format!("**{arguments}**"));
                return self.go_on(content);
            }
            "youtube" | "vimeo" => self.say("", &video(name, arguments)),
            "table" | "container" | "class" | "epigraph" | "highlights" | "pull-quote" | "compound" | "centered" | "line-block" => {
                if matches!(name, "table" | "centered") {
                    self.say("", arguments);
                }
                return self.go_on(content);
            }
            _ => {}
        }
        self.at = inner.end;
    }

    fn say(&mut self, before: &str, text: &str) {
        if before.is_empty() && text.is_empty() {
            return;
        }
        self.gap(true);
        let text = inline::write(text, &mut self.targets);
        self.put_all(&format!("{before}{text}"));
        self.out.push('\n');
    }

    /// Goes on with what stands in a directive as with what stands around it.
    fn go_on(&mut self, content: Range<usize>) {
        let first = self.lines[content.clone()].iter().find(|line| !line.is_blank());
        if let Some(indent) = first.map(|line| line.indent)
            && self.open.len() < DEEPEST
        {
            let prefix = self.prefix().to_owned();
            self.open.push(Body::new(indent, prefix));
        }
        self.at = content.start;
    }
}

/// The address that a directive's id stands for.
fn video(provider: &str, id: &str) -> String {
    let id = id.split_whitespace().next().unwrap_or_default();
    match provider {
        _ if id.is_empty() || id.contains("://") => id.to_owned(),
        "youtube" => format!("https://www.youtube.com/watch?v={id}"),
        _ => format!("https://vimeo.com/{id}"),
    }
}
