//! Aligned columns for people. A result too wide for the terminal is wrapped; if its columns would
//! become too narrow to read, each row becomes a block of lines.

use super::control_chars::show_control_chars;
use super::format::Style;
use super::terminal_width;
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

    fn cell_text(&self, value: &Value) -> String {
        cell_text(value, self.style)
    }

    fn build_table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        let style = table.style_mut();
        *style = style.header_separator(comfy_table::LineStyle::new('-', '-', '-', '-'));
        table.set_header(&self.columns);
        for row in &self.rows {
            table.add_row(row.iter().map(|value| self.cell_text(value)));
        }
        for (n, column) in table.column_iter_mut().enumerate() {
            // With the blank border of the style this makes two spaces.
            column.set_padding((0, 1));
            let number =
                |row: &Vec<Value>| matches!(row[n], Value::Int(_) | Value::Real(_) | Value::Null);
            if !self.rows.is_empty() && self.rows.iter().all(number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    /// Returns the length of the longest word of a column, at most 60 cells.
    fn longest_word(&self, column: usize) -> u16 {
        let cells = self.rows.iter().map(|row| self.cell_text(&row[column]));
        let words = cells
            .chain([self.columns[column].clone()])
            .map(|cell| terminal_width::longest_word(&cell));
        u16::try_from(words.max().unwrap_or(0).min(60)).unwrap_or(60)
    }

    /// Writes a block of lines for each row, without the empty columns.
    fn write_blocks(&mut self) -> io::Result<()> {
        let full: Vec<usize> = (0..self.columns.len())
            .filter(|n| self.rows.iter().any(|row| !row[*n].is_null()))
            .collect();
        for (n, row) in self.rows.iter().enumerate() {
            if n > 0 {
                writeln!(self.out)?;
            }
            let pairs: Vec<(&str, &Value)> =
                full.iter().map(|n| (self.columns[*n].as_str(), &row[*n])).collect();
            write_pairs(&pairs, "", self.style, self.out)?;
        }
        Ok(())
    }
}

/// Formats a value for people, ready to be laid out.
fn cell_text(value: &Value, style: Style) -> String {
    match value {
        Value::Null => style.absent.to_owned(),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        // Six decimals are enough for reading; other formats keep them all. Smaller numbers are not
        // rounded, lest they become 0.
        Value::Real(number) if number.fract() != 0.0 && (1e-3..1e9).contains(&number.abs()) => {
            let short = format!("{number:.6}");
            short.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        other => layout_text(&other.to_string()),
    }
}

/// Prepares text to be laid out. A tab becomes a space, since its width is unknown.
fn layout_text(text: &str) -> String {
    terminal_width::separate_ligatures(&show_control_chars(text)).replace('\t', " ")
}

/// Writes names and values, a line each; long values are wrapped within their column.
pub(super) fn write_pairs(
    pairs: &[(&str, &Value)],
    indent: &str,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    for (name, value) in pairs {
        table.add_row([layout_text(name), cell_text(value, style)]);
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
        writeln!(out, "{}", terminal_width::terminal_line(&format!("{indent}{line}")))?;
    }
    Ok(())
}

impl RowSink for Text<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.columns = columns.iter().map(|name| layout_text(name)).collect();
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
        let mut table = self.build_table();
        let natural: usize =
            table.column_max_content_widths().iter().map(|width| usize::from(*width) + 2).sum();
        if let Some(width) = self.style.width.filter(|width| natural > *width) {
            // Never break a key in two: if the longest words do not fit side by side, write each row
            // as a block.
            let words: Vec<u16> = (0..self.columns.len()).map(|n| self.longest_word(n)).collect();
            if words.iter().map(|word| usize::from(*word) + 2).sum::<usize>() > width {
                return self.write_blocks();
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
                terminal_width::terminal_line(line.strip_prefix(' ').unwrap_or(&line))
            )?;
        }
        Ok(())
    }
}
