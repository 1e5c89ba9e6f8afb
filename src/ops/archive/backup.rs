//! Copies an archive while it may be in use.

use crate::error::{Error, Result};
use crate::model::{CancelToken, Progress};
use crate::ops::captures::attach::sha256_of;
use crate::ops::output_file;
use crate::store::{Reader, back_up};
use std::fs::File;
use std::path::Path;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Bytes of the copy.
    pub bytes: u64,
    /// SHA-256 of the copy, as 64 hexadecimal digits.
    pub sha256: String,
}

/// Writes a copy of the archive to `out`: the file with all it holds, as it is at one moment, whatever
/// others write meanwhile. The copy appears under its name when it is complete and was looked over.
///
/// # Errors
/// When the archive cannot be read or is damaged, or `out` cannot be written to or is there already.
pub fn backup(
    archive: &Path,
    out: &Path,
    force: bool,
    progress: &Progress,
    cancel: CancelToken,
) -> Result<Outcome> {
    let db = Reader::open(archive, cancel)?;
    output_file::file(out, db.path(), force, |draft, _| {
        db.snapshot(|| back_up(&db, draft, out, progress))?;
        let failed = |error: std::io::Error| Error::file("read", draft, &error);
        let copy = File::open(draft).map_err(failed)?;
        let bytes = copy.metadata().map_err(failed)?.len();
        Ok(Outcome { bytes, sha256: sha256_of(copy).map_err(failed)? })
    })
}
