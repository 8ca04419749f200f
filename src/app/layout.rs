//! Where everything stands: a pure function of size and model, used to draw and to know what the mouse hit.

use super::model::{Model, Mood, Pane};
use crate::rich::{Role, Span, wrap};

/// Columns and rows of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Left column, from 0.
    pub x: u16,
    /// Top row, from 0.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Is a cell inside?
    pub fn contains(&self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column) && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }

    /// Without a frame of one cell.
    #[must_use]
    pub fn inner(&self) -> Area {
        Area { x: self.x + 1, y: self.y + 1, width: self.width.saturating_sub(2), height: self.height.saturating_sub(2) }
    }

    /// The rows from the top, and what is left below them.
    fn split_top(self, rows: u16) -> (Area, Area) {
        let rows = rows.min(self.height);
        (Area { height: rows, ..self }, Area { y: self.y + rows, height: self.height - rows, ..self })
    }

    /// One column further left, so that neighbours share a frame.
    fn beside(self) -> Area {
        Area { x: self.x - 1, width: self.width + 1, ..self }
    }

    /// The columns from the left, and what is left beside them.
    fn split_left(self, columns: u16) -> (Area, Area) {
        let columns = columns.min(self.width);
        (Area { width: columns, ..self }, Area { x: self.x + columns, width: self.width - columns, ..self })
    }
}

/// The smallest terminal that is drawn on.
pub const SMALLEST: Size = Size { width: 20, height: 5 };

/// From so many columns on, three panes stand side by side.
pub const WIDE: u16 = 110;

/// Below so many columns, one pane stands alone.
pub const MEDIUM: u16 = 70;

/// Rows that a talk takes in its list: title, and who gave it.
const TALK_ROWS: u16 = 2;

/// The same where there is room for all: two rows of title, who gave it, and a gap.
const ROOMY_TALK_ROWS: u16 = 4;

/// Where everything stands. An empty area is not drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The whole screen.
    pub screen: Area,
    /// Name, views and counts.
    pub header: Area,
    /// The search line.
    pub search: Area,
    /// The panes that are seen, from left to right, with their frames.
    pub panes: Vec<(Pane, Area)>,
    /// What just happened.
    pub status: Area,
    /// The keys that work now.
    pub footer: Area,
    /// The help, over everything.
    pub help: Area,
    /// How to search, over everything but the footer.
    pub guide: Area,
    /// What was read, over everything but the rows at the top and the bottom.
    pub sources: SourcesAreas,
    /// The text of the page with a link, from the first column to the last; a rule stands above and below it.
    pub link: Area,
    /// Rows that a talk takes in its list.
    pub talk_rows: u16,
    /// The terminal is smaller than [`SMALLEST`].
    pub too_small: bool,
}

impl Layout {
    /// The layout of a model on its terminal.
    pub fn of(model: &Model) -> Layout {
        let Size { width, height } = model.size;
        let screen = Area { x: 0, y: 0, width, height };
        let mut layout = Layout { screen, ..Layout::default() };
        if width < SMALLEST.width || height < SMALLEST.height {
            layout.too_small = true;
            return layout;
        }
        let mut rest = screen;
        if height >= 8 {
            (layout.header, rest) = rest.split_top(1);
        }
        if model.search.is_on() {
            (layout.search, rest) = rest.split_top(1);
        }
        let told = told(model);
        let bottom = if height >= 10 { told + 1 } else { 1 };
        let (middle, bottom) = rest.split_top(rest.height - bottom);
        (layout.status, layout.footer) = match bottom.height {
            2.. => bottom.split_top(told),
            // One row for both: what just happened hides the keys until the next one is pressed.
            _ if model.notice().is_some() || model.prompt.is_some() => (bottom, Area::default()),
            _ => (Area::default(), bottom),
        };
        layout.panes = panes(model, middle);
        let room = layout.pane(Pane::Talks).map_or(0, |area| usize::from(area.inner().height));
        // Rows of a search keep their height while its hits change.
        let roomy = !model.search.is_on() && model.rows.len() * usize::from(ROOMY_TALK_ROWS) <= room;
        // A rule above it and one below; what just happened is told in the rows under that.
        let rows = height.saturating_sub(layout.header.height + 2 + bottom.height);
        layout.link = Area { y: layout.header.height + 1, height: rows, ..screen };
        layout.talk_rows = if roomy { ROOMY_TALK_ROWS } else { TALK_ROWS };
        layout.help = help(screen);
        layout.guide = guide(screen);
        layout.sources = SourcesAreas::of(screen, layout.header.height, model.sources.len());
        layout
    }

    /// The area of a pane, with its frame.
    pub fn pane(&self, pane: Pane) -> Option<Area> {
        self.panes.iter().find(|(p, _)| *p == pane).map(|(_, area)| *area)
    }

    /// The pane at a cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        self.panes.iter().find(|(_, area)| area.contains(column, row)).map(|(pane, _)| *pane)
    }

    /// Rows of a list that a pane shows.
    pub fn shown(&self, pane: Pane) -> usize {
        let rows = self.pane(pane).map_or(0, |area| area.inner().height);
        usize::from(match pane {
            Pane::Talks => rows / self.talk_rows.max(1),
            Pane::Events | Pane::Detail => rows,
        })
    }
}

/// The parts of the page about sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SourcesAreas {
    /// The whole page, with its frame.
    pub page: Area,
    /// What the columns are called, where there is room for it.
    pub head: Area,
    /// The sources.
    pub list: Area,
    /// The line between them and what is told about one.
    pub rule: Area,
    /// What is told about the source under the cursor.
    pub about: Area,
}

impl SourcesAreas {
    fn of(screen: Area, top: u16, sources: usize) -> SourcesAreas {
        let page = Area { y: top, height: screen.height.saturating_sub(top + 1), ..screen };
        let mut rest = page.inner();
        let roomy = rest.height >= 10;
        let (head, list, rule);
        (head, rest) = rest.split_top(u16::from(roomy && rest.width >= 60));
        // Most of the page is for what is told, but some sources are always seen.
        let most = (rest.height / 3).max(1);
        (list, rest) = rest.split_top(u16::try_from(sources.max(1)).unwrap_or(u16::MAX).min(most));
        (rule, rest) = rest.split_top(u16::from(rest.height >= 3));
        SourcesAreas { page, head, list, rule: Area { x: page.x, width: page.width, ..rule }, about: rest }
    }
}

fn panes(model: &Model, middle: Area) -> Vec<(Pane, Area)> {
    let chooser = model.has_chooser();
    if middle.width < MEDIUM {
        return vec![(model.focus, middle)];
    }
    if middle.width < WIDE {
        let list = if model.about == Pane::Events { Pane::Events } else { Pane::Talks };
        let (left, right) = middle.split_left(share(middle.width, 45));
        return vec![(list, left), (Pane::Detail, right.beside())];
    }
    if !chooser {
        let (left, right) = middle.split_left(share(middle.width, 45));
        return vec![(Pane::Talks, left), (Pane::Detail, right.beside())];
    }
    let (left, rest) = middle.split_left(share(middle.width, 29).min(52));
    let (centre, right) = rest.beside().split_left(share(rest.width, 45));
    let right = right.beside();
    vec![(Pane::Events, left), (Pane::Talks, centre), (Pane::Detail, right)]
}

/// Rows of the sentence about what happened. What went wrong is told whole where there is room: its end says what to do.
fn told(model: &Model) -> u16 {
    match model.notice() {
        Some((text, Mood::Bad | Mood::Doubtful)) if model.prompt.is_none() && model.size.height >= ROOMY => {
            let lines = wrap(&[Span::new(text, Role::Plain)], usize::from(model.size.width.saturating_sub(2)), &[], &[]).len();
            u16::try_from(lines).unwrap_or(MOST_TOLD).clamp(1, MOST_TOLD)
        }
        _ => 1,
    }
}

/// From so many rows on, a sentence may take several.
const ROOMY: u16 = 14;

/// The most that it takes.
const MOST_TOLD: u16 = 5;

/// So many hundredths of a width.
fn share(width: u16, hundredths: u32) -> u16 {
    u16::try_from(u32::from(width) * hundredths / 100).unwrap_or(width)
}

/// The help lies over the middle of the screen.
fn help(screen: Area) -> Area {
    let width = screen.width.min(76);
    let height = screen.height.min(30);
    Area { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
}

/// How to search lies over the middle of the screen, as high as it needs to be; the footer tells how to leave it.
fn guide(screen: Area) -> Area {
    let width = screen.width.min(92);
    let wanted = super::guide::lines(usize::from(width.saturating_sub(4))).len() + 2;
    let room = screen.height - 1;
    let height = u16::try_from(wanted).unwrap_or(u16::MAX).min(room);
    Area { x: (screen.width - width) / 2, y: (room - height) / 2, width, height }
}

/// The column of the header at which the names of the views begin.
pub const VIEWS_COLUMN: u16 = 11;

/// The name of a view in the header.
pub fn view_label(index: usize, view: super::model::View) -> String {
    format!(" {} {} ", index + 1, view.name())
}
