//! Input from files and standard input.

use onrecord::error::{Error, Result};
use std::io::{self, Read};
use std::path::Path;

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(|error| stdin_error(&error))?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(|error| Error::file("read", path, &error))
}

/// Copies standard input to a temporary file, for formats that are read twice.
pub fn spool_stdin() -> Result<tempfile::NamedTempFile> {
    let mut file = tempfile::NamedTempFile::new().map_err(|error| stdin_error(&error))?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(|error| stdin_error(&error))?;
    Ok(file)
}

fn stdin_error(error: &io::Error) -> Error {
    Error::file("read", Path::new("standard input"), error)
}
