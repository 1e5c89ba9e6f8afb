//! Creates an archive.

use crate::error::Result;
use crate::ops::context::{Context, Deed, keep_views};
use crate::store::{Writer, create};
use std::path::Path;

pub use crate::store::NewNames;

/// Creates an empty archive at `path`, which must not exist.
///
/// # Errors
/// Fails if the file exists or cannot be created; nothing is left behind.
pub fn init(path: &Path, names: NewNames<'_>, context: &Context) -> Result<()> {
    create_archive(path, names, context, |_| Ok(()))
}

/// Creates an archive and lets `fill` write into it. Its first operation has the rows that every
/// archive begins with.
pub(super) fn create_archive<T>(
    path: &Path,
    names: NewNames<'_>,
    context: &Context,
    fill: impl FnOnce(&mut Writer) -> Result<T>,
) -> Result<T> {
    create(path, &context.now, names, |writer| {
        writer.transact(|writer| {
            let operation = writer.begin_first_operation(&Deed::of("init").start(context))?;
            keep_views(writer)?;
            writer.end_operation(operation, &[], None)
        })?;
        fill(writer)
    })
}
