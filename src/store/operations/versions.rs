//! The versions of claims, by which stale verdicts are found, in operations that change rows and do not
//! change what a verdict is about.

use super::Operation;
use crate::error::Result;
use crate::store::connection::Writer;
use rusqlite::named_params;

impl Writer {
    /// Settles the versions at the end of an import: its verdicts are about the claims as it leaves them.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn settle_versions(&self, operation: &Operation) -> Result<()> {
        let last = |table: &str| operation.before.get(table).copied().unwrap_or_default();
        let sql = include_str!("settle_verdicts.sql");
        let settle = self.conn.execute(sql, [last("assessments")]).map(|_| ());
        settle.map_err(|error| self.map_err("settle the versions of claims", &error))
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

    /// Lists the claims whose version the undo of `target` by `operation` raised although `target` did not,
    /// with the version before: a mention that supports a claim makes no version, and is no loss if nobody
    /// judged the claim since.
    pub(super) fn list_unchanged_versions(&self, operation: i64, target: i64) -> Result<()> {
        let sql = include_str!("undo_list_unchanged.sql");
        let values = named_params! { ":operation": operation, ":target": target };
        let list = self.conn.execute(sql, values).map(|_| ());
        list.map_err(|error| self.map_err("look at the versions of claims", &error))
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
