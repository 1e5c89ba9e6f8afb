//! Measures, figures as stated, and equations between them.

use super::kind::{EXAMPLE_MARK, Field, Kind, Type};
use crate::model::amount::{AmountFault, Grouping, Signs, read_number};
use crate::model::spelling::quoted;
use crate::model::value::Value;

/// A measure: a quantity that figures count.
pub static MEASURE: Kind = Kind {
    word: "measure",
    table: "measures",
    about: "A quantity that figures count",
    fields: &[
        Field::plain("key", Type::Key, "Readable name, unique among measures").required(),
        Field::plain("title", Type::Text, "What is counted, in a few words").required(),
        Field::plain(
            "dimension",
            Type::Code("dimensions"),
            "people, money, share, duration, districts, objects, …",
        )
        .required(),
        Field::plain("scope", Type::Text, "Where, when and of whom"),
        Field::plain("unit", Type::Text, "The unit of its figures; an ISO 4217 code for money"),
        Field::plain(
            "growth",
            Type::Code("growths"),
            "How its number changes: level up and down, cumulative only up, constant never; per_event and \
             per_period count one event or one period",
        )
        .required(),
        Field::plain("starts", Type::Date, "When a cumulative count begins (EDTF)"),
        Field::new(
            "counted_by",
            "counted_by_id",
            Type::Ref("sources"),
            "The body whose count it is, if it is the count of one",
        ),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["key"],
    authored: true,
    key_from: Some("title"),
    told_apart_by: &["dimension", "unit", "scope", "growth", "starts"],
    revised: true,
    bulk: true,
    template: &[
        ("measure", EXAMPLE_MARK),
        ("measure_title", "People displaced in Exampleton"),
        ("dimension", "people"),
        ("scope", "Exampleton, since the flood"),
        ("measure_unit", "persons"),
        ("growth", "level"),
        ("starts", "2024-03-04"),
        ("counted_by", "Exampleton District Council"),
    ],
    ..Kind::BASE
};

/// A number inside a claim, as stated.
pub static FIGURE: Kind = Kind {
    word: "figure",
    table: "figures",
    about: "A number inside a claim, as stated",
    fields: &[
        Field::plain(
            "key",
            Type::Key,
            "Readable name, unique among figures; CLAIM-MEASURE unless given",
        )
        .required()
        .filled_in(),
        Field::new("claim", "claim_id", Type::Ref("claims"), "The claim that holds it")
            .required()
            .fixed(),
        Field::new("measure", "measure_id", Type::Ref("measures"), "What it counts").required(),
        Field::plain(
            "value",
            Type::Number,
            "The number as stated: 350, 1/3, 25 %, 12-24, 350+, nearly 2.7 million",
        ),
        Field::plain("low", Type::Number, "The lower end as stated"),
        Field::plain("high", Type::Number, "The upper end as stated"),
        Field::plain(
            "qualifier",
            Type::Code("qualifiers"),
            "exact (unless said), about, nearly, over, at_least, under, at_most, between, tens, …",
        )
        .or("exact"),
        Field::plain("unit", Type::Text, "The unit, where it is not the measure's own"),
        Field::new("out_of", "out_of_id", Type::Ref("figures"), "The figure of which it is a part"),
        Field::plain("as_of", Type::Date, "The day or period it is given for (EDTF)"),
        Field::plain("said", Type::Text, "The number's own words, in the source's language"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["key"],
    authored: true,
    key_parts: &["claim", "measure"],
    amount: "value",
    revised: true,
    searched_in: Some(("claim_id", "said")),
    judged: &[
        "claim_id",
        "measure_id",
        "value",
        "low",
        "high",
        "qualifier",
        "unit",
        "out_of_id",
        "as_of",
    ],
    bulk: true,
    template: &[
        ("figure", EXAMPLE_MARK),
        ("claim", "homes-left"),
        ("measure", "People displaced in Exampleton"),
        ("value", "at least 140"),
        ("as_of", "2024-03-05"),
        ("said", "some seven score people"),
        ("figure_note", "The count of Exampleton goes on"),
    ],
    ..Kind::BASE
};

/// An equation that figures must satisfy.
pub static EQUATION: Kind = Kind {
    word: "equation",
    table: "equations",
    about: "An equation that figures ought to satisfy",
    fields: &[
        Field::plain("key", Type::Key, "Readable name, unique among equations").required(),
        Field::plain(
            "expression",
            Type::Text,
            "Figure keys, numbers, + - * / ( ) and one of = ~ < > <= >=",
        )
        .required(),
        Field::plain("title", Type::Text, "What it says, in a few words"),
        Field::plain("note", Type::Text, "Your note"),
    ],
    identity: &["key"],
    authored: true,
    revised: true,
    ..Kind::BASE
};

/// Parses a number in the notation of documents: `350`, `-1.5`, `1e6`, or a fraction `1/3`. A point
/// begins the decimals, and digits are not grouped.
///
/// # Errors
/// Fails when the text is not a number, has more digits than the file keeps, or divides by zero;
/// the message completes a sentence that begins with the name of the field.
pub fn parse_number(text: &str) -> Result<Value, String> {
    let signs = Signs { decimal: Some('.'), grouping: Some(Grouping::Never) };
    let shown = quoted(text);
    read_number(text, signs).map_err(|fault| match fault {
        AmountFault::TooManyDigits => AmountFault::describe_too_many_digits(&shown),
        AmountFault::DividesByZero => format!("{shown} divides by zero"),
        _ => format!(
            "{shown} is not a number; write 1250, 0.5 or 1/3, without spaces, commas or units"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{Value, parse_number};

    #[test]
    fn numbers() {
        assert_eq!(parse_number("350"), Ok(Value::Int(350)));
        assert_eq!(parse_number("815.7e9"), Ok(Value::Int(815_700_000_000)));
        assert_eq!(parse_number("1.234"), Ok(Value::Real(1.234)));
        assert_eq!(parse_number("1/3"), Ok(Value::Real(1.0 / 3.0)));
        for bad in [
            "",
            "1,000",
            "1 000",
            "1/0",
            "NaN",
            "inf",
            "1e999",
            "0x10",
            "1/2/3",
            "about 5",
            "99999999999999999999",
        ] {
            assert!(parse_number(bad).is_err(), "{bad}");
        }
    }
}
