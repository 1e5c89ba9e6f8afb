//! Views that the program keeps in the file: reports and checks.

use crate::error::{Error, Result};
use crate::store::connection::{Handle, Writer};
use crate::store::rows::sql::quote;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// A view that the program provides, with its description.
#[derive(Clone, Debug)]
pub struct ViewSpec {
    /// Name of the view.
    pub view: String,
    /// The SELECT, with its comments.
    pub sql: String,
    /// Title in a few words.
    pub title: String,
    /// The question it answers.
    pub question: Option<String>,
    /// The meaning of each column, one per line.
    pub columns: Option<String>,
    /// The chart that suits it.
    pub chart: Option<String>,
    /// True if the view comes with the program.
    pub builtin: bool,
}

impl ViewSpec {
    /// Returns true if a statement creates this view, whatever its white space.
    pub fn is_created_by(&self, sql: &str) -> bool {
        let own = self.create();
        sql == own || normalize_spaces(sql) == normalize_spaces(&own)
    }

    /// The report of this name, as a file holds it.
    pub fn as_report(&self, name: String) -> StoredReport {
        StoredReport {
            name,
            title: Some(self.title.clone()),
            question: self.question.clone(),
            chart: self.chart.clone(),
            builtin: self.builtin,
            sql: self.create(),
        }
    }

    /// Its description, as the table `reports` has it.
    pub(super) fn description(&self) -> Description {
        Description {
            title: self.title.clone(),
            question: self.question.clone(),
            columns: self.columns.clone(),
            chart: self.chart.clone(),
            builtin: self.builtin,
        }
    }

    /// The statement that creates the view.
    pub(super) fn create(&self) -> String {
        format!("CREATE VIEW {} AS\n{}", self.view, self.sql.trim().trim_end_matches(';'))
    }
}

/// The row of a report in the table `reports`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Description {
    title: String,
    question: Option<String>,
    columns: Option<String>,
    chart: Option<String>,
    pub(super) builtin: bool,
}

/// The descriptions of the reports of a file, by their names.
pub(super) fn descriptions(conn: &Connection) -> rusqlite::Result<BTreeMap<String, Description>> {
    let sql = "SELECT name, title, question, columns, chart, builtin FROM reports";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let description = Description {
            title: row.get("title")?,
            question: row.get("question")?,
            columns: row.get("columns")?,
            chart: row.get("chart")?,
            builtin: row.get("builtin")?,
        };
        Ok((row.get("name")?, description))
    })?;
    rows.collect()
}

/// Replaces each run of white space by one space.
pub(super) fn normalize_spaces(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Creates these views, and replaces those whose SQL or description in the file is different. A view that the user
/// made under the name of one of the program's stays.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn install_views(writer: &Writer, specs: &[ViewSpec]) -> Result<()> {
    for spec in specs {
        install(&writer.conn, spec)
            .map_err(|error| writer.map_err(&format!("store the view {}", spec.view), &error))?;
    }
    Ok(())
}

/// Removes what the table `reports` says of reports of the program that are not in the file.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn forget_lost_reports(writer: &Writer) -> Result<()> {
    let sql = "DELETE FROM reports WHERE builtin = 1
         AND 'report_' || name NOT IN (SELECT name FROM sqlite_schema WHERE type = 'view')";
    let forget = writer.conn.execute(sql, []);
    forget.map(|_| ()).map_err(|error| writer.map_err("describe its reports", &error))
}

pub(super) fn install(conn: &Connection, spec: &ViewSpec) -> rusqlite::Result<()> {
    let sql = spec.create();
    let held: Option<String> = conn
        .prepare_cached("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?1")?
        .query_row([&spec.view], |row| row.get("sql"))
        .optional()?;
    let name = spec.view.strip_prefix("report_");
    let described = match name {
        Some(name) => descriptions(conn)?.remove(name),
        None => Some(spec.description()),
    };
    let is_same = held.as_deref() == Some(sql.as_str());
    let is_programs = described.as_ref().is_some_and(|description| description.builtin);
    let users_own = spec.builtin && held.is_some() && !is_same && !is_programs;
    if users_own || (is_same && described.as_ref() == Some(&spec.description())) {
        return Ok(());
    }
    if held.is_some() && !is_same {
        conn.execute_batch(&format!("DROP VIEW {}", spec.view))?;
    }
    if !is_same {
        conn.execute_batch(&sql)?;
    }
    let Some(name) = name else { return Ok(()) };
    let statement = if described.is_some() {
        include_str!("views_update.sql")
    } else {
        include_str!("views_insert.sql")
    };
    conn.execute(
        statement,
        rusqlite::named_params! {
            ":name": name,
            ":title": spec.title,
            ":question": spec.question,
            ":columns": spec.columns,
            ":chart": spec.chart,
            ":builtin": spec.builtin,
        },
    )?;
    Ok(())
}

/// A report stored in the file.
#[derive(Clone, Debug)]
pub struct StoredReport {
    /// The name of the view, without `report_`.
    pub name: String,
    /// Title in a few words; `None` if the report has no description.
    pub title: Option<String>,
    /// The question it answers.
    pub question: Option<String>,
    /// The declaration of its chart.
    pub chart: Option<String>,
    /// True if it came with the program.
    pub builtin: bool,
    /// The statement that created its view.
    pub sql: String,
}

/// All reports in the file, those of the program first. They include views made in other tools.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn stored_reports(db: &Handle) -> Result<Vec<StoredReport>> {
    let read = || -> rusqlite::Result<Vec<StoredReport>> {
        let mut statement = db.conn.prepare(include_str!("views_reports.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok(StoredReport {
                name: row.get("name")?,
                title: row.get("title")?,
                question: row.get("question")?,
                chart: row.get("chart")?,
                builtin: row.get("builtin")?,
                sql: row.get("sql")?,
            })
        })?;
        rows.collect()
    };
    read().map_err(|error| db.map_err("list its reports", &error))
}

impl Writer {
    /// Removes a report that the user made.
    ///
    /// # Errors
    /// Fails if the archive cannot be written to.
    pub fn remove_report(&self, name: &str) -> Result<()> {
        self.conn
            .execute_batch(&format!("DROP VIEW {}", quote(&format!("report_{name}"))))
            .and_then(|()| self.conn.execute("DELETE FROM reports WHERE name = ?1", [name]))
            .map(|_| ())
            .map_err(|error| self.map_err("remove the report", &error))
    }
}

/// Returns true if the archive has this view, made by the same statement.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn has_view(db: &Handle, name: &str, sql: &str) -> Result<bool> {
    let held = "SELECT 1 FROM sqlite_schema WHERE type = 'view' AND name = ?1 AND sql = ?2";
    let look = || db.conn.prepare_cached(held)?.exists([name, sql]);
    look().map_err(|error| db.map_err("look the view up", &error))
}

/// Stores a user's report from an export; returns true if it was new. Its SQL must be a single CREATE
/// VIEW; the authorizer limits what the view may do when it is read.
///
/// # Errors
/// Fails if the statement is anything else, or another view has the name.
pub fn store_view(writer: &Writer, name: &str, sql: &str, replace: bool) -> Result<bool> {
    let refuse = |what: String| Error::Refused { what, hint: String::new() };
    if name.strip_prefix("report_").is_none_or(str::is_empty) {
        return Err(refuse(format!("{name:?} is not the name of a report's view")));
    }
    let held: Option<String> = writer
        .conn
        .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [name], |row| row.get("sql"))
        .optional()
        .map_err(|error| writer.map_err("look the view up", &error))?;
    match held {
        Some(held) if held == sql => return Ok(false),
        Some(_) if replace => writer
            .conn
            .execute_batch(&format!("DROP VIEW {}", quote(name)))
            .map_err(|error| writer.map_err("replace the view", &error))?,
        Some(_) => return Err(refuse(format!("another view {name} is in the archive already"))),
        None => {}
    }
    if created_view(sql).as_deref() != Some(name) {
        return Err(refuse(format!("the SQL of {name} is not CREATE VIEW {name} AS …")));
    }
    writer.conn.prepare(sql).and_then(|mut statement| statement.execute([])).map(|_| true).map_err(
        |error| {
            refuse(format!(
                "the view {name}: {}",
                crate::store::connection::sqlite_error::message(&error)
            ))
        },
    )
}

/// The name of the view that a statement creates; the name may be quoted in any style of SQLite.
fn created_view(sql: &str) -> Option<String> {
    let after = |text: &str, word: &str| -> Option<usize> {
        let start = text.get(..word.len())?;
        start.eq_ignore_ascii_case(word).then_some(word.len())
    };
    let rest = sql.trim_start();
    let rest = rest[after(rest, "CREATE")?..].trim_start();
    let rest = rest[after(rest, "VIEW")?..].trim_start();
    let quotes = [('"', '"'), ('[', ']'), ('`', '`'), ('\'', '\'')];
    let Some((_, close)) = quotes.iter().find(|(open, _)| rest.starts_with(*open)) else {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?;
        return Some(rest[..end].to_owned());
    };
    // A quote inside the quotes is written twice.
    let mut name = String::new();
    let mut rest = rest[1..].chars().peekable();
    while let Some(c) = rest.next() {
        if c == *close && rest.next_if_eq(close).is_none() {
            return Some(name);
        }
        name.push(c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::created_view;

    #[test]
    fn names_of_views() {
        let name = |sql| created_view(sql).unwrap_or_default();
        assert_eq!(name("CREATE VIEW report_a AS SELECT 1"), "report_a");
        assert_eq!(name("create  view\n\"report_a\"(x) as select 1"), "report_a");
        assert_eq!(name("CREATE VIEW [report_by day] AS SELECT 1"), "report_by day");
        assert_eq!(name("CREATE VIEW report_é/*c*/AS SELECT 1"), "report_é");
        assert_eq!(name("CREATE VIEW \"report_\"\"x\" AS SELECT 1"), "report_\"x");
        assert_eq!(
            created_view("CREATE TRIGGER report_a AFTER INSERT ON x BEGIN SELECT 1; END"),
            None
        );
        assert_eq!(created_view("DROP TABLE x"), None);
    }
}
