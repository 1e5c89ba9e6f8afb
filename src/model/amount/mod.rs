//! Amounts as people state them: `350`, `1,234.5`, `12–24`, `350+`, `at least 69`, `nearly 2.7 million`,
//! `dozens`, `½`, `25 %`. What is understood is read exactly; the rest is refused, and so is what can be
//! read in two ways.

mod beside;
mod counted;
mod digits;
mod scan;
mod units;
mod words;

pub use beside::{Beside, read_with_words};
pub use counted::{counts_in_multiples, read_counted, word_of_number};
pub use digits::{Grouping, Signs, SignsSeen};
pub use scan::{Bound, bounds_in, numbers_in, ordinals_in};
pub use units::{is_same_unit, says_what_is_counted};

use super::value::Value;
use digits::{Decimal, Read, Reading, digit_value, read_digits};
use words::{LANGUAGES, Meaning, NOTHING_STATED, words_of};

/// An amount as stated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amount {
    /// The number; `None` in a range, or where words alone say how many.
    pub value: Option<Value>,
    /// The lower end of a range.
    pub low: Option<Value>,
    /// The upper end of a range.
    pub high: Option<Value>,
    /// How exact it is said to be, a code of `qualifiers`; `None` when nothing is said.
    pub qualifier: Option<&'static str>,
    /// True if it is stated per cent or per mille: the value is a fraction of one.
    pub per_cent: bool,
    /// True if it is stated as a fraction below one: `3/5`, `a third`, `½`.
    pub part_of_one: bool,
    /// True if the words are a plain number, from which the value loses nothing.
    pub plain: bool,
}

/// The reason why an amount is not read.
#[derive(Clone, Debug, PartialEq)]
pub enum AmountFault {
    /// It is not understood.
    NotUnderstood,
    /// It has several readings: numbers in the notation of documents, each with the signs that it
    /// supposes.
    Ambiguous(Vec<(String, Signs)>),
    /// It has more digits than the file keeps, or is too large or too small.
    TooManyDigits,
    /// It divides by zero.
    DividesByZero,
    /// It says that nothing is known.
    NothingStated,
}

impl AmountFault {
    /// Describes a number that cannot be kept exactly, shown as the message quotes it.
    pub fn describe_too_many_digits(shown: &str) -> String {
        format!(
            "{shown} is too large, too small or has too many digits to be kept exactly; write it as 1.5e20 if about \
             is enough"
        )
    }
}

/// Reads an amount.
///
/// # Errors
/// Fails where it is not understood, or has more than one reading.
pub fn read_amount(text: &str, signs: Signs) -> Result<Amount, AmountFault> {
    if let Some(amount) = read_plain(text) {
        return Ok(amount);
    }
    if is_nothing_stated(text) {
        return Err(AmountFault::NothingStated);
    }
    let folded = fold(text).ok_or(AmountFault::NotUnderstood)?;
    let mut found: Vec<Amount> = Vec::new();
    let mut fault = AmountFault::NotUnderstood;
    for language in LANGUAGES {
        let mut grammar = Grammar { language, signs, fault: None };
        match grammar.amount(&folded) {
            Some(amount) if !found.contains(&amount) => found.push(amount),
            Some(_) => {}
            None => fault = grammar.fault.unwrap_or(fault),
        }
    }
    match (found.pop(), found.is_empty()) {
        (Some(amount), true) => Ok(Amount { plain: is_plain(text), ..amount }),
        (Some(last), false) => {
            found.push(last);
            let number = |amount: &Amount| amount.value.as_ref().map(Value::to_string);
            let readings = found.iter().filter_map(number);
            Err(AmountFault::Ambiguous(readings.map(|text| (text, Signs::UNKNOWN)).collect()))
        }
        (None, _) => Err(fault),
    }
}

/// Reads a number without words around it: a bound, a coordinate.
///
/// # Errors
/// Fails where it is no number, or has more than one reading.
pub fn read_number(text: &str, signs: Signs) -> Result<Value, AmountFault> {
    match read_amount(text, signs)? {
        Amount {
            value: Some(value),
            low: None,
            high: None,
            qualifier: None,
            per_cent: false,
            ..
        } if !text.contains(char::is_alphabetic) || is_plain(text) => Ok(value),
        _ => Err(AmountFault::NotUnderstood),
    }
}

/// Returns true if a text says that nothing is known, as tables do: `-`, `n/a`, `unknown`.
pub fn is_nothing_stated(text: &str) -> bool {
    let text = text.trim();
    NOTHING_STATED.iter().any(|word| text.to_lowercase() == *word)
}

/// Writes a number so that its point cannot be taken for a sign that groups digits: 1.234 as 1.2340.
pub fn unambiguous_number(value: &Value) -> String {
    let text = value.to_string();
    match read_amount(&text, Signs::UNKNOWN) {
        Err(AmountFault::Ambiguous(_)) => text + "0",
        _ => text,
    }
}

/// Notes the signs of a cell that has one reading, to settle the others of its column.
pub fn note_signs(text: &str, seen: &mut SignsSeen) {
    // Only what has a sign tells anything; most cells have none.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let Some(folded) = fold(text) else { return };
    let is_number = |c: char| c.is_ascii_digit() || ",.' \u{66b}\u{66c}".contains(c);
    for part in folded.split(|c| !is_number(c)) {
        if let Read::As(reading) = read_digits(part.trim(), Signs::UNKNOWN) {
            seen.add(&reading);
        }
    }
}

/// Whole numbers, which most cells are, without a look at the rest.
fn read_plain(text: &str) -> Option<Amount> {
    let short = (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = short.then(|| text.parse().ok()).flatten()?;
    Some(Amount { value: Some(Value::Int(value)), plain: true, ..Amount::default() })
}

/// Returns true for the notation of documents: digits with a decimal point, a minus or an exponent.
fn is_plain(text: &str) -> bool {
    let text = text.trim();
    text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'e' | b'E' | b'+'))
        && text.parse::<f64>().is_ok()
        && !text.starts_with('+')
}

/// Vulgar fractions, with their part and whole (Unicode, Number Forms and Latin-1).
const VULGAR: [(char, &str, &str); 15] = [
    ('½', "1", "2"),
    ('⅓', "1", "3"),
    ('⅔', "2", "3"),
    ('¼', "1", "4"),
    ('¾', "3", "4"),
    ('⅕', "1", "5"),
    ('⅖', "2", "5"),
    ('⅗', "3", "5"),
    ('⅘', "4", "5"),
    ('⅙', "1", "6"),
    ('⅚', "5", "6"),
    ('⅛', "1", "8"),
    ('⅜', "3", "8"),
    ('⅝', "5", "8"),
    ('⅞', "7", "8"),
];

/// Writes an amount in lower case with ASCII digits, and one form of each space, hyphen and apostrophe.
/// `None` if digits of several scripts are mixed.
fn fold(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    let mut script = None;
    for c in text.trim().chars() {
        if let Some(digit) = digit_value(c) {
            let zero = u32::from(c) - digit;
            if *script.get_or_insert(zero) != zero {
                return None;
            }
            folded.extend(char::from_digit(digit, 10));
            continue;
        }
        let c = match c {
            // Full width forms, U+FF01 to U+FF5E.
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        };
        match c {
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => folded.push('-'),
            '’' | '‘' | 'ʼ' => folded.push('\''),
            // Marks of direction, which numbers within Arabic text carry.
            '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            c => folded.extend(c.to_lowercase()),
        }
    }
    Some(folded)
}

/// A number while its amount is read.
#[derive(Clone, Debug)]
struct Number {
    value: Decimal,
    /// The number that divides it, in a fraction.
    over: Option<Decimal>,
    /// The powers of ten by which words multiply it.
    scale: i32,
    per: i32,
    /// True for a fraction in words, which is about that much.
    in_words: bool,
}

impl Number {
    fn of(value: Decimal) -> Self {
        Number { value, over: None, scale: 0, per: 0, in_words: false }
    }
}

/// A reader of amounts in one language.
struct Grammar {
    language: &'static str,
    signs: Signs,
    fault: Option<AmountFault>,
}

impl Grammar {
    fn words(&self) -> impl Iterator<Item = (&'static str, Meaning)> {
        words_of(self.language).iter().copied()
    }

    /// The longest word at the start of a text of which `pick` makes something, and what is behind it.
    fn leading<'a, T>(
        &self,
        text: &'a str,
        pick: impl Fn(Meaning) -> Option<T>,
    ) -> Option<(T, &'a str)> {
        let found = self.words().filter_map(|(word, meaning)| {
            let picked = pick(meaning)?;
            let rest = text.strip_prefix(word)?;
            let apart =
                !word.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric);
            apart.then_some((word.len(), picked, rest))
        });
        let (_, picked, rest) = found.max_by_key(|(length, _, _)| *length)?;
        Some((picked, rest.trim_start()))
    }

    /// The longest word at the end of a text of which `pick` makes something, and what is before it.
    fn trailing<'a, T>(
        &self,
        text: &'a str,
        pick: impl Fn(Meaning) -> Option<T>,
    ) -> Option<(T, &'a str)> {
        let found = self.words().filter_map(|(word, meaning)| {
            let picked = pick(meaning)?;
            let rest = text.strip_suffix(word)?;
            let apart =
                !word.starts_with(char::is_alphabetic) || !rest.ends_with(char::is_alphabetic);
            apart.then_some((word.len(), picked, rest))
        });
        let (_, picked, rest) = found.max_by_key(|(length, _, _)| *length)?;
        Some((picked, rest.trim_end()))
    }

    /// The meaning of a whole text.
    fn whole(&self, text: &str) -> Option<Meaning> {
        self.words().find(|(word, _)| *word == text).map(|(_, meaning)| meaning)
    }

    fn amount(&mut self, text: &str) -> Option<Amount> {
        // "dozens", "tens of", "des centaines de".
        let bare = ["of", "de", "d'"].iter().find_map(|of| text.strip_suffix(of)).unwrap_or(text);
        if let Some(Meaning::Alone(qualifier)) = self.whole(bare.trim_end()) {
            return Some(Amount { qualifier: Some(qualifier), ..Amount::default() });
        }
        if let Some(qualifier) = self.vague_of_things(text) {
            return Some(Amount { qualifier: Some(qualifier), ..Amount::default() });
        }
        let opening =
            |meaning| if let Meaning::Opening(joiner) = meaning { Some(joiner) } else { None };
        if let Some((joiner, rest)) = self.leading(text, opening) {
            let (low, high) = rest.split_once(&format!(" {joiner} "))?;
            return self.range(low, high, None);
        }
        let before = |meaning| if let Meaning::Before(code) = meaning { Some(code) } else { None };
        let after = |meaning| if let Meaning::After(code) = meaning { Some(code) } else { None };
        let (leading, text) =
            self.leading(text, before).map_or((None, text), |(q, rest)| (Some(q), rest));
        let (trailing, text) =
            self.trailing(text, after).map_or((None, text), |(q, rest)| (Some(q), rest));
        let qualifier = match (leading, trailing) {
            (Some(a), Some(b)) if a != b => return None,
            (a, b) => a.or(b),
        };
        if let Some(number) = self.number(text) {
            let qualifier = qualifier.or(number.in_words.then_some("about"));
            let per_cent = number.per != 0;
            let value = self.value(&number)?;
            let is_below_one = value.as_number().is_some_and(|number| number < 1.0);
            let part_of_one = number.over.is_some() && is_below_one;
            let value = Some(value);
            return Some(Amount { value, qualifier, per_cent, part_of_one, ..Amount::default() });
        }
        let (low, high) = self.split_range(text)?;
        // "About 12 to 24" is about; "at least 12 to 24" says two things at once.
        matches!(qualifier, None | Some("about")).then_some(())?;
        self.range(low, high, qualifier)
    }

    /// The vague amount of things that words name: "dozens of cars", "des centaines d'habitants". Words
    /// that change an amount are none of things: "hundreds of thousands" is not hundreds.
    fn vague_of_things(&self, text: &str) -> Option<&'static str> {
        let alone = |meaning| if let Meaning::Alone(code) = meaning { Some(code) } else { None };
        let (qualifier, rest) = self.leading(text, alone)?;
        let things = ["of ", "de ", "d'"].iter().find_map(|of| rest.strip_prefix(of))?;
        (qualifier != "none" && words::name_things(things)).then_some(qualifier)
    }

    /// Splits a range at the word or hyphen that joins its two numbers.
    fn split_range<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let joiners = self.words().filter(|(_, meaning)| *meaning == Meaning::Joiner);
        for (joiner, _) in joiners {
            for (at, _) in text.match_indices(joiner) {
                let (low, high) = (&text[..at], &text[at + joiner.len()..]);
                let spaced = low.ends_with(' ') && high.starts_with(' ');
                let joined =
                    joiner == "-" && low.ends_with(|c: char| c.is_ascii_digit() || c == '%');
                if spaced || joined {
                    return Some((low.trim(), high.trim()));
                }
            }
        }
        None
    }

    fn range(&mut self, low: &str, high: &str, qualifier: Option<&'static str>) -> Option<Amount> {
        let groups = |c: char| c != '-' && !c.is_ascii_digit();
        let is_grouped = high.contains(groups) && !low.contains(groups);
        let (mut low, high) = (self.number(low.trim())?, self.number(high.trim())?);
        if is_grouped && let Some(readings) = thousands_of_both(&low, &high) {
            self.fault = Some(AmountFault::Ambiguous(readings));
            return None;
        }
        // "2 to 3 million", "20-30 %".
        if low.scale == 0 && low.over.is_none() {
            low.scale = high.scale;
        }
        if low.per == 0 {
            low.per = high.per;
        }
        if low.per != high.per {
            return None;
        }
        let per_cent = high.per != 0;
        let (low, high) = (self.value(&low)?, self.value(&high)?);
        let in_order = low.as_number().zip(high.as_number()).is_some_and(|(a, b)| a <= b);
        in_order.then_some(Amount {
            low: Some(low),
            high: Some(high),
            qualifier: Some(qualifier.unwrap_or("between")),
            per_cent,
            ..Amount::default()
        })
    }

    fn value(&mut self, number: &Number) -> Option<Value> {
        let power = number.scale - number.per;
        let Some(over) = &number.over else {
            let value = number.value.clone().scaled(power).value();
            if value.is_none() {
                self.fault = Some(AmountFault::TooManyDigits);
            }
            return value;
        };
        let (part, whole) = (number.value.clone().scaled(power).value()?, over.value()?);
        let (part, whole) = (part.as_number()?, whole.as_number()?);
        if whole == 0.0 {
            self.fault = Some(AmountFault::DividesByZero);
            return None;
        }
        let quotient = part / whole;
        let is_whole = quotient.fract() == 0.0 && quotient.abs() < 9e15;
        #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
        Some(if is_whole { Value::Int(quotient as i64) } else { Value::Real(quotient) })
    }

    fn number(&mut self, text: &str) -> Option<Number> {
        let per = |meaning| if let Meaning::Per(power) = meaning { Some(power) } else { None };
        if let Some((power, rest)) = self.trailing(text, per) {
            let number = self.number(rest)?;
            return (number.per == 0).then_some(Number { per: power, ..number });
        }
        match self.whole(text) {
            Some(Meaning::Number(number)) => return Some(Number::of(Decimal::of(number))),
            Some(Meaning::Fraction(part, whole)) => {
                let over = Some(Decimal::of(whole));
                return Some(Number { over, in_words: true, ..Number::of(Decimal::of(part)) });
            }
            _ => {}
        }
        let hundreds = |meaning| (meaning == Meaning::Hundreds).then_some(());
        if let Some(((), rest)) = self.trailing(text, hundreds) {
            let number = self.whole(rest).and_then(|meaning| match meaning {
                Meaning::Number(number @ (2..=9 | 11..=19)) => Some(number),
                _ => None,
            });
            return number.map(|number| Number { scale: 2, ..Number::of(Decimal::of(number)) });
        }
        let scale = |meaning| if let Meaning::Scale(power) = meaning { Some(power) } else { None };
        if let Some((power, rest)) = self.trailing(text, scale) {
            if matches!(rest, "a" | "un") {
                return Some(Number { scale: power, ..Number::of(Decimal::of(1)) });
            }
            let number = self.number(rest)?;
            return (number.per == 0).then_some(Number { scale: number.scale + power, ..number });
        }
        if let Some((part, whole)) = text.split_once(['/', '\u{2044}']) {
            let (part, whole) = (self.digits(part.trim())?, self.digits(whole.trim())?);
            // "4/2" is a list of two numbers as likely as it is 2.
            let number = |decimal: &Decimal| decimal.value()?.as_number();
            let (over, under) = (number(&part)?, number(&whole)?);
            if under != 0.0 && over >= under {
                return None;
            }
            return Some(Number { over: Some(whole), ..Number::of(part) });
        }
        if let Some(fraction) = self.vulgar(text) {
            return Some(fraction);
        }
        if text.starts_with(char::is_alphabetic) {
            return self.composed(text);
        }
        self.digits(text).map(Number::of)
    }

    /// A number of two words: `twenty-five`, `vingt-cinq`.
    fn composed(&self, text: &str) -> Option<Number> {
        let (tens, unit) = text.rsplit_once(['-', ' '])?;
        match (self.whole(tens)?, self.whole(unit)?) {
            (Meaning::Number(tens @ (60 | 80)), Meaning::Number(unit @ 10..=19))
                if self.language == "fr" =>
            {
                Some(Number::of(Decimal::of(tens + unit)))
            }
            (Meaning::Number(tens @ 20..=90), Meaning::Number(unit @ 1..=9)) if tens % 10 == 0 => {
                Some(Number::of(Decimal::of(tens + unit)))
            }
            _ => None,
        }
    }

    /// A vulgar fraction, with a whole number before it or without: `½`, `1½`.
    fn vulgar(&mut self, text: &str) -> Option<Number> {
        let (_, part, whole) = VULGAR.iter().find(|(sign, _, _)| text.ends_with(*sign))?;
        let before =
            text.trim_end_matches(|c| VULGAR.iter().any(|(sign, _, _)| *sign == c)).trim_end();
        let (part, whole): (i64, i64) = (part.parse().ok()?, whole.parse().ok()?);
        let wholes: i64 = if before.is_empty() {
            0
        } else if before.len() <= 9 && before.bytes().all(|byte| byte.is_ascii_digit()) {
            before.parse().ok()?
        } else {
            return None;
        };
        let over = Some(Decimal::of(whole));
        Some(Number { over, ..Number::of(Decimal::of(wholes * whole + part)) })
    }

    fn digits(&mut self, text: &str) -> Option<Decimal> {
        match read_digits(text, self.signs) {
            Read::Not => None,
            Read::As(reading) => Some(reading.number),
            Read::Several(readings) => {
                let shown = |reading: &Reading| {
                    let signs = Signs {
                        decimal: reading.decimal,
                        grouping: reading.grouping.map(Grouping::Sign),
                    };
                    reading.number.value().map(|value| (value.to_string(), signs))
                };
                let readings = readings.iter().filter_map(shown).collect();
                self.fault = Some(AmountFault::Ambiguous(readings));
                None
            }
        }
    }
}

/// The two readings of a range of which only the upper end has its thousands in a group: `10-20,000` may be 10 to
/// 20000, or 10000 to 20000. `None` where only one is possible.
fn thousands_of_both(low: &Number, high: &Number) -> Option<Vec<(String, Signs)>> {
    let whole = |number: &Number| match (number.value.value()?, number.scale, &number.over) {
        (Value::Int(whole), 0, None) if number.per == 0 => Some(whole),
        _ => None,
    };
    let (low, high) = (whole(low)?, whole(high)?);
    let thousands = low.checked_mul(1000)?;
    let both = low > 0 && high % 1000 == 0 && thousands < high;
    let range = |low: i64| (format!("{low} to {high}"), Signs::UNKNOWN);
    both.then(|| vec![range(low), range(thousands)])
}

#[cfg(test)]
mod tests;
