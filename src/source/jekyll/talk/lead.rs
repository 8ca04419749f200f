//! What a post with one talk says below its front matter: an abstract, or links and then a transcript.

use super::super::super::restructured;
use crate::domain::Labelled;
use crate::domain::link::is_web_address;
use std::borrow::Cow;

/// A longer text is no description but a transcript: half an hour of speech is ten times as long, the longest abstracts are
/// half of it. Searching what was said word for word is another thing than searching what talks are about.
const LONGEST: usize = 4_000;

/// Links that are read; a longer list is no head of a post.
const MOST_LINKS: usize = 50;

/// The head of a body.
#[derive(Debug, Default, PartialEq)]
pub struct Lead {
    /// Markdown.
    pub description: Option<String>,
    /// The lines above the first heading that are a link and no more, `Slides: <https://…>`, in order.
    pub links: Vec<Labelled>,
}

/// Reads a body: all of it where it is short, else what stands before its first heading, if that is.
pub fn read(body: &str) -> Lead {
    let body = body.trim();
    let (mut at, mut fenced) = (0, false);
    let (mut kept, mut links) = (String::new(), Vec::new());
    for line in body.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced && is_heading(line) {
            break;
        }
        at += line.len();
        match link_line(line).filter(|_| !fenced && links.len() < MOST_LINKS) {
            Some(link) => links.push(link),
            None => kept.push_str(line),
        }
        // What follows is no description any more, nor are there links to speak of below a first page of text.
        if kept.len() > LONGEST {
            return Lead { description: None, links };
        }
    }
    if body.len() <= LONGEST {
        kept.push_str(&body[at..]);
    }
    let readable = without_templates(&kept);
    let text = restructured::html_to_markdown(&readable);
    let text = blank_lines_once(text.trim());
    Lead { description: (!text.is_empty()).then_some(text), links }
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with([' ', '\n'])
}

/// `Slides: <https://…>`, `Paper: https://…`, `[Paper](https://…)`, `<https://…>`.
fn link_line(line: &str) -> Option<Labelled> {
    let line = line.trim();
    if let Some((label, url)) = line.strip_prefix('[').and_then(|l| l.strip_suffix(')')).and_then(|l| l.split_once("](")) {
        return (is_web_address(url) && !label.contains(']')).then(|| labelled(label, url));
    }
    let at = line.find("http")?;
    let (label, url) = line.split_at(at);
    let (label, url) = match label.strip_suffix('<') {
        Some(label) => (label, url.strip_suffix('>')?),
        None => (label, url),
    };
    let label = label.trim();
    let words = label.strip_suffix(':').unwrap_or(label).trim_matches(['*', '_', ' ']);
    let is_label = label.is_empty() || (label.ends_with([':', '*', '_']) && label.len() < 150);
    (is_label && is_web_address(url)).then(|| labelled(words, url))
}

fn labelled(label: &str, url: &str) -> Labelled {
    let label = label.trim().trim_end_matches(':');
    Labelled { label: if label.is_empty() { url } else { label }.to_owned(), url: Some(url.to_owned()) }
}

/// A text without Liquid's and Hugo's tags: `{{ site.url }}`, `{{< toc >}}`, `{% include x %}`.
fn without_templates(text: &str) -> Cow<'_, str> {
    if !text.contains("{{") && !text.contains("{%") {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = ["{{", "{%"].iter().filter_map(|open| rest.find(open)).min() {
        let close = if rest[start..].starts_with("{{") { "}}" } else { "%}" };
        let Some(end) = rest[start..].find(close) else { break };
        out.push_str(&rest[..start]);
        rest = &rest[start + end + close.len()..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Where lines were taken out, one blank line is enough.
fn blank_lines_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        if !(is_blank && blank) {
            out.push_str(if is_blank { "\n" } else { line });
        }
        blank = is_blank;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> (Option<String>, Vec<String>) {
        let lead = read(body);
        (lead.description, lead.links.into_iter().map(|l| format!("{} -> {}", l.label, l.url.unwrap_or_default())).collect())
    }

    #[test]
    fn links_above_a_transcript_are_its_head() {
        let talk = "And so we went on about sails and ropes. ".repeat(200);
        let body = format!("\nSlides: <https://s.example/a.pdf>\n\nhttps://p.example\n\n[Paper](https://p.example/x)\n\n# Intro\n\n{talk}");
        let links = ["Slides -> https://s.example/a.pdf", "https://p.example -> https://p.example", "Paper -> https://p.example/x"];
        assert_eq!(shown(&body), (None, links.map(str::to_owned).to_vec()));
        assert_eq!(shown(&talk), (None, vec![]));
        let with_words = format!("Names are left out.\n\n## Intro\n\n{talk}");
        assert_eq!(shown(&with_words).0.as_deref(), Some("Names are left out."));
    }

    #[test]
    fn a_short_body_is_a_description() {
        let body = "{{< toc >}}\nBoats, <b>fast</b>.\n\nhttps://m.example/1\n\n## More\n\nSee https://x.example\n{% include foot %}\n";
        let text = "Boats, **fast**.\n\n## More\n\nSee https://x.example";
        assert_eq!(shown(body), (Some(text.to_owned()), vec!["https://m.example/1 -> https://m.example/1".to_owned()]));
        assert_eq!(shown(" \n{{< childpages >}}\n"), (None, vec![]));
    }

    #[test]
    fn a_sentence_with_a_link_is_no_link() {
        for body in ["We met at https://a.example", "See https://a.example for more: x", "http", "[a](b)", "Note https:// x"] {
            assert_eq!(shown(body), (Some(body.to_owned()), vec![]), "{body}");
        }
    }
}
