//! Deletes a record that was entered by mistake, with its parts.

use crate::error::Result;
use crate::model::{CLAIM, document_kinds};
use crate::ops::context::{
    Context, Deed, find_record, in_the_way, open_writer, operate, stated_reason,
};
use std::path::Path;

/// The result of deleting a record.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The word for its kind.
    pub word: &'static str,
    /// The key that it had.
    pub key: String,
    /// The number of rows that went, by table.
    pub rows: Vec<(&'static str, usize)>,
    /// The operation, which keeps them.
    pub operation: i64,
}

/// Deletes the record with this key, with what is nested in it and the links of a claim. The
/// operation keeps all of it.
///
/// # Errors
/// Fails if there is no such record, or others refer to it; then nothing is changed.
pub fn delete(archive: &Path, key: &str, because: &str, context: &Context) -> Result<Outcome> {
    let writer = open_writer(archive, context)?;
    writer.rely_on_guards()?;
    let because = stated_reason(because)?;
    let kinds: Vec<_> = document_kinds().filter(|kind| kind.keyed()).collect();
    let (kind, key) = find_record(&writer, key, &kinds)?;
    let deed = Deed { command: "delete", because: Some(because) };
    operate(&writer, deed, context, |writer, operation| {
        match writer.delete_record(operation, kind, &key)? {
            Ok(rows) => {
                let done =
                    Outcome { word: kind.word, key: key.clone(), rows, operation: operation.id() };
                Ok((done, format!("{} {key}", kind.word)))
            }
            Err(obstacles) => {
                let other = match kind.is(&CLAIM) {
                    true => format!(
                        "`onrecord withdraw {key} --because TEXT` leaves it out of reports and keeps \
                         what refers to it"
                    ),
                    false => format!(
                        "delete those first, or, if it is another {} under a second key, merge the \
                         two",
                        kind.word
                    ),
                };
                Err(in_the_way(
                    &format!("cannot delete {} {key}: others refer to it", kind.word),
                    &obstacles,
                    &format!("{other}; nothing was changed"),
                ))
            }
        }
    })
}
