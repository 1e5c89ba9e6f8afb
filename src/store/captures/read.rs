//! Reads the bytes of a captured copy.

use super::capture::{Capture, CaptureFile};
use crate::error::{Error, Result};
use crate::store::blobs::{BLOCK, Cell, CellReader, read_error};
use crate::store::connection::Handle;
use flate2::bufread::ZlibDecoder;
use std::io::{BufRead, BufReader, Read};

/// Passes the unpacked bytes of a copy to `take` in blocks, at most as many as its rows state.
///
/// # Errors
/// Fails if a part is not in the file, its data cannot be unpacked to the size that it states, or reading is cancelled;
/// returns the errors of `take`.
pub fn read_capture(
    db: &Handle,
    capture: &Capture,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    if let Some(defect) = capture.defect() {
        let name = match capture.name.as_str() {
            "" => format!("a copy of {}", capture.source),
            name => name.to_owned(),
        };
        return Err(damaged(db, &name, &defect));
    }
    capture.files.iter().try_for_each(|file| read_file(db, file, take))
}

fn damaged(db: &Handle, name: &str, why: &str) -> Error {
    let why = format!("{why}; see `onrecord check`");
    Error::Sqlite { path: Some(db.path().to_owned()), doing: format!("unpack {name}"), why }
}

/// A reader of the unpacked bytes of a row that states their `size` and holds `length` bytes: at most one byte more than
/// it states, which is enough to detect that there are too many.
fn unpacking<'a>(
    size: u64,
    length: u64,
    stored: impl BufRead + 'a,
) -> std::result::Result<Box<dyn Read + 'a>, &'static str> {
    // zlib compresses at most about 1000:1; a row that states more is a decompression bomb.
    if length != size && size / 1100 > length {
        return Err("its stated size cannot be true");
    }
    let most = size.saturating_add(1);
    Ok(match length == size {
        true => Box::new(stored.take(most)),
        false => Box::new(ZlibDecoder::new(stored).take(most)),
    })
}

/// Unpacks the data of a row that states the size of its bytes.
///
/// # Errors
/// Returns what is wrong with the data.
pub(in crate::store) fn unpack(
    size: i64,
    data: &[u8],
) -> std::result::Result<Vec<u8>, &'static str> {
    let size = u64::try_from(size).map_err(|_| "its stated size is below zero")?;
    let mut bytes = Vec::new();
    unpacking(size, data.len() as u64, data)?
        .read_to_end(&mut bytes)
        .map_err(|_| "its data is not zlib")?;
    match bytes.len() as u64 == size {
        true => Ok(bytes),
        false => Err("its data is not of the stated size"),
    }
}

fn read_file(
    db: &Handle,
    file: &CaptureFile,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let name = file.name.as_deref().unwrap_or_default();
    let damaged = |why: &str| damaged(db, name, why);
    let Some(size) = file.size else { return Err(damaged("its size is not stated")) };
    let size = u64::try_from(size).map_err(|_| damaged("its stated size is below zero"))?;
    let stored = CellReader::open(db, Cell::of_file(file.id)).map_err(|error| match error {
        Error::Sqlite { .. } => damaged("it has no bytes"),
        other => other,
    })?;
    let length = stored.len();
    let stored = BufReader::with_capacity(BLOCK, stored);
    let mut bytes = unpacking(size, length, stored).map_err(damaged)?;
    let (mut read, mut block) = (0, vec![0; BLOCK]);
    loop {
        let number = bytes.read(&mut block).map_err(|error| {
            read_error(db, &error).unwrap_or_else(|| damaged("its data is not zlib"))
        })?;
        read += number as u64;
        if read > size || (number == 0 && read < size) {
            return Err(damaged("its data is not of the stated size"));
        }
        if number == 0 {
            return Ok(());
        }
        take(&block[..number])?;
    }
}
