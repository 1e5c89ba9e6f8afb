//! TSV, a row a line, for `cut` and `awk`: what would end a cell or a line is written with a
//! backslash. NULL is an empty cell.

use super::{Style, visible};
use crate::model::{RowSink, Value};
use std::io::{self, Write};

pub(super) struct Tsv<'a> {
    style: Style,
    out: &'a mut dyn Write,
}

impl<'a> Tsv<'a> {
    pub(super) fn new(style: Style, out: &'a mut dyn Write) -> Self {
        Tsv { style, out }
    }

    fn line(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        let cells: Vec<String> = cells
            .map(|cell| {
                let cell = cell
                    .replace('\\', "\\\\")
                    .replace('\t', "\\t")
                    .replace('\n', "\\n")
                    .replace('\r', "\\r");
                if self.style.terminal { visible(&cell).into_owned() } else { cell }
            })
            .collect();
        writeln!(self.out, "{}", cells.join("\t"))
    }
}

impl RowSink for Tsv<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.line(columns.iter().cloned())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        self.line(row.iter().map(ToString::to_string))
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
