//! The table of `spreadsheet.rs` as CSV, without its empty columns.

use super::options::ExportOutcome;
use super::selection::Selection;
use super::spreadsheet::{Layout, write_lines};
use crate::error::{Error, Result};
use crate::model::{COLUMNS, Column, Type, Value, escape_formula, unambiguous_number};
use crate::render::{BYTE_ORDER_MARK, CsvWriter};
use crate::store::Reader;
use std::io::Write;

/// Returns the positions of the columns that hold a value in some row, and always the first.
fn used_columns(db: &Reader, selection: &Selection) -> Result<Vec<usize>> {
    let mut used = vec![false; COLUMNS.len()];
    used[0] = true;
    write_lines(db, selection, Layout::Table, &mut |_, line| {
        used.iter_mut().zip(line).for_each(|(used, value)| *used |= !value.is_null());
        Ok(())
    })?;
    Ok((0..used.len()).filter(|n| used[*n]).collect())
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
    writer.row(used.iter().map(|n| COLUMNS[*n].name.to_owned()))?;
    write_lines(db, selection, Layout::Table, &mut |_, line| {
        Ok(writer.row(used.iter().map(|n| cell_text(&COLUMNS[*n], &line[*n])))?)
    })?;
    writer.finish()?;
    Ok(selection.rows_outcome())
}
