//! The table of `sheet.rs` as CSV or as a workbook. Columns in which nothing is stated are left out.

use super::spreadsheet::{Line, lines};
use super::{Chosen, Outcome};
use crate::error::{Error, Result};
use crate::model::{COLUMNS, Column, Type, Value, escape_formula};
use crate::render::{Workbook, cells_writer};
use crate::store::Reader;
use std::io::Write;
use std::path::Path;

/// The columns that some row has something in, by position. A table of nothing has its first.
fn used(db: &Reader, chosen: &Chosen) -> Result<Vec<usize>> {
    let mut used = vec![false; COLUMNS.len()];
    lines(db, chosen, &mut |line| {
        line.iter().zip(&mut used).for_each(|(value, used)| *used |= !value.is_null());
        Ok(())
    })?;
    used[0] = true;
    Ok((0..COLUMNS.len()).filter(|n| used[*n]).collect())
}

/// A cell as text; one that a spreadsheet would take for a formula is neutralised.
fn text(column: &Column, value: &Value) -> String {
    match (column.definition().ty, value) {
        (Type::Text, Value::Text(text)) => escape_formula(text).into_owned(),
        (_, value) => value.to_string(),
    }
}

/// Writes CSV (RFC 4180).
pub(super) fn csv(db: &Reader, chosen: &Chosen, out: &mut dyn Write) -> Result<Outcome> {
    let used = used(db, chosen)?;
    let mut writer = cells_writer(out);
    writer.row(used.iter().map(|n| COLUMNS[*n].name.to_owned()))?;
    lines(db, chosen, &mut |line: &Line| {
        Ok(writer.row(used.iter().map(|n| text(&COLUMNS[*n], &line[*n])))?)
    })?;
    writer.finish()?;
    Ok(chosen.rows())
}

/// Writes a workbook to the file `draft`, which is to appear as `path`.
pub(super) fn xlsx(db: &Reader, chosen: &Chosen, draft: &Path, path: &Path) -> Result<Outcome> {
    let fail = |why: String| Error::File { doing: "write", path: path.to_owned(), why };
    let used = used(db, chosen)?;
    let names: Vec<&str> = used.iter().map(|n| COLUMNS[*n].name).collect();
    let mut book = Workbook::new("claims", &names).map_err(fail)?;
    lines(db, chosen, &mut |line: &Line| {
        for (place, n) in used.iter().enumerate() {
            let column = &COLUMNS[*n];
            let cell = match (column.definition().ty, &line[*n]) {
                (Type::Text, Value::Text(text)) => Value::Text(escape_formula(text).into_owned()),
                (_, value) => value.clone(),
            };
            book.cell(place, &cell, column.definition().ty == Type::Date).map_err(|why| {
                let claim =
                    line[0].as_text().map_or_else(String::new, |key| format!(" of claim {key}"));
                fail(format!("{}{claim}: {why}", column.name))
            })?;
        }
        book.end_row().map_err(fail)
    })?;
    book.save(draft).map_err(fail)?;
    Ok(chosen.rows())
}
