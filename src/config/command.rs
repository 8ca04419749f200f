//! Settings that are commands: `open` and `player`.

use super::parse::Text;
use crate::domain::{Place, Problem};
use crate::open::{PLACES, Template, TemplateError};
use crate::text::did_you_mean;
use toml::Spanned;
use toml::de::DeValue;

/// A setting whose value is a command.
pub(super) struct Setting {
    key: &'static str,
    /// How it is written.
    example: &'static str,
    /// What to do instead of handing a link to another machine.
    instead_of_remote: &'static str,
}

/// What opens links.
pub(super) const OPEN: Setting = Setting {
    key: "open",
    example: "[\"firefox\", \"{url}\"]",
    instead_of_remote: "leave it out: over SSH the link is copied to your own clipboard and shown",
};

/// What plays talks.
pub(super) const PLAYER: Setting =
    Setting { key: "player", example: "[\"mpv\", \"--fs\"]", instead_of_remote: "name a player of this machine" };

impl Setting {
    /// The command. A place in it that means nothing costs nothing else.
    pub fn read(&self, text: &Text, place: Place, value: &Spanned<DeValue>, problems: &mut Vec<Problem>) -> Option<Template> {
        let Setting { key, example, .. } = self;
        let Some(words) = words(value) else {
            problems.push(Problem::error(place, format!("`{key}` is no list of words")).hint(format!("write it as {key} = {example}")));
            return None;
        };
        let template = match Template::new(words) {
            Ok(template) => template,
            Err(error) => {
                problems.push(Problem::error(place, format!("`{key}` {error}")).hint(self.instead_of(&error)));
                return None;
            }
        };
        for name in template.unknown_places() {
            let at = word_place(text, value, name);
            problems.push(Problem::warning(at, format!("unknown place `{{{name}}}` in `{key}`")).hint(meant(name)));
        }
        Some(template)
    }

    fn instead_of(&self, error: &TemplateError) -> String {
        let Setting { key, example, instead_of_remote } = self;
        match error {
            TemplateError::Script { .. } => format!("write it as {key} = [\"sh\", \"-c\", \"mpv \\\"$1\\\"\", \"sh\", \"{{url}}\"]"),
            TemplateError::Remote(_) => (*instead_of_remote).to_owned(),
            TemplateError::Empty | TemplateError::Control => format!("write it as {key} = {example}"),
        }
    }
}

/// The place that may have been meant by a name that is none.
fn meant(name: &str) -> String {
    match did_you_mean(name, PLACES) {
        Some(near) => format!("did you mean `{{{near}}}`?"),
        None => format!("known are: {}", PLACES.map(|place| format!("{{{place}}}")).join(", ")),
    }
}

/// Where the word begins in which a place stands.
fn word_place(text: &Text, list: &Spanned<DeValue>, name: &str) -> Place {
    let words = list.get_ref().as_array().into_iter().flat_map(|items| items.iter());
    let braced = format!("{{{name}}}");
    let mut holding = words.filter(|word| word.get_ref().as_str().is_some_and(|word| word.contains(&braced)));
    holding.next().map_or_else(|| text.place(list), |word| text.place(word))
}

/// A list of texts that is not empty.
fn words(value: &Spanned<DeValue>) -> Option<Vec<String>> {
    let DeValue::Array(items) = value.get_ref() else { return None };
    let words: Option<Vec<String>> = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
    words.filter(|w| w.first().is_some_and(|program| !program.is_empty()))
}
