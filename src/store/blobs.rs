//! Bytes that are too many to hold in memory, read from a cell, written to a cell and copied from cell to cell in
//! blocks, by SQLite's incremental I/O.

use super::connection::{Handle, Writer};
use crate::error::{Error, Result};
use rusqlite::blob::Blob;
use std::io::{self, Read};

/// The most bytes of a cell that a row carries in memory. More are copied from cell to cell.
pub(in crate::store) const MAX_BYTES_IN_ROW: i64 = 1 << 20;

/// The number of bytes that are read or written between two looks at the cancellation token.
pub(in crate::store) const BLOCK: usize = 1 << 18;

/// The cell `data` of a row.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Cell {
    table: &'static str,
    id: i64,
}

impl Cell {
    /// The bytes of the row of `sqlar` with this id.
    pub(in crate::store) const fn of_file(id: i64) -> Self {
        Cell { table: "sqlar", id }
    }

    /// The bytes of the row of `removed_bytes` with this id.
    pub(in crate::store) const fn of_removed(id: i64) -> Self {
        Cell { table: "removed_bytes", id }
    }

    /// The bytes of the row of `found_files`, a table of files that another tool made, with this id.
    pub(in crate::store) const fn of_found(id: i64) -> Self {
        Cell { table: "found_files", id }
    }

    fn open(self, db: &Handle, read_only: bool) -> rusqlite::Result<Blob<'_>> {
        db.conn.blob_open(c"main", self.table, "data", self.id, read_only)
    }
}

/// The bytes of a cell, from the first to the last. Reading ends with an error when the cancellation token of the
/// archive says so.
pub(in crate::store) struct CellReader<'a> {
    db: &'a Handle,
    blob: Blob<'a>,
    at: usize,
}

impl<'a> CellReader<'a> {
    /// Opens a cell for reading.
    ///
    /// # Errors
    /// Fails if there is no such row, or it holds no bytes.
    pub(in crate::store) fn open(db: &'a Handle, cell: Cell) -> Result<Self> {
        let blob = cell.open(db, true).map_err(|error| db.map_err("read the bytes", &error))?;
        Ok(CellReader { db, blob, at: 0 })
    }

    /// The number of bytes in the cell.
    pub(in crate::store) fn len(&self) -> u64 {
        self.blob.len() as u64
    }
}

impl Read for CellReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(why) = self.db.stopped() {
            return Err(io::Error::other(why));
        }
        let read = self.blob.read_at(buffer, self.at).map_err(io::Error::other)?;
        self.at += read;
        Ok(read)
    }
}

/// The error of a failed read from a [`CellReader`], if it is one of SQLite's or a cancellation; `None` for an error
/// in what the bytes say.
pub(in crate::store) fn read_error(db: &Handle, error: &io::Error) -> Option<Error> {
    if let Some(why) = db.stopped() {
        return Some(Error::Stopped { why: why.to_owned() });
    }
    let inner = error.get_ref()?.downcast_ref::<rusqlite::Error>()?;
    Some(db.map_err("read the bytes", inner))
}

/// Fills the bytes of a cell, which is large enough, with what `content` yields; `failed` makes the error of a failed
/// read.
///
/// # Errors
/// Fails if there is no such cell, `content` cannot be read or yields fewer bytes, or writing is cancelled.
pub(in crate::store) fn fill_cell(
    writer: &Writer,
    cell: Cell,
    content: &mut dyn Read,
    failed: &dyn Fn(&io::Error) -> Error,
) -> Result<()> {
    let fail = |error: rusqlite::Error| writer.map_err("write the bytes", &error);
    let mut blob = cell.open(writer, false).map_err(fail)?;
    let (mut at, all) = (0, blob.len());
    let mut block = vec![0; BLOCK.min(all)];
    while at < all {
        if let Some(why) = writer.stopped() {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        let length = block.len().min(all - at);
        content.read_exact(&mut block[..length]).map_err(|error| failed(&error))?;
        blob.write_all_at(&block[..length], at).map_err(fail)?;
        at += length;
    }
    blob.close().map_err(fail)
}

/// Copies the bytes of a cell to a cell of the same size, which may be in another archive.
///
/// # Errors
/// Fails if either archive fails, or writing is cancelled.
pub(in crate::store) fn copy_cell(
    db: &Handle,
    from: Cell,
    writer: &Writer,
    to: Cell,
) -> Result<()> {
    let mut content = CellReader::open(db, from)?;
    fill_cell(writer, to, &mut content, &|error| {
        read_error(db, error).unwrap_or_else(|| db.map_err("copy the bytes", &short_cell()))
    })
}

/// Returns true if two cells, perhaps of two archives, hold the same bytes.
///
/// # Errors
/// Fails if either archive cannot be read, or reading is cancelled.
pub(in crate::store) fn are_cells_equal(
    db: &Handle,
    one: Cell,
    other_db: &Handle,
    other: Cell,
) -> Result<bool> {
    let (mut one, mut other) = (CellReader::open(db, one)?, CellReader::open(other_db, other)?);
    if one.len() != other.len() {
        return Ok(false);
    }
    let failed = |db: &Handle, error: &io::Error| {
        read_error(db, error).unwrap_or_else(|| db.map_err("compare the bytes", &short_cell()))
    };
    let (mut rest, mut left, mut right) = (one.len(), vec![0; BLOCK], vec![0; BLOCK]);
    while rest > 0 {
        let length = BLOCK.min(usize::try_from(rest).unwrap_or(BLOCK));
        one.read_exact(&mut left[..length]).map_err(|error| failed(db, &error))?;
        other.read_exact(&mut right[..length]).map_err(|error| failed(other_db, &error))?;
        if left[..length] != right[..length] {
            return Ok(false);
        }
        rest -= length as u64;
    }
    Ok(true)
}

/// The error of a cell with fewer bytes than SQLite said.
fn short_cell() -> rusqlite::Error {
    rusqlite::Error::BlobSizeError
}
