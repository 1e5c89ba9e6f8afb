//! The record of operations: each change that the program makes to the file is one row of
//! `operations`, with the inputs that it read and the rows that it added, as ranges of ids.
//!
//! No id is used twice (`AUTOINCREMENT`), so that the rows an operation added are those between the
//! last id of a table before it and the last id after it: recording costs the same for one row and
//! for a million. The rows that it changed or deleted are in `revisions`, whose triggers note the
//! operation that `archive.operation` names.

mod carry;
mod delete;
mod merge;
mod read;
mod row_document;
mod undo;
mod versions;

use crate::error::Result;
use crate::model::{ASSESSMENT, CLAIM, KINDS, Kind, LOCAL_KINDS};
use crate::store::connection::Writer;
pub use carry::carried_operations;
pub use merge::MergedRecords;
pub use read::{PastOperation, operation_exists, operation_rows, past_operation, record_rows};
pub(in crate::store) use row_document::{DocumentWriter, is_document};
use rusqlite::params;
use std::collections::HashMap;
pub use undo::{Obstacles, Undone};

/// The facts about an operation that are known before it runs.
#[derive(Clone, Copy, Debug)]
pub struct OperationStart<'a> {
    /// The name of the command, without its arguments.
    pub command: &'a str,
    /// The moment (UTC).
    pub at: &'a str,
    /// The person who runs it.
    pub by: Option<&'a str>,
    /// The reason given.
    pub because: Option<&'a str>,
    /// The operation that it takes back.
    pub undoes: Option<i64>,
}

/// An input that an operation read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationInput {
    /// The name of the file, without its folder.
    pub name: String,
    /// SHA-256 of its bytes; `None` where not all of them were read.
    pub sha256: Option<String>,
    /// Its size in bytes; `None` where not all of them were read.
    pub bytes: Option<u64>,
}

/// An operation that runs, in an open transaction.
#[derive(Debug)]
#[must_use = "an operation that is not ended stays the one that is writing"]
pub struct Operation {
    id: i64,
    /// The last id that each table gave before the operation.
    before: HashMap<String, i64>,
}

/// The kinds whose rows are recorded: what people put in, and not what the program says of the
/// file. What is referred to comes first.
fn recorded_kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().chain(LOCAL_KINDS).copied().filter(|kind| kind.is_recorded())
}

impl Operation {
    /// The number of the operation.
    pub fn id(&self) -> i64 {
        self.id
    }
}

impl Writer {
    /// Begins an operation: notes it, who runs it, and where the new rows of each table begin. Call
    /// it inside the transaction.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn begin_operation(&self, start: &OperationStart<'_>) -> Result<Operation> {
        let begin = || -> rusqlite::Result<Operation> {
            let OperationStart { command, at, by, because, undoes } = start;
            let sql = "INSERT INTO operations (at, by, command, because, undoes)
                 VALUES (?1, ?2, ?3, ?4, ?5)";
            self.conn.execute(sql, params![at, by, command, because, undoes])?;
            let id = self.conn.last_insert_rowid();
            let before = self.last_ids()?;
            let last_claim = before.get(CLAIM.table).copied().unwrap_or_default();
            let sql = "UPDATE archive SET operation = ?1, editor = ?2, last_claim = ?3";
            self.conn.execute(sql, params![id, by, last_claim])?;
            Ok(Operation { id, before })
        };
        begin().map_err(|error| self.map_err("note the operation", &error))
    }

    /// Counts the rows that a new archive has from the start as those of its first operation.
    pub fn begin_first_operation(&self, start: &OperationStart<'_>) -> Result<Operation> {
        let operation = self.begin_operation(start)?;
        Ok(Operation { before: HashMap::new(), ..operation })
    }

    /// Ends an operation: records the ranges of rows that it added, the inputs that it read, and its
    /// result in a few words. At rest no operation is writing.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn end_operation(
        &self,
        operation: Operation,
        inputs: &[OperationInput],
        summary: Option<&str>,
    ) -> Result<()> {
        let end = || -> rusqlite::Result<()> {
            let Operation { id, before } = &operation;
            let after = self.last_ids()?;
            for kind in recorded_kinds() {
                let first = before.get(kind.table).copied().unwrap_or_default() + 1;
                let last = after.get(kind.table).copied().unwrap_or_default();
                if first <= last {
                    self.add_range(*id, kind.table, first, last)?;
                }
            }
            for input in inputs {
                let sql = "INSERT INTO operation_inputs (operation_id, name, sha256, bytes)
                     VALUES (?1, ?2, ?3, ?4)";
                let bytes = input.bytes.and_then(|bytes| i64::try_from(bytes).ok());
                self.conn.execute(sql, params![id, input.name, input.sha256, bytes])?;
            }
            let last_assessment = after.get(ASSESSMENT.table).copied().unwrap_or_default();
            let sql = "UPDATE operations SET summary = ?2, last_assessment = ?3 WHERE id = ?1";
            self.conn.execute(sql, params![id, summary, last_assessment])?;
            let sql = "UPDATE archive SET operation = NULL, editor = NULL, last_claim = NULL";
            self.conn.execute(sql, []).map(|_| ())
        };
        end().map_err(|error| self.map_err("note what the operation did", &error))
    }

    /// Keeps rows that did not go into the archive with an operation that runs: `document` has them, as those that it
    /// removed.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn keep_document(&self, operation: &Operation, document: &[u8], rows: usize) -> Result<()> {
        let sql = "UPDATE operations SET document = ?2, document_rows = ?3 WHERE id = ?1";
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        let kept = self.conn.execute(sql, params![operation.id, document, rows]);
        kept.map(|_| ()).map_err(|error| self.map_err("keep the rows that were left out", &error))
    }

    /// Records rows that an operation added.
    pub(super) fn add_range(
        &self,
        operation: i64,
        table: &str,
        first: i64,
        last: i64,
    ) -> rusqlite::Result<()> {
        let sql = "INSERT INTO operation_ranges (operation_id, table_name, first_id, last_id)
             VALUES (?1, ?2, ?3, ?4)";
        self.conn.execute(sql, params![operation, table, first, last]).map(|_| ())
    }

    /// The last id that each table gave.
    fn last_ids(&self) -> rusqlite::Result<HashMap<String, i64>> {
        let mut statement = self.conn.prepare_cached("SELECT name, seq FROM sqlite_sequence")?;
        statement.query_map([], |row| Ok((row.get("name")?, row.get("seq")?)))?.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{OperationInput, OperationStart};
    use crate::store::in_memory;

    const NOW: &str = "2021-01-01T00:00:00Z";

    #[test]
    fn an_operation_has_the_rows_between_its_beginning_and_its_end() {
        let writer = in_memory(NOW).unwrap();
        let run = |sql: &str| writer.conn.execute_batch(sql).unwrap();
        let ask =
            |sql: &str| -> String { writer.conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        run("INSERT INTO sources (key, kind, title) VALUES ('before', 'report', 'b')");
        let start = OperationStart {
            command: "import",
            at: NOW,
            by: Some("ann"),
            because: None,
            undoes: None,
        };
        let operation = writer.begin_operation(&start).unwrap();
        run("INSERT INTO sources (key, kind, title) VALUES ('a', 'report', 'a'), ('b', 'report', 'b');
             UPDATE sources SET title = 'changed' WHERE key = 'before';
             DELETE FROM sources WHERE key = 'b'");
        let input = OperationInput { name: "a.csv".into(), sha256: None, bytes: Some(3) };
        writer.end_operation(operation, &[input], Some("2 sources")).unwrap();
        run("UPDATE sources SET title = 'by another tool' WHERE key = 'a'");
        let ranges = "SELECT group_concat(table_name || ' ' || first_id || '-' || last_id)
             FROM operation_ranges";
        // The desk is source 1, and the one before is source 2.
        assert_eq!(ask(ranges), "sources 3-4", "a number that was given is not given again");
        let revised = "SELECT group_concat(row_key || ' ' || coalesce(operation_id, '-') || ' '
             || coalesce(by, '-'), ', ') FROM (SELECT * FROM revisions WHERE column_name = 'title' ORDER BY id)";
        assert_eq!(ask(revised), "before 1 ann, b 1 ann, a - -");
        let rest = "SELECT coalesce(operation, '-') || coalesce(editor, '-') FROM archive";
        assert_eq!(ask(rest), "--", "at rest no operation is writing");
        let read = "SELECT name || ' ' || bytes || ' ' || summary FROM operation_inputs
             JOIN operations ON operations.id = operation_id";
        assert_eq!(ask(read), "a.csv 3 2 sources");
    }
}
