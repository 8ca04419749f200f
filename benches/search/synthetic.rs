//! Talks that were never given, made of words that were: as many as are wanted, the same in every run.

use crate::rng::{Rng, distinct};
use cuepoint::domain::{About, Event, EventDraft, Link, Place, Speaker, Talk};
use jiff::civil::date;
use jiff::{Span, ToSpan};
use std::collections::HashSet;
use std::path::Path;

/// The words of real talks. Those of titles and descriptions stand there as often as they are used.
pub struct Words {
    title: Vec<String>,
    title_lengths: Vec<usize>,
    first: Vec<String>,
    last: Vec<String>,
    speaker_counts: Vec<usize>,
    companies: Vec<String>,
    series: Vec<String>,
    locations: Vec<String>,
    tags: Vec<String>,
    description: Vec<String>,
    /// Nought for a talk that has none.
    description_lengths: Vec<usize>,
}

impl Words {
    /// The words of these events.
    pub fn of(drafts: &[EventDraft]) -> Words {
        let talks = || drafts.iter().flat_map(|draft| &draft.talks);
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let titles: Vec<Vec<String>> = talks().map(|talk| split(&talk.title)).collect();
        let descriptions: Vec<Vec<String>> = talks().map(|talk| split(talk.about().description.as_deref().unwrap_or_default())).collect();
        let speakers = || talks().flat_map(|talk| &talk.speakers);
        let names = || speakers().filter_map(|speaker| speaker.name.trim().split_once(' '));
        Words {
            title_lengths: titles.iter().map(Vec::len).filter(|length| *length > 0).collect(),
            title: titles.into_iter().flatten().collect(),
            first: distinct(names().map(|(first, _)| first.to_owned())),
            last: distinct(names().map(|(_, last)| last.trim().to_owned())),
            speaker_counts: talks().map(|talk| talk.speakers.len().min(6)).collect(),
            companies: distinct(speakers().filter_map(|speaker| speaker.company.clone())),
            series: distinct(drafts.iter().map(|draft| draft.event.series.clone())),
            locations: distinct(drafts.iter().filter_map(|draft| draft.event.location.clone())),
            tags: talks().flat_map(|talk| talk.about().tags.iter().cloned()).collect(),
            description_lengths: descriptions.iter().map(Vec::len).collect(),
            description: descriptions.into_iter().flatten().collect(),
        }
    }

    /// So many talks, in events of 5 to 40. The same talks come with descriptions and tags as without.
    pub fn events(&self, talks: usize, described: bool) -> Vec<EventDraft> {
        let mut rng = Rng::new(2021);
        let mut bodies = Rng::new(1996);
        let people = self.people(&mut rng, talks / 3 + 10);
        let series = self.series(&mut rng, talks / 2000 + 10);
        let place = Place::of(Path::new("synthetic"));
        let mut taken = HashSet::new();
        let mut drafts = Vec::new();
        let mut left = talks;
        while left > 0 {
            let of = rng.skewed(series.len());
            let day = date(2005, 1, 1).checked_add(days(rng.below(7_670))).expect("a day of this century");
            // Few words make few series, and those have only so many days.
            let name = if taken.insert((of, day)) { series[of].clone() } else { format!("{} {}", series[of], drafts.len()) };
            let mut event = Event::new(name.clone(), format!("{name} {}", day.strftime("%B %Y")), day, place.clone());
            event.location = self.locations.get(rng.below(self.locations.len())).cloned();
            let count = (5 + rng.below(36)).min(left);
            left -= count;
            let talks = (0..count).map(|_| {
                let mut talk = self.talk(&mut rng, &people, &place);
                if described {
                    self.describe(&mut bodies, &mut talk);
                }
                talk
            });
            let talks = talks.collect();
            drafts.push(EventDraft { event, talks });
        }
        drafts
    }

    fn people(&self, rng: &mut Rng, count: usize) -> Vec<Speaker> {
        let companies: Vec<String> = (0..count / 20 + 10).map(|_| recombined(rng, &self.companies)).collect();
        let person = |_| Speaker {
            name: format!("{} {}", rng.pick(&self.first), rng.pick(&self.last)),
            company: rng.chance(1, 2).then(|| companies[rng.skewed(companies.len())].clone()),
        };
        (0..count).map(person).collect()
    }

    fn series(&self, rng: &mut Rng, count: usize) -> Vec<String> {
        let new = (0..count.saturating_sub(self.series.len())).map(|_| recombined(rng, &self.series));
        distinct(self.series.iter().cloned().chain(new))
    }

    fn talk(&self, rng: &mut Rng, people: &[Speaker], place: &Place) -> Talk {
        let mut talk = Talk::new(sentence(rng, &self.title, &self.title_lengths), place.clone());
        let count = *rng.pick(&self.speaker_counts);
        talk.speakers = (0..count).map(|_| people[rng.skewed(people.len())].clone()).collect();
        talk.language = Some(if rng.chance(9, 10) { "en" } else { "ja" }.to_owned());
        let id: String = (0..11).map(|_| *rng.pick(&ID)).collect();
        talk.recording = Link::parse(&format!("https://youtu.be/{id}")).ok().map(|link| link.recording);
        talk
    }

    fn describe(&self, rng: &mut Rng, talk: &mut Talk) {
        let description = Some(sentence(rng, &self.description, &self.description_lengths)).filter(|text| !text.is_empty());
        let tags = (0..rng.below(5)).filter_map(|_| self.tags.get(rng.below(self.tags.len())).cloned()).collect();
        talk.set_about(About { description, tags, ..About::default() });
    }
}

/// What a video's id is made of; no sign that could end a link.
const ID: [char; 16] = ['a', 'B', 'c', 'D', 'e', 'F', 'g', 'H', 'i', 'J', 'k', 'L', '1', '2', '3', '4'];

fn days(count: usize) -> Span {
    i64::try_from(count).expect("a few thousand").days()
}

fn sentence(rng: &mut Rng, words: &[String], lengths: &[usize]) -> String {
    let length = *rng.pick(lengths);
    (0..length).map(|_| rng.pick(words).as_str()).collect::<Vec<_>>().join(" ")
}

/// One of the names, or the beginning of one with the end of another.
fn recombined(rng: &mut Rng, names: &[String]) -> String {
    let name = rng.pick(names);
    let words: Vec<&str> = name.split(' ').collect();
    if rng.chance(1, 4) {
        return name.clone();
    }
    let other = rng.pick(names);
    let end = other.rsplit(' ').next().unwrap_or(other);
    format!("{} {end}", words[..words.len().div_ceil(2)].join(" "))
}
