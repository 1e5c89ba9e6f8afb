//! The repair of guards that are missing or were changed.

use super::guards;
use super::views::ViewSpec;
use crate::error::Result;
use crate::store::connection::Writer;
use std::path::Path;

/// Puts the guards back: makes the missing ones, restores the changed ones, drops strange triggers
/// on the archive's own tables. Says what it did; the text of a dropped trigger is part of that.
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
