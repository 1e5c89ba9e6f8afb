//! Lists captured copies.

use super::capture::{Capture, CaptureFile};
use super::names::name_of_whole;
use crate::error::Result;
use crate::store::connection::Handle;

/// Returns a statement that reads `sqlar` and `capture_parts` of an archive in which they may not be as they should:
/// another tool may have made `sqlar` anew without ids (`sqlite3 FILE -A -c`), so that no copy has its bytes, and an
/// older archive has no parts. Empty tables stand in for them.
///
/// # Errors
/// Fails if the schema cannot be read.
pub(in crate::store) fn with_files(db: &Handle, sql: &str) -> Result<String> {
    let tables = [
        ("sqlar", &["id", "name", "sz", "data"][..]),
        ("capture_parts", &["first_id", "part", "sqlar_id"][..]),
    ];
    let mut empty = Vec::new();
    for (table, columns) in tables {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = db.conn.prepare_cached("SELECT name FROM pragma_table_info(?1)")?;
            statement.query_map([table], |row| row.get("name"))?.collect()
        };
        let found = read().map_err(|error| db.map_err("read its tables", &error))?;
        if !columns.iter().all(|column| found.iter().any(|name| name == column)) {
            let nulls = vec!["NULL"; columns.len()].join(", ");
            empty.push(format!("{table} ({}) AS (SELECT {nulls} WHERE 0)", columns.join(", ")));
        }
    }
    Ok(match empty.is_empty() {
        true => sql.to_owned(),
        false => format!("WITH {}\n{sql}", empty.join(", ")),
    })
}

/// The captures of one source, or of all, newest last; those too whose bytes are not in the file.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn captures_of(db: &Handle, source: Option<&str>) -> Result<Vec<Capture>> {
    let sql = with_files(db, include_str!("captures.sql"))?;
    let read = || -> rusqlite::Result<Vec<Capture>> {
        let mut statement = db.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([source])?;
        let mut captures: Vec<Capture> = Vec::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            let capture: i64 = row.get("capture")?;
            let is_there = row.get::<_, Option<i64>>("id")?.is_some();
            let file = CaptureFile {
                id: row.get("sqlar_id")?,
                part: row.get("part")?,
                name: row.get::<_, Option<String>>("name")?.filter(|_| is_there),
                size: row.get("size")?,
            };
            match captures.last_mut().filter(|_| last == Some(capture)) {
                Some(same) => same.files.push(file),
                None => captures.push(Capture {
                    source: row.get("source")?,
                    name: String::new(),
                    sha256: row.get("sha256")?,
                    files: vec![file],
                }),
            }
            last = Some(capture);
        }
        Ok(captures)
    };
    let mut captures = read().map_err(|error| db.map_err("list its captured copies", &error))?;
    for capture in &mut captures {
        let name = capture.files.iter().find_map(|file| file.name.clone()).unwrap_or_default();
        capture.name = match capture.files.len() {
            1 => name,
            _ => name_of_whole(&name).to_owned(),
        };
    }
    Ok(captures)
}

/// The SHA-256 that a source states, if it states one.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn source_hash(db: &Handle, source: &str) -> Result<Option<String>> {
    db.conn
        .query_row("SELECT sha256 FROM sources WHERE key = ?1", [source], |row| row.get("sha256"))
        .map_err(|error| db.map_err("read the hash of the source", &error))
}

/// Returns true if no copy has this name, whole or in parts.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn is_name_free(db: &Handle, name: &str) -> Result<bool> {
    // '.' follows '-' in ASCII: the range holds the names of all parts.
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM sqlar WHERE name = ?1)
         AND NOT EXISTS (SELECT 1 FROM sqlar WHERE name > ?1 || '.part-' AND name < ?1 || '.part.') AS is_free";
    db.conn
        .query_row(sql, [name], |row| row.get("is_free"))
        .map_err(|error| db.map_err("look for a free name", &error))
}
