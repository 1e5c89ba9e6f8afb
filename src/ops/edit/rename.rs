//! Gives a record another key; the one that it had goes on reaching it.

use crate::error::{Error, Result};
use crate::model::{check_key, document_kinds};
use crate::ops::context::{Context, Deed, find_record, open_writer, operate};
use crate::store::{self, exists, resolve_key};
use std::path::Path;

/// Gives the record with the key `old` the key `new`. Returns the word for its kind and the key that
/// it had.
///
/// # Errors
/// Fails if there is no such record, `new` is no key, or another record has or had it.
pub fn rename(
    archive: &Path,
    old: &str,
    new: &str,
    because: Option<&str>,
    context: &Context,
) -> Result<(&'static str, String)> {
    let writer = open_writer(archive, context)?;
    let kinds: Vec<_> = document_kinds().filter(|kind| kind.keyed()).collect();
    let (kind, old) = find_record(&writer, old, &kinds)?;
    let refuse = |what: String, hint: String| Err(Error::Refused { what, hint });
    if let Err(why) = check_key(new) {
        return refuse(
            format!("cannot rename {} {old}: {why}", kind.word),
            "choose a key of lower-case letters a-z, digits and hyphens".to_owned(),
        );
    }
    if old == new {
        return refuse(
            format!("{} {old} has this key already", kind.word),
            "name another key".to_owned(),
        );
    }
    if exists(&writer, kind.table, new)? {
        let holder = resolve_key(&writer, kind, new)?.unwrap_or_default();
        if holder == new {
            return refuse(
                format!(
                    "cannot rename {} {old}: another {} has the key {new}",
                    kind.word, kind.word
                ),
                format!("choose another key; `onrecord show {}:{new}` shows that one", kind.word),
            );
        }
        if holder != old {
            return refuse(
                format!("cannot rename {} {old}: {new} is a former key of {holder}", kind.word),
                "choose another key: a former key goes on reaching its record".to_owned(),
            );
        }
    }
    let deed = Deed { command: "rename", because };
    operate(&writer, deed, context, |writer, _| {
        store::rename(writer, kind, &old, new)?;
        Ok(((kind.word, old.clone()), format!("{} {old} to {new}", kind.word)))
    })
}
