//! Verdicts of one assessor on one claim at one moment that say different things.

use super::last_id;
use crate::error::Result;
use crate::model::{ASSESSMENT, CLAIM};
use crate::store::connection::Handle;
use rusqlite::OptionalExtension as _;

/// The last verdict and the last claim at a moment: what comes later is new.
#[derive(Clone, Copy, Debug)]
pub struct LastVerdict {
    verdict: i64,
    claim: i64,
}

impl LastVerdict {
    /// Those of now.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn of(db: &Handle) -> Result<Self> {
        Ok(LastVerdict {
            verdict: last_id(db, ASSESSMENT.table)?,
            claim: last_id(db, CLAIM.table)?,
        })
    }
}

/// Two verdicts of which nothing says which holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TiedVerdict {
    /// The key of the claim.
    pub claim: String,
    /// The key of the assessor.
    pub assessor: String,
    /// The moment at which both were given (UTC); `None` where it was not stated.
    pub at: Option<String>,
    /// Their statuses, that of the earlier row first.
    pub statuses: [String; 2],
}

/// Returns the first tie that verdicts since then have made.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn tied_verdict(db: &Handle, since: LastVerdict) -> Result<Option<TiedVerdict>> {
    let tie = |row: &rusqlite::Row<'_>| {
        Ok(TiedVerdict {
            claim: row.get("claim")?,
            assessor: row.get("assessor")?,
            at: row.get("at")?,
            statuses: [row.get("one")?, row.get("other")?],
        })
    };
    let ids = [since.verdict, since.claim];
    let find = || db.conn.prepare(include_str!("tied_verdict.sql"))?.query_row(ids, tie).optional();
    find().map_err(|error| db.map_err("compare its verdicts", &error))
}
