//! What a post's place among the files says: its day, its language, the series it belongs to.

use super::super::super::{SourceText, folder_of};
use super::super::front_matter::leading_date;
use crate::text;
use jiff::civil::Date;

/// Languages that sites are translated to. Any two letters would make one of `node.js.md`.
const LANGUAGES: [&str; 38] = [
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt",
    "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
];

/// A file's name taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// Without its ending and language.
    pub stem: &'a str,
    /// `es` of `x.es.md`: a translation of `x.md`.
    pub language: Option<&'a str>,
    /// Jekyll's posts are called `2020-12-02-title.md`.
    pub date: Option<Date>,
}

impl<'a> Name<'a> {
    /// Of a file.
    pub fn of(source: &'a SourceText) -> Name<'a> {
        let name = source.name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (stem, language) = match stem.rsplit_once('.') {
            Some((stem, last)) if is_language(last) => (stem, Some(last)),
            _ => (stem, None),
        };
        let stem = if has_folder(source) { last_step(source.folder()) } else { stem };
        Name { stem, language, date: leading_date(stem) }
    }

    /// The talk's name for good: addresses are made of it, and its translations share it.
    pub fn id(&self, date: Option<Date>) -> String {
        let stem = text::slug(self.stem);
        match date.filter(|_| self.date.is_none()) {
            Some(date) => format!("{date}-{stem}"),
            None => stem,
        }
    }

    /// The title of a post that has none.
    pub fn words(&self) -> String {
        let rest = if self.date.is_some() { &self.stem[10..] } else { self.stem };
        let words: Vec<&str> = rest.split(['-', '_']).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }
}

/// `es`, `pt-br`.
fn is_language(text: &str) -> bool {
    let (language, region) = text.split_once(['-', '_']).unwrap_or((text, "xx"));
    LANGUAGES.contains(&language) && matches!(region.len(), 2 | 4) && region.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Has the page a folder of its own, beside its pictures? Hugo takes `fast/index.md` for `fast.md`.
fn has_folder(source: &SourceText) -> bool {
    let name = source.name();
    name.split('.').next() == Some("index") && last_step(source.folder()).contains(|c: char| c.is_alphanumeric())
}

/// The folder that a page lies in among others of its kind.
pub fn folder(source: &SourceText) -> &str {
    if has_folder(source) { folder_of(source.folder()) } else { source.folder() }
}

/// What that folder is called, `talks` or (by Jekyll) `_talks`.
pub fn collection(source: &SourceText) -> &str {
    last_step(folder(source)).trim_start_matches('_')
}

/// The folder that a post's series is named after, and whether it is a Jekyll collection: what lies in `site/_videos` belongs to
/// the site.
pub fn series_folder(source: &SourceText) -> (&str, bool) {
    let folder = folder(source);
    if !last_step(folder).starts_with('_') {
        return (folder, false);
    }
    let site = folder_of(folder);
    // A path that was named as `_videos` or `./_videos` says nothing of the site.
    let named = last_step(site).contains(|c: char| c.is_alphanumeric());
    (if named { site } else { folder }, true)
}

/// Does a post lie among those of a blog?
pub fn is_blogs(source: &SourceText) -> bool {
    matches!(last_step(folder(source)), "_posts" | "posts" | "post" | "blog" | "_drafts")
}

fn last_step(folder: &str) -> &str {
    folder.rsplit(['/', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Place;

    fn source(path: &str) -> SourceText {
        SourceText { place: Place::of(path.as_ref()), text: String::new() }
    }

    #[test]
    fn a_name_says_day_and_language() {
        let day = jiff::civil::date(2020, 1, 2);
        for (path, stem, language, date, id) in [
            ("a/2020-01-02-x.es.md", "2020-01-02-x", Some("es"), Some(day), "2020-01-02-x"),
            ("a/x.pt-br.md", "x", Some("pt-br"), None, "2021-02-03-x"),
            ("a/core-v0.17.md", "core-v0.17", None, None, "2021-02-03-core-v0-17"),
            ("a/node.js.md", "node.js", None, None, "2021-02-03-node-js"),
            ("x", "x", None, None, "2021-02-03-x"),
            ("a/x/index.md", "x", None, None, "2021-02-03-x"),
            ("a/2020-01-02-x/index.es.md", "2020-01-02-x", Some("es"), Some(day), "2020-01-02-x"),
            ("./index.md", "index", None, None, "2021-02-03-index"),
        ] {
            let source = source(path);
            let name = Name::of(&source);
            assert_eq!(name, Name { stem, language, date }, "{path}");
            assert_eq!(name.id(Some(jiff::civil::date(2021, 2, 3))), id);
        }
        assert_eq!(Name::of(&source("2020-01-02-_Fast-boats.md")).words(), "Fast boats");
    }

    #[test]
    fn a_collection_belongs_to_its_site() {
        for (path, found) in [
            ("a/boats/_videos/x.md", ("a/boats", true)),
            ("_videos/x.md", ("_videos", true)),
            ("./_videos/x.md", ("./_videos", true)),
            ("a/boats/x.md", ("a/boats", false)),
            ("x.md", ("", false)),
            ("a/boats/x/index.md", ("a/boats", false)),
            ("a/boats/_talks/x/index.md", ("a/boats", true)),
        ] {
            assert_eq!(series_folder(&source(path)), found, "{path}");
        }
    }
}
