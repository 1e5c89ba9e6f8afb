//! Full-text search over claims, sources and places.

use crate::error::Result;
use crate::model::{CancelToken, Table, Value};
use crate::ops::context::open_reader;
use crate::store::{self, Found, Hit};
use std::path::Path;

/// The columns of what a search found.
pub const COLUMNS: [&str; 6] = ["kind", "key", "standing", "text", "field", "context"];

/// Those that people read; `found` is the context, and before it the field if it is not the main one.
pub const SHOWN: [&str; 4] = ["kind", "key", "standing", "found"];

/// Finds the records that hold all these words, at most `limit`, best match first.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn search(archive: &Path, words: &str, limit: usize, cancel: CancelToken) -> Result<Found> {
    store::search(&open_reader(archive, cancel)?, words, limit)
}

/// Returns what was found as a table with some of [`COLUMNS`] and [`SHOWN`].
pub fn as_table(found: &Found, columns: &[&str]) -> Table {
    let mut table = Table::new(columns);
    let value = |hit: &Hit, column: &str| {
        Value::Text(match column {
            "kind" => hit.kind.clone(),
            "key" => hit.key.clone(),
            "standing" => hit.standing.clone(),
            "text" => hit.text.clone(),
            "field" => hit.field.clone(),
            "found" if matches!(&*hit.field, "quote" | "figure" | "author" | "outlet" | "note") => {
                format!("{}: {}", hit.field, hit.context)
            }
            _ => hit.context.clone(),
        })
    };
    for hit in &found.hits {
        table.rows.push(columns.iter().map(|column| value(hit, column)).collect());
    }
    table
}
