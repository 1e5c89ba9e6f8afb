//! Writes records as rows: adds what is new, changes what differs, leaves the rest.
//!
//! The statements are put together from the [`Kind`], so that a field added there is written here
//! without another list of columns; SQLite keeps them prepared.

mod batch;
mod bulk_load;
mod constraints;
mod evidence;
mod id_cache;
mod insert;
pub(super) mod read;
mod revisions;
pub(super) mod sql;
mod touched;

pub use bulk_load::SuspendedTriggers;
pub use read::{
    all_keys, children, exists, few_keys, keys_of_same, location_circle, read_row, read_rows,
    row_like, source_at,
};
pub use revisions::{RevisionTrail, revision_trail};

use super::connection::{Handle, Writer};
use crate::error::{Error, Result};
use crate::model::{CLAIM, Kind, Record, Type, Value};
use crate::store::connection::sqlite_error::words;
use batch::InsertBuffer;
use id_cache::IdCache;
use read::{name_column, value};
use rusqlite::{OptionalExtension, Statement};
use sql::{StatementKind, find_sql, same};
use std::collections::{HashMap, HashSet, hash_map::Entry};
use touched::RowSet;

/// What writing a record did.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A row was added.
    New,
    /// A row was changed.
    Updated,
    /// The row was there already, just so.
    Unchanged,
    /// Nothing was written: another row of the same input has this field otherwise, or it ties a
    /// keyed row to another claim.
    Contradicts {
        /// The field that differs.
        field: &'static str,
        /// What the archive holds, or the input said before.
        held: Value,
    },
}

/// A row that is there already, its columns in the order of the kind's fields.
#[derive(Debug)]
struct Existing {
    pub(super) id: i64,
    columns: Vec<Value>,
}

/// Writes records into an open transaction.
#[derive(Debug)]
pub struct RowWriter<'a> {
    pub(super) writer: &'a Writer,
    /// Stands in for a moment that was not given (UTC).
    pub(super) now: &'a str,
    /// Rows of tables without identity, counted: how many there were, how many the input had.
    pub(super) counted: HashMap<String, (i64, i64)>,
    /// Ids by table and key, so that a source named on every row is looked up once.
    ids: IdCache,
    /// Statements by table, purpose and the fields they name.
    statements: HashMap<Purpose, Statement<'a>>,
    /// Keys of the unit at hand that were looked up and are not there.
    absent: Vec<(&'static str, String)>,
    /// The claim at hand when it is new, and the kinds of its parts that were written: the first of
    /// each kind cannot be there already.
    pub(super) fresh: Option<(i64, Vec<&'static str>)>,
    /// Dates known to be in the file, while no trigger sees to that.
    dates: Option<HashSet<String>>,
    /// Rows of a bulk load that wait to go in together.
    pending: Option<InsertBuffer>,
    /// The row that was written or found last.
    pub(super) last: i64,
    /// Rows that this input wrote or found, where it may not say two things of one row.
    touched: Option<RowSet>,
}

/// Table, what is done there, and the fields it names as bits by position.
type Purpose = (&'static str, StatementKind, u64);

impl<'a> RowWriter<'a> {
    /// Writes into the transaction of `writer`; `now` stands in for moments that were not given.
    pub fn new(writer: &'a Writer, now: &'a str) -> Self {
        RowWriter {
            writer,
            now,
            counted: HashMap::new(),
            ids: IdCache::default(),
            statements: HashMap::new(),
            absent: Vec::new(),
            fresh: None,
            dates: None,
            pending: None,
            last: 0,
            touched: None,
        }
    }

    /// The archive that it writes to.
    pub fn archive(&self) -> &Handle {
        self.writer
    }

    /// Lets an input say no two things of one row, from now on or no longer.
    pub fn once_only(&mut self, once: bool) {
        match once {
            true => drop(self.touched.get_or_insert_default()),
            false => self.touched = None,
        }
    }

    /// Begins a new unit: there is no claim at hand.
    ///
    /// # Errors
    /// Those of [`RowWriter::flush`].
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

    /// Forgets what is known of rows that were undone.
    ///
    /// # Errors
    /// Those of [`RowWriter::flush`].
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

    /// The id of the row with this key, if there is one.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn find_id(&mut self, table: &'static str, key: &str) -> Result<Option<i64>> {
        if let Some(id) = self.ids.get(table, key) {
            return Ok(Some(id));
        }
        let writer = self.writer;
        let fail = |error: rusqlite::Error| writer.fault("look a key up", &error);
        let sql = || format!("SELECT id FROM {table} WHERE {} = ?1", name_column(table));
        let statement = self.statement((table, StatementKind::Key, 0), sql).map_err(fail)?;
        let id = statement.query_row([key], |row| row.get("id")).optional().map_err(fail)?;
        match id {
            Some(id) => self.remember(table, key, id)?,
            None if self.is_absent(table, key) => {}
            None => self.absent.push((table, key.to_owned())),
        }
        Ok(id)
    }

    /// Whether a key of the unit at hand was looked up and is not there.
    fn is_absent(&self, table: &str, key: &str) -> bool {
        self.absent.iter().any(|(of, absent)| *of == table && absent == key)
    }

    /// A statement, prepared when it is first asked for.
    fn statement(
        &mut self,
        purpose: Purpose,
        sql: impl FnOnce() -> String,
    ) -> rusqlite::Result<&mut Statement<'a>> {
        Ok(match self.statements.entry(purpose) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(free) => free.insert(self.writer.conn.prepare(&sql())?),
        })
    }

    fn remember(&mut self, table: &'static str, key: &str, id: i64) -> Result<()> {
        if self.ids.is_full(table) {
            // Keys of rows that wait are known only here.
            self.flush()?;
            self.ids.forget(table);
        }
        // Its own copy of the key is at hand where it was looked up before.
        let asked = self.absent.iter().position(|(of, absent)| *of == table && absent == key);
        let key = asked.map_or_else(|| key.to_owned(), |n| self.absent.swap_remove(n).1);
        self.ids.insert(table, key, id);
        Ok(())
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
        let absent =
            kind.keyed() && record.text("key").is_some_and(|key| self.is_absent(kind.table, key));
        let existing = match absent || self.is_first_of_fresh(kind, &columns) {
            true => None,
            false => self.find_or_wait(kind, record, &columns)?,
        };
        if let Some(existing) = existing {
            self.last = existing.id;
            // What was made up from a name fills in what is not stated, and changes nothing.
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

    /// What was given, as columns: references as ids. `None` where nothing was given.
    pub(super) fn columns(&mut self, record: &Record) -> Result<Vec<Option<Value>>> {
        let mut columns = Vec::with_capacity(record.values.len());
        for (field, given) in record.kind.fields.iter().zip(&record.values) {
            let given = given.as_ref().filter(|_| !field.derived);
            columns.push(match (field.ty, given.map(|given| &given.value)) {
                (_, None) => None,
                // Without a value of its own it has the file's.
                (_, Some(Value::Null)) if field.default.is_some() => field.default.map(Value::from),
                (Type::Ref(table), Some(Value::Text(key))) => Some(self.id_of(table, key)?),
                (_, Some(value)) => Some(value.clone()),
            });
        }
        Ok(columns)
    }

    fn id_of(&mut self, table: &'static str, key: &str) -> Result<Value> {
        self.find_id(table, key)?.map(Value::Int).ok_or_else(|| Error::NotFound {
            what: format!("row of {table}"),
            name: key.to_owned(),
            near: String::new(),
            hint: String::new(),
        })
    }

    /// Whether the row can be no other than a new one: it belongs to a claim that was just added,
    /// and is the first of its kind there.
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

    /// The row that this record is about, which may be one of those that wait.
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
                // All rows of the claim at hand wait.
                return Ok(None);
            }
        }
        self.find(kind, record, columns)
    }

    /// The row that this record is about. A moment that was not given is not part of what tells
    /// verdicts apart, so that the same document read twice gives one verdict.
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
            |error: rusqlite::Error| writer.fault(&format!("look up {}", record.name()), &error);
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

    /// What is said otherwise of a row that the input has been at before.
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
        // It may refer to a row that waits, and the guard on changes looks for that.
        self.flush()?;
        let sql = format!("UPDATE {} SET {} WHERE id = ?1", kind.table, sets.join(", "));
        self.run(&sql, params)?;
        Ok(Change::Updated)
    }

    pub(super) fn run(&self, sql: &str, params: impl IntoIterator<Item = Value>) -> Result<()> {
        let run = || -> rusqlite::Result<usize> {
            self.writer.conn.prepare_cached(sql)?.execute(rusqlite::params_from_iter(params))
        };
        run().map(|_| ()).map_err(|error| refused(self.writer, &error))
    }
}

/// The error for a row that was not taken: where a rule refused it, the guard's own words.
fn refused(writer: &Writer, error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Error::Refused { what: words(error), hint: String::new() }
        }
        _ => writer.fault("write a row", error),
    }
}
