//! Amounts and numbers of an input, with messages that name both readings of what can be read in two
//! ways.

use super::dates::DateNotation;
use crate::model::{
    Amount, AmountFault, Beside, Grouping, Hemispheres, Signs, StatedAmount, Value,
    decimal_degrees, parse_number, quoted, read_counted, read_number, read_with_words,
    unambiguous_number,
};

/// The signs of numbers where a text stands, and what its reader can do about two readings.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::intake) struct Notation {
    /// The signs, as far as they are known.
    pub(in crate::intake) signs: Signs,
    /// True in a table, whose signs an option can name.
    pub(in crate::intake) in_table: bool,
    /// True where the number stands per cent in the input, and is stored as a fraction of one.
    pub(in crate::intake) per_cent: bool,
    /// What is known of the dates.
    pub(in crate::intake) dates: DateNotation,
}

impl Notation {
    /// The notation of a number that the input stores as a number.
    pub(in crate::intake) const STORED: Notation = Notation {
        signs: Signs { decimal: Some('.'), grouping: Some(Grouping::Never) },
        in_table: false,
        per_cent: false,
        dates: DateNotation { order: None, century: None, is_iso: false },
    };

    /// Parses a number without words; one in degrees may have minutes, seconds and a hemisphere.
    pub(in crate::intake) fn number(
        self,
        text: &str,
        degrees: Option<Hemispheres>,
    ) -> Result<Value, String> {
        let mut signs = self.signs;
        if let Some(axis) = degrees {
            if let Some(decimal) = decimal_degrees(text, axis) {
                return parse_number(&decimal?);
            }
            // An option that names a grouping sign is about other columns.
            signs.grouping = Some(Grouping::Never);
        }
        read_number(text, signs).map_err(|fault| match fault {
            AmountFault::NotUnderstood => self.describe_number(text),
            fault => self.describe(text, &fault),
        })
    }

    /// Parses an amount: a number, a range or words, and what stands beside it.
    pub(in crate::intake) fn amount(self, text: &str) -> Result<StatedAmount, String> {
        let (read, unless_counted) = match read_with_words(text, self.signs) {
            Ok(read) => (read, None),
            Err(fault) => {
                // Neither an option nor the rest of its column says what its signs are.
                let is_open = self.signs == Signs::UNKNOWN && !self.per_cent;
                let counted = read_counted(text).filter(|_| is_open);
                let what = self.describe(text, &fault);
                (counted.ok_or_else(|| what.clone())?, Some(what))
            }
        };
        let (mut amount, beside): (Amount, Beside) = read;
        amount.per_cent |= self.per_cent;
        Ok(StatedAmount { amount, text: text.trim().to_owned(), beside, unless_counted })
    }

    /// The option that takes a cell with this text as not stated.
    pub(in crate::intake) fn how_to_skip(self, text: &str) -> String {
        format!("`--na {}` takes it as not stated", quote_option(text.trim()))
    }

    fn describe_number(self, text: &str) -> String {
        parse_number(text).err().unwrap_or_else(|| {
            let sign = if self.signs.decimal == Some(',') { "a comma" } else { "a point" };
            format!("{} is not a number whose decimals begin with {sign}", quoted(text))
        })
    }

    fn describe(self, text: &str, fault: &AmountFault) -> String {
        let shown = quoted(text.trim());
        match fault {
            AmountFault::NotUnderstood => format!(
                "{shown} is not a number, a range or an amount in words that are understood; write 1250, 0.5, \
                 1/3, 25 %, 12-24, 350+, at least 350, nearly 2.7 million or dozens, without units"
            ),
            AmountFault::TooManyDigits => AmountFault::describe_too_many_digits(&shown),
            AmountFault::DividesByZero => format!("{shown} divides by zero"),
            AmountFault::NothingStated if self.in_table => {
                format!("{shown} is not a number; {}", self.how_to_skip(text))
            }
            AmountFault::NothingStated => {
                format!("{shown} is not a number; leave it out when nothing is stated")
            }
            AmountFault::Ambiguous(readings) => self.describe_ambiguity(text.trim(), readings),
        }
    }

    /// Names the readings of an ambiguous number, each with the option or the spelling for it.
    fn describe_ambiguity(self, text: &str, readings: &[(String, Signs)]) -> String {
        let shown = quoted(text);
        // No option settles what words leave open.
        let is_for_words = readings.iter().all(|(_, signs)| *signs == Signs::UNKNOWN);
        // Nobody writes 107,000 for 107: no message proposes it.
        let is_likely = |(number, signs): &&(String, Signs)| {
            signs.grouping.is_some() || number.contains('.') || signs.decimal.is_none()
        };
        let ways = readings.iter().filter(is_likely).map(|(number, signs)| match signs {
            Signs { grouping: Some(Grouping::Sign(sign)), .. } if self.in_table => {
                format!("{number} (`--grouping {}`)", option_of(*sign))
            }
            Signs { decimal: Some(','), .. } if self.in_table => {
                format!("{number} (`--decimal , --grouping .`)")
            }
            Signs { decimal: Some(sign), .. } if self.in_table => {
                format!("{number} (`--decimal {}`)", option_of(*sign))
            }
            _ => number.clone(),
        });
        let ways: Vec<String> = ways.collect();
        let clear: Vec<String> = readings
            .iter()
            .filter(is_likely)
            .map(|(number, signs)| match (in_clear_numbers(text, *signs), signs.decimal) {
                _ if is_for_words => quoted(number),
                (Some(whole), _) => quoted(&whole),
                (None, Some(_)) => format!("{number}0"),
                (None, None) => number.clone(),
            })
            .collect();
        let how = match self.in_table && !is_for_words {
            true => String::new(),
            false => format!("; write {}", clear.join(" or ")),
        };
        match ways.as_slice() {
            [one] => format!("{shown} has one group of three digits; it may be {one}{how}"),
            ways => format!("{shown} is ambiguous: it may be {}{how}", ways.join(" or ")),
        }
    }
}

/// An amount with words or several numbers, written with numbers that have one reading; `None` for a number
/// alone. Signs that do not fit a number leave it as it is.
fn in_clear_numbers(text: &str, signs: Signs) -> Option<String> {
    let is_of_number = |c: char| c.is_ascii_digit() || ",.".contains(c);
    if text.trim_start_matches('-').chars().all(is_of_number) {
        return None;
    }
    // Whose decimals begin with a comma has no groups here.
    let plain = Signs { grouping: signs.grouping.or(Some(Grouping::Never)), ..signs };
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c| !is_of_number(c)).unwrap_or(number.len());
        let (number, behind) = number.split_at(end);
        let digits = number.trim_end_matches([',', '.']);
        written.push_str(before);
        match read_number(digits, plain) {
            Ok(value) => written.push_str(&unambiguous_number(&value)),
            Err(_) => written.push_str(digits),
        }
        written.push_str(&number[digits.len()..]);
        rest = behind;
    }
    Some(written + rest)
}

/// The word by which `--decimal` and `--grouping` take a sign.
fn option_of(sign: char) -> &'static str {
    match sign {
        ',' => ",",
        '.' => ".",
        ' ' => "space",
        _ => "apostrophe",
    }
}

/// Writes a text for an option: in quotation marks where a shell would take it apart.
fn quote_option(text: &str) -> String {
    match text.chars().all(|c| c.is_alphanumeric() || "-–—./".contains(c)) {
        true => text.to_owned(),
        false => format!("'{text}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Grouping, Notation};

    const TABLE: Notation =
        Notation { signs: crate::model::Signs::UNKNOWN, in_table: true, ..Notation::STORED };

    fn why(notation: Notation, text: &str) -> String {
        match notation.amount(text) {
            Ok(stated) => stated.unless_counted.unwrap(),
            Err(what) => what,
        }
    }

    #[test]
    fn signs_that_are_known_leave_nothing_to_the_measure() {
        let read =
            |notation: Notation| notation.amount("1,200").map(|stated| stated.unless_counted);
        assert!(
            matches!(read(TABLE), Ok(Some(_))) && matches!(read(Notation::default()), Ok(Some(_)))
        );
        let comma = crate::model::Signs { decimal: Some(','), grouping: None };
        assert!(read(Notation { signs: comma, ..TABLE }).is_err());
        assert!(read(Notation { per_cent: true, ..TABLE }).is_err());
        assert!(Notation::default().amount("1.200").is_err());
        let plain = Notation::default().amount("1200").map(|stated| stated.unless_counted);
        assert_eq!(plain, Ok(None));
    }

    #[test]
    fn both_readings_are_named_with_their_options() {
        assert_eq!(
            why(TABLE, "1,234"),
            "\"1,234\" is ambiguous: it may be 1.234 (`--decimal , --grouping .`) or 1234 (`--grouping ,`)"
        );
        assert_eq!(
            why(TABLE, "1.234"),
            "\"1.234\" is ambiguous: it may be 1.234 (`--decimal .`) or 1234 (`--grouping .`)"
        );
        assert_eq!(
            why(TABLE, "1 234"),
            "\"1 234\" has one group of three digits; it may be 1234 (`--grouping space`)"
        );
        assert_eq!(
            why(TABLE, "107,000"),
            "\"107,000\" has one group of three digits; it may be 107000 (`--grouping ,`)"
        );
        assert_eq!(
            why(Notation::default(), "12,500"),
            "\"12,500\" is ambiguous: it may be 12.5 or 12500; write 12.50 or 12500"
        );
        assert_eq!(
            why(Notation::default(), "between 2,345 and 3,500 t"),
            "\"between 2,345 and 3,500 t\" is ambiguous: it may be 2.345 or 2345; write \"between 2.3450 and 3.5 \
             t\" or \"between 2345 and 3500 t\""
        );
        let thousands = Notation {
            signs: crate::model::Signs { decimal: None, grouping: Some(Grouping::Sign(',')) },
            ..TABLE
        };
        assert_eq!(
            why(thousands, "10-20,000"),
            "\"10-20,000\" is ambiguous: it may be 10 to 20000 or 10000 to 20000; write \"10 to 20000\" or \
             \"10000 to 20000\""
        );
        assert_eq!(why(TABLE, "NA"), "\"NA\" is not a number; `--na NA` takes it as not stated");
        assert_eq!(why(TABLE, "?"), "\"?\" is not a number; `--na '?'` takes it as not stated");
    }
}
