//! What the user does: keys, mouse, pasted text. Independent of any terminal library.

use std::fmt;
use std::str::FromStr;

/// A key, apart from what is held down with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyCode {
    /// A character, as typed (shift is in it).
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Tabulator with shift.
    BackTab,
    /// Erases to the left.
    Backspace,
    /// Erases to the right.
    Delete,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// First.
    Home,
    /// Last.
    End,
    /// A screen back.
    PageUp,
    /// A screen on.
    PageDown,
    /// A function key, by its number.
    F(u8),
}

/// A key with what is held down with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Control is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
}

impl Key {
    /// A key alone.
    pub const fn plain(code: KeyCode) -> Key {
        Key { code, ctrl: false, alt: false }
    }

    /// A character typed as text, not as a command.
    pub fn typed(self) -> Option<char> {
        match self {
            Key { code: KeyCode::Char(c), ctrl: false, alt: false } => Some(c),
            _ => None,
        }
    }
}

/// Names of keys as people write them.
const NAMES: [(&str, KeyCode); 14] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("↑", KeyCode::Up),
    ("↓", KeyCode::Down),
    ("←", KeyCode::Left),
    ("→", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
];

/// A text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no key: write it as j, G, Ctrl-d, Alt-x, Enter, Space, F1 or ↓")]
pub struct KeyError(String);

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Key, KeyError> {
        let (mut rest, mut key) = (text, Key::plain(KeyCode::Esc));
        loop {
            if let Some(tail) = rest.strip_prefix("Ctrl-").filter(|t| !t.is_empty()) {
                (rest, key.ctrl) = (tail, true);
            } else if let Some(tail) = rest.strip_prefix("Alt-").filter(|t| !t.is_empty()) {
                (rest, key.alt) = (tail, true);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        key.code = match (NAMES.iter().find(|(name, _)| *name == rest), chars.next(), chars.next()) {
            (Some((_, code)), ..) => *code,
            (None, Some(c), None) => KeyCode::Char(c),
            (None, ..) if rest == "Space" => KeyCode::Char(' '),
            (None, Some('F'), Some('1'..='9')) => KeyCode::F(rest[1..].parse().map_err(|_| KeyError(text.to_owned()))?),
            (None, ..) => return Err(KeyError(text.to_owned())),
        };
        Ok(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => f.write_str(NAMES.iter().find(|(_, named)| *named == code).map_or("", |(name, _)| name)),
        }
    }
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Click,
    /// The wheel turned away.
    WheelUp,
    /// The wheel turned near.
    WheelDown,
}

/// What the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed a key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// Did something with the mouse at a column and a row (from 0), so many milliseconds after the start.
    Mouse {
        /// What.
        mouse: Mouse,
        /// Column from 0.
        column: u16,
        /// Row from 0.
        row: u16,
        /// Milliseconds since the program began.
        at: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_are_read() {
        for text in ["j", "G", "Ctrl-d", "Alt-x", "Ctrl-Alt-→", "Enter", "Space", "?", "-", "Shift-Tab", "Ctrl--", "F", "F1", "Alt-F12"] {
            assert_eq!(text.parse::<Key>().map(|k| k.to_string()).as_deref(), Ok(text));
        }
        assert!("jj".parse::<Key>().is_err());
        assert!("F1x".parse::<Key>().is_err());
        assert!("".parse::<Key>().is_err());
    }
}
