//! Which of the archive's files a text is, by the keys that it begins with.

use crate::source::SourceText;

/// The sorts of files of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// `videos.yml`: talks.
    Videos,
    /// `event.yml`: a conference, or all evenings of a meetup.
    Event,
    /// `series.yml`: what an organisation's events have in common.
    Series,
    /// `venue.yml`.
    Venue,
    /// `sponsors.yml`.
    Sponsors,
    /// `speakers.yml`.
    Speakers,
    /// One that holds nothing of ours: the grid of a schedule, who helped, calls for papers, topics, cities, transcripts.
    Silent,
}

/// The keys that tell the sorts apart; the first of them begin a file.
const KEYS: [&str; 28] = [
    "id",
    "title",
    "name",
    "kind",
    "location",
    "timezone",
    "coordinates",
    "start_date",
    "frequency",
    "language",
    "address",
    "maps",
    "slug",
    "github",
    "aliases",
    "latitude",
    "country_code",
    "tiers",
    "days",
    "users",
    "organisations",
    "link",
    "open_date",
    "close_date",
    "video_provider",
    "video_id",
    "cues",
    "talks",
];

/// Which of [`KEYS`] stand in a mapping.
#[derive(Clone, Copy, Default)]
struct Keys(u32);

impl Keys {
    /// Takes up the key that a line begins with.
    fn add(&mut self, line: &str) {
        if line.starts_with(' ') {
            return;
        }
        let key = line.split(':').next().filter(|key| key.len() < line.len()).map(|key| key.trim_matches(['"', '\'']));
        if let Some(at) = key.and_then(|key| KEYS.iter().position(|known| *known == key)) {
            self.0 |= 1 << at;
        }
    }

    fn has(self, key: &str) -> bool {
        KEYS.iter().position(|known| *known == key).is_some_and(|at| self.0 & 1 << at != 0)
    }

    fn all(self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.has(key))
    }
}

impl Sort {
    /// The sort of a text, or nothing for what is of no archive.
    pub fn of(source: &SourceText) -> Option<Sort> {
        let text = source.text.as_str();
        let first = significant(text).next()?;
        let content = first.trim_start();
        if content.starts_with("[]") {
            return (source.name() == "videos.yml" && significant(text).count() == 1).then_some(Sort::Videos);
        }
        if is_entry(content) {
            return of_list(entry(text, first.len() - content.len()), source.name());
        }
        // Posts are many and long; few of them begin with a key of ours.
        let mut begins = Keys::default();
        begins.add(first);
        if begins.0 == 0 || is_post(text) {
            return None;
        }
        of_mapping(mapping(text), source.name())
    }
}

fn of_list(keys: Keys, name: &str) -> Option<Sort> {
    if keys.has("video_provider") && (keys.has("id") || keys.has("title")) {
        return Some(Sort::Videos);
    }
    if keys.has("tiers") {
        return Some(Sort::Sponsors);
    }
    let city = keys.all(&["name", "slug", "country_code", "latitude"]);
    if keys.all(&["name", "slug", "github"]) || (keys.all(&["name", "slug", "aliases"]) && !city) {
        return Some(Sort::Speakers);
    }
    let help = keys.has("name") && (keys.has("users") || keys.has("organisations"));
    let call = keys.has("open_date") || keys.has("close_date") || (keys.has("link") && name == "cfp.yml");
    // A list of words is anybody's, but for its name.
    let topics = keys.0 == 0 && name == "topics.yml";
    (topics || city || help || call || keys.all(&["video_id", "cues"])).then_some(Sort::Silent)
}

fn of_mapping(keys: Keys, name: &str) -> Option<Sort> {
    if keys.has("talks") {
        return None;
    }
    let dated = keys.has("start_date") || keys.has("timezone");
    if keys.all(&["id", "title"]) && (keys.has("kind") && (dated || keys.has("coordinates")) || (name == "event.yml" && dated)) {
        return Some(Sort::Event);
    }
    if keys.has("title") {
        return None;
    }
    if keys.has("name") && (keys.has("frequency") || (name == "series.yml" && (keys.has("kind") || keys.has("language")))) {
        return Some(Sort::Series);
    }
    let places = keys.has("coordinates") || keys.has("maps") || name == "venue.yml";
    if keys.all(&["name", "address"]) && places {
        return Some(Sort::Venue);
    }
    if keys.has("tiers") {
        return Some(Sort::Sponsors);
    }
    (keys.has("days") && name == "schedule.yml").then_some(Sort::Silent)
}

/// The lines of a text that are neither empty nor comments nor the mark at a document's beginning.
fn significant(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| {
        let content = line.trim();
        !(content.is_empty() || content.starts_with('#') || line.trim_end() == "---")
    })
}

/// Does a line begin an entry of a list?
fn is_entry(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// A post has text below a second line of dashes.
fn is_post(text: &str) -> bool {
    text.lines().filter(|line| line.trim_end() == "---").nth(1).is_some()
}

/// The keys of a list's first entry. They stand below the first of them, whatever stands in between.
fn entry(text: &str, indent: usize) -> Keys {
    let mut keys = Keys::default();
    let mut column = None;
    for (i, line) in significant(text).enumerate() {
        let content = line.trim_start();
        let at = line.len() - content.len();
        if i == 0 {
            let key = content[1..].trim_start();
            if !key.is_empty() {
                column = Some(line.len() - key.len());
                keys.add(key);
            }
        } else if at <= indent {
            break;
        } else if at == *column.get_or_insert(at) {
            keys.add(content);
        }
    }
    keys
}

/// The keys of the outermost mapping.
fn mapping(text: &str) -> Keys {
    let mut keys = Keys::default();
    significant(text).for_each(|line| keys.add(line));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Place;

    fn sort(name: &str, text: &str) -> Option<Sort> {
        Sort::of(&SourceText { place: Place::of(format!("harbour/{name}").as_ref()), text: text.to_owned() })
    }

    #[test]
    fn every_sort_is_told_by_its_keys() {
        for (text, expected) in [
            ("# made by hand\n\n---\n- id: \"a\"\n  description: |\n    tiers: 2\n  video_provider: \"youtube\"\n", Sort::Videos),
            ("-\n  title: \"a\"\n\n  # later\n  video_provider: \"youtube\"\n", Sort::Videos),
            ("  - \"title\": a\n    \"video_provider\": mp4\n", Sort::Videos),
            ("---\nid: a\ntitle: A\nkind: meetup\ntimezone: UTC\n", Sort::Event),
            ("name: A\nkind: conference\nfrequency: yearly\n", Sort::Series),
            ("name: A\n\naddress:\n  city: B\nmaps:\n  google: x\n", Sort::Venue),
            ("- tiers:\n    - name: Gold\n", Sort::Sponsors),
            ("- name: A\n  github: \"\"\n  slug: a\n", Sort::Speakers),
            ("- name: A\n  slug: a\n  country_code: SE\n  latitude: 1\n  aliases:\n    - b\n", Sort::Silent),
            ("- name: Organizer\n  users:\n    - A\n", Sort::Silent),
            ("- link: https://a.example\n  close_date: x\n", Sort::Silent),
        ] {
            assert_eq!(sort("x.yml", text), Some(expected), "{text}");
        }
        assert_eq!(sort("videos.yml", "# none yet\n---\n[]\n"), Some(Sort::Videos));
        assert_eq!(sort("cfp.yml", "- name: Call\n  link: https://a.example\n"), Some(Sort::Silent));
        assert_eq!(sort("topics.yml", "---\n- \"Boats\"\n"), Some(Sort::Silent));
        assert_eq!(sort("schedule.yml", "days:\n  - name: Day 1\n"), Some(Sort::Silent));
    }

    #[test]
    fn what_is_no_file_of_the_archive_is_left_to_others() {
        for text in [
            "",
            "---\n",
            "[]",
            "- a\n- b\n",
            "- id: a\n  nested:\n    video_provider: youtube\n",
            "- id: a\n- video_provider: youtube\n",
            "series: A\ndate: 2020-01-01\ntitle: B\nid: c\nkind: x\ntimezone: y\ntalks: []\n",
            "---\nid: a\ntitle: A\nkind: meetup\ntimezone: UTC\n---\nA post.\n",
            "{\"id\": 1}",
            "days:\n  - one\n",
            "name: A\nkind: b\n",
            "\u{e9}:\n",
        ] {
            assert_eq!(sort("x.yml", text), None, "{text}");
        }
    }
}
