//! Opens an archive: checks that it is one, that this program understands it and that its guards
//! are in place, before anything is read or written.

mod backup;
mod create;
pub(super) mod sqlite_error;
mod transaction;

pub use backup::back_up;
pub use create::{create, in_memory};

use super::schema::ViewSpec;
use super::schema::guards;
use super::schema::installed::Text;
use super::schema::migrate::{self, Format, MIGRATIONS, Program};
use crate::error::{Error, Result};
use crate::model::CancelToken;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use sqlite_error::fault;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An open archive, for either purpose.
#[derive(Debug)]
pub struct Handle {
    pub(super) conn: Connection,
    pub(super) path: PathBuf,
    cancel: CancelToken,
    /// What the authorizer last turned away, for the message.
    denied: Arc<Mutex<Option<String>>>,
}

/// An archive opened for reading. It cannot write: the file is open read-only and an authorizer
/// lets reading statements alone through, whatever views and triggers the file brings.
#[derive(Debug)]
pub struct Reader(Handle);

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
    fn of(conn: Connection, path: PathBuf, cancel: CancelToken) -> Self {
        Handle { conn, path, cancel, denied: Arc::default() }
    }

    /// The absolute path of the archive.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why to stop now, where somebody asked for it.
    pub fn stopped(&self) -> Option<&'static str> {
        self.cancel.reason()
    }

    /// The error for a failed statement, naming what was denied or why it was stopped.
    pub(super) fn fault(&self, doing: &str, error: &rusqlite::Error) -> Error {
        if let Some(why) = self.cancel.reason() {
            return Error::Stopped { why: why.to_owned() };
        }
        let denied = self.denied.lock().ok().and_then(|mut denied| denied.take());
        match denied {
            Some(what) => Error::Denied { what },
            None => fault(&self.path, doing, error),
        }
    }
}

impl Reader {
    /// Opens the archive at `path` for reading.
    ///
    /// # Errors
    /// When there is none, or it is not one, or it is damaged. A newer one is read as far as its SQL goes.
    pub fn open(path: &Path, cancel: CancelToken) -> Result<Self> {
        let path = recognise(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = |flags| Connection::open_with_flags(&path, flags);
        let mut conn = open(flags).map_err(|error| fault(&path, "open it", &error))?;
        if let Err(error) = conn.query_row("SELECT 1 FROM sqlite_schema", [], |_| Ok(()))
            && error.sqlite_error().is_some_and(|e| e.extended_code == READONLY_ROLLBACK)
        {
            // A program stopped in the middle of a write: opening for writing rolls it back.
            let writing = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let rolled = open(writing)
                .and_then(|c| c.query_row("SELECT count(1) FROM sqlite_schema", [], |_| Ok(())));
            rolled.map_err(|error| fault(&path, "roll back an unfinished write to it", &error))?;
            conn = open(flags).map_err(|error| fault(&path, "open it", &error))?;
        }
        settle(&conn).map_err(|error| fault(&path, "open it", &error))?;
        let mut handle = Handle::of(conn, path, cancel);
        guard(&mut handle).map_err(|error| fault(&handle.path, "open it", &error))?;
        identify(&handle.conn, &handle.path)?;
        Ok(Reader(handle))
    }

    /// The same archive, opened so that SQLite reads the CHECKs of its tables too, which it leaves out
    /// where a file is opened for reading only. This one does not write either.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub(super) fn with_rules(&self) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let fail = |error: rusqlite::Error| fault(&self.path, "open it", &error);
        let conn = Connection::open_with_flags(&self.path, flags).map_err(fail)?;
        settle(&conn).map_err(fail)?;
        let mut handle = Handle::of(conn, self.path.clone(), self.cancel.clone());
        guard(&mut handle).map_err(fail)?;
        Ok(Reader(handle))
    }

    /// Lowers what a stranger's query may use: memory, text length, columns, depth.
    ///
    /// # Errors
    /// When SQLite refuses a limit.
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
        for (limit, most) in LIMITS {
            self.conn
                .set_limit(limit, most)
                .map_err(|error| fault(&self.path, "limit the query", &error))?;
        }
        Ok(())
    }
}

impl Writer {
    /// Opens the archive at `path` for writing, bringing an older one up to date first: its tables, and
    /// the triggers and views of this program, `views` being its reports and checks.
    ///
    /// # Errors
    /// As [`Reader::open`], when it is newer than this program, and when its guards are not as they
    /// should be.
    pub fn open(path: &Path, views: &[ViewSpec]) -> Result<Self> {
        let writer = Self::open_unguarded(path, views)?;
        let what = guards::differences(&writer.conn, &writer.path)?;
        if what.is_empty() {
            Ok(writer)
        } else {
            Err(Error::Guards { path: writer.path.clone(), what })
        }
    }

    /// Opens for writing without asking whether the guards are in place: for repairing them.
    pub(super) fn open_unguarded(path: &Path, views: &[ViewSpec]) -> Result<Self> {
        let path = recognise(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        if path.symlink_metadata().is_ok_and(|meta| meta.is_symlink()) {
            return Err(Error::file_because(
                "write to",
                &path,
                "it is a symbolic link; name the file itself",
            ));
        }
        let conn = Connection::open_with_flags(&path, flags)
            .map_err(|error| fault(&path, "open it", &error))?;
        settle(&conn).map_err(|error| fault(&path, "open it", &error))?;
        let found = identify(&conn, &path)?;
        if found.is_newer_than(Format::KNOWN) {
            let (found, known) = (found.to_string(), Format::KNOWN.to_string());
            return Err(Error::Newer { path, found, known });
        }
        if Format::KNOWN.is_newer_than(found) {
            let program = Program { migrations: MIGRATIONS, text: Text::new(views) };
            migrate::upgrade(&conn, &path, &program)?;
        }
        sound(&conn, &path)?;
        // A file found in WAL mode goes back to a rollback journal when nobody else has it open:
        // an archive is one file, also when it is copied or lies in a read-only folder.
        let _ = conn.pragma_update(None, "journal_mode", "DELETE");
        Ok(Writer::of(conn, path))
    }

    pub(super) fn of(conn: Connection, path: PathBuf) -> Self {
        Writer(Handle::of(conn, path, CancelToken::never()))
    }

    /// Lets long writes be stopped; what was begun is then rolled back.
    ///
    /// # Errors
    /// When SQLite refuses the handler.
    pub fn stop_when(&mut self, cancel: &CancelToken) -> Result<()> {
        self.0.cancel = cancel.clone();
        let cancel = cancel.clone();
        self.0
            .conn
            .progress_handler(10_000, Some(move || cancel.reason().is_some()))
            .map_err(|error| fault(&self.path, "watch the clock", &error))
    }

    /// Closes the file, reporting what a plain drop would swallow.
    pub(super) fn close(self) -> Result<()> {
        let Handle { conn, path, .. } = self.0;
        conn.close().map_err(|(_, error)| fault(&path, "close it", &error))
    }
}

const READONLY_ROLLBACK: i32 = rusqlite::ffi::SQLITE_READONLY_ROLLBACK;

/// Checks the head of the file before SQLite sees it, and gives its absolute path: SQLite would
/// read a name that starts with "file:" as a URI.
fn recognise(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).map_err(|error| Error::file("find", path, &error))?;
    let not = |why: &str| Error::NotAnArchive { path: path.clone(), why: why.to_owned() };
    if std::fs::metadata(&path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        // Opening a pipe would wait for somebody to write into it.
        return Err(not("it is no file"));
    }
    let mut file = std::fs::File::open(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.clone() },
        _ => Error::file("read", &path, &error),
    })?;
    if file.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err(not("it is a folder"));
    }
    let mut head = [0; 16];
    match file.read_exact(&mut head) {
        Ok(()) if &head == b"SQLite format 3\0" => Ok(path),
        Ok(()) => Err(not("it is not an SQLite file, or it is encrypted")),
        Err(_) if file.metadata().is_ok_and(|meta| meta.len() == 0) => {
            Err(not("it is empty; `onrecord init` makes an archive under a new name"))
        }
        Err(_) => Err(not("it is not an SQLite file")),
    }
}

/// Up to this size the pages are looked over before every write; it takes some hundredths of a
/// second. A larger file is looked over by `check`.
const SMALL: u64 = 16 << 20;

/// Refuses to write into a small file whose pages are damaged. Rows that break a rule are no damage:
/// they are findings of `check`, and can be put right.
fn sound(conn: &Connection, path: &Path) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|meta| meta.len() > SMALL) {
        return Ok(());
    }
    match damage(conn).map_err(|error| fault(path, "look over its pages", &error))? {
        Some(why) => Err(Error::Damaged { path: path.to_owned(), why }),
        None => Ok(()),
    }
}

/// What is damaged in a file, if anything is; rows that break a rule are not.
fn damage(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let look = || -> rusqlite::Result<Vec<String>> {
        let mut statement = conn.prepare("SELECT quick_check AS found FROM pragma_quick_check")?;
        statement.query_map([], |row| row.get("found"))?.collect()
    };
    let rule = |found: &str| {
        let words =
            [" constraint failed in ", "NULL value in ", "NUMERIC value in ", "TEXT value in "];
        found == "ok" || words.iter().any(|word| found.contains(word))
    };
    Ok(look()?.into_iter().find(|found| !rule(found)))
}

/// All settings of a connection, each with its reason.
pub(super) fn settle(conn: &Connection) -> rusqlite::Result<()> {
    // Schema tricks of a hostile file cannot reach the schema itself or call functions with effects.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // "nope" is an unknown column, not the text nope.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // An import goes round some forty statements; kept prepared, none is parsed twice.
    conn.set_prepared_statement_cache_capacity(128);
    // Other programs may hold the file for a moment.
    conn.busy_timeout(Duration::from_secs(30))?;
    conn.execute_batch(
        "PRAGMA cell_size_check = ON;
         PRAGMA foreign_keys = ON;
         -- FULL loses the last commit when power fails with this journal mode.
         PRAGMA synchronous = EXTRA;",
    )
}

/// Reads what the file says it is, and gives its format.
fn identify(conn: &Connection, path: &Path) -> Result<Format> {
    // A view by that name could say anything, for ever.
    let is_table =
        "SELECT count(1) AS n FROM sqlite_schema WHERE type = 'table' AND name = 'archive'";
    let tables: i64 = conn
        .query_row(is_table, [], |row| row.get("n"))
        .map_err(|error| fault(path, "read what it is", &error))?;
    if tables == 0 {
        return Err(Error::NotAnArchive {
            path: path.to_owned(),
            why: "it is an SQLite file, but not an onrecord archive".to_owned(),
        });
    }
    let found =
        conn.query_row("SELECT format FROM archive", [], |row| row.get::<_, String>("format"));
    let not = |why: &str| Error::NotAnArchive { path: path.to_owned(), why: why.to_owned() };
    match found {
        Ok(format) if format != "onrecord" => Err(not("its archive row names another format")),
        Ok(_) => migrate::format(conn)
            .map_err(|error| fault(path, "read its format", &error))?
            .ok_or_else(|| Error::Unreleased { path: path.to_owned() }),
        Err(rusqlite::Error::QueryReturnedNoRows) => {
            Err(not("its archive row is gone, so nothing says what it is"))
        }
        Err(error) => match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::Unknown) => {
                Err(not("it is an SQLite file, but not an onrecord archive"))
            }
            _ => Err(fault(path, "read what it is", &error)),
        },
    }
}

/// Lets reading statements through and nothing else, and asks `stop` as it goes.
fn guard(handle: &mut Handle) -> rusqlite::Result<()> {
    let Handle { conn, cancel, denied, .. } = handle;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA hard_heap_limit = 1073741824;")?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    // SQLite's own lower() knows the letters a to z alone.
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    conn.create_scalar_function("unicode_lower", 1, flags, |context| {
        Ok(context.get::<Option<String>>(0)?.map(|text| text.to_lowercase()))
    })?;
    let cancel = cancel.clone();
    conn.progress_handler(1000, Some(move || cancel.reason().is_some()))?;
    let denied = Arc::clone(denied);
    conn.authorizer(Some(move |context: AuthContext<'_>| match refusal(&context.action) {
        None => Authorization::Allow,
        Some(what) => {
            if let Ok(mut denied) = denied.lock() {
                denied.get_or_insert(what);
            }
            Authorization::Deny
        }
    }))
}

/// What an action is called when it may not be done; `None` when it may.
fn refusal(action: &AuthAction<'_>) -> Option<String> {
    const PRAGMAS: [&str; 9] = [
        "data_version",
        "foreign_key_check",
        "foreign_key_list",
        "index_info",
        "index_list",
        "integrity_check",
        "table_info",
        "table_list",
        "table_xinfo",
    ];
    const FUNCTIONS: [&str; 4] = ["load_extension", "fts3_tokenizer", "randomblob", "zeroblob"];
    Some(match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => return None,
        AuthAction::Function { function_name } if !FUNCTIONS.contains(function_name) => {
            return None;
        }
        AuthAction::Pragma { pragma_name, .. } if PRAGMAS.contains(pragma_name) => return None,
        AuthAction::Function { function_name } => format!("the function {function_name}()"),
        AuthAction::Pragma { pragma_name, .. } => format!("PRAGMA {pragma_name}"),
        AuthAction::Insert { table_name } => format!("INSERT into {table_name}"),
        AuthAction::Update { table_name, .. } => format!("UPDATE of {table_name}"),
        AuthAction::Delete { table_name } => format!("DELETE from {table_name}"),
        AuthAction::Attach { .. } => "ATTACH or VACUUM".to_owned(),
        AuthAction::Detach { .. } => "DETACH".to_owned(),
        AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => "a transaction".to_owned(),
        _ => "changing the schema".to_owned(),
    })
}
