//! Any text is a link or an error, and what we write of a link is clean and reads the same.
#![no_main]

use cuepoint::domain::{Link, link::is_web_address};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(link) = Link::parse(text) {
        let url = link.url();
        assert!(is_web_address(&url), "{url}");
        assert_eq!(Link::parse(&url).map(|l| l.url()), Ok(url));
    }
});
