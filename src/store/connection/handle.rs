//! Open archives: [`Handle`], and [`Reader`] and [`Writer`] around it, with the settings of a
//! connection.

use super::damage::{Depth, find_damage, is_corruption};
use super::sqlite_error::{is_no_text, map_err};
use crate::error::{Error, Result};
use crate::model::CancelToken;
use crate::store::schema::encoding::{BrokenText, broken_texts};
use crate::store::search::index::install_function;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An open archive, for reading or for writing.
#[derive(Debug)]
pub struct Handle {
    pub(in crate::store) conn: Connection,
    pub(in crate::store) path: PathBuf,
    pub(super) cancel: CancelToken,
    /// The action that the authorizer denied last, for the message.
    pub(super) denied: Arc<Mutex<Option<String>>>,
    /// True where the program's own views stand before those of the file.
    pub(super) is_shadowed: bool,
    /// True if the header says that only an SQLite of the future may write the file. SQLite then checks no CHECK of its
    /// tables either.
    pub(in crate::store) is_of_the_future: bool,
}

/// An archive opened for reading. It cannot write: the file is open read-only, and an authorizer allows
/// reading statements only, whatever views and triggers are in the file.
#[derive(Debug)]
pub struct Reader(pub(super) Handle);

/// An archive opened for writing.
#[derive(Debug)]
pub struct Writer(Handle);

impl std::ops::Deref for Reader {
    type Target = Handle;

    fn deref(&self) -> &Handle {
        &self.0
    }
}

impl std::ops::Deref for Writer {
    type Target = Handle;

    fn deref(&self) -> &Handle {
        &self.0
    }
}

impl Handle {
    pub(super) fn new(conn: Connection, path: PathBuf, cancel: CancelToken) -> Self {
        Handle {
            conn,
            path,
            cancel,
            denied: Arc::default(),
            is_shadowed: false,
            is_of_the_future: false,
        }
    }

    /// Returns true where the file has views otherwise than this program ships them, and those of the program stand
    /// before them.
    pub fn is_shadowed(&self) -> bool {
        self.is_shadowed
    }

    /// The absolute path of the archive.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Tells the caller what it should know beside the result.
    pub fn remark(&self, what: &str) {
        self.cancel.remark(&format!("{}: {what}", self.path.display()));
    }

    /// Returns the reason to stop, if cancellation was requested.
    pub fn stopped(&self) -> Option<&'static str> {
        self.cancel.reason()
    }

    /// Converts the error of a failed statement; it names the denied action or the reason to stop, if
    /// there is one.
    pub(in crate::store) fn map_err(&self, doing: &str, error: &rusqlite::Error) -> Error {
        if let Some(why) = self.cancel.reason() {
            return Error::Stopped { why: why.to_owned() };
        }
        let denied = self.denied.lock().ok().and_then(|mut denied| denied.take());
        match denied {
            Some(what) => Error::Denied { what },
            None if is_no_text(error) => {
                let first = broken_texts(&self.conn, 1).ok().and_then(|mut found| found.pop());
                let what = match first {
                    Some(BrokenText { table, key, column, .. }) => {
                        format!("{table} {key}, column {column}")
                    }
                    None => "a result of the query".to_owned(),
                };
                Error::Encoding { path: self.path.clone(), doing: doing.to_owned(), what }
            }
            None if is_corruption(error) => {
                self.damage().unwrap_or_else(|| map_err(&self.path, doing, error))
            }
            None => map_err(&self.path, doing, error),
        }
    }

    /// Says what of the file is damaged, and whether it can be built anew: SQLite only says that something is. `None` if
    /// no damage is found, or another program keeps the file to itself.
    fn damage(&self) -> Option<Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.path, flags).ok()?;
        let damage = find_damage(&conn, &self.path, Depth::Pages).ok()??;
        Some(damage.into_error(&self.path))
    }
}

impl Reader {
    /// Lowers SQLite's limits for a query that a user wrote: length of text, columns, depth.
    ///
    /// # Errors
    /// Fails if SQLite refuses a limit.
    pub fn limit(&self) -> Result<()> {
        const LIMITS: [(Limit, i32); 7] = [
            (Limit::SQLITE_LIMIT_LENGTH, 20_000_000),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
            (Limit::SQLITE_LIMIT_COLUMN, 500),
            (Limit::SQLITE_LIMIT_EXPR_DEPTH, 1000),
            (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 200),
            (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
            (Limit::SQLITE_LIMIT_VDBE_OP, 1_000_000),
        ];
        for (limit, max) in LIMITS {
            self.conn
                .set_limit(limit, max)
                .map_err(|error| map_err(&self.path, "limit the query", &error))?;
        }
        Ok(())
    }
}

impl Writer {
    pub(super) fn new(conn: Connection, path: PathBuf) -> Self {
        Writer(Handle::new(conn, path, CancelToken::never()))
    }

    /// Polls a cancellation token during long writes. A cancelled write is rolled back.
    ///
    /// # Errors
    /// Fails if SQLite refuses the handler.
    pub fn stop_when(&mut self, cancel: &CancelToken) -> Result<()> {
        self.0.cancel = cancel.clone();
        let cancel = cancel.clone();
        self.0
            .conn
            .progress_handler(10_000, Some(move || cancel.reason().is_some()))
            .map_err(|error| map_err(&self.path, "watch the clock", &error))
    }

    /// Closes the file and returns the error that a drop would ignore.
    pub(super) fn close(self) -> Result<()> {
        let Handle { conn, path, .. } = self.0;
        conn.close().map_err(|(_, error)| map_err(&path, "close it", &error))
    }
}

/// All settings of a connection, which waits for another program that holds the file for a moment.
pub(super) fn configure(conn: &Connection) -> rusqlite::Result<()> {
    configure_with(conn, Duration::from_secs(30))
}

/// All settings of a connection, each with its reason. It waits for other programs as long as `patience`.
pub(super) fn configure_with(conn: &Connection, patience: Duration) -> rusqlite::Result<()> {
    // A hostile schema cannot change the schema itself or call functions with side effects.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // "nope" is an unknown column, not the text nope.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // A statement has one plan, whatever is bound to it. Without this SQLite prepares it anew each time that another
    // value is bound where the table has a partial index, which takes longer than to run it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // An import repeats about forty statements; the cache keeps all of them prepared.
    conn.set_prepared_statement_cache_capacity(128);
    conn.busy_timeout(patience)?;
    install_function(conn)?;
    conn.execute_batch(
        "PRAGMA cell_size_check = ON;
         PRAGMA foreign_keys = ON;
         -- FULL loses the last commit when power fails with this journal mode.
         PRAGMA synchronous = EXTRA;",
    )
}
