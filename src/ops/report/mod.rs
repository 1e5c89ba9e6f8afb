//! Reports: named questions, stored in the archive as views.

pub mod chart;
pub(in crate::ops) mod equations;
pub(super) mod filter;
pub mod suggest;

use super::context::{Context, Deed, builtin_views, open_writer, operate};
use crate::error::{Error, Result};
use crate::model::{CancelToken, Chart, ReportHeader, RowSink, Table, Value, check_key};
use crate::store::{
    Handle, Query, Reader, StoredReport, ViewSpec, install_views, keep_columns, one_select,
    report_columns, report_query, stored_reports,
};
use filter::{ReportFilter, check_today};
use std::path::Path;

/// The options of a report: filter, order, limit and columns.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Conditions such as `status=unverified`, all of which must hold.
    pub conditions: Vec<String>,
    /// The column to sort by, with `-` before it for descending order.
    pub order: Option<String>,
    /// The largest number of rows.
    pub limit: Option<u64>,
    /// The columns to show; empty for all, or those of `lead`.
    pub columns: Vec<String>,
    /// True to show, where no columns are named, those that the report names as its answer
    /// (`-- show:`).
    pub lead: bool,
    /// The day that `today` stands for in conditions (`YYYY-MM-DD`).
    pub today: String,
}

/// Lists the reports of an archive: name, title, question.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn list(archive: &Path, cancel: CancelToken) -> Result<Table> {
    let db = Reader::open(archive, cancel)?;
    let mut table = Table::new(&["report", "title", "question"]);
    let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    for report in stored_reports(&db)? {
        let name = Value::Text(report.name.replace('_', "-"));
        table.rows.push(vec![name, text(report.title), text(report.question)]);
        // The report that the program computes is listed beside the related one.
        if report.name == "figure_timeline" {
            let computed = [equations::NAME, equations::TITLE, equations::QUESTION];
            table.rows.push(computed.map(Value::from).to_vec());
        }
    }
    Ok(table)
}

/// Runs a report and sends its rows to `sink`.
///
/// # Errors
/// Fails if there is no such report or column, or a condition cannot be parsed.
pub fn run(
    archive: &Path,
    name: &str,
    options: &Options,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let db = Reader::open(archive, cancel)?;
    db.limit()?;
    build_query(&db, name, options)?.run(&db, sink)
}

/// Returns the SQL of a report as stored, followed by the statement that applies the options, if
/// there are any.
///
/// # Errors
/// As [`run`].
pub fn show_sql(
    archive: &Path,
    name: &str,
    options: &Options,
    cancel: CancelToken,
) -> Result<String> {
    let db = Reader::open(archive, cancel)?;
    let query = build_query(&db, name, options)?;
    let stored = find_report(&db, name)?;
    let Some(stored) = stored else { return Ok(format!("{};\n", query.sql)) };
    let mut text = stored.sql;
    text.push_str(";\n");
    if query.sql.contains(" WHERE ")
        || query.sql.contains(" ORDER ")
        || query.sql.contains(" LIMIT ")
    {
        text.push_str(&format!("\n{};\n", query.sql));
        for (name, value) in &query.params {
            text.push_str(&format!("-- :{name} = {value}\n"));
        }
    }
    Ok(text)
}

/// Builds the statement that runs a report with these options.
fn build_query(db: &Reader, name: &str, options: &Options) -> Result<Query> {
    check_today(&options.today)?;
    let report = ReportFilter::of(db, name)?;
    let conditions = report.conditions(db, &options.conditions, &options.today)?;
    let columns: Result<Vec<String>> = match options.columns.is_empty() && options.lead {
        true => Ok(lead_columns(db, name, &report)?),
        false => options.columns.iter().map(|name| report.column(name)).collect(),
    };
    let order = match options
        .order
        .as_deref()
        .map(|order| (order.trim_start_matches('-'), order.starts_with('-')))
    {
        Some((name, descending)) => Some((report.column(name)?, descending)),
        None => None,
    };
    let order = order.as_ref().map(|(name, descending)| (name.as_str(), *descending));
    let mut query = report_query(&report.view, &columns?, &conditions, order, options.limit);
    if let Some(prelude) = report.prelude {
        query.sql = prelude + &query.sql;
    }
    Ok(query)
}

/// Returns the columns that answer the question of a report; none if its header does not say, or names one
/// that there is not.
fn lead_columns(db: &Handle, name: &str, report: &ReportFilter) -> Result<Vec<String>> {
    let show = match find_report(db, name)? {
        Some(stored) => ReportHeader::parse(name, &stored.sql).show,
        None => equations::SHOW.map(str::to_owned).to_vec(),
    };
    let known = show.iter().all(|column| report.columns().contains(column));
    Ok(if known { show } else { Vec::new() })
}

/// Finds the stored report of this name; hyphens stand for underscores.
fn find_report(db: &Handle, name: &str) -> Result<Option<StoredReport>> {
    let name = name.replace('-', "_");
    Ok(stored_reports(db)?.into_iter().find(|report| report.name == name))
}

/// Stores a user's report: a SELECT, with or without a header. With `replace`, it replaces a user's
/// report of that name.
///
/// # Errors
/// Fails if the name is taken or invalid, or the SQL is not a single SELECT.
pub fn add(archive: &Path, name: &str, sql: &str, replace: bool, context: &Context) -> Result<()> {
    check_key(name).map_err(|what| Error::Refused {
        what: format!("cannot store the report: {what}"),
        hint: "name it with letters a-z, digits and hyphens".to_owned(),
    })?;
    let writer = open_writer(archive, context)?;
    let view = name.replace('-', "_");
    let existing = find_report(&writer, name)?;
    if existing.as_ref().is_some_and(|report| report.builtin) || name == equations::NAME {
        return Err(Error::Refused {
            what: format!("cannot store the report: {name} comes with onrecord"),
            hint: "choose another name".to_owned(),
        });
    }
    if existing.is_some() && !replace {
        return Err(Error::Refused {
            what: format!("cannot store the report: there is a report {name} already"),
            hint: "choose another name, or --replace it".to_owned(),
        });
    }
    let header = ReportHeader::parse(name, sql);
    let spec = ViewSpec {
        view: format!("report_{view}"),
        sql: sql.to_owned(),
        title: header.title.clone(),
        question: header.question.clone(),
        columns: header.format_columns(),
        chart: header.chart.clone(),
        builtin: false,
    };
    operate(&writer, Deed::of("report --save"), context, |writer, _| {
        one_select(writer, sql)?;
        install_views(writer, &[spec])?;
        // Reading the columns fails now, instead of at first use, if the view is invalid; the same
        // holds for a chart of missing columns.
        let known = report_columns(writer, &format!("report_{view}"))?;
        header.chart.as_deref().map_or(Ok(()), |chart| check_chart(chart, &known))?;
        keep_columns(writer, &builtin_views())?;
        Ok(((), format!("report {name}")))
    })
}

/// Returns an error if a chart cannot be parsed or names columns that the report does not have.
fn check_chart(declared: &str, known: &[String]) -> Result<()> {
    Chart::parse(declared).and_then(|chart| chart.check_columns(known)).map_err(|what| {
        Error::Refused {
            what: format!("cannot store the report: in its line `-- chart:`, {what}"),
            hint: Chart::SYNTAX.to_owned(),
        }
    })
}

/// Removes a user's report from the archive.
///
/// # Errors
/// Fails if there is no report of that name, or it comes with the program.
pub fn remove(archive: &Path, name: &str, context: &Context) -> Result<()> {
    let writer = open_writer(archive, context)?;
    let view = name.replace('-', "_");
    let existing = find_report(&writer, name)?;
    match existing {
        None => Err(Error::NotFound {
            what: "report".to_owned(),
            name: name.to_owned(),
            near: String::new(),
            hint: "`onrecord report` lists them".to_owned(),
        }),
        Some(report) if report.builtin => Err(Error::Refused {
            what: format!("cannot remove {name}: it comes with onrecord"),
            hint: "only reports that were added can be removed".to_owned(),
        }),
        Some(_) => operate(&writer, Deed::of("report --remove"), context, |writer, _| {
            writer.remove_report(&view)?;
            keep_columns(writer, &builtin_views())?;
            Ok(((), format!("report {name}")))
        }),
    }
}
