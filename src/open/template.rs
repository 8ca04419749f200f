//! The user's own command: words with places in them that a talk fills.

use super::Target;
use super::code::{self, Danger};
use super::launch::Launch;
use crate::domain::Cue;
use crate::text::clean_line;

/// What can stand in the words.
pub const PLACES: [&str; 5] = ["url", "video_url", "start", "end", "title"];

/// Why some words are no command: what stands behind the name of the setting that they were read from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// There is no program.
    #[error("names no program")]
    Empty,
    /// A control character that no program can be given.
    #[error("holds a control character")]
    Control,
    /// A place where a program would read what a title or a link says as code, or as the name of what it is to run.
    #[error("has `{{{place}}}` where {by} would run what stands for it")]
    Script {
        /// The place.
        place: &'static str,
        /// The program.
        by: String,
    },
    /// A program that hands its arguments to a shell on another machine.
    #[error("has {0} hand the link to a shell on another machine, which would read it as code")]
    Remote(String),
}

/// A command with places in it. The first word is the program, and is taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<String>);

impl Template {
    /// A command of some words.
    ///
    /// # Errors
    /// There is no program among them, or one of them would run what a place stands for.
    pub fn new(words: Vec<String>) -> Result<Template, TemplateError> {
        if words.first().is_none_or(|program| program.trim().is_empty()) {
            return Err(TemplateError::Empty);
        }
        // A script may have lines.
        if words.iter().any(|word| word.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))) {
            return Err(TemplateError::Control);
        }
        let command = Template(words);
        match command.danger() {
            Some(error) => Err(error),
            None => Ok(command),
        }
    }

    /// What a talk says would be run.
    fn danger(&self) -> Option<TemplateError> {
        let place = |word: &str| pieces(word).into_iter().find_map(Piece::known);
        let mut words: Vec<&str> = self.0.iter().map(String::as_str).collect();
        // A link that has no place of its own goes behind.
        words.extend((!self.places_link()).then_some("{url}"));
        let shown = |program| clean_line(program).into_owned();
        match code::danger(&words, |word| place(word).is_some())? {
            Danger::Run { word, by } => Some(TemplateError::Script { place: place(word).expect("it is filled"), by: shown(by) }),
            Danger::Remote(by) => Some(TemplateError::Remote(shown(by))),
        }
    }

    /// Is there a place for either link?
    fn places_link(&self) -> bool {
        let leads = |piece: &Piece| matches!(piece, Piece::Place("url" | "video_url"));
        self.0.iter().skip(1).any(|word| pieces(word).iter().any(leads))
    }

    /// The program.
    pub fn program(&self) -> &str {
        &self.0[0]
    }

    /// The program and what stands behind it, as they were written.
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// The program's name, to be shown: without its folder, and without the ending that programs have on Windows.
    pub fn name(&self) -> String {
        clean_line(code::file_name(self.program())).into_owned()
    }

    /// The words behind the program that are the same whatever it is started for.
    pub fn plain_words(&self) -> impl Iterator<Item = &str> {
        let is_plain = |word: &&String| !pieces(word).into_iter().any(|piece| piece.known().is_some());
        self.0.iter().skip(1).filter(is_plain).map(String::as_str)
    }

    /// Places that mean nothing, without their braces. They reach the program as they are written.
    pub fn unknown_places(&self) -> Vec<&str> {
        let pieces = self.0.iter().skip(1).flat_map(|word| pieces(word));
        let unknown = pieces.filter_map(|piece| if let Piece::Place(name) = piece { Some(name) } else { None });
        unknown.filter(|name| !PLACES.contains(name)).collect()
    }

    /// The command for a target. Without a place for either link, the one that is to be `behind` stands behind the words.
    ///
    /// What a place stands for is one argument, or part of one, on one line. A word whose place has no value is left out:
    /// `--end={end}` goes where no end is known. Where a value stands at the head of a word, its leading dashes are left out,
    /// so that no title is taken for an option.
    pub fn fill(&self, target: &Target, behind: &str) -> Launch {
        let mut arguments: Vec<String> = self.0.iter().skip(1).filter_map(|word| filled(word, target)).collect();
        if !self.places_link() {
            arguments.push(behind.to_owned());
        }
        Launch::new(self.program(), arguments)
    }
}

/// A piece of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// Goes to the program as it is.
    Text(&'a str),
    /// A name in braces, whether it means something or not.
    Place(&'a str),
}

impl Piece<'_> {
    fn known(self) -> Option<&'static str> {
        let Piece::Place(name) = self else { return None };
        PLACES.into_iter().find(|place| *place == name)
    }
}

/// A word in pieces. Only lower-case names in braces are places: `{}` and `{print $1}` are somebody else's.
fn pieces(word: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut text = 0;
    for (open, _) in word.match_indices('{') {
        let Some(length) = word[open..].find('}') else { break };
        let name = &word[open + 1..open + length];
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if open >= text && is_name {
            pieces.extend([Piece::Text(&word[text..open]), Piece::Place(name)]);
            text = open + length + 1;
        }
    }
    pieces.push(Piece::Text(&word[text..]));
    pieces.retain(|piece| *piece != Piece::Text(""));
    pieces
}

/// A word with what the target has for its places; `None` where it has nothing for one of them.
fn filled(word: &str, target: &Target) -> Option<String> {
    let mut out = String::new();
    for piece in pieces(word) {
        match (piece, piece.known()) {
            (_, Some(place)) => {
                let value = value(place, target)?;
                let value = if out.is_empty() { value.trim_start_matches(['-', ' ']) } else { &value };
                if value.is_empty() {
                    return None;
                }
                out.push_str(value);
            }
            (Piece::Text(text), None) => out.push_str(text),
            (Piece::Place(unknown), None) => out.extend(["{", unknown, "}"]),
        }
    }
    Some(out)
}

fn value(place: &str, target: &Target) -> Option<String> {
    let seconds = |cue: Option<Cue>| cue.map(|cue| cue.seconds().to_string());
    match place {
        "url" => Some(target.url.clone()),
        "video_url" => Some(target.video_url.clone()),
        "start" => seconds(target.start),
        "end" => seconds(target.end),
        _ => Some(clean_line(&target.title).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn target(title: &str) -> Target {
        Target {
            url: "https://a.example/v?x=1&t=60".into(),
            video_url: "https://a.example/v?x=1".into(),
            start: Cue::parse("1:00").ok(),
            end: None,
            title: title.into(),
        }
    }

    fn template(words: &[&str]) -> Result<Template, TemplateError> {
        Template::new(words.iter().map(|word| (*word).to_owned()).collect())
    }

    fn filled(words: &[&str], title: &str) -> String {
        format!("{:?}", template(words).expect("a command").fill(&target(title), "https://a.example/v?x=1&t=60"))
    }

    #[test]
    fn places_are_filled_and_what_has_no_value_is_left_out() {
        let words = ["mpv", "--start={start}", "--end={end}", "--title={title}", "{video_url}"];
        assert_eq!(filled(&words, "A; $(b) \"c\""), r#"["mpv", "--start=60", "--title=A; $(b) \"c\"", "https://a.example/v?x=1"]"#);
        assert_eq!(
            filled(&["mpv", "{end}", "{}", "{Url}", "{nope}"], ""),
            r#"["mpv", "{}", "{Url}", "{nope}", "https://a.example/v?x=1&t=60"]"#
        );
        assert_eq!(filled(&["b", "x{url}y{url}"], ""), r#"["b", "xhttps://a.example/v?x=1&t=60yhttps://a.example/v?x=1&t=60"]"#);
    }

    #[test]
    fn no_title_is_an_option_or_more_than_a_line() {
        assert_eq!(filled(&["b", "{url}", "{title}"], "--force and $(x)"), r#"["b", "https://a.example/v?x=1&t=60", "force and $(x)"]"#);
        assert_eq!(filled(&["b", "{url}", "{title}"], "- -\n--"), r#"["b", "https://a.example/v?x=1&t=60"]"#);
        assert_eq!(filled(&["b", "{url}", "--t={title}"], "-x\n\0y"), r#"["b", "https://a.example/v?x=1&t=60", "--t=-x ␀y"]"#);
        // What a title says is no place.
        assert_eq!(filled(&["b", "{url}", "{title}"], "{url} {end}"), r#"["b", "https://a.example/v?x=1&t=60", "{url} {end}"]"#);
    }

    #[test]
    fn nothing_is_put_into_a_script() {
        // A link that has no place of its own is one of the words too.
        for words in [&["env", "sh", "-c", "echo {title}"][..], &["sh", "-c"], &["nice", "env"]] {
            assert!(matches!(template(words), Err(TemplateError::Script { .. })), "{words:?}");
        }
        assert_eq!(
            template(&["sh", "-c", "mpv {url}"]).expect_err("a script").to_string(),
            "has `{url}` where sh would run what stands for it"
        );
        for words in [&["sh", "-c", "mpv \"$1\"", "sh", "{url}"][..], &["sh", "-c", "mpv \"$1\"", "sh"], &["sh", "-c", "{}", "sh", "{url}"]]
        {
            assert!(template(words).is_ok(), "{words:?}");
        }
        assert_eq!(template(&["/usr/bin/ssh", "laptop", "open"]), Err(TemplateError::Remote("/usr/bin/ssh".into())));
        assert_eq!(template(&[]), Err(TemplateError::Empty));
        assert_eq!(template(&[" "]), Err(TemplateError::Empty));
        assert_eq!(template(&["a\0b"]), Err(TemplateError::Control));
    }

    #[test]
    fn what_is_the_same_for_every_target_is_known() {
        let template = template(&["/opt/mpv.EXE", "--fs", "--start={start}", "{nope}", "x{url}y", "--title=a"]).expect("a command");
        assert_eq!((template.name().as_str(), template.plain_words().collect::<Vec<_>>()), ("mpv", vec!["--fs", "{nope}", "--title=a"]));
    }

    #[test]
    fn places_that_mean_nothing_are_known() {
        let template = template(&["mpv", "{urls}", "--s={start}{stat}", "{}"]).expect("a command");
        assert_eq!(template.unknown_places(), ["urls", "stat"]);
    }

    proptest! {
        #[test]
        fn no_argument_is_an_option_unless_the_user_wrote_it(title in "\\PC{0,20}", word in "[{}a-z_ =]{0,12}\\{title\\}[{}a-z]{0,5}") {
            let launch = template(&["b", &word]).expect("a command").fill(&target(&title), "https://a.example/v");
            prop_assert!(launch.arguments().iter().all(|word| !word.to_string_lossy().starts_with('-')), "{:?}", launch);
            prop_assert!(launch.arguments().iter().all(|word| !word.to_string_lossy().contains(['\n', '\0', '\u{1b}'])), "{:?}", launch);
        }
    }
}
