//! The page about sources: each with what it gave, and of the one under the cursor all that is wrong in it.

use super::list::List;
use super::model::Model;
use crate::archive::State;
use crate::domain::{Problem, Severity};
use crate::rich::{Line, Role, Span, wrap};
use crate::source::report::{Kind, Report, Tally, owner};
use crate::text::{self, clean_line};

/// Problems that are laid out; more would hold up the key that opens the page, and nobody reads so many there.
const MOST: usize = 1000;

/// Below so many columns, numbers do not stand in a table.
const NARROW: usize = 56;

/// Columns of a severity in front of a problem.
const SEVERITY: usize = 9;

/// The open page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourcesPage {
    /// The cursor in the sources.
    pub list: List,
    /// Lines scrolled away of what is told about the source under the cursor.
    pub scroll: usize,
    /// What is told about it, laid out.
    pub lines: Vec<Line>,
    /// The source and the width that it is laid out for.
    laid_out: Option<(usize, usize)>,
}

impl SourcesPage {
    /// Lays out what is told about the source under the cursor, where that is not done yet.
    pub fn show(&mut self, model: &Model, width: usize) {
        let wanted = (self.list.cursor, width);
        if self.laid_out == Some(wanted) {
            return;
        }
        if self.laid_out.is_some_and(|(source, _)| source != wanted.0) {
            self.scroll = 0;
        }
        self.laid_out = Some(wanted);
        self.lines = lines(model, self.list.cursor, width);
    }

    /// What was laid out is of yesterday.
    pub fn forget(&mut self) {
        self.laid_out = None;
    }
}

/// How it is with a source, in words that are coloured by how bad it is.
pub fn state(report: &Report, loading: bool) -> Vec<Span> {
    if loading {
        return vec![Span::new("reading …", Role::Dim)];
    }
    let counts = counted(report.problems);
    if counts.is_empty() { vec![Span::new("read", Role::Dim)] } else { counts }
}

/// `2 errors, 1 warning`
fn counted(tally: Tally) -> Vec<Span> {
    let mut spans = Vec::new();
    for (severity, count) in tally.counts() {
        if !spans.is_empty() {
            spans.push(Span::new(", ", Role::Dim));
        }
        spans.push(Span::new(many(count, &severity.to_string()), role(severity)));
    }
    spans
}

fn role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Bad,
        Severity::Warning => Role::Warning,
        Severity::Note => Role::Dim,
    }
}

fn many(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A path of at most so many columns: the beginning says whose it is, the end which; what lies between is left out.
pub fn cut_middle(path: &str, columns: usize) -> String {
    if text::width(path) <= columns {
        return path.to_owned();
    }
    let head = text::truncate(path, columns / 3 + 1);
    let room = columns.saturating_sub(text::width(&head));
    let starts = path.char_indices().map(|(at, _)| at).chain([path.len()]);
    let tail = starts.map(|at| &path[at..]).find(|tail| text::width(tail) <= room).unwrap_or_default();
    format!("{head}{tail}")
}

/// All that is told about a source.
fn lines(model: &Model, source: usize, width: usize) -> Vec<Line> {
    let Some(report) = model.sources.get(source) else { return Vec::new() };
    let mut lines = wrap(&[Span::new(report.shown_path(), Role::Strong)], width, &[], &[]);
    lines.push(Line::default());
    if model.state == State::Reading {
        lines.push(Line::of("This is being read.", Role::Dim));
        return lines;
    }
    let before = lines.len();
    if width < NARROW {
        lines.extend(report.kinds.iter().flat_map(|kind| sentence(kind, width)));
    } else if !report.kinds.is_empty() {
        lines.extend(table(&report.kinds, width));
    }
    lines.extend(unknown(report, width));
    if lines.len() > before {
        lines.push(Line::default());
    }
    lines.extend(problems(model, source, width));
    lines
}

/// Formats and what they gave, numbers below each other.
fn table(kinds: &[Kind], width: usize) -> Vec<Line> {
    let head = ["files", "events", "talks", "with a start"];
    let numbers = |kind: &Kind| [kind.files, kind.events, kind.talks, kind.cues].map(|number| number.to_string());
    let rows: Vec<[String; 4]> = kinds.iter().map(numbers).collect();
    let widest = |i: usize| rows.iter().map(|row| row[i].len()).max().unwrap_or(0).max(head[i].len());
    let name = kinds.iter().map(|kind| text::width(kind.format)).max().unwrap_or(0).max(12);
    let cells = |cells: [&str; 4]| (0..4).map(|i| format!("  {:>width$}", cells[i], width = widest(i))).collect::<Vec<_>>().concat();
    let mut lines = vec![Line::of(format!("{:name$}{}", "", cells(head)), Role::Dim)];
    for (kind, row) in kinds.iter().zip(&rows) {
        let mut spans = vec![Span::new(format!("{:name$}", kind.format), Role::Accent)];
        spans.push(Span::new(cells([0, 1, 2, 3].map(|i| row[i].as_str())), Role::Plain));
        if let Some(refused) = refused(kind) {
            spans.push(Span::new(format!("  {refused}"), Role::Warning));
        }
        lines.push(Line { spans: crate::rich::cut(spans, width) });
    }
    lines
}

/// The same where there is no room for columns.
fn sentence(kind: &Kind, width: usize) -> Vec<Line> {
    let files = many(kind.files, "file");
    let told = format!(": {files}, {}, {}, {} with a start", many(kind.events, "event"), many(kind.talks, "talk"), kind.cues);
    let mut spans = vec![Span::new(kind.format, Role::Accent), Span::new(told, Role::Plain)];
    spans.extend(refused(kind).map(|refused| Span::new(format!(", {refused}"), Role::Warning)));
    wrap(&spans, width, &[], &[Span::new("  ", Role::Plain)])
}

fn refused(kind: &Kind) -> Option<String> {
    match kind.refused {
        0 => None,
        all if all == kind.files => Some("not read".to_owned()),
        some => Some(format!("{some} not read")),
    }
}

/// How many files no format knows, and what most of them are called.
fn unknown(report: &Report, width: usize) -> Vec<Line> {
    let unknown = &report.unknown;
    if unknown.files == 0 {
        return Vec::new();
    }
    let told: usize = unknown.names.iter().map(|(_, count)| count).sum();
    let name = |(name, count): &(String, usize)| if *count == 1 { name.clone() } else { format!("{name} ×{count}") };
    let mut names: Vec<String> = unknown.names.iter().map(name).collect();
    names.extend((told < unknown.files).then(|| "…".to_owned()));
    let told = format!("{} of no known format: {}", many(unknown.files, "file"), clean_line(&names.join(", ")));
    wrap(&[Span::new(told, Role::Dim)], width, &[], &[Span::new("  ", Role::Plain)])
}

/// What is wrong in a source, the worst first.
fn problems(model: &Model, source: usize, width: usize) -> Vec<Line> {
    let report = &model.sources[source];
    let mut problems: Vec<&Problem> = model.problems.iter().filter(|p| owner(&model.sources, &p.place) == Some(source)).collect();
    if problems.is_empty() {
        return vec![Line::of("Nothing is wrong in it.", Role::Dim)];
    }
    problems.sort_by(|a, b| (a.severity, &a.place).cmp(&(b.severity, &b.place)));
    let mut lines = vec![Line { spans: crate::rich::cut(counted(Tally::of(problems.iter().copied())), width) }];
    let mut before: Option<&Problem> = None;
    for problem in problems.iter().take(MOST) {
        lines.extend(told(problem, report, width));
        // What to do about a mistake that was made again and again is read once.
        let again = before.is_some_and(|before| (&before.message, &before.hint) == (&problem.message, &problem.hint));
        if let Some(hint) = problem.hint.as_ref().filter(|_| !again) {
            let indent = [Span::new(" ".repeat(indent(width)), Role::Plain)];
            lines.extend(wrap(&[Span::new(clean_line(hint).into_owned(), Role::Dim)], width, &indent, &indent));
        }
        before = Some(problem);
    }
    if problems.len() > MOST {
        let text = format!("and {} more, which `cuepoint check` lists", problems.len() - MOST);
        lines.extend(wrap(&[Span::new(text, Role::Dim)], width, &[], &[]));
    }
    lines
}

/// Columns before what goes on below a problem's first line: where little fits, only so many that its beginning is seen.
fn indent(width: usize) -> usize {
    if width < NARROW { 2 } else { SEVERITY }
}

/// How bad, where, and what.
fn told(problem: &Problem, report: &Report, width: usize) -> Vec<Line> {
    let severity = problem.severity.to_string();
    let pad = if width < NARROW { 1 } else { SEVERITY.saturating_sub(severity.len()).max(1) };
    let first = [Span::new(severity, role(problem.severity)), Span::new(" ".repeat(pad), Role::Plain)];
    let rest = [Span::new(" ".repeat(indent(width)), Role::Plain)];
    let place = within(problem, report);
    let place = if place.is_empty() { place } else { place + ": " };
    let message = clean_line(&problem.message).into_owned();
    wrap(&[Span::new(place, Role::Accent), Span::new(message, Role::Plain)], width, &first, &rest)
}

/// The place without what stands above it already: the source's own path.
fn within(problem: &Problem, report: &Report) -> String {
    let place = &problem.place;
    let inside = report.within(&place.path).filter(|inside| !inside.is_empty());
    let numbers = [place.line, place.column].into_iter().flatten();
    let at: Vec<String> = inside.map(|path| clean_line(path).into_owned()).into_iter().chain(numbers.map(|n| n.to_string())).collect();
    match (inside, place.line) {
        (None, Some(line)) => format!("line {line}"),
        _ => at.join(":"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Place;
    use crate::source::Source;
    use crate::source::report::Unknown;
    use proptest::prelude::*;

    fn model(problems: Vec<Problem>) -> Model {
        let kind = Kind { format: "rubyevents", files: 1024, refused: 3, events: 180, talks: 9120, cues: 8001 };
        let unknown = Unknown { files: 115, names: vec![("venue.yml".into(), 112)] };
        let report = Report { kinds: vec![kind], unknown, ..Report::of(&Source::at("a/talks".as_ref())) };
        Model { sources: vec![report], problems, state: State::Fresh, ..Model::default() }
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(Line::text).collect()
    }

    #[test]
    fn a_source_is_told() {
        let place = Place::of("a/talks/x/videos.yml".as_ref());
        let problems = vec![
            Problem::note(place.clone(), "so"),
            Problem::error(place.at(12, 5), "“TODO” is no start").hint("write it as 12:30"),
            Problem::error(Place::of("b/y.yml".as_ref()), "of another source"),
            Problem::warning(Place::of("a/talks".as_ref()).at(3, 1), "it is itself"),
        ];
        let expected = [
            "a/talks",
            "",
            "              files  events  talks  with a start",
            "rubyevents     1024     180   9120          8001  3 not read",
            "115 files of no known format: venue.yml ×112, …",
            "",
            "1 error, 1 warning, 1 note",
            "error    x/videos.yml:12:5: “TODO” is no start",
            "         write it as 12:30",
            "warning  line 3: it is itself",
            "note     x/videos.yml: so",
        ];
        assert_eq!(texts(&lines(&model(problems), 0, 80)), expected);
        assert_eq!(texts(&lines(&model(Vec::new()), 0, 80)).last().map(String::as_str), Some("Nothing is wrong in it."));
        assert_eq!(lines(&model(Vec::new()), 1, 80), []);
    }

    #[test]
    fn more_than_can_be_read_is_counted() {
        let place = Place::of("a/talks/x.yml".as_ref());
        let all = (0..1003).map(|line| Problem::error(place.at(line + 1, 1), "no")).collect();
        let lines = texts(&lines(&model(all), 0, 80));
        assert_eq!(lines.iter().filter(|line| line.starts_with("error ")).count(), 1000);
        assert_eq!(lines.last().map(String::as_str), Some("and 3 more, which `cuepoint check` lists"));
    }

    #[test]
    fn paths_keep_both_ends() {
        for (path, columns, cut) in [
            ("/home/kim/archives/meetup/talks", 40, "/home/kim/archives/meetup/talks"),
            ("/home/kim/archives/meetup/talks", 20, "/home/…eetup/talks"),
            ("/東京/東京/東京", 9, "/東…/東京"),
        ] {
            assert!(text::width(&cut_middle(path, columns)) <= columns);
            if path.is_ascii() && columns == 20 {
                assert!(cut_middle(path, columns).starts_with("/home/…") && cut_middle(path, columns).ends_with("meetup/talks"));
            } else {
                assert_eq!(cut_middle(path, columns), cut);
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_is_too_wide(width in 12usize..100, message in "[a東é ]{0,60}", path in "[a東/]{0,60}", columns in 1usize..60) {
            let place = Place::of(format!("a/talks/{path}").as_ref()).at(1, 2);
            let model = model(vec![Problem::error(place, message.clone()).hint(message)]);
            let lines = lines(&model, 0, width);
            prop_assert!(lines.iter().all(|line| text::width(&line.text()) <= width), "{lines:?}");
            prop_assert!(text::width(&cut_middle(&path, columns)) <= columns);
        }
    }
}
