//! Transactions and savepoints. Only an upgrade (`migrate.rs`) begins its own transaction.

use super::handle::Writer;
use crate::error::Result;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::path::Path;

/// The remark where the disk did not confirm the last step of a write that the file holds.
pub(in crate::store) const UNCONFIRMED: &str = "everything is written, but the disk did not confirm that it keeps it if power fails now: \
     look after the disk, and do not repeat the command";

/// The number of the last operation that a file holds; `None` if that cannot be read.
pub(in crate::store) fn last_operation(conn: &Connection) -> Option<i64> {
    let sql = "SELECT max(id) AS id FROM operations";
    conn.query_row(sql, [], |row| row.get("id")).optional().ok().flatten().flatten()
}

/// Returns true if the file holds this operation, as the next program to open it will see.
pub(in crate::store) fn is_written(path: &Path, operation: i64) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // SQLite reports that the disk did not confirm the last step, the removal of the journal, as the failure of the
    // whole transaction; and without a journal nothing rolls it back.
    let conn = Connection::open_with_flags(path, flags).ok();
    conn.and_then(|conn| last_operation(&conn)) == Some(operation)
}

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
        let before = last_operation(&self.conn);
        let done = action(self).and_then(|value| {
            if !keep(&value) {
                return run("ROLLBACK", "save").map(|()| value);
            }
            let own = last_operation(&self.conn).filter(|own| Some(*own) != before);
            match self.conn.execute_batch("COMMIT") {
                Ok(()) => Ok(value),
                Err(_) if own.is_some_and(|own| is_written(&self.path, own)) => {
                    self.remark(UNCONFIRMED);
                    Ok(value)
                }
                Err(error) => Err(self.map_err("save", &error)),
            }
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

#[cfg(test)]
mod tests {
    use super::{is_written, last_operation};

    #[test]
    fn a_transaction_is_written_once_another_connection_sees_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.execute_batch("CREATE TABLE operations (id INTEGER PRIMARY KEY)").unwrap();
        assert_eq!(last_operation(&conn), None);
        conn.execute_batch(
            "INSERT INTO operations VALUES (7); BEGIN; INSERT INTO operations VALUES (8)",
        )
        .unwrap();
        assert_eq!(last_operation(&conn), Some(8));
        assert!(!is_written(&path, 8) && is_written(&path, 7));
        conn.execute_batch("COMMIT").unwrap();
        assert!(is_written(&path, 8));
        assert!(!is_written(&folder.path().join("gone.db"), 8));
    }
}
