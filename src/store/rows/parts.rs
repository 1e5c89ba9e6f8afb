//! Rows without a key, found by what tells one from another, and removed one by one.

use super::read::{for_each_row, name_column, select_list};
use crate::error::Result;
use crate::model::{Kind, Type, Value};
use crate::store::connection::{Handle, Writer};

/// The rows of a kind that hold these values, each with its id, in the order in which they came. A reference
/// is the key of its row.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn rows_holding(
    db: &Handle,
    kind: &Kind,
    given: &[(&str, Value)],
) -> Result<Vec<(i64, Vec<Value>)>> {
    let mut tests = vec!["1".to_owned()];
    let mut params: Vec<&dyn rusqlite::ToSql> = Vec::new();
    for (name, value) in given {
        let Some(field) = kind.position(name).map(|n| &kind.fields[n]) else { continue };
        params.push(value);
        let number = params.len();
        tests.push(match field.ty {
            Type::Ref(table) if !value.is_null() => format!(
                "t.{} = (SELECT id FROM {table} WHERE {} = ?{number})",
                field.column,
                name_column(table)
            ),
            _ => format!("t.{} IS ?{number}", field.column),
        });
    }
    let sql = format!(
        "SELECT id, {} FROM {} AS t WHERE {} ORDER BY id",
        select_list(kind),
        kind.table,
        tests.join(" AND ")
    );
    let mut found = Vec::new();
    for_each_row(db, kind, &sql, &params, &mut |id, row| {
        found.push((id, row.to_vec()));
        Ok(())
    })?;
    Ok(found)
}

/// Removes one row; the history keeps its values, by which an undo puts it back.
///
/// # Errors
/// Fails if a guard refuses it.
pub fn remove_row(writer: &Writer, kind: &Kind, id: i64) -> Result<()> {
    let sql = format!("DELETE FROM {} WHERE id = ?1", kind.table);
    let removed = writer.conn.execute(&sql, [id]);
    removed.map(|_| ()).map_err(|error| writer.map_err("delete it", &error))
}

/// The verdicts on a claim, not retracted, that name a source as evidence: assessor and time.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn verdicts_resting_on(db: &Handle, claim: &str, source: &str) -> Result<Vec<String>> {
    let sql = include_str!("read_verdicts_resting_on.sql");
    let read = || -> rusqlite::Result<Vec<String>> {
        let mut statement = db.conn.prepare_cached(sql)?;
        statement.query_map([claim, source], |row| row.get("verdict"))?.collect()
    };
    read().map_err(|error| db.map_err("read what rests on it", &error))
}
