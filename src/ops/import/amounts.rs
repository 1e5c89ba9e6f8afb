//! Settles what the words of an amount say besides its number, with the fields that are given.

use crate::model::{Beside, Record, SourcePos, Value, quoted};

/// Sets the fields that the words of an amount state: the ends of a range, how exact it is, and the
/// words themselves. Returns the problem of words that contradict a field.
pub(super) fn settle_amount(record: &mut Record) -> Option<(SourcePos, String)> {
    let stated = record.amount.clone()?;
    let pos = record.given(record.kind.amount)?.pos.clone();
    let amount = &stated.amount;
    // The words beside the amount tell what the whole is; those are kept when that is known.
    let waits = matches!(stated.beside, Beside::Whole { .. } | Beside::Number { .. });
    let words = (!amount.plain && !waits).then(|| Value::from(stated.text.as_str()));
    if amount.value.is_none() && amount.low.is_none() {
        // Words alone: a number in another field would be another amount.
        for end in ["low", "high"] {
            if record.given(end).is_some_and(|given| !given.value.is_null()) {
                return Some((pos, contradiction(&stated.text, "no number", end, record)));
            }
        }
    }
    let says = [
        ("low", amount.low.clone()),
        ("high", amount.high.clone()),
        ("qualifier", amount.qualifier.map(Value::from)),
    ];
    for (field, value) in says {
        let Some(value) = value else { continue };
        match record.given(field).filter(|given| !given.value.is_null()) {
            Some(given) if given.value == value => {}
            // "12-24" and about: the ends are near.
            Some(given)
                if value.as_text() == Some("between") && given.value.as_text() == Some("about") => {
            }
            Some(_) => {
                let value = value.to_string();
                return Some((pos, contradiction(&stated.text, &value, field, record)));
            }
            None => record.set(field, value, pos.clone()),
        }
    }
    if let (Some(words), None) = (words, record.given("said")) {
        record.set("said", words, pos);
    }
    None
}

fn contradiction(text: &str, says: &str, field: &str, record: &Record) -> String {
    let other = record.given(field).map(|given| given.value.to_string()).unwrap_or_default();
    format!(
        "{} says {says}, and {field} says {}; leave one of them out",
        quoted(text),
        quoted(&other)
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::settle_amount;
    use crate::model::{
        Beside, FIGURE, Record, Signs, SourcePos, StatedAmount, Value, read_amount,
    };

    /// A figure with fields, whose value is stated in these words.
    fn settled(text: &str, fields: &[(&str, Value)]) -> (Record, Option<String>) {
        let mut record = Record::new(&FIGURE, SourcePos::Whole);
        let amount = read_amount(text, Signs::UNKNOWN).unwrap();
        let stated = StatedAmount {
            amount,
            text: text.to_owned(),
            beside: Beside::Nothing,
            unless_counted: None,
        };
        record.state_amount("value", stated, SourcePos::Whole);
        for (name, value) in fields {
            record.set(name, value.clone(), SourcePos::Whole);
        }
        let problem = settle_amount(&mut record).map(|(_, what)| what);
        assert_eq!(settle_amount(&mut record).map(|(_, what)| what), problem, "it is settled once");
        (record, problem)
    }

    fn shown(record: &Record) -> [String; 5] {
        ["value", "low", "high", "qualifier", "said"].map(|field| {
            record.given(field).map(|given| given.value.to_string()).unwrap_or_default()
        })
    }

    #[test]
    fn words_state_the_other_fields() {
        for (text, fields) in [
            ("350", ["350", "", "", "", ""]),
            ("350+", ["350", "", "", "at_least", "350+"]),
            ("12–24", ["", "12", "24", "between", "12–24"]),
            ("dozens", ["", "", "", "dozens", "dozens"]),
            ("1,234.5", ["1234.5", "", "", "", "1,234.5"]),
        ] {
            let (record, problem) = settled(text, &[]);
            assert_eq!((shown(&record), problem), (fields.map(str::to_owned), None), "{text}");
        }
    }

    #[test]
    fn fields_that_are_given_stand() {
        let said = ("said", Value::from("au moins 350"));
        let (record, problem) = settled("350+", &[said, ("qualifier", Value::from("at_least"))]);
        assert_eq!(problem, None);
        assert_eq!(shown(&record), ["350", "", "", "at_least", "au moins 350"]);
        let (record, problem) = settled("12-24", &[("qualifier", Value::from("about"))]);
        assert_eq!(problem, None);
        assert_eq!(shown(&record), ["", "12", "24", "about", "12-24"]);
    }

    #[test]
    fn words_that_contradict_a_field_are_refused() {
        for (text, field, value, says) in [
            (
                "350+",
                "qualifier",
                Value::from("about"),
                "says at_least, and qualifier says \"about\"",
            ),
            ("12-24", "low", Value::Int(10), "says 12, and low says \"10\""),
            ("dozens", "high", Value::Int(40), "says no number, and high says \"40\""),
        ] {
            let (_, problem) = settled(text, &[(field, value)]);
            assert!(problem.unwrap().contains(says), "{text}");
        }
    }
}
