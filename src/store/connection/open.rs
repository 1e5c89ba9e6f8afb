//! Opening an archive. Before anything is read or written, the file is checked: it is an archive,
//! this program understands its format, its pages are sound and its guards are in place.

use super::authorizer::install_authorizer;
use super::backup::copy_pages;
use super::damage::{Depth, find_damage};
use super::handle::{Handle, Reader, Writer, configure, configure_with};
use super::sqlite_error::map_err;
use crate::error::{Error, Result};
use crate::model::{CancelToken, Progress, all_kinds};
use crate::store::schema::ViewSpec;
use crate::store::schema::guards;
use crate::store::schema::installed::{Text, shadow};
use crate::store::schema::migrate::{self, Format, Program};
use crate::store::schema::texts::MIGRATIONS;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

impl Reader {
    /// Opens the archive at `path` for reading. Where it has one of the derived views, or of `views`, otherwise than
    /// this program ships it, the program's own text stands before that of the file, and the caller is told. An
    /// archive of another format answers by the views that are in it, in the time that the caller gives to SQL that
    /// did not come with the program.
    ///
    /// # Errors
    /// Fails if there is no file, or the file is damaged or not an archive. An archive of a newer
    /// program is read as far as this program's SQLite understands its SQL.
    pub fn open(path: &Path, views: &[ViewSpec], cancel: CancelToken) -> Result<Self> {
        let Recognised { path, is_of_the_future } = recognise(path)?;
        let mut conn = connect(&path)?;
        if let Err(error) = conn.query_row("SELECT 1 FROM sqlite_schema", [], |_| Ok(())) {
            let code = error.sqlite_error();
            if code.is_some_and(|e| e.code == ErrorCode::CannotOpen) && has_write_ahead_log(&path) {
                return Err(Error::file_because("read", &path, WITHOUT_LOG));
            }
            if code.is_some_and(|e| e.extended_code == READONLY_ROLLBACK) {
                // A program was stopped during a write: opening the file for writing rolls that back.
                let writing = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let rolled = Connection::open_with_flags(&path, writing).and_then(|c| {
                    c.query_row("SELECT count(1) FROM sqlite_schema", [], |_| Ok(()))
                });
                rolled.map_err(|error| {
                    map_err(&path, "roll back an unfinished write to it", &error)
                })?;
                conn = connect(&path)?;
            }
        }
        configure(&conn).map_err(|error| map_err(&path, "open it", &error))?;
        let found = identify(&conn, &path)?;
        let (shadowed, cancel) = if found == Format::KNOWN {
            let shadowed = shadow(&conn, views);
            (shadowed.map_err(|error| map_err(&path, "read its views", &error))?, cancel)
        } else {
            (Vec::new(), cancel.begin_foreign())
        };
        if !shadowed.is_empty() {
            cancel.remark(&format!(
                "{} has otherwise than this program, or lacks: {}. This program answers by its own text; \
                 `onrecord check guards` says more",
                path.display(),
                listed(&shadowed)
            ));
        }
        let mut reader = Self::guarded(conn, path, cancel, !shadowed.is_empty())?;
        reader.0.is_of_the_future = is_of_the_future;
        Ok(reader)
    }

    /// Opens the archive at `path` for a glance: it waits for no other program, and leaves an unfinished
    /// write to those who read in earnest.
    ///
    /// # Errors
    /// As [`Reader::open`]; also fails if another program is writing, or was stopped during a write.
    pub fn glance(path: &Path, cancel: CancelToken) -> Result<Self> {
        let Recognised { path, .. } = recognise(path)?;
        let conn = connect(&path)?;
        configure_with(&conn, Duration::ZERO).map_err(|error| map_err(&path, "open it", &error))?;
        identify(&conn, &path)?;
        Self::guarded(conn, path, cancel, false)
    }

    fn guarded(
        conn: Connection,
        path: PathBuf,
        cancel: CancelToken,
        is_shadowed: bool,
    ) -> Result<Self> {
        let mut handle = Handle { is_shadowed, ..Handle::new(conn, path, cancel) };
        // A report looks up rows in random order: large enough for the indexes of a million claims that it reads most,
        // so that few pages are read twice. In KiB; a smaller archive takes no more than its size.
        let opened = handle.conn.pragma_update(None, "cache_size", -64_000);
        opened
            .and_then(|()| install_authorizer(&mut handle))
            .map_err(|error| map_err(&handle.path, "open it", &error))?;
        Ok(Reader(handle))
    }

    /// Opens the archive again, so that SQLite checks the CHECK constraints of its tables too, which it does not do for
    /// a file that it may only read: of such a file a copy is opened, which SQLite keeps in a temporary file of its own.
    /// The authorizer still refuses to write.
    ///
    /// # Errors
    /// As [`Reader::open`]; or if the copy cannot be written.
    pub(in crate::store) fn with_rules(&self) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let fail = |error: rusqlite::Error| map_err(&self.path, "open it", &error);
        let mut conn = Connection::open_with_flags(&self.path, flags).map_err(fail)?;
        // Also the copy of a file that only a newer SQLite may write is not written.
        if !self.is_of_the_future && conn.is_readonly(MAIN_DB).map_err(fail)? {
            conn = Connection::open("").map_err(fail)?;
            copy_pages(self, &mut conn, &Progress::silent(), |error| {
                map_err(&self.path, "copy it to a temporary file", &error)
            })?;
        }
        configure(&conn).map_err(fail)?;
        let mut handle = Handle::new(conn, self.path.clone(), self.cancel.clone());
        handle.is_of_the_future = self.is_of_the_future;
        install_authorizer(&mut handle).map_err(fail)?;
        Ok(Reader(handle))
    }
}

impl Handle {
    /// A second connection that reads the same file, without the limits of a reader: for the program's own statements.
    pub(in crate::store) fn beside(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.path, flags)?;
        configure(&conn)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(conn)
    }
}

/// Names, the first few of them.
fn listed(names: &[String]) -> String {
    const FEW: usize = 5;
    let few = names.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(FEW) {
        0 => few,
        more => format!("{few} and {more} more"),
    }
}

/// The reason why a file with a write-ahead log cannot be read where nothing can be written.
const WITHOUT_LOG: &str = "its latest changes may wait in the file beside it whose name ends in -wal, and SQLite reads \
    that only where it can write. Copy both files to a folder of your own, and read it there";

/// Returns true if the header says that the file is written through a write-ahead log.
fn has_write_ahead_log(path: &Path) -> bool {
    let mut head = [0; 20];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head[18..] == [2, 2]
}

/// Connects to a file that is only read.
fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|error| map_err(path, "open it", &error))
}

impl Writer {
    /// Opens the archive at `path` for writing. An older archive is upgraded first: its tables, and
    /// the triggers and views that this program installs. `views` are the reports and checks.
    ///
    /// # Errors
    /// Returns the errors of [`Reader::open`]; also fails if the archive is newer than this program,
    /// or if its guards are missing, changed or unknown.
    pub fn open(path: &Path, views: &[ViewSpec]) -> Result<Self> {
        let writer = Self::open_unguarded(path, views)?;
        let what = guards::differences(&writer.conn, &writer.path)?;
        if what.is_empty() {
            Ok(writer)
        } else {
            Err(Error::Guards { path: writer.path.clone(), what })
        }
    }

    /// Opens the archive for writing without a check of its guards, so that they can be repaired.
    pub(in crate::store) fn open_unguarded(path: &Path, views: &[ViewSpec]) -> Result<Self> {
        let Recognised { path, .. } = recognise(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        refuse_link(&path)?;
        let conn = Connection::open_with_flags(&path, flags)
            .map_err(|error| map_err(&path, "open it", &error))?;
        configure(&conn).map_err(|error| map_err(&path, "open it", &error))?;
        let found = identify(&conn, &path)?;
        if found.is_newer_than(Format::KNOWN) {
            let (found, known) = (found.to_string(), Format::KNOWN.to_string());
            return Err(Error::Newer { path, found, known });
        }
        if Format::KNOWN.is_newer_than(found) {
            let program = Program { migrations: MIGRATIONS, text: Text::new(views) };
            migrate::upgrade(&conn, &path, &program)?;
        }
        quick_check(&conn, &path)?;
        // Switch a file in WAL mode back to a rollback journal, if no other program has it open, so
        // that the archive is one file when it is copied or is in a read-only folder.
        let _ = conn.pragma_update(None, "journal_mode", "DELETE");
        Ok(Writer::new(conn, path))
    }
}

/// Refuses to write to a file through a symbolic link.
pub(in crate::store) fn refuse_link(path: &Path) -> Result<()> {
    if path.symlink_metadata().is_ok_and(|meta| meta.is_symlink()) {
        let why = "it is a symbolic link; name the file itself";
        return Err(Error::file_because("write to", path, why));
    }
    Ok(())
}

const READONLY_ROLLBACK: i32 = rusqlite::ffi::SQLITE_READONLY_ROLLBACK;

/// A file that begins as one of SQLite's does.
struct Recognised {
    /// The absolute path, since SQLite would read a relative name that starts with "file:" as a URI.
    path: PathBuf,
    /// True if the header says that only an SQLite of the future may write it.
    is_of_the_future: bool,
}

/// Checks the header of the file. Call this before SQLite opens it: to close a file gives up the locks that SQLite holds.
fn recognise(path: &Path) -> Result<Recognised> {
    let path = std::path::absolute(path).map_err(|error| Error::file("find", path, &error))?;
    let not = |why: &str| Error::NotAnArchive { path: path.clone(), why: why.to_owned() };
    if std::fs::metadata(&path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        // Opening a pipe would block until another program writes to it.
        return Err(not("it is no file"));
    }
    let mut file = std::fs::File::open(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.clone() },
        _ => Error::file("read", &path, &error),
    })?;
    if file.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err(not("it is a folder"));
    }
    let mut head = [0; 19];
    match file.read_exact(&mut head) {
        // The version of the format to write it is 1, or 2 through a write-ahead log.
        Ok(()) if head.starts_with(b"SQLite format 3\0") => {
            Ok(Recognised { path, is_of_the_future: head[18] > 2 })
        }
        Ok(()) => Err(not("it is not an SQLite file, or it is encrypted")),
        Err(_) if file.metadata().is_ok_and(|meta| meta.len() == 0) => {
            Err(not("it is empty; `onrecord init` makes an archive under a new name"))
        }
        Err(_) => Err(not("it is not an SQLite file")),
    }
}

/// The maximum size of a file whose pages are checked before every write, which takes some hundredths
/// of a second. `check` checks larger files.
const MAX_QUICK_CHECK_BYTES: u64 = 16 << 20;

/// Refuses to write into a small file whose pages are damaged. A row that breaks a rule is not damage
/// but a finding of `check`, and can be corrected.
fn quick_check(conn: &Connection, path: &Path) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|meta| meta.len() > MAX_QUICK_CHECK_BYTES) {
        return Ok(());
    }
    match find_damage(conn, path, Depth::Pages)? {
        // A row is written all the same: its words wait in a table until the index is built anew.
        Some(damage) if damage.is_of_search() => Ok(()),
        Some(damage) => Err(damage.into_error(path)),
        None => Ok(()),
    }
}

/// Checks that the file is an archive, and returns its format.
fn identify(conn: &Connection, path: &Path) -> Result<Format> {
    // Only a table will do: a hostile view of this name could run without end.
    let is_table =
        "SELECT count(1) AS n FROM sqlite_schema WHERE type = 'table' AND name = 'archive'";
    let tables: i64 = conn
        .query_row(is_table, [], |row| row.get("n"))
        .map_err(|error| map_err(path, "read what it is", &error))?;
    if tables == 0 {
        return Err(Error::NotAnArchive {
            path: path.to_owned(),
            why: "it is an SQLite file, but not an onrecord archive".to_owned(),
        });
    }
    // Nor will a view in place of any other table: what reads the table would run it.
    let no_table: Option<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'view'")
        .and_then(|mut views| {
            let names = views.query_map([], |row| row.get::<_, String>("name"))?;
            names.collect::<rusqlite::Result<Vec<_>>>()
        })
        .map_err(|error| map_err(path, "read what it is", &error))?
        .into_iter()
        .find(|name| all_kinds().any(|kind| kind.is_of(name)));
    if let Some(name) = no_table {
        return Err(Error::NotAnArchive {
            path: path.to_owned(),
            why: format!("its {name} is no table: another tool put a view in its place"),
        });
    }
    let found =
        conn.query_row("SELECT format FROM archive", [], |row| row.get::<_, String>("format"));
    let not = |why: &str| Error::NotAnArchive { path: path.to_owned(), why: why.to_owned() };
    match found {
        Ok(format) if format != "onrecord" => Err(not("its archive row names another format")),
        Ok(_) => migrate::format(conn)
            .map_err(|error| map_err(path, "read its format", &error))?
            .ok_or_else(|| Error::Unreleased { path: path.to_owned() }),
        Err(rusqlite::Error::QueryReturnedNoRows) => {
            Err(not("its archive row is gone, so nothing says what it is"))
        }
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::Unknown) => {
                Err(not("it is an SQLite file, but not an onrecord archive"))
            }
            _ => Err(map_err(path, "read what it is", &error)),
        },
    }
}
