//! A cursor in a list that is longer than its pane.

/// Rows that stay in sight before and behind the cursor.
const MARGIN: usize = 3;

/// Cursor and scroll of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct List {
    /// The row under the cursor.
    pub cursor: usize,
    /// The first row shown.
    pub offset: usize,
}

impl List {
    /// Moves the cursor, staying within `len` rows.
    pub fn move_by(&mut self, rows: isize, len: usize) {
        self.cursor = self.cursor.saturating_add_signed(rows).min(len.saturating_sub(1));
    }

    /// Keeps the cursor within `len` rows and on the `shown` rows of the pane, with some rows in sight on both sides of it
    /// and no empty room below.
    pub fn settle(&mut self, len: usize, shown: usize) {
        self.cursor = self.cursor.min(len.saturating_sub(1));
        let shown = shown.max(1);
        let margin = MARGIN.min((shown - 1) / 2);
        let (first, last) = (self.cursor.saturating_sub(margin), self.cursor + margin + 1);
        self.offset = self.offset.min(first).max(last.saturating_sub(shown)).min(len.saturating_sub(shown));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_is_always_in_sight(moves in proptest::collection::vec((-50isize..50, 0usize..100, 0usize..30), 0..30)) {
            let mut list = List::default();
            for (by, len, shown) in moves {
                list.move_by(by, len);
                list.settle(len, shown);
                prop_assert!(list.cursor < len.max(1));
                prop_assert!(list.offset <= list.cursor && list.cursor < list.offset + shown.max(1));
                prop_assert!(list.offset == 0 || list.offset + shown.max(1) <= len);
            }
        }
    }
}
