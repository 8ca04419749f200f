//! Cues: whole seconds from a recording's start, in every spelling that people and players use.

use std::fmt;

/// A moment in a recording: whole seconds from its start.
///
/// A cue that is not known is `None` wherever it may be missing, never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cue(u32);

/// Why a text is no cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CueError {
    /// Neither `23:09` nor `23m9s` nor a number of seconds.
    #[error("not a time: write it as 23:09, 1:36:34, 23m9s or 1389")]
    Shape,
    /// `12:75`, or `1:75:00`.
    #[error("minutes and seconds go up to 59")]
    Range,
    /// More than [`Cue::MAX`].
    #[error("later than 100 hours into a recording")]
    TooLate,
}

impl Cue {
    /// The latest cue that is believed: a longer recording is a slip of the pen.
    pub const MAX: Cue = Cue(100 * 3600 - 1);

    /// A cue of that many seconds.
    ///
    /// # Errors
    /// More than [`Cue::MAX`].
    pub fn from_seconds(seconds: u64) -> Result<Cue, CueError> {
        u32::try_from(seconds).ok().map(Cue).filter(|cue| *cue <= Cue::MAX).ok_or(CueError::TooLate)
    }

    /// Seconds from the recording's start.
    pub fn seconds(self) -> u32 {
        self.0
    }

    /// Reads `1389`, `1389s`, `23:09`, `61:40`, `1:36:34`, `23m9s`, `1h2m3s`, `28min40s`, `2h29m19`.
    ///
    /// A fraction of a second (`12.5`, `0:12.500`) is cut off: a cue is whole seconds.
    ///
    /// # Errors
    /// Another shape, minutes or seconds past 59, or a cue past [`Cue::MAX`].
    pub fn parse(text: &str) -> Result<Cue, CueError> {
        let text = text.trim();
        let whole = match text.split_once(['.', ',']) {
            Some((whole, fraction)) if is_fraction(fraction) => whole,
            Some(_) => return Err(CueError::Shape),
            None => text,
        };
        if whole.contains(':') { parse_clock(whole) } else { parse_units(whole) }
    }
}

fn is_fraction(text: &str) -> bool {
    let digits = text.strip_suffix('s').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn number(digits: &str) -> Result<u64, CueError> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(CueError::Shape);
    }
    digits.parse().map_err(|_| CueError::TooLate)
}

/// `mm:ss` or `h:mm:ss`. Minutes pass 59 only where no hour stands before them (`61:40`).
fn parse_clock(text: &str) -> Result<Cue, CueError> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [m, s] => (0, number(m)?, number(s)?),
        [h, m, s] => {
            let minutes = number(m)?;
            if minutes > 59 {
                return Err(CueError::Range);
            }
            (number(h)?, minutes, number(s)?)
        }
        _ => return Err(CueError::Shape),
    };
    if parts.last().is_some_and(|s| s.len() != 2) {
        return Err(CueError::Shape);
    }
    if seconds > 59 {
        return Err(CueError::Range);
    }
    total(hours, minutes, seconds)
}

/// `1389`, `1389s`, `23m9s`, `1h2m3s`, `28min40s`, `2h29m19`, with units in falling order.
fn parse_units(text: &str) -> Result<Cue, CueError> {
    let (mut hours, mut minutes, mut seconds) = (None, None, None);
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let value = number(&rest[..digits])?;
        let after = &rest[digits..];
        let unit = after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let slot = match after[..unit].to_ascii_lowercase().as_str() {
            "h" | "hr" | "hour" | "hours" if minutes.is_none() && seconds.is_none() => &mut hours,
            "m" | "min" | "mins" | "minutes" if seconds.is_none() => &mut minutes,
            "s" | "sec" | "secs" | "seconds" | "" => &mut seconds,
            _ => return Err(CueError::Shape),
        };
        if slot.replace(value).is_some() {
            return Err(CueError::Shape);
        }
        rest = &after[unit..];
    }
    if hours.is_none() && minutes.is_none() && seconds.is_none() {
        return Err(CueError::Shape);
    }
    total(hours.unwrap_or(0), minutes.unwrap_or(0), seconds.unwrap_or(0))
}

fn total(hours: u64, minutes: u64, seconds: u64) -> Result<Cue, CueError> {
    let total = hours
        .checked_mul(3600)
        .and_then(|h| minutes.checked_mul(60).and_then(|m| h.checked_add(m)))
        .and_then(|hm| hm.checked_add(seconds))
        .ok_or(CueError::TooLate)?;
    Cue::from_seconds(total)
}

/// `23:09`, and from an hour on `1:36:34`.
impl fmt::Display for Cue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        let text = if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") };
        f.pad(&text)
    }
}

/// The part of a recording that a talk fills. Either bound may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Where the talk starts.
    pub start: Option<Cue>,
    /// Where it ends.
    pub end: Option<Cue>,
}

impl Span {
    /// Length in seconds, where both bounds are known and in order.
    pub fn length(self) -> Option<u32> {
        self.end?.seconds().checked_sub(self.start?.seconds())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seconds(text: &str) -> Result<u32, CueError> {
        Cue::parse(text).map(Cue::seconds)
    }

    #[test]
    fn reads_every_spelling() {
        for (text, expected) in [
            ("1389", 1389),
            ("1389s", 1389),
            ("23:09", 1389),
            (" 23:09 ", 1389),
            ("23m9s", 1389),
            ("23m09s", 1389),
            ("1h2m3s", 3723),
            ("1H2M3S", 3723),
            ("28min40s", 1720),
            ("2h29m19", 8959),
            ("61:40", 3700),
            ("1:01:40", 3700),
            ("1:36:34", 5794),
            ("01:36:34", 5794),
            ("0:00", 0),
            ("0", 0),
            ("90m", 5400),
            ("12.5", 12),
            ("0:12.500", 12),
            ("00:01:23,040", 83),
        ] {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in ["", "s", "m", "TODO", "-5", "1:2", "12:5", "1::2", "1:2:3:4", "5s3m", "1m1m", "::", ".", "1.x", "²"] {
            assert_eq!(seconds(text), Err(CueError::Shape), "{text:?}");
        }
        assert_eq!(seconds("12:75"), Err(CueError::Range));
        assert_eq!(seconds("1:75:00"), Err(CueError::Range));
        assert_eq!(seconds("360000"), Err(CueError::TooLate));
        assert_eq!(seconds("99999999999999999999999"), Err(CueError::TooLate));
        assert_eq!(seconds("18446744073709551615h"), Err(CueError::TooLate));
    }

    #[test]
    fn a_span_has_a_length_only_in_order() {
        let at = |s| Some(Cue(s));
        assert_eq!(Span { start: at(10), end: at(25) }.length(), Some(15));
        assert_eq!(Span { start: at(25), end: at(10) }.length(), None);
        assert_eq!(Span { start: at(25), end: None }.length(), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(s in 0u32..=Cue::MAX.0) {
            let cue = Cue(s);
            prop_assert_eq!(Cue::parse(&cue.to_string()), Ok(cue));
            prop_assert_eq!(Cue::parse(&format!("{s}s")), Ok(cue));
            let (h, m, r) = (s / 3600, s / 60 % 60, s % 60);
            prop_assert_eq!(Cue::parse(&format!("{h}h{m}m{r}s")), Ok(cue));
        }

        #[test]
        fn any_text_is_answered(text in "\\PC*") {
            if let Ok(cue) = Cue::parse(&text) {
                prop_assert!(cue <= Cue::MAX);
            }
        }

        #[test]
        fn times_like_texts_are_answered(text in "[0-9:hms.]{0,24}") {
            let _ = Cue::parse(&text);
        }
    }
}
