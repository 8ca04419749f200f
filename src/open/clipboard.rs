//! Copying through the terminal (OSC 52): a pure function from a text and what stands between us and the terminal to bytes.

use super::surroundings::Multiplexer;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// Bytes of text that can be copied. Terminals and multiplexers take a sequence of at most 100,000 bytes: these become 99,988 in
/// base 64, and 9 stand around them.
pub const MOST: usize = 74_991;

/// Bytes of one string that every GNU screen takes: 256 until 2008, 768 since 2014.
const SCREEN_STRING: usize = 256;

/// A text that is too long to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has {0} bytes, and terminals take {MOST}")]
pub struct TooLong(usize);

/// The bytes that make a terminal put a text on its clipboard.
///
/// tmux is told twice: it takes the plain sequence with `set-clipboard on`, and hands the wrapped one through with
/// `allow-passthrough on`; which of them its user has set is not to be seen from inside.
///
/// # Errors
/// The text is longer than [`MOST`].
pub fn copy(text: &str, multiplexer: Multiplexer) -> Result<Vec<u8>, TooLong> {
    if text.len() > MOST {
        return Err(TooLong(text.len()));
    }
    let base64 = BASE64_STANDARD.encode(text);
    Ok(match multiplexer {
        Multiplexer::None => format!("\x1b]52;c;{base64}\x1b\\").into_bytes(),
        Multiplexer::Tmux => {
            let plain = format!("\x1b]52;c;{base64}\x1b\\");
            format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")).into_bytes()
        }
        // An `ESC \` inside would end the string that carries it, so that the inner one ends with BEL.
        Multiplexer::Screen => in_strings(format!("\x1b]52;c;{base64}\x07").as_bytes()),
    })
}

/// A sequence in as many of screen's strings as it needs; screen hands on what stands in them.
fn in_strings(sequence: &[u8]) -> Vec<u8> {
    let around = b"\x1bP\x1b\\".len();
    sequence.chunks(SCREEN_STRING - around).flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).replace('\x1b', "^[").replace('\x07', "^G")
    }

    #[test]
    fn plain_and_wrapped() {
        let shown = |multiplexer| shown(&copy("https://a.example/?b=é", multiplexer).expect("short"));
        assert_eq!(shown(Multiplexer::None), "^[]52;c;aHR0cHM6Ly9hLmV4YW1wbGUvP2I9w6k=^[\\");
        assert_eq!(
            shown(Multiplexer::Tmux),
            "^[]52;c;aHR0cHM6Ly9hLmV4YW1wbGUvP2I9w6k=^[\\^[Ptmux;^[^[]52;c;aHR0cHM6Ly9hLmV4YW1wbGUvP2I9w6k=^[^[\\^[\\"
        );
        assert_eq!(shown(Multiplexer::Screen), "^[P^[]52;c;aHR0cHM6Ly9hLmV4YW1wbGUvP2I9w6k=^G^[\\");
    }

    #[test]
    fn screen_gets_pieces_that_join_to_the_whole() {
        let text = "x".repeat(1000);
        let bytes = copy(&text, Multiplexer::Screen).expect("short");
        let whole = String::from_utf8(bytes).expect("ASCII");
        let pieces: Vec<&str> = whole.split_inclusive("\x1b\\").collect();
        assert!(pieces.len() > 4 && pieces.iter().all(|piece| piece.len() <= 256 && piece.starts_with("\x1bP")), "{pieces:?}");
        let inner: String = pieces.iter().map(|piece| &piece[2..piece.len() - 2]).collect();
        let base64 = inner.strip_prefix("\x1b]52;c;").and_then(|rest| rest.strip_suffix('\x07')).expect("one sequence");
        assert_eq!(BASE64_STANDARD.decode(base64).expect("base 64"), text.as_bytes());
    }

    #[test]
    fn what_is_too_long_is_not_cut() {
        let longest = copy(&"x".repeat(MOST), Multiplexer::None).expect("just short enough");
        assert!((99_990..=100_000).contains(&longest.len()), "{}", longest.len());
        assert_eq!(copy(&"x".repeat(MOST + 1), Multiplexer::Tmux), Err(TooLong(MOST + 1)));
    }
}
