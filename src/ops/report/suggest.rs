//! Verdicts to reconsider: the report `suggestions`, without forecasts that are not due yet.

use super::filter::{ReportFilter, check_today};
use crate::error::Result;
use crate::model::{CancelToken, RowSink, Value};
use crate::ops::context::open_reader;
use crate::store::Query;
use std::path::Path;

/// Sends the claims whose evidence no longer fits their status to `sink`. A forecast is included
/// once its last possible day lies before `today`.
///
/// # Errors
/// Fails if the archive cannot be read, or `today` is not a day.
pub fn suggest(
    archive: &Path,
    today: &str,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    check_today(today)?;
    let db = open_reader(archive, cancel)?;
    // An archive of an older program lacks this report; the error says what to do.
    let report = ReportFilter::of(&db, "suggestions")?;
    let sql = "SELECT claim, status, suggests, why, command FROM report_suggestions \
               WHERE due_latest IS NULL OR due_latest < :today";
    let params = vec![("today".to_owned(), Value::from(today))];
    Query { sql: report.with_prelude(sql), params }.run(&db, sink)
}
