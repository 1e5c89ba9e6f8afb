//! One file per deed: options in, outcome out. A deed decides which file is opened, for what, and
//! what belongs into one transaction. Nothing here prints or reads the environment or the clock;
//! the binary hands in what it needs of them.

pub mod archive;
pub mod captures;
pub mod edit;
pub mod export;
pub mod import;
pub mod merge;
mod output_file;
pub mod publish;
pub mod query;
pub mod report;
pub mod similar;

use crate::error::{Error, Result};
use crate::model::{CancelToken, SourcePos, did_you_mean};
use crate::store::{Handle, ViewSpec, Writer, all_keys, exists, install_views, keep_columns};
use crate::{check as checks, report as reports};
use std::path::Path;

pub use import::{Outcome, Tally};

/// What the surroundings say, which the library does not look up itself.
#[derive(Clone, Debug)]
pub struct Context {
    /// The moment of the deed (UTC, `YYYY-MM-DDTHH:MM:SSZ`).
    pub now: String,
    /// Who does it, for the revisions; `None` when not known.
    pub editor: Option<String>,
    /// When to give up.
    pub cancel: CancelToken,
}

/// The views that every archive of this program has.
fn builtin_views() -> Vec<ViewSpec> {
    let view = |(header, prefix): (&crate::model::ReportHeader, &str)| ViewSpec {
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

/// Puts the views of this program into the file, and what the columns of its tables and views mean.
fn keep_views(writer: &Writer) -> Result<()> {
    let views = builtin_views();
    install_views(writer, &views)?;
    keep_columns(writer, &views)
}

/// Opens an archive for writing, with the views of this program in it.
fn open_writer(path: &Path, context: &Context) -> Result<Writer> {
    let mut writer = Writer::open(path, &builtin_views())?;
    writer.stop_when(&context.cancel)?;
    Ok(writer)
}

/// Refuses the key of a source that is not there; `hint` says what to do.
fn source_exists(db: &Handle, source: &str, hint: &str) -> Result<()> {
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

/// That there is no claim with this key.
fn no_claim(db: &Handle, key: &str) -> Result<Error> {
    let known = all_keys(db, "claims")?;
    Ok(Error::NotFound {
        what: "claim".to_owned(),
        name: key.to_owned(),
        near: did_you_mean(key, known.iter().map(String::as_str)),
        hint: "`onrecord search WORDS` finds keys".to_owned(),
    })
}

/// Names a flag of the command line as the place of a problem.
fn flag(name: &str) -> SourcePos {
    SourcePos::Flag(format!("--{}", name.replace('_', "-")))
}
