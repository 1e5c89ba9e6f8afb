//! The chart of a report, with the rows it draws.

use super::equations;
use super::filter::ReportFilter;
use super::{Options, stored};
use crate::error::{Error, Result};
use crate::model::{CancelToken, Chart, Drawing, Table};
use crate::store::{Reader, stored_reports};
use std::path::Path;

/// Reads a report and the chart that it declares.
///
/// # Errors
/// When it declares none, or one of columns that it does not have; else as [`super::run`].
pub fn chart(
    archive: &Path,
    name: &str,
    options: &Options,
    cancel: CancelToken,
) -> Result<Drawing> {
    let db = Reader::open(archive, cancel)?;
    db.limit()?;
    let known = ReportFilter::of(&db, name)?.columns().to_vec();
    let report = stored(&db, name)?;
    let Some(declared) = report.as_ref().and_then(|report| report.chart.as_deref()) else {
        return Err(Error::Refused {
            what: format!("report {} has no chart", name.replace('_', "-")),
            hint: with_a_chart(&db)?,
        });
    };
    let read = Chart::parse(declared).and_then(|chart| chart.check_columns(&known).map(|()| chart));
    let chart = read.map_err(|what| Error::Refused {
        what: format!("cannot draw report {name}: {what}"),
        hint: match report.as_ref().is_some_and(|report| report.builtin) {
            true => "`onrecord check --repair` gives the archive the reports of this onrecord",
            false => Chart::SYNTAX,
        }
        .to_owned(),
    })?;
    let counts = chart.counts_rows(&known);
    // Bars that count rows are limited, not the rows they count.
    let limit = options.limit.filter(|_| counts).and_then(|limit| usize::try_from(limit).ok());
    let options = Options {
        limit: options.limit.filter(|_| !counts),
        columns: Vec::new(),
        ..options.clone()
    };
    let mut table = Table::default();
    super::query(&db, name, &options)?.run(&db, &mut table)?;
    if counts {
        table = chart.count_rows(&table);
        table.rows.truncate(limit.unwrap_or(usize::MAX));
    }
    let (title, question) = report.map_or((None, None), |report| (report.title, report.question));
    Ok(Drawing { title: title.unwrap_or_else(|| name.to_owned()), question, chart, table })
}

/// Refuses a report of one's own whose chart cannot be drawn from its columns.
///
/// # Errors
/// With the columns that it does not have, or how a chart is declared.
pub(in crate::ops) fn check(declared: &str, known: &[String]) -> Result<()> {
    Chart::parse(declared).and_then(|chart| chart.check_columns(known)).map_err(|what| {
        Error::Refused {
            what: format!("cannot store the report: in its line `-- chart:`, {what}"),
            hint: Chart::SYNTAX.to_owned(),
        }
    })
}

fn with_a_chart(db: &Reader) -> Result<String> {
    let names: Vec<String> = stored_reports(db)?
        .into_iter()
        .filter(|report| report.chart.is_some() && report.name != equations::NAME)
        .map(|report| report.name.replace('_', "-"))
        .collect();
    Ok(format!("reports with a chart: {}", names.join(", ")))
}
