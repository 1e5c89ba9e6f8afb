//! Salvages what can be read of a damaged archive into a new one.

use crate::error::{Error, Result, count};
use crate::model::{CLAIM, Progress, Table, Value};
use crate::ops::checksum::{sha256, sha256_of_reader};
use crate::ops::context::{Context, Deed, builtin_views, keep_views};
use crate::store::{
    DamagedFile, NewNames, OperationInput, Recovered, create, refresh_derived, retract_baseless,
};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The result of a recovery.
#[derive(Clone, Debug)]
pub struct RecoverOutcome {
    /// The rows that were salvaged, and the losses.
    pub recovered: Recovered,
    /// The meaning of the files beside the damaged one, and what the log cannot state of it, a sentence each.
    pub remarks: Vec<String>,
}

impl RecoverOutcome {
    /// The named losses as rows: table, key, finding.
    pub fn losses(&self) -> Table {
        let mut table = Table::new(&["table", "key", "finding"]);
        let text = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
        for loss in &self.recovered.losses {
            table.rows.push(vec![text(&loss.table), text(&loss.key), text(&loss.finding)]);
        }
        table
    }
}

/// Writes every row of the damaged archive that can be read, and that can stay in a sound archive, into a new archive
/// at `out`. The damaged file is only read, byte by byte. The recovery is recorded as an operation where something was
/// lost; a copy of a whole archive is that archive.
///
/// # Errors
/// Fails if there is no such file, it holds nothing of an archive, a newer program wrote it, or `out` exists
/// already or cannot be written to; nothing is left behind.
pub fn recover(
    damaged: &Path,
    out: &Path,
    progress: &Progress,
    context: &Context,
) -> Result<RecoverOutcome> {
    if out.symlink_metadata().is_ok() {
        return Err(Error::Refused {
            what: format!("cannot write {}: a file is there already", out.display()),
            hint: "choose another name; nothing is ever overwritten".to_owned(),
        });
    }
    let mut file = DamagedFile::open(damaged, context.cancel.clone())?;
    let input = input_of(file.path());
    let mut remarks = files_beside(file.path());
    if input.sha256.is_none() {
        remarks.push(format!(
            "{} cannot be read from end to end: the log of the new archive states no SHA-256 of it",
            damaged.display()
        ));
    }
    let recovered = create(out, &context.now, NewNames::default(), |writer| {
        writer.stop_when(&context.cancel)?;
        // Each row is asked for what it refers to.
        writer.rely_on_guards()?;
        writer.transact(|writer| {
            let mut recovered = file.salvage(writer, builtin_views(), sha256, progress)?;
            keep_views(writer)?;
            if recovered.lost() > 0 {
                let operation = writer.begin_operation(&Deed::of("recover").start(context))?;
                let (document, rows) = std::mem::take(&mut recovered.kept);
                if rows > 0 {
                    writer.keep_document(&operation, &document, rows)?;
                }
                if recovered.has_lost_rows() {
                    let why = format!("what it rested on was lost when {} was damaged", input.name);
                    let by = context.editor.as_deref();
                    for claim in retract_baseless(writer, &recovered, &context.now, by, &why)? {
                        let what = "its verdict rests on what is lost: it is retracted";
                        recovered.add(CLAIM.table, claim, what);
                    }
                    refresh_derived(writer, None)?;
                }
                let rows = usize::try_from(recovered.salvaged()).unwrap_or(usize::MAX);
                let lost = usize::try_from(recovered.lost()).unwrap_or(usize::MAX);
                let summary = format!(
                    "{}, {}",
                    count(rows, "row"),
                    count(lost, "loss").replace("sss", "sses")
                );
                writer.end_operation(operation, &[input], Some(&summary))?;
            }
            Ok(recovered)
        })
    })?;
    Ok(RecoverOutcome { recovered, remarks })
}

/// The damaged file as the input of the operation.
fn input_of(path: &Path) -> OperationInput {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sha256 = File::open(path).ok().and_then(|file| sha256_of_reader(file).ok());
    let bytes = path.metadata().ok().map(|meta| meta.len()).filter(|_| sha256.is_some());
    OperationInput { name, sha256, bytes }
}

/// The meaning of the journal and the log beside a file, where one is there and not empty.
fn files_beside(path: &Path) -> Vec<String> {
    let named = |suffix: &str, what: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let name = PathBuf::from(name);
        let is_there = name.metadata().is_ok_and(|meta| meta.is_file() && meta.len() > 0);
        is_there.then(|| format!("{} {what}", name.display()))
    };
    let journal = "lies beside it: a program was stopped while it wrote, and the new archive may have half of \
                   that write; where SQLite can still open a copy of both files, it takes that write back";
    let log = "lies beside it: what it holds was not in the damaged file yet, and is not in the new archive";
    [named("-journal", journal), named("-wal", log)].into_iter().flatten().collect()
}
