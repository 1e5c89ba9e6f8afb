//! Numbers in digits: the digits of any script, and the signs that group them or begin the decimals.

use crate::model::value::Value;

/// The sign that groups the digits of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Digits are not grouped.
    Never,
    /// This sign groups digits.
    Sign(char),
    /// Another sign than the decimal one may group digits.
    Other,
}

/// The signs of the numbers of a table, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// The decimal sign, `.` or `,`; `None` when not known.
    pub decimal: Option<char>,
    /// The grouping sign; `None` when not known.
    pub grouping: Option<Grouping>,
}

impl Signs {
    /// Signs of which nothing is known.
    pub const UNKNOWN: Signs = Signs { decimal: None, grouping: None };
    /// A decimal comma, of which nothing is known but that the user named it.
    const DECIMAL_COMMA: Signs = Signs { decimal: Some(','), grouping: None };
    /// Signs of numbers that nobody groups: coordinates.
    pub const UNGROUPED: Signs = Signs { decimal: None, grouping: Some(Grouping::Never) };

    /// Returns true if the signs of a reading do not contradict what is known.
    fn allow(self, reading: &Reading) -> bool {
        let decimal = match (self.decimal, reading.decimal) {
            (Some(known), Some(used)) => known == used || used == ARABIC_DECIMAL,
            _ => true,
        };
        let grouping = match (self.grouping, reading.grouping) {
            (Some(Grouping::Never), Some(_)) => false,
            (Some(Grouping::Sign(known)), Some(used)) => known == used || used == ARABIC_GROUPING,
            _ => true,
        };
        let crossed = reading.grouping.is_some() && reading.grouping == self.decimal
            || matches!((self.grouping, reading.decimal), (Some(Grouping::Sign(g)), Some(d)) if g == d);
        decimal && grouping && !crossed
    }

    fn is_unknown(self) -> bool {
        self == Signs::UNKNOWN
    }
}

/// The decimal sign of Arabic, which has no other use (U+066B).
const ARABIC_DECIMAL: char = '\u{66b}';
/// The grouping sign of Arabic (U+066C).
const ARABIC_GROUPING: char = '\u{66c}';
/// The signs that may begin the decimals.
const DECIMAL_SIGNS: [char; 3] = ['.', ',', ARABIC_DECIMAL];
/// The signs that may group digits. Every kind of space is U+0020 here, every apostrophe U+0027.
const GROUPING_SIGNS: [char; 5] = [',', '.', ' ', '\'', ARABIC_GROUPING];

/// The digit zero of every script; the nine others follow each. Unicode 14, general category Nd.
#[rustfmt::skip]
const ZEROS: [u32; 65] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0,
    0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30,
    0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0,
    0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec,
    0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// Returns the value of a decimal digit of any script.
pub(super) fn digit_value(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = u32::from(c);
    let last = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    let digit = code - ZEROS[last];
    (digit < 10).then_some(digit)
}

/// One way to read a number in digits.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The number.
    pub(super) number: Decimal,
    /// The sign read as the decimal sign.
    pub(super) decimal: Option<char>,
    /// The sign read as the grouping sign.
    pub(super) grouping: Option<char>,
    /// The number of groups behind the first.
    groups: usize,
}

/// A number in decimal digits, exactly as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
    exponent: i32,
}

impl Decimal {
    /// A whole number.
    pub(super) fn of(number: i64) -> Self {
        Decimal {
            negative: number < 0,
            whole: number.unsigned_abs().to_string(),
            fraction: String::new(),
            exponent: 0,
        }
    }

    /// The number times a power of ten.
    pub(super) fn scaled(mut self, by: i32) -> Self {
        self.exponent = self.exponent.saturating_add(by);
        self
    }

    /// Converts it to a value: an integer where it is whole. `None` if it has more digits than the file
    /// keeps, or is too large or too small.
    pub(super) fn value(&self) -> Option<Value> {
        let digits = format!("{}{}", self.whole, self.fraction);
        let places = i32::try_from(self.fraction.len()).ok()? - self.exponent;
        let sign = if self.negative { "-" } else { "" };
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        if significant.is_empty() {
            return Some(Value::Int(0));
        }
        let trailing = digits.len() - digits.trim_end_matches('0').len();
        // The power of ten of the last digit that is not zero.
        let last = i32::try_from(trailing).ok()? - places;
        if (0..=18).contains(&last) {
            let zeros = usize::try_from(last).ok()?;
            let whole = format!("{sign}{significant}{}", "0".repeat(zeros));
            if let Ok(whole) = whole.parse::<i64>() {
                return Some(Value::Int(whole));
            }
            // 99999999999999999999 says twenty digits; 1.5e20 says two.
            if self.exponent == 0 {
                return None;
            }
        }
        let real: f64 = format!("{sign}{significant}e{last}").parse().ok()?;
        let kept = significant.len() <= 15 || {
            let printed = format!("{real:e}");
            let mantissa = printed.split('e').next().unwrap_or_default();
            let kept: String = mantissa.chars().filter(char::is_ascii_digit).collect();
            kept.trim_end_matches('0') == significant
        };
        // Below the normal numbers digits are lost, or all of them.
        (real.is_normal() && kept).then_some(Value::Real(real))
    }
}

/// The outcome of reading a number in digits.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Read {
    /// It is no number in digits.
    Not,
    /// It has one reading.
    As(Reading),
    /// It has several.
    Several(Vec<Reading>),
}

/// Reads a number in ASCII digits, with a sign before it or an exponent behind it.
pub(super) fn read_digits(text: &str, signs: Signs) -> Read {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (number, exponent) = match rest.find('e') {
        Some(at) => (&rest[..at], rest[at + 1..].parse::<i32>().ok()),
        None => (rest, Some(0)),
    };
    let Some(exponent) = exponent.filter(|exponent| exponent.abs() <= 400) else {
        return Read::Not;
    };
    let mut readings: Vec<Reading> = Vec::new();
    let decimals = DECIMAL_SIGNS.iter().filter(|sign| number.contains(**sign)).map(|c| Some(*c));
    for decimal in decimals.chain([None]) {
        if let Some((whole, fraction, grouping, groups)) = split(number, decimal) {
            let number = Decimal { negative, whole, fraction, exponent };
            readings.push(Reading { number, decimal, grouping, groups });
        }
    }
    if rest.contains('e') {
        readings.retain(|reading| reading.grouping.is_none());
    }
    readings.retain(|reading| signs.allow(reading));
    match readings.as_slice() {
        [] => Read::Not,
        // In a table that has a decimal comma, 12,500 may still be written as the English do.
        [one] if is_doubtful(one) && signs == Signs::DECIMAL_COMMA => {
            read_digits(text, Signs::UNKNOWN)
        }
        // A single group behind a space or an apostrophe may be a second number: 1 234, 6'120.
        [one] if is_lone_group(one) && signs.is_unknown() => Read::Several(readings),
        [one] => Read::As(one.clone()),
        _ => Read::Several(readings),
    }
}

/// Returns true for a comma before three digits, which may as well group them.
fn is_doubtful(reading: &Reading) -> bool {
    let whole = &reading.number.whole;
    reading.decimal == Some(',')
        && reading.grouping.is_none()
        && reading.number.fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
}

fn is_lone_group(reading: &Reading) -> bool {
    reading.groups == 1
        && reading.decimal.is_none()
        && reading.grouping.is_some_and(|sign| sign != ARABIC_GROUPING)
}

/// Splits a number at the decimal sign, and removes the signs that group the digits before it. Returns
/// the digits before and behind it, the grouping sign and the number of groups behind the first.
fn split(number: &str, decimal: Option<char>) -> Option<(String, String, Option<char>, usize)> {
    let (whole, fraction) = match decimal {
        Some(sign) => number.split_once(sign)?,
        None => (number, ""),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(fraction) || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let grouping = whole.chars().find(|c| !c.is_ascii_digit());
    let Some(sign) = grouping else {
        return Some((whole.to_owned(), fraction.to_owned(), None, 0));
    };
    if !GROUPING_SIGNS.contains(&sign) || Some(sign) == decimal {
        return None;
    }
    let groups: Vec<&str> = whole.split(sign).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let starts =
        !first.is_empty() && !first.starts_with('0') && groups.iter().all(|g| all_digits(g));
    let threes = first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    // Indian grouping: 12,34,567.
    let twos = sign == ','
        && first.len() <= 2
        && last.len() == 3
        && !middle.is_empty()
        && middle.iter().all(|group| group.len() == 2);
    (starts && (threes || twos))
        .then(|| (groups.concat(), fraction.to_owned(), grouping, rest.len()))
}

/// The signs that the numbers of a column show beyond doubt.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignsSeen {
    decimals: Seen,
    groupings: Seen,
}

/// A sign, or several that contradict each other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Seen {
    #[default]
    Nothing,
    Sign(char),
    Several,
}

impl Seen {
    fn add(&mut self, sign: Option<char>) {
        *self = match (*self, sign) {
            (seen, None) => seen,
            (Seen::Nothing, Some(sign)) => Seen::Sign(sign),
            (Seen::Sign(seen), Some(sign)) if seen == sign => Seen::Sign(seen),
            _ => Seen::Several,
        };
    }
}

impl SignsSeen {
    /// Adds the signs of a number of one reading.
    pub(super) fn add(&mut self, reading: &Reading) {
        self.decimals.add(reading.decimal);
        self.groupings.add(reading.grouping);
    }

    /// The signs of the column, where its numbers agree; those that the user names come first.
    pub fn settle(self, given: Signs) -> Signs {
        let seen = |seen| match seen {
            Seen::Nothing => Some(None),
            Seen::Sign(sign) => Some(Some(sign)),
            Seen::Several => None,
        };
        let (Some(decimal), Some(grouping)) = (seen(self.decimals), seen(self.groupings)) else {
            return given;
        };
        // A sign cannot do both.
        if decimal.is_some() && decimal == grouping {
            return given;
        }
        let shown = match (decimal, grouping) {
            (_, Some(sign)) => Some(Grouping::Sign(sign)),
            // "10,5" shows a decimal comma, and "1,000" beside it may still be a thousand, unless the user
            // says that it is none.
            (Some(','), None) if given.decimal.is_none() => None,
            (None, None) => None,
            (Some(_), None) => Some(Grouping::Other),
        };
        // What the column shows is of use as far as the user does not say otherwise.
        if decimal.is_some() && given.decimal.is_some() && decimal != given.decimal {
            return given;
        }
        Signs { decimal: given.decimal.or(decimal), grouping: given.grouping.or(shown) }
    }
}
