//! A link that nothing here opens, shown whole, so that whoever looks at the terminal can open it themselves.

use crate::open::clipboard;
use crate::rich::{Line, Role, Span, wrap};

/// The open page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkPage {
    /// The link.
    pub url: String,
    /// What it is.
    pub what: String,
    /// Why it was not opened.
    pub why: String,
    /// Lines scrolled away.
    pub scroll: usize,
}

impl LinkPage {
    /// The page, for a width in columns. Lines of the link take all of it, and nothing stands beside them: what is selected
    /// there is the link and no more.
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let mut lines = wrap(&[Span::new(self.url.as_str(), Role::Link)], width, &[], &[]);
        lines.push(Line::default());
        let mut add = |text: String, role| lines.extend(wrap(&[Span::new(text, role)], width, &[], &[]));
        if self.what != self.url {
            add(self.what.clone(), Role::Strong);
        }
        add(format!("Not opened: {}.", self.why), Role::Warning);
        let copied = if self.url.len() > clipboard::MOST {
            "It is too long to be copied through the terminal."
        } else {
            "It was copied, if your terminal lets programs copy (OSC 52); `cuepoint doctor` tells more."
        };
        add(format!("{copied} Or select it, with Shift held down where the mouse is listened to."), Role::Dim);
        lines
    }

    /// How many of the lines are the link.
    pub fn link_lines(&self, width: usize) -> usize {
        wrap(&[Span::new(self.url.as_str(), Role::Link)], width, &[], &[]).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn the_link_is_whole_and_alone_on_its_lines_at_any_width() {
        let url = format!("https://a.example/{}?t=1", "longer/".repeat(30));
        let page = LinkPage { url: url.clone(), what: "“T” at 1:00".into(), why: "there is no display here".into(), scroll: 0 };
        for width in 16..140 {
            let lines: Vec<String> = page.lines(width).iter().map(Line::text).collect();
            assert!(lines.iter().all(|line| text::width(line) <= width), "{width}");
            let link = page.link_lines(width);
            assert_eq!(lines[..link].concat(), url, "{width}");
            assert!(lines[..link - 1].iter().all(|line| line.len() == width), "{width}");
        }
    }
}
