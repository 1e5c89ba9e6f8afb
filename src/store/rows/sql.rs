//! Builds statements from a [`Kind`], binds values to them, and compares values with stored ones.

use crate::model::{Field, Kind, Value};
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

/// The purpose of a prepared statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum StatementKind {
    /// Finds the id of a key.
    Key,
    /// Finds a row by its identity.
    Find,
    /// Adds a row.
    Add,
    /// Adds a row with the forms by which it is recognised.
    AddKnown,
    /// Inserts this number of buffered rows.
    AddMany(usize),
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Real(number) => ValueRef::Real(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Converts a value read from SQLite.
///
/// # Errors
/// Fails if it is a text that is not UTF-8: no byte of it is replaced.
pub(in crate::store) fn value(value: ValueRef<'_>) -> rusqlite::Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(std::str::from_utf8(text)?.to_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

/// Quotes a name for SQL.
pub(in crate::store) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The statement that finds a row by the fields in `tested`, a bitset by position.
pub(super) fn find_sql(kind: &Kind, tested: u64) -> String {
    let mut tests: Vec<String> = Vec::new();
    for name in kind.identity {
        let Some(position) = kind.position(name).filter(|n| tested & (1 << n) != 0) else {
            continue;
        };
        // The first column is the most selective: + on the others keeps SQLite from reading all
        // rows of a source or an assessor instead of the few of a claim.
        let (plus, equals) = if tests.is_empty() { ("", "=") } else { ("+", "IS") };
        let column = kind.fields[position].column;
        tests.push(format!("{plus}{column} {equals} ?{}", tests.len() + 1));
    }
    if tests.is_empty() {
        tests.push("1".to_owned());
    }
    let list: Vec<&str> = kind.fields.iter().map(|field| field.column).collect();
    let (list, tests) = (list.join(", "), tests.join(" AND "));
    format!("SELECT id, {list} FROM {} WHERE {tests} ORDER BY id LIMIT 2", kind.table)
}

/// The statement that inserts a row with the fields in `named`, a bitset by position, and columns that are computed.
pub(super) fn insert_sql(kind: &'static Kind, named: u64, computed: &[&'static str]) -> String {
    let stated = fields(kind, named).map(|(_, field)| field.column);
    let names: Vec<&str> = stated.chain(computed.iter().copied()).collect();
    if names.is_empty() {
        // The file says what is missing.
        return format!("INSERT INTO {} DEFAULT VALUES", kind.table);
    }
    let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", kind.table, names.join(", "), marks.join(", "))
}

/// The statement that inserts `rows` rows. OR FAIL, and rows without an explicit id, spare SQLite
/// the statement journal, which is not needed because an error ends the load.
pub(super) fn insert_many_sql(kind: &'static Kind, named: u64, rows: usize) -> String {
    let names: Vec<&str> = fields(kind, named).map(|(_, field)| field.column).collect();
    let row = format!("({})", vec!["?"; names.len()].join(", "));
    let all = vec![row; rows].join(", ");
    format!("INSERT OR FAIL INTO {} ({}) VALUES {all}", kind.table, names.join(", "))
}

/// Returns the values of a row for the fields in `named`: the stated value, else the default.
pub(super) fn bound_values<'a>(
    kind: &'static Kind,
    named: u64,
    row: &'a [Option<Value>],
) -> impl Iterator<Item = Parameter<'a>> {
    fields(kind, named).map(|(n, field)| match &row[n] {
        Some(value) if !value.is_null() => Parameter::Value(value),
        _ => field.default.map_or(Parameter::Value(&Value::Null), Parameter::Default),
    })
}

/// A value to bind to a statement.
pub(super) enum Parameter<'a> {
    Value(&'a Value),
    Default(&'static str),
}

impl ToSql for Parameter<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Parameter::Value(value) => value.to_sql(),
            Parameter::Default(text) => text.to_sql(),
        }
    }
}

/// The fields in `named`, a bitset by position, each with its position.
fn fields(kind: &'static Kind, named: u64) -> impl Iterator<Item = (usize, &'static Field)> {
    kind.fields.iter().enumerate().filter(move |(n, _)| named & (1 << n) != 0)
}

/// Returns true if two values are equal; 5.0 and 5 are the same number.
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

/// The columns whose value is not NULL, as a bitset by position.
pub(in crate::store) fn named(columns: &[Option<Value>]) -> u64 {
    let holds = |column: &Option<Value>| column.as_ref().is_some_and(|value| !value.is_null());
    let bits = columns.iter().enumerate().filter(|(_, column)| holds(column));
    bits.map(|(position, _)| 1 << position).sum()
}
