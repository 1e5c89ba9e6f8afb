//! Extracts a captured copy after verifying its checksum.

use super::file_name::safe_name;
use crate::error::{Error, Result};
use crate::model::{CancelToken, SOURCE, quoted};
use crate::ops::checksum::to_hex;
use crate::ops::context::{current_key, open_reader, require_source};
use crate::ops::output_file::write_file;
use crate::store::{Capture, Reader, captures_of, read_capture};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

/// A copy that can be extracted.
#[derive(Debug)]
pub struct FoundCopy {
    /// The name of the file, without a folder.
    pub name: String,
    db: Reader,
    capture: Capture,
    stated: String,
}

/// Lists the captured copies of a source.
///
/// # Errors
/// Fails if there is no such source.
pub fn list(archive: &Path, source: &str) -> Result<Vec<Capture>> {
    let db = open_reader(archive, CancelToken::never())?;
    let source = current_key(&db, &SOURCE, source)?;
    require_source(&db, &source, "`onrecord report sources` lists them")?;
    captures_of(&db, Some(&source))
}

/// Finds the newest captured copy of a source, or the one called `name`.
///
/// # Errors
/// Fails if there is no such copy, or nothing proves its bytes.
pub fn find(
    archive: &Path,
    source: &str,
    name: Option<&str>,
    cancel: CancelToken,
) -> Result<FoundCopy> {
    let copies = list(archive, source)?;
    let wanted = |copy: &&Capture| {
        let files = copy.files.iter().filter_map(|file| file.name.as_deref());
        let mut names = files.chain([copy.name.as_str()]);
        name.is_none_or(|name| names.any(|own| base_name(own) == name || own == name))
    };
    let Some(copy) = copies.iter().rfind(wanted) else {
        return Err(Error::Refused {
            what: match name {
                Some(name) => format!("{source} has no captured copy called {name:?}"),
                None => format!("{source} has no captured copy"),
            },
            hint: match copies.as_slice() {
                [] => "keep one with `onrecord attach`".to_owned(),
                some => {
                    let names: Vec<&str> = some.iter().map(|copy| base_name(&copy.name)).collect();
                    format!("it has {}", names.join(", "))
                }
            },
        });
    };
    let Some(stated) = &copy.sha256 else {
        return Err(Error::Refused {
            what: format!(
                "cannot extract {} from {}: no SHA-256 was captured with it, so nothing proves it",
                quoted(&copy.name),
                archive.display()
            ),
            hint: "`sqlite3 FILE -A -x` takes it out all the same".to_owned(),
        });
    };
    Ok(FoundCopy {
        name: safe_name(&copy.name),
        db: open_reader(archive, cancel)?,
        stated: stated.clone(),
        capture: copy.clone(),
    })
}

impl FoundCopy {
    /// Writes the copy to the file `target`, which must not exist. It appears under its name only when its bytes are
    /// complete and have the checksum stored with them.
    ///
    /// # Errors
    /// Fails if the bytes are not in the archive or do not have that checksum, a file is there, or it cannot be written.
    pub fn write_to_file(&self, target: &Path) -> Result<()> {
        write_file(target, self.db.path(), false, |_, out| self.db.snapshot(|| self.write(out)))
    }

    /// Writes the copy to a stream, from which nothing can be taken back: the checksum is verified before the first
    /// byte.
    ///
    /// # Errors
    /// Fails if the bytes are not in the archive or do not have the checksum stored with them, or `out` fails.
    pub fn write_to_stream(&self, out: &mut dyn Write) -> Result<()> {
        self.db.snapshot(|| {
            self.write(&mut std::io::sink())?;
            self.write(out)
        })
    }

    /// Writes the bytes of the copy, and then verifies their checksum.
    fn write(&self, out: &mut dyn Write) -> Result<()> {
        let mut hasher = Sha256::new();
        read_capture(&self.db, &self.capture, &mut |block| {
            hasher.update(block);
            Ok(out.write_all(block)?)
        })?;
        let (found, stated) = (to_hex(&hasher.finalize()), &self.stated);
        if found == *stated {
            return Ok(());
        }
        Err(Error::Refused {
            what: format!(
                "cannot extract {}: its SHA-256 is {found}, and {stated} was captured",
                self.capture.name
            ),
            hint: "the bytes were changed in the file; see `onrecord check`".to_owned(),
        })
    }
}

fn base_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
