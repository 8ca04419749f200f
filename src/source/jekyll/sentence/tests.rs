//! Paragraphs in the many ways in which a talk is introduced.

use super::super::body::{BlockKind, blocks};
use super::*;

fn lexicon() -> Lexicon {
    let mut lexicon = Lexicon::default();
    lexicon.announce("Tide, sailctl, Rope by Knot, and Blue Harbour Works");
    lexicon
}

fn introduction(markdown: &str) -> Option<Introduction> {
    let mut roster = Roster::default();
    roster.add(super::super::people::names_in_label("Paula Reed").remove(0));
    match blocks(markdown).remove(0).kind {
        BlockKind::Paragraph(prose) => read(&prose, &lexicon(), &roster),
        other => panic!("{other:?}"),
    }
}

/// `name/company, …: title @ linked|printed`
fn told(markdown: &str) -> String {
    let Some(found) = introduction(markdown) else { return "nothing".to_owned() };
    let people: Vec<String> = found.people.iter().map(|p| format!("{}/{}", p.name, p.company.as_deref().unwrap_or("-"))).collect();
    let at = |cue: Option<Cue>| cue.map_or("-".to_owned(), |c| c.to_string());
    format!("{}: {} @ {}|{}", people.join(", "), found.title.map_or("-".to_owned(), |t| t.0), at(found.linked), at(found.printed))
}

#[test]
fn introductions_in_many_habits() {
    for (markdown, expected) in [
        (
            "Kicking off our evening was Ann Lee from Tide discussing The joy of boats (starting at [10:00](https://youtu.be/AAAAAAAAAAA?t=600)). Her takeaways are:",
            "Ann Lee/Tide: The joy of boats @ 10:00|10:00",
        ),
        (
            "Next up we had Bo van Ek from sailctl, with a talk on [Winds and _Waves_](https://www.youtube.com/live/AAAAAAAAAAA?si=x&t=700)(starting at 11:40). He said:",
            "Bo van Ek/sailctl: Winds and Waves @ 11:40|11:40",
        ),
        (
            "Then we had Jo Day from Rope by Knot and Ed Fox from Tide Rivers Inc. who told us about Knots (starting at [1:00:00](https://youtu.be/AAAAAAAAAAA?t=3600)).",
            "Jo Day/Rope by Knot, Ed Fox/Tide Rivers Inc: Knots @ 1:00:00|1:00:00",
        ),
        (
            "Following that, Zed Hall and Billie Low from Blue Harbour Works asked [\"Where's the wind?\"](https://casts.example/12)",
            "Zed Hall/Blue Harbour Works, Billie Low/Blue Harbour Works: Where's the wind? @ -|-",
        ),
        (
            "Next up was Max Mill from who asked about Tide Sharing Boats: Can we do Better? (starting at [52:59](https://youtu.be/AAAAAAAAAAA?t=3179)).",
            "Max Mill/Tide: Sharing Boats: Can we do Better? @ 52:59|52:59",
        ),
        (
            "And wrapping up was Nic Very, Tide describing [Smoke](https://youtu.be/AAAAAAAAAAA?t=60)(starting at 1:00).",
            "Nic Very/Tide: Smoke @ 1:00|1:00",
        ),
        ("First up, Paula described how to [Build boats](https://casts.example/1).", "Paula Reed/-: Build boats @ -|-"),
        (
            "Finally, (following a song by Kay Jones in the break), we had Sten Dahl from Tide discussing the Key Steps (starting at [1:45](https://youtu.be/AAAAAAAAAAA?t=105)).",
            "Sten Dahl/Tide: Key Steps @ 1:45|1:45",
        ),
        (
            "Kicking off our evening was Luc Bert with his talk [From Zero to Sea](https://youtu.be/AAAAAAAAAAA?t=382)(starting at 6:22).",
            "Luc Bert/-: From Zero to Sea @ 6:22|6:22",
        ),
        (
            "Our guest was Dr Jane Poe (Harbour Labs), who presented [Fog](https://youtu.be/AAAAAAAAAAA?t=61) (1:02).",
            "Dr Jane Poe/Harbour Labs: Fog @ 1:01|1:02",
        ),
    ] {
        assert_eq!(told(markdown), expected, "{markdown}");
    }
}

#[test]
fn linked_names_and_titles_before_names() {
    for (markdown, expected) in [
        (
            "[Ann Lee](https://social.example/ann) from [Tide](https://tide.example) talked about [\"Boats from Scratch\"](https://casts.example/1).",
            "Ann Lee/Tide: Boats from Scratch @ -|-",
        ),
        (
            "The evening began with [The long way home](https://youtu.be/AAAAAAAAAAA?t=60) by Bo Ek from sailctl.",
            "Bo Ek/sailctl: The long way home @ 1:00|-",
        ),
    ] {
        assert_eq!(told(markdown), expected, "{markdown}");
    }
}

#[test]
fn what_introduces_nobody() {
    for markdown in [
        "And of course, a group photo from Rambly!",
        "There was plenty of pizza.",
        "Register [here](https://e.example/x) for the workshop.",
    ] {
        assert_eq!(told(markdown), "nothing", "{markdown}");
    }
}
