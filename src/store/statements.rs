//! Statements that follow from a [`Kind`], values on their way into them, and when a value is what
//! a row holds already.

use crate::model::{Kind, Value};
use rusqlite::{ToSql, types::ToSqlOutput};

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => rusqlite::types::ValueRef::Null,
            Value::Int(number) => rusqlite::types::ValueRef::Integer(*number),
            Value::Real(number) => rusqlite::types::ValueRef::Real(*number),
            Value::Text(text) => rusqlite::types::ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => rusqlite::types::ValueRef::Blob(bytes),
        }))
    }
}

/// The statement that finds a row by the fields in `tested`, which are bits by position.
pub(super) fn find_sql(kind: &Kind, tested: u64) -> String {
    let mut tests: Vec<String> = Vec::new();
    for name in kind.identity {
        let Some(position) = kind.position(name).filter(|n| tested & (1 << n) != 0) else {
            continue;
        };
        // The first says most: + keeps SQLite from reading all rows of a source or an assessor
        // where those of a claim are few.
        let (plus, equals) = if tests.is_empty() { ("", "=") } else { ("+", "IS") };
        let column = kind.fields[position].column;
        tests.push(format!("{plus}{column} {equals} ?{}", tests.len() + 1));
    }
    if tests.is_empty() {
        tests.push("1".to_owned());
    }
    let list: Vec<&str> = kind.fields.iter().map(|field| field.column).collect();
    let (list, tests) = (list.join(", "), tests.join(" AND "));
    format!("SELECT id, {list} FROM {} WHERE {tests} ORDER BY id LIMIT 1", kind.table)
}

/// The statement that adds a row with the fields in `named`, which are bits by position.
pub(super) fn insert_sql(kind: &Kind, named: u64) -> String {
    let fields = kind.fields.iter().enumerate().filter(|(n, _)| named & (1 << n) != 0);
    let names: Vec<&str> = fields.map(|(_, field)| field.column).collect();
    let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", kind.table, names.join(", "), marks.join(", "))
}

/// Whether a given value is what the file holds: 5.0 and 5 are the same number.
pub(super) fn same(given: &Value, held: &Value) -> bool {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "checked both ways"
    )]
    let equal = |whole: i64, real: f64| whole as f64 == real && real as i64 == whole;
    match (given, held) {
        (Value::Int(whole), Value::Real(real)) | (Value::Real(real), Value::Int(whole)) => {
            equal(*whole, *real)
        }
        (given, held) => given == held,
    }
}
