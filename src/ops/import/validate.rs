//! Checks the fields of one record: what a new one needs, and what they say together.

use crate::error::Result;
use crate::model::{COLUMNS, Column, FieldValue, Kind, Record, SourcePos, check_record, has_rules};
use crate::store::{Handle, read_row};

/// Takes a problem: its position and what is wrong.
pub(super) type Report<'a> = &'a mut dyn FnMut(&SourcePos, String);

/// Reports what is wrong with a record by itself. `held` says that its row is there already, so
/// that only what changes has to be given; `in_table` that it is of a row of a table, which may
/// leave some fields unsaid.
pub(super) fn validate(
    db: &Handle,
    record: &Record,
    held: bool,
    in_table: bool,
    report: Report<'_>,
) -> Result<()> {
    if held {
        check_record(&with_row(db, record)?, report);
    } else {
        check_required(record, in_table, report);
        check_record(record, report);
    }
    Ok(())
}

/// Fills in the fields that a new record of a table may leave unsaid.
pub(in crate::ops) fn fill_in_table(record: &mut Record) {
    for (field, value) in record.kind.fields.iter().zip(&mut record.values) {
        if let (Some(text), None) = (field.in_tables, &value) {
            let (value_of, pos) = (crate::model::Value::from(text), record.pos.clone());
            *value = Some(FieldValue { value: value_of, pos, bad: false });
        }
    }
}

/// Reports the fields that a new record needs and does not have.
pub(super) fn check_required(record: &Record, in_table: bool, report: Report<'_>) {
    let kind = record.kind;
    for (field, given) in kind.fields.iter().zip(&record.values) {
        let name = field.name;
        let unsaid = in_table && field.in_tables.is_some();
        if name == "key"
            && kind.makes_keys()
            && kind.key_from.is_some_and(|f| record.text(f).is_none())
        {
            // What the key is made from is missing as well, and is reported by itself.
            continue;
        }
        if !Kind::asks_for(field) || given.is_some() || unsaid || record.filled == Some(name) {
            continue;
        }
        let pos = match &record.pos {
            SourcePos::Whole => crate::ops::context::flag_pos(name),
            pos => pos.clone(),
        };
        let what = match pos {
            SourcePos::Flag(_) => format!("a new {} needs it: {}", kind.word, field.about),
            _ => match kind.key_from.and_then(|field| record.text(field)) {
                // A name stood in place of a key.
                Some(title) if record.proposed => {
                    format!("no {} is called {title:?}; a new one needs a {name}", kind.word)
                        + &columns_of(record, name)
                }
                _ => format!("{} has no {name}", record.name()),
            },
        };
        report(&pos, what);
    }
}

/// The columns of a table that would say it.
fn columns_of(record: &Record, field: &str) -> String {
    let own = |column: &&Column| record.kind.is(column.part.kind()) && column.field == field;
    let names: Vec<&str> = COLUMNS.iter().filter(own).map(|column| column.name).collect();
    match record.pos {
        SourcePos::Cell(..) if !names.is_empty() => format!(" (column {})", names.join(" or ")),
        _ => String::new(),
    }
}

/// The record with what its row holds already: what changes has to make sense with the rest.
fn with_row(db: &Handle, record: &Record) -> Result<Record> {
    let mut whole = record.clone();
    let Some(key) = record.text("key").filter(|_| has_rules(record.kind)) else { return Ok(whole) };
    let row = read_row(db, record.kind, key)?.into_iter().flatten();
    for (held, given) in row.zip(&mut whole.values) {
        if given.is_none() && !held.is_null() {
            *given = Some(FieldValue { value: held, pos: record.pos.clone(), bad: false });
        }
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::validate;
    use crate::model::{Record, SourcePos, Value, kind_of_word};
    use crate::store::{RowWriter, Writer, in_memory};

    const NOW: &str = "2021-01-01T00:00:00Z";

    fn record(word: &str, fields: &[(&str, Value)]) -> Record {
        let mut record = Record::new(kind_of_word(word).unwrap(), SourcePos::Line(1, 1));
        for (name, value) in fields {
            record.set(name, value.clone(), SourcePos::Line(1, 2));
        }
        record
    }

    fn problems(writer: &Writer, record: &Record, held: bool, in_table: bool) -> Vec<String> {
        let mut found = Vec::new();
        validate(writer, record, held, in_table, &mut |_, what| found.push(what)).unwrap();
        found
    }

    #[test]
    fn a_new_record_has_what_its_kind_needs() {
        let archive = in_memory(NOW).unwrap();
        let claim = record("claim", &[("key", "c".into()), ("text", "t".into())]);
        assert_eq!(problems(&archive, &claim, false, false), ["claim c has no kind"]);
        assert!(problems(&archive, &claim, false, true).is_empty(), "a table may leave it unsaid");
        assert!(problems(&archive, &claim, true, false).is_empty(), "only what changes is given");
        let mut bare = record("claim", &[("text", "t".into())]);
        assert!(problems(&archive, &bare, false, true)[0].contains("has no key"));
        bare.filled = Some("key");
        assert!(problems(&archive, &bare, false, true).is_empty());
    }

    #[test]
    fn what_changes_makes_sense_with_the_rest_of_its_row() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = RowWriter::new(&archive, NOW);
        for record in [
            record("claim", &[("key", "c".into()), ("text", "t".into()), ("kind", "event".into())]),
            record(
                "measure",
                &[
                    ("key", "m".into()),
                    ("title", "m".into()),
                    ("dimension", "people".into()),
                    ("growth", "level".into()),
                ],
            ),
            record(
                "figure",
                &[
                    ("key", "f".into()),
                    ("claim", "c".into()),
                    ("measure", "m".into()),
                    ("high", Value::Int(5)),
                ],
            ),
        ] {
            rows.write(&record).unwrap();
        }
        let change = record("figure", &[("key", "f".into()), ("low", Value::Int(6))]);
        assert_eq!(problems(&archive, &change, true, false), ["low of figure f is above high"]);
        let change = record("figure", &[("key", "f".into()), ("low", Value::Int(5))]);
        assert!(problems(&archive, &change, true, false).is_empty());
    }
}
