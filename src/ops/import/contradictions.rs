//! Finds records that go in together and contradict each other: of one kind and identity, and with a
//! field that both state otherwise.

use super::resolve_keys::advise_own_keys;
use super::unit_state::UnitProblem;
use crate::model::{Record, Type, Value};
use std::collections::HashMap;

/// The problems of records that contradict an earlier one of those that go in together. Each comes
/// with the position of its input.
pub(super) fn find_contradictions(records: &[(usize, &Record)]) -> Vec<UnitProblem> {
    let mut problems = Vec::new();
    let twins = |(n, (_, one)): (usize, &(usize, &Record))| {
        records[..n].iter().any(|(_, other)| other.kind.is(one.kind))
    };
    // Most rows of a table hold one record of a kind.
    if records.len() <= FEW_RECORDS && !records.iter().enumerate().any(twins) {
        return problems;
    }
    let mut earlier: HashMap<(&str, Vec<String>), Vec<&Record>> = HashMap::new();
    for (input, record) in records {
        let Some(identity) = identity_of(record) else { continue };
        let same = earlier.entry((record.kind.table, identity)).or_default();
        let differing = same.iter().find_map(|other| first_difference(other, record));
        if let Some((field, held)) = differing {
            problems.push(contradiction(*input, record, field, held));
        }
        same.push(record);
    }
    problems
}

/// Records up to which they are compared pair by pair.
const FEW_RECORDS: usize = 16;

/// The values that tell a record from others of its kind; `None` where nothing does.
fn identity_of(record: &Record) -> Option<Vec<String>> {
    let kind = record.kind;
    let value = |name: &&str| {
        let given = record.given(name).map(|given| given.value.to_string());
        let default = || kind.position(name).and_then(|n| kind.fields[n].default);
        given.unwrap_or_else(|| default().unwrap_or_default().to_owned())
    };
    (!kind.identity.is_empty()).then(|| kind.identity.iter().map(value).collect())
}

/// The first field that two records state otherwise, and what the first of them says.
fn first_difference<'a>(one: &'a Record, other: &Record) -> Option<(&'static str, &'a Value)> {
    let stated = |value: &Value| !value.is_null();
    let pairs = one.values.iter().zip(&other.values).zip(one.kind.fields);
    pairs.into_iter().find_map(|((a, b), field)| {
        let (a, b) = (&a.as_ref()?.value, &b.as_ref()?.value);
        (stated(a) && stated(b) && !a.is_equal(b)).then_some((field.name, a))
    })
}

/// The problem of a record that says otherwise than a row of the same import, or that would tie a
/// row to another one.
pub(super) fn contradiction(
    input: usize,
    record: &Record,
    field: &str,
    held: &Value,
) -> UnitProblem {
    let given = record.given(field);
    let pos = given.map_or(&record.pos, |given| &given.pos).clone();
    let said = given.map(|given| given.value.to_string()).unwrap_or_default();
    let name = record.name();
    let what = match record.kind.position(field).map(|n| record.kind.fields[n].ty) {
        Some(Type::Ref(_)) => {
            format!("{field} of {name} is another already; {said:?} contradicts it")
        }
        _ => format!(
            "another row of this input, or the archive, has {:?} as {field} of {name}; this one \
             says {said:?}{}",
            held.to_string(),
            advise_own_keys(record)
        ),
    };
    UnitProblem { input, pos, what }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::find_contradictions;
    use crate::model::{Record, SourcePos, Value, kind_of_word};

    fn record(word: &str, fields: &[(&str, &str)]) -> Record {
        let mut record = Record::new(kind_of_word(word).unwrap(), SourcePos::Line(1, 1));
        for (name, value) in fields {
            record.set(name, Value::from(*value), SourcePos::Line(1, 2));
        }
        record
    }

    fn contradict(one: &Record, other: &Record) -> bool {
        !find_contradictions(&[(0, one), (1, other)]).is_empty()
    }

    #[test]
    fn records_of_one_key_agree_in_what_both_state() {
        let source = |outlet| record("source", &[("key", "s"), ("outlet", outlet)]);
        assert!(contradict(&source("A"), &source("B")));
        assert!(!contradict(&source("A"), &source("A")));
        assert!(!contradict(&source("A"), &record("source", &[("key", "s")])));
        assert!(!contradict(&source("A"), &record("source", &[("key", "t"), ("outlet", "B")])));
        assert!(!contradict(&source("A"), &record("claim", &[("key", "s"), ("text", "B")])));
    }

    #[test]
    fn records_without_a_key_are_told_by_their_identity() {
        let mention = |locator, quote| {
            let fields = [("claim", "c"), ("source", "s"), ("locator", locator), ("quote", quote)];
            record("mention", &fields)
        };
        assert!(contradict(&mention("p. 1", "one"), &mention("p. 1", "three")));
        assert!(!contradict(&mention("p. 1", "one"), &mention("p. 2", "three")));
        let stated = record(
            "mention",
            &[
                ("claim", "c"),
                ("source", "s"),
                ("locator", "p. 1"),
                ("stance", "asserts"),
                ("quote", "x"),
            ],
        );
        assert!(contradict(&mention("p. 1", "one"), &stated), "a default is part of it");
    }

    #[test]
    fn two_figures_of_one_made_key_are_told_what_to_do() {
        let what = |key: &str| {
            let figure = |said| {
                let fields = [("key", key), ("claim", "c"), ("measure", "m"), ("said", said)];
                record("figure", &fields)
            };
            let problems = find_contradictions(&[(0, &figure("one")), (1, &figure("two"))]);
            problems.into_iter().next().unwrap().what
        };
        let advice = "give each a key of its own: in the column `figure` of a table";
        assert!(what("c-m").contains(advice), "{}", what("c-m"));
        assert!(!what("own").contains(advice), "{}", what("own"));
    }

    #[test]
    fn one_number_may_be_written_in_two_ways() {
        let figure = |value: Value| {
            let mut figure = record("figure", &[("key", "f")]);
            figure.set("value", value, SourcePos::Whole);
            figure
        };
        assert!(!contradict(&figure(Value::Int(5)), &figure(Value::Real(5.0))));
        assert!(contradict(&figure(Value::Int(5)), &figure(Value::Real(5.5))));
    }
}
