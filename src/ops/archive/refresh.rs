//! Works out anew what the archive keeps of claims.

use crate::error::Result;
use crate::ops::context::{Context, open_writer};
use crate::store::refresh_at_rest;
use std::path::Path;

/// Brings everything that the archive derives and keeps up to date: what sources and places are known by, the
/// search index, and the weights of claims. It is no operation: nothing on record changes. Returns the number of
/// claims that were weighed anew.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn refresh(archive: &Path, context: &Context) -> Result<u64> {
    let writer = open_writer(archive, context)?;
    writer.transact(refresh_at_rest)
}
