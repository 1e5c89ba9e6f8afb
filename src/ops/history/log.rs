//! Lists the operations of an archive, what one of them did, and what happened to one record.

use crate::error::{Error, Result};
use crate::model::{CancelToken, Kind, RowSink, Value, document_kinds};
use crate::ops::context::{find_record, open_reader};
use crate::ops::report::filter::ReportFilter;
use crate::store::{Query, operation_exists, operation_rows, record_rows};
use std::path::Path;

/// The columns of [`log`] that fit a line.
const SHORT: &str = "operation, at, \"by\", command, added, changed, removed, because,
    CASE WHEN length(summary) > 60 THEN substr(summary, 1, 59) || '…' ELSE summary END AS summary";

/// Sends the operations to `sink`, the newest first, at most `limit` of them: the rows of the report
/// `operations`. With `short`, the columns that fit a line.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn log(
    archive: &Path,
    limit: Option<u64>,
    short: bool,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let db = open_reader(archive, cancel)?;
    // An archive of an older program lacks this report; the error says what to do.
    let report = ReportFilter::of(&db, "operations")?;
    let columns = if short { SHORT } else { "*" };
    let limit = limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
    let sql = format!("SELECT {columns} FROM report_operations{limit}");
    Query { sql: report.with_prelude(&sql), params: Vec::new() }.run(&db, sink)
}

/// Sends what an operation did to `sink`: a row for each row that it added and for each value that
/// it changed or removed.
///
/// # Errors
/// Fails if there is no such operation, or the archive cannot be read.
pub fn show_operation(
    archive: &Path,
    operation: i64,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let db = open_reader(archive, cancel)?;
    if !operation_exists(&db, operation)? {
        return Err(no_operation(operation));
    }
    send(sink, &["action", "table", "record", "column", "was"], |take| {
        operation_rows(&db, operation, take)
    })
}

/// The error for a number that no operation has.
pub(super) fn no_operation(operation: i64) -> Error {
    Error::NotFound {
        what: "operation".to_owned(),
        name: operation.to_string(),
        near: String::new(),
        hint: "`onrecord log` lists them".to_owned(),
    }
}

/// Sends what happened to the record with this key to `sink`, and to what belongs to it, the
/// oldest first.
///
/// # Errors
/// Fails if no record has the key, or the archive cannot be read.
pub fn log_of(
    archive: &Path,
    key: &str,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let db = open_reader(archive, cancel)?;
    let kinds: Vec<&Kind> = document_kinds().filter(|kind| kind.keyed()).collect();
    let (kind, key) = find_record(&db, key, &kinds)?;
    let columns =
        ["operation", "at", "by", "command", "action", "table", "record", "column", "was"];
    send(sink, &columns, |take| record_rows(&db, kind.table, &key, take))
}

/// Sends rows to `sink` under these columns.
fn send(
    sink: &mut dyn RowSink,
    columns: &[&str],
    read: impl FnOnce(&mut dyn FnMut(Vec<Value>) -> Result<()>) -> Result<()>,
) -> Result<()> {
    sink.begin(&columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>())?;
    read(&mut |row| Ok(sink.row(&row)?))?;
    Ok(sink.end()?)
}
