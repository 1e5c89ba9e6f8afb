//! Columns for people. A result too wide for the terminal is wrapped, or written as a block of
//! lines for each row when its columns would become too narrow to read.

use super::{Style, terminal_width, visible};
use crate::model::{RowSink, Value};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use std::io::{self, Write};

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
        cell(value, self.style)
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

    /// The length of the longest word of a column, up to what a line of prose can take.
    fn longest_word(&self, column: usize) -> u16 {
        let cells = self.rows.iter().map(|row| self.cell(&row[column]));
        let words = cells
            .chain([self.columns[column].clone()])
            .map(|cell| terminal_width::longest_word(&cell));
        u16::try_from(words.max().unwrap_or(0).min(60)).unwrap_or(60)
    }

    /// A block of lines for each row, without the columns in which no row states anything.
    fn blocks(&mut self) -> io::Result<()> {
        let full: Vec<usize> = (0..self.columns.len())
            .filter(|n| self.rows.iter().any(|row| !row[*n].is_null()))
            .collect();
        for (n, row) in self.rows.iter().enumerate() {
            if n > 0 {
                writeln!(self.out)?;
            }
            let pairs: Vec<(&str, &Value)> =
                full.iter().map(|n| (self.columns[*n].as_str(), &row[*n])).collect();
            self::pairs(&pairs, "", self.style, self.out)?;
        }
        Ok(())
    }
}

/// A value as people read it, ready to be laid out.
fn cell(value: &Value, style: Style) -> String {
    match value {
        Value::Null => style.absent.to_owned(),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        // A table is for reading: a third is not 0.3333333333333333. Other formats keep it all. What is
        // next to nothing is not 0.
        Value::Real(number) if number.fract() != 0.0 && (1e-3..1e9).contains(&number.abs()) => {
            let short = format!("{number:.6}");
            short.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        other => name(&other.to_string()),
    }
}

/// Text ready to be laid out. What a tab stop would make of a tab, nobody knows here.
fn name(text: &str) -> String {
    terminal_width::apart(&visible(text)).replace('\t', " ")
}

/// Names and values, a line each, long values wrapped under themselves.
pub(super) fn pairs(
    pairs: &[(&str, &Value)],
    indent: &str,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    for (name, value) in pairs {
        table.add_row([self::name(name), cell(value, style)]);
    }
    for (n, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if n == 0 { 2 } else { 0 }));
    }
    let natural: usize =
        table.column_max_content_widths().iter().map(|width| usize::from(*width) + 2).sum();
    if let Some(width) = style.width.filter(|width| natural + indent.len() > *width) {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        let width = width.saturating_sub(indent.len()).max(20);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        if let Some(names) = table.column_mut(0) {
            names.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for line in table.lines() {
        writeln!(out, "{}", terminal_width::line(&format!("{indent}{line}")))?;
    }
    Ok(())
}

impl RowSink for Text<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.columns = columns.iter().map(|name| self::name(name)).collect();
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
            table.column_max_content_widths().iter().map(|width| usize::from(*width) + 2).sum();
        if let Some(width) = self.style.width.filter(|width| natural > *width) {
            // A key that is broken in two can be neither read nor copied: where the longest words
            // do not fit side by side, each row becomes a block.
            let words: Vec<u16> = (0..self.columns.len()).map(|n| self.longest_word(n)).collect();
            if words.iter().map(|word| usize::from(*word) + 2).sum::<usize>() > width {
                return self.blocks();
            }
            for (column, word) in table.column_iter_mut().zip(words) {
                // The padding counts as part of a column's width.
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(word + 1)));
            }
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        }
        for line in table.lines() {
            writeln!(
                self.out,
                "{}",
                terminal_width::line(line.strip_prefix(' ').unwrap_or(&line))
            )?;
        }
        Ok(())
    }
}
