//! Where each entry of a list of talks or people stands, found by its indentation alone: no text is parsed twice for it.

/// Line and column, from 1.
pub type At = (u32, u32);

/// Where an entry of the list begins, and each entry of the list below one of its keys (`talks`).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The entry's first key.
    pub at: At,
    /// The first keys of those below.
    pub below: Vec<At>,
}

/// What is known of the indentation while lines go by.
struct Scan<'a> {
    /// The key whose list is looked for.
    key: &'a [u8],
    entries: Vec<Entry>,
    /// The column of the list's dashes.
    dashes: Option<usize>,
    /// The column of the keys in the entry that is open, once a key has been seen.
    keys: Option<usize>,
    /// Is its last key the one that is looked for?
    inside: bool,
    /// The column of the dashes below it.
    below: Option<usize>,
}

/// The entries of a list, as far as its lines show them. Running text (`description: |`) is indented further than the key it
/// belongs to, so no dash in it stands where an entry's would. Other ways to write a list (`[{…}]`) give another number of entries
/// than the parser finds.
pub fn entries(text: &str, key: &str) -> Vec<Entry> {
    let mut scan = Scan { key: key.as_bytes(), entries: Vec::new(), dashes: None, keys: None, inside: false, below: None };
    let (mut start, mut number) = (0, 0);
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        number += 1;
        scan.line(&text.as_bytes()[start..end], number);
        start = end + 1;
    }
    scan.entries
}

impl Scan<'_> {
    fn line(&mut self, line: &[u8], number: u32) {
        let Some(indent) = line.iter().position(|byte| *byte != b' ') else { return };
        let content = &line[indent..];
        if content[0] == b'#' {
            return;
        }
        let dash = content[0] == b'-' && content.get(1).is_none_or(|next| *next == b' ');
        if dash && indent == *self.dashes.get_or_insert(indent) {
            self.entry(content, indent, number);
        } else if self.keys.is_none() {
            self.first_key(content, indent, number);
        } else if self.keys == Some(indent) && !dash {
            self.key(content);
        } else if dash && self.inside && self.keys <= Some(indent) && indent == *self.below.get_or_insert(indent) {
            let column = indent + content[1..].iter().take_while(|byte| **byte == b' ').count() + 1;
            if let Some(entry) = self.entries.last_mut() {
                entry.below.push((number, column_number(column)));
            }
        }
    }

    fn entry(&mut self, content: &[u8], indent: usize, number: u32) {
        let spaces = content[1..].iter().take_while(|byte| **byte == b' ').count();
        let key = &content[1 + spaces..];
        self.entries.push(Entry { at: (number, column_number(indent)), below: Vec::new() });
        (self.keys, self.inside, self.below) = (None, false, None);
        if key.first().is_some_and(|byte| *byte != b'#') {
            self.first_key(key, indent + 1 + spaces, number);
        }
    }

    fn first_key(&mut self, content: &[u8], column: usize, number: u32) {
        if let Some(entry) = self.entries.last_mut() {
            entry.at = (number, column_number(column));
            self.keys = Some(column);
            self.key(content);
        }
    }

    fn key(&mut self, content: &[u8]) {
        self.inside = content.strip_prefix(self.key).is_some_and(|rest| rest.starts_with(b":"));
        self.below = None;
    }
}

/// Columns count from 1.
fn column_number(bytes_before: usize) -> u32 {
    u32::try_from(bytes_before + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(At, Vec<At>)> {
        entries(text, "talks").into_iter().map(|entry| (entry.at, entry.below)).collect()
    }

    #[test]
    fn entries_and_their_talks_are_found() {
        let text = "# x\n---\n- id: a\n  talks:\n    - id: b\n      title: c\n\n    -  id: d\n- id: e\n";
        assert_eq!(found(text), [((3, 3), vec![(5, 7), (8, 8)]), ((9, 3), vec![])]);
    }

    #[test]
    fn a_list_may_stand_below_its_key() {
        assert_eq!(found("- id: a\n  speakers:\n  - x\n  talks:\n  - id: b\n  other: c\n  - d"), [((1, 3), vec![(5, 5)])]);
    }

    #[test]
    fn dashes_in_running_text_are_none() {
        let text =
            "- id: a\n  description: |\n    - one\n    talks:\n    - two\n  talks:\n    - id: b\n      description: |-\n        - x\n";
        assert_eq!(found(text), [((1, 3), vec![(7, 7)])]);
    }

    #[test]
    fn a_dash_may_stand_alone() {
        assert_eq!(found("-\n  # later\n  id: a\n- # none\n  talks:\n    - id: b\n"), [((3, 3), vec![]), ((5, 3), vec![(6, 7)])]);
    }
}
