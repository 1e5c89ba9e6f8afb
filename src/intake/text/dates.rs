//! Dates and times as web pages and bibliographies write them.
//!
//! The rules: the day is kept as written, whatever its time zone, and the moment is converted to
//! UTC. A time without a zone, or with the abbreviation of one ("EST"), gives a day without a
//! moment. Where day and month are ambiguous (05/04/2020), a written weekday decides; without one
//! the date is an error. Numbers separated by dots (13.10.2020) are day first.

use crate::model::{check_date, quoted, timestamp};
use jiff::civil::{Date, Weekday};

/// A parsed date, with the moment where a time is written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::intake) struct ParsedDate {
    /// The day, month, year or interval (EDTF).
    pub(in crate::intake) date: String,
    /// The moment in UTC, as `YYYY-MM-DDTHH:MM:SSZ`.
    pub(in crate::intake) moment: Option<String>,
    /// True if a time is written that gives no moment, as when it has no zone.
    pub(in crate::intake) without_zone: bool,
}

impl ParsedDate {
    /// Returns the moment or, for a day without a time, its last second; `None` for a month or
    /// year.
    pub(in crate::intake) fn latest_moment(&self) -> Option<String> {
        self.moment.clone().or_else(|| {
            let end = format!("{}T23:59:59Z", self.date);
            timestamp(&end).ok()
        })
    }
}

/// Parses a date, with or without a time.
///
/// # Errors
/// Fails when the text is not a date or is ambiguous; the message completes a sentence that begins
/// with the name of the field.
pub(in crate::intake) fn parse_date(text: &str) -> Result<ParsedDate, String> {
    let text = text.trim();
    let unread = || format!("{} is not a date that this program can read", quoted(text));
    // No date is longer.
    if text.len() > 100 {
        return Err(unread());
    }
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return parse_digits(text).ok_or_else(unread);
    }
    let (weekday, rest) = split_weekday(text);
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (numbers, mark, after) = split_numbers(rest);
        if let [a, b, c] = numbers[..] {
            return parse_numeric([a, b, c], mark, weekday, after, text);
        }
        if let [year, month] = numbers[..]
            && year.len() == 4
            && mark != ':'
            && after.is_empty()
        {
            let first = make_date(year, month, "1").ok_or_else(unread)?;
            return Ok(ParsedDate {
                date: first.strftime("%Y-%m").to_string(),
                moment: None,
                without_zone: false,
            });
        }
    }
    parse_month_name(rest).or_else(|| parse_edtf(text)).ok_or_else(unread)
}

/// Parses digits alone: a year (4 digits), a day (8), or a Unix time in seconds (10) or
/// milliseconds (13).
fn parse_digits(text: &str) -> Option<ParsedDate> {
    let unix = |milliseconds: i64| {
        let moment = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
        let utc = moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Some(ParsedDate { date: utc.get(..10)?.to_owned(), moment: Some(utc), without_zone: false })
    };
    match text.len() {
        4 => parse_edtf(text),
        8 => {
            let date = make_date(&text[..4], &text[4..6], &text[6..])?;
            (1000..2200).contains(&date.year()).then(|| with_time(date, ""))
        }
        10 => unix(text.parse::<i64>().ok()?.checked_mul(1000)?),
        13 => unix(text.parse().ok()?),
        _ => None,
    }
}

/// Parses a date that is in EDTF already.
fn parse_edtf(text: &str) -> Option<ParsedDate> {
    check_date(text).ok().map(|()| ParsedDate {
        date: text.to_owned(),
        moment: None,
        without_zone: false,
    })
}

/// Splits off a leading English weekday.
fn split_weekday(text: &str) -> (Option<Weekday>, &str) {
    const DAYS: [(&str, Weekday); 7] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let word: String = text.chars().take_while(|c| c.is_ascii_alphabetic()).collect();
    let lower = word.to_ascii_lowercase();
    let found = DAYS.iter().find(|(short, _)| {
        let whole = lower.starts_with(short) && lower.ends_with("day");
        lower == *short || whole || (lower == "thurs" && *short == "thu")
    });
    match found {
        Some((_, day)) => (Some(*day), text[word.len()..].trim_start_matches([',', '.', ' '])),
        None => (None, text),
    }
}

/// Splits off up to three leading numbers with one separator; returns the numbers, the separator
/// and the rest.
fn split_numbers(text: &str) -> (Vec<&str>, char, &str) {
    let (mut found, mut mark, mut rest) = (Vec::new(), '-', text);
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 {
            return (found, mark, rest);
        }
        found.push(&rest[..end]);
        let after = &rest[end..];
        let next = after.chars().next().filter(|c| matches!(c, '-' | '/' | '.'));
        match next {
            Some(c) if found.len() < 3 && (found.len() == 1 || c == mark) => {
                mark = c;
                rest = &after[1..];
            }
            _ => return (found, mark, after),
        }
    }
}

fn parse_numeric(
    [a, b, c]: [&str; 3],
    mark: char,
    weekday: Option<Weekday>,
    after: &str,
    text: &str,
) -> Result<ParsedDate, String> {
    let unread = || format!("{} is not a date that this program can read", quoted(text));
    if a.len() == 4 {
        return make_date(a, b, c).map(|date| with_time(date, after)).ok_or_else(unread);
    }
    if c.len() != 4 {
        return Err(unread());
    }
    let readings = match mark {
        '.' => [make_date(c, b, a), None],
        _ => [make_date(c, b, a), make_date(c, a, b)],
    };
    match readings {
        [Some(one), Some(other)] if one != other => {
            let falls_on_weekday = |date: Date| weekday == Some(date.weekday());
            match (falls_on_weekday(one), falls_on_weekday(other)) {
                (true, false) => Ok(with_time(one, after)),
                (false, true) => Ok(with_time(other, after)),
                _ => Err(format!(
                    "{} may be day first or month first; write {} or {}",
                    quoted(text),
                    one.strftime("%Y-%m-%d"),
                    other.strftime("%Y-%m-%d")
                )),
            }
        }
        [Some(date), _] | [None, Some(date)] => Ok(with_time(date, after)),
        [None, None] => Err(unread()),
    }
}

fn make_date(year: &str, month: &str, day: &str) -> Option<Date> {
    let short = month.len() <= 2 && day.len() <= 2;
    let year = year.parse().ok().filter(|year: &i16| *year > 0 && short)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Parses `13 October 2020`, `Oct 13, 2020` or `October 2020`; the first two may have a time.
fn parse_month_name(text: &str) -> Option<ParsedDate> {
    let words: Vec<&str> =
        text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).take(12).collect();
    let month = |word: &str| {
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let word = word.trim_end_matches('.').to_ascii_lowercase();
        let found = MONTHS.iter().position(|name| {
            word == *name || word == "sept" && *name == "september" || word == name[..3]
        })?;
        Some((found + 1).to_string())
    };
    let day = |word: &str| {
        let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', '.']);
        (1..=2).contains(&digits.len()).then(|| digits.to_owned())
    };
    let year = |word: &str| (word.len() == 4).then(|| word.to_owned());
    let (date, used) = match words[..] {
        [a, b, c, ..] if month(a).is_some() && year(c).is_some() && day(b).is_some() => {
            (make_date(&year(c)?, &month(a)?, &day(b)?)?, 3)
        }
        [a, b, c, ..] if month(b).is_some() && year(c).is_some() => {
            (make_date(&year(c)?, &month(b)?, &day(a)?)?, 3)
        }
        [a, b] => {
            let first = make_date(&year(b)?, &month(a)?, "1")?;
            return Some(ParsedDate {
                date: first.strftime("%Y-%m").to_string(),
                moment: None,
                without_zone: false,
            });
        }
        _ => return None,
    };
    let rest: Vec<&str> = words[used..].iter().filter(|word| **word != "at").copied().collect();
    Some(with_time(date, &rest.join(" ")))
}

/// Combines a day with the text after it, which may be a time.
fn with_time(date: Date, after: &str) -> ParsedDate {
    let day = date.strftime("%Y-%m-%d").to_string();
    let moment = parse_time(after).and_then(|time| timestamp(&format!("{day}T{time}")).ok());
    let without_zone = moment.is_none() && !after.trim().is_empty();
    ParsedDate { date: day, moment, without_zone }
}

/// Parses a time of day with its zone, and returns it in ISO 8601.
fn parse_time(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['T', 't', ' ', ',', '-', '–']).trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
    let mut parts = text[..end].split(':');
    let two = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse::<u8>().ok()).flatten();
    let (mut hour, minute) = (two(parts.next()?)?, two(parts.next()?)?);
    let second = parts.next().map_or(Some(0), two)?;
    let mut rest = &text[end..];
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let mut rest = rest.trim().to_ascii_lowercase();
    if let Some(half) = ["am", "pm"].into_iter().find(|half| rest.starts_with(half)) {
        hour = match (hour, half) {
            (12, "am") => 0,
            (1..=11, "pm") => hour + 12,
            (0 | 13.., _) => return None,
            _ => hour,
        };
        rest = rest[2..].trim().to_owned();
    }
    Some(format!("{hour:02}:{minute:02}:{second:02}{}", parse_zone(&rest)?))
}

fn parse_zone(text: &str) -> Option<String> {
    if matches!(text, "z" | "utc" | "gmt") {
        return Some("Z".to_owned());
    }
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    let fine = matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
    fine.then(|| format!("{sign}{}:{}", &digits[..2], digits.get(2..4).unwrap_or("00")))
}

#[cfg(test)]
mod tests {
    use super::parse_date;
    use crate::model::{check_date, timestamp};
    use proptest::prelude::*;

    #[test]
    fn many_styles() {
        for (text, day, moment) in [
            ("2020-03-27T10:46:13+0200", "2020-03-27", Some("2020-03-27T08:46:13Z")),
            ("2019-04-10T12:09:05+05:30", "2019-04-10", Some("2019-04-10T06:39:05Z")),
            ("2022-10-06T15:15:33+00:00", "2022-10-06", Some("2022-10-06T15:15:33Z")),
            ("2021-06-29T09:00:00.123Z", "2021-06-29", Some("2021-06-29T09:00:00Z")),
            ("2020-08-31 17:22:16", "2020-08-31", None),
            ("2022-01-28 18:35", "2022-01-28", None),
            ("2013-01-03 00:00:00.000", "2013-01-03", None),
            ("2020-10-13", "2020-10-13", None),
            ("2020-1-8", "2020-01-08", None),
            ("2020/10/13", "2020-10-13", None),
            ("20201013", "2020-10-13", None),
            ("1602580000000", "2020-10-13", Some("2020-10-13T09:06:40Z")),
            ("1602580000", "2020-10-13", Some("2020-10-13T09:06:40Z")),
            ("Thu, 04/20/2023 - 13:02", "2023-04-20", None),
            ("Wed, 04/05/2023 - 13:02", "2023-04-05", None),
            ("Thu, 04/05/2023 - 13:02", "2023-05-04", None),
            ("Thurs. 04/05/2023", "2023-05-04", None),
            ("Wednesday 04/05/2023", "2023-04-05", None),
            ("Oct 13, 2020", "2020-10-13", None),
            ("October 13th, 2020 at 3:05 PM", "2020-10-13", None),
            ("13 October 2020", "2020-10-13", None),
            ("13 Sept. 2020", "2020-09-13", None),
            ("Tue, 13 Oct 2020 10:00:00 +0200", "2020-10-13", Some("2020-10-13T08:00:00Z")),
            ("13 Oct 2020 10:00 EST", "2020-10-13", None),
            ("13 Oct 2020 10:00 GMT", "2020-10-13", Some("2020-10-13T10:00:00Z")),
            ("13-10-2020", "2020-10-13", None),
            ("13/10/2020", "2020-10-13", None),
            ("10/13/2020", "2020-10-13", None),
            ("05/05/2020", "2020-05-05", None),
            ("05.04.2020", "2020-04-05", None),
            ("October 2020", "2020-10", None),
            ("2020-10", "2020-10", None),
            ("2020", "2020", None),
            ("2020-10~", "2020-10~", None),
            ("2021-05/2021-06", "2021-05/2021-06", None),
        ] {
            let read = parse_date(text);
            let read = read.as_ref().map(|read| (read.date.as_str(), read.moment.as_deref()));
            assert_eq!(read, Ok((day, moment)), "{text}");
        }
    }

    #[test]
    fn left_alone() {
        assert!(
            parse_date("05/04/2020").is_err_and(|why| why.contains("day first or month first"))
        );
        for bad in [
            "",
            "soon",
            "2020-13-01",
            "31/02/2020",
            "99999999",
            "1/2",
            "13:05",
            "0000",
            "0000-05-05",
        ] {
            assert!(parse_date(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_last_second_of_a_day() {
        let latest = |text| parse_date(text).unwrap().latest_moment();
        assert_eq!(latest("2020-10-13").as_deref(), Some("2020-10-13T23:59:59Z"));
        assert_eq!(latest("2020-10-13 08:00 UTC").as_deref(), Some("2020-10-13T08:00:00Z"));
        assert_eq!(latest("2020-10-13 08:00").as_deref(), Some("2020-10-13T23:59:59Z"));
        let has_time = |text| parse_date(text).unwrap().without_zone;
        assert_eq!(
            ["2020-10-13", "2020-10-13 08:00", "2020-10-13 08:00 UTC"].map(has_time),
            [false, true, false]
        );
        assert_eq!(latest("2020-10"), None);
    }

    proptest! {
        #[test]
        fn anything(text in "\\PC{0,30}|[0-9/:.,TZ+ -]{0,30}|(Mon|Oct|13|2020|5|[ ,/-]){0,8}") {
            if let Ok(read) = parse_date(&text) {
                prop_assert!(check_date(&read.date).is_ok(), "{}", read.date);
                let latest = read.latest_moment();
                prop_assert!(latest.is_none_or(|moment| timestamp(&moment).is_ok()));
            }
        }
    }
}
