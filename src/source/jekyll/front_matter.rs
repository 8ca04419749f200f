//! The lines between `---` and `---`, and what they say of a post.

use super::super::SourceText;
use super::super::yaml::Document;
use crate::domain::{Link, Place, Problem, Recording, Severity};
use jiff::civil::Date;

/// A post taken apart.
pub struct Post {
    /// The file.
    pub place: Place,
    /// From the front matter; empty if it has none.
    pub title: String,
    /// Where the title stands.
    pub title_place: Place,
    /// From the front matter.
    pub description: Option<String>,
    /// From the front matter, or from the file's name.
    pub date: Option<Date>,
    /// From the front matter.
    pub location: Option<String>,
    /// The picture at the head.
    pub image: Option<String>,
    /// The video at the head.
    pub recording: Option<Recording>,
    /// Jekyll's tags.
    pub tags: Vec<String>,
    /// Everything below the front matter.
    pub body: String,
    /// The line of the file at which the body begins, from 1.
    pub body_line: u32,
}

/// Keys under which blogs name a post's video.
const VIDEO_KEYS: [&str; 5] = ["video", "recording", "video_url", "youtube", "media"];

/// Splits a post and reads its front matter. Without one that can be read there is no post.
pub fn split(source: &SourceText) -> (Option<Post>, Vec<Problem>) {
    if Syntax::of(&source.text) != Some(Syntax::Yaml) {
        return (None, Vec::new());
    }
    let Some((front, body)) = Syntax::Yaml.cut(&source.text) else {
        return (None, vec![endless(&source.place, "---")]);
    };
    let (document, mut problems) = parse(front, &source.place);
    let Some(document) = document else {
        return (None, problems);
    };
    let post = read(&document, source, front, body);
    problems.extend(document.into_problems());
    (Some(post), problems)
}

/// The language that front matter is written in, by the line that it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Between lines of dashes.
    Yaml,
    /// Between lines of plus signs.
    Toml,
}

impl Syntax {
    /// Of a text that begins with front matter.
    pub fn of(text: &str) -> Option<Syntax> {
        match text.get(..4)? {
            "---\n" => Some(Syntax::Yaml),
            "+++\n" => Some(Syntax::Toml),
            _ => None,
        }
    }

    /// Front matter and body, without the lines around it; `None` if it has no end.
    pub fn cut(self, text: &str) -> Option<(&str, &str)> {
        let ends: &[&str] = if self == Syntax::Yaml { &["---", "..."] } else { &["+++"] };
        cut(text.get(4..)?, ends)
    }
}

fn cut<'a>(rest: &'a str, ends: &[&str]) -> Option<(&'a str, &'a str)> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Front matter that is not closed.
pub fn endless(place: &Place, end: &str) -> Problem {
    let what = if end == "---" { "dashes" } else { "plus signs" };
    Problem::error(place.at(1, 1), "the front matter has no end").hint(format!("close it with a line of three {what}: {end}"))
}

/// Parses front matter; if it is not valid YAML, once more with every bare value in quotes.
pub fn parse(front: &str, place: &Place) -> (Option<Document>, Vec<Problem>) {
    let problem = match Document::parse(front, place, 2) {
        Ok(document) => return (Some(document), Vec::new()),
        Err(problem) => problem,
    };
    match Document::parse(&quote_values(front), place, 2) {
        Ok(document) => (Some(document), vec![Problem { severity: Severity::Warning, ..problem }]),
        Err(_) => (None, vec![problem]),
    }
}

/// `title: Rust: the good parts` becomes `title: 'Rust: the good parts'`, line by line and of the same length in lines.
pub fn quote_values(front: &str) -> String {
    let quote = |line: &str| {
        let (key, value) = line.split_once(": ")?;
        let bare = key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
            && !value.trim_start().starts_with(['"', '\'', '[', '{', '|', '>']);
        bare.then(|| format!("{key}: '{}'\n", value.trim().replace('\'', "''")))
    };
    front.lines().map(|line| quote(line).unwrap_or_else(|| format!("{line}\n"))).collect()
}

fn read(document: &Document, source: &SourceText, front: &str, body: &str) -> Post {
    let root = document.root();
    let text = |key: &str| root.get(key).and_then(|node| node.text());
    let place = source.place.clone();
    let title_place = root.get("title").map_or_else(|| place.at(1, 1), |node| node.place());
    let recording = VIDEO_KEYS.iter().find_map(|key| Link::parse(&text(key)?).ok()).map(|link| link.recording);
    Post {
        title: text("title").unwrap_or_default(),
        title_place,
        description: text("description"),
        date: text("date").and_then(|t| leading_date(&t)).or_else(|| date_in_name(&place)),
        location: text("location"),
        image: text("image").map(|i| without_liquid(&i)),
        recording,
        tags: root.get("tags").map(|node| node.texts()).unwrap_or_default(),
        body: body.to_owned(),
        body_line: u32::try_from(front.lines().count() + 3).unwrap_or(u32::MAX),
        place,
    }
}

/// `2020-12-02 19:00 +0100` begins with a date.
pub fn leading_date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// Jekyll's posts are called `2020-12-02-title.md`.
fn date_in_name(place: &Place) -> Option<Date> {
    leading_date(place.path.rsplit(['/', '\\']).next()?)
}

/// An address without `{{site.baseurl}}` and the like.
pub fn without_liquid(url: &str) -> String {
    let mut out = String::new();
    let mut rest = url;
    while let Some(start) = rest.find("{{") {
        let Some(end) = rest[start..].find("}}") else { break };
        out.push_str(&rest[..start]);
        rest = &rest[start + end + 2..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> SourceText {
        SourceText { place: Place::of("_posts/2020-12-02-a.md".as_ref()), text: text.to_owned() }
    }

    #[test]
    fn a_value_with_a_colon_is_told_and_read() {
        let (post, problems) = split(&source("---\nlayout: post\ntitle: Rust: the good parts\n---\nbody\n"));
        let post = post.expect("a post");
        assert_eq!(post.title, "Rust: the good parts");
        assert_eq!((post.body.as_str(), post.body_line), ("body\n", 5));
        assert_eq!(problems[0].place.to_string(), "_posts/2020-12-02-a.md:3:12");
        assert_eq!(post.date, Some(jiff::civil::date(2020, 12, 2)));
    }

    #[test]
    fn front_matter_without_end_is_told() {
        let (post, problems) = split(&source("---\ntitle: x\n\nbody\n"));
        assert!(post.is_none());
        assert_eq!(problems[0].place.line, Some(1));
    }

    #[test]
    fn liquid_goes() {
        assert_eq!(without_liquid("{{site.baseurl}}/images/a.jpg"), "/images/a.jpg");
        assert_eq!(without_liquid("{{broken"), "{{broken");
    }
}
