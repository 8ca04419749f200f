//! A post's body as blocks of prose with its links kept apart: what the readers of meetups look at.

mod repair;

use super::front_matter::without_liquid;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// One block of a body, with the byte at which it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Offset in the body.
    pub at: usize,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading.
    Heading(Prose),
    /// A paragraph; also one made of pictures alone, which has no text then.
    Paragraph(Prose),
    /// A list, each item with what nests in it.
    List(Vec<Prose>),
    /// Raw HTML.
    Html(String),
}

/// Running text without markup, and what the markup said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prose {
    /// The words.
    pub text: String,
    /// The links in it.
    pub links: Vec<Anchor>,
    /// The pictures in it.
    pub pictures: Vec<Picture>,
    /// What had to be repaired to read it.
    pub repairs: Vec<String>,
    /// The same as Markdown on one line.
    pub markdown: String,
}

/// A link in prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// The bytes of the text that are linked.
    pub range: Range<usize>,
    /// Where it leads.
    pub url: String,
}

/// A picture in prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The label for those who cannot see it: often who is on it.
    pub label: String,
    /// Its address.
    pub url: String,
}

impl Prose {
    /// The text of a link.
    pub fn label(&self, anchor: &Anchor) -> &str {
        self.text[anchor.range.clone()].trim()
    }

    /// A part of the text, with the links in it.
    pub fn slice(&self, range: Range<usize>) -> Prose {
        let within = |a: &&Anchor| range.start <= a.range.start && a.range.end <= range.end;
        let shift = |a: &Anchor| Anchor { range: a.range.start - range.start..a.range.end - range.start, url: a.url.clone() };
        Prose {
            text: self.text[range.clone()].to_owned(),
            links: self.links.iter().filter(within).map(shift).collect(),
            ..Prose::default()
        }
    }

    /// This text with another one after it, as one.
    pub fn joined(&self, other: &Prose) -> Prose {
        let mut all = self.clone();
        all.text.push(' ');
        let offset = all.text.len();
        all.text.push_str(&other.text);
        all.links.extend(other.links.iter().map(|a| Anchor { range: a.range.start + offset..a.range.end + offset, url: a.url.clone() }));
        all.repairs.extend(other.repairs.iter().cloned());
        all
    }

    /// Is there nothing but links (and white space)?
    pub fn is_only_links(&self) -> bool {
        let linked: usize = self.links.iter().map(|a| self.text[a.range.clone()].chars().filter(|c| c.is_alphanumeric()).count()).sum();
        let all = self.text.chars().filter(|c| c.is_alphanumeric()).count();
        !self.links.is_empty() && linked == all
    }
}

/// Parses a body.
pub fn blocks(body: &str) -> Vec<Block> {
    let body = &close_liquid(body);
    let mut reader = Reader { body, blocks: Vec::new(), open: Vec::new(), lists: Vec::new() };
    for (event, range) in Parser::new_ext(body, Options::empty()).into_offset_iter() {
        reader.take(event, range);
    }
    let mut blocks = reader.blocks;
    for block in &mut blocks {
        match &mut block.kind {
            BlockKind::Heading(prose) | BlockKind::Paragraph(prose) => finish(prose),
            BlockKind::List(items) => items.iter_mut().for_each(finish),
            BlockKind::Html(_) => {}
        }
    }
    blocks
}

fn finish(prose: &mut Prose) {
    repair::part_glued_links(prose);
    repair::mend_links(prose);
    repair::link_bare_addresses(prose);
}

/// `{{ site.baseurl }}` in a link's target would end the link at its space. Same length, so that places stay true.
fn close_liquid(body: &str) -> String {
    body.replace("{{ ", "{{_").replace(" }}", "_}}")
}

struct Reader<'a> {
    body: &'a str,
    blocks: Vec<Block>,
    /// Prose being read, innermost last: a paragraph, a heading, a list item.
    open: Vec<Open>,
    /// Lists being read, outermost first.
    lists: Vec<(usize, Vec<Prose>)>,
}

/// Prose being read: where it began, what it holds so far, and its links and pictures that are open.
type Open = (usize, Prose, Vec<(usize, String)>);

impl Reader<'_> {
    fn take(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak | Event::HardBreak => self.push("\n"),
            Event::Html(html) => match self.blocks.last_mut().filter(|_| self.open.is_empty()) {
                Some(Block { kind: BlockKind::Html(all), .. }) => all.push_str(&html),
                _ => self.blocks.push(Block { at: range.start, kind: BlockKind::Html(html.into_string()) }),
            },
            // Inline HTML, rules, and what options would add, say nothing of a meetup.
            Event::InlineHtml(_)
            | Event::Rule
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some((_, prose, _)) = self.open.last_mut() {
            prose.text.push_str(text);
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } if self.lists.is_empty() => self.open.push((range.start, Prose::default(), Vec::new())),
            Tag::Paragraph => self.push("\n"),
            Tag::List(_) => {
                self.push("\n");
                self.lists.push((range.start, Vec::new()));
            }
            Tag::Item => self.open.push((range.start, Prose::default(), Vec::new())),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                if let Some((_, prose, starts)) = self.open.last_mut() {
                    starts.push((prose.text.len(), without_liquid(dest_url)));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) if self.lists.is_empty() => {
                if let Some((at, mut prose, _)) = self.open.pop() {
                    prose.markdown = one_line(&self.body[range]);
                    let kind = if matches!(tag, TagEnd::Paragraph) { BlockKind::Paragraph(prose) } else { BlockKind::Heading(prose) };
                    self.blocks.push(Block { at, kind });
                }
            }
            TagEnd::Item => {
                if let (Some((_, mut prose, _)), Some((_, items))) = (self.open.pop(), self.lists.last_mut()) {
                    self.body[range].clone_into(&mut prose.markdown);
                    items.extend(split_items(prose));
                }
            }
            TagEnd::List(_) => self.end_list(),
            TagEnd::Link => {
                if let Some((_, prose, starts)) = self.open.last_mut()
                    && let Some((start, url)) = starts.pop()
                {
                    prose.links.push(Anchor { range: start..prose.text.len(), url });
                }
            }
            TagEnd::Image => {
                if let Some((_, prose, starts)) = self.open.last_mut()
                    && let Some((start, url)) = starts.pop()
                {
                    let label = prose.text.split_off(start);
                    prose.links.retain(|link| link.range.end <= start);
                    prose.pictures.push(Picture { label, url });
                }
            }
            _ => {}
        }
    }

    /// A list inside an item is part of that item; at the outermost level it is a block.
    fn end_list(&mut self) {
        let Some((at, items)) = self.lists.pop() else { return };
        if self.lists.is_empty() {
            // `* a` followed by `- b` are two lists to Markdown, but a colon before says that the second explains the first.
            if let Some(Block { kind: BlockKind::List(before), .. }) = self.blocks.last_mut()
                && before.last().is_some_and(|item| item.text.trim_end().ends_with(':'))
            {
                if let Some(parent) = before.last_mut() {
                    nest_all(parent, items);
                }
                return;
            }
            self.blocks.push(Block { at, kind: BlockKind::List(items) });
        } else if let Some((_, parent, _)) = self.open.last_mut() {
            nest_all(parent, items);
        }
    }
}

fn nest_all(parent: &mut Prose, items: Vec<Prose>) {
    for item in items {
        nest(parent, item);
    }
}

fn nest(parent: &mut Prose, item: Prose) {
    let separator = if parent.text.trim_end().ends_with(':') { " " } else { "; " };
    let end = parent.text.trim_end().len();
    parent.text.truncate(end);
    for anchor in &mut parent.links {
        anchor.range = anchor.range.start.min(end)..anchor.range.end.min(end);
    }
    parent.text.push_str(separator);
    let offset = parent.text.len();
    parent.text.push_str(item.text.trim_end());
    parent.links.extend(item.links.into_iter().map(|a| Anchor { range: a.range.start + offset..a.range.end + offset, url: a.url }));
}

/// An item whose next bullet lost its space (`*While you're there`) is two items.
fn split_items(prose: Prose) -> Vec<Prose> {
    let Some(at) = lost_bullet(&prose.text) else {
        return vec![tidy_item(prose)];
    };
    let mut first = prose.slice(0..at);
    let mut second = prose.slice(at + 2..prose.text.len());
    if let Some(at) = lost_bullet(&prose.markdown) {
        prose.markdown[..at].clone_into(&mut first.markdown);
        prose.markdown[at + 1..].clone_into(&mut second.markdown);
    }
    let mut items = vec![tidy_item(first)];
    items.extend(split_items(second));
    items
}

/// The line break before a bullet that no space follows.
fn lost_bullet(text: &str) -> Option<usize> {
    let lost = |at: &usize| text[at + 1..].starts_with(['*', '-']) && text[at + 2..].starts_with(char::is_alphanumeric);
    text.match_indices('\n').map(|(at, _)| at).find(lost)
}

fn tidy_item(mut prose: Prose) -> Prose {
    // Nested bullets become one sentence with their parent, as in the text.
    let lines = prose.markdown.lines().map(|line| line.trim().trim_start_matches(['*', '-', '+']).trim());
    prose.markdown = lines.filter(|l| !l.is_empty()).fold(String::new(), |mut all, line| {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(line);
        all
    });
    prose
}

fn one_line(markdown: &str) -> String {
    markdown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(markdown: &str) -> Prose {
        match blocks(markdown).remove(0).kind {
            BlockKind::Paragraph(prose) => prose,
            other => panic!("{other:?}"),
        }
    }

    fn links(prose: &Prose) -> Vec<(&str, &str)> {
        prose.links.iter().map(|a| (prose.label(a), a.url.as_str())).collect()
    }

    #[test]
    fn links_keep_their_words() {
        let prose = paragraph("Ann spoke on [\"Fast *boats*\"](https://a.example/1) (at [1:02](https://b.example)).\n");
        assert_eq!(prose.text, "Ann spoke on \"Fast boats\" (at 1:02).");
        assert_eq!(links(&prose), [("\"Fast boats\"", "https://a.example/1"), ("1:02", "https://b.example")]);
    }

    #[test]
    fn the_label_of_a_broken_link_begins_behind_any_space() {
        for space in [" ", "\u{200a}", "\u{3000}"] {
            let prose = paragraph(&format!("see what{space}boats](https://blue.example/) do"));
            assert_eq!(
                (prose.text.as_str(), links(&prose)),
                (format!("see what{space}boats do").as_str(), vec![("boats", "https://blue.example/")])
            );
        }
    }

    #[test]
    fn broken_links_are_mended() {
        let prose =
            paragraph("Thanks to Blue Boat](https://blue.example/), and [Red](https://red.example). Slides (here)[https://s.example/x]");
        assert_eq!(prose.text, "Thanks to Blue Boat, and Red. Slides here");
        assert_eq!(
            links(&prose),
            [("Blue Boat", "https://blue.example/"), ("Red", "https://red.example"), ("here", "https://s.example/x")]
        );
        assert_eq!(prose.repairs.len(), 2);
    }

    #[test]
    fn a_link_that_ends_in_space_ends_with_its_words_before_what_nests() {
        let all = blocks("* [`a   `](https://u.example)\n  - é\n");
        let BlockKind::List(items) = &all[0].kind else { panic!("{all:?}") };
        assert_eq!((items[0].text.as_str(), links(&items[0])), ("a; é", vec![("a", "https://u.example")]));
    }

    #[test]
    fn a_link_in_a_picture_goes_with_its_label() {
        let prose = paragraph("![see [Tide](https://u.example) there](/i/a.jpg) and [Rope](https://r.example)");
        assert_eq!((prose.pictures[0].label.as_str(), links(&prose)), ("see Tide there", vec![("Rope", "https://r.example")]));
    }

    #[test]
    fn a_link_across_a_lost_bullet_is_no_link_of_either() {
        let all = blocks("* x [a\n*b](https://u.example) [c](https://v.example)\n");
        let BlockKind::List(items) = &all[0].kind else { panic!("{all:?}") };
        assert_eq!(items.iter().map(links).collect::<Vec<_>>(), [vec![], vec![("c", "https://v.example")]]);
    }

    #[test]
    fn a_link_inside_a_broken_one_goes_with_it() {
        let prose = paragraph("See (here [Sails](https://s.example) and more)[https://b.example].");
        assert_eq!(links(&prose), [("here Sails and more", "https://b.example")]);
    }

    #[test]
    fn bare_addresses_are_links() {
        let prose = paragraph("See https://a.example/x, or [b](https://b.example) (https://c.example/y).");
        let urls: Vec<&str> = prose.links.iter().map(|a| a.url.as_str()).collect();
        assert_eq!(urls, ["https://a.example/x", "https://b.example", "https://c.example/y"]);
    }

    #[test]
    fn nested_and_lost_bullets() {
        let text = "Words:\n* one:\n  - a\n  - b\n* two\n*Three lost its space\nand runs on\n";
        let all = blocks(text);
        let BlockKind::List(items) = &all[1].kind else { panic!("{all:?}") };
        let texts: Vec<String> = items.iter().map(|i| one_line(&i.text)).collect();
        assert_eq!(texts, ["one: a; b", "two", "Three lost its space and runs on"]);
        assert_eq!(items[2].markdown, "Three lost its space and runs on");
    }

    #[test]
    fn liquid_with_spaces_does_not_break_a_picture() {
        let prose = paragraph("![Ann Lee]({{ site.baseurl }}/i/a.jpg)");
        assert_eq!(prose.pictures, [Picture { label: "Ann Lee".into(), url: "/i/a.jpg".into() }]);
        assert_eq!(prose.text, "");
    }
}
