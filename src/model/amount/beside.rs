//! Words beside an amount: the unit behind it, and the whole of which it is a part.

use super::{Amount, AmountFault, Signs, Value, read_amount};

/// What an amount says beside how much it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// Words that are a unit or too many, behind it or before its number: `m` in `about 2 m`.
    Words {
        /// The words.
        words: String,
        /// The amount without them.
        amount: String,
    },
    /// The whole of which it is a part, by its name: `3 of pumps`.
    Whole {
        /// The words of the part; `None` for a plain number.
        part: Option<String>,
        /// The name of the whole.
        name: String,
    },
    /// The whole of which it is a part, as a number: `3 of 8 pumps`.
    Number {
        /// The part.
        part: String,
        /// The number of the whole.
        number: Value,
        /// The words behind that number; empty where there are none.
        words: String,
    },
}

/// The words between a part and its whole, in the order in which they are looked for.
const OF: [&str; 3] = [" out of ", " of ", " sur "];
/// The number of words that are looked at before a number.
const MAX_WORDS: usize = 4;
/// Signs of currencies, which stand at a number without a space.
const CURRENCY_SIGNS: [char; 4] = ['€', '$', '£', '¥'];

/// Reads an amount with the words beside it. Whether those words are the unit of its measure, and which
/// figure is the whole, is not known here.
///
/// # Errors
/// Fails where the amount is not understood or has more than one reading.
pub fn read_with_words(text: &str, signs: Signs) -> Result<(Amount, Beside), AmountFault> {
    match read_amount(text, signs) {
        Err(AmountFault::NotUnderstood) => {}
        read => return Ok((read?, Beside::Nothing)),
    }
    if let Some((part, whole)) = split_part(text, signs) {
        let amount = read_amount(&part, signs)?;
        let is_plain = amount.plain;
        let amount = Amount { plain: false, ..amount };
        let (number, words) = match read_beside_words(&whole, signs) {
            // A whole has its number first: "Pumps in 2024" is a name.
            Ok((number, words, rest)) if whole.starts_with(&rest) => (number.value, words),
            _ => (None, String::new()),
        };
        return Ok((
            amount,
            match number {
                Some(number) => Beside::Number { part, number, words },
                None => Beside::Whole { part: (!is_plain).then_some(part), name: whole },
            },
        ));
    }
    let (amount, words, rest) = read_beside_words(text, signs)?;
    Ok((Amount { plain: false, ..amount }, Beside::Words { words, amount: rest }))
}

/// Reads an amount after it removes the words behind it, before it, or between its number and what says
/// how exact it is. Returns the amount, the words and the text without them.
fn read_beside_words(text: &str, signs: Signs) -> Result<(Amount, String, String), AmountFault> {
    if let Ok(amount) = read_amount(text, signs) {
        return Ok((amount, String::new(), text.to_owned()));
    }
    let text = set_apart(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = words.len();
    let behind = (1..last).rev().map(|start| (start, last));
    // The fewest words first: "nearly" in "nearly EUR 2 million" is no unit.
    let windows = |number: usize| (0..MAX_WORDS).map(move |start| (start, start + number));
    let before = (1..=MAX_WORDS).flat_map(windows).filter(|(_, end)| *end < last);
    for (start, end) in behind.chain(before) {
        if !words[start..end].iter().all(|word| is_word(word)) {
            continue;
        }
        let rest = [&words[..start], &words[end..]].concat().join(" ");
        match read_amount(&rest, signs) {
            Ok(amount) if has_number(&amount) => {
                return Ok((amount, words[start..end].join(" "), rest));
            }
            Err(fault @ (AmountFault::Ambiguous(_) | AmountFault::TooManyDigits)) => {
                return Err(fault);
            }
            _ => {}
        }
    }
    Err(AmountFault::NotUnderstood)
}

/// Returns true for a word that may be of a unit: it is no number, though it may end in one, as `m2` does.
fn is_word(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) || !word.contains(char::is_numeric)
}

/// Sets a sign of a currency apart from its number, and the last letters of a text from the digit before
/// them: `€2` and `2m`.
fn set_apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len() + 2);
    let letters = text.trim_end_matches(char::is_alphabetic).len();
    for (at, c) in text.char_indices() {
        let is_sign = CURRENCY_SIGNS.contains(&c);
        let is_unit = at == letters && apart.ends_with(|c: char| c.is_ascii_digit());
        let is_number = c.is_ascii_digit() && apart.ends_with(CURRENCY_SIGNS);
        // US$ is one sign.
        let is_behind = is_sign
            && apart.ends_with(|d: char| d.is_ascii_digit() || c != '$' && d.is_alphabetic());
        if is_unit || is_number || is_behind {
            apart.push(' ');
        }
        apart.push(c);
    }
    apart
}

/// Splits a part from its whole. A fraction of one is no part: a third of the districts is no number of
/// districts.
fn split_part(text: &str, signs: Signs) -> Option<(String, String)> {
    OF.iter().find_map(|of| {
        let (part, whole) = text.split_once(of)?;
        let amount = read_amount(part, signs).ok()?;
        let is_count = |value: &Value| {
            value.as_number().is_some_and(|number| number == 0.0 || number.abs() >= 1.0)
        };
        let ends = [&amount.value, &amount.low, &amount.high];
        let counted = has_number(&amount)
            && !amount.per_cent
            && ends.iter().all(|end| end.as_ref().is_none_or(is_count));
        (counted && !whole.trim().is_empty()).then(|| (part.to_owned(), whole.trim().to_owned()))
    })
}

fn has_number(amount: &Amount) -> bool {
    amount.value.is_some() || amount.low.is_some()
}

#[cfg(test)]
mod tests {
    use super::{AmountFault, Beside, Signs, Value, read_with_words};

    fn read(text: &str) -> Result<(String, Beside), AmountFault> {
        let (amount, beside) = read_with_words(text, Signs::UNKNOWN)?;
        assert_eq!(amount.plain, text == "3", "{text}");
        let number = amount.value.or(amount.low).map(|number| number.to_string());
        Ok((number.or(amount.qualifier.map(str::to_owned)).unwrap_or_default(), beside))
    }

    #[test]
    fn words_beside_an_amount_and_wholes_are_kept_apart() {
        let words = |words: &str, amount: &str| Beside::Words {
            words: words.to_owned(),
            amount: amount.to_owned(),
        };
        let whole = |part: Option<&str>, name: &str| Beside::Whole {
            part: part.map(str::to_owned),
            name: name.to_owned(),
        };
        for (text, number, beside) in [
            ("3", "3", Beside::Nothing),
            ("2 million", "2000000", Beside::Nothing),
            ("about 2 m", "2", words("m", "about 2")),
            ("about 2m", "2", words("m", "about 2")),
            ("2 million EUR", "2000000", words("EUR", "2 million")),
            ("EUR 2 million", "2000000", words("EUR", "2 million")),
            ("nearly EUR 2 million", "2000000", words("EUR", "nearly 2 million")),
            ("nearly €2 million", "2000000", words("€", "nearly 2 million")),
            ("US$2 million", "2000000", words("US$", "2 million")),
            ("2 million€", "2000000", words("€", "2 million")),
            ("2€", "2", words("€", "2")),
            ("30 to 40 m", "30", words("m", "30 to 40")),
            ("200 m3", "200", words("m3", "200")),
            ("6 people", "6", words("people", "6")),
            ("6 people in hospital", "6", words("people in hospital", "6")),
            ("3 of pumps", "3", whole(None, "pumps")),
            ("At least 3 out of Pumps in 2024", "3", whole(Some("At least 3"), "Pumps in 2024")),
            ("dozens of cars", "dozens", Beside::Nothing),
            // A fraction is no number of things.
            ("50 % of pumps", "0.5", words("of pumps", "50 %")),
            ("0.5 of pumps", "0.5", words("of pumps", "0.5")),
        ] {
            assert_eq!(read(text), Ok((number.to_owned(), beside)), "{text}");
        }
    }

    #[test]
    fn a_whole_in_numbers_is_told_from_a_name() {
        for (text, of) in [
            ("3 of 8", ""),
            ("3 out of 8 pumps", "pumps"),
            ("3 sur 8", ""),
            ("at least 3 of eight", ""),
        ] {
            let Ok((number, Beside::Number { part, number: whole, words })) = read(text) else {
                panic!("{text}: {:?}", read(text));
            };
            assert_eq!((number.as_str(), whole, words.as_str()), ("3", Value::Int(8), of));
            assert!(text.starts_with(&part));
        }
        assert!(matches!(read("12,500 people"), Err(AmountFault::Ambiguous(_))));
        for text in ["5 5", "350 [1]", "people", "hundreds of thousands", ""] {
            assert_eq!(read(text), Err(AmountFault::NotUnderstood), "{text}");
        }
    }
}
