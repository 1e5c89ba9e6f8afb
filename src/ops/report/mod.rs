//! Reports: named questions, stored in the archive as views.

mod alike;
pub(super) mod asked;
pub mod chart;
mod condition;
pub(in crate::ops) mod equations;
pub(super) mod filter;
pub mod suggest;
mod vocabulary;

use super::context::{Context, Deed, builtin_views, open_writer, operate};
use crate::error::{Error, Result};
use crate::model::{
    CancelToken, Chart, CountedRows, ReportHeader, RowSink, Table, Value, check_key,
};
use crate::ops::place::{Place, open_answers};
use crate::store::{
    ViewSpec, install_views, keep_columns, one_select, outdated_weights, report_columns,
};
use alike::AlikeRows;
use asked::Asked;
pub use asked::Options;
use filter::{ReportFilter, find_report};
use std::path::Path;

/// Lists the reports of an archive: name, title, question.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn list<'a>(archive: impl Into<Place<'a>>, cancel: CancelToken) -> Result<Table> {
    let db = open_answers(archive.into(), cancel, false)?;
    let mut table = Table::new(&["report", "title", "question"]);
    let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    for report in db.reports()? {
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

/// What a report answered, beside its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// The number of rows.
    pub rows: u64,
    /// The number of rows that may meet the conditions, and are left out since they need not.
    pub possible: u64,
    /// The number of rows that look like an earlier one, where only the columns of the answer are shown.
    pub alike: u64,
    /// True if so many claims are weighed anew at each question that it takes its time.
    pub slow: bool,
    /// The conditions that no row meets, each by itself, where there is no row.
    pub unmet: Vec<String>,
}

/// Returns the description of a report: its question, its columns and examples. Without an archive, it is that
/// of a report that comes with the program.
///
/// # Errors
/// Fails if there is no such report.
pub fn describe<'a>(
    archive: impl Into<Place<'a>>,
    name: &str,
    cancel: CancelToken,
) -> Result<ReportHeader> {
    let missing = match open_answers(archive.into(), cancel, false) {
        Ok(db) => return Ok(ReportFilter::of(&*db, name)?.header),
        Err(error @ Error::Missing { .. }) => error,
        Err(error) => return Err(error),
    };
    let wanted = name.replace('_', "-");
    let mut shipped = crate::report::builtin().into_iter().chain([equations::header()]);
    shipped.find(|header| header.name == wanted).ok_or(missing)
}

/// Returns true if this report comes with the program; hyphens stand for underscores.
pub fn comes_with_program(name: &str) -> bool {
    let name = name.replace('_', "-");
    crate::report::builtin().iter().any(|header| header.name == name) || name == equations::NAME
}

/// The number of claims above which weighing them anew is felt.
const MANY_OUTDATED: u32 = 10_000;

/// Runs a report and sends its rows to `sink`.
///
/// # Errors
/// Fails if there is no such report or column, or a condition cannot be parsed or names a code or a key
/// that there is not.
pub fn run<'a>(
    archive: impl Into<Place<'a>>,
    name: &str,
    options: &Options,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<Answered> {
    let db = open_answers(archive.into(), cancel, true)?;
    let db = &*db;
    let asked = Asked::of(db, name, options)?;
    let mut counted = CountedRows::new(sink);
    let mut alike = 0;
    if options.lead && options.columns.is_empty() {
        let mut compared = AlikeRows::new(&mut counted);
        asked.run(db, &mut compared)?;
        alike = compared.alike;
    } else {
        asked.run(db, &mut counted)?;
    }
    let rows = counted.rows;
    let possible = asked.count_possible(db)?;
    let unmet = if rows == 0 { asked.unmet_conditions(db)? } else { Vec::new() };
    let slow = outdated_weights(db, MANY_OUTDATED + 1)? > MANY_OUTDATED;
    Ok(Answered { rows, possible, alike, slow, unmet })
}

/// Returns the SQL of a report as stored, followed by the statement that applies the options, if
/// there are any.
///
/// # Errors
/// As [`run`].
pub fn show_sql<'a>(
    archive: impl Into<Place<'a>>,
    name: &str,
    options: &Options,
    cancel: CancelToken,
) -> Result<String> {
    let db = open_answers(archive.into(), cancel, false)?;
    let asked = Asked::of(&*db, name, options)?;
    let query = asked.rows();
    let asking = db.in_words_of_its_own(&query.sql)?;
    let stored = find_report(&*db, name)?;
    let Some(stored) = stored else { return Ok(format!("{asking};\n")) };
    let mut text = db.in_words_of_its_own(&stored.sql)?;
    text.push_str(";\n");
    if !options.conditions.is_empty() || options.order.is_some() || options.limit.is_some() {
        text.push_str(&format!("\n{asking};\n"));
        for (name, value) in &query.params {
            text.push_str(&format!("-- :{name} = {value}\n"));
        }
    }
    Ok(text)
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
        keep_columns(writer, builtin_views())?;
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
            keep_columns(writer, builtin_views())?;
            Ok(((), format!("report {name}")))
        }),
    }
}
