//! An HTML table, to be put into a page. One function writes all text and escapes it.

use super::escape::escape;
use super::format::Style;
use crate::model::{RowSink, Value};
use std::io::{self, Write};

pub(super) struct Html<'a> {
    style: Style,
    out: &'a mut dyn Write,
}

impl<'a> Html<'a> {
    pub(super) fn new(style: Style, out: &'a mut dyn Write) -> Self {
        Html { style, out }
    }

    fn write_cell(&mut self, tag: &str, text: &str) -> io::Result<()> {
        write!(self.out, "<{tag}>{}</{}>", escape(text), tag.split(' ').next().unwrap_or(tag))
    }
}

impl RowSink for Html<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        write!(self.out, "<table>\n<thead><tr>")?;
        columns.iter().try_for_each(|name| self.write_cell("th scope=\"col\"", name))?;
        writeln!(self.out, "</tr></thead>\n<tbody>")
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        write!(self.out, "<tr>")?;
        for value in row {
            match value {
                Value::Null => self.write_cell("td class=\"absent\"", self.style.absent)?,
                Value::Text(text) => self.write_cell("td dir=\"auto\"", text)?,
                value => self.write_cell("td", &value.to_string())?,
            }
        }
        writeln!(self.out, "</tr>")
    }

    fn end(&mut self) -> io::Result<()> {
        writeln!(self.out, "</tbody>\n</table>")
    }
}
