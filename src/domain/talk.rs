//! Talks: one presentation at an event.

use super::about::{About, Held, Kept, Outline};
use super::cue::{Cue, Span};
use super::link::Recording;
use super::problem::Place;
use super::provenance::{Field, Origin, Provenance};

/// A person presenting, with the company they came from *at that talk*: people change jobs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// As printed.
    pub name: String,
    /// As printed, where one was given.
    pub company: Option<String>,
}

/// What a piece of a by-line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A speaker's name.
    Name,
    /// A company.
    Company,
    /// What stands between them.
    Between,
}

/// What sort of presentation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// The usual.
    #[default]
    Talk,
    /// Opens or closes a gathering for everyone.
    Keynote,
    /// A few minutes.
    LightningTalk,
    /// Several people in conversation.
    Panel,
    /// Hands-on.
    Workshop,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 5] = [Kind::Talk, Kind::Keynote, Kind::LightningTalk, Kind::Panel, Kind::Workshop];

    /// The name in files and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Talk => "talk",
            Kind::Keynote => "keynote",
            Kind::LightningTalk => "lightning talk",
            Kind::Panel => "panel",
            Kind::Workshop => "workshop",
        }
    }
}

/// Whether there is a recording to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// It took place; a recording exists or may exist.
    #[default]
    Recorded,
    /// It took place, but the source says that no recording was made.
    NotRecorded,
    /// It took place and was recorded, but nobody published the recording.
    NotPublished,
    /// It was announced, and the source does not know yet what became of it.
    Scheduled,
    /// It did not take place.
    Cancelled,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 5] = [Status::Recorded, Status::NotRecorded, Status::NotPublished, Status::Scheduled, Status::Cancelled];

    /// The name in files and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Status::Recorded => "recorded",
            Status::NotRecorded => "not recorded",
            Status::NotPublished => "not published",
            Status::Scheduled => "scheduled",
            Status::Cancelled => "cancelled",
        }
    }
}

/// A titled cue inside a talk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Chapter {
    /// Where in the recording it begins.
    pub start: Cue,
    /// What it is called.
    pub title: String,
}

/// That texts were looked through. It says nothing of what they say: all are equal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Harmless(bool);

impl PartialEq for Harmless {
    fn eq(&self, _: &Harmless) -> bool {
        true
    }
}

impl Eq for Harmless {}

/// One presentation at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// Stable name, unique in a catalogue; empty until the catalogue gives one, unless the source did.
    pub id: String,
    /// Index of its event in the catalogue; meaningless in a draft.
    pub event: usize,
    /// As printed.
    pub title: String,
    /// In the order of the source.
    pub speakers: Vec<Speaker>,
    /// Start and end in the recording.
    pub span: Span,
    /// The video it lies in: its own, or its event's.
    pub recording: Option<Recording>,
    /// BCP 47, where known.
    pub language: Option<String>,
    /// What sort of presentation it is.
    pub kind: Kind,
    /// Whether there is a recording to expect.
    pub status: Status,
    /// Where each value came from.
    pub provenance: Provenance,
    /// Where it was read.
    pub source: Place,
    /// Whether it was made harmless already.
    pub(super) harmless: Harmless,
    /// Held apart, and not at all where there is nothing to hold: there may be a million talks.
    about: Held,
}

impl Talk {
    /// A talk of which only the title is known.
    pub fn new(title: impl Into<String>, source: Place) -> Talk {
        Talk {
            id: String::new(),
            event: 0,
            title: title.into(),
            speakers: Vec::new(),
            span: Span::default(),
            recording: None,
            language: None,
            kind: Kind::default(),
            status: Status::default(),
            provenance: Provenance::default(),
            source,
            harmless: Harmless::default(),
            about: Held::Nothing,
        }
    }

    /// Takes out of its texts what could steer a terminal, which is done once to each talk; whether that was needed. Texts that are
    /// put into it later must be harmless already.
    pub fn make_harmless(&mut self) -> bool {
        !self.is_harmless() && super::catalogue::clean::clean_talk(self)
    }

    /// Was that done?
    pub fn is_harmless(&self) -> bool {
        self.harmless.0
    }

    /// Believes that it was, of a talk that was kept after that.
    pub fn believe_harmless(&mut self) {
        self.harmless = Harmless(true);
    }

    /// What it is about, and what goes with it. It stays in memory once it was asked for: who looks at every talk takes a
    /// [`Talk::glance`].
    pub fn about(&self) -> &About {
        self.about.get()
    }

    /// Looks at what it is about, and leaves nothing in memory that was not there before.
    pub fn glance<T>(&self, look: impl FnOnce(&About) -> T) -> T {
        self.about.glance(look)
    }

    /// What goes with it, without a look at that.
    pub fn outline(&self) -> Outline {
        self.about.outline()
    }

    /// What it is about, to add to. It makes room for all of it: ask for it only when there is something to add.
    pub fn about_mut(&mut self) -> &mut About {
        self.about.get_mut()
    }

    /// Says anew what it is about; that takes no room where there is nothing to say.
    pub fn set_about(&mut self, about: About) {
        self.about = if about == About::default() { Held::Nothing } else { Held::Here(Box::new(about)) };
    }

    /// Takes away what it is about.
    pub fn take_about(&mut self) -> About {
        self.about.take()
    }

    /// Says what it is about by what was kept of it.
    pub fn set_kept_about(&mut self, kept: Kept) {
        self.about = Held::Kept(Box::new(kept));
    }

    /// The link that opens the talk at its own second; from the recording's start where no cue is known.
    pub fn url(&self) -> Option<String> {
        if self.status != Status::Recorded {
            return None;
        }
        Some(self.recording.as_ref()?.url_at(self.span.start))
    }

    /// What a person must know who expects to land on the talk's first second.
    pub fn landing_remark(&self) -> Option<String> {
        match (self.span.start, &self.recording) {
            // A video that its source gives to this very talk begins with it.
            (None, Some(_)) if self.provenance.get(Field::Recording) == Some(Origin::Stated) => None,
            (None, Some(_)) => Some("it opens at the recording's start, since no cue is known".to_owned()),
            (Some(start), Some(recording)) if !recording.takes_cue() => Some(format!("the page takes no cue: the talk begins at {start}")),
            _ => None,
        }
    }

    /// The speakers' companies, each once, in order.
    pub fn companies(&self) -> Vec<&str> {
        let mut companies = Vec::new();
        for company in self.speakers.iter().filter_map(|s| s.company.as_deref()) {
            if !companies.contains(&company) {
                companies.push(company);
            }
        }
        companies
    }

    /// `Ann Lee, Bo Ek (Tide), Cy Orr (Rope)`: who gave it, a company behind the last of its people in a row.
    pub fn by_line(&self) -> String {
        self.by_line_parts().map(|(_, text)| text).collect()
    }

    /// The same in pieces, for those who set names and companies off.
    pub fn by_line_parts(&self) -> impl Iterator<Item = (Part, &str)> {
        self.speakers.iter().enumerate().flat_map(|(i, speaker)| {
            let next = self.speakers.get(i + 1).and_then(|s| s.company.as_deref());
            let company = speaker.company.as_deref().filter(|company| next != Some(*company));
            let behind = company.map(|company| [(Part::Between, " ("), (Part::Company, company), (Part::Between, ")")]);
            let comma = (i > 0).then_some((Part::Between, ", "));
            comma.into_iter().chain([(Part::Name, speaker.name.as_str())]).chain(behind.into_iter().flatten())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_stands_once_behind_its_people() {
        let mut talk = Talk::new("T", Place::of("x".as_ref()));
        let with = |name: &str, company: Option<&str>| Speaker { name: name.into(), company: company.map(Into::into) };
        talk.speakers = vec![with("Ann", Some("A")), with("Bo", Some("A")), with("Cy", None), with("Di", Some("D"))];
        assert_eq!(talk.by_line(), "Ann, Bo (A), Cy, Di (D)");
    }

    #[test]
    fn nothing_to_say_takes_no_room() {
        let mut talk = Talk::new("T", Place::of("x".as_ref()));
        talk.set_about(About::default());
        assert!(*talk.about() == About::default() && matches!(talk.about, Held::Nothing));
        talk.about_mut().tags.push("rust".into());
        assert_eq!(talk.about().tags, ["rust"]);
        #[cfg(target_pointer_width = "64")]
        assert!(size_of::<Talk>() <= 200, "{}", size_of::<Talk>());
    }
}
