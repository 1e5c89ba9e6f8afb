//! Words beside an amount: the unit behind it, and the whole of which it is a part.

use super::{Amount, AmountFault, Signs, read_amount};

/// What an amount says beside how much it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// The words behind it, which are a unit or too many: `m` in `about 2 m`.
    Behind(String),
    /// The name of the whole of which it is a part: `pumps` in `3 of pumps`.
    Whole(String),
}

/// The words between a part and its whole, in the order in which they are looked for.
const OF: [&str; 3] = [" out of ", " of ", " sur "];

/// Reads an amount with the words beside it. Whether those words are the unit of its measure, and which
/// whole they name, is not known here.
///
/// # Errors
/// Fails where the amount is not understood or has more than one reading, where words stand before it, and
/// where the whole is a number, which has to be a figure of its own.
pub fn read_with_words(text: &str, signs: Signs) -> Result<(Amount, Beside), AmountFault> {
    match read_amount(text, signs) {
        Err(AmountFault::NotUnderstood) => {}
        read => return Ok((read?, Beside::Nothing)),
    }
    if let Some((part, whole)) = split_part(text, signs) {
        return match (read_amount(&part, signs)?, read_amount(&whole, signs)) {
            (_, Ok(amount)) if has_number(&amount) => {
                Err(AmountFault::PartOfNumber { part, whole })
            }
            (amount, _) => Ok((Amount { plain: false, ..amount }, Beside::Whole(whole))),
        };
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let no_digits = |words: &[&str]| !words.iter().any(|word| word.contains(char::is_numeric));
    for end in (1..words.len()).rev().filter(|end| no_digits(&words[*end..])) {
        match read_amount(&words[..end].join(" "), signs) {
            Ok(amount) if has_number(&amount) => {
                let behind = Beside::Behind(words[end..].join(" "));
                return Ok((Amount { plain: false, ..amount }, behind));
            }
            Err(fault @ (AmountFault::Ambiguous(_) | AmountFault::TooManyDigits)) => {
                return Err(fault);
            }
            _ => {}
        }
    }
    for start in (1..words.len()).filter(|start| no_digits(&words[..*start])) {
        let amount = words[start..].join(" ");
        if read_amount(&amount, signs).is_ok_and(|amount| has_number(&amount)) {
            return Err(AmountFault::WordsBefore { words: words[..start].join(" "), amount });
        }
    }
    Err(AmountFault::NotUnderstood)
}

/// Splits a part from its whole. A fraction of one is no part: a third of the districts is no number of
/// districts.
fn split_part(text: &str, signs: Signs) -> Option<(String, String)> {
    OF.iter().find_map(|of| {
        let (part, whole) = text.split_once(of)?;
        let amount = read_amount(part, signs).ok()?;
        let is_count = |value: &super::Value| {
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
    use super::{AmountFault, Beside, Signs, read_with_words};

    fn read(text: &str) -> Result<(String, Beside), AmountFault> {
        let (amount, beside) = read_with_words(text, Signs::UNKNOWN)?;
        assert_eq!(amount.plain, text == "3", "{text}");
        let number = amount.value.or(amount.low).map(|number| number.to_string());
        Ok((number.or(amount.qualifier.map(str::to_owned)).unwrap_or_default(), beside))
    }

    #[test]
    fn words_behind_an_amount_and_wholes_are_kept_apart() {
        let behind = |words: &str| Beside::Behind(words.to_owned());
        let whole = |name: &str| Beside::Whole(name.to_owned());
        for (text, number, beside) in [
            ("3", "3", Beside::Nothing),
            ("2 million", "2000000", Beside::Nothing),
            ("about 2 m", "2", behind("m")),
            ("2 million EUR", "2000000", behind("EUR")),
            ("30 to 40 m", "30", behind("m")),
            ("6 people", "6", behind("people")),
            ("6 people in hospital", "6", behind("people in hospital")),
            ("3 of pumps", "3", whole("pumps")),
            ("At least 3 out of Pumps in 2024", "3", whole("Pumps in 2024")),
            ("dozens of cars", "dozens", Beside::Nothing),
            // A fraction is no number of things.
            ("50 % of pumps", "0.5", behind("of pumps")),
            ("0.5 of pumps", "0.5", behind("of pumps")),
        ] {
            assert_eq!(read(text), Ok((number.to_owned(), beside)), "{text}");
        }
    }

    #[test]
    fn a_whole_in_numbers_and_words_before_an_amount_are_told_apart() {
        for text in ["3 of 8", "3 out of 8", "3 sur 8", "at least 3 of eight"] {
            let fault = read(text);
            assert!(matches!(fault, Err(AmountFault::PartOfNumber { .. })), "{text}: {fault:?}");
        }
        let before = AmountFault::WordsBefore { words: "EUR".into(), amount: "2 million".into() };
        assert_eq!(read("EUR 2 million"), Err(before));
        assert!(matches!(read("12,500 people"), Err(AmountFault::Ambiguous(_))));
        for text in ["5 5", "350 [1]", "people", "hundreds of thousands", ""] {
            assert_eq!(read(text), Err(AmountFault::NotUnderstood), "{text}");
        }
    }
}
