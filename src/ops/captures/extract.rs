//! Gives a captured copy back, once its bytes are proved.

use super::attach::{safe_name, sha256};
use crate::error::{Error, Result};
use crate::model::CancelToken;
use crate::ops::source_exists;
use crate::store::{Capture, Reader, captures_of, file_bytes};
use std::path::Path;

/// A copy that was taken out.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The file's own name, without a folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The captured copies of a source.
///
/// # Errors
/// When there is no such source.
pub fn list(archive: &Path, source: &str) -> Result<Vec<Capture>> {
    let db = Reader::open(archive, CancelToken::never())?;
    source_exists(&db, source, "`onrecord report sources` lists them")?;
    captures_of(&db, Some(source))
}

/// The bytes of the newest captured copy of a source, or of the one called `name`.
///
/// # Errors
/// When there is no copy, or its bytes are not those that were captured.
pub fn extract(archive: &Path, source: &str, name: Option<&str>) -> Result<Copy> {
    let copies = list(archive, source)?;
    let wanted =
        |copy: &&Capture| name.is_none_or(|name| own_name(&copy.name) == name || copy.name == name);
    let Some(copy) = copies.iter().rfind(wanted) else {
        return Err(Error::Refused {
            what: match name {
                Some(name) => format!("{source} has no captured copy called {name:?}"),
                None => format!("{source} has no captured copy"),
            },
            hint: match copies.as_slice() {
                [] => "keep one with `onrecord attach`".to_owned(),
                some => {
                    let names: Vec<&str> = some.iter().map(|copy| own_name(&copy.name)).collect();
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
    let db = Reader::open(archive, CancelToken::never())?;
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
    Ok(Copy { name: safe_name(&copy.name), bytes })
}

fn own_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
