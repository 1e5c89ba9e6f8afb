//! The codes of the code lists of an archive.

use crate::error::{Error, Result};
use crate::model::{KINDS, Kind};
use crate::store::connection::sqlite_error::message;
use crate::store::connection::{Handle, Writer};
use rusqlite::ErrorCode;
use std::collections::BTreeMap;

/// The codes of every code list, by table.
#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<String, Vec<String>>);

impl Words {
    /// Reads the codes from an archive.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn read(db: &Handle) -> Result<Self> {
        let mut words = Words::default();
        for kind in KINDS.iter().filter(|kind| kind.identity == ["code"]) {
            let read = || -> rusqlite::Result<Vec<String>> {
                let sql =
                    format!("SELECT CAST(code AS TEXT) AS code FROM {} ORDER BY rank", kind.table);
                db.conn.prepare(&sql)?.query_map([], |row| row.get("code"))?.collect()
            };
            let codes = read().map_err(|error| db.map_err("read its code lists", &error))?;
            words.0.insert(kind.table.to_owned(), codes);
        }
        Ok(words)
    }

    /// The codes of one list.
    pub fn of(&self, table: &str) -> &[String] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }
}

/// Returns true if a code list of the archive has this code.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn has_code(db: &Handle, list: &Kind, code: &str) -> Result<bool> {
    let sql = format!("SELECT 1 FROM {} WHERE CAST(code AS TEXT) = ?1", list.table);
    let look = || db.conn.prepare_cached(&sql)?.exists([code]);
    look().map_err(|error| db.map_err("read its code lists", &error))
}

/// Removes from a code list the codes that are not in `codes`.
///
/// # Errors
/// Fails if a row still uses a code that would be removed.
pub fn keep_codes(writer: &Writer, table: &str, codes: &[String]) -> Result<()> {
    let fail = |code: &str, error: &rusqlite::Error| match error.sqlite_error_code() {
        // A guard names the column that refers to the code.
        Some(ErrorCode::ConstraintViolation) => Error::Refused {
            what: format!(
                "cannot take the list {table} over: its code {code:?} is not in the export, and a row needs it: {}",
                message(error)
            ),
            hint: format!("add the line of {code:?} to the export; nothing was written"),
        },
        _ => writer.map_err("take codes out", error),
    };
    for code in Words::read(writer)?.of(table).iter().filter(|code| !codes.contains(code)) {
        let sql = format!("DELETE FROM {table} WHERE CAST(code AS TEXT) = ?1");
        writer
            .conn
            .prepare_cached(&sql)
            .and_then(|mut s| s.execute([code]))
            .map_err(|error| fail(code, &error))?;
    }
    Ok(())
}
