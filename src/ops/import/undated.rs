//! Verdicts that do not say when they were given, and those of which nothing says which is later.

use crate::error::{Error, Result};
use crate::model::{ASSESSMENT, CLAIM, Record, SourcePos};
use crate::store::{LastVerdict, RowWriter, TiedVerdict, Writer, tied_verdict};

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

/// Refuses two verdicts of one assessor on one claim at one moment that say different things: nothing says which
/// of them holds.
///
/// # Errors
/// Fails if there are two since a moment, or the archive cannot be read.
pub(super) fn refuse_tied_verdicts(writer: &Writer, since: LastVerdict) -> Result<()> {
    let Some(tie) = tied_verdict(writer, since)? else { return Ok(()) };
    let TiedVerdict { claim, assessor, at, statuses: [one, other] } = tie;
    let (what, hint) = match at {
        Some(at) => (
            format!(
                "{assessor} would judge claim {claim} as {one} and as {other} at the same moment, {at}"
            ),
            "give each verdict its own moment (`at`), or take the one that is there back with `onrecord assess \
             CLAIM --undo`",
        ),
        None => (
            format!(
                "{assessor} judges claim {claim} as {one} and as {other}, and nothing says which is later"
            ),
            "say when each verdict was given (`at`)",
        ),
    };
    Err(Error::Refused {
        what: format!("{what} in {}", writer.path().display()),
        hint: format!("{hint}; nothing was written"),
    })
}
