//! Inserts new rows: one by one, or in batches during a bulk load.

use super::batch::{BufferSlot, InsertBuffer, TableBuffer};
use super::constraints::{TABLES, satisfies_checks};
use super::id_cache::MAX_CACHED;
use super::sql::{StatementKind, bound_values, insert_many_sql, insert_sql, named};
use super::writer::{RowWriter, write_error};
use crate::error::{Error, Result};
use crate::model::{Field, Kind, Role, Type, Value};

/// The number of rows that one statement inserts.
const ROWS_PER_STATEMENT: usize = 16;

/// The minimum number of buffered rows for which CHECKs are turned off. With fewer rows it would
/// cost more than it saves, since SQLite then prepares every statement anew.
const MIN_ROWS_UNCHECKED: usize = 256;

impl RowWriter<'_> {
    /// Begins a bulk load. Call this after [`crate::store::Writer::suspend_triggers`]. During the
    /// load this writer maintains `dates` itself. If `buffered` is true, new rows are inserted in
    /// batches, the last of them by [`RowWriter::flush`].
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn begin_bulk(&mut self, buffered: bool) -> Result<()> {
        self.dates.get_or_insert_default();
        if buffered {
            let mut last = [0; TABLES.len()];
            for (table, last) in TABLES.iter().zip(&mut last) {
                *last = self.writer.last_id(table)?;
            }
            // Near the end of the id range SQLite no longer assigns consecutive ids.
            if last.iter().all(|last| *last < i64::MAX / 2) {
                self.buffer = Some(InsertBuffer::new(last.map(|last| last + 1)));
            }
        }
        Ok(())
    }

    /// Inserts or buffers a row, and returns its id.
    pub(in crate::store) fn insert(
        &mut self,
        kind: &'static Kind,
        mut columns: Vec<Option<Value>>,
    ) -> Result<i64> {
        for (field, column) in kind.fields.iter().zip(&mut columns) {
            if column.is_none() && field.required && field.ty == Type::Time {
                *column = Some(Value::from(self.now));
            }
        }
        if self.dates.is_some() && kind.role != Role::Derived {
            for (_, value) in kind.fields.iter().zip(&columns).filter(|(f, _)| f.ty == Type::Date) {
                if let Some(Value::Text(date)) = value {
                    self.add_date(date)?;
                }
            }
        }
        let Some(slot) = BufferSlot::of(kind) else {
            // The triggers on a row that refers to a buffered row must find it in the file.
            let refers = |field: &Field| matches!(field.ty, Type::Ref(of) if TABLES.contains(&of));
            if kind.fields.iter().any(refers) {
                self.flush()?;
            }
            return self.insert_now(kind, columns);
        };
        let Some(buffer) = &mut self.buffer else { return self.insert_now(kind, columns) };
        if satisfies_checks(kind, &columns) {
            return Ok(buffer.add(slot, kind, columns));
        }
        // SQLite decides, and its error names the broken rule.
        self.flush()?;
        let id = self.insert_now(kind, columns)?;
        if let Some(buffer) = &mut self.buffer {
            buffer.note_direct_insert(kind, id);
        }
        Ok(id)
    }

    fn insert_now(&mut self, kind: &'static Kind, columns: Vec<Option<Value>>) -> Result<i64> {
        let writer = self.writer;
        let named = named(&columns);
        let values = columns.into_iter().flatten().filter(|value| !value.is_null());
        self.statement((kind.table, StatementKind::Add, named), || insert_sql(kind, named))
            .and_then(|statement| statement.execute(rusqlite::params_from_iter(values)))
            .map_err(|error| write_error(writer, &error))?;
        Ok(writer.conn.last_insert_rowid())
    }

    /// Inserts the buffered rows. Call this before any other code reads the tables of claims.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn flush(&mut self) -> Result<()> {
        let Some(buffer) = self.buffer.as_mut().filter(|buffer| buffer.len() > 0) else {
            return Ok(());
        };
        let checked = buffer.len() < MIN_ROWS_UNCHECKED;
        let tables = buffer.take();
        self.new_claim = None;
        if checked {
            return self.insert_all(&tables);
        }
        self.writer.enforce_checks(false)?;
        let added = self.insert_all(&tables);
        self.writer.enforce_checks(true)?;
        added
    }

    fn insert_all(&mut self, tables: &[TableBuffer]) -> Result<()> {
        let writer = self.writer;
        for table in tables {
            let Some(kind) = table.kind else { continue };
            let named = table.named;
            let many = table.rows.chunks_exact(ROWS_PER_STATEMENT);
            for rows in many.clone().chain(many.remainder().chunks(1)) {
                let purpose = (kind.table, StatementKind::AddMany(rows.len()), named);
                let values = rows.iter().flat_map(|row| bound_values(kind, named, row));
                self.statement(purpose, || insert_many_sql(kind, named, rows.len()))
                    .and_then(|statement| statement.execute(rusqlite::params_from_iter(values)))
                    .map_err(|error| match write_error(writer, &error) {
                        Error::Refused { what, .. } => Error::Refused {
                            what: format!("the file refused new rows of {}: {what}", kind.table),
                            hint: "nothing was written; --keep-going writes one by one and says \
                                   which it is"
                                .to_owned(),
                        },
                        other => other,
                    })?;
            }
            if writer.conn.last_insert_rowid() != table.next() - 1 {
                return Err(Error::Refused {
                    what: format!("the new rows of {} got other ids than expected", kind.table),
                    hint: "run `onrecord check`; nothing was written".to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Adds a date to `dates` if it is missing.
    fn add_date(&mut self, date: &str) -> Result<()> {
        let Some(dates) = &mut self.dates else { return Ok(()) };
        if dates.contains(date) {
            return Ok(());
        }
        if dates.len() >= MAX_CACHED {
            dates.clear();
        }
        dates.insert(date.to_owned());
        let sql = "INSERT INTO dates (edtf) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM dates WHERE edtf = ?1)";
        self.execute(sql, [Value::from(date)])
    }
}
