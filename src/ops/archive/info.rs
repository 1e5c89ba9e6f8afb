//! What an archive says of itself.

use crate::error::{Error, Result};
use crate::model::{CancelToken, DetailView, KINDS, Table, Value, did_you_mean};
use crate::ops::builtin_views;
use crate::store::{Reader, about};
use std::path::Path;

/// Facts about the archive and how many rows each table holds.
///
/// # Errors
/// When it cannot be opened.
pub fn info(archive: &Path, cancel: CancelToken) -> Result<DetailView> {
    let db = Reader::open(archive, cancel)?;
    let tables: Vec<&str> = KINDS
        .iter()
        .filter(|kind| kind.identity != ["code"] && !["archive", "dates"].contains(&kind.table))
        .map(|kind| kind.table)
        .collect();
    let mut sheet = about(&db, &tables)?;
    let size = std::fs::metadata(db.path()).ok().and_then(|meta| i64::try_from(meta.len()).ok());
    sheet.facts.push(("bytes".to_owned(), size.map_or(Value::Null, Value::Int)));
    Ok(sheet)
}

/// What the tables and views of the archive and their columns mean: of one of them, which may be named
/// as a report is, or of all. The column is empty where the table itself is meant.
///
/// # Errors
/// When the archive cannot be read, or there is no such table.
pub fn schema(archive: &Path, table: Option<&str>, cancel: CancelToken) -> Result<Table> {
    let db = Reader::open(archive, cancel)?;
    let mut rows = crate::store::schema(&db, &builtin_views())?;
    let Some(asked) = table else { return Ok(rows) };
    let is = |row: &[Value], name: &str| row[0].as_text() == Some(name);
    let view = asked.replace('-', "_");
    let named = [asked.to_owned(), view.clone(), format!("report_{view}")];
    let Some(name) = named.iter().find(|name| rows.rows.iter().any(|row| is(row, name))) else {
        return Err(Error::NotFound {
            what: "table".to_owned(),
            name: asked.to_owned(),
            near: did_you_mean(asked, rows.rows.iter().filter_map(|row| row[0].as_text())),
            hint: "`onrecord info --schema` lists them".to_owned(),
        });
    };
    rows.rows.retain(|row| is(row, name));
    Ok(rows)
}
