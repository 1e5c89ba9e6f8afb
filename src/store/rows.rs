//! Writes records as rows: adds what is new, changes what differs, leaves the rest.
//!
//! The statements are put together from the [`Kind`], so that a field added there is written here
//! without another list of columns; SQLite keeps them prepared.

use super::fault::words;
use super::open::Writer;
use super::read::{name_column, value};
use crate::error::{Error, Result};
use crate::model::{Field, Kind, Record, Type, Value};
use rusqlite::{OptionalExtension, ToSql, types::ToSqlOutput};
use std::collections::HashMap;

/// What writing a record did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A row was added.
    New,
    /// A row was changed.
    Updated,
    /// The row was there already, just so.
    Unchanged,
}

/// A row that is there already.
#[derive(Debug)]
struct Existing {
    id: i64,
    /// Its columns, in the order of the kind's fields.
    columns: Vec<Value>,
}

/// Writes records into an open transaction.
#[derive(Debug)]
pub struct RowWriter<'a> {
    writer: &'a Writer,
    /// The moment that stands in for one that was not given (UTC).
    now: &'a str,
    /// Rows of tables without identity, counted: how many there were, how many the input had.
    counted: HashMap<String, (i64, i64)>,
}

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

impl<'a> RowWriter<'a> {
    /// Writes into the transaction of `writer`; `now` stands in for moments that were not given.
    pub fn new(writer: &'a Writer, now: &'a str) -> Self {
        RowWriter { writer, now, counted: HashMap::new() }
    }

    /// Writes one record, whose references exist.
    ///
    /// # Errors
    /// When the file refuses the row; the message is the guard's.
    pub fn write(&mut self, record: &Record) -> Result<Change> {
        let kind = record.kind;
        let columns = self.columns(record)?;
        if kind.identity.is_empty() && kind.append_only {
            return self.write_counted(kind, &columns);
        }
        let change = match self.find(kind, record, &columns)? {
            Some(existing) => self.update(kind, &existing, &columns)?,
            None => {
                self.insert(kind, columns)?;
                Change::New
            }
        };
        Ok(change)
    }

    /// Writes the parts of a record that was just written: evidence, which has no key of its own
    /// and goes with its verdict. Gives how many were new.
    ///
    /// # Errors
    /// When the file refuses a row.
    pub fn write_parts(&mut self, record: &Record) -> Result<usize> {
        if record.parts.is_empty() {
            return Ok(0);
        }
        let columns = self.columns(record)?;
        let Some(whole) = self.find(record.kind, record, &columns)? else { return Ok(0) };
        let mut new = 0;
        for part in &record.parts {
            new += usize::from(self.write_part(whole.id, part)?);
        }
        Ok(new)
    }

    /// What was given, as columns: references as ids. `None` where nothing was given.
    fn columns(&self, record: &Record) -> Result<Vec<Option<Value>>> {
        let column = |(field, given): (&Field, &Option<crate::model::Given>)| {
            let Some(given) = given.as_ref().filter(|_| !field.derived) else { return Ok(None) };
            match (field.ty, &given.value) {
                (Type::Ref(table), Value::Text(key)) => self.id_of(table, key).map(Some),
                (_, value) => Ok(Some(value.clone())),
            }
        };
        record.kind.fields.iter().zip(&record.values).map(column).collect()
    }

    fn id_of(&self, table: &str, key: &str) -> Result<Value> {
        let sql = format!("SELECT id FROM {table} WHERE {} = ?1", name_column(table));
        let fail = |error: rusqlite::Error| self.writer.fault("look a key up", &error);
        let mut statement = self.writer.conn.prepare_cached(&sql).map_err(fail)?;
        let id = statement.query_row([key], |row| row.get("id")).optional().map_err(fail)?;
        id.map(Value::Int).ok_or_else(|| Error::NotFound {
            what: format!("row of {table}"),
            name: key.to_owned(),
            near: String::new(),
            hint: String::new(),
        })
    }

    /// The row that this record is about. A moment that was not given is not part of what tells
    /// verdicts apart, so that the same document read twice gives one verdict.
    fn find(
        &self,
        kind: &Kind,
        record: &Record,
        columns: &[Option<Value>],
    ) -> Result<Option<Existing>> {
        let mut tests = Vec::new();
        let mut params: Vec<Value> = Vec::new();
        for name in kind.identity {
            let Some(position) = kind.position(name) else { continue };
            let field = &kind.fields[position];
            let value = match &columns[position] {
                Some(value) => value.clone(),
                None if field.ty == Type::Time => continue,
                None => field.default.map_or(Value::Null, Value::from),
            };
            params.push(value);
            // The first says most: + keeps SQLite from reading all rows of a source or an
            // assessor where those of a claim are few.
            let (plus, equals) = if tests.is_empty() { ("", "=") } else { ("+", "IS") };
            tests.push(format!("{plus}{} {equals} ?{}", field.column, params.len()));
        }
        if tests.is_empty() {
            tests.push("1".to_owned());
        }
        let list: Vec<&str> = kind.fields.iter().map(|field| field.column).collect();
        let sql = format!(
            "SELECT id, {} FROM {} WHERE {} ORDER BY id LIMIT 1",
            list.join(", "),
            kind.table,
            tests.join(" AND ")
        );
        let fail = |error: rusqlite::Error| {
            self.writer.fault(&format!("look up {}", record.name()), &error)
        };
        let mut statement = self.writer.conn.prepare_cached(&sql).map_err(fail)?;
        let found = statement.query_row(rusqlite::params_from_iter(params), |row| {
            let columns: rusqlite::Result<Vec<Value>> =
                list.iter().map(|name| row.get_ref(*name).map(value)).collect();
            Ok(Existing { id: row.get("id")?, columns: columns? })
        });
        found.optional().map_err(fail)
    }

    fn update(
        &self,
        kind: &Kind,
        existing: &Existing,
        columns: &[Option<Value>],
    ) -> Result<Change> {
        let mut sets = Vec::new();
        let mut params: Vec<Value> = vec![Value::Int(existing.id)];
        for ((field, given), held) in kind.fields.iter().zip(columns).zip(&existing.columns) {
            if let Some(given) = given
                && !same(given, held)
            {
                params.push(given.clone());
                sets.push(format!("{} = ?{}", field.column, params.len()));
            }
        }
        if sets.is_empty() {
            return Ok(Change::Unchanged);
        }
        let sql = format!("UPDATE {} SET {} WHERE id = ?1", kind.table, sets.join(", "));
        self.run(&sql, params)?;
        Ok(Change::Updated)
    }

    fn insert(&self, kind: &Kind, mut columns: Vec<Option<Value>>) -> Result<()> {
        for (field, column) in kind.fields.iter().zip(&mut columns) {
            if column.is_none() && field.required && field.ty == Type::Time {
                *column = Some(Value::from(self.now));
            }
        }
        let given: Vec<(&str, Value)> = kind
            .fields
            .iter()
            .zip(columns)
            .filter_map(|(field, value)| value.filter(|v| !v.is_null()).map(|v| (field.column, v)))
            .collect();
        let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
        let marks: Vec<String> = (1..=given.len()).map(|n| format!("?{n}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            kind.table,
            names.join(", "),
            marks.join(", ")
        );
        self.run(&sql, given.into_iter().map(|(_, value)| value).collect())
    }

    fn write_part(&self, whole: i64, part: &Record) -> Result<bool> {
        let columns = self.columns(part)?;
        let mut names = vec!["assessment_id"];
        let mut params = vec![Value::Int(whole)];
        let mut tests = vec!["assessment_id = ?1".to_owned()];
        for (field, value) in part.kind.fields.iter().zip(columns) {
            let value = value.unwrap_or(Value::Null);
            names.push(field.column);
            params.push(value);
            if part.kind.identity.contains(&field.name) {
                tests.push(format!("+{} IS ?{}", field.column, params.len()));
            }
        }
        let table = part.kind.table;
        let held = format!("SELECT 1 FROM {table} WHERE {}", tests.join(" AND "));
        let fail = |error: rusqlite::Error| self.writer.fault("look up evidence", &error);
        let mut statement = self.writer.conn.prepare_cached(&held).map_err(fail)?;
        let last = statement.parameter_count();
        if statement.exists(rusqlite::params_from_iter(&params[..last])).map_err(fail)? {
            return Ok(false);
        }
        let marks: Vec<String> = (1..=params.len()).map(|n| format!("?{n}")).collect();
        let sql =
            format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", "));
        self.run(&sql, params).map(|()| true)
    }

    /// Rows that nothing tells apart, such as revisions: the same row twice in the input means
    /// twice in the file, and no more than that when the input is read again.
    fn write_counted(&mut self, kind: &Kind, columns: &[Option<Value>]) -> Result<Change> {
        let name = format!("{} {columns:?}", kind.table);
        if !self.counted.contains_key(&name) {
            let test = |(n, field): (usize, &Field)| format!("{} IS ?{}", field.column, n + 1);
            let tests: Vec<String> = kind.fields.iter().enumerate().map(test).collect();
            let sql =
                format!("SELECT count(1) AS n FROM {} WHERE {}", kind.table, tests.join(" AND "));
            let params = columns.iter().map(|value| value.clone().unwrap_or(Value::Null));
            let fail = |error: rusqlite::Error| self.writer.fault("look a row up", &error);
            let mut statement = self.writer.conn.prepare_cached(&sql).map_err(fail)?;
            let held = statement
                .query_row(rusqlite::params_from_iter(params), |row| row.get("n"))
                .map_err(fail)?;
            self.counted.insert(name.clone(), (held, 0));
        }
        let (held, read) = self.counted.entry(name).or_default();
        *read += 1;
        if *read <= *held {
            return Ok(Change::Unchanged);
        }
        self.insert(kind, columns.to_vec())?;
        Ok(Change::New)
    }

    fn run(&self, sql: &str, params: Vec<Value>) -> Result<()> {
        let run = || -> rusqlite::Result<usize> {
            self.writer.conn.prepare_cached(sql)?.execute(rusqlite::params_from_iter(params))
        };
        run().map(|_| ()).map_err(|error| match error.sqlite_error_code() {
            // The guard's own words are the message.
            Some(rusqlite::ErrorCode::ConstraintViolation) => {
                Error::Refused { what: words(&error), hint: String::new() }
            }
            _ => self.writer.fault("write a row", &error),
        })
    }
}

/// Whether a given value is what the file holds: 5.0 and 5 are the same number.
fn same(given: &Value, held: &Value) -> bool {
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
