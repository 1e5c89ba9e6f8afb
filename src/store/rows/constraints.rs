//! A conservative pre-check of CHECK constraints, so that a bulk load need not evaluate them row by
//! row.
//!
//! `true` means that the row is known to satisfy them; `false` means that SQLite decides.

use crate::model::{Field, Kind, Type, Value, check_key, timestamp};

/// The tables that the pre-check covers. The CHECKs over several columns of a figure are run once
/// over all new figures, in `bulk_verify.sql`.
pub(super) const TABLES: [&str; 5] =
    ["claims", "claim_locations", "mentions", "figures", "assessments"];

/// The largest magnitude of a number that is known to satisfy the CHECK for finite numbers.
const MAX_MAGNITUDE: f64 = 1.7e308;

/// The maximum length of a text in bytes. The CHECKs count characters, of which a text never has
/// more than bytes.
const MAX_TEXT_BYTES: usize = 1_000_000;

/// Returns true if a row is known to satisfy the CHECKs; a column without a value passes unless it
/// is required.
pub(super) fn satisfies_checks(kind: &Kind, columns: &[Option<Value>]) -> bool {
    let pairs = kind.fields.iter().zip(columns);
    pairs.into_iter().all(|(field, value)| match value {
        None | Some(Value::Null) => !field.required,
        Some(value) => value_satisfies_checks(field, value),
    })
}

fn value_satisfies_checks(field: &Field, value: &Value) -> bool {
    match (field.ty, value) {
        (Type::Key, Value::Text(key)) => key.len() <= MAX_TEXT_BYTES && check_key(key).is_ok(),
        (Type::Text | Type::Code(_), Value::Text(text)) => {
            !text.trim_matches(' ').is_empty()
                && text.len() <= MAX_TEXT_BYTES
                && !text.contains('\0')
        }
        // Dates are rows of a table of their own, whose CHECKs stay on.
        (Type::Date, Value::Text(_)) => true,
        (Type::Time, Value::Text(time)) => timestamp(time).as_deref() == Ok(time.as_str()),
        (Type::Number, Value::Int(_)) => true,
        (Type::Number, Value::Real(number)) => number.abs() <= MAX_MAGNITUDE,
        (Type::Ref(_) | Type::CodeNumber(_), Value::Int(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{TABLES, value_satisfies_checks};
    use crate::model::{Kind, Value, kind_of_table};
    use crate::store::{Writer, in_memory};

    const DAY: &str = "2021-06-29T09:00:00Z";
    /// A row that satisfies the CHECKs, by table.
    const ROWS: [(&str, &[(&str, &str)]); 5] = [
        ("claims", &[("key", "k"), ("text", "t"), ("kind", "event"), ("status", "unassessed")]),
        ("claim_locations", &[("claim_id", "1"), ("location_id", "1"), ("relation", "at")]),
        ("mentions", &[("claim_id", "1"), ("source_id", "1"), ("stance", "asserts")]),
        ("figures", &[("key", "f"), ("claim_id", "1"), ("measure_id", "1"), ("qualifier", "tens")]),
        (
            "assessments",
            &[
                ("claim_id", "1"),
                ("status", "s"),
                ("assessor_id", "1"),
                ("at", DAY),
                ("because", "b"),
            ],
        ),
    ];

    fn values() -> Vec<Value> {
        let texts = [
            "",
            " ",
            "a",
            "9-a",
            "A",
            "-a",
            "a-",
            "a--b",
            "a_b",
            "é",
            "a\0b",
            "\0",
            "\t",
            "\u{a0}",
            "1",
            DAY,
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "2021-02-30T09:00:00Z",
            "2021-06-29T24:00:00Z",
            "2021-06-29T09:00:60Z",
            "2021-06-29 09:00:00Z",
            "2021-06-29T09:00:00z",
            "2021-06-29T09:00:00+00:00",
            "2021-6-29T09:00:00Z",
            "2021-06-29T09:00:00Z ",
        ];
        let numbers =
            [1.5, 1.7e308, -1.7e308, 1.75e308, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        texts
            .map(Value::from)
            .into_iter()
            .chain(numbers.map(Value::Real))
            .chain([0, -1, i64::MAX, i64::MIN].map(Value::Int))
            .chain([Value::Bytes(b"a".to_vec())])
            .collect()
    }

    /// Returns the verdict of the CHECKs on a row with this value in a column; the row is rolled
    /// back.
    fn passes_checks(writer: &Writer, table: &str, column: &str, value: &Value) -> bool {
        let (_, row) = ROWS.iter().find(|(name, _)| *name == table).unwrap();
        let mut columns: Vec<(&str, Value)> = row
            .iter()
            .filter(|(name, _)| *name != column)
            .map(|(name, text)| (*name, Value::from(*text)))
            .collect();
        columns.push((column, value.clone()));
        let (names, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", "));
        writer.savepoint().unwrap();
        let done = writer.conn.execute(&sql, rusqlite::params_from_iter(values));
        writer.roll_back().unwrap();
        match done {
            Ok(_) => true,
            Err(error) if error.to_string().contains("CHECK") => false,
            // SQLite stores NaN as NULL.
            Err(error) if error.to_string().contains("NOT NULL") => false,
            Err(error) => panic!("{sql} with {value:?}: {error}"),
        }
    }

    #[test]
    fn what_fits_passes_every_check() {
        let writer = in_memory(DAY).unwrap();
        writer.rely_on_guards().unwrap();
        let _lifted = writer.suspend_triggers().unwrap();
        let (mut fitting, mut refused) = (0, 0);
        for table in TABLES {
            let kind: &Kind = kind_of_table(table).unwrap();
            for field in kind.fields {
                for value in values() {
                    let (value_satisfies_checks, passes_checks) = (
                        value_satisfies_checks(field, &value),
                        passes_checks(&writer, table, field.column, &value),
                    );
                    assert!(
                        passes_checks || !value_satisfies_checks,
                        "{table}.{} refuses {value:?}, which fits",
                        field.column
                    );
                    fitting += usize::from(value_satisfies_checks);
                    refused += usize::from(!passes_checks);
                }
            }
        }
        assert!(fitting > 300 && refused > 300, "{fitting} {refused}");
    }

    #[test]
    fn what_rows_usually_hold_is_known_to_satisfy_the_checks() {
        for (table, column, value) in [
            ("claims", "key", "a-2".into()),
            ("claims", "text", "A bridge fell.".into()),
            ("claims", "kind", "event".into()),
            ("claims", "happened", "2021-06".into()),
            ("claims", "date_precision", Value::Int(2)),
            ("mentions", "source_id", Value::Int(7)),
            ("figures", "value", Value::Int(5)),
            ("figures", "value", Value::Real(5.5)),
            ("assessments", "at", DAY.into()),
        ] {
            let kind = kind_of_table(table).unwrap();
            let field = kind.fields.iter().find(|field| field.column == column).unwrap();
            assert!(value_satisfies_checks(field, &value), "{table}.{column} {value:?}");
        }
    }
}
