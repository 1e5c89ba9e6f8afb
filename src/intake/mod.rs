//! Bytes to records, or to numbered problems.
//!
//! A document is read into a tree that knows the place of every value, and the tree is walked
//! field by field, so that all problems of a document are found in one reading. Nothing here knows
//! of files or archives; the words of the code lists are handed in.

mod bibliography;
mod claimreview;
mod document;
mod entries;
mod format;
mod ndjson;
mod settings;
mod table;
mod text;
mod ucdp;
mod unit;
mod web_page;

use std::io::{BufReader, Read, Seek};

pub use document::field::{Codes, read_flag};
pub use document::{Document, read};
pub use format::Format;
pub use settings::Settings;
pub use text::html::page_text;
pub use unit::{Raw, Sink, StoredView, Unit};
pub use web_page::{Page, page};

/// Reads an input that is no document, unit by unit.
///
/// # Errors
/// When it cannot be read; what is wrong with what was read is told to the sink.
pub fn stream(
    mut input: impl Read + Seek,
    format: Format,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    match format {
        Format::Ndjson => {
            return ndjson::read(BufReader::with_capacity(1 << 16, input), codes, sink);
        }
        Format::Csv => return table::read(input, false, settings, codes, sink),
        Format::Tsv => {
            let settings = Settings { delimiter: Some(b'\t'), ..settings.clone() };
            return table::read(input, false, &settings, codes, sink);
        }
        Format::Ucdp => return table::read(input, true, settings, codes, sink),
        Format::Xlsx => {
            table::xlsx::read(BufReader::new(input), settings, codes, sink);
            return Ok(());
        }
        _ => {}
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    for unit in entries::entries(&bytes, format, codes) {
        if !sink.unit(unit) {
            break;
        }
    }
    Ok(())
}

/// Whether NDJSON holds a whole archive, which a new archive takes over with its history.
///
/// # Errors
/// When it cannot be read.
pub fn is_export(input: impl Read) -> std::io::Result<bool> {
    ndjson::is_export(BufReader::with_capacity(1 << 16, input))
}
