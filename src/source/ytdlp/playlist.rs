//! Playlists: one gathering each, unless it is all of a channel.

use super::Reader;
use super::dump::{Dump, Text};
use super::video::day;
use crate::domain::Problem;
use crate::source::part::{Dated, Days, Facts, Part, without_year};

/// What a video's playlist says.
#[derive(Debug)]
pub struct Playlist {
    /// Its own name in every file that tells of it.
    id: String,
    /// As published.
    pub title: Option<String>,
    /// Whose it is.
    pub channel: Option<String>,
    /// Its page.
    url: Option<String>,
    /// All of a channel, or one of its tabs: no gathering.
    pub is_channel: bool,
}

/// Words of playlists that are no name of a series.
const GENERIC: &[&str] = &[
    "all",
    "archive",
    "conference",
    "events",
    "keynotes",
    "lightning",
    "livestreams",
    "meetups",
    "playlist",
    "presentations",
    "recordings",
    "sessions",
    "streams",
    "talks",
    "tutorials",
    "uploads",
    "videos",
    "workshops",
];

impl Playlist {
    /// The playlist that a dump is.
    pub fn of(dump: &Dump, within: Option<&Playlist>) -> Playlist {
        let first = dump.entries.items.iter().find_map(|entry| entry.0.as_ref());
        let channel = [&dump.channel, &dump.uploader].into_iter().find_map(Text::owned);
        let channel = channel.or_else(|| within.and_then(|list| list.channel.clone()));
        let channel = channel.or_else(|| first.and_then(|video| [&video.channel, &video.uploader].into_iter().find_map(Text::owned)));
        let of_channel = dump.id.get().is_some_and(|id| Some(id) == dump.channel_id.get()) || within.is_some_and(|list| list.is_channel);
        let url = [&dump.webpage_url, &dump.original_url].into_iter().find_map(Text::owned);
        Playlist::new(dump.id.owned(), dump.title.owned(), channel, url, of_channel)
    }

    /// The playlist that a video says it was taken from.
    pub fn told_by(video: &Dump) -> Option<Playlist> {
        let title = [&video.playlist_title, &video.playlist].into_iter().find_map(Text::owned);
        let channel =
            [&video.playlist_channel, &video.playlist_uploader, &video.channel, &video.uploader].into_iter().find_map(Text::owned);
        let id = video.playlist_id.owned();
        (id.is_some() || title.is_some()).then(|| {
            let of_channel = id.is_some() && id.as_deref() == video.channel_id.get();
            Playlist::new(id, title, channel, None, of_channel)
        })
    }

    fn new(id: Option<String>, title: Option<String>, channel: Option<String>, url: Option<String>, of_channel: bool) -> Playlist {
        let tab = |title: &String| {
            let tab =
                [" - Videos", " - Live", " - Shorts", " - Releases", " - Popular videos"].iter().find_map(|tab| title.strip_suffix(tab));
            tab.or_else(|| title.strip_prefix("Uploads from ")).map(str::to_owned)
        };
        let id_of_channel = |id: &String| (id.len() == 24 && (id.starts_with("UC") || id.starts_with("UU"))) || id.starts_with('@');
        let tab = title.as_ref().and_then(tab);
        let is_channel = of_channel || tab.is_some() || id.as_ref().is_some_and(id_of_channel);
        let channel = channel.or(tab).or_else(|| title.clone().filter(|_| is_channel));
        Playlist { id: id.or_else(|| title.clone()).unwrap_or_default(), title, channel, url, is_channel }
    }

    /// The meetup or conference: what the title calls it, where that bears a year and says more than whose videos these are.
    fn series(&self) -> Option<String> {
        let named = self.title.as_deref().map(|title| (title, without_year(title))).filter(|(title, series)| *title != series.as_str());
        let generic = |series: &str| series.split_whitespace().any(|word| GENERIC.contains(&word.to_lowercase().as_str()));
        let named = named.map(|(_, series)| series).filter(|series| !generic(series));
        named.or_else(|| self.channel.clone()).or_else(|| self.title.clone())
    }

    /// With a year in its name it is one gathering, however long the uploads took; a meetup meets again.
    fn days(&self) -> Option<Days> {
        let title = self.title.as_deref()?;
        let lower = title.to_lowercase();
        let meets = ["meetup", "meet-up", "user group", "monthly"].iter().any(|word| lower.contains(word));
        (without_year(title) != title && !meets).then_some(Days::One)
    }

    /// What it says of its gathering.
    pub fn part(&self, reader: &Reader, talks: Vec<Dated>) -> Part {
        let facts = Facts {
            series: self.series(),
            title: self.title.clone(),
            days: self.days(),
            url: self.url.clone(),
            place: Some(reader.source.place.clone()),
            ..Facts::default()
        };
        Part::new(format!("yt-dlp playlist {}", self.id), facts, talks)
    }
}

impl Reader<'_> {
    /// Every video of a playlist. Those in lists inside it are its own too, unless it is a channel's.
    pub(super) fn playlist(&mut self, dump: &Dump, list: &Playlist) {
        let missing = dump.entries.items.iter().filter(|entry| entry.0.is_none()).count();
        if missing > 0 {
            let place = self.place(dump);
            let message = format!("videos of the playlist that could not be fetched, and are left out: {missing}");
            self.problem(Problem::note(place, message).hint("they are private, deleted or not to be had from where yt-dlp ran"));
        }
        let mut talks = Vec::new();
        for entry in dump.entries.items.iter().filter_map(|entry| entry.0.as_ref()) {
            if list.is_channel || !entry.entries.items.is_empty() {
                self.dump(entry, Some(list));
            } else {
                talks.extend(self.dated(entry, list));
            }
        }
        if talks.is_empty() {
            return;
        }
        let mut part = list.part(self, talks);
        let undated = part.talks.iter().filter(|talk| talk.date.is_none()).count();
        if undated == part.talks.len() {
            part.facts.get_or_insert_default().date = self.changed(dump);
        } else if undated > 0 {
            let place = self.place(dump);
            let message = format!("videos of the playlist without a date, which are put to its first day: {undated}");
            self.problem(Problem::warning(place, message).hint("run yt-dlp without --flat-playlist"));
        }
        self.reading.parts.push(part);
    }

    /// The day of a playlist's last change, where none of its videos has one.
    fn changed(&mut self, dump: &Dump) -> Option<jiff::civil::Date> {
        let date = dump.modified_date.get().and_then(day)?;
        let place = self.place(dump);
        let message = format!("no video of the playlist has a date; the day of its last change stands in: {date}");
        self.problem(Problem::warning(place, message).hint("run yt-dlp without --flat-playlist"));
        Some(date)
    }
}
