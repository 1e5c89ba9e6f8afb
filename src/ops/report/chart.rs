//! The chart of a report, with the rows it shows.

use super::asked::{Asked, Options};
use super::equations;
use super::filter::{ReportFilter, find_report};
use crate::error::{Error, Result};
use crate::model::{CancelToken, Chart, Drawing, Table};
use crate::ops::place::{Place, open_answers};
use crate::store::Lookup;

/// Runs a report and returns its rows with the chart that it declares.
///
/// # Errors
/// Fails if the report declares no chart, or one of columns that it does not have; otherwise as
/// [`super::run`].
pub fn read_chart<'a>(
    archive: impl Into<Place<'a>>,
    name: &str,
    options: &Options,
    cancel: CancelToken,
) -> Result<Drawing> {
    let db = open_answers(archive.into(), cancel, true)?;
    let db = &*db;
    let known: Vec<String> = ReportFilter::of(db, name)?.columns().map(str::to_owned).collect();
    let report = find_report(db, name)?;
    let Some(declared) = report.as_ref().and_then(|report| report.chart.as_deref()) else {
        return Err(Error::Refused {
            what: format!("report {} has no chart", name.replace('_', "-")),
            hint: list_charts(db)?,
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
    // A chart that counts rows limits its bars, not the rows it counts.
    let limit = options.limit.filter(|_| counts).and_then(|limit| usize::try_from(limit).ok());
    let options = Options {
        limit: options.limit.filter(|_| !counts),
        columns: Vec::new(),
        lead: false,
        ..options.clone()
    };
    let mut table = Table::default();
    db.run(&Asked::of(db, name, &options)?.rows(), &mut table)?;
    if counts {
        table = chart.count_rows(&table);
        table.rows.truncate(limit.unwrap_or(usize::MAX));
    }
    let (title, question) = report.map_or((None, None), |report| (report.title, report.question));
    Ok(Drawing { title: title.unwrap_or_else(|| name.to_owned()), question, chart, table })
}

fn list_charts(db: &dyn Lookup) -> Result<String> {
    let names: Vec<String> = db
        .reports()?
        .into_iter()
        .filter(|report| report.chart.is_some() && report.name != equations::NAME)
        .map(|report| report.name.replace('_', "-"))
        .collect();
    Ok(format!("reports with a chart: {}", names.join(", ")))
}
