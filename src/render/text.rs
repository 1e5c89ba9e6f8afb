//! Columns for people. A result too wide for the terminal is wrapped, or written as a block of
//! lines for each row when its columns would become too narrow to read.

use super::{Style, visible};
use crate::model::{RowSink, Value};
use comfy_table::{CellAlignment, ContentArrangement, Table};
use std::io::{self, Write};

/// Columns narrower than this, on average, are no longer read as columns.
const NARROW: usize = 14;

pub(super) struct Text<'a> {
    style: Style,
    out: &'a mut dyn Write,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl<'a> Text<'a> {
    pub(super) fn new(style: Style, out: &'a mut dyn Write) -> Self {
        Text { style, out, columns: Vec::new(), rows: Vec::new() }
    }

    fn cell(&self, value: &Value) -> String {
        match value {
            Value::Null => self.style.absent.to_owned(),
            Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
            // A table is for reading: a third is not 0.3333333333333333. Other formats keep it all.
            Value::Real(number) if number.fract() != 0.0 && number.abs() < 1e9 => {
                let short = format!("{number:.6}");
                short.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            other => visible(&other.to_string()).into_owned(),
        }
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        let style = table.style_mut();
        *style = style.header_separator(comfy_table::LineStyle::new('-', '-', '-', '-'));
        table.set_header(&self.columns);
        for row in &self.rows {
            table.add_row(row.iter().map(|value| self.cell(value)));
        }
        for (n, column) in table.column_iter_mut().enumerate() {
            // With the border that the style leaves blank, two spaces.
            column.set_padding((0, 1));
            let number =
                |row: &Vec<Value>| matches!(row[n], Value::Int(_) | Value::Real(_) | Value::Null);
            if !self.rows.is_empty() && self.rows.iter().all(number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    /// A block of lines for each row.
    fn blocks(&mut self) -> io::Result<()> {
        let widest = self.columns.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        for (n, row) in self.rows.iter().enumerate() {
            if n > 0 {
                writeln!(self.out)?;
            }
            for (name, value) in self.columns.iter().zip(row) {
                let text = self.cell(value).replace('\n', &format!("\n{:widest$}  ", ""));
                writeln!(self.out, "{name:widest$}  {text}")?;
            }
        }
        Ok(())
    }
}

impl RowSink for Text<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.columns = columns.iter().map(|name| visible(name).into_owned()).collect();
        self.rows.clear();
        Ok(())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        self.rows.push(row.to_vec());
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let mut table = self.table();
        let natural: usize =
            table.column_max_content_widths().iter().map(|w| usize::from(*w) + 2).sum();
        if let Some(width) = self.style.width.filter(|width| natural > *width) {
            if width / self.columns.len() < NARROW {
                return self.blocks();
            }
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        }
        for line in table.lines() {
            writeln!(self.out, "{}", line.strip_prefix(' ').unwrap_or(&line).trim_end())?;
        }
        Ok(())
    }
}
