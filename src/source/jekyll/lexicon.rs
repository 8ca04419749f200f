//! The companies that a post names outside its talks: in its title, its description, its opening and among the sponsors.
//!
//! Prose gives no other sign of where a company's name ends (`Kasten by Veeam kicking us off`) or that a word in small
//! letters is one (`driftctl discussing`).

/// Names of companies, longest first.
#[derive(Debug, Default)]
pub struct Lexicon {
    names: Vec<String>,
    /// Those of the post's own title and description, in their order: whose talks are announced.
    announced: Vec<String>,
}

impl Lexicon {
    /// Adds the names in `A, B and C`, as announced by a title or a description.
    pub fn announce(&mut self, list: &str) {
        for name in split_list(list) {
            if !self.announced.contains(&name) {
                self.announced.push(name.clone());
            }
            self.add(name);
        }
    }

    /// Adds one name.
    pub fn add(&mut self, name: String) {
        if !name.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
            self.names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
    }

    /// The length in bytes of the longest name that a text begins with.
    pub fn at_start(&self, text: &str) -> Option<usize> {
        self.names.iter().find_map(|name| prefix_len(text, name))
    }

    /// The announced companies.
    pub fn announced(&self) -> &[String] {
        &self.announced
    }
}

/// Bytes of `text` that are `name` in any case, if it begins with it as whole words.
pub fn prefix_len(text: &str, name: &str) -> Option<usize> {
    let mut end = 0;
    let mut letters = text.char_indices();
    for expected in name.chars() {
        let (at, found) = letters.next()?;
        if !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
        end = at + found.len_utf8();
    }
    (!text[end..].starts_with(char::is_alphanumeric)).then_some(end)
}

/// The names in `A, B, and C`, without articles and without what names nobody.
pub fn split_list(list: &str) -> Vec<String> {
    let list = list.replace(" & more", "").replace(" and ", ", ");
    let mut names: Vec<String> = Vec::new();
    for part in list.split(',').map(tidy).filter(|part| !part.is_empty() && !names_nobody(part)) {
        match names.last_mut() {
            // `UPSIDER, Inc` is one name.
            Some(whole) if is_legal_form(&part) => whole.extend([", ", &part]),
            _ => names.push(part),
        }
    }
    names
}

/// `Inc`, `Ltd.` and their like.
pub fn is_legal_form(name: &str) -> bool {
    matches!(name.trim_end_matches('.'), "Inc" | "Ltd" | "LLC" | "GmbH" | "Corp" | "Co" | "PLC" | "plc" | "Limited")
}

fn tidy(name: &str) -> String {
    let name = name.trim().trim_end_matches(['!', ':', ';']).trim();
    let abbreviated = name.rsplit(' ').next().is_some_and(|word| word.ends_with('.') && is_legal_form(word));
    let name = if abbreviated { name } else { name.trim_end_matches('.') };
    let name = name.strip_prefix("and ").unwrap_or(name);
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    name.trim().to_owned()
}

fn names_nobody(name: &str) -> bool {
    let lower = name.to_lowercase();
    matches!(lower.as_str(), "more" | "others" | "many more" | "much more" | "thank you" | "friends") || lower.starts_with("more ")
}

/// What stands between `from` and the verb in `three speakers from A, B, and C joined us`.
pub fn after_speakers_from(text: &str) -> Option<&str> {
    const ENDS: [&str; 14] =
        [" join", " at our", " at the", " via ", " for ", " who ", " to ", ". ", "! ", ".\n", " in our", " on ", " this ", " - "];
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let at = ["speakers from", "speaker from", "folks from", "talks from", "roundup from", "hear from"]
        .iter()
        .find_map(|m| Some(lower.find(m)? + m.len()))?;
    let rest = &text[at..];
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let list = rest[..end].trim().trim_end_matches(['.', '!']);
    Some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_split() {
        assert_eq!(split_list("Red Hat, driftctl, and the Blue Boat Ltd."), ["Red Hat", "driftctl", "Blue Boat Ltd."]);
        assert_eq!(split_list("Acme and more!"), ["Acme"]);
        assert_eq!(split_list("Solo, UPS, Inc, and Sea DB ."), ["Solo", "UPS, Inc", "Sea DB"]);
        assert_eq!(split_list("A, B, C"), ["A", "B", "C"]);
    }

    #[test]
    fn the_longest_name_wins_and_ends_at_a_word() {
        let mut lexicon = Lexicon::default();
        lexicon.announce("Boat, Boat by Sea and driftctl");
        assert_eq!(lexicon.at_start("boat by Sea kicking"), Some("Boat by Sea".len()));
        assert_eq!(lexicon.at_start("Boats"), None);
        assert_eq!(lexicon.at_start("driftctl discussing"), Some(8));
    }

    #[test]
    fn speakers_from() {
        for (text, list) in [
            ("Three speakers from A, B, and C joined us at our meetup.", "A, B, and C"),
            ("when we'll be joined by speakers from A and B! ", "A and B"),
            ("we'll welcome speakers from A Inc., and B. RSVP", "A Inc., and B"),
        ] {
            assert_eq!(after_speakers_from(text), Some(list));
        }
    }
}
