//! Markdown laid out for a width: headings, nested lists, emphasis, code, quotes, tables, links with their targets.

use crate::rich::{Line, Role, Span, wrap};
use crate::text;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A laid out text. Links in it are numbered from `first_target` on, in the order of `links`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The lines.
    pub lines: Vec<Line>,
    /// Where its links lead.
    pub links: Vec<String>,
}

/// Lays Markdown out in lines of at most `width` columns.
pub fn render(markdown: &str, width: usize, first_target: usize) -> Rendered {
    let mut writer = Writer::new(width, first_target);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        writer.take(event);
    }
    writer.flush();
    while writer.out.lines.last().is_some_and(|line| line.text().trim().is_empty()) {
        writer.out.lines.pop();
    }
    writer.out
}

/// One line of Markdown (a takeaway) as spans, to be wrapped by the caller.
pub fn inline(markdown: &str, first_target: usize) -> (Vec<Span>, Vec<String>) {
    let mut writer = Writer::new(usize::MAX, first_target);
    // In a heading nothing but inline markup counts: `1. First` is no list there, `> said` no quotation.
    let heading = format!("# {}", markdown.replace('\n', " "));
    for event in Parser::new_ext(&heading, Options::empty()) {
        if !matches!(event, Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_))) {
            writer.take(event);
        }
    }
    (writer.inline, writer.out.links)
}

struct Writer {
    width: usize,
    first_target: usize,
    out: Rendered,
    inline: Vec<Span>,
    /// Roles of the markup that is open, innermost last.
    roles: Vec<Role>,
    /// The link that is open: its number, and the spans before it.
    link: Option<(usize, usize)>,
    /// What stands before each line: quote bars and indents, outermost first.
    prefix: Vec<Span>,
    /// The bullet or number of the item that is about to begin.
    bullet: Option<Span>,
    /// Numbers of the open lists; `None` for bullets.
    lists: Vec<Option<u64>>,
    code_block: bool,
    table: Option<Vec<Vec<String>>>,
}

impl Writer {
    fn new(width: usize, first_target: usize) -> Writer {
        Writer {
            width,
            first_target,
            out: Rendered::default(),
            inline: Vec::new(),
            roles: Vec::new(),
            link: None,
            prefix: Vec::new(),
            bullet: None,
            lists: Vec::new(),
            code_block: false,
            table: None,
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code_block => self.code_lines(&text),
            Event::Text(text) => self.push(&text),
            Event::Code(code) => self.push_as(&code, Role::Code),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push("\n"),
            Event::Rule => {
                self.flush();
                let width = self.width.min(40);
                self.line(Line::of("─".repeat(width), Role::Dim));
                self.blank();
            }
            Event::Html(html) | Event::InlineHtml(html) => self.push_as(html.trim_end(), Role::Dim),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn role(&self) -> Role {
        self.roles.last().copied().unwrap_or_default()
    }

    fn push(&mut self, text: &str) {
        self.push_as(text, self.role());
    }

    fn push_as(&mut self, text: &str, role: Role) {
        if let Some(cell) = self.table.as_mut().and_then(|rows| rows.last_mut()).and_then(|row| row.last_mut()) {
            cell.push_str(text);
            return;
        }
        let target = self.link.map(|(number, _)| number);
        self.inline.push(Span { text: text.to_owned(), role, target });
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph if self.lists.is_empty() => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.roles.push(if level <= HeadingLevel::H2 { Role::Heading } else { Role::Strong });
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.prefix.push(Span::new("▎ ", Role::Quote));
                self.roles.push(Role::Quote);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code_block = true;
            }
            Tag::List(number) => {
                self.flush();
                self.lists.push(number);
            }
            Tag::Item => self.start_item(),
            Tag::Emphasis => self.roles.push(Role::Emphasis),
            Tag::Strong => self.roles.push(Role::Strong),
            Tag::Strikethrough => self.roles.push(Role::Dim),
            Tag::Link { dest_url, .. } => {
                self.link = Some((self.first_target + self.out.links.len(), self.inline.len()));
                self.out.links.push(dest_url.into_string());
                self.roles.push(Role::Link);
            }
            Tag::Image { .. } => self.push_as("picture: ", Role::Dim),
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => self.table.iter_mut().for_each(|rows| rows.push(Vec::new())),
            Tag::TableCell => {
                if let Some(row) = self.table.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn start_item(&mut self) {
        self.flush();
        let nested = self.lists.len() > 1;
        let bullet = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ if nested => "◦ ".to_owned(),
            _ => "• ".to_owned(),
        };
        self.prefix.push(Span::new(" ".repeat(text::width(&bullet)), Role::Plain));
        self.bullet = Some(Span::new(bullet, Role::Accent));
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.flush();
                if self.lists.is_empty() {
                    self.blank();
                }
            }
            TagEnd::Heading(_) => {
                self.flush();
                self.roles.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.prefix.pop();
                self.roles.pop();
                self.blank();
            }
            TagEnd::CodeBlock => {
                self.code_block = false;
                self.blank();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                if self.lists.is_empty() {
                    self.blank();
                }
            }
            TagEnd::Item => {
                self.flush();
                self.prefix.pop();
                self.bullet = None;
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.roles.pop();
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Table => {
                self.write_table();
                self.blank();
            }
            _ => {}
        }
    }

    /// Shows where a link leads, unless its words say so already.
    fn end_link(&mut self) {
        self.roles.pop();
        let Some((number, before)) = self.link.take() else { return };
        // A cell has no room for an address.
        if self.table.is_some() {
            return;
        }
        let url = self.out.links[number - self.first_target].clone();
        let label: String = self.inline[before.min(self.inline.len())..].iter().map(|s| s.text.as_str()).collect();
        if label.trim() != url {
            self.inline.push(Span { text: format!(" ({url})"), role: Role::Dim, target: Some(number) });
        }
    }

    /// Writes the text that was gathered as one block.
    fn flush(&mut self) {
        if self.inline.is_empty() && self.bullet.is_none() {
            return;
        }
        let spans = std::mem::take(&mut self.inline);
        let mut first = self.prefix.clone();
        if let Some(bullet) = self.bullet.take() {
            first.pop();
            first.push(bullet);
        }
        self.out.lines.extend(wrap(&spans, self.width, &first, &self.prefix));
    }

    fn code_lines(&mut self, code: &str) {
        for line in code.lines() {
            let span = Span::new(format!("  {}", line.replace('\t', "    ")), Role::Code);
            self.out.lines.extend(wrap_exact(&span, self.width, &self.prefix));
        }
    }

    fn line(&mut self, mut line: Line) {
        line.spans.splice(0..0, self.prefix.iter().cloned());
        self.out.lines.push(line);
    }

    fn blank(&mut self) {
        if self.out.lines.last().is_some_and(|line| !line.text().is_empty()) {
            self.out.lines.push(Line::default());
        }
    }

    fn write_table(&mut self) {
        let Some(rows) = self.table.take() else { return };
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths: Vec<usize> =
            (0..columns).map(|c| rows.iter().filter_map(|r| r.get(c)).map(|cell| text::width(cell)).max().unwrap_or(0)).collect();
        let room = self.width.saturating_sub(3 * columns.saturating_sub(1)).max(columns);
        while widths.iter().sum::<usize>() > room {
            let widest = widths.iter_mut().max().expect("a sum above nothing has a part");
            *widest -= 1;
        }
        for (i, row) in rows.iter().enumerate() {
            let mut line = Line::default();
            for (c, width) in widths.iter().enumerate() {
                let cell = text::truncate(row.get(c).map_or("", String::as_str), *width).into_owned();
                let pad = width - text::width(&cell);
                let role = if i == 0 { Role::Strong } else { Role::Plain };
                if c > 0 {
                    line.spans.push(Span::new(" │ ", Role::Dim));
                }
                line.spans.push(Span::new(cell + &" ".repeat(pad), role));
            }
            self.line(line);
            if i == 0 {
                let rule: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
                self.line(Line::of(rule.join("─┼─"), Role::Dim));
            }
        }
    }
}

/// Breaks a line of code between graphemes, spaces kept.
fn wrap_exact(span: &Span, width: usize, prefix: &[Span]) -> Vec<Line> {
    let room = width.saturating_sub(prefix.iter().map(|s| text::width(&s.text)).sum()).max(1);
    let mut lines = vec![Line { spans: prefix.to_vec() }];
    let (mut piece, mut used) = (String::new(), 0);
    for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(span.text.as_str(), true) {
        let w = text::width(grapheme);
        if used + w > room && used > 0 {
            let full = span.with_text(std::mem::take(&mut piece));
            lines.last_mut().expect("there is always a line").spans.push(full);
            lines.push(Line { spans: prefix.to_vec() });
            used = 0;
        }
        piece.push_str(grapheme);
        used += w;
    }
    lines.last_mut().expect("there is always a line").spans.push(span.with_text(piece));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(markdown: &str, width: usize) -> String {
        render(markdown, width, 0).lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn everything_a_description_holds() {
        let text = "# Boats\n\nA *fast* **boat** with `oars`, see [the docs](https://a.example/x).\n\n- one\n  - nested and long enough\n- two\n\n1. first\n2. second\n\n> said\n> well\n\n```\nlet x = 1;\n```\n\n| a | bb |\n|---|----|\n| 1 | 2  |\n";
        assert_eq!(
            shown(text, 24),
            "Boats\nA fast boat with oars,\nsee the docs\n(https://a.example/x).\n\n• one\n  ◦ nested and long\n    enough\n• two\n\n1. first\n2. second\n\n▎ said well\n\n  let x = 1;\n\na │ bb\n──┼───\n1 │ 2 "
        );
    }

    #[test]
    fn links_are_targets() {
        let rendered = render("a [b](https://b.example) and <https://c.example>", 80, 5);
        assert_eq!(rendered.links, ["https://b.example", "https://c.example"]);
        let targets: Vec<(&str, Option<usize>)> = rendered.lines[0].spans.iter().map(|s| (s.text.as_str(), s.target)).collect();
        assert_eq!(
            targets,
            [("a ", None), ("b", Some(5)), (" (https://b.example)", Some(5)), (" and ", None), ("https://c.example", Some(6))]
        );
    }

    #[test]
    fn a_takeaway_that_looks_like_a_block_is_still_a_line() {
        for text in ["1. First do this", "- dashed", "> quoted", "2020. It was a year", "---", "a [b](https://b.example) *c*"] {
            let shown: String = inline(text, 0).0.iter().map(|s| s.text.clone()).collect();
            assert!(shown.len() >= 3 && text.chars().next() == shown.chars().next(), "{text}: {shown}");
        }
    }

    #[test]
    fn links_stay_in_their_table() {
        let text = "| a | b |\n|---|---|\n| [x](https://x.example) | y |\n\nafter";
        assert_eq!(shown(text, 40), "a │ b\n──┼──\nx │ y\n\nafter");
    }

    proptest! {
        #[test]
        fn any_text_fits_any_width(markdown in "[-a-z#*`>|\\[\\]()1. \n東]{0,160}", width in 4usize..60) {
            for line in render(&markdown, width, 0).lines {
                // What stands before nested blocks may itself be wider than a narrow pane.
                let own: usize = line.spans.iter().filter(|s| !s.text.trim().is_empty()).map(|s| text::width(&s.text)).sum();
                prop_assert!(own <= width.max(40), "{:?}", line);
            }
        }
    }
}
