//! Reports: questions stored in the archive under a name.

pub mod chart;
pub(super) mod equations;
pub(super) mod filter;
pub mod suggest;

use super::{Context, builtin_views, open_writer};
use crate::error::{Error, Result};
use crate::model::{CancelToken, ReportHeader, RowSink, Table, Value};
use crate::store::{
    Handle, Query, Reader, StoredReport, ViewSpec, install_views, keep_columns, report_columns,
    report_query, stored_reports,
};
use filter::{ReportFilter, check_today};
use std::path::Path;

/// How a report is narrowed and ordered.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Conditions such as `status=unverified`, all of which hold.
    pub conditions: Vec<String>,
    /// A column, with `-` before it for the other way round.
    pub order: Option<String>,
    /// At most so many rows.
    pub limit: Option<u64>,
    /// These columns only.
    pub columns: Vec<String>,
    /// The day that `today` stands for in conditions (`YYYY-MM-DD`).
    pub today: String,
}

/// All reports of an archive: name, title, question.
///
/// # Errors
/// When the archive cannot be read.
pub fn list(archive: &Path, cancel: CancelToken) -> Result<Table> {
    let db = Reader::open(archive, cancel)?;
    let mut table = Table::new(&["report", "title", "question"]);
    let said = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    for report in stored_reports(&db)? {
        let name = Value::Text(report.name.replace('_', "-"));
        table.rows.push(vec![name, said(report.title), said(report.question)]);
        // Beside what it belongs to.
        if report.name == "figure_timeline" {
            let made = [equations::NAME, equations::TITLE, equations::QUESTION];
            table.rows.push(made.map(Value::from).to_vec());
        }
    }
    Ok(table)
}

/// Runs a report and sends its rows to `sink`.
///
/// # Errors
/// When there is no such report or column, or a condition is none.
pub fn run(
    archive: &Path,
    name: &str,
    options: &Options,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    let db = Reader::open(archive, cancel)?;
    db.limit()?;
    query(&db, name, options)?.run(&db, sink)
}

/// The SQL of a report as it is stored, and the statement that narrows it, if one does.
///
/// # Errors
/// As [`run`].
pub fn sql(archive: &Path, name: &str, options: &Options, cancel: CancelToken) -> Result<String> {
    let db = Reader::open(archive, cancel)?;
    let query = query(&db, name, options)?;
    let stored = stored(&db, name)?;
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

pub(super) fn query(db: &Reader, name: &str, options: &Options) -> Result<Query> {
    check_today(&options.today)?;
    let report = ReportFilter::of(db, name)?;
    let conditions = report.conditions(&options.conditions, &options.today)?;
    let columns: Result<Vec<String>> =
        options.columns.iter().map(|name| report.column(name)).collect();
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
    if let Some(made) = report.made {
        query.sql = made + &query.sql;
    }
    Ok(query)
}

/// The report of this name, hyphens standing for underscores.
fn stored(db: &Handle, name: &str) -> Result<Option<StoredReport>> {
    let name = name.replace('-', "_");
    Ok(stored_reports(db)?.into_iter().find(|report| report.name == name))
}

/// Stores a report of the user's own: a SELECT, with or without a header. With `replace`, in the
/// place of one of that name.
///
/// # Errors
/// When the name is taken or no name, or the SQL is not one reading statement.
pub fn add(archive: &Path, name: &str, sql: &str, replace: bool, context: &Context) -> Result<()> {
    crate::model::check_key(name).map_err(|what| Error::Refused {
        what: format!("cannot store the report: {what}"),
        hint: "name it with letters a-z, digits and hyphens".to_owned(),
    })?;
    let writer = open_writer(archive, context)?;
    let view = name.replace('-', "_");
    let held = stored(&writer, name)?;
    if held.as_ref().is_some_and(|report| report.builtin) || name == equations::NAME {
        return Err(Error::Refused {
            what: format!("cannot store the report: {name} comes with onrecord"),
            hint: "choose another name".to_owned(),
        });
    }
    if held.is_some() && !replace {
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
    writer.transact(|writer| {
        crate::store::one_select(writer, sql)?;
        install_views(writer, &[spec])?;
        // A view that cannot be read is found out now, not at its first use.
        let known = report_columns(writer, &format!("report_{view}"))?;
        // Nor is a chart of columns that are not there.
        header.chart.as_deref().map_or(Ok(()), |chart| chart::check(chart, &known))?;
        keep_columns(writer, &builtin_views())
    })
}

/// Takes a report of the user's own out of the archive.
///
/// # Errors
/// When there is none of that name, or it comes with the program.
pub fn remove(archive: &Path, name: &str, context: &Context) -> Result<()> {
    let writer = open_writer(archive, context)?;
    let view = name.replace('-', "_");
    let held = stored(&writer, name)?;
    match held {
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
        Some(_) => writer.transact(|writer| {
            writer.remove_report(&view)?;
            keep_columns(writer, &builtin_views())
        }),
    }
}
