//! Extracts a captured copy after verifying its checksum.

use super::file_name::safe_name;
use crate::error::{Error, Result};
use crate::model::{CancelToken, SOURCE};
use crate::ops::checksum::sha256;
use crate::ops::context::{current_key, open_reader, require_source};
use crate::store::{Capture, captures_of, file_bytes};
use std::path::Path;

/// An extracted copy.
#[derive(Clone, Debug)]
pub struct ExtractedCopy {
    /// The name of the file, without a folder.
    pub name: String,
    /// The verified bytes.
    pub bytes: Vec<u8>,
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

/// Returns the newest captured copy of a source, or the one called `name`.
///
/// # Errors
/// Fails if there is no such copy, or its bytes do not have the checksum stored with it.
pub fn extract(archive: &Path, source: &str, name: Option<&str>) -> Result<ExtractedCopy> {
    let copies = list(archive, source)?;
    let wanted = |copy: &&Capture| {
        name.is_none_or(|name| base_name(&copy.name) == name || copy.name == name)
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
                "cannot extract {}: no SHA-256 was captured with it, so nothing proves it",
                copy.name
            ),
            hint: "`sqlite3 FILE -A -x` takes it out all the same".to_owned(),
        });
    };
    let db = open_reader(archive, CancelToken::never())?;
    let bytes = file_bytes(&db, &copy.name)?;
    let found = sha256(&bytes);
    if *stated != found {
        return Err(Error::Refused {
            what: format!(
                "cannot extract {}: its SHA-256 is {found}, and {stated} was captured",
                copy.name
            ),
            hint: "the bytes were changed in the file; see `onrecord check`".to_owned(),
        });
    }
    Ok(ExtractedCopy { name: safe_name(&copy.name), bytes })
}

fn base_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
