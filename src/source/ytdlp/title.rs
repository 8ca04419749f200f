//! Titles of videos that name their speaker: `Ann Lee - Title`, `Title by Ann Lee`, `Title | Ann Lee | Conf 2020`.

use crate::domain::Speaker;
use crate::source::chapters::people::People;
use crate::source::part::without_year;

/// Signs between the pieces of a title.
const BETWEEN: &[&str] = &[" | ", " - ", " – ", " — ", " • ", " :: ", " // "];

/// Who speaks and about what, where a title leaves no doubt.
///
/// `around` are the names of channel and playlist: they are no title, and nobody's name.
pub fn read(title: &str, around: &[&str]) -> Option<(Vec<Speaker>, String)> {
    let people = People { known: Vec::new() };
    let pieces: Vec<&str> = pieces(title).into_iter().filter(|piece| !is_around(piece, around)).collect();
    match pieces[..] {
        [piece] => {
            let spoken = people.behind(piece, " by ").or_else(|| people.behind(piece, " By "))?;
            Some((spoken.speakers, spoken.title?))
        }
        [first, second] => {
            let (one, two) = (people.speakers(first, false), people.speakers(second, false));
            // Of two short pieces that begin with capitals either may be the name: a song is written like that.
            let (speakers, title) = match (one, two) {
                (Some(speakers), None) => (speakers, second),
                (None, Some(speakers)) => (speakers, first),
                _ => return None,
            };
            (title.split_whitespace().count() >= 3).then(|| (speakers, title.to_owned()))
        }
        _ => None,
    }
}

fn pieces(title: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = title;
    while let Some((at, sign)) = BETWEEN.iter().filter_map(|sign| Some((rest.find(sign)?, *sign))).min() {
        pieces.push(rest[..at].trim());
        rest = &rest[at + sign.len()..];
        if pieces.len() > 8 {
            break;
        }
    }
    pieces.push(rest.trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Is this the conference, the channel or a mark?
fn is_around(piece: &str, around: &[&str]) -> bool {
    let lower = piece.to_lowercase();
    let words = |text: &str| text.split_whitespace().count();
    let named = around.iter().any(|name| {
        let name = name.to_lowercase();
        let inside = lower.len() > 3 && name.contains(&lower);
        lower == name || inside || (name.len() > 3 && lower.contains(&name) && words(piece) <= words(&name) + 2)
    });
    let dated = without_year(piece) != piece && words(piece) <= 6;
    named || dated || piece.starts_with(['#', '@']) || ["keynote", "lightning talk", "talk", "live"].contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_is_read_where_there_is_no_doubt() {
        let around = ["Harbour Conf", "Harbour Conf 2020 talks"];
        for (title, names, left) in [
            ("Ann Lee - Nets of rusty steel", "Ann Lee", "Nets of rusty steel"),
            ("Nets of rusty steel - Ann Lee & Bo Ek", "Ann Lee, Bo Ek", "Nets of rusty steel"),
            ("Nets by Ann Lee", "Ann Lee", "Nets"),
            ("Nets of rusty steel | Ann Lee | Harbour Conf 2020", "Ann Lee", "Nets of rusty steel"),
            ("Nets of rusty steel – Ann Lee (Rope) – HarbourConf 2020", "Ann Lee (Rope)", "Nets of rusty steel"),
            ("Harbour Conf: Nets by Ann Lee", "Ann Lee", "Harbour Conf: Nets"),
        ] {
            let (speakers, rest) = read(title, &around).unwrap_or_else(|| panic!("{title}"));
            let mut talk = crate::domain::Talk::new("", crate::domain::Place::of("x".as_ref()));
            talk.speakers = speakers;
            assert_eq!((talk.by_line().as_str(), rest.as_str()), (names, left), "{title}");
        }
        for title in [
            "Sunny Lax - Night Sky",
            "Nets of steel",
            "Nets - and how to mend them",
            "Step by step",
            "Ann Lee",
            "Side by Side - a story",
            "A | B | C | D",
        ] {
            assert_eq!(read(title, &around), None, "{title}");
        }
    }
}
