//! What was read, source by source: what each file was taken for, what it gave, and how much is wrong.
//!
//! What a source *gave* is counted; the catalogue may hold less, where the same talk was told of twice.

use super::{Format, Reading, Source};
use crate::domain::{EventDraft, Place, Problem, Severity};
use hashbrown::{DefaultHashBuilder, HashMap};
use std::hash::BuildHasher;
use std::path::PathBuf;

/// Names of files of no known format that are told; of the others there is only the count.
const EXAMPLES: usize = 4;

/// The folder that files of the archive inside the program are named after.
const BUNDLED: &str = "data";

/// What one source gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What the source is called.
    pub name: String,
    /// Where it lies; `None` is the archive inside the program.
    pub path: Option<PathBuf>,
    /// What its files are, a line for each format, in the order of [`super::FORMATS`].
    pub kinds: Vec<Kind>,
    /// Files of no known format.
    pub unknown: Unknown,
    /// How much is wrong in it.
    pub problems: Tally,
}

/// What the files of one format gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kind {
    /// The name of the format.
    pub format: &'static str,
    /// Files that were taken for this format.
    pub files: usize,
    /// Those of them that could not be read at all, or are of a schema that is refused.
    pub refused: usize,
    /// Gatherings.
    pub events: usize,
    /// Talks.
    pub talks: usize,
    /// Talks whose start is known.
    pub cues: usize,
}

/// Files that nothing was read from, since no format knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unknown {
    /// How many there are.
    pub files: usize,
    /// The names that come most often, and how often.
    pub names: Vec<(String, usize)>,
}

/// Problems by how bad they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Something was lost.
    pub errors: usize,
    /// Something is doubtful.
    pub warnings: usize,
    /// Worth a look.
    pub notes: usize,
}

impl Tally {
    /// The severities of some problems, counted.
    pub fn of<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Tally {
        let mut tally = Tally::default();
        problems.into_iter().for_each(|problem| tally.add(problem.severity));
        tally
    }

    fn add(&mut self, severity: Severity) {
        *match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        } += 1;
    }

    /// Each severity that there is any of, the worst first.
    pub fn counts(self) -> impl Iterator<Item = (Severity, usize)> {
        let all = [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Note, self.notes)];
        all.into_iter().filter(|(_, count)| *count > 0)
    }
}

impl Report {
    /// A source of which nothing was read yet.
    pub fn of(source: &Source) -> Report {
        Report { name: source.name.clone(), path: Some(source.path.clone()), ..Report::default() }
    }

    /// The archive inside the program, of which nothing was read yet.
    pub fn bundled() -> Report {
        Report { name: "cuepoint".to_owned(), ..Report::default() }
    }

    /// The configuration, where something is wrong in it: it gives no talks, but what is said of it must be found somewhere.
    pub fn of_settings(problems: &[Problem]) -> Option<Report> {
        let path = PathBuf::from(&*problems.first()?.place.path);
        Some(Report { name: "settings".to_owned(), path: Some(path), problems: Tally::of(problems), ..Report::default() })
    }

    /// One for each source that is going to be read; without any, that of the archive inside the program.
    pub fn of_all(sources: &[Source]) -> Vec<Report> {
        if sources.is_empty() { vec![Report::bundled()] } else { sources.iter().map(Report::of).collect() }
    }

    /// Where it lies, for people.
    pub fn shown_path(&self) -> String {
        match &self.path {
            Some(path) => crate::text::clean_line(&path.to_string_lossy()).into_owned(),
            None => "inside the program".to_owned(),
        }
    }

    /// What all its formats gave together; its files are all that were looked at.
    pub fn total(&self) -> Kind {
        let start = Kind { files: self.unknown.files, ..Kind::default() };
        self.kinds.iter().fold(start, |sum, kind| Kind {
            format: "",
            files: sum.files + kind.files,
            refused: sum.refused + kind.refused,
            events: sum.events + kind.events,
            talks: sum.talks + kind.talks,
            cues: sum.cues + kind.cues,
        })
    }

    /// What stands behind the source's own path in that of a file; `None` for a file that is not of this source.
    pub fn within<'a>(&self, file: &'a str) -> Option<&'a str> {
        let root = self.path.as_ref().map_or(BUNDLED.into(), |path| path.to_string_lossy());
        let rest = file.strip_prefix(root.as_ref())?;
        let inside = rest.trim_start_matches(['/', '\\']);
        (rest.is_empty() || inside.len() < rest.len() || root.ends_with(['/', '\\'])).then_some(inside)
    }
}

/// Which of some sources a place belongs to: where one lies in another, the inner one.
pub fn owner(reports: &[Report], place: &Place) -> Option<usize> {
    let within = reports.iter().enumerate().filter_map(|(i, report)| Some((report.within(&place.path)?.len(), i)));
    within.min().map(|(_, i)| i)
}

/// Keeps count while sources are read.
#[derive(Debug, Default)]
pub struct Ledger {
    reports: Vec<Report>,
    /// Names of files of no known format, for each source.
    unknown: Vec<HashMap<String, usize>>,
    /// The source and the format of each file that told a part of something, by the hash of its path: there may be tens of
    /// thousands, and one that is mistaken for another only counts where that one does.
    parts: HashMap<u64, (usize, &'static str)>,
    hasher: DefaultHashBuilder,
}

impl Ledger {
    /// Nothing was read yet.
    pub fn new(reports: Vec<Report>) -> Ledger {
        let unknown = reports.iter().map(|_| HashMap::new()).collect();
        Ledger { reports, unknown, ..Ledger::default() }
    }

    /// Takes note of one file of a source (by its number): the format it was taken for, if any, and what was read from it.
    pub fn note(&mut self, source: usize, file: &str, taken: Option<&'static Format>, reading: &Reading) {
        let Some(report) = self.reports.get_mut(source) else { return };
        let Some(format) = taken else { return self.note_unknown(source, file) };
        let kind = line(&mut report.kinds, format.name);
        kind.files += 1;
        let gave_nothing = reading.drafts.is_empty() && reading.parts.is_empty() && reading.aliases.is_empty();
        kind.refused += usize::from(gave_nothing && reading.problems.iter().any(|p| p.severity != Severity::Note));
        kind.events += reading.drafts.len();
        let talks = reading.drafts.iter().flat_map(|draft| &draft.talks);
        for talk in talks.chain(reading.parts.iter().flat_map(|part| part.talks.iter().map(|dated| &dated.talk))) {
            kind.talks += 1;
            kind.cues += usize::from(talk.span.start.is_some());
        }
        if !reading.parts.is_empty() {
            self.parts.insert(self.hasher.hash_one(file), (source, format.name));
        }
    }

    fn note_unknown(&mut self, source: usize, file: &str) {
        self.reports[source].unknown.files += 1;
        let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
        if let Some(count) = self.unknown[source].get_mut(name) {
            *count += 1;
        } else {
            self.unknown[source].insert(name.to_owned(), 1);
        }
    }

    /// Counts the gatherings that were made of parts, each where the file stands that it is named after.
    pub fn joined(&mut self, drafts: &[EventDraft]) {
        for draft in drafts {
            if let Some((source, format)) = self.parts.get(&self.hasher.hash_one(&*draft.event.source.path)) {
                line(&mut self.reports[*source].kinds, format).events += 1;
            }
        }
    }

    /// What there is to tell of each source, with all problems that were found.
    pub fn finish(self, problems: &[Problem]) -> Vec<Report> {
        let mut reports = self.reports;
        for (report, names) in reports.iter_mut().zip(self.unknown) {
            let mut names: Vec<(String, usize)> = names.into_iter().collect();
            names.sort_by(|(a, x), (b, y)| (y, a).cmp(&(x, b)));
            names.truncate(EXAMPLES);
            report.unknown.names = names;
        }
        for problem in problems {
            if let Some(i) = owner(&reports, &problem.place) {
                reports[i].problems.add(problem.severity);
            }
        }
        reports
    }
}

/// The line of a format; a new one is put where the order of formats has it.
fn line<'a>(kinds: &'a mut Vec<Kind>, format: &'static str) -> &'a mut Kind {
    let at = kinds.iter().position(|kind| kind.format == format).unwrap_or_else(|| {
        let rank = |name: &str| super::FORMATS.iter().position(|format| format.name == name);
        let at = kinds.partition_point(|kind| rank(kind.format) < rank(format));
        kinds.insert(at, Kind { format, ..Kind::default() });
        at
    });
    &mut kinds[at]
}

#[cfg(test)]
mod tests {
    use super::super::part::{Dated, Facts, Part};
    use super::*;
    use crate::domain::{Cue, Event, Talk};
    use jiff::civil::date;

    fn talk(start: Option<u64>, place: &Place) -> Talk {
        let mut talk = Talk::new("Rowing", place.clone());
        talk.span.start = start.map(|seconds| Cue::from_seconds(seconds).expect("a cue"));
        talk
    }

    fn ledger(paths: &[&str]) -> Ledger {
        let sources: Vec<Source> = paths.iter().map(|path| Source::at(path.as_ref())).collect();
        Ledger::new(Report::of_all(&sources))
    }

    #[test]
    fn files_count_where_they_belong() {
        let mut ledger = ledger(&["a", "b"]);
        let place = Place::of("b/x.yml".as_ref());
        let event = Event::new("Boat Nights", "Boat Nights", date(2024, 5, 1), place.clone());
        let draft = EventDraft { event, talks: vec![talk(Some(600), &place), talk(None, &place)] };
        ledger.note(1, &place.path, Format::named("native"), &Reading { drafts: vec![draft], ..Reading::default() });
        let broken = Reading { problems: vec![Problem::error(place.clone(), "no")], ..Reading::default() };
        ledger.note(1, &place.path, Format::named("native"), &broken);
        for name in ["venue.yml", "a.json", "venue.yml"] {
            ledger.note(1, &format!("b/{name}"), None, &Reading::default());
        }
        let reports = ledger.finish(&[Problem::error(place.at(3, 1), "no"), Problem::note(Place::of("a".as_ref()), "so")]);
        let kind = Kind { format: "native", files: 2, refused: 1, events: 1, talks: 2, cues: 1 };
        assert_eq!(reports[1].kinds, [kind]);
        assert_eq!(reports[1].unknown, Unknown { files: 3, names: vec![("venue.yml".into(), 2), ("a.json".into(), 1)] });
        assert_eq!(
            (reports[0].problems, reports[1].problems),
            (Tally { notes: 1, ..Tally::default() }, Tally { errors: 1, ..Tally::default() })
        );
        assert_eq!((reports[1].total().files, reports[0].kinds.len()), (5, 0));
    }

    #[test]
    fn gatherings_of_several_files_count_once() {
        let mut ledger = ledger(&["a"]);
        let files = ["a/one.json", "a/two.json"].map(|file| Place::of(file.as_ref()));
        let mut parts = Vec::new();
        for file in &files {
            let dated = Dated { date: Some(date(2024, 5, 1)), gathering: None, talk: talk(Some(0), file) };
            let part = Part::new("a", Facts::default(), vec![dated]);
            ledger.note(0, &file.path, Format::named("pyvideo"), &Reading { parts: vec![part.clone()], ..Reading::default() });
            parts.push(part);
        }
        ledger.joined(&super::super::part::assemble(parts).0);
        let kind = Kind { format: "pyvideo", files: 2, refused: 0, events: 1, talks: 2, cues: 2 };
        assert_eq!(ledger.finish(&[])[0].kinds, [kind]);
    }

    #[test]
    fn a_file_belongs_to_the_innermost_source() {
        let reports = ledger(&["a", "a/b", "ab", "c/"]).finish(&[]);
        for (file, whose) in [("a/x", Some(0)), ("a/b/x", Some(1)), ("a/bc", Some(0)), ("ab", Some(2)), ("abc", None), ("c/x", Some(3))] {
            assert_eq!(owner(&reports, &Place::of(file.as_ref())), whose, "{file}");
        }
        let bundled = [Report::bundled()];
        assert_eq!(owner(&bundled, &Place::of("data/x/y.yml".as_ref())), Some(0));
        assert_eq!(owner(&bundled, &Place::of("/home/kim/config.toml".as_ref())), None);
    }

    #[test]
    fn formats_stand_in_their_order() {
        let mut kinds = Vec::new();
        for name in ["pyvideo", "rubyevents", "post", "rubyevents"] {
            line(&mut kinds, name).files += 1;
        }
        let order: Vec<&str> = kinds.iter().map(|kind| kind.format).collect();
        assert_eq!(order, ["rubyevents", "post", "pyvideo"]);
    }
}
