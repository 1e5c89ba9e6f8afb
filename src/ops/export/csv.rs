//! The table of `spreadsheet.rs` as CSV or as a workbook, without its empty columns.

use super::options::ExportOutcome;
use super::selection::Selection;
use super::spreadsheet::{Line, write_lines};
use crate::error::{Error, Result};
use crate::model::{COLUMNS, Column, Type, Value, escape_formula, unambiguous_number};
use crate::render::{CsvWriter, Workbook};
use crate::store::Reader;
use std::io::Write;
use std::path::Path;

/// Returns the positions of the columns that hold a value in some row, and always the first.
fn used_columns(db: &Reader, selection: &Selection) -> Result<Vec<usize>> {
    let mut used = vec![false; COLUMNS.len()];
    write_lines(db, selection, &mut |line| {
        line.iter().zip(&mut used).for_each(|(value, used)| *used |= !value.is_null());
        Ok(())
    })?;
    used[0] = true;
    Ok((0..COLUMNS.len()).filter(|n| used[*n]).collect())
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
    out: &mut dyn Write,
) -> Result<ExportOutcome> {
    let used = used_columns(db, selection)?;
    let mut writer = CsvWriter::new(out);
    writer.row(used.iter().map(|n| COLUMNS[*n].name.to_owned()))?;
    write_lines(db, selection, &mut |line: &Line| {
        Ok(writer.row(used.iter().map(|n| cell_text(&COLUMNS[*n], &line[*n])))?)
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
    let names: Vec<&str> = used.iter().map(|n| COLUMNS[*n].name).collect();
    let mut book = Workbook::new("claims", &names).map_err(fail)?;
    write_lines(db, selection, &mut |line: &Line| {
        for (position, n) in used.iter().enumerate() {
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
    book.save(draft).map_err(fail)?;
    Ok(selection.rows_outcome())
}
