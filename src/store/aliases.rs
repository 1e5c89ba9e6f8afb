//! Former keys of records, which go on reaching them.

use super::answers::Lookup;
use super::connection::{Handle, Writer};
use super::equations::equations;
use crate::error::Result;
use crate::model::{Equation, FIGURE, Kind, MEASURE, Value, all_kinds};
use rusqlite::params;
use std::collections::HashMap;

/// Former keys, by table and former key.
pub type Aliases = HashMap<(&'static str, String), FormerKey>;

/// The present meaning of a former key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerKey {
    /// The key of the record that it reaches.
    pub key: String,
    /// True if it was the key of another record, which was merged into that one.
    pub merged: bool,
}

/// The present key of the record of a table that has this key, or had it; `None` if there is none.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn resolve_key(db: &dyn Lookup, kind: &Kind, key: &str) -> Result<Option<String>> {
    let sql = format!(
        "SELECT key FROM {table} WHERE key = ?1 UNION ALL
         SELECT t.key FROM aliases AS a JOIN {table} AS t ON t.id = a.row_id
         WHERE a.table_name = '{table}' AND a.alias = ?1 LIMIT 1",
        table = kind.table
    );
    Ok(db.texts("look a key up", &sql, &[Value::from(key)])?.pop())
}

/// All former keys of the archive.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn read_aliases(db: &Handle) -> Result<Aliases> {
    let mut aliases = Aliases::new();
    for kind in all_kinds().filter(|kind| kind.keyed()) {
        let sql = format!(
            "SELECT a.alias, t.key, NOT EXISTS (
               SELECT 1 FROM revisions AS r WHERE r.table_name = '{table}' AND (r.row_id = t.id OR r.row_id IS NULL)
                 AND r.column_name = 'key' AND r.was = a.alias) AS merged
             FROM aliases AS a JOIN {table} AS t ON t.id = a.row_id
             WHERE a.table_name = '{table}' AND a.alias <> t.key",
            table = kind.table
        );
        let read = || -> rusqlite::Result<Vec<(String, FormerKey)>> {
            let mut statement = db.conn.prepare(&sql)?;
            let former = |row: &rusqlite::Row<'_>| {
                let former = FormerKey { key: row.get("key")?, merged: row.get("merged")? };
                Ok((row.get("alias")?, former))
            };
            statement.query_map([], former)?.collect()
        };
        let found = read().map_err(|error| db.map_err("read former keys", &error))?;
        aliases.extend(found.into_iter().map(|(alias, former)| ((kind.table, alias), former)));
    }
    Ok(aliases)
}

/// Gives the record with the key `old` the key `new`, which nothing has or had, unless the record
/// itself had it. The old key becomes an alias, and equations that name the record follow.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn rename(writer: &Writer, kind: &Kind, old: &str, new: &str) -> Result<()> {
    let table = kind.table;
    let rename = || -> rusqlite::Result<()> {
        let sql = format!("SELECT id FROM {table} WHERE key = ?1");
        let id: i64 = writer.conn.query_row(&sql, [old], |row| row.get("id"))?;
        // A record that takes a former key back has it as its key alone.
        let sql = "DELETE FROM aliases WHERE table_name = ?1 AND alias = ?2 AND row_id = ?3";
        writer.conn.execute(sql, params![table, new, id])?;
        let sql = "INSERT INTO aliases (table_name, alias, row_id) VALUES (?1, ?2, ?3)";
        writer.conn.execute(sql, params![table, old, id])?;
        let sql = format!("UPDATE {table} SET key = ?1 WHERE id = ?2");
        writer.conn.execute(&sql, params![new, id]).map(|_| ())
    };
    rename().map_err(|error| writer.map_err(&format!("rename {} {old}", kind.word), &error))?;
    if kind.is(&FIGURE) || kind.is(&MEASURE) {
        rename_in_equations(writer, old, new)?;
    }
    Ok(())
}

/// Replaces the key of a figure or measure in the equations that name it.
pub(super) fn rename_in_equations(writer: &Writer, old: &str, new: &str) -> Result<()> {
    for equation in equations(writer)? {
        let Some(expression) = Equation::rename_key(&equation.expression, old, new) else {
            continue;
        };
        let sql = "UPDATE equations SET expression = ?1 WHERE key = ?2";
        writer
            .conn
            .execute(sql, params![expression, equation.key])
            .map_err(|error| writer.map_err("change an equation", &error))?;
    }
    Ok(())
}
