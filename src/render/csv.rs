//! CSV (RFC 4180). NULL is an empty cell; a text that a spreadsheet program would take for a formula has an apostrophe
//! before it, unless the style leaves texts as they are.

use crate::model::{RowSink, Value, escape_formula};
use std::borrow::Cow;
use std::io::{self, Write};

/// The byte order mark of UTF-8, by which Excel recognises the encoding of CSV.
pub const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) struct Csv<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    /// True to put an apostrophe before texts that look like formulas.
    escapes: bool,
}

impl<'a> Csv<'a> {
    pub(super) fn new(escapes: bool, out: &'a mut dyn Write) -> Self {
        // The results of one query may differ in their number of columns.
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
        Csv { writer, escapes }
    }

    fn write<'c>(&mut self, mut cells: impl Iterator<Item = Cow<'c, str>>) -> io::Result<()> {
        let mut write = || {
            cells.try_for_each(|cell| self.writer.write_field(cell.as_bytes()))?;
            self.writer.write_record(None::<&[u8]>)
        };
        write().map_err(|error| match error.into_kind() {
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
        CsvWriter(Csv::new(false, out))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Fails if `out` cannot be written to.
    pub fn row(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        self.0.write(cells.map(Cow::Owned))
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
        let escapes = self.escapes;
        self.write(columns.iter().map(|name| text_cell(name, escapes)))
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        let escapes = self.escapes;
        self.write(row.iter().map(|value| match value {
            Value::Text(text) => text_cell(text, escapes),
            Value::Null => Cow::Borrowed(""),
            value => Cow::Owned(value.to_string()),
        }))
    }

    fn end(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn text_cell(text: &str, escapes: bool) -> Cow<'_, str> {
    if escapes { escape_formula(text) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::Csv;
    use crate::model::{RowSink, Value};

    fn written(escapes: bool) -> String {
        let mut out = Vec::new();
        let mut sink = Csv::new(escapes, &mut out);
        sink.begin(&["a".to_owned(), "=b".to_owned()]).unwrap();
        sink.row(&[Value::from("=1+1"), Value::Int(-5)]).unwrap();
        sink.row(&[Value::from("'=x"), Value::Null]).unwrap();
        sink.row(&[Value::from("plain"), Value::Real(-0.5)]).unwrap();
        sink.end().unwrap();
        drop(sink);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_spreadsheet_program_finds_no_formula() {
        assert_eq!(written(true), "a,'=b\n'=1+1,-5\n''=x,\nplain,-0.5\n");
        assert_eq!(written(false), "a,=b\n=1+1,-5\n'=x,\nplain,-0.5\n");
    }

    #[test]
    fn a_row_of_one_empty_cell_is_no_empty_line() {
        let mut out = Vec::new();
        let mut sink = Csv::new(true, &mut out);
        sink.begin(&["a".to_owned()]).unwrap();
        sink.row(&[Value::Null]).unwrap();
        sink.row(&[Value::from("")]).unwrap();
        sink.end().unwrap();
        drop(sink);
        assert_eq!(out, b"a\n\"\"\n\"\"\n");
    }
}
