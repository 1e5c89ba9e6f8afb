//! Parsers of all input formats: bytes in; records, or problems with positions, out.
//!
//! - `format` detects the format of an input, `foreign` those that are not read, and `settings` holds the user's options.
//! - `document` reads our own documents (TOML, JSON); `ndjson` reads exports, line by line, and `parquet` those for
//!   engines, row by row.
//! - `table` reads CSV, TSV, XLSX, ODS, XLS and rows in JSON one by one; `ucdp` reads rows of the UCDP event data set.
//! - `entries` reads whole inputs of several entries: `claimreview` (fact-checks) and
//!   `bibliography` (BibTeX, CSL-JSON, RIS, NBIB).
//! - `saved_page` opens a saved page, HTML or MHTML; `web_page` reads its metadata.
//! - `text` holds what they share: encodings, lines and columns, dates, numbers, markup.
//!
//! All but documents hand a [`Sink`] one [`Unit`] at a time. Nothing here opens files or knows of
//! archives; the caller supplies the code lists ([`Codes`]).

mod bibliography;
mod claimreview;
mod document;
mod entries;
mod foreign;
mod format;
mod ndjson;
#[cfg(feature = "parquet")]
mod parquet;
mod saved_page;
mod settings;
mod table;
mod text;
mod ucdp;
mod unit;
mod web_page;

use std::io::{BufReader, Read, Seek};

pub use document::field::{Codes, read_text_into};
pub use document::read_document;
pub use foreign::{DATA_PACKAGE_ADVICE, ForeignFormat, foreign_format};
pub use format::Format;
#[cfg(feature = "parquet")]
pub use parquet::{LakeFiles, read_lake};
pub use saved_page::{SavedPage, SavedTime, open_page};
pub use settings::Settings;
pub use table::proposal::Proposal;
pub use table::shell::quote_for_shell;
pub use unit::{REJECTED_BECAUSE, Raw, Sink, StoredView, Unit};
pub use web_page::{PageMetadata, read_page};

/// Reads an input in any format but TOML and JSON, and passes it to the sink unit by unit.
///
/// # Errors
/// Fails when reading fails. Problems with the content are not errors: each unit carries its own.
pub fn stream(
    mut input: impl Read + Seek,
    format: Format,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    match format {
        Format::Ndjson => {
            return ndjson::read_lines(BufReader::with_capacity(1 << 16, input), codes, sink);
        }
        Format::Csv => return table::read_table(input, false, settings, codes, sink),
        Format::Tsv => {
            let settings = table_settings(format, settings);
            return table::read_table(input, false, &settings, codes, sink);
        }
        Format::JsonRows => return table::json_rows::read_rows(input, settings, codes, sink),
        Format::Ucdp => return table::read_table(input, true, settings, codes, sink),
        Format::Xlsx => {
            table::xlsx::read_workbook(BufReader::new(input), settings, codes, sink);
            return Ok(());
        }
        Format::Ods => {
            table::ods::read_workbook(BufReader::new(input), settings, codes, sink);
            return Ok(());
        }
        Format::Xls => {
            table::xls::read_workbook(BufReader::new(input), settings, codes, sink);
            return Ok(());
        }
        // A folder, which the caller opens file by file.
        format if format.is_folder() => {
            return Err(std::io::Error::other("it is no folder of an export"));
        }
        _ => {}
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    for unit in entries::read_entries(&bytes, format, settings.encoding, codes) {
        if !sink.unit(unit) {
            break;
        }
    }
    Ok(())
}

/// The headings of a table; empty for other formats, and where the worksheet that is asked for is not
/// there.
///
/// # Errors
/// Fails when reading fails.
pub fn header(
    input: impl Read + Seek,
    format: Format,
    settings: &Settings,
) -> std::io::Result<Vec<String>> {
    match form_of(format) {
        Some(form) => table::header(input, form, &table_settings(format, settings)),
        None => Ok(Vec::new()),
    }
}

/// The way in which a table of this format is written; `None` for another format.
fn form_of(format: Format) -> Option<table::Form> {
    match format {
        Format::Csv | Format::Tsv => Some(table::Form::Text),
        Format::Xlsx => Some(table::Form::Xlsx),
        Format::Ods => Some(table::Form::Ods),
        Format::Xls => Some(table::Form::Xls),
        Format::JsonRows => Some(table::Form::JsonRows),
        _ => None,
    }
}

/// The settings for a table of this format.
fn table_settings(format: Format, settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    if format == Format::Tsv {
        settings.delimiter = Some(b'\t');
    }
    settings
}

/// Proposes options that would read a table which was not understood, to be added to those that were given.
/// Empty for other formats.
///
/// # Errors
/// Fails when reading fails.
pub fn propose(
    input: impl Read + Seek,
    format: Format,
    settings: &Settings,
    codes: &dyn Codes,
) -> std::io::Result<Proposal> {
    match form_of(format) {
        Some(form) => table::propose(input, form, &table_settings(format, settings), codes),
        None => Ok(Proposal::default()),
    }
}

/// Returns true when NDJSON holds the export of a whole archive, which a new archive restores with
/// its history.
///
/// # Errors
/// Fails when reading fails.
pub fn is_export(input: impl Read) -> std::io::Result<bool> {
    ndjson::is_export(BufReader::with_capacity(1 << 16, input))
}
