//! How to search: what can be typed, and what that finds, laid out for a width.

use crate::rich::{Line, Role, Span, wrap};
use crate::search::query::HELP;
use crate::text;

/// Columns between what to type and what it finds.
const GAP: usize = 2;

/// Below so many columns, what a row finds needs more room than what is typed for it.
const NARROW: usize = 60;

/// The open page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Guide {
    /// Lines scrolled away.
    pub scroll: usize,
}

/// The page, for a width in columns. A row that explains nothing is a heading.
pub fn lines(width: usize) -> Vec<Line> {
    // As wide as what stands in it, but for what would leave too little to the words beside it.
    let most = if width < NARROW { width * 2 / 5 } else { width / 3 };
    let widths = HELP.iter().filter(|(_, finds)| !finds.is_empty()).map(|(typed, _)| text::width(typed));
    let column = widths.filter(|width| *width <= most).max().unwrap_or(0);
    let indent = [Span::new(" ".repeat(column + GAP), Role::Plain)];
    let mut lines = Vec::new();
    for (typed, finds) in HELP {
        if finds.is_empty() {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.extend(wrap(&[Span::new(*typed, Role::Heading)], width, &[], &[]));
            continue;
        }
        let taken = text::width(typed);
        let pad = " ".repeat((column + GAP).saturating_sub(taken));
        let first = [Span::new(*typed, Role::Accent), Span::new(pad, Role::Plain)];
        let finds = [Span::new(*finds, Role::Plain)];
        if taken > column {
            // Too wide to stand beside: what it finds stands below.
            lines.extend(wrap(&first[..1], width, &[], &[]));
            lines.extend(wrap(&finds, width, &indent, &indent));
        } else {
            lines.extend(wrap(&finds, width, &first, &indent));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_cut_at_any_width() {
        for width in 16..120 {
            let lines = lines(width);
            assert!(lines.iter().all(|line| text::width(&line.text()) <= width), "{width}");
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let all: String = lines.iter().map(Line::text).collect();
            let wanted: String = HELP.iter().flat_map(|(typed, finds)| [*typed, *finds]).collect();
            assert_eq!(letters(&all), letters(&wanted), "{width}");
        }
    }
}
