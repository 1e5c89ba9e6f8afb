//! Arbitrary read-only SQL.

use crate::error::Result;
use crate::model::{CancelToken, RowSink, Value};
use crate::ops::context::open_reader;
use crate::store::Query;
use std::path::Path;

/// Runs `sql`, one statement or several, with values for its named parameters, and sends each
/// result to `sink`. The connection is read-only and its authorizer denies everything but reading.
///
/// # Errors
/// Fails if a statement is invalid, attempts more than reading, or runs too long.
pub fn run_sql(
    archive: &Path,
    sql: String,
    params: Vec<(String, Value)>,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let db = open_reader(archive, cancel)?;
    db.limit()?;
    Query { sql, params }.run(&db, sink)
}
