//! People as sites name them: by the address of a page of their own, which tells what they are called.

use super::super::super::part::Person;
use super::super::super::{Part, SourceText, folder_of};
use super::super::keys::Keys;
use super::{COMPANIES, SPEAKERS, file, video};
use crate::text;
use std::sync::Arc;

/// What pages about people are called, and their folders.
const PAGES: [&str; 4] = ["speaker", "speakers", "person", "people"];

/// A page about somebody who speaks, if it is one: it says so, or lies among such, and tells of no talk. Its talks are those below the
/// folder that its own lies in.
pub fn page(source: &SourceText, keys: &Keys) -> Option<Part> {
    let is_page = |word: &str| PAGES.iter().any(|page| word.eq_ignore_ascii_case(page));
    let is_marked = ["type", "layout"].iter().any(|key| keys.text(&[key]).is_some_and(is_page)) || is_page(file::collection(source));
    if !is_marked || SPEAKERS.iter().any(|key| keys.get(key).is_some()) || video::is_sure(keys) {
        return None;
    }
    let name = keys.text(&["name", "full_name", "title"])?.to_owned();
    let company = COMPANIES.iter().find_map(|key| keys.text(&[key])).map(str::to_owned);
    let scope: Arc<str> = folder_of(file::folder(source)).into();
    let person = Person { scope, id: text::slug(file::Name::of(source).stem), name, company };
    Some(Part::about(person))
}

/// What somebody is called who is named by such an address alone, `ann-lee`; any other name as it is.
pub fn name(address: &str) -> String {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase());
    let words: Vec<&str> = address.split(['-', '_']).collect();
    if words.len() < 2 || !words.iter().all(|word| is_word(word)) {
        return address.to_owned();
    }
    words.into_iter().map(text::capitalised).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_name_in_small_letters() {
        for (text, expected) in [
            ("ann-lee", "Ann Lee"),
            ("jo_de_wit", "Jo De Wit"),
            ("émile-zo", "Émile Zo"),
            ("ann", "ann"),
            ("Ann-Lee", "Ann-Lee"),
            ("ann lee", "ann lee"),
            ("ann-lee2", "ann-lee2"),
            ("ann-", "ann-"),
            ("", ""),
        ] {
            assert_eq!(name(text), expected);
        }
    }
}
