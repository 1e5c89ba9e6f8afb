//! Makes an empty archive.

use crate::error::Result;
use crate::ops::{Context, keep_views};
use crate::store::create;
use std::path::Path;

/// Makes an empty archive at `path`, which must not exist.
///
/// # Errors
/// When there is a file already, or none can be made; nothing is left behind.
pub fn init(path: &Path, title: Option<&str>, context: &Context) -> Result<()> {
    create(path, &context.now, title, |writer| writer.transact(keep_views))
}
