//! Deep links: every form in which a recording and a second of it are written, and the one form we write.

mod local;

use super::cue::Cue;
use std::fmt;
use std::path::Path;

/// Who serves a recording, and so how a second of it is written in a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Provider {
    /// `YouTube`; the id is the eleven characters of the video.
    YouTube,
    /// Vimeo; the id is the number, with `/hash` behind it for unlisted videos.
    Vimeo,
    /// media.ccc.de; the id is the talk's slug.
    MediaCcc,
    /// Any `PeerTube` host; the id is `host/video`.
    PeerTube,
    /// A plain media file on the web; the id is its address.
    File,
    /// A media file on this machine; the id is its absolute path.
    Local,
    /// A web page that shows the recording in a way of its own; the id is its address. It takes no cue.
    Page,
}

impl Provider {
    /// Every provider.
    pub const ALL: [Provider; 7] =
        [Provider::YouTube, Provider::Vimeo, Provider::MediaCcc, Provider::PeerTube, Provider::File, Provider::Local, Provider::Page];

    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Provider::YouTube => "youtube",
            Provider::Vimeo => "vimeo",
            Provider::MediaCcc => "media.ccc.de",
            Provider::PeerTube => "peertube",
            Provider::File => "file",
            Provider::Local => "local",
            Provider::Page => "page",
        }
    }
}

/// A video, holding one talk or many.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Recording(Id);

/// Most recordings are on `YouTube`, and its ids are short: a million of them are kept without a million allocations.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Id {
    /// Letters, digits, `-` and `_`.
    YouTube([u8; 11]),
    /// With any other provider.
    Elsewhere(Provider, Box<str>),
}

/// A recording together with the part of it that a link points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The video.
    pub recording: Recording,
    /// The second at which it starts playing, where the link says so.
    pub start: Option<Cue>,
    /// The second at which it stops, where the link says so.
    pub end: Option<Cue>,
}

/// Why a text is no link to a recording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Not `http` or `https`.
    #[error("not a web link")]
    Scheme,
    /// Spaces, control characters or the like inside.
    #[error("the link holds characters that no link may hold")]
    Characters,
    /// A web link, but to no recording that is known.
    #[error("the link leads to no recording")]
    NoRecording,
    /// A `YouTube` link whose id is not eleven letters, digits, `-` or `_`.
    #[error("{0:?} is no YouTube id: it has eleven letters, digits, - or _")]
    Id(String),
}

impl Recording {
    /// A recording on a web page that is none of the providers; `None` unless it is a clean `http(s)` address.
    pub fn page(url: &str) -> Option<Recording> {
        let url = unwrap(url);
        Address::parse(&url).ok()?;
        Some(Recording::elsewhere(Provider::Page, url))
    }

    /// A recording by its provider and id, as [`Recording::provider`] and [`Recording::id`] give them; `None` if the provider
    /// gives no such ids.
    pub fn of(provider: Provider, id: &str) -> Option<Recording> {
        match provider {
            Provider::YouTube => youtube_id(id).map(|id| Recording(Id::YouTube(id))),
            Provider::Local => local::recording(id),
            _ => Some(Recording::elsewhere(provider, id)),
        }
    }

    fn elsewhere(provider: Provider, id: impl Into<Box<str>>) -> Recording {
        Recording(Id::Elsewhere(provider, id.into()))
    }

    /// Who serves it.
    pub fn provider(&self) -> Provider {
        match self.0 {
            Id::YouTube(_) => Provider::YouTube,
            Id::Elsewhere(provider, _) => provider,
        }
    }

    /// The provider's own name for it (see [`Provider`]).
    pub fn id(&self) -> &str {
        match &self.0 {
            // Letters, digits, - and _ are always text.
            Id::YouTube(id) => std::str::from_utf8(id).unwrap_or_default(),
            Id::Elsewhere(_, id) => id,
        }
    }

    /// The canonical address, from the recording's start.
    pub fn url(&self) -> String {
        let id = self.id();
        match self.provider() {
            Provider::YouTube => format!("https://www.youtube.com/watch?v={id}"),
            Provider::Vimeo => format!("https://vimeo.com/{id}"),
            Provider::MediaCcc => format!("https://media.ccc.de/v/{id}"),
            Provider::PeerTube => match id.split_once('/') {
                Some((host, video)) => format!("https://{host}/w/{video}"),
                None => format!("https://{id}"),
            },
            Provider::File | Provider::Page => id.to_owned(),
            Provider::Local => local::url(id),
        }
    }

    /// The canonical address at a cue; a page that takes no cue gives its plain address.
    pub fn url_at(&self, cue: Option<Cue>) -> String {
        let url = self.url();
        let Some(seconds) = cue.map(Cue::seconds) else {
            return url;
        };
        match self.provider() {
            Provider::YouTube => format!("{url}&t={seconds}s"),
            Provider::Vimeo => format!("{url}#t={seconds}s"),
            Provider::MediaCcc | Provider::File | Provider::Local => format!("{url}#t={seconds}"),
            Provider::PeerTube => format!("{url}?start={seconds}"),
            Provider::Page => url,
        }
    }

    /// Can a link to it name a second?
    pub fn takes_cue(&self) -> bool {
        self.provider() != Provider::Page
    }
}

/// With its address, which says more than the bytes of an id.
impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Recording").field(&self.url()).finish()
    }
}

/// The canonical address, from the recording's start.
impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url())
    }
}

impl Link {
    /// Reads a link to a recording, in any of the forms seen in archives.
    ///
    /// A time in it that cannot be read is left out: the recording still opens, from its start.
    ///
    /// # Errors
    /// What is no clean web link, or leads to no recording that is known.
    pub fn parse(text: &str) -> Result<Link, LinkError> {
        let url = unwrap(text);
        let address = Address::parse(&url)?;
        let recording = youtube(&address)
            .or_else(|| vimeo(&address))
            .or_else(|| media_ccc(&address))
            .or_else(|| peertube(&address))
            .or_else(|| file(&address))
            .unwrap_or(Err(LinkError::NoRecording))?;
        Ok(Link { recording, start: address.cue(&["t", "start", "time_continue"]), end: address.cue(&["end"]) })
    }

    /// Reads the path of a media file on this machine, which begins at a folder (an absolute one) where it is not absolute, or its `file://`
    /// address. `None` if it is neither, or its name does not end as those of media files do. The disk is not looked at.
    pub fn local(text: &str, folder: &Path) -> Option<Link> {
        local::parse(text.trim(), folder)
    }

    /// The canonical address, at its start where it has one.
    pub fn url(&self) -> String {
        self.recording.url_at(self.start)
    }
}

/// Is this an address that may be handed to a browser: `http(s)`, with a host, and nothing hidden in it?
pub fn is_web_address(text: &str) -> bool {
    Address::parse(text).is_ok()
}

/// Takes a link out of what stood around it: `<…>`, HTML escapes, web.archive.org, a missing scheme.
fn unwrap(text: &str) -> String {
    let text = text.trim().trim_start_matches('<').trim_end_matches('>').trim();
    let mut url = text.replace("&amp;", "&").replace("&#38;", "&");
    if url.starts_with("//") {
        url.insert_str(0, "https:");
    } else if !url.contains("://")
        && ["youtu.be/", "youtube.com/", "www.youtube.com/", "m.youtube.com/", "vimeo.com/"].iter().any(|host| url.starts_with(host))
    {
        url.insert_str(0, "https://");
    }
    for _ in 0..3 {
        match archived(&url) {
            Some(inner) => url = inner,
            None => break,
        }
    }
    url
}

/// The address inside `https://web.archive.org/web/20200101000000/https://…`.
fn archived(url: &str) -> Option<String> {
    let rest = strip_scheme(url)?;
    let rest = rest.strip_prefix("web.archive.org/web/").or_else(|| rest.strip_prefix("archive.org/web/"))?;
    let (_stamp, inner) = rest.split_once('/')?;
    // Some servers fold the two slashes of the inner scheme into one.
    for scheme in ["https:/", "http:/"] {
        if let Some(tail) = inner.strip_prefix(scheme) {
            return Some(format!("{scheme}/{}", tail.trim_start_matches('/')));
        }
    }
    None
}

fn strip_scheme(url: &str) -> Option<&str> {
    ["https://", "http://"]
        .iter()
        .find(|scheme| url.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
        .map(|scheme| &url[scheme.len()..])
}

/// The parts of an address that providers look at.
struct Address<'a> {
    url: &'a str,
    host: String,
    segments: Vec<&'a str>,
    pairs: Vec<(&'a str, String)>,
}

impl<'a> Address<'a> {
    fn parse(url: &'a str) -> Result<Self, LinkError> {
        let rest = strip_scheme(url).ok_or(LinkError::Scheme)?;
        let forbidden = |c: char| {
            c.is_control()
                || c.is_whitespace()
                || crate::text::is_invisible(c)
                || matches!(c, '<' | '>' | '"' | '\\' | '`' | '{' | '}' | '|' | '^')
        };
        if url.chars().any(forbidden) {
            return Err(LinkError::Characters);
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let authority = &rest[..end];
        // What stands before an @ is a user name, however much it looks like a host.
        let host = authority.rsplit('@').next().unwrap_or(authority);
        let host = host.split(':').next().unwrap_or(host).to_ascii_lowercase();
        if host.is_empty() || !host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')) {
            return Err(LinkError::Characters);
        }
        let tail = &rest[end..];
        let path_end = tail.find(['?', '#']).unwrap_or(tail.len());
        let segments = tail[..path_end].split('/').filter(|s| !s.is_empty()).collect();
        Ok(Address { url, host, segments, pairs: pairs(tail) })
    }

    fn value(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| v.as_str())
    }

    fn cue(&self, keys: &[&str]) -> Option<Cue> {
        keys.iter().find_map(|key| Cue::parse(self.value(key)?).ok())
    }

    fn host_is(&self, domain: &str) -> bool {
        self.host == domain || self.host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'))
    }
}

/// `key=value` of path, query and fragment alike: times stand in any, a second `?` is seen where `&` was meant, and
/// `embed/ID&start=5` has no `?` at all.
fn pairs(tail: &str) -> Vec<(&str, String)> {
    tail.split(['?', '&', '#', ';']).filter_map(|pair| pair.split_once('=')).map(|(key, value)| (key, percent_decode(value))).collect()
}

fn percent_decode(text: &str) -> String {
    String::from_utf8_lossy(&percent_decode_bytes(text)).into_owned()
}

fn percent_decode_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (bytes[i], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                i += 3;
            }
            (byte, _) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    out
}

type Found = Option<Result<Recording, LinkError>>;

fn youtube(address: &Address) -> Found {
    let segments = &address.segments;
    let id = if address.host_is("youtu.be") {
        segments.first().map(|s| (*s).to_owned())
    } else if address.host_is("youtube.com") || address.host_is("youtube-nocookie.com") {
        match segments[..] {
            // Players know these under no id of their own.
            ["embed", "videoseries" | "live_stream"] => None,
            ["embed" | "live" | "shorts" | "v" | "e" | "watch", id, ..] => Some(id.strip_prefix("v=").unwrap_or(id).to_owned()),
            _ => address.value("v").map(str::to_owned),
        }
    } else {
        return None;
    };
    Some(match id {
        None => Err(LinkError::NoRecording),
        Some(id) => {
            // `embed/ID&start=5`: the query began without its question mark.
            let id = id.split('&').next().unwrap_or_default();
            youtube_id(id).map(|id| Recording(Id::YouTube(id))).ok_or_else(|| LinkError::Id(id.to_owned()))
        }
    })
}

fn youtube_id(id: &str) -> Option<[u8; 11]> {
    let id = <[u8; 11]>::try_from(id.as_bytes()).ok()?;
    id.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).then_some(id)
}

fn vimeo(address: &Address) -> Found {
    if !address.host_is("vimeo.com") {
        return None;
    }
    let is_number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let at = address.segments.iter().position(|s| is_number(s));
    let recording = at.map(|i| {
        let hash = address.segments.get(i + 1).copied().or_else(|| address.value("h"));
        let hash = hash.filter(|h| !h.is_empty() && h.bytes().all(|b| b.is_ascii_hexdigit()));
        let id = match hash {
            Some(hash) => format!("{}/{hash}", address.segments[i]),
            None => address.segments[i].to_owned(),
        };
        Recording::elsewhere(Provider::Vimeo, id)
    });
    Some(recording.ok_or(LinkError::NoRecording))
}

fn media_ccc(address: &Address) -> Found {
    if address.host != "media.ccc.de" {
        return None;
    }
    Some(match address.segments[..] {
        ["v", slug, ..] => Ok(Recording::elsewhere(Provider::MediaCcc, slug)),
        _ => Err(LinkError::NoRecording),
    })
}

fn peertube(address: &Address) -> Found {
    let base58 = |s: &str| s.len() == 22 && s.bytes().all(|b| b.is_ascii_alphanumeric());
    let uuid = |s: &str| s.len() == 36 && s.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    match address.segments[..] {
        ["w", id] | ["videos", "watch" | "embed", id] if base58(id) || uuid(id) => {
            Some(Ok(Recording::elsewhere(Provider::PeerTube, format!("{}/{id}", address.host))))
        }
        _ => None,
    }
}

fn file(address: &Address) -> Found {
    if !is_media_name(address.segments.last()?) {
        return None;
    }
    let id = address.url.split('#').next().unwrap_or(address.url);
    Some(Ok(Recording::elsewhere(Provider::File, id)))
}

/// Does a file of this name hold sound or pictures?
fn is_media_name(name: &str) -> bool {
    const ENDINGS: [&str; 12] = ["mp4", "webm", "mkv", "m4v", "mov", "avi", "ogv", "ogg", "opus", "mp3", "m4a", "flac"];
    let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        match Link::parse(text) {
            Ok(link) => link.url(),
            Err(error) => format!("{text}: {error}"),
        }
    }

    #[test]
    fn youtube_in_every_form() {
        let at = "https://www.youtube.com/watch?v=3MG3ZR6_IRM&t=1389s";
        for text in [
            "https://www.youtube.com/watch?v=3MG3ZR6_IRM&t=1389",
            "https://www.youtube.com/watch?v=3MG3ZR6_IRM&t=1389s",
            "https://www.youtube.com/watch?t=23m9s&v=3MG3ZR6_IRM",
            "https://www.youtube.com/watch?v=3MG3ZR6_IRM&amp;t=1389",
            "https://www.youtube.com/watch?v=3MG3ZR6_IRM?t=1389",
            "https://www.youtube.com/watch?v=3MG3ZR6_IRM#t=23:09",
            "https://www.youtube.com/watch?feature=player_embedded&v=3MG3ZR6_IRM&list=PLx&index=3&t=1389",
            "https://youtu.be/3MG3ZR6_IRM?t=1389",
            "https://youtu.be/3MG3ZR6_IRM?si=BG5smHCgE5eWOlPi&t=1389",
            "http://youtu.be/3MG3ZR6_IRM?t=23min9s",
            "youtu.be/3MG3ZR6_IRM?t=1389",
            "<https://youtu.be/3MG3ZR6_IRM?t=1389>",
            "https://www.youtube.com/embed/3MG3ZR6_IRM?start=1389",
            "https://www.youtube.com/embed/v=3MG3ZR6_IRM?start=1389",
            "https://www.youtube.com/embed/3MG3ZR6_IRM&start=1389",
            "//www.youtube.com/embed/3MG3ZR6_IRM?start=1389",
            "https://www.youtube.com/live/3MG3ZR6_IRM?feature=share&t=1389",
            "https://www.youtube.com/shorts/3MG3ZR6_IRM?t=1389",
            "https://www.youtube-nocookie.com/embed/3MG3ZR6_IRM?start=1389",
            "https://m.youtube.com/watch?v=3MG3ZR6_IRM&time_continue=1389",
            "https://music.youtube.com/watch?v=3MG3ZR6_IRM&t=0h23m9s",
            "HTTPS://WWW.YouTube.com/watch?v=3MG3ZR6_IRM&t=1389",
            "https://web.archive.org/web/20210101000000/https://www.youtube.com/watch?v=3MG3ZR6_IRM&t=1389",
            "https://web.archive.org/web/2021*/https:/youtu.be/3MG3ZR6_IRM?t=1389",
            "https://www.youtube.com/watch?v=3MG3ZR6_IRM&t=23%3A09",
        ] {
            assert_eq!(canonical(text), at, "{text}");
        }
        assert_eq!(canonical("https://youtu.be/-_0x1F_aaaa?t=2h29m19"), "https://www.youtube.com/watch?v=-_0x1F_aaaa&t=8959s");
        assert_eq!(canonical("https://youtu.be/3MG3ZR6_IRM"), "https://www.youtube.com/watch?v=3MG3ZR6_IRM");
    }

    #[test]
    fn a_start_of_zero_is_not_a_missing_one() {
        let link = Link::parse("https://youtu.be/3MG3ZR6_IRM?t=0").expect("a link");
        assert_eq!(link.start.map(Cue::seconds), Some(0));
        let link = Link::parse("https://youtu.be/3MG3ZR6_IRM?t=soon").expect("a link");
        assert_eq!(link.start, None);
    }

    #[test]
    fn an_end_is_read() {
        let link = Link::parse("https://www.youtube.com/embed/3MG3ZR6_IRM?start=10&end=99").expect("a link");
        assert_eq!((link.start.map(Cue::seconds), link.end.map(Cue::seconds)), (Some(10), Some(99)));
    }

    #[test]
    fn other_providers() {
        for (text, url) in [
            ("https://vimeo.com/123456#t=1389s", "https://vimeo.com/123456#t=1389s"),
            ("https://player.vimeo.com/video/123456?h=0fa1", "https://vimeo.com/123456/0fa1"),
            ("https://vimeo.com/channels/talks/123456", "https://vimeo.com/123456"),
            ("https://media.ccc.de/v/36c3-10500-talk#t=61", "https://media.ccc.de/v/36c3-10500-talk#t=61"),
            (
                "https://tube.example.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d?start=1m1s",
                "https://tube.example.org/w/9c9de5e8-0a1e-484a-b099-e80766180a6d?start=61",
            ),
            ("https://cdn.example.org/a/b.mp4#t=61", "https://cdn.example.org/a/b.mp4#t=61"),
            ("https://cdn.example.org/a/b.webm?key=1", "https://cdn.example.org/a/b.webm?key=1"),
        ] {
            assert_eq!(canonical(text), url);
        }
    }

    #[test]
    fn what_is_no_recording_is_refused() {
        for text in [
            "https://www.youtube.com/playlist?list=PLx",
            "https://www.youtube.com/@someone",
            "https://example.org/",
            "https://vimeo.com/about",
        ] {
            assert_eq!(Link::parse(text), Err(LinkError::NoRecording), "{text}");
        }
        for text in ["javascript:alert(1)", "file:///etc/passwd", "ftp://youtu.be/3MG3ZR6_IRM", "", "3MG3ZR6_IRM"] {
            assert_eq!(Link::parse(text), Err(LinkError::Scheme), "{text}");
        }
        assert_eq!(Link::parse("https://youtu.be/short"), Err(LinkError::Id("short".to_owned())));
        assert_eq!(Link::parse("https://youtu.be/3MG3ZR6_IRM?t=1\u{1b}[31m"), Err(LinkError::Characters));
        assert_eq!(Link::parse("https://youtube.com@evil.example/watch?v=3MG3ZR6_IRM"), Err(LinkError::NoRecording));
        assert_eq!(Link::parse("https://notyoutube.com/watch?v=3MG3ZR6_IRM"), Err(LinkError::NoRecording));
    }

    #[test]
    fn a_page_takes_no_cue() {
        let page = Recording::page("https://example.org/casts/12").expect("a page");
        assert_eq!(page.url_at(Cue::parse("1:00").ok()), "https://example.org/casts/12");
        assert_eq!(Recording::page("mailto:a@b"), None);
    }

    proptest! {
        #[test]
        fn canonical_links_are_fixed_points(id in "[A-Za-z0-9_-]{11}", s in proptest::option::of(0u64..300_000)) {
            let recording = Recording(Id::YouTube(id.as_bytes().try_into().expect("eleven")));
            prop_assert_eq!(recording.id(), id);
            let start = s.map(|s| Cue::from_seconds(s).expect("in range"));
            let url = recording.url_at(start);
            let link = Link::parse(&url).expect("what we write we read");
            prop_assert_eq!(link.url(), url);
            prop_assert_eq!(link, Link { recording, start, end: None });
        }

        #[test]
        fn any_text_is_answered(text in "\\PC*") {
            let _ = Link::parse(&text);
        }

        #[test]
        fn what_looks_like_a_link_is_answered_and_clean(tail in "[A-Za-z0-9_=&?#%:;./@\u{1b}\u{202e} -]{0,60}") {
            for head in ["https://youtu.be/", "https://www.youtube.com/", "https://vimeo.com/", "https://"] {
                if let Ok(link) = Link::parse(&format!("{head}{tail}")) {
                    let url = link.url();
                    prop_assert!(is_web_address(&url), "{}", url);
                    prop_assert_eq!(Link::parse(&url).map(|l| l.url()), Ok(url));
                }
            }
        }
    }
}
