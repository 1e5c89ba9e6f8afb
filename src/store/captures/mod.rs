//! Captured copies: bytes in SQLite's archive format, so that `sqlite3 FILE -A` reads them too.

use super::connection::{Handle, Writer};
use crate::error::{Error, Result};
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use rusqlite::OptionalExtension;
use std::io::{Read, Write};

/// The row that describes a captured copy.
#[derive(Clone, Debug)]
pub struct Capture {
    /// Key of its source.
    pub source: String,
    /// Path inside the archive.
    pub name: String,
    /// SHA-256 of the bytes; `None` when the row was added by a tool that cannot compute it.
    pub sha256: Option<String>,
    /// Size of the bytes.
    pub size: i64,
}

/// Stores bytes under a name, compressed if that makes them smaller.
///
/// # Errors
/// Fails if SQLite refuses the row.
pub fn keep_file(writer: &Writer, name: &str, mtime: Option<i64>, bytes: &[u8]) -> Result<()> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    let packed = encoder.finish()?;
    // The format distinguishes compressed from plain bytes by their length.
    let data = if packed.len() < bytes.len() { packed.as_slice() } else { bytes };
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    writer
        .conn
        .execute(
            "INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?1, 33188, ?2, ?3, ?4)",
            rusqlite::params![name, mtime, size, data],
        )
        .map(|_| ())
        .map_err(|error| writer.map_err("keep the copy", &error))
}

/// The captures of one source, or of all, newest last.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn captures_of(db: &Handle, source: Option<&str>) -> Result<Vec<Capture>> {
    let read = || -> rusqlite::Result<Vec<Capture>> {
        let mut statement = db.conn.prepare_cached(include_str!("captures.sql"))?;
        let rows = statement.query_map([source], |row| {
            Ok(Capture {
                source: row.get("source")?,
                name: row.get("name")?,
                sha256: row.get("sha256")?,
                size: row.get::<_, Option<i64>>("size")?.unwrap_or(0),
            })
        })?;
        rows.collect()
    };
    read().map_err(|error| db.map_err("list its captured copies", &error))
}

/// Returns the unpacked bytes under a name, at most as many as the row states.
///
/// # Errors
/// Fails if there is no such file, or its data cannot be unpacked to the size it states.
pub fn file_bytes(db: &Handle, name: &str) -> Result<Vec<u8>> {
    let damaged = |why: &str| Error::Sqlite {
        doing: format!("unpack {name}"),
        why: format!("{why}; see `onrecord check`"),
    };
    let found = db
        .conn
        .prepare_cached("SELECT sz, data FROM sqlar WHERE name = ?1")
        .and_then(|mut statement| {
            let read = |row: &rusqlite::Row<'_>| {
                Ok((row.get::<_, Option<i64>>("sz")?, row.get::<_, Option<Vec<u8>>>("data")?))
            };
            statement.query_row([name], read).optional()
        })
        .map_err(|error| db.map_err("read the copy", &error))?;
    let Some((Some(size), Some(data))) = found else {
        return Err(damaged("it is not in the file"));
    };
    unpack(size, data).map_err(damaged)
}

/// Unpacks the data of a file, which states its size, at most to that size.
///
/// # Errors
/// Returns what is wrong with the data.
pub(super) fn unpack(size: i64, data: Vec<u8>) -> std::result::Result<Vec<u8>, &'static str> {
    let size = usize::try_from(size).map_err(|_| "its stated size is below zero")?;
    if data.len() == size {
        return Ok(data);
    }
    // zlib compresses at most about 1000:1; a row that states more is a decompression bomb.
    if size / 1100 > data.len() {
        return Err("its stated size cannot be true");
    }
    let mut bytes = Vec::new();
    // One byte more than stated is enough to detect that there are too many.
    ZlibDecoder::new(data.as_slice())
        .take(u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|_| "its data is not zlib")?;
    if bytes.len() == size { Ok(bytes) } else { Err("its data is not of the stated size") }
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
