//! Amounts of things that are counted one by one, of which nobody states a thousandth part.

use super::words::{Meaning, WORDS};
use super::{Amount, Beside, Grouping, Signs, Value, read_with_words};

/// The signs of a number whose commas group digits.
const COMMA_GROUPS: Signs = Signs { decimal: Some('.'), grouping: Some(Grouping::Sign(',')) };

/// Reads an amount of things counted one by one whose commas have to group digits, since three decimals would
/// be parts of one: `1,200`, `between 1,200 and 1,500`. `None` for any other amount: a point is the decimal
/// sign of documents too, so that `1.200` keeps its two readings, and `2,345 million` is whole either way.
pub fn read_counted(text: &str) -> Option<(Amount, Beside)> {
    if !text.contains(',') || text.contains('.') {
        return None;
    }
    let (amount, beside) = read_with_words(text, COMMA_GROUPS).ok()?;
    let digits = text.replace(',', "");
    let stated: Vec<&Value> =
        [&amount.value, &amount.low, &amount.high].into_iter().flatten().collect();
    // A number that stands there in other digits was multiplied or divided by a word.
    let is_as_written =
        |value: &Value| matches!(value, Value::Int(_)) && digits.contains(&value.to_string());
    let is_counted =
        !stated.is_empty() && !amount.per_cent && stated.into_iter().all(is_as_written);
    is_counted.then_some((amount, beside))
}

/// Returns true if the title or unit of a measure says that its numbers are in thousands or millions.
pub fn counts_in_multiples(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(multiplies)
}

/// Returns the word of amounts that a text is, if it changes the number before it and names no unit: `thousand` of
/// `Thousands`, `%`, `per cent`.
pub fn word_of_number(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    let is_it = |(_, known, meaning): &&(&str, &str, Meaning)| match meaning {
        Meaning::Per(_) => *known == text,
        // `k` is a unit too, and what a figure counts may be in dozens or cents.
        Meaning::Scale(_) => known.chars().count() > 1 && is_word(known, &text),
        _ => false,
    };
    WORDS.iter().find(is_it).map(|(_, known, _)| *known)
}

/// Returns true for a word in lower case that multiplies, in the singular or the plural.
fn multiplies(word: &str) -> bool {
    let is_one = |(_, known, meaning): &(&str, &str, Meaning)| {
        let multiplies =
            matches!(meaning, Meaning::Scale(_) | Meaning::Alone(_) | Meaning::Hundreds);
        multiplies && is_word(known, word)
    };
    WORDS.iter().any(is_one) || word == "000"
}

fn is_word(known: &str, word: &str) -> bool {
    known == word || word.strip_suffix('s') == Some(known)
}

#[cfg(test)]
mod tests {
    use super::{counts_in_multiples, read_counted, word_of_number};
    use crate::model::{Signs, Value, read_amount};

    #[test]
    fn a_comma_groups_the_digits_of_what_is_counted() {
        for (text, ends) in [
            ("1,200", [1200, 0, 0]),
            ("107,000 people", [107_000, 0, 0]),
            ("about 1,000", [1000, 0, 0]),
            ("between 1,200 and 1,500", [0, 1200, 1500]),
            ("900 to 1,500", [0, 900, 1500]),
            ("1,200 of residents", [1200, 0, 0]),
        ] {
            let (amount, _) = read_counted(text).unwrap();
            let found = [amount.value, amount.low, amount.high];
            assert_eq!(
                found.map(|end| end.unwrap_or(Value::Int(0))),
                ends.map(Value::Int),
                "{text}"
            );
        }
    }

    #[test]
    fn what_may_be_something_else_is_left_alone() {
        for text in [
            "1.200",
            "1 200",
            "1'200",
            "1.000, more",
            "1,200.5",
            "2,345 million",
            "2,000 million",
            "1,200k",
            "1,200 %",
            "1,200/3",
            "1,2",
            "between 1,200 and 1.500",
            "1.000 to 2,000",
            "dozens",
            "12",
        ] {
            assert!(read_counted(text).is_none(), "{text}");
        }
        let read = read_amount("1.200", Signs::UNKNOWN);
        assert!(read.is_err(), "a point keeps its two readings");
    }

    #[test]
    fn a_measure_may_count_in_thousands() {
        for title in
            ["Displaced (thousands)", "Displaced, '000", "Population in mio", "En milliers"]
        {
            assert!(counts_in_multiples(title), "{title}");
        }
        for title in ["People displaced", "persons", "Thousandth day"] {
            assert!(!counts_in_multiples(title), "{title}");
        }
    }
    #[test]
    fn what_changes_a_number_is_no_unit_and_is_read_behind_a_number() {
        for unit in
            ["million", "Millions", "thousands", "milles", "bn", "%", "‰", "per cent", "pour cent"]
        {
            let word = word_of_number(unit).unwrap();
            assert!(read_amount(&format!("5 {word}"), Signs::UNKNOWN).is_ok(), "{unit}");
        }
        for unit in ["k", "EUR", "cents", "million EUR", "thousand tonnes", "dozens", "people", ""]
        {
            assert!(word_of_number(unit).is_none(), "{unit}");
        }
    }
}
