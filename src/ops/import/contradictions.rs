//! Finds records that go in together and contradict each other: of one kind and identity, and with a
//! field that both state otherwise.

use super::resolve_keys::advise_own_keys;
use super::unit_state::UnitProblem;
use crate::model::{Record, Type, Value};
use std::borrow::Cow;
use std::collections::HashMap;

/// The problems of records that contradict an earlier one of those that go in together. Each comes
/// with the position of its input.
pub(super) fn find_contradictions(records: &[(usize, &Record)]) -> Vec<UnitProblem> {
    let mut problems = Vec::new();
    // Nearly always few go in together, and most of a kind are told apart by their first field.
    if records.len() <= FEW_RECORDS {
        for (n, (input, record)) in records.iter().enumerate() {
            let same = records[..n].iter().map(|(_, other)| *other);
            let same = same.filter(|other| other.kind.is(record.kind) && are_same(other, record));
            note_difference(same, *input, record, &mut problems);
        }
        return problems;
    }
    let mut earlier: HashMap<(&str, Vec<Cow<'_, str>>), Vec<&Record>> = HashMap::new();
    for (input, record) in records {
        if record.kind.identity.is_empty() {
            continue;
        }
        let identity = record.kind.identity.iter().map(|name| stated(record, name)).collect();
        let same = earlier.entry((record.kind.table, identity)).or_default();
        note_difference(same.iter().copied(), *input, record, &mut problems);
        same.push(record);
    }
    problems
}

/// Records up to which they are compared pair by pair.
const FEW_RECORDS: usize = 16;

/// Adds the problem of a record that contradicts one of the `earlier` records of its identity.
fn note_difference<'a>(
    mut earlier: impl Iterator<Item = &'a Record>,
    input: usize,
    record: &Record,
    problems: &mut Vec<UnitProblem>,
) {
    if let Some((field, held)) = earlier.find_map(|other| first_difference(other, record)) {
        problems.push(contradiction(input, record, field, held));
    }
}

/// Returns true if two records of a kind have the values that tell one from another.
fn are_same(one: &Record, other: &Record) -> bool {
    let identity = one.kind.identity;
    !identity.is_empty() && identity.iter().all(|name| stated(one, name) == stated(other, name))
}

/// The value that a record states in a field, or the default.
fn stated<'a>(record: &'a Record, name: &str) -> Cow<'a, str> {
    match record.given(name).map(|given| &given.value) {
        Some(Value::Text(text)) => Cow::Borrowed(text),
        Some(value) => Cow::Owned(value.to_string()),
        None => {
            let default = record.kind.position(name).and_then(|n| record.kind.fields[n].default);
            Cow::Borrowed(default.unwrap_or_default())
        }
    }
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
    use super::{FEW_RECORDS, find_contradictions};
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
    fn many_records_are_compared_as_few_are() {
        for beside in [0, FEW_RECORDS - 2, FEW_RECORDS - 1, 3 * FEW_RECORDS] {
            let others: Vec<Record> =
                (0..beside).map(|n| record("source", &[("key", &format!("s{n}"))])).collect();
            let mention =
                |quote| record("mention", &[("claim", "c"), ("source", "s"), ("quote", quote)]);
            let (one, two, three) = (
                mention("one"),
                mention("two"),
                record("mention", &[("claim", "c"), ("source", "s")]),
            );
            let mut all: Vec<(usize, &Record)> = vec![(0, &one), (1, &three)];
            all.extend(others.iter().map(|other| (2, other)));
            assert!(find_contradictions(&all).is_empty(), "{beside}");
            all.push((3, &two));
            let problems = find_contradictions(&all);
            assert_eq!(
                problems.iter().map(|problem| problem.input).collect::<Vec<_>>(),
                [3],
                "{beside}"
            );
        }
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
