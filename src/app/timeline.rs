//! A recording drawn as a line: every talk in it, one of them lit, and the cues below.

use crate::domain::{Cue, Talk};
use crate::rich::{Line, Role, Span};
use crate::text;

/// Length of a last talk whose end nobody knows, in seconds: about that of the others at a meetup.
const USUAL: u32 = 30 * 60;

/// Draws the recording that `talks` lie in, `lit` being one of them (or none), over `width` columns.
/// Talks without a cue cannot be drawn; without any there are no lines.
pub fn draw(talks: &[&Talk], lit: Option<&Talk>, width: usize) -> Vec<Line> {
    let mut cues: Vec<(u32, u32, bool)> = talks.iter().filter_map(|talk| span(talk, lit)).collect();
    cues.sort_unstable();
    let Some(last) = cues.last() else { return Vec::new() };
    let length = last.1.max(1);
    let column = |second: u32| usize::try_from(u64::from(second) * (width as u64) / u64::from(length)).unwrap_or(width).min(width);
    let bars: Vec<(usize, usize, bool)> =
        cues.iter().map(|(start, end, lit)| (column(*start).min(width.saturating_sub(1)), column(*end), *lit)).collect();
    vec![bar(&bars, width), labels(&cues, &bars, width)]
}

/// Start, end, and whether it is the lit one.
fn span(talk: &Talk, lit: Option<&Talk>) -> Option<(u32, u32, bool)> {
    let start = talk.span.start?.seconds();
    let end = talk.span.end.map_or(start + USUAL, Cue::seconds).max(start + 1);
    Some((start, end, lit.is_some_and(|lit| std::ptr::eq(lit, talk))))
}

fn bar(bars: &[(usize, usize, bool)], width: usize) -> Line {
    let mut line = Line::default();
    let mut at = 0;
    for (i, (start, end, lit)) in bars.iter().enumerate() {
        let start = (*start).max(at);
        let next = bars.get(i + 1).map_or(width, |b| b.0);
        // A gap of one column parts talks that follow each other at once.
        let end = (*end).min(if next < width { next.saturating_sub(1) } else { width }).max(start + 1).min(width);
        if start > at {
            let filler = if at == 0 { "·" } else { " " };
            line.spans.push(Span::new(filler.repeat(start - at), Role::Dim));
        }
        if end > start {
            let (glyph, role) = if *lit { ("█", Role::Accent) } else { ("▒", Role::Dim) };
            line.spans.push(Span::new(glyph.repeat(end - start), role));
            at = end;
        }
    }
    line
}

/// The start of each talk below its bar; one that has no room is left out, the lit one first served.
fn labels(cues: &[(u32, u32, bool)], bars: &[(usize, usize, bool)], width: usize) -> Line {
    let mut taken: Vec<(usize, String, bool)> = Vec::new();
    let mut order: Vec<usize> = (0..cues.len()).collect();
    order.sort_by_key(|i| !cues[*i].2);
    for i in order {
        let label = Cue::from_seconds(u64::from(cues[i].0)).map(|cue| cue.to_string()).unwrap_or_default();
        let room = text::width(&label);
        let at = bars[i].0.min(width.saturating_sub(room));
        let free = taken.iter().all(|(other, text, _)| at + room < *other || other + text::width(text) < at);
        if free && room <= width {
            taken.push((at, label, cues[i].2));
        }
    }
    taken.sort();
    let mut line = Line::default();
    let mut column = 0;
    for (at, label, lit) in taken {
        line.spans.push(Span::new(" ".repeat(at - column), Role::Plain));
        column = at + text::width(&label);
        line.spans.push(Span::new(label, if lit { Role::Accent } else { Role::Dim }));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Place;
    use proptest::prelude::*;

    fn talk(start: u32) -> Talk {
        let mut talk = Talk::new("x", Place::of("x".as_ref()));
        talk.span.start = Cue::from_seconds(u64::from(start)).ok();
        talk
    }

    #[test]
    fn an_evening() {
        let mut talks = [talk(1389), talk(3179), talk(5794)];
        talks[0].span.end = talks[1].span.start;
        talks[1].span.end = talks[2].span.start;
        let all: Vec<&Talk> = talks.iter().collect();
        let lines: Vec<String> = draw(&all, Some(&talks[1]), 40).iter().map(Line::text).collect();
        assert_eq!(lines, ["·······▒▒▒▒▒▒▒▒ █████████████ ▒▒▒▒▒▒▒▒▒▒", "       23:09    52:59         1:36:34"]);
    }

    proptest! {
        #[test]
        fn it_fits(starts in proptest::collection::vec(0u32..20_000, 0..8), width in 1usize..100) {
            let talks: Vec<Talk> = starts.into_iter().map(talk).collect();
            let all: Vec<&Talk> = talks.iter().collect();
            for line in draw(&all, talks.first(), width) {
                prop_assert!(text::width(&line.text()) <= width);
            }
        }
    }
}
