//! Inserts new rows: one by one, or in batches during a bulk load.

use super::batch::{BufferSlot, InsertBuffer, TableBuffer};
use super::constraints::{TABLES, satisfies_checks};
use super::id_cache::KEPT;
use super::sql::{StatementKind, insert_many_sql, insert_sql, named, slots};
use super::writer::{RowWriter, refused};
use crate::error::{Error, Result};
use crate::model::{Field, Kind, Role, Type, Value};

/// The number of rows that one statement inserts.
const AT_ONCE: usize = 16;

/// Below this number of buffered rows the CHECKs stay on: when they are turned off, SQLite
/// prepares every statement anew.
const FEW: usize = 256;

impl RowWriter<'_> {
    /// Begins a bulk load, after [`crate::store::Writer::suspend_triggers`]. While bulk loading,
    /// this writer maintains `dates` itself; with `together`, new rows are buffered and inserted in
    /// batches; [`RowWriter::flush`] inserts the rest.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn begin_bulk(&mut self, together: bool) -> Result<()> {
        self.dates.get_or_insert_default();
        if together {
            let mut last = [0; TABLES.len()];
            for (table, last) in TABLES.iter().zip(&mut last) {
                *last = self.writer.last_id(table)?;
            }
            // Near the end of the id range SQLite no longer assigns consecutive ids.
            if last.iter().all(|last| *last < i64::MAX / 2) {
                self.pending = Some(InsertBuffer::new(last.map(|last| last + 1)));
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
                    self.keep_date(date)?;
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
        let Some(pending) = &mut self.pending else { return self.insert_now(kind, columns) };
        if satisfies_checks(kind, &columns) {
            return Ok(pending.add(slot, kind, columns));
        }
        // SQLite decides, and its error names the broken rule.
        self.flush()?;
        let id = self.insert_now(kind, columns)?;
        if let Some(pending) = &mut self.pending {
            pending.note_direct_insert(kind, id);
        }
        Ok(id)
    }

    fn insert_now(&mut self, kind: &'static Kind, columns: Vec<Option<Value>>) -> Result<i64> {
        let writer = self.writer;
        let named = named(&columns);
        let values = columns.into_iter().flatten().filter(|value| !value.is_null());
        self.statement((kind.table, StatementKind::Add, named), || insert_sql(kind, named))
            .and_then(|statement| statement.execute(rusqlite::params_from_iter(values)))
            .map_err(|error| refused(writer, &error))?;
        Ok(writer.conn.last_insert_rowid())
    }

    /// Inserts the buffered rows. Call this before any other code reads the tables of claims.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn flush(&mut self) -> Result<()> {
        let Some(pending) = self.pending.as_mut().filter(|pending| pending.len() > 0) else {
            return Ok(());
        };
        let few = pending.len() < FEW;
        let tables = pending.take();
        self.fresh = None;
        if few {
            return self.add_all(&tables);
        }
        self.writer.enforce_checks(false)?;
        let added = self.add_all(&tables);
        self.writer.enforce_checks(true)?;
        added
    }

    fn add_all(&mut self, tables: &[TableBuffer]) -> Result<()> {
        let writer = self.writer;
        for waiting in tables {
            let Some(kind) = waiting.kind else { continue };
            let named = waiting.named;
            let many = waiting.rows.chunks_exact(AT_ONCE);
            for rows in many.clone().chain(many.remainder().chunks(1)) {
                let purpose = (kind.table, StatementKind::AddMany(rows.len()), named);
                let values = rows.iter().flat_map(|row| slots(kind, named, row));
                self.statement(purpose, || insert_many_sql(kind, named, rows.len()))
                    .and_then(|statement| statement.execute(rusqlite::params_from_iter(values)))
                    .map_err(|error| match refused(writer, &error) {
                        Error::Refused { what, .. } => Error::Refused {
                            what: format!("the file refused new rows of {}: {what}", kind.table),
                            hint: "nothing was written; --keep-going writes one by one and says \
                                   which it is"
                                .to_owned(),
                        },
                        other => other,
                    })?;
            }
            if writer.conn.last_insert_rowid() != waiting.next() - 1 {
                return Err(Error::Refused {
                    what: format!("the new rows of {} got other ids than expected", kind.table),
                    hint: "run `onrecord check`; nothing was written".to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Adds a date to `dates` if it is missing.
    fn keep_date(&mut self, date: &str) -> Result<()> {
        let Some(dates) = &mut self.dates else { return Ok(()) };
        if dates.contains(date) {
            return Ok(());
        }
        if dates.len() >= KEPT {
            dates.clear();
        }
        dates.insert(date.to_owned());
        let sql = "INSERT INTO dates (edtf) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM dates WHERE edtf = ?1)";
        self.run(sql, [Value::from(date)])
    }
}
