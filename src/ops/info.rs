//! What an archive says of itself.

use crate::error::Result;
use crate::model::{KINDS, Sheet, Stop, Value};
use crate::store::{Reader, about};
use std::path::Path;

/// Facts about the archive and how many rows each table holds.
///
/// # Errors
/// When it cannot be opened.
pub fn info(archive: &Path, stop: Stop) -> Result<Sheet> {
    let db = Reader::open(archive, stop)?;
    let tables: Vec<&str> = KINDS
        .iter()
        .filter(|kind| kind.identity != ["code"] && !["archive", "dates"].contains(&kind.table))
        .map(|kind| kind.table)
        .collect();
    let mut sheet = about(&db, &tables)?;
    let size = std::fs::metadata(db.path()).ok().and_then(|meta| i64::try_from(meta.len()).ok());
    sheet.facts.push(("bytes".to_owned(), size.map_or(Value::Null, Value::Int)));
    Ok(sheet)
}
