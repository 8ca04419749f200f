//! What a talk is recorded in, if it is.

use super::shape::{Notes, said};
use super::videos::Video;
use crate::domain::{Link, Problem, Recording, Status, link};

/// A recording, or why there is none.
#[derive(Debug, Clone, Default)]
pub struct Media {
    /// The video.
    pub recording: Option<Recording>,
    /// Whether there is one to expect.
    pub status: Status,
    /// Is it the one of the recording that this is a part of?
    pub inherited: bool,
}

impl Media {
    /// What an entry says of its own recording; one in its parent's takes after that.
    pub fn of(video: &Video, path: &str, parent: Option<&Media>, notes: &mut Notes) -> Media {
        let provider = said(video.provider.as_ref()).unwrap_or_default();
        let mut media = match provider {
            "parent" => inherit(parent, path, notes),
            "scheduled" => Media { status: Status::Scheduled, ..Media::default() },
            "not_recorded" => Media { status: Status::NotRecorded, ..Media::default() },
            "not_published" => Media { status: Status::NotPublished, ..Media::default() },
            "children" => Media::default(),
            _ => Media { recording: recording(provider, video, path, notes), ..Media::default() },
        };
        if said(video.status.as_ref()) == Some("cancelled") {
            media.status = Status::Cancelled;
        }
        media
    }
}

fn inherit(parent: Option<&Media>, path: &str, notes: &mut Notes) -> Media {
    let media = parent.cloned().unwrap_or_default();
    // Why a scheduled recording is none needs no telling.
    if media.recording.is_none() && media.status == Status::Recorded {
        notes.add(format!("{path}/video_provider"), |at| {
            let problem = Problem::warning(at, "the talk lies in its parent's recording, but that has none");
            problem.hint("give the parent a `video_provider` and `video_id`, or say `not_recorded` or `not_published`")
        });
    }
    Media { inherited: true, ..media }
}

/// The recording of a provider, by its id there. What cannot be read is told.
fn recording(provider: &str, video: &Video, path: &str, notes: &mut Notes) -> Option<Recording> {
    let id = said(video.code.as_ref());
    let found = id.and_then(|id| by_id(provider, id));
    let known = matches!(provider, "youtube" | "vimeo" | "mp4");
    if found.is_some() && known {
        return found;
    }
    let at = |key: &str| format!("{path}/{key}");
    if known {
        let message = format!("`{}` is no video of {provider}", id.unwrap_or_default());
        notes.add(at("video_id"), |at| Problem::error(at, message).hint("write its id as the provider does; an mp4's is its address"));
    } else if !provider.is_empty() {
        let message = format!("`{provider}` is no known provider of videos");
        let hint = "one of: youtube, vimeo, mp4, parent, children, scheduled, not_recorded, not_published";
        notes.add(at("video_provider"), |at| Problem::warning(at, message).hint(hint));
    } else if found.is_none() && id.is_some() {
        notes.add(at("video_id"), |at| Problem::warning(at, "the video has no `video_provider`").hint("say who serves it: youtube"));
    }
    found.or_else(|| address(said(video.external_player_url.as_ref())?))
}

/// A video by its provider and the provider's id. Ids that are addresses tell themselves what they are.
pub fn by_id(provider: &str, id: &str) -> Option<Recording> {
    if link::is_web_address(id) {
        return address(id);
    }
    let prefix = match provider {
        "youtube" => "https://youtu.be/",
        "vimeo" => "https://vimeo.com/",
        _ => return None,
    };
    Link::parse(&format!("{prefix}{id}")).ok().map(|link| link.recording)
}

fn address(url: &str) -> Option<Recording> {
    Link::parse(url).ok().map(|link| link.recording).or_else(|| Recording::page(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_addresses_are_videos() {
        for (provider, id, url) in [
            ("youtube", "abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"),
            ("youtube", "https://youtu.be/abcdefghijk?t=4", "https://www.youtube.com/watch?v=abcdefghijk"),
            ("vimeo", "123", "https://vimeo.com/123"),
            ("vimeo", "123/0fa1", "https://vimeo.com/123/0fa1"),
            ("mp4", "https://a.example/b.mp4", "https://a.example/b.mp4"),
            ("mp4", "https://a.example/watch", "https://a.example/watch"),
        ] {
            assert_eq!(by_id(provider, id).map(|recording| recording.url()).as_deref(), Some(url));
        }
        for (provider, id) in [("youtube", "short"), ("vimeo", "x"), ("mp4", "b.mp4"), ("peertube", "abcdefghijk"), ("youtube", "")] {
            assert_eq!(by_id(provider, id), None, "{provider} {id}");
        }
    }
}
