//! Files whose bytes are too many for a row in memory: exports and merges copy them from archive to archive in blocks.

use crate::error::{Error, Result};
use crate::store::blobs::{
    BLOCK, Cell, CellReader, MAX_BYTES_IN_ROW, are_cells_equal, copy_cell, read_error,
};
use crate::store::connection::{Handle, Writer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::OptionalExtension;
use rusqlite::blob::ZeroBlob;
use std::collections::HashMap;
use std::io::{Read, Write};

/// The result of taking a large file from another archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LargeFile {
    /// It was not here, and is now.
    New,
    /// It is here with the same bytes.
    Same,
    /// Another file is here under its name.
    Other {
        /// The number of stored bytes of the other archive's.
        theirs: u64,
        /// The number of stored bytes of the one here.
        ours: u64,
    },
}

/// The ids of the files whose bytes no row carries in memory, by name. [`read_rows`](crate::store::read_rows) leaves
/// their bytes out.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn large_files(db: &Handle) -> Result<HashMap<String, i64>> {
    let read = || -> rusqlite::Result<HashMap<String, i64>> {
        let mut statement = db.conn.prepare_cached(include_str!("large_files.sql"))?;
        statement
            .query_map([MAX_BYTES_IN_ROW], |row| Ok((row.get("name")?, row.get("id")?)))?
            .collect()
    };
    read().map_err(|error| db.map_err("list its large files", &error))
}

/// Writes the stored bytes of a file as base64.
///
/// # Errors
/// Fails if the archive cannot be read, reading is cancelled, or `out` fails.
pub fn encode_large_file(db: &Handle, id: i64, out: &mut dyn Write) -> Result<()> {
    let mut stored = CellReader::open(db, Cell::of_file(id))?;
    let mut rest = stored.len();
    // Three bytes are four digits.
    let (mut block, mut text) = (vec![0; BLOCK / 3 * 3], String::new());
    while rest > 0 {
        let length = block.len().min(usize::try_from(rest).unwrap_or(block.len()));
        let failed = |error| read_error(db, &error).unwrap_or(Error::Output(error));
        stored.read_exact(&mut block[..length]).map_err(failed)?;
        text.clear();
        BASE64.encode_string(&block[..length], &mut text);
        out.write_all(text.as_bytes())?;
        rest -= length as u64;
    }
    Ok(())
}

/// Copies the file with this id and name from another archive, unless one of its name is here.
///
/// # Errors
/// Fails if either archive fails, or writing is cancelled.
pub fn copy_large_file(db: &Handle, id: i64, name: &str, writer: &Writer) -> Result<LargeFile> {
    let fail = |error: rusqlite::Error| writer.map_err("take a file over", &error);
    let sql = "SELECT id, data IS NULL AS is_empty FROM sqlar WHERE name = ?1";
    let find = |row: &rusqlite::Row<'_>| Ok((row.get("id")?, row.get("is_empty")?));
    let ours: Option<(i64, bool)> =
        writer.conn.query_row(sql, [name], find).optional().map_err(fail)?;
    let theirs = Cell::of_file(id);
    let length = CellReader::open(db, theirs)?.len();
    if let Some((ours, is_empty)) = ours {
        if is_empty {
            return Ok(LargeFile::Other { theirs: length, ours: 0 });
        }
        let cell = Cell::of_file(ours);
        return Ok(match are_cells_equal(db, theirs, writer, cell)? {
            true => LargeFile::Same,
            false => {
                LargeFile::Other { theirs: length, ours: CellReader::open(writer, cell)?.len() }
            }
        });
    }
    let sql = "SELECT mode, mtime, sz FROM sqlar WHERE id = ?1";
    type Facts = (Option<i64>, Option<i64>, Option<i64>);
    let read = |row: &rusqlite::Row<'_>| Ok((row.get("mode")?, row.get("mtime")?, row.get("sz")?));
    let (mode, mtime, size): Facts = db
        .conn
        .query_row(sql, [id], read)
        .map_err(|error| db.map_err("read one of its files", &error))?;
    let sql = "INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?1, ?2, ?3, ?4, ?5)";
    let values = rusqlite::params![name, mode, mtime, size, ZeroBlob(length)];
    writer.conn.execute(sql, values).map_err(fail)?;
    copy_cell(db, theirs, writer, Cell::of_file(writer.conn.last_insert_rowid()))?;
    Ok(LargeFile::New)
}
