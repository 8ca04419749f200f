//! One talk.

use super::{Alternative, Parent, Reader, Resource, Video};
use crate::domain::{About, Cue, Field, Kind, Labelled, Origin, Place, Problem, Speaker, Talk};
use crate::source::native::title_from_speakers;
use crate::source::rubyevents::about::tongue;
use crate::source::rubyevents::media::{Media, by_id};
use crate::source::rubyevents::shape::{Text, said};

/// What stands where something is still to be written down.
const TODO: &str = "TODO";

impl Reader {
    /// Reads a talk, unless nothing says what it is called or who gave it.
    pub(super) fn talk(&mut self, video: &Video, path: &str, place: Place, parent: Option<&Parent>) -> Option<Talk> {
        let speakers = self.speakers(video);
        let title = said(video.title.as_ref()).or(said(video.raw_title.as_ref())).and_then(|title| self.keep(title));
        let titled = title.is_some();
        let Some(title) = title.or_else(|| (!speakers.is_empty()).then(|| title_from_speakers(&speakers))) else {
            self.notes.add(path, |at| Problem::error(at, "the talk has no `title`").hint("add `title:`"));
            return None;
        };
        let media = Media::of(video, path, parent.map(|parent| &parent.media), &mut self.notes);
        let mut talk = Talk::new(title, place);
        talk.id = said(video.id.as_ref()).and_then(|id| self.keep(id)).unwrap_or_default();
        talk.speakers = speakers;
        talk.kind = kind(video.kind.as_ref());
        talk.span.start = self.cue(video.start_cue.as_ref(), path, "start_cue");
        talk.span.end = self.cue(video.end_cue.as_ref(), path, "end_cue");
        talk.language = tongue(said(video.language.as_ref()), &format!("{path}/language"), &mut self.notes);
        if talk.language.is_none() {
            talk.language = parent.and_then(|parent| parent.language.clone());
        }
        talk.set_about(About {
            description: said(video.description.as_ref()).and_then(|text| self.keep(text)),
            slides: said(video.slides_url.as_ref()).filter(|url| *url != TODO).and_then(|url| self.keep(url)),
            resources: self.resources(video, &media, parent),
            tags: self.tags(video, parent),
            ..About::default()
        });
        talk.recording = media.recording.filter(|recording| self.spend(recording.id().len()));
        talk.status = media.status;
        set_provenance(&mut talk, titled, media.inherited);
        Some(talk)
    }

    /// The track, and the kind where we have no word of our own for it.
    fn tags(&mut self, video: &Video, parent: Option<&Parent>) -> Vec<String> {
        let track = said(video.track.as_ref()).or(parent.and_then(|parent| parent.track));
        let sort = said(video.kind.as_ref()).filter(|_| kind(video.kind.as_ref()) == Kind::Talk).filter(|kind| *kind != "talk");
        let sort = sort.map(|kind| kind.replace('_', " "));
        track.map(str::to_owned).into_iter().chain(sort).filter(|tag| self.spend(tag.len())).collect()
    }

    /// Who gave it, as far as that is written down already.
    fn speakers(&mut self, video: &Video) -> Vec<Speaker> {
        let names = video.speakers.iter().flatten().filter_map(|name| said(name.as_ref())).filter(|name| *name != TODO);
        names.filter_map(|name| Some(Speaker { name: self.keep(name)?, company: None })).collect()
    }

    /// A cue. One that is still to be found is told, as is what is none.
    fn cue(&mut self, text: Option<&Text>, path: &str, key: &str) -> Option<Cue> {
        let text = said(text)?;
        let error = match Cue::parse(text) {
            Ok(cue) => return Some(cue),
            Err(error) => error,
        };
        self.notes.add(format!("{path}/{key}"), |at| {
            if text == TODO {
                let message = format!("`{key}` is still to be found");
                return Problem::warning(at, message).hint("write the time in the recording, as 4:30, in place of TODO");
            }
            Problem::error(at, format!("`{text}` is no {key}: {error}"))
        });
        None
    }

    /// What else there is: things to read, other recordings, and the whole of a session that was cut into talks.
    fn resources(&mut self, video: &Video, media: &Media, parent: Option<&Parent>) -> Vec<Labelled> {
        let mut resources = Vec::new();
        for resource in video.additional_resources.iter().flatten().flatten() {
            resources.extend(labelled(resource));
        }
        for other in video.alternative_recordings.iter().flatten().flatten() {
            resources.extend(alternative(other));
        }
        if let Some(parent) = parent.filter(|_| !media.inherited)
            && let Some(whole) = &parent.media.recording
        {
            resources.push(Labelled { label: parent.title.unwrap_or("The whole session").to_owned(), url: Some(whole.url()) });
        }
        let size = |link: &Labelled| link.label.len() + link.url.as_deref().map_or(0, str::len);
        resources.retain(|link| self.spend(size(link)));
        resources
    }
}

/// `Transcript: Re-reading the log`, or whichever of the two there is.
fn labelled(resource: &Resource) -> Option<Labelled> {
    let (name, title, url) = (said(resource.name.as_ref()), said(resource.title.as_ref()), said(resource.url.as_ref()));
    let label = match (name, title) {
        (Some(name), Some(title)) if name != title => format!("{name}: {title}"),
        (name, title) => name.or(title).or(url)?.to_owned(),
    };
    Some(Labelled { label, url: url.map(str::to_owned) })
}

/// Another recording, by what is remarked of it.
fn alternative(other: &Alternative) -> Option<Labelled> {
    let provider = said(other.provider.as_ref()).unwrap_or_default();
    let recording = said(other.code.as_ref()).and_then(|id| by_id(provider, id)).map(|recording| recording.url());
    let url = recording.or_else(|| said(other.external_url.as_ref()).map(str::to_owned))?;
    let label = said(other.note.as_ref()).or(said(other.title.as_ref())).unwrap_or("Another recording").to_owned();
    Some(Labelled { label, url: Some(url) })
}

/// The kind of a talk.
fn kind(text: Option<&Text>) -> Kind {
    match said(text) {
        Some("keynote") => Kind::Keynote,
        Some("lightning_talk") => Kind::LightningTalk,
        Some("panel") => Kind::Panel,
        Some("workshop") => Kind::Workshop,
        _ => Kind::Talk,
    }
}

/// What stands in the file is stated; a parent's recording, and a title made of names, follow from what does.
fn set_provenance(talk: &mut Talk, titled: bool, inherited: bool) {
    let derived = |is: bool| if is { Origin::Derived } else { Origin::Stated };
    talk.provenance.set(Field::Title, derived(!titled));
    let present = [
        (Field::Speakers, !talk.speakers.is_empty(), Origin::Stated),
        (Field::Start, talk.span.start.is_some(), Origin::Stated),
        (Field::End, talk.span.end.is_some(), Origin::Stated),
        (Field::Recording, talk.recording.is_some(), derived(inherited)),
    ];
    for (field, _, origin) in present.into_iter().filter(|(_, is, _)| *is) {
        talk.provenance.set(field, origin);
    }
}
