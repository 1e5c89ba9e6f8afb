//! The writer of records, with its caches and prepared statements.

use super::batch::InsertBuffer;
use super::id_cache::{IdCache, KnownKeys};
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
    /// The row exists with these values, and an earlier unit wrote or found it.
    FoundAgain,
    /// Nothing was written: this input gave the field another value before, or the field is fixed and
    /// has another value in the archive.
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
    /// The rows of tables without identity: how often the file holds each, and how often the input
    /// has stated it so far.
    pub(super) counted: HashMap<String, (i64, i64)>,
    /// The cache of ids by table and key.
    pub(super) ids: IdCache,
    /// The keys that a bulk load knows, of tables that were small before it.
    pub(super) known_keys: KnownKeys,
    /// The prepared statements, by purpose.
    pub(super) statements: HashMap<Purpose, Statement<'a>>,
    /// The last number behind a key that was looked for, by table and key: of many rows with one title the
    /// next has a higher one.
    pub(super) numbers: HashMap<(&'static str, String), usize>,
    /// Keys that were looked up in the current unit and not found.
    pub(super) absent_keys: Vec<(&'static str, String)>,
    /// The claim that the current unit added, if any, and the tables of its parts written so far. The
    /// first part in a table cannot be in the file yet, so it needs no look-up.
    pub(super) new_claim: Option<(i64, Vec<&'static str>)>,
    /// Dates known to be in the file, while the triggers that add dates are suspended.
    pub(super) dates: Option<HashSet<String>>,
    /// The buffered rows of a bulk load.
    pub(super) buffer: Option<InsertBuffer>,
    /// The text of the indexes that a bulk load set aside.
    pub(super) indexes_aside: Vec<String>,
    /// The id of the row that was last written or found.
    pub(super) last_written: i64,
    /// The rows that this input wrote or found; `None` if an input may contradict itself.
    pub(super) touched: Option<RowSet>,
    /// The rows that any input wrote or found, which are counted once.
    pub(super) found: RowSet,
    /// The name of the row that was written last, where its record spells it in another way.
    pub(super) respelled: Option<String>,
    /// The rows that records without a key were taken for though a field that tells rows apart was said on one side
    /// alone, by table and name: the key, and those fields.
    pub(super) open_matches: HashMap<(&'static str, String), (String, Vec<&'static str>)>,
    /// True if a record may correct a field that tells rows apart.
    pub(super) correcting: bool,
}

/// The purpose of a prepared statement: its table, what it does, and the fields it names, as a bitset
/// by position.
pub(super) type Purpose = (&'static str, StatementKind, u64);

impl<'a> RowWriter<'a> {
    /// Writes into the transaction of `writer`; `now` is used for times that the input leaves out.
    pub fn new(writer: &'a Writer, now: &'a str) -> Self {
        RowWriter {
            writer,
            now,
            counted: HashMap::new(),
            ids: IdCache::default(),
            known_keys: KnownKeys::default(),
            statements: HashMap::new(),
            numbers: HashMap::new(),
            absent_keys: Vec::new(),
            new_claim: None,
            dates: None,
            buffer: None,
            indexes_aside: Vec::new(),
            last_written: 0,
            touched: None,
            found: RowSet::default(),
            respelled: None,
            open_matches: HashMap::new(),
            correcting: false,
        }
    }

    /// Lets a record correct the fields that its kind calls correctable, where one row alone has the rest
    /// of its identity.
    pub fn correct_identities(&mut self) {
        self.correcting = true;
    }

    /// The number from which on to look for a free key. Those before it were taken.
    pub fn first_number(&self, table: &'static str, base: &str) -> usize {
        self.numbers.get(&(table, base.to_owned())).copied().unwrap_or(1)
    }

    /// Notes the number of a key that was free: those before it are taken.
    pub fn note_number(&mut self, table: &'static str, base: &str, number: usize) {
        if number > 1 {
            self.numbers.insert((table, base.to_owned()), number);
        }
    }

    /// The archive that this writer changes.
    pub fn archive(&self) -> &Handle {
        self.writer
    }

    /// Sets whether an input may give a field two values: if `forbid` is true, [`RowWriter::write`]
    /// returns [`Change::Contradicts`] instead of overwriting what the same input wrote.
    pub fn forbid_contradictions(&mut self, forbid: bool) {
        match forbid {
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

    /// Executes a statement that writes, prepared once.
    pub(super) fn execute(&self, sql: &str, params: impl IntoIterator<Item = Value>) -> Result<()> {
        let run = || -> rusqlite::Result<usize> {
            self.writer.conn.prepare_cached(sql)?.execute(rusqlite::params_from_iter(params))
        };
        run().map(|_| ()).map_err(|error| write_error(self.writer, &error))
    }
}

/// Converts an SQLite error; a constraint violation keeps the trigger's or constraint's message.
pub(super) fn write_error(writer: &Writer, error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Error::Refused { what: message(error), hint: String::new() }
        }
        _ => writer.map_err("write a row", error),
    }
}
