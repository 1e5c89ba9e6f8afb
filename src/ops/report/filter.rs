//! Conditions such as `status=unverified` on the columns of a report, for `report --where` and
//! `export --where`.

use super::equations;
use crate::error::{Error, Result};
use crate::model::{LOCATION, SOURCE, Table, check_date, did_you_mean, kind_of_table};
use crate::store::{
    Aliases, Condition, Reader, as_table, read_aliases, report_columns, stored_reports,
};

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
    name: String,
    known: Vec<String>,
    /// The rows of a report that the program computes, as SQL to put before the query.
    pub prelude: Option<String>,
}

impl ReportFilter {
    /// Finds the report of this name; hyphens stand for underscores.
    pub fn of(db: &Reader, name: &str) -> Result<ReportFilter> {
        let view = format!("report_{}", name.replace('-', "_"));
        if name.replace('_', "-") == equations::NAME && !db.is_older()? {
            let rows: Table = equations::compute_rows(db)?;
            let prelude = Some(as_table(&view, &rows));
            return Ok(ReportFilter { view, name: name.to_owned(), known: rows.columns, prelude });
        }
        let known = report_columns(db, &view)?;
        if known.is_empty() {
            let stored = stored_reports(db)?.into_iter().map(|r| r.name.replace('_', "-"));
            let older = db.is_older()?;
            let computed = (!older).then(|| equations::NAME.to_owned());
            let names: Vec<String> = stored.chain(computed).collect();
            let word = OTHER_WORDS.iter().find(|(word, _)| *word == name);
            let meant = word.map(|(_, report)| *report).filter(|r| names.iter().any(|n| n == r));
            return Err(Error::NotFound {
                what: "report".to_owned(),
                name: name.to_owned(),
                near: match meant {
                    Some(report) => format!("; did you mean {report:?}?"),
                    None => did_you_mean(name, names.iter().map(String::as_str)),
                },
                hint: match older {
                    true => "this archive was last written by an older onrecord; `onrecord check \
                             --repair` gives it the reports of this one"
                        .to_owned(),
                    false => "`onrecord report` lists them".to_owned(),
                },
            });
        }
        Ok(ReportFilter { view, name: name.to_owned(), known, prelude: None })
    }

    /// The columns of the report.
    pub fn columns(&self) -> &[String] {
        &self.known
    }

    /// Returns the column of this name, or an error that suggests a similar one.
    pub fn column(&self, column: &str) -> Result<String> {
        if self.known.iter().any(|known| known == column) {
            return Ok(column.to_owned());
        }
        Err(Error::NotFound {
            what: format!("column of report {}", self.name),
            name: column.to_owned(),
            near: did_you_mean(column, self.known.iter().map(String::as_str)),
            hint: format!("it has {}", self.known.join(", ")),
        })
    }

    /// Parses conditions and checks their columns.
    /// A former key in a value stands for the present one.
    pub fn conditions(&self, db: &Reader, texts: &[String], today: &str) -> Result<Vec<Condition>> {
        let aliases = if texts.is_empty() { Aliases::new() } else { read_aliases(db)? };
        let parse = |text: &String| {
            let mut condition = parse_condition(text, today)?;
            condition.column = self.column(&condition.column)?;
            let former = aliases.iter().find(|((table, alias), _)| {
                *alias == condition.value && has_keys_of(&condition.column, table)
            });
            if let (Some((_, former)), "=" | "!=") = (former, condition.operator) {
                condition.value.clone_from(&former.key);
            }
            Ok(condition)
        };
        texts.iter().map(parse).collect()
    }
}

/// Returns true if a column of a report has keys of this table.
fn has_keys_of(column: &str, table: &str) -> bool {
    let words: &[&str] = match kind_of_table(table) {
        Some(kind) if kind.is(&SOURCE) => &["source", "speaker", "assessor"],
        Some(kind) if kind.is(&LOCATION) => &["location", "place"],
        Some(kind) => &[kind.word],
        None => &[],
    };
    words.contains(&column)
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

/// Parses a condition such as `COL=VALUE`.
fn parse_condition(text: &str, today: &str) -> Result<Condition> {
    // At the same position the longer operator wins, so that <= is not read as <.
    let operators = ["!=", "<=", ">=", "=", "<", ">", "~"];
    let first = operators
        .iter()
        .filter_map(|operator| text.find(operator).map(|at| (at, *operator)))
        .min_by_key(|(at, operator)| (*at, std::cmp::Reverse(operator.len())));
    let Some((at, operator)) = first else {
        return Err(Error::Refused {
            what: format!("{text:?} is not a condition"),
            hint: "write COLUMN=VALUE; also !=, <, <=, >, >= and ~ (contains); an empty VALUE \
                   means not stated"
                .to_owned(),
        });
    };
    let value = text[at + operator.len()..].trim();
    Ok(Condition {
        column: text[..at].trim().to_owned(),
        operator,
        value: if value == "today" { today.to_owned() } else { value.to_owned() },
    })
}
