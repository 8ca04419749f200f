//! Dates: a year, a month or a day, two of them with `..` between, or the beginning of one that is being typed.

use super::fields::{Name, When};
use super::values::shown;
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// First and last day.
type Days = (Date, Date);

/// The days that a value means; `None` where too little of it was typed yet.
pub(super) fn read(when: When, text: &str, typing: bool) -> Result<Option<RangeInclusive<Date>>, String> {
    // One dot of the two.
    let text = if typing && !text.ends_with("..") { text.strip_suffix('.').unwrap_or(text) } else { text };
    let bare = text.trim_matches('.');
    if bare.is_empty() {
        return if typing { Ok(None) } else { Err(no_date(text)) };
    }
    match when {
        When::Year | When::Date => range(when, text, typing).map(|(first, last)| Some(first..=last)),
        When::After | When::Before if text.contains("..") => {
            let name = Name::Date(when).canonical();
            Err(format!("`{name}:` takes one date: write `{name}:2021-03`, or `date:2021-03..2022-01`"))
        }
        When::After => {
            let (_, last) = period(when, text, typing)?;
            let first = last.tomorrow().map_err(|_| "no day comes after that: write an earlier date".to_owned())?;
            Ok(Some(first..=Date::MAX))
        }
        When::Before => {
            let (first, _) = period(when, text, typing)?;
            let last = first.yesterday().ok().filter(|day| day.year() >= 0);
            let last = last.ok_or_else(|| "no day comes before that: write a later date".to_owned())?;
            Ok(Some(Date::MIN..=last))
        }
    }
}

fn range(when: When, text: &str, typing: bool) -> Result<Days, String> {
    let Some((left, right)) = text.split_once("..") else { return period(when, text, typing) };
    let right = right.trim_start_matches('.');
    let first = if left.is_empty() { Date::MIN } else { period(when, left, false)?.0 };
    let last = if right.is_empty() { Date::MAX } else { period(when, right, typing)?.1 };
    if first > last {
        let (name, left, right) = (Name::Date(when).canonical(), shown(left), shown(right));
        return Err(format!("`{left}..{right}` ends before it begins: write `{name}:{right}..{left}`"));
    }
    Ok((first, last))
}

/// The days of `2021`, `2021-03` or `2021-03-15`.
fn period(when: When, text: &str, typing: bool) -> Result<Days, String> {
    let parts: Vec<&str> = text.strip_suffix('-').unwrap_or(text).split('-').collect();
    if parts.len() > 3 || parts.iter().any(|part| !part.bytes().all(|b| b.is_ascii_digit())) {
        return Err(no_date(text));
    }
    let year = parts[0];
    if when == When::Year && typing && parts.len() == 1 && (1..4).contains(&year.len()) {
        return years(year).ok_or_else(|| no_date(text));
    }
    if year.len() != 4 {
        return Err(no_date(text));
    }
    let first = year.parse().ok().and_then(|year| Date::new(year, 1, 1).ok()).ok_or_else(|| no_date(text))?;
    // A lone 0 is the beginning of 01.
    let half = |part: &str| typing && part == "0";
    let days = match parts[1..] {
        [month] if !half(month) => month_of(first, month, text)?,
        [month, day] if half(day) => month_of(first, month, text)?,
        [month, day] => {
            let month = month_of(first, month, text)?.0;
            let day = day_of(month, day, text)?;
            (day, day)
        }
        _ => (first, first.last_of_year()),
    };
    Ok(days)
}

fn month_of(year: Date, month: &str, text: &str) -> Result<Days, String> {
    let number = number(month).ok_or_else(|| no_date(text))?;
    let first = Date::new(year.year(), number, 1).map_err(|_| format!("there is no month {month}: write 01 to 12"))?;
    Ok((first, first.last_of_month()))
}

fn day_of(month: Date, day: &str, text: &str) -> Result<Date, String> {
    let number = number(day).ok_or_else(|| no_date(text))?;
    let wrong = |_| format!("{} has no day {day}: write 01 to {}", month.strftime("%B %Y"), month.days_in_month());
    Date::new(month.year(), month.month(), number).map_err(wrong)
}

/// One or two digits.
fn number(digits: &str) -> Option<i8> {
    (1..3).contains(&digits.len()).then(|| digits.parse().ok()).flatten()
}

/// The years that begin with one to three digits.
fn years(digits: &str) -> Option<Days> {
    let first: i16 = format!("{digits:0<4}").parse().ok()?;
    let last: i16 = format!("{digits:9<4}").parse().ok()?;
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

fn no_date(text: &str) -> String {
    format!("`{}` is not a date: write 2021, 2021-03, 2021-03-15, or two of them as 2019..2021", shown(text))
}
