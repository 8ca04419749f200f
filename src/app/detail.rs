//! The detail pane: everything about a talk, an event or a shelf, laid out when it or the width changes.

mod kept;

pub use kept::sign;

use super::model::{Subject, filter};
use super::timeline;
use crate::domain::link::is_web_address;
use crate::domain::{Catalogue, Cue, Event, Field, Labelled, Marks, Origin, Place, Status, Talk};
use crate::markdown;
use crate::rich::{Line, Role, Span, wrap};

/// What a link of the detail pane leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The talks that a search finds.
    Search(String),
    /// A web page.
    Link(String),
    /// A second of the talk's recording.
    Second(Cue),
    /// A note of the user's, to be written anew.
    Note(i64),
    /// What is kept about a talk that no source holds any more, to be forgotten.
    Forget(i64),
}

/// The pane: its text, how far it is scrolled, and the link under the cursor.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// The text.
    pub lines: Vec<Line>,
    /// Where its links lead.
    pub targets: Vec<Target>,
    /// Lines scrolled away.
    pub scroll: usize,
    /// The link under the cursor.
    pub target: Option<usize>,
    /// What the text is of, and for which width.
    of: Option<(Subject, usize)>,
    /// What it says is not so any more.
    stale: bool,
}

impl Detail {
    /// Lays the text out anew if it would be another.
    pub(super) fn show(&mut self, catalogue: &Catalogue, marks: &Marks, subject: Option<Subject>, width: usize) {
        let of = subject.map(|subject| (subject, width));
        if self.of == of && !self.stale {
            return;
        }
        let same = self.of.map(|(subject, _)| subject) == subject;
        let target = self.target.and_then(|at| self.targets.get(at)).filter(|_| same).cloned();
        let mut page = Page { width, ..Page::default() };
        match subject {
            Some(Subject::Talk(talk)) => page.talk(catalogue, marks, talk),
            Some(Subject::Event(event)) => page.event(catalogue, &catalogue.events()[event]),
            Some(Subject::Shelf(row)) => page.shelf(marks, row),
            None => {}
        }
        *self = Detail {
            // The same link, wherever it stands now.
            target: target.and_then(|target| page.targets.iter().position(|other| *other == target)),
            lines: page.lines,
            targets: page.targets,
            scroll: if same { self.scroll } else { 0 },
            of,
            stale: false,
        };
    }

    /// What is shown is of yesterday, but its place is kept.
    pub(super) fn lay_out_anew(&mut self) {
        self.stale = true;
    }

    /// Forgets what it shows, since the catalogue is another.
    pub(super) fn clear(&mut self) {
        *self = Detail::default();
    }

    /// The targets that can be seen and followed, from top to bottom.
    pub fn links(&self) -> Vec<usize> {
        let mut links: Vec<usize> = self.lines.iter().flat_map(|line| &line.spans).filter_map(|span| span.target).collect();
        links.dedup();
        links
    }

    /// Puts the cursor on the next or previous link, and scrolls it into sight.
    pub(super) fn step(&mut self, forward: bool, shown: usize) {
        let links = self.links();
        let at = self.target.and_then(|target| links.iter().position(|link| *link == target));
        let next = match (at, forward) {
            (None, true) => links.first(),
            (None, false) => links.last(),
            (Some(at), true) => links.get(at + 1).or(links.first()),
            (Some(at), false) => at.checked_sub(1).and_then(|at| links.get(at)).or(links.last()),
        };
        let Some(next) = next.copied() else { return };
        self.target = Some(next);
        let line = self.lines.iter().position(|line| line.spans.iter().any(|span| span.target == Some(next))).unwrap_or(0);
        if line < self.scroll || line >= self.scroll + shown {
            self.scroll = line.saturating_sub(shown / 2);
        }
    }
}

/// A page being written.
#[derive(Default)]
struct Page {
    width: usize,
    lines: Vec<Line>,
    targets: Vec<Target>,
}

impl Page {
    fn talk(&mut self, catalogue: &Catalogue, marks: &Marks, index: usize) {
        let talk = &catalogue.talks()[index];
        let event = catalogue.event_of(talk);
        self.text(&talk.title, Role::Title);
        for speaker in &talk.speakers {
            let mut spans = vec![self.search("speaker", &speaker.name)];
            if let Some(company) = &speaker.company {
                spans.push(Span::new(" · ", Role::Dim));
                spans.push(self.search("company", company));
            }
            self.wrapped(&spans);
            let others: Vec<&str> = catalogue.other_names(&speaker.name).collect();
            if !others.is_empty() {
                self.text(&format!("also known as {}", others.join(", ")), Role::Dim);
            }
        }
        self.blank();
        self.text(&event.title, Role::Plain);
        self.when_and_where(event);
        self.recording(catalogue, talk, event);
        self.marks(marks, index);
        self.notes(talk, marks.notes(index));
        self.takeaways(&talk.about().takeaways);
        self.chapters(talk);
        self.markdown("About", talk.about().description.as_deref());
        self.reading(talk);
        self.origins(talk);
    }

    fn event(&mut self, catalogue: &Catalogue, event: &Event) {
        self.text(&event.title, Role::Title);
        self.when_and_where(event);
        let talks: Vec<&Talk> = catalogue.talks_of(event).iter().collect();
        let in_recording: Vec<&Talk> =
            talks.iter().copied().filter(|t| t.recording == event.recording && event.recording.is_some()).collect();
        let drawing = timeline::draw(&in_recording, None, self.width);
        if !drawing.is_empty() {
            self.blank();
            self.lines.extend(drawing);
        }
        if let Some(recording) = &event.recording {
            let link = self.link(&recording.url(), &recording.url());
            self.wrapped(&[link]);
        }
        self.heading("Talks");
        for talk in talks {
            let cue = talk.span.start.map_or_else(|| "–".to_owned(), |cue| cue.to_string());
            let spans = [Span::new(talk.title.clone(), Role::Plain), Span::new(format!("\n{}", talk.by_line()), Role::Dim)];
            let rest = [Span::new(" ".repeat(9), Role::Plain)];
            self.lines.extend(wrap(&spans, self.width, &[Span::new(format!("{cue:>7}  "), Role::Accent)], &rest));
        }
        self.markdown("About", event.description.as_deref());
        self.links("Sponsors", &event.sponsors);
        self.next(event);
        if let Some(url) = &event.url {
            self.heading("Write-up");
            let link = self.link(url, url);
            self.wrapped(&[link]);
        }
        self.blank();
        self.text(&event.source.path, Role::Dim);
        self.also(&event.also);
    }

    /// Where else it was read.
    fn also(&mut self, places: &[Place]) {
        for place in places {
            self.text(&format!("also in {place}"), Role::Dim);
        }
    }

    fn when_and_where(&mut self, event: &Event) {
        let day = event.date.strftime("%-d %B %Y").to_string();
        let series = (!event.title.starts_with(&event.series)).then(|| event.series.clone());
        let parts = [series, Some(day), event.venue.clone(), event.location.clone()];
        let text: Vec<String> = parts.into_iter().flatten().collect();
        self.text(&text.join(" · "), Role::Plain);
        if let Some(host) = &event.host {
            self.text(&format!("Hosted by {host}"), Role::Dim);
        }
    }

    /// The cue, the recording as a line, and the link; or why there is none.
    fn recording(&mut self, catalogue: &Catalogue, talk: &Talk, event: &Event) {
        self.blank();
        let Some(url) = talk.url() else {
            let why = match talk.status {
                Status::Recorded => "No recording is known.",
                Status::NotRecorded => "The talk was not recorded.",
                Status::Cancelled => "The talk was cancelled.",
                Status::NotPublished => "The recording was never published.",
                Status::Scheduled => "The talk was announced; what became of it is not known.",
            };
            return self.text(why, Role::Warning);
        };
        let neighbours: Vec<&Talk> = catalogue.talks_of(event).iter().filter(|t| t.recording == talk.recording).collect();
        // A video that its source gives to one talk is that talk: there is no cue to miss.
        let is_own = neighbours.len() == 1 && talk.provenance.get(Field::Recording) == Some(Origin::Stated);
        if talk.span.start.is_none() && is_own {
            self.text("The whole recording is this talk.", Role::Plain);
        } else {
            self.wrapped(&span_text(talk));
        }
        if let (Some(printed), Some(start)) = (talk.about().printed_start, talk.span.start) {
            self.text(&format!("The write-up prints {printed}, its link goes to {start}."), Role::Warning);
        }
        let drawing = timeline::draw(&neighbours, Some(talk), self.width);
        self.lines.extend(drawing);
        let link = self.link(&url, &url);
        self.wrapped(&[link]);
    }

    fn takeaways(&mut self, takeaways: &[String]) {
        if takeaways.is_empty() {
            return;
        }
        self.heading("Takeaways");
        for takeaway in takeaways {
            let (spans, links) = markdown::inline(takeaway, self.targets.len());
            self.targets.extend(links.into_iter().map(Target::Link));
            let spans = self.only_web(spans);
            self.lines.extend(wrap(&spans, self.width, &[Span::new("• ", Role::Accent)], &[Span::new("  ", Role::Plain)]));
        }
    }

    /// Each chapter opens the recording at its own second.
    fn chapters(&mut self, talk: &Talk) {
        let chapters = &talk.about().chapters;
        let Some(last) = chapters.last() else { return };
        self.heading("Chapters");
        let width = last.start.to_string().len();
        let recording = talk.recording.as_ref().filter(|recording| recording.takes_cue() && talk.url().is_some());
        for chapter in chapters {
            let cue = Span::new(format!("{:>width$}  ", chapter.start.to_string()), Role::Accent);
            let title = match recording {
                Some(_) => self.leading(&chapter.title, Target::Second(chapter.start)),
                None => Span::new(chapter.title.clone(), Role::Plain),
            };
            self.lines.extend(wrap(&[title], self.width, &[cue], &[Span::new(" ".repeat(width + 2), Role::Plain)]));
        }
    }

    fn markdown(&mut self, heading: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.heading(heading);
        self.rendered(text);
    }

    fn rendered(&mut self, text: &str) {
        let rendered = markdown::render(text, self.width, self.targets.len());
        self.targets.extend(rendered.links.into_iter().map(Target::Link));
        for line in rendered.lines {
            let spans = self.only_web(line.spans);
            self.lines.push(Line { spans });
        }
    }

    /// Links in texts may lead anywhere; only the web is followed.
    fn only_web(&self, spans: Vec<Span>) -> Vec<Span> {
        let leads = |target: usize| matches!(&self.targets[target], Target::Link(url) if is_web_address(url));
        spans.into_iter().map(|span| Span { target: span.target.filter(|t| leads(*t)), ..span }).collect()
    }

    fn reading(&mut self, talk: &Talk) {
        let about = talk.about();
        if let Some(slides) = &about.slides {
            self.heading("Slides");
            let link = self.link(slides, slides);
            self.wrapped(&[link]);
        }
        self.links("Resources", &about.resources);
        if !about.tags.is_empty() {
            self.blank();
            self.text(&about.tags.join(", "), Role::Dim);
        }
    }

    fn links(&mut self, heading: &str, links: &[Labelled]) {
        if links.is_empty() {
            return;
        }
        self.heading(heading);
        for link in links {
            let mut spans = vec![match &link.url {
                Some(url) => self.link(&link.label, url),
                None => Span::new(link.label.clone(), Role::Plain),
            }];
            if let Some(url) = link.url.as_ref().filter(|url| **url != link.label) {
                spans.push(Span::new(format!("  {url}"), Role::Dim));
            }
            self.lines.extend(wrap(&spans, self.width, &[Span::new("• ", Role::Accent)], &[Span::new("  ", Role::Plain)]));
        }
    }

    fn next(&mut self, event: &Event) {
        let Some(next) = &event.next else { return };
        self.heading("Announced next");
        let day = next.date.map(|date| date.strftime("%-d %B %Y").to_string());
        let with = (!next.companies.is_empty()).then(|| format!("with {}", next.companies.join(", ")));
        let text: Vec<String> = [day, with].into_iter().flatten().collect();
        self.text(&text.join(" "), Role::Plain);
        if let Some(rsvp) = &next.rsvp {
            let link = self.link(rsvp, rsvp);
            self.wrapped(&[link]);
        }
    }

    /// What was not stated in as many words, and the file it all comes from.
    fn origins(&mut self, talk: &Talk) {
        self.blank();
        let guessed: Vec<&str> =
            talk.provenance.iter().filter(|(_, origin)| *origin == Origin::Guessed).map(|(field, _)| field.name()).collect();
        if !guessed.is_empty() {
            self.text(&format!("Guessed from the text: {}", guessed.join(", ")), Role::Warning);
        }
        let derived: Vec<&str> = talk
            .provenance
            .iter()
            .filter(|(field, origin)| *origin == Origin::Derived && !matches!(field, Field::End | Field::Recording))
            .map(|(field, _)| field.name())
            .collect();
        if !derived.is_empty() {
            self.text(&format!("Derived: {}", derived.join(", ")), Role::Dim);
        }
        self.text(&talk.source.to_string(), Role::Dim);
        self.also(&talk.about().also);
    }

    fn search(&mut self, field: &str, value: &str) -> Span {
        self.targets.push(Target::Search(filter(field, value)));
        Span { text: value.to_owned(), role: Role::Link, target: Some(self.targets.len() - 1) }
    }

    fn link(&mut self, label: &str, url: &str) -> Span {
        if !is_web_address(url) {
            return Span::new(label, Role::Plain);
        }
        self.leading(label, Target::Link(url.to_owned()))
    }

    fn leading(&mut self, label: &str, target: Target) -> Span {
        self.targets.push(target);
        Span { text: label.to_owned(), role: Role::Link, target: Some(self.targets.len() - 1) }
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.lines.push(Line::of(text, Role::Heading));
    }

    fn text(&mut self, text: &str, role: Role) {
        self.wrapped(&[Span::new(text, role)]);
    }

    fn wrapped(&mut self, spans: &[Span]) {
        self.lines.extend(wrap(spans, self.width, &[], &[]));
    }

    fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text().is_empty()) {
            self.lines.push(Line::default());
        }
    }
}

/// `23:09 – 52:59 · 29 min`, as far as it is known.
fn span_text(talk: &Talk) -> Vec<Span> {
    let Some(start) = talk.span.start else {
        return vec![Span::new("No cue is known: it opens at the recording's start.", Role::Warning)];
    };
    let mut spans = vec![Span::new(format!("▶ {start}"), Role::Accent)];
    if let Some(end) = talk.span.end {
        spans.push(Span::new(format!(" – {end}"), Role::Plain));
    }
    if let Some(length) = talk.span.length() {
        let derived = talk.provenance.get(Field::End) == Some(Origin::Derived);
        let about = if derived { "at most " } else { "" };
        spans.push(Span::new(format!(" · {about}{} min", length.div_ceil(60)), Role::Dim));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Chapter, EventDraft, Recording};

    /// The page of a talk with two chapters, and where its links lead.
    fn page(recording: &str) -> (String, Vec<Target>) {
        let mut talk = Talk::new("Knots", Place::of("x.yml".as_ref()));
        talk.recording = crate::domain::Link::parse(recording).map(|link| link.recording).ok().or_else(|| Recording::page(recording));
        let chapter = |start: &str, title: &str| Chapter { start: Cue::parse(start).expect("a cue"), title: title.into() };
        talk.about_mut().chapters = vec![chapter("0:00", "Hello"), chapter("1:02:03", "Bowlines")];
        let event = Event::new("Harbour", "Harbour", jiff::civil::date(2024, 1, 1), Place::of("x.yml".as_ref()));
        let (catalogue, _) = Catalogue::build(vec![EventDraft { event, talks: vec![talk] }]);
        let mut detail = Detail::default();
        detail.show(&catalogue, &Marks::default(), Some(Subject::Talk(0)), 60);
        let text: Vec<String> = detail.lines.iter().map(Line::text).collect();
        (text.join("\n"), detail.links().into_iter().map(|link| detail.targets[link].clone()).collect())
    }

    #[test]
    fn a_chapter_opens_at_its_own_second() {
        let (text, links) = page("https://youtu.be/aaaaaaaaaa1");
        assert!(text.contains("Chapters\n   0:00  Hello\n1:02:03  Bowlines"), "{text}");
        let at = |cue: &str| Target::Second(Cue::parse(cue).expect("a cue"));
        assert!(links.contains(&at("0:00")) && links.contains(&at("1:02:03")), "{links:?}");
        // A page of its own takes no cue: what would open at its start is no link to a chapter.
        let (text, links) = page("https://example.org/knots");
        assert!(text.contains("1:02:03  Bowlines"), "{text}");
        assert_eq!(links.len(), 1, "{links:?}");
    }
}
