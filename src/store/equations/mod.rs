//! Equations as written, and what the keys in them stand for.

use super::connection::Handle;
use crate::error::Result;
use crate::model::{Interval, Operand};
use rusqlite::{OptionalExtension, named_params};

/// An equation as the file has it.
#[derive(Clone, Debug)]
pub struct WrittenEquation {
    /// Its key.
    pub key: String,
    /// The expression.
    pub expression: String,
    /// The title.
    pub title: Option<String>,
    /// A remark by the archive.
    pub note: Option<String>,
}

/// All equations, in the order in which they were written.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn equations(db: &Handle) -> Result<Vec<WrittenEquation>> {
    let read = || -> rusqlite::Result<Vec<WrittenEquation>> {
        let mut statement =
            db.conn.prepare("SELECT key, expression, title, note FROM equations ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok(WrittenEquation {
                key: row.get("key")?,
                expression: row.get("expression")?,
                title: row.get("title")?,
                note: row.get("note")?,
            })
        })?;
        rows.collect()
    };
    read().map_err(|error| db.map_err("read the equations", &error))
}

/// A figure that a key in an equation may stand for.
#[derive(Clone, Debug)]
pub struct FoundFigure {
    /// The figure's key.
    pub key: String,
    /// The number within its bounds.
    pub operand: Operand,
    /// The number in words, with its unit and time.
    pub words: String,
    /// Key and verdict of the claim that holds it.
    pub claim: String,
    /// The current verdict on the claim.
    pub status: String,
    /// The reason for which the claim was withdrawn.
    pub withdrawn: Option<String>,
}

/// The figure with this key; or the figures of the measure with this key, whose claims were not
/// withdrawn, the first two of them.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn figures_for(db: &Handle, key: &str) -> Result<Vec<FoundFigure>> {
    let read = || -> rusqlite::Result<Vec<FoundFigure>> {
        let mut statement = db.conn.prepare_cached(include_str!("operand.sql"))?;
        let one = |row: &rusqlite::Row<'_>| {
            let mut bounds = Interval::between(row.get("lower")?, row.get("upper")?);
            bounds.excludes_lower = row.get("lower_exclusive")?;
            bounds.excludes_upper = row.get("upper_exclusive")?;
            Ok(FoundFigure {
                key: row.get("key")?,
                operand: Operand {
                    bounds,
                    stated: row.get("stated")?,
                    unit: row.get("unit")?,
                    assumed: row.get("assumed")?,
                },
                words: row.get("words")?,
                claim: row.get("claim")?,
                status: row.get("status")?,
                withdrawn: row.get("withdrawn")?,
            })
        };
        let figure: Option<i64> = db
            .conn
            .prepare_cached("SELECT id FROM figures WHERE key = ?1")?
            .query_row([key], |row| row.get("id"))
            .optional()?;
        let params = named_params! {":figure": figure, ":measure": key};
        statement.query_map(params, one)?.collect()
    };
    read().map_err(|error| db.map_err("look a figure up", &error))
}
