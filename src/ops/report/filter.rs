//! A report and its columns, against which the options of a command are checked.

use super::equations;
use crate::error::{Error, Result};
use crate::model::{ReportHeader, Table, check_date, did_you_mean};
use crate::ops::context::builtin_views;
use crate::store::{Answers, ColumnType, Lookup, ReportColumn, StoredReport, ViewSpec, as_table};

/// Words by which other commands call what a report lists, and the report.
const OTHER_WORDS: [(&str, &str); 5] = [
    ("location", "places"),
    ("locations", "places"),
    ("verdicts", "history"),
    ("assessments", "history"),
    ("log", "operations"),
];

/// A report and its columns, against which conditions are checked.
pub(in crate::ops) struct ReportFilter {
    /// The name of its view.
    pub view: String,
    /// Its name, as the user wrote it.
    pub name: String,
    /// What its header says.
    pub header: ReportHeader,
    /// True for a report that comes with the program and is stored in the archive.
    pub builtin: bool,
    known: Vec<ReportColumn>,
    /// The rows of a report that the program computes, as SQL to put before the query.
    pub prelude: Option<String>,
}

impl ReportFilter {
    /// Finds the report of this name; hyphens stand for underscores.
    pub fn of(db: &dyn Answers, name: &str) -> Result<ReportFilter> {
        let view = format!("report_{}", name.replace('-', "_"));
        if name.replace('_', "-") == equations::NAME && !db.is_older()? {
            let rows: Table = equations::compute_rows(db)?;
            let prelude = as_table(&view, &rows);
            let (name, header) = (name.to_owned(), equations::header());
            // SQLite has no columns of a query without rows.
            let known = match db.columns_of(&view, &prelude)? {
                known if known.is_empty() => {
                    let any = |name| ReportColumn { name, ty: ColumnType::Any };
                    rows.columns.into_iter().map(any).collect()
                }
                known => known,
            };
            let prelude = Some(prelude);
            return Ok(ReportFilter { view, name, header, builtin: false, known, prelude });
        }
        let stored = find_report(db, name)?;
        let known = db.columns_of(&view, "")?;
        if known.is_empty() {
            return Err(no_report(db, name)?);
        }
        let header = ReportHeader::parse(name, stored.as_ref().map_or("", |report| &report.sql));
        let is_this = |spec: &&ViewSpec| {
            stored.as_ref().is_some_and(|report| spec.is_created_by(&report.sql))
        };
        let builtin = builtin_views().iter().any(|spec| spec.view == view && is_this(&spec));
        Ok(ReportFilter { view, name: name.to_owned(), header, builtin, known, prelude: None })
    }

    /// Puts the prelude before SQL that reads the view.
    pub fn with_prelude(&self, sql: &str) -> String {
        format!("{}{sql}", self.prelude.as_deref().unwrap_or_default())
    }

    /// The columns of the report.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|column| column.name.as_str())
    }

    /// Returns what a column holds.
    pub fn type_of(&self, column: &str) -> ColumnType {
        let found = self.known.iter().find(|known| known.name == column);
        found.map(|known| known.ty).unwrap_or_default()
    }

    /// Returns true if the report has all of these columns.
    pub fn has(&self, columns: &[&str]) -> bool {
        columns.iter().all(|column| self.columns().any(|known| known == *column))
    }

    /// Returns the column of this name, or of the list of which it is the singular (`place` for `places`), or
    /// an error that suggests a similar one.
    pub fn column(&self, column: &str) -> Result<String> {
        let plural = format!("{column}s");
        let found = [column, plural.as_str()]
            .into_iter()
            .find_map(|name| self.columns().find(|known| *known == name));
        found.map(str::to_owned).ok_or_else(|| Error::NotFound {
            what: format!("column of report {}", self.name),
            name: column.to_owned(),
            near: did_you_mean(column, self.columns()),
            hint: format!("it has {}", self.columns().collect::<Vec<_>>().join(", ")),
        })
    }
}

/// Finds the report of this name; hyphens stand for underscores. Where the file has views otherwise than this program
/// ships them, a report of the program is the one that answers, whatever the file says of it.
pub(super) fn find_report(db: &dyn Lookup, name: &str) -> Result<Option<StoredReport>> {
    let name = name.replace('-', "_");
    let view = format!("report_{name}");
    let shipped = builtin_views().iter().find(|spec| spec.view == view);
    if let Some(spec) = shipped.filter(|_| db.is_shadowed()) {
        return Ok(Some(spec.as_report(name)));
    }
    Ok(db.reports()?.into_iter().find(|report| report.name == name))
}

/// The error that there is no such report.
fn no_report(db: &dyn Answers, name: &str) -> Result<Error> {
    let stored = db.reports()?.into_iter().map(|r| r.name.replace('_', "-"));
    let older = db.is_older()?;
    let computed = (!older).then(|| equations::NAME.to_owned());
    let names: Vec<String> = stored.chain(computed).collect();
    let word = OTHER_WORDS.iter().find(|(word, _)| *word == name);
    let meant = word.map(|(_, report)| *report).filter(|r| names.iter().any(|n| n == r));
    Ok(Error::NotFound {
        what: "report".to_owned(),
        name: name.to_owned(),
        near: match meant {
            Some(report) => format!("; did you mean {report:?}?"),
            None => did_you_mean(name, names.iter().map(String::as_str)),
        },
        hint: match older {
            true => {
                "this archive was last written by an older onrecord; `onrecord check --repair` \
                     gives it the reports of this one"
                    .to_owned()
            }
            false => "`onrecord report` lists them".to_owned(),
        },
    })
}

/// Returns an error unless `today` is a single day.
pub(in crate::ops) fn check_today(today: &str) -> Result<()> {
    if today.len() == 10 && check_date(today).is_ok() {
        return Ok(());
    }
    Err(Error::Refused {
        what: format!("{today:?} is not a day"),
        hint: "write --today YYYY-MM-DD".to_owned(),
    })
}
