//! Reads what an operation did, and what was done to a record, row by row.

use super::recorded_kinds;
use super::row_document::{BytesApart, read_document};
use crate::error::Result;
use crate::model::{Kind, Type, Value, all_kinds, kind_of_table};
use crate::store::connection::Handle;
use crate::store::rows::read_range;
use crate::store::rows::sql::value;
use rusqlite::OptionalExtension;
use std::collections::{BTreeMap, HashMap};

/// Returns true if there is an operation with this number.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn operation_exists(db: &Handle, id: i64) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM operations WHERE id = ?1) AS there";
    let there = db.conn.query_row(sql, [id], |row| row.get("there"));
    there.map_err(|error| db.map_err("read its operations", &error))
}

/// Passes what an operation did to `take`, a row for each row that it added and for each value that
/// it changed or removed: action, table, name of the row, column, value before. Rows that it added
/// and that are no longer there are left out; the operation that removed them tells them.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn operation_rows(
    db: &Handle,
    id: i64,
    mut take: impl FnMut(Vec<Value>) -> Result<()>,
) -> Result<()> {
    for kind in recorded_kinds() {
        for (first, last) in ranges(db, id, kind)? {
            read_range(db, kind, first, last, |_, row| {
                let name = Value::Text(kind.row_name(row));
                take(vec!["added".into(), kind.table.into(), name, Value::Null, Value::Null])
            })?;
        }
    }
    removed_rows(db, id, &mut take)?;
    let sql = "SELECT CASE action WHEN 'update' THEN 'changed' ELSE 'removed' END AS action,
          table_name, row_key, column_name, was
        FROM changes WHERE operation_id = ?1 ORDER BY id";
    each_row(db, sql, &[&id], &mut take)
}

/// Passes the values of the rows that an operation removed and keeps, as [`operation_rows`] does. A reference
/// is the key of its row, or the number of one that is gone.
fn removed_rows(
    db: &Handle,
    id: i64,
    take: &mut dyn FnMut(Vec<Value>) -> Result<()>,
) -> Result<()> {
    let sql = "SELECT document FROM operations WHERE id = ?1";
    let document: Option<Vec<u8>> = db
        .conn
        .query_row(sql, [id], |row| row.get("document"))
        .map_err(|error| db.map_err("read its operations", &error))?;
    let Some(document) = document else { return Ok(()) };
    // What was removed together may refer to one another.
    let mut keys: HashMap<(String, i64), String> = HashMap::new();
    read_document(&document, &mut |row| {
        if let Some(key) = row.text("key") {
            keys.insert((row.table.clone(), row.id), key.to_owned());
        }
        Ok(())
    })?;
    read_document(&document, &mut |row| {
        let Some(kind) = all_kinds().find(|kind| kind.is_of(&row.table)) else { return Ok(()) };
        let mut values = Vec::new();
        for field in kind.local.iter().chain(kind.fields) {
            let Some((_, stored)) = row.columns.iter().find(|(name, _)| name == field.column)
            else {
                continue;
            };
            let stored =
                value(stored.into()).map_err(|error| db.map_err("read its operations", &error))?;
            let stored = match (field.ty, &stored) {
                (Type::Ref(table), Value::Int(id)) => {
                    let gone = keys.get(&(table.to_owned(), *id)).cloned();
                    gone.map_or_else(|| key_of(db, table, *id), |key| Ok(Some(key)))?
                        .map_or(stored, Value::Text)
                }
                _ => stored,
            };
            values.push((field, stored));
        }
        if let Some(BytesApart { length, .. }) = row.apart
            && let Some(field) = kind.fields.iter().find(|field| field.ty == Type::Bytes)
        {
            values.push((field, Value::Text(format!("{length} bytes"))));
        }
        let named = |name: &&str| {
            let found = values.iter().find(|(field, _)| field.name == *name);
            found.map(|(_, value)| value.to_string())
        };
        let name: Vec<String> = kind.history_name().iter().filter_map(named).collect();
        for (field, stored) in &values {
            let column = Value::from(field.column);
            let name = Value::Text(name.join(" | "));
            take(vec!["removed".into(), kind.table.into(), name, column, stored.clone()])?;
        }
        Ok(())
    })
}

/// The key of a row that is there, if its table has keys.
fn key_of(db: &Handle, table: &str, id: i64) -> Result<Option<String>> {
    if !kind_of_table(table).is_some_and(Kind::keyed) {
        return Ok(None);
    }
    let sql = format!("SELECT key FROM {table} WHERE id = ?1");
    let key = || db.conn.prepare_cached(&sql)?.query_row([id], |row| row.get("key")).optional();
    key().map_err(|error| db.map_err("read its operations", &error))
}

/// The operations that are taken back, each with the one that took it back. `undoing` are the
/// operations that take one back, the newest first, with that one: an operation that was taken back
/// itself takes nothing back.
pub(super) fn taken_back(undoing: &[(i64, i64)]) -> BTreeMap<i64, i64> {
    let mut taken = BTreeMap::new();
    for (operation, target) in undoing {
        if !taken.contains_key(operation) {
            taken.entry(*target).or_insert(*operation);
        }
    }
    taken
}

/// The operations that take another back, the newest first, each with that other.
pub(super) fn undoing_operations(db: &Handle) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT id, undoes FROM operations WHERE undoes IS NOT NULL ORDER BY id DESC";
    let read = || -> rusqlite::Result<Vec<(i64, i64)>> {
        let mut statement = db.conn.prepare(sql)?;
        statement.query_map([], |row| Ok((row.get("id")?, row.get("undoes")?)))?.collect()
    };
    read().map_err(|error| db.map_err("read its operations", &error))
}

/// An operation that may be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastOperation {
    /// Its number.
    pub id: i64,
    /// The name of its command.
    pub command: String,
    /// True if it was done in another file.
    pub carried: bool,
    /// The operation that took it back, where that holds.
    pub taken_back_by: Option<i64>,
}

/// The operation with this number, or the last one that was done in this file.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn past_operation(db: &Handle, id: Option<i64>) -> Result<Option<PastOperation>> {
    let sql = "SELECT id, command, added IS NOT NULL AS carried FROM operations
         WHERE id = ?1 OR (?1 IS NULL AND added IS NULL) ORDER BY id DESC LIMIT 1";
    let found = db
        .conn
        .query_row(sql, [id], |row| Ok((row.get("id")?, row.get("command")?, row.get("carried")?)));
    let found = found.optional().map_err(|error| db.map_err("read its operations", &error))?;
    let taken = taken_back(&undoing_operations(db)?);
    Ok(found.map(|(id, command, carried)| PastOperation {
        id,
        command,
        carried,
        taken_back_by: taken.get(&id).copied(),
    }))
}

/// The ranges of rows of a kind that an operation added.
fn ranges(db: &Handle, id: i64, kind: &Kind) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT first_id, last_id FROM operation_ranges
        WHERE operation_id = ?1 AND table_name = ?2 ORDER BY first_id";
    let read = || -> rusqlite::Result<Vec<(i64, i64)>> {
        let mut statement = db.conn.prepare_cached(sql)?;
        let range = |row: &rusqlite::Row<'_>| Ok((row.get("first_id")?, row.get("last_id")?));
        statement.query_map((id, kind.table), range)?.collect()
    };
    read().map_err(|error| db.map_err("read what an operation added", &error))
}

/// Passes what was done to the row of a table with this key to `take`, and to the rows that belong
/// to it: operation, moment, person, command, action, table, name of the row, column, value before.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn record_rows(
    db: &Handle,
    table: &str,
    key: &str,
    mut take: impl FnMut(Vec<Value>) -> Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT o.id AS operation, o.at, o.\"by\", coalesce(o.command, 'outside') AS command, 'added' AS action,
           ?1 AS \"table\", t.key AS record, NULL AS \"column\", NULL AS was
         FROM {table} AS t
         LEFT JOIN operation_ranges AS r ON r.table_name = ?1 AND t.id BETWEEN r.first_id AND r.last_id
         LEFT JOIN operations AS o ON o.id = r.operation_id
         WHERE t.key = ?2 ORDER BY o.id"
    );
    each_row(db, &sql, &[&table, &key], &mut take)?;
    each_row(db, include_str!("record_revisions.sql"), &[&table, &key], &mut take)
}

fn each_row(
    db: &Handle,
    sql: &str,
    params: &[&dyn rusqlite::ToSql],
    take: &mut dyn FnMut(Vec<Value>) -> Result<()>,
) -> Result<()> {
    let fail = |error: rusqlite::Error| db.map_err("read its operations", &error);
    let mut statement = db.conn.prepare_cached(sql).map_err(fail)?;
    let columns = statement.column_count();
    let mut rows = statement.query(params).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        let read: rusqlite::Result<Vec<Value>> =
            (0..columns).map(|n| row.get_ref(n).and_then(value)).collect();
        take(read.map_err(fail)?)?;
    }
    Ok(())
}
