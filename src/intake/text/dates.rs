//! Days and moments as web pages and bibliographies write them.
//!
//! Decided: the day is the one that is written, in whatever zone; the moment is UTC. A local time
//! without a zone is taken as UTC, a zone that is only a name ("EST") gives no moment. Where day
//! and month can be told apart only by guessing (05/04/2020), a weekday that is written settles
//! it, else nothing is read. Days parted by dots (13.10.2020) are day first everywhere.

use crate::model::{check_date, quoted, timestamp};
use jiff::civil::{Date, Weekday};

/// A day or a coarser date, and the moment where one is written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::intake) struct When {
    /// The date, EDTF.
    pub(in crate::intake) day: String,
    /// The moment, UTC.
    pub(in crate::intake) moment: Option<String>,
}

impl When {
    /// The moment, or the last second of a day whose time is not written; nothing for a month or
    /// a year.
    pub(in crate::intake) fn latest(&self) -> Option<String> {
        self.moment.clone().or_else(|| {
            let end = format!("{}T23:59:59Z", self.day);
            timestamp(&end).ok()
        })
    }
}

/// Reads a date or a moment.
///
/// # Errors
/// Why it cannot be read, fit to follow the name of the field.
pub(in crate::intake) fn when(text: &str) -> Result<When, String> {
    let text = text.trim();
    let unread = || format!("{} is not a date that this program can read", quoted(text));
    // Nothing longer is a date.
    if text.len() > 100 {
        return Err(unread());
    }
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return digits(text).ok_or_else(unread);
    }
    let (weekday, rest) = weekday(text);
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (numbers, mark, after) = numbers(rest);
        if let [a, b, c] = numbers[..] {
            return three([a, b, c], mark, weekday, after, text);
        }
        if let [year, month] = numbers[..]
            && year.len() == 4
            && mark != ':'
            && after.is_empty()
        {
            let first = date(year, month, "1").ok_or_else(unread)?;
            return Ok(When { day: first.strftime("%Y-%m").to_string(), moment: None });
        }
    }
    named(rest).or_else(|| edtf(text)).ok_or_else(unread)
}

/// Digits alone: a year, a day, or a Unix time in seconds or milliseconds.
fn digits(text: &str) -> Option<When> {
    let unix = |milliseconds: i64| {
        let moment = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
        let utc = moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Some(When { day: utc.get(..10)?.to_owned(), moment: Some(utc) })
    };
    match text.len() {
        4 => edtf(text),
        8 => {
            let date = date(&text[..4], &text[4..6], &text[6..])?;
            (1000..2200).contains(&date.year()).then(|| whole(date, ""))
        }
        10 => unix(text.parse::<i64>().ok()?.checked_mul(1000)?),
        13 => unix(text.parse().ok()?),
        _ => None,
    }
}

/// A date that is EDTF already.
fn edtf(text: &str) -> Option<When> {
    check_date(text).ok().map(|()| When { day: text.to_owned(), moment: None })
}

/// The weekday in front, and what follows it.
fn weekday(text: &str) -> (Option<Weekday>, &str) {
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
        lower == *short || (lower.starts_with(short) && lower.ends_with("day")) || lower == "thurs"
    });
    match found {
        Some((_, day)) => (Some(*day), text[word.len()..].trim_start_matches([',', '.', ' '])),
        None => (None, text),
    }
}

/// The first numbers of a text, up to three of them with one mark between; the mark; the rest.
fn numbers(text: &str) -> (Vec<&str>, char, &str) {
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

fn three(
    [a, b, c]: [&str; 3],
    mark: char,
    weekday: Option<Weekday>,
    after: &str,
    text: &str,
) -> Result<When, String> {
    let unread = || format!("{} is not a date that this program can read", quoted(text));
    if a.len() == 4 {
        return date(a, b, c).map(|date| whole(date, after)).ok_or_else(unread);
    }
    if c.len() != 4 {
        return Err(unread());
    }
    let readings = match mark {
        '.' => [date(c, b, a), None],
        _ => [date(c, b, a), date(c, a, b)],
    };
    match readings {
        [Some(one), Some(other)] if one != other => {
            let fits = |date: Date| weekday == Some(date.weekday());
            match (fits(one), fits(other)) {
                (true, false) => Ok(whole(one, after)),
                (false, true) => Ok(whole(other, after)),
                _ => Err(format!(
                    "{} may be day first or month first; write {} or {}",
                    quoted(text),
                    one.strftime("%Y-%m-%d"),
                    other.strftime("%Y-%m-%d")
                )),
            }
        }
        [Some(date), _] | [None, Some(date)] => Ok(whole(date, after)),
        [None, None] => Err(unread()),
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let short = month.len() <= 2 && day.len() <= 2;
    let year = year.parse().ok().filter(|year: &i16| *year > 0 && short)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `13 October 2020`, `Oct 13, 2020`, `October 2020`, each with or without a time.
fn named(text: &str) -> Option<When> {
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
            (date(&year(c)?, &month(a)?, &day(b)?)?, 3)
        }
        [a, b, c, ..] if month(b).is_some() && year(c).is_some() => {
            (date(&year(c)?, &month(b)?, &day(a)?)?, 3)
        }
        [a, b] => {
            let first = date(&year(b)?, &month(a)?, "1")?;
            return Some(When { day: first.strftime("%Y-%m").to_string(), moment: None });
        }
        _ => return None,
    };
    let rest: Vec<&str> = words[used..].iter().filter(|word| **word != "at").copied().collect();
    Some(whole(date, &rest.join(" ")))
}

/// The day, and the moment where what follows it is a time.
fn whole(date: Date, after: &str) -> When {
    let day = date.strftime("%Y-%m-%d").to_string();
    let moment = time(after).and_then(|time| timestamp(&format!("{day}T{time}")).ok());
    When { day, moment }
}

/// A time as ISO 8601 has it, with `Z` where no zone is written.
fn time(text: &str) -> Option<String> {
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
    Some(format!("{hour:02}:{minute:02}:{second:02}{}", zone(&rest)?))
}

fn zone(text: &str) -> Option<String> {
    if matches!(text, "" | "z" | "utc" | "gmt") {
        return Some("Z".to_owned());
    }
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    let fine = matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
    fine.then(|| format!("{sign}{}:{}", &digits[..2], digits.get(2..4).unwrap_or("00")))
}

#[cfg(test)]
mod tests {
    use super::when;
    use crate::model::{check_date, timestamp};
    use proptest::prelude::*;

    #[test]
    fn many_styles() {
        for (text, day, moment) in [
            ("2020-03-27T10:46:13+0200", "2020-03-27", Some("2020-03-27T08:46:13Z")),
            ("2019-04-10T12:09:05+05:30", "2019-04-10", Some("2019-04-10T06:39:05Z")),
            ("2022-10-06T15:15:33+00:00", "2022-10-06", Some("2022-10-06T15:15:33Z")),
            ("2021-06-29T09:00:00.123Z", "2021-06-29", Some("2021-06-29T09:00:00Z")),
            ("2020-08-31 17:22:16", "2020-08-31", Some("2020-08-31T17:22:16Z")),
            ("2022-01-28 18:35", "2022-01-28", Some("2022-01-28T18:35:00Z")),
            ("2013-01-03 00:00:00.000", "2013-01-03", Some("2013-01-03T00:00:00Z")),
            ("2020-10-13", "2020-10-13", None),
            ("2020-1-8", "2020-01-08", None),
            ("2020/10/13", "2020-10-13", None),
            ("20201013", "2020-10-13", None),
            ("1602580000000", "2020-10-13", Some("2020-10-13T09:06:40Z")),
            ("1602580000", "2020-10-13", Some("2020-10-13T09:06:40Z")),
            ("Thu, 04/20/2023 - 13:02", "2023-04-20", Some("2023-04-20T13:02:00Z")),
            ("Wed, 04/05/2023 - 13:02", "2023-04-05", Some("2023-04-05T13:02:00Z")),
            ("Thu, 04/05/2023 - 13:02", "2023-05-04", Some("2023-05-04T13:02:00Z")),
            ("Oct 13, 2020", "2020-10-13", None),
            ("October 13th, 2020 at 3:05 PM", "2020-10-13", Some("2020-10-13T15:05:00Z")),
            ("13 October 2020", "2020-10-13", None),
            ("13 Sept. 2020", "2020-09-13", None),
            ("Tue, 13 Oct 2020 10:00:00 +0200", "2020-10-13", Some("2020-10-13T08:00:00Z")),
            ("13 Oct 2020 10:00 EST", "2020-10-13", None),
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
            let read = when(text);
            let read = read.as_ref().map(|when| (when.day.as_str(), when.moment.as_deref()));
            assert_eq!(read, Ok((day, moment)), "{text}");
        }
    }

    #[test]
    fn left_alone() {
        assert!(when("05/04/2020").is_err_and(|why| why.contains("day first or month first")));
        for bad in ["", "soon", "2020-13-01", "31/02/2020", "99999999", "1/2", "13:05", "0000"] {
            assert!(when(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_last_second_of_a_day() {
        let latest = |text| when(text).unwrap().latest();
        assert_eq!(latest("2020-10-13").as_deref(), Some("2020-10-13T23:59:59Z"));
        assert_eq!(latest("2020-10-13 08:00").as_deref(), Some("2020-10-13T08:00:00Z"));
        assert_eq!(latest("2020-10"), None);
    }

    proptest! {
        #[test]
        fn anything(text in "\\PC{0,30}|[0-9/:.,TZ+ -]{0,30}|(Mon|Oct|13|2020|5|[ ,/-]){0,8}") {
            if let Ok(read) = when(&text) {
                prop_assert!(check_date(&read.day).is_ok(), "{}", read.day);
                let latest = read.latest();
                prop_assert!(latest.is_none_or(|moment| timestamp(&moment).is_ok()));
            }
        }
    }
}
