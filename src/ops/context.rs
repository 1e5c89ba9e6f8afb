//! The parts that every operation shares: the [`Context`] the caller hands in, the way an archive
//! is opened for writing, and the errors for keys that are not in it.

use crate::error::{Error, Result};
use crate::model::{CancelToken, ReportHeader, SourcePos, did_you_mean};
use crate::store::{
    Handle, OperationStart, ViewSpec, Writer, all_keys, drain_search, exists, install_views,
    keep_columns,
};
use crate::{check as checks, report as reports};
use std::path::Path;

/// Facts about the surroundings, which the library never looks up itself.
#[derive(Clone, Debug)]
pub struct Context {
    /// The moment of the operation (UTC, `YYYY-MM-DDTHH:MM:SSZ`).
    pub now: String,
    /// The person or program that runs the operation, noted in the revisions; `None` when unknown.
    pub editor: Option<String>,
    /// The cancellation token, polled by long operations.
    pub cancel: CancelToken,
}

/// The operation that a change of the archive is recorded as.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deed<'a> {
    /// The name of the command, without its arguments.
    pub(super) command: &'a str,
    /// The reason given.
    pub(super) because: Option<&'a str>,
}

impl<'a> Deed<'a> {
    /// A deed for which no reason was given.
    pub(super) const fn of(command: &'a str) -> Self {
        Deed { command, because: None }
    }

    /// The operation, at the moment and by the person of the context.
    pub(super) fn start(self, context: &'a Context) -> OperationStart<'a> {
        let Deed { command, because } = self;
        let by = context.editor.as_deref();
        OperationStart { command, at: &context.now, by, because, undoes: None }
    }
}

/// Runs an operation in one transaction: all that `run` writes is kept and recorded, or none.
/// `run` returns its result and that result in a few words.
pub(super) fn operate<T>(
    writer: &Writer,
    deed: Deed<'_>,
    context: &Context,
    run: impl FnOnce(&Writer) -> Result<(T, String)>,
) -> Result<T> {
    writer.transact(|writer| {
        let operation = writer.begin_operation(&deed.start(context))?;
        let (done, summary) = run(writer)?;
        drain_search(writer)?;
        writer.end_operation(operation, &[], Some(&summary))?;
        Ok(done)
    })
}

/// Returns the views that this program installs in every archive: one for each built-in report and
/// check.
pub(super) fn builtin_views() -> Vec<ViewSpec> {
    let view = |(header, prefix): (&ReportHeader, &str)| ViewSpec {
        view: format!("{prefix}{}", header.name.replace('-', "_")),
        sql: header.sql.clone(),
        title: header.title.clone(),
        question: header.question.clone(),
        columns: header.format_columns(),
        chart: header.chart.clone(),
        builtin: true,
    };
    let reports = reports::builtin();
    let checks = checks::builtin();
    let all = reports.iter().map(|h| (h, "report_")).chain(checks.iter().map(|h| (h, "check_")));
    all.map(view).collect()
}

/// Installs the built-in views, and the comments on the columns of every table and view.
pub(super) fn keep_views(writer: &Writer) -> Result<()> {
    let views = builtin_views();
    install_views(writer, &views)?;
    keep_columns(writer, &views)
}

/// Opens an archive for writing and brings its built-in views up to date.
pub(super) fn open_writer(path: &Path, context: &Context) -> Result<Writer> {
    let mut writer = Writer::open(path, &builtin_views())?;
    writer.stop_when(&context.cancel)?;
    Ok(writer)
}

/// Returns an error unless the archive has a source with this key; `hint` says what to do next.
pub(super) fn require_source(db: &Handle, source: &str, hint: &str) -> Result<()> {
    if exists(db, "sources", source)? {
        return Ok(());
    }
    let known = all_keys(db, "sources")?;
    Err(Error::NotFound {
        what: "source".to_owned(),
        name: source.to_owned(),
        near: did_you_mean(source, known.iter().map(String::as_str)),
        hint: hint.to_owned(),
    })
}

/// Builds the error for a claim key that is not in the archive.
pub(super) fn claim_not_found(db: &Handle, key: &str) -> Result<Error> {
    let known = all_keys(db, "claims")?;
    Ok(Error::NotFound {
        what: "claim".to_owned(),
        name: key.to_owned(),
        near: did_you_mean(key, known.iter().map(String::as_str)),
        hint: "`onrecord search WORDS` finds keys".to_owned(),
    })
}

/// Names a flag of the command line as the position of a problem.
pub(super) fn flag_pos(name: &str) -> SourcePos {
    SourcePos::Flag(format!("--{}", name.replace('_', "-")))
}
