//! Recordings that lie on this machine: the path of a media file, and its address.

use super::{Cue, Link, Provider, Recording, is_media_name, percent_decode_bytes};
use std::fmt::Write;
use std::path::Path;

/// Reads the path of a media file that begins at a folder where it is not absolute, or a `file://` address of this machine. `None` if it
/// is neither, if its name does not end as those of media files do, or if something is hidden in it. Whether the file is there is
/// another question.
///
/// In an address, `%20` is a space and `#t=90` a second; in a path, every character is itself.
pub(super) fn parse(text: &str, folder: &Path) -> Option<Link> {
    let is_scheme = |scheme: &str| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    let (path, start) = if is_scheme("file://") {
        address(&text[7..])?
    } else if is_scheme("file:") || text.contains("://") {
        return None;
    } else {
        (folder.join(text).to_str()?.to_owned(), None)
    };
    Some(Link { recording: recording(&path)?, start, end: None })
}

/// The recording at a path; `None` unless that is the absolute path of a media file with nothing hidden in it.
pub(super) fn recording(path: &str) -> Option<Recording> {
    let hidden = |c: char| c.is_control() || crate::text::is_invisible(c) || c == char::REPLACEMENT_CHARACTER;
    let path = path.trim_end();
    let is_right = Path::new(path).is_absolute() && !path.chars().any(hidden) && is_media_name(path.rsplit(['/', '\\']).next()?);
    is_right.then(|| Recording::elsewhere(Provider::Local, path))
}

/// The path of a `file://` address without its scheme, and its second.
fn address(rest: &str) -> Option<(String, Option<Cue>)> {
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    // Any other host's files are not on this machine.
    let path = path.starts_with('/').then_some(path)?;
    let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
    let path = path.split('?').next().unwrap_or(path);
    let start = fragment.strip_prefix("t=").and_then(|time| Cue::parse(time.split(['&', ',']).next()?).ok());
    let path = String::from_utf8(percent_decode_bytes(path)).ok()?;
    // `/C:/talks`: a drive has no slash before it.
    let drive = path.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':') && Path::new(rest).is_absolute());
    Some((drive.unwrap_or(&path).to_owned(), start))
}

/// The address of a path.
pub(super) fn url(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut url = "file://".to_owned();
    if !path.starts_with('/') {
        url.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' | b'@' | b'+' | b',' | b'=' => {
                url.push(char::from(byte));
            }
            _ => write!(url, "%{byte:02X}").expect("a text takes any text"),
        }
    }
    url
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, Option<u32>)> {
        let link = Link::local(text, "/talks/2024".as_ref())?;
        assert_eq!((link.recording.provider(), link.end), (Provider::Local, None));
        Some((link.recording.id().to_owned(), link.start.map(Cue::seconds)))
    }

    #[test]
    fn a_path_begins_at_the_folder_and_every_character_is_itself() {
        for (text, path) in [
            ("evening.mp4", "/talks/2024/evening.mp4"),
            ("deep/er/evening.WebM", "/talks/2024/deep/er/evening.WebM"),
            ("../evening.mkv", "/talks/2024/../evening.mkv"),
            ("/srv/a b/evening.mp4", "/srv/a b/evening.mp4"),
            ("100% #1? é.mp4", "/talks/2024/100% #1? é.mp4"),
            ("-rf.mp4", "/talks/2024/-rf.mp4"),
            ("$(reboot).mp4", "/talks/2024/$(reboot).mp4"),
            ("file:///srv/a%20b/50%25%23.mp4", "/srv/a b/50%#.mp4"),
            ("FILE://localhost/srv/a.ogg", "/srv/a.ogg"),
        ] {
            assert_eq!(read(text), Some((path.to_owned(), None)), "{text}");
        }
    }

    #[test]
    fn an_address_names_a_second() {
        assert_eq!(read("file:///srv/a.mp4#t=1m30s"), Some(("/srv/a.mp4".to_owned(), Some(90))));
        assert_eq!(read("file:///srv/a.mp4#t=90,120"), Some(("/srv/a.mp4".to_owned(), Some(90))));
        assert_eq!(read("file:///srv/a.mp4#chapter"), Some(("/srv/a.mp4".to_owned(), None)));
    }

    #[test]
    fn nothing_else_is_a_file() {
        for text in [
            "evening",
            "evening.yml",
            "TODO",
            "",
            ".mp4",
            "talks/",
            "/etc/passwd",
            "file:///etc/passwd",
            "file://elsewhere.example/a.mp4",
            "file:a.mp4",
            "ftp://a.example/b.mp4",
            "edl://a.mp4",
            "memory://a.mp4",
            "a\u{1b}[31m.mp4",
            "a\nb.mp4",
            "a\u{202e}4pm.mp4",
            "file:///a%0Ab.mp4",
            "file:///a%FF.mp4",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert_eq!(Link::local("evening.mp4", "talks".as_ref()), None, "the folder leads nowhere by itself");
    }

    #[test]
    fn an_address_is_clean_and_names_the_cue() {
        let recording = Recording::of(Provider::Local, "/srv/a b/50% #1?.mp4").expect("a recording");
        assert_eq!(recording.url(), "file:///srv/a%20b/50%25%20%231%3F.mp4");
        assert_eq!(recording.url_at(Cue::parse("1:01").ok()), "file:///srv/a%20b/50%25%20%231%3F.mp4#t=61");
        assert!(recording.takes_cue());
        assert!(!super::super::is_web_address(&recording.url()), "no browser is handed it");
        assert_eq!(Recording::of(Provider::Local, "a.mp4"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(name in "[^/\\p{C}\u{fffd}]{1,20}", s in proptest::option::of(0u64..300_000)) {
            let path = format!("/srv/{name}.mp4");
            prop_assume!(recording(&path).is_some());
            let recording = recording(&path).expect("assumed");
            let start = s.map(|s| Cue::from_seconds(s).expect("in range"));
            let link = Link::local(&recording.url_at(start), "/".as_ref());
            prop_assert_eq!(link, Some(Link { recording, start, end: None }));
        }

        #[test]
        fn any_text_is_answered(text in "(file://)?\\PC*") {
            let _ = Link::local(&text, "/talks".as_ref());
        }
    }
}
