//! Amounts and numbers of an input, with messages that name both readings of what can be read in two
//! ways.

use super::dates::DateNotation;
use crate::model::{
    Amount, AmountFault, Beside, Grouping, Hemispheres, Signs, StatedAmount, Value,
    decimal_degrees, parse_number, quoted, read_number, read_with_words,
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
        dates: DateNotation { order: None, century: None },
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
        let read = read_with_words(text, self.signs).map_err(|fault| self.describe(text, &fault));
        read.map(|(mut amount, beside): (Amount, Beside)| {
            amount.per_cent |= self.per_cent;
            StatedAmount { amount, text: text.trim().to_owned(), beside }
        })
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
            AmountFault::TooManyDigits => format!(
                "{shown} has more digits than can be kept exactly; write it as 1.5e20 if about is enough"
            ),
            AmountFault::DividesByZero => format!("{shown} divides by zero"),
            AmountFault::NothingStated if self.in_table => {
                format!("{shown} is not a number; {}", self.how_to_skip(text))
            }
            AmountFault::NothingStated => {
                format!("{shown} is not a number; leave it out when nothing is stated")
            }
            AmountFault::Ambiguous(readings) => self.describe_ambiguity(&shown, readings),
        }
    }

    /// Names the readings of an ambiguous number, each with the option or the spelling for it.
    fn describe_ambiguity(self, shown: &str, readings: &[(String, Signs)]) -> String {
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
            .map(|(number, signs)| match signs.decimal {
                Some(_) => format!("{number}0"),
                None => number.clone(),
            })
            .collect();
        let how = match self.in_table {
            true => String::new(),
            false => format!("; write {}", clear.join(" or ")),
        };
        match ways.as_slice() {
            [one] => format!("{shown} has one group of three digits; it may be {one}{how}"),
            ways => format!("{shown} is ambiguous: it may be {}{how}", ways.join(" or ")),
        }
    }
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
    use super::Notation;

    const TABLE: Notation =
        Notation { signs: crate::model::Signs::UNKNOWN, in_table: true, ..Notation::STORED };

    fn why(notation: Notation, text: &str) -> String {
        notation.amount(text).unwrap_err()
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
        assert_eq!(why(TABLE, "NA"), "\"NA\" is not a number; `--na NA` takes it as not stated");
        assert_eq!(why(TABLE, "?"), "\"?\" is not a number; `--na '?'` takes it as not stated");
    }
}
