//! Gatherings that several files tell of, brought together: each file gives a [`Part`], [`assemble`] makes events of them.

use crate::domain::{Event, EventDraft, Field, Labelled, Origin, Place, Problem, Recording, Status, Talk};
use crate::text;
use hashbrown::HashMap;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Talks of one group that lie further apart are no one gathering, unless nearly all of them lie as near as that: dates are
/// mistyped, and the day of a late upload is taken for the day of the talk.
const LONGEST_GATHERING: i32 = 31;

/// What one file says of a gathering, or of a series of them, that other files may say more of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The same in every file of the group: its folder, or its address.
    pub group: Arc<str>,
    /// The group whose facts hold where this one has none of its own: the series' folder, the conference's address.
    pub within: Option<Arc<str>>,
    /// What the file says of the group as a whole, if anything: most of thousands of files say nothing.
    pub facts: Option<Box<Facts>>,
    /// The talks that stand in the file, in its order.
    pub talks: Vec<Dated>,
    /// Whom the file tells of.
    pub person: Option<Box<Person>>,
}

/// Somebody who has a page of their own, by whose address talks may name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The folder below which their talks lie.
    pub scope: Arc<str>,
    /// The last step of the page's address: the name in small letters, for most.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// For whom they work.
    pub company: Option<String>,
}

/// What is said of a group as a whole. The first file, in the order of names, that says a thing is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The recurring meetup or conference.
    pub series: Option<String>,
    /// The title of the gathering.
    pub title: Option<String>,
    /// Its first day.
    pub date: Option<Date>,
    /// One gathering or many.
    pub days: Option<Days>,
    /// City and country.
    pub location: Option<String>,
    /// The house or room.
    pub venue: Option<String>,
    /// The write-up's or the gathering's address.
    pub url: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Who paid for the pizza.
    pub sponsors: Vec<Labelled>,
    /// Free words.
    pub tags: Vec<String>,
    /// BCP 47: of each talk that says nothing else.
    pub language: Option<String>,
    /// It did not take place: nor did those of its talks that have no recording.
    pub cancelled: bool,
    /// What is said of single days, where each day is a gathering.
    pub evenings: Vec<Evening>,
    /// Where that is said.
    pub place: Option<Place>,
}

/// What is said of one day of a group. The first that says a thing is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evening {
    /// The day.
    pub date: Date,
    /// What the gathering is called.
    pub title: Option<String>,
    /// Its own address.
    pub url: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Where that is said.
    pub place: Place,
}

/// How the talks of a group lie in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// One gathering, however long.
    One,
    /// Each day is a gathering of its own: a meetup's.
    Each,
}

/// A talk and the day it was given on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The day, where it is said.
    pub date: Option<Date>,
    /// What the gathering of that day is called, where each day is one.
    pub gathering: Option<String>,
    /// The talk.
    pub talk: Talk,
}

/// A group with all that its files say.
#[derive(Default)]
struct Group {
    within: Option<Arc<str>>,
    facts: Facts,
    talks: Vec<Dated>,
}

/// Brings together what several files say, in the order in which they come; the files of a group should come in the order of
/// their names.
pub fn assemble(parts: impl IntoIterator<Item = Part>) -> (Vec<EventDraft>, Vec<Problem>) {
    let mut order: Vec<Arc<str>> = Vec::new();
    let mut groups: HashMap<Arc<str>, Group> = HashMap::new();
    let mut people = People::default();
    for part in parts {
        if let Some(person) = part.person {
            people.add(*person);
            continue;
        }
        let group = groups.entry(part.group.clone()).or_insert_with(|| {
            order.push(part.group.clone());
            Group::default()
        });
        group.within = group.within.take().or(part.within);
        if let Some(facts) = part.facts {
            group.facts.add(*facts);
        }
        group.talks.extend(part.talks);
    }
    let (mut drafts, mut problems) = (Vec::new(), Vec::new());
    for name in order {
        let Some(group) = groups.get_mut(&name) else { continue };
        let (talks, within) = (std::mem::take(&mut group.talks), group.within.clone());
        let mut facts = group.facts.clone();
        if let Some(above) = within.and_then(|above| groups.get(&above)) {
            facts.inherit(&above.facts);
        }
        let mut talks = joined(talks);
        people.introduce(&mut talks);
        if !talks.is_empty() {
            events(&name, &facts, talks, &mut drafts, &mut problems);
        }
    }
    (drafts, problems)
}

/// Those who have pages, by the ends of their addresses.
#[derive(Default)]
struct People(HashMap<String, Vec<Person>>);

impl People {
    fn add(&mut self, person: Person) {
        self.0.entry(person.id.clone()).or_default().push(person);
    }

    /// Calls speakers what their pages call them: those that lie nearest, where several are of one name.
    fn introduce(&self, talks: &mut [Dated]) {
        if self.0.is_empty() {
            return;
        }
        for Dated { talk, .. } in talks {
            let mut named = false;
            for speaker in &mut talk.speakers {
                let Some(pages) = self.0.get(&text::slug(&speaker.name)) else { continue };
                let near = pages.iter().filter(|person| is_below(&talk.source.path, &person.scope));
                let Some(person) = near.max_by_key(|person| person.scope.len()) else { continue };
                speaker.name.clone_from(&person.name);
                if speaker.company.is_none() && person.company.is_some() {
                    speaker.company.clone_from(&person.company);
                    named = true;
                }
            }
            if named && talk.provenance.get(Field::Company).is_none() {
                talk.provenance.set(Field::Company, Origin::Stated);
            }
        }
    }
}

/// Does a file lie in a folder, or in one within?
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with(['/', '\\']))
}

/// What two files tell of one talk (a translation beside the original, a list of the latest beside a conference's own file) is
/// told once: they give it the same id, and no other recording. The file with the shorter name is the original.
fn joined(talks: Vec<Dated>) -> Vec<Dated> {
    let mut ids: Vec<&str> = talks.iter().map(|dated| dated.talk.id.as_str()).filter(|id| !id.is_empty()).collect();
    ids.sort_unstable();
    // Nearly always each talk is told of once.
    if ids.windows(2).all(|ids| ids[0] != ids[1]) {
        return talks;
    }
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<Dated> = Vec::with_capacity(talks.len());
    for dated in talks {
        let id = dated.talk.id.as_str();
        let twin = known.get(id).map(|at| &mut all[*at]).filter(|twin| twin.is_told_by(&dated));
        match twin {
            Some(twin) => twin.join(dated),
            None if id.is_empty() => all.push(dated),
            None => {
                known.entry(id.to_owned()).or_insert(all.len());
                all.push(dated);
            }
        }
    }
    all
}

impl Dated {
    /// Does another file tell of the same talk, where the ids are the same?
    fn is_told_by(&self, other: &Dated) -> bool {
        let (a, b) = (&self.talk, &other.talk);
        a.source.path != b.source.path && (a.recording.is_none() || b.recording.is_none() || a.recording == b.recording)
    }

    /// Takes over what the other file knows and this one does not; the original's words go before a translation's.
    fn join(&mut self, mut other: Dated) {
        if other.talk.source.path.len() < self.talk.source.path.len() {
            std::mem::swap(self, &mut other);
        }
        self.date = self.date.or(other.date);
        self.gathering = self.gathering.take().or(other.gathering);
        let (mine, theirs) = (&mut self.talk, other.talk);
        let mut take = |field| {
            if let Some(origin) = theirs.provenance.get(field) {
                mine.provenance.set(field, origin);
            }
        };
        if mine.recording.is_none() && theirs.recording.is_some() {
            [Field::Recording, Field::Start, Field::End].into_iter().for_each(&mut take);
            (mine.recording, mine.span) = (theirs.recording.clone(), theirs.span);
        }
        if mine.speakers.is_empty() && !theirs.speakers.is_empty() {
            [Field::Speakers, Field::Company].into_iter().for_each(&mut take);
            mine.speakers.clone_from(&theirs.speakers);
        }
        if mine.about().slides.is_none() && theirs.about().slides.is_some() {
            mine.about_mut().slides.clone_from(&theirs.about().slides);
        }
        if mine.about().tags.is_empty() && !theirs.about().tags.is_empty() {
            mine.about_mut().tags.clone_from(&theirs.about().tags);
        }
    }
}

impl Part {
    /// What a file says of a group.
    pub fn new(group: impl Into<Arc<str>>, facts: Facts, talks: Vec<Dated>) -> Part {
        let facts = Some(facts).filter(|facts| *facts != Facts::default()).map(Box::new);
        Part { group: group.into(), within: None, facts, talks, person: None }
    }

    /// What a page tells of somebody.
    pub fn about(person: Person) -> Part {
        Part { group: person.scope.clone(), within: None, facts: None, talks: Vec::new(), person: Some(Box::new(person)) }
    }

    /// What it says of the group: nothing, for most.
    #[cfg(test)]
    pub fn said(&self) -> Facts {
        self.facts.as_deref().cloned().unwrap_or_default()
    }

    /// The same, of a group in another.
    #[must_use]
    pub fn within(self, above: impl Into<Arc<str>>) -> Part {
        Part { within: Some(above.into()), ..self }
    }
}

impl Facts {
    /// Takes over what is not known yet.
    fn add(&mut self, other: Facts) {
        fn fill<T>(mine: &mut Option<T>, theirs: Option<T>) {
            *mine = mine.take().or(theirs);
        }
        fill(&mut self.series, other.series);
        fill(&mut self.title, other.title);
        fill(&mut self.date, other.date);
        fill(&mut self.days, other.days);
        fill(&mut self.location, other.location);
        fill(&mut self.venue, other.venue);
        fill(&mut self.url, other.url);
        fill(&mut self.description, other.description);
        fill(&mut self.language, other.language);
        fill(&mut self.place, other.place);
        if self.sponsors.is_empty() {
            self.sponsors = other.sponsors;
        }
        if self.tags.is_empty() {
            self.tags = other.tags;
        }
        self.cancelled |= other.cancelled;
        self.evenings.extend(other.evenings);
    }

    /// What a series says holds for its gatherings; its title, days and description do not.
    fn inherit(&mut self, above: &Facts) {
        let of = |mine: &mut Option<String>, theirs: &Option<String>| {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        };
        of(&mut self.series, &above.series);
        of(&mut self.location, &above.location);
        of(&mut self.language, &above.language);
    }
}

/// The gatherings of a group. A talk without a day is put to the first of them.
fn events(group: &str, facts: &Facts, talks: Vec<Dated>, drafts: &mut Vec<EventDraft>, problems: &mut Vec<Problem>) {
    let Some((first, gathered)) = gathering(facts, &talks) else {
        return problems.push(undated(group, facts, &talks));
    };
    let each = match facts.days {
        Some(days) => days == Days::Each,
        None => !gathered,
    };
    if !each {
        // Where it is said that all are one gathering, none came before it: videos are published later, not earlier.
        let earliest = || talks.iter().filter_map(|talk| talk.date).min().filter(|_| facts.days == Some(Days::One));
        let day = facts.date.or_else(earliest).unwrap_or(first);
        return drafts.push(event(group, facts, day, None, talks));
    }
    let mut by_day: BTreeMap<Date, Vec<Dated>> = BTreeMap::new();
    for talk in talks {
        by_day.entry(talk.date.unwrap_or(first)).or_default().push(talk);
    }
    for (day, talks) in by_day {
        let title = talks.iter().find_map(|talk| talk.gathering.clone());
        let mut draft = event(group, facts, day, title, talks);
        facts.evenings.iter().filter(|evening| evening.date == day).rev().for_each(|evening| evening.tell(&mut draft.event));
        drafts.push(draft);
    }
}

impl Evening {
    /// What is said of the day goes before what is said of all of them.
    fn tell(&self, event: &mut Event) {
        event.source = self.place.clone();
        if let Some(title) = &self.title {
            event.title.clone_from(title);
        }
        for (all, own) in [(&mut event.url, &self.url), (&mut event.description, &self.description)] {
            if own.is_some() {
                all.clone_from(own);
            }
        }
    }
}

/// The first day of the time in which most talks lie, and whether nearly all of them do: four of five.
fn gathering(facts: &Facts, talks: &[Dated]) -> Option<(Date, bool)> {
    let mut days: Vec<Date> = talks.iter().filter_map(|talk| talk.date).collect();
    days.sort_unstable();
    let mut best: Option<(usize, Date)> = None;
    let mut end = 0;
    for (start, first) in days.iter().enumerate() {
        while days.get(end).is_some_and(|day| (*day - *first).get_days() <= LONGEST_GATHERING) {
            end += 1;
        }
        if best.is_none_or(|(most, _)| end - start > most) {
            best = Some((end - start, *first));
        }
    }
    match best {
        Some((most, first)) => Some((first, most * 5 >= days.len() * 4)),
        None => facts.date.map(|day| (day, true)),
    }
}

fn undated(group: &str, facts: &Facts, talks: &[Dated]) -> Problem {
    let place = facts.place.clone().or_else(|| talks.first().map(|talk| talk.talk.source.clone()));
    let what = facts.title.as_deref().unwrap_or(group);
    let message = format!("no date is known of “{what}”; its talks are left out: {}", talks.len());
    Problem::error(place.unwrap_or_else(|| Place::of(group.as_ref())), message).hint("give it, or one of its talks, a date")
}

fn event(group: &str, facts: &Facts, day: Date, title: Option<String>, talks: Vec<Dated>) -> EventDraft {
    let series = facts.series.clone().or_else(|| facts.title.as_deref().map(without_year)).unwrap_or_else(|| named_after(group));
    // A title of the whole group names each of its days only where there is nothing better.
    let title = title.or_else(|| facts.title.clone()).unwrap_or_else(|| format!("{series} {day}"));
    let place = facts.place.clone().or_else(|| talks.first().map(|talk| talk.talk.source.clone()));
    let mut event = Event::new(series, title, day, place.unwrap_or_else(|| Place::of(group.as_ref())));
    event.location.clone_from(&facts.location);
    event.venue.clone_from(&facts.venue);
    event.url.clone_from(&facts.url);
    event.description.clone_from(&facts.description);
    event.sponsors.clone_from(&facts.sponsors);
    event.tags.clone_from(&facts.tags);
    let mut talks: Vec<Talk> = talks.into_iter().map(|talk| talk.talk).collect();
    for talk in &mut talks {
        if talk.language.is_none() {
            talk.language.clone_from(&facts.language);
        }
        if facts.cancelled && talk.recording.is_none() {
            talk.status = Status::Cancelled;
        }
    }
    event.recording = shared_recording(&talks);
    EventDraft { event, talks }
}

/// The recording that all of several talks lie in.
fn shared_recording(talks: &[Talk]) -> Option<Recording> {
    let first = talks.first()?.recording.as_ref()?;
    (talks.len() > 1 && talks.iter().all(|talk| talk.recording.as_ref() == Some(first))).then(|| first.clone())
}

/// `EuroPython 2022` is a gathering of `EuroPython`.
pub fn without_year(title: &str) -> String {
    let is_year = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1980..2100).contains(&year))
    };
    let words: Vec<&str> = title.split_whitespace().filter(|word| !is_year(word)).collect();
    let series = words.join(" ");
    let series = series.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | ','));
    if series.is_empty() { title.to_owned() } else { series.to_owned() }
}

/// Folders that sites keep talks in, whatever they are about.
const NAMELESS: [&str; 8] = ["talks", "videos", "presentations", "sessions", "content", "src", "docs", "site"];

/// `archives/pycon-us-2021` is called Pycon Us: all that is left to go by where no file gives a name.
fn named_after(group: &str) -> String {
    let mut steps = group.rsplit(['/', '\\']).filter(|step| !matches!(*step, "" | "." | ".."));
    let is_year = |step: &str| step.len() == 4 && step.bytes().all(|b| b.is_ascii_digit());
    let last = steps.clone().next().unwrap_or_default();
    // A folder that is called after a year alone is one of the folder above it.
    let name = steps.find(|step| !is_year(step) && !NAMELESS.contains(step)).unwrap_or(last);
    let words: Vec<String> = name.split(['-', '_', ' ', '.']).filter(|w| !w.is_empty()).map(text::capitalised).collect();
    // A folder that is named `.` has no name.
    if words.is_empty() { "Talks".to_owned() } else { without_year(&words.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Speaker;
    use jiff::civil::date;

    fn part(group: &str, facts: Facts, talks: &[(&str, Option<Date>)]) -> Part {
        let place = Place::of("x".as_ref());
        let dated = |(title, date): &(&str, Option<Date>)| Dated { date: *date, gathering: None, talk: Talk::new(*title, place.clone()) };
        Part::new(group, facts, talks.iter().map(dated).collect()).within("above")
    }

    /// Series, title, day and number of talks.
    type Made = (String, String, Date, usize);

    fn made(parts: Vec<Part>) -> (Vec<Made>, Vec<Problem>) {
        let (drafts, problems) = assemble(parts);
        let shown = |d: EventDraft| (d.event.series, d.event.title, d.event.date, d.talks.len());
        (drafts.into_iter().map(shown).collect(), problems)
    }

    #[test]
    fn files_of_a_group_make_one_event_and_take_after_the_series() {
        let day = date(2022, 5, 3);
        let series = Part { within: None, ..part("above", Facts { series: Some("Harbour Days".into()), ..Facts::default() }, &[]) };
        let about = Facts { title: Some("Harbour Days 2022".into()), date: Some(date(2022, 5, 2)), ..Facts::default() };
        let parts = vec![
            part("a", Facts::default(), &[("One", Some(day))]),
            part("a", about, &[]),
            part("a", Facts::default(), &[("Two", None)]),
            series,
        ];
        assert_eq!(made(parts).0, [("Harbour Days".into(), "Harbour Days 2022".into(), date(2022, 5, 2), 2)]);
    }

    #[test]
    fn talks_far_apart_are_evenings_of_their_own() {
        let talks = [("One", Some(date(2022, 5, 3))), ("Two", Some(date(2022, 7, 3))), ("Three", None)];
        let found = made(vec![part("boat-nights-2022", Facts::default(), &talks)]).0;
        assert_eq!(found[0], ("Boat Nights".into(), "Boat Nights 2022-05-03".into(), date(2022, 5, 3), 2));
        assert_eq!(found.len(), 2);
        let whole = Facts { days: Some(Days::One), ..Facts::default() };
        assert_eq!(made(vec![part("a", whole, &talks)]).0.len(), 1);
    }

    #[test]
    fn each_evening_has_what_is_said_of_it() {
        let (one, two) = (date(2022, 5, 3), date(2022, 6, 7));
        let place = Place::of("x".as_ref()).at(7, 3);
        let evening =
            |url: &str| Evening { date: two, title: Some("June".into()), url: Some(url.into()), description: None, place: place.clone() };
        let facts = Facts {
            days: Some(Days::Each),
            url: Some("https://a.example".into()),
            evenings: vec![evening("https://a.example/june"), evening("https://b.example")],
            cancelled: true,
            ..Facts::default()
        };
        let (drafts, _) = assemble([part("a", facts, &[("One", Some(one)), ("Two", Some(two))])]);
        let urls: Vec<_> = drafts.iter().map(|draft| draft.event.url.as_deref()).collect();
        assert_eq!(urls, [Some("https://a.example"), Some("https://a.example/june")]);
        assert_eq!((&drafts[1].event.source, drafts[1].event.title.as_str()), (&place, "June"));
        assert_eq!(drafts[1].talks[0].status, Status::Cancelled);
    }

    #[test]
    fn a_mistyped_day_parts_no_conference() {
        let day = |day| Some(date(2022, 5, day));
        let talks = [
            ("Early", Some(date(2022, 1, 1))),
            ("A", day(3)),
            ("B", day(3)),
            ("C", day(4)),
            ("D", day(5)),
            ("Late", Some(date(2023, 5, 3))),
        ];
        let found = |talks: &[(&str, Option<Date>)]| made(vec![part("boats", Facts::default(), talks)]).0;
        assert_eq!(found(&talks[1..]), [("Boats".into(), "Boats 2022-05-03".into(), date(2022, 5, 3), 5)]);
        assert_eq!(found(&talks).len(), 5);
    }

    #[test]
    fn a_talk_told_twice_is_one() {
        let mut told = part("a", Facts::default(), &[("One", Some(date(2022, 5, 3))), ("Two", None), ("Two", None)]);
        told.talks[0].talk.id = "7".into();
        let mut again = told.clone();
        again.talks.iter_mut().for_each(|dated| dated.talk.source = Place::of("y".as_ref()));
        again.talks[1].talk.id = "7".into();
        again.talks[1].talk.recording = Recording::page("https://a.example/1");
        told.talks[0].talk.recording = Recording::page("https://a.example/2");
        again.talks[0].talk.recording.clone_from(&told.talks[0].talk.recording);
        assert_eq!(made(vec![told, again]).0[0].3, 5);
    }

    #[test]
    fn a_group_without_a_name_is_called_something() {
        for group in ["", ".", "../"] {
            assert_eq!(made(vec![part(group, Facts::default(), &[("One", Some(date(2022, 5, 3)))])]).0[0].0, "Talks");
        }
    }

    #[test]
    fn a_translation_stands_with_its_original() {
        let of = |path: &str, title: &str, url: Option<&str>| {
            let mut part = part("a", Facts::default(), &[(title, Some(date(2022, 5, 3)))]);
            part.talks[0].talk = Talk::new(title, Place::of(path.as_ref()));
            part.talks[0].talk.id = "boats".to_owned();
            part.talks[0].talk.recording = url.and_then(Recording::page);
            part
        };
        let video = Some("https://a.example/1");
        let (drafts, _) = assemble([of("a/x.es.md", "Barcos", video), of("a/x.md", "Boats", None)]);
        let talk = &drafts[0].talks[..];
        assert_eq!((talk.len(), talk[0].title.as_str(), talk[0].recording.is_some()), (1, "Boats", true));
        let (drafts, _) = assemble([of("a/x.md", "Boats", video), of("a/y.md", "Boats", Some("https://a.example/2"))]);
        assert_eq!(drafts[0].talks.len(), 2, "two recordings are two talks");
    }

    #[test]
    fn people_are_called_what_the_nearest_page_calls_them() {
        let person = |scope: &str, name: &str, company: Option<&str>| {
            Part::about(Person { scope: scope.into(), id: "ann-lee".into(), name: name.into(), company: company.map(str::to_owned) })
        };
        let talk = |path: &str| {
            let mut part = part(path, Facts::default(), &[("One", Some(date(2022, 5, 3)))]);
            part.talks[0].talk = Talk::new("One", Place::of(path.as_ref()));
            part.talks[0].talk.speakers = vec![Speaker { name: "Ann Lee".into(), company: None }];
            part
        };
        let pages = [person("a", "Ann Lée", Some("Tide")), person("a/2022", "Ann M. Lee", None)];
        let (drafts, _) = assemble([talk("a/talks/x.md"), talk("a/2022/talks/x.md"), talk("ab/x.md")].into_iter().chain(pages));
        let told: Vec<String> = drafts.iter().map(|draft| draft.talks[0].by_line()).collect();
        assert_eq!(told, ["Ann Lée (Tide)", "Ann M. Lee", "Ann Lee"]);
        assert_eq!(drafts[0].talks[0].provenance.get(Field::Company), Some(Origin::Stated));
    }

    #[test]
    fn a_folder_of_a_year_is_called_after_the_one_above() {
        for (group, name) in [
            ("a/boat-nights/2019", "Boat Nights"),
            ("2019", "2019"),
            ("./boat-nights/", "Boat Nights"),
            (".", "Talks"),
            ("boats/content/talks", "Boats"),
            ("talks", "Talks"),
        ] {
            assert_eq!(named_after(group), name);
        }
    }

    #[test]
    fn without_any_day_it_is_told() {
        let (events, problems) = made(vec![part("a", Facts::default(), &[("One", None)])]);
        assert_eq!((events.len(), problems.len()), (0, 1));
        assert!(problems[0].message.contains("no date is known of “a”"), "{problems:?}");
    }

    #[test]
    fn a_year_is_no_part_of_a_series() {
        for (title, series) in
            [("EuroPython 2022", "EuroPython"), ("PyCon 2010: Atlanta", "PyCon Atlanta"), ("2019", "2019"), ("Py 3000", "Py 3000")]
        {
            assert_eq!(without_year(title), series);
        }
    }
}
