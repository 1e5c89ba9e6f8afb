//! Facts about an archive and the meaning of its columns.

use crate::error::{Error, Result};
use crate::model::{CancelToken, DetailView, KINDS, Role, Table, Value, did_you_mean};
use crate::ops::context::{builtin_views, open_reader};
use crate::store::{self, about};
use std::path::Path;

/// Returns facts about the archive and the number of rows in each table.
///
/// # Errors
/// Fails if the archive cannot be opened.
pub fn describe_archive(archive: &Path, cancel: CancelToken) -> Result<DetailView> {
    let db = open_reader(archive, cancel)?;
    let tables: Vec<&str> = KINDS
        .iter()
        .filter(|kind| !matches!(kind.role, Role::CodeList | Role::Archive | Role::Derived))
        .map(|kind| kind.table)
        .collect();
    let mut detail = about(&db, &tables)?;
    let size = std::fs::metadata(db.path()).ok().and_then(|meta| i64::try_from(meta.len()).ok());
    detail.facts.push(("bytes".to_owned(), size.map_or(Value::Null, Value::Int)));
    Ok(detail)
}

/// Returns the meaning of every table, view and column of the archive, or of one table, view or
/// report. A row with an empty column name describes the table itself.
///
/// # Errors
/// Fails if the archive cannot be read, or there is no such table.
pub fn describe_schema(archive: &Path, table: Option<&str>, cancel: CancelToken) -> Result<Table> {
    let db = open_reader(archive, cancel)?;
    let mut rows = store::schema(&db, builtin_views())?;
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
