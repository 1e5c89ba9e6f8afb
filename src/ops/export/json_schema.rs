//! The JSON Schema of documents, with the code lists of an archive.

use crate::error::{Error, Result};
use crate::ops::context::{Context, open_reader};
use crate::render::document_schema;
use crate::store::{Words, in_memory};
use std::path::Path;

/// Builds the schema as JSON text. Without an archive, the code lists are those of a new one.
///
/// # Errors
/// Fails if there is an archive and it cannot be read.
pub fn build_schema(archive: &Path, context: &Context) -> Result<String> {
    let words = if archive.symlink_metadata().is_ok() {
        Words::read(&*open_reader(archive, context.cancel.clone())?)?
    } else {
        Words::read(&*in_memory(&context.now)?)?
    };
    let schema = document_schema(&|table| words.of(table).to_vec());
    serde_json::to_string_pretty(&schema)
        .map(|text| text + "\n")
        .map_err(|error| Error::Output(error.into()))
}
