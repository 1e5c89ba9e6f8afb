//! Rows that have no key of their own: evidence, which belongs to its verdict, and history.

use super::writer::{Change, RowWriter};
use crate::error::Result;
use crate::model::{Field, Kind, Record, Value};
use rusqlite::OptionalExtension;

impl RowWriter<'_> {
    /// Writes the parts of the record written last: evidence, which has no key of its own and
    /// belongs to its verdict. Returns what became of each.
    ///
    /// # Errors
    /// Fails if the file refuses a row.
    pub fn write_parts(&mut self, record: &Record) -> Result<Vec<Change>> {
        let whole = self.last_written;
        record.parts.iter().map(|part| self.write_part(whole, part)).collect()
    }

    /// Writes one part of the record with the id `whole`.
    fn write_part(&mut self, whole: i64, part: &Record) -> Result<Change> {
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
        let held = format!("SELECT id FROM {table} WHERE {}", tests.join(" AND "));
        let fail = |error: rusqlite::Error| self.writer.map_err("look up evidence", &error);
        let mut statement = self.writer.conn.prepare_cached(&held).map_err(fail)?;
        let last = statement.parameter_count();
        let given = rusqlite::params_from_iter(&params[..last]);
        let held: Option<i64> =
            statement.query_row(given, |row| row.get("id")).optional().map_err(fail)?;
        if let Some(id) = held {
            self.mark_touched(table, id);
            return Ok(self.unchanged(table, id));
        }
        let marks: Vec<String> = (1..=params.len()).map(|n| format!("?{n}")).collect();
        let sql =
            format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", "));
        self.execute(&sql, params)?;
        self.mark_touched(table, self.writer.conn.last_insert_rowid());
        Ok(Change::New)
    }

    /// Writes a row that has no identity, such as a revision. A row that the input states twice is
    /// stored twice; importing the input again adds nothing.
    pub(super) fn write_counted(
        &mut self,
        kind: &'static Kind,
        columns: &[Option<Value>],
    ) -> Result<Change> {
        let name = format!("{} {columns:?}", kind.table);
        if !self.counted.contains_key(&name) {
            let test = |(n, field): (usize, &Field)| format!("{} IS ?{}", field.column, n + 1);
            let tests: Vec<String> = kind.fields.iter().enumerate().map(test).collect();
            let sql =
                format!("SELECT count(1) AS n FROM {} WHERE {}", kind.table, tests.join(" AND "));
            let params = columns.iter().map(|value| value.clone().unwrap_or(Value::Null));
            let fail = |error: rusqlite::Error| self.writer.map_err("look a row up", &error);
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
        *held += 1;
        self.insert(kind, columns.to_vec())?;
        Ok(Change::New)
    }

    /// Begins another input: what it states is counted anew, since two inputs may tell of the same rows.
    pub fn begin_input(&mut self) {
        self.counted.values_mut().for_each(|(_, read)| *read = 0);
    }
}
