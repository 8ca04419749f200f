//! Where a person's name begins and ends.

use super::Reader;
use std::ops::Range;

impl Reader<'_> {
    /// The name whose last word is `last`.
    pub(super) fn name_ending_at(&self, last: usize, floor: usize) -> Option<Range<usize>> {
        let mut start = last + 1;
        while start > floor {
            let at = start - 1;
            let token = self.tokens[at];
            let inner = at < last;
            let follows_name = || self.tokens[floor..at].last().is_some_and(|t| t.is_name_word() || t.is_particle());
            let nickname = inner && token.is_nickname() && follows_name();
            let fits = token.is_name_word() || (inner && token.is_particle() && follows_name());
            if (inner && !self.adjacent(at)) || (!nickname && (!fits || (inner && !token.flows_on()))) {
                break;
            }
            start -= 1;
            if !token.lead.is_empty() && !nickname {
                break;
            }
        }
        (start <= last).then_some(start..last + 1)
    }

    /// The name whose first word is `first`.
    pub(super) fn name_starting_at(&self, first: usize, limit: usize) -> Option<Range<usize>> {
        let mut end = first;
        while end < limit {
            let token = self.tokens[end];
            let goes_on = || self.tokens.get(end + 1).is_some_and(|t| t.is_name_word() || t.is_particle());
            let nickname = end > first && token.is_nickname() && goes_on();
            let inner = end > first && token.is_particle() && goes_on();
            if !(token.is_name_word() || inner || nickname) {
                break;
            }
            end += 1;
            if (!token.flows_on() && !nickname) || !self.adjacent(end - 1) {
                break;
            }
        }
        (end > first).then_some(first..end)
    }

    /// Does nothing but white space stand between a word with its punctuation and the next? (`Boats @ Sea` is no name.)
    fn adjacent(&self, i: usize) -> bool {
        let (token, Some(next)) = (self.tokens[i], self.tokens.get(i + 1)) else { return true };
        self.text[token.end + token.trail.len()..next.start - next.lead.len()].trim().is_empty()
    }
}
