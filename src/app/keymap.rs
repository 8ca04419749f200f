//! From keys to commands: a pure function of scope, keys pressed before, and key.

use super::command::{Command, Scope, TABLE};
use super::input::Key;

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Do this.
    Command(Command),
    /// The beginning of a longer sequence: wait.
    Pending,
    /// Nothing.
    None,
}

/// The meaning of a key after others that waited.
pub fn meaning(scope: Scope, pending: &[Key], key: Key) -> Meaning {
    let mut pressed = pending.to_vec();
    pressed.push(key);
    let mut waits = false;
    for entry in TABLE.iter().filter(|entry| entry.scopes.contains(&scope)) {
        for keys in entry.keys {
            let sequence: Vec<Key> = keys.split(' ').filter_map(|k| k.parse().ok()).collect();
            if sequence == pressed {
                return Meaning::Command(entry.command);
            }
            waits |= sequence.len() > pressed.len() && sequence.starts_with(&pressed);
        }
    }
    match (waits, pending.is_empty()) {
        (true, _) => Meaning::Pending,
        // `g j`: the sequence led nowhere, so the key counts for itself.
        (false, false) => meaning(scope, &[], key),
        (false, true) => Meaning::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scope: Scope, keys: &str) -> Meaning {
        let keys: Vec<Key> = keys.split(' ').map(|k| k.parse().expect("a key")).collect();
        let (last, pending) = keys.split_last().expect("a key");
        meaning(scope, pending, *last)
    }

    #[test]
    fn sequences() {
        assert_eq!(of(Scope::Lists, "g"), Meaning::Pending);
        assert_eq!(of(Scope::Lists, "g g"), Meaning::Command(Command::Top));
        assert_eq!(of(Scope::Lists, "g j"), Meaning::Command(Command::Down));
        assert_eq!(of(Scope::Lists, "Z"), Meaning::None);
        assert_eq!(of(Scope::Search, "j"), Meaning::None);
        assert_eq!(of(Scope::Detail, "Tab"), Meaning::Command(Command::NextLink));
    }
}
