//! Who is thanked for paying.

use super::body::Prose;
use super::tokens::tokens;
use crate::domain::Labelled;

/// The sponsors thanked in a paragraph: the links of the sentences that thank them.
pub fn read(prose: &Prose) -> Vec<Labelled> {
    if !thanks_sponsors(&prose.text) {
        return Vec::new();
    }
    let mut sponsors = Vec::new();
    for sentence in sentences(&prose.text) {
        let text = prose.text[sentence.clone()].to_lowercase();
        let about_sponsors = text.contains("sponsor") || text.contains("grateful to") || text.contains("thanks to");
        let about_venue = text.contains("hosted us") || text.contains("venue") || text.contains("hosting");
        if !about_sponsors || (about_venue && !text.contains("sponsor")) {
            continue;
        }
        for anchor in prose.links.iter().filter(|a| sentence.contains(&a.range.start)) {
            let label = prose.label(anchor);
            if !label.is_empty() {
                sponsors.push(Labelled { label: label.to_owned(), url: Some(anchor.url.clone()) });
            }
        }
    }
    sponsors
}

/// Is this the paragraph in which sponsors are thanked?
pub fn thanks_sponsors(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("sponsor") && (text.contains("thank") || text.contains("grateful"))
}

fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let mut found = Vec::new();
    for token in tokens(text).iter().filter(|t| t.ends_sentence()) {
        let end = token.end + token.trail.len();
        found.push(start..end);
        start = end;
    }
    found.push(start..text.len());
    found
}

#[cfg(test)]
mod tests {
    use super::super::body::{BlockKind, blocks};
    use super::*;

    #[test]
    fn venues_are_no_sponsors() {
        let text = "Thanks to our sponsors [Red](https://r.example) and [Blue Inc.](https://b.example). Thanks also to [Green](https://g.example), who hosted us.";
        let BlockKind::Paragraph(prose) = blocks(text).remove(0).kind else { panic!("a paragraph") };
        let names: Vec<String> = read(&prose).into_iter().map(|l| l.label).collect();
        assert_eq!(names, ["Red", "Blue Inc."]);
    }
}
