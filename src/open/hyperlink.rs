//! Links that the terminal itself opens (OSC 8): pure functions from an address to the bytes around its text.

use crate::domain::link::is_web_address;
use std::fmt::Write;

/// What ends the text of a link.
pub const END: &str = "\x1b]8;;\x1b\\";

/// Bytes of an address beyond which terminals take no link.
const LONGEST: usize = 2083;

/// What begins the text of a link; `None` for what is no plain web address, and for what no terminal takes. Pieces with the
/// same address are one link to the terminal, wherever they stand.
pub fn start(url: &str) -> Option<String> {
    if !is_web_address(url) {
        return None;
    }
    // Terminals take printable ASCII only.
    let target = url.bytes().fold(String::new(), |mut target, byte| {
        if byte.is_ascii_graphic() {
            target.push(char::from(byte));
        } else {
            // A String takes everything.
            let _ = write!(target, "%{byte:02X}");
        }
        target
    });
    (target.len() <= LONGEST).then(|| format!("\x1b]8;id={:08x};{target}\x1b\\", name(&target)))
}

/// A text that leads to an address, where the terminal can do that; else the text alone.
pub fn around(text: &str, url: &str) -> String {
    start(url).map_or_else(|| text.to_owned(), |start| format!("{start}{text}{END}"))
}

/// A name for an address that holds neither `:` nor `;` (FNV-1a).
fn name(target: &str) -> u32 {
    target.bytes().fold(0x811c_9dc5, |name, byte| (name ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clean_addresses_lead_anywhere() {
        let start = start("https://a.example/ü?a=1;b").expect("an address");
        let (id, rest) = start.strip_prefix("\x1b]8;id=").and_then(|rest| rest.split_once(';')).expect("a name");
        assert!(id.len() == 8 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
        assert_eq!(rest, "https://a.example/%C3%BC?a=1;b\x1b\\");
        for url in ["javascript:alert(1)", "https://a.example/\x1b\\", "https://a.example/ x", "file:///etc/passwd"] {
            assert_eq!((super::start(url), around("x", url)), (None, "x".to_owned()), "{url}");
        }
        assert_eq!(super::start(&format!("https://a.example/{}", "x".repeat(2083))), None);
    }

    #[test]
    fn the_name_tells_addresses_apart() {
        assert_ne!(start("https://a.example/1"), start("https://a.example/2"));
        assert_eq!(around("x", "https://a.example/").matches("\x1b]8;").count(), 2);
    }
}
