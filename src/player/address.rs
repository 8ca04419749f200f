//! What may be handed to a player, and what it needs for that.

#[cfg(unix)]
use super::Track;
use crate::domain::link::is_web_address;
#[cfg(unix)]
use crate::domain::{Link, Provider};
#[cfg(unix)]
use crate::open::find;
use crate::text::{clean_line, reason};
use std::fs;
use std::path::Path;

/// Looks whether a player may be handed the address: a plain web link, or a file that is there. Players know many other kinds of
/// addresses, which read, join and make up what they like; and what begins with a dash is an option to them.
///
/// # Errors
/// Why it may not, for people.
pub(super) fn checked(address: &str) -> Result<(), String> {
    if is_web_address(address) {
        return Ok(());
    }
    let shown = clean_line(address);
    if !Path::new(address).is_absolute() || address.chars().any(char::is_control) {
        return Err(format!("this is neither a plain web link nor the path of a file, so it is not played: {shown}"));
    }
    match fs::metadata(address) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(_) => Err(format!("this is no file: {shown}")),
        Err(error) => Err(format!("the recording cannot be read, {}: {shown}", reason(&error))),
    }
}

/// What helps where mpv cannot open a recording: web pages that show one are understood by a program beside it.
#[cfg(unix)]
pub(super) fn hint(track: &Track) -> Option<&'static str> {
    let is_page = is_web_address(&track.address)
        && !Link::parse(&track.address).is_ok_and(|link| matches!(link.recording.provider(), Provider::File | Provider::Local));
    if !is_page {
        return None;
    }
    let helps = ["yt-dlp", "yt-dlp_x86", "youtube-dl"].into_iter().any(|program| find(program.as_ref()).is_some());
    Some(if helps {
        "yt-dlp, which finds the recording in a web page for it, may be too old, or the network is away"
    } else {
        "to play web pages, YouTube's too, it needs yt-dlp beside it: install that"
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_web_links_and_files_that_are_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("-a b'\"$(x)#?%.mp4");
        fs::write(&file, "x").expect("written");
        let link = folder.path().join("link.mp4");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        for address in [file.to_string_lossy().as_ref(), link.to_string_lossy().as_ref(), "https://a.example/b.mp4"] {
            assert_eq!(checked(address), Ok(()), "{address}");
        }
        let missing = folder.path().join("missing.mp4");
        assert!(checked(&missing.to_string_lossy()).is_err_and(|why| why.contains("no such file") && why.contains("missing.mp4")));
        assert!(checked(&folder.path().to_string_lossy()).is_err_and(|why| why.starts_with("this is no file")));
        for address in [
            "-rf",
            "--script=/tmp/x.lua",
            "a.mp4",
            "",
            "-",
            "edl:///a.mp4",
            "memory://x",
            "av://lavfi:testsrc",
            "file:///a.mp4",
            "ytdl://x",
            "fd://0",
            "https://a.example/ x",
            "/a\n.mp4",
            "/a\u{1b}[31m.mp4",
        ] {
            let why = checked(address).expect_err(address);
            assert!(!why.contains(['\n', '\u{1b}']), "{why:?}");
        }
    }

    #[test]
    fn only_pages_need_help() {
        let with = |address: &str| hint(&Track { address: address.to_owned(), ..Track::default() });
        assert!(with("https://www.youtube.com/watch?v=3MG3ZR6_IRM").is_some_and(|hint| hint.contains("yt-dlp")));
        assert!(with("https://a.example/casts/3").is_some());
        assert_eq!((with("https://a.example/casts/3.mp4"), with("/srv/a.mp4")), (None, None));
    }
}
