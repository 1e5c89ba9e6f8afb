//! Joins two claims in the file.

use super::connection::{Handle, Writer};
use crate::error::{Error, Result};
use crate::store::connection::sqlite_error::message;
use rusqlite::{OptionalExtension, named_params};

/// The numbers of rows that a claim took over from another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Mentions copied.
    pub mentions: usize,
    /// Places copied.
    pub places: usize,
    /// Links copied.
    pub links: usize,
    /// Figures that changed their claim.
    pub figures: usize,
    /// 1 where a date or note was copied.
    pub blanks: usize,
    /// Figures that stay, since the other claim has the same number.
    pub left: usize,
}

/// Returns the reason of a withdrawal: `None` without such a claim, `Some(None)` when it stands.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn claim_withdrawn(db: &Handle, key: &str) -> Result<Option<Option<String>>> {
    db.conn
        .prepare_cached("SELECT withdrawn FROM claims WHERE key = ?1")
        .and_then(|mut statement| statement.query_row([key], |row| row.get("withdrawn")).optional())
        .map_err(|error| db.map_err("read a claim", &error))
}

/// Copies and moves what `from` has to `into`, and withdraws `from`. Both are there.
///
/// # Errors
/// Fails if the file refuses.
pub fn merge_claims(writer: &Writer, from: &str, into: &str, because: &str) -> Result<Moved> {
    let run = |sql: &str, because: Option<&str>| -> rusqlite::Result<usize> {
        let mut statement = writer.conn.prepare(sql)?;
        let params: &[(&str, &dyn rusqlite::ToSql)] =
            named_params! {":from": from, ":into": into, ":because": because};
        let used = if because.is_some() { params } else { &params[..2] };
        statement.execute(used)
    };
    let all = || -> rusqlite::Result<Moved> {
        let figures: i64 = writer.conn.query_row(
            "SELECT count(1) AS n FROM figures AS f JOIN claims AS c ON c.id = f.claim_id WHERE c.key = ?1",
            [from],
            |row| row.get("n"),
        )?;
        let mut moved = Moved {
            mentions: run(include_str!("mentions.sql"), None)?,
            places: run(include_str!("places.sql"), None)?,
            links: run(include_str!("links.sql"), None)?,
            figures: run(include_str!("figures.sql"), None)?,
            blanks: run(include_str!("blanks.sql"), None)?,
            left: 0,
        };
        moved.left = usize::try_from(figures).unwrap_or(0) - moved.figures;
        run(include_str!("duplicate.sql"), Some(because))?;
        run(
            "UPDATE claims SET withdrawn = 'merged into ' || :into || ': ' || :because WHERE key = :from",
            Some(because),
        )?;
        Ok(moved)
    };
    all().map_err(|error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => Error::Refused {
            what: format!("cannot merge {from} into {into}: {}", message(&error)),
            hint: "nothing was changed".to_owned(),
        },
        _ => writer.map_err("merge two claims", &error),
    })
}
