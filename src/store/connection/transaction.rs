//! Transactions and savepoints. Only an upgrade (`migrate.rs`) begins its own transaction.

use super::handle::Writer;
use crate::error::Result;

impl Writer {
    /// Runs `action` in one transaction, which is committed as a whole or not at all.
    ///
    /// # Errors
    /// Returns the errors of `action`; nothing was written then.
    pub fn transact<T>(&self, action: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.transact_when(|_| true, action)
    }

    /// Runs `action` in one transaction, and commits it if `keep` returns true for the outcome.
    /// Otherwise the transaction is rolled back, and the file stays the same to the byte.
    ///
    /// # Errors
    /// Returns the errors of `action`; nothing was written then.
    pub fn transact_when<T>(
        &self,
        keep: impl FnOnce(&T) -> bool,
        action: impl FnOnce(&Self) -> Result<T>,
    ) -> Result<T> {
        let run = |sql: &str, doing: &str| {
            self.conn.execute_batch(sql).map_err(|error| self.map_err(doing, &error))
        };
        run("BEGIN IMMEDIATE", "begin writing")?;
        let done = action(self).and_then(|value| {
            let end = if keep(&value) { "COMMIT" } else { "ROLLBACK" };
            run(end, "save").map(|()| value)
        });
        if done.is_err() && !self.conn.is_autocommit() {
            // The error that led here is the one to report.
            let _ = self.conn.execute_batch("ROLLBACK");
        }
        done
    }

    /// Begins a savepoint, a part of the transaction that can be rolled back by itself.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn savepoint(&self) -> Result<()> {
        self.run_savepoint("SAVEPOINT unit")
    }

    /// Keeps what was written since [`Writer::savepoint`].
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn release(&self) -> Result<()> {
        self.run_savepoint("RELEASE unit")
    }

    /// Undoes what was written since [`Writer::savepoint`].
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn roll_back(&self) -> Result<()> {
        self.run_savepoint("ROLLBACK TO unit").and_then(|()| self.run_savepoint("RELEASE unit"))
    }

    fn run_savepoint(&self, sql: &str) -> Result<()> {
        let run = || self.conn.prepare_cached(sql)?.execute([]);
        run().map(|_| ()).map_err(|error| self.map_err("keep a part of what was written", &error))
    }

    /// Returns true if the archive has no claim and no revision yet.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn is_fresh(&self) -> Result<bool> {
        self.conn
            .query_row(
                "SELECT NOT EXISTS (SELECT 1 FROM claims) AND NOT EXISTS (SELECT 1 FROM revisions) AS fresh",
                [],
                |row| row.get("fresh"),
            )
            .map_err(|error| self.map_err("see whether it is new", &error))
    }

    /// Runs `action` without writing revisions, to import an export that has its own. The triggers are
    /// dropped inside the transaction and created again before its end.
    ///
    /// # Errors
    /// Returns the errors of `action`.
    pub fn without_revisions<T>(&self, action: impl FnOnce() -> Result<T>) -> Result<T> {
        self.without_triggers(include_str!("revision_triggers.sql"), action)
    }

    /// Runs `action` without the triggers that a query names, with their SQL. They are dropped inside the
    /// transaction and created again before its end.
    pub(in crate::store) fn without_triggers<T>(
        &self,
        which: &str,
        action: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let fail = |error: rusqlite::Error| self.map_err("set its triggers aside", &error);
        let triggers: rusqlite::Result<Vec<(String, String)>> = (|| {
            let mut statement = self.conn.prepare(which)?;
            statement.query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?.collect()
        })();
        let triggers = triggers.map_err(fail)?;
        for (name, _) in &triggers {
            self.conn.execute_batch(&format!("DROP TRIGGER {name}")).map_err(fail)?;
        }
        let done = action()?;
        for (_, sql) in &triggers {
            self.conn.execute_batch(sql).map_err(fail)?;
        }
        Ok(done)
    }
}
