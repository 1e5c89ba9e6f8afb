//! Joins two claims that say the same: one goes on with what both have, the other is withdrawn and
//! stays with its history.

use crate::error::{Error, Result};
use crate::ops::context::{Context, Deed, claim_not_found, open_writer, operate};
use crate::store::{Moved, claim_withdrawn, merge_claims};
use std::path::Path;

/// Gives `into` the mentions, places, links and figures of `from` that it lacks, links `from` to it
/// as a duplicate, and withdraws `from` for the reason.
///
/// # Errors
/// Fails if one of them is not there or withdrawn, or both are one.
pub fn merge(
    archive: &Path,
    from: &str,
    into: &str,
    because: &str,
    context: &Context,
) -> Result<Moved> {
    let writer = open_writer(archive, context)?;
    let refuse = |what: String, hint: &str| Err(Error::Refused { what, hint: hint.to_owned() });
    if from == into {
        return refuse(format!("claim {from} cannot be merged into itself"), "name another claim");
    }
    if because.trim().is_empty() {
        return refuse("the reason is empty".to_owned(), "say why with --because TEXT");
    }
    for key in [from, into] {
        match claim_withdrawn(&writer, key)? {
            None => return Err(claim_not_found(&writer, key)?),
            Some(Some(why)) => {
                let hint = format!("`onrecord withdraw {key} --undo` takes it in again");
                return refuse(format!("claim {key} is withdrawn: {why}"), &hint);
            }
            Some(None) => {}
        }
    }
    let deed = Deed { command: "merge-claims", because: Some(because.trim()) };
    operate(&writer, deed, context, |writer| {
        let moved = merge_claims(writer, from, into, because.trim())?;
        Ok((moved, format!("{from} into {into}")))
    })
}
