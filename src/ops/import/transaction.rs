//! The one transaction of an import: all of it is kept, or none.

use super::importer::Importer;
use super::outcome::Outcome;
use super::preview;
use super::unit_state::{ImportMode, Rejected, WriteMode};
use crate::error::{Error, Result};
use crate::ops::context::{Context, Deed, RESTORE, builtin_views};
use crate::store::{Writer, keep_columns, refresh_derived};

/// Runs one import in one transaction: `read` hands its units to the importer. With `export` the
/// input is a whole export, which an archive with nothing in it takes over with its history. An
/// import that changes nothing is no operation.
///
/// # Errors
/// [`Error::Problems`] where a unit was rejected, unless the import is to keep going; then nothing
/// was written. Those of `read`.
pub(in crate::ops) fn import_in_transaction<'a>(
    writer: &'a Writer,
    context: &'a Context,
    deed: Deed<'_>,
    mode: ImportMode,
    export: bool,
    rejected: Option<&'a mut dyn Rejected>,
    read: impl FnOnce(&mut Importer<'a>) -> Result<()>,
) -> Result<Outcome> {
    // Everything is decided inside the transaction: what the archive holds cannot change meanwhile.
    let import = |_: &Writer| -> Result<Outcome> {
        let restoring = export && writer.is_fresh()?;
        let deed = if restoring { Deed { command: RESTORE, ..deed } } else { deed };
        let operation = writer.begin_operation(&deed.start(context))?;
        let run = || -> Result<Outcome> {
            let mode = ImportMode { restoring, ..mode };
            let before = if mode.preview { preview::last_rows(writer)? } else { Vec::new() };
            let mut importer = Importer::new(writer, &context.now, mode, rejected)?;
            read(&mut importer)?;
            let mut outcome = importer.finish()?;
            if outcome.rejected > 0 && !mode.keep_going {
                let Outcome { problems, more_problems: more, .. } = outcome;
                return Err(Error::Problems { problems, more });
            }
            outcome.preview = preview::first_new(writer, &before)?;
            Ok(outcome)
        };
        let outcome = if restoring { writer.without_revisions(run)? } else { run()? };
        if !restoring {
            writer.settle_versions(&operation)?;
        }
        refresh_derived(writer, None)?;
        if outcome.changed_reports() {
            keep_columns(writer, builtin_views())?;
        }
        writer.end_operation(operation, &outcome.inputs, outcome.in_words().as_deref())?;
        Ok(outcome)
    };
    // The guards hold references row by row, or the end of a bulk load does for all rows at once.
    writer.rely_on_guards()?;
    // An import that changes nothing leaves the file as it is, to the byte.
    let keep = |outcome: &Outcome| mode.write != WriteMode::Rehearse && outcome.changed();
    writer.transact_when(keep, import).map(Outcome::sorted)
}
