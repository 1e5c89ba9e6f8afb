//! Reads what doubts are raised by, and which of them were set aside.

use crate::error::Result;
use crate::store::connection::Handle;

/// A figure with the words that state its number.
#[derive(Clone, Debug)]
pub struct NamedFigure {
    /// Its key.
    pub key: String,
    /// The numbers that it states: value, low and high.
    pub numbers: Vec<f64>,
    /// How exact they are, a code of `qualifiers`.
    pub qualifier: String,
    /// The number's own words; `None` when not kept.
    pub said: Option<String>,
    /// The text of its claim.
    pub claim_text: String,
    /// The number of figures of that claim.
    pub siblings: i64,
}

/// The figures that state a number, by key.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn named_figures(db: &Handle) -> Result<Vec<NamedFigure>> {
    let read = || -> rusqlite::Result<Vec<NamedFigure>> {
        let mut statement = db.conn.prepare(include_str!("read_named_figures.sql"))?;
        let rows = statement.query_map([], |row| {
            let numbers: [Option<f64>; 3] = [row.get("value")?, row.get("low")?, row.get("high")?];
            Ok(NamedFigure {
                key: row.get("key")?,
                numbers: numbers.into_iter().flatten().collect(),
                qualifier: row.get("qualifier")?,
                said: row.get("said")?,
                claim_text: row.get("text")?,
                siblings: row.get("siblings")?,
            })
        })?;
        rows.collect()
    };
    read().map_err(|error| db.map_err("read its figures", &error))
}

/// A source or a place by its name.
#[derive(Clone, Debug)]
pub struct NamedRow {
    /// Its id in this file.
    pub id: i64,
    /// Its key.
    pub key: String,
    /// What else tells it apart: its kind, and its outlet or the place that holds it.
    pub apart: String,
    /// Its name as written.
    pub name: String,
    /// Its name as names are compared.
    pub folded: String,
}

/// The names of the sources or the places, in the order in which they came.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn names(db: &Handle, table: &str) -> Result<Vec<NamedRow>> {
    let sql = match table {
        "sources" => {
            "SELECT id, key, kind || ' ' || coalesce(outlet, '') AS apart, title AS name, folded FROM sources ORDER BY id"
        }
        _ => {
            "SELECT id, key, kind || ' ' || coalesce(within_id, '') AS apart, name, folded FROM locations ORDER BY id"
        }
    };
    let read = || -> rusqlite::Result<Vec<NamedRow>> {
        let mut statement = db.conn.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let folded: Option<String> = row.get("folded")?;
            let name: String = row.get("name")?;
            let folded = folded.unwrap_or_else(|| crate::model::fold_name(&name));
            Ok(NamedRow {
                id: row.get("id")?,
                key: row.get("key")?,
                apart: row.get("apart")?,
                name,
                folded,
            })
        })?;
        rows.collect()
    };
    read().map_err(|error| db.map_err("read its names", &error))
}

/// The last id of a table; 0 where it has no row.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn last_id(db: &Handle, table: &str) -> Result<i64> {
    let sql = format!("SELECT ifnull(max(id), 0) AS id FROM {table}");
    let read = || db.conn.prepare_cached(&sql)?.query_row([], |row| row.get("id"));
    read().map_err(|error| db.map_err("read its last rows", &error))
}

/// The moment at which a doubt is set aside: now, or the second after it was last, so that the two are told
/// apart.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn moment_of_acceptance(db: &Handle, doubt: [&str; 4], now: &str) -> Result<String> {
    let [check, table, key, finding] = doubt;
    let find = || -> rusqlite::Result<String> {
        let mut statement = db.conn.prepare_cached(include_str!("read_moment.sql"))?;
        statement.query_row([check, table, key, finding, now], |row| row.get("at"))
    };
    find().map_err(|error| db.map_err("look what was set aside", &error))
}

/// Returns true if a doubt was set aside, and the row did not change since: by check, table, key and
/// finding.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn accepted(db: &Handle, doubt: [&str; 4]) -> Result<bool> {
    let find = || -> rusqlite::Result<bool> {
        let mut statement = db.conn.prepare_cached(include_str!("read_accepted.sql"))?;
        statement.exists(doubt)
    };
    find().map_err(|error| db.map_err("look what was set aside", &error))
}
