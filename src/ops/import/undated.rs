//! Verdicts that do not say when they were given.

use crate::error::Result;
use crate::model::{ASSESSMENT, CLAIM, Record, SourcePos};
use crate::store::RowWriter;

/// Returns a remark on a verdict without a moment where its claim has a dated one, which holds before it.
///
/// # Errors
/// Fails if the archive cannot be read.
pub(super) fn remark_on_undated(
    rows: &mut RowWriter<'_>,
    record: &Record,
) -> Result<Option<(SourcePos, String)>> {
    let claim = record.text("claim").filter(|_| record.kind.is(&ASSESSMENT));
    let (Some(claim), None) = (claim, record.given("at")) else { return Ok(None) };
    let Some(id) = rows.find_id(CLAIM.table, claim)? else { return Ok(None) };
    let remark = || {
        let what = format!(
            "nothing says when this verdict was given, and {claim} has a dated one, which holds before \
             it; \"at\" states the moment"
        );
        (record.pos.clone(), what)
    };
    Ok(rows.has_dated_verdict(id)?.then(remark))
}
