//! The writer of records, with its caches and prepared statements.

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
    /// The row exists with these values.
    Unchanged,
    /// Nothing was written: this input gave another value for the field earlier, or the field would
    /// tie a keyed row to another claim.
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
    /// The time used where the input gives none (UTC).
    pub(super) now: &'a str,
    /// Rows of tables without identity: the number in the file, and the number read so far.
    pub(super) counted: HashMap<String, (i64, i64)>,
    /// The cache of ids by table and key.
    pub(super) ids: IdCache,
    /// Prepared statements by table, purpose and the fields they name.
    pub(super) statements: HashMap<Purpose, Statement<'a>>,
    /// Keys that were looked up in the current unit and not found.
    pub(super) absent: Vec<(&'static str, String)>,
    /// The current claim if it is new, and the tables of its parts written so far: the first row of
    /// each cannot exist yet.
    pub(super) fresh: Option<(i64, Vec<&'static str>)>,
    /// Dates known to be in the file, while the triggers that add dates are suspended.
    pub(super) dates: Option<HashSet<String>>,
    /// The buffered rows of a bulk load.
    pub(super) pending: Option<InsertBuffer>,
    /// The id of the row that was written or found last.
    pub(super) last: i64,
    /// The rows that this input wrote or found, if it may not contradict itself.
    pub(super) touched: Option<RowSet>,
}

/// The table, the purpose, and the fields that the statement names, as a bitset by position.
pub(super) type Purpose = (&'static str, StatementKind, u64);

impl<'a> RowWriter<'a> {
    /// Writes into the transaction of `writer`; `now` is used for times that the input leaves out.
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

    /// The archive that this writer changes.
    pub fn archive(&self) -> &Handle {
        self.writer
    }

    /// Forbids inputs to contradict what was already written to the same row, or allows it again.
    pub fn once_only(&mut self, once: bool) {
        match once {
            true => drop(self.touched.get_or_insert_default()),
            false => self.touched = None,
        }
    }

    /// Returns a cached statement; prepares it on first use.
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

/// Converts an SQLite error; a constraint violation keeps the trigger's or constraint's message.
pub(super) fn refused(writer: &Writer, error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Error::Refused { what: message(error), hint: String::new() }
        }
        _ => writer.map_err("write a row", error),
    }
}
