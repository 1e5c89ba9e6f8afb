//! The differences between two archives of one record, row by row: the record as a server has it, and as it is to be.

use super::PostgresTable;
use crate::error::{Error, Result};
use crate::model::{OWN_VIEWS, RowSink, Value};
use crate::store::rows::sql::{quote, value};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// The difference of two archives.
#[derive(Debug)]
pub struct Changes {
    /// Both archives: the later one as `main`, the former one as `before`.
    conn: Connection,
}

/// One of the two archives.
#[derive(Clone, Copy, Debug)]
enum Side {
    Before,
    After,
}

impl Changes {
    /// Opens two archives that begin with the same rows, under the same ids.
    ///
    /// # Errors
    /// Fails if one cannot be read.
    pub fn between(before: &Path, after: &Path) -> Result<Changes> {
        let open = || -> rusqlite::Result<Connection> {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let conn = Connection::open_with_flags(after, flags)?;
            conn.execute("ATTACH ?1 AS before", [before.to_string_lossy()])?;
            Ok(conn)
        };
        open().map(|conn| Changes { conn }).map_err(|error| failed("open the record", &error))
    }

    /// The columns of the primary key of a table.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn key_of(&self, table: &PostgresTable) -> Result<Vec<String>> {
        if table.name == OWN_VIEWS {
            return Ok(vec!["name".to_owned()]);
        }
        let read = || -> rusqlite::Result<Vec<String>> {
            let sql = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
            self.conn.prepare(sql)?.query_map([&table.name], |row| row.get("name"))?.collect()
        };
        read().map_err(|error| failed("read its schema", &error))
    }

    /// The keys of the rows of a table that are gone or changed.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn gone(&self, table: &PostgresTable) -> Result<Vec<Vec<Value>>> {
        let mut keys = Vec::new();
        self.each(table, Side::Before, &self.key_of(table)?, &mut |row| {
            keys.push(row.to_vec());
            Ok(())
        })?;
        Ok(keys)
    }

    /// Returns true if a table has rows that are new or changed.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn has_new(&self, table: &PostgresTable) -> Result<bool> {
        let sql = self.differing(table, Side::After, &self.key_of(table)?)?;
        let any = self.conn.query_row(&format!("SELECT EXISTS ({sql})"), [], |row| row.get(0));
        any.map_err(|error| failed(&format!("compare {}", table.name), &error))
    }

    /// Sends the rows of a table that are new or changed to `sink`.
    ///
    /// # Errors
    /// Fails if the archive cannot be read or the sink not be written to.
    pub fn send(&self, table: &PostgresTable, sink: &mut dyn RowSink) -> Result<()> {
        sink.begin(&table.columns)?;
        self.each(table, Side::After, &table.columns, &mut |row| Ok(sink.row(row)?))?;
        Ok(sink.end()?)
    }

    /// The query for these columns of the rows of one archive that the other does not have, or has otherwise.
    fn differing(&self, table: &PostgresTable, side: Side, columns: &[String]) -> Result<String> {
        let (own, other) = match side {
            Side::Before => ("before", "main"),
            Side::After => ("main", "before"),
        };
        let key = self.key_of(table)?;
        let test = |columns: &[String], sign: &str, word: &str| {
            let all = columns.iter().map(|column| format!("r.{0} {sign} o.{0}", quote(column)));
            all.collect::<Vec<_>>().join(word)
        };
        let list: Vec<String> =
            columns.iter().map(|column| format!("r.{}", quote(column))).collect();
        let rows = |of: &str| match table.name == OWN_VIEWS {
            true => include_str!("own_views_of.sql").trim().replace(":schema", of),
            false => format!("{of}.{}", quote(&table.name)),
        };
        Ok(format!(
            "SELECT {} FROM {} AS r LEFT JOIN {} AS o ON {} WHERE {} ORDER BY {}",
            list.join(", "),
            rows(own),
            rows(other),
            test(&key, "=", " AND "),
            test(&table.columns, "IS NOT", " OR "),
            key.iter().map(|column| format!("r.{}", quote(column))).collect::<Vec<_>>().join(", "),
        ))
    }

    /// Passes the rows of that query to `take`.
    fn each(
        &self,
        table: &PostgresTable,
        side: Side,
        columns: &[String],
        take: &mut dyn FnMut(&[Value]) -> Result<()>,
    ) -> Result<()> {
        let sql = self.differing(table, side, columns)?;
        let fail = |error: rusqlite::Error| failed(&format!("compare {}", table.name), &error);
        let mut statement = self.conn.prepare(&sql).map_err(fail)?;
        let mut found = statement.query([]).map_err(fail)?;
        let mut held = Vec::with_capacity(columns.len());
        while let Some(row) = found.next().map_err(fail)? {
            held.clear();
            for position in 0..columns.len() {
                held.push(row.get_ref(position).and_then(value).map_err(fail)?);
            }
            take(&held)?;
        }
        Ok(())
    }

    /// The table and the largest id that it ever had, where it had one.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn last_ids(&self) -> Result<Vec<(String, i64)>> {
        let read = || -> rusqlite::Result<Vec<(String, i64)>> {
            let sql = "SELECT name, seq FROM main.sqlite_sequence WHERE seq > 0 ORDER BY name";
            let row = |row: &rusqlite::Row<'_>| Ok((row.get("name")?, row.get("seq")?));
            self.conn.prepare(sql)?.query_map([], row)?.collect()
        };
        read().map_err(|error| failed("read the last ids", &error))
    }
}

fn failed(doing: &str, error: &rusqlite::Error) -> Error {
    Error::Sqlite {
        path: None,
        doing: doing.to_owned(),
        why: crate::store::connection::sqlite_error::message(error),
    }
}
