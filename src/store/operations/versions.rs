//! The versions of claims, by which stale verdicts are found, in operations that change rows and do not
//! change what a verdict is about.

use super::Operation;
use crate::error::Result;
use crate::store::connection::Writer;
use rusqlite::named_params;

impl Writer {
    /// Settles the versions at the end of an import: what an operation judges, it may still complete.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn settle_versions(&self, operation: &Operation) -> Result<()> {
        let last = |table: &str| operation.before.get(table).copied().unwrap_or_default();
        let (claims, assessments) = (last("claims"), last("assessments"));
        let settle = || -> rusqlite::Result<()> {
            let sql = "UPDATE claims SET version = 1 WHERE id > ?1 AND version > 1";
            self.conn.execute(sql, [claims])?;
            let sql = include_str!("settle_verdicts.sql");
            self.conn.execute(sql, [assessments]).map(|_| ())
        };
        settle().map_err(|error| self.map_err("settle the versions of claims", &error))
    }

    /// Lists the claims whose version an operation raised, with the version before it, where nothing
    /// raised it since.
    pub(super) fn list_versions(&self, operation: i64) -> Result<()> {
        let list = || {
            self.conn.execute_batch(
                "CREATE TEMP TABLE undo_versions (claim_id INTEGER PRIMARY KEY, version INTEGER)",
            )?;
            let sql = include_str!("undo_list_versions.sql");
            self.conn.execute(sql, named_params! { ":operation": operation }).map(|_| ())
        };
        list().map_err(|error| self.map_err("look at the versions of claims", &error))
    }

    /// Gives the listed claims their version back, and ends the list.
    pub(super) fn restore_versions(&self) -> Result<()> {
        self.execute(
            "UPDATE claims SET version = (SELECT version FROM temp.undo_versions WHERE claim_id = claims.id)
               WHERE id IN (SELECT claim_id FROM temp.undo_versions);
             DROP TABLE temp.undo_versions",
        )
    }
}
