//! Repairs guards that are missing or were changed.

use super::guards;
use super::views::ViewSpec;
use crate::error::Result;
use crate::store::connection::Writer;
use std::path::Path;

/// Restores the guards: creates the missing ones, replaces the changed ones, and drops unknown triggers
/// on the archive's own tables. Returns a sentence for each; that for a dropped trigger has its SQL.
///
/// # Errors
/// Fails if the archive cannot be opened for writing, or a table itself is missing.
pub fn repair(path: &Path, views: &[ViewSpec]) -> Result<Vec<String>> {
    let writer = Writer::open_unguarded(path, views)?;
    let differences = guards::compare(&writer.conn, &writer.path)?;
    writer.transact(|writer| {
        differences.repair.iter().try_for_each(|sql| {
            writer
                .conn
                .execute_batch(sql)
                .map_err(|error| writer.map_err("put its guards back", &error))
        })
    })?;
    Ok(differences.what)
}
