//! The video that front matter names, in the many ways in which sites do that.

use super::super::keys::{Keys, Value};
use crate::domain::link::{LinkError, is_web_address};
use crate::domain::{Labelled, Link, Recording};

/// Keys under which a video is named, the surest first.
const KEYS: [&str; 11] =
    ["media", "recording", "video_url", "youtube_id", "youtubeid", "youtube", "vimeo_id", "vimeo", "video_id", "video", "recording_url"];

/// The video of a post.
#[derive(Debug)]
pub struct Video {
    /// Where it is, and which part of it is meant.
    pub link: Link,
    /// Other addresses of it, or of more.
    pub others: Vec<String>,
}

/// The video, and the key whose value should have been one, with what is wrong with it.
pub fn read(keys: &Keys) -> (Option<Video>, Option<(&'static str, String)>) {
    let mut video: Option<Video> = None;
    let mut trouble = None;
    for key in KEYS {
        for value in keys.get(key).map(Value::items).unwrap_or_default() {
            let provider = value.member(&["provider", "type", "site", "service", "host"]).unwrap_or(key);
            let Some(text) = value.first().or_else(|| value.member(&["url", "link", "src", "id", "video_id"])) else { continue };
            match (link(provider, text), &mut video) {
                (Ok(link), Some(video)) => {
                    if link.recording != video.link.recording && is_web_address(text) && !video.others.iter().any(|o| o == text) {
                        video.others.push(text.to_owned());
                    }
                }
                (Ok(link), none) => *none = Some(Video { link, others: Vec::new() }),
                (Err(error), _) => trouble = trouble.or_else(|| Some((key, format!("`{text}`: {error}")))),
            }
        }
    }
    // Where one value is a video, another that is none was meant otherwise.
    let trouble = trouble.filter(|_| video.is_none());
    (video, trouble)
}

/// Is a video named, wherever the front matter stands? On a page about somebody, `youtube: annlee` is their channel.
pub fn is_sure(keys: &Keys) -> bool {
    KEYS.iter().any(|key| {
        let may_be_channel = matches!(*key, "youtube" | "vimeo" | "media");
        let texts = keys.get(key).map(Value::items).unwrap_or_default().iter().filter_map(Value::first);
        texts.filter(|text| !may_be_channel || is_web_address(text)).any(|text| link(key, text).is_ok())
    })
}

/// A link, or the id that a provider knows a video by, or the page that shows it.
fn link(provider: &str, text: &str) -> Result<Link, LinkError> {
    let error = match Link::parse(text) {
        Ok(link) => return Ok(link),
        Err(error) => error,
    };
    let provider = provider.to_ascii_lowercase();
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if error == LinkError::Scheme && is_number && !provider.contains("youtube") {
        return Link::parse(&format!("https://vimeo.com/{text}"));
    }
    let (id, rest) = text.split_at(text.find(['?', '&', '#']).unwrap_or(text.len()));
    if error == LinkError::Scheme && id.len() == 11 && !provider.contains("vimeo") {
        return Link::parse(&format!("https://www.youtube.com/watch?v={id}&{}", rest.trim_start_matches(['?', '&', '#'])));
    }
    // A channel or a playlist is no page of a talk.
    match Recording::page(text) {
        Some(recording) if error == LinkError::NoRecording && !text.contains("youtube.com/") => {
            Ok(Link { recording, start: None, end: None })
        }
        _ => Err(error),
    }
}

/// Takes the video out of links that a post begins with: one that stands there bare, or is called a video.
pub fn among(links: &mut Vec<Labelled>) -> Option<Link> {
    let is_called = |link: &Labelled| {
        let label = link.label.to_lowercase();
        link.url.as_deref() == Some(link.label.as_str()) || ["video", "recording", "watch"].iter().any(|word| label.contains(word))
    };
    let at = links.iter().position(|link| is_called(link) && link.url.as_deref().is_some_and(|url| Link::parse(url).is_ok()))?;
    Link::parse(links.remove(at).url.as_deref()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_video_in_every_way() {
        for (front, url) in [
            ("media: https://youtu.be/AAAAAAAAAAA?t=61", "https://www.youtube.com/watch?v=AAAAAAAAAAA&t=61s"),
            ("youtube_id: AAAAAAAAAAA", "https://www.youtube.com/watch?v=AAAAAAAAAAA"),
            ("youtube: -AAAAAAAAA_?t=5", "https://www.youtube.com/watch?v=-AAAAAAAAA_&t=5s"),
            ("video: {provider: vimeo, id: 12345}", "https://vimeo.com/12345"),
            ("vimeo: 12345", "https://vimeo.com/12345"),
            ("video_id: '12345678901'\nvideo_provider: x", "https://vimeo.com/12345678901"),
            ("video:\n  url: https://media.ccc.de/v/a-b", "https://media.ccc.de/v/a-b"),
            ("recording: https://casts.example/12", "https://casts.example/12"),
            ("video: true\nvideo_url: https://a.example/x.mp4", "https://a.example/x.mp4"),
            (
                "media:\n  - https://www.youtube.com/@someone\n  - https://youtu.be/AAAAAAAAAAA",
                "https://www.youtube.com/watch?v=AAAAAAAAAAA",
            ),
        ] {
            let (video, trouble) = read(&Keys::of_yaml(front).expect("YAML"));
            assert_eq!((video.map(|v| v.link.url()).as_deref(), trouble), (Some(url), None), "{front}");
        }
    }

    #[test]
    fn what_is_no_video_is_told() {
        for front in ["youtube: https://www.youtube.com/@someone", "video: clips/a.mov", "media: 12 July"] {
            let (video, trouble) = read(&Keys::of_yaml(front).expect("YAML"));
            assert!(video.is_none() && trouble.is_some(), "{front}");
        }
        for front in ["video: true", "media: ''", "title: x"] {
            let (video, trouble) = read(&Keys::of_yaml(front).expect("YAML"));
            assert!(video.is_none() && trouble.is_none(), "{front}");
        }
    }

    #[test]
    fn a_channel_is_no_video() {
        for (front, is_one) in [
            ("youtube: gushalesail", false),
            ("youtube: https://www.youtube.com/@gushalesail", false),
            ("youtube: https://youtu.be/AAAAAAAAAAA", true),
            ("youtube_id: AAAAAAAAAAA", true),
            ("video: https://vimeo.com/12", true),
            ("title: Gus", false),
        ] {
            assert_eq!(is_sure(&Keys::of_yaml(front).expect("YAML")), is_one, "{front}");
        }
    }

    #[test]
    fn more_addresses_are_kept() {
        let front = "media: https://youtu.be/AAAAAAAAAAA\nvideo: [https://youtu.be/AAAAAAAAAAA, https://vimeo.com/12]";
        let (video, _) = read(&Keys::of_yaml(front).expect("YAML"));
        assert_eq!(video.map(|v| v.others), Some(vec!["https://vimeo.com/12".to_owned()]));
    }
}
