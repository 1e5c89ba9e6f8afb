//! Full-text search over claims, sources and places.

use crate::error::Result;
use crate::model::{CancelToken, Table, Value};
use crate::store::{self, Reader};
use std::path::Path;

/// Returns the records that contain all these words, best match first: kind, key, standing, text.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn search(archive: &Path, words: &str, limit: usize, cancel: CancelToken) -> Result<Table> {
    let db = Reader::open(archive, cancel)?;
    let mut table = Table::new(&["kind", "key", "standing", "text"]);
    for hit in store::search(&db, words, limit)? {
        table.rows.push([hit.kind, hit.key, hit.standing, hit.text].map(Value::Text).to_vec());
    }
    Ok(table)
}
