//! Reads the bytes of a captured copy.

use super::capture::{Capture, CaptureFile};
use crate::error::{Error, Result};
use crate::store::blobs::{BLOCK, Cell, CellReader, read_error};
use crate::store::connection::Handle;
use flate2::bufread::ZlibDecoder;
use std::io::{BufReader, Read};

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
        return Err(damaged(&name, &defect));
    }
    capture.files.iter().try_for_each(|file| read_file(db, file, take))
}

fn damaged(name: &str, why: &str) -> Error {
    let why = format!("{why}; see `onrecord check`");
    Error::Sqlite { doing: format!("unpack {name}"), why }
}

fn read_file(
    db: &Handle,
    file: &CaptureFile,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let name = file.name.as_deref().unwrap_or_default();
    let damaged = |why: &str| damaged(name, why);
    let Some(size) = file.size else { return Err(damaged("its size is not stated")) };
    let size = u64::try_from(size).map_err(|_| damaged("its stated size is below zero"))?;
    let stored = CellReader::open(db, Cell::of_file(file.id)).map_err(|error| match error {
        Error::Sqlite { .. } => damaged("it has no bytes"),
        other => other,
    })?;
    let length = stored.len();
    // zlib compresses at most about 1000:1; a row that states more is a decompression bomb.
    if length != size && size / 1100 > length {
        return Err(damaged("its stated size cannot be true"));
    }
    // One byte more than stated is enough to detect that there are too many.
    let most = size.saturating_add(1);
    let stored = BufReader::with_capacity(BLOCK, stored);
    let mut bytes: Box<dyn Read + '_> = match length == size {
        true => Box::new(stored.take(most)),
        false => Box::new(ZlibDecoder::new(stored).take(most)),
    };
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
