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
