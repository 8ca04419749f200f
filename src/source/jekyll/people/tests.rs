//! Lists of people, and names on pictures.

use super::super::tokens::tokens;
use super::*;

fn pairs(text: &str) -> Vec<(String, Option<String>)> {
    let (lexicon, roster, words) = (Lexicon::default(), Roster::default(), tokens(text));
    let reader = Reader { text, tokens: &words, lexicon: &lexicon, roster: &roster };
    reader.pairs(0..words.len()).map(|f| f.people.into_iter().map(|p| (p.name, p.company)).collect()).unwrap_or_default()
}

#[test]
fn lists_of_people() {
    let told = |list: &[(&str, &str)]| list.iter().map(|(n, c)| ((*n).to_owned(), Some((*c).to_owned()))).collect::<Vec<_>>();
    assert_eq!(
        pairs("A good evening, featuring Karl Rus from Tide, James Munnelly from Rope and Stan White of Blue Harbour."),
        told(&[("Karl Rus", "Tide"), ("James Munnelly", "Rope"), ("Stan White", "Blue Harbour")])
    );
    assert_eq!(
        pairs("Our speakers were Ana de la Mer and Dr Bo Ek from the University of Sea, and Eric D. Shell, from Knot Inc."),
        told(&[("Ana de la Mer", "University of Sea"), ("Dr Bo Ek", "University of Sea"), ("Eric D. Shell", "Knot Inc")])
    );
    assert_eq!(pairs("Ann Lee from Tide spoke of Boats from Scratch."), told(&[("Ann Lee", "Tide")]));
    assert_eq!(pairs("a photo from Rambly!"), []);
}

#[test]
fn names_on_pictures() {
    let names = |label: &str| names_in_label(label).into_iter().map(|p| p.name).collect::<Vec<_>>();
    assert_eq!(names("Asa Kay, me and Jo Burr"), ["Asa Kay", "Jo Burr"]);
    assert_eq!(names("the venue"), Vec::<String>::new());
}
