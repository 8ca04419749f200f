//! People: the names under which a person is printed, as far as a source states that they are one person's.

use super::clean::clean_line;
use crate::domain::alias::Alias;
use crate::domain::event::EventDraft;
use crate::domain::problem::Problem;
use crate::text;
use hashbrown::hash_map::Entry;
use hashbrown::{HashMap, HashSet};

/// The people who go by several names. Names are known again in any case, with or without accents, hyphens and dots; that
/// two names look alike makes no person of two.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct People {
    people: Vec<Person>,
    /// Whose a name is, as it is printed with talks and as it is stated.
    printed: HashMap<String, usize>,
}

#[derive(Debug, PartialEq, Eq)]
struct Person {
    /// The first is the one that the source goes by.
    names: Vec<String>,
}

impl People {
    /// Takes in what sources state, in their order, as far as it makes no person of two who both gave talks.
    pub fn of(aliases: Vec<Alias>, drafts: &[EventDraft]) -> (People, Vec<Problem>) {
        if aliases.is_empty() {
            return (People::default(), Vec::new());
        }
        let aliases = cleaned(aliases);
        let keys = printed(&aliases, drafts);
        let active = active(&aliases, &keys.values().map(String::as_str).collect());
        let mut taking = Taking::default();
        for alias in &aliases {
            taking.take(alias, &active);
        }
        let Taking { people, known, problems } = taking;
        let person = |(name, key): (&str, String)| Some((name.to_owned(), *known.get(&key)?));
        let mut printed: HashMap<String, usize> = keys.into_iter().filter_map(person).collect();
        for (number, person) in people.iter().enumerate() {
            for name in &person.names {
                printed.entry(name.clone()).or_insert(number);
            }
        }
        (People { people, printed }, problems)
    }

    /// The names of each person, and whose each printed name is: what is kept of it.
    pub fn names(&self) -> (Vec<Vec<String>>, Vec<(&str, usize)>) {
        let people = self.people.iter().map(|person| person.names.clone()).collect();
        let mut printed: Vec<(&str, usize)> = self.printed.iter().map(|(name, person)| (name.as_str(), *person)).collect();
        printed.sort_unstable();
        (people, printed)
    }

    /// The same people again; `None` if a name is nobody's.
    pub fn of_names(people: Vec<Vec<String>>, printed: Vec<(String, usize)>) -> Option<People> {
        let people: Vec<Person> = people.into_iter().map(|names| Person { names }).collect();
        let known = printed.iter().all(|(_, person)| *person < people.len());
        known.then(|| People { people, printed: printed.into_iter().collect() })
    }

    /// The name that the source of a person's names goes by; a name of nobody with several is its own.
    pub fn main_name<'a>(&'a self, printed: &'a str) -> &'a str {
        self.printed.get(printed).and_then(|person| self.people[*person].names.first()).map_or(printed, String::as_str)
    }

    /// The other names of the person who is printed so.
    pub fn other_names<'a>(&'a self, printed: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let person = self.printed.get(printed).map(|person| (&self.people[*person], text::slug(printed)));
        person.into_iter().flat_map(|(person, own)| person.names.iter().map(String::as_str).filter(move |name| text::slug(name) != own))
    }
}

/// Aliases that say something, made harmless.
fn cleaned(mut aliases: Vec<Alias>) -> Vec<Alias> {
    for alias in &mut aliases {
        clean_line(&mut alias.name);
        clean_line(&mut alias.other);
    }
    aliases.retain(|alias| alias.name.contains(char::is_alphanumeric) && alias.other.contains(char::is_alphanumeric));
    aliases
}

/// The names that are printed with talks and stated somewhere, each with itself folded: of tens of thousands a few.
fn printed<'a>(aliases: &[Alias], drafts: &'a [EventDraft]) -> HashMap<&'a str, String> {
    let stated: HashSet<String> = aliases.iter().flat_map(|alias| [text::slug(&alias.name), text::slug(&alias.other)]).collect();
    let mut seen: HashSet<&str> = HashSet::with_capacity(drafts.iter().map(|draft| draft.talks.len()).sum());
    let (mut printed, mut key) = (HashMap::new(), String::new());
    let speakers = drafts.iter().flat_map(|draft| &draft.talks).flat_map(|talk| &talk.speakers);
    for speaker in speakers.filter(|speaker| seen.insert(&speaker.name)) {
        key.clear();
        text::slug_onto(&speaker.name, &mut key);
        if stated.contains(&key) {
            printed.insert(speaker.name.as_str(), key.clone());
        }
    }
    printed
}

/// The main names, folded, of those who gave a talk under any of their names.
fn active(aliases: &[Alias], printed: &HashSet<&str>) -> HashSet<String> {
    let mut active = HashSet::new();
    for alias in aliases {
        let name = text::slug(&alias.name);
        if printed.contains(name.as_str()) || printed.contains(text::slug(&alias.other).as_str()) {
            active.insert(name);
        }
    }
    active
}

/// Aliases while they are taken in.
#[derive(Default)]
struct Taking {
    people: Vec<Person>,
    /// The person of each name, folded.
    known: HashMap<String, usize>,
    problems: Vec<Problem>,
}

impl Taking {
    fn take(&mut self, alias: &Alias, active: &HashSet<String>) {
        let (name, other) = (text::slug(&alias.name), text::slug(&alias.other));
        if name != other && active.contains(&other) {
            return self.refuse(alias, "is the name of somebody else with talks");
        }
        let person = match self.known.entry(name) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                self.people.push(Person { names: vec![alias.name.clone()] });
                *free.insert(self.people.len() - 1)
            }
        };
        match self.known.entry(other) {
            Entry::Occupied(known) if *known.get() != person => self.refuse(alias, "is another name of somebody else already"),
            Entry::Occupied(_) => {}
            Entry::Vacant(free) => {
                free.insert(person);
                self.people[person].names.push(alias.other.clone());
            }
        }
    }

    fn refuse(&mut self, alias: &Alias, why: &str) {
        let message = format!("“{}” is given as another name of “{}”, but {why}", alias.other, alias.name);
        self.problems.push(Problem::warning(alias.source.clone(), message).hint("the two are kept apart; mend the alias"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Event, Place, Speaker, Talk};

    fn talks(names: &[&str]) -> Vec<EventDraft> {
        let talk = |name: &&str| {
            let mut talk = Talk::new("T", Place::of("x".as_ref()));
            talk.speakers.push(Speaker { name: (*name).into(), company: None });
            talk
        };
        let event = Event::new("S", "S", jiff::civil::date(2020, 1, 2), Place::of("x".as_ref()));
        vec![EventDraft { event, talks: names.iter().map(talk).collect() }]
    }

    fn people(aliases: &[(&str, &str)], printed: &[&str]) -> (People, Vec<String>) {
        let alias = |(line, (name, other)): (u32, &(&str, &str))| {
            let source = Place::of("speakers.yml".as_ref()).at(line, 1);
            Alias { name: (*name).into(), other: (*other).into(), source }
        };
        let (people, problems) = People::of((1..).zip(aliases).map(alias).collect(), &talks(printed));
        (people, problems.iter().map(ToString::to_string).collect())
    }

    fn others(people: &People, printed: &str) -> String {
        people.other_names(printed).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn each_name_knows_the_others() {
        let (people, problems) = people(&[("José Valím", "jvalim"), ("Jose Valim", "J. V."), ("Cy Orr", "Cy")], &["JOSE-VALIM", "jvalim"]);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(others(&people, "JOSE-VALIM"), "jvalim, J. V.");
        assert_eq!((others(&people, "jvalim").as_str(), people.main_name("jvalim")), ("José Valím, J. V.", "José Valím"));
        assert_eq!((people.main_name("JOSE-VALIM"), people.main_name("Ann")), ("José Valím", "Ann"));
        assert_eq!(others(&people, "Ann"), "");
    }

    #[test]
    fn no_two_people_are_made_one() {
        let stated = [("Ann Lee", "A. Lee"), ("Abe Lee", "A. Lee"), ("Bo Ek", "Ann Lee"), ("Ann Lee", "ann lee"), ("Ann Lee", "A. Lee")];
        let (people, problems) = people(&stated, &["Ann Lee", "Abe Lee", "Bo Ek"]);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(
            problems[0].starts_with("speakers.yml:2:1: warning: “A. Lee” is given as another name of “Abe Lee”, but is another"),
            "{problems:?}"
        );
        assert!(
            problems[1].starts_with("speakers.yml:3:1: warning: “Ann Lee” is given as another name of “Bo Ek”, but is the name"),
            "{problems:?}"
        );
        assert_eq!((others(&people, "Ann Lee").as_str(), others(&people, "Bo Ek").as_str()), ("A. Lee", ""));
    }

    #[test]
    fn one_without_talks_contradicts_nobody() {
        let (people, problems) = people(&[("Ann Lee", "Ann Ray"), ("Ann Ray", "Ray")], &["Ann Lee"]);
        assert_eq!((problems.len(), others(&people, "Ann Lee").as_str()), (0, "Ann Ray, Ray"));
    }

    #[test]
    fn names_that_say_nothing_or_steer_are_made_harmless() {
        let (people, problems) = people(&[("Ann", "--"), ("", "Bo"), ("Ann", "A\u{1b}[2Jn")], &["Ann", "Bo"]);
        assert_eq!((problems.len(), others(&people, "Ann").as_str(), others(&people, "Bo").as_str()), (0, "A␛[2Jn", ""));
    }
}
