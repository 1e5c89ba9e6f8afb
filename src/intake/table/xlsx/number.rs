//! Numbers, dates and durations of cells, as text.

use crate::model::Value;
use jiff::Span;
use jiff::civil::Date;

/// The number of digits that a spreadsheet keeps of a number.
const DIGITS: usize = 15;
/// The most digits with which a program writes a number that it holds in 64 bits.
const MOST_DIGITS: usize = 17;

/// Parses a number as the file writes it; `None` for other text.
pub(super) fn parse_number(text: &str) -> Option<f64> {
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if !text.chars().all(numeric) {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Formats a number, integers without a decimal point: a spreadsheet stores 5 as 5.0. `text` is how
/// the file writes it. With `identifier`, the number is no amount: all its digits matter.
///
/// # Errors
/// Fails where digits may have been lost before the file was written.
pub(super) fn format_number(text: &str, number: f64, identifier: bool) -> Result<String, String> {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(char::from).collect::<String>();
    let significant = digits.trim_start_matches('0').trim_end_matches('0').len();
    if number.fract() != 0.0 || number.abs() < 1e15 {
        // More digits than such a number has: the program that wrote them held them otherwise.
        return Ok(if significant > MOST_DIGITS { text.to_owned() } else { shortest(number) });
    }
    let all_digits =
        text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit());
    if significant <= DIGITS {
        // What a person enters ends in zeros from the 16th digit on, whatever was entered.
        return if identifier { Err(lost_digits(text)) } else { Ok(shortest(number)) };
    }
    // Up to here every integer is a number of 64 bits. Beyond, zeros at the end are what is left of
    // an integer that was one.
    let exact = number.abs() <= 9_007_199_254_740_992.0;
    let rounded = text.ends_with('0') && text == number.to_string();
    if all_digits && (exact || !rounded) { Ok(text.to_owned()) } else { Err(lost_digits(text)) }
}

fn lost_digits(text: &str) -> String {
    format!(
        "{text} may have lost digits: a spreadsheet keeps {DIGITS} digits of a number; format the column \
         as text and enter it again"
    )
}

/// Formats a number with the digits that tell it from its neighbours.
fn shortest(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e18 {
        number.to_string()
    } else {
        Value::Real(number).to_string()
    }
}

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

/// Formats a date that is stored as a number of days, with the time of day where there is one.
///
/// # Errors
/// Fails for a day that is none.
pub(super) fn format_date(days: f64, from_1904: bool) -> Result<String, String> {
    let milliseconds = to_milliseconds(days);
    let (day, time) = (milliseconds.div_euclid(DAY), milliseconds.rem_euclid(DAY));
    // Spreadsheets count a 29 February 1900, which did not exist, as day 60.
    let since_1899 = match day {
        _ if from_1904 => day.saturating_add(1462),
        ..1 => return Err(format!("{days} is no date; the first one is 1900-01-01")),
        1..60 => day + 1,
        60 => return Err("the cell holds 29 February 1900, a day that did not exist".to_owned()),
        _ => day,
    };
    let since_1899 = Span::new().try_days(since_1899);
    let date = since_1899.and_then(|days| Date::new(1899, 12, 30)?.checked_add(days));
    let date = match date {
        Ok(date) if date.year() >= 1 => date,
        _ => return Err(format!("{days} is no date; the last one is 9999-12-31")),
    };
    Ok(match time {
        0 => date.to_string(),
        _ => {
            let (hours, minutes) = (time / 3_600_000, time / 60_000 % 60);
            let (seconds, rest) = (time / 1000 % 60, fraction(time));
            format!("{date}T{hours:02}:{minutes:02}:{seconds:02}{rest}")
        }
    })
}

/// Formats a duration in days as hours, minutes and, where there are any, seconds.
pub(in crate::intake::table) fn format_duration(days: f64) -> String {
    let signed = to_milliseconds(days);
    let (sign, time) = (if signed < 0 { "-" } else { "" }, signed.saturating_abs());
    let (hours, minutes, seconds) = (time / 3_600_000, time / 60_000 % 60, time / 1000 % 60);
    match time % 60_000 {
        0 => format!("{sign}{hours:02}:{minutes:02}"),
        _ => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}{}", fraction(time)),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "no worksheet holds so many days")]
fn to_milliseconds(days: f64) -> i64 {
    (days * 86_400_000.0).round() as i64
}

/// The fraction of a second in a time, such as `.25`; empty for whole seconds.
fn fraction(milliseconds: i64) -> String {
    match milliseconds % 1000 {
        0 => String::new(),
        rest => format!(".{rest:03}").trim_end_matches('0').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{format_date, format_duration, format_number, parse_number};

    #[test]
    fn a_time_of_day_has_seconds_only_where_there_are_some() {
        let text = |hours: f64, minutes: f64, seconds: f64| {
            format_duration((hours * 3600.0 + minutes * 60.0 + seconds) / 86_400.0)
        };
        assert_eq!(text(0.0, 0.0, 0.0), "00:00");
        assert_eq!(text(12.0, 7.0, 0.0), "12:07");
        assert_eq!(text(1.0, 2.0, 3.0), "01:02:03");
        assert_eq!(text(30.0, 59.0, 0.0), "30:59", "a duration may be longer than a day");
        assert_eq!(text(0.0, 1.0, 2.5), "00:01:02.5");
        assert_eq!(text(0.0, 0.0, 0.25), "00:00:00.25");
        assert_eq!(text(-1.0, -30.0, 0.0), "-01:30");
    }

    #[test]
    fn a_date_is_a_day_or_a_moment_without_a_zone() {
        for (days, from_1904, text) in [
            (44_375.0, false, "2021-06-28"),
            (44_375.979_166_666_67, false, "2021-06-28T23:30:00"),
            (44_375.5 + 1.25 / 86_400.0, false, "2021-06-28T12:00:01.25"),
            (15.0, false, "1900-01-15"),
            (59.0, false, "1900-02-28"),
            (61.0, false, "1900-03-01"),
            (2_958_465.0, false, "9999-12-31"),
            (0.0, true, "1904-01-01"),
            (40_712.0, true, "2015-06-19"),
        ] {
            assert_eq!(format_date(days, from_1904).as_deref(), Ok(text), "{days}");
        }
        for days in [-1.0, 60.0, 2_958_466.0, 1e300, -1e300] {
            assert!(format_date(days, false).is_err(), "{days}");
        }
        assert!(format_date(1e300, true).is_err() && format_date(-1e300, true).is_err());
    }

    /// The text of a number in a field of text and in a field of numbers; `None` where it is refused.
    fn read(text: &str) -> [Option<String>; 2] {
        let number = parse_number(text).unwrap_or_default();
        [true, false].map(|identifier| format_number(text, number, identifier).ok())
    }

    #[test]
    fn a_number_keeps_its_digits_or_is_refused() {
        let both = |text: &str| [Some(text.to_owned()), Some(text.to_owned())];
        for (text, formatted) in [
            ("5", "5"),
            ("5.0", "5"),
            ("-5.5", "-5.5"),
            ("1E3", "1000"),
            ("33.299999999999997", "33.3"),
            ("0.1234567890123456789", "0.1234567890123456789"),
            ("123456789012345", "123456789012345"),
            ("1234567890123456", "1234567890123456"),
            ("9007199254740993", "9007199254740993"),
            ("-1294030472427835393", "-1294030472427835393"),
            ("12940304724278353931294030472427835393", "12940304724278353931294030472427835393"),
        ] {
            assert_eq!(read(text), both(formatted), "{text}");
        }
        for text in ["1.2940304724278354E+18", "1.294030472427835e+18", "1294030472427835400"] {
            assert_eq!(read(text), [None, None], "{text}");
        }
        // An amount may be large and round; an identifier that ends in zeros was cut.
        for (text, amount) in [
            ("1234567890123450", "1234567890123450"),
            ("1E+15", "1000000000000000"),
            ("10000000000000000", "10000000000000000"),
            ("1E+300", "1e300"),
        ] {
            assert_eq!(read(text), [None, Some(amount.to_owned())], "{text}");
        }
    }

    #[test]
    fn other_text_is_no_number() {
        for text in ["", "inf", "NaN", "1e999", "0x1", "1,5", "e"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
