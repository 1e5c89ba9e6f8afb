//! Reads the stored equations, and the figures to which the keys in them refer.

use super::connection::Handle;
use crate::error::Result;
use crate::model::{Interval, Operand};
use rusqlite::{OptionalExtension, named_params};

/// An equation as the file stores it.
#[derive(Clone, Debug)]
pub struct WrittenEquation {
    /// The equation's key.
    pub key: String,
    /// The expression.
    pub expression: String,
    /// The title.
    pub title: Option<String>,
    /// The user's note.
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

/// A figure to which a key in an equation may refer.
#[derive(Clone, Debug)]
pub struct FoundFigure {
    /// The figure's key.
    pub key: String,
    /// The number within its bounds.
    pub operand: Operand,
    /// The number in words, with its unit and time.
    pub words: String,
    /// Key of the claim that states the figure.
    pub claim: String,
    /// The current verdict on the claim.
    pub status: String,
    /// The reason for which the claim was withdrawn.
    pub withdrawn: Option<String>,
}

/// The figure with this key. If there is none, the first two figures of the measure with this key
/// whose claims are not withdrawn: two are enough to show that the key is ambiguous.
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
            .prepare_cached(
                "SELECT id FROM figures WHERE key = ?1 UNION ALL
                 SELECT row_id FROM aliases WHERE table_name = 'figures' AND alias = ?1 LIMIT 1",
            )?
            .query_row([key], |row| row.get("id"))
            .optional()?;
        let params = named_params! {":figure": figure, ":measure": key};
        statement.query_map(params, one)?.collect()
    };
    read().map_err(|error| db.map_err("look a figure up", &error))
}
