//! Any reading SQL.

use crate::error::Result;
use crate::model::{CancelToken, RowSink, Value};
use crate::store::{Query, Reader};
use std::path::Path;

/// Runs `sql`, one statement or several, with values for its named parameters, and sends each
/// result to `sink`. Nothing can be written, whatever the SQL says.
///
/// # Errors
/// When a statement would do more than read, or runs too long, or is no SQL.
pub fn sql(
    archive: &Path,
    sql: String,
    params: Vec<(String, Value)>,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let db = Reader::open(archive, cancel)?;
    db.limit()?;
    Query { sql, params }.run(&db, sink)
}
