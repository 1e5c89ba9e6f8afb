//! TSV, a row a line, for `cut` and `awk`: tabs and line breaks inside a cell become backslash
//! escapes. NULL is an empty cell.

use crate::model::{RowSink, Value};
use std::io::{self, Write};

pub(super) struct Tsv<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Tsv<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Tsv { out }
    }

    fn write_line(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        let escape = |cell: String| {
            cell.replace('\\', "\\\\")
                .replace('\t', "\\t")
                .replace('\n', "\\n")
                .replace('\r', "\\r")
        };
        let cells: Vec<String> = cells.map(escape).collect();
        writeln!(self.out, "{}", cells.join("\t"))
    }
}

impl RowSink for Tsv<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.write_line(columns.iter().cloned())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        self.write_line(row.iter().map(ToString::to_string))
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
