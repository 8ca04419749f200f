//! Which parts of a recording were played.

use std::ops::Range;

/// Milliseconds of a recording that were played, as spans that neither touch nor overlap, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen(Vec<Range<u64>>);

impl Seen {
    /// Adds what was played; the same twice counts once.
    pub fn add(&mut self, span: Range<u64>) {
        if span.is_empty() {
            return;
        }
        let first = self.0.partition_point(|known| known.end < span.start);
        let last = self.0.partition_point(|known| known.start <= span.end);
        let touched = &self.0[first..last];
        let start = touched.first().map_or(span.start, |known| known.start.min(span.start));
        let end = touched.last().map_or(span.end, |known| known.end.max(span.end));
        self.0.splice(first..last, std::iter::once(start..end));
    }

    /// How much of a span was played.
    pub fn of(&self, span: &Range<u64>) -> u64 {
        self.0.iter().map(|known| known.end.min(span.end).saturating_sub(known.start.max(span.start))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_touches_is_one() {
        let mut seen = Seen::default();
        for span in [5..8, 0..2, 2..5, 20..30, 12..12] {
            seen.add(span);
        }
        assert_eq!(seen.0, [0..8, 20..30]);
        assert_eq!((seen.of(&(1..25)), seen.of(&(8..20)), seen.of(&(0..0))), (12, 0, 0));
    }

    proptest! {
        #[test]
        fn every_second_counts_once(spans in proptest::collection::vec((0u64..60, 0u64..20), 0..20), from in 0u64..60, length in 0u64..40) {
            let (mut seen, mut plain) = (Seen::default(), [false; 120]);
            for (start, length) in spans {
                seen.add(start..start + length);
                (start..start + length).for_each(|at| plain[usize::try_from(at).expect("small")] = true);
            }
            let counted = (from..from + length).filter(|at| plain[usize::try_from(*at).expect("small")]).count();
            prop_assert_eq!(seen.of(&(from..from + length)), counted as u64);
            prop_assert!(seen.0.windows(2).all(|pair| pair[0].end < pair[1].start));
        }
    }
}
