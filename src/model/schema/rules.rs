//! The rules on several fields of one record, by kind. The file holds the same rules as
//! CHECKs and triggers; here a problem also names the field and its position.

use super::assessment::{ASSESSMENT, EVIDENCE};
use super::claim::LINK;
use super::figure::{EQUATION, FIGURE};
use super::kind::Kind;
use super::location::LOCATION;
use super::profile::PROFILE;
use super::source::ORIGIN;
use crate::model::equation::Equation;
use crate::model::problem::SourcePos;
use crate::model::record::Record;
use crate::model::table_option::TableOption;
use crate::model::value::Value;
use std::fmt;

/// Takes a problem: its position and what is wrong.
type Report<'a> = &'a mut dyn FnMut(&SourcePos, String);

/// The rules of one kind.
type Rules = fn(&Record, Report<'_>);

/// The kinds that have rules of more than one field.
static RULES: [(&Kind, Rules); 7] = [
    (&FIGURE, check_figure),
    (&LOCATION, check_location),
    (&EQUATION, check_equation),
    (&PROFILE, check_profile),
    (&LINK, check_link),
    (&ORIGIN, check_origin),
    (&ASSESSMENT, check_assessment),
];

/// Reports what is wrong with the fields of a record taken together. Whether a field is given at
/// all is not asked.
pub fn check_record(record: &Record, report: Report<'_>) {
    if let Some((_, check)) = RULES.iter().find(|(kind, _)| kind.is(record.kind)) {
        check(record, report);
    }
}

/// Sets what a new record says without words: a range without a qualifier lies between its ends, and is
/// not exact.
pub fn imply(record: &mut Record) {
    let is_range = record.kind.is(&FIGURE)
        && record.given("qualifier").is_none()
        && !is_stated(record, "value")
        && is_stated(record, "low")
        && is_stated(record, "high");
    if is_range {
        let pos = position_of(record, "low");
        record.set("qualifier", Value::from("between"), pos);
    }
}

/// Returns true if a kind has rules of more than one field.
pub fn has_rules(kind: &Kind) -> bool {
    RULES.iter().any(|(other, _)| kind.is(other))
}

/// A record in a message, which is seldom written.
struct Named<'a>(&'a Record);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.name())
    }
}

fn number(record: &Record, field: &str) -> Option<f64> {
    record.given(field).and_then(|given| given.value.as_number())
}

/// The position of a field, or of the record where the field is not given.
fn position_of(record: &Record, field: &str) -> SourcePos {
    record.given(field).map_or(&record.pos, |given| &given.pos).clone()
}

fn is_stated(record: &Record, field: &str) -> bool {
    record.given(field).is_some_and(|given| !given.value.is_null())
}

/// The fields of a figure that hold its number.
const NUMBERS: [&str; 3] = ["value", "low", "high"];
/// Qualifiers that say nothing without a number.
const NEED_A_NUMBER: [&str; 8] =
    ["exact", "about", "nearly", "over", "at_least", "under", "at_most", "between"];
/// Qualifiers that say that there is no number.
const RULE_A_NUMBER_OUT: [&str; 3] = ["none", "unknown", "unquantified"];

fn check_figure(record: &Record, report: Report<'_>) {
    let name = Named(record);
    let [value, low, high] = NUMBERS.map(|field| number(record, field));
    let above = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| a > b);
    if above(low, high) {
        report(&position_of(record, "low"), format!("low of {name} is above high"));
    }
    if above(low, value) {
        report(&position_of(record, "value"), format!("value of {name} is below low"));
    }
    if above(value, high) {
        report(&position_of(record, "value"), format!("value of {name} is above high"));
    }
    let qualifier = record.text("qualifier").unwrap_or("exact");
    // A number that was given badly is another problem; one that is taken away is none.
    let is_bad = |field: &&str| record.given(field).is_some_and(|g| g.value.is_null() && g.bad);
    let none = [value, low, high] == [None; 3] && !NUMBERS.iter().any(is_bad);
    if none && NEED_A_NUMBER.contains(&qualifier) {
        let what = format!(
            "{name} has no value, low or high; an amount without a number has a qualifier such as \
             tens, none, unknown or unquantified"
        );
        report(&record.pos, what);
    }
    if RULE_A_NUMBER_OUT.contains(&qualifier) && NUMBERS.iter().any(|f| is_stated(record, f)) {
        let what = format!("{name} has a number, and {qualifier} says that there is none");
        report(&position_of(record, "qualifier"), what);
    }
    let two_ends = is_stated(record, "low") && is_stated(record, "high");
    if qualifier == "between" && !two_ends && record.given("qualifier").is_some() {
        let what = format!("{name} is between two numbers, and has not both low and high");
        report(&position_of(record, "qualifier"), what);
    }
    check_differ(record, "key", "out_of", "is out of itself", report);
}

/// The coordinates of a place and the largest degree of each.
const COORDINATES: [(&str, f64); 2] = [("lat", 90.0), ("lon", 180.0)];

fn check_location(record: &Record, report: Report<'_>) {
    let name = Named(record);
    for (field, most) in COORDINATES {
        if number(record, field).is_some_and(|degrees| degrees.abs() > most) {
            let what = format!("{field} of {name} is not between -{most} and {most}");
            report(&position_of(record, field), what);
        }
    }
    match COORDINATES.map(|(field, _)| number(record, field).is_some()) {
        [true, true] | [false, false] => {}
        _ => {
            let what = format!("{name} has one coordinate; lat and lon come together");
            report(&record.pos, what);
        }
    }
    check_differ(record, "key", "within", "lies within itself", report);
}

fn check_equation(record: &Record, report: Report<'_>) {
    if let Some(Err(why)) = record.text("expression").map(Equation::parse) {
        let what = format!("expression of {}: {why}", Named(record));
        report(&position_of(record, "expression"), what);
    }
}

fn check_profile(record: &Record, report: Report<'_>) {
    if let Some(Err(why)) = record.text("options").map(TableOption::parse_lines) {
        let what = format!("options of {}: {why}", Named(record));
        report(&position_of(record, "options"), what);
    }
}

fn check_link(record: &Record, report: Report<'_>) {
    check_differ(record, "from", "to", "links a claim to itself", report);
}

fn check_origin(record: &Record, report: Report<'_>) {
    check_differ(record, "source", "origin", "makes a source its own origin", report);
}

fn check_assessment(record: &Record, report: Report<'_>) {
    if record.text("status") == Some("unassessed") {
        let what = "unassessed means that there is no verdict; it cannot be given".to_owned();
        report(&position_of(record, "status"), what);
    }
    let is_stated = record.given("at_stated").and_then(|given| given.value.as_number());
    if is_stated == Some(1.0) && record.given("at").is_none() {
        let what = "at_stated says that its moment was stated, and at is not given".to_owned();
        report(&position_of(record, "at_stated"), what);
    }
    for part in record.parts.iter().filter(|part| part.kind.is(&EVIDENCE)) {
        let named = ["source", "claim", "figure"];
        if named.iter().filter(|name| part.text(name).is_some()).count() != 1 {
            let what = "a piece of evidence names one source, one claim or one figure";
            report(&part.pos, what.to_owned());
        }
    }
}

/// Reports a record that refers to itself.
fn check_differ(record: &Record, one: &str, other: &str, what: &str, report: Report<'_>) {
    if let (Some(a), Some(b)) = (record.text(one), record.given(other))
        && b.value.as_text() == Some(a)
    {
        report(&b.pos, format!("{} {what}", record.name()));
    }
}

#[cfg(test)]
mod tests {
    use super::{check_record, imply};
    use crate::model::{Kind, Record, SourcePos, Value, kind_of_word};

    fn problems(word: &str, fields: &[(&str, Value)]) -> Vec<String> {
        let kind: &'static Kind = kind_of_word(word).unwrap();
        let mut record = Record::new(kind, SourcePos::Whole);
        for (name, value) in fields {
            record.set(name, value.clone(), SourcePos::Whole);
        }
        let mut found = Vec::new();
        check_record(&record, &mut |_, what| found.push(what));
        found
    }

    fn figure(fields: &[(&str, Value)]) -> Vec<String> {
        problems("figure", fields)
    }

    #[test]
    fn the_numbers_of_a_figure_are_in_order() {
        let int = Value::Int;
        assert!(figure(&[("low", int(2)), ("value", int(2)), ("high", int(2))]).is_empty());
        assert!(figure(&[("low", int(3)), ("high", int(2))])[0].contains("above high"));
        assert!(figure(&[("low", int(3)), ("value", int(2))])[0].contains("below low"));
        assert!(figure(&[("value", int(3)), ("high", int(2))])[0].contains("above high"));
    }

    #[test]
    fn a_figure_has_a_number_unless_its_qualifier_needs_none() {
        let word = |word| ("qualifier", Value::from(word));
        assert!(figure(&[])[0].contains("no value, low or high"));
        assert!(figure(&[word("tens")]).is_empty());
        assert!(figure(&[word("unknown")]).is_empty());
        assert!(figure(&[word("unknown"), ("value", Value::Int(1))])[0].contains("has a number"));
        let one_end = [word("between"), ("low", Value::Int(1))];
        assert!(figure(&one_end)[0].contains("not both low and high"));
    }

    #[test]
    fn a_range_without_a_qualifier_lies_between_its_ends() {
        let implied = |fields: &[(&str, i64)]| {
            let mut record = Record::new(&crate::model::FIGURE, SourcePos::Whole);
            for (name, value) in fields {
                record.set(name, Value::Int(*value), SourcePos::Whole);
            }
            imply(&mut record);
            record.text("qualifier").map(str::to_owned)
        };
        assert_eq!(implied(&[("low", 1), ("high", 2)]).as_deref(), Some("between"));
        assert_eq!(implied(&[("low", 1), ("high", 1)]).as_deref(), Some("between"));
        assert_eq!(implied(&[("low", 1), ("high", 2), ("value", 1)]), None);
        assert_eq!(implied(&[("low", 1)]), None);
        assert_eq!(implied(&[("value", 1)]), None);
    }

    #[test]
    fn a_record_does_not_refer_to_itself() {
        let key = |name| (name, Value::from("x"));
        let value = ("value", Value::Int(1));
        assert!(figure(&[key("key"), key("out_of"), value])[0].contains("out of itself"));
        assert!(problems("location", &[key("key"), key("within")])[0].contains("within itself"));
        assert!(problems("link", &[key("from"), key("to")])[0].contains("to itself"));
        assert!(problems("origin", &[key("source"), key("origin")])[0].contains("own origin"));
        assert!(problems("origin", &[key("source"), ("origin", Value::from("y"))]).is_empty());
    }

    #[test]
    fn coordinates_come_in_pairs() {
        let degrees = |name, degrees: f64| (name, Value::Real(degrees));
        let place = |fields: &[(&str, Value)]| problems("location", fields);
        let precision = ("precision", Value::Int(1));
        assert!(place(&[degrees("lat", 90.0), degrees("lon", -180.0), precision]).is_empty());
        let beyond = [degrees("lat", 90.1), degrees("lon", 0.0), ("precision", Value::Int(1))];
        assert!(place(&beyond)[0].contains("between -90 and 90"));
        assert!(place(&[degrees("lat", 1.0)])[0].contains("one coordinate"));
        assert!(place(&[degrees("lat", 1.0), degrees("lon", 1.0)]).is_empty());
        assert!(place(&[]).is_empty());
    }
}
