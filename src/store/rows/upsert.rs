//! Writes one record: inserts the row if it is new, updates the columns that differ, leaves the
//! rest.

use super::batch::InsertBuffer;
use super::id_cache::IdCache;
use super::sql::{StatementKind, find_sql, same, value};
use super::writer::{Change, RowWriter};
use crate::error::Result;
use crate::model::{CLAIM, Kind, Record, Type, Value};
use rusqlite::OptionalExtension;

/// An existing row, its columns in the order of the kind's fields.
#[derive(Debug)]
struct Existing {
    id: i64,
    columns: Vec<Value>,
}

impl RowWriter<'_> {
    /// Begins a new unit: flushes a full buffer and forgets the claim of the last unit.
    ///
    /// # Errors
    /// Returns the errors of [`RowWriter::flush`].
    pub fn begin_unit(&mut self) -> Result<()> {
        if self.pending.as_ref().is_some_and(InsertBuffer::is_full) {
            self.flush()?;
        }
        self.fresh = None;
        self.absent.clear();
        if let Some(touched) = &mut self.touched {
            touched.commit_unit();
        }
        Ok(())
    }

    /// Clears the caches after a rollback.
    ///
    /// # Errors
    /// Returns the errors of [`RowWriter::flush`].
    pub fn forget(&mut self) -> Result<()> {
        self.flush()?;
        self.ids = IdCache::default();
        self.fresh = None;
        if let Some(touched) = &mut self.touched {
            touched.discard_unit();
        }
        if let Some(dates) = &mut self.dates {
            dates.clear();
        }
        Ok(())
    }

    /// Writes one record, whose references all exist.
    ///
    /// # Errors
    /// Fails if SQLite refuses the row; the message is that of the trigger or constraint.
    pub fn write(&mut self, record: &Record) -> Result<Change> {
        let kind = record.kind;
        let columns = self.columns(record)?;
        if kind.identity.is_empty() && kind.append_only {
            return self.write_counted(kind, &columns);
        }
        let absent =
            kind.keyed() && record.text("key").is_some_and(|key| self.is_absent(kind.table, key));
        let existing = match absent || self.is_first_of_fresh(kind, &columns) {
            true => None,
            false => self.find_or_wait(kind, record, &columns)?,
        };
        if let Some(existing) = existing {
            self.last = existing.id;
            // A record whose key was generated only fills empty columns; it never overwrites.
            let blanks = |(given, held): (Option<Value>, &Value)| given.filter(|_| held.is_null());
            let columns = match record.proposed {
                true => columns.into_iter().zip(&existing.columns).map(blanks).collect(),
                false => columns,
            };
            if let Some(contradicts) = self.contradiction(kind, &existing, &columns) {
                return Ok(contradicts);
            }
            self.say(kind.table, existing.id);
            return self.update(kind, &existing, &columns);
        }
        let id = self.insert(kind, columns)?;
        self.last = id;
        self.say(kind.table, id);
        if kind.is(&CLAIM) {
            self.fresh = Some((id, Vec::new()));
        }
        if kind.keyed()
            && let Some(key) = record.text("key")
        {
            self.remember(kind.table, key, id)?;
        }
        Ok(Change::New)
    }

    /// Returns true if the row must be new: it belongs to a claim that was just added, and is the
    /// first of its kind there.
    fn is_first_of_fresh(&mut self, kind: &Kind, columns: &[Option<Value>]) -> bool {
        let own = self.is_of_fresh(kind, columns);
        match &mut self.fresh {
            Some((_, seen)) if own && !seen.contains(&kind.table) => {
                seen.push(kind.table);
                true
            }
            _ => false,
        }
    }

    fn is_of_fresh(&self, kind: &Kind, columns: &[Option<Value>]) -> bool {
        let Some((claim, _)) = &self.fresh else { return false };
        let first = || kind.position("claim").and_then(|position| columns[position].as_ref());
        kind.identity.first() == Some(&"claim") && first() == Some(&Value::Int(*claim))
    }

    /// Finds the row that this record describes, after a flush if the buffer may hold it.
    fn find_or_wait(
        &mut self,
        kind: &'static Kind,
        record: &Record,
        columns: &[Option<Value>],
    ) -> Result<Option<Existing>> {
        if let Some(pending) = &mut self.pending {
            let key = record.text("key").filter(|_| kind.keyed());
            let id = key.and_then(|key| self.ids.get(kind.table, key));
            if pending.may_hold(kind, columns, id) {
                self.flush()?;
            } else if self.is_of_fresh(kind, columns) {
                // Every part of the current claim is still buffered, and this row is none of them.
                return Ok(None);
            }
        }
        self.find(kind, record, columns)
    }

    /// Finds the row that this record describes. A time that was not given is left out of the
    /// identity, so that reading the same document twice gives one verdict.
    fn find(
        &mut self,
        kind: &'static Kind,
        record: &Record,
        columns: &[Option<Value>],
    ) -> Result<Option<Existing>> {
        let mut tested: u64 = 0;
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
            tested |= 1 << position;
        }
        let writer = self.writer;
        let fail =
            |error: rusqlite::Error| writer.map_err(&format!("look up {}", record.name()), &error);
        let sql = || find_sql(kind, tested);
        let statement =
            self.statement((kind.table, StatementKind::Find, tested), sql).map_err(fail)?;
        let found = statement.query_row(rusqlite::params_from_iter(params), |row| {
            let columns: rusqlite::Result<Vec<Value>> =
                kind.fields.iter().map(|field| row.get_ref(field.column).map(value)).collect();
            Ok(Existing { id: row.get("id")?, columns: columns? })
        });
        found.optional().map_err(fail)
    }

    fn say(&mut self, table: &'static str, id: i64) {
        if let Some(touched) = &mut self.touched {
            touched.insert(table, id);
        }
    }

    /// Returns the first field whose value conflicts with one this input already wrote to the same
    /// row, or would change a fixed field.
    fn contradiction(
        &self,
        kind: &'static Kind,
        existing: &Existing,
        columns: &[Option<Value>],
    ) -> Option<Change> {
        let touched = self.touched.as_ref()?;
        let before = touched.contains(kind.table, existing.id);
        let fields = kind.fields.iter().zip(columns).zip(&existing.columns);
        fields.into_iter().find_map(|((field, given), held)| {
            let given = given.as_ref()?;
            let differs = !held.is_null() && !same(given, held);
            (differs && (before || field.fixed))
                .then(|| Change::Contradicts { field: field.name, held: held.clone() })
        })
    }

    fn update(
        &mut self,
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
        // The update may refer to a buffered row, which its trigger must find in the file.
        self.flush()?;
        let sql = format!("UPDATE {} SET {} WHERE id = ?1", kind.table, sets.join(", "));
        self.run(&sql, params)?;
        Ok(Change::Updated)
    }
}
