//! The meaning of every table and column, kept in the table `columns`: derived from the
//! comments of the migrations and the headers of reports, so that no meaning is typed twice.

use super::texts::{DERIVED, MIGRATIONS};
use super::views::ViewSpec;
use crate::error::Result;
use crate::model::{Described, Table, Value, described};
use crate::store::connection::{Handle, Writer};
use rusqlite::{Connection, named_params};
use std::collections::{BTreeMap, BTreeSet};

/// A table and a column; the column is empty for the table itself.
type Place = (String, String);

/// Updates the table `columns` from the migrations, the views of the program, and the reports that the
/// file describes. Rows that are up to date are not touched, nor are rows about the user's own tables.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn keep_columns(writer: &Writer, views: &[ViewSpec]) -> Result<()> {
    describe(&writer.conn, views).map_err(|error| writer.map_err("describe its columns", &error))
}

/// Writes the rows of `columns`, as [`keep_columns`].
pub(super) fn describe(conn: &Connection, views: &[ViewSpec]) -> rusqlite::Result<()> {
    let wanted = meanings(&reports(conn)?, views);
    let held = held(conn)?;
    let there: BTreeSet<String> = {
        let sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')";
        let mut statement = conn.prepare_cached(sql)?;
        statement.query_map([], |row| row.get("name"))?.collect::<rusqlite::Result<_>>()?
    };
    let known: BTreeSet<&str> = wanted.iter().map(|((table, _), _)| table.as_str()).collect();
    let ours = |table: &str| known.contains(table) || !there.contains(table);
    let places: BTreeSet<&Place> = wanted.iter().map(|(place, _)| place).collect();
    for place in held.keys().filter(|place| ours(&place.0) && !places.contains(place)) {
        let sql = "DELETE FROM columns WHERE table_name = ?1 AND column_name = ?2";
        conn.prepare_cached(sql)?.execute((&place.0, &place.1))?;
    }
    for ((table, column), meaning) in &wanted {
        let place = (table.clone(), column.clone());
        let sql = match held.get(&place) {
            Some(known) if known == meaning => continue,
            Some(_) => include_str!("columns_update.sql"),
            None => include_str!("columns_insert.sql"),
        };
        let values = named_params! {":table": table, ":column": column, ":meaning": meaning};
        conn.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

/// The tables and views of the archive with their columns: table, column, type, meaning. The column is
/// empty for the table itself. The meanings come from the file, or from this program if the file is
/// older than the table `columns`.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn schema(db: &Handle, views: &[ViewSpec]) -> Result<Table> {
    let read = || -> rusqlite::Result<Table> {
        let sql =
            "SELECT count(1) AS n FROM sqlite_schema WHERE type = 'table' AND name = 'columns'";
        let described = db.conn.query_row(sql, [], |row| row.get::<_, i64>("n"))? > 0;
        let meanings = match described {
            true => held(&db.conn)?,
            false => meanings(&reports(&db.conn)?, views).into_iter().collect(),
        };
        let meaning = |table: &str, column: &str| {
            let found = meanings.get(&(table.to_owned(), column.to_owned()));
            found.map_or(Value::Null, |text| Value::from(text.as_str()))
        };
        let mut rows = Table::new(&["table", "column", "type", "meaning"]);
        let mut statement = db.conn.prepare(include_str!("columns_objects.sql"))?;
        let objects = statement.query_map([], |row| Ok((row.get("name")?, row.get("type")?)))?;
        let objects: Vec<(String, String)> = objects.collect::<rusqlite::Result<_>>()?;
        let mut columns = db.conn.prepare("SELECT name, type FROM pragma_table_info(?1)")?;
        for (table, kind) in objects {
            let text = |text: &str| Value::from(text);
            rows.rows.push(vec![text(&table), text(""), text(&kind), meaning(&table, "")]);
            let of = columns.query_map([&table], |row| Ok((row.get("name")?, row.get("type")?)))?;
            // A view that cannot be read has no columns; `check` says why.
            let of: Vec<(String, String)> = of.collect::<rusqlite::Result<_>>().unwrap_or_default();
            for (column, ty) in of {
                let ty = if ty.is_empty() { Value::Null } else { text(&ty) };
                rows.rows.push(vec![text(&table), text(&column), ty, meaning(&table, &column)]);
            }
        }
        Ok(rows)
    };
    read().map_err(|error| db.map_err("read its schema", &error))
}

/// The meanings that the table `columns` holds.
fn held(conn: &Connection) -> rusqlite::Result<BTreeMap<Place, String>> {
    let sql = "SELECT table_name, column_name, meaning FROM columns";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(((row.get("table_name")?, row.get("column_name")?), row.get("meaning")?))
    })?;
    rows.collect()
}

/// The reports that the file describes.
fn reports(conn: &Connection) -> rusqlite::Result<Vec<Described>> {
    let mut statement = conn.prepare_cached(include_str!("columns_reports.sql"))?;
    let rows = statement.query_map([], |row| {
        let columns: Option<String> = row.get("columns")?;
        Ok(Described {
            name: row.get("view")?,
            meaning: row.get("meaning")?,
            columns: columns_of(columns.as_deref()),
        })
    })?;
    rows.collect()
}

/// Parses the columns of a header as the file stores them, "name: meaning" on each line.
fn columns_of(text: Option<&str>) -> Vec<(String, String)> {
    let pair = |line: &str| line.split_once(": ").map(|(a, b)| (a.to_owned(), b.to_owned()));
    text.unwrap_or_default().lines().filter_map(pair).collect()
}

/// The meanings of all tables and columns that the program and the file describe, in order.
fn meanings(reports: &[Described], views: &[ViewSpec]) -> Vec<(Place, String)> {
    let checks = views.iter().filter(|spec| spec.view.starts_with("check_"));
    let checks = checks.map(|spec| Described {
        name: spec.view.clone(),
        meaning: spec.question.clone().unwrap_or_else(|| spec.title.clone()),
        columns: columns_of(spec.columns.as_deref()),
    });
    let tables = described(MIGRATIONS.iter().chain(DERIVED).map(|(_, sql)| *sql));
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for Described { name, meaning, columns } in
        tables.into_iter().chain(reports.iter().cloned()).chain(checks)
    {
        for (column, meaning) in [(String::new(), meaning)].into_iter().chain(columns) {
            let place = (name.clone(), column);
            if !meaning.trim().is_empty() && seen.insert(place.clone()) {
                all.push((place, meaning));
            }
        }
    }
    all
}
