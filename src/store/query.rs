//! Runs SQL that only reads, and passes its rows to a sink one by one.

use super::condition::{Certainty, Conditions};
use super::connection::{Handle, Reader};
use crate::error::{Error, Result};
use crate::model::{RowSink, Table, Value};
use crate::store::rows::sql::{quote, value};
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{Batch, Statement};

/// SQL with values for its named parameters.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// One or more reading statements.
    pub sql: String,
    /// Values by name, without the colon.
    pub params: Vec<(String, Value)>,
}

/// What is asked of a report. Column names must be columns of the view (the caller checked them).
#[derive(Clone, Debug, Default)]
pub struct ReportQuery {
    /// The view.
    pub view: String,
    /// The columns; empty for all.
    pub columns: Vec<String>,
    /// The conditions.
    pub conditions: Conditions,
    /// A column and the keys of which it has one, beside the conditions; `None` for rows with any.
    pub among: Option<(String, Vec<String>)>,
    /// The columns to sort by, and true for descending order.
    pub order: Vec<(String, bool)>,
    /// True to number the rows of the report before they are sorted, so that rows that are alike in what they are sorted by
    /// keep its order; all columns are named then. SQLite keeps it by itself.
    pub numbers_rows: bool,
    /// The largest number of rows.
    pub limit: Option<u64>,
}

impl Query {
    /// Runs every statement in turn. Each result is begun and ended on the sink.
    ///
    /// # Errors
    /// Returns [`Error::Denied`] if a statement would do more than read, [`Error::Stopped`] if it was
    /// cancelled, else SQLite's error.
    pub fn run(&self, db: &Reader, sink: &mut dyn RowSink) -> Result<()> {
        let fail = |error: rusqlite::Error| db.map_err("run the query", &error);
        self.check(db)?;
        let mut batch = Batch::new(&db.conn, &self.sql);
        while let Some(mut statement) = batch.next().map_err(fail)? {
            self.bind(&mut statement).map_err(fail)?;
            let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
            sink.begin(&columns)?;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next().map_err(fail)? {
                let values: rusqlite::Result<Vec<Value>> =
                    (0..columns.len()).map(|n| row.get_ref(n).and_then(value)).collect();
                sink.row(&values.map_err(fail)?)?;
            }
            sink.end()?;
        }
        Ok(())
    }

    /// Prepares all statements before the first one runs, so that a later one cannot fail half-way, and
    /// checks that every parameter has a value and every value a parameter. A misspelt parameter would
    /// otherwise give an empty result.
    fn check(&self, db: &Reader) -> Result<()> {
        let fail = |error: rusqlite::Error| db.map_err("run the query", &error);
        let refuse = |what: String, hint: &str| Error::Refused { what, hint: hint.to_owned() };
        let mut asked: Vec<String> = Vec::new();
        let mut batch = Batch::new(&db.conn, &self.sql);
        let mut statements = 0;
        while let Some(statement) = batch.next().map_err(fail)? {
            statements += 1;
            asked.extend((1..=statement.parameter_count()).map(|n| {
                let name = statement.parameter_name(n).unwrap_or("?");
                name.trim_start_matches([':', '@', '$']).to_owned()
            }));
        }
        if statements == 0 {
            let hint = "write SQL after the command, or to its standard input";
            return Err(refuse(
                "cannot run the query: there is no statement in it".to_owned(),
                hint,
            ));
        }
        if let Some((name, _)) = self.params.iter().find(|(name, _)| !asked.contains(name)) {
            let hint = "write :name where the value belongs";
            return Err(refuse(format!("the query has no parameter :{name}"), hint));
        }
        if let Some(name) = asked.iter().find(|name| !self.params.iter().any(|(n, _)| n == *name)) {
            let hint = "give it one: -p name=value";
            return Err(refuse(format!("the query's parameter :{name} has no value"), hint));
        }
        Ok(())
    }

    fn bind(&self, statement: &mut Statement<'_>) -> rusqlite::Result<()> {
        for (name, value) in &self.params {
            for sign in [':', '@', '$'] {
                if let Some(index) = statement.parameter_index(&format!("{sign}{name}"))? {
                    statement.raw_bind_parameter(index, value)?;
                }
            }
        }
        Ok(())
    }
}

/// The columns of a report's view, or none when there is no such view.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn report_columns(db: &Handle, view: &str) -> Result<Vec<String>> {
    let names = || -> rusqlite::Result<Vec<String>> {
        let mut statement = db.conn.prepare("SELECT name FROM pragma_table_info(?1)")?;
        statement.query_map([view], |row| row.get("name"))?.collect()
    };
    names().map_err(|error| db.map_err("read the columns of the report", &error))
}

impl ReportQuery {
    /// The statement for the rows that meet the conditions with this certainty.
    pub fn rows(&self, certainty: Certainty) -> Query {
        let list = match self.columns.as_slice() {
            [] => "*".to_owned(),
            columns => columns.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", "),
        };
        let mut query =
            Query { sql: format!("SELECT {list} FROM {}", quote(&self.view)), params: Vec::new() };
        let mut tests = Vec::new();
        tests.extend(self.conditions.sql(certainty, &mut query.params));
        if let Some((column, keys)) = &self.among {
            let mut names = Vec::new();
            for key in keys {
                let name = format!("k{}", names.len());
                query.params.push((name.clone(), Value::from(key.as_str())));
                names.push(format!(":{name}"));
            }
            tests = tests.iter().map(|test| format!("({test})")).collect();
            tests.push(format!("{} IN ({})", quote(column), names.join(", ")));
        }
        if !tests.is_empty() {
            query.sql.push_str(&format!(" WHERE {}", tests.join(" AND ")));
        }
        let numbers_rows = self.numbers_rows && !self.order.is_empty();
        if numbers_rows {
            let (_, from) = query.sql.split_at(format!("SELECT {list}").len());
            query.sql = format!(
                "SELECT {list} FROM (SELECT *, row_number() OVER () AS w_row{from}) AS w_rows"
            );
        }
        // NULL sorts last in both directions. In these words an index can give the order.
        let order = self.order.iter().map(|(column, descending)| {
            let way = if *descending { "DESC" } else { "ASC" };
            format!("{} {way} NULLS LAST", quote(column))
        });
        let order: Vec<String> =
            order.chain(numbers_rows.then(|| "w_row NULLS LAST".to_owned())).collect();
        if !order.is_empty() {
            query.sql.push_str(&format!(" ORDER BY {}", order.join(", ")));
        }
        if let Some(limit) = self.limit {
            query.sql.push_str(&format!(" LIMIT {limit}"));
        }
        query
    }

    /// The statement for one row, if any row meets the conditions. EXISTS has no order, so that SQLite ends at the
    /// first.
    pub fn any_row(&self, certainty: Certainty) -> Query {
        let mut params = Vec::new();
        let test = self.conditions.sql(certainty, &mut params);
        let test = test.map(|test| format!(" WHERE {test}")).unwrap_or_default();
        let view = quote(&self.view);
        Query { sql: format!("SELECT 1 AS some WHERE EXISTS (SELECT 1 FROM {view}{test})"), params }
    }

    /// The statement for the number of rows that may meet the conditions without being sure to.
    pub fn possible_rows(&self) -> Query {
        let mut params = Vec::new();
        let possible = self.conditions.sql(Certainty::Possible, &mut params).unwrap_or_default();
        let sure = self.conditions.sql(Certainty::Sure, &mut params).unwrap_or_default();
        let sql = format!(
            "SELECT count(*) AS n FROM {} WHERE ({possible}) AND ({sure}) IS NOT TRUE",
            quote(&self.view)
        );
        Query { sql, params }
    }
}

/// The statement for the first texts in a column of a view, at most 20 of them; or for this one, if it is there.
pub fn column_texts(view: &str, column: &str, wanted: Option<&str>) -> Query {
    let (view, column) = (quote(view), quote(column));
    let (test, params) = match wanted {
        Some(text) => (
            format!("CAST({column} AS TEXT) = :text"),
            vec![("text".to_owned(), Value::from(text))],
        ),
        None => (format!("{column} IS NOT NULL"), Vec::new()),
    };
    let sql = format!(
        "SELECT DISTINCT CAST({column} AS TEXT) FROM {view} WHERE {test} ORDER BY 1 LIMIT 20"
    );
    Query { sql, params }
}

/// The statement for the findings of the check that is this view: table, key, finding.
pub fn findings_of(view: &str) -> Query {
    let sql = format!("SELECT table_name AS \"table\", key, finding FROM {}", quote(view));
    Query { sql, params: Vec::new() }
}

/// Formats rows that the program computed as a common table expression of this name, to be put before a
/// query.
pub fn as_table(name: &str, table: &Table) -> String {
    let literal = |value: &Value| match value {
        Value::Null => "NULL".to_owned(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        other => other.to_string(),
    };
    let row =
        |row: &Vec<Value>| format!("({})", row.iter().map(literal).collect::<Vec<_>>().join(", "));
    let rows: Vec<String> = table.rows.iter().map(row).collect();
    let columns: Vec<String> = table.columns.iter().map(|column| quote(column)).collect();
    let body = match rows.is_empty() {
        true => format!("SELECT {} WHERE FALSE", vec!["NULL"; columns.len()].join(", ")),
        false => format!("VALUES\n  {}", rows.join(",\n  ")),
    };
    format!("WITH {}({}) AS ({body})\n", quote(name), columns.join(", "))
}

/// Checks that SQL is a single statement that only reads, so that it can become a view.
///
/// # Errors
/// Fails with SQLite's error, or if the SQL is anything else.
pub fn one_select(db: &Handle, sql: &str) -> Result<()> {
    let refuse = |what: String| Error::Refused {
        what: format!("cannot store the report: {what}"),
        hint: "write one SELECT statement, with comments before it if you like".to_owned(),
    };
    let mut batch = Batch::new(&db.conn, sql);
    let mut statements = 0;
    loop {
        match batch.next() {
            Ok(Some(statement)) if statement.readonly() && statement.column_count() > 0 => {
                if statement.parameter_count() > 0 {
                    return Err(refuse("a report has no parameters".to_owned()));
                }
                statements += 1;
            }
            Ok(Some(_)) => return Err(refuse("it does more than read".to_owned())),
            Ok(None) => break,
            Err(error) => {
                return Err(refuse(crate::store::connection::sqlite_error::message(&error)));
            }
        }
    }
    if statements == 1 { Ok(()) } else { Err(refuse(format!("it holds {statements} statements"))) }
}
