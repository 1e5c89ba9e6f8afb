//! CSV (RFC 4180): lossless for machines. NULL is an empty cell.

use crate::model::{RowSink, Value};
use std::io::{self, Write};

pub(super) struct Csv<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Csv<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        // Several results of one query need not have the same number of columns.
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

/// A writer of rows of text that are no result of a query.
pub struct Cells<'a>(Csv<'a>);

/// Writes rows of cells as CSV to `out`.
pub fn cells_writer(out: &mut dyn Write) -> Cells<'_> {
    Cells(Csv::new(out))
}

impl Cells<'_> {
    /// Writes a row.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn row(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        self.0.write(cells)
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When `out` cannot be written to.
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
