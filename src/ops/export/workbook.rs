//! The archive as a workbook: a worksheet for each kind of record that is in it, and behind them the
//! explanation of the columns and the lists of the drop-downs.
//!
//! The rows are read twice, once for the columns in use and once to write them, and none is kept.

use super::guide::{Guide, Listed, Offered};
use super::options::ExportOutcome;
use super::selection::Selection;
use super::spreadsheet::{Layout, Line, write_lines};
use crate::error::{Error, Result};
use crate::model::{
    COLUMNS, Column, Kind, RowPart, Type, Value, Worksheet, escape_formula, written_worksheets,
};
use crate::render::Workbook;
use crate::store::Reader;
use std::path::Path;

/// The width of a column of numbers, in characters.
const WIDE: usize = 10;
/// The number of characters after which a cell is as wide as columns get.
const WIDEST: usize = 60;

/// A worksheet as far as rows use it.
struct Used {
    worksheet: &'static Worksheet,
    rows: usize,
    /// The positions of its columns among [`COLUMNS`], with the number of characters of the widest cell of
    /// each; `None` for a column that no row states.
    columns: Vec<(usize, Option<usize>)>,
}

impl Used {
    fn columns(&self) -> Vec<&'static Column> {
        self.columns.iter().map(|(n, _)| &COLUMNS[*n]).collect()
    }

    /// Notes the cells of a row.
    fn note(&mut self, line: &Line) {
        self.rows += 1;
        for (n, width) in &mut self.columns {
            let value = &line[*n];
            if !value.is_null() {
                // The characters of a text that is wider than any column need not be counted.
                let own = value.as_text().map_or(WIDE, |text| text.chars().take(WIDEST).count());
                *width = Some(width.unwrap_or(0).max(own));
            }
        }
    }
}

/// Finds the worksheets that have rows, and that of the claims, each with the columns that rows use and
/// those that people need.
fn used_worksheets(db: &Reader, selection: &Selection) -> Result<Vec<Used>> {
    let unused = |worksheet: &'static Worksheet| {
        let columns = worksheet.columns().into_iter().map(|n| (n, None)).collect();
        Used { worksheet, rows: 0, columns }
    };
    let mut all: Vec<Used> = written_worksheets().map(unused).collect();
    write_lines(db, selection, Layout::Worksheets, &mut |part, line| {
        let own = all.iter_mut().find(|used| used.worksheet.part == part);
        own.into_iter().for_each(|used| used.note(line));
        Ok(())
    })?;
    all.retain(|used| used.rows > 0 || used.worksheet.part == RowPart::Claim);
    for used in &mut all {
        let worksheet = used.worksheet;
        used.columns.retain(|(n, width)| width.is_some() || worksheet.keeps_empty(*n));
    }
    Ok(all)
}

/// Writes a workbook to the file `draft`, which will be renamed to `path`.
pub(super) fn write_xlsx(
    db: &Reader,
    selection: &Selection,
    draft: &Path,
    path: &Path,
) -> Result<ExportOutcome> {
    let fail = |why: String| Error::file_because("write", path, why);
    let too_large = |why: String| {
        let hint = "`onrecord export csv` has texts of any length, and any number of rows; nothing was changed";
        Error::Refused {
            what: format!("cannot write {}: {why}", path.display()),
            hint: hint.to_owned(),
        }
    };
    let worksheets = used_worksheets(db, selection)?;
    // The lists name no row that the selection leaves out.
    let includes = |kind: &Kind, row: &[Value]| selection.includes_row(kind, row);
    let offered: Vec<Offered> = worksheets
        .iter()
        .filter_map(|used| Offered::keys_of(used.worksheet, &used.columns(), used.rows))
        .collect();
    let mut guide = Guide::default();
    let mut sheets = Vec::new();
    for used in &worksheets {
        let listed = Listed {
            own: used.worksheet.kind(),
            is_template: false,
            includes: &includes,
            offered: &offered,
        };
        let mut sheet = guide.add(db, used.worksheet.name, &used.columns(), &listed)?;
        for (column, (_, width)) in sheet.iter_mut().zip(&used.columns) {
            column.width = width.unwrap_or(0);
        }
        sheets.push(sheet);
    }
    let mut book = Workbook::new().map_err(fail)?;
    for (used, sheet) in worksheets.iter().zip(&sheets) {
        book.add_table(used.worksheet.name, sheet, guide.lists()).map_err(fail)?;
    }
    write_lines(db, selection, Layout::Worksheets, &mut |part, line| {
        let own = worksheets.iter().position(|used| used.worksheet.part == part);
        own.map_or(Ok(()), |n| write_row(&mut book, n, &worksheets[n], line).map_err(too_large))
    })?;
    guide.write(&mut book).map_err(fail)?;
    book.save(draft).map_err(fail)?;
    Ok(selection.rows_outcome())
}

/// Writes a row of a worksheet.
fn write_row(
    book: &mut Workbook,
    sheet: usize,
    used: &Used,
    line: &Line,
) -> std::result::Result<(), String> {
    for (position, (n, _)) in used.columns.iter().enumerate() {
        let column = &COLUMNS[*n];
        let cell = match (column.definition().ty, &line[*n]) {
            (Type::Text, Value::Text(text)) => Value::Text(escape_formula(text).into_owned()),
            (_, value) => value.clone(),
        };
        let is_date = column.definition().ty == Type::Date;
        book.write_cell(sheet, position, &cell, is_date).map_err(|why| {
            let first = used.columns.first().and_then(|(n, _)| line[*n].as_text());
            let row = first.map_or_else(String::new, |key| format!(" of {key}"));
            format!("worksheet {}: {}{row}: {why}", used.worksheet.name, column.name)
        })?;
    }
    book.end_row(sheet).map_err(|why| format!("worksheet {}: {why}", used.worksheet.name))
}
