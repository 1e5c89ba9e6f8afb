//! Stores the bytes of a captured copy, in one row or in parts.

use super::capture::{Capture, CaptureFile};
use super::names::part_names;
use crate::error::{Error, Result};
use crate::store::blobs::{Cell, fill_cell};
use crate::store::connection::Writer;
use flate2::{Compression, write::ZlibEncoder};
use rusqlite::blob::ZeroBlob;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Compressed bytes that are held in memory; more are in a temporary file.
const MAX_PACKED_IN_MEMORY: usize = 4 << 20;

/// The bytes that are compressed at a time. A file that is no larger has the same compressed bytes as one that is compressed
/// as a whole: where a block ends, zlib may choose otherwise.
const PACKED_AT_ONCE: usize = 8 << 20;

/// The number of places at which a part is tried out for whether it compresses, and the bytes that are read at each.
const SAMPLES: u64 = 16;
const SAMPLE_BYTES: u64 = 1 << 16;

/// The sizes of captured copies. The default is what the program keeps; tests set smaller ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptureLimits {
    /// The most bytes of a copy that one row holds; what is larger is kept in parts of this size. Well below what
    /// SQLite lets a cell hold, 1,000,000,000 bytes: other tools read a row whole.
    pub part_bytes: u64,
    /// The most bytes of one copy.
    pub max_bytes: u64,
}

impl Default for CaptureLimits {
    fn default() -> Self {
        CaptureLimits { part_bytes: 64 << 20, max_bytes: 4 << 30 }
    }
}

impl CaptureLimits {
    /// The sizes of the parts of a copy of `size` bytes, in their order: one if a row can hold it.
    fn parts(self, size: u64) -> Vec<u64> {
        let part = self.part_bytes.max(1);
        let whole = usize::try_from(size / part).unwrap_or_default();
        let mut parts = vec![part; whole];
        if !size.is_multiple_of(part) || size == 0 {
            parts.push(size % part);
        }
        parts
    }
}

/// The file that a copy is made from.
#[derive(Debug)]
pub struct Content<'a> {
    /// Its path, for messages.
    pub path: &'a Path,
    /// The open file.
    pub file: &'a File,
    /// The number of its bytes.
    pub size: u64,
    /// The time of its last change, in seconds since 1970 UTC.
    pub mtime: Option<i64>,
}

impl Content<'_> {
    fn failed(&self, error: &io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Error::Refused {
                what: format!("cannot attach {}: it was changed meanwhile", self.path.display()),
                hint: "attach it again when no program writes to it".to_owned(),
            },
            _ => Error::file("read", self.path, error),
        }
    }
}

/// Some bytes of a file, which become one row.
struct Part<'a> {
    /// The id of the row; `None` for the next one.
    id: Option<i64>,
    name: &'a str,
    from: u64,
    size: u64,
    /// True if the bytes are compressed only where samples of them compress.
    sampled: bool,
}

/// Stores a file under `name`, compressed if that makes it smaller: in one row, or in parts whose names begin with
/// `name` and sort in their order. Returns the names of the rows.
///
/// # Errors
/// Fails if the file cannot be read, SQLite refuses a row, or writing is cancelled.
pub fn keep_capture(
    writer: &Writer,
    name: &str,
    content: &Content<'_>,
    limits: CaptureLimits,
) -> Result<Vec<String>> {
    let sizes = limits.parts(content.size);
    let names = part_names(name, sizes.len());
    let mut from = 0;
    for (size, name) in sizes.iter().zip(&names) {
        let part = Part { id: None, name, from, size: *size, sampled: sizes.len() > 1 };
        keep_part(writer, content, &part)?;
        from += size;
    }
    Ok(names)
}

/// Stores the bytes of a copy again whose rows are not in the file, under their ids. Returns false, and stores nothing,
/// if the file would be divided otherwise than the copy was.
///
/// # Errors
/// As [`keep_capture`].
pub fn restore_files(
    writer: &Writer,
    capture: &Capture,
    name: &str,
    content: &Content<'_>,
    limits: CaptureLimits,
) -> Result<bool> {
    let sizes = match capture.files.len() {
        1 => vec![content.size],
        _ => limits.parts(content.size),
    };
    let stated = |(file, size): (&CaptureFile, &u64)| {
        file.name.is_none() || file.size.and_then(|size| u64::try_from(size).ok()) == Some(*size)
    };
    if sizes.len() != capture.files.len() || !capture.files.iter().zip(&sizes).all(stated) {
        return Ok(false);
    }
    let names = part_names(name, sizes.len());
    let mut from = 0;
    for ((size, file), name) in sizes.iter().zip(&capture.files).zip(&names) {
        if file.name.is_none() {
            let part =
                Part { id: Some(file.id), name, from, size: *size, sampled: sizes.len() > 1 };
            keep_part(writer, content, &part)?;
        }
        from += size;
    }
    Ok(true)
}

/// Stores one row.
fn keep_part(writer: &Writer, content: &Content<'_>, part: &Part<'_>) -> Result<()> {
    let packed = pack(writer, content, part)?;
    let length = packed.as_ref().map_or(part.size, |(_, length)| *length);
    let size = i64::try_from(part.size).unwrap_or(i64::MAX);
    let insert = || -> rusqlite::Result<i64> {
        let sql = "INSERT INTO sqlar (id, name, mode, mtime, sz, data) VALUES (?1, ?2, 33188, ?3, ?4, ?5)";
        let values = rusqlite::params![part.id, part.name, content.mtime, size, ZeroBlob(length)];
        writer.conn.prepare_cached(sql)?.execute(values)?;
        Ok(writer.conn.last_insert_rowid())
    };
    let id = insert().map_err(|error| writer.map_err("keep the copy", &error))?;
    let cell = Cell::of_file(id);
    match packed {
        Some((mut packed, _)) => {
            let failed = |error: &io::Error| unusable_draft(writer, error);
            packed.seek(SeekFrom::Start(0)).map_err(|error| failed(&error))?;
            fill_cell(writer, cell, &mut packed, &failed)
        }
        None => {
            let mut bytes = bytes_from(content, part.from)?;
            fill_cell(writer, cell, &mut bytes, &|error| content.failed(error))
        }
    }
}

/// Compresses bytes into a temporary file beside the archive, which has room for them. Returns it with its length, or
/// `None` if they would not be fewer: the format distinguishes compressed from plain bytes by their length.
fn pack(
    writer: &Writer,
    content: &Content<'_>,
    part: &Part<'_>,
) -> Result<Option<(tempfile::SpooledTempFile, u64)>> {
    if part.sampled && !do_samples_compress(content, part)? {
        return Ok(None);
    }
    let folder = writer.path.parent().unwrap_or(Path::new("/"));
    let draft = tempfile::spooled_tempfile_in(MAX_PACKED_IN_MEMORY, folder);
    let mut encoder = ZlibEncoder::new(draft, Compression::default());
    let mut bytes = bytes_from(content, part.from)?;
    let length = PACKED_AT_ONCE.min(usize::try_from(part.size).unwrap_or(PACKED_AT_ONCE));
    let (mut rest, mut block) = (part.size, vec![0; length]);
    while rest > 0 {
        if let Some(why) = writer.stopped() {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        let length = block.len().min(usize::try_from(rest).unwrap_or(block.len()));
        bytes.read_exact(&mut block[..length]).map_err(|error| content.failed(&error))?;
        encoder.write_all(&block[..length]).map_err(|error| unusable_draft(writer, &error))?;
        if encoder.total_out() >= part.size {
            return Ok(None);
        }
        rest -= length as u64;
    }
    encoder.try_finish().map_err(|error| unusable_draft(writer, &error))?;
    let length = encoder.total_out();
    let draft = encoder.finish().map_err(|error| unusable_draft(writer, &error))?;
    Ok((length < part.size).then_some((draft, length)))
}

/// Returns true if samples of the bytes, taken all over them, become smaller by a hundredth at least. Film and pictures
/// are compressed already: to find that out from all their bytes takes longer than everything else.
fn do_samples_compress(content: &Content<'_>, part: &Part<'_>) -> Result<bool> {
    let mut encoder = ZlibEncoder::new(io::sink(), Compression::default());
    let mut block = vec![0; usize::try_from(SAMPLE_BYTES.min(part.size)).unwrap_or_default()];
    let last = part.size - block.len() as u64;
    for n in 0..SAMPLES {
        let mut bytes = bytes_from(content, part.from + last / (SAMPLES - 1) * n)?;
        bytes.read_exact(&mut block).map_err(|error| content.failed(&error))?;
        encoder.write_all(&block)?;
    }
    encoder.try_finish()?;
    Ok(encoder.total_out() < encoder.total_in() / 100 * 99)
}

/// The bytes of a file from a position on.
fn bytes_from<'a>(content: &Content<'a>, from: u64) -> Result<&'a File> {
    let mut file = content.file;
    file.seek(SeekFrom::Start(from)).map_err(|error| content.failed(&error))?;
    Ok(file)
}

fn unusable_draft(writer: &Writer, error: &io::Error) -> Error {
    let why = format!("a temporary file beside it cannot be written: {error}; nothing was changed");
    Error::file_because("write", &writer.path, why)
}

#[cfg(test)]
mod tests {
    use super::CaptureLimits;

    #[test]
    fn a_copy_is_divided_where_one_row_cannot_hold_it() {
        let limits = CaptureLimits { part_bytes: 10, max_bytes: 100 };
        assert_eq!(limits.parts(0), [0]);
        assert_eq!(limits.parts(10), [10]);
        assert_eq!(limits.parts(11), [10, 1]);
        assert_eq!(limits.parts(30), [10, 10, 10]);
        // SQLite's own limit of a cell, and the whole in parts of a number that stays readable.
        let limits = CaptureLimits::default();
        assert!(limits.part_bytes < 1_000_000_000 && limits.max_bytes / limits.part_bytes < 1000);
    }
}
