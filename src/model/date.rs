//! Validation of dates (a profile of EDTF, ISO 8601-2) and of timestamps.
//!
//! The profile: years, months and days with unknown digits, uncertainty and intervals; seasons (21 to 32)
//! and quarters (33 to 36) of a year; a day with a time of day, also in hours and minutes alone. A season
//! says nothing of the days it stands for, as it differs by hemisphere: it stands for its year.
//!
//! The archive itself enforces the profile, with the view `dates_parsed`, so that it holds in any
//! tool that writes to the file. This module implements the same profile to give messages with a
//! line and a column; a test keeps the two equal. (The crate `edtf-core` accepts far more than the
//! profile, so most of this module would still be needed in front of it.)

use super::spelling::quoted;
use jiff::civil::Date;

const SYNTAX_HINT: &str = "write 2021, 2021-06 or 2021-06-28, with X for an unknown digit, ? or ~ for \
                    doubt, 2021-06-28T14:30, or an interval such as 2021-05/2021-06 or ../2021-09-11 (EDTF)";

/// The order of day, month and year in a date of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 28/06/2021.
    DayFirst,
    /// 06/28/2021.
    MonthFirst,
    /// 2021/06/28.
    YearFirst,
}

/// Checks that a text is a date of the EDTF profile.
///
/// # Errors
/// Fails when it is not; the message completes a sentence that begins with the name of the field.
pub fn check_date(text: &str) -> Result<(), String> {
    let fail = |why: &str| Err(format!("{} {why}; {SYNTAX_HINT}", quoted(text)));
    let Some((start, end)) = text.split_once('/') else {
        return match possible_days(text).is_some() || is_day_with_time(text) {
            true => Ok(()),
            false => fail("is not a date"),
        };
    };
    if text.matches('/').count() > 1 {
        return fail("is not a date");
    }
    let is_open = |end: &str| end.is_empty() || end == "..";
    match (is_open(start), is_open(end)) {
        (true, true) => fail("has neither a start nor an end"),
        (true, false) if possible_days(end).is_some() => Ok(()),
        (false, true) if possible_days(start).is_some() => Ok(()),
        (false, false) => match (possible_days(start), possible_days(end)) {
            (Some((first, _)), Some((_, last))) if first <= last => Ok(()),
            (Some(_), Some(_)) => fail("ends before it starts"),
            _ => fail("is not an interval of two dates"),
        },
        _ => fail("is not an interval of two dates"),
    }
}

/// Returns the earliest and the latest day that a date of the profile can mean, as `YYYY-MM-DD`; `None` for an
/// end that is open or unknown.
///
/// # Errors
/// As [`check_date`].
pub fn days_of(text: &str) -> Result<(Option<String>, Option<String>), String> {
    check_date(text)?;
    let days = |text: &str| match text.split_once('T') {
        Some((day, _)) => possible_days(day),
        None => possible_days(text),
    };
    let (start, end) = text.split_once('/').unwrap_or((text, text));
    Ok((
        days(start).map(|(first, _)| first.to_string()),
        days(end).map(|(_, last)| last.to_string()),
    ))
}

/// Returns true for a day with a time of day, such as `2021-06-28T14:30:00+04:30`.
fn is_day_with_time(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else { return false };
    let is_day = day.bytes().all(|b| b.is_ascii_digit() || b == b'-') && day.len() == 10;
    is_day && possible_days(day).is_some() && is_time_of_day(time)
}

/// Returns true for a time of day with hours and minutes, or seconds too, and with a zone or none:
/// `14:30`, `14:30:05Z`, `14:30+04:30`.
pub fn is_time_of_day(text: &str) -> bool {
    let offset = text.len().checked_sub(6).filter(|at| text.is_char_boundary(*at));
    let (time, zone) = match (text.strip_suffix('Z'), offset.map(|at| text.split_at(at))) {
        (Some(time), _) => (time, None),
        (None, Some((time, zone))) if zone.starts_with(['+', '-']) => (time, Some(&zone[1..])),
        _ => (text, None),
    };
    let below = |number: &str, limit: u8| {
        let is_number = number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit());
        is_number && number.parse().is_ok_and(|number: u8| number < limit)
    };
    let is_clock = |text: &str| {
        let mut parts = text.split(':');
        let (hour, minute) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let second = parts.next().is_none_or(|second| below(second, 60));
        below(hour, 24) && below(minute, 60) && second && parts.next().is_none()
    };
    // No zone is further than 14 hours from UTC.
    let is_offset = |zone: &str| zone.len() == 5 && is_clock(zone) && below(&zone[..2], 15);
    is_clock(time) && zone.is_none_or(is_offset)
}

/// Returns the earliest and the latest day that a date without a slash can mean.
fn possible_days(text: &str) -> Option<(Date, Date)> {
    let bare = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    let mut parts = bare.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let two_digits = |digits: &str| {
        let valid = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| digits.parse::<i8>().ok()).flatten()
    };
    let years = |first: &str, last: &str| {
        let year = |text: &str| {
            let valid = text.bytes().all(|b| b.is_ascii_digit());
            valid.then(|| text.parse::<i16>().ok()).flatten().filter(|year| *year > 0)
        };
        Some((Date::new(year(first)?, 1, 1).ok()?, Date::new(year(last)?, 12, 31).ok()?))
    };
    match (month, day) {
        (None, None) => {
            let known = year.trim_end_matches('X');
            if known.len() < 2 || known.contains('X') {
                return None;
            }
            years(&year.replace('X', "0"), &year.replace('X', "9"))
        }
        (Some("XX"), None | Some("XX")) => years(year, year),
        (Some(part), None) if two_digits(part).is_some_and(|part| (21..=32).contains(&part)) => {
            years(year, year)
        }
        (Some(part), None) if two_digits(part).is_some_and(|part| (33..=36).contains(&part)) => {
            let last = 3 * (two_digits(part)? - 32);
            let (first, _) = years(year, year)?;
            let month = |month| Date::new(first.year(), month, 1).ok();
            Some((month(last - 2)?, month(last)?.last_of_month()))
        }
        (Some(month), None | Some("XX")) => {
            let (first, _) = years(year, year)?;
            let first = Date::new(first.year(), two_digits(month)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(month), Some(day)) => {
            let (first, _) = years(year, year)?;
            let date = Date::new(first.year(), two_digits(month)?, two_digits(day)?).ok()?;
            Some((date, date))
        }
        (None, Some(_)) => None,
    }
}

/// Parses a timestamp (RFC 3339) and returns it in UTC, as `YYYY-MM-DDTHH:MM:SSZ`. An offset is
/// converted; fractions of a second are dropped.
///
/// # Errors
/// Fails when the text is not a timestamp or falls outside the years 0001 to 9999; the message
/// completes a sentence that begins with the name of the field.
pub fn timestamp(text: &str) -> Result<String, String> {
    // A text already in this form is only checked: jiff's last timestamp is a day before
    // 9999-12-31.
    let civil =
        text.strip_suffix('Z').filter(|civil| civil.len() == 19 && civil.as_bytes()[10] == b'T');
    if let Some(moment) = civil.and_then(|civil| civil.parse::<jiff::civil::DateTime>().ok())
        && moment.year() > 0
        && !text.ends_with(":60Z")
    {
        return Ok(text.to_owned());
    }
    // jiff takes a leap second for the second before it.
    let parsed = text.parse().ok().filter(|_| text.get(16..19) != Some(":60"));
    let moment: jiff::Timestamp = parsed.ok_or_else(|| {
        let text = quoted(text);
        format!(
            "{text} is not a moment; write UTC as 2021-06-29T09:00:00Z, or an offset such as +04:30"
        )
    })?;
    // A moment early in the year 0 of its own zone may lie in the year -1 of UTC.
    match jiff::tz::Offset::UTC.to_datetime(moment).year() {
        1..=9999 => Ok(moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        _ => Err(format!("{} is outside the years 0001 to 9999", quoted(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::{check_date, days_of, timestamp};

    #[test]
    fn the_days_that_a_date_can_mean() {
        for (text, first, last) in [
            ("2021-06-28?", Some("2021-06-28"), Some("2021-06-28")),
            ("2021-06", Some("2021-06-01"), Some("2021-06-30")),
            ("202X", Some("2020-01-01"), Some("2029-12-31")),
            ("2021-33", Some("2021-01-01"), Some("2021-03-31")),
            ("2021-05/2021-06-03", Some("2021-05-01"), Some("2021-06-03")),
            ("2021-05/..", Some("2021-05-01"), None),
            ("/2021", None, Some("2021-12-31")),
            ("2021-06-28T23:30:00-05:00", Some("2021-06-28"), Some("2021-06-28")),
        ] {
            let days = (first.map(str::to_owned), last.map(str::to_owned));
            assert_eq!(days_of(text), Ok(days), "{text}");
        }
        assert!(days_of("June").is_err());
    }

    #[test]
    fn moments() {
        assert_eq!(timestamp("2021-06-29T13:30:00+04:30").as_deref(), Ok("2021-06-29T09:00:00Z"));
        assert_eq!(timestamp("2021-06-29T09:00:00.9Z").as_deref(), Ok("2021-06-29T09:00:00Z"));
        assert_eq!(timestamp("9999-12-31T23:59:59Z").as_deref(), Ok("9999-12-31T23:59:59Z"));
        assert!(timestamp("2021-06-31T09:00:00Z").is_err());
        assert!(timestamp("2016-12-31T23:59:60Z").is_err());
        assert!(timestamp("2016-12-31T23:59:60+00:00").is_err());
        assert!(timestamp("0000-06-30T09:00:00Z").is_err());
        assert!(timestamp("0000-01-01T00:00:00+14:00").is_err());
        assert_eq!(timestamp("0000-12-31T20:00:00-04:00").as_deref(), Ok("0001-01-01T00:00:00Z"));
        assert!(timestamp("2021-06-30t09:00:00z").is_ok_and(|utc| utc == "2021-06-30T09:00:00Z"));
        assert!(timestamp("2021-06-29").is_err());
    }

    #[test]
    fn says_why() {
        assert!(check_date("2021-06/2021-05").is_err_and(|why| why.contains("ends before")));
        assert!(check_date("../..").is_err_and(|why| why.contains("neither")));
    }
}
