//! Dates and times as people, web pages and bibliographies write them.
//!
//! The rules: the day is kept as written, whatever its time zone, and the moment is converted to
//! UTC. A time without a zone, or with the abbreviation of one ("EST"), gives a day without a
//! moment. Where day and month are ambiguous (05/04/2020), a written weekday decides, or the order that
//! the user names or the other dates of a column show; without them the date is an error. Numbers
//! separated by dots (13.10.2020) are day first unless another order is named. A year of two digits is
//! read only where the user names its century. What stands behind the date is a time of day, or all of it is
//! no date.

use super::months::month_of;
use crate::model::{DateOrder, check_date, is_time_of_day, quoted, timestamp};
use jiff::civil::{Date, Weekday};

/// What is known of the dates of an input: the order of day, month and year in numeric ones, and the
/// century of years with two digits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::intake) struct DateNotation {
    /// The order.
    pub(in crate::intake) order: Option<DateOrder>,
    /// The first two digits of the years.
    pub(in crate::intake) century: Option<i16>,
    /// True where other dates of the column are in ISO 8601 or EDTF: 2019-21 is a season there, and no two years.
    pub(in crate::intake) is_iso: bool,
}

/// What the dates of a column show so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::intake) struct DatesSeen {
    day_first: bool,
    month_first: bool,
    is_iso: bool,
    century: Option<i16>,
    centuries_differ: bool,
}

impl DatesSeen {
    /// Notes what the date in a cell shows: an order if it can be read in that one alone, and its
    /// century if it has a year of four digits.
    pub(in crate::intake) fn note(&mut self, text: &str) {
        let (weekday, rest) = split_weekday(text.trim());
        let (numbers, mark, _) = split_numbers(rest);
        // Marks of doubt and open ends are those of EDTF alone.
        self.is_iso |= rest.contains(['?', '~', '%', 'X']) || rest.contains("..");
        let year = match numbers[..] {
            [a, _, _] if a.len() == 4 => {
                self.is_iso |= mark == '-';
                a.parse::<i16>().ok()
            }
            [a, b, c] if mark != '.' && weekday.is_none() => {
                let above_twelve = |number: &str| number.parse().is_ok_and(|n: u8| n > 12);
                // With a year of two digits the first number may be the year.
                self.day_first |= above_twelve(a) && !above_twelve(b) && c.len() == 4;
                self.month_first |= above_twelve(b) && !above_twelve(a) && c.len() == 4;
                Some(c).filter(|c| c.len() == 4).and_then(|c| c.parse::<i16>().ok())
            }
            [_, _, c] if c.len() == 4 => c.parse::<i16>().ok(),
            _ => None,
        };
        if let Some(century) = year.map(|year| year / 100) {
            self.centuries_differ |= self.century.is_some_and(|seen| seen != century);
            self.century = Some(century);
        }
    }

    /// The century of all years of four digits.
    pub(in crate::intake) fn century(self) -> Option<i16> {
        self.century.filter(|_| !self.centuries_differ)
    }

    /// What the column shows of the order; one that the user names comes first, and the century is that
    /// which the user names.
    pub(in crate::intake) fn settle(
        self,
        order: Option<DateOrder>,
        century: Option<i16>,
    ) -> DateNotation {
        let shown = match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        };
        DateNotation { order: order.or(shown), century, is_iso: self.is_iso }
    }
}

/// What is wrong with a date.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::intake) enum DateFault {
    /// It is no date that is understood.
    NotUnderstood,
    /// It is this day with the day first, that day with the month first.
    Ambiguous(String, String),
    /// Its year has two digits, and nothing shows the century.
    ShortYear,
    /// It names another day of the week than this day, which the second names, is.
    WrongWeekday(String, String),
}

/// A parsed date, with the moment where a time is written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::intake) struct ParsedDate {
    /// The day, month, year or interval (EDTF).
    pub(in crate::intake) date: String,
    /// The moment in UTC, as `YYYY-MM-DDTHH:MM:SSZ`.
    pub(in crate::intake) moment: Option<String>,
    /// True if a time is written that gives no moment, as when it has no zone.
    pub(in crate::intake) without_zone: bool,
    /// The time of day as it is written, in ISO 8601 (`14:30`, `14:30:05+04:30`); `None` where none is
    /// written, or it cannot be kept as written.
    pub(in crate::intake) time: Option<String>,
}

impl ParsedDate {
    /// The day with its time of day as it is written; midnight, which programs write behind a day that has
    /// no time, is none.
    pub(in crate::intake) fn with_time_of_day(&self) -> String {
        let time = self.time.as_deref().filter(|time| !is_midnight(time));
        match time.filter(|_| self.date.len() == 10) {
            Some(time) => format!("{}T{time}", self.date),
            None => self.date.clone(),
        }
    }

    /// Returns true if a time of day is written.
    pub(in crate::intake) fn has_time(&self) -> bool {
        self.moment.is_some() || self.without_zone
    }

    /// A date without a time.
    fn of(date: String) -> Self {
        ParsedDate { date, moment: None, without_zone: false, time: None }
    }

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
    read_date(text, DateNotation::default()).map_err(|fault| match fault {
        DateFault::Ambiguous(one, other) => {
            format!("{} may be day first or month first; write {one} or {other}", quoted(text))
        }
        DateFault::WrongWeekday(day, weekday) => describe_wrong_weekday(text, &day, &weekday),
        _ => format!("{} is not a date that this program can read", quoted(text)),
    })
}

/// Describes a date whose weekday contradicts its day.
pub(in crate::intake) fn describe_wrong_weekday(text: &str, day: &str, weekday: &str) -> String {
    format!(
        "{} contradicts itself: {day} is a {weekday}; leave out or correct one of the two",
        quoted(text)
    )
}

/// Parses a date in this notation, with or without a time.
///
/// # Errors
/// Fails when the text is not a date, it contradicts itself, or the notation does not settle how it is read.
pub(in crate::intake) fn read_date(
    text: &str,
    notation: DateNotation,
) -> Result<ParsedDate, DateFault> {
    let text = text.trim();
    let (weekday, _) = split_weekday(text);
    let read = read_as_written(text, notation)?;
    let day: Option<Date> = read.date.parse().ok().filter(|_| read.date.len() == 10);
    match (weekday, day) {
        (Some(named), Some(day)) if named != day.weekday() => {
            Err(DateFault::WrongWeekday(read.date, day.strftime("%A").to_string()))
        }
        _ => Ok(read),
    }
}

/// [`read_date`], whatever day of the week is named where the order of its numbers is known.
fn read_as_written(text: &str, notation: DateNotation) -> Result<ParsedDate, DateFault> {
    // No date is longer.
    if text.len() > 100 {
        return Err(DateFault::NotUnderstood);
    }
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return parse_digits(text).ok_or(DateFault::NotUnderstood);
    }
    let (weekday, rest) = split_weekday(text);
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (numbers, mark, after) = split_numbers(rest);
        if let [a, b, c] = numbers[..] {
            return parse_numeric([a, b, c], mark, weekday, after, notation);
        }
        if let [year, month] = numbers[..]
            && year.len() == 4
            && matches!(mark, '-' | '/')
            && after.is_empty()
            && let Some(first) = make_date(year, month, "1")
        {
            return Ok(ParsedDate::of(first.strftime("%Y-%m").to_string()));
        }
    }
    let part = parse_part_of_year(text).filter(|_| weekday.is_none());
    let read = part.or_else(|| parse_month_name(rest)).or_else(|| parse_edtf(text));
    read.ok_or(DateFault::NotUnderstood)
}

/// The seasons and quarters of a year, with their numbers in ISO 8601-2 (4.8): a season is that which
/// people who write of it have.
const PARTS_OF_YEAR: [(&str, &str); 9] = [
    ("spring", "21"),
    ("summer", "22"),
    ("autumn", "23"),
    ("fall", "23"),
    ("winter", "24"),
    ("q1", "33"),
    ("q2", "34"),
    ("q3", "35"),
    ("q4", "36"),
];

/// Parses a season or a quarter of one year: `Summer 2021`, `spring of 2021`, `Q2 2021`, `2021-Q2`.
fn parse_part_of_year(text: &str) -> Option<ParsedDate> {
    let lower = text.to_lowercase();
    let mut words = lower.split([' ', '-', '/', ',']).filter(|word| !matches!(*word, "" | "of"));
    let (first, second) = (words.next()?, words.next()?);
    let number = |word| PARTS_OF_YEAR.iter().find(|(known, _)| *known == word).map(|(_, n)| *n);
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let (year, part) = match (number(first), number(second)) {
        (Some(part), None) if is_year(second) => (second, part),
        (None, Some(part)) if is_year(first) => (first, part),
        _ => return None,
    };
    // "Winter 2020/21" is of two years.
    words.next().is_none().then(|| ParsedDate::of(format!("{year}-{part}")))
}

/// Parses digits alone: a year (4 digits), a day (8), or a Unix time in seconds (10) or
/// milliseconds (13).
fn parse_digits(text: &str) -> Option<ParsedDate> {
    let unix = |milliseconds: i64| {
        let moment = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
        let utc = moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Some(ParsedDate { moment: Some(utc.clone()), ..ParsedDate::of(utc.get(..10)?.to_owned()) })
    };
    match text.len() {
        4 => parse_edtf(text),
        8 => {
            let date = make_date(&text[..4], &text[4..6], &text[6..])?;
            if (1000..2200).contains(&date.year()) { with_time(date, "") } else { None }
        }
        10 => unix(text.parse::<i64>().ok()?.checked_mul(1000)?),
        13 => unix(text.parse().ok()?),
        _ => None,
    }
}

/// Parses a date that is in EDTF already.
fn parse_edtf(text: &str) -> Option<ParsedDate> {
    check_date(text).ok().map(|()| ParsedDate::of(text.to_owned()))
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
    notation: DateNotation,
) -> Result<ParsedDate, DateFault> {
    let unread = DateFault::NotUnderstood;
    if a.len() == 4 {
        return make_date(a, b, c).and_then(|date| with_time(date, after)).ok_or(unread);
    }
    let whole_year = |year: &str| match (year.len(), notation.century) {
        (4, _) => Ok(year.to_owned()),
        (2, Some(century)) => Ok(format!("{century:02}{year}")),
        (2, None) => Err(DateFault::ShortYear),
        _ => Err(DateFault::NotUnderstood),
    };
    let order = notation.order.or((mark == '.').then_some(DateOrder::DayFirst));
    if order == Some(DateOrder::YearFirst) && c.len() < 3 {
        let year = whole_year(a)?;
        return make_date(&year, b, c).and_then(|date| with_time(date, after)).ok_or(unread);
    }
    let year = whole_year(c)?;
    let (day_first, month_first) = (make_date(&year, b, a), make_date(&year, a, b));
    let readings = match order {
        Some(DateOrder::MonthFirst) => [None, month_first],
        // A column of days first may hold one that cannot be read so: that one is not understood.
        Some(_) => [day_first, None],
        // Which of three short numbers is the year is not known either.
        None if c.len() < 4 => return Err(DateFault::ShortYear),
        None => [day_first, month_first],
    };
    match readings {
        [Some(one), Some(other)] if one != other => {
            let falls_on_weekday = |date: Date| weekday == Some(date.weekday());
            match (falls_on_weekday(one), falls_on_weekday(other)) {
                (true, false) => with_time(one, after).ok_or(unread),
                (false, true) => with_time(other, after).ok_or(unread),
                _ => {
                    let day = |date: Date| date.strftime("%Y-%m-%d").to_string();
                    Err(DateFault::Ambiguous(day(one), day(other)))
                }
            }
        }
        [Some(date), _] | [None, Some(date)] => with_time(date, after).ok_or(unread),
        [None, None] => Err(unread),
    }
}

fn make_date(year: &str, month: &str, day: &str) -> Option<Date> {
    let short = month.len() <= 2 && day.len() <= 2;
    let year = year.parse().ok().filter(|year: &i16| *year > 0 && short)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Parses `13 October 2020`, `Oct 13, 2020`, `october-13-2020`, `13 de octubre de 2020` or `October 2020`; a
/// day may have a time.
fn parse_month_name(text: &str) -> Option<ParsedDate> {
    let (head, tail) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    let joined = head.contains('-') && head.contains(char::is_alphabetic);
    let text = if joined { head.replace('-', " ") + tail } else { text.to_owned() };
    let is_filler = |word: &str| ["de", "del", "of", "le", "den"].contains(&word);
    let words: Vec<&str> = text
        .split([' ', ',', '\u{a0}'])
        .filter(|word| !word.is_empty() && !is_filler(word))
        .take(12)
        .collect();
    let month = |word: &str| month_of(word).map(|month| month.to_string());
    let day = |word: &str| {
        let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', 'e', '.']);
        (1..=2).contains(&digits.len()).then(|| digits.to_owned())
    };
    let year = |word: &str| {
        let year = word.trim_end_matches('.');
        (year.len() == 4).then(|| year.to_owned())
    };
    let (date, used) = match words[..] {
        [a, b, c, ..] if month(a).is_some() && year(c).is_some() && day(b).is_some() => {
            (make_date(&year(c)?, &month(a)?, &day(b)?)?, 3)
        }
        [a, b, c, ..] if month(b).is_some() && year(c).is_some() => {
            (make_date(&year(c)?, &month(b)?, &day(a)?)?, 3)
        }
        [a, b] => {
            let first = make_date(&year(b)?, &month(a)?, "1")?;
            return Some(ParsedDate::of(first.strftime("%Y-%m").to_string()));
        }
        _ => return None,
    };
    let rest: Vec<&str> = words[used..].iter().filter(|word| **word != "at").copied().collect();
    with_time(date, &rest.join(" "))
}

/// Combines a day with the text after it, which is a time or nothing.
fn with_time(date: Date, after: &str) -> Option<ParsedDate> {
    let day = date.strftime("%Y-%m-%d").to_string();
    let after = after.trim();
    if after.is_empty() {
        return Some(ParsedDate::of(day));
    }
    let clock = Some(parse_time(after)?);
    let moment = clock.as_ref().and_then(|clock| {
        let (time, zone) = (clock.with_seconds(), clock.zone.as_deref()?);
        timestamp(&format!("{day}T{time}{zone}")).ok()
    });
    let without_zone = moment.is_none();
    let time = clock.filter(|clock| clock.is_whole).map(|clock| clock.as_written());
    let time = time.filter(|time| is_time_of_day(time));
    Some(ParsedDate { date: day, moment, without_zone, time })
}

/// Midnight without a zone or in UTC.
pub(in crate::intake) fn is_midnight(time: &str) -> bool {
    matches!(time, "00:00" | "00:00:00" | "00:00Z" | "00:00:00Z")
}

/// A time of day.
struct Clock {
    hour: u8,
    minute: u8,
    second: Option<u8>,
    /// `Z` or an offset; `None` where none is written, or it is not understood.
    zone: Option<String>,
    /// True if all that was written is here: no fraction of a second, no zone by name.
    is_whole: bool,
}

impl Clock {
    fn with_seconds(&self) -> String {
        format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second.unwrap_or(0))
    }

    fn as_written(&self) -> String {
        let second = self.second.map_or_else(String::new, |second| format!(":{second:02}"));
        let zone = self.zone.as_deref().unwrap_or_default();
        format!("{:02}:{:02}{second}{zone}", self.hour, self.minute)
    }
}

/// Parses a time of day, with its zone if it has one. Between hours and minutes alone a hyphen may stand
/// for "to", unless the time is written as ISO 8601 has it.
fn parse_time(text: &str) -> Option<Clock> {
    let is_iso = text.starts_with(['T', 't']);
    let text = text.trim_start_matches(['T', 't', ' ', ',', '-', '–']).trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
    let mut parts = text[..end].split(':');
    let two = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse::<u8>().ok()).flatten();
    let (mut hour, minute) = (two(parts.next()?)?, two(parts.next()?)?);
    let second = match parts.next() {
        Some(part) => Some(two(part)?),
        None => None,
    };
    let (mut rest, mut is_whole) = (&text[end..], true);
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &fraction[..fraction.len() - rest.len()];
        is_whole = digits.bytes().all(|digit| digit == b'0');
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
    if rest.starts_with('-') && second.is_none() && !is_iso {
        return None;
    }
    let zone = if rest.is_empty() { None } else { parse_zone(&rest) };
    if zone.is_none() && !is_zone_name(&rest) {
        return None;
    }
    is_whole &= rest.is_empty() || zone.is_some();
    Some(Clock { hour, minute, second, zone, is_whole })
}

/// Returns true for nothing, or the abbreviation of a zone, such as `est` or `(cest)`.
fn is_zone_name(text: &str) -> bool {
    let name = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(text);
    name.len() <= 5 && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn parse_zone(text: &str) -> Option<String> {
    if matches!(text, "z" | "utc" | "gmt") {
        return Some("Z".to_owned());
    }
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    // No zone is further than 14 hours from UTC.
    let fine = matches!(digits.len(), 2 | 4)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && &digits[..2] < "15";
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
            ("Summer 2019", "2019-22", None),
            ("2019, fall", "2019-23", None),
            ("spring of 2019", "2019-21", None),
            ("Monday 28 June 2021", "2021-06-28", None),
            ("Mon 2021-06-28", "2021-06-28", None),
            ("Q2 2021", "2021-34", None),
            ("2021-Q4", "2021-36", None),
        ] {
            let read = parse_date(text);
            let read = read.as_ref().map(|read| (read.date.as_str(), read.moment.as_deref()));
            assert_eq!(read, Ok((day, moment)), "{text}");
        }
    }

    #[test]
    fn left_alone() {
        for (text, says) in [
            ("Tuesday 28 June 2021", "2021-06-28 is a Monday"),
            ("Sun, 28 Jun 2021 10:00:00 +0200", "2021-06-28 is a Monday"),
            ("Fri 2021-06-28", "2021-06-28 is a Monday"),
            ("Friday 13/10/2020", "2020-10-13 is a Tuesday"),
        ] {
            assert!(parse_date(text).is_err_and(|why| why.contains(says)), "{text}");
        }
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
            "winter 2020/21",
            "Q5 2021",
            "Q2 21",
            "summer",
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
