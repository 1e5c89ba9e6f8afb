//! Loads documents: all of them, or nothing.

use super::load::{Batch, Way, load};
use super::{Context, Tally, open_writer};
use crate::error::Result;
use crate::intake::{self, Format};
use crate::store::{Words, Writer};
use std::path::Path;

/// A document's bytes and what to call it.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name for messages: the file as the user named it, or `-`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What to import, and how.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The documents.
    pub inputs: Vec<Input>,
    /// The format of all of them; otherwise each is told by its name or content.
    pub format: Option<Format>,
    /// Find all problems and say what would change, but change nothing.
    pub dry_run: bool,
}

/// Loads documents into an archive.
///
/// # Errors
/// [`crate::error::Error::Problems`] with every problem of every document; or what went wrong with
/// the archive. Nothing is written then.
pub fn import(options: Options<'_>, context: &Context) -> Result<Vec<Tally>> {
    let writer = open_writer(options.archive, context)?;
    let way = if options.dry_run { Way::Rehearse } else { Way::Keep };
    read_and_load(&writer, options.inputs, options.format, context, way)
}

/// Reads documents with the words of the archive at hand and writes them into it.
pub(super) fn read_and_load(
    writer: &Writer,
    inputs: Vec<Input>,
    format: Option<Format>,
    context: &Context,
    way: Way,
) -> Result<Vec<Tally>> {
    let words = Words::read(writer)?;
    let mut batch = Batch { inputs: Vec::new(), documents: Vec::new(), problems: Vec::new() };
    for input in inputs {
        let (document, problems) = intake::read(&input.name, &input.bytes, format, &words);
        batch.inputs.push(input.name);
        batch.documents.push(document);
        batch.problems.extend(problems);
    }
    load(writer, batch, context, way)
}
