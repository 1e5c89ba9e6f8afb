//! The table of `spreadsheet.rs` as CSV or as a workbook, without its empty columns.

use super::guide::{Guide, Listed};
use super::options::ExportOutcome;
use super::selection::Selection;
use super::spreadsheet::{Line, write_lines};
use crate::error::{Error, Result};
use crate::model::{CLAIM, COLUMNS, Column, Kind, Type, Value, escape_formula, unambiguous_number};
use crate::render::{BYTE_ORDER_MARK, CsvWriter, Workbook};
use crate::store::Reader;
use std::io::Write;
use std::path::Path;

/// The width of a column of numbers, in characters.
const WIDE: usize = 10;
/// The number of characters after which a cell is as wide as columns get.
const WIDEST: usize = 60;

/// Returns the positions of the columns that hold a value in some row, and always the first, each with
/// the number of characters of its widest cell.
fn used_columns(db: &Reader, selection: &Selection) -> Result<Vec<(usize, usize)>> {
    let mut widths: Vec<Option<usize>> = vec![None; COLUMNS.len()];
    widths[0] = Some(0);
    write_lines(db, selection, &mut |line| {
        for (value, width) in line.iter().zip(&mut widths).filter(|(value, _)| !value.is_null()) {
            // The characters of a text that is wider than any column need not be counted.
            let own = value.as_text().map_or(WIDE, |text| text.chars().take(WIDEST).count());
            *width = Some(width.unwrap_or(0).max(own));
        }
        Ok(())
    })?;
    Ok(widths.into_iter().enumerate().filter_map(|(n, width)| Some((n, width?))).collect())
}

/// Formats a cell as text; text that a spreadsheet would read as a formula is neutralised.
fn cell_text(column: &Column, value: &Value) -> String {
    match (column.definition().ty, value) {
        (Type::Text, Value::Text(text)) => escape_formula(text).into_owned(),
        (Type::Number, value) if column.definition().degrees.is_none() => unambiguous_number(value),
        (_, value) => value.to_string(),
    }
}

/// Writes CSV (RFC 4180).
pub(super) fn write_csv(
    db: &Reader,
    selection: &Selection,
    bom: bool,
    out: &mut dyn Write,
) -> Result<ExportOutcome> {
    let used = used_columns(db, selection)?;
    if bom {
        out.write_all(BYTE_ORDER_MARK).map_err(Error::Output)?;
    }
    let mut writer = CsvWriter::new(out);
    writer.row(used.iter().map(|(n, _)| COLUMNS[*n].name.to_owned()))?;
    write_lines(db, selection, &mut |line: &Line| {
        Ok(writer.row(used.iter().map(|(n, _)| cell_text(&COLUMNS[*n], &line[*n])))?)
    })?;
    writer.finish()?;
    Ok(selection.rows_outcome())
}

/// Writes a workbook to the file `draft`, which will be renamed to `path`.
pub(super) fn write_xlsx(
    db: &Reader,
    selection: &Selection,
    draft: &Path,
    path: &Path,
) -> Result<ExportOutcome> {
    let fail = |why: String| Error::file_because("write", path, why);
    let used = used_columns(db, selection)?;
    let columns: Vec<&Column> = used.iter().map(|(n, _)| &COLUMNS[*n]).collect();
    // The lists name no row that the selection leaves out.
    let includes = |kind: &Kind, row: &[Value]| selection.includes_row(kind, row);
    let listed = Listed { own: Some(&CLAIM), by_name: false, includes: &includes };
    let mut guide = Guide::read(db, &columns, &listed)?;
    for (column, (_, width)) in guide.columns.iter_mut().zip(&used) {
        column.width = *width;
    }
    let mut book = Workbook::new("claims", &guide.columns, &guide.lists).map_err(fail)?;
    write_lines(db, selection, &mut |line: &Line| {
        for (position, (n, _)) in used.iter().enumerate() {
            let column = &COLUMNS[*n];
            let cell = match (column.definition().ty, &line[*n]) {
                (Type::Text, Value::Text(text)) => Value::Text(escape_formula(text).into_owned()),
                (_, value) => value.clone(),
            };
            book.write_cell(position, &cell, column.definition().ty == Type::Date).map_err(
                |why| {
                    let claim = line[0]
                        .as_text()
                        .map_or_else(String::new, |key| format!(" of claim {key}"));
                    fail(format!("{}{claim}: {why}", column.name))
                },
            )?;
        }
        book.end_row().map_err(fail)
    })?;
    guide.write(&mut book).map_err(fail)?;
    book.save(draft).map_err(fail)?;
    Ok(selection.rows_outcome())
}
