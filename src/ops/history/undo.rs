//! Takes an operation back, by an operation of its own.

use super::log::no_operation;
use crate::error::{Error, Result};
use crate::ops::context::{Context, Deed, RESTORE, in_the_way, open_writer};
use crate::store::{PastOperation, Undone, past_operation, refresh_derived};
use std::path::Path;

/// The operation to take back.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// Its number; the last one unless given.
    pub operation: Option<i64>,
    /// The reason.
    pub because: Option<String>,
}

/// The result of taking an operation back.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The operation that was taken back.
    pub operation: PastOperation,
    /// The operation that took it back.
    pub by: i64,
    /// The changes that the undo made.
    pub undone: Undone,
}

/// Takes an operation back: what it added is removed, what it removed is put back with the same ids,
/// and what it changed is as it was. A verdict on a claim that stays is retracted. An operation that
/// took another back is taken back the same way, so that the other holds again.
///
/// # Errors
/// Fails if there is no such operation, it was taken back already, it changed no record, or
/// something later stands on it; then nothing is changed.
pub fn undo(options: &Options<'_>, context: &Context) -> Result<Outcome> {
    let writer = open_writer(options.archive, context)?;
    // References are checked for all rows at once.
    writer.rely_on_guards()?;
    let because = options.because.as_deref().map(str::trim);
    if because == Some("") {
        return Err(Error::Refused {
            what: "the reason is empty".to_owned(),
            hint: "say why with --because TEXT, or leave it out".to_owned(),
        });
    }
    writer.transact(|writer| {
        let Some(target) = past_operation(writer, options.operation)? else {
            return Err(match options.operation {
                Some(number) => no_operation(number),
                None => Error::Refused {
                    what: "there is no operation to undo".to_owned(),
                    hint: "`onrecord log` lists what was done".to_owned(),
                },
            });
        };
        if target.carried {
            return Err(Error::Refused {
                what: format!(
                    "cannot undo operation {} ({}): it was done in another archive",
                    target.id, target.command
                ),
                hint: "undo the merge or the import that brought its rows".to_owned(),
            });
        }
        if let Some(by) = target.taken_back_by {
            return Err(Error::Refused {
                what: format!(
                    "operation {} ({}) is undone already, by operation {by}",
                    target.id, target.command
                ),
                hint: format!("`onrecord undo {by}` puts it back"),
            });
        }
        if target.command == RESTORE {
            return Err(Error::Refused {
                what: format!(
                    "cannot undo operation {}: it took a whole export over, with its history and its \
                     desk",
                    target.id
                ),
                hint: "delete the file and make a new one: `onrecord init`".to_owned(),
            });
        }
        let deed = Deed { command: "undo", because };
        let mut start = deed.start(context);
        start.undoes = Some(target.id);
        let operation = writer.begin_operation(&start)?;
        let by = operation.id();
        let why = format!("operation {} was undone", target.id);
        let editor = context.editor.as_deref();
        let why = because.unwrap_or(&why);
        let undone = match writer.undo(&operation, target.id, &context.now, editor, why)? {
            Ok(undone) => undone,
            Err(obstacles) => {
                let PastOperation { id, command, .. } = &target;
                return Err(in_the_way(
                    &format!(
                        "cannot undo operation {id} ({command}): something later stands on it"
                    ),
                    &obstacles,
                    "undo the later operations first, the newest first; `onrecord log` lists them; \
                     nothing was changed",
                ));
            }
        };
        if undone == Undone::default() {
            return Err(Error::Refused {
                what: format!(
                    "operation {} ({}) left no change of a record to undo",
                    target.id, target.command
                ),
                hint: format!("`onrecord log --show {}` says what it did", target.id),
            });
        }
        refresh_derived(writer, None)?;
        let summary = format!("operation {}: {}", target.id, in_words(&undone));
        writer.end_operation(operation, &[], Some(&summary))?;
        Ok(Outcome { operation: target, by, undone })
    })
}

/// Describes what was undone in a few words: `3 rows removed, 1 value changed back`.
pub fn in_words(undone: &Undone) -> String {
    let Undone { removed, put_back, changed, retracted } = *undone;
    let count = |number: usize, one: &str, several: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {several}")),
    };
    let parts = [
        count(removed, "row removed", "rows removed"),
        count(put_back, "row put back", "rows put back"),
        count(changed, "value changed back", "values changed back"),
        count(retracted, "verdict retracted", "verdicts retracted"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
