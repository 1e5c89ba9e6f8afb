//! Transactions: one deed, one transaction, opened here alone.

use super::handle::Writer;
use crate::error::Result;

impl Writer {
    /// Runs `deed` inside one transaction: all of it is kept, or none.
    ///
    /// # Errors
    /// Those of the deed; then nothing was written.
    pub fn transact<T>(&self, deed: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.transact_when(|_| true, deed)
    }

    /// Runs `deed` inside one transaction and keeps what it wrote when `keep` says so of its
    /// outcome; otherwise the file stays as it was, to the byte.
    ///
    /// # Errors
    /// Those of the deed; then nothing was written.
    pub fn transact_when<T>(
        &self,
        keep: impl FnOnce(&T) -> bool,
        deed: impl FnOnce(&Self) -> Result<T>,
    ) -> Result<T> {
        let run = |sql: &str, doing: &str| {
            self.conn.execute_batch(sql).map_err(|error| self.map_err(doing, &error))
        };
        run("BEGIN IMMEDIATE", "begin writing")?;
        let done = deed(self).and_then(|value| {
            let end = if keep(&value) { "COMMIT" } else { "ROLLBACK" };
            run(end, "save").map(|()| value)
        });
        if done.is_err() && !self.conn.is_autocommit() {
            // The error that led here is the one to report.
            let _ = self.conn.execute_batch("ROLLBACK");
        }
        done
    }

    /// Begins a part of the transaction that can be undone by itself.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn savepoint(&self) -> Result<()> {
        self.part("SAVEPOINT unit")
    }

    /// Keeps what was written since [`Writer::savepoint`].
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn release(&self) -> Result<()> {
        self.part("RELEASE unit")
    }

    /// Undoes what was written since [`Writer::savepoint`].
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn roll_back(&self) -> Result<()> {
        self.part("ROLLBACK TO unit").and_then(|()| self.part("RELEASE unit"))
    }

    fn part(&self, sql: &str) -> Result<()> {
        let run = || self.conn.prepare_cached(sql)?.execute([]);
        run().map(|_| ()).map_err(|error| self.map_err("keep a part of what was written", &error))
    }

    /// Returns true if nothing was recorded yet: no claim and no change.
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

    /// Runs `deed` without writing revisions: for an export that brings its own. The triggers are
    /// dropped inside the transaction and made again before its end.
    ///
    /// # Errors
    /// Those of the deed.
    pub fn without_revisions<T>(&self, deed: impl FnOnce() -> Result<T>) -> Result<T> {
        let fail = |error: rusqlite::Error| self.map_err("set the history aside", &error);
        let triggers: rusqlite::Result<Vec<(String, String)>> = (|| {
            let mut statement = self.conn.prepare(include_str!("revision_triggers.sql"))?;
            statement.query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?.collect()
        })();
        let triggers = triggers.map_err(fail)?;
        for (name, _) in &triggers {
            self.conn.execute_batch(&format!("DROP TRIGGER {name}")).map_err(fail)?;
        }
        let done = deed()?;
        for (_, sql) in &triggers {
            self.conn.execute_batch(sql).map_err(fail)?;
        }
        Ok(done)
    }
}
