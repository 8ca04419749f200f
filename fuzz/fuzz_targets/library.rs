//! Any text is a line of the library or none, what is read of it steers no terminal, and what is written of that is read back.
#![no_main]

use cuepoint::library::Line;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: String| {
    match Line::parse(&text) {
        Ok(line) => {
            let json = line.to_json();
            assert!(!json.chars().any(char::is_control));
            assert_eq!(Line::parse(&json), Ok(line));
        }
        Err(error) => {
            assert!(!error.message.chars().any(char::is_control));
            assert!(error.column >= 1 && error.column as usize <= text.chars().count() + 1);
        }
    }
});
