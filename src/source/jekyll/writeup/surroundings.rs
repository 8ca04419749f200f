//! What a post says of the evening beside its talks: sponsors, host, venue.

use super::super::body::Block;
use super::super::people::Reader;
use super::super::sentence;
use super::super::sponsors;
use super::super::tokens::tokens;
use super::{Reading, paragraph};
use crate::domain::Labelled;

impl Reading<'_> {
    pub(super) fn sponsors(&mut self, all: &[Block]) -> Vec<Labelled> {
        let mut found: Vec<Labelled> = Vec::new();
        for block in all {
            let Some(prose) = paragraph(block) else { continue };
            let sponsors = sponsors::read(prose);
            if !sponsors.is_empty() {
                self.repairs(prose, block.at);
            }
            for sponsor in sponsors {
                if !found.iter().any(|s| s.label == sponsor.label) {
                    found.push(sponsor);
                }
            }
        }
        found
    }

    /// `hosted by NAME`: in the text, else in the title, else in the description, which is often copied from month to month.
    pub(super) fn host(&self, all: &[Block]) -> Option<String> {
        let texts = all.iter().filter_map(paragraph).map(|p| p.text.as_str());
        let heads = [self.post.title.as_str(), self.post.description.as_deref().unwrap_or_default()];
        texts.chain(heads).find_map(|text| {
            let at = text.find("hosted by ")? + "hosted by ".len();
            let words = tokens(&text[at..]);
            let end = words.iter().position(|t| !t.is_name_word() && !t.is_particle()).unwrap_or(words.len());
            let end = words[..end].iter().position(|t| !t.flows_on()).map_or(end, |i| i + 1);
            let is_company = self.lexicon.at_start(&text[at..]).is_some();
            (end >= 2 && !is_company).then(|| text[at..at + words[end - 1].end].to_owned())
        })
    }

    /// `at the NAME offices`, `at NAME, our new venue`, `our meetup at NAME`.
    pub(super) fn venue(&self, all: &[Block]) -> Option<String> {
        all.iter().filter_map(paragraph).take_while(|p| !sentence::tells_second(p)).find_map(|prose| {
            let words = tokens(&prose.text);
            let reader = Reader { text: &prose.text, tokens: &words, lexicon: &self.lexicon, roster: &self.roster };
            (0..words.len()).find_map(|i| venue_at(&reader, i))
        })
    }
}

/// The venue named behind the word `i`, if one is.
fn venue_at(reader: &Reader, i: usize) -> Option<String> {
    let is_house = |word: &str| matches!(word.to_lowercase().as_str(), "offices" | "office" | "event" | "venue" | "headquarters" | "hq");
    let words = reader.tokens;
    let led = words[i].word == "at" || (words[i].word == "venue" && words[i].trail == ",");
    let (name, after) = if led { reader.company_after(i + 1)? } else { return None };
    let known = reader.lexicon.at_start(&name).is_some();
    let name = if known { name } else { without_praise(&name).to_owned() };
    let (name, named_house) = match name.rsplit_once(' ') {
        Some((short, last)) if is_house(last) => (short.to_owned(), true),
        _ => (name, false),
    };
    let house = named_house || words.get(after).is_some_and(|t| is_house(t.word));
    let apposition = words.get(after..after + 3).is_some_and(|w| w[0].word == "our" && w[1..].iter().any(|t| t.word == "venue"));
    let ends = words.get(after).is_none() || !words[after - 1].trail.is_empty();
    let gathered = i > 0 && matches!(words[i - 1].word, "meetup" | "room" | "crowd" | "evening") && ends;
    (house || apposition || gathered).then_some(name)
}

/// `fabulous Thought Machine` is a house called `Thought Machine`; a name that is all in small letters stays whole.
fn without_praise(name: &str) -> &str {
    let capital = name.split_whitespace().find(|word| word.starts_with(char::is_uppercase));
    capital.and_then(|word| Some(&name[name.find(word)?..])).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_venue_is_named_without_praise() {
        assert_eq!(without_praise("fabulous Thought Machine"), "Thought Machine");
        assert_eq!(without_praise("Just Eat"), "Just Eat");
        assert_eq!(without_praise("mnemonic"), "mnemonic");
    }
}
