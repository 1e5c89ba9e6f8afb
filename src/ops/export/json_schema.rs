//! The JSON Schema of documents, with the code lists of the archive at hand.

use crate::error::{Error, Result};
use crate::ops::Context;
use crate::render::document_schema;
use crate::store::{Reader, Words, in_memory};
use std::path::Path;

/// The schema as text. Where there is no archive, the code lists are those of a new one.
///
/// # Errors
/// When there is an archive and it cannot be read.
pub fn schema(archive: &Path, context: &Context) -> Result<String> {
    let words = if archive.symlink_metadata().is_ok() {
        Words::read(&*Reader::open(archive, context.cancel.clone())?)?
    } else {
        Words::read(&*in_memory(&context.now)?)?
    };
    let schema = document_schema(&|table| words.of(table).to_vec());
    serde_json::to_string_pretty(&schema)
        .map(|text| text + "\n")
        .map_err(|error| Error::Output(error.into()))
}
