//! Builds anew what is damaged of a file and follows from its rows: indexes, search indexes and kept rows. The file is
//! put right in a copy, whose pages then take the place of its own in one transaction.

use crate::error::{Error, Result};
use crate::model::CancelToken;
use crate::store::connection::damage::{Damage, Depth, SEARCH_INDEXES, find_damage};
use crate::store::connection::refuse_link;
use crate::store::connection::sqlite_error::map_err;
use crate::store::connection::transaction::{UNCONFIRMED, is_written, last_operation};
use crate::store::drafts::draft_file;
use crate::store::rows::sql::quote;
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// Builds the damaged objects anew that follow from others; `fill` puts into a copy of the file, by its path, what it
/// lacks then, given the names of the damaged objects, and records that as an operation. Until the pages of the copy are
/// in the file, which is one transaction, the file is as it was. Returns what `fill` does; `None` for a file without
/// damage.
///
/// # Errors
/// Returns [`Error::Damaged`] if rows themselves are damaged; fails if the file cannot be read or written to, or there is
/// no room for a copy beside it.
pub(super) fn rebuild<T>(
    path: &Path,
    cancel: &CancelToken,
    fill: impl FnOnce(&Path, &[String]) -> Result<T>,
) -> Result<Option<T>> {
    let doing = format!("build what is damaged of {} anew", path.display());
    let fail = |error: rusqlite::Error| map_err(path, &doing, &error);
    refuse_link(path)?;
    let mut conn = open(path)?;
    let Some(damage) = find_damage(&conn, path, Depth::Indexes)? else { return Ok(None) };
    if damage.lost.is_some() {
        return Err(damage.into_error(path));
    }
    let file = |error: &std::io::Error| Error::file("copy", path, error);
    let (draft, _claimed) = draft_file(path).map_err(|error| file(&error))?;
    let before = data_version(&conn).map_err(fail)?;
    copy(&conn, &mut Connection::open(draft.path()).map_err(fail)?).map_err(fail)?;
    leave_out(draft.path(), &damage).map_err(fail)?;
    let rebuilt: Vec<String> = damage.derived.into_iter().collect();
    let done = fill(draft.path(), &rebuilt)?;
    let sound = open(draft.path())?;
    if let Some(damage) = find_damage(&sound, path, Depth::Indexes)? {
        return Err(Error::Damaged {
            path: path.to_owned(),
            why: damage.names(),
            is_derived: false,
        });
    }
    if data_version(&conn).map_err(fail)? != before {
        return Err(Error::Locked { path: path.to_owned() });
    }
    match copy(&sound, &mut conn) {
        Ok(()) => {}
        Err(_) if last_operation(&sound).is_some_and(|own| is_written(path, own)) => {
            cancel.remark(UNCONFIRMED);
        }
        Err(error) => return Err(fail(error)),
    }
    Ok(Some(done))
}

fn open(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<Connection> {
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(std::time::Duration::from_secs(30))?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        conn.pragma_update(None, "synchronous", "EXTRA")?;
        Ok(conn)
    };
    open().map_err(|error| map_err(path, "open it", &error))
}

/// Takes the damaged tables out of the schema of a draft, and fills the damaged indexes in new pages, all without a look
/// at the damaged ones, which the file then loses.
fn leave_out(draft: &Path, damage: &Damage) -> rusqlite::Result<()> {
    let conn = Connection::open(draft)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    // The draft counts only when it is done.
    conn.execute_batch(
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA writable_schema = ON",
    )?;
    let mut indexes = Vec::new();
    for name in &damage.derived {
        if SEARCH_INDEXES.contains(&name.as_str()) {
            conn.execute(include_str!("rebuild_forget_search.sql"), [name])?;
            continue;
        }
        conn.execute("DELETE FROM sqlite_schema WHERE tbl_name = ?1", [name])?;
        let is_index = "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?1";
        if conn.prepare(is_index)?.exists([name])? {
            conn.execute_batch("CREATE TABLE repair (a); CREATE INDEX repair_a ON repair (a)")?;
            conn.execute(include_str!("rebuild_new_page.sql"), [name])?;
            conn.execute_batch("DELETE FROM sqlite_schema WHERE name = 'repair_a'; PRAGMA writable_schema = RESET; PRAGMA writable_schema = ON; DROP TABLE repair")?;
            indexes.push(quote(name));
        }
    }
    conn.execute_batch("PRAGMA writable_schema = RESET")?;
    for index in indexes {
        conn.execute_batch(&format!("REINDEX {index}"))?;
    }
    conn.execute_batch("VACUUM")
}

/// Copies a file page by page, with what its write-ahead log holds, in one transaction.
fn copy(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    Backup::new(from, to)?.run_to_completion(i32::MAX, std::time::Duration::ZERO, None)
}

/// A number that changes when another program has written to the file.
fn data_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "data_version", |row| row.get(0))
}
