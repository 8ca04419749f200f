//! Whatever mpv sends, in whatever pieces, comes out as the lines that are in it, and each of them is answered.
#![no_main]

use cuepoint::player::wire::{Lines, Told};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<u8>, usize)| {
    let (bytes, piece) = input;
    let mut lines = Lines::default();
    let mut read = Vec::new();
    for piece in bytes.chunks(piece.clamp(1, 4096)) {
        read.extend(lines.take(piece));
    }
    let ended = bytes.iter().rposition(|byte| *byte == b'\n').map_or(&[][..], |end| &bytes[..end]);
    let whole: Vec<&[u8]> = if bytes.contains(&b'\n') { ended.split(|byte| *byte == b'\n').collect() } else { Vec::new() };
    assert_eq!(read, whole);
    for line in read {
        let _ = Told::read(&line);
    }
});
