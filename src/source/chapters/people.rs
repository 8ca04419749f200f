//! Who is named in a line such as a chapter's title: `Ann Lee - Title`, `Title by Ann Lee`, `Title (Ann Lee)`.

use super::list::trimmed;
use crate::domain::Speaker;

/// Words that a title may well begin with a capital and a name has not; what has one of them is nobody's name.
const NO_NAMES: &str = "\
    a about advanced after agenda ai all an analysis and announcement announcements answer answers api app apps \
    architecture are art as at audience award awards back background basics beginners best better beyond break bug build \
    building business but by can case challenge challenges chapter cloud closing code coding comments community \
    conclusion conclusions conference container containers course data database databases day deep demo demos dependency \
    deploy deployment design developer developers development discussion distributed django do docker does driven end \
    engine engineering error errors event events example examples experience fast feature features final first for \
    framework from function functional functions future game games getting go good google graph group guide history hour \
    how i if implementation in internet intro introducing introduction is it java javascript join jquery journey jupyter \
    keynote kubernetes language learning lecture lessons let's library lightning linux live machine main making \
    management me meet meetup memory message microservices mobile model models modern monitoring my native network \
    networks new news next no not notes of on open opening or other our outro overview package panel part party patterns \
    performance platform podcast practices problem problems programming project projects pycon python q&a question \
    questions quick quiz rails react real recap results review round ruby rust scaling science second secret security \
    server serverless service services session setup show simple software solution solutions source sponsor sponsors \
    stack start state status story summary summit support system systems talk talks team tech technical test testing \
    tests thank thanks that the their things third this time tips to tool tools track tutorial types update updates use \
    using version video we web welcome what when where which who why with without work workflow workshop world writing \
    you your";

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "ap", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "dos", "du", "e", "el", "la", "le", "ten", "ter", "van",
    "von", "zu",
];

/// What somebody does, behind a name: no company.
const ROLES: &[&str] = &[
    "engineer",
    "developer",
    "cto",
    "ceo",
    "founder",
    "co-founder",
    "lead",
    "manager",
    "director",
    "consultant",
    "architect",
    "advocate",
    "scientist",
    "designer",
    "professor",
    "student",
    "researcher",
    "evangelist",
    "freelancer",
    "phd",
    "dr",
    "head",
    "member",
    "maintainer",
];

/// What may stand between a name and a title, the surest first. `Name: Title` has no room before it.
const BETWEEN: &[&str] = &[" — ", " – ", " - ", " | ", " // ", ": ", " -", "- "];

/// Is this somebody's name: two to four words with capitals, none of which names are not made of?
pub fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let own = words.iter().filter(|word| !PARTICLES.contains(word)).count();
    (2..=5).contains(&words.len()) && (2..=4).contains(&own) && words.iter().all(|word| PARTICLES.contains(word) || is_part_of_name(word))
}

fn is_no_name(word: &str) -> bool {
    NO_NAMES.split(' ').any(|known| known == word)
}

/// `Ann`, `O'Neill`, `Smith-Lee`, `J.L.`, `Dr.`, `"Pandy"`, `(VB)`; not `API` and not `The`.
fn is_part_of_name(word: &str) -> bool {
    let bare = word.trim_matches(['"', '“', '”', '(', ')', '\'']);
    let initials = bare.ends_with('.') || ["II", "III", "IV"].contains(&bare) || bare.chars().count() == 1 || word != bare;
    let mut letters = bare.chars();
    letters.next().is_some_and(char::is_uppercase)
        && bare.chars().count() <= 24
        && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
        && (initials || bare.chars().any(char::is_lowercase))
        && !is_no_name(&bare.trim_end_matches('.').to_lowercase())
}

/// A line with the people in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Who speaks; nobody, where a sign says that the name is not known.
    pub speakers: Vec<Speaker>,
    /// About what, where anything is said of that.
    pub title: Option<String>,
}

/// On which side of a dash the names stand: the same in all lines of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `Ann Lee - Title`.
    Left,
    /// `Title - Ann Lee`.
    Right,
}

/// Reads people from lines, with those who are known to speak.
pub struct People<'a> {
    /// Names that stand elsewhere.
    pub known: Vec<&'a str>,
}

impl People<'_> {
    fn is_known(&self, name: &str) -> bool {
        self.known.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The side on which most lines have names, if there is one.
    pub fn side<'t>(&self, lines: impl Iterator<Item = &'t str>) -> Option<Side> {
        let (mut left, mut right) = (0, 0);
        for line in lines {
            let one = |parts: Option<(&str, &str)>, first: bool| {
                parts.is_some_and(|(l, r)| self.speakers(if first { l } else { r }, false).is_some())
            };
            left += usize::from(one(parted(line, Side::Left), true));
            right += usize::from(one(parted(line, Side::Right), false));
        }
        match left.cmp(&right) {
            std::cmp::Ordering::Greater => Some(Side::Left),
            std::cmp::Ordering::Less => Some(Side::Right),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Who speaks in a line, and about what.
    pub fn spoken(&self, line: &str, side: Option<Side>) -> Option<Spoken> {
        let line = without_number(line);
        self.quoted(line)
            .or_else(|| self.behind(line, " by "))
            .or_else(|| self.parted(line, side?))
            .or_else(|| self.verb(line))
            .or_else(|| self.bracketed(line))
            .or_else(|| Some(Spoken { speakers: self.speakers(line, false)?, title: None }))
    }

    /// `“Title”, Ann Lee, Bo Ek`.
    fn quoted(&self, line: &str) -> Option<Spoken> {
        let at = ["”, ", "\", "].iter().find_map(|close| line.rfind(close).map(|at| (at, close.len())))?;
        let title = line[..at.0].trim_matches(['“', '”', '"', ' ']);
        self.titled(title, &line[at.0 + at.1..])
    }

    /// `Title by Ann Lee`.
    pub fn behind(&self, line: &str, word: &str) -> Option<Spoken> {
        let at = line.rfind(word)?;
        self.titled(&line[..at], &line[at + word.len()..])
    }

    fn parted(&self, line: &str, side: Side) -> Option<Spoken> {
        let (left, right) = parted(line, side)?;
        let (names, title) = if side == Side::Left { (left, right) } else { (right, left) };
        let title = Some(unquoted(title.trim())).filter(|title| !title.is_empty());
        if is_nobody(names) {
            return title.map(|title| Spoken { speakers: Vec::new(), title: Some(title) });
        }
        Some(Spoken { speakers: self.speakers(names, true)?, title })
    }

    /// `Ann Lee on Title`.
    fn verb(&self, line: &str) -> Option<Spoken> {
        [" on ", " about ", " talks about ", " presents ", " presenting "].iter().find_map(|verb| {
            let at = line.find(verb)?;
            self.titled(&line[at + verb.len()..], &line[..at])
        })
    }

    /// `Title (Ann Lee)`.
    fn bracketed(&self, line: &str) -> Option<Spoken> {
        let inner = line.trim_end().strip_suffix(')')?;
        let at = inner.rfind('(')?;
        self.titled(&inner[..at], &inner[at + 1..])
    }

    fn titled(&self, title: &str, names: &str) -> Option<Spoken> {
        let title = unquoted(title);
        (!title.is_empty()).then_some(())?;
        Some(Spoken { speakers: self.speakers(names, false)?, title: Some(title) })
    }

    /// Everybody in a list of names, if it is one. A single word is a name only where one is due.
    pub fn speakers(&self, text: &str, due: bool) -> Option<Vec<Speaker>> {
        let text = text.trim().trim_end_matches([':', ',', '.']);
        if text.is_empty() || text.len() > 200 {
            return None;
        }
        if let (name, Some(company)) = self.from(text) {
            // A company may be called `Elm & Sons`; two people with theirs are read one by one.
            let alone = !company.split(',').flat_map(split_words).any(|other| is_name(other.trim()));
            if alone && (self.is_known(name) || is_name(name)) {
                return Some(vec![Speaker { name: name.to_owned(), company: Some(company) }]);
            }
        }
        let mut speakers: Vec<Speaker> = Vec::new();
        for chunk in text.split([',', '/', '&', ';']).flat_map(split_words) {
            let (name, company) = self.from(chunk.trim());
            let single = due && !name.contains(' ') && is_part_of_name(name) && name.chars().count() > 1;
            if self.is_known(name) || is_name(name) || (single && speakers.is_empty()) {
                speakers.push(Speaker { name: name.to_owned(), company });
                continue;
            }
            // Behind a person: what they do, and where.
            let last = speakers.last_mut()?;
            last.company = last.company.take().or(role(chunk.trim())?.company);
        }
        (!speakers.is_empty() && speakers.len() <= 12).then_some(speakers)
    }

    /// `Ann Lee (Acme)`, `Ann Lee from Acme`, `Ann Lee @ann`, `Ann Lee at Acme`.
    fn from<'t>(&self, text: &'t str) -> (&'t str, Option<String>) {
        let text = match text.split_once(['@']) {
            Some((name, handle)) if !handle.starts_with(' ') => name.trim_end_matches([' ', '(']),
            _ => text,
        };
        if let Some((name, inner)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
            return (name.trim(), company(inner));
        }
        let word = [" from ", " at ", " @ "].iter().find_map(|word| text.split_once(word));
        match word {
            Some((name, inner)) if is_name(name.trim()) || self.is_known(name.trim()) => (name.trim(), company(inner)),
            _ => (text, None),
        }
    }
}

/// A title without the quotes around all of it, and without the word between it and a name.
fn unquoted(text: &str) -> String {
    let text = trimmed(text);
    let bare = ["on ", "about "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
    let inner =
        [('"', '"'), ('\'', '\''), ('‘', '’'), ('“', '”')].iter().find_map(|(open, close)| bare.strip_prefix(*open)?.strip_suffix(*close));
    inner.unwrap_or(bare).trim_matches(['“', '”']).to_owned()
}

/// Does this stand where a name was not known?
fn is_nobody(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    text.chars().all(|c| c == '?') || ["unknown", "tba", "tbd", "various", "various speakers", "anonymous", "n/a"].contains(&text.as_str())
}

/// A company as it stands behind a name; a handle and a role are none.
fn company(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && text.split_whitespace().count() <= 4;
    let is_role = text.split_whitespace().any(|word| ROLES.contains(&word.to_lowercase().as_str()));
    (fits && !is_role && !text.contains("://")).then(|| text.to_owned())
}

/// What stands behind a name.
struct Role {
    company: Option<String>,
}

/// `Backend engineer at Acme`, `Acme`: what somebody does, and where; `None` where it is neither a role nor a company.
fn role(text: &str) -> Option<Role> {
    let words = text.split_whitespace().count();
    let lower = text.to_lowercase();
    if lower.split_whitespace().any(|word| ROLES.contains(&word)) && words <= 8 {
        let at = [" at ", " @ ", " from "].iter().find_map(|word| text.split_once(word));
        return Some(Role { company: at.and_then(|(_, inner)| company(inner)) });
    }
    let lone = words == 1 && !is_no_name(&lower);
    (lone || lower == "someone else").then(|| Role { company: company(text) })
}

/// Parts a line at the dash beside the names. On the left it is the first, on the right the last.
fn parted(line: &str, side: Side) -> Option<(&str, &str)> {
    let line = without_number(line);
    BETWEEN.iter().find_map(|between| match side {
        Side::Left => line.split_once(between),
        Side::Right => line.rsplit_once(between),
    })
}

/// `Ann Lee and Bo Ek`, in the languages that were seen.
fn split_words(chunk: &str) -> impl Iterator<Item = &str> {
    [" and ", " y ", " und ", " et ", " e ", " with "]
        .iter()
        .find_map(|word| chunk.split_once(word))
        .map_or([Some(chunk), None], |(one, two)| [Some(one), Some(two)])
        .into_iter()
        .flatten()
        .map(|chunk| chunk.strip_prefix("and ").unwrap_or(chunk))
        .filter(|chunk| !chunk.trim().is_empty())
}

/// `03 - Ann Lee`, `Talk 3: …`, `#3 …` without their number.
pub fn without_number(line: &str) -> &str {
    let line = line.trim();
    let lower = line.as_bytes();
    let word = ["talk", "speaker", "presentation", "lightning talk"]
        .iter()
        .find(|word| lower.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes())));
    let rest = word.map_or(line, |word| line[word.len()..].trim_start()).trim_start_matches('#');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = rest[digits..].trim_start();
    let numbered = (1..=2).contains(&digits) && behind.starts_with([':', '.', ')', '-', '–', '—']);
    let behind = if numbered { behind[behind.chars().next().map_or(0, char::len_utf8)..].trim_start() } else { "" };
    if behind.is_empty() { line } else { behind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_titles() {
        for name in [
            "Ann Lee",
            "Wander van der Hillen",
            "Ka-Ping Yee",
            "J.L. Cercos-Pita",
            "Andrew \"Pandy\" Knight",
            "Łukasz Langa",
            "Brian O'Neill",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "Spy",
            "The Answers",
            "Open Source",
            "AWS Lambda",
            "ann lee",
            "Data Science Without Tears",
            "Python 3",
            "How To Fail",
            "A B C D E F",
        ] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn each_form_is_read() {
        let people = People { known: vec!["Zoë"] };
        for (line, side, names, title) in [
            ("Ann Lee - Nets of steel", Some(Side::Left), "Ann Lee", Some("Nets of steel")),
            ("03 - Ann Lee / Bo Ek - Nets - of steel", Some(Side::Left), "Ann Lee, Bo Ek", Some("Nets - of steel")),
            ("Nets of steel -Ann Lee", Some(Side::Right), "Ann Lee", Some("Nets of steel")),
            ("Ann Lee: Nets of steel", Some(Side::Left), "Ann Lee", Some("Nets of steel")),
            ("Nets of steel by Ann Lee and Bo Ek", None, "Ann Lee, Bo Ek", Some("Nets of steel")),
            ("Nets of steel (Ann Lee)", None, "Ann Lee", Some("Nets of steel")),
            ("“Nets of steel”, Ann Lee, Bo Ek", None, "Ann Lee, Bo Ek", Some("Nets of steel")),
            ("Ann Lee (@ann) on \"Nets of steel\"", None, "Ann Lee", Some("Nets of steel")),
            ("Ann Lee, Backend engineer at Rope - Nets of steel", Some(Side::Left), "Ann Lee (Rope)", Some("Nets of steel")),
            ("Talk 2: Ann Lee (Rope) - Nets of steel", Some(Side::Left), "Ann Lee (Rope)", Some("Nets of steel")),
            ("Ann Lee", None, "Ann Lee", None),
            ("Ann Lee from Elm & Sons - Nets", Some(Side::Left), "Ann Lee (Elm & Sons)", Some("Nets")),
            ("Ann Lee from Elm and Bo Ek (Oak) - Nets", Some(Side::Left), "Ann Lee (Elm), Bo Ek (Oak)", Some("Nets")),
            ("? - Nets", Some(Side::Left), "", Some("Nets")),
            ("Zoë - Nets", Some(Side::Left), "Zoë", Some("Nets")),
        ] {
            let spoken = people.spoken(line, side).unwrap_or_else(|| panic!("{line}"));
            let mut talk = crate::domain::Talk::new("", crate::domain::Place::of("x".as_ref()));
            talk.speakers = spoken.speakers;
            assert_eq!((talk.by_line().as_str(), spoken.title.as_deref()), (names, title), "{line}");
        }
        for line in ["Nets of steel", "Step by step", "Questions on nets", "Live Demo - Part 1", "The end (for now)"] {
            assert_eq!(people.spoken(line, Some(Side::Left)), None, "{line}");
        }
    }
}
