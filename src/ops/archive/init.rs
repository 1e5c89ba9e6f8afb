//! Creates an empty archive.

use crate::error::Result;
use crate::ops::context::{Context, keep_views};
use crate::store::create;
use std::path::Path;

/// Creates an empty archive at `path`, which must not exist.
///
/// # Errors
/// Fails if the file exists or cannot be created; nothing is left behind.
pub fn init(path: &Path, title: Option<&str>, context: &Context) -> Result<()> {
    create(path, &context.now, title, |writer| writer.transact(keep_views))
}
