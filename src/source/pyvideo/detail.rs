//! What a video is about and what goes with it, and the words that archives use for nobody and for languages.

use super::{Address, tell_wrong, tell_wrong_list};
use crate::domain::{About, Labelled, Problem, language};
use crate::source::loose::{Fields, List, Text};
use crate::source::{SourceText, restructured};
use serde::de::{IgnoredAny, MapAccess};

/// Texts, words and links of a video.
#[derive(Debug, Default)]
pub(super) struct Details<'a> {
    description: Text<'a>,
    summary: Text<'a>,
    r#abstract: Text<'a>,
    tags: List<Text<'a>>,
    related_urls: List<Address<'a>>,
}

impl<'de> Fields<'de> for Details<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, values: &mut A) -> Result<(), A::Error> {
        match key {
            "description" => self.description = values.next_value()?,
            "summary" => self.summary = values.next_value()?,
            "abstract" => self.r#abstract = values.next_value()?,
            "tags" => self.tags.read_short(values)?,
            "related_urls" => self.related_urls.read_short(values)?,
            _ => drop(values.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
    fn bare(&mut self, _: Text<'de>) {}
}

impl Details<'_> {
    /// Tells what of it is not as it should be.
    pub(super) fn tell(&self, source: &SourceText, problems: &mut Vec<Problem>) {
        let texts = [("description", &self.description), ("summary", &self.summary), ("abstract", &self.r#abstract)];
        tell_wrong(source, problems, &texts);
        tell_wrong_list(source, problems, "tags", self.tags.wrong, self.tags.items.iter());
        let urls = self.related_urls.items.iter().map(|link| &link.url);
        tell_wrong_list(source, problems, "related_urls", self.related_urls.wrong, urls);
    }

    /// All of it, with the further recordings among the links.
    pub(super) fn about(&self, recordings: Vec<(&str, &str)>) -> About {
        let mut about = About { description: self.text(), ..About::default() };
        for tag in self.tags.items.iter().filter_map(Text::get) {
            if !about.tags.iter().any(|known| known == tag) {
                about.tags.push(tag.to_owned());
            }
        }
        for (kind, url) in recordings {
            let label = if kind.is_empty() { "Recording".to_owned() } else { format!("Recording ({kind})") };
            about.resources.push(Labelled { label, url: Some(url.to_owned()) });
        }
        for link in &self.related_urls.items {
            let Some(url) = link.url.get().map(|url| url.replace("&amp;", "&")) else { continue };
            let label = link.label.get();
            if about.slides.is_none() && are_slides(label, &url) {
                about.slides = Some(url);
            } else {
                about.resources.push(Labelled { label: label.unwrap_or(&url).to_owned(), url: Some(url) });
            }
        }
        about
    }

    /// What is said of the talk, shortest first as the site shows it, each thing once.
    fn text(&self) -> Option<String> {
        let mut texts: Vec<&str> = Vec::new();
        for text in [&self.summary, &self.r#abstract, &self.description].into_iter().filter_map(Text::get) {
            if texts.iter().any(|known| known.contains(text)) {
                continue;
            }
            texts.retain(|known| !text.contains(known));
            texts.push(text);
        }
        let texts: Vec<String> = texts.into_iter().map(prose).collect();
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }
}

/// A text as Markdown, whatever its author wrote it in.
pub fn prose(text: &str) -> String {
    restructured::html_to_markdown(&restructured::to_markdown(text)).trim().to_owned()
}

/// Does a link lead to a talk's own slides? Its label or the place that it leads to says so; the slides of a whole conference,
/// and other slides of the speaker, are a link among others.
fn are_slides(label: Option<&str>, url: &str) -> bool {
    const WORDS: [&str; 5] = ["slides", "slide deck", "folien", "diapositivas", "transparents"];
    const PLACES: [&str; 5] = ["speakerdeck.com/", "slideshare.net/", "slides.com/", "docs.google.com/presentation/", "noti.st/"];
    let label = label.filter(|label| !label.contains("://")).map(str::to_lowercase);
    match label.as_deref() {
        Some(label) if label.contains("conference") || label.contains("other") => false,
        Some(label) if WORDS.iter().any(|word| label.contains(word)) => true,
        Some(label) if !label.contains("presentation") => false,
        _ => PLACES.iter().any(|place| url.contains(place)) || url.rsplit('/').next().is_some_and(|file| file.contains("slides")),
    }
}

/// The names that are people's: who is not known, or many, is nobody.
pub fn people<'t>(names: &'t [Text]) -> impl Iterator<Item = &'t str> {
    const NOBODY: [&str; 13] = [
        "various",
        "various speakers",
        "various presenters",
        "various artists",
        "multiple speakers",
        "unknown",
        "unknown speaker",
        "anonymous",
        "todo",
        "tba",
        "tbd",
        "none",
        "n/a",
    ];
    let is_person = |name: &&str| name.chars().any(char::is_alphanumeric) && !NOBODY.iter().any(|word| name.eq_ignore_ascii_case(word));
    let names = names.iter().enumerate().filter(|(at, name)| !names[..*at].contains(name));
    names.filter_map(|(_, name)| name.get()).filter(is_person)
}

/// A language's BCP 47 tag; what is not known as it stands.
pub fn language(code: &str) -> String {
    language::tag(code).unwrap_or_else(|| code.to_owned())
}
