//! Looks: the sixteen colours that every terminal lets its user choose, so that light and dark follow the user.

use crate::rich::Role;
use ratatui::style::{Color, Modifier, Style};

/// How roles look.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    colours: bool,
}

impl Theme {
    /// With colours or without. Nothing is told by colour alone.
    pub fn new(colours: bool) -> Theme {
        Theme { colours }
    }

    fn colour(self, style: Style, colour: Color) -> Style {
        if self.colours { style.fg(colour) } else { style }
    }

    /// The look of a piece of text.
    pub fn role(self, role: Role) -> Style {
        let plain = Style::new();
        match role {
            Role::Plain => plain,
            Role::Dim => self.colour(plain, Color::DarkGray),
            Role::Title | Role::Strong => plain.add_modifier(Modifier::BOLD),
            Role::Heading => self.colour(plain.add_modifier(Modifier::BOLD), Color::Cyan),
            Role::Emphasis | Role::Quote => plain.add_modifier(Modifier::ITALIC),
            Role::Code => self.colour(plain, Color::Green),
            Role::Link => self.colour(plain.add_modifier(Modifier::UNDERLINED), Color::LightBlue),
            Role::Accent => self.colour(plain, Color::Cyan),
            Role::Match => self.colour(plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED), Color::Magenta),
            Role::Warning => self.colour(plain, Color::Yellow),
            Role::Bad => self.colour(plain.add_modifier(Modifier::BOLD), Color::Red),
            Role::Wrong => self.colour(plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED), Color::Red),
        }
    }

    /// What is laid over the row under the cursor in the pane that has the focus.
    pub fn cursor(self) -> Style {
        if self.colours { Style::new().fg(Color::Black).bg(Color::Cyan) } else { Style::new().add_modifier(Modifier::REVERSED) }
    }

    /// The frame of a pane.
    pub fn frame(self, focused: bool) -> Style {
        if focused { self.colour(Style::new().add_modifier(Modifier::BOLD), Color::Cyan) } else { self.role(Role::Dim) }
    }
}
