//! A video as a talk, or as the talks that its chapters are.

use super::dump::{Dump, Number, Text};
use super::playlist::Playlist;
use super::{Reader, title};
use crate::domain::{About, Cue, Event, EventDraft, Field, Link, Origin, Problem, Recording, Status, Talk};
use crate::source::chapters::{MOST, Titled, split, split_by};
use crate::source::part::{Dated, without_year};
use jiff::civil::Date;

/// Titles that stand where there is no video any more.
const GONE: [&str; 3] = ["[Private video]", "[Deleted video]", "[Unavailable video]"];

impl Reader<'_> {
    /// A video outside of a playlist's dump: a talk of the playlist that it names, or an event of its own.
    pub(super) fn video(&mut self, video: &Dump, within: Option<&Playlist>) {
        let told = Playlist::told_by(video);
        match (within, told) {
            (None, Some(list)) if !list.is_channel => {
                let talks = self.dated(video, &list);
                if !talks.is_empty() {
                    let part = list.part(self, talks);
                    self.reading.parts.push(part);
                }
            }
            (within, told) => self.alone(video, within.or(told.as_ref())),
        }
    }

    /// The talks of a video in a playlist, with its day.
    pub(super) fn dated(&mut self, video: &Dump, list: &Playlist) -> Vec<Dated> {
        let Some(talk) = self.talk(video, Some(list)) else { return Vec::new() };
        let date = self.date(video);
        let name = video_title(video).map(str::to_owned);
        let talks = self.parted(video, talk);
        let several = talks.len() > 1;
        let gathering = name.filter(|_| several);
        talks.into_iter().map(|talk| Dated { date, gathering: gathering.clone(), talk }).collect()
    }

    fn alone(&mut self, video: &Dump, list: Option<&Playlist>) {
        let Some(talk) = self.talk(video, list) else { return };
        let Some(date) = self.date(video) else {
            let message = format!("no date is known of “{}”, which is left out", talk.title);
            return self
                .problem(Problem::error(talk.source, message).hint("fetch it without --flat-playlist, so that it has an `upload_date`"));
        };
        let name = video_title(video).unwrap_or(&talk.title).to_owned();
        let channel = [&video.channel, &video.uploader].into_iter().find_map(Text::owned).or_else(|| list.and_then(|l| l.channel.clone()));
        let mut event = Event::new(channel.unwrap_or_else(|| without_year(&name)), name, date, talk.source.clone());
        event.url = [&video.webpage_url, &video.original_url].into_iter().find_map(Text::owned);
        let (recording, description) = (talk.recording.clone(), talk.about().description.clone());
        let talks = self.parted(video, talk);
        if talks.len() > 1 {
            (event.recording, event.description) = (recording, description);
        }
        self.reading.drafts.push(EventDraft { event, talks });
    }

    fn talk(&mut self, video: &Dump, list: Option<&Playlist>) -> Option<Talk> {
        let place = self.place(video);
        let Some(name) = video_title(video) else {
            self.problem(Problem::error(place, "the video has no `title`, and is left out").hint("fetch it anew with yt-dlp"));
            return None;
        };
        if GONE.contains(&name) {
            self.problem(Problem::note(place, format!("{name}: there is no such video any more; it is left out")));
            return None;
        }
        self.wrong(video);
        let around =
            [list.and_then(|l| l.title.as_deref()), list.and_then(|l| l.channel.as_deref()), video.channel.get(), video.uploader.get()];
        let around: Vec<&str> = around.into_iter().flatten().collect();
        let guessed = title::read(name, &around);
        let origin = if guessed.is_some() { Origin::Guessed } else { Origin::Stated };
        let (speakers, name) = guessed.unwrap_or_else(|| (Vec::new(), name.to_owned()));
        let mut talk = Talk::new(name, place);
        talk.provenance.set(Field::Title, origin);
        if !speakers.is_empty() {
            talk.provenance.set(Field::Speakers, Origin::Guessed);
        }
        if speakers.iter().any(|speaker| speaker.company.is_some()) {
            talk.provenance.set(Field::Company, Origin::Guessed);
        }
        talk.speakers = speakers;
        talk.recording = recording(video);
        if talk.recording.is_some() {
            talk.provenance.set(Field::Recording, Origin::Stated);
        } else {
            self.problem(
                Problem::warning(talk.source.clone(), "no address of the video is known").hint("it should stand in `webpage_url`"),
            );
        }
        talk.language = video.language.owned();
        if video.live_status.get() == Some("is_upcoming") {
            talk.status = Status::Scheduled;
        }
        let tags = video.tags.items.iter().filter_map(Text::owned).collect();
        talk.set_about(About { description: video.description.owned(), tags, ..About::default() });
        Some(talk)
    }

    /// The talk with its chapters, or the talks that they are.
    fn parted(&mut self, video: &Dump, talk: Talk) -> Vec<Talk> {
        let length = video.duration.get().and_then(cue).filter(|cue| cue.seconds() > 0);
        let stated = self.chapters(video, &talk);
        if stated.is_empty() { split(talk, length, &mut self.reading.problems) } else { split_by(talk, &stated, Origin::Stated, length) }
    }

    /// The chapters that the publisher set; a stretch without a name is none.
    fn chapters(&mut self, video: &Dump, talk: &Talk) -> Vec<Titled> {
        let items = &video.chapters.items;
        let read = |chapter: &super::dump::Chapter| {
            let title = chapter.title.get().filter(|title| !title.starts_with("<Untitled Chapter"))?;
            let start = chapter.start_time.get().and_then(cue)?;
            Some(Titled { start, end: chapter.end_time.get().and_then(cue), title: title.to_owned() })
        };
        let mut chapters: Vec<Titled> = items.iter().take(MOST).filter_map(|item| read(item.0.as_ref()?)).collect();
        let unread = items.iter().filter(|item| item.0.as_ref().is_none_or(|c| c.start_time.get().and_then(cue).is_none())).count();
        if unread > 0 {
            let message = format!("chapters without a `start_time` that can be read, which are left out: {unread}");
            self.problem(Problem::warning(talk.source.clone(), message));
        }
        if items.len() > MOST {
            let message = format!("there are {} chapters; the first {MOST} are read", items.len());
            self.problem(Problem::warning(talk.source.clone(), message));
        }
        chapters.sort_by_key(|chapter| chapter.start);
        chapters.dedup_by_key(|chapter| chapter.start);
        chapters
    }

    /// Tells of values of a kind that none of theirs has.
    fn wrong(&mut self, video: &Dump) {
        let texts = [
            ("description", &video.description),
            ("channel", &video.channel),
            ("uploader", &video.uploader),
            ("upload_date", &video.upload_date),
            ("webpage_url", &video.webpage_url),
            ("language", &video.language),
        ];
        let texts = texts.into_iter().filter(|(_, text)| text.is_wrong()).map(|(name, _)| (name, "text"));
        let number = (video.duration == Number::Wrong).then_some(("duration", "number"));
        let lists = [("chapters", video.chapters.wrong), ("tags", video.tags.wrong)];
        let lists = lists.into_iter().filter(|(_, wrong)| *wrong).map(|(name, _)| (name, "list"));
        let told: Vec<(&str, &str)> = texts.chain(number).chain(lists).collect();
        for (name, kind) in told {
            let place = self.place(video);
            self.problem(Problem::warning(place, format!("`{name}` is no {kind}, and is left out")));
        }
    }

    /// The day it was given on, as near as is known: a date in the title, else when it went on the air or was put up.
    fn date(&mut self, video: &Dump) -> Option<Date> {
        let named = video_title(video).and_then(iso_date);
        let texts = [&video.release_date, &video.upload_date];
        if let Some(text) = texts.iter().filter_map(|text| text.get()).find(|text| day(text).is_none()) {
            let place = self.place(video);
            self.problem(Problem::warning(place, format!("`{text}` is no date")).hint("yt-dlp writes them as 20201202"));
        }
        let told = texts.into_iter().find_map(|text| text.get().and_then(day));
        let at = || [video.release_timestamp, video.timestamp].into_iter().find_map(|time| time.get().and_then(day_of));
        named.or(told).or_else(at)
    }
}

fn video_title<'t>(video: &'t Dump) -> Option<&'t str> {
    video.title.get().or(video.fulltitle.get())
}

/// The video by the address of its page, or by its id. `url` alone is that of a page only where nothing else is said.
fn recording(video: &Dump) -> Option<Recording> {
    let addresses = || [&video.webpage_url, &video.original_url, &video.url].into_iter().filter_map(Text::get);
    let known = addresses().find_map(|address| Link::parse(address).ok().map(|link| link.recording));
    let youtube = || {
        let keys = [&video.extractor, &video.extractor_key, &video.ie_key];
        let is_youtube = keys.into_iter().filter_map(Text::get).any(|key| key.get(..7).is_some_and(|k| k.eq_ignore_ascii_case("youtube")));
        let ids = [&video.id, &video.url].into_iter().filter_map(Text::get);
        ids.filter(|_| is_youtube).find_map(|id| Link::parse(&format!("https://youtu.be/{id}")).ok().map(|link| link.recording))
    };
    known.or_else(youtube).or_else(|| addresses().find_map(Recording::page))
}

/// Seconds as yt-dlp writes them, with a fraction that is cut off.
fn cue(seconds: f64) -> Option<Cue> {
    if !(0.0..1e9).contains(&seconds) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and a billion")]
    Cue::from_seconds(seconds as u64).ok()
}

/// `20201202`.
pub fn day(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let (year, month, day) = digits.then(|| Some((part(0..4)?, part(4..6)?, part(6..8)?))).flatten()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day of a moment, in UTC.
fn day_of(seconds: f64) -> Option<Date> {
    if !(1.0..1e11).contains(&seconds) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "it is between 1 and a hundred billion")]
    let days = (seconds / 86_400.0) as i64;
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A date such as 2020-12-02 in a text.
fn iso_date(text: &str) -> Option<Date> {
    let mut words = text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    words.find_map(|word| (word.len() == 10).then(|| word.parse().ok()).flatten())
}
