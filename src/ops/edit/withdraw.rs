//! Takes a claim out of the reports, with the reason, or back in. Nothing is deleted.

use super::add;
use crate::error::{Error, Result};
use crate::model::{CLAIM, CancelToken, kind_of_word};
use crate::ops::context::{Context, Deed, claim_not_found, current_key, open_reader};
use crate::store::claim_withdrawn;
use std::path::Path;

/// Withdraws the claim for this reason; with `None`, takes it in again.
///
/// # Errors
/// Fails if there is no such claim, or it is withdrawn already, or not.
pub fn withdraw(
    archive: &Path,
    claim: &str,
    because: Option<&str>,
    context: &Context,
) -> Result<()> {
    let db = open_reader(archive, CancelToken::never())?;
    let claim = &current_key(&db, &CLAIM, claim)?;
    let held = claim_withdrawn(&db, claim)?;
    if held.is_none() {
        return Err(claim_not_found(&db, claim)?);
    }
    drop(db);
    let refuse = |what: String, hint: &str| Err(Error::Refused { what, hint: hint.to_owned() });
    match (held, because) {
        (Some(Some(why)), Some(_)) => {
            let hint = "--undo takes it in again; then it can be withdrawn for another reason";
            return refuse(format!("claim {claim} is withdrawn already: {why}"), hint);
        }
        (Some(None), None) => {
            return refuse(format!("claim {claim} is not withdrawn"), "there is nothing to undo");
        }
        _ => {}
    }
    let Some(kind) = kind_of_word("claim") else { unreachable!("a kind of the model") };
    let withdrawn = because.unwrap_or_default().trim().to_owned();
    if because.is_some() && withdrawn.is_empty() {
        return refuse("the reason is empty".to_owned(), "say why with --because TEXT");
    }
    let fields = vec![("key".to_owned(), claim.to_owned()), ("withdrawn".to_owned(), withdrawn)];
    let options = add::Options {
        archive,
        kind,
        fields,
        nested: Vec::new(),
        along: Vec::new(),
        update: true,
        replace_places: false,
    };
    let deed = Deed { command: "withdraw", because };
    add::add_as(deed, &options, context).map(|_| ())
}
