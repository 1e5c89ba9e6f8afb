//! The writer of records: its caches and its prepared statements.

use super::batch::InsertBuffer;
use super::id_cache::IdCache;
use super::sql::StatementKind;
use super::touched::RowSet;
use crate::error::{Error, Result};
use crate::model::Value;
use crate::store::connection::sqlite_error::message;
use crate::store::connection::{Handle, Writer};
use rusqlite::Statement;
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// The effect of writing a record.
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
        /// The value in the archive, or the one this input wrote before.
        held: Value,
    },
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
    pub(super) ids: IdCache,
    /// Statements by table, purpose and the fields they name.
    pub(super) statements: HashMap<Purpose, Statement<'a>>,
    /// Keys of the unit at hand that were looked up and are not there.
    pub(super) absent: Vec<(&'static str, String)>,
    /// The claim at hand when it is new, and the kinds of its parts that were written: the first of
    /// each kind cannot be there already.
    pub(super) fresh: Option<(i64, Vec<&'static str>)>,
    /// Dates known to be in the file, while no trigger sees to that.
    pub(super) dates: Option<HashSet<String>>,
    /// Rows of a bulk load that wait to go in together.
    pub(super) pending: Option<InsertBuffer>,
    /// The row that was written or found last.
    pub(super) last: i64,
    /// Rows that this input wrote or found, where it may not say two things of one row.
    pub(super) touched: Option<RowSet>,
}

/// Table, what is done there, and the fields it names as bits by position.
pub(super) type Purpose = (&'static str, StatementKind, u64);

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

    /// A statement, prepared when it is first asked for.
    pub(super) fn statement(
        &mut self,
        purpose: Purpose,
        sql: impl FnOnce() -> String,
    ) -> rusqlite::Result<&mut Statement<'a>> {
        Ok(match self.statements.entry(purpose) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(free) => free.insert(self.writer.conn.prepare(&sql())?),
        })
    }

    pub(super) fn run(&self, sql: &str, params: impl IntoIterator<Item = Value>) -> Result<()> {
        let run = || -> rusqlite::Result<usize> {
            self.writer.conn.prepare_cached(sql)?.execute(rusqlite::params_from_iter(params))
        };
        run().map(|_| ()).map_err(|error| refused(self.writer, &error))
    }
}

/// The error for a row that was not taken: where a rule refused it, the guard's own words.
pub(super) fn refused(writer: &Writer, error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Error::Refused { what: message(error), hint: String::new() }
        }
        _ => writer.map_err("write a row", error),
    }
}
