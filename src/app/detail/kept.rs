//! What the user keeps, in the detail pane: marks and notes of a talk, and what a shelf holds.

use super::{Page, Target};
use crate::app::library::Shelf;
use crate::domain::marks::Lost;
use crate::domain::{Mark, Marks, Note, Recording, Talk};
use crate::rich::{Role, Span, wrap};

/// Lost talks that are laid out; more would hold up the key that shows them, and nobody reads so many there.
const MOST: usize = 200;

/// The sign of a mark, which rows show too.
pub fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Starred => "★",
        Mark::Watched => "✓",
        Mark::Queued => "+",
        Mark::Begun => "◐",
        Mark::Noted => "✎",
    }
}

impl Page {
    /// What the talk is to the user.
    pub(super) fn marks(&mut self, marks: &Marks, talk: usize) {
        let words = |mark: Mark| match mark {
            Mark::Queued => {
                marks.queue().iter().position(|queued| *queued == talk).map(|place| format!("number {} in the queue", place + 1))
            }
            Mark::Begun => marks.position(talk).map(|at| format!("seen up to {at}")),
            Mark::Noted => None,
            Mark::Starred | Mark::Watched => Some(mark.name().to_owned()),
        };
        let kept = Mark::ALL.into_iter().filter(|mark| marks.has(talk, *mark));
        let mut told: Vec<String> = kept.filter_map(|mark| Some(format!("{} {}", sign(mark), words(mark)?))).collect();
        let visit = marks.history.iter().find(|visit| visit.talk == talk);
        told.extend(visit.map(|visit| format!("last opened {}", visit.at.strftime("%Y-%m-%d"))));
        if !told.is_empty() {
            self.text(&told.join(" · "), Role::Accent);
        }
    }

    /// What the user wrote about the talk.
    pub(super) fn notes(&mut self, talk: &Talk, notes: &[Note]) {
        if notes.is_empty() {
            return;
        }
        self.heading("Your notes");
        for note in notes {
            let goes = talk.recording.as_ref().is_some_and(Recording::takes_cue) && talk.url().is_some();
            let mut head = match note.at {
                Some(at) if goes => vec![self.leading(&at.to_string(), Target::Second(at)), Span::new(" · ", Role::Dim)],
                Some(at) => vec![Span::new(at.to_string(), Role::Accent), Span::new(" · ", Role::Dim)],
                None => Vec::new(),
            };
            head.push(Span::new(format!("{} · ", note.written.strftime("%Y-%m-%d")), Role::Dim));
            head.push(self.leading("edit", Target::Note(note.id)));
            self.wrapped(&head);
            self.rendered(&note.text);
            self.blank();
        }
    }

    /// What a shelf is for, and what is kept about talks that are lost.
    pub(super) fn shelf(&mut self, marks: &Marks, row: usize) {
        let Some(of) = Shelf::all(marks).get(row).copied() else { return };
        self.text(of.name(marks), Role::Title);
        let count = of.len(marks);
        self.text(&format!("{count} talk{}", if count == 1 { "" } else { "s" }), Role::Accent);
        self.blank();
        self.rendered(of.about());
        if of == Shelf::Lost {
            marks.lost.iter().take(MOST).for_each(|lost| self.lost(lost));
            if let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) {
                self.blank();
                self.rendered(&format!("And {more} more: `cuepoint library export` writes down all of them."));
            }
        }
    }

    fn lost(&mut self, lost: &Lost) {
        self.blank();
        self.text(&lost.title, Role::Strong);
        for line in [&lost.by, &lost.event].into_iter().filter(|line| !line.is_empty()) {
            self.text(line, Role::Dim);
        }
        let signs: Vec<String> = lost.marks.iter().map(|mark| format!("{} {}", sign(*mark), mark.name())).collect();
        if !signs.is_empty() {
            self.text(&signs.join(" · "), Role::Accent);
        }
        if let Some(url) = &lost.url {
            let link = self.link(url, url);
            self.wrapped(&[link]);
        }
        for note in &lost.notes {
            let at = note.at.map(|at| format!("{at}  ")).unwrap_or_default();
            self.lines.extend(wrap(&[Span::new(note.text.clone(), Role::Quote)], self.width, &[Span::new(at, Role::Accent)], &[]));
        }
        let forget = self.leading("forget", Target::Forget(lost.id));
        self.wrapped(&[forget]);
    }
}
