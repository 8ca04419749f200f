//! How much of a talk was seen, from where mpv says it is when it is asked.

use super::{Session, State, as_millis, millis};
use crate::player::News;
use std::ops::Range;
use std::time::{Duration, Instant};

/// How often mpv is asked where it is.
const ASK: Duration = Duration::from_millis(100);

/// How long an answer is waited for before mpv is asked once more: one that hangs is not flooded.
const NO_ANSWER: Duration = Duration::from_secs(5);

/// Seconds of the recording that two places may be further apart than the time between them allows: clocks are not that exact.
const SLACK: f64 = 0.5;

impl Session {
    /// Is mpv to be asked now where it is?
    pub fn asks(&mut self, now: Instant) -> bool {
        let plays = self.state == State::Playing && self.current == self.entry;
        let is_due = |(asked, waits): (Instant, bool)| now.duration_since(asked) >= if waits { NO_ANSWER } else { ASK };
        let asks = plays && self.asked.is_none_or(is_due);
        if asks {
            self.asked = Some((now, true));
        }
        asks
    }

    /// What was played since the place was heard of last, to the end.
    pub(super) fn played_to_end(&mut self, now: Instant, news: &mut Vec<News>) {
        let Some(end) = self.end() else { return };
        if self.state == State::Playing {
            self.played_to(self.span().end, now, news);
        }
        self.at = Some(f64::from(end.seconds()));
    }

    /// Takes what lies between the place that was heard of last and this one as seen, if there was time to play it: who was stopped
    /// for a minute hears nothing of that minute, and a jump may be heard of later than where it led.
    pub(super) fn played_to(&mut self, here: u64, now: Instant, news: &mut Vec<News>) {
        let Some((since, when)) = self.since.filter(|(since, _)| *since < here) else { return };
        let most = now.duration_since(when).as_secs_f64() * self.fastest + SLACK;
        if Duration::from_millis(here - since).as_secs_f64() > most {
            return;
        }
        self.seen.add(since..here);
        self.began = true;
        if !self.watched && self.is_seen() {
            self.watched = true;
            news.push(News::Watched(self.track.talk.clone()));
        }
    }

    /// The talk's own span; empty where its end is not known.
    pub(super) fn span(&self) -> Range<u64> {
        // The exact end of the recording where that is the talk's: whole seconds are much of a short one.
        let end = match (self.track.end.map(|end| millis(Some(end))), self.length.map(as_millis)) {
            (Some(end), Some(length)) => end.min(length),
            (end, length) => end.or(length).unwrap_or_default(),
        };
        millis(self.track.start)..end
    }

    /// Were nine tenths of the talk's own span seen?
    fn is_seen(&self) -> bool {
        let span = self.span();
        !span.is_empty() && self.seen.of(&span) * 10 >= (span.end - span.start) * 9
    }

    /// Is what was not seen of what lies before less than a tenth of the talk? Where its end is not known, of what lies before.
    pub(super) fn is_seen_so_far(&self) -> bool {
        let Some(here) = self.at.map(as_millis) else { return false };
        let span = self.span();
        let before = if span.is_empty() { span.start..here } else { span.start..here.min(span.end) };
        let length = |span: &Range<u64>| span.end.saturating_sub(span.start);
        let whole = if span.is_empty() { length(&before) } else { length(&span) };
        (length(&before) - self.seen.of(&before)) * 10 <= whole
    }
}
