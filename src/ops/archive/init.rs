//! Creates an archive.

use crate::error::Result;
use crate::ops::context::{Context, Deed, keep_views};
use crate::store::{Writer, create};
use std::path::Path;

/// Creates an empty archive at `path`, which must not exist.
///
/// # Errors
/// Fails if the file exists or cannot be created; nothing is left behind.
pub fn init(path: &Path, title: Option<&str>, context: &Context) -> Result<()> {
    create_archive(path, title, context, |_| Ok(()))
}

/// Creates an archive and lets `fill` write into it. Its first operation has the rows that every
/// archive begins with.
pub(super) fn create_archive<T>(
    path: &Path,
    title: Option<&str>,
    context: &Context,
    fill: impl FnOnce(&mut Writer) -> Result<T>,
) -> Result<T> {
    create(path, &context.now, title, |writer| {
        writer.transact(|writer| {
            let operation = writer.begin_first_operation(&Deed::of("init").start(context))?;
            keep_views(writer)?;
            writer.end_operation(operation, &[], None)
        })?;
        fill(writer)
    })
}
