//! CSV (RFC 4180), lossless for programs. NULL is an empty cell.

use crate::model::{RowSink, Value};
use std::io::{self, Write};

/// The byte order mark of UTF-8, by which Excel recognises the encoding of CSV.
pub const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) struct Csv<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Csv<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        // The results of one query may differ in their number of columns.
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
        Csv { writer }
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        self.writer.write_record(cells).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    }
}

/// A CSV writer for rows of text cells, rather than for the result of a query.
pub struct CsvWriter<'a>(Csv<'a>);

impl<'a> CsvWriter<'a> {
    /// Creates a writer to `out`.
    pub fn new(out: &'a mut dyn Write) -> Self {
        CsvWriter(Csv::new(out))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Fails if `out` cannot be written to.
    pub fn row(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        self.0.write(cells)
    }

    /// Flushes the buffer.
    ///
    /// # Errors
    /// Fails if `out` cannot be written to.
    pub fn finish(mut self) -> io::Result<()> {
        self.0.writer.flush()
    }
}

impl RowSink for Csv<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.write(columns.iter().cloned())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        self.write(row.iter().map(ToString::to_string))
    }

    fn end(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
