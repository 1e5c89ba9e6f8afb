//! Repairs guards that are missing or were changed, and search indexes that are not those of the rows.

use super::guards;
use super::integrity::{unindexed_rows, wrong_counts};
use super::views::ViewSpec;
use crate::error::Result;
use crate::store::connection::Writer;
use crate::store::search::index::rebuild;
use std::path::Path;

/// Restores the guards: creates the missing ones, replaces the changed ones, and drops unknown triggers
/// on the archive's own tables. Builds the search indexes anew if one of them misses rows or counts wrong.
/// Returns a sentence for each; that for a dropped trigger has its SQL.
///
/// # Errors
/// Fails if the archive cannot be opened for writing, or a table itself is missing.
pub fn repair(path: &Path, views: &[ViewSpec]) -> Result<Vec<String>> {
    let writer = Writer::open_unguarded(path, views)?;
    let mut differences = guards::compare(&writer.conn, &writer.path)?;
    let is_indexed = unindexed_rows(&writer)?.is_empty() && wrong_counts(&writer)?.is_empty();
    writer.transact(|writer| {
        if !is_indexed {
            rebuild(&writer.conn)
                .map_err(|error| writer.map_err("index its words anew", &error))?;
        }
        differences.repair.iter().try_for_each(|sql| {
            writer
                .conn
                .execute_batch(sql)
                .map_err(|error| writer.map_err("put its guards back", &error))
        })
    })?;
    if !is_indexed {
        differences.what.push("the search indexes".to_owned());
    }
    Ok(differences.what)
}
