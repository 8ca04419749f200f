//! What a talk is about: all that is told of it beyond its row. Of a talk that was kept it is read only when somebody looks.

use super::cue::Cue;
use super::event::Labelled;
use super::problem::Place;
use super::talk::Chapter;
use crate::stored::Later;
use std::sync::OnceLock;

/// What a talk is about, and what goes with it. Many talks of a large archive have none of that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// What it taught, a line each (inline Markdown).
    pub takeaways: Vec<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Address of the slides, as written.
    pub slides: Option<String>,
    /// The chapters inside it, in the order of their cues.
    pub chapters: Vec<Chapter>,
    /// Further reading.
    pub resources: Vec<Labelled>,
    /// Free words.
    pub tags: Vec<String>,
    /// The start as it is printed beside the link, where the two disagree. The link's is in the talk's span.
    pub printed_start: Option<Cue>,
    /// Where else the same talk was read, in the order of the sources.
    pub also: Vec<Place>,
}

impl About {
    const fn nothing() -> About {
        About {
            takeaways: Vec::new(),
            description: None,
            slides: None,
            chapters: Vec::new(),
            resources: Vec::new(),
            tags: Vec::new(),
            printed_start: None,
            also: Vec::new(),
        }
    }

    /// What goes with the talk, in short.
    pub fn outline(&self) -> Outline {
        Outline { takeaways: !self.takeaways.is_empty(), slides: self.slides.is_some(), printed_start: self.printed_start.is_some() }
    }
}

static NOTHING: About = About::nothing();

/// What goes with a talk: as much as is asked of every talk of a large archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outline {
    /// It has takeaways.
    pub takeaways: bool,
    /// It has slides.
    pub slides: bool,
    /// Its start is printed otherwise than the link has it.
    pub printed_start: bool,
}

/// What a talk is about as it was kept, and how that is read: most talks of a large archive are never looked at.
#[derive(Debug, Clone)]
pub struct Kept {
    bytes: Later,
    outline: Outline,
    read: fn(&[u8]) -> Option<About>,
    seen: OnceLock<Box<About>>,
}

impl Kept {
    /// What some bytes mean to whoever reads them; nothing, if they mean nothing to it.
    pub fn new(bytes: Later, outline: Outline, read: fn(&[u8]) -> Option<About>) -> Kept {
        Kept { bytes, outline, read, seen: OnceLock::new() }
    }

    fn read(&self) -> Box<About> {
        Box::new(self.bytes.read().and_then(|bytes| (self.read)(&bytes)).unwrap_or_default())
    }
}

/// How a talk holds it.
#[derive(Debug, Clone)]
pub(super) enum Held {
    Nothing,
    Here(Box<About>),
    Kept(Box<Kept>),
}

impl Held {
    pub fn get(&self) -> &About {
        match self {
            Held::Nothing => &NOTHING,
            Held::Here(about) => about,
            Held::Kept(kept) => kept.seen.get_or_init(|| kept.read()),
        }
    }

    pub fn glance<T>(&self, look: impl FnOnce(&About) -> T) -> T {
        match self {
            Held::Kept(kept) if kept.seen.get().is_none() => look(&kept.read()),
            _ => look(self.get()),
        }
    }

    pub fn outline(&self) -> Outline {
        match self {
            Held::Kept(kept) => kept.outline,
            _ => self.get().outline(),
        }
    }

    pub fn get_mut(&mut self) -> &mut About {
        if !matches!(self, Held::Here(_)) {
            *self = Held::Here(Box::new(self.take()));
        }
        let Held::Here(about) = self else { unreachable!("it was put here just now") };
        about
    }

    pub fn take(&mut self) -> About {
        match std::mem::replace(self, Held::Nothing) {
            Held::Nothing => About::default(),
            Held::Here(about) => *about,
            Held::Kept(mut kept) => *kept.seen.take().unwrap_or_else(|| kept.read()),
        }
    }
}

/// However it is held.
impl PartialEq for Held {
    fn eq(&self, other: &Held) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Held {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::{Reader, Writer};

    fn later(bytes: &[u8]) -> Later {
        let mut to = Writer::default();
        to.later(bytes);
        Reader::new(&to.into_bytes()).and_then(|mut from| from.later()).expect("what was written")
    }

    fn tagged(bytes: &[u8]) -> Option<About> {
        let tag = String::from_utf8(bytes.to_vec()).ok()?;
        Some(About { tags: vec![tag], ..About::default() })
    }

    fn kept(bytes: &[u8]) -> Held {
        Held::Kept(Box::new(Kept::new(later(bytes), Outline::default(), tagged)))
    }

    fn is_read(held: &Held) -> bool {
        matches!(held, Held::Kept(kept) if kept.seen.get().is_some())
    }

    #[test]
    fn it_is_read_when_somebody_looks() {
        let held = kept(b"rust");
        assert_eq!((held.outline(), held.glance(|about| about.tags.clone())), (Outline::default(), vec!["rust".to_owned()]));
        assert!(!is_read(&held));
        assert_eq!(held.get().tags, ["rust"]);
        assert!(is_read(&held));
        assert_eq!(held, Held::Here(Box::new(tagged(b"rust").expect("a tag"))));
    }

    #[test]
    fn bytes_without_a_meaning_say_nothing() {
        assert_eq!((kept(b"\xff"), kept(b"\xff").take()), (Held::Nothing, About::default()));
    }

    #[test]
    fn what_was_kept_can_be_added_to() {
        let mut held = kept(b"rust");
        held.get_mut().slides = Some("https://example.org/s".into());
        assert_eq!((held.get().tags.as_slice(), held.outline().slides), (&["rust".to_owned()][..], true));
    }
}
