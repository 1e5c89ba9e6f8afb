//! Copies an archive while other programs may be using it.

use crate::error::{Error, Result};
use crate::model::{CancelToken, Progress};
use crate::ops::checksum::sha256_of_reader;
use crate::ops::context::open_reader;
use crate::ops::output_file;
use crate::store::back_up;
use std::fs::File;
use std::path::Path;

/// The result of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupOutcome {
    /// The size of the copy in bytes.
    pub bytes: u64,
    /// The SHA-256 of the copy, as 64 hexadecimal digits.
    pub sha256: String,
}

/// Copies the archive to `out`: a consistent snapshot of the whole file, even while other programs
/// write to it. With `as_is`, also where it is damaged. The copy appears under its name only when it is complete and has been checked for
/// damage.
///
/// # Errors
/// Fails if the archive cannot be read or is damaged, or `out` cannot be written to or exists
/// already.
pub fn backup(
    archive: &Path,
    out: &Path,
    force: bool,
    as_is: bool,
    progress: &Progress,
    cancel: CancelToken,
) -> Result<BackupOutcome> {
    let db = open_reader(archive, cancel)?;
    output_file::write_file(out, db.path(), force, |draft, _| {
        db.snapshot(|| back_up(&db, draft, out, as_is, progress))?;
        let failed = |error: std::io::Error| Error::file("read", draft, &error);
        let copy = File::open(draft).map_err(failed)?;
        let bytes = copy.metadata().map_err(failed)?.len();
        Ok(BackupOutcome { bytes, sha256: sha256_of_reader(copy).map_err(failed)? })
    })
}
